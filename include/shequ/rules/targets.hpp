// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shequ/rules/coverage.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_info.hpp"

namespace shequ {

/// Least share of the communities that must have reached the goal by the end of a year.
struct YearTarget {
  int year{};
  Fraction share{};
  friend bool operator==(const YearTarget&, const YearTarget&) = default;
};

/// Targets by year (创建目标) of one tier; a programme with two tiers at once (精品示范, 达标) is two rules.
///
///   urban 75 %, 83 %, 98 % of 120 communities: 90, 100, 118
struct TargetRule : RuleInfo {
  std::vector<YearTarget> years;  ///< ascending
  std::string tier;               ///< what is to be reached, in the user's words

  /// The share rounded up on `total` communities of that year. Throws InvalidInput for a year without a target.
  [[nodiscard]] std::int64_t required(int year, std::int64_t total) const;
  /// Throws InvalidInput: no years, years that do not ascend, a share outside of [0, 1].
  void validate() const;
  friend bool operator==(const TargetRule&, const TargetRule&) = default;
};

/// Communities of one year: how many there are, which mergers change, and how many have reached the goal.
struct TargetState {
  int year{};
  std::int64_t total{};
  std::optional<std::int64_t> done;
  friend bool operator==(const TargetState&, const TargetState&) = default;
};

/// One year of the plan.
struct TargetRow {
  int year{};
  std::int64_t total{};
  std::int64_t required{};
  std::optional<std::int64_t> done;
  std::optional<std::int64_t> missing;  ///< max(0, required - done); nothing where done is not known
  std::int64_t addition{};              ///< required less that of the row before; may be negative after mergers
  RuleId rule;
  friend bool operator==(const TargetRow&, const TargetRow&) = default;
};

/// The plan for the years of `states`, in their order, which must ascend. Throws InvalidInput for negative numbers,
/// more done than there are communities, and years without a target.
[[nodiscard]] std::vector<TargetRow> target_plan(const TargetRule& rule, std::span<const TargetState> states);

/// Rank of each unit by its rate, best first: 1 + the number of units with a higher rate, so that ties share a rank and
/// the next one is left out. 0 where a unit has no rate.
[[nodiscard]] std::vector<std::int32_t> rank_by_rate(std::span<const Coverage> units);

}  // namespace shequ

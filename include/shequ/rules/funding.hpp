// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "shequ/fwd.hpp"
#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rounding.hpp"
#include "shequ/rules/rule_info.hpp"

// Money is whole fen (分), 100 to a yuan.

namespace shequ {

/// Most fen that a parameter may be: 10 million million yuan are a slip of units.
inline constexpr std::int64_t max_parameter_fen = 1'000'000'000'000'000;

/// Money of a community: a base, a supplement for households over the base (基本保障、超户增付), and one by the class
/// of the community.
///
///   grant(h, c) = base_fen + step_fen * steps(max(0, h - base_households) / step_households) + class_fen[c]
///
/// The source names the principle alone (Wujin District, 2012): base, households and rate have no default that could be
/// computed with. `step_households` 1 pays per household, 500 per step of 500. 云霄 2017 is a base of 40,000 yuan and a
/// class of poor villages with 10,000 more.
struct FundingRule : RuleInfo {
  std::int64_t base_fen{};            ///< fen of every community, 0 to max_parameter_fen
  std::int64_t base_households{0};    ///< households that the base covers, 0 to 2^31 - 1
  std::int64_t step_fen{0};           ///< fen per further step, 0 to max_parameter_fen; 0: no supplement for households
  std::int64_t step_households{1};    ///< 1 to 2^31 - 1
  Rounding rounding{Rounding::ceil};  ///< what a step that is begun counts for; makes no difference for steps of 1
  std::vector<std::int64_t> class_fen{};  ///< supplement of each class of communities; empty: there are no classes

  /// True where the grant depends on the households, or on the class.
  [[nodiscard]] bool needs_households() const noexcept { return step_fen != 0; }
  [[nodiscard]] bool needs_class() const noexcept { return !class_fen.empty(); }

  /// Fen of one community. Throws InvalidInput for households outside of [0, 2^31 - 1], a class that there is not, and
  /// where the amount does not fit in 64 bits.
  [[nodiscard]] std::int64_t grant(std::int64_t households, std::int64_t community_class = 0) const;

  /// Throws InvalidInput naming the first parameter that is out of range.
  void validate() const;
  friend bool operator==(const FundingRule&, const FundingRule&) = default;
};

/// Grants of a column of communities, fen. What the rule does not need may be missing or empty; an entry without a
/// value that is needed has no grant. Returns whether some grant is missing. Throws InvalidInput naming the first entry
/// that is no count or no class.
bool compute_grants(const FundingRule& rule, const ColumnView<std::int64_t>& households,
                    const ColumnView<std::int64_t>& classes, const ColumnTarget<std::int64_t>& fen);

/// What communities get together, and how many are left out because a value is missing.
struct FundingTotal {
  std::int64_t fen{};
  std::int64_t communities{};  ///< with a grant
  std::int64_t unknown{};      ///< without
  RuleId rule;
  friend bool operator==(const FundingTotal&, const FundingTotal&) = default;
};

[[nodiscard]] FundingTotal total_grants(const FundingRule& rule, const ColumnView<std::int64_t>& households,
                                        const ColumnView<std::int64_t>& classes = {});

/// Who pays (镇级为主、区级为辅): shares that add up to 1, the town's the larger one.
struct FundingShares {
  Fraction town{};      ///< above the district's, at most 1
  Fraction district{};  ///< 1 - town

  /// Throws InvalidInput where a share is not in [0, 1], they do not add up to 1, or the town's is not the larger one.
  void validate() const;
  friend bool operator==(const FundingShares&, const FundingShares&) = default;
};

/// A grant by payer; the two add up to it.
struct FundingSplit {
  std::int64_t town_fen{};
  std::int64_t district_fen{};
  friend constexpr bool operator==(const FundingSplit&, const FundingSplit&) = default;
};

/// Splits one grant to the fen; of two equal halves of a fen the town pays the whole one.
[[nodiscard]] FundingSplit split_grant(const FundingShares& shares, std::int64_t fen);

/// Splits every grant of a column by itself; the results have the length of `fen`.
void split_grants(const FundingShares& shares, std::span<const std::int64_t> fen, std::span<std::int64_t> town_fen,
                  std::span<std::int64_t> district_fen);

/// How a rule comes to its amount: "128,000 yuan: 80,000 + 1,600 over 1,000 households at 30; norm fund.example".
[[nodiscard]] std::string explain(const FundingRule& rule, std::int64_t households, std::int64_t community_class = 0,
                                  Language language = Language::en);
/// What the rule gives, in one sentence.
[[nodiscard]] std::string describe(const FundingRule& rule, Language language = Language::en);

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "area_need.hpp"
#include "columns.hpp"
#include "sheet_amounts.hpp"
#include "sheet_loops.hpp"
#include "shequ/rules/sheet.hpp"

namespace shequ::detail {

/// Groups of measures: they index states and unknown counts.
enum SheetGroup : std::size_t {
  staffing,
  balance,
  money,
  money_split,
  unpaid_money,
  certification,
  premises,
  outdoor,
  grid,
  visit
};
inline constexpr std::array<SheetGroup, num_measures> group_of{
    staffing,     staffing,      balance,  balance, money, money_split, money_split,
    unpaid_money, certification, premises, outdoor, grid,  grid,        visit};

/// What the rules of a sheet come to before any community is looked at.
struct SheetPlan {
  SheetPlan(const SheetColumns& columns, const SheetRules& of);

  [[nodiscard]] bool has_rule(SheetGroup group) const noexcept;
  /// A rule's first test; every_setting drops it.
  [[nodiscard]] Scope scope(const std::optional<Setting>& applies_to) const noexcept;

  const SheetRules& rules;

  // Columns that hold what others hold too are kept once; what has no rule shares one.
  std::array<std::uint8_t, num_measures> values_of{};
  std::array<std::uint8_t, DistrictSheet::num_groups> states_of{};
  std::array<bool, num_measures> has_own_values{};
  std::array<bool, DistrictSheet::num_groups> has_own_states{};
  std::optional<std::uint8_t> zeros, no_rule;  ///< the columns of what has no rule
  std::uint8_t num_values{};
  std::uint8_t num_states{};

  std::optional<BasicGrant> grant;
  std::optional<RoundedShareOf> town_share;
  std::array<CeilShare, 2> required;  ///< certified share of the workers of urban and rural communities
  std::optional<AreaNeed> premises_need, outdoor_need;

 private:
  void lay_out_states(const SheetColumns& columns);
  void lay_out_values();
};

}  // namespace shequ::detail

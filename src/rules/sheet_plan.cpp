// SPDX-License-Identifier: BSD-3-Clause
#include "sheet_plan.hpp"

#include <variant>

#include "sheet_columns.hpp"

namespace shequ::detail {

namespace {

[[nodiscard]] CeilShare required_of(const std::optional<CertificationRule>& rule) {
  return CeilShare(rule ? rule->required : Fraction(0));
}

}  // namespace

SheetPlan::SheetPlan(const SheetColumns& columns, const SheetRules& of)
    : rules(of), required{required_of(of.urban_certification), required_of(of.rural_certification)} {
  if (rules.funding) grant.emplace(*rules.funding);
  if (rules.shares) town_share.emplace(rules.shares->town);
  if (rules.premises) premises_need.emplace(*rules.premises);
  if (rules.outdoor) outdoor_need.emplace(*rules.outdoor);
  lay_out_states(columns);
  lay_out_values();
}

bool SheetPlan::has_rule(SheetGroup group) const noexcept {
  switch (group) {
    case staffing:
    case balance:
      return rules.staffing.has_value();
    case money:
    case unpaid_money:
      return rules.funding.has_value();
    case money_split:
      return rules.funding && rules.shares;
    case certification:
      return rules.urban_certification || rules.rural_certification;
    case premises:
      return rules.premises.has_value();
    case outdoor:
      return rules.outdoor.has_value();
    case grid:
      return rules.grid_size.has_value();
    case visit:
      return rules.visits.has_value();
  }
  return false;
}

Scope SheetPlan::scope(const std::optional<Setting>& applies_to) const noexcept {
  if (!applies_to || rules.every_setting) return {CellState::computed, CellState::computed, CellState::computed};
  const bool urban = *applies_to == Setting::urban;
  return {urban ? CellState::computed : CellState::not_applicable,
          urban ? CellState::not_applicable : CellState::computed, CellState::no_setting};
}

void SheetPlan::lay_out_states(const SheetColumns& columns) {
  for (std::size_t g = 0; g < states_of.size(); ++g) {
    const auto group = static_cast<SheetGroup>(g);
    if (!has_rule(group)) {
      if (!no_rule) no_rule = num_states++;
      states_of[g] = *no_rule;
    } else if (group == balance && is_complete(columns.workers)) {
      states_of[g] = states_of[staffing];  // where posts are known, so is the balance
    } else if (group == money_split || (group == unpaid_money && is_complete(columns.paid_fen))) {
      states_of[g] = states_of[money];
    } else {
      has_own_states[g] = true;
      states_of[g] = num_states++;
    }
  }
}

void SheetPlan::lay_out_values() {
  const bool one_number = rules.staffing && std::holds_alternative<StaffingRule>(*rules.staffing);
  for (std::size_t m = 0; m < values_of.size(); ++m) {
    if (!has_rule(group_of[m])) {
      if (!zeros) zeros = num_values++;
      values_of[m] = *zeros;
    } else if (static_cast<Measure>(m) == Measure::posts_most && one_number) {
      values_of[m] = values_of[static_cast<std::size_t>(Measure::posts)];
    } else {
      has_own_values[m] = true;
      values_of[m] = num_values++;
    }
  }
}

}  // namespace shequ::detail

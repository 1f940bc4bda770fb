// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/sheet.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "sheet_columns.hpp"
#include "sheet_plan.hpp"
#include "sheet_writer.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/detail/run_tasks.hpp"
#include "shequ/rules/grid_count.hpp"

namespace shequ {

namespace {

void check_household_basis(const SheetRules& rules, bool has_households) {
  if (has_households && !rules.household_basis) {
    throw InvalidInput(
        "household_basis must be given with households: registered_households, resident_households or "
        "households",
        "给出户数时必须说明口径 household_basis：registered_households、resident_households 或 households");
  }
  if (!rules.staffing) return;
  const Basis wanted = basis(*rules.staffing);
  const bool kind = wanted == Basis::registered_households || wanted == Basis::resident_households;
  if (kind && rules.household_basis && *rules.household_basis != wanted) {
    detail::throw_argument(
        "household_basis", to_string(*rules.household_basis),
        std::string(to_string(wanted)) + ", which " + std::string(rule_id(*rules.staffing).view()) + " counts",
        "是该标准的口径 " + std::string(to_string(wanted)));
  }
}

void check_rules(const SheetRules& rules) {
  if (rules.staffing) validate(*rules.staffing);
  if (rules.funding) rules.funding->validate();
  if (rules.shares) rules.shares->validate();
  if (rules.urban_certification) rules.urban_certification->validate();
  if (rules.rural_certification) rules.rural_certification->validate();
  if (rules.premises) rules.premises->validate();
  if (rules.outdoor) rules.outdoor->validate();
  if (rules.visits) rules.visits->validate();
  if (!rules.grid_size) return;
  static_cast<void>(grid_count(0, rules.grid_size->min_households, rules.grid_size->max_households));
  if (rules.grid_size->max_households > max_unit_households) {
    detail::throw_argument("grid_size.max_households", rules.grid_size->max_households, "at most 2147483647",
                           "不超过 2147483647");
  }
}

}  // namespace

std::size_t DistrictSheet::group(Measure measure) noexcept {
  return detail::group_of[static_cast<std::size_t>(measure)];
}

std::int32_t DistrictSheet::unknown(Measure measure, UnitId unit) const {
  const auto& counts = unknown_[states_of(measure)];
  if (!counts.empty()) {
    const auto place = std::lower_bound(above_.begin(), above_.end(), unit);
    if (place != above_.end() && *place == unit) return counts[static_cast<std::size_t>(place - above_.begin())];
  }
  return is_unknown(states(measure)[detail::at(unit)]) ? 1 : 0;
}

std::vector<std::int32_t> DistrictSheet::unknown(Measure measure) const {
  const auto cells = states(measure);
  std::vector<std::int32_t> column(cells.size());
  std::transform(cells.begin(), cells.end(), column.begin(), [](CellState state) { return is_unknown(state) ? 1 : 0; });
  const auto& counts = unknown_[states_of(measure)];
  for (std::size_t i = 0; i < counts.size(); ++i) column[detail::at(above_[i])] = counts[i];
  return column;
}

DistrictSheet district_sheet(const Hierarchy& hierarchy, const SheetColumns& columns, const SheetRules& rules,
                             int threads) {
  detail::check_threads(threads);
  detail::check_lengths(hierarchy, columns);
  check_household_basis(rules, !columns.households.values.empty());
  check_rules(rules);
  DistrictSheet sheet;
  detail::SheetWriter(hierarchy, columns, rules, sheet).write(threads);
  return sheet;
}

}  // namespace shequ

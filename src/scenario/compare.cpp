// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/compare.hpp"

#include <algorithm>

namespace shequ {

namespace {

[[nodiscard]] bool has(const Scenario& scenario, UnitId unit) {
  return unit < scenario.size() && scenario.exists(unit);
}

/// A number of a unit: of a column, or of a measure after them. Nothing where the scenario has no such unit.
[[nodiscard]] std::optional<std::int64_t> number(const Scenario& scenario, UnitId unit, std::size_t which) {
  if (!has(scenario, unit)) return std::nullopt;
  const auto columns = scenario.base().columns();
  if (which < columns.size()) return scenario.total(unit, columns[which]);
  return scenario.total(unit, static_cast<ScenarioMeasure>(which - columns.size()));
}

/// A difference whose cause is sought.
struct Open {
  std::size_t row{};
  std::size_t which{};
};

/// Takes edits back one by one and notes at each open difference the first that changes it.
void find_causes(Scenario scenario, std::size_t common, bool of_before, std::vector<Open> open,
                 std::vector<ScenarioDifference>& rows) {
  while (scenario.num_edits() > common && !open.empty()) {
    std::vector<std::optional<std::int64_t>> numbers;
    for (const Open& one : open) numbers.push_back(number(scenario, rows[one.row].unit, one.which));
    const auto edit = static_cast<std::int64_t>(scenario.num_edits());
    scenario.undo();
    std::vector<Open> left;
    for (std::size_t i = 0; i < open.size(); ++i) {
      ScenarioDifference& row = rows[open[i].row];
      if (number(scenario, row.unit, open[i].which) == numbers[i]) {
        left.push_back(open[i]);
        continue;
      }
      row.edit = edit;
      row.edit_of_before = of_before;
    }
    open = std::move(left);
  }
}

}  // namespace

std::vector<ScenarioDifference> compare(const Scenario& before, const Scenario& after) {
  if (!before.same_base(after)) {
    throw InvalidInput("before and after must be scenarios on the same base", "before 与 after 必须基于同一基准");
  }
  const auto columns = before.base().columns();
  const std::size_t count = columns.size() + num_scenario_measures;
  std::vector<ScenarioDifference> rows;
  std::vector<std::size_t> which_of;
  const auto add = [&](UnitId unit, const Scenario& named, bool in_before, bool in_after) {
    for (std::size_t which = 0; which < count; ++which) {
      const auto was = in_before ? number(before, unit, which) : std::nullopt;
      const auto is = in_after ? number(after, unit, which) : std::nullopt;
      if (was == is) continue;
      const std::string name = which < columns.size()
                                   ? columns[which]
                                   : std::string(to_string(static_cast<ScenarioMeasure>(which - columns.size())));
      rows.push_back({unit, named.code(unit), named.level(unit), name, was, is, 0, false});
      which_of.push_back(which);
    }
  };
  for (UnitId unit = 0; unit < std::max(before.size(), after.size()); ++unit) {
    if (before.shares(after, unit)) continue;
    if (unit >= after.size()) {
      add(unit, before, true, false);
    } else if (unit >= before.size() || before.code(unit) == after.code(unit)) {
      add(unit, after, true, true);
    } else {
      add(unit, before, true, false);
      add(unit, after, false, true);
    }
  }
  const std::size_t common = before.common_edits(after);
  std::vector<Open> open;
  for (std::size_t row = 0; row < rows.size(); ++row) open.push_back({row, which_of[row]});
  find_causes(after, common, false, open, rows);
  std::erase_if(open, [&](const Open& one) { return rows[one.row].edit != 0; });
  find_causes(before, common, true, std::move(open), rows);
  return rows;
}

}  // namespace shequ

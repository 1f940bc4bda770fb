// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/scenario/scenario.hpp"

namespace shequ::test {

/// A district of two towns; town 1 has communities 2, 3 and 4, town 5 has 6 and 7 with grids 8 and 9 below.
///
///   unit         2     3     4     6    8    9
///   households  900   900  2600  1000  400  300
///   workers       8     7    10     -    3    -
struct SmallDistrict {
  std::vector<std::string_view> codes{"1", "11", "111", "112", "113", "12", "121", "122", "1221", "1222"};
  std::vector<std::string_view> parents{"", "1", "11", "11", "11", "1", "12", "12", "122", "122"};
  std::vector<Level> levels{Level::district, Level::town,      Level::community, Level::community, Level::community,
                            Level::town,     Level::community, Level::community, Level::grid,      Level::grid};
  std::vector<std::int64_t> households{0, 0, 900, 900, 2600, 0, 1000, 0, 400, 300};
  std::vector<std::uint8_t> households_missing{1, 1, 0, 0, 0, 1, 0, 1, 0, 0};
  std::vector<std::int64_t> workers{0, 0, 8, 7, 10, 0, 0, 0, 3, 0};
  std::vector<std::uint8_t> workers_missing{1, 1, 0, 0, 0, 1, 1, 1, 0, 1};
  std::vector<std::uint8_t> setting{0, 0, 0, 0, 0, 0, 1, 0, 0, 0};
  // Further columns of towns 1's communities; none where `certified` is empty.
  std::vector<std::int64_t> certified{};
  std::vector<std::int64_t> office_dm2{};
  std::vector<std::int64_t> outdoor_dm2{};
  std::vector<std::uint8_t> further_missing{1, 1, 0, 0, 0, 1, 1, 1, 1, 1};
  UnitContacts contacts{};
  std::vector<RuleAssignment> rules{{0, std::nullopt, RuleKind::staffing, StaffingNorm{StaffingRule{}}}};

  [[nodiscard]] Hierarchy tree() const {
    HierarchyRows rows{std::span<const std::string_view>(codes), std::span<const std::string_view>(parents)};
    rows.level = levels;
    return Hierarchy::from_rows(rows);
  }
  [[nodiscard]] std::shared_ptr<const ScenarioBase> base() const {
    std::vector<NamedColumn> columns{{"households", {households, households_missing}},
                                     {"workers", {workers, workers_missing}}};
    if (!certified.empty()) {
      columns.push_back({"certified", {certified, further_missing}});
      columns.push_back({"office_dm2", {office_dm2, further_missing}});
      columns.push_back({"outdoor_dm2", {outdoor_dm2, further_missing}});
    }
    return ScenarioBase::make(tree(), columns, rules, {setting, {}}, contacts);
  }
};

/// The same with a rule of every kind.
[[nodiscard]] inline SmallDistrict all_rules() {
  SmallDistrict district;
  district.certified = {0, 0, 1, 4, 5, 0, 0, 0, 0, 0};
  district.office_dm2 = {0, 0, 38'000, 40'000, 65'000, 0, 0, 0, 0, 0};
  district.outdoor_dm2 = {0, 0, 52'000, 50'000, 0, 0, 0, 0, 0, 0};
  FundingRule funding;
  funding.base_fen = 8'000'000;
  funding.base_households = 1000;
  funding.step_fen = 3000;
  CertificationRule certification;
  certification.required = Fraction(1, 2);
  certification.min_level = CertLevel::assistant;
  FacilityRule premises;
  premises.least_m2 = Fraction(400, 1);
  premises.step_m2 = Fraction(30, 1);
  FacilityRule outdoor;
  outdoor.least_m2 = Fraction(500, 1);
  district.rules.push_back({0, std::nullopt, RuleKind::funding, funding});
  district.rules.push_back({0, std::nullopt, RuleKind::certification, certification});
  district.rules.push_back({0, std::nullopt, RuleKind::premises, premises});
  district.rules.push_back({0, std::nullopt, RuleKind::outdoor, outdoor});
  district.rules.push_back({0, std::nullopt, RuleKind::grid_size, GridSize{300, 500}});
  return district;
}

/// The district as it is now, built anew. Codes lead from one to the other.
[[nodiscard]] inline std::shared_ptr<const ScenarioBase> rebuilt(const Scenario& scenario) {
  std::vector<UnitId> units;
  std::vector<std::string> codes;
  std::vector<std::string> parents;
  std::vector<Level> levels;
  for (UnitId unit = 0; unit < scenario.size(); ++unit) {
    if (!scenario.exists(unit)) continue;
    units.push_back(unit);
    codes.push_back(scenario.code(unit));
    parents.push_back(unit == 0 ? "" : scenario.code(scenario.parent(unit)));
    levels.push_back(scenario.level(unit));
  }
  const std::vector<std::string_view> code(codes.begin(), codes.end());
  const std::vector<std::string_view> parent(parents.begin(), parents.end());
  HierarchyRows rows{std::span<const std::string_view>(code), std::span<const std::string_view>(parent)};
  rows.level = levels;
  Hierarchy tree = Hierarchy::from_rows(rows);
  const auto names = scenario.base().columns();
  std::vector<Column<std::int64_t>> columns(names.size());
  Column<std::uint8_t> setting;
  std::vector<RuleAssignment> rules;
  for (UnitId i = 0; i < tree.size(); ++i) {
    const UnitId unit = units[static_cast<std::size_t>(tree.rows()[static_cast<std::size_t>(i)])];
    for (std::size_t c = 0; c < names.size(); ++c) {
      const auto value = scenario.value(unit, names[c]);
      columns[c].values.push_back(value.value_or(0));
      columns[c].missing.push_back(value ? 0 : 1);
    }
    const auto known = scenario.setting(unit);
    setting.values.push_back(known == Setting::rural ? 1 : 0);
    setting.missing.push_back(known ? 0 : 1);
    for (std::size_t k = 0; k < num_rule_kinds && scenario.level(unit) == Level::community; ++k) {
      const auto kind = static_cast<RuleKind>(k);
      rules.push_back({i, std::nullopt, kind, scenario.rule(unit, kind)});
    }
  }
  std::vector<NamedColumn> named;
  for (std::size_t c = 0; c < names.size(); ++c) named.push_back({names[c], columns[c].view()});
  return ScenarioBase::make(std::move(tree), named, std::move(rules), setting.view());
}

/// Everything that can be read of a scenario, by unit.
struct Snapshot {
  std::vector<std::string> texts;
  std::vector<std::optional<std::int64_t>> numbers;
  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

inline void add_numbers(const Scenario& scenario, UnitId unit, std::vector<std::optional<std::int64_t>>& numbers) {
  for (const std::string& column : scenario.base().columns()) {
    numbers.push_back(scenario.value(unit, column));
    numbers.push_back(scenario.total(unit, column));
  }
  for (std::size_t m = 0; m < num_scenario_measures; ++m) {
    numbers.push_back(scenario.total(unit, static_cast<ScenarioMeasure>(m)));
  }
}

[[nodiscard]] inline Snapshot snapshot(const Scenario& scenario) {
  Snapshot result;
  for (UnitId unit = 0; unit < scenario.size(); ++unit) {
    result.texts.push_back(scenario.code(unit) + " " + scenario.name(unit));
    result.numbers.emplace_back(scenario.parent(unit));
    result.numbers.emplace_back(scenario.exists(unit) ? 1 : 0);
    for (const UnitId child : scenario.children(unit)) result.numbers.emplace_back(child);
    add_numbers(scenario, unit, result.numbers);
  }
  return result;
}

}  // namespace shequ::test

// SPDX-License-Identifier: BSD-3-Clause
#include <array>
#include <limits>
#include <memory>
#include <utility>

#include "bind_rules.hpp"
#include "shequ/scenario/compare.hpp"

namespace shequ::python {

namespace {

using Units = std::vector<UnitId>;

[[nodiscard]] RuleKind read_kind(const std::string& word) {
  std::string allowed;
  for (std::size_t k = 0; k < num_rule_kinds; ++k) {
    const auto kind = static_cast<RuleKind>(k);
    if (word == to_string(kind)) return kind;
    allowed.append(allowed.empty() ? "" : ", ").append(to_string(kind));
  }
  throw InvalidInput("kind=" + word + " must be one of " + allowed, "kind=" + word + " 必须是以下之一：" + allowed);
}

[[nodiscard]] std::optional<CommunityRule> read_community_rule(const py::object& value) {
  if (value.is_none()) return std::nullopt;
  if (py::isinstance<StaffingRule>(value)) return StaffingNorm(value.cast<StaffingRule>());
  if (py::isinstance<StaffingRatio>(value)) return StaffingNorm(value.cast<StaffingRatio>());
  if (py::isinstance<StaffingTable>(value)) return StaffingNorm(value.cast<StaffingTable>());
  if (py::isinstance<FundingRule>(value)) return value.cast<FundingRule>();
  if (py::isinstance<CertificationRule>(value)) return value.cast<CertificationRule>();
  if (py::isinstance<FacilityRule>(value)) return value.cast<FacilityRule>();
  if (py::isinstance<py::tuple>(value) && py::len(value) == 2) {
    const auto pair = value.cast<py::tuple>();
    return GridSize{whole(pair[0], "grid_size"), whole(pair[1], "grid_size")};
  }
  refuse("rule", value, "a rule of staffing, funding, certification or facilities, a pair of grid sizes, or None",
         "是人员配备、经费、持证、设施规则，网格规模（两个数），或 None");
}

[[nodiscard]] std::optional<Setting> read_setting(const py::object& value) {
  return value.is_none() ? std::nullopt : std::optional(choice<Setting>(value, "setting"));
}

[[nodiscard]] RuleAssignment read_rule(UnitId scope, const py::object& setting, const std::string& kind,
                                       const py::object& rule) {
  return {scope, read_setting(setting), read_kind(kind), read_community_rule(rule)};
}

[[nodiscard]] py::object shown(const StaffingNorm& norm) {
  return std::visit([](const auto& rule) { return py::cast(rule); }, norm);
}
[[nodiscard]] py::object shown(const GridSize& size) {
  return py::make_tuple(size.min_households, size.max_households);
}
template <class Rule>
[[nodiscard]] py::object shown(const Rule& rule) {
  return py::cast(rule);
}
[[nodiscard]] py::object shown_rule(const std::optional<CommunityRule>& rule) {
  return rule ? std::visit([](const auto& given) { return py::object(shown(given)); }, *rule) : py::none();
}

[[nodiscard]] std::shared_ptr<ScenarioBase> make_base(const Hierarchy& hierarchy, const py::list& columns,
                                                      const py::list& rules, const py::object& setting,
                                                      const py::object& graph, Units graph_units, Units locked) {
  const auto size = static_cast<std::size_t>(hierarchy.size());
  std::vector<IntColumn> kept;
  std::vector<NamedColumn> named;
  kept.reserve(columns.size());
  for (const py::handle& entry : columns) {
    const auto pair = entry.cast<py::tuple>();
    const auto name = text(pair[0], "columns");
    kept.emplace_back(pair[1], name.c_str(), size);
    named.push_back({name, kept.back().view()});
  }
  std::vector<RuleAssignment> assigned;
  for (const py::handle& entry : rules) {
    const auto rule = entry.cast<py::tuple>();
    assigned.push_back(read_rule(rule[0].cast<UnitId>(), rule[1], text(rule[2], "kind"), rule[3]));
  }
  const ByteColumn settings = setting.is_none() ? ByteColumn() : ByteColumn(setting, "setting", size);
  UnitContacts contacts{graph.is_none() ? Graph() : graph.cast<Graph>(), std::move(graph_units), std::move(locked)};
  const py::gil_scoped_release release;
  return std::const_pointer_cast<ScenarioBase>(
      ScenarioBase::make(hierarchy, named, std::move(assigned), settings.view(), std::move(contacts)));
}

[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> read_values(const py::dict& given) {
  std::vector<std::pair<std::string, std::int64_t>> values;
  for (const auto& [column, value] : given) {
    const auto name = text(column, "column");
    values.emplace_back(name, whole(value, name.c_str()));
  }
  return values;
}

[[nodiscard]] SplitPart read_part(const py::tuple& part) {
  return {text(part[0], "name"), text(part[1], "code"), read_values(part[2].cast<py::dict>()), part[3].cast<Units>()};
}

[[nodiscard]] py::dict shown_edit(const Edit& edit) {
  py::list parts;
  for (const SplitPart& part : edit.parts) {
    py::dict values;
    for (const auto& [column, value] : part.values) values[py::str(column)] = value;
    parts.append(py::make_tuple(part.name, part.code, values, part.children));
  }
  return py::dict("kind"_a = std::string(to_string(edit.kind)), "units"_a = edit.units, "column"_a = edit.column,
                  "value"_a = edit.value, "target"_a = edit.target, "parts"_a = parts, "made"_a = edit.made,
                  "setting"_a = edit.kind == EditKind::set_rule ? edit.rule.setting : edit.setting,
                  "rule_kind"_a = std::string(to_string(edit.rule.kind)), "rule"_a = shown_rule(edit.rule.rule),
                  "level"_a = edit.level);
}

/// A column a field: unit, code, level, measure, before, after, edit, edit_of_before.
[[nodiscard]] py::tuple shown_differences(const Scenario& before, const Scenario& after) {
  std::vector<ScenarioDifference> rows;
  {
    const py::gil_scoped_release release;
    rows = compare(before, after);
  }
  std::array<py::list, 8> lists;
  for (const ScenarioDifference& row : rows) {
    lists[0].append(row.unit);
    lists[1].append(row.code);
    lists[2].append(std::string(to_string(row.level)));
    lists[3].append(row.measure);
    lists[4].append(row.before);
    lists[5].append(row.after);
    lists[6].append(row.edit);
    lists[7].append(row.edit_of_before);
  }
  return py::make_tuple(lists[0], lists[1], lists[2], lists[3], lists[4], lists[5], lists[6], lists[7]);
}

[[nodiscard]] std::optional<std::int64_t> total_of(const Scenario& scenario, UnitId unit, const std::string& name) {
  for (std::size_t m = 0; m < num_scenario_measures; ++m) {
    const auto measure = static_cast<ScenarioMeasure>(m);
    if (to_string(measure) == name) return scenario.total(unit, measure);
  }
  return scenario.total(unit, name);
}

}  // namespace

void bind_scenario(py::module_& module) {
  using Unit = Argument<UnitId, "unit">;
  using Text = Argument<std::string, "column">;
  using Whole = Argument<std::int64_t, "difference", std::numeric_limits<std::int64_t>::min()>;
  py::class_<ScenarioBase, std::shared_ptr<ScenarioBase>>(module, "ScenarioBase", "What scenarios start from.")
      .def(py::init(&make_base), "hierarchy"_a, "columns"_a, "rules"_a, "setting"_a, "contacts"_a = py::none(),
           "contact_units"_a = Units(), "locked"_a = Units())
      .def("fingerprints", &ScenarioBase::fingerprints, "Return hashes of the parts of the base, by name.")
      .def_property_readonly(
          "measures",
          [](const ScenarioBase& self) {
            std::vector<std::string> names;
            for (const ScenarioMeasure measure : self.measures()) names.emplace_back(to_string(measure));
            return names;
          },
          "Names of what is computed.");
  py::class_<Scenario>(module, "Scenario", "Edits on a base.")
      .def(py::init([](std::shared_ptr<ScenarioBase> base) { return Scenario(std::move(base)); }), "base"_a)
      .def("__len__", &Scenario::size)
      .def(
          "branch", [](const Scenario& self) { return self; }, "Return a scenario of its own with the same edits.")
      .def(
          "exists", [](const Scenario& self, Unit unit) { return self.exists(unit); }, "unit"_a)
      .def(
          "parent", [](const Scenario& self, Unit unit) { return self.parent(unit); }, "unit"_a)
      .def(
          "level", [](const Scenario& self, Unit unit) { return self.level(unit); }, "unit"_a)
      .def(
          "setting", [](const Scenario& self, Unit unit) { return self.setting(unit); }, "unit"_a)
      .def(
          "rule",
          [](const Scenario& self, Unit unit, const std::string& kind) {
            return shown_rule(self.rule(unit, read_kind(kind)));
          },
          "unit"_a, "kind"_a)
      .def(
          "code", [](const Scenario& self, Unit unit) { return self.code(unit); }, "unit"_a)
      .def(
          "name",
          [](const Scenario& self, Unit unit, Argument<Language, "lang"> lang) { return self.name(unit, lang.value); },
          "unit"_a, "lang"_a = "zh")
      .def(
          "children", [](const Scenario& self, Unit unit) { return self.children(unit); }, "unit"_a)
      .def(
          "find", [](const Scenario& self, const std::string& code) { return self.find(code); }, "code"_a)
      .def(
          "value", [](const Scenario& self, Unit unit, const Text& column) { return self.value(unit, column.value); },
          "unit"_a, "column"_a)
      .def(
          "total", [](const Scenario& self, Unit unit, const Text& column) { return total_of(self, unit, column); },
          "unit"_a, "column"_a)
      .def(
          "set",
          [](Scenario& self, Unit unit, const Text& column, Argument<std::optional<std::int64_t>, "value"> value) {
            self.set(unit, column.value, value.value);
          },
          "unit"_a, "column"_a, "value"_a)
      .def(
          "add",
          [](Scenario& self, Unit unit, const Text& column, Whole difference) {
            self.add(unit, column.value, difference);
          },
          "unit"_a, "column"_a, "difference"_a)
      .def(
          "transfer",
          [](Scenario& self, Argument<UnitId, "source"> from, Argument<UnitId, "to"> to, const py::dict& values) {
            self.transfer(from, to, read_values(values));
          },
          "source"_a, "to"_a, "values"_a)
      .def(
          "set_rule",
          [](Scenario& self, Unit scope, const py::object& setting, const std::string& kind, const py::object& rule) {
            self.set_rule(read_rule(scope, setting, kind, rule));
          },
          "scope"_a, "setting"_a, "kind"_a, "rule"_a)
      .def(
          "merge",
          [](Scenario& self, const Units& units, const std::string& name, const std::string& code) {
            return self.merge(units, name, code);
          },
          "units"_a, "name"_a, "code"_a)
      .def(
          "split",
          [](Scenario& self, Unit unit, const py::list& parts) {
            std::vector<SplitPart> read;
            for (const py::handle& part : parts) read.push_back(read_part(part.cast<py::tuple>()));
            return self.split(unit, std::move(read));
          },
          "unit"_a, "parts"_a)
      .def(
          "create",
          [](Scenario& self, Unit parent, Level level, const std::string& name, const std::string& code,
             const py::object& setting) { return self.create(parent, level, name, code, read_setting(setting)); },
          "parent"_a, "level"_a, "name"_a, "code"_a, "setting"_a)
      .def(
          "abolish", [](Scenario& self, Unit unit) { self.abolish(unit); }, "unit"_a)
      .def(
          "move", [](Scenario& self, Unit unit, Argument<UnitId, "to"> to) { self.move(unit, to); }, "unit"_a, "to"_a)
      .def("undo", &Scenario::undo)
      .def("redo", &Scenario::redo)
      .def_property_readonly("num_edits", &Scenario::num_edits)
      .def_property_readonly("num_undone", &Scenario::num_undone)
      .def(
          "edit", [](const Scenario& self, std::size_t number) { return shown_edit(self.edit(number)); }, "number"_a)
      .def(
          "successors", [](const Scenario& self, Unit unit) { return self.successors(unit); }, "unit"_a)
      .def("successions",
           [](const Scenario& self) {
             py::list rows;
             for (const Succession& step : self.successions()) {
               rows.append(py::make_tuple(std::string(to_string(step.kind)), step.before, step.after, step.edit));
             }
             return rows;
           })
      .def(
          "compare", [](const Scenario& self, const Scenario& before) { return shown_differences(before, self); },
          "before"_a);
}

}  // namespace shequ::python

// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <memory>

#include "bind_rules.hpp"
#include "shequ/rules/sheet.hpp"

namespace shequ::python {

namespace {

/// A sheet with the columns that it was made from, which its explanations read.
struct BoundSheet {
  IntColumn households, dwellings, residents, workers, certified, office, outdoor, classes, paid, settings;
  std::vector<std::uint8_t> setting;
  SheetColumns columns;
  DistrictSheet sheet;
};

/// The column `name` of `given`, empty where there is none.
[[nodiscard]] IntColumn column_of(const py::dict& given, const char* name, std::size_t size) {
  if (!given.contains(name) || given[name].is_none()) return {};
  return {given[name], name, size};
}

void check_names(const py::dict& given) {
  const std::vector<std::string> known{"setting",   "households", "dwellings",   "residents",     "workers",
                                       "certified", "office_dm2", "outdoor_dm2", "funding_class", "paid_fen"};
  for (const auto& [name, column] : given) {
    const auto text = py::str(name).cast<std::string>();
    if (std::find(known.begin(), known.end(), text) != known.end()) continue;
    std::string all;
    for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
    refuse("columns", name, "one of " + all, "是以下之一：" + all);
  }
}

/// A rule given as an object of its class.
template <class Rule>
void read_rule(const py::dict& given, const char* name, const char* type, std::optional<Rule>& rule) {
  if (!given.contains(name) || given[name].is_none()) return;
  const py::object value = given[name];
  if (!py::isinstance<Rule>(value)) refuse(name, value, std::string("a ") + type, std::string("是 ") + type);
  rule = value.cast<Rule>();
}

void read_staffing(const py::object& value, SheetRules& rules) {
  if (py::isinstance<StaffingRule>(value)) {
    rules.staffing = value.cast<StaffingRule>();
  } else if (py::isinstance<StaffingRatio>(value)) {
    rules.staffing = value.cast<StaffingRatio>();
  } else if (py::isinstance<StaffingTable>(value)) {
    rules.staffing = value.cast<StaffingTable>();
  } else {
    refuse("staffing", value, "a StaffingRule, StaffingRatio or StaffingTable",
           "是 StaffingRule、StaffingRatio 或 StaffingTable");
  }
}

[[nodiscard]] SheetRules rules_of(const py::dict& given, bool every_setting) {
  SheetRules rules;
  rules.every_setting = every_setting;
  if (given.contains("household_basis") && !given["household_basis"].is_none()) {
    rules.household_basis = choice<Basis>(given["household_basis"], "household_basis");
  }
  if (given.contains("staffing") && !given["staffing"].is_none()) read_staffing(given["staffing"], rules);
  read_rule(given, "funding", "FundingRule", rules.funding);
  read_rule(given, "shares", "FundingShares", rules.shares);
  read_rule(given, "urban_certification", "CertificationRule", rules.urban_certification);
  read_rule(given, "rural_certification", "CertificationRule", rules.rural_certification);
  read_rule(given, "premises", "FacilityRule", rules.premises);
  read_rule(given, "outdoor", "FacilityRule", rules.outdoor);
  read_rule(given, "visits", "VisitRule", rules.visits);
  if (given.contains("grid_size") && !given["grid_size"].is_none()) {
    const py::object size = given["grid_size"];
    if (!py::isinstance<py::sequence>(size) || py::isinstance<py::str>(size) || py::len(size) != 2) {
      refuse("grid_size", size, "(least, most) households", "是 (最少户数, 最多户数)");
    }
    const auto number = [&size](std::size_t place) { return whole(size.attr("__getitem__")(place), "grid_size"); };
    rules.grid_size = GridSize{number(0), number(1)};
  }
  return rules;
}

[[nodiscard]] std::unique_ptr<BoundSheet> made_sheet(const Hierarchy& hierarchy, const py::dict& columns,
                                                     const py::dict& rules, bool every_setting,
                                                     Argument<std::int32_t, "threads", 1> threads) {
  check_names(columns);
  const auto size = static_cast<std::size_t>(hierarchy.size());
  auto bound = std::make_unique<BoundSheet>();
  bound->households = column_of(columns, "households", size);
  bound->dwellings = column_of(columns, "dwellings", size);
  bound->residents = column_of(columns, "residents", size);
  bound->workers = column_of(columns, "workers", size);
  bound->certified = column_of(columns, "certified", size);
  bound->office = column_of(columns, "office_dm2", size);
  bound->outdoor = column_of(columns, "outdoor_dm2", size);
  bound->classes = column_of(columns, "funding_class", size);
  bound->paid = column_of(columns, "paid_fen", size);
  bound->settings = column_of(columns, "setting", size);
  const SheetRules chosen = rules_of(rules, every_setting);
  const py::gil_scoped_release released;
  const auto settings = bound->settings.view();
  bound->setting.resize(settings.values.size());
  // A value that is neither 0 nor 1 becomes 2, which the sheet refuses where it is not missing.
  std::transform(settings.values.begin(), settings.values.end(), bound->setting.begin(), [](std::int64_t value) {
    return static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) > 1 ? 2 : value);
  });
  bound->columns = {{bound->setting, settings.missing},
                    bound->households.view(),
                    bound->dwellings.view(),
                    bound->residents.view(),
                    bound->workers.view(),
                    bound->certified.view(),
                    bound->office.view(),
                    bound->outdoor.view(),
                    bound->classes.view(),
                    bound->paid.view()};
  bound->sheet = district_sheet(hierarchy, bound->columns, chosen, threads.value);
  return bound;
}

}  // namespace

void bind_sheet(py::module_& module) {
  py::native_enum<Measure>(module, "Measure", "enum.Enum", "Columns of the sheet.")
      .value("POSTS", Measure::posts, "Posts, the fewest where the norm gives a range.")
      .value("POSTS_MOST", Measure::posts_most)
      .value("SHORTAGE", Measure::shortage)
      .value("SURPLUS", Measure::surplus)
      .value("GRANT", Measure::grant, "Fen.")
      .value("GRANT_TOWN", Measure::grant_town)
      .value("GRANT_DISTRICT", Measure::grant_district)
      .value("UNPAID", Measure::unpaid, "Fen.")
      .value("CERTIFICATES", Measure::certificates)
      .value("PREMISES_GAP", Measure::premises_gap, "Square decimetres.")
      .value("OUTDOOR_GAP", Measure::outdoor_gap)
      .value("GRIDS", Measure::grids)
      .value("GRIDS_MOST", Measure::grids_most)
      .value("VISIT_WEEKS", Measure::visit_weeks)
      .finalize();
  py::native_enum<CellState>(module, "CellState", "enum.IntEnum", "Why a cell of the sheet has its number, or none.")
      .value("COMPUTED", CellState::computed)
      .value("TOTAL", CellState::total)
      .value("NOT_APPLICABLE", CellState::not_applicable)
      .value("NO_RULE", CellState::no_rule)
      .value("NOT_ADDITIVE", CellState::not_additive)
      .value("NO_SETTING", CellState::no_setting)
      .value("NO_HOUSEHOLDS", CellState::no_households)
      .value("NO_DWELLINGS", CellState::no_dwellings)
      .value("NO_RESIDENTS", CellState::no_residents)
      .value("NO_WORKERS", CellState::no_workers)
      .value("NO_CERTIFIED", CellState::no_certified)
      .value("NO_OFFICE", CellState::no_office)
      .value("NO_OUTDOOR", CellState::no_outdoor)
      .value("NO_FUNDING_CLASS", CellState::no_funding_class)
      .value("NO_PAID", CellState::no_paid)
      .value("NOT_COVERED", CellState::not_covered)
      .value("INFEASIBLE", CellState::infeasible)
      .value("NOBODY", CellState::nobody)
      .value("NONE_KNOWN", CellState::none_known)
      .finalize();
  module.def(
      "measure_name",
      [](const py::object& measure, Argument<Language, "lang"> lang) {
        return std::string(to_string(choice<Measure>(measure, "measure"), lang.value));
      },
      "measure"_a, "lang"_a = "en", "Return what a measure is called.");
  py::class_<BoundSheet>(module, "DistrictSheet", "Numbers of every unit and measure, and why there is none.")
      .def("__len__", [](const BoundSheet& bound) { return bound.sheet.size(); })
      .def(
          "values",
          [](const py::object& self, const py::object& measure) {
            return view(self.cast<const BoundSheet&>().sheet.values(choice<Measure>(measure, "measure")), self);
          },
          "measure"_a, "Return the numbers of all units, 0 where there is none.")
      .def(
          "states",
          [](const py::object& self, const py::object& measure) {
            const auto states = self.cast<const BoundSheet&>().sheet.states(choice<Measure>(measure, "measure"));
            return view(
                std::span<const std::uint8_t>(reinterpret_cast<const std::uint8_t*>(states.data()), states.size()),
                self);
          },
          "measure"_a, "Return the CellState of all units, as uint8.")
      .def(
          "unknown",
          [](const BoundSheet& bound, const py::object& measure) {
            return moved(bound.sheet.unknown(choice<Measure>(measure, "measure")));
          },
          "measure"_a, "Return how many communities of each unit should have a number and have none.")
      .def(
          "explain",
          [](const BoundSheet& bound, Argument<std::int32_t, "unit"> unit, const py::object& measure,
             Argument<Language, "lang"> lang) {
            return explain(bound.sheet, bound.columns, choice<Measure>(measure, "measure"), unit.value, lang.value);
          },
          "unit"_a, "measure"_a, "lang"_a = "en", "Say in words why a unit has its number, or none.");
  module.def("district_sheet", &made_sheet, "hierarchy"_a, "columns"_a, "rules"_a, "every_setting"_a = false,
             "threads"_a = 1, "Compute everything that columns and rules allow.");
}

}  // namespace shequ::python

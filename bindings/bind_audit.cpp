// SPDX-License-Identifier: BSD-3-Clause
#include <optional>

#include "arguments.hpp"
#include "arrays.hpp"
#include "bind_hierarchy.hpp"
#include "shequ/hierarchy/audit.hpp"

namespace shequ::python {

namespace {

/// Format of a pickled finding; raised when the fields change.
constexpr int finding_state_version = 1;

void bind_finding(py::module_& module) {
  py::class_<Finding>(module, "Finding", "One thing that an audit found.")
      .def_property_readonly(
          "kind", [](const Finding& finding) { return to_string(finding.kind); },
          "What it is, for example \"level_order\".")
      .def_property_readonly(
          "severity", [](const Finding& finding) { return to_string(finding.severity); },
          "How much it matters: \"note\", \"warning\" or \"error\".")
      .def_readonly("unit", &Finding::unit, "The unit.")
      .def_property_readonly(
          "other_unit", [](const Finding& finding) { return unit_or_none(finding.other_unit); },
          "The unit it disagrees with, or None.")
      .def_readonly("row", &Finding::row, "Row of the input that the unit came from, from 0.")
      .def(
          "kind_name",
          [](const Finding& finding, Argument<Language, "lang"> lang) { return to_string(finding.kind, lang); },
          "lang"_a = "en", "Return the words for the kind.")
      .def(
          "message", [](const Finding& finding, Argument<Language, "lang"> lang) { return finding.message(lang); },
          "lang"_a = "en", "Return the sentence a person reads.")
      .def("__repr__",
           [](const Finding& finding) {
             return "<Finding: " + std::string(to_string(finding.severity)) + " " +
                    std::string(to_string(finding.kind)) + ", unit " + std::to_string(finding.unit) + ">";
           })
      .def(
          "__eq__", [](const Finding& a, const Finding& b) { return a == b; }, py::is_operator())
      .def(py::pickle(
          [](const Finding& f) {
            return py::make_tuple(finding_state_version, static_cast<int>(f.kind), static_cast<int>(f.severity), f.unit,
                                  f.other_unit, f.row, f.english, f.chinese);
          },
          [](const py::tuple& state) {
            if (state.size() != 8 || state[0].cast<int>() != finding_state_version) {
              throw InvalidInput("the pickled Finding is of another version", "Finding 的存储版本不符");
            }
            return Finding{static_cast<FindingKind>(state[1].cast<int>()),
                           static_cast<Severity>(state[2].cast<int>()),
                           state[3].cast<UnitId>(),
                           state[4].cast<UnitId>(),
                           state[5].cast<std::int64_t>(),
                           state[6].cast<std::string>(),
                           state[7].cast<std::string>()};
          }));
}

[[nodiscard]] py::dict link_fields(const LinkSummary& link) {
  return py::dict("districts"_a = link.districts, "towns"_a = link.towns, "communities"_a = link.communities,
                  "linked_districts"_a = link.linked_districts, "linked_towns"_a = link.linked_towns,
                  "linked_communities"_a = link.linked_communities);
}

[[nodiscard]] py::tuple run_audit(const Hierarchy& hierarchy) {
  AuditReport report = [&] {
    const py::gil_scoped_release released;
    return audit(hierarchy);
  }();
  return py::make_tuple(py::cast(std::move(report.findings)), link_fields(report.link));
}

/// One numpy array of a field of every community.
template <class T, class Field>
[[nodiscard]] py::array coverage_array(const GridCoverage& coverage, Field member) {
  std::vector<T> values;
  values.reserve(coverage.communities.size());
  for (const CommunityCoverage& entry : coverage.communities) values.push_back(entry.*member);
  return moved(std::move(values));
}

[[nodiscard]] py::tuple run_audit_grids(const Hierarchy& hierarchy, const py::object& households,
                                        const py::object& missing) {
  const py::array_t<std::int64_t> values = int64_array(households, "households");
  std::optional<py::array_t<std::uint8_t>> mask;
  ColumnView<std::int64_t> view{column(values, "households"), {}};
  if (!missing.is_none()) {
    mask = mask_array(missing, "missing");
    view.missing = column(*mask, "missing", view.values.size());
  }
  GridCoverage coverage = [&] {
    const py::gil_scoped_release released;
    return audit_grids(hierarchy, view);
  }();
  const py::dict columns(
      "community"_a = coverage_array<UnitId>(coverage, &CommunityCoverage::community),
      "grids"_a = coverage_array<std::int64_t>(coverage, &CommunityCoverage::grids),
      "households"_a = coverage_array<std::int64_t>(coverage, &CommunityCoverage::households),
      "grid_households"_a = coverage_array<std::int64_t>(coverage, &CommunityCoverage::grid_households),
      "uncovered"_a = coverage_array<std::int64_t>(coverage, &CommunityCoverage::uncovered),
      "double_counted"_a = coverage_array<std::int64_t>(coverage, &CommunityCoverage::double_counted),
      "unknown_grids"_a = coverage_array<std::int64_t>(coverage, &CommunityCoverage::unknown_grids));
  return py::make_tuple(py::cast(std::move(coverage.findings)), columns);
}

}  // namespace

void bind_audit(py::module_& module, py::class_<Hierarchy>& hierarchy) {
  bind_finding(module);
  hierarchy.def("audit", &run_audit, "Return findings and the three-level link.")
      .def("audit_grids", &run_audit_grids, "households"_a, "missing"_a = py::none(),
           "Return findings and the columns of the coverage by grids.");
}

}  // namespace shequ::python

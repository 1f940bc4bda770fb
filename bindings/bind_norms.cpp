// SPDX-License-Identifier: BSD-3-Clause
#include <tuple>

#include "bind_rules.hpp"
#include "shequ/rules/norms.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] py::object rule_object(const std::optional<StaffingNorm>& norm) {
  if (!norm) return py::none();
  return std::visit([](const auto& rule) { return py::object(py::cast(rule)); }, *norm);
}

[[nodiscard]] std::optional<StaffingNorm> staffing_of(const py::object& value) {
  if (value.is_none()) return std::nullopt;
  if (py::isinstance<StaffingRule>(value)) return value.cast<StaffingRule>();
  if (py::isinstance<StaffingRatio>(value)) return value.cast<StaffingRatio>();
  if (py::isinstance<StaffingTable>(value)) return value.cast<StaffingTable>();
  refuse("staffing", value, "a StaffingRule, StaffingRatio or StaffingTable",
         "是 StaffingRule、StaffingRatio 或 StaffingTable");
}

[[nodiscard]] std::optional<GridSize> grid_size_of(const py::object& value) {
  if (value.is_none()) return std::nullopt;
  if (!py::isinstance<py::sequence>(value) || py::isinstance<py::str>(value) || py::len(value) != 2) {
    refuse("grid_size", value, "(least, most) households", "是 (最少户数, 最多户数)");
  }
  const auto number = [&value](std::size_t place) { return whole(value.attr("__getitem__")(place), "grid_size"); };
  return GridSize{number(0), number(1)};
}

/// A rule of a class, or none.
template <class Rule>
[[nodiscard]] std::optional<Rule> rule_of(const py::object& value, const char* name, const std::string& type) {
  if (value.is_none()) return std::nullopt;
  if (!py::isinstance<Rule>(value)) refuse(name, value, "a " + type, "是 " + type);
  return value.cast<Rule>();
}

/// Chinese and English texts; a text alone serves for both.
[[nodiscard]] std::pair<std::string, std::string> both(const py::object& value, const char* name) {
  if (py::isinstance<py::dict>(value)) {
    const auto texts = value.cast<py::dict>();
    const auto one = [&](const char* lang) {
      if (!texts.contains(lang))
        refuse(name, value, "a text, or texts of \"zh\" and \"en\"", "是文本，或含 \"zh\" 与 \"en\" 两种文本");
      return text(texts[lang], name);
    };
    return {one("en"), one("zh")};
  }
  const std::string same = text(value, name);
  return {same, same};
}

[[nodiscard]] Norm made_norm(const Argument<std::string, "id">& id, const py::object& title,
                             const py::object& parameters, const Argument<std::string, "source">& source,
                             const Argument<std::string, "effective">& effective, const py::object& status,
                             const py::object& staffing, const py::object& grid_size, const py::object& funding,
                             const py::object& premises, const py::object& outdoor) {
  Norm norm;
  norm.id = id.value;
  std::tie(norm.title_en, norm.title_zh) = both(title, "title");
  std::tie(norm.parameters_en, norm.parameters_zh) = both(parameters, "parameters");
  norm.source = source.value;
  norm.effective = effective.value;
  norm.status = choice<NormStatus>(status, "status");
  norm.staffing = staffing_of(staffing);
  norm.grid_size = grid_size_of(grid_size);
  norm.funding = rule_of<FundingRule>(funding, "funding", "FundingRule");
  norm.premises = rule_of<FacilityRule>(premises, "premises", "FacilityRule");
  norm.outdoor = rule_of<FacilityRule>(outdoor, "outdoor", "FacilityRule");
  norm.validate();
  return norm;
}

[[nodiscard]] Norm found_norm(const Argument<std::string, "id">& id, const py::iterable& own) {
  std::vector<Norm> norms;
  for (const auto& item : own) {
    if (!py::isinstance<Norm>(item)) refuse("own", item, "a Norm", "是 Norm");
    norms.push_back(item.cast<const Norm&>());
  }
  return find_norm(id.value, norms);
}

}  // namespace

void bind_norms(py::module_& module) {
  py::native_enum<NormStatus>(module, "NormStatus", "enum.Enum", "How well a norm is known.")
      .value("SEEN", NormStatus::seen, "Read in its text, or in a report that quotes it.")
      .value("UNVERIFIED", NormStatus::unverified, "No source found: listed, never a default.")
      .finalize();
  py::class_<Norm>(module, "Norm", R"(One norm: its numbers in words with their source, and as a rule where it computes.

Parameters
----------
id : str
    For example "staff.wujin2012", at most 47 bytes.
title, parameters : str or dict of "zh" and "en"
    What it is about, and its numbers in words.
source : str
    Document, article, year.
effective : str, optional
    First day, month or year, ISO form.
status : {"seen", "unverified"} or NormStatus, default "seen"
    An unverified norm holds no rule.
staffing : StaffingRule, StaffingRatio or StaffingTable, optional
grid_size : (least, most) households, optional
funding : FundingRule, optional
premises, outdoor : FacilityRule, optional

Raises
------
InvalidInputError
    A text is empty, a rule has another id, or an unverified norm holds one.
)")
      .def(py::init(&made_norm), py::kw_only(), "id"_a, "title"_a, "parameters"_a, "source"_a, "effective"_a = "",
           "status"_a = "seen", "staffing"_a = py::none(), "grid_size"_a = py::none(), "funding"_a = py::none(),
           "premises"_a = py::none(), "outdoor"_a = py::none())
      .def_readonly("id", &Norm::id, "Id, for example \"staff.wujin2012\".")
      .def(
          "title",
          [](const Norm& norm, Argument<Language, "lang"> lang) { return std::string(norm.title(lang.value)); },
          "lang"_a = "en", "Return what the norm is about, in English (\"en\") or Chinese (\"zh\").")
      .def(
          "parameters",
          [](const Norm& norm, Argument<Language, "lang"> lang) { return std::string(norm.parameters(lang.value)); },
          "lang"_a = "en", "Return the numbers of the norm in words.")
      .def_readonly("source", &Norm::source, "Document, article and year, as it can be cited.")
      .def_readonly("effective", &Norm::effective, "First day or year it applied, ISO form; empty where not known.")
      .def_readonly("status", &Norm::status, "How well the norm is known.")
      .def_property_readonly(
          "staffing", [](const Norm& norm) { return rule_object(norm.staffing); },
          "StaffingRule, StaffingRatio or StaffingTable; None where the norm gives no posts.")
      .def_property_readonly(
          "grid_size",
          [](const Norm& norm) -> py::object {
            if (!norm.grid_size) return py::none();
            return py::make_tuple(norm.grid_size->min_households, norm.grid_size->max_households);
          },
          "Least and most households of a grid as a tuple, or None where the norm does not bound them.")
      .def_readonly("funding", &Norm::funding, "FundingRule; None where the norm gives no money.")
      .def_readonly("premises", &Norm::premises, "FacilityRule of premises; None where the norm gives none.")
      .def_readonly("outdoor", &Norm::outdoor, "FacilityRule of outdoor areas; None where the norm gives none.")
      .def_property_readonly("computes", &Norm::computes,
                             "True where it holds a rule, false where it is for reference.")
      .def(
          "__eq__", [](const Norm& a, const Norm& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const Norm& norm) { return py::hash(py::str(norm.id)); })
      .def("__repr__", [](const Norm& norm) { return "<Norm " + norm.id + ": " + norm.parameters_en + ">"; });
  module.def(
      "norm_catalogue",
      [] {
        py::list norms;
        for (const Norm& norm : norm_catalogue()) norms.append(py::cast(norm, py::return_value_policy::reference));
        return norms;
      },
      "Return all norms in the order of their ids.");
  module.def(
      "find_norm", &found_norm, "id"_a, "own"_a = py::tuple(),
      "Return the norm of this id, of `own` norms or of the catalogue; raise InvalidInputError naming the nearest "
      "ids where there is none.");
}

}  // namespace shequ::python

// SPDX-License-Identifier: BSD-3-Clause
#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/organisations.hpp"

namespace shequ::python {

void bind_organisations(py::module_& module) {
  bind_value<OrgSet>(module, "OrgSet", "Organisations that a community has or should have (一委一居一站一办).",
                     field<"party", &OrgSet::party>("党组织（一委）"),
                     field<"committee", &OrgSet::committee>("居委会、村委会（一居）"),
                     field<"station", &OrgSet::station>("社区服务站（一站）"),
                     field<"office", &OrgSet::office>("综合治理办公室（一办）"))
      .def_property_readonly("bits", &OrgSet::bits, "One bit each, party first: how a column holds sets.")
      .def_static(
          "from_bits", [](Argument<std::int64_t, "bits"> bits) { return OrgSet::from_bits(bits); }, "bits"_a,
          "Return the set of these bits, 0 to 15.")
      .def("has_all", &OrgSet::has_all, "asked"_a, "Tell whether all organisations of `asked` are there.")
      .def(
          "text", [](const OrgSet& set, Argument<Language, "lang"> lang) { return set.text(lang.value); },
          "lang"_a = "en", "Return the set in words.");
  bind_rule<OrganisationRule>(module, "OrganisationRule",
                              "Which organisations are asked for, and exactly these.\n\nParameters\n----------\n"
                              "asked : OrgSet\n    One or more.\n",
                              required_field<"asked", &OrganisationRule::asked>("The set asked for."));
  module.def(
      "organisation_coverage",
      [](const OrganisationRule& rule, const py::object& sets) {
        return organisation_coverage(rule, ByteColumn(sets, "sets").view());
      },
      "rule"_a, "sets"_a,
      "Return the Coverage of communities that have all that is asked; sets are OrgSet.bits, shape (n,), or missing.");
  module.def(
      "complete_organisations",
      [](const OrganisationRule& rule, const py::object& sets) {
        const ByteColumn column(sets, "sets");
        OutputColumn<std::uint8_t> complete(column.size());
        complete_organisations(rule, column.view(), complete.target());
        return std::move(complete).finish(column.masked(), true);
      },
      "rule"_a, "sets"_a,
      "Tell of each community whether it has all that is asked: array of bool, masked where not known.");
  bind_record<OrgCoverage>(module, "OrgCoverage", "The three coverages of party work.",
                           field<"organisation", &OrgCoverage::organisation>("组织覆盖: each community has a branch."),
                           field<"work", &OrgCoverage::work>("工作覆盖"),
                           field<"cohesion", &OrgCoverage::cohesion>("凝聚力覆盖"));
  module.def(
      "org_coverage",
      [](const py::object& organisation, const py::object& work, const py::object& cohesion) {
        const ByteColumn first(organisation, "organisation");
        const ByteColumn second(work, "work", first.size());
        const ByteColumn third(cohesion, "cohesion", first.size());
        return org_coverage(first.view(), second.view(), third.view());
      },
      "organisation"_a, "work"_a, "cohesion"_a,
      "Return the three coverages of columns of truth values, shape (n_communities,), with missing ones.");
}

}  // namespace shequ::python

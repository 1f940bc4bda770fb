// SPDX-License-Identifier: BSD-3-Clause
#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/facilities.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] py::object gaps(const FacilityRule& rule, const py::object& have, const py::object& households) {
  const IntColumn area(have, "have_dm2");
  const IntColumn counts = households.is_none() ? IntColumn() : IntColumn(households, "households", area.size());
  OutputColumn<std::int64_t> result(area.size());
  {
    const py::gil_scoped_release released;
    facility_gaps(rule, area.view(), counts.view(), result.target());
  }
  return std::move(result).finish(area.masked() || (rule.per_household() && counts.masked()));
}

void bind_remedies(py::module_& module) {
  py::native_enum<RemedyKind>(module, "RemedyKind", "enum.Enum", "How a gap of area is closed.")
      .value("NEW_BUILD", RemedyKind::new_build, "异地新建")
      .value("CONSOLIDATE", RemedyKind::consolidate, "资源整合")
      .value("SHARE", RemedyKind::share, "共享")
      .finalize();
  bind_value<Remedy>(module, "Remedy", "One offer to close a gap of area; taken once or not at all.",
                     required_field<"name", &Remedy::name>("What the offer is."),
                     required_field<"kind", &Remedy::kind>("How it closes the gap."),
                     required_field<"area_dm2", &Remedy::area_dm2>("Area that it adds, dm2 (100 to a m2)."),
                     required_field<"cost_fen", &Remedy::cost_fen>("Cost in fen, 100 to a yuan."));
  bind_record<RemedyPlan>(module, "RemedyPlan", "The cheapest offers that close a gap.",
                          field<"closes", &RemedyPlan::closes>(
                              "False where all offers together do not close the gap; then all are chosen."),
                          field<"chosen", &RemedyPlan::chosen>("Positions of the offers, ascending."),
                          field<"gap_dm2", &RemedyPlan::gap_dm2>("What was asked for, dm2."),
                          field<"area_dm2", &RemedyPlan::area_dm2>("What the chosen offers add, dm2."),
                          field<"cost_fen", &RemedyPlan::cost_fen>("What they cost, fen."),
                          field<"remaining_dm2", &RemedyPlan::remaining_dm2>("What is still lacking, dm2."));
  module.def(
      "cheapest_remedies",
      [](Argument<std::int64_t, "gap_dm2"> gap, const Argument<std::vector<Remedy>, "offers">& offers) {
        const py::gil_scoped_release released;
        return cheapest_remedies(gap.value, offers.value);
      },
      "gap_dm2"_a, "offers"_a, R"(Choose the offers of least cost whose areas add up to a gap or more.

Of equal cost, the set with fewer offers, then with more area. Exact.

Parameters
----------
gap_dm2 : int
    Area lacking, dm2.
offers : list of Remedy
    At most 200.

Returns
-------
RemedyPlan

Raises
------
InvalidInputError
    A negative area or cost, or costs that overflow.
)");
  module.def(
      "shared_areas",
      [](Argument<std::int64_t, "area_dm2"> area, const Argument<std::vector<Fraction>, "shares">& shares) {
        return shared_areas(area.value, shares.value);
      },
      "area_dm2"_a, "shares"_a,
      "Return what each user of shared premises may count, dm2: its share rounded down; shares add up to at most 1.");
  bind_value<Investment>(module, "Investment",
                         "A lump sum for several sites; nothing divides it unless shares are agreed.",
                         required_field<"name", &Investment::name>("What it is for."),
                         required_field<"amount_fen", &Investment::amount_fen>("The sum, fen."),
                         required_field<"sites", &Investment::sites>("Names of the sites, one or more."))
      .def(
          "divided",
          [](const Investment& investment, const Argument<std::vector<Fraction>, "shares">& shares) {
            return investment.divided(shares.value);
          },
          "shares"_a, "Return what each site gets, fen, adding up to the sum; shares, one a site, must add up to 1.");
  module.def(
      "total_investment",
      [](const Argument<std::vector<Investment>, "investments">& investments) {
        return total_investment(investments.value);
      },
      "investments"_a, "Return the sum of investments, fen.");
}

}  // namespace

void bind_facilities(py::module_& module) {
  py::native_enum<AreaRounding>(module, "AreaRounding", "enum.Enum",
                                "What an area in proportion to households counts for a step that is begun.")
      .value("PRO_RATA", AreaRounding::pro_rata, "In proportion.")
      .value("STARTED_STEP", AreaRounding::started_step, "Every started step in full.")
      .finalize();
  bind_rule<FacilityRule>(
      module, "FacilityRule", R"(Least area of a facility of a community.

need(h) = max(least_m2, step_m2 * h / step_households). Areas are whole dm2 (100 to a m2), so that gaps add up exactly;
`hundredths` makes them from m2.

Parameters
----------
least_m2 : int, str or Fraction
    m2 of the smallest community.
step_m2 : int, str or Fraction, default 0
    m2 per `step_households`; 0: the same for communities of any size.
step_households : int, default 100
rounding : {"pro_rata", "started_step"} or AreaRounding, default "pro_rata"

Examples
--------
>>> rule = FacilityRule(least_m2=400, step_m2=30)
>>> rule.gap_dm2(32000, 2600) / 100
460.0
)",
      required_field<"least_m2", &FacilityRule::least_m2>("m2 of the smallest community, a Fraction."),
      field<"step_m2", &FacilityRule::step_m2>("m2 per step, a Fraction."),
      field<"step_households", &FacilityRule::step_households>("Households per step."),
      field<"rounding", &FacilityRule::rounding>("What a step that is begun counts for."))
      .def_property_readonly("per_household", &FacilityRule::per_household,
                             "True where the need depends on the households.")
      .def(
          "need_dm2",
          [](const FacilityRule& rule, Argument<std::int64_t, "households"> households) {
            return rule.need_dm2(households);
          },
          "households"_a, "Return the area that a community needs, dm2, rounded up to a whole one.")
      .def(
          "gap_dm2",
          [](const FacilityRule& rule, Argument<std::int64_t, "have_dm2"> have,
             Argument<std::int64_t, "households"> households) { return rule.gap_dm2(have, households); },
          "have_dm2"_a, "households"_a, "Return max(0, need - have), dm2.");
  module.def("facility_gaps", &gaps, "rule"_a, "have_dm2"_a, "households"_a = py::none(),
             R"(Compute the gaps of a column of communities.

Parameters
----------
rule : FacilityRule
have_dm2 : array of int or masked array, shape (n_communities,)
    Area there is, dm2; `hundredths` makes it from m2.
households : array of int or masked array, shape (n_communities,), optional
    Needed where the rule depends on them.

Returns
-------
ndarray or masked array of int64, shape (n_communities,)
    Gaps in dm2, masked where a number is missing.
)");
  bind_remedies(module);
}

}  // namespace shequ::python

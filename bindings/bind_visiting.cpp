// SPDX-License-Identifier: BSD-3-Clause
#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/visiting.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] py::object weeks(const VisitRule& rule, const py::object& households, const py::object& workers) {
  const IntColumn counts(households, "households");
  const IntColumn staff(workers, "workers", counts.size());
  OutputColumn<std::int64_t> result(counts.size());
  bool missing = false;
  {
    const py::gil_scoped_release released;
    missing = weeks_per_round(rule, counts.view(), staff.view(), result.target());
  }
  return std::move(result).finish(missing || counts.masked() || staff.masked());
}

void bind_workload(py::module_& module) {
  bind_value<WorkloadComponent>(
      module, "WorkloadComponent", "One component of the workload in the method WISN (WHO, 2010).",
      required_field<"volume", &WorkloadComponent::volume>("Units of work in a year, a Fraction."),
      required_field<"standard", &WorkloadComponent::standard>("Units that one worker does in a year, a Fraction."));
  bind_record<WorkloadNeed>(module, "WorkloadNeed", "Staff needed and there.",
                            field<"need", &WorkloadNeed::need>("Sum of volume / standard, times the allowance."),
                            field<"ratio", &WorkloadNeed::ratio>("have / need, below 1 a shortage; None without need."),
                            field<"shortage", &WorkloadNeed::shortage>("True where there are too few."));
  module.def(
      "workload_need",
      [](const Argument<std::vector<WorkloadComponent>, "components">& components,
         const Argument<Fraction, "allowance">& allowance,
         Argument<std::int64_t, "have"> have) { return workload_need(components.value, allowance.value, have); },
      "components"_a, py::kw_only(), "allowance"_a, "have"_a,
      R"(Compute the staff that a workload needs, by the method WISN.

Parameters
----------
components : list of WorkloadComponent
allowance : int, str or Fraction
    Factor for work that is not in the components, 1 or more.
have : int
    Workers there are.

Returns
-------
WorkloadNeed

References
----------
WHO, Workload Indicators of Staffing Need (WISN), User's manual, 2010.
)");
}

}  // namespace

void bind_visiting(py::module_& module) {
  py::native_enum<VisitPer>(module, "VisitPer", "enum.Enum", "What the households to visit are counted by.")
      .value("WEEK", VisitPer::week, "By the week.")
      .value("HALF_DAY", VisitPer::half_day, "By the half-day.")
      .finalize();
  bind_rule<VisitRule>(module, "VisitRule", R"(Household visits of one worker.

Parameters
----------
per : {"week", "half_day"} or VisitPer
    What `households` are counted by. The source does not say.
working_weeks : int
    Of a year, 1 to 53.
half_days_per_week : int, default 4
households : int, default 10
    Visited in each `per`.

Examples
--------
>>> VisitRule(per="week", working_weeks=48).weeks_per_round(1000, 4)
25
)",
                       required_field<"per", &VisitRule::per>("What households are counted by."),
                       required_field<"working_weeks", &VisitRule::working_weeks>("Working weeks of a year."),
                       field<"half_days_per_week", &VisitRule::half_days_per_week>("Half-days of visits in a week."),
                       field<"households", &VisitRule::households>("Households visited in each `per`."))
      .def_property_readonly("per_week", &VisitRule::per_week, "Households of one worker in a week.")
      .def_property_readonly("per_year", &VisitRule::per_year, "Households of one worker in a year.")
      .def(
          "weeks_per_round",
          [](const VisitRule& rule, Argument<std::int64_t, "households"> households,
             Argument<std::int64_t, "workers"> workers) { return rule.weeks_per_round(households, workers); },
          "households"_a, "workers"_a,
          "Return the weeks until every household has been visited once, None without workers.")
      .def(
          "rounds_per_year",
          [](const VisitRule& rule, Argument<std::int64_t, "households"> households,
             Argument<std::int64_t, "workers"> workers) { return rule.rounds_per_year(households, workers); },
          "households"_a, "workers"_a, "Return the rounds of a year as Fraction, None without households.");
  module.def("weeks_per_round", &weeks, "rule"_a, "households"_a, "workers"_a,
             R"(Compute the weeks per round of a column of communities.

Parameters
----------
rule : VisitRule
households, workers : array of int or masked array, shape (n_communities,)

Returns
-------
ndarray or masked array of int64, shape (n_communities,)
    Masked where a number is missing or there is nobody to visit the households.
)");
  bind_value<VisitClass>(module, "VisitClass", "Households that are visited equally often.",
                         required_field<"households", &VisitClass::households>("Number of households."),
                         required_field<"visits_per_year", &VisitClass::visits_per_year>("Visits to each, 0 to 366."));
  bind_record<VisitLoad>(
      module, "VisitLoad", "What the visits of a year ask for.",
      field<"visits", &VisitLoad::visits>("Visits of a year."),
      field<"workers_exact", &VisitLoad::workers_exact>("visits / per_year, a Fraction."),
      field<"workers_needed", &VisitLoad::workers_needed>("Rounded up."),
      field<"per_worker_week", &VisitLoad::per_worker_week>("Visits a week for each of the workers, Fraction or None."),
      field<"rule", &VisitLoad::rule>("Id of the rule."));
  module.def(
      "visit_load",
      [](const VisitRule& rule, const Argument<std::vector<VisitClass>, "classes">& classes,
         Argument<std::int64_t, "workers"> workers) { return visit_load(rule, classes.value, workers); },
      "rule"_a, "classes"_a, "workers"_a, "Return the VisitLoad of classes of households, and of so many workers.");
  bind_record<VisitCheck>(module, "VisitCheck", "One worker's week: two tests, and neither makes up for the other.",
                          field<"half_days_met", &VisitCheck::half_days_met>("Half-days are reached."),
                          field<"households_met", &VisitCheck::households_met>("Households are reached."));
  module.def(
      "check_week",
      [](const VisitRule& rule, Argument<std::int64_t, "half_days"> half_days,
         Argument<std::int64_t, "households"> households) { return check_week(rule, half_days, households); },
      "rule"_a, "half_days"_a, "households"_a, "Return the VisitCheck of one worker's week.");
  bind_workload(module);
}

}  // namespace shequ::python

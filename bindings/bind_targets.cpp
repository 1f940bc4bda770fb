// SPDX-License-Identifier: BSD-3-Clause
#include "arrays.hpp"
#include "record.hpp"
#include "shequ/rules/coverage.hpp"
#include "shequ/rules/targets.hpp"

namespace shequ::python {

void bind_targets(py::module_& module) {
  bind_value<YearTarget>(module, "YearTarget",
                         "Least share of the communities that have reached the goal by a year's end.",
                         required_field<"year", &YearTarget::year>("Calendar year."),
                         required_field<"share", &YearTarget::share>("Least share, a Fraction in [0, 1]."));
  bind_rule<TargetRule>(module, "TargetRule", R"(Targets by year of one tier.

Parameters
----------
years : list of YearTarget
    Ascending.
tier : str
    What is to be reached, in the user's words.

Examples
--------
>>> rule = TargetRule(years=[YearTarget(year=2012, share="75%"), YearTarget(year=2014, share="98%")])
>>> rule.required(2014, 120)
118
)",
                        required_field<"years", &TargetRule::years>("Targets, ascending by year."),
                        field<"tier", &TargetRule::tier>("What is to be reached."))
      .def(
          "required",
          [](const TargetRule& rule, Argument<int, "year"> year, Argument<std::int64_t, "total"> total) {
            return rule.required(year, total);
          },
          "year"_a, "total"_a, "Return the share of a year, rounded up on `total` communities of that year.");
  bind_value<TargetState>(module, "TargetState",
                          "Communities of one year: how many, and how many have reached the goal.",
                          required_field<"year", &TargetState::year>("Calendar year."),
                          required_field<"total", &TargetState::total>("Communities of that year."),
                          field<"done", &TargetState::done>("Of them, those that have reached the goal, or None."));
  bind_record<TargetRow>(module, "TargetRow", "One year of a plan.", field<"year", &TargetRow::year>("Calendar year."),
                         field<"total", &TargetRow::total>("Communities of that year."),
                         field<"required", &TargetRow::required>("How many must have reached the goal."),
                         field<"done", &TargetRow::done>("How many have, or None."),
                         field<"missing", &TargetRow::missing>("max(0, required - done), None where not known."),
                         field<"addition", &TargetRow::addition>("required less that of the row before."),
                         field<"rule", &TargetRow::rule>("Id of the rule."));
  module.def(
      "target_plan",
      [](const TargetRule& rule, const Argument<std::vector<TargetState>, "states">& states) {
        return target_plan(rule, states.value);
      },
      "rule"_a, "states"_a, "Return a TargetRow for each TargetState; their years must ascend.");
  module.def(
      "rank_by_rate",
      [](const Argument<std::vector<Coverage>, "units">& units) { return moved(rank_by_rate(units.value)); }, "units"_a,
      "Return the rank of each unit by its rate, best first; ties share a rank, 0 where there is no rate.");
}

}  // namespace shequ::python

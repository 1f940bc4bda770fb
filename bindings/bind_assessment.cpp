// SPDX-License-Identifier: BSD-3-Clause
#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/assessment.hpp"

namespace shequ::python {

namespace {

using Score = std::optional<std::int64_t>;
using Date = std::chrono::year_month_day;

[[nodiscard]] py::object totals(const AssessmentRule& rule, const py::object& aspects) {
  const py::list given = read_sequence(aspects, "aspects");
  std::vector<IntColumn> columns;
  std::vector<ColumnView<std::int64_t>> views;
  bool masked = false;
  for (const auto& column : given) {
    const std::string name = "aspects[" + std::to_string(columns.size()) + "]";
    columns.emplace_back(column, name.c_str());
    views.push_back(columns.back().view());
    masked = masked || columns.back().masked();
  }
  OutputColumn<std::int64_t> result(columns.empty() ? 0 : columns.front().size());
  assess(rule, views, result.target());
  return std::move(result).finish(masked);
}

void bind_case(py::module_& module) {
  bind_rule<AssessmentProcess>(
      module, "AssessmentProcess", R"(The way from self-assessment to an honour and to its review.

Parameters
----------
unsampled : {"name", "hold"} or Unsampled
    What happens to applicants on the list whom nobody samples. The sources do not say.
on_failed_review : {"withdraw", "review_again"} or FailedReview
    What happens to a named unit whose review does not pass. The sources do not say.
pass_hundredths : int, default 9000
    Score to apply, to be named and to be kept, in hundredths of a point.
apply_by, first_year_apply_by, province_by : tuple (month, day)
    Last days; 30 September, 15 November in `first_year`, 30 November.
first_year : int, optional
    First year of the programme.
)",
      required_field<"unsampled", &AssessmentProcess::unsampled>("What happens to whom nobody samples."),
      required_field<"on_failed_review", &AssessmentProcess::on_failed_review>("What a failed review brings."),
      field<"pass_hundredths", &AssessmentProcess::pass_hundredths>("Score that passes, hundredths of a point."),
      field<"apply_by", &AssessmentProcess::apply_by>("Last day to apply, (month, day)."),
      field<"first_year", &AssessmentProcess::first_year>("First year of the programme, or None."),
      field<"first_year_apply_by", &AssessmentProcess::first_year_apply_by>("Last day to apply in the first year."),
      field<"province_by", &AssessmentProcess::province_by>("Last day of the provincial check."));
  bind_record<AssessmentStep>(module, "AssessmentStep", "One step of a case.",
                              field<"state", &AssessmentStep::state>("Where it then stands."),
                              field<"date", &AssessmentStep::date>("Since when."),
                              field<"score_hundredths", &AssessmentStep::score_hundredths>("With what score, or None."),
                              field<"reason", &AssessmentStep::reason>("Why."));
  py::class_<AssessmentCase>(module, "AssessmentCase", R"(One community or district on its way to an honour.

Parameters
----------
process : AssessmentProcess
subject : str
    Its name or code.
)")
      .def(py::init([](const AssessmentProcess& process, const Argument<std::string, "subject">& subject) {
             return AssessmentCase(process, subject.value);
           }),
           "process"_a, "subject"_a)
      .def(
          "record",
          [](AssessmentCase& self, Argument<AssessmentState, "state"> state, const Argument<Date, "date">& date,
             Argument<Score, "score_hundredths"> score, const Argument<std::string, "reason">& reason) {
            self.record({state.value, date.value, score.value, reason.value});
          },
          "state"_a, "date"_a, py::kw_only(), "score_hundredths"_a = py::none(), "reason"_a = "",
          R"(Add a step; where it is refused nothing has changed.

Parameters
----------
state : AssessmentState or its name in lower case
date : datetime.date
score_hundredths : int, optional
    Needed for self_assessed, province_sampled and reviewed.
reason : str
    Needed for declined and withdrawn.

Raises
------
InvalidInputError
    A step that does not follow (naming those that do), a date before the last step or after a deadline, a score or a
    reason that is missing.
)")
      .def_property_readonly("allowed_next", &AssessmentCase::allowed_next, "States that may follow; empty at the end.")
      .def_property_readonly("process", &AssessmentCase::process, "The process.")
      .def_property_readonly("subject", &AssessmentCase::subject, "Whose case it is.")
      .def_property_readonly("history", &AssessmentCase::history, "All steps, each with date and reason.")
      .def_property_readonly("state", &AssessmentCase::state, "Where it stands, None before the first step.")
      .def_property_readonly("bears_honour", &AssessmentCase::bears_honour,
                             "True while it is named, under review, or kept.")
      .def(
          "__eq__", [](const AssessmentCase& a, const AssessmentCase& b) { return a == b; }, py::is_operator())
      .def("__repr__",
           [](const AssessmentCase& self) {
             return "<AssessmentCase " + self.subject() + ": " +
                    (self.state() ? std::string(to_string(*self.state())) : "not begun") + ">";
           })
      .def(py::pickle(
          [](const AssessmentCase& self) {
            return py::make_tuple(record_state_version, self.process(), self.subject(), self.history());
          },
          [](const py::tuple& state) {
            if (state.size() != 4 || state[0].cast<int>() != record_state_version) {
              throw InvalidInput("the pickled AssessmentCase is of another version of shequ",
                                 "保存的 AssessmentCase 来自其他版本的 shequ");
            }
            AssessmentCase self(state[1].cast<AssessmentProcess>(), state[2].cast<std::string>());
            for (auto& step : state[3].cast<std::vector<AssessmentStep>>()) self.record(std::move(step));
            return self;
          }));
}

}  // namespace

void bind_assessment(py::module_& module) {
  py::native_enum<AssessmentState>(module, "AssessmentState", "enum.Enum", "Where an applicant for an honour stands.")
      .value("SELF_ASSESSED", AssessmentState::self_assessed, "自评")
      .value("APPLIED", AssessmentState::applied, "已申报")
      .value("DISTRICT_CHECKED", AssessmentState::district_checked, "区级核查")
      .value("LISTED", AssessmentState::listed, "列入上报名单")
      .value("CITY_SAMPLED", AssessmentState::city_sampled, "市级抽查")
      .value("PROVINCE_SAMPLED", AssessmentState::province_sampled, "省级抽查")
      .value("NAMED", AssessmentState::named, "已命名")
      .value("REVIEWED", AssessmentState::reviewed, "复查")
      .value("KEPT", AssessmentState::kept, "保留称号")
      .value("WITHDRAWN", AssessmentState::withdrawn, "撤销称号")
      .value("DECLINED", AssessmentState::declined, "未命名")
      .finalize();
  py::native_enum<Unsampled>(module, "Unsampled", "enum.Enum", "What happens to applicants whom nobody samples.")
      .value("NAME", Unsampled::name, "They may be named.")
      .value("HOLD", Unsampled::hold, "They stay on the list until the province samples them.")
      .finalize();
  py::native_enum<FailedReview>(module, "FailedReview", "enum.Enum", "What a failed review brings.")
      .value("WITHDRAW", FailedReview::withdraw, "The honour is withdrawn.")
      .value("REVIEW_AGAIN", FailedReview::review_again, "A second review follows.")
      .finalize();
  bind_value<Aspect>(module, "Aspect", "One aspect of an assessment and the most points it can bring.",
                     required_field<"name", &Aspect::name>("Name of the aspect."),
                     required_field<"weight_hundredths", &Aspect::weight_hundredths>("Weight, hundredths of a point."));
  bind_rule<AssessmentRule>(module, "AssessmentRule",
                            R"(How an assessment scores. Scores are whole hundredths of a point: 90.00 is 9000.

Parameters
----------
aspects : list of Aspect
    Weights add up to the full score. The sources name eight aspects and no weights.
pass_hundredths : int, default 9000
full_hundredths : int, default 10000
)",
                            required_field<"aspects", &AssessmentRule::aspects>("The aspects in their order."),
                            field<"pass_hundredths", &AssessmentRule::pass_hundredths>("Least score that passes."),
                            field<"full_hundredths", &AssessmentRule::full_hundredths>("The full score."));
  bind_record<AssessmentScore>(
      module, "AssessmentScore", "Score of one community or district.",
      field<"total_hundredths", &AssessmentScore::total_hundredths>("Sum, None where an aspect is missing."),
      field<"missing", &AssessmentScore::missing>("Positions of the aspects without a score."),
      field<"passes", &AssessmentScore::passes>("True where complete and not below the pass score."),
      field<"rule", &AssessmentScore::rule>("Id of the rule."));
  module.def(
      "assess",
      [](const AssessmentRule& rule, const Argument<std::vector<Score>, "scores_hundredths">& scores) {
        return assess(rule, scores.value);
      },
      "rule"_a, "scores_hundredths"_a,
      R"(Add up the aspects of one subject: int or None each, in the order of the rule.

Raises
------
InvalidInputError
    A score is negative or above the weight of its aspect; names it.
)");
  module.def("assess_columns", &totals, "rule"_a, "aspects"_a,
             R"(Add up the aspects of a column of subjects.

Parameters
----------
rule : AssessmentRule
aspects : list of arrays of int or masked arrays, each of shape (n_subjects,)
    Hundredths of a point, one column for each aspect in the order of the rule.

Returns
-------
ndarray or masked array of int64, shape (n_subjects,)
    Masked where an aspect is missing.
)");
  bind_case(module);
}

}  // namespace shequ::python

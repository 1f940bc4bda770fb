// SPDX-License-Identifier: BSD-3-Clause
#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/certification.hpp"
#include "shequ/rules/coverage.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] CertificationNeed need(const CertificationRule& rule, const py::object& workers,
                                     const py::object& certified) {
  if (is_scalar(workers) && is_scalar(certified)) {
    return certification_need(rule, ArgumentReader<std::int64_t>::read(workers, "workers", 0),
                              ArgumentReader<std::int64_t>::read(certified, "certified", 0));
  }
  const IntColumn all(workers, "workers");
  const IntColumn holders(certified, "certified", all.size());
  const py::gil_scoped_release released;
  return certification_need(rule, all.view(), holders.view());
}

void bind_training(py::module_& module) {
  bind_record<TrainingYear>(
      module, "TrainingYear", "Certificates and training places of one year.",
      field<"year", &TrainingYear::year>("Calendar year."),
      field<"additions", &TrainingYear::additions>("Certificates to be gained this year."),
      field<"trainees", &TrainingYear::trainees>("Persons to be trained for them: additions / pass rate, rounded up."),
      field<"certified", &TrainingYear::certified>("Holders at the end of the year."));
  module.def(
      "training_plan",
      [](const CertificationNeed& needed, Argument<int, "first_year"> first, Argument<int, "last_year"> last,
         const Argument<Fraction, "pass_rate">& pass_rate) {
        return training_plan(needed, first.value, last.value, pass_rate.value);
      },
      "need"_a, "first_year"_a, "last_year"_a, py::kw_only(), "pass_rate"_a,
      R"(Spread the missing certificates over years, as evenly as whole persons allow, earlier years first.

Parameters
----------
need : CertificationNeed
first_year, last_year : int
    Both included; at most 100 years.
pass_rate : int, str or Fraction
    Share of trainees who pass, (0, 1].

Returns
-------
list of TrainingYear
)");
  bind_rule<TrainingInterval>(module, "TrainingInterval", R"(How often someone is trained: every `years` years.

Parameters
----------
years : int
    1 to 100; heads of committees 1, other workers 2, leaders of districts and towns 2 by a provincial opinion.
)",
                              required_field<"years", &TrainingInterval::years>("Years between two trainings."))
      .def(
          "due",
          [](const TrainingInterval& rule, const Argument<std::chrono::year_month_day, "last">& last) {
            return rule.due(last.value);
          },
          "last"_a, "Return the last day in time: the same day `years` later, 28 February for a 29th.")
      .def(
          "overdue",
          [](const TrainingInterval& rule, const Argument<std::chrono::year_month_day, "last">& last,
             const Argument<std::chrono::year_month_day, "today">& today) {
            return rule.overdue(last.value, today.value);
          },
          "last"_a, "today"_a, "Tell whether `today` is after the due day.");
}

}  // namespace

void bind_certification(py::module_& module) {
  py::native_enum<CertLevel>(module, "CertLevel", "enum.IntEnum", "Level of a certificate of social work.")
      .value("NONE", CertLevel::none, "无证")
      .value("ASSISTANT", CertLevel::assistant, "助理社会工作师")
      .value("WORKER", CertLevel::worker, "社会工作师")
      .value("SENIOR", CertLevel::senior, "高级社会工作师")
      .finalize();
  bind_record<Coverage>(module, "Coverage", "How many units have something.",
                        field<"having", &Coverage::having>("Units that have it."),
                        field<"known", &Coverage::known>("Units of which it is known."),
                        field<"missing", &Coverage::missing>("Units of which it is not known."))
      .def_property_readonly("rate", &Coverage::rate, "having / known as Fraction, None where nothing is known.")
      .def_property_readonly("complete", &Coverage::complete, "True where every unit is known to have it.");
  module.def(
      "coverage", [](const py::object& has) { return coverage(ByteColumn(has, "has").view()); }, "has"_a,
      "Return the Coverage of a column of truth values, shape (n,), with missing ones.");

  bind_rule<CertificationRule>(module, "CertificationRule",
                               R"(Least share of the community workers who hold a certificate (持证率).

Parameters
----------
required : int, str or Fraction
    Least share, 0 to 1, such as "80%".
min_level : {"assistant", "worker", "senior"} or CertLevel
    Lowest level that counts. The sources do not say which; so there is no default.

Examples
--------
>>> rule = CertificationRule(required="80%", min_level="assistant")
>>> certification_need(rule, 862, 138).missing
552
)",
                               required_field<"required", &CertificationRule::required>("Least share, a Fraction."),
                               required_field<"min_level", &CertificationRule::min_level>("Lowest level that counts."))
      .def(
          "required_holders",
          [](const CertificationRule& rule, Argument<std::int64_t, "workers"> workers) {
            return rule.required_holders(workers);
          },
          "workers"_a, "Return the holders that so many workers need: the share rounded up.");
  bind_record<CertificationNeed>(
      module, "CertificationNeed", "Certificates of one community, town or district against a rule.",
      field<"workers", &CertificationNeed::workers>("Persons at work."),
      field<"certified", &CertificationNeed::certified>("Persons with a certificate that counts."),
      field<"required", &CertificationNeed::required>("Holders that the rule asks for."),
      field<"missing", &CertificationNeed::missing>("Certificates still needed."),
      field<"rate", &CertificationNeed::rate>("certified / workers as Fraction, None without workers."),
      field<"units", &CertificationNeed::units>("Communities added up."),
      field<"unknown", &CertificationNeed::unknown>("Communities left out because a number is missing."),
      field<"rule", &CertificationNeed::rule>("Id of the rule."),
      field<"min_level", &CertificationNeed::min_level>("Lowest level that counts."));
  module.def("certification_need", &need, "rule"_a, "workers"_a, "certified"_a,
             R"(Compute certificates against a rule, of one unit or of the sum of communities.

Parameters
----------
rule : CertificationRule
workers, certified : int, or array of int or masked array, shape (n_communities,)
    Persons. Communities where one of the two is missing are left out and counted as unknown.

Returns
-------
CertificationNeed

Raises
------
InvalidInputError
    Negative numbers, or more holders than workers.
)");
  module.def(
      "missing_certificates",
      [](const CertificationRule& rule, const py::object& workers, const py::object& certified) {
        const IntColumn all(workers, "workers");
        const IntColumn holders(certified, "certified", all.size());
        OutputColumn<std::int64_t> missing(all.size());
        {
          const py::gil_scoped_release released;
          missing_certificates(rule, all.view(), holders.view(), missing.target());
        }
        return std::move(missing).finish(all.masked() || holders.masked());
      },
      "rule"_a, "workers"_a, "certified"_a,
      R"(Compute the certificates missing in each community by itself; masked where a number is missing.

Their sum may exceed what the district lacks as a whole (`certification_need`).

Parameters
----------
rule : CertificationRule
workers, certified : array of int or masked array, shape (n_communities,)

Returns
-------
ndarray or masked array of int64, shape (n_communities,)
)");
  bind_training(module);
}

}  // namespace shequ::python

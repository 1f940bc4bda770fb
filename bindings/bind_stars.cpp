// SPDX-License-Identifier: BSD-3-Clause
#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/stars.hpp"

namespace shequ::python {

namespace {

template <class Rule>
[[nodiscard]] py::object stars_of(const Rule& rule, const py::object& scores) {
  const IntColumn column(scores, "scores_hundredths");
  OutputColumn<std::int64_t> stars(column.size());
  {
    const py::gil_scoped_release released;
    compute_stars(rule, column.view(), stars.target());
  }
  return std::move(stars).finish(column.masked());
}

}  // namespace

void bind_stars(py::module_& module) {
  py::native_enum<StarTies>(module, "StarTies", "enum.Enum", "What equal scores get that stand on both sides of a cap.")
      .value("BETTER", StarTies::better, "All of them the better star, though that exceeds the cap.")
      .value("WORSE", StarTies::worse, "None of them the better star.")
      .finalize();
  bind_rule<StarThresholds>(module, "StarThresholds", R"(Stars by score: the highest star whose least score is reached.

Parameters
----------
least_hundredths : list of int or None, length 5
    Least score of 1 star to 5 stars, hundredths of a point; those given must ascend. No source gives them.
)",
                            required_field<"least_hundredths", &StarThresholds::least_hundredths>(
                                "Least score of 1 star to 5 stars, None where a star is not given."))
      .def(
          "stars",
          [](const StarThresholds& rule, Argument<std::int64_t, "score_hundredths"> score) {
            return rule.stars(score);
          },
          "score_hundredths"_a, "Return the stars of one score, 0 for none.");
  bind_rule<StarQuota>(module, "StarQuota", R"(Stars by rank: the best get 5 stars up to the cap, the next 4, and so on.

Parameters
----------
caps : list of int, length 5
    Most communities with 1 star to 5 stars.
ties : {"better", "worse"} or StarTies
    What equal scores get that stand on both sides of a cap.
)",
                       required_field<"caps", &StarQuota::caps>("Most communities with 1 star to 5 stars."),
                       required_field<"ties", &StarQuota::ties>("What ties on both sides of a cap get."));
  bind_rule<StarAllOf>(
      module, "StarAllOf", R"(An honour for those who are good in every part.

Parameters
----------
parts : int
    Number of parts, 1 to 100.
least_part_hundredths, least_total_hundredths : int
    Least score of each part, and of all with the bonus, hundredths of a point.
)",
      required_field<"parts", &StarAllOf::parts>("Number of parts."),
      required_field<"least_part_hundredths", &StarAllOf::least_part_hundredths>("Least score of each part."),
      required_field<"least_total_hundredths", &StarAllOf::least_total_hundredths>(
          "Least score of all with the bonus."))
      .def(
          "meets",
          [](const StarAllOf& rule, const Argument<std::vector<std::optional<std::int64_t>>, "part_hundredths">& parts,
             Argument<std::int64_t, "bonus_hundredths"> bonus) { return rule.meets(parts.value, bonus); },
          "part_hundredths"_a, py::kw_only(), "bonus_hundredths"_a = 0,
          "Tell whether the honour is reached; None where a part is None.");
  module.def("compute_stars", &stars_of<StarThresholds>, "rule"_a, "scores_hundredths"_a,
             R"(Compute the stars of a column of scores.

Parameters
----------
rule : StarThresholds or StarQuota
scores_hundredths : array of int or masked array, shape (n,)
    Hundredths of a point. By rank, units without a score take no place.

Returns
-------
ndarray or masked array of int64, shape (n,)
    1 to 5, or 0 for none; masked where the score is missing.
)");
  module.def("compute_stars", &stars_of<StarQuota>, "rule"_a, "scores_hundredths"_a);
  bind_record<StarSummary>(
      module, "StarSummary", "How stars are spread.",
      field<"counts", &StarSummary::counts>("Communities with 1 star to 5 stars."),
      field<"none", &StarSummary::none>("Communities without a star."),
      field<"missing", &StarSummary::missing>("Communities of which it is not known."),
      field<"starred_share", &StarSummary::starred_share>("Share with a star, Fraction or None."),
      field<"mean_stars", &StarSummary::mean_stars>("Mean of those with a star, Fraction or None."));
  module.def(
      "summarise_stars", [](const py::object& stars) { return summarise_stars(IntColumn(stars, "stars").view()); },
      "stars"_a, "Return the StarSummary of a column of stars, 0 to 5 or missing, shape (n,).");
}

}  // namespace shequ::python

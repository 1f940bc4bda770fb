// SPDX-License-Identifier: BSD-3-Clause
#include "bind_rules.hpp"
#include "shequ/rules/allocation.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] py::array_t<std::int64_t> apportioned(Argument<std::int64_t, "total"> total, const py::object& weights,
                                                    const py::object& method) {
  const auto chosen = choice<Apportionment>(method, "method");
  const auto array = int64_array(weights, "weights");
  const auto values = column(array, "weights");
  auto given = [&] {
    const py::gil_scoped_release released;
    return apportion(total, values, chosen);
  }();
  return moved(std::move(given));
}

[[nodiscard]] py::array_t<std::int64_t> by_shares(Argument<std::int64_t, "total"> total, const py::iterable& shares) {
  std::vector<Fraction> fractions;
  for (const auto& share : shares) fractions.push_back(read_fraction(share, "shares"));
  return moved(divide_by_shares(total, fractions));
}

[[nodiscard]] py::tuple covered(Argument<std::int64_t, "total"> total, const py::object& gaps, const py::object& cost,
                                const py::object& needs) {
  const auto chosen = choice<ShortageCost>(cost, "cost");
  const auto gap_array = int64_array(gaps, "gaps");
  const auto gap_values = column(gap_array, "gaps");
  if (chosen == ShortageCost::relative && needs.is_none()) {
    refuse("needs", needs, "given for cost=\"relative\"", "在 cost=\"relative\" 时给出");
  }
  const auto need_array = needs.is_none() ? py::array_t<std::int64_t>(0) : int64_array(needs, "needs");
  const auto need_values =
      needs.is_none() ? std::span<const std::int64_t>() : column(need_array, "needs", gap_values.size());
  ShortageCover cover = [&] {
    const py::gil_scoped_release released;
    return cover_shortage(total, gap_values, chosen, need_values);
  }();
  return py::make_tuple(moved(std::move(cover.given)), cover.left_over);
}

}  // namespace

void bind_allocation(py::module_& module) {
  py::native_enum<Apportionment>(module, "Apportionment", "enum.Enum", "How whole numbers are made of shares.")
      .value("LARGEST_REMAINDER", Apportionment::largest_remainder, "Least sum of |a - share|, and of its squares.")
      .value("WEBSTER", Apportionment::webster, "Least sum of w (a / w - total / W)^2.")
      .value("HUNTINGTON_HILL", Apportionment::huntington_hill, "Least sum of a (w / a - W / total)^2.")
      .finalize();
  py::native_enum<ShortageCost>(module, "ShortageCost", "enum.Enum", "What a shortage that stays costs.")
      .value("SQUARED", ShortageCost::squared, "Sum of the squares of shortages.")
      .value("RELATIVE", ShortageCost::relative, "Sum of shortage^2 / need.")
      .finalize();
  module.def("apportion", &apportioned, "total"_a, "weights"_a, py::kw_only(), "method"_a = "largest_remainder",
             R"(Divide a number of posts, or of fen, in proportion to weights.

Parameters
----------
total : int
    What is divided, 0 or more.
weights : array of int, shape (n,)
    0 or more, for example households or amounts due.
method : {"largest_remainder", "webster", "huntington_hill"} or Apportionment, default "largest_remainder"
    With a_i posts for the weight w_i, W the sum of weights and H the total, it is the division of least

    - "largest_remainder": sum of \|a_i - H w_i / W\|, and of its squares;
    - "webster": sum of w_i (a_i / w_i - H / W)^2, posts per household as even as possible;
    - "huntington_hill": sum of a_i (w_i / a_i - W / H)^2, households per post as even as possible. Gives at least 1 to
      every unit with a weight. Numbers up to 2^31 - 1.

Returns
-------
ndarray of int64, shape (n,)
    Adds up to `total`. Among equally good divisions earlier entries come first: put units in the order of their codes.

Raises
------
InvalidInputError
    A number is negative, or all weights are 0 and the total is not.
InfeasibleError
    "huntington_hill" has fewer posts than units with a weight.

Notes
-----
O(n log n), whatever the total.

References
----------
G. Pólya, Zeitschrift für die gesamte Staatswissenschaft 74, 1919; A. Sainte-Laguë, Annales scientifiques de l'ENS 27,
1910; E. V. Huntington, Transactions of the AMS 30, 1928.

Examples
--------
>>> apportion(10_000, [1, 1, 1]).tolist()  # 100 yuan over three
[3334, 3333, 3333]
)");
  module.def("divide_by_shares", &by_shares, "total"_a, "shares"_a,
             R"(Divide a whole number by shares that add up to 1, by largest remainders.

Parameters
----------
total : int
    0 or more.
shares : sequence of str, fractions.Fraction or int
    For example ["60%", "40%"]; floats are refused, as they are not exact.

Returns
-------
ndarray of int64, shape (n,)
    Adds up to `total`.

Raises
------
InvalidInputError
    A share is not in [0, 1], or they do not add up to 1.

Examples
--------
>>> divide_by_shares(12_800_000, ["60%", "40%"]).tolist()
[7680000, 5120000]
)");
  module.def("cover_shortage", &covered, "total"_a, "gaps"_a, py::kw_only(), "cost"_a = "squared",
             "needs"_a = py::none(), R"(Divide posts or fen over units that lack some, the worst off first.

Parameters
----------
total : int
    What is divided, 0 or more.
gaps : array of int, shape (n,)
    What each unit lacks, 0 or more; none gets more.
cost : {"squared", "relative"} or ShortageCost, default "squared"
    The division has the least sum of (gap - given)^2, or of (gap - given)^2 / need; and the least plain sum of shortages.
needs : array of int, shape (n,), optional
    What each unit needs in all, 1 or more and at least its gap; for "relative".

Returns
-------
given : ndarray of int64, shape (n,)
    What each unit gets.
left_over : int
    What is left when all gaps are closed.

Raises
------
InvalidInputError
    A number is out of range; the message names it.

Notes
-----
Each goes where it lowers the cost most, which is exact as the costs are convex. O(n log n), whatever the total.

References
----------
O. Gross, RAND RM-1644, 1956; B. Fox, Management Science 13, 1966, doi:10.1287/mnsc.13.3.210.

Examples
--------
>>> given, left_over = cover_shortage(3, [4, 2, 1])
>>> given.tolist(), left_over
([3, 0, 0], 0)
)");
}

}  // namespace shequ::python

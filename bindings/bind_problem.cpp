// SPDX-License-Identifier: BSD-3-Clause
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "arrays.hpp"
#include "bind_objective.hpp"
#include "results.hpp"
#include "shequ/districting/diagnose.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::python {

namespace {

template <class T>
[[nodiscard]] std::vector<T> copied(const py::object& value, const char* argument,
                                    py::array_t<T> (*convert)(const py::handle&, const char*)) {
  if (value.is_none()) return {};
  const py::array_t<T> array = convert(value, argument);
  const auto values = column(array, argument);
  return {values.begin(), values.end()};
}

using Pairs = std::vector<std::pair<NodeId, NodeId>>;
using BalanceArguments = std::tuple<std::string, py::object, std::int64_t, std::int64_t>;  // name, weights, bounds
using TermArguments = std::tuple<std::string, std::int64_t, py::dict>;                     // name, weight, values

[[nodiscard]] Problem make_problem(std::shared_ptr<Graph> graph, const py::object& weights,
                                   Argument<std::int64_t, "lower"> lower, Argument<std::int64_t, "upper"> upper,
                                   std::optional<std::pair<PartId, PartId>> parts,
                                   const std::vector<BalanceArguments>& balances,
                                   const std::vector<TermArguments>& objective,
                                   std::vector<std::vector<NodeId>> together, Pairs apart, const py::object& locked,
                                   std::vector<PartId> closed, Pairs links, const py::object& start) {
  Problem problem;
  problem.graph = std::move(graph);
  problem.weights = copied(weights, "weights", &int64_array);
  problem.lower = lower;
  problem.upper = upper;
  if (parts) problem.parts = PartsRange{parts->first, parts->second};
  for (const auto& [name, column, least, most] : balances) {
    problem.balances.push_back({name, copied(column, name.c_str(), &int64_array), least, most});
  }
  problem.objective.clear();
  for (const auto& [name, weight, values] : objective) {
    problem.objective.push_back({read_objective(name, values), weight});
  }
  problem.together = std::move(together);
  problem.apart = std::move(apart);
  problem.locked = copied(locked, "locked", &int32_array);
  problem.closed = std::move(closed);
  problem.links = std::move(links);
  problem.start = copied(start, "start", &int32_array);
  problem.validate();
  return problem;
}

}  // namespace

void bind_problem(py::module_& module) {
  py::class_<Problem>(module, "Problem", "Checked arguments of a districting problem; use `shequ.Problem`.")
      .def(py::init(&make_problem), py::kw_only(), "graph"_a, "weights"_a, "lower"_a, "upper"_a, "parts"_a = py::none(),
           "balances"_a = std::vector<BalanceArguments>(), "objective"_a = std::vector<TermArguments>(),
           "together"_a = std::vector<std::vector<NodeId>>(), "apart"_a = Pairs(), "locked"_a = py::none(),
           "closed"_a = std::vector<PartId>(), "links"_a = Pairs(), "start"_a = py::none())
      .def_property_readonly(
          "weights",
          [](const py::object& self) {
            return view(std::span<const std::int64_t>(self.cast<const Problem&>().weights), self);
          },
          "Weight of each node: int64, shape (n_nodes,), a view.")
      .def_readonly("lower", &Problem::lower)
      .def_readonly("upper", &Problem::upper)
      .def_property_readonly("parts", [](const Problem& problem) { return range_tuple(problem.parts); })
      .def_property_readonly(
          "objective",
          [](const Problem& problem) {
            std::vector<std::pair<std::string, std::int64_t>> terms;
            for (const ObjectiveTerm& term : problem.objective) {
              terms.emplace_back(std::string(to_string(term.of)), term.weight);
            }
            return terms;
          },
          "Name and weight of each term.");

  module.def(
      "bounds_within",
      [](std::int64_t total, PartId parts, double tolerance) {
        const Bounds bounds = bounds_within(total, parts, tolerance);
        return std::pair(bounds.lower, bounds.upper);
      },
      "total"_a, "parts"_a, "tolerance"_a, R"(Return the whole weights within a tolerance of the mean of some parts.

Parameters
----------
total : int
    Households or persons of all parts, 0 to 4 * 10^18.
parts : int
    Number of parts, 1 or more.
tolerance : float
    A fraction in [0, 1], read to 12 decimal places.

Returns
-------
tuple of int
    ceil((1 - tolerance) total / parts) and floor((1 + tolerance) total / parts), exact.

Raises
------
InvalidInputError
    Where an argument is out of range.

Examples
--------
>>> import shequ
>>> shequ.bounds_within(1000, 4, 0.05)
(238, 262)
)");

  module.def(
      "part_count_range",
      [](Argument<std::int64_t, "weight"> weight, Argument<std::int64_t, "lower"> lower,
         Argument<std::int64_t, "upper"> upper) { return range_tuple(part_count_range(weight, lower, upper)); },
      "weight"_a, "lower"_a, "upper"_a, R"(Return how many parts a weight can be divided into.

Parameters
----------
weight : int
    Households or persons, 0 or more.
lower, upper : int
    Bounds of a part, both included.

Returns
-------
tuple of int, or None
    Least and most: ceil(weight / upper) to floor(weight / lower); None where no whole number fits; (0, 0) for 0.

Examples
--------
>>> import shequ
>>> shequ.part_count_range(1200, 300, 500)
(3, 4)
>>> shequ.part_count_range(550, 300, 500) is None
True
)");
}

}  // namespace shequ::python

// SPDX-License-Identifier: BSD-3-Clause
#include "edge_costs.hpp"

#include <variant>

#include "shequ/detail/index.hpp"

namespace shequ::detail {

std::vector<std::int64_t> edge_costs(const Problem& problem) {
  std::vector<std::int64_t> costs(at(problem.graph->num_edges()), 0);
  for (const ObjectiveTerm& term : problem.objective) {
    if (std::holds_alternative<objective::CutEdges>(term.of)) {
      for (std::int64_t& cost : costs) cost += term.weight;
    } else if (const auto* perimeter = std::get_if<objective::SharedPerimeter>(&term.of)) {
      for (std::size_t e = 0; e < costs.size(); ++e) costs[e] += term.weight * perimeter->lengths[e];
    }
  }
  return costs;
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "bound.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "shequ/graph/contiguity.hpp"

namespace shequ::detail {

std::int64_t objective_bound(const Problem& problem, std::int32_t min_parts, std::int32_t components) {
  const Graph& graph = *problem.graph;
  const bool counts_edges = problem.objective == Objective::cut_edges;
  if (min_parts >= graph.num_nodes()) {
    return counts_edges ? graph.num_edges()
                        : std::accumulate(problem.edge_weights.begin(), problem.edge_weights.end(), std::int64_t{0});
  }
  std::int64_t cut = min_parts - components;
  if (cut <= 0) return 0;
  if (cut > static_cast<std::int64_t>(bridges(graph).size())) ++cut;
  if (counts_edges) return cut;
  std::vector<std::int64_t> costs = problem.edge_weights;
  const auto last = costs.begin() + static_cast<std::ptrdiff_t>(cut);
  std::nth_element(costs.begin(), last - 1, costs.end());
  return std::accumulate(costs.begin(), last, std::int64_t{0});
}

}  // namespace shequ::detail

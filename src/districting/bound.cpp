// SPDX-License-Identifier: BSD-3-Clause
#include "bound.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "edge_costs.hpp"
#include "shequ/graph/contiguity.hpp"

namespace shequ::detail {

std::int64_t objective_bound(const Problem& problem, std::int32_t min_parts, std::int32_t components) {
  const Graph& graph = *problem.graph;
  std::vector<std::int64_t> costs = edge_costs(problem);
  if (min_parts >= graph.num_nodes()) return std::accumulate(costs.begin(), costs.end(), std::int64_t{0});
  std::int64_t cut = min_parts - components;
  if (cut <= 0) return 0;
  if (cut > static_cast<std::int64_t>(bridges(graph).size())) ++cut;
  const auto last = costs.begin() + static_cast<std::ptrdiff_t>(cut);
  std::nth_element(costs.begin(), last - 1, costs.end());
  return std::accumulate(costs.begin(), last, std::int64_t{0});
}

}  // namespace shequ::detail

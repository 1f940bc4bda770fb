// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/multilevel.hpp"

namespace shequ::detail {

Penalties make_penalties(const SearchGraph& graph, const SearchBounds& bounds, std::int64_t coarseness, bool widened) {
  Penalties penalties;
  for (std::size_t b = 0; b < bounds.columns.size(); ++b) {
    const auto& [lower, upper] = bounds.columns[b];
    std::int64_t total = graph.total_weight;
    std::int64_t least = coarseness;
    if (b > 0) {
      total = 0;
      for (const std::int64_t value : graph.balances[b - 1]) total += value;
      if (coarseness > 0) least = total / graph.num_nodes() / 2;
    }
    const std::int64_t scale = std::max({(upper - lower) / 10 * 7, least, std::int64_t{1}});
    const std::int64_t wider = widened ? least / 2 : 0;
    penalties.emplace_back(std::max<std::int64_t>(0, lower - wider), upper + wider, total, scale, 4 * energy_unit);
  }
  return penalties;
}

std::vector<CoarseGraph> coarsen_to(const SearchGraph& graph, std::int64_t least_nodes, std::int64_t max_weight,
                                    std::span<const std::vector<std::int32_t>> parents, Random& random,
                                    const std::function<bool()>& stopped) {
  std::vector<CoarseGraph> levels;
  std::vector<std::vector<std::int32_t>> plans(parents.begin(), parents.end());
  const SearchGraph* finest = &graph;
  while (finest->num_nodes() > least_nodes && !stopped()) {
    CoarseGraph next = coarsen(*finest, max_weight, plans, random);
    if (next.graph.num_nodes() > finest->num_nodes() - finest->num_nodes() / 20) break;
    for (std::vector<std::int32_t>& plan : plans) plan = next.coarsened(plan);
    levels.push_back(std::move(next));
    finest = &levels.back().graph;
  }
  return levels;
}

}  // namespace shequ::detail

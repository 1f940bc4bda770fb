// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/coarsen.hpp"

#include <algorithm>
#include <numeric>

namespace shequ::detail {
namespace {

/// Partner of each node, itself where it stays single.
std::vector<std::int32_t> match(const SearchGraph& fine, std::int64_t max_weight,
                                std::span<const std::vector<std::int32_t>> plans, Random& random) {
  const std::int32_t num_nodes = fine.num_nodes();
  std::vector<std::int32_t> order(at(num_nodes));
  std::iota(order.begin(), order.end(), 0);
  random.shuffle(order);
  // A node without weight would draw everything to it: count it as an eighth of the mean.
  const double least = 0.125 * static_cast<double>(fine.total_weight) / num_nodes + 1e-9;
  const auto mass = [&](std::int32_t v) { return std::max(least, static_cast<double>(fine.weights[at(v)])); };
  std::vector<std::int32_t> partner(at(num_nodes), -1);
  for (const std::int32_t v : order) {
    if (partner[at(v)] >= 0) continue;
    partner[at(v)] = v;
    if (fine.is_tied(v)) continue;
    std::int32_t best = -1;
    double best_rating = -1;
    for (std::size_t i = fine.begin(v); i < fine.end(v); ++i) {
      const std::int32_t u = fine.targets[i];
      if (partner[at(u)] >= 0 || fine.is_tied(u) || fine.weights[at(v)] + fine.weights[at(u)] > max_weight) continue;
      if (std::any_of(plans.begin(), plans.end(), [&](const auto& plan) { return plan[at(u)] != plan[at(v)]; }))
        continue;
      const double chance = 1.0 + 0.5 * random.unit();
      const double rating = (static_cast<double>(fine.arc_energies[i]) + 1.0) / mass(u) * chance;
      if (rating <= best_rating) continue;
      best_rating = rating;
      best = u;
    }
    if (best < 0) continue;
    partner[at(v)] = best;
    partner[at(best)] = v;
  }
  return partner;
}

}  // namespace

CoarseGraph coarsen(const SearchGraph& fine, std::int64_t max_weight, std::span<const std::vector<std::int32_t>> plans,
                    Random& random) {
  const std::vector<std::int32_t> partner = match(fine, max_weight, plans, random);
  CoarseGraph result;
  SearchGraph& coarse = result.graph;
  result.coarse_of.assign(partner.size(), -1);
  std::vector<std::int32_t> first_of;  // finer node of lowest number in each coarse one
  for (std::int32_t v = 0; v < fine.num_nodes(); ++v) {
    const std::int32_t u = partner[at(v)];
    if (u < v) continue;
    result.coarse_of[at(v)] = result.coarse_of[at(u)] = static_cast<std::int32_t>(first_of.size());
    first_of.push_back(v);
  }
  coarse.total_weight = fine.total_weight;
  coarse.weights.assign(first_of.size(), 0);
  coarse.balances.assign(fine.balances.size(), std::vector<std::int64_t>(first_of.size(), 0));
  if (!fine.locks.empty()) coarse.locks.assign(first_of.size(), -1);
  for (std::size_t v = 0; v < partner.size(); ++v) {
    const std::size_t c = at(result.coarse_of[v]);
    coarse.weights[c] += fine.weights[v];
    for (std::size_t b = 0; b < fine.balances.size(); ++b) coarse.balances[b][c] += fine.balances[b][v];
    if (!fine.locks.empty() && fine.locks[v] >= 0) coarse.locks[c] = fine.locks[v];
  }
  // Edges by their lower end; the last edge that led to each node tells whether it is there already.
  std::vector<std::int32_t> edge_to(first_of.size(), -1);
  const bool has_guides = !fine.guides.empty();
  for (std::int32_t c = 0; c < static_cast<std::int32_t>(first_of.size()); ++c) {
    const std::int32_t first_edge = coarse.num_edges();
    const std::int32_t v = first_of[at(c)];
    const std::int32_t u = partner[at(v)];
    for (const std::int32_t member : {v, u}) {
      for (std::size_t i = fine.begin(member); i < fine.end(member); ++i) {
        const std::int32_t d = result.coarse_of[at(fine.targets[i])];
        if (d <= c) continue;
        const std::size_t e = at(fine.arc_edges[i]);
        std::int32_t& known = edge_to[at(d)];
        if (known < first_edge) {
          known = coarse.num_edges();
          coarse.edge_sources.push_back(c);
          coarse.edge_targets.push_back(d);
          coarse.edge_costs.push_back(0);
          if (has_guides) coarse.guides.push_back(0);
        }
        coarse.edge_costs[at(known)] += fine.edge_costs[e];
        if (has_guides) coarse.guides[at(known)] += fine.guides[e];
      }
      if (u == v) break;
    }
  }
  for (const NodePair& pair : fine.pairs) {
    coarse.add_pair(result.coarse_of[at(pair.a)], result.coarse_of[at(pair.b)], pair.same);
  }
  coarse.add_arcs();
  coarse.set_energies(coarse.mean_cost());
  return result;
}

}  // namespace shequ::detail

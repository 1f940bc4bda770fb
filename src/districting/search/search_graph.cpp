// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/search_graph.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "shequ/detail/search/fixed_point.hpp"

namespace shequ::detail {
namespace {

constexpr std::int64_t max_energy = 100'000'000;                 // sums over a node's edges stay far from overflow
constexpr std::int64_t max_energy_cost = 4'000'000'000'000'000;  // times energy_unit stays below 2^63
constexpr std::size_t max_ring_degree = 64;

}  // namespace

std::int64_t SearchGraph::mean_cost() const {
  std::int64_t total = 0;
  for (const std::int64_t cost : guide()) total += cost;
  return std::max<std::int64_t>(1, total / std::max(1, num_edges()));
}

void SearchGraph::set_energies(std::int64_t scale) {
  energy_scale = std::max<std::int64_t>(1, scale);
  arc_energies.resize(targets.size());
  for (std::size_t arc = 0; arc < targets.size(); ++arc) {
    const std::int64_t cost = std::min(guide()[at(arc_edges[arc])], max_energy_cost);
    arc_energies[arc] = static_cast<std::int32_t>(std::min(cost * energy_unit / energy_scale, max_energy));
  }
}

void SearchGraph::set_energies_beside_terms(std::int64_t scale) {
  constexpr std::int64_t guide_share = 128;
  energy_scale = std::max<std::int64_t>(1, scale);
  const std::int64_t guide_scale = mean_cost() * guide_share;
  for (std::size_t arc = 0; arc < targets.size(); ++arc) {
    const std::size_t edge = at(arc_edges[arc]);
    std::int64_t energy = std::min(edge_costs[edge], max_energy_cost) * energy_unit / energy_scale;
    if (!guides.empty()) energy += std::min(guides[edge], max_energy_cost) * energy_unit / guide_scale;
    arc_energies[arc] = static_cast<std::int32_t>(std::min(energy, max_energy));
  }
}

std::int32_t SearchGraph::find_edge(std::int32_t a, std::int32_t b) const {
  if (end(a) - begin(a) > end(b) - begin(b)) std::swap(a, b);
  std::size_t i = begin(a);
  while (targets[i] != b) ++i;
  return arc_edges[i];
}

void SearchGraph::add_pair(std::int32_t a, std::int32_t b, bool same) {
  pairs_of_node.resize(weights.size());
  const auto number = static_cast<std::int32_t>(pairs.size());
  pairs.push_back({a, b, same});
  pairs_of_node[at(a)].push_back(number);
  pairs_of_node[at(b)].push_back(number);
}

void SearchGraph::add_arcs() {
  offsets.assign(weights.size() + 1, 0);
  for (std::size_t e = 0; e < edge_costs.size(); ++e) {
    ++offsets[at(edge_sources[e]) + 1];
    ++offsets[at(edge_targets[e]) + 1];
  }
  for (std::size_t v = 0; v < weights.size(); ++v) offsets[v + 1] += offsets[v];
  const std::size_t num_arcs = 2 * edge_costs.size();
  targets.resize(num_arcs);
  arc_edges.resize(num_arcs);
  std::vector<std::int32_t> next(offsets.begin(), offsets.end() - 1);
  for (std::int32_t e = 0; e < num_edges(); ++e) {
    const std::int32_t ends[2] = {edge_sources[at(e)], edge_targets[at(e)]};
    for (const int side : {0, 1}) {
      const std::size_t slot = at(next[at(ends[side])]++);
      targets[slot] = ends[1 - side];
      arc_edges[slot] = e;
    }
  }
  add_rings();
  add_corners();
}

void SearchGraph::add_rings() {
  arc_rings.assign(targets.size(), 0);
  std::vector<std::int32_t> position(weights.size(), -1);
  for (std::int32_t v = 0; v < num_nodes(); ++v) {
    const std::size_t first = begin(v);
    if (end(v) - first > max_ring_degree) continue;
    for (std::size_t i = first; i < end(v); ++i) position[at(targets[i])] = static_cast<std::int32_t>(i - first);
    for (std::size_t i = first; i < end(v); ++i) {
      const std::int32_t u = targets[i];
      // A hub would make this quadratic; without its ring the search for a way round it is only slower.
      if (end(u) - begin(u) > max_ring_degree) continue;
      for (std::size_t j = begin(u); j < end(u); ++j) {
        const std::int32_t p = position[at(targets[j])];
        if (p < 0) continue;
        arc_rings[i] |= std::uint64_t{1} << static_cast<unsigned>(p);
        arc_rings[first + at(p)] |= std::uint64_t{1} << static_cast<unsigned>(i - first);
      }
    }
    for (std::size_t i = first; i < end(v); ++i) position[at(targets[i])] = -1;
  }
}

void SearchGraph::add_corners() {
  corner_offsets.assign(weights.size() + 1, 0);
  std::vector<std::uint64_t> met(weights.size(), 0);  // neighbours of the present node that each node touches
  std::vector<std::int32_t> candidates;
  for (std::int32_t v = 0; v < num_nodes(); ++v) {
    const std::size_t first = begin(v);
    candidates.clear();
    if (end(v) - first <= max_ring_degree) {
      for (std::size_t i = first; i < end(v); ++i) {
        const std::int32_t u = targets[i];
        if (end(u) - begin(u) > max_ring_degree) continue;
        for (std::size_t j = begin(u); j < end(u); ++j) {
          const std::int32_t w = targets[j];
          if (w == v) continue;
          if (met[at(w)] == 0) candidates.push_back(w);
          met[at(w)] |= std::uint64_t{1} << static_cast<unsigned>(i - first);
        }
      }
      // Only what joins neighbours that do not touch is new, and a neighbour itself is in the rings already.
      for (std::size_t i = first; i < end(v); ++i) met[at(targets[i])] = 0;
    }
    for (const std::int32_t w : candidates) {
      const std::uint64_t ring = std::exchange(met[at(w)], 0);
      if ((ring & (ring - 1)) == 0) continue;
      const auto i = static_cast<std::size_t>(std::countr_zero(ring));
      const std::uint64_t touching = arc_rings[first + i] | (std::uint64_t{1} << static_cast<unsigned>(i));
      if ((ring & ~touching) == 0) continue;
      corners.push_back(w);
      corner_rings.push_back(ring);
    }
    corner_offsets[at(v) + 1] = static_cast<std::int32_t>(corners.size());
  }
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "../groups.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// Two nodes of a SearchGraph that must lie in one part, or in two.
struct NodePair {
  std::int32_t a{};
  std::int32_t b{};
  bool same{};
};

/// One connected component as the search sees it: groups that must stay together are one node, edges between two such
/// nodes are one edge with the sum of their costs.
struct SearchGraph {
  std::vector<std::int32_t> offsets;
  std::vector<std::int32_t> targets;
  std::vector<std::int32_t> arc_edges;
  std::vector<std::int32_t> arc_energies;  ///< cost of the edge, energy_unit for an average one
  std::vector<std::uint64_t> arc_rings;    ///< bit j: the target touches the j-th neighbour too (degree up to 64)
  std::vector<std::int32_t> edge_sources;
  std::vector<std::int32_t> edge_targets;
  std::vector<std::int64_t> edge_costs;  ///< in units of the objective
  std::vector<std::int64_t> weights;
  std::vector<std::vector<NodeId>> members;  ///< nodes of the problem's graph that each node stands for
  std::vector<NodePair> pairs;
  std::vector<std::vector<std::int32_t>> pairs_of_node;  ///< empty where there are no pairs
  std::int64_t total_weight{};

  [[nodiscard]] std::int32_t num_nodes() const noexcept { return static_cast<std::int32_t>(weights.size()); }
  [[nodiscard]] std::int32_t num_edges() const noexcept { return static_cast<std::int32_t>(edge_costs.size()); }
  [[nodiscard]] std::size_t begin(std::int32_t node) const noexcept {
    return static_cast<std::size_t>(offsets[static_cast<std::size_t>(node)]);
  }
  [[nodiscard]] std::size_t end(std::int32_t node) const noexcept {
    return static_cast<std::size_t>(offsets[static_cast<std::size_t>(node) + 1]);
  }
};

/// One search graph for each connected component of the problem, in the order of their lowest nodes.
[[nodiscard]] std::vector<SearchGraph> make_search_graphs(const Problem& problem);

}  // namespace shequ::detail

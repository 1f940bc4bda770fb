// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shequ/detail/index.hpp"
#include "shequ/fwd.hpp"

namespace shequ::detail {

/// Two nodes of a SearchGraph that must lie in one part, or in two.
struct NodePair {
  std::int32_t a{};
  std::int32_t b{};
  bool same{};
};

/// One connected component as the search sees it, or a coarser picture of it: every node stands for nodes that stay in
/// one part, edges between two such nodes are one edge with the sum of their costs.
struct SearchGraph {
  std::vector<std::int32_t> offsets;
  std::vector<std::int32_t> targets;
  std::vector<std::int32_t> arc_edges;
  std::vector<std::int32_t> arc_energies;  ///< of the edge, in energies: set_energies()
  std::vector<std::uint64_t> arc_rings;    ///< bit j: the target touches the j-th neighbour too (degree up to 64)
  /// Nodes that touch two or more neighbours of a node that do not touch each other, by node, and which (degree up to
  /// 64): the corners of a rectangular street block, by which its sides hang together.
  std::vector<std::int32_t> corner_offsets;
  std::vector<std::int32_t> corners;
  std::vector<std::uint64_t> corner_rings;
  std::vector<std::int32_t> edge_sources;
  std::vector<std::int32_t> edge_targets;
  std::vector<std::int64_t> edge_costs;  ///< in units of the objective
  std::vector<std::int64_t> guides;      ///< cost that coarsening and energies go by; empty: edge_costs
  std::vector<std::int64_t> weights;
  std::vector<std::vector<std::int64_t>> balances;  ///< a column for each of the problem's further balances
  std::vector<std::int32_t> locks;                  ///< number in Problem::locked, -1: free; empty: none
  std::vector<NodePair> pairs;
  std::vector<std::vector<std::int32_t>> pairs_of_node;  ///< empty where there are no pairs
  std::int64_t total_weight{};
  std::int64_t energy_scale{1};  ///< units of the objective that energy_unit stands for

  [[nodiscard]] std::int32_t num_nodes() const noexcept { return static_cast<std::int32_t>(weights.size()); }
  [[nodiscard]] std::int32_t num_edges() const noexcept { return static_cast<std::int32_t>(edge_costs.size()); }
  [[nodiscard]] std::size_t begin(std::int32_t node) const noexcept { return at(offsets[at(node)]); }
  [[nodiscard]] std::size_t end(std::int32_t node) const noexcept { return at(offsets[at(node) + 1]); }
  [[nodiscard]] const std::vector<std::int64_t>& guide() const noexcept { return guides.empty() ? edge_costs : guides; }
  /// Whether rules tie this node to others, so that it may not be merged with a neighbour.
  [[nodiscard]] bool is_tied(std::int32_t node) const noexcept {
    return (!locks.empty() && locks[at(node)] >= 0) || (!pairs.empty() && !pairs_of_node[at(node)].empty());
  }

  /// The edge between two nodes that touch. Complexity: O(degree).
  [[nodiscard]] std::int32_t find_edge(std::int32_t a, std::int32_t b) const;

  /// Fills offsets, targets, arc_edges, rings and corners from the edges.
  void add_arcs();
  /// Fills arc_energies: energy_unit for each `scale` of an edge's guide.
  void set_energies(std::int64_t scale);
  /// The same where other terms of the objective lead and edges without a cost only keep parts compact: energy_unit for
  /// each `scale` of an edge's cost, and for a mean guide one 128th of it.
  void set_energies_beside_terms(std::int64_t scale);
  /// Mean guide of an edge, 1 or more.
  [[nodiscard]] std::int64_t mean_cost() const;
  void add_rings();
  void add_corners();
  void add_pair(std::int32_t a, std::int32_t b, bool same);
};

}  // namespace shequ::detail

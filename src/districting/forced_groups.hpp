// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

#include "shequ/graph/graph.hpp"

namespace shequ::detail {

/// A column whose sums in every part lie within bounds.
struct BoundedColumn {
  std::vector<std::int64_t> weights;  // one a node
  std::int64_t lower{};
  std::int64_t upper{};
};

/// Sets of nodes each of which every plan has in one part.
class NodeSets {
 public:
  explicit NodeSets(NodeId num_nodes);
  [[nodiscard]] NodeId find(NodeId node);
  /// False where they are in one set already.
  bool join(NodeId a, NodeId b);
  /// Set of each node, numbered by lowest node, and how many there are.
  [[nodiscard]] std::vector<std::int32_t> numbers(std::int32_t& count);

 private:
  std::vector<NodeId> parent_;  // the lowest node of a set is its root
};

/// The graph of the sets: an edge where two of them touch.
[[nodiscard]] Graph quotient(const Graph& graph, const std::vector<std::int32_t>& set_of_node, std::int32_t count);

/// Joins with each group the cut vertices on the ways between its nodes: all of them lead through those.
/// Complexity: nearly linear in the nodes and edges.
void join_along_ways(const Graph& graph, const std::vector<std::vector<NodeId>>& groups, NodeSets& sets);

/// Joins with each node the pieces that are left without it and too light, in some column, for a part of their own: no
/// part can lie in them. Again among the sets that are found, until there is nothing left to join or often enough.
/// Complexity: nearly linear in the nodes and edges, per round.
void join_light_pieces(const Graph& graph, const std::vector<BoundedColumn>& columns, NodeSets& sets);

/// Sets whose part holds too much in some column, whatever the plan: themselves, and from each piece that is left
/// without them what no whole number of parts can hold (of 550 in parts of 300 to 500: 50). Ascending.
[[nodiscard]] std::vector<std::int32_t> overfull_sets(const Graph& graph, const std::vector<BoundedColumn>& columns,
                                                      const std::vector<std::int32_t>& set_of_node, std::int32_t count);

}  // namespace shequ::detail

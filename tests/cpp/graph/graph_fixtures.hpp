// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "shequ/graph/graph.hpp"
#include "shequ/random.hpp"

namespace shequ::testing {

inline Graph graph_of(NodeId num_nodes, const std::vector<std::pair<NodeId, NodeId>>& edges) {
  std::vector<NodeId> sources;
  std::vector<NodeId> targets;
  for (const auto& [a, b] : edges) {
    sources.push_back(a);
    targets.push_back(b);
  }
  return Graph::from_edges(num_nodes, sources, targets);
}

inline Graph path(NodeId num_nodes) {
  std::vector<std::pair<NodeId, NodeId>> edges;
  for (NodeId v = 1; v < num_nodes; ++v) edges.emplace_back(v - 1, v);
  return graph_of(num_nodes, edges);
}

/// Street blocks in `rows` x `columns`, each touching the next; node r * columns + c.
inline Graph grid(NodeId rows, NodeId columns) {
  std::vector<std::pair<NodeId, NodeId>> edges;
  for (NodeId r = 0; r < rows; ++r) {
    for (NodeId c = 0; c < columns; ++c) {
      if (c + 1 < columns) edges.emplace_back(r * columns + c, r * columns + c + 1);
      if (r + 1 < rows) edges.emplace_back(r * columns + c, (r + 1) * columns + c);
    }
  }
  return graph_of(rows * columns, edges);
}

/// A grid with some diagonals and without some borders: planar, often with cut vertices, sometimes disconnected.
inline Graph random_planar(NodeId rows, NodeId columns, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::pair<NodeId, NodeId>> edges;
  for (NodeId r = 0; r < rows; ++r) {
    for (NodeId c = 0; c < columns; ++c) {
      const NodeId v = r * columns + c;
      if (c + 1 < columns && random.below(8) != 0) edges.emplace_back(v, v + 1);
      if (r + 1 < rows && random.below(8) != 0) edges.emplace_back(v + columns, v);
      if (c + 1 < columns && r + 1 < rows && random.below(2) == 0) edges.emplace_back(v, v + columns + 1);
    }
  }
  return graph_of(rows * columns, edges);
}

}  // namespace shequ::testing

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

#include "shequ/graph/graph.hpp"

namespace shequ::detail {

/// A depth-first search of every component of a graph, and where its blocks hang on cut vertices.
///
/// Node c heads a block where nothing below or at c touches what is above the parent of c: without that parent, the
/// subtree of c is a piece of its own.
struct CutTree {
  explicit CutTree(const Graph& graph);

  [[nodiscard]] bool heads_block(NodeId node) const noexcept;

  std::vector<NodeId> order;           // of discovery; a component and every subtree is a slice of it
  std::vector<std::int32_t> position;  // of each node in `order`
  std::vector<std::int32_t> end;       // of each node: past the last position of its subtree
  std::vector<NodeId> parent;          // no_node: a root
  std::vector<NodeId> root;            // of each node's component
  std::vector<NodeId> head;            // the nearest node at or above each that heads a block; no_node: none
  std::vector<std::int32_t> depth;     // number of nodes at or above each that head a block
};

}  // namespace shequ::detail

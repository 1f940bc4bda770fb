// SPDX-License-Identifier: BSD-3-Clause
#include "cut_tree.hpp"

#include <algorithm>
#include <cstddef>

#include "shequ/detail/index.hpp"

namespace shequ::detail {

CutTree::CutTree(const Graph& graph)
    : position(at(graph.num_nodes()), -1),
      end(position.size(), 0),
      parent(position.size(), no_node),
      root(position.size(), no_node),
      head(position.size(), no_node),
      depth(position.size(), 0) {
  order.reserve(position.size());
  std::vector<std::size_t> next(position.size(), 0);  // neighbour to look at
  const auto discover = [&](NodeId node, NodeId from, NodeId first) {
    position[at(node)] = static_cast<std::int32_t>(order.size());
    order.push_back(node);
    parent[at(node)] = from;
    root[at(node)] = first;
  };
  for (NodeId first = 0; first < graph.num_nodes(); ++first) {
    if (position[at(first)] >= 0) continue;
    discover(first, no_node, first);
    for (NodeId node = first; node != no_node;) {
      const auto neighbours = graph.neighbours(node);
      std::size_t& i = next[at(node)];
      while (i < neighbours.size() && position[at(neighbours[i])] >= 0) ++i;
      if (i == neighbours.size()) {
        node = parent[at(node)];
      } else {
        discover(neighbours[i], node, first);
        node = neighbours[i];
      }
    }
  }

  // The highest position that each subtree touches, from the last node to the first.
  std::vector<std::int32_t> low = position;
  for (std::size_t i = order.size(); i-- > 0;) {
    const NodeId node = order[i];
    const NodeId above = parent[at(node)];
    end[at(node)] = std::max(end[at(node)], position[at(node)] + 1);
    for (const NodeId other : graph.neighbours(node)) {
      if (other != above) low[at(node)] = std::min(low[at(node)], position[at(other)]);
    }
    if (above == no_node) continue;
    low[at(above)] = std::min(low[at(above)], low[at(node)]);
    end[at(above)] = std::max(end[at(above)], end[at(node)]);
  }
  for (const NodeId node : order) {
    const NodeId above = parent[at(node)];
    if (above == no_node) continue;
    const bool heads = low[at(node)] >= position[at(above)];
    head[at(node)] = heads ? node : head[at(above)];
    depth[at(node)] = depth[at(above)] + (heads ? 1 : 0);
  }
}

bool CutTree::heads_block(NodeId node) const noexcept { return head[at(node)] == node; }

}  // namespace shequ::detail

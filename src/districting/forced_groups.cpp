// SPDX-License-Identifier: BSD-3-Clause
#include "forced_groups.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "cut_tree.hpp"
#include "shequ/detail/index.hpp"

namespace shequ::detail {
namespace {

constexpr int max_rounds = 4;

std::vector<BoundedColumn> sums_of_sets(const std::vector<BoundedColumn>& columns,
                                        const std::vector<std::int32_t>& set_of_node, std::int32_t count) {
  std::vector<BoundedColumn> sums;
  for (const BoundedColumn& column : columns) {
    sums.push_back({std::vector<std::int64_t>(at(count), 0), column.lower, column.upper});
    for (std::size_t v = 0; v < set_of_node.size(); ++v) sums.back().weights[at(set_of_node[v])] += column.weights[v];
  }
  return sums;
}

/// What the pieces around each node weigh in one column.
class PieceWeights {
 public:
  PieceWeights(const CutTree& tree, const BoundedColumn& column)
      : tree_(tree), column_(column), sums_(tree.order.size() + 1, 0), hanging_(tree.order.size(), 0) {
    for (std::size_t i = 0; i < tree.order.size(); ++i) sums_[i + 1] = sums_[i] + column.weights[at(tree.order[i])];
    for (const NodeId node : tree.order) {
      if (tree.heads_block(node)) hanging_[at(tree.parent[at(node)])] += below(node);
    }
  }
  /// The subtree of a node.
  [[nodiscard]] std::int64_t below(NodeId node) const {
    return sums_[at(tree_.end[at(node)])] - sums_[at(tree_.position[at(node)])];
  }
  /// What is left of the component without a node and the blocks that hang on it.
  [[nodiscard]] std::int64_t above(NodeId node) const {
    return below(tree_.root[at(node)]) - column_.weights[at(node)] - hanging_[at(node)];
  }

 private:
  const CutTree& tree_;
  const BoundedColumn& column_;
  std::vector<std::int64_t> sums_;
  std::vector<std::int64_t> hanging_;
};

/// Joins slices of an order, each position with the next once only.
class SliceJoiner {
 public:
  SliceJoiner(const std::vector<NodeId>& order, NodeSets& sets) : order_(order), sets_(sets), next_(order.size() + 1) {
    std::iota(next_.begin(), next_.end(), std::int32_t{0});
  }
  /// Joins [first, last) with a node; whether that changed a set.
  bool join(std::int32_t first, std::int32_t last, NodeId with) {
    if (first >= last) return false;
    bool changed = sets_.join(order_[at(first)], with);
    for (std::int32_t i = find(first); i < last - 1; i = find(i)) {
      changed = sets_.join(order_[at(i)], order_[at(i) + 1]) || changed;
      next_[at(i)] = i + 1;
    }
    return changed;
  }

 private:
  /// The first position from i on that is not joined with the next.
  std::int32_t find(std::int32_t i) {
    while (next_[at(i)] != i) {
      next_[at(i)] = next_[at(next_[at(i)])];
      i = next_[at(i)];
    }
    return i;
  }
  const std::vector<NodeId>& order_;
  NodeSets& sets_;
  std::vector<std::int32_t> next_;
};

/// Whether that joined any.
bool join_once(const CutTree& tree, const std::vector<BoundedColumn>& columns, NodeSets& sets) {
  std::vector<std::uint8_t> light_below(tree.order.size(), 0);
  std::vector<std::uint8_t> light_above(tree.order.size(), 0);
  for (const BoundedColumn& column : columns) {
    if (column.lower == 0) continue;
    const PieceWeights weights(tree, column);
    for (const NodeId node : tree.order) {
      if (tree.heads_block(node) && weights.below(node) < column.lower) light_below[at(node)] = 1;
      if (tree.parent[at(node)] != no_node && weights.above(node) < column.lower) light_above[at(node)] = 1;
    }
  }
  SliceJoiner joiner(tree.order, sets);
  bool changed = false;
  std::vector<std::int32_t> after(tree.order.size(),
                                  0);  // of a node with a light piece above: up to where it is joined
  for (const NodeId node : tree.order) {
    const std::int32_t first = tree.position[at(node)];
    if (tree.heads_block(node)) {
      const NodeId above = tree.parent[at(node)];
      if (light_below[at(node)] != 0) changed = joiner.join(first, tree.end[at(node)], above) || changed;
      if (light_above[at(above)] != 0) {
        // Between the blocks that hang on the node above lies what belongs to the piece above it.
        changed = joiner.join(after[at(above)], first, above) || changed;
        after[at(above)] = tree.end[at(node)];
      }
    }
    if (light_above[at(node)] != 0) {
      changed = joiner.join(tree.position[at(tree.root[at(node)])], first, node) || changed;
      after[at(node)] = first + 1;
    }
  }
  for (const NodeId node : tree.order) {
    if (light_above[at(node)] == 0) continue;
    changed = joiner.join(after[at(node)], tree.end[at(tree.root[at(node)])], node) || changed;
  }
  return changed;
}

/// What of `weight` no whole number of parts can hold.
std::int64_t left_over(std::int64_t weight, const BoundedColumn& column) {
  if (column.lower == 0) return 0;
  const std::int64_t most = weight / column.lower;
  if (most == 0) return weight;
  return column.upper > weight / most ? 0 : weight - most * column.upper;
}

}  // namespace

NodeSets::NodeSets(NodeId num_nodes) : parent_(at(num_nodes)) { std::iota(parent_.begin(), parent_.end(), NodeId{0}); }

NodeId NodeSets::find(NodeId node) {
  while (parent_[at(node)] != node) {
    parent_[at(node)] = parent_[at(parent_[at(node)])];
    node = parent_[at(node)];
  }
  return node;
}

bool NodeSets::join(NodeId a, NodeId b) {
  a = find(a);
  b = find(b);
  parent_[at(std::max(a, b))] = std::min(a, b);
  return a != b;
}

std::vector<std::int32_t> NodeSets::numbers(std::int32_t& count) {
  std::vector<std::int32_t> numbers(parent_.size(), -1);
  count = 0;
  for (std::size_t v = 0; v < parent_.size(); ++v) {
    const NodeId root = find(static_cast<NodeId>(v));
    if (at(root) == v) numbers[v] = count++;
    numbers[v] = numbers[at(root)];
  }
  return numbers;
}

Graph quotient(const Graph& graph, const std::vector<std::int32_t>& set_of_node, std::int32_t count) {
  std::vector<std::pair<NodeId, NodeId>> edges;
  for (EdgeId e = 0; e < graph.num_edges(); ++e) {
    const auto [a, b] = std::minmax(set_of_node[at(graph.source(e))], set_of_node[at(graph.target(e))]);
    if (a != b) edges.emplace_back(a, b);
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  std::vector<NodeId> sources;
  std::vector<NodeId> targets;
  for (const auto& [a, b] : edges) {
    sources.push_back(a);
    targets.push_back(b);
  }
  return Graph::from_edges(count, sources, targets);
}

void join_along_ways(const Graph& graph, const std::vector<std::vector<NodeId>>& groups, NodeSets& sets) {
  const CutTree tree(graph);
  // The highest node that each has been joined with along its way up, so that no way is gone twice.
  std::vector<NodeId> up(tree.order.size());
  std::iota(up.begin(), up.end(), NodeId{0});
  const auto highest = [&](NodeId node) {
    while (up[at(node)] != node) {
      up[at(node)] = up[at(up[at(node)])];
      node = up[at(node)];
    }
    return node;
  };
  for (const std::vector<NodeId>& group : groups) {
    for (const NodeId member : group) {
      sets.join(group.front(), member);
      NodeId a = highest(group.front());
      NodeId b = highest(member);
      if (tree.root[at(a)] != tree.root[at(b)]) continue;
      while (a != b && tree.head[at(a)] != tree.head[at(b)]) {
        // The deeper one lies below the block of the other: its way leads through the node its block hangs on.
        NodeId& deeper = tree.depth[at(a)] >= tree.depth[at(b)] ? a : b;
        const NodeId above = tree.parent[at(tree.head[at(deeper)])];
        sets.join(deeper, above);
        up[at(deeper)] = above;
        deeper = highest(above);
      }
    }
  }
}

void join_light_pieces(const Graph& graph, const std::vector<BoundedColumn>& columns, NodeSets& sets) {
  if (std::all_of(columns.begin(), columns.end(), [](const BoundedColumn& column) { return column.lower == 0; }))
    return;
  join_once(CutTree(graph), columns, sets);
  for (int round = 0; round < max_rounds; ++round) {
    std::int32_t count = 0;
    const std::vector<std::int32_t> set_of_node = sets.numbers(count);
    if (at(count) == set_of_node.size()) return;
    NodeSets joined(count);
    if (!join_once(CutTree(quotient(graph, set_of_node, count)), sums_of_sets(columns, set_of_node, count), joined)) {
      return;
    }
    std::vector<NodeId> first(at(count), no_node);
    for (std::size_t v = 0; v < set_of_node.size(); ++v) {
      NodeId& lowest = first[at(joined.find(set_of_node[v]))];
      if (lowest == no_node) lowest = static_cast<NodeId>(v);
      sets.join(lowest, static_cast<NodeId>(v));
    }
  }
}

std::vector<std::int32_t> overfull_sets(const Graph& graph, const std::vector<BoundedColumn>& columns,
                                        const std::vector<std::int32_t>& set_of_node, std::int32_t count) {
  const CutTree tree(quotient(graph, set_of_node, count));
  std::vector<std::uint8_t> is_overfull(at(count), 0);
  for (const BoundedColumn& column : sums_of_sets(columns, set_of_node, count)) {
    const PieceWeights weights(tree, column);
    std::vector<std::int64_t> needed = column.weights;
    for (const NodeId node : tree.order) {
      if (tree.heads_block(node)) needed[at(tree.parent[at(node)])] += left_over(weights.below(node), column);
      if (tree.parent[at(node)] != no_node) needed[at(node)] += left_over(weights.above(node), column);
    }
    for (std::size_t s = 0; s < needed.size(); ++s) {
      if (needed[s] > column.upper) is_overfull[s] = 1;
    }
  }
  std::vector<std::int32_t> sets;
  for (std::int32_t s = 0; s < count; ++s) {
    if (is_overfull[at(s)] != 0) sets.push_back(s);
  }
  return sets;
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/components.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

#include "../contact_graph.hpp"
#include "../edge_costs.hpp"
#include "../groups.hpp"

namespace shequ::detail {
namespace {

/// Joins the pieces of a group along the lightest way between them, so that the group can be one node of the search.
/// Nodes of other groups are not used; pieces that cannot be reached stay apart.
class GroupJoiner {
 public:
  GroupJoiner(const Problem& problem, const Graph& graph, const Groups& groups,
              const std::vector<std::int32_t>& closed_by)
      : problem_(problem), graph_(graph), groups_(groups), piece_(groups.of_node.size(), -1) {
    for (const auto& members : groups.members) {
      if (members.size() > 1 || closed_by[at(members.front())] >= 0) reserve(members);
    }
    for (const auto& members : groups.members) {
      if (closed_by[at(members.front())] >= 0) {
        for (const NodeId v : members) piece_[at(v)] = next_piece_;
        ++next_piece_;
      } else if (members.size() > 1) {
        join(members);
      }
    }
  }

  /// Piece of each node that is in a joined group, -1 for the others.
  [[nodiscard]] const std::vector<std::int32_t>& pieces() const { return piece_; }

 private:
  static constexpr std::int32_t reserved = -2;

  void reserve(const std::vector<NodeId>& members) {
    for (const NodeId v : members) piece_[at(v)] = reserved;
  }

  void join(const std::vector<NodeId>& members) {
    const std::int32_t piece = next_piece_++;
    std::vector<NodeId> inside{members.front()};
    piece_[at(members.front())] = piece;
    std::vector<NodeId> left(members.begin() + 1, members.end());
    flood(inside, 0);
    while (true) {
      std::erase_if(left, [&](NodeId v) { return piece_[at(v)] == piece; });
      if (left.empty()) return;
      const std::size_t known = inside.size();
      const std::vector<NodeId> way = lightest_way(inside, left);
      if (way.empty()) break;
      for (const NodeId v : way) {
        piece_[at(v)] = piece;
        inside.push_back(v);
      }
      flood(inside, known);
    }
    join(left);  // out of reach: a piece of its own, held to the first by a pair
  }

  /// Adds the members of the group that touch those from `first` on: the common case, which needs no search.
  void flood(std::vector<NodeId>& inside, std::size_t first) {
    for (std::size_t head = first; head < inside.size(); ++head) {
      const std::int32_t piece = piece_[at(inside[head])];
      for (const NodeId next : graph_.neighbours(inside[head])) {
        if (piece_[at(next)] != reserved || groups_.of_node[at(next)] != groups_.of_node[at(inside.front())]) continue;
        piece_[at(next)] = piece;
        inside.push_back(next);
      }
    }
  }

  /// Nodes from `inside`, exclusive, to the first of `goals`, inclusive; Dijkstra over node weights.
  std::vector<NodeId> lightest_way(const std::vector<NodeId>& inside, const std::vector<NodeId>& goals) {
    using Entry = std::pair<std::int64_t, NodeId>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    std::vector<std::int64_t> distance(piece_.size(), std::numeric_limits<std::int64_t>::max());
    std::vector<NodeId> previous(piece_.size(), no_node);
    std::vector<char> is_goal(piece_.size(), 0);
    for (const NodeId v : goals) is_goal[at(v)] = 1;
    for (const NodeId v : inside) {
      distance[at(v)] = 0;
      queue.emplace(0, v);
    }
    while (!queue.empty()) {
      const auto [length, node] = queue.top();
      queue.pop();
      if (length > distance[at(node)]) continue;
      if (is_goal[at(node)] != 0) {
        std::vector<NodeId> way;
        for (NodeId v = node; distance[at(v)] > 0; v = previous[at(v)]) way.push_back(v);
        return way;
      }
      for (const NodeId next : graph_.neighbours(node)) {
        if (piece_[at(next)] != -1 && is_goal[at(next)] == 0) continue;
        const std::int64_t longer = length + (is_goal[at(next)] != 0 ? 1 : problem_.weights[at(next)] + 1);
        if (longer >= distance[at(next)]) continue;
        distance[at(next)] = longer;
        previous[at(next)] = node;
        queue.emplace(longer, next);
      }
    }
    return {};
  }

  const Problem& problem_;
  const Graph& graph_;
  const Groups& groups_;
  std::vector<std::int32_t> piece_;
  std::int32_t next_piece_{0};
};

/// Component of each node; the nodes of a closed lock are one, however they lie.
std::vector<std::int32_t> number_components(const Graph& graph, const std::vector<std::int32_t>& closed_by,
                                            std::int32_t& count) {
  std::vector<std::int32_t> label(at(graph.num_nodes()), -1);
  std::vector<std::int32_t> of_closed(label.size(), -1);
  std::vector<NodeId> queue;
  count = 0;
  for (NodeId first = 0; first < graph.num_nodes(); ++first) {
    if (label[at(first)] >= 0) continue;
    if (closed_by[at(first)] >= 0) {
      std::int32_t& component = of_closed[at(closed_by[at(first)])];
      if (component < 0) component = count++;
      label[at(first)] = component;
      continue;
    }
    label[at(first)] = count;
    queue.assign(1, first);
    while (!queue.empty()) {
      const NodeId node = queue.back();
      queue.pop_back();
      for (const NodeId next : graph.neighbours(node)) {
        if (label[at(next)] >= 0 || closed_by[at(next)] >= 0) continue;
        label[at(next)] = count;
        queue.push_back(next);
      }
    }
    ++count;
  }
  return label;
}

/// The group that closes each node's part, -1: none.
std::vector<std::int32_t> closing_groups(const Problem& problem, const Groups& groups) {
  std::vector<std::int32_t> closed_by(groups.of_node.size(), -1);
  const std::set<PartId> closed(problem.closed.begin(), problem.closed.end());
  if (closed.empty()) return closed_by;
  for (std::size_t v = 0; v < closed_by.size(); ++v) {
    if (closed.contains(groups.lock[at(groups.of_node[v])])) closed_by[v] = groups.of_node[v];
  }
  return closed_by;
}

class Builder {
 public:
  explicit Builder(const Problem& problem)
      : problem_(problem),
        contacts_(contact_graph(problem)),
        groups_(merge_groups(problem)),
        closed_by_(closing_groups(problem, groups_)),
        pieces_(GroupJoiner(problem, *contacts_, groups_, closed_by_).pieces()),
        component_(number_components(*contacts_, closed_by_, count_)),
        node_(component_.size(), -1),
        result_(at(count_)) {}

  std::vector<Component> build() {
    number_nodes();
    add_edges();
    add_pairs();
    for (Component& component : result_) {
      component.graph.add_arcs();
      component.graph.set_energies(component.graph.mean_cost());
    }
    return std::move(result_);
  }

 private:
  void number_nodes() {
    std::vector<std::int32_t> node_of_piece(pieces_.size(), -1);
    std::vector<std::int32_t> sizes(result_.size(), 0);
    for (std::size_t v = 0; v < pieces_.size(); ++v) {
      const std::size_t c = at(component_[v]);
      std::int32_t& node = pieces_[v] < 0 ? node_[v] : node_of_piece[at(pieces_[v])];
      if (node < 0) node = sizes[c]++;
      node_[v] = node;
    }
    const bool has_locks = !problem_.locked.empty();
    for (std::size_t c = 0; c < result_.size(); ++c) {
      SearchGraph& graph = result_[c].graph;
      graph.weights.assign(at(sizes[c]), 0);
      graph.balances.assign(problem_.balances.size(), std::vector<std::int64_t>(at(sizes[c]), 0));
      if (has_locks) graph.locks.assign(at(sizes[c]), -1);
      result_[c].member_offsets.assign(at(sizes[c]) + 1, 0);
    }
    for (std::size_t v = 0; v < pieces_.size(); ++v) {
      Component& component = result_[at(component_[v])];
      const std::size_t node = at(node_[v]);
      component.closed = component.closed || closed_by_[v] >= 0;
      component.graph.weights[node] += problem_.weights[v];
      component.graph.total_weight += problem_.weights[v];
      for (std::size_t b = 0; b < problem_.balances.size(); ++b) {
        component.graph.balances[b][node] += problem_.balances[b].weights[v];
      }
      const PartId lock = has_locks ? groups_.lock[at(groups_.of_node[v])] : no_part;
      if (lock != no_part) component.graph.locks[node] = lock;
      ++component.member_offsets[node + 1];
    }
    for (Component& component : result_) {
      auto& offsets = component.member_offsets;
      for (std::size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
      component.member_nodes.resize(at(offsets.back()));
    }
    std::vector<std::vector<std::int32_t>> next;
    for (const Component& component : result_) next.push_back(component.member_offsets);
    for (std::size_t v = 0; v < pieces_.size(); ++v) {
      const std::size_t c = at(component_[v]);
      result_[c].member_nodes[at(next[c][at(node_[v])]++)] = static_cast<NodeId>(v);
    }
  }

  void add_edges() {
    const std::vector<std::int64_t> costs = edge_costs(problem_);
    struct Edge {
      std::int32_t component, source, target;
      EdgeId edge;
    };
    std::vector<Edge> edges;
    edges.reserve(at(contacts_->num_edges()));
    for (EdgeId e = 0; e < contacts_->num_edges(); ++e) {
      const auto v = at(contacts_->source(e));
      const auto w = at(contacts_->target(e));
      const auto [a, b] = std::minmax({node_[v], node_[w]});
      if (component_[v] == component_[w] && a != b) edges.push_back({component_[v], a, b, e});
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
      return std::tie(a.component, a.source, a.target, a.edge) < std::tie(b.component, b.source, b.target, b.edge);
    });
    for (const Edge& edge : edges) {
      SearchGraph& graph = result_[at(edge.component)].graph;
      const bool is_link = edge.edge >= problem_.graph->num_edges();
      const std::int64_t cost = is_link ? 0 : costs[at(edge.edge)];
      if (!graph.edge_costs.empty() && graph.edge_sources.back() == edge.source &&
          graph.edge_targets.back() == edge.target) {
        graph.edge_costs.back() += cost;
        continue;
      }
      graph.edge_sources.push_back(edge.source);
      graph.edge_targets.push_back(edge.target);
      graph.edge_costs.push_back(cost);
    }
    // Where no cost speaks, few cut edges are the guide to compact parts.
    for (Component& component : result_) {
      SearchGraph& graph = component.graph;
      const bool silent = std::all_of(graph.edge_costs.begin(), graph.edge_costs.end(), [](auto c) { return c == 0; });
      if (silent) graph.guides.assign(graph.edge_costs.size(), 1);
    }
  }

  void add_pairs() {
    const auto add = [&](NodeId v, NodeId w, bool same) {
      if (component_[at(v)] != component_[at(w)] || node_[at(v)] == node_[at(w)]) return;
      result_[at(component_[at(v)])].graph.add_pair(node_[at(v)], node_[at(w)], same);
    };
    for (const auto& [a, b] : groups_.apart) {
      add(groups_.members[at(a)].front(), groups_.members[at(b)].front(), false);
    }
    for (const auto& members : groups_.members) {
      std::int32_t last = node_[at(members.front())];
      for (const NodeId v : members) {
        if (node_[at(v)] != last) add(members.front(), v, true);
        last = node_[at(v)];
      }
    }
  }

  const Problem& problem_;
  std::shared_ptr<const Graph> contacts_;
  Groups groups_;
  std::vector<std::int32_t> closed_by_;
  std::vector<std::int32_t> pieces_;
  std::int32_t count_{0};
  std::vector<std::int32_t> component_;
  std::vector<std::int32_t> node_;  // of each node of the problem's graph: its node in its component
  std::vector<Component> result_;
};

}  // namespace

std::vector<Component> make_components(const Problem& problem) { return Builder(problem).build(); }

}  // namespace shequ::detail

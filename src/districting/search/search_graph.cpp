// SPDX-License-Identifier: BSD-3-Clause
#include "search_graph.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <tuple>

#include "../edge_costs.hpp"
#include "fixed_point.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/graph/contiguity.hpp"

namespace shequ::detail {
namespace {

constexpr std::int64_t max_energy = 100'000'000;                 // sums over a node's edges stay far from overflow
constexpr std::int64_t max_energy_cost = 4'000'000'000'000'000;  // times energy_unit stays below 2^63

/// Joins the pieces of a group along the lightest way between them, so that the group can be one node of the search.
/// Nodes of other groups are not used; pieces that cannot be reached stay apart.
class GroupJoiner {
 public:
  GroupJoiner(const Problem& problem, const Groups& groups)
      : problem_(problem), graph_(*problem.graph), piece_(groups.of_node.size(), -1) {
    for (const auto& members : groups.members) {
      if (members.size() > 1) reserve(members);
    }
    for (const auto& members : groups.members) {
      if (members.size() > 1) join(members);
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
    std::vector<NodeId> left = members;
    std::vector<NodeId> inside{members.front()};
    piece_[at(members.front())] = piece;
    while (true) {
      std::erase_if(left, [&](NodeId v) { return piece_[at(v)] == piece; });
      if (left.empty()) return;
      const std::vector<NodeId> way = lightest_way(inside, left);
      if (way.empty()) break;
      for (const NodeId v : way) {
        piece_[at(v)] = piece;
        inside.push_back(v);
      }
    }
    join(left);  // out of reach: a piece of its own, held to the first by a pair
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
  std::vector<std::int32_t> piece_;
  std::int32_t next_piece_{0};
};

struct Numbering {
  std::vector<std::int32_t> component;  // of each node of the problem's graph
  std::vector<std::int32_t> node;       // its node in the component's search graph
};

Numbering number_nodes(const Components& components, const std::vector<std::int32_t>& pieces,
                       std::vector<SearchGraph>& graphs) {
  Numbering numbering{components.label, std::vector<std::int32_t>(pieces.size(), -1)};
  std::vector<std::int32_t> node_of_piece(pieces.size(), -1);
  for (std::size_t v = 0; v < pieces.size(); ++v) {
    SearchGraph& graph = graphs[at(components.label[v])];
    std::int32_t& node = pieces[v] < 0 ? numbering.node[v] : node_of_piece[at(pieces[v])];
    if (node < 0) {
      node = static_cast<std::int32_t>(graph.members.size());
      graph.members.emplace_back();
    }
    numbering.node[v] = node;
    graph.members[at(node)].push_back(static_cast<NodeId>(v));
  }
  return numbering;
}

void add_edges(const Problem& problem, const Numbering& numbering, std::vector<SearchGraph>& graphs) {
  const Graph& graph = *problem.graph;
  const std::vector<std::int64_t> costs = edge_costs(problem);
  std::vector<std::vector<std::tuple<std::int32_t, std::int32_t, std::int64_t>>> edges(graphs.size());
  for (EdgeId e = 0; e < graph.num_edges(); ++e) {
    const auto [a, b] = std::minmax({numbering.node[at(graph.source(e))], numbering.node[at(graph.target(e))]});
    if (a == b) continue;
    edges[at(numbering.component[at(graph.source(e))])].emplace_back(
        a, b, costs[at(e)]);
  }
  for (std::size_t c = 0; c < graphs.size(); ++c) {
    SearchGraph& target = graphs[c];
    std::sort(edges[c].begin(), edges[c].end());
    for (const auto& [a, b, cost] : edges[c]) {
      if (!target.edge_costs.empty() && target.edge_sources.back() == a && target.edge_targets.back() == b) {
        target.edge_costs.back() += cost;
        continue;
      }
      target.edge_sources.push_back(a);
      target.edge_targets.push_back(b);
      target.edge_costs.push_back(cost);
    }
  }
}

void add_arcs(SearchGraph& graph) {
  // Edges are sorted by (source, target): filling the rows in their order leaves every row ascending.
  graph.offsets.assign(graph.members.size() + 1, 0);
  std::int64_t total_cost = 0;
  for (std::size_t e = 0; e < graph.edge_costs.size(); ++e) {
    ++graph.offsets[at(graph.edge_sources[e]) + 1];
    ++graph.offsets[at(graph.edge_targets[e]) + 1];
    total_cost += graph.edge_costs[e];
  }
  for (std::size_t v = 0; v < graph.members.size(); ++v) graph.offsets[v + 1] += graph.offsets[v];
  const std::size_t num_arcs = 2 * graph.edge_costs.size();
  graph.targets.resize(num_arcs);
  graph.arc_edges.resize(num_arcs);
  graph.arc_energies.resize(num_arcs);
  std::vector<std::int32_t> next(graph.offsets.begin(), graph.offsets.end() - 1);
  const std::int64_t mean_cost = std::max<std::int64_t>(1, total_cost / std::max(1, graph.num_edges()));
  for (std::int32_t e = 0; e < graph.num_edges(); ++e) {
    const std::int64_t cost = std::min(graph.edge_costs[at(e)], max_energy_cost);
    const auto bounded = static_cast<std::int32_t>(std::min(cost * energy_unit / mean_cost, max_energy));
    const std::int32_t ends[2] = {graph.edge_sources[at(e)], graph.edge_targets[at(e)]};
    for (const int side : {0, 1}) {
      const std::size_t slot = at(next[at(ends[side])]++);
      graph.targets[slot] = ends[1 - side];
      graph.arc_edges[slot] = e;
      graph.arc_energies[slot] = bounded;
    }
  }
  graph.arc_rings.assign(num_arcs, 0);
  std::vector<std::int32_t> position(graph.members.size(), -1);
  for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
    const std::size_t first = graph.begin(v);
    if (graph.end(v) - first > 64) continue;
    for (std::size_t i = first; i < graph.end(v); ++i)
      position[at(graph.targets[i])] = static_cast<std::int32_t>(i - first);
    for (std::size_t i = first; i < graph.end(v); ++i) {
      const std::int32_t u = graph.targets[i];
      // A hub would make this quadratic; without its ring the search for a way round it is only slower.
      if (graph.end(u) - graph.begin(u) > 64) continue;
      for (std::size_t j = graph.begin(u); j < graph.end(u); ++j) {
        const std::int32_t p = position[at(graph.targets[j])];
        if (p < 0) continue;
        graph.arc_rings[i] |= std::uint64_t{1} << static_cast<unsigned>(p);
        graph.arc_rings[first + at(p)] |= std::uint64_t{1} << static_cast<unsigned>(i - first);
      }
    }
    for (std::size_t i = first; i < graph.end(v); ++i) position[at(graph.targets[i])] = -1;
  }
}

void add_pairs(const Groups& groups, const Numbering& numbering, std::vector<SearchGraph>& graphs) {
  const auto add = [&](NodeId v, NodeId w, bool same) {
    const std::int32_t a = numbering.node[at(v)];
    const std::int32_t b = numbering.node[at(w)];
    if (numbering.component[at(v)] != numbering.component[at(w)] || a == b) return;
    SearchGraph& graph = graphs[at(numbering.component[at(v)])];
    graph.pairs_of_node.resize(graph.members.size());
    const auto number = static_cast<std::int32_t>(graph.pairs.size());
    graph.pairs.push_back({a, b, same});
    graph.pairs_of_node[at(a)].push_back(number);
    graph.pairs_of_node[at(b)].push_back(number);
  };
  for (const auto& [a, b] : groups.apart) add(groups.members[at(a)].front(), groups.members[at(b)].front(), false);
  for (const auto& members : groups.members) {
    for (std::size_t i = 1; i < members.size(); ++i) add(members[0], members[i], true);
  }
}

}  // namespace

std::vector<SearchGraph> make_search_graphs(const Problem& problem) {
  const Components components = connected_components(*problem.graph);
  const Groups groups = merge_groups(problem);
  const GroupJoiner joiner(problem, groups);
  std::vector<SearchGraph> graphs(at(components.count));
  const Numbering numbering = number_nodes(components, joiner.pieces(), graphs);
  add_edges(problem, numbering, graphs);
  for (SearchGraph& graph : graphs) {
    for (const auto& members : graph.members) {
      std::int64_t weight = 0;
      for (const NodeId v : members) weight += problem.weights[at(v)];
      graph.weights.push_back(weight);
      graph.total_weight += weight;
    }
    add_arcs(graph);
  }
  add_pairs(groups, numbering, graphs);
  return graphs;
}

}  // namespace shequ::detail

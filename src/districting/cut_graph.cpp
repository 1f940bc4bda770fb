// SPDX-License-Identifier: BSD-3-Clause
#include "cut_graph.hpp"

#include <algorithm>
#include <tuple>

#include "edge_costs.hpp"

namespace shequ::detail {
namespace {

/// Most that one part can hold where at least `min_parts` - 1 others hold `lower` or more each.
std::int64_t room_of_one(std::int64_t total, std::int64_t lower, std::int64_t upper, std::int64_t min_parts) {
  const std::int64_t others = std::max<std::int64_t>(min_parts - 1, 0);
  if (others == 0) return upper;
  return std::max<std::int64_t>(0, lower > total / others ? 0 : std::min(upper, total - others * lower));
}

struct Neighbour {
  std::int64_t weight{};
  std::int64_t cost{};
  double worth{};  // cost by weight
};

/// No less than what neighbours of a group that fit beside it into `room` are worth together. By duality of the
/// fractional knapsack that is price * room + sum of max(0, cost - price * weight), at any price of weight.
std::int64_t most_kept(std::vector<Neighbour>& neighbours, std::int64_t room) {
  std::int64_t cost = 0;
  std::int64_t weight = 0;
  for (const Neighbour& item : neighbours) {
    cost += item.cost;
    weight += item.weight;
  }
  if (weight <= room) return cost;
  for (Neighbour& item : neighbours) item.worth = static_cast<double>(item.cost) / static_cast<double>(item.weight);
  std::sort(neighbours.begin(), neighbours.end(), [](const auto& a, const auto& b) { return a.worth > b.worth; });
  std::int64_t left = room;
  std::size_t critical = 0;
  while (neighbours[critical].weight <= left) left -= neighbours[critical++].weight;
  const double price = neighbours[critical].worth;
  double kept = price * static_cast<double>(room);
  for (std::size_t i = 0; i < critical; ++i) {
    kept += std::max(0.0, static_cast<double>(neighbours[i].cost) - price * static_cast<double>(neighbours[i].weight));
  }
  // Each of the critical + 1 terms is off by less than 4 units of rounding of the total cost.
  const double margin = static_cast<double>(cost) * static_cast<double>(critical + 1) * 0x1.0p-48;
  return std::min(cost, static_cast<std::int64_t>(kept + margin));
}

}  // namespace

bool CutGraph::separate(std::int32_t a, std::int32_t b) const {
  if (is_closed[at(a)] != 0 || is_closed[at(b)] != 0) return true;
  if (groups.lock[at(a)] != no_part && groups.lock[at(b)] != no_part) return true;
  for (const Column& column : columns) {
    if (column.weights[at(a)] > column.upper - column.weights[at(b)]) return true;
  }
  return std::find(apart[at(a)].begin(), apart[at(a)].end(), b) != apart[at(a)].end();
}

CutGraph make_cut_graph(const Problem& problem, std::int64_t min_parts) {
  CutGraph result;
  result.groups = merge_groups(problem);
  const Groups& groups = result.groups;
  const std::vector<std::int64_t> edge_cost = edge_costs(problem);
  std::vector<std::tuple<std::int32_t, std::int32_t, std::int64_t>> edges;
  for (EdgeId e = 0; e < problem.graph->num_edges(); ++e) {
    const auto [a, b] =
        std::minmax(groups.of_node[at(problem.graph->source(e))], groups.of_node[at(problem.graph->target(e))]);
    if (a != b && edge_cost[at(e)] > 0) edges.emplace_back(a, b, edge_cost[at(e)]);
  }
  std::sort(edges.begin(), edges.end());
  const auto num_groups = groups.weights.size();
  std::vector<std::pair<std::int32_t, std::int32_t>> ends;
  for (const auto& [a, b, cost] : edges) {
    if (ends.empty() || ends.back() != std::pair(a, b)) {
      ends.emplace_back(a, b);
      result.costs.push_back(0);
    }
    result.costs.back() += cost;
  }
  result.offsets.assign(num_groups + 1, 0);
  for (const auto& [a, b] : ends) {
    ++result.offsets[at(a) + 1];
    ++result.offsets[at(b) + 1];
  }
  for (std::size_t g = 0; g < num_groups; ++g) result.offsets[g + 1] += result.offsets[g];
  result.arcs.resize(2 * ends.size());
  std::vector<std::size_t> next(result.offsets.begin(), result.offsets.end() - 1);
  for (std::size_t e = 0; e < ends.size(); ++e) {
    const auto [a, b] = ends[e];
    result.arcs[next[at(a)]++] = {b, static_cast<std::int32_t>(e)};
    result.arcs[next[at(b)]++] = {a, static_cast<std::int32_t>(e)};
  }

  const auto add_column = [&](const std::vector<std::int64_t>& weights, std::int64_t lower, std::int64_t upper) {
    CutGraph::Column column{std::vector<std::int64_t>(num_groups, 0), 0};
    std::int64_t total = 0;
    for (std::size_t v = 0; v < weights.size(); ++v) {
      column.weights[at(groups.of_node[v])] += weights[v];
      total += weights[v];
    }
    column.upper = room_of_one(total, lower, upper, min_parts);
    result.columns.push_back(std::move(column));
  };
  add_column(problem.weights, problem.lower, problem.upper);
  for (const Balance& balance : problem.balances) add_column(balance.weights, balance.lower, balance.upper);

  result.is_closed.assign(num_groups, 0);
  for (std::size_t g = 0; g < num_groups; ++g) {
    const PartId lock = groups.lock[g];
    const bool is_closed =
        lock != no_part && std::find(problem.closed.begin(), problem.closed.end(), lock) != problem.closed.end();
    result.is_closed[g] = is_closed ? 1 : 0;
  }
  result.apart.resize(num_groups);
  for (const auto& [a, b] : groups.apart) {
    result.apart[at(a)].push_back(b);
    result.apart[at(b)].push_back(a);
  }
  return result;
}

std::int64_t neighbours_bound(const CutGraph& graph) {
  std::int64_t twice = 0;
  std::vector<Neighbour> items;
  for (std::int32_t g = 0; g < graph.num_groups(); ++g) {
    std::int64_t most_cut = 0;
    for (const CutGraph::Column& column : graph.columns) {
      std::int64_t all = 0;
      items.clear();
      for (const auto& [other, edge] : graph.arcs_of(g)) {
        const std::int64_t cost = graph.costs[at(edge)];
        all += cost;
        if (!graph.separate(g, other)) items.push_back({column.weights[at(other)], cost, 0.0});
      }
      const std::int64_t room = column.upper - column.weights[at(g)];
      if (room >= 0) most_cut = std::max(most_cut, all - most_kept(items, room));
    }
    twice += most_cut;
  }
  return twice / 2 + twice % 2;
}

}  // namespace shequ::detail

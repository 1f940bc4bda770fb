// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "graph/graph_fixtures.hpp"
#include "shequ/districting/problem.hpp"
#include "shequ/random.hpp"

namespace shequ::testing {

inline Problem problem_of(Graph graph, std::vector<std::int64_t> weights, std::int64_t lower, std::int64_t upper,
                          std::optional<PartsRange> parts = std::nullopt) {
  Problem problem;
  problem.graph = std::make_shared<const Graph>(std::move(graph));
  problem.weights = std::move(weights);
  problem.lower = lower;
  problem.upper = upper;
  problem.parts = parts;
  return problem;
}

inline std::vector<std::int64_t> random_weights(NodeId num_nodes, std::uint32_t most, std::uint64_t seed) {
  Random random(seed, 7);
  std::vector<std::int64_t> weights;
  for (NodeId v = 0; v < num_nodes; ++v) weights.push_back(random.below(most + 1));
  return weights;
}

inline std::int64_t sum_of(const std::vector<std::int64_t>& column, const std::vector<PartId>& labels, PartId part) {
  std::int64_t sum = 0;
  for (std::size_t v = 0; v < labels.size(); ++v) sum += labels[v] == part ? column[v] : 0;
  return sum;
}

/// Whether the nodes of one part hang together by edges and links, by spreading from the first.
inline bool is_connected(const Problem& problem, const std::vector<PartId>& labels, PartId part) {
  std::vector<NodeId> left;
  for (NodeId v = 0; v < problem.graph->num_nodes(); ++v) {
    if (labels[static_cast<std::size_t>(v)] == part) left.push_back(v);
  }
  if (left.empty()) return true;
  const auto touch = [&](NodeId a, NodeId b) {
    const auto neighbours = problem.graph->neighbours(a);
    return std::find(neighbours.begin(), neighbours.end(), b) != neighbours.end() ||
           std::find(problem.links.begin(), problem.links.end(), std::pair(a, b)) != problem.links.end() ||
           std::find(problem.links.begin(), problem.links.end(), std::pair(b, a)) != problem.links.end();
  };
  std::vector<NodeId> reached{left.back()};
  left.pop_back();
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const NodeId from = reached[i];
    const auto next = std::partition(left.begin(), left.end(), [&](NodeId v) { return !touch(from, v); });
    reached.insert(reached.end(), next, left.end());
    left.erase(next, left.end());
  }
  return left.empty();
}

/// Judge of plans numbered 0, 1, ... without gaps, in the plainest way there is: every rule by its definition.
inline bool keeps_rules(const Problem& problem, const std::vector<PartId>& labels) {
  const PartId count = labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end()) + 1;
  if (problem.parts && (count < problem.parts->min || count > problem.parts->max)) return false;
  for (PartId part = 0; part < count; ++part) {
    const std::int64_t weight = sum_of(problem.weights, labels, part);
    if (weight < problem.lower || weight > problem.upper) return false;
    for (const Balance& balance : problem.balances) {
      const std::int64_t sum = sum_of(balance.weights, labels, part);
      if (sum < balance.lower || sum > balance.upper) return false;
    }
    if (!is_connected(problem, labels, part)) return false;
  }
  const auto label = [&](NodeId v) { return labels[static_cast<std::size_t>(v)]; };
  for (const auto& group : problem.together) {
    for (const NodeId v : group) {
      if (label(v) != label(group.front())) return false;
    }
  }
  for (const auto& [a, b] : problem.apart) {
    if (label(a) == label(b)) return false;
  }
  for (std::size_t v = 0; v < problem.locked.size(); ++v) {
    const bool closed =
        std::find(problem.closed.begin(), problem.closed.end(), problem.locked[v]) != problem.closed.end();
    for (std::size_t w = 0; w < labels.size(); ++w) {
      const bool same_lock = problem.locked[v] == problem.locked[w];
      if (closed && labels[v] == labels[w] && !same_lock) return false;
      if (problem.locked[v] == no_part || problem.locked[w] == no_part) continue;
      if ((labels[v] == labels[w]) != same_lock) return false;
    }
  }
  return true;
}

/// Cost of the edges between parts: the terms that count or measure cut edges, by their definitions.
inline std::int64_t cost_of(const Problem& problem, const std::vector<PartId>& labels) {
  std::int64_t cost = 0;
  for (EdgeId e = 0; e < problem.graph->num_edges(); ++e) {
    if (labels[static_cast<std::size_t>(problem.graph->source(e))] ==
        labels[static_cast<std::size_t>(problem.graph->target(e))]) {
      continue;
    }
    for (const ObjectiveTerm& term : problem.objective) {
      const auto* perimeter = std::get_if<objective::SharedPerimeter>(&term.of);
      if (perimeter != nullptr) cost += term.weight * perimeter->lengths[static_cast<std::size_t>(e)];
      if (std::holds_alternative<objective::CutEdges>(term.of)) cost += term.weight;
    }
  }
  return cost;
}

/// Calls `visit` with every division of n nodes into parts numbered by first node (Bell(n) of them).
inline void for_each_division(std::size_t num_nodes, const std::function<void(const std::vector<PartId>&)>& visit) {
  std::vector<PartId> labels(num_nodes, 0);
  const std::function<void(std::size_t, PartId)> place = [&](std::size_t node, PartId used) {
    if (node == num_nodes) {
      visit(labels);
      return;
    }
    for (PartId part = 0; part <= used; ++part) {
      labels[node] = part;
      place(node + 1, std::max(used, static_cast<PartId>(part + 1)));
    }
  };
  place(0, 0);
}

/// The least cost of a plan that keeps every rule and has `count` parts (any number where none is given).
inline std::optional<std::int64_t> least_cost(const Problem& problem, std::optional<PartId> count = std::nullopt) {
  std::optional<std::int64_t> best;
  for_each_division(static_cast<std::size_t>(problem.graph->num_nodes()), [&](const std::vector<PartId>& labels) {
    if (count && (labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end()) + 1) != *count) return;
    if (!keeps_rules(problem, labels)) return;
    const std::int64_t cost = cost_of(problem, labels);
    if (!best || cost < *best) best = cost;
  });
  return best;
}

}  // namespace shequ::testing

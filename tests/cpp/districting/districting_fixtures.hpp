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

/// Judge of plans in the plainest way there is: every rule by its definition, contiguity by spreading labels.
inline bool keeps_rules(const Problem& problem, const std::vector<PartId>& labels) {
  const Graph& graph = *problem.graph;
  const PartId count = labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end()) + 1;
  if (problem.parts && (count < problem.parts->min || count > problem.parts->max)) return false;
  for (PartId part = 0; part < count; ++part) {
    std::int64_t weight = 0;
    std::vector<NodeId> reached;
    std::size_t size = 0;
    for (NodeId v = 0; v < graph.num_nodes(); ++v) {
      if (labels[static_cast<std::size_t>(v)] != part) continue;
      weight += problem.weights[static_cast<std::size_t>(v)];
      ++size;
      if (reached.empty()) reached.push_back(v);
    }
    if (size == 0 || weight < problem.lower || weight > problem.upper) return false;
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const NodeId next : graph.neighbours(reached[i])) {
        const bool is_new = std::find(reached.begin(), reached.end(), next) == reached.end();
        if (is_new && labels[static_cast<std::size_t>(next)] == part) reached.push_back(next);
      }
    }
    if (reached.size() != size) return false;
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
    for (std::size_t w = 0; w < v; ++w) {
      if (problem.locked[v] == no_part || problem.locked[w] == no_part) continue;
      if ((labels[v] == labels[w]) != (problem.locked[v] == problem.locked[w])) return false;
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

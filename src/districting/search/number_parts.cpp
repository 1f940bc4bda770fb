// SPDX-License-Identifier: BSD-3-Clause
#include "number_parts.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

#include "terms/disturbance_term.hpp"

namespace shequ::detail {
namespace {

/// The first term that compares with last year's grids, if any.
const objective::Disturbance* find_disturbance(const Problem& problem) {
  for (const ObjectiveTerm& term : problem.objective) {
    if (const auto* disturbance = std::get_if<objective::Disturbance>(&term.of)) return disturbance;
  }
  return nullptr;
}

/// Numbers of parts that take over last year's grids where most of their weight was; the others get higher ones, in the
/// order of their first nodes. no_part for parts without nodes.
std::vector<PartId> number_by_grids(const Problem& problem, const objective::Disturbance& disturbance,
                                    const std::vector<PartId>& labels, PartId num_parts) {
  const std::vector<std::int64_t>& weights = disturbance.weights.empty() ? problem.weights : disturbance.weights;
  std::vector<Overlap> overlaps;
  PartId next = 0;
  for (std::size_t v = 0; v < labels.size(); ++v) {
    if (disturbance.previous[v] == no_part) continue;
    overlaps.push_back({labels[v], disturbance.previous[v], weights[v]});
    next = std::max(next, disturbance.previous[v] + 1);
  }
  std::vector<PartId> numbers = match_previous(std::move(overlaps), num_parts);
  for (const PartId label : labels) {
    if (numbers[at(label)] == no_part) numbers[at(label)] = next++;
  }
  return numbers;
}

std::vector<PartId> number_by_first_node(const std::vector<PartId>& labels, PartId num_parts) {
  std::vector<PartId> numbers(at(num_parts), no_part);
  PartId next = 0;
  for (const PartId label : labels) {
    if (numbers[at(label)] == no_part) numbers[at(label)] = next++;
  }
  return numbers;
}

}  // namespace

std::vector<PartId> number_parts(const Problem& problem, const std::vector<Component>& components,
                                 const std::vector<ComponentPlan>& plans) {
  std::vector<PartId> labels(at(problem.graph->num_nodes()), no_part);
  PartId num_parts = 0;
  for (std::size_t c = 0; c < components.size(); ++c) {
    for (std::int32_t v = 0; v < components[c].graph.num_nodes(); ++v) {
      for (const NodeId member : components[c].members(v)) labels[at(member)] = num_parts + plans[c].labels[at(v)];
    }
    num_parts += plans[c].num_parts;
  }
  const objective::Disturbance* disturbance = find_disturbance(problem);
  const std::vector<PartId> numbers = disturbance != nullptr ? number_by_grids(problem, *disturbance, labels, num_parts)
                                                             : number_by_first_node(labels, num_parts);
  for (PartId& label : labels) label = numbers[at(label)];
  return labels;
}

std::span<const PartId> start_plan(const Problem& problem) {
  if (!problem.start.empty()) return problem.start;
  const objective::Disturbance* disturbance = find_disturbance(problem);
  return disturbance != nullptr ? std::span<const PartId>(disturbance->previous) : std::span<const PartId>();
}

}  // namespace shequ::detail

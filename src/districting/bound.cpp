// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/bound.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "bound_after.hpp"
#include "cut_graph.hpp"
#include "edge_costs.hpp"
#include "flow_bound.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/districting/diagnose.hpp"
#include "shequ/districting/enumerate.hpp"
#include "shequ/graph/contiguity.hpp"
#include "term_bounds.hpp"

namespace shequ {
namespace {

constexpr double max_time_limit_s = 1e9;

[[nodiscard]] bool is_on_cut_edges(const Objective& objective) {
  return std::holds_alternative<objective::CutEdges>(objective) ||
         std::holds_alternative<objective::SharedPerimeter>(objective);
}

/// Numbers of parts that plans can have; anything where there is no plan.
PartsRange possible_parts(const Problem& problem, const Diagnosis& diagnosis) {
  PartsRange range{1, problem.graph->num_nodes()};
  const auto narrow = [&](const PartsRange& other) {
    range = {std::max(range.min, other.min), std::min(range.max, other.max)};
  };
  if (diagnosis.parts_range) narrow(*diagnosis.parts_range);
  if (problem.parts) narrow(*problem.parts);
  range.max = std::max(range.min, range.max);
  return range;
}

/// Dividing c components into k parts cuts k - c edges or more, and one more where fewer of them are bridges; with as
/// many parts as nodes every edge is cut.
BoundShare counting_bound(const Problem& problem, std::int32_t min_parts) {
  const Graph& graph = *problem.graph;
  std::vector<std::int64_t> costs = detail::edge_costs(problem);
  if (min_parts >= graph.num_nodes()) {
    return {BoundArgument::every_edge, std::accumulate(costs.begin(), costs.end(), std::int64_t{0}), {}};
  }
  std::int64_t cut = min_parts - connected_components(graph).count;
  if (cut <= 0) return {};
  if (cut > static_cast<std::int64_t>(bridges(graph).size())) ++cut;
  const auto last = costs.begin() + static_cast<std::ptrdiff_t>(cut);
  std::nth_element(costs.begin(), last - 1, costs.end());
  return {BoundArgument::part_count, std::accumulate(costs.begin(), last, std::int64_t{0}), {}};
}

BoundShare cut_bound(const Problem& problem, std::int32_t min_parts, const BoundOptions& options) {
  BoundShare best = counting_bound(problem, min_parts);
  const auto keep_better = [&](BoundArgument argument, std::int64_t amount) {
    if (amount > best.amount) best = {argument, amount, {}};
  };
  const detail::CutGraph graph = detail::make_cut_graph(problem, min_parts);
  keep_better(BoundArgument::neighbours, detail::neighbours_bound(graph));
  const bool is_known = options.target && best.amount >= *options.target;
  if (options.time_limit_s > 0.0 && !is_known && best.argument != BoundArgument::every_edge) {
    keep_better(BoundArgument::flow, detail::flow_bound(graph, best.amount, options));
  }
  return best;
}

/// The least objective of all plans, where few nodes and tight bounds leave so few that a tenth of the time suffices.
std::optional<std::int64_t> least_of_all(const Problem& problem, const BoundOptions& options) {
  constexpr NodeId most_nodes = 60;
  const bool has_numbers = std::any_of(problem.objective.begin(), problem.objective.end(), [](const auto& term) {
    return std::holds_alternative<objective::Disturbance>(term.of);
  });
  if (has_numbers || problem.graph->num_nodes() > most_nodes) return std::nullopt;
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(0.1 * options.time_limit_s);
  const auto is_over = [&] { return Clock::now() >= end || options.stop.stop_requested(); };
  std::stop_source stop;
  EnumerateOptions listing;
  listing.limit = std::numeric_limits<std::int64_t>::max();
  listing.stop = stop.get_token();
  listing.progress = [&](std::int64_t /*count*/) {
    if (is_over()) stop.request_stop();
  };
  std::optional<std::int64_t> least;
  const auto visit = [&](std::span<const PartId> labels) {
    const std::vector<std::int64_t> values = objective_values(problem, labels);
    std::int64_t sum = 0;
    for (std::size_t t = 0; t < values.size(); ++t) sum += problem.objective[t].weight * values[t];
    least = std::min(least.value_or(sum), sum);
    return !is_over();
  };
  return for_each_plan(problem, visit, listing).complete ? least : std::nullopt;
}

}  // namespace

ObjectiveBound lower_bound(const Problem& problem, const BoundOptions& options) {
  problem.validate();
  if (!(options.time_limit_s >= 0.0 && options.time_limit_s <= max_time_limit_s)) {
    detail::throw_argument("time_limit_s", std::to_string(options.time_limit_s), "in [0, 1000000000] seconds",
                           "在 [0, 1000000000] 秒之间");
  }
  if (options.time_limit_s > 0.0 && problem.graph->num_nodes() > 0) {
    if (const std::optional<std::int64_t> least = least_of_all(problem, options)) {
      std::vector<std::size_t> terms(problem.objective.size());
      std::iota(terms.begin(), terms.end(), std::size_t{0});
      ObjectiveBound bound;
      bound.value = *least;
      bound.argument = BoundArgument::enumeration;
      bound.shares.push_back({BoundArgument::enumeration, *least, std::move(terms)});
      return bound;
    }
  }
  return detail::lower_bound_after(problem, diagnose(problem), options);
}

ObjectiveBound detail::lower_bound_after(const Problem& problem, const Diagnosis& diagnosis,
                                         const BoundOptions& options) {
  ObjectiveBound bound;
  if (problem.graph->num_nodes() == 0) return bound;
  const PartsRange parts = possible_parts(problem, diagnosis);
  std::vector<std::size_t> cut_terms;
  for (std::size_t t = 0; t < problem.objective.size(); ++t) {
    const auto& [of, weight] = problem.objective[t];
    if (weight == 0) continue;
    if (is_on_cut_edges(of)) {
      cut_terms.push_back(t);
      continue;
    }
    const detail::TermBound found = detail::term_bound(of, problem, parts);
    if (found.value > 0) bound.shares.push_back({found.argument, weight * found.value, {t}});
    bound.value += weight * found.value;
  }
  if (!cut_terms.empty()) {
    BoundOptions rest = options;
    if (rest.target) *rest.target -= bound.value;
    BoundShare share = cut_bound(problem, parts.min, rest);
    bound.value += share.amount;
    share.terms = std::move(cut_terms);
    if (share.amount > 0) bound.shares.push_back(std::move(share));
  }
  std::stable_sort(bound.shares.begin(), bound.shares.end(),
                   [](const BoundShare& a, const BoundShare& b) { return a.amount > b.amount; });
  if (!bound.shares.empty()) bound.argument = bound.shares.front().argument;
  return bound;
}

std::string_view to_string(BoundArgument argument) noexcept {
  constexpr std::string_view names[] = {"none",  "every_edge", "part_count", "neighbours", "flow",
                                        "steps", "total",      "too_heavy",  "nearest",    "enumeration"};
  return names[static_cast<std::size_t>(argument)];
}

}  // namespace shequ

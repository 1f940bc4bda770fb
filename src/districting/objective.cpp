// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/objective.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "check_columns.hpp"
#include "enclosing_circle.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ {
namespace {

using detail::at;

/// Parts of a plan numbered from 0 in the order of their labels, without gaps.
struct Parts {
  std::vector<PartId> of_node;  // no_part: in none
  PartId count{};
};

Parts number_parts(std::span<const PartId> labels) {
  std::vector<PartId> used(labels.begin(), labels.end());
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  if (!used.empty() && used.front() == no_part) used.erase(used.begin());
  Parts parts{std::vector<PartId>(labels.size(), no_part), static_cast<PartId>(used.size())};
  for (std::size_t v = 0; v < labels.size(); ++v) {
    if (labels[v] == no_part) continue;
    parts.of_node[v] = static_cast<PartId>(std::lower_bound(used.begin(), used.end(), labels[v]) - used.begin());
  }
  return parts;
}

/// 10^6 (1 - fraction), rounded; 0 where the fraction is above 1.
std::int64_t millionths_short_of(double fraction) { return fraction >= 1.0 ? 0 : std::llround(1e6 * (1.0 - fraction)); }

/// Sums over one part from which its moment of inertia follows.
struct Moments {
  std::int64_t weight{};
  std::int64_t x{};        // sum of weight * x
  std::int64_t y{};        // sum of weight * y
  std::int64_t squares{};  // sum of weight * (x^2 + y^2)
};

/// sum of squares - (x^2 + y^2) / weight in whole numbers, but for a last fraction below weight / 2. With
/// x = q weight + r, |r| <= weight / 2, it is x^2 / weight = q^2 weight + 2 q r + r^2 / weight: the same for any
/// origin.
std::int64_t inertia_of(const Moments& part) {
  if (part.weight == 0) return 0;
  std::int64_t value = part.squares;
  double fraction = 0.0;
  for (const std::int64_t moment : {part.x, part.y}) {
    std::int64_t quotient = moment / part.weight;
    std::int64_t rest = moment % part.weight;
    if (rest > part.weight - rest) {
      ++quotient;
      rest -= part.weight;
    } else if (-rest > part.weight + rest) {
      --quotient;
      rest += part.weight;
    }
    value -= quotient * quotient * part.weight + 2 * quotient * rest;
    fraction += static_cast<double>(rest) * static_cast<double>(rest);
  }
  return value - static_cast<std::int64_t>(std::ceil(fraction / static_cast<double>(part.weight) - 0.5));  // half: up
}

std::int64_t middle(const std::vector<std::int64_t>& values) {
  if (values.empty()) return 0;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return *least + (*most - *least) / 2;
}

/// Value of one objective of a plan, from scratch, by its definition.
class Evaluation {
 public:
  Evaluation(const Problem& problem, std::span<const PartId> labels, const Parts& parts)
      : problem_(problem), labels_(labels), parts_(parts) {}

  std::int64_t operator()(const objective::CutEdges& /*of*/) const {
    std::int64_t count = 0;
    for (EdgeId e = 0; e < graph().num_edges(); ++e) count += cut(e) ? 1 : 0;
    return count;
  }

  std::int64_t operator()(const objective::SharedPerimeter& of) const {
    std::int64_t length = 0;
    for (EdgeId e = 0; e < graph().num_edges(); ++e) length += cut(e) ? of.lengths[at(e)] : 0;
    return length;
  }

  std::int64_t operator()(const objective::PolsbyPopper& of) const {
    const std::vector<std::int64_t> areas = sums(of.areas);
    std::vector<std::int64_t> perimeters = sums(of.outer_perimeters);
    for (EdgeId e = 0; e < graph().num_edges(); ++e) {
      if (!cut(e)) continue;
      for (const NodeId end : {graph().source(e), graph().target(e)}) {
        if (part(end) != no_part) perimeters[at(part(end))] += of.lengths[at(e)];
      }
    }
    std::int64_t value = 0;
    for (std::size_t p = 0; p < areas.size(); ++p) {
      if (perimeters[p] == 0) continue;
      const auto perimeter = static_cast<double>(perimeters[p]);
      value += millionths_short_of(4.0 * std::numbers::pi * static_cast<double>(areas[p]) / (perimeter * perimeter));
    }
    return value;
  }

  std::int64_t operator()(const objective::Reock& of) const {
    const std::vector<std::int64_t> areas = sums(of.areas);
    std::vector<std::vector<detail::Point>> points(areas.size());
    for (std::size_t v = 0; v < parts_.of_node.size(); ++v) {
      if (parts_.of_node[v] != no_part) points[at(parts_.of_node[v])].push_back({of.x[v], of.y[v]});
    }
    std::int64_t value = 0;
    for (std::size_t p = 0; p < areas.size(); ++p) {
      const double circle = std::numbers::pi * detail::enclosing_squared_radius(std::move(points[p]));
      if (circle > 0.0) value += millionths_short_of(static_cast<double>(areas[p]) / circle);
    }
    return value;
  }

  std::int64_t operator()(const objective::Inertia& of) const {
    const std::vector<std::int64_t>& weights = or_weights(of.weights);
    const std::int64_t origin_x = middle(of.x);
    const std::int64_t origin_y = middle(of.y);
    std::vector<Moments> moments(at(parts_.count));
    for (std::size_t v = 0; v < parts_.of_node.size(); ++v) {
      if (parts_.of_node[v] == no_part) continue;
      const std::int64_t x = of.x[v] - origin_x;
      const std::int64_t y = of.y[v] - origin_y;
      Moments& part = moments[at(parts_.of_node[v])];
      part.weight += weights[v];
      part.x += weights[v] * x;
      part.y += weights[v] * y;
      part.squares += weights[v] * (x * x + y * y);
    }
    std::int64_t value = 0;
    for (const Moments& part : moments) value += inertia_of(part);
    return value;
  }

  std::int64_t operator()(const objective::Deviation& of) const {
    const std::vector<std::int64_t> weights = sums(or_weights(of.weights));
    if (weights.empty()) return 0;
    std::int64_t target = 0;
    for (const std::int64_t weight : weights) target += weight;
    target = of.target.value_or(target / parts_.count);
    std::int64_t sum = 0;
    std::int64_t most = 0;
    for (const std::int64_t weight : weights) {
      const std::int64_t deviation = weight > target ? weight - target : target - weight;
      sum += deviation;
      most = std::max(most, deviation);
    }
    return of.norm == objective::Norm::sum ? sum : most;
  }

  std::int64_t operator()(const objective::PartCount& /*of*/) const { return parts_.count; }

  std::int64_t operator()(const objective::Staff& of) const {
    std::int64_t posts = 0;
    for (const std::int64_t households : sums(or_weights(of.households))) posts += of.rule.posts(households);
    return posts;
  }

  std::int64_t operator()(const objective::StaffLoad& of) const {
    std::int64_t most = 0;
    for (const std::int64_t households : sums(or_weights(of.households))) {
      most = std::max(most, 1000 * households / of.rule.posts(households));
    }
    return most;
  }

  std::int64_t operator()(const objective::RegionSplits& of) const {
    std::vector<std::pair<std::int32_t, PartId>> found;
    for (std::size_t v = 0; v < parts_.of_node.size(); ++v) {
      if (of.region[v] >= 0 && parts_.of_node[v] != no_part) found.emplace_back(of.region[v], parts_.of_node[v]);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::int64_t splits = 0;
    for (std::size_t i = 1; i < found.size(); ++i) splits += found[i].first == found[i - 1].first ? 1 : 0;
    return splits;
  }

  std::int64_t operator()(const objective::Disturbance& of) const {
    const std::vector<std::int64_t>& weights = or_weights(of.weights);
    std::int64_t moved = 0;
    for (std::size_t v = 0; v < labels_.size(); ++v) {
      if (of.previous[v] != no_part && labels_[v] != of.previous[v]) moved += weights[v];
    }
    return moved;
  }

  std::int64_t operator()(const objective::Travel& of) const {
    const std::size_t centres = at(of.centres);
    std::vector<std::int64_t> distances(at(parts_.count) * centres, 0);
    for (std::size_t v = 0; v < parts_.of_node.size(); ++v) {
      if (parts_.of_node[v] == no_part) continue;
      const std::size_t row = at(parts_.of_node[v]) * centres;
      for (std::size_t c = 0; c < centres; ++c) distances[row + c] += of.distances[v * centres + c];
    }
    std::int64_t value = 0;
    for (std::size_t p = 0; p < at(parts_.count); ++p) {
      const auto row = distances.begin() + static_cast<std::ptrdiff_t>(p * centres);
      value += *std::min_element(row, row + of.centres);
    }
    return value;
  }

 private:
  [[nodiscard]] const Graph& graph() const { return *problem_.graph; }
  [[nodiscard]] PartId part(NodeId node) const { return parts_.of_node[at(node)]; }
  [[nodiscard]] bool cut(EdgeId edge) const { return part(graph().source(edge)) != part(graph().target(edge)); }
  [[nodiscard]] const std::vector<std::int64_t>& or_weights(const std::vector<std::int64_t>& column) const {
    return column.empty() ? problem_.weights : column;
  }
  [[nodiscard]] std::vector<std::int64_t> sums(const std::vector<std::int64_t>& column) const {
    std::vector<std::int64_t> result(at(parts_.count), 0);
    for (std::size_t v = 0; v < parts_.of_node.size(); ++v) {
      if (parts_.of_node[v] != no_part) result[at(parts_.of_node[v])] += column[v];
    }
    return result;
  }

  const Problem& problem_;
  std::span<const PartId> labels_;
  const Parts& parts_;
};

bool is_disturbance(const Objective& objective) { return std::holds_alternative<objective::Disturbance>(objective); }

void check_plan(const Problem& problem, std::span<const PartId> labels, bool any_number) {
  const NodeId num_nodes = problem.graph->num_nodes();
  detail::check_length("labels", labels.size(), at(num_nodes));
  const PartId most = any_number ? std::numeric_limits<PartId>::max() : num_nodes - 1;
  for (std::size_t v = 0; v < labels.size(); ++v) {
    if (labels[v] >= no_part && labels[v] <= most) continue;
    const std::string range = "[-1, " + std::to_string(most) + "]";
    detail::throw_argument("labels[" + problem.graph->id(static_cast<NodeId>(v)) + "]", labels[v], "in " + range,
                           "在 " + range + " 之间");
  }
}

}  // namespace

std::int64_t objective_value(const Objective& objective, const Problem& problem, std::span<const PartId> labels) {
  static_cast<void>(detail::check_objective(objective, problem, std::string(to_string(objective))));
  check_plan(problem, labels, is_disturbance(objective));
  return std::visit(Evaluation(problem, labels, number_parts(labels)), objective);
}

std::vector<std::int64_t> objective_values(const Problem& problem, std::span<const PartId> labels) {
  problem.validate();
  check_plan(problem, labels, std::any_of(problem.objective.begin(), problem.objective.end(), [](const auto& term) {
               return is_disturbance(term.of);
             }));
  const Parts parts = number_parts(labels);
  const Evaluation value(problem, labels, parts);
  std::vector<std::int64_t> values;
  for (const ObjectiveTerm& term : problem.objective) values.push_back(std::visit(value, term.of));
  return values;
}

std::string_view to_string(const Objective& objective) noexcept {
  constexpr std::string_view names[] = {"cut_edges",  "shared_perimeter", "polsby_popper", "reock",
                                        "inertia",    "deviation",        "part_count",    "staff",
                                        "staff_load", "region_splits",    "disturbance",   "travel"};
  return names[objective.index()];
}

}  // namespace shequ

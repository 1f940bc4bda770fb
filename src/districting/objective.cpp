// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/objective.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "check_columns.hpp"
#include "enclosing_circle.hpp"
#include "part_values.hpp"
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
    for (std::size_t p = 0; p < areas.size(); ++p) value += detail::polsby_popper_of(areas[p], perimeters[p]);
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
      value += detail::reock_of(areas[p], detail::enclosing_squared_radius(std::move(points[p])));
    }
    return value;
  }

  std::int64_t operator()(const objective::Inertia& of) const {
    const std::span<const std::int64_t> weights = or_weights(of.weights);
    const std::int64_t origin_x = detail::middle_of(of.x);
    const std::int64_t origin_y = detail::middle_of(of.y);
    std::vector<detail::Moments> moments(at(parts_.count));
    for (std::size_t v = 0; v < parts_.of_node.size(); ++v) {
      if (parts_.of_node[v] == no_part) continue;
      const std::int64_t x = of.x[v] - origin_x;
      const std::int64_t y = of.y[v] - origin_y;
      detail::Moments& part = moments[at(parts_.of_node[v])];
      part.weight += weights[v];
      part.x += weights[v] * x;
      part.y += weights[v] * y;
      part.squares += weights[v] * (x * x + y * y);
    }
    std::int64_t value = 0;
    for (const detail::Moments& part : moments) value += detail::inertia_of(part);
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
    const std::span<const std::int64_t> weights = or_weights(of.weights);
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
  [[nodiscard]] std::span<const std::int64_t> or_weights(const std::vector<std::int64_t>& column) const {
    return column.empty() ? problem_.weights : column;
  }
  [[nodiscard]] std::vector<std::int64_t> sums(std::span<const std::int64_t> column) const {
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

// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

#include "check_columns.hpp"
#include "part_values.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ::detail {
namespace {

constexpr std::int64_t max_coordinate = 1'000'000'000;
constexpr std::int64_t max_previous = 999'999;  // plans keep a weight for every number up to the largest
constexpr std::int64_t millionths = 1'000'000;

/// a + b and a * b of numbers in [0, max_total]; refuses what is above max_total.
std::int64_t sum(std::int64_t a, std::int64_t b, const std::string& name) {
  if (a > max_total - b) throw_total(name);
  return a + b;
}
std::int64_t product(std::int64_t a, std::int64_t b, const std::string& name) {
  if (b != 0 && a > max_total / b) throw_total(name);
  return a * b;
}

std::int64_t distance_to_middle(const std::vector<std::int64_t>& values, std::size_t i, std::int64_t middle) {
  return std::max(values[i] - middle, middle - values[i]);
}

/// Checks one objective and returns a value that no plan exceeds.
class ObjectiveCheck {
 public:
  ObjectiveCheck(const Problem& problem, const std::string& name)
      : problem_(problem), graph_(*problem.graph), name_(name) {}

  std::int64_t operator()(const objective::CutEdges& /*of*/) const { return graph_.num_edges(); }

  std::int64_t operator()(const objective::SharedPerimeter& of) const { return edges("lengths", of.lengths); }

  std::int64_t operator()(const objective::PolsbyPopper& of) const {
    nodes("areas", of.areas);
    const std::int64_t outer = nodes("outer_perimeters", of.outer_perimeters);
    const std::int64_t inner = edges("lengths", of.lengths);
    const std::string all = name_ + ": sum(outer_perimeters) + 2 sum(lengths)";
    sum(outer, product(inner, 2, all), all);
    return millionths * graph_.num_nodes();
  }

  std::int64_t operator()(const objective::Reock& of) const {
    nodes("areas", of.areas);
    coordinates(of.x, of.y);
    return millionths * graph_.num_nodes();
  }

  std::int64_t operator()(const objective::Inertia& of) const {
    const std::span<const std::int64_t> weights = or_weights("weights", of.weights);
    coordinates(of.x, of.y);
    const std::int64_t middle_x = middle_of(of.x);
    const std::int64_t middle_y = middle_of(of.y);
    const std::string all = name_ + ": sum of weight * (squared distance to the middle of all), in units of x and y";
    std::int64_t most = 0;  // of one part that holds all nodes, around any one point
    for (std::size_t v = 0; v < weights.size(); ++v) {
      const std::int64_t x = distance_to_middle(of.x, v, middle_x);
      const std::int64_t y = distance_to_middle(of.y, v, middle_y);
      most = sum(most, product(weights[v], x * x + y * y, all), all);
    }
    return most;
  }

  std::int64_t operator()(const objective::Deviation& of) const {
    const std::int64_t total = total_or_weights("weights", of.weights);
    if (of.target) check_range(name_ + ".target", *of.target, 0, max_total);
    const std::string all = name_ + ": sum(weights) + number of nodes * target";
    if (of.norm == objective::Norm::max) return std::max(total, of.target.value_or(0));
    return of.target ? sum(total, product(*of.target, graph_.num_nodes(), all), all) : product(total, 2, all);
  }

  std::int64_t operator()(const objective::PartCount& /*of*/) const { return graph_.num_nodes(); }

  std::int64_t operator()(const objective::Staff& of) const {
    const std::int64_t total = households(of.rule, of.households);
    // Each part: base, one post a full step, and one for a step begun.
    return graph_.num_nodes() * (of.rule.base + 1) + total / of.rule.step_households;
  }

  std::int64_t operator()(const objective::StaffLoad& of) const {
    const std::int64_t total = households(of.rule, of.households);
    if (of.rule.base < 1) {
      throw_argument(name_ + ".rule.base", of.rule.base, "1 or more: nobody would serve a small part",
                     "大于或等于 1，否则小网格无人服务");
    }
    return 1000 * total;
  }

  std::int64_t operator()(const objective::RegionSplits& of) const {
    length("region", of.region.size(), graph_.num_nodes());
    check_entries(name_ + ".region", of.region, -1, std::numeric_limits<std::int32_t>::max(), &graph_);
    return graph_.num_nodes();
  }

  std::int64_t operator()(const objective::Disturbance& of) const {
    length("previous", of.previous.size(), graph_.num_nodes());
    check_entries(name_ + ".previous", of.previous, -1, max_previous, &graph_);
    return total_or_weights("weights", of.weights);
  }

  std::int64_t operator()(const objective::Travel& of) const {
    if (of.centres < 1) throw_argument(name_ + ".centres", of.centres, "1 or more", "大于或等于 1");
    const std::size_t centres = at(of.centres);
    check_length(name_ + ".distances", of.distances.size(), centres * at(graph_.num_nodes()));
    check_entries(name_ + ".distances", of.distances, 0, max_entry, nullptr);
    std::int64_t most = 0;
    for (std::size_t row = 0; row < of.distances.size(); row += centres) {
      const auto first = of.distances.begin() + static_cast<std::ptrdiff_t>(row);
      most = sum(most, *std::max_element(first, first + of.centres), "sum(" + name_ + ".distances)");
    }
    return most;
  }

 private:
  void length(const char* column, std::size_t actual, std::int32_t expected) const {
    check_length(name_ + "." + column, actual, at(expected));
  }
  std::int64_t nodes(const char* column, const std::vector<std::int64_t>& values) const {
    length(column, values.size(), graph_.num_nodes());
    return check_column(name_ + "." + column, values, &graph_);
  }
  std::int64_t edges(const char* column, const std::vector<std::int64_t>& values) const {
    length(column, values.size(), graph_.num_edges());
    return check_column(name_ + "." + column, values, nullptr);
  }
  void coordinates(const std::vector<std::int64_t>& x, const std::vector<std::int64_t>& y) const {
    length("x", x.size(), graph_.num_nodes());
    length("y", y.size(), graph_.num_nodes());
    check_entries(name_ + ".x", x, -max_coordinate, max_coordinate, &graph_);
    check_entries(name_ + ".y", y, -max_coordinate, max_coordinate, &graph_);
  }
  [[nodiscard]] std::span<const std::int64_t> or_weights(const char* column,
                                                         const std::vector<std::int64_t>& values) const {
    if (values.empty()) return problem_.weights;
    nodes(column, values);
    return values;
  }
  [[nodiscard]] std::int64_t total_or_weights(const char* column, const std::vector<std::int64_t>& values) const {
    return values.empty() ? check_column("weights", problem_.weights, &graph_) : nodes(column, values);
  }
  [[nodiscard]] std::int64_t households(const StaffingRule& rule, const std::vector<std::int64_t>& column) const {
    rule.validate();
    const std::int64_t total = total_or_weights("households", column);
    if (total > max_unit_households) {
      const std::string most = std::to_string(max_unit_households);
      throw_argument("sum(" + name_ + ".households)", total, "at most " + most + ", all that one part may have",
                     "不超过 " + most + "，即一个网格户数的上限");
    }
    return total;
  }

  const Problem& problem_;
  const Graph& graph_;
  const std::string& name_;
};

}  // namespace

std::int64_t check_objective(const Objective& objective, const Problem& problem, const std::string& name) {
  return std::visit(ObjectiveCheck(problem, name), objective);
}

}  // namespace shequ::detail

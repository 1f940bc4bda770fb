// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/problem.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "check_columns.hpp"
#include "shequ/detail/argument.hpp"

namespace shequ {
namespace {

using detail::entry_name;
using detail::max_total;

void check_node(const std::string& name, NodeId node, NodeId num_nodes) {
  if (node < 0 || node >= num_nodes) {
    const std::string range = "[0, " + std::to_string(num_nodes) + ")";
    detail::throw_argument(name, node, "a node in " + range, "节点编号，在 " + range + " 之间");
  }
}

void check_labels(const std::string& name, std::span<const PartId> labels, const Graph& graph) {
  if (labels.empty()) return;
  detail::check_length(name, labels.size(), static_cast<std::size_t>(graph.num_nodes()));
  for (std::size_t v = 0; v < labels.size(); ++v) {
    if (labels[v] >= no_part) continue;
    detail::throw_argument(name + "[" + graph.id(static_cast<NodeId>(v)) + "]", labels[v], "-1 or more",
                           "大于或等于 -1");
  }
}

void check_bounds(const std::string& prefix, std::int64_t lower, std::int64_t upper) {
  if (lower < 0) detail::throw_argument(prefix + "lower", lower, "0 or more", "大于或等于 0");
  if (upper < lower || upper > max_total) {
    const std::string range = "[" + std::to_string(lower) + ", " + std::to_string(max_total) + "]";
    detail::throw_argument(prefix + "upper", upper, "in " + range + ", that is, lower or more",
                           "在 " + range + " 之间，不小于 lower");
  }
}

void check_pairs(std::string_view name, const std::vector<std::pair<NodeId, NodeId>>& pairs, NodeId num_nodes) {
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto [a, b] = pairs[i];
    check_node(entry_name(name, i) + ".first", a, num_nodes);
    check_node(entry_name(name, i) + ".second", b, num_nodes);
    if (a == b) {
      const std::string pair = "(" + std::to_string(a) + ", " + std::to_string(b) + ")";
      detail::throw_argument(entry_name(name, i), pair, "two different nodes", "两个不同的节点");
    }
  }
}

void check_objective_terms(const Problem& problem) {
  std::int64_t most = 0;
  for (std::size_t t = 0; t < problem.objective.size(); ++t) {
    const std::string name = entry_name("objective", t);
    const std::int64_t weight = problem.objective[t].weight;
    detail::check_range(name + ".weight", weight, 0, 1'000'000);
    const std::int64_t value = detail::check_objective(problem.objective[t].of, problem, name);
    if (weight != 0 && value > (max_total - most) / weight) {
      detail::throw_total("largest possible sum of objective[0.." + std::to_string(t) + "], weighted");
    }
    most += weight * value;
  }
}

void check_closed(const Problem& problem) {
  std::vector<PartId> used = problem.locked;
  std::sort(used.begin(), used.end());
  for (std::size_t i = 0; i < problem.closed.size(); ++i) {
    const PartId number = problem.closed[i];
    if (number >= 0 && std::binary_search(used.begin(), used.end(), number)) continue;
    detail::throw_argument(entry_name("closed", i), number, "a number in locked", "locked 中的编号");
  }
}

/// floor(a * b / scale) of 0 <= a <= 2 * scale, 0 <= b, with scale = 10^12, and whether there is a rest. Whole numbers
/// throughout: a is split so that no product passes 2^63.
struct WideScaled {
  std::int64_t quotient{};
  bool rest{};
};

constexpr std::int64_t scale = 1'000'000'000'000;
constexpr std::int64_t half_scale = 1'000'000;

WideScaled scaled(std::int64_t a, std::int64_t b) {
  const std::int64_t b_low = b % scale;
  // a * b_low = (a / half_scale) * b_low * half_scale + (a % half_scale) * b_low
  const std::int64_t high = (a / half_scale) * b_low;
  const std::int64_t low = (high % half_scale) * half_scale + (a % half_scale) * b_low;
  return {a * (b / scale) + high / half_scale + low / scale, low % scale != 0};
}

}  // namespace

Bounds bounds_within(std::int64_t total, PartId parts, double tolerance) {
  detail::check_range("total", total, 0, max_total);
  if (parts < 1) detail::throw_argument("parts", parts, "1 or more", "大于或等于 1");
  if (!(tolerance >= 0.0 && tolerance <= 1.0)) {
    detail::throw_argument("tolerance", std::to_string(tolerance), "in [0, 1]", "在 [0, 1] 之间");
  }
  const std::int64_t width = std::llround(tolerance * static_cast<double>(scale));
  const WideScaled least = scaled(scale - width, total);
  const WideScaled most = scaled(scale + width, total);
  const bool rest = least.rest || least.quotient % parts != 0;
  return {least.quotient / parts + (rest ? 1 : 0), most.quotient / parts};
}

void Problem::validate() const {
  if (graph == nullptr) detail::throw_argument("graph", "null", "a graph", "一个图");
  detail::check_length("weights", weights.size(), static_cast<std::size_t>(graph->num_nodes()));
  detail::check_column("weights", weights, graph.get());
  check_bounds("", lower, upper);
  if (parts.has_value()) {
    if (parts->min < 1) detail::throw_argument("parts.min", parts->min, "1 or more", "大于或等于 1");
    if (parts->max < parts->min) {
      const std::string least = std::to_string(parts->min);
      detail::throw_argument("parts.max", parts->max, least + " or more", "大于或等于 " + least);
    }
  }
  for (std::size_t i = 0; i < balances.size(); ++i) {
    const std::string name = entry_name("balances", i);
    detail::check_length(name + ".weights", balances[i].weights.size(), weights.size());
    detail::check_column(name + ".weights", balances[i].weights, graph.get());
    check_bounds(name + ".", balances[i].lower, balances[i].upper);
  }
  check_objective_terms(*this);
  for (std::size_t g = 0; g < together.size(); ++g) {
    for (std::size_t i = 0; i < together[g].size(); ++i) {
      check_node(entry_name(entry_name("together", g), i), together[g][i], graph->num_nodes());
    }
  }
  check_pairs("apart", apart, graph->num_nodes());
  check_labels("locked", locked, *graph);
  check_closed(*this);
  check_pairs("links", links, graph->num_nodes());
  check_labels("start", start, *graph);
}

}  // namespace shequ

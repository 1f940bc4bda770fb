// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/problem.hpp"

#include <cstddef>
#include <span>
#include <string>

#include "shequ/detail/argument.hpp"

namespace shequ {
namespace {

constexpr std::int64_t max_entry = 1'000'000'000'000;          // of one node or edge
constexpr std::int64_t max_total = 4'000'000'000'000'000'000;  // of all: sums stay below 2^63
constexpr std::string_view entry_en = "in [0, 1000000000000]";
constexpr std::string_view entry_zh = "在 [0, 1000000000000] 之间";

std::string entry(std::string_view name, std::size_t position) {
  return std::string(name) + "[" + std::to_string(position) + "]";
}

/// Entry of a column of nodes, by what the user calls the node.
std::string entry(std::string_view name, const Graph& graph, std::size_t node) {
  return std::string(name) + "[" + graph.id(static_cast<NodeId>(node)) + "]";
}

void check_column(std::string_view name, std::span<const std::int64_t> values, const Graph* nodes = nullptr) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0 || values[i] > max_entry) {
      detail::throw_argument(nodes != nullptr ? entry(name, *nodes, i) : entry(name, i), values[i], entry_en, entry_zh);
    }
    total += values[i];
    if (total > max_total) {
      detail::throw_argument("sum(" + std::string(name) + ")", "more than " + std::to_string(max_total),
                             "at most " + std::to_string(max_total), "不超过 " + std::to_string(max_total));
    }
  }
}

void check_node(const std::string& name, NodeId node, NodeId num_nodes) {
  if (node < 0 || node >= num_nodes) {
    const std::string range = "[0, " + std::to_string(num_nodes) + ")";
    detail::throw_argument(name, node, "a node in " + range, "节点编号，在 " + range + " 之间");
  }
}

void check_labels(std::string_view name, std::span<const PartId> labels, const Graph& graph) {
  if (labels.empty()) return;
  detail::check_length(name, labels.size(), static_cast<std::size_t>(graph.num_nodes()));
  for (std::size_t v = 0; v < labels.size(); ++v) {
    if (labels[v] < no_part) detail::throw_argument(entry(name, graph, v), labels[v], "-1 or more", "大于或等于 -1");
  }
}

}  // namespace

void Problem::validate() const {
  if (graph == nullptr) detail::throw_argument("graph", "null", "a graph", "一个图");
  const auto num_nodes = static_cast<std::size_t>(graph->num_nodes());
  detail::check_length("weights", weights.size(), num_nodes);
  check_column("weights", weights, graph.get());
  if (lower < 0) detail::throw_argument("lower", lower, "0 or more", "大于或等于 0");
  if (upper < lower || upper > max_total) {
    const std::string range = "[" + std::to_string(lower) + ", " + std::to_string(max_total) + "]";
    detail::throw_argument("upper", upper, "in " + range + ", that is, lower or more",
                           "在 " + range + " 之间，不小于 lower");
  }
  if (parts.has_value()) {
    if (parts->min < 1) detail::throw_argument("parts.min", parts->min, "1 or more", "大于或等于 1");
    if (parts->max < parts->min) {
      const std::string least = std::to_string(parts->min);
      detail::throw_argument("parts.max", parts->max, least + " or more", "大于或等于 " + least);
    }
  }
  for (std::size_t g = 0; g < together.size(); ++g) {
    for (std::size_t i = 0; i < together[g].size(); ++i) {
      check_node(entry(entry("together", g), i), together[g][i], graph->num_nodes());
    }
  }
  for (std::size_t i = 0; i < apart.size(); ++i) {
    const auto [a, b] = apart[i];
    check_node(entry("apart", i) + ".first", a, graph->num_nodes());
    check_node(entry("apart", i) + ".second", b, graph->num_nodes());
    if (a == b) {
      const std::string pair = "(" + std::to_string(a) + ", " + std::to_string(b) + ")";
      detail::throw_argument(entry("apart", i), pair, "two different nodes", "两个不同的节点");
    }
  }
  check_labels("locked", locked, *graph);
  check_labels("start", start, *graph);
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/graph/contiguity.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "shequ/graph/boost_graph.hpp"
//
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/connected_components.hpp>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ {
namespace {

using detail::at;

}  // namespace

Components connected_components(const Graph& graph) {
  Components result;
  result.label.assign(at(graph.num_nodes()), 0);
  // Boost.Graph searches from the nodes in ascending order, which numbers components by their lowest node.
  result.count = boost::connected_components(
      graph, boost::make_iterator_property_map(result.label.begin(), get(boost::vertex_index, graph)));
  return result;
}

std::vector<NodeId> articulation_points(const Graph& graph) {
  std::vector<NodeId> points;
  boost::articulation_points(graph, std::back_inserter(points));
  std::sort(points.begin(), points.end());
  return points;
}

std::vector<EdgeId> bridges(const Graph& graph) {
  std::vector<std::int32_t> block(at(graph.num_edges()), -1);
  const std::size_t blocks = boost::biconnected_components(
      graph, boost::make_iterator_property_map(block.begin(), get(boost::edge_index, graph)));
  std::vector<std::int32_t> edges_of_block(blocks, 0);
  for (const std::int32_t b : block) ++edges_of_block[at(b)];
  std::vector<EdgeId> found;
  for (EdgeId e = 0; e < graph.num_edges(); ++e) {
    if (edges_of_block[at(block[at(e)])] == 1) found.push_back(e);
  }
  return found;
}

std::vector<std::int32_t> pieces_per_part(const Graph& graph, std::span<const PartId> labels, PartId part_count) {
  detail::check_length("labels", labels.size(), at(graph.num_nodes()));
  if (part_count < 0) detail::throw_argument("part_count", part_count, "0 or more", "大于或等于 0");
  for (std::size_t v = 0; v < labels.size(); ++v) {
    if (labels[v] < no_part || labels[v] >= part_count) {
      detail::throw_argument("labels[" + std::to_string(v) + "]", labels[v], "in [-1, part_count)",
                             "在 [-1, part_count) 之间");
    }
  }
  std::vector<std::int32_t> pieces(at(part_count), 0);
  std::vector<char> seen(labels.size(), 0);
  std::vector<NodeId> stack;
  for (NodeId first = 0; first < graph.num_nodes(); ++first) {
    const PartId part = labels[at(first)];
    if (part == no_part || seen[at(first)] != 0) continue;
    ++pieces[at(part)];
    seen[at(first)] = 1;
    stack.push_back(first);
    while (!stack.empty()) {
      const NodeId node = stack.back();
      stack.pop_back();
      for (const NodeId next : graph.neighbours(node)) {
        if (seen[at(next)] != 0 || labels[at(next)] != part) continue;
        seen[at(next)] = 1;
        stack.push_back(next);
      }
    }
  }
  return pieces;
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/graph/contiguity.hpp"

#include <algorithm>
#include <vector>

#include "catch_compat.hpp"
#include "graph/graph_fixtures.hpp"
#include "shequ/error.hpp"

using namespace shequ;
using shequ::testing::graph_of;
using shequ::testing::random_planar;

namespace {

/// Pieces that remain without one node or one edge (-1: none), counted by relaxation of labels.
std::int32_t pieces_without(const Graph& graph, NodeId node, EdgeId edge) {
  std::vector<NodeId> label(static_cast<std::size_t>(graph.num_nodes()));
  for (NodeId v = 0; v < graph.num_nodes(); ++v) label[static_cast<std::size_t>(v)] = v;
  for (bool changed = true; changed;) {
    changed = false;
    for (EdgeId e = 0; e < graph.num_edges(); ++e) {
      if (e == edge || graph.source(e) == node || graph.target(e) == node) continue;
      NodeId& a = label[static_cast<std::size_t>(graph.source(e))];
      NodeId& b = label[static_cast<std::size_t>(graph.target(e))];
      if (a != b) {
        a = b = std::min(a, b);
        changed = true;
      }
    }
  }
  std::int32_t pieces = 0;
  for (NodeId v = 0; v < graph.num_nodes(); ++v)
    pieces += (v != node && label[static_cast<std::size_t>(v)] == v) ? 1 : 0;
  return pieces;
}

}  // namespace

TEST_CASE("components are numbered by their lowest node") {
  const Components components = connected_components(graph_of(6, {{5, 0}, {1, 3}, {3, 4}}));
  CHECK(components.count == 3);
  CHECK(components.label == std::vector<std::int32_t>{0, 1, 2, 1, 1, 0});
  CHECK(connected_components(Graph()).count == 0);
}

TEST_CASE("articulation points and bridges are what tears a component apart") {
  const auto seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U);
  const Graph graph = random_planar(5, 6, seed);
  const std::int32_t whole = pieces_without(graph, no_node, -1);
  CHECK(connected_components(graph).count == whole);
  std::vector<NodeId> points;
  for (NodeId v = 0; v < graph.num_nodes(); ++v) {
    if (graph.degree(v) > 0 && pieces_without(graph, v, -1) > whole) points.push_back(v);
  }
  CHECK(articulation_points(graph) == points);
  std::vector<EdgeId> torn;
  for (EdgeId e = 0; e < graph.num_edges(); ++e) {
    if (pieces_without(graph, no_node, e) > whole) torn.push_back(e);
  }
  CHECK(bridges(graph) == torn);
}

TEST_CASE("pieces of parts are counted, and unassigned nodes belong to none") {
  const Graph graph = shequ::testing::path(6);
  const std::vector<PartId> labels{0, 1, 0, 0, no_part, 0};
  CHECK(pieces_per_part(graph, labels, 3) == std::vector<std::int32_t>{3, 1, 0});
  const std::vector<PartId> unknown{0, 1, 0, 0, 3, 0};
  CHECK_THROWS_AS(pieces_per_part(graph, unknown, 3), InvalidInput);
  CHECK_THROWS_AS(pieces_per_part(graph, std::vector<PartId>{0}, 3), InvalidInput);
}

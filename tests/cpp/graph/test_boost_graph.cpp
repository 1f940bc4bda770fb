// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/graph/boost_graph.hpp"

#include <algorithm>
#include <boost/concept/assert.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/kruskal_min_spanning_tree.hpp>
#include <cstdint>
#include <iterator>
#include <vector>

#include "catch_compat.hpp"
#include "graph/graph_fixtures.hpp"
#include "shequ/graph/contiguity.hpp"

using shequ::EdgeId;
using shequ::Graph;
using shequ::GraphEdge;
using shequ::NodeId;
using shequ::testing::graph_of;
using shequ::testing::random_planar;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, NodeId, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, GraphEdge, boost::edge_index_t>));

namespace {

auto node_map(std::vector<std::int32_t>& values, const Graph& graph) {
  return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
}

std::vector<std::int32_t> values_for_nodes(const Graph& graph) {
  return std::vector<std::int32_t>(num_vertices(graph), 0);
}

}  // namespace

TEST_CASE("edges at a node lead out of it and, as in-edges, into it") {
  const Graph graph = graph_of(3, {{0, 1}, {2, 1}});
  for (auto [edge, last] = out_edges(1, graph); edge != last; ++edge) CHECK(source(*edge, graph) == 1);
  for (auto [edge, last] = in_edges(1, graph); edge != last; ++edge) CHECK(target(*edge, graph) == 1);
  CHECK(degree(1, graph) == 2);
  const auto [first, last] = edges(graph);
  CHECK(std::distance(first, last) == 2);
  CHECK(get(boost::edge_index, graph, *std::next(first)) == 1);
}

TEST_CASE("connected and biconnected components of Boost agree with ours") {
  const auto seed = GENERATE(1U, 2U, 3U);
  const Graph graph = random_planar(6, 7, seed);
  auto label = values_for_nodes(graph);
  CHECK(boost::connected_components(graph, node_map(label, graph)) == shequ::connected_components(graph).count);
  CHECK(label == shequ::connected_components(graph).label);
  std::vector<std::size_t> block(num_edges(graph));
  std::vector<NodeId> points;
  boost::biconnected_components(graph, boost::make_iterator_property_map(block.begin(), get(boost::edge_index, graph)),
                                std::back_inserter(points));
  std::sort(points.begin(), points.end());
  CHECK(points == shequ::articulation_points(graph));
}

TEST_CASE("a spanning forest of Kruskal has one edge fewer than nodes in each component") {
  const Graph graph = random_planar(8, 8, 5);
  std::vector<std::int64_t> length(num_edges(graph));
  for (std::size_t e = 0; e < length.size(); ++e) length[e] = static_cast<std::int64_t>(e * 7 % 13);
  std::vector<GraphEdge> tree;
  boost::kruskal_minimum_spanning_tree(
      graph, std::back_inserter(tree),
      boost::weight_map(boost::make_iterator_property_map(length.begin(), get(boost::edge_index, graph)))
          .vertex_index_map(get(boost::vertex_index, graph)));
  CHECK(tree.size() == num_vertices(graph) - static_cast<std::size_t>(shequ::connected_components(graph).count));
}

TEST_CASE("breadth-first search and Dijkstra with unit lengths find the same distances") {
  const Graph graph = shequ::testing::grid(6, 9);
  auto steps = values_for_nodes(graph);
  boost::breadth_first_search(
      graph, 0,
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(node_map(steps, graph), boost::on_tree_edge())))
          .vertex_index_map(get(boost::vertex_index, graph)));
  auto distance = values_for_nodes(graph);
  std::vector<std::int32_t> length(num_edges(graph), 1);
  boost::dijkstra_shortest_paths(
      graph, 0,
      boost::weight_map(boost::make_iterator_property_map(length.begin(), get(boost::edge_index, graph)))
          .distance_map(node_map(distance, graph))
          .vertex_index_map(get(boost::vertex_index, graph)));
  CHECK(steps == distance);
  CHECK(distance.back() == 5 + 8);
}

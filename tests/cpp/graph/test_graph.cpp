// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/graph/graph.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "graph/graph_fixtures.hpp"

using namespace shequ;
using shequ::testing::graph_of;

TEST_CASE("a graph lists every neighbour once, ascending, with the edge that leads there") {
  const Graph graph = graph_of(4, {{2, 0}, {1, 2}, {3, 2}, {0, 1}});
  CHECK(graph.num_nodes() == 4);
  CHECK(graph.num_edges() == 4);
  const auto neighbours = graph.neighbours(2);
  CHECK(std::vector<NodeId>(neighbours.begin(), neighbours.end()) == std::vector<NodeId>{0, 1, 3});
  const auto edges = graph.incident_edges(2);
  CHECK(std::vector<EdgeId>(edges.begin(), edges.end()) == std::vector<EdgeId>{0, 1, 2});
  CHECK(graph.degree(3) == 1);
  CHECK(graph.source(0) == 2);
  CHECK(graph.target(0) == 0);
}

TEST_CASE("arcs of random graphs are the edges in both directions") {
  const auto seed = GENERATE(1U, 2U, 3U);
  const Graph graph = shequ::testing::random_planar(7, 9, seed);
  CHECK(graph.targets().size() == 2 * static_cast<std::size_t>(graph.num_edges()));
  for (NodeId v = 0; v < graph.num_nodes(); ++v) {
    const auto neighbours = graph.neighbours(v);
    CHECK(std::is_sorted(neighbours.begin(), neighbours.end()));
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      const EdgeId e = graph.incident_edges(v)[i];
      CHECK(std::minmax(graph.source(e), graph.target(e)) == std::minmax(v, neighbours[i]));
    }
  }
}

TEST_CASE("every faulty edge is listed, not only the first") {
  try {
    (void)graph_of(3, {{0, 1}, {1, 1}, {1, 0}, {2, 3}, {-1, 0}, {0, 1}});
    FAIL("faulty edges were accepted");
  } catch (const GraphError& error) {
    const std::vector<EdgeProblem> expected{{EdgeFault::self_loop, 1, 1, 1, -1},
                                            {EdgeFault::repeated, 2, 1, 0, 0},
                                            {EdgeFault::unknown_node, 3, 2, 3, -1},
                                            {EdgeFault::unknown_node, 4, -1, 0, -1},
                                            {EdgeFault::repeated, 5, 0, 1, 0}};
    CHECK(error.problems() == expected);
    CHECK(std::string(error.what()) ==
          "edges must join two different known nodes once; 5 faulty: edge 1 (1, 1) joins a node with itself; edge 2 "
          "(1, 0) repeats edge 0; edge 3 (2, 3) names an unknown node; edge 4 (-1, 0) names an unknown node; edge 5 "
          "(0, 1) repeats edge 0");
    CHECK(error.message(Language::zh).find("有误 5 条") != std::string::npos);
  }
}

TEST_CASE("a message names 20 faulty edges and says how many more there are") {
  const std::vector<NodeId> loops(25, 0);
  try {
    (void)Graph::from_edges(1, loops, loops);
    FAIL("self-loops were accepted");
  } catch (const GraphError& error) {
    CHECK(error.problems().size() == 25);
    CHECK(std::string(error.what()).find("; and 5 more") != std::string::npos);
  }
}

TEST_CASE("columns of other lengths and negative sizes are refused") {
  const std::vector<NodeId> one{0};
  const std::vector<NodeId> two{1, 0};
  CHECK_THROWS_AS(Graph::from_edges(2, one, two), InvalidInput);
  CHECK_THROWS_AS(Graph::from_edges(-1, {}, {}), InvalidInput);
  CHECK_THROWS_AS(Graph::from_edges(2, {}, {}).with_ids(TextColumn()), InvalidInput);
}

TEST_CASE("messages name nodes by the user's ids, else by position") {
  TextColumn ids;
  ids.push_back("甲");
  ids.push_back("tower 7");
  const Graph named = Graph::from_edges(2, {}, {}).with_ids(std::move(ids));
  CHECK(named.id(1) == "tower 7");
  CHECK(Graph::from_edges(2, {}, {}).id(1) == "1");
}

TEST_CASE("the empty graph and the single node are graphs") {
  CHECK(Graph().num_nodes() == 0);
  CHECK(Graph() == Graph::from_edges(0, {}, {}));
  CHECK(Graph::from_edges(1, {}, {}).degree(0) == 0);
}

// SPDX-License-Identifier: BSD-3-Clause
#include <Eigen/Core>
#include <array>
#include <boost/graph/connected_components.hpp>
#include <cstdint>
#include <iostream>
#include <vector>

#include "shequ/graph/boost_graph.hpp"
#include "shequ/hierarchy/eigen.hpp"

// An algorithm of Boost on a graph of two islands, and a roll-up of an Eigen matrix over a town and two communities.
int main() {
  const std::array<shequ::NodeId, 2> sources{0, 2};
  const std::array<shequ::NodeId, 2> targets{1, 3};
  const shequ::Graph graph = shequ::Graph::from_edges(4, sources, targets);
  std::vector<int> component(num_vertices(graph));
  const int components = boost::connected_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));

  const std::array<std::int64_t, 3> codes{1, 2, 3};
  const std::array<std::int64_t, 3> parents{shequ::no_code, 1, 1};
  const std::array levels{shequ::Level::town, shequ::Level::community, shequ::Level::community};
  const auto tree = shequ::Hierarchy::from_rows({.code = codes, .parent = parents, .level = levels});
  const Eigen::Matrix<std::int64_t, 3, 1> posts(0, 5, 6);
  std::cout << "components " << components << ", posts " << shequ::rollup_sum(tree, posts)(0) << '\n';
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/spanning_tree.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "shequ/graph/contiguity.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

using Edges = std::vector<std::pair<NodeId, NodeId>>;

std::shared_ptr<const Graph> shared(Graph graph) { return std::make_shared<const Graph>(std::move(graph)); }

std::vector<NodeId> all_nodes(const Graph& graph) {
  std::vector<NodeId> nodes(static_cast<std::size_t>(graph.num_nodes()));
  std::iota(nodes.begin(), nodes.end(), 0);
  return nodes;
}

Edges edges_of(const Graph& graph) {
  Edges edges;
  for (EdgeId e = 0; e < graph.num_edges(); ++e) {
    edges.emplace_back(std::min(graph.source(e), graph.target(e)), std::max(graph.source(e), graph.target(e)));
  }
  std::sort(edges.begin(), edges.end());
  return edges;
}

/// Whether `edges` join `num_nodes` nodes without a ring, by labels that spread.
bool is_spanning_tree(NodeId num_nodes, const Edges& edges) {
  std::vector<NodeId> label(static_cast<std::size_t>(num_nodes));
  std::iota(label.begin(), label.end(), 0);
  for (const auto& [a, b] : edges) {
    const NodeId kept = label[static_cast<std::size_t>(a)];
    const NodeId gone = label[static_cast<std::size_t>(b)];
    if (kept == gone) return false;
    std::replace(label.begin(), label.end(), gone, kept);
  }
  return static_cast<NodeId>(edges.size()) + 1 == num_nodes;
}

Edges sorted(Edges edges) {
  std::sort(edges.begin(), edges.end());
  return edges;
}

/// Probability of each spanning tree as the minimum one, from Kruskal's algorithm on every order of the edges.
std::map<Edges, double> minimum_tree_probabilities(const Graph& graph) {
  const Edges edges = edges_of(graph);
  std::vector<std::size_t> order(edges.size());
  std::iota(order.begin(), order.end(), 0U);
  std::map<Edges, double> probability;
  double orders = 0;
  do {
    std::vector<NodeId> label = all_nodes(graph);
    Edges tree;
    for (const std::size_t e : order) {
      const NodeId kept = label[static_cast<std::size_t>(edges[e].first)];
      const NodeId gone = label[static_cast<std::size_t>(edges[e].second)];
      if (kept == gone) continue;
      tree.push_back(edges[e]);
      std::replace(label.begin(), label.end(), gone, kept);
    }
    probability[sorted(tree)] += 1;
    orders += 1;
  } while (std::next_permutation(order.begin(), order.end()));
  for (auto& entry : probability) entry.second /= orders;
  return probability;
}

std::map<Edges, double> uniform_tree_probabilities(const Graph& graph) {
  const Edges edges = edges_of(graph);
  std::map<Edges, double> probability;
  for (std::uint32_t chosen = 0; chosen < (1U << edges.size()); ++chosen) {
    Edges tree;
    for (std::size_t e = 0; e < edges.size(); ++e) {
      if ((chosen >> e & 1U) != 0) tree.push_back(edges[e]);
    }
    if (is_spanning_tree(graph.num_nodes(), tree)) probability[tree] = 1;
  }
  for (auto& entry : probability) entry.second = 1.0 / static_cast<double>(probability.size());
  return probability;
}

/// Pearson's statistic of `draws` trees; also checks that no other tree comes up.
double chi_square(const Graph& graph, TreeKind kind, const std::map<Edges, double>& probability, int draws) {
  SpanningTree tree(shared(graph), std::vector<std::int64_t>(static_cast<std::size_t>(graph.num_nodes()), 1));
  tree.set_region(all_nodes(graph));
  Random random(2021);
  std::map<Edges, int> counts;
  for (int i = 0; i < draws; ++i) {
    REQUIRE(tree.draw(kind, random));
    ++counts[sorted(tree.edges())];
  }
  for (const auto& entry : counts) REQUIRE(probability.count(entry.first) == 1);
  double statistic = 0;
  for (const auto& [edges, share] : probability) {
    const double expected = share * draws;
    const double difference = counts[edges] - expected;
    statistic += difference * difference / expected;
  }
  return statistic;
}

}  // namespace

TEST_CASE("uniform trees of a 3 x 3 grid come equally often") {
  const Graph graph = grid(3, 3);
  const auto probability = uniform_tree_probabilities(graph);
  REQUIRE(probability.size() == 192);
  CHECK(chi_square(graph, TreeKind::uniform, probability, 192 * 200) < 256);  // 0.1% of uniform samples exceed it
}

TEST_CASE("minimum trees come as often as orders of the edges lead to them") {
  const Graph graph = graph_of(6, {{0, 1}, {1, 2}, {3, 4}, {4, 5}, {0, 3}, {1, 4}, {2, 5}, {0, 4}});
  const auto probability = minimum_tree_probabilities(graph);
  const auto uniform = uniform_tree_probabilities(graph);
  REQUIRE(probability.size() == uniform.size());
  REQUIRE(uniform.size() == 29);
  const auto [least, most] = std::minmax_element(probability.begin(), probability.end(),
                                                 [](const auto& a, const auto& b) { return a.second < b.second; });
  REQUIRE(most->second > 1.2 * least->second);  // not uniform: the test can tell the two kinds apart
  const int draws = 40'000;
  const double limit = 56.9;  // 0.1% of samples exceed it, 28 degrees of freedom
  CHECK(chi_square(graph, TreeKind::minimum, probability, draws) < limit);
  CHECK(chi_square(graph, TreeKind::uniform, uniform, draws) < limit);
  CHECK(chi_square(graph, TreeKind::uniform, probability, draws) > limit);
}

TEST_CASE("the cuts of a tree are all of its edges that balance the sides, and both sides are connected") {
  const auto seed = GENERATE(range(1U, 21U));
  const auto kind = GENERATE(TreeKind::minimum, TreeKind::uniform);
  const auto graph = shared(random_planar(9, 9, seed));
  const std::vector<std::int64_t> weights = random_weights(81, 20, seed);
  // The region: the piece that node 40 is in, less some nodes, as far as it reaches.
  Random random(seed, 3);
  std::vector<PartId> labels(81, 0);
  for (PartId& label : labels) label = random.below(6) == 0 ? 1 : 0;
  labels[40] = 0;
  std::vector<NodeId> region{40};
  for (std::size_t i = 0; i < region.size(); ++i) {
    for (const NodeId next : graph->neighbours(region[i])) {
      if (labels[static_cast<std::size_t>(next)] != 0) continue;
      if (std::find(region.begin(), region.end(), next) == region.end()) region.push_back(next);
    }
  }
  std::sort(region.begin(), region.end());
  std::int64_t total = 0;
  for (const NodeId v : region) total += weights[static_cast<std::size_t>(v)];
  const Bounds bounds{total / 5, total - total / 4};

  SpanningTree tree(graph, weights);
  tree.set_region(region);
  CHECK(tree.weight() == total);
  for (int repeat = 0; repeat < 5; ++repeat) {
    REQUIRE(tree.draw(kind, random));
    const Edges edges = tree.edges();
    REQUIRE(edges.size() + 1 == region.size());
    std::map<std::vector<NodeId>, int> expected;  // sides that cuts leave, each with the node listed first
    for (std::size_t cut = 0; cut < edges.size(); ++cut) {
      std::vector<NodeId> side{edges[cut].first};
      for (std::size_t i = 0; i < side.size(); ++i) {
        for (std::size_t e = 0; e < edges.size(); ++e) {
          if (e == cut || (edges[e].first != side[i] && edges[e].second != side[i])) continue;
          const NodeId other = edges[e].first == side[i] ? edges[e].second : edges[e].first;
          if (std::find(side.begin(), side.end(), other) == side.end()) side.push_back(other);
        }
      }
      std::int64_t weight = 0;
      for (const NodeId v : side) weight += weights[static_cast<std::size_t>(v)];
      const auto within = [&](std::int64_t w) { return w >= bounds.lower && w <= bounds.upper; };
      std::sort(side.begin(), side.end());
      if (within(weight) && within(total - weight)) ++expected[side];
    }
    const std::int32_t cuts = tree.find_cuts(bounds);
    CHECK(static_cast<std::size_t>(cuts) == expected.size());
    for (std::int32_t cut = 0; cut < cuts; ++cut) {
      const std::span<const std::uint8_t> sides = tree.sides(cut);
      std::vector<NodeId> halves[2];
      for (std::size_t i = 0; i < region.size(); ++i) halves[sides[i]].push_back(region[i]);
      CHECK(expected.count(halves[0]) + expected.count(halves[1]) == 1);
      std::int64_t weight = 0;
      for (const NodeId v : halves[1]) weight += weights[static_cast<std::size_t>(v)];
      CHECK(tree.side_weight(cut) == weight);
      std::int64_t across = 0;
      for (const auto& [a, b] : edges_of(*graph)) {
        const auto in = [](const std::vector<NodeId>& half, NodeId v) {
          return std::binary_search(half.begin(), half.end(), v);
        };
        across += (in(halves[0], a) && in(halves[1], b)) || (in(halves[1], a) && in(halves[0], b)) ? 1 : 0;
      }
      CHECK(tree.edges_across(sides) == across);
    }
  }
}

TEST_CASE("a region that is empty or not connected has no tree, one node has one without edges") {
  const auto kind = GENERATE(TreeKind::minimum, TreeKind::uniform);
  SpanningTree tree(shared(path(5)), {1, 1, 1, 1, 1});
  Random random(1);
  CHECK_FALSE(tree.draw(kind, random));
  tree.set_region(std::vector<NodeId>{0, 1, 3, 4});
  CHECK(tree.num_edges() == 2);
  CHECK_FALSE(tree.draw(kind, random));
  CHECK(tree.find_cuts({0, 4}) == 0);
  CHECK(tree.edges().empty());
  tree.set_region(std::vector<NodeId>{2});
  CHECK(tree.draw(kind, random));
  CHECK(tree.find_cuts({0, 1}) == 0);
  CHECK(tree.edges().empty());
  tree.set_region(std::vector<NodeId>{1, 2, 3});
  CHECK(tree.draw(kind, random));
  CHECK(sorted(tree.edges()) == Edges{{1, 2}, {2, 3}});
  CHECK(tree.find_cuts({1, 2}) == 2);
  CHECK(tree.find_cuts({2, 2}) == 0);
  CHECK(tree.find_cuts({0, std::numeric_limits<std::int64_t>::max()}) == 2);
  tree.set_region({});
  CHECK_FALSE(tree.draw(kind, random));
}

TEST_CASE("trees depend on the seed and the region and on nothing before") {
  const auto kind = GENERATE(TreeKind::minimum, TreeKind::uniform);
  const auto graph = shared(grid(8, 8));
  const std::vector<std::int64_t> weights(64, 1);
  SpanningTree used(graph, weights);
  Random other(9);
  used.set_region(std::vector<NodeId>{0, 1, 2, 10});
  REQUIRE(used.draw(TreeKind::uniform, other));
  SpanningTree fresh(graph, weights);
  for (SpanningTree* tree : {&used, &fresh}) tree->set_region(all_nodes(*graph), tree == &used);
  Random a(5);
  Random b(5);
  for (int i = 0; i < 10; ++i) {
    REQUIRE(used.draw(kind, a));
    REQUIRE(fresh.draw(kind, b));
    CHECK(used.edges() == fresh.edges());
  }
  CHECK(a == b);
}

TEST_CASE("a tree's region and weights are checked") {
  const auto graph = shared(path(3));
  CHECK_THROWS_WITH(SpanningTree(nullptr, {}), "graph=null must be a graph");
  CHECK_THROWS_WITH(SpanningTree(graph, {1, 2}), "weights.size()=2 must be equal to 3");
  CHECK_THROWS_WITH(SpanningTree(graph, {1, -2, 3}), "weights[1]=-2 must be 0 or more");
  SpanningTree tree(graph, {1, 2, 3});
  for (const auto& [nodes, shown] : std::vector<std::pair<std::vector<NodeId>, std::string>>{
           {{0, 3}, "3"}, {{-1}, "-1"}, {{1, 0}, "0"}, {{1, 1}, "1"}}) {
    CHECK_THROWS_WITH(tree.set_region(nodes), "nodes=" + shown + " must be nodes of the graph in ascending order");
  }
  CHECK_THROWS_WITH(tree.edges_across(std::vector<std::uint8_t>{1}), "side.size()=1 must be equal to 0");
}

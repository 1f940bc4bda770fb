// SPDX-License-Identifier: BSD-3-Clause
// The inside of the search: what is kept up to date by moves must equal what is computed from nothing.
#include <algorithm>
#include <cmath>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "shequ/detail/search/anneal.hpp"
#include "shequ/detail/search/coarsen.hpp"
#include "shequ/detail/search/components.hpp"
#include "shequ/detail/search/fixed_point.hpp"
#include "shequ/detail/search/partition.hpp"
#include "shequ/detail/search/tree_split.hpp"
#include "shequ/graph/contiguity.hpp"

using namespace shequ;
using namespace shequ::testing;
using shequ::detail::BoundPenalty;
using shequ::detail::Component;
using shequ::detail::NoTerms;
using shequ::detail::Partition;
using shequ::detail::Penalties;
using shequ::detail::SearchGraph;

namespace {

std::int64_t energy_of(const SearchGraph& graph, const BoundPenalty& penalty, std::int32_t parts,
                       const std::vector<std::int32_t>& labels) {
  std::int64_t energy = 0;
  std::vector<std::int64_t> weights(static_cast<std::size_t>(parts), 0);
  for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
    const std::int32_t label = labels[static_cast<std::size_t>(v)];
    weights[static_cast<std::size_t>(label)] += graph.weights[static_cast<std::size_t>(v)];
    for (std::size_t i = graph.begin(v); i < graph.end(v); ++i) {
      const bool cut = labels[static_cast<std::size_t>(graph.targets[i])] != label;
      if (cut && v < graph.targets[i]) energy += graph.arc_energies[i];
    }
  }
  for (const std::int64_t weight : weights) energy += penalty.energy(weight);
  return energy;
}

}  // namespace

TEST_CASE("logarithms in whole numbers are near the real ones") {
  for (const std::uint64_t value : {1ULL, 2ULL, 3ULL, 1000ULL, 1024ULL, 123'456'789ULL, 1ULL << 62U}) {
    CHECK_THAT(static_cast<double>(detail::fixed_log(value)) / 1024,
               WithinAbs(std::log(static_cast<double>(value)), 0.03));
  }
  CHECK_THAT(detail::exponential_table[1000] / 1024.0, WithinAbs(-std::log(1000.5 / 4096), 0.001));
  CHECK_THAT(detail::gumbel_table[4000] / 1024.0, WithinAbs(-std::log(-std::log(4000.5 / 4096)), 0.001));
}

TEST_CASE("energies, scores and contiguity of moves equal those computed from nothing") {
  const auto seed = GENERATE(1U, 2U, 3U, 4U);
  Problem problem = problem_of(random_planar(8, 8, seed), random_weights(64, 20, seed), 100, 160);
  const Component component = detail::make_components(problem).front();
  const SearchGraph& graph = component.graph;
  const BoundPenalty penalty(100, 160, graph.total_weight, 42, 4096);
  Random random(seed);
  detail::TreeSplitter splitter(graph);
  const std::int32_t parts = 4;
  Partition partition(graph, Penalties{penalty}, parts, splitter.bisect(parts, {100, 160, 4}, random), NoTerms{});
  int moves = 0;
  for (int step = 0; step < 3000; ++step) {
    const auto node = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(graph.num_nodes())));
    const std::size_t degree = graph.end(node) - graph.begin(node);
    if (degree == 0) continue;
    const std::int32_t part =
        partition.label(graph.targets[graph.begin(node) + random.below(static_cast<std::uint32_t>(degree))]);
    const std::int32_t from = partition.label(node);
    if (part == from) continue;
    std::vector<std::int32_t> after = partition.labels();
    after[static_cast<std::size_t>(node)] = part;
    // Judged on the component's own graph, whose nodes are the search graph's.
    std::vector<PartId> labels(64, no_part);
    for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
      labels[static_cast<std::size_t>(component.members(v).front())] = after[static_cast<std::size_t>(v)];
    }
    const bool connected = pieces_per_part(*problem.graph, labels, parts)[static_cast<std::size_t>(from)] == 1;
    if (partition.can_leave(node) != connected) FAIL("can_leave is wrong at step " << step);
    if (!connected) continue;
    const std::int64_t rise =
        energy_of(graph, penalty, parts, after) - energy_of(graph, penalty, parts, partition.labels());
    if (partition.move_energy(node, part) != rise) FAIL("move_energy is wrong at step " << step);
    partition.move(node, part);
    const Partition fresh(graph, Penalties{penalty}, parts, after, NoTerms{});
    if (partition.score() != fresh.score()) FAIL("score is wrong at step " << step);
    ++moves;
  }
  CHECK(moves > 100);
}

TEST_CASE("trees divide every component into connected parts, as many as asked") {
  const auto parts = GENERATE(1, 2, 5, 17, 35);
  const Problem problem = problem_of(grid(5, 7), random_weights(35, 9, 1), 0, 1000);
  const SearchGraph graph = detail::make_components(problem).front().graph;
  Random random(9);
  detail::TreeSplitter splitter(graph);
  const std::vector<std::int32_t> labels = splitter.bisect(parts, {3, 9, 4}, random);
  const auto pieces = pieces_per_part(*problem.graph, labels, parts);
  CHECK(std::all_of(pieces.begin(), pieces.end(), [](std::int32_t count) { return count == 1; }));
}

TEST_CASE("dividing two parts anew keeps every part connected and its numbers right") {
  const Problem problem = problem_of(grid(9, 9), random_weights(81, 9, 2), 0, 1000);
  const SearchGraph graph = detail::make_components(problem).front().graph;
  const BoundPenalty penalty(60, 110, graph.total_weight, 35, 4096);
  Random random(4);
  detail::TreeSplitter splitter(graph);
  Partition partition(graph, Penalties{penalty}, 5, splitter.bisect(5, {60, 110, 4}, random), NoTerms{});
  std::size_t changed_nodes = 0;
  for (int i = 0; i < 200; ++i) {
    std::vector<std::int32_t> changed;
    const std::span<const std::int32_t> cut = partition.cut_edges();
    splitter.resplit(partition, cut[random.below(static_cast<std::uint32_t>(cut.size()))], 2048, random, changed);
    changed_nodes += changed.size();
    const auto pieces = pieces_per_part(*problem.graph, partition.labels(), 5);
    if (!std::all_of(pieces.begin(), pieces.end(), [](std::int32_t count) { return count == 1; })) FAIL("torn");
    const Partition fresh(graph, Penalties{penalty}, 5, partition.labels(), NoTerms{});
    if (partition.score() != fresh.score()) FAIL("score is wrong");
  }
  CHECK(changed_nodes > 100);
}

TEST_CASE("a hub with more than 64 neighbours is handled by the search alone") {
  std::vector<std::pair<NodeId, NodeId>> edges;
  for (NodeId v = 1; v <= 80; ++v) edges.emplace_back(0, v);
  for (NodeId v = 1; v < 80; ++v) edges.emplace_back(v, v + 1);
  const Problem problem = problem_of(graph_of(81, edges), std::vector<std::int64_t>(81, 1), 20, 40);
  const SearchGraph graph = detail::make_components(problem).front().graph;
  std::vector<std::int32_t> labels(81, 0);
  std::fill(labels.begin() + 41, labels.end(), 1);
  Partition partition(graph, Penalties{BoundPenalty(20, 40, 81, 14, 4096)}, 2, labels, NoTerms{});
  CHECK(partition.can_leave(0));  // the ring holds without its hub
  CHECK(partition.can_leave(20));
  CHECK(partition.can_leave(41));
  CHECK_FALSE(partition.can_leave(60));
}

TEST_CASE("groups that must stay together become one node of the search, with what lies between") {
  Problem problem = problem_of(path(6), {1, 2, 3, 4, 5, 6}, 0, 21);
  problem.together = {{1, 3}};
  const Component component = detail::make_components(problem).front();
  const SearchGraph& graph = component.graph;
  CHECK(graph.num_nodes() == 4);
  CHECK(graph.num_edges() == 3);
  const auto members = component.members(1);
  CHECK(std::vector<NodeId>(members.begin(), members.end()) == std::vector<NodeId>{1, 2, 3});
  CHECK(graph.pairs.empty());
}

TEST_CASE("a coarser graph keeps weights and the costs of every plan that it can show") {
  const auto seed = GENERATE(1U, 2U, 3U);
  const Problem problem = problem_of(random_planar(12, 12, seed), random_weights(144, 20, seed), 0, 10'000);
  const SearchGraph fine = detail::make_components(problem).front().graph;
  Random random(seed);
  detail::TreeSplitter splitter(fine);
  const std::vector<std::vector<std::int32_t>> plans{splitter.bisect(4, {100, 1000, 2}, random)};
  const detail::CoarseGraph coarse = detail::coarsen(fine, 200, plans, random);
  CHECK(coarse.graph.num_nodes() < fine.num_nodes() * 3 / 4);
  CHECK(coarse.graph.total_weight == fine.total_weight);
  std::vector<std::int32_t> labels(coarse.graph.weights.size(), -1);
  for (std::size_t v = 0; v < plans[0].size(); ++v) {
    std::int32_t& label = labels[static_cast<std::size_t>(coarse.coarse_of[v])];
    if (label >= 0 && label != plans[0][v]) FAIL("an edge that the plan cuts was merged");
    label = plans[0][v];
  }
  const BoundPenalty penalty(100, 1000, fine.total_weight, 42, 4096);
  const Partition below(fine, Penalties{penalty}, 4, plans[0], NoTerms{});
  const Partition above(coarse.graph, Penalties{penalty}, 4, labels, NoTerms{});
  CHECK(above.score() == below.score());
}

TEST_CASE("locks of two numbers in one part count as broken, and moves keep count") {
  Problem problem = problem_of(grid(4, 4), std::vector<std::int64_t>(16, 1), 1, 16);
  problem.locked.assign(16, no_part);
  problem.locked[0] = 7;
  problem.locked[3] = 8;
  problem.locked[12] = 9;
  const SearchGraph graph = detail::make_components(problem).front().graph;
  const BoundPenalty penalty(1, 16, 16, 4, 4096);
  Partition partition(graph, Penalties{penalty}, 2, std::vector<std::int32_t>(16, 0), NoTerms{});
  CHECK(partition.score().violation == 16);  // two locks too many, 8 each: a part's mean weight
  const auto before = partition.other_energy();
  const std::int64_t rise = partition.move_energy(3, 1);
  partition.move(3, 1);
  CHECK(partition.score().violation == 8);
  CHECK(partition.rise_since(before) == -Partition<NoTerms>::broken_energy);
  CHECK(rise < 0);
}

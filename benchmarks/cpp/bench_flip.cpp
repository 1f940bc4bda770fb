// SPDX-License-Identifier: BSD-3-Clause
// Time of one flip, with the terms of the objective kept up to date: each kind alone, and all at once. On a made-up
// graph of the size of New Mexico's census tracts in 12 parts.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../../src/districting/search/terms/built_in_terms.hpp"
#include "shequ/detail/search/components.hpp"
#include "shequ/detail/search/multilevel.hpp"
#include "shequ/detail/search/partition.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/solve.hpp"
#include "shequ/random.hpp"

namespace {

using shequ::NodeId;
using shequ::PartId;
using shequ::detail::at;
namespace objective = shequ::objective;

constexpr NodeId side = 23;
constexpr PartId num_parts = 12;
constexpr int num_flips = 200'000;
constexpr int repeats = 7;

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Blocks of 100 x 100 metres in a square, each touching the next, and one diagonal in most squares.
shequ::Problem make_problem() {
  shequ::Random random(1);
  std::vector<NodeId> sources;
  std::vector<NodeId> targets;
  std::vector<std::int64_t> lengths;
  const auto join = [&](NodeId a, NodeId b, std::int64_t length) {
    sources.push_back(a);
    targets.push_back(b);
    lengths.push_back(length);
  };
  shequ::Problem problem;
  objective::RegionSplits regions;
  objective::Disturbance disturbance;
  std::vector<std::int64_t> x;
  std::vector<std::int64_t> y;
  std::vector<std::int64_t> areas;
  std::vector<std::int64_t> outer;
  std::vector<std::int64_t> distances;
  for (NodeId r = 0; r < side; ++r) {
    for (NodeId c = 0; c < side; ++c) {
      const NodeId v = r * side + c;
      if (c + 1 < side) join(v, v + 1, 90);
      if (r + 1 < side) join(v, v + side, 90);
      if (c + 1 < side && r + 1 < side && random.below(100) < 85) join(v, v + side + 1, 10);
      problem.weights.push_back(30 + random.below(60));
      x.push_back(std::int64_t{c} * 100 + random.below(40));
      y.push_back(std::int64_t{r} * 100 + random.below(40));
      areas.push_back(10'000);
      outer.push_back(r == 0 || c == 0 || r + 1 == side || c + 1 == side ? 100 : 0);
      regions.region.push_back(r / 3 * 8 + c / 3);
      disturbance.previous.push_back(r / 6 * 4 + c / 6);
      for (int place = 0; place < 4; ++place) distances.push_back(random.below(2'000));
    }
  }
  problem.graph = std::make_shared<shequ::Graph>(shequ::Graph::from_edges(side * side, sources, targets));
  std::int64_t total = 0;
  for (const std::int64_t weight : problem.weights) total += weight;
  const shequ::Bounds bounds = shequ::bounds_within(total, num_parts, 0.2);
  problem.lower = bounds.lower;
  problem.upper = bounds.upper;
  problem.parts = shequ::PartsRange{num_parts, num_parts};
  const shequ::StaffingRule rule;
  problem.objective = {{objective::CutEdges{}},
                       {objective::SharedPerimeter{lengths}},
                       {objective::PolsbyPopper{areas, outer, lengths}},
                       {objective::Reock{areas, x, y}},
                       {objective::Inertia{{}, x, y}},
                       {objective::Deviation{}},
                       {objective::PartCount{}},
                       {objective::Staff{rule, {}}},
                       {objective::StaffLoad{rule, {}}},
                       {regions},
                       {disturbance},
                       {objective::Travel{4, distances}}};
  return problem;
}

std::vector<shequ::detail::BoundPenalty> penalties_of(const shequ::Problem& problem,
                                                      const shequ::detail::SearchGraph& graph) {
  return shequ::detail::make_penalties(graph, {{{problem.lower, problem.upper}}}, 0);
}

struct Flip {
  std::int32_t node;
  std::int32_t part;
};

/// Flips of a random walk along the borders that keeps parts connected and about within the bounds.
std::vector<Flip> walk(const shequ::Problem& problem, const std::vector<PartId>& labels, int flips) {
  const std::vector<shequ::detail::Component> components = shequ::detail::make_components(problem);
  const shequ::detail::SearchGraph& graph = components.front().graph;
  shequ::detail::Partition<shequ::detail::NoTerms> partition(graph, penalties_of(problem, graph), num_parts, labels,
                                                             {});
  shequ::Random random(2);
  std::vector<Flip> walked;
  while (std::ssize(walked) < flips) {
    const std::span<const std::int32_t> cut = partition.cut_edges();
    const std::int32_t edge = cut[random.below(static_cast<std::uint32_t>(cut.size()))];
    const Flip flip{graph.edge_sources[at(edge)], partition.label(graph.edge_targets[at(edge)])};
    if (partition.part_weight(flip.part) > problem.upper ||
        partition.part_weight(partition.label(flip.node)) < problem.lower || !partition.can_leave(flip.node)) {
      continue;
    }
    partition.move(flip.node, flip.part);
    walked.push_back(flip);
  }
  return walked;
}

struct Nanoseconds {
  double judge;       ///< change of the objective by a flip
  double contiguity;  ///< whether the part left stays connected
  double make;        ///< the flip, with every value kept up to date
};

/// Means over the flips of the walk, the least of several times, each of the three in a walk of its own.
Nanoseconds time_flips(const shequ::Problem& problem, const std::vector<PartId>& labels,
                       const std::vector<Flip>& flips) {
  using Terms = shequ::detail::BuiltInTerms;
  const std::vector<shequ::detail::Component> components = shequ::detail::make_components(problem);
  const shequ::detail::SearchGraph& graph = components.front().graph;
  std::int64_t used = 0;
  const auto time_of = [&](const auto& before) {
    double least_s = std::numeric_limits<double>::max();  // others use the machine too
    for (int repeat = 0; repeat < repeats; ++repeat) {
      shequ::detail::Partition<Terms> partition(graph, penalties_of(problem, graph), num_parts, labels,
                                                Terms(problem, components.front(), num_parts));
      const double begin = now_s();
      for (const Flip& flip : flips) {
        used += before(partition, flip);
        partition.move(flip.node, flip.part);
      }
      used += partition.score().objective;
      least_s = std::min(least_s, now_s() - begin);
    }
    return least_s / static_cast<double>(flips.size()) * 1e9;
  };
  const double make = time_of([](auto&, const Flip&) { return 0; });
  const double judged =
      time_of([](auto& partition, const Flip& flip) { return partition.move_energy(flip.node, flip.part); });
  const double tested =
      time_of([](auto& partition, const Flip& flip) { return partition.can_leave(flip.node) ? 1 : 0; });
  if (used == 1) std::puts("");  // what was computed is used
  return {judged - make, tested - make, make};
}

}  // namespace

int main() {
  shequ::Problem problem = make_problem();
  const std::vector<shequ::ObjectiveTerm> all = std::move(problem.objective);
  problem.objective = {};
  const std::vector<PartId> labels = shequ::solve(problem).labels;
  const std::vector<Flip> flips = walk(problem, labels, num_flips);
  const auto print = [&](const std::string& name) {
    const Nanoseconds ns = time_flips(problem, labels, flips);
    std::printf("one flip, %-24s %5.0f ns to make it, %5.0f to judge it, %5.0f to test contiguity\n", name.c_str(),
                ns.make, ns.judge, ns.contiguity);
  };
  print("bounds alone");
  for (const shequ::ObjectiveTerm& term : all) {
    problem.objective = {term};
    print(std::string(shequ::to_string(term.of)));
  }
  problem.objective = all;
  print("all objectives");
  problem.objective.erase(problem.objective.begin() + 3);
  print("all of them but reock");
  return 0;
}

// SPDX-License-Identifier: BSD-3-Clause
// Time of one flip, judged, tested for contiguity and made, with the terms of the objective kept up to date: each kind
// alone, and all at once. On a made-up graph of the size of New Mexico's census tracts in 12 parts.

#include <chrono>
#include <cstdint>
#include <cstdio>
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

/// Nanoseconds of one flip that keeps parts connected, the mean over a random walk along the borders.
double time_flips(const shequ::Problem& problem, const std::vector<PartId>& labels) {
  using Terms = shequ::detail::BuiltInTerms;
  const std::vector<shequ::detail::Component> components = shequ::detail::make_components(problem);
  const shequ::detail::SearchGraph& graph = components.front().graph;
  const shequ::detail::SearchBounds bounds{{{problem.lower, problem.upper}}};
  shequ::detail::Partition<Terms> partition(graph, shequ::detail::make_penalties(graph, bounds, 0), num_parts, labels,
                                            Terms(problem, components.front(), num_parts));
  constexpr int warm_up = 20'000;
  constexpr int flips = 400'000;
  shequ::Random random(2);
  std::int64_t sum = 0;
  double begin = 0;
  for (int made = 0; made < warm_up + flips;) {
    if (made == warm_up) begin = now_s();
    const auto& cut = partition.cut_edges();
    const std::int32_t edge = cut[random.below(static_cast<std::uint32_t>(cut.size()))];
    const std::int32_t node = graph.edge_sources[at(edge)];
    const std::int32_t part = partition.label(graph.edge_targets[at(edge)]);
    // Bounds keep the parts from growing and shrinking without end.
    if (partition.part_weight(part) > problem.upper || partition.part_weight(partition.label(node)) < problem.lower ||
        !partition.can_leave(node)) {
      continue;
    }
    sum += partition.move_energy(node, part);
    partition.move(node, part);
    ++made;
  }
  const double elapsed = now_s() - begin;
  if (sum == 1) std::puts("");  // the energies are used
  return elapsed / flips * 1e9;
}

}  // namespace

int main() {
  shequ::Problem problem = make_problem();
  const std::vector<shequ::ObjectiveTerm> all = std::move(problem.objective);
  problem.objective = {};
  const std::vector<PartId> labels = shequ::solve(problem).labels;
  const auto print = [&](const std::string& name) {
    std::printf("%-42s %8.0f ns\n", name.c_str(), time_flips(problem, labels));
  };
  print("one flip, bounds alone");
  for (const shequ::ObjectiveTerm& term : all) {
    problem.objective = {term};
    print("one flip, " + std::string(shequ::to_string(term.of)));
  }
  problem.objective = all;
  print("one flip, all objectives");
  std::puts("flips that keep parts connected, each judged and made; the search judges many more than it makes");
  return 0;
}

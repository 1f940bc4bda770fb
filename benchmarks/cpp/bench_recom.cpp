// SPDX-License-Identifier: BSD-3-Clause
// Time of one random spanning tree with the search for its balanced cuts, and of accepted steps of the chains, on a
// made-up graph of the size of Pennsylvania's census tracts: 3,249 nodes, about 9,000 edges, 17 parts within 5%.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "shequ/districting/certify.hpp"
#include "shequ/districting/recom.hpp"
#include "shequ/districting/solve.hpp"
#include "shequ/districting/spanning_tree.hpp"
#include "shequ/random.hpp"

namespace {

using shequ::NodeId;

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Blocks in a square, each touching the next, and one diagonal in most squares.
shequ::Problem make_problem() {
  constexpr NodeId side = 57;
  constexpr shequ::PartId parts = 17;
  shequ::Random random(1);
  std::vector<NodeId> sources;
  std::vector<NodeId> targets;
  const auto join = [&](NodeId a, NodeId b) {
    sources.push_back(a);
    targets.push_back(b);
  };
  for (NodeId r = 0; r < side; ++r) {
    for (NodeId c = 0; c < side; ++c) {
      const NodeId v = r * side + c;
      if (c + 1 < side) join(v, v + 1);
      if (r + 1 < side) join(v, v + side);
      if (c + 1 < side && r + 1 < side && random.below(100) < 85) join(v, v + side + 1);
    }
  }
  shequ::Problem problem;
  problem.graph = std::make_shared<shequ::Graph>(shequ::Graph::from_edges(side * side, sources, targets));
  std::int64_t total = 0;
  for (NodeId v = 0; v < side * side; ++v) {
    problem.weights.push_back(1'500 + random.below(5'000));
    total += problem.weights.back();
  }
  const shequ::Bounds bounds = shequ::bounds_within(total, parts, 0.05);
  problem.lower = bounds.lower;
  problem.upper = bounds.upper;
  problem.parts = shequ::PartsRange{parts, parts};
  return problem;
}

void time_trees(const shequ::Problem& problem, const shequ::Plan& plan, shequ::TreeKind kind, const char* name) {
  constexpr int trees = 200;
  constexpr int rounds = 20;
  shequ::SpanningTree tree(problem.graph, problem.weights);
  shequ::Random random(1);
  std::vector<double> microseconds;
  std::int64_t nodes = 0;
  std::int64_t edges = 0;
  std::int64_t regions = 0;
  std::int64_t balanced = 0;
  std::int64_t drawn = 0;
  for (int round = 0; round < rounds; ++round) {
    for (shequ::EdgeId edge = 0; edge < problem.graph->num_edges(); edge += 97) {
      const shequ::PartId a = plan.labels[static_cast<std::size_t>(problem.graph->source(edge))];
      const shequ::PartId b = plan.labels[static_cast<std::size_t>(problem.graph->target(edge))];
      if (a == b) continue;
      std::vector<NodeId> region;
      for (NodeId v = 0; v < problem.graph->num_nodes(); ++v) {
        const shequ::PartId part = plan.labels[static_cast<std::size_t>(v)];
        if (part == a || part == b) region.push_back(v);
      }
      tree.set_region(region, true);
      nodes += static_cast<std::int64_t>(region.size());
      edges += tree.num_edges();
      ++regions;
      const double begin = now_s();
      for (int i = 0; i < trees; ++i) {
        if (!tree.draw(kind, random)) return;
        balanced += tree.find_cuts({problem.lower, problem.upper}) > 0 ? 1 : 0;
      }
      microseconds.push_back((now_s() - begin) / trees * 1e6);
      drawn += trees;
    }
  }
  std::ranges::sort(microseconds);
  std::printf(
      "%-8s tree and its balanced cuts, %lld nodes, %lld edges (means): median %.1f us (to reach: 20 us); "
      "%.0f%% of trees have one\n",
      name, static_cast<long long>(nodes / regions), static_cast<long long>(edges / regions),
      microseconds[microseconds.size() / 2], 100.0 * static_cast<double>(balanced) / static_cast<double>(drawn));
}

bool time_chain(const shequ::Problem& problem, const shequ::Plan& plan, shequ::RecomVariant variant) {
  shequ::RecomChain chain(problem, plan.labels, {.seed = 1, .variant = variant});
  shequ::RecomColumns columns;
  const double begin = now_s();
  double elapsed = 0;
  while (elapsed < 1.0) {
    chain.advance(1'000, columns);
    elapsed = now_s() - begin;
  }
  const std::string name(to_string(variant));
  std::printf("%-17s %8.0f accepted steps/s, %8.0f steps/s, %.2f trees a step\n", name.c_str(),
              static_cast<double>(chain.accepted()) / elapsed, static_cast<double>(chain.steps()) / elapsed,
              static_cast<double>(chain.trees()) / static_cast<double>(chain.steps()));
  const shequ::Certificate certificate = certify(problem, chain.labels());
  return certificate.ok && chain.part_count() == plan.part_count && columns.cut_edges.back() == chain.cut_edges();
}

}  // namespace

int main() {
  const shequ::Problem problem = make_problem();
  const shequ::Plan plan = solve(problem, {.seed = 1, .steps = 300'000});
  if (!certify(problem, plan.labels).ok) {
    std::puts("there is no plan to start from");
    return 1;
  }
  time_trees(problem, plan, shequ::TreeKind::minimum, "minimum");
  time_trees(problem, plan, shequ::TreeKind::uniform, "uniform");
  for (const auto variant :
       {shequ::RecomVariant::cut_edge_minimum, shequ::RecomVariant::cut_edge_uniform, shequ::RecomVariant::pair_minimum,
        shequ::RecomVariant::pair_uniform, shequ::RecomVariant::reversible}) {
    if (!time_chain(problem, plan, variant)) {
      std::puts("a chain has left the rules");
      return 1;
    }
  }
  return 0;
}

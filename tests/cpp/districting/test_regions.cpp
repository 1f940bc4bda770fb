// SPDX-License-Identifier: BSD-3-Clause
// Refinement of large plans region by region, which is no part of the public interface.
#include "shequ/detail/search/regions.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "shequ/detail/search/components.hpp"
#include "shequ/detail/search/tree_split.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/solve.hpp"
#include "shequ/graph/contiguity.hpp"

using namespace shequ;
using namespace shequ::testing;
using detail::BoundPenalty;
using detail::NoTerms;
using detail::Partition;
using detail::Penalties;
using detail::Region;
using detail::SearchGraph;

namespace {

constexpr std::int32_t num_parts = 100;

/// A rough plan of 100 parts for a graph large enough to be refined in several regions.
struct Rough {
  Problem problem = problem_of(grid(140, 140), random_weights(19'600, 9, 5), 0, 0);
  SearchGraph graph = detail::make_components(problem).front().graph;
  std::int64_t mean = graph.total_weight / num_parts;
  Penalties penalties{BoundPenalty(mean * 9 / 10, mean * 11 / 10, graph.total_weight, mean / 8, 4096)};
  std::vector<std::int32_t> labels = [this] {
    Random random(3);
    return detail::TreeSplitter(graph).bisect(num_parts, {mean / 2, mean * 2, 2}, random);
  }();
};

std::vector<std::int32_t> refine(const Rough& rough, std::int32_t threads, detail::Score& score) {
  std::vector<std::int32_t> labels = rough.labels;
  detail::AnnealOptions schedule;
  schedule.steps = 300'000;
  detail::quicken(schedule, false, true);
  const detail::RegionOptions options = detail::region_options(schedule, true, threads);
  Random random(8);
  std::int64_t steps = 0;
  const auto poll = [&](std::int64_t used, const detail::Score&) {
    steps += used;
    return true;
  };
  score =
      refine_by_regions(rough.graph, rough.penalties, num_parts, labels, options, random, poll, [] { return false; });
  CHECK(steps >= 300'000 * 9 / 10);
  return labels;
}

}  // namespace

TEST_CASE("regions hold whole parts that hang together, and a move costs in its region what it costs in the whole") {
  const Rough rough;
  Random random(1);
  const std::vector<std::int32_t> region_of_part =
      detail::draw_regions(rough.graph, rough.labels, num_parts, 2'000, random);
  const std::vector<Region> regions = detail::cut_out_regions(rough.graph, rough.labels, region_of_part);
  CHECK(regions.size() >= 5);
  const Partition whole(rough.graph, rough.penalties, num_parts, rough.labels, NoTerms{});
  std::size_t nodes = 0;
  for (Region region : regions) {
    nodes += region.nodes.size();
    region.graph.add_arcs();
    region.graph.set_energies(rough.graph.energy_scale);
    const auto own_parts = static_cast<std::int32_t>(region.parts.size());
    Partition inside(region.graph, rough.penalties, own_parts, region.labels, NoTerms{});
    for (const std::int32_t edge : inside.cut_edges()) {
      const std::int32_t node = region.graph.edge_sources[static_cast<std::size_t>(edge)];
      const std::int32_t part = inside.label(region.graph.edge_targets[static_cast<std::size_t>(edge)]);
      const std::int32_t whole_node = region.nodes[static_cast<std::size_t>(node)];
      const std::int32_t whole_part = region.parts[static_cast<std::size_t>(part)];
      if (inside.move_energy(node, part) != whole.move_energy(whole_node, whole_part)) FAIL("another cost");
    }
  }
  CHECK(nodes == rough.labels.size());
}

TEST_CASE("refining region by region keeps parts connected, brings them within bounds and tells the right score") {
  const Rough rough;
  detail::Score score;
  const std::vector<std::int32_t> labels = refine(rough, 1, score);
  const Partition fresh(rough.graph, rough.penalties, num_parts, labels, NoTerms{});
  CHECK(fresh.score() == score);
  CHECK(score.violation == 0);
  const Partition before(rough.graph, rough.penalties, num_parts, rough.labels, NoTerms{});
  CHECK(score.objective < before.score().objective);
  const auto pieces = pieces_per_part(*rough.problem.graph, labels, num_parts);
  CHECK(std::all_of(pieces.begin(), pieces.end(), [](std::int32_t count) { return count == 1; }));
}

TEST_CASE("refining region by region gives the same labels on 1, 2 and 4 threads") {
  const Rough rough;
  detail::Score score;
  const std::vector<std::int32_t> one = refine(rough, 1, score);
  CHECK(refine(rough, 2, score) == one);
  CHECK(refine(rough, 4, score) == one);
}

TEST_CASE("a graph of 50,000 nodes gets the same plan within bounds on 1 and 2 threads") {
  Problem problem = problem_of(grid(224, 224), random_weights(50'176, 9, 2), 0, 0, PartsRange{125, 125});
  std::int64_t total = 0;
  for (const std::int64_t weight : problem.weights) total += weight;
  const Bounds bounds = bounds_within(total, 125, 0.1);
  problem.lower = bounds.lower;
  problem.upper = bounds.upper;
  SolveOptions options;
  options.steps = 500'000;
  options.time_limit_s = 300;
  const Plan one = solve(problem, options);
  CHECK(one.status == PlanStatus::feasible);
  CHECK(certify(problem, one.labels).ok);
  options.threads = 2;
  const Plan two = solve(problem, options);
  CHECK(two.labels == one.labels);
  CHECK(two.steps == one.steps);
}

TEST_CASE("parts that are kept empty do not tear the regions") {
  Rough rough;
  for (std::int32_t& label : rough.labels) label += label >= 7 ? 2 : 0;  // 7 and 8 are empty
  Random random(1);
  const auto region_of_part = detail::draw_regions(rough.graph, rough.labels, num_parts + 2, 2'000, random);
  const std::vector<Region> regions = detail::cut_out_regions(rough.graph, rough.labels, region_of_part);
  std::size_t parts = 0;
  for (const Region& region : regions) parts += region.parts.size();
  CHECK(parts == num_parts + 2);
}

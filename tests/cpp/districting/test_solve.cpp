// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/solve.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/diagnose.hpp"
#include "shequ/graph/contiguity.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

SolveOptions with_seed(std::uint64_t seed, std::int64_t steps = 0) {
  SolveOptions options;
  options.seed = seed;
  options.steps = steps;
  return options;
}

bool keeps_all_rules(const Plan& plan) {
  return plan.status == PlanStatus::feasible || plan.status == PlanStatus::optimal;
}

std::int64_t total(const std::vector<std::int64_t>& weights) {
  return std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("solve finds the least cut of small graphs wherever a plan exists") {
  const auto seed = GENERATE(range(1U, 31U));
  Random random(seed, 11);
  Problem problem = problem_of(random_planar(2, 3 + static_cast<NodeId>(seed % 2), seed), {}, 0, 0);
  problem.weights = random_weights(problem.graph->num_nodes(), 6, seed);
  const std::int64_t mean = total(problem.weights) / 2;
  problem.lower = mean / 4;
  problem.upper = mean + random.below(4);
  const auto kind = random.below(3);
  if (kind == 0) problem.parts = PartsRange{2, 2};
  if (kind == 1) problem.parts = PartsRange{2, 4};
  if (random.below(3) == 0) problem.apart = {{0, 1}};
  if (random.below(3) == 0) problem.together = {{1, 2}};
  if (random.below(4) == 0) {
    std::vector<std::int64_t> lengths(static_cast<std::size_t>(problem.graph->num_edges()));
    for (std::int64_t& length : lengths) length = random.below(50);
    problem.objective = {{objective::SharedPerimeter{std::move(lengths)}}};
  }
  const Plan plan = solve(problem, with_seed(seed));
  CHECK(keeps_all_rules(plan) == certify(problem, plan.labels).ok);
  CHECK(keeps_all_rules(plan) == least_cost(problem).has_value());
  if (!keeps_all_rules(plan)) return;
  // A free number of parts is chosen for the room it leaves; a range leaves the choice to the objective.
  const auto count = problem.parts ? std::nullopt : std::optional(plan.part_count);
  CHECK(plan.objective == *least_cost(problem, count));
  REQUIRE(plan.bound.has_value());
  CHECK(*plan.bound <= *least_cost(problem));
}

TEST_CASE("random problems within reach end within bounds, and certify agrees") {
  const auto seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U);
  const NodeId side = 6 + static_cast<NodeId>(seed);
  Problem problem = problem_of(random_planar(side, side, seed), random_weights(side * side, 30, seed), 0, 0);
  const PartId parts = 3 + static_cast<PartId>(seed % 3);
  const Components components = connected_components(*problem.graph);
  problem.parts = PartsRange{parts + components.count, parts + components.count};
  problem.upper = total(problem.weights) / parts;
  const Plan plan = solve(problem, with_seed(seed));
  const Certificate certificate = certify(problem, plan.labels);
  CHECK(keeps_all_rules(plan));
  CHECK(certificate.ok);
  CHECK(certificate.objective == plan.objective);
  CHECK(certificate.part_weights == plan.part_weights);
  CHECK(total(plan.part_weights) == total(problem.weights));
  CHECK(plan.part_count == problem.parts->min);
}

TEST_CASE("the same seed gives the same plan for 1, 2 and 4 threads, another seed another one") {
  Problem problem = problem_of(random_planar(12, 12, 3), random_weights(144, 30, 3), 0, 500);
  problem.lower = 250;
  SolveOptions options = with_seed(5, 40'000);
  const Plan one = solve(problem, options);
  options.threads = 2;
  CHECK(solve(problem, options).labels == one.labels);
  options.threads = 4;
  const Plan four = solve(problem, options);
  CHECK(four.labels == one.labels);
  CHECK(four.steps == one.steps);
  CHECK(solve(problem, with_seed(6, 40'000)).labels != one.labels);
}

TEST_CASE("exact balance on a grid is found") {
  const Problem problem = problem_of(grid(8, 8), std::vector<std::int64_t>(64, 1), 16, 16, PartsRange{4, 4});
  const Plan plan = solve(problem);
  CHECK(keeps_all_rules(plan));
  CHECK(plan.objective == 16);  // four quadrants
  CHECK(plan.stop_reason == StopReason::finished);
}

TEST_CASE("a free number of parts leaves room to both bounds") {
  const Problem problem = problem_of(grid(20, 13), std::vector<std::int64_t>(260, 10), 300, 500);
  const Plan plan = solve(problem);
  CHECK(plan.part_count == 7);  // 2600 households: 6 to 8 grids, of which 7 of 371 is furthest from both bounds
  CHECK(keeps_all_rules(plan));
}

TEST_CASE("groups stay together, pairs apart, locks where they are") {
  Problem problem = problem_of(grid(6, 6), std::vector<std::int64_t>(36, 1), 8, 16, PartsRange{3, 3});
  problem.together = {{0, 35}, {5, 4}};
  problem.apart = {{5, 30}, {6, 7}};
  problem.locked.assign(36, no_part);
  problem.locked[0] = 7;
  problem.locked[30] = 9;
  const auto seed = GENERATE(1U, 2U, 3U);
  const Plan plan = solve(problem, with_seed(seed));
  CHECK(keeps_all_rules(plan));
  CHECK(keeps_rules(problem, plan.labels));
}

TEST_CASE("a start plan is kept where nothing is better, improved where it can be, repaired where it breaks rules") {
  Problem problem = problem_of(path(9), std::vector<std::int64_t>(9, 1), 3, 3, PartsRange{3, 3});
  problem.start = {2, 2, 2, 0, 0, 0, 1, 1, 1};
  const Plan kept = solve(problem);
  CHECK(keeps_all_rules(kept));
  CHECK(kept.objective == 2);
  problem.start = {0, 1, 0, 1, 0, -1, 7, 7, 5};
  CHECK(keeps_all_rules(solve(problem)));
  problem.start.assign(9, no_part);
  CHECK(keeps_all_rules(solve(problem)));
}

TEST_CASE("k = 1 and k = n are proven optimal; more parts than nodes are proven impossible") {
  const Graph graph = grid(3, 4);
  const auto solved = [&](PartId parts) {
    return solve(problem_of(graph, std::vector<std::int64_t>(12, 1), 0, 12, PartsRange{parts, parts}));
  };
  CHECK(solved(1).status == PlanStatus::optimal);
  CHECK(solved(1).objective == 0);
  CHECK(solved(1).stop_reason == StopReason::proven);
  CHECK(solved(12).status == PlanStatus::optimal);
  CHECK(solved(12).objective == graph.num_edges());
  const Plan too_many = solved(13);
  CHECK(too_many.status == PlanStatus::infeasible);
  CHECK(too_many.part_count == 12);
}

TEST_CASE("small inputs are answered: no node, one node, zero weights, no edges") {
  CHECK(solve(problem_of(Graph(), {}, 0, 0)).status == PlanStatus::optimal);
  CHECK(solve(problem_of(Graph(), {}, 0, 0)).part_count == 0);
  CHECK(solve(problem_of(Graph(), {}, 0, 0, PartsRange{2, 2})).status == PlanStatus::infeasible);
  const Plan one = solve(problem_of(path(1), {400}, 300, 500));
  CHECK(one.status == PlanStatus::optimal);
  CHECK(one.labels == std::vector<PartId>{0});
  CHECK(keeps_all_rules(solve(problem_of(path(5), {0, 0, 0, 0, 0}, 0, 0, PartsRange{3, 3}))));
  const Plan islands = solve(problem_of(Graph::from_edges(3, {}, {}), {1, 2, 3}, 0, 3));
  CHECK(islands.status == PlanStatus::optimal);
  CHECK(islands.part_count == 3);
}

TEST_CASE("a problem proven infeasible is answered with a complete plan that breaks little") {
  const Problem problem = problem_of(path(55), std::vector<std::int64_t>(55, 10), 300, 500);
  const Plan plan = solve(problem);
  CHECK(plan.status == PlanStatus::infeasible);
  CHECK(plan.bound == std::nullopt);
  const Certificate certificate = certify(problem, plan.labels);
  CHECK(std::none_of(certificate.violations.begin(), certificate.violations.end(), [](const Violation& violation) {
    return violation.kind == ViolationKind::not_contiguous || violation.kind == ViolationKind::unassigned;
  }));
}

TEST_CASE("weights of 10^12 are handled without overflow") {
  const Problem problem = problem_of(grid(10, 10), std::vector<std::int64_t>(100, 1'000'000'000'000),
                                     20'000'000'000'000, 30'000'000'000'000, PartsRange{4, 4});
  CHECK(keeps_all_rules(solve(problem)));
}

TEST_CASE("a time limit of 0 and a stop request end in a complete plan") {
  const Problem problem = problem_of(grid(20, 20), std::vector<std::int64_t>(400, 1), 90, 110, PartsRange{4, 4});
  SolveOptions options;
  options.time_limit_s = 0;
  const Plan hurried = solve(problem, options);
  CHECK(hurried.stop_reason == StopReason::time_limit);
  CHECK(hurried.labels.size() == 400);
  CHECK(hurried.part_count == 4);
  std::stop_source source;
  source.request_stop();
  options = {};
  options.stop = source.get_token();
  const Plan stopped = solve(problem, options);
  CHECK(stopped.stop_reason == StopReason::interrupted);
  CHECK(stopped.part_count == 4);
}

TEST_CASE("progress is reported on the way, may stop the search, and what it throws comes through") {
  const Problem problem = problem_of(grid(30, 30), std::vector<std::int64_t>(900, 1), 88, 92, PartsRange{10, 10});
  std::stop_source source;
  SolveOptions options = with_seed(1, 2'000'000'000);
  options.threads = 2;
  options.stop = source.get_token();
  int calls = 0;
  options.progress = [&](const SolveProgress& progress) {
    CHECK(progress.fraction >= 0);
    CHECK(progress.fraction <= 1);
    if (++calls == 2) source.request_stop();
  };
  CHECK(solve(problem, options).stop_reason == StopReason::interrupted);
  CHECK(calls >= 2);
  options.stop = {};
  options.progress = [](const SolveProgress&) { throw std::runtime_error("from the callback"); };
  CHECK_THROWS_AS(solve(problem, options), std::runtime_error);
}

TEST_CASE("options out of range are named") {
  const Problem problem = problem_of(path(3), {1, 1, 1}, 0, 3);
  SolveOptions options;
  options.threads = 0;
  CHECK_THROWS_AS(solve(problem, options), InvalidInput);
  options = {};
  options.time_limit_s = -1;
  CHECK_THROWS_AS(solve(problem, options), InvalidInput);
  options.time_limit_s = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(solve(problem, options), InvalidInput);
  options = {};
  options.steps = -1;
  CHECK_THROWS_AS(solve(problem, options), InvalidInput);
}

TEST_CASE("statuses and stop reasons have names") {
  CHECK(to_string(PlanStatus::unknown) == "unknown");
  CHECK(to_string(StopReason::step_limit) == "step_limit");
  CHECK(to_string(Objective(objective::SharedPerimeter{})) == "shared_perimeter");
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/bound.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <vector>

#include "catch_compat.hpp"
#include "districting/random_problem.hpp"
#include "shequ/districting/enumerate.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

/// The least weighted sum of `terms` over all plans; parts may be numbered in any way, for objective::Disturbance.
std::optional<std::int64_t> least_sum(const Problem& problem, const std::vector<std::size_t>& terms) {
  bool has_numbers = false;
  for (const ObjectiveTerm& term : problem.objective) {
    has_numbers = has_numbers || std::holds_alternative<objective::Disturbance>(term.of);
  }
  std::optional<std::int64_t> least;
  for_each_plan(problem, [&](std::span<const PartId> plan) {
    const PartId count = *std::max_element(plan.begin(), plan.end()) + 1;
    std::vector<PartId> numbers(static_cast<std::size_t>(has_numbers ? count + 2 : count));
    std::iota(numbers.begin(), numbers.end(), PartId{0});
    const std::vector<PartId> as_found(plan.begin(), plan.end());
    do {
      std::vector<PartId> labels;
      for (const PartId part : plan) labels.push_back(numbers[static_cast<std::size_t>(part)]);
      std::int64_t sum = 0;
      for (const std::size_t t : terms) {
        const Objective& of = problem.objective[t].of;
        const bool is_numbered = std::holds_alternative<objective::Disturbance>(of);
        sum += problem.objective[t].weight * objective_value(of, problem, is_numbered ? labels : as_found);
      }
      if (!least || sum < *least) least = sum;
    } while (has_numbers && std::next_permutation(numbers.begin(), numbers.end()));
    return true;
  });
  return least;
}

/// Every kind of objective with made-up columns, in the order of the variant.
std::vector<Objective> every_objective(const Problem& problem, std::uint64_t seed) {
  const NodeId n = problem.graph->num_nodes();
  Random random(seed, 31);
  const auto column = [&](std::uint32_t most) { return random_weights(n, most, random.bits()); };
  std::vector<std::int64_t> lengths = random_weights(problem.graph->num_edges(), 40, seed);
  StaffingRule rule;
  rule.base = 1 + static_cast<std::int64_t>(random.below(3));
  rule.base_households = random.below(8);
  rule.step_households = 1 + static_cast<std::int64_t>(random.below(5));
  rule.rounding = static_cast<Rounding>(random.below(3));
  const bool own = random.below(2) == 0;
  const std::vector<std::int64_t> households = own ? column(5) : std::vector<std::int64_t>{};
  std::vector<std::int32_t> region;
  std::vector<PartId> previous;
  for (NodeId v = 0; v < n; ++v) {
    region.push_back(static_cast<std::int32_t>(random.below(4)) - 1);
    previous.push_back(static_cast<PartId>(random.below(4)) - 1);
  }
  const std::optional<std::int64_t> target = own ? std::optional<std::int64_t>(random.below(9)) : std::nullopt;
  std::vector<std::int64_t> distances = random_weights(2 * n, 30, seed + 5);
  return {objective::CutEdges{},
          objective::SharedPerimeter{lengths},
          objective::PolsbyPopper{column(50), column(20), lengths},
          objective::Reock{column(50), column(9), column(9)},
          objective::Inertia{households, column(9), column(9)},
          objective::Deviation{households, target, random.below(2) == 0 ? objective::Norm::sum : objective::Norm::max},
          objective::PartCount{},
          objective::Staff{rule, households},
          objective::StaffLoad{rule, households},
          objective::RegionSplits{region},
          objective::Disturbance{previous, households},
          objective::Travel{2, distances}};
}

ObjectiveBound bound_by_flows(Problem problem, std::optional<std::int64_t> target = std::nullopt) {
  // A term on numbers of parts keeps enumeration out, so that flows have to do the work; of weight 0 it adds nothing.
  const auto n = static_cast<std::size_t>(problem.graph->num_nodes());
  problem.objective.push_back({objective::Disturbance{std::vector<PartId>(n, no_part), {}}, 0});
  BoundOptions options;
  options.target = target;
  options.time_limit_s = 60.0;  // flows end sooner, when they gain no more
  return lower_bound(problem, options);
}

}  // namespace

TEST_CASE("no plan goes below the bound of any objective, and bounds are reached") {
  std::map<std::size_t, int> reached;
  int with_plans = 0;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    Problem problem = random_problem(seed, 6);
    const std::vector<Objective> objectives = every_objective(problem, seed);
    for (std::size_t kind = 0; kind < objectives.size(); ++kind) {
      problem.objective = {{objectives[kind], 3}};
      const std::optional<std::int64_t> least = least_sum(problem, {0});
      if (!least) break;
      with_plans += kind == 0 ? 1 : 0;
      const ObjectiveBound bound = lower_bound(problem);
      INFO("seed " << seed << ", " << to_string(objectives[kind]) << " by " << to_string(bound.argument));
      REQUIRE(bound.value >= 0);
      REQUIRE(bound.value <= *least);
      if (bound.value == *least && *least > 0) ++reached[kind];
    }
  }
  CHECK(with_plans > 200);
  for (const std::size_t kind : {0U, 1U, 5U, 6U, 7U, 8U, 9U, 10U, 11U}) {
    INFO("objective " << kind);
    CHECK(reached[kind] > 10);
  }
}

TEST_CASE("the bound of a sum is that of its shares, each of which holds for its own terms") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Problem problem = random_problem(seed, 6);
    Random random(seed, 41);
    std::vector<Objective> objectives = every_objective(problem, seed);
    random.shuffle(objectives);
    problem.objective.clear();
    for (std::size_t t = 0; t < 4; ++t) problem.objective.push_back({objectives[t], random.below(4)});
    const ObjectiveBound bound = lower_bound(problem);
    const std::optional<std::int64_t> least = least_sum(problem, {0, 1, 2, 3});
    if (!least) continue;
    INFO("seed " << seed);
    REQUIRE(bound.value <= *least);
    std::int64_t sum = 0;
    for (const BoundShare& share : bound.shares) {
      REQUIRE(share.amount > 0);
      REQUIRE(share.amount <= *least_sum(problem, share.terms));
      sum += share.amount;
    }
    REQUIRE(sum == bound.value);
  }
}

TEST_CASE("flows prove bounds that hold, are no worse than counting, and reach many optima") {
  int reached = 0;
  int with_plans = 0;
  int by_flows = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Problem problem = random_problem(seed, 8);
    if (seed % 3 == 0)
      problem.objective = {{objective::SharedPerimeter{random_weights(problem.graph->num_edges(), 30, seed)}, 2}};
    if (seed % 7 == 0) problem.objective.push_back({objective::CutEdges{}, 5});
    const ObjectiveBound bound = bound_by_flows(problem);
    std::vector<std::size_t> terms(problem.objective.size());
    std::iota(terms.begin(), terms.end(), std::size_t{0});
    const std::optional<std::int64_t> least = least_sum(problem, terms);
    if (!least) continue;
    INFO("seed " << seed);
    REQUIRE(bound.value <= *least);
    REQUIRE(bound.value >= lower_bound(problem).value);
    ++with_plans;
    reached += bound.value == *least ? 1 : 0;
    by_flows += bound.argument == BoundArgument::flow ? 1 : 0;
  }
  CHECK(with_plans > 300);
  CHECK(reached > with_plans / 2);
  CHECK(by_flows > 50);
}

TEST_CASE("flows prove that a square cannot be halved by fewer edges than its side has") {
  const Problem problem = problem_of(grid(8, 8), std::vector<std::int64_t>(64, 1), 32, 32, PartsRange{2, 2});
  const ObjectiveBound bound = bound_by_flows(problem, 8);
  CHECK(bound.value == 8);
  CHECK(bound.argument == BoundArgument::flow);
  CHECK(lower_bound(problem).value == 2);  // one more than the parts less one: no edge is a bridge
}

TEST_CASE("with time small graphs are enumerated, and the bound is the optimum") {
  BoundOptions options;
  options.time_limit_s = 600.0;
  int found = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Problem problem = random_problem(seed, 8);
    problem.objective.push_back({objective::PartCount{}, 2});
    const std::optional<std::int64_t> least = least_sum(problem, {0, 1});
    if (!least) continue;
    INFO("seed " << seed);
    const ObjectiveBound bound = lower_bound(problem, options);
    REQUIRE(bound.value == *least);
    REQUIRE(bound.argument == BoundArgument::enumeration);
    ++found;
  }
  CHECK(found > 50);
}

TEST_CASE("the slope of a staffing rule bounds the staff of all parts") {
  // 4 posts up to 1,000 households, one more per additional 250: 1,249 households are the most that 4 posts serve.
  Problem problem = problem_of(path(100), std::vector<std::int64_t>(100, 100), 500, 3000);
  problem.objective = {{objective::Staff{}, 1}};
  const ObjectiveBound bound = lower_bound(problem);
  CHECK(bound.argument == BoundArgument::steps);
  // 10,000 households: 8 parts of 4 posts serve 9,992, the other 8 households need one post more. With 7 parts it is
  // 28 posts for 8,743 and 6 more, with 9 parts 36.
  CHECK(bound.value == 33);
}

TEST_CASE("large weights leave bounds exact") {
  constexpr std::int64_t trillion = 1'000'000'000'000;
  Problem problem = problem_of(grid(4, 4), std::vector<std::int64_t>(16, trillion), 8 * trillion, 8 * trillion);
  std::vector<std::int64_t> lengths(static_cast<std::size_t>(problem.graph->num_edges()), trillion);
  problem.objective = {{objective::SharedPerimeter{lengths}, 1000}};
  const ObjectiveBound bound = bound_by_flows(problem);
  CHECK(bound.value <= 4000 * trillion);
  CHECK(bound.value > 3900 * trillion);
}

TEST_CASE("odd problems have bounds, and options out of range are named") {
  Problem nothing = problem_of(Graph(), {}, 0, 0);
  nothing.objective = {{objective::Deviation{{}, 7, objective::Norm::sum}, 1}, {objective::PartCount{}, 1}};
  CHECK(lower_bound(nothing).value == 0);
  Problem lane = problem_of(path(4), {1, 1, 1, 1}, 1, 1);
  CHECK(lower_bound(lane).value == 3);
  CHECK(lower_bound(lane).argument == BoundArgument::every_edge);
  lane.objective.clear();
  CHECK(lower_bound(lane).value == 0);
  CHECK(lower_bound(lane).argument == BoundArgument::none);
  lane.upper = 0;  // no plan at all: an answer all the same
  lane.lower = 0;
  lane.objective = {{objective::CutEdges{}, 1}, {objective::Staff{}, 1}, {objective::StaffLoad{}, 1}};
  BoundOptions options;
  options.time_limit_s = 1.0;
  CHECK(lower_bound(lane, options).value >= 0);
  for (const double seconds : {-1.0, 1e10, std::numeric_limits<double>::quiet_NaN()}) {
    options.time_limit_s = seconds;
    CHECK_THROWS_AS(lower_bound(lane, options), InvalidInput);
  }
}

// SPDX-License-Identifier: BSD-3-Clause
// What holds for every problem: random ones with rules and objectives of all kinds mixed.
#include <algorithm>
#include <numeric>
#include <thread>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "districting/random_problem.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/diagnose.hpp"
#include "shequ/districting/enumerate.hpp"
#include "shequ/districting/solve.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

/// A random problem with several objectives and, at times, a start plan that may break rules or leave nodes out.
Problem mixed_problem(std::uint64_t seed, NodeId most_nodes) {
  Problem problem = random_problem(seed, most_nodes);
  Random random(seed, 41);
  const auto n = static_cast<std::size_t>(problem.graph->num_nodes());
  const auto column = [&](std::size_t size, std::uint32_t most) {
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < size; ++i) values.push_back(random.below(most + 1));
    return values;
  };
  problem.objective.clear();
  if (random.below(2) == 0) problem.objective.push_back({objective::CutEdges{}, 1 + random.below(3)});
  if (random.below(3) == 0) {
    const auto edges = static_cast<std::size_t>(problem.graph->num_edges());
    problem.objective.push_back({objective::SharedPerimeter{column(edges, 9)}, 1});
  }
  if (random.below(3) == 0) problem.objective.push_back({objective::Staff{StaffingRule{1, 4, 3}, {}}, 2});
  if (random.below(4) == 0)
    problem.objective.push_back({objective::Deviation{{}, std::nullopt, objective::Norm::max}, 1});
  if (random.below(4) == 0) problem.objective.push_back({objective::PartCount{}, 3});
  if (random.below(4) == 0) {
    std::vector<std::int32_t> region;
    for (std::size_t v = 0; v < n; ++v) region.push_back(static_cast<std::int32_t>(random.below(4)) - 1);
    problem.objective.push_back({objective::RegionSplits{region}, 2});
  }
  if (random.below(4) == 0) problem.objective.push_back({objective::Inertia{{}, column(n, 9), column(n, 9)}, 1});
  if (random.below(3) == 0) {
    for (std::size_t v = 0; v < n; ++v) problem.start.push_back(static_cast<PartId>(random.below(5)) * 3 - 1);
  }
  return problem;
}

std::vector<NodeId> permutation(NodeId num_nodes, std::uint64_t seed) {
  std::vector<NodeId> place(static_cast<std::size_t>(num_nodes));
  std::iota(place.begin(), place.end(), NodeId{0});
  Random random(seed, 5);
  for (std::size_t i = place.size(); i > 1; --i) {
    std::swap(place[i - 1], place[random.below(static_cast<std::uint32_t>(i))]);
  }
  return place;
}

/// The same problem with node v called place[v]; edges keep their order.
Problem permuted(const Problem& problem, const std::vector<NodeId>& place) {
  const auto at = [&](NodeId v) { return place[static_cast<std::size_t>(v)]; };
  const auto moved = [&](const auto& column) {
    auto result = column;
    for (std::size_t v = 0; v < column.size(); ++v) result[static_cast<std::size_t>(place[v])] = column[v];
    return result;
  };
  Problem result = problem;
  std::vector<std::pair<NodeId, NodeId>> edges;
  for (EdgeId e = 0; e < problem.graph->num_edges(); ++e) {
    edges.emplace_back(at(problem.graph->source(e)), at(problem.graph->target(e)));
  }
  result.graph = std::make_shared<const Graph>(graph_of(problem.graph->num_nodes(), edges));
  result.weights = moved(problem.weights);
  for (Balance& balance : result.balances) balance.weights = moved(balance.weights);
  for (auto& group : result.together) std::transform(group.begin(), group.end(), group.begin(), at);
  for (auto* pairs : {&result.apart, &result.links}) {
    for (auto& [a, b] : *pairs) {
      a = at(a);
      b = at(b);
    }
  }
  result.locked = moved(problem.locked);
  result.start = moved(problem.start);
  for (ObjectiveTerm& term : result.objective) {
    if (auto* inertia = std::get_if<objective::Inertia>(&term.of)) {
      inertia->x = moved(inertia->x);
      inertia->y = moved(inertia->y);
    }
    if (auto* splits = std::get_if<objective::RegionSplits>(&term.of)) splits->region = moved(splits->region);
  }
  return result;
}

bool keeps_all_rules(PlanStatus status) { return status == PlanStatus::feasible || status == PlanStatus::optimal; }

}  // namespace

TEST_CASE("plans are what they say, by certify, by the definitions of the rules and by enumeration") {
  int solved = 0;
  int solvable = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    INFO("seed " << seed);
    const Problem problem = mixed_problem(seed, 10);
    SolveOptions options;
    options.seed = seed;
    options.steps = 3000;
    const Plan plan = solve(problem, options);
    const Certificate certificate = certify(problem, plan.labels);
    REQUIRE(certificate.ok == keeps_rules(problem, plan.labels));
    REQUIRE(certificate.ok == keeps_all_rules(plan.status));
    REQUIRE(certificate.objective == plan.objective);
    REQUIRE(certificate.terms == plan.terms);
    REQUIRE(objective_values(problem, plan.labels) == plan.terms);
    REQUIRE(certificate.part_weights == plan.part_weights);
    REQUIRE((plan.status == PlanStatus::infeasible) == (diagnose(problem).feasible == false));

    std::optional<std::int64_t> least;
    for_each_plan(problem, [&](std::span<const PartId> labels) {
      const Certificate other = certify(problem, labels);
      REQUIRE(other.ok);
      least = std::min(least.value_or(other.objective), other.objective);
      return true;
    });
    if (plan.status == PlanStatus::infeasible) REQUIRE_FALSE(least);
    if (certificate.ok) REQUIRE(plan.objective >= least.value());
    if (plan.bound && least) REQUIRE(*plan.bound <= *least);
    if (plan.status == PlanStatus::optimal) REQUIRE(plan.objective == least);
    solvable += least ? 1 : 0;
    solved += certificate.ok ? 1 : 0;
  }
  INFO(solved << " of " << solvable << " problems that have a plan were solved");
  CHECK(solvable > 100);
  CHECK(solved * 100 >= solvable * 98);
}

TEST_CASE("calling nodes by other numbers changes neither what is proven nor what a plan is worth") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    const Problem problem = mixed_problem(seed, 12);
    const std::vector<NodeId> place = permutation(problem.graph->num_nodes(), seed);
    const Problem other = permuted(problem, place);
    const Diagnosis diagnosis = diagnose(problem);
    const Diagnosis moved = diagnose(other);
    REQUIRE(diagnosis.feasible == moved.feasible);
    REQUIRE(diagnosis.parts_range == moved.parts_range);
    REQUIRE(diagnosis.relaxations.size() == moved.relaxations.size());
    for (std::size_t r = 0; r < moved.relaxations.size(); ++r) {
      REQUIRE(diagnosis.relaxations[r].english == moved.relaxations[r].english);
    }
    SolveOptions options;
    options.steps = 500;
    const Plan plan = solve(problem, options);
    std::vector<PartId> labels(plan.labels.size());
    for (std::size_t v = 0; v < labels.size(); ++v) labels[static_cast<std::size_t>(place[v])] = plan.labels[v];
    const Certificate certificate = certify(other, labels);
    REQUIRE(certificate.terms == plan.terms);
    REQUIRE(certificate.objective == plan.objective);
    REQUIRE(certificate.ok == keeps_all_rules(plan.status));
    REQUIRE(certificate.violations.size() == certify(problem, plan.labels).violations.size());
  }
}

TEST_CASE("the same seed gives the same plan on 1, 2 and 4 threads, whatever the rules") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const Problem problem = mixed_problem(seed, 40);
    SolveOptions options;
    options.seed = seed;
    options.steps = 4000;
    const Plan plan = solve(problem, options);
    for (const int threads : {2, 4}) {
      options.threads = threads;
      const Plan other = solve(problem, options);
      REQUIRE(other.labels == plan.labels);
      REQUIRE(other.steps == plan.steps);
      REQUIRE(other.status == plan.status);
    }
  }
}

TEST_CASE("threads may solve problems on one graph at the same time") {
  Problem problem = problem_of(grid(8, 8), random_weights(64, 5, 3), 20, 60);
  SolveOptions options;
  options.steps = 20000;
  const std::vector<PartId> alone = solve(problem, options).labels;
  std::vector<std::vector<PartId>> together(4);
  std::vector<std::thread> threads;
  for (std::vector<PartId>& labels : together) {
    threads.emplace_back([&] {
      Problem own = problem;  // the graph is shared NOLINT(performance-unnecessary-copy-initialization)
      labels = diagnose(own).feasible == false ? std::vector<PartId>() : solve(own, options).labels;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<PartId>& labels : together) CHECK(labels == alone);
}

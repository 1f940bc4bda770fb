// SPDX-License-Identifier: BSD-3-Clause
// Proofs by cut vertices, locks, closed parts and balances; enumeration judges them.
#include <algorithm>
#include <string>
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

bool has(const Diagnosis& diagnosis, ReasonKind kind) {
  return std::any_of(diagnosis.reasons.begin(), diagnosis.reasons.end(),
                     [&](const Reason& reason) { return reason.kind == kind; });
}

bool has_plan(const Problem& problem) {
  EnumerateOptions options;
  options.limit = 1;
  return enumerate_plans(problem, options).count > 0;
}

Problem relaxed(Problem problem, const Relaxation& relaxation) {
  if (relaxation.lower) problem.lower = *relaxation.lower;
  if (relaxation.upper) problem.upper = *relaxation.upper;
  if (relaxation.parts) problem.parts = relaxation.parts;
  return problem;
}

/// Four streets of `houses` houses of 50 each that meet at one crossing, node 0.
Problem crossing(NodeId houses, std::int64_t lower, std::int64_t upper) {
  std::vector<std::pair<NodeId, NodeId>> edges;
  for (NodeId street = 0; street < 4; ++street) {
    const NodeId first = 1 + street * houses;
    edges.emplace_back(0, first);
    for (NodeId h = 1; h < houses; ++h) edges.emplace_back(first + h - 1, first + h);
  }
  std::vector<std::int64_t> weights(static_cast<std::size_t>(1 + 4 * houses), 50);
  weights[0] = 0;
  return problem_of(graph_of(1 + 4 * houses, edges), weights, lower, upper);
}

}  // namespace

TEST_CASE("pieces around a cut vertex that are too light alone are too heavy together") {
  // Streets of 200 that touch only at a crossing: none is a part of 300 by itself, and all four weigh 800.
  const Problem problem = crossing(4, 300, 500);
  REQUIRE_FALSE(has_plan(problem));
  const Diagnosis diagnosis = diagnose(problem);
  CHECK(diagnosis.feasible == false);
  REQUIRE(diagnosis.reasons.size() == 1);
  CHECK(diagnosis.reasons[0].kind == ReasonKind::cut_vertex_above_upper);
  REQUIRE(diagnosis.relaxations.size() == 2);
  CHECK(diagnosis.relaxations[0].lower == 200);
  CHECK(diagnosis.relaxations[1].upper == 800);
  for (const Relaxation& relaxation : diagnosis.relaxations) CHECK(has_plan(relaxed(problem, relaxation)));
}

TEST_CASE("what no whole number of parts can hold is left to the part of the cut vertex") {
  // Streets of 550 leave 50 each beyond one part of 500: a crossing of 301 has no room for four times 50, one of 300
  // has.
  Problem problem = crossing(11, 300, 500);
  problem.weights[0] = 301;
  CHECK(has(diagnose(problem), ReasonKind::cut_vertex_above_upper));
  problem.weights[0] = 300;
  CHECK(diagnose(problem).feasible == std::nullopt);
  CHECK(has_plan(problem));
}

TEST_CASE("a group takes the cut vertices between its nodes, and what they bring with them") {
  Problem lane = problem_of(path(5), {2, 3, 3, 3, 2}, 1, 9);
  lane.together = {{0, 4}};
  CHECK(has(diagnose(lane), ReasonKind::together_above_upper));  // 13 with the way between them
  CHECK(diagnose(lane).relaxations[0].upper == 13);
  lane.upper = 13;
  CHECK(diagnose(lane).feasible == true);
  lane.apart = {{1, 2}};
  CHECK(has(diagnose(lane), ReasonKind::cut_vertex_apart));
  CHECK(diagnose(lane).relaxations.empty());
  lane.apart.clear();
  lane.locked = {no_part, 3, no_part, 8, no_part};
  CHECK(has(diagnose(lane), ReasonKind::cut_vertex_apart));
}

TEST_CASE("a group with no light way between its nodes is too heavy, cut vertices or not") {
  Problem ring = problem_of(graph_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}}), {1, 4, 4, 1, 5, 5}, 1, 9);
  ring.together = {{0, 3}};
  REQUIRE_FALSE(has_plan(ring));
  const Diagnosis diagnosis = diagnose(ring);
  CHECK(has(diagnosis, ReasonKind::together_above_upper));
  REQUIRE_FALSE(diagnosis.relaxations.empty());
  CHECK(diagnosis.relaxations[0].upper == 10);
  CHECK(has_plan(relaxed(ring, diagnosis.relaxations[0])));
}

TEST_CASE("locks and pairwise apart nodes are so many parts at least") {
  Problem square = problem_of(grid(3, 3), std::vector<std::int64_t>(9, 10), 0, 90, PartsRange{1, 2});
  square.locked = {0, no_part, 1, no_part, no_part, no_part, 2, no_part, no_part};
  const Diagnosis locks = diagnose(square);
  CHECK(locks.parts_range == PartsRange{3, 9});
  REQUIRE(has(locks, ReasonKind::parts_out_of_range));
  CHECK(locks.relaxations[0].parts == PartsRange{3, 3});
  square.locked.clear();
  square.apart = {{0, 2}, {0, 6}, {0, 8}, {2, 6}, {2, 8}, {6, 8}, {4, 0}, {4, 8}};
  CHECK(diagnose(square).parts_range == PartsRange{4, 9});
  square.parts.reset();
  square.lower = 30;
  const Diagnosis apart = diagnose(square);
  CHECK(has(apart, ReasonKind::no_part_count));
  CHECK(apart.relaxations[0].lower == 22);
}

TEST_CASE("heavy nodes are parts of their own, and nodes of nobody hold up no lower bound") {
  const Diagnosis heavy = diagnose(problem_of(path(4), {6, 6, 6, 0}, 0, 10, PartsRange{1, 2}));
  CHECK(heavy.parts_range == PartsRange{3, 4});
  CHECK(heavy.feasible == false);
  const Diagnosis nobody = diagnose(problem_of(path(4), {9, 0, 0, 0}, 1, 9, PartsRange{2, 2}));
  CHECK(nobody.feasible == false);
  REQUIRE_FALSE(nobody.relaxations.empty());
  for (const Relaxation& relaxation : nobody.relaxations) {
    CHECK(has_plan(relaxed(problem_of(path(4), {9, 0, 0, 0}, 1, 9, PartsRange{2, 2}), relaxation)));
  }
}

TEST_CASE("a balance has its own numbers of parts") {
  Problem problem = problem_of(path(6), {1, 1, 1, 1, 1, 1}, 1, 6);
  problem.balances = {{"area", {5, 5, 5, 5, 5, 5}, 8, 14}};
  CHECK(diagnose(problem).parts_range == PartsRange{3, 3});
  problem.balances[0].lower = 11;
  const Diagnosis diagnosis = diagnose(problem);
  REQUIRE(has(diagnosis, ReasonKind::balance_part_count));
  CHECK(diagnosis.reasons[0].english == "the graph has 30 of area: no whole number of parts of 11..14 fits");
  CHECK(diagnosis.relaxations.empty());  // neither the bounds of the weight nor the number of parts change that
}

TEST_CASE("closed parts are taken as they are, and what lies beyond them is on its own") {
  Problem lane = problem_of(path(5), {4, 4, 4, 4, 4}, 8, 12);
  lane.locked = {no_part, no_part, 5, no_part, no_part};
  lane.closed = {5};
  const Diagnosis light = diagnose(lane);
  CHECK(has(light, ReasonKind::component_below_lower));
  CHECK(light.reasons[0].english == "closed part 5 (2) weighs 4, below lower=8");
  lane.lower = 4;
  CHECK(diagnose(lane).feasible == true);
  CHECK(diagnose(lane).parts_range == PartsRange{3, 5});
  lane.together = {{1, 3}};  // only through the closed part
  CHECK(has(diagnose(lane), ReasonKind::together_disconnected));
  lane.together = {{1, 2}};
  CHECK(has(diagnose(lane), ReasonKind::closed_with_others));
  lane.together.clear();
  lane.locked = {5, no_part, 5, no_part, no_part};
  CHECK(has(diagnose(lane), ReasonKind::lock_disconnected));
}

TEST_CASE("solve returns the obvious plan where its search finds none in time") {
  Problem problem = problem_of(path(7), {5, 5, 5, 5, 5, 5, 5}, 5, 5, PartsRange{7, 7});
  const Diagnosis diagnosis = diagnose(problem);
  REQUIRE(diagnosis.feasible == true);
  CHECK(certify(problem, diagnosis.plan).ok);
  SolveOptions hurried;
  hurried.time_limit_s = 0;
  CHECK(solve(problem, hurried).status == PlanStatus::optimal);
}

TEST_CASE("of tiny problems of all kinds, infeasible and feasible are proven rightly, and most that have no plan are") {
  int infeasible = 0;
  int proven = 0;
  int relaxations = 0;
  int good_relaxations = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    const Problem problem = random_problem(seed);
    const bool exists = has_plan(problem);
    const Diagnosis diagnosis = diagnose(problem);
    INFO("seed " << seed);
    if (diagnosis.feasible) REQUIRE(*diagnosis.feasible == exists);
    REQUIRE((diagnosis.feasible == false) == !diagnosis.reasons.empty());
    REQUIRE((diagnosis.feasible == true) == (problem.graph->num_nodes() == 0 || !diagnosis.plan.empty()));
    if (!diagnosis.plan.empty()) REQUIRE(certify(problem, diagnosis.plan).ok);
    infeasible += exists ? 0 : 1;
    proven += diagnosis.feasible == false ? 1 : 0;
    for (const Relaxation& relaxation : diagnosis.relaxations) {
      const Problem changed = relaxed(problem, relaxation);
      REQUIRE(diagnose(changed).feasible != false);
      ++relaxations;
      good_relaxations += has_plan(changed) ? 1 : 0;
    }
  }
  const std::string counts = std::to_string(proven) + " of " + std::to_string(infeasible) + " proven, " +
                             std::to_string(good_relaxations) + " of " + std::to_string(relaxations) +
                             " relaxations have a plan";
  INFO(counts);
  CHECK(infeasible > 1000);
  CHECK(proven * 100 >= infeasible * 95);
  CHECK(good_relaxations * 100 >= relaxations * 80);
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/diagnose.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "shequ/districting/solve.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

/// A street of single households: any counting relaxation can be carried out on it.
Problem street(std::int64_t households, std::int64_t lower, std::int64_t upper,
               std::optional<PartsRange> parts = std::nullopt) {
  const auto nodes = static_cast<NodeId>(households);
  return problem_of(path(nodes), std::vector<std::int64_t>(static_cast<std::size_t>(households), 1), lower, upper,
                    parts);
}

Problem relaxed(Problem problem, const Relaxation& relaxation) {
  if (relaxation.lower) problem.lower = *relaxation.lower;
  if (relaxation.upper) problem.upper = *relaxation.upper;
  if (relaxation.parts) problem.parts = relaxation.parts;
  return problem;
}

bool keeps_all_rules(PlanStatus status) { return status == PlanStatus::feasible || status == PlanStatus::optimal; }

}  // namespace

TEST_CASE("numbers of grids of 300 to 500 households") {
  // Worked examples: the whole range, the gaps below 300 and from 501 to 599, and the edges beside them.
  const auto range = [](std::int64_t households) { return part_count_range(households, 300, 500); };
  CHECK(range(0) == PartsRange{0, 0});
  CHECK(range(1) == std::nullopt);
  CHECK(range(299) == std::nullopt);
  CHECK(range(300) == PartsRange{1, 1});
  CHECK(range(500) == PartsRange{1, 1});
  CHECK(range(501) == std::nullopt);
  CHECK(range(550) == std::nullopt);
  CHECK(range(599) == std::nullopt);
  CHECK(range(600) == PartsRange{2, 2});
  CHECK(range(1000) == PartsRange{2, 3});
  CHECK(range(1001) == PartsRange{3, 3});
  CHECK(range(1200) == PartsRange{3, 4});
  CHECK(range(2600) == PartsRange{6, 8});
  CHECK(part_count_range(4839, 160, 255) == PartsRange{19, 30});
  CHECK(part_count_range(10, 0, 0) == std::nullopt);
  CHECK_THROWS_AS(part_count_range(-1, 300, 500), InvalidInput);
  CHECK_THROWS_AS(part_count_range(1, -1, 500), InvalidInput);
  CHECK_THROWS_AS(part_count_range(1, 501, 500), InvalidInput);
}

TEST_CASE("550 households in grids of 300 to 500: lower 275 or upper 550, and both work") {
  const Problem problem = street(550, 300, 500);
  const Diagnosis diagnosis = diagnose(problem);
  CHECK(diagnosis.feasible == false);
  REQUIRE(diagnosis.reasons.size() == 1);
  CHECK(diagnosis.reasons[0].kind == ReasonKind::no_part_count);
  CHECK(diagnosis.reasons[0].english == "the graph weighs 550: no whole number of parts of 300..500 fits");
  CHECK(diagnosis.parts_range == std::nullopt);
  REQUIRE(diagnosis.relaxations.size() == 2);
  CHECK(diagnosis.relaxations[0].lower == 275);
  CHECK(diagnosis.relaxations[0].english == "lower=275");
  CHECK(diagnosis.relaxations[1].upper == 550);
  for (const Relaxation& relaxation : diagnosis.relaxations) {
    CHECK(keeps_all_rules(solve(relaxed(problem, relaxation)).status));
  }
}

TEST_CASE("200 households in grids of 300 to 500: only a lower bound of 200 helps") {
  const Diagnosis diagnosis = diagnose(street(200, 300, 500));
  REQUIRE(diagnosis.reasons.size() == 1);
  CHECK(diagnosis.reasons[0].kind == ReasonKind::component_below_lower);
  REQUIRE(diagnosis.relaxations.size() == 1);
  CHECK(diagnosis.relaxations[0].lower == 200);
  CHECK(diagnosis.relaxations[0].upper == std::nullopt);
}

TEST_CASE("every relaxation of counting arguments can be carried out, and nothing smaller can") {
  const auto households = GENERATE(23, 31, 47, 52, 59);
  const Problem problem = street(households, 24, 30);
  const Diagnosis diagnosis = diagnose(problem);
  if (part_count_range(households, 24, 30)) {
    CHECK(diagnosis.reasons.empty());
    CHECK(keeps_all_rules(solve(problem).status));
    return;
  }
  CHECK(diagnosis.feasible == false);
  REQUIRE_FALSE(diagnosis.relaxations.empty());
  for (const Relaxation& relaxation : diagnosis.relaxations) {
    CHECK(keeps_all_rules(solve(relaxed(problem, relaxation)).status));
    Relaxation smaller = relaxation;
    if (smaller.lower) ++*smaller.lower;
    if (smaller.upper) --*smaller.upper;
    CHECK(diagnose(relaxed(problem, smaller)).feasible == false);
  }
}

TEST_CASE("a tower of 620 households is named, and upper 620 accepts it alone") {
  TextColumn ids;
  for (const char* id : {"block 1", "tower", "block 2"}) ids.push_back(id);
  const Problem problem = problem_of(path(3).with_ids(std::move(ids)), {400, 620, 350}, 300, 500);
  const Diagnosis diagnosis = diagnose(problem);
  REQUIRE_FALSE(diagnosis.reasons.empty());
  CHECK(diagnosis.reasons[0].kind == ReasonKind::node_above_upper);
  CHECK(diagnosis.reasons[0].nodes == std::vector<NodeId>{1});
  CHECK(diagnosis.reasons[0].english == "node tower weighs 620, above upper=500");
  CHECK(diagnosis.reasons[0].chinese == "节点 tower 的户数为 620，高于上限 500");
  REQUIRE(diagnosis.relaxations.size() == 1);
  CHECK(diagnosis.relaxations[0].upper == 620);
}

TEST_CASE("components are judged one by one, and one relaxation repairs all of them") {
  // A block of 600, an island of 120 and one of 280: only the islands are at fault.
  const Problem problem = problem_of(graph_of(4, {{0, 1}}), {300, 300, 120, 280}, 300, 500);
  const Diagnosis diagnosis = diagnose(problem);
  CHECK(diagnosis.component_count == 3);
  REQUIRE(diagnosis.reasons.size() == 2);
  CHECK(diagnosis.reasons[0].nodes == std::vector<NodeId>{2});
  CHECK(diagnosis.reasons[1].nodes == std::vector<NodeId>{3});
  REQUIRE(diagnosis.relaxations.size() == 1);
  CHECK(diagnosis.relaxations[0].lower == 120);
  CHECK(keeps_all_rules(solve(relaxed(problem, diagnosis.relaxations[0])).status));
}

TEST_CASE("a node too heavy beside an island too light needs both bounds") {
  const Problem problem = problem_of(graph_of(3, {{0, 1}}), {620, 400, 100}, 300, 500);
  const Diagnosis diagnosis = diagnose(problem);
  REQUIRE(diagnosis.relaxations.size() == 1);
  CHECK(diagnosis.relaxations[0].lower == 100);
  CHECK(diagnosis.relaxations[0].upper == 620);
  CHECK(diagnosis.relaxations[0].english == "lower=100 and upper=620");
  CHECK(keeps_all_rules(solve(relaxed(problem, diagnosis.relaxations[0])).status));
}

TEST_CASE("a number of parts that the bounds do not allow is answered with the nearest one") {
  const Problem few = street(26, 3, 5, PartsRange{2, 3});
  const Diagnosis diagnosis = diagnose(few);
  REQUIRE(diagnosis.reasons.size() == 1);
  CHECK(diagnosis.reasons[0].kind == ReasonKind::parts_out_of_range);
  CHECK(diagnosis.reasons[0].english == "parts=2..3 must meet 6..8, which bounds and components allow");
  CHECK(diagnosis.parts_range == PartsRange{6, 8});
  CHECK(std::any_of(diagnosis.relaxations.begin(), diagnosis.relaxations.end(),
                    [](const Relaxation& r) { return r.parts == PartsRange{6, 6}; }));
  for (const Relaxation& relaxation : diagnosis.relaxations) {
    CHECK(keeps_all_rules(solve(relaxed(few, relaxation)).status));
  }
  const Problem many = street(26, 0, 26, PartsRange{27, 27});
  const Diagnosis too_many = diagnose(many);
  REQUIRE(too_many.reasons.size() == 1);
  CHECK(too_many.reasons[0].kind == ReasonKind::too_few_nodes);
  REQUIRE(too_many.relaxations.size() == 1);
  CHECK(too_many.relaxations[0].parts == PartsRange{26, 26});
}

TEST_CASE("groups and locks that cannot hold are proven and named") {
  Problem problem = problem_of(graph_of(5, {{0, 1}, {1, 2}, {3, 4}}), {4, 4, 4, 4, 4}, 1, 8);
  problem.together = {{0, 1, 2}, {2, 3}};
  problem.locked = {1, 2, no_part, 1, no_part};
  const Diagnosis diagnosis = diagnose(problem);
  CHECK(diagnosis.feasible == false);
  const auto has = [&](ReasonKind kind) {
    return std::any_of(diagnosis.reasons.begin(), diagnosis.reasons.end(),
                       [&](const Reason& reason) { return reason.kind == kind; });
  };
  CHECK(has(ReasonKind::together_above_upper));
  CHECK(has(ReasonKind::together_disconnected));
  CHECK(has(ReasonKind::lock_disconnected));
  CHECK(has(ReasonKind::apart_and_together));
  CHECK(diagnosis.relaxations.empty());  // no bound joins what does not touch
}

TEST_CASE("groups that share nodes are too heavy together where each alone is not") {
  Problem problem = problem_of(path(4), {4, 4, 4, 1}, 1, 8);
  problem.together = {{0, 1}, {1, 2}};
  const Diagnosis diagnosis = diagnose(problem);
  REQUIRE(diagnosis.reasons.size() == 1);
  CHECK(diagnosis.reasons[0].kind == ReasonKind::together_above_upper);
  CHECK(diagnosis.reasons[0].nodes == std::vector<NodeId>{0, 1, 2});
  REQUIRE_FALSE(diagnosis.relaxations.empty());
  CHECK(diagnosis.relaxations[0].upper == 12);
}

TEST_CASE("nodes that must be apart make two parts the least") {
  Problem problem = problem_of(path(4), {1, 1, 1, 1}, 3, 5);
  problem.apart = {{0, 3}};
  const Diagnosis diagnosis = diagnose(problem);
  REQUIRE(diagnosis.reasons.size() == 1);
  CHECK(diagnosis.reasons[0].kind == ReasonKind::no_part_count);
  REQUIRE(diagnosis.relaxations.size() == 1);
  CHECK(diagnosis.relaxations[0].lower == 2);
}

TEST_CASE("infeasible is said only where no division keeps the rules, feasible only where one does") {
  const auto seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 10U, 11U, 12U);
  Random random(seed, 3);
  Problem problem = problem_of(random_planar(2, 3, seed), random_weights(6, 6, seed), 0, 0);
  problem.lower = random.below(9);
  problem.upper = problem.lower + random.below(9);
  if (random.below(2) == 0) problem.parts = PartsRange{2, static_cast<PartId>(2 + random.below(3))};
  if (random.below(2) == 0) problem.apart = {{0, 1}};
  if (random.below(3) == 0) problem.together = {{2, 4}};
  const Diagnosis diagnosis = diagnose(problem);
  const bool exists = least_cost(problem).has_value();
  if (diagnosis.feasible) CHECK(*diagnosis.feasible == exists);
  CHECK((diagnosis.feasible == false) == !diagnosis.reasons.empty());
}

TEST_CASE("the empty graph and zero weights are diagnosed") {
  CHECK(diagnose(problem_of(Graph(), {}, 300, 500)).feasible == true);
  CHECK(diagnose(problem_of(Graph(), {}, 300, 500)).parts_range == PartsRange{0, 0});
  const Diagnosis parts = diagnose(problem_of(Graph(), {}, 300, 500, PartsRange{1, 1}));
  CHECK(parts.feasible == false);
  CHECK(diagnose(problem_of(path(3), {0, 0, 0}, 0, 0)).feasible == true);
  const Diagnosis nobody = diagnose(problem_of(path(3), {0, 0, 0}, 300, 500));
  REQUIRE(nobody.reasons.size() == 1);
  CHECK(nobody.reasons[0].kind == ReasonKind::component_below_lower);
  CHECK(nobody.relaxations[0].lower == 0);
}

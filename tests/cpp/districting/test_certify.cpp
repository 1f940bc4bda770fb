// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/certify.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

const Violation* find(const Certificate& certificate, ViolationKind kind) {
  const auto found = std::find_if(certificate.violations.begin(), certificate.violations.end(),
                                  [&](const Violation& violation) { return violation.kind == kind; });
  return found == certificate.violations.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("certify agrees with the definitions on every division of small graphs") {
  const auto seed = GENERATE(1U, 2U, 3U, 4U);
  Problem problem = problem_of(random_planar(2, 3, seed), random_weights(6, 5, seed), 3, 9, PartsRange{2, 3});
  problem.together = {{0, 1}};
  problem.apart = {{2, 3}};
  if (seed % 2 == 0) problem.locked = {no_part, 4, no_part, no_part, 4, 9};
  if (seed == 4) problem.closed = {9};
  if (seed > 2) {
    problem.links = {{0, 5}, {3, 1}};
    problem.balances = {{"area", {1, 1, 1, 1, 1, 1}, 2, 4}, {"", {5, 0, 0, 5, 5, 1}, 1, 16}};
  }
  std::size_t right = 0;
  for_each_division(6, [&](const std::vector<PartId>& labels) {
    const Certificate certificate = certify(problem, labels);
    if (certificate.ok != keeps_rules(problem, labels)) FAIL("certify disagrees");
    if (certificate.objective != cost_of(problem, labels)) FAIL("another objective");
    right += certificate.ok ? 1U : 0U;
  });
  INFO("plans that keep every rule: " << right);
  CHECK(right < 203);  // Bell(6)
}

TEST_CASE("each kind of violation is found in a plan corrupted that way") {
  Problem problem = problem_of(path(6), {10, 10, 10, 10, 10, 10}, 20, 40, PartsRange{2, 2});
  problem.together = {{0, 1}};
  problem.apart = {{0, 5}};
  problem.locked = {3, no_part, no_part, no_part, no_part, 8};
  const std::vector<PartId> good{0, 0, 0, 1, 1, 1};
  REQUIRE(certify(problem, good).ok);
  CHECK(certify(problem, good).part_weights == std::vector<std::int64_t>{30, 30});

  const auto broken = [&](std::vector<PartId> labels, ViolationKind kind) {
    const Certificate certificate = certify(problem, labels);
    CHECK_FALSE(certificate.ok);
    const Violation* violation = find(certificate, kind);
    REQUIRE(violation != nullptr);
    CHECK_FALSE(violation->english.empty());
    CHECK_FALSE(violation->chinese.empty());
    return *violation;
  };
  CHECK(broken({0, 0, -1, 1, 1, 1}, ViolationKind::unassigned).nodes == std::vector<NodeId>{2});
  CHECK(broken({0, 0, -7, 1, 1, 1}, ViolationKind::unknown_label).nodes == std::vector<NodeId>{2});
  CHECK(broken({0, 0, 2'000'000'000, 1, 1, 1}, ViolationKind::unknown_label).nodes == std::vector<NodeId>{2});
  CHECK(broken({0, 0, 0, 2, 2, 2}, ViolationKind::unknown_label).part == 1);
  CHECK(broken({0, 0, 1, 1, 2, 2}, ViolationKind::part_count).amount == 1);
  CHECK(broken({0, 1, 1, 1, 1, 1}, ViolationKind::below_lower).amount == 10);
  CHECK(broken({0, 1, 1, 1, 1, 1}, ViolationKind::above_upper).amount == 10);
  const Violation split = broken({0, 0, 1, 0, 1, 1}, ViolationKind::not_contiguous);
  CHECK(split.amount == 2);
  CHECK(split.nodes == std::vector<NodeId>{3});
  CHECK(broken({0, 1, 1, 1, 1, 0}, ViolationKind::together).nodes == std::vector<NodeId>{0, 1});
  CHECK(broken({0, 0, 0, 0, 0, 0}, ViolationKind::apart).nodes == std::vector<NodeId>{0, 5});
  CHECK(broken({0, 0, 0, 0, 0, 0}, ViolationKind::locked).part == 0);
}

TEST_CASE("a split lock is a violation, and messages name the user's ids") {
  TextColumn ids;
  for (const char* id : {"甲", "乙", "丙"}) ids.push_back(id);
  Problem problem = problem_of(path(3).with_ids(std::move(ids)), {1, 1, 1}, 0, 3);
  problem.locked = {0, no_part, 0};
  const Certificate certificate = certify(problem, std::vector<PartId>{0, 0, 1});
  REQUIRE(find(certificate, ViolationKind::locked) != nullptr);
  CHECK(find(certificate, ViolationKind::locked)->english == "nodes locked to 0 lie in several parts: 甲, 丙");
}

TEST_CASE("labels of another length are refused, and the empty plan of the empty graph is right") {
  const Problem problem = problem_of(path(3), {1, 1, 1}, 0, 3);
  CHECK_THROWS_AS(certify(problem, std::vector<PartId>{0, 0}), InvalidInput);
  const Certificate empty = certify(problem_of(Graph(), {}, 0, 0), std::vector<PartId>{});
  CHECK(empty.ok);
  CHECK(empty.part_count == 0);
}

TEST_CASE("the shared perimeter adds the lengths of the borders between parts") {
  Problem problem = problem_of(path(3), {1, 1, 1}, 0, 3);
  problem.objective = {{objective::SharedPerimeter{{70, 30}}}};
  CHECK(certify(problem, std::vector<PartId>{0, 0, 1}).objective == 30);
  CHECK(certify(problem, std::vector<PartId>{0, 1, 2}).objective == 100);
}

TEST_CASE("further columns, closed parts and links are checked") {
  Problem problem = problem_of(path(6), {10, 10, 10, 10, 10, 10}, 20, 40);
  problem.balances = {{"area_m2", {900, 100, 100, 500, 500, 500}, 1000, 1600}, {"", {1, 1, 1, 1, 1, 1}, 0, 3}};
  problem.locked = {no_part, no_part, no_part, 5, 5, 5};
  problem.closed = {5, 5};
  REQUIRE(certify(problem, std::vector<PartId>{0, 0, 0, 1, 1, 1}).ok);
  const Certificate certificate = certify(problem, std::vector<PartId>{0, 0, 1, 1, 1, 1});
  REQUIRE(certificate.violations.size() == 2);
  CHECK(certificate.violations[0].kind == ViolationKind::balance);
  CHECK(certificate.violations[0].part == 1);
  CHECK(certificate.violations[0].amount == 1);
  CHECK(certificate.violations[0].english == "balances[1] of part 1 is 4, above upper=3");
  CHECK(certificate.violations[1].kind == ViolationKind::closed);
  CHECK(certificate.violations[1].nodes == std::vector<NodeId>{2});
  CHECK(certificate.violations[1].english == "part 1 is closed, being locked to 5, and holds further nodes: 2");
  problem.balances[0].lower = 1200;
  CHECK(certify(problem, std::vector<PartId>{0, 0, 0, 1, 1, 1}).violations[0].english ==
        "balances[0] (area_m2) of part 0 is 1100, below lower=1200");
  CHECK(certify(problem, std::vector<PartId>{0, 0, 0, 1, 1, 1}).violations[0].chinese ==
        "网格 0 的“area_m2”为 1100，低于下限 1200");

  Problem enclave = problem_of(path(4), {1, 1, 1, 1}, 2, 2);
  const std::vector<PartId> around{0, 1, 1, 0};
  CHECK(find(certify(enclave, around), ViolationKind::not_contiguous) != nullptr);
  enclave.links = {{3, 0}};
  CHECK(certify(enclave, around).ok);
  CHECK(certify(enclave, around).objective == 2);  // the link is no edge
}

TEST_CASE("numbers of last year's grids may be left out, and only then") {
  Problem problem = problem_of(path(4), {10, 20, 30, 40}, 30, 70);
  const std::vector<PartId> plan{7, 7, 2, 2};
  CHECK_FALSE(certify(problem, plan).ok);
  CHECK(find(certify(problem, std::vector<PartId>{3, 3, 1, 1}), ViolationKind::unknown_label)->part == 0);
  CHECK(certify(problem, std::vector<PartId>{3, 3, 1, 1}).part_count == 2);
  problem.objective = {{objective::Disturbance{{7, 7, 2, 3}, {}}, 5}, {objective::CutEdges{}}};
  const Certificate certificate = certify(problem, plan);
  CHECK(certificate.ok);
  CHECK(certificate.terms == std::vector<std::int64_t>{40, 1});
  CHECK(certificate.objective == 201);
  CHECK(certificate.part_count == 2);
  CHECK(certificate.part_weights == std::vector<std::int64_t>{0, 0, 70, 0, 0, 0, 0, 30});
  CHECK(certify(problem, std::vector<PartId>{7, 7, 11, 11}).ok);        // a new grid
  CHECK_FALSE(certify(problem, std::vector<PartId>{7, 7, 12, 12}).ok);  // beyond four new ones
  CHECK_FALSE(certify(problem, std::vector<PartId>{7, 7, 2'000'000'000, 2'000'000'000}).ok);
}

TEST_CASE("every kind of violation has a name") {
  CHECK(to_string(ViolationKind::balance) == "balance");
  CHECK(to_string(ViolationKind::closed) == "closed");
  CHECK(to_string(ViolationKind::locked) == "locked");
}

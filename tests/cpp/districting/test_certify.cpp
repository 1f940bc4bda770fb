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

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/enumerate.hpp"

#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "districting/random_problem.hpp"
#include "shequ/districting/certify.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

/// Divisions of a square of side * side blocks into parts of `size` blocks.
std::int64_t divisions_of_square(NodeId side, std::int64_t size) {
  const Problem problem =
      problem_of(grid(side, side), std::vector<std::int64_t>(static_cast<std::size_t>(side * side), 1), size, size);
  return for_each_plan(problem, [](auto) { return true; }).count;
}

std::set<std::vector<PartId>> as_set(const PlanList& list, std::size_t num_nodes) {
  std::set<std::vector<PartId>> plans;
  for (std::int64_t i = 0; i < list.count; ++i) {
    const auto begin = list.labels.begin() + i * static_cast<std::ptrdiff_t>(num_nodes);
    plans.emplace(begin, begin + static_cast<std::ptrdiff_t>(num_nodes));
  }
  return plans;
}

}  // namespace

TEST_CASE("enumerate_plans finds the plans that trying every division finds, each once") {
  std::int64_t found = 0;
  int without_plan = 0;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const Problem problem = random_problem(seed);
    const auto num_nodes = static_cast<std::size_t>(problem.graph->num_nodes());
    std::set<std::vector<PartId>> expected;
    for_each_division(num_nodes, [&](const std::vector<PartId>& labels) {
      if (keeps_rules(problem, labels)) expected.insert(labels);
    });
    const PlanList list = enumerate_plans(problem);
    INFO("seed " << seed);
    REQUIRE(list.complete);
    REQUIRE(list.labels.size() == static_cast<std::size_t>(list.count) * num_nodes);
    REQUIRE(list.count == static_cast<std::int64_t>(expected.size()));
    REQUIRE(as_set(list, num_nodes) == expected);
    found += list.count;
    without_plan += list.count == 0 ? 1 : 0;
  }
  CHECK(found > 3000);  // the sample has plans, and problems without
  CHECK(without_plan > 100);
}

TEST_CASE("enumerated plans are certified") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Problem problem = random_problem(seed, 12);
    INFO("seed " << seed);
    for_each_plan(problem, [&](std::span<const PartId> labels) {
      REQUIRE(certify(problem, labels).ok);
      return true;
    });
  }
}

// Numbers of divisions of an n x n square into n polyominoes of n cells: 1, 2, 10, 117, 4006, 451206 (OEIS A172477).
TEST_CASE("squares have as many divisions into equal connected parts as is known") {
  CHECK(divisions_of_square(1, 1) == 1);
  CHECK(divisions_of_square(2, 2) == 2);
  CHECK(divisions_of_square(3, 3) == 10);
  CHECK(divisions_of_square(4, 4) == 117);
  CHECK(divisions_of_square(4, 2) == 36);  // dominoes: P. W. Kasteleyn, Physica 27, 1961
  CHECK(divisions_of_square(5, 5) == 4006);
}

TEST_CASE("a square of 6 x 6 has 451,206 divisions into 6 connected parts of 6", "[.slow]") {
  CHECK(divisions_of_square(6, 6) == 451206);
}

TEST_CASE("a tree with n nodes has as many divisions into k parts as ways to choose k - 1 edges") {
  Problem lane = problem_of(path(9), std::vector<std::int64_t>(9, 1), 0, 9, PartsRange{4, 4});
  CHECK(enumerate_plans(lane).count == 56);  // 8 choose 3
  lane.parts.reset();
  CHECK(enumerate_plans(lane).count == 256);
}

TEST_CASE("a limit, a stop and the visitor end an enumeration, and it says that it is not complete") {
  const Problem problem = problem_of(grid(4, 4), std::vector<std::int64_t>(16, 1), 4, 4);
  EnumerateOptions options;
  options.limit = 117;
  CHECK(enumerate_plans(problem, options).complete);
  options.limit = 116;
  const PlanList cut_short = enumerate_plans(problem, options);
  CHECK(cut_short.count == 116);
  CHECK_FALSE(cut_short.complete);

  int seen = 0;
  const Enumeration ended = for_each_plan(problem, [&](auto) { return ++seen < 3; });
  CHECK(ended.count == 3);
  CHECK_FALSE(ended.complete);

  std::stop_source stop;
  stop.request_stop();
  options.stop = stop.get_token();
  options.limit = 1000;
  CHECK_FALSE(enumerate_plans(problem, options).complete);
}

TEST_CASE("small and contradictory problems are enumerated") {
  Problem nothing = problem_of(Graph(), {}, 0, 0);
  CHECK(enumerate_plans(nothing).count == 1);  // the empty plan
  nothing.parts = PartsRange{1, 1};
  CHECK(enumerate_plans(nothing).count == 0);
  Problem lane = problem_of(path(3), {1, 1, 1}, 0, 3);
  lane.together = {{0, 2}};
  CHECK(enumerate_plans(lane).labels == std::vector<PartId>{0, 0, 0});
  lane.apart = {{0, 2}};
  CHECK(enumerate_plans(lane).count == 0);
  CHECK(enumerate_plans(lane).complete);
  EnumerateOptions none;
  none.limit = 0;
  CHECK_THROWS_WITH(enumerate_plans(lane, none), "limit=0 must be 1 or more");
}

// SPDX-License-Identifier: BSD-3-Clause
// Odd and contradictory problems: an answer, or an error that names the argument; never a crash or a hang.
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/diagnose.hpp"
#include "shequ/districting/enumerate.hpp"
#include "shequ/districting/solve.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

/// Solves, and checks what holds for every answer.
Plan answer(const Problem& problem, SolveOptions options = {}) {
  if (options.steps == 0) options.steps = 5000;
  Plan plan = solve(problem, options);
  REQUIRE(plan.labels.size() == static_cast<std::size_t>(problem.graph->num_nodes()));
  const Certificate certificate = certify(problem, plan.labels);
  const bool good = plan.status == PlanStatus::feasible || plan.status == PlanStatus::optimal;
  CHECK(certificate.ok == good);
  CHECK((plan.status == PlanStatus::infeasible) == (diagnose(problem).feasible == false));
  for (PartId part = 0; part < plan.part_count; ++part) CHECK(is_connected(problem, plan.labels, part));
  return plan;
}

std::vector<std::int64_t> ones(NodeId count) { return std::vector<std::int64_t>(static_cast<std::size_t>(count), 1); }

}  // namespace

TEST_CASE("disconnected graphs and isolated nodes are divided component by component") {
  const Graph graph = graph_of(7, {{0, 1}, {1, 2}, {3, 4}});
  CHECK(answer(problem_of(graph, ones(7), 1, 3)).status == PlanStatus::optimal);
  CHECK(answer(problem_of(graph, ones(7), 1, 3, PartsRange{4, 4})).part_count == 4);
  CHECK(answer(problem_of(graph, ones(7), 1, 3, PartsRange{3, 3})).status == PlanStatus::infeasible);
  CHECK(answer(problem_of(graph, ones(7), 2, 3)).status == PlanStatus::infeasible);
}

TEST_CASE("zero weights, one node, and as many parts as nodes, or one, or more") {
  CHECK(answer(problem_of(path(4), {0, 0, 0, 0}, 0, 0)).status == PlanStatus::optimal);
  CHECK(answer(problem_of(path(4), {0, 0, 0, 0}, 1, 5)).status == PlanStatus::infeasible);
  CHECK(answer(problem_of(path(4), {0, 3, 0, 0}, 0, 3, PartsRange{4, 4})).part_count == 4);
  CHECK(answer(problem_of(graph_of(1, {}), {7}, 7, 7)).part_count == 1);
  CHECK(answer(problem_of(graph_of(1, {}), {7}, 8, 9)).status == PlanStatus::infeasible);
  const Problem square = problem_of(grid(3, 3), ones(9), 0, 9);
  for (const PartId parts : {1, 9}) {
    Problem problem = square;
    problem.parts = PartsRange{parts, parts};
    CHECK(answer(problem).part_count == parts);
    CHECK(answer(problem).status == PlanStatus::optimal);
  }
  Problem many = square;
  many.parts = PartsRange{10, 10};
  CHECK(answer(many).status == PlanStatus::infeasible);
  many.parts = PartsRange{9, 1000};
  CHECK(answer(many).part_count == 9);
}

TEST_CASE("weights of 10^12 are added exactly, and one more is refused") {
  const std::int64_t most = 1'000'000'000'000;
  Problem problem = problem_of(grid(4, 4), std::vector<std::int64_t>(16, most), 4 * most, 4 * most, PartsRange{4, 4});
  CHECK(answer(problem).status != PlanStatus::infeasible);
  CHECK(answer(problem).part_weights.front() % most == 0);
  problem.upper = 4 * most - 1;
  problem.lower = 4 * most - 1;
  CHECK(answer(problem).status == PlanStatus::infeasible);
  problem.weights[3] = most + 1;
  CHECK_THROWS_WITH(solve(problem), "weights[3]=1000000000001 must be in [0, 1000000000000]");
}

TEST_CASE("self-loops and parallel edges are refused by the graph, bounds out of order by the problem") {
  CHECK_THROWS_AS(graph_of(3, {{0, 0}}), GraphError);
  CHECK_THROWS_AS(graph_of(3, {{0, 1}, {1, 0}}), GraphError);
  CHECK_THROWS_WITH(solve(problem_of(path(3), ones(3), 3, 2)), Catch::Matchers::Contains("upper=2 must be in [3, "));
  CHECK_THROWS_AS(solve(problem_of(path(3), ones(3), 1, 2, PartsRange{3, 2})), InvalidInput);
  CHECK_THROWS_AS(solve(problem_of(path(3), ones(3), 1, 2, PartsRange{0, 2})), InvalidInput);
  CHECK_THROWS_AS(diagnose(problem_of(path(3), ones(2), 1, 2)), InvalidInput);
}

TEST_CASE("links, groups, pairs and locks that contradict each other are answered with a proof") {
  Problem problem = problem_of(graph_of(4, {{0, 1}, {2, 3}}), ones(4), 1, 4);
  problem.together = {{0, 3}};
  CHECK(answer(problem).status == PlanStatus::infeasible);
  problem.links = {{1, 2}};
  CHECK(answer(problem).part_count == 1);
  problem.links.emplace_back(1, 2);  // said twice, and once the other way round
  problem.links.emplace_back(2, 1);
  CHECK(answer(problem).part_count == 1);
  problem.apart = {{0, 3}};
  CHECK(answer(problem).status == PlanStatus::infeasible);
  problem.apart = {{1, 2}};  // the only way between 0 and 3
  CHECK(answer(problem).status == PlanStatus::infeasible);
  problem.apart.clear();
  problem.locked = {1, no_part, no_part, 2};
  CHECK(answer(problem).status == PlanStatus::infeasible);
  problem.links = {{0, 0}};
  CHECK_THROWS_AS(solve(problem), InvalidInput);
  problem.links = {{0, 4}};
  CHECK_THROWS_AS(solve(problem), InvalidInput);
}

TEST_CASE("a start plan may have unknown labels, gaps and torn parts") {
  Problem problem = problem_of(grid(3, 4), ones(12), 3, 5);
  for (const std::vector<PartId>& start :
       {std::vector<PartId>(12, no_part), std::vector<PartId>{0, 0, 0, 0, 9, 9, 9, 9, 70000, 70000, 70000, 70000},
        std::vector<PartId>{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, std::vector<PartId>(12, 2147483647)}) {
    problem.start = start;
    CHECK(answer(problem).status != PlanStatus::infeasible);
  }
  problem.start = std::vector<PartId>(12, -2);
  CHECK_THROWS_AS(solve(problem), InvalidInput);
  problem.start = std::vector<PartId>(11, 0);
  CHECK_THROWS_AS(solve(problem), InvalidInput);
}

TEST_CASE("a time limit of 0 and an interrupt at any moment leave a plan") {
  const Problem problem = problem_of(grid(20, 20), random_weights(400, 9, 5), 150, 260);
  SolveOptions hurried;
  hurried.time_limit_s = 0;
  CHECK(answer(problem, hurried).stop_reason == StopReason::time_limit);
  for (int delay_us = 0; delay_us < 20'000; delay_us += 2'500) {
    std::stop_source stop;
    SolveOptions options;
    options.steps = 1'000'000'000;
    options.stop = stop.get_token();
    options.threads = 1 + delay_us / 2'500 % 2;
    std::thread user([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(delay_us));
      stop.request_stop();
    });
    const Plan plan = answer(problem, options);
    user.join();
    CHECK(plan.stop_reason == StopReason::interrupted);
  }
}

TEST_CASE("ten thousand islands and ten thousand locks take no more than linear time and memory") {
  const NodeId count = 10'000;
  SolveOptions hurried;
  hurried.time_limit_s = 0;
  CHECK(solve(problem_of(graph_of(count, {}), ones(count), 1, 2, PartsRange{1, count}), hurried).part_count == count);
  CHECK(diagnose(problem_of(graph_of(count, {}), ones(count), 2, 2)).reasons.size() == 10'000);
  Problem locks = problem_of(path(count), ones(count), 1, 3);
  for (NodeId v = 0; v < count; ++v) locks.locked.push_back(v % 2 == 0 ? v : no_part);
  const Diagnosis diagnosis = diagnose(locks);
  CHECK(diagnosis.parts_range == PartsRange{count / 2, count});
  CHECK(solve(locks, hurried).part_count >= count / 2);
  for (NodeId v = 0; v < count; v += 2) locks.closed.push_back(v);
  CHECK(diagnose(locks).feasible == true);
  CHECK(solve(locks, hurried).status == PlanStatus::optimal);
}

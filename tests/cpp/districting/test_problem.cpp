// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/problem.hpp"

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

std::string refusal(const std::function<void(Problem&)>& spoil) {
  Problem problem = problem_of(path(3), {1, 2, 3}, 1, 6);
  problem.validate();
  spoil(problem);
  try {
    problem.validate();
  } catch (const InvalidInput& error) {
    CHECK(error.message(Language::zh).find("必须") != std::string::npos);
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a bad argument is named with its value and what is allowed") {
  CHECK(refusal([](Problem& p) { p.graph = nullptr; }) == "graph=null must be a graph");
  CHECK(refusal([](Problem& p) { p.weights.pop_back(); }) == "weights.size()=2 must be equal to 3");
  CHECK(refusal([](Problem& p) { p.weights[1] = -5; }) == "weights[1]=-5 must be in [0, 1000000000000]");
  CHECK(refusal([](Problem& p) { p.weights[2] = 1'000'000'000'001; }) ==
        "weights[2]=1000000000001 must be in [0, 1000000000000]");
  CHECK(refusal([](Problem& p) { p.lower = -1; }) == "lower=-1 must be 0 or more");
  CHECK(refusal([](Problem& p) { p.upper = 0; }) ==
        "upper=0 must be in [1, 4000000000000000000], that is, lower or more");
  CHECK(refusal([](Problem& p) { p.upper = std::numeric_limits<std::int64_t>::max(); }).substr(0, 6) == "upper=");
  CHECK(refusal([](Problem& p) { p.parts = PartsRange{0, 2}; }) == "parts.min=0 must be 1 or more");
  CHECK(refusal([](Problem& p) { p.parts = PartsRange{3, 2}; }) == "parts.max=2 must be 3 or more");
  CHECK(refusal([](Problem& p) { p.together = {{0, 3}}; }) == "together[0][1]=3 must be a node in [0, 3)");
  CHECK(refusal([](Problem& p) { p.apart = {{0, 1}, {-1, 2}}; }) == "apart[1].first=-1 must be a node in [0, 3)");
  CHECK(refusal([](Problem& p) { p.apart = {{1, 1}}; }) == "apart[0]=(1, 1) must be two different nodes");
  CHECK(refusal([](Problem& p) { p.locked = {0}; }) == "locked.size()=1 must be equal to 3");
  CHECK(refusal([](Problem& p) { p.start = {0, -2, 0}; }) == "start[1]=-2 must be -1 or more");
}

TEST_CASE("further columns, closed numbers and links are refused where they say nothing") {
  CHECK(refusal([](Problem& p) { p.balances = {{"area", {1, 2}, 0, 9}}; }) ==
        "balances[0].weights.size()=2 must be equal to 3");
  CHECK(refusal([](Problem& p) { p.balances = {{"area", {1, 2, -3}, 0, 9}}; }) ==
        "balances[0].weights[2]=-3 must be in [0, 1000000000000]");
  CHECK(refusal([](Problem& p) { p.balances = {{"area", {1, 2, 3}, -1, 9}}; }) ==
        "balances[0].lower=-1 must be 0 or more");
  CHECK(refusal([](Problem& p) { p.balances = {{"area", {1, 2, 3}, 9, 8}}; }) ==
        "balances[0].upper=8 must be in [9, 4000000000000000000], that is, lower or more");
  CHECK(refusal([](Problem& p) { p.closed = {0}; }) == "closed[0]=0 must be a number in locked");
  CHECK(refusal([](Problem& p) {
          p.locked = {0, no_part, 0};
          p.closed = {0, -1};
        }) == "closed[1]=-1 must be a number in locked");
  CHECK(refusal([](Problem& p) { p.links = {{0, 2}, {1, 3}}; }) == "links[1].second=3 must be a node in [0, 3)");
  CHECK(refusal([](Problem& p) { p.links = {{2, 2}}; }) == "links[0]=(2, 2) must be two different nodes");
  CHECK(refusal([](Problem& p) {
          p.links = {{0, 2}, {1, 0}};  // one more joins what an edge joins already
          p.locked = {0, no_part, 0};
          p.closed = {0};
          p.objective = {};
        }) == "accepted");
}

TEST_CASE("objectives are refused with the column, the node and what is allowed") {
  using namespace objective;
  const auto refused = [](const Objective& of, std::int64_t weight = 1) {
    return refusal([&](Problem& p) { p.objective = {{CutEdges{}}, {of, weight}}; });
  };
  const std::vector<std::int64_t> ones{1, 1, 1};
  CHECK(refused(CutEdges{}, -1) == "objective[1].weight=-1 must be in [0, 1000000]");
  CHECK(refused(CutEdges{}, 1'000'001) == "objective[1].weight=1000001 must be in [0, 1000000]");
  CHECK(refused(CutEdges{}, 1'000'000) == "accepted");
  CHECK(refused(SharedPerimeter{}) == "objective[1].lengths.size()=0 must be equal to 2");
  CHECK(refused(SharedPerimeter{{1, -1}}) == "objective[1].lengths[1]=-1 must be in [0, 1000000000000]");
  CHECK(refused(PolsbyPopper{{1, 1}, ones, {1, 1}}) == "objective[1].areas.size()=2 must be equal to 3");
  CHECK(refused(PolsbyPopper{ones, {0, -1, 0}, {1, 1}}) ==
        "objective[1].outer_perimeters[1]=-1 must be in [0, 1000000000000]");
  CHECK(refused(Reock{ones, {0, 0, 1'000'000'001}, ones}) ==
        "objective[1].x[2]=1000000001 must be in [-1000000000, 1000000000]");
  CHECK(refused(Reock{ones, ones, {0}}) == "objective[1].y.size()=1 must be equal to 3");
  CHECK(refused(Inertia{{1'000'000'000, 0, 1}, {0, 0, 1'000'000'000}, ones}).substr(0, 21) == "objective[1]: sum of ");
  CHECK(refused(Inertia{{}, {5, 6, 7}, {-5, -6, -7}}) == "accepted");
  CHECK(refused(Deviation{{1, 2}, {}, Norm::sum}) == "objective[1].weights.size()=2 must be equal to 3");
  CHECK(refused(Deviation{{}, -1, Norm::sum}) == "objective[1].target=-1 must be in [0, 4000000000000000000]");
  CHECK(refused(Deviation{{}, 2'000'000'000'000'000'000, Norm::sum}).find("must be at most") != std::string::npos);
  CHECK(refused(Deviation{{}, 2'000'000'000'000'000'000, Norm::max}) == "accepted");
  CHECK(refused(Staff{{.step_households = 0}, {}}) == "step_households=0 must be in [1, 2147483647]");
  CHECK(refused(Staff{{}, {2'147'483'640, 0, 8}}).substr(0, 40) == "sum(objective[1].households)=2147483648 ");
  CHECK(refused(StaffLoad{{.base = 0}, {}}) ==
        "objective[1].rule.base=0 must be 1 or more: nobody would serve a small part");
  CHECK(refused(RegionSplits{{0, -2, 0}}) == "objective[1].region[1]=-2 must be in [-1, 2147483647]");
  CHECK(refused(Disturbance{{0, 1'000'000, 0}, {}}) == "objective[1].previous[1]=1000000 must be in [-1, 999999]");
  CHECK(refused(Travel{0, {}}) == "objective[1].centres=0 must be 1 or more");
  CHECK(refused(Travel{2, {1, 2, 3}}) == "objective[1].distances.size()=3 must be equal to 6");
  CHECK(refused(Travel{1, {1, 2, -3}}) == "objective[1].distances[2]=-3 must be in [0, 1000000000000]");
}

TEST_CASE("sums of objectives that could pass 2^63 are refused") {
  const std::int64_t most = 1'000'000'000'000;
  Problem problem = problem_of(path(3), {1, 1, 1}, 0, 3);
  problem.objective = {{objective::SharedPerimeter{{most, most}}, 1'000'000}};
  CHECK_NOTHROW(problem.validate());  // 2 * 10^18
  problem.objective.push_back(problem.objective.front());
  CHECK_NOTHROW(problem.validate());
  problem.objective.push_back({objective::CutEdges{}, 1});
  CHECK_THROWS_AS(problem.validate(), InvalidInput);
}

TEST_CASE("bounds within a tolerance are exact") {
  CHECK(bounds_within(1000, 4, 0.05) == Bounds{238, 262});
  CHECK(bounds_within(1000, 4, 0.0) == Bounds{250, 250});
  CHECK(bounds_within(1001, 4, 0.0) == Bounds{251, 250});  // no whole number: empty
  CHECK(bounds_within(1000, 4, 1.0) == Bounds{0, 500});
  CHECK(bounds_within(0, 3, 0.1) == Bounds{0, 0});
  CHECK(bounds_within(100, 1, 0.1) == Bounds{90, 110});  // 0.9 and 1.1 times 100 are no binary fractions
  CHECK(bounds_within(2'059'179, 3, 0.005) == Bounds{682'962, 689'824});
  CHECK(bounds_within(4'000'000'000'000'000'000, 1, 1e-12) ==
        Bounds{3'999'999'999'996'000'000, 4'000'000'000'004'000'000});
  CHECK(bounds_within(3'999'999'999'999'999'999, 7, 0.123456789012) ==
        Bounds{500'881'834'850'285'715, 641'975'308'006'857'142});
  CHECK_THROWS_AS(bounds_within(-1, 1, 0.1), InvalidInput);
  CHECK_THROWS_AS(bounds_within(4'000'000'000'000'000'001, 1, 0.1), InvalidInput);
  CHECK_THROWS_AS(bounds_within(1, 0, 0.1), InvalidInput);
  CHECK_THROWS_AS(bounds_within(1, 1, 1.5), InvalidInput);
  CHECK_THROWS_AS(bounds_within(1, 1, std::numeric_limits<double>::quiet_NaN()), InvalidInput);
}

TEST_CASE("weights whose sum does not fit are refused before anything is added up wrongly") {
  const NodeId nodes = 4'000'001;
  const Problem problem =
      problem_of(Graph::from_edges(nodes, {}, {}), std::vector<std::int64_t>(4'000'001, 1'000'000'000'000), 0, 0);
  CHECK_THROWS_AS(problem.validate(), InvalidInput);
}

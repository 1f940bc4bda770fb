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

TEST_CASE("weights whose sum does not fit are refused before anything is added up wrongly") {
  const NodeId nodes = 4'000'001;
  const Problem problem =
      problem_of(Graph::from_edges(nodes, {}, {}), std::vector<std::int64_t>(4'000'001, 1'000'000'000'000), 0, 0);
  CHECK_THROWS_AS(problem.validate(), InvalidInput);
}

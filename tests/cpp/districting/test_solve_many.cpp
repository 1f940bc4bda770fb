// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/solve_many.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "shequ/error.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

std::vector<Problem> communities() {
  std::vector<Problem> problems;
  for (NodeId side = 4; side < 16; ++side) {
    problems.push_back(
        problem_of(grid(side, 13), random_weights(side * 13, 24, static_cast<std::uint64_t>(side)), 300, 500));
  }
  return problems;
}

}  // namespace

TEST_CASE("many problems get the plans that they get one by one, on 1, 2 and 4 threads") {
  const std::vector<Problem> problems = communities();
  SolveOptions options;
  options.seed = 3;
  std::vector<Plan> alone;
  for (const Problem& problem : problems) alone.push_back(solve(problem, options));
  for (const int threads : {1, 2, 4}) {
    options.threads = threads;
    const std::vector<Plan> plans = solve_many(problems, options);
    REQUIRE(plans.size() == problems.size());
    for (std::size_t i = 0; i < plans.size(); ++i) {
      CHECK(plans[i].labels == alone[i].labels);
      CHECK(plans[i].status == alone[i].status);
    }
  }
}

TEST_CASE("no problems get no plans") { CHECK(solve_many({}).empty()); }

TEST_CASE("a problem that cannot be solved as stated is named by its position before any search") {
  std::vector<Problem> problems = communities();
  problems[2].weights.pop_back();
  try {
    (void)solve_many(problems);
    FAIL("accepted");
  } catch (const InvalidInput& error) {
    CHECK(std::string(error.what()).rfind("problems[2]: ", 0) == 0);
    CHECK(error.message(Language::zh).rfind("problems[2]: ", 0) == 0);
  }
  SolveOptions options;
  options.threads = 0;
  CHECK_THROWS_AS(solve_many(communities(), options), InvalidInput);
}

TEST_CASE("many problems report how far they are and stop when asked") {
  std::vector<Problem> problems(
      4, problem_of(grid(30, 30), std::vector<std::int64_t>(900, 1), 88, 92, PartsRange{10, 10}));
  std::stop_source source;
  SolveOptions options;
  options.steps = 2'000'000'000;
  options.time_limit_s = 60;
  options.threads = 2;
  options.stop = source.get_token();
  double last = 0;
  options.progress = [&](const SolveProgress& progress) {
    CHECK(progress.fraction >= 0);
    CHECK(progress.fraction <= 1);
    last = progress.fraction;
    source.request_stop();
  };
  const std::vector<Plan> plans = solve_many(problems, options);
  for (const Plan& plan : plans) {
    CHECK(plan.stop_reason == StopReason::interrupted);
    CHECK(plan.labels.size() == 900);
  }
  CHECK(last <= 1);
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/grid_count.hpp"

#include <cstdint>
#include <utility>

#include "catch_compat.hpp"

using shequ::grid_count;

namespace {

std::pair<std::int64_t, std::int64_t> of_300_to_500(std::int64_t households) {
  const auto count = grid_count(households, 300, 500);
  REQUIRE(count.feasible);
  return {count.least, count.most};
}

using Range = std::pair<std::int64_t, std::int64_t>;

}  // namespace

TEST_CASE("the number of grids of 300 to 500 households is that of the worked examples", "[rules]") {
  CHECK(of_300_to_500(0) == Range{0, 0});
  CHECK(of_300_to_500(300) == Range{1, 1});
  CHECK(of_300_to_500(500) == Range{1, 1});
  CHECK(of_300_to_500(600) == Range{2, 2});
  CHECK(of_300_to_500(900) == Range{2, 3});
  CHECK(of_300_to_500(1000) == Range{2, 3});
  CHECK(of_300_to_500(1001) == Range{3, 3});
  CHECK(of_300_to_500(1200) == Range{3, 4});
  CHECK(of_300_to_500(1250) == Range{3, 4});
  CHECK(of_300_to_500(2600) == Range{6, 8});
  for (std::int64_t h = 1; h <= 3000; ++h) {
    const bool infeasible = h < 300 || (h > 500 && h < 600);
    REQUIRE(grid_count(h, 300, 500).feasible != infeasible);
  }
}

TEST_CASE("an infeasible number of households comes with the smallest relaxation", "[rules]") {
  const auto count = grid_count(550, 300, 500);
  CHECK_FALSE(count.feasible);
  CHECK(count.relaxed_min == 275);
  CHECK(count.relaxed_max == 550);
  CHECK(grid_count(200, 300, 500).relaxed_min == 200);
  CHECK_FALSE(grid_count(200, 300, 500).relaxed_max.has_value());
  for (std::int64_t low = 1; low <= 12; ++low) {
    for (std::int64_t high = low; high <= 12; ++high) {
      for (std::int64_t h = 0; h <= 60; ++h) {
        const auto found = grid_count(h, low, high);
        bool feasible = false;
        for (std::int64_t k = 0; k <= h; ++k) feasible = feasible || (k * low <= h && h <= k * high);
        REQUIRE(found.feasible == feasible);
        if (feasible) continue;
        REQUIRE(grid_count(h, *found.relaxed_min, high).feasible);
        REQUIRE_FALSE(grid_count(h, *found.relaxed_min + 1, high).feasible);
        if (!found.relaxed_max) continue;
        REQUIRE(grid_count(h, low, *found.relaxed_max).feasible);
        REQUIRE_FALSE(grid_count(h, low, *found.relaxed_max - 1).feasible);
      }
    }
  }
}

TEST_CASE("real figures of grids agree", "[rules]") {
  const auto community = grid_count(4839, 160, 255);
  CHECK(community.least == 19);
  CHECK(community.most == 30);
  CHECK(grid_count(2'000'000'000, 200, 200).least == 10'000'000);
  CHECK(grid_count(5'000'000, 200, 200).most == 25'000);  // 广州: 5 million households at 200
  CHECK_THROWS_WITH(grid_count(-1, 300, 500), "households=-1 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(grid_count(1, 501, 500), "min_households=501 must be in [1, max_households=500]");
}

// SPDX-License-Identifier: BSD-3-Clause
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"
#include "shequ/rules/staffing.hpp"

using shequ::Rounding;
using shequ::StaffingRule;

namespace {

std::vector<std::int64_t> random_households(std::size_t size, std::uint64_t seed) {
  shequ::Random random(seed);
  std::vector<std::int64_t> households(size);
  for (std::int64_t& value : households) {
    // Mostly communities of ordinary size, and the whole range now and then.
    value = random.below(10) == 0 ? static_cast<std::int64_t>(random.bits() >> 33U) : random.below(6000);
  }
  return households;
}

}  // namespace

TEST_CASE("a column of posts equals the rule applied one by one", "[rules]") {
  const auto rounding = GENERATE(Rounding::floor, Rounding::ceil, Rounding::round);
  const auto step = GENERATE(std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{250}, std::int64_t{256},
                             std::int64_t{65'537}, std::int64_t{2'147'483'647});
  const auto base_households = GENERATE(std::int64_t{0}, std::int64_t{1000}, std::int64_t{2'147'483'647});
  StaffingRule rule;
  rule.rounding = rounding;
  rule.step_households = step;
  rule.base_households = base_households;
  CAPTURE(shequ::to_string(rounding), step, base_households);
  std::vector<std::int64_t> households = random_households(1003, 7);
  households.insert(households.end(), {0, 1, 999, 1000, 1001, 1249, 1250, 1251, 2'147'483'646, 2'147'483'647});
  const std::vector<std::int32_t> narrow(households.begin(), households.end());
  std::vector<std::int64_t> posts(households.size());
  std::vector<std::int64_t> narrow_posts(households.size());
  compute_posts(rule, households, posts);
  compute_posts(rule, narrow, narrow_posts);
  std::int64_t total = 0;
  for (std::size_t i = 0; i < households.size(); ++i) {
    CAPTURE(households[i]);
    REQUIRE(posts[i] == rule.posts(households[i]));
    total += posts[i];
  }
  CHECK(narrow_posts == posts);
  CHECK(total_posts(rule, households) == total);
  CHECK(total_posts(rule, narrow) == total);
  compute_posts(rule, households, households);  // in place
  CHECK(households == posts);
}

TEST_CASE("posts are summed over communities and never taken from a total", "[rules]") {
  StaffingRule rule;
  rule.rounding = Rounding::ceil;
  const std::vector<std::int64_t> three{1001, 1001, 1001};
  CHECK(total_posts(rule, three) == 15);
  CHECK(rule.posts(3003) == 13);
}

TEST_CASE("a column names its first entry that is no number of households", "[rules]") {
  const auto bad = GENERATE(std::int64_t{-1}, std::int64_t{2'147'483'648}, INT64_MIN, INT64_MAX);
  const auto step = GENERATE(std::int64_t{250}, std::int64_t{5'000});  // the second takes the loop with a division
  StaffingRule rule;
  rule.step_households = step;
  rule.rounding = Rounding::ceil;
  std::vector<std::int64_t> households(100, 700);
  households[63] = bad;
  households[70] = -5;
  std::vector<std::int64_t> posts(100);
  const std::string expected = "households[63]=" + std::to_string(bad) + " must be in [0, 2147483647]";
  CHECK_THROWS_WITH(compute_posts(rule, households, posts), expected);
  CHECK_THROWS_WITH((void)total_posts(rule, households), expected);
}

TEST_CASE("columns of another length and invalid rules are refused", "[rules]") {
  const std::vector<std::int64_t> households{1000, 2000};
  std::vector<std::int64_t> posts(1);
  CHECK_THROWS_WITH(compute_posts(StaffingRule{}, households, posts), "posts.size()=1 must be equal to 2");
  StaffingRule rule;
  rule.base_households = -1;
  posts.resize(2);
  CHECK_THROWS_WITH(compute_posts(rule, households, posts), "base_households=-1 must be in [0, 2147483647]");
  CHECK(total_posts(StaffingRule{}, std::vector<std::int64_t>{}) == 0);
}

TEST_CASE("shortage and surplus are reported apart", "[rules]") {
  // The urban communities of the small district: 甲, 乙, 丁, 戊.
  const std::vector<std::int64_t> households{900, 1001, 2600, 1250};
  const std::vector<std::int64_t> workers{4, 4, 8, 5};
  StaffingRule rule;
  std::vector<std::int64_t> posts(4);
  compute_posts(rule, households, posts);
  shequ::StaffingBalance balance = shequ::staffing_balance(posts, workers);
  CHECK(balance == shequ::StaffingBalance{23, 21, 2, 0, 4});
  rule.rounding = Rounding::ceil;
  compute_posts(rule, households, posts);
  CHECK(shequ::staffing_balance(posts, workers) == shequ::StaffingBalance{25, 21, 4, 0, 4});
  CHECK(shequ::staffing_balance(std::vector<std::int64_t>{4, 4}, std::vector<std::int64_t>{6, 3}) ==
        shequ::StaffingBalance{8, 9, 1, 2, 2});
  CHECK_THROWS_WITH(shequ::staffing_balance(posts, std::vector<std::int64_t>{1, 2, 3, -1}),
                    "workers[3]=-1 must be 0 or more");
  CHECK_THROWS_WITH(shequ::staffing_balance(posts, std::vector<std::int64_t>{1}),
                    "workers.size()=1 must be equal to 4");
}

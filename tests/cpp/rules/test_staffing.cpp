// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/staffing.hpp"

#include <array>
#include <cstdint>
#include <string>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

using shequ::Rounding;
using shequ::StaffingRule;

namespace {

StaffingRule with(Rounding rounding) {
  StaffingRule rule;
  rule.rounding = rounding;
  return rule;
}

template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const shequ::InvalidInput& error) {
    return error.what();
  }
  return "nothing was thrown";
}

// The rule is usable at compile time.
static_assert(StaffingRule{}.posts(1250) == 5);
static_assert(StaffingRule{}.max_households(5) == 1499);
static_assert(StaffingRule{}.households_to_next_post(1249) == 1);
static_assert(StaffingRule{}.id == shequ::RuleId("staff.wujin2012"));

}  // namespace

TEST_CASE("staffing gives the posts of the worked table under each rounding", "[rules]") {
  struct Row {
    std::int64_t households, floor, ceil, round;
  };
  constexpr std::array<Row, 14> table{{{0, 4, 4, 4},
                                       {1, 4, 4, 4},
                                       {999, 4, 4, 4},
                                       {1000, 4, 4, 4},
                                       {1001, 4, 5, 4},
                                       {1124, 4, 5, 4},
                                       {1125, 4, 5, 5},
                                       {1249, 4, 5, 5},
                                       {1250, 5, 5, 5},
                                       {1251, 5, 6, 5},
                                       {1500, 6, 6, 6},
                                       {1501, 6, 7, 6},
                                       {2600, 10, 11, 10},
                                       {5000, 20, 20, 20}}};
  for (const Row& row : table) {
    CAPTURE(row.households);
    CHECK(with(Rounding::floor).posts(row.households) == row.floor);
    CHECK(with(Rounding::ceil).posts(row.households) == row.ceil);
    CHECK(with(Rounding::round).posts(row.households) == row.round);
  }
}

TEST_CASE("staffing equals the larger of 4 and the rounded number of steps", "[rules]") {
  for (std::int64_t h = 0; h <= 6000; ++h) {
    CAPTURE(h);
    REQUIRE(with(Rounding::floor).posts(h) == std::max<std::int64_t>(4, h / 250));
    REQUIRE(with(Rounding::ceil).posts(h) == std::max<std::int64_t>(4, (h + 249) / 250));
    const std::int64_t difference = with(Rounding::ceil).posts(h) - with(Rounding::floor).posts(h);
    REQUIRE((difference == 0 || difference == 1));
    REQUIRE(with(Rounding::floor).posts(h + 1) >= with(Rounding::floor).posts(h));
  }
}

TEST_CASE("the inverse of staffing brackets exactly the households that get so many posts", "[rules]") {
  CHECK(with(Rounding::floor).min_households(5) == 1250);
  CHECK(with(Rounding::floor).max_households(5) == 1499);
  CHECK(with(Rounding::ceil).min_households(5) == 1001);
  CHECK(with(Rounding::ceil).max_households(5) == 1250);
  const auto rounding = GENERATE(Rounding::floor, Rounding::ceil, Rounding::round);
  const auto step = GENERATE(std::int64_t{1}, std::int64_t{2}, std::int64_t{7}, std::int64_t{250});
  StaffingRule rule;
  rule.rounding = rounding;
  rule.step_households = step;
  rule.base_households = 40;
  for (std::int64_t posts = rule.base; posts < rule.base + 30; ++posts) {
    CAPTURE(posts, step, shequ::to_string(rounding));
    REQUIRE(rule.posts(rule.min_households(posts)) == posts);
    REQUIRE(rule.posts(rule.max_households(posts)) == posts);
    REQUIRE(rule.posts(rule.max_households(posts) + 1) == posts + 1);
    REQUIRE(rule.max_households(posts) + 1 == rule.min_households(posts + 1));
  }
  for (std::int64_t h = 0; h < 500; ++h) {
    const std::int64_t next = rule.households_to_next_post(h);
    REQUIRE(next >= 1);
    REQUIRE(rule.posts(h + next) == rule.posts(h) + 1);
    REQUIRE(rule.posts(h + next - 1) == rule.posts(h));
  }
}

TEST_CASE("a merger never adds posts under ceil and may under floor", "[rules]") {
  const StaffingRule ceil = with(Rounding::ceil);
  const StaffingRule floor = with(Rounding::floor);
  CHECK(ceil.posts(1800) == 8);
  CHECK(floor.posts(1249) + floor.posts(1249) == 8);
  CHECK(floor.posts(2498) == 9);
  CHECK(floor.posts(1800) == 7);
  for (std::int64_t a = 0; a < 3000; a += 37) {
    for (std::int64_t b = 0; b < 3000; b += 41) REQUIRE(ceil.posts(a + b) <= ceil.posts(a) + ceil.posts(b));
  }
}

TEST_CASE("staffing refuses what it cannot answer and names it", "[rules]") {
  const StaffingRule rule;
  CHECK(message_of([&] { (void)rule.posts(-1); }) == "households=-1 must be in [0, 2147483647]");
  CHECK(message_of([&] { (void)rule.posts(2'147'483'648); }) == "households=2147483648 must be in [0, 2147483647]");
  CHECK(rule.posts(2'147'483'647) == 4 + (2'147'483'647 - 1000) / 250);
  CHECK(message_of([&] { (void)rule.max_households(3); }) == "posts=3 must be in [base, 2147483647]");
  StaffingRule broken;
  broken.step_households = 0;
  CHECK(message_of([&] { (void)broken.posts(1); }) == "step_households=0 must be in [1, 2147483647]");
  broken = {};
  broken.base = -1;
  CHECK(message_of([&] { (void)broken.posts(1); }) == "base=-1 must be in [0, 1000000]");
  CHECK(message_of([] { (void)shequ::RuleId(std::string(48, 'x')); }).find("at most 47 bytes long") !=
        std::string::npos);
  try {
    (void)rule.posts(-1);
    FAIL("a negative number of households was accepted");
  } catch (const shequ::InvalidInput& error) {
    CHECK(error.message(shequ::Language::zh) == "households=-1 必须在 [0, 2147483647] 之间");
  }
}

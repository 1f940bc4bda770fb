// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/funding.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"
#include "shequ/rules/allocation.hpp"

using shequ::Fraction;
using shequ::FundingRule;
using shequ::FundingShares;
using shequ::FundingSplit;
using shequ::Language;

namespace {

constexpr std::int64_t yuan = 100;

/// The invented parameters of the worked example.
FundingRule example() {
  FundingRule rule;
  rule.id = "fund.example";
  rule.base_fen = 80'000 * yuan;
  rule.base_households = 1000;
  rule.step_fen = 30 * yuan;
  return rule;
}

/// 云霄县, notice of 2017-01-05: 40,000 yuan a village or community, 10,000 more for a poor village (class 1).
FundingRule yunxiao() {
  FundingRule rule;
  rule.id = "fund.yunxiao2017";
  rule.base_fen = 40'000 * yuan;
  rule.class_fen = {0, 10'000 * yuan};
  return rule;
}

}  // namespace

TEST_CASE("base and excess give the grants of the worked example", "[rules]") {
  const FundingRule rule = example();
  CHECK(rule.grant(0) == 80'000 * yuan);
  CHECK(rule.grant(1000) == 80'000 * yuan);
  CHECK(rule.grant(1001) == 80'030 * yuan);
  CHECK(rule.grant(1250) == 87'500 * yuan);
  CHECK(rule.grant(2600) == 128'000 * yuan);
  CHECK(2 * rule.grant(900) == 160'000 * yuan);  // merging 900 + 900: 160,000 -> 104,000
  CHECK(rule.grant(1800) == 104'000 * yuan);
  const FundingShares shares{Fraction(3, 5), Fraction(2, 5)};
  CHECK(shequ::split_grant(shares, rule.grant(2600)) == FundingSplit{76'800 * yuan, 51'200 * yuan});
}

TEST_CASE("the small district adds up to 455,530 yuan and names whom it cannot compute", "[rules]") {
  const std::vector<std::int64_t> households{900, 1001, 550, 2600, 1250, 0};
  const std::vector<std::uint8_t> missing{0, 0, 0, 0, 0, 1};
  std::vector<std::int64_t> fen(6);
  std::vector<std::uint8_t> no_grant(6);
  CHECK(shequ::compute_grants(example(), {households, missing}, {}, {fen, no_grant}));
  CHECK(fen == std::vector<std::int64_t>{8'000'000, 8'003'000, 8'000'000, 12'800'000, 8'750'000, 0});
  CHECK(no_grant == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 1});
  const auto total = shequ::total_grants(example(), {households, missing});
  CHECK(total == shequ::FundingTotal{455'530 * yuan, 5, 1, "fund.example"});
  std::vector<std::int64_t> town(6);
  std::vector<std::int64_t> district(6);
  shequ::split_grants({Fraction(3, 5), Fraction(2, 5)}, fen, town, district);
  std::int64_t town_sum = 0;
  std::int64_t district_sum = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(town[i] + district[i] == fen[i]);
    town_sum += town[i];
    district_sum += district[i];
  }
  CHECK(town_sum == 273'318 * yuan);
  CHECK(district_sum == 182'212 * yuan);
}

TEST_CASE("the notice of Yunxiao comes out row by row", "[rules]") {
  struct Town {
    int villages, poor, communities, wan;
  };
  constexpr std::array<Town, 11> towns{{{4, 0, 15, 76},
                                        {16, 1, 8, 97},
                                        {18, 2, 0, 74},
                                        {12, 2, 0, 50},
                                        {15, 2, 0, 62},
                                        {21, 6, 1, 94},
                                        {23, 9, 1, 105},
                                        {13, 7, 0, 59},
                                        {28, 9, 0, 121},
                                        {8, 2, 0, 34},
                                        {13, 0, 0, 52}}};
  std::int64_t sum = 0;
  int villages = 0;
  int poor = 0;
  int communities = 0;
  for (const Town& town : towns) {
    std::vector<std::int64_t> classes(static_cast<std::size_t>(town.villages + town.communities), 0);
    for (int i = 0; i < town.poor; ++i) classes[static_cast<std::size_t>(i)] = 1;
    const auto total = shequ::total_grants(yunxiao(), {}, {classes});
    CAPTURE(town.wan);
    CHECK(total.fen == town.wan * 10'000LL * yuan);
    CHECK(total.unknown == 0);
    sum += total.fen;
    villages += town.villages;
    poor += town.poor;
    communities += town.communities;
  }
  CHECK(villages == 171);
  CHECK(poor == 40);
  CHECK(communities == 25);
  CHECK(sum == 8'240'000 * yuan);
}

TEST_CASE("steps are paid as the rounding says", "[rules]") {
  FundingRule rule = example();
  rule.step_households = 500;
  rule.step_fen = 15'000 * yuan;
  CHECK(rule.grant(1001) == 95'000 * yuan);
  CHECK(rule.grant(1500) == 95'000 * yuan);
  CHECK(rule.grant(1501) == 110'000 * yuan);
  rule.rounding = shequ::Rounding::floor;
  CHECK(rule.grant(1499) == 80'000 * yuan);
  CHECK(rule.grant(1500) == 95'000 * yuan);
  rule.rounding = shequ::Rounding::round;
  CHECK(rule.grant(1249) == 80'000 * yuan);
  CHECK(rule.grant(1250) == 95'000 * yuan);
}

TEST_CASE("more households never mean less money, and halves add up to the fen", "[rules]") {
  const auto seed = GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3});
  shequ::Random random(seed);
  FundingRule rule;
  rule.base_fen = random.below(10'000'000);
  rule.base_households = random.below(3000);
  rule.step_fen = random.below(100'000);
  rule.step_households = 1 + random.below(700);
  rule.rounding = static_cast<shequ::Rounding>(random.below(3));
  const std::int64_t bottom = 101 + random.below(1000);
  const std::int64_t top = bottom / 2 + 1 + random.below(static_cast<std::uint32_t>(bottom - bottom / 2 - 1));
  const FundingShares shares{Fraction(top, bottom), Fraction(bottom - top, bottom)};
  for (int i = 0; i < 500; ++i) {
    const std::int64_t households = random.below(8000);
    const std::int64_t grant = rule.grant(households);
    REQUIRE(rule.grant(households + 1) >= grant);
    const FundingSplit split = shequ::split_grant(shares, grant);
    REQUIRE(split.town_fen + split.district_fen == grant);
    const std::vector<Fraction> both{shares.town, shares.district};
    const auto parts = shequ::divide_by_shares(grant, both);
    REQUIRE(parts == std::vector<std::int64_t>{split.town_fen, split.district_fen});
  }
}

TEST_CASE("a fixed budget is shared out to the fen", "[rules]") {
  CHECK(shequ::apportion(10'000, std::vector<std::int64_t>{1, 1, 1}) == std::vector<std::int64_t>{3334, 3333, 3333});
  // The district total of the source, in proportion to the grants of the small district.
  const std::vector<std::int64_t> dues{8'000'000, 8'003'000, 8'000'000, 12'800'000, 8'750'000};
  const auto parts = shequ::apportion(25'311'000 * yuan, dues);
  std::int64_t sum = 0;
  for (const std::int64_t part : parts) sum += part;
  CHECK(sum == 2'531'100'000);
}

TEST_CASE("grants say in words what they are made of", "[rules]") {
  CHECK(shequ::explain(example(), 2600) ==
        "128,000 yuan: 80,000 + 1,600 over 1,000 households at 30; norm fund.example");
  CHECK(shequ::explain(example(), 2600, 0, Language::zh) ==
        "128,000元：80,000＋超出1,000户的1,600户×30元；依据fund.example");
  CHECK(shequ::explain(yunxiao(), 0, 1) == "50,000 yuan: 40,000 + 10,000 of class 1; norm fund.yunxiao2017");
  FundingRule cents = example();
  cents.step_fen = 5;
  CHECK(shequ::explain(cents, 1001) == "80,000.05 yuan: 80,000 + 1 over 1,000 households at 0.05; norm fund.example");
  CHECK(shequ::describe(example()) == "80,000 yuan a community, 30 per household over 1,000");
  CHECK(shequ::describe(yunxiao(), Language::zh) == "每社区（村）40,000元，第1类另加10,000元");
}

TEST_CASE("funding refuses what has no answer and names it", "[rules]") {
  CHECK_THROWS_WITH(example().grant(-1), "households=-1 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(yunxiao().grant(0, 2), "community_class=2 must be in [0, 1]");
  FundingRule broken = example();
  broken.base_fen = -1;
  CHECK_THROWS_WITH(broken.grant(1), "base_fen=-1 must be in [0, 1000000000000000]");
  broken = example();
  broken.step_households = 0;
  CHECK_THROWS_WITH(broken.grant(1), "step_households=0 must be in [1, 2147483647]");
  broken = example();
  broken.step_fen = shequ::max_parameter_fen;
  CHECK_THROWS_WITH(broken.grant(2'147'483'647), "grant overflows 64 bits");
  CHECK(broken.grant(10'000) == 8'000'000 + 9000 * shequ::max_parameter_fen);
  const std::vector<std::int64_t> two{10'000, 10'000};
  CHECK_THROWS_WITH(shequ::total_grants(broken, {two}), "total of grants overflows 64 bits");
  const std::vector<std::int64_t> wrong{1, -3};
  CHECK_THROWS_WITH(shequ::total_grants(example(), {wrong}), "households[1]=-3 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(shequ::total_grants(yunxiao(), {}, {wrong}), "classes[1]=-3 must be in [0, 1]");
  CHECK_THROWS_WITH(shequ::split_grant({Fraction(3, 5), Fraction(1, 5)}, 1), "town + district=4/5 must be 1");
  CHECK_THROWS_WITH(shequ::split_grant({Fraction(1, 2), Fraction(1, 2)}, 1),
                    "town=1/2 must be above 1/2: the town pays the larger part");
  CHECK_THROWS_WITH(shequ::split_grant({Fraction(3, 5), Fraction(2, 5)}, -1), "fen[0]=-1 must be 0 or more");
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/facilities.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"
#include "shequ/random.hpp"

using shequ::AreaRounding;
using shequ::FacilityRule;
using shequ::Fraction;
using shequ::Remedy;
using shequ::RemedyKind;

namespace {

FacilityRule at_least(std::int64_t m2) {
  FacilityRule rule;
  rule.least_m2 = m2;
  return rule;
}

FacilityRule per_hundred(AreaRounding rounding = AreaRounding::pro_rata) {
  FacilityRule rule = at_least(400);
  rule.step_m2 = 30;
  rule.rounding = rounding;
  return rule;
}

struct BestSet {
  bool closes{};
  std::int64_t cost{};
  std::int64_t count{};
  std::int64_t area{};
};

/// The best of all sets, one by one.
BestSet enumerate(std::int64_t gap, const std::vector<Remedy>& offers) {
  BestSet best;
  for (std::uint32_t set = 0; set < (1U << offers.size()); ++set) {
    BestSet now{true, 0, 0, 0};
    for (std::size_t i = 0; i < offers.size(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      now.cost += offers[i].cost_fen;
      now.area += offers[i].area_dm2;
      ++now.count;
    }
    if (now.area < gap) continue;
    const auto key = [](const BestSet& s) { return std::tuple(s.cost, s.count, -s.area); };
    if (!best.closes || key(now) < key(best)) best = now;
  }
  return best;
}

}  // namespace

TEST_CASE("the need of premises is the larger of the least and that per household", "[rules]") {
  CHECK(per_hundred().need_dm2(0) == 40'000);
  CHECK(per_hundred().need_dm2(1333) == 40'000);
  CHECK(per_hundred().need_dm2(1334) == 40'020);
  CHECK(per_hundred().need_dm2(2600) == 78'000);
  CHECK(per_hundred().need_dm2(2650) == 79'500);
  CHECK(per_hundred(AreaRounding::started_step).need_dm2(2650) == 81'000);
  CHECK(per_hundred(AreaRounding::started_step).need_dm2(2600) == 78'000);
  CHECK(at_least(400).need_dm2(2'000'000'000) == 40'000);
  FacilityRule thirds = at_least(0);
  thirds.step_m2 = Fraction(1, 3);
  thirds.step_households = 1;
  CHECK(thirds.need_dm2(1) == 34);  // 33.33 dm2, rounded up
  for (std::int64_t h = 0; h < 5000; ++h) REQUIRE(per_hundred().need_dm2(h + 1) >= per_hundred().need_dm2(h));
}

TEST_CASE("the need is exact for any share of a square metre", "[rules]") {
  shequ::Random random(19);
  for (int trial = 0; trial < 2000; ++trial) {
    FacilityRule rule = at_least(random.below(3));
    // Also shares whose terms do not fit in 32 bits.
    const std::int64_t scale = trial % 3 == 0 ? 4'000'000'007 : 1;
    rule.step_m2 = Fraction(1 + random.below(50) * scale, 1 + random.below(9) * scale);
    if (rule.step_m2 > 1'000'000) rule.step_m2 = 1;
    rule.step_households = 1 + random.below(120);
    rule.rounding = trial % 2 == 0 ? AreaRounding::pro_rata : AreaRounding::started_step;
    const std::int64_t households = random.below(5000);
    const std::int64_t started = (households + rule.step_households - 1) / rule.step_households;
    const Fraction steps = trial % 2 == 0 ? Fraction(households, rule.step_households) : Fraction(started);
    const Fraction exact = rule.step_m2 * steps * Fraction(100);
    const std::int64_t need = rule.need_dm2(households);
    if (exact <= rule.least_m2 * Fraction(100)) {
      REQUIRE(rule.least_m2 * Fraction(100) == need);
    } else {
      REQUIRE(exact <= need);
      REQUIRE(exact > need - 1);
    }
  }
}

TEST_CASE("320 square metres for 2600 households lack 80 by the flat norm and 460 by the norm per household",
          "[rules]") {
  CHECK(at_least(400).gap_dm2(32'000, 2600) == 8'000);
  CHECK(per_hundred().gap_dm2(32'000, 2600) == 46'000);
  CHECK(at_least(400).gap_dm2(40'000, 2600) == 0);
}

TEST_CASE("the gaps of the small district are those of the worked example", "[rules]") {
  const SmallDistrict district;
  TargetMemory<std::int64_t> gaps(6);
  CHECK(shequ::facility_gaps(at_least(400), district.office_dm2.view(), district.households.view(), gaps.target()));
  CHECK(gaps.values == std::vector<std::int64_t>{2'000, 0, 15'000, 0, 50, 0});
  CHECK(gaps.missing == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 1});
  CHECK(gaps.values[0] + gaps.values[1] + gaps.values[2] + gaps.values[3] + gaps.values[4] == 17'050);
  CHECK(shequ::facility_gaps(at_least(500), district.outdoor_dm2.view(), {}, gaps.target()));
  CHECK(gaps.values == std::vector<std::int64_t>{0, 0, 0, 50'000, 0, 0});
  CHECK(shequ::facility_gaps(per_hundred(), district.office_dm2.view(), district.households.view(), gaps.target()));
  CHECK(gaps.values[3] == 13'000);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(gaps.values[i] == per_hundred().gap_dm2(district.office_dm2.values[i], district.households.values[i]));
  }
}

TEST_CASE("the cheapest set of remedies is the best of all sets", "[rules]") {
  shequ::Random random(11);
  for (int trial = 0; trial < 400; ++trial) {
    std::vector<Remedy> offers(random.below(10));
    for (Remedy& offer : offers) {
      // Few values, so that ties are common.
      offer.area_dm2 = random.below(trial % 2 == 0 ? 6 : 1000);
      offer.cost_fen = random.below(trial % 3 == 0 ? 5 : 1000);
    }
    const std::int64_t gap = random.below(trial % 2 == 0 ? 20 : 3000);
    const BestSet best = enumerate(gap, offers);
    const auto plan = shequ::cheapest_remedies(gap, offers);
    CAPTURE(trial, gap);
    REQUIRE(plan.closes == best.closes);
    if (!best.closes) {
      REQUIRE(plan.chosen.size() == offers.size());
      REQUIRE(plan.remaining_dm2 == gap - plan.area_dm2);
      continue;
    }
    REQUIRE(plan.cost_fen == best.cost);
    REQUIRE(static_cast<std::int64_t>(plan.chosen.size()) == best.count);
    REQUIRE(plan.area_dm2 == best.area);
    REQUIRE(plan.remaining_dm2 == 0);
    REQUIRE(std::is_sorted(plan.chosen.begin(), plan.chosen.end()));
  }
}

TEST_CASE("many offers are weighed exactly and quickly", "[rules]") {
  std::vector<Remedy> offers;
  for (std::int64_t i = 0; i < 200; ++i) offers.push_back({"site", RemedyKind::share, 100 + i, 10'000 + 99 * i});
  const auto plan = shequ::cheapest_remedies(20'000, offers);
  CHECK(plan.closes);
  CHECK(plan.area_dm2 >= 20'000);
  CHECK(shequ::cheapest_remedies(0, offers).chosen.empty());
}

TEST_CASE("shared premises count by agreed shares of at most the whole", "[rules]") {
  const std::vector<Fraction> thirds{Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)};
  CHECK(shequ::shared_areas(10'000, thirds) == std::vector<std::int64_t>{3333, 3333, 3333});
  const std::vector<Fraction> too_much{Fraction(1, 2), Fraction(51, 100)};
  CHECK_THROWS_WITH(shequ::shared_areas(10'000, too_much), "sum of shares=101/100 must be in [0, 1]");
}

TEST_CASE("a lump sum for several sites is never divided without shares that add up to one", "[rules]") {
  const shequ::Investment four{"four sites", 150'000'000, {"a", "b", "c", "d"}};
  const shequ::Investment centre{"a centre and four stations", 220'000'000, {"centre", "1", "2", "3", "4"}};
  const shequ::Investment six{"six premises", 200'000'000, {"1", "2", "3", "4", "5", "6"}};
  const std::vector<shequ::Investment> all{four, centre, six};
  CHECK(shequ::total_investment(all) == 570'000'000);
  const std::vector<Fraction> sixths(6, Fraction(1, 6));
  CHECK(six.divided(sixths) ==
        std::vector<std::int64_t>{33'333'334, 33'333'334, 33'333'333, 33'333'333, 33'333'333, 33'333'333});
  CHECK_THROWS_WITH(four.divided(sixths), "shares.size()=6 must be equal to 4");
  CHECK_THROWS_WITH(four.divided(std::vector<Fraction>(4, Fraction(1, 5))), "sum of shares=4/5 must be 1");
}

TEST_CASE("facilities refuse what has no answer and name it", "[rules]") {
  CHECK_THROWS_WITH(at_least(-1).need_dm2(1), "least_m2=-1 must be in [0, 1000000]");
  CHECK_THROWS_WITH(at_least(400).gap_dm2(-1, 1), "have_dm2=-1 must be in [0, 1000000000000]");
  CHECK_THROWS_WITH(at_least(400).need_dm2(-1), "households=-1 must be in [0, 2147483647]");
  TargetMemory<std::int64_t> gaps(2);
  CHECK_THROWS_WITH(shequ::facility_gaps(at_least(400), column_of({1, -5}).view(), {}, gaps.target()),
                    "have_dm2[1]=-5 must be in [0, 1000000000000]");
  CHECK_THROWS_WITH(shequ::facility_gaps(per_hundred(), column_of({1, 5}).view(), {}, gaps.target()),
                    "households.size()=0 must be equal to 2");
  CHECK_THROWS_WITH(shequ::cheapest_remedies(5, std::vector<Remedy>{{"x", RemedyKind::share, 5, -1}}),
                    "offers[0].cost_fen=-1 must be 0 or more");
  const std::int64_t much = INT64_MAX - 1;
  CHECK_THROWS_WITH(shequ::cheapest_remedies(
                        9, std::vector<Remedy>{{"x", RemedyKind::share, 5, much}, {"y", RemedyKind::share, 5, much}}),
                    "cost_fen overflows 64 bits");
}

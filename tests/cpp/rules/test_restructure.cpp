// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/restructure.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"
#include "shequ/random.hpp"

using shequ::BeforeAfter;
using shequ::ChangeKind;
using shequ::ChangeReason;
using shequ::EffectRules;
using shequ::SizeRule;
using shequ::UnitBalance;
using Numbers = std::vector<std::int64_t>;
using Ids = std::vector<std::int32_t>;
using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

namespace {

SizeRule beijing() {
  SizeRule rule;
  rule.id = "size.beijing2020";
  rule.merge_below = 500;
  rule.adjust_above = 3000;
  return rule;
}

}  // namespace

TEST_CASE("small communities are proposed to merge with neighbours of their town", "[rules]") {
  const auto households = column_of({400, 2600, 2601, 3001, 499, std::nullopt});
  const Pairs touching{{1, 0}, {0, 1}, {0, 2}, {2, 3}, {4, 5}, {0, 0}};
  const auto found = shequ::propose_changes(beijing(), households.view(), touching);
  REQUIRE(found.candidates.size() == 2);
  CHECK(found.candidates[0] == shequ::ChangeCandidate{ChangeKind::merge, {0, 1}, 3000, 1, {ChangeReason::too_small}});
  CHECK(found.candidates[1] == shequ::ChangeCandidate{ChangeKind::split, {3}, 3001, 2, {ChangeReason::too_large}});
  CHECK(found.unsolved == Ids{4});
  CHECK(found.unknown == Ids{5});
  CHECK(found.rule == shequ::RuleId("size.beijing2020"));
  const auto apart = shequ::propose_changes(beijing(), households.view(), touching, Ids{0, 1, 0, 0, 0, 0});
  CHECK(apart.unsolved == Ids{0, 4});
}

TEST_CASE("defects of territory force an adjustment", "[rules]") {
  const auto households = column_of({900, 900});
  const std::vector<std::uint8_t> defects{0, shequ::defect_borders_unclear | shequ::defect_parts_not_touching |
                                                 shequ::defect_overlap | shequ::defect_unmanaged_gap};
  const auto found = shequ::propose_changes(beijing(), households.view(), {}, {}, defects);
  REQUIRE(found.candidates.size() == 1);
  CHECK(found.candidates[0].kind == ChangeKind::adjust);
  CHECK(found.candidates[0].reasons == std::vector{ChangeReason::borders_unclear, ChangeReason::parts_not_touching,
                                                   ChangeReason::overlap, ChangeReason::unmanaged_gap});
}

TEST_CASE("every proposal keeps the bounds", "[rules]") {
  shequ::Random random(2);
  for (int trial = 0; trial < 100; ++trial) {
    std::vector<std::optional<std::int64_t>> sizes(30);
    for (auto& size : sizes) size = random.below(4) == 0 ? random.below(600) : random.below(9000);
    Pairs touching;
    for (int i = 0; i < 60; ++i) {
      touching.emplace_back(static_cast<std::int32_t>(random.below(30)), static_cast<std::int32_t>(random.below(30)));
    }
    const auto households = column_of(sizes);
    const auto found = shequ::propose_changes(beijing(), households.view(), touching);
    for (const auto& candidate : found.candidates) {
      std::int64_t sum = 0;
      for (const auto i : candidate.communities) sum += households.values[static_cast<std::size_t>(i)];
      REQUIRE(sum == candidate.households);
      if (candidate.kind == ChangeKind::merge) REQUIRE(sum <= 3000);
      if (candidate.kind == ChangeKind::split) {
        const Numbers parts = shequ::even_parts(sum, candidate.parts);
        REQUIRE(parts.front() <= 3000);
        REQUIRE(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == sum);
        REQUIRE((sum + candidate.parts - 2) / (candidate.parts - 1) > 3000);
      }
    }
    // The order of the pairs and of their ends does not matter.
    std::reverse(touching.begin(), touching.end());
    for (auto& [a, b] : touching) std::swap(a, b);
    REQUIRE(shequ::propose_changes(beijing(), households.view(), touching) == found);
  }
}

TEST_CASE("a merger of 900 and 900 costs no post under ceil, one under floor, and 56,000 yuan", "[rules]") {
  EffectRules rules;
  rules.staffing = shequ::StaffingRule{};
  // 80,000 yuan and 30 for each household above 1,000, in fen.
  rules.grant_fen = [](std::int64_t h) { return 8'000'000 + 3'000 * std::max<std::int64_t>(0, h - 1000); };
  rules.premises = shequ::FacilityRule{};
  rules.premises->least_m2 = 400;
  rules.grid_size = {300, 500};
  const Numbers two{900, 900};
  const Numbers one{1800};
  const auto merged = shequ::change_effect(rules, two, one);
  CHECK(merged.posts == BeforeAfter{8, 7});
  CHECK(merged.grant_fen == BeforeAfter{16'000'000, 10'400'000});
  CHECK(merged.grant_fen->change() == -5'600'000);
  CHECK(merged.premises_need_dm2 == BeforeAfter{80'000, 40'000});
  REQUIRE(merged.grids_after.size() == 1);
  CHECK(merged.grids_after[0].least == 4);
  CHECK(merged.grids_after[0].most == 6);
  CHECK(merged.grids_before.size() == 2);
  rules.staffing->rounding = shequ::Rounding::ceil;
  CHECK(shequ::change_effect(rules, two, one).posts == BeforeAfter{8, 8});
  rules.staffing->rounding = shequ::Rounding::floor;
  CHECK(shequ::change_effect(rules, Numbers{1249, 1249}, Numbers{2498}).posts == BeforeAfter{8, 9});
  // A merger and the split back restore every sum.
  const auto split = shequ::change_effect(rules, one, two);
  CHECK(split.posts->change() == -merged.posts->change());
  CHECK(split.grant_fen->after == merged.grant_fen->before);
  CHECK_FALSE(shequ::change_effect({}, two, one).posts.has_value());
  CHECK_THROWS_WITH(shequ::change_effect(rules, two, Numbers{1801}),
                    "sum of after=1801 must be equal to the sum of before, 1800");
}

TEST_CASE("an even split differs by one household at most", "[rules]") {
  CHECK(shequ::even_parts(2600, 7) == Numbers{372, 372, 372, 371, 371, 371, 371});
  CHECK(shequ::even_parts(0, 2) == Numbers{0, 0});
  CHECK_THROWS_WITH(shequ::even_parts(5, 0), "parts=0 must be in [1, 1000000]");
}

TEST_CASE("the counts of real changes agree", "[rules]") {
  CHECK(UnitBalance{20, 14, 5, 11}.difference() == 0);    // 吴中 2018
  CHECK(UnitBalance{10, 1, 4, 13}.difference() == 0);     // 修水 2014
  CHECK(UnitBalance{26, 1, 0, 25}.difference() == 0);     // 金口河 2020: one of 26 villages becomes
  CHECK(UnitBalance{4, 0, 1, 5}.difference() == 0);       // the fifth residents' community
  CHECK(UnitBalance{623, 0, 50, 673}.difference() == 0);  // grids of 海口秀英 2020
  const Numbers before{79, 73, 89, 80, 14};               // 福州 2013, by district
  const Numbers after{69, 52, 64, 66, 12};
  CHECK(std::accumulate(before.begin(), before.end(), std::int64_t{0}) == 335);
  CHECK(std::accumulate(after.begin(), after.end(), std::int64_t{0}) == 263);
  CHECK(UnitBalance{335, 335 - 263, 0, 263}.difference() == 0);
  CHECK(UnitBalance{20, 14, 5, 12}.difference() == 1);
}

TEST_CASE("changes refuse what has no answer and name it", "[rules]") {
  const auto households = column_of({900, 900});
  CHECK_THROWS_WITH(SizeRule{}.validate(), "merge_below=none must be given, or adjust_above");
  SizeRule rule = beijing();
  rule.merge_below = 3001;
  CHECK_THROWS_WITH(rule.validate(), "merge_below=3001 must be at most adjust_above=3000");
  CHECK_THROWS_WITH(shequ::propose_changes(beijing(), households.view(), Pairs{{0, 2}}),
                    "neighbours[0]=2 must be in [0, 1]");
  CHECK_THROWS_WITH(shequ::propose_changes(beijing(), column_of({1, -1}).view(), {}),
                    "households[1]=-1 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(shequ::propose_changes(beijing(), households.view(), {}, {}, std::vector<std::uint8_t>{0, 16}),
                    "defects[1]=16 must be in [0, 15]");
}

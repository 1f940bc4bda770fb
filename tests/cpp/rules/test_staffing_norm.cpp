// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/staffing_norm.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

using shequ::Basis;
using shequ::Language;
using shequ::PostsRange;
using shequ::Rounding;
using shequ::Setting;
using shequ::StaffingBand;
using shequ::StaffingNorm;
using shequ::StaffingRatio;
using shequ::StaffingRule;
using shequ::StaffingTable;

namespace {

constexpr StaffingRatio beijing() {
  StaffingRatio rule;
  rule.per = 150;
  rule.most_per = 110;
  rule.minimum = 9;
  rule.basis = Basis::households;
  rule.id = "staff.beijing2020";
  return rule;
}

constexpr StaffingRatio per_10000(std::int64_t posts, std::int64_t minimum = 0) {
  StaffingRatio rule;
  rule.posts = posts;
  rule.per = 10'000;
  rule.minimum = minimum;
  return rule;
}

StaffingTable table(std::vector<StaffingBand> bands, std::int64_t from = 0) {
  return {"staff.table", Basis::households, Setting::urban, bands, from};
}

// Families are usable at compile time, as the catalogue is.
static_assert(beijing().posts_range(2000) == PostsRange{14, 19});

}  // namespace

TEST_CASE("a range per households gives the figures of Beijing", "[rules]") {
  CHECK(beijing().posts_range(3000) == PostsRange{20, 28});
  CHECK(beijing().posts_range(0) == PostsRange{9, 9});
  CHECK(beijing().posts_range(1350) == PostsRange{9, 13});
  CHECK(beijing().posts_range(1351) == PostsRange{10, 13});
}

TEST_CASE("posts per residents are the fewest whole persons that meet the ratio", "[rules]") {
  const StaffingRatio gansu = per_10000(18, 9);
  CHECK(gansu.posts_range(0) == PostsRange{9, 9});
  CHECK(gansu.posts_range(5000) == PostsRange{9, 9});
  CHECK(gansu.posts_range(5001) == PostsRange{10, 10});
  CHECK(gansu.posts_range(10'000) == PostsRange{18, 18});
  CHECK(per_10000(18).posts_range(555).least == 1);  // 1 per 556 persons
  CHECK(per_10000(18).posts_range(556).least == 2);
  CHECK(per_10000(25).posts_range(1'071'000).least == 2678);  // 吴中 has 2,700: 25.2 per 10,000
  StaffingRatio floor = per_10000(18);
  floor.rounding = Rounding::floor;
  CHECK(floor.posts_range(1111).least == 1);
  CHECK(floor.posts_range(1112).least == 2);
  StaffingRatio half = per_10000(18);
  half.rounding = Rounding::round;
  CHECK(half.posts_range(833).least == 1);
  CHECK(half.posts_range(834).least == 2);
}

TEST_CASE("18 per 10,000 residents is 15.3 per 10,000 short of the rule by households", "[rules]") {
  // 1 per 250 households at 2.62 and 3.10 persons a household: 15.3 and 12.9 per 10,000.
  CHECK_THAT(10'000.0 / (250 * 2.62), WithinAbs(15.3, 0.05));
  CHECK_THAT(10'000.0 / (250 * 3.10), WithinAbs(12.9, 0.05));
  CHECK_THAT(10'000.0 / 18 / 2.62, WithinAbs(212, 0.5));
  CHECK(StaffingRule{}.posts(2600) == 10);
  CHECK(per_10000(18).posts_range(6812).least == 13);  // 2,600 households at 2.62
}

TEST_CASE("a table answers within its bands and nowhere else", "[rules]") {
  const std::array law{StaffingBand{700, {5, 9}}};
  const StaffingTable committee("committee.law", Basis::households, Setting::urban, law, 100);
  CHECK_FALSE(committee.posts_range(99));
  CHECK(committee.posts_range(100) == PostsRange{5, 9});
  CHECK(committee.posts_range(700) == PostsRange{5, 9});
  CHECK_FALSE(committee.posts_range(701));
  const StaffingTable steps = table({{1000, {4, 4}}, {2000, {6, 7}}, {3000, {9, 12}}});
  CHECK(steps.posts_range(1000) == PostsRange{4, 4});
  CHECK(steps.posts_range(1001) == PostsRange{6, 7});
  CHECK(steps.posts_range(3000) == PostsRange{9, 12});
}

TEST_CASE("every family is monotone and its columns equal its single values", "[rules]") {
  const auto seed = GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{4});
  shequ::Random random(seed);
  StaffingRatio ratio = per_10000(1 + random.below(40), random.below(12));
  ratio.most_per = random.below(2) == 0 ? 0 : 1 + random.below(10'000);
  ratio.rounding = static_cast<Rounding>(random.below(3));
  std::vector<StaffingBand> bands;
  std::int64_t up_to = 0;
  PostsRange posts;
  for (int i = 0; i < 6; ++i) {
    up_to += 1 + random.below(900);
    posts.least += random.below(3);
    posts.most = std::max(posts.most, posts.least + random.below(3));
    bands.push_back({up_to, posts});
  }
  const std::array<StaffingNorm, 3> norms{StaffingRule{}, ratio, table(bands, 1)};
  for (const StaffingNorm& norm : norms) {
    std::vector<std::int64_t> counts(500);
    std::vector<std::uint8_t> missing(500);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      counts[i] = random.below(6000);
      missing[i] = random.below(9) == 0 ? 1 : 0;
    }
    std::vector<std::int64_t> least(500);
    std::vector<std::int64_t> most(500);
    std::vector<std::uint8_t> no_answer(500);
    shequ::compute_posts(norm, {counts, missing}, {least, no_answer}, most);
    // The result of compute_posts is checked entry by entry.
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const auto one = shequ::required_posts(norm, counts[i]);
      REQUIRE((no_answer[i] == 1) == (missing[i] == 1 || !one.posts));
      REQUIRE(least[i] == (no_answer[i] == 1 ? 0 : one.posts->least));
      REQUIRE(most[i] == (no_answer[i] == 1 ? 0 : one.posts->most));
      if (!one.posts) continue;
      REQUIRE(one.posts->least <= one.posts->most);
      if (const auto more = shequ::required_posts(norm, counts[i] + 1).posts) {
        REQUIRE(more->least >= one.posts->least);
        REQUIRE(more->most >= one.posts->most);
      }
      const auto next = shequ::next_post_at(norm, counts[i]);
      if (next) {
        REQUIRE(shequ::required_posts(norm, *next).posts->least > one.posts->least);
        REQUIRE(shequ::required_posts(norm, *next - 1).posts->least == one.posts->least);
      }
    }
  }
}

TEST_CASE("the next post comes where the rule itself says", "[rules]") {
  const StaffingNorm wujin = StaffingRule{};
  CHECK(shequ::next_post_at(wujin, 1249) == 1250);
  CHECK(shequ::next_post_at(wujin, 1250) == 1250 + StaffingRule{}.households_to_next_post(1250));
  CHECK(shequ::next_post_at(beijing(), 0) == 1351);
  CHECK_FALSE(shequ::next_post_at(table({{1000, {4, 4}}}), 500));
  CHECK(shequ::next_post_at(table({{1000, {4, 4}}}, 100), 50) == 100);
}

TEST_CASE("an answer carries its rule, rounding and basis", "[rules]") {
  const auto answer = shequ::required_posts(beijing(), 2000);
  CHECK(answer.posts == PostsRange{14, 19});
  CHECK(answer.rule.view() == "staff.beijing2020");
  CHECK(answer.rounding == Rounding::ceil);
  CHECK(answer.basis == Basis::households);
  CHECK(shequ::required_posts(StaffingRule{}, 1250).rule.view() == "staff.wujin2012");
  CHECK(shequ::basis(StaffingNorm{per_10000(18)}) == Basis::residents);
  CHECK(shequ::counts_persons(Basis::residents));
  CHECK_FALSE(shequ::counts_persons(Basis::dwellings));
  CHECK(shequ::to_string(Basis::resident_households, Language::zh) == "常住户");
}

TEST_CASE("norms say in words how they come to their number", "[rules]") {
  const StaffingNorm wujin = StaffingRule{};
  CHECK(shequ::explain(wujin, 1800) == "7 posts: 4 + 3 full steps of 250 over 1,000; norm staff.wujin2012, floor");
  CHECK(shequ::explain(wujin, 1250) == "5 posts: 4 + 1 full step of 250 over 1,000; norm staff.wujin2012, floor");
  CHECK(shequ::explain(wujin, 1800, Language::zh) ==
        "应配7人：基数4人＋超出1,000户部分满250户的3档；依据staff.wujin2012，不满一档不计");
  CHECK(shequ::explain(beijing(), 2000) ==
        "14 to 19 posts: 2,000 households, 1 per 110 to 150; norm staff.beijing2020, ceil");
  CHECK(shequ::explain(beijing(), 800) ==
        "9 posts: 800 households, 1 per 110 to 150, but at least 9; norm staff.beijing2020, ceil");
  CHECK(shequ::explain(beijing(), 2000, Language::zh) ==
        "应配14至19人：2,000户，每110至150配1人；依据staff.beijing2020，小数进一");
  CHECK(shequ::explain(table({{1000, {4, 4}}}), 800) ==
        "4 posts: 800 households, the band up to 1,000 households; "
        "norm staff.table");
  CHECK(shequ::explain(table({{1000, {4, 4}}}), 1001) ==
        "no answer: 1,001 households outside of the 0 to 1,000 that it covers; norm staff.table");
  CHECK(shequ::describe(wujin) ==
        "4 posts up to 1,000 households, +1 per 250 more (floor: only full steps count), for urban communities");
  CHECK(shequ::describe(beijing()) == "1 per 110 to 150 households, at least 9 (ceil), for urban communities");
}

TEST_CASE("families refuse parameters and counts that are none, by name", "[rules]") {
  CHECK_THROWS_WITH(StaffingRatio{}.posts_range(1), "per=0 must be in [1, 2147483647]");
  StaffingRatio broken = per_10000(18);
  broken.most_per = 20'000;
  CHECK_THROWS_WITH(broken.posts_range(1), "most_per=20000 must be in [1, per], or 0 for none");
  CHECK_THROWS_WITH(per_10000(0).posts_range(1), "posts=0 must be in [1, 1000000]");
  CHECK_THROWS_WITH(per_10000(18, -1).posts_range(1), "minimum=-1 must be in [0, 1000000]");
  CHECK_THROWS_WITH(per_10000(18).posts_range(-1), "count=-1 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(shequ::required_posts(StaffingRule{}, -1), "count=-1 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(table({}), "bands.size()=0 must be in [1, 12]");
  CHECK_THROWS_WITH(table({{100, {2, 2}}, {100, {3, 3}}}),
                    "bands[1].up_to=100 must be above the band before it and at most 2147483647");
  CHECK_THROWS_WITH(table({{100, {2, 2}}, {200, {1, 3}}}),
                    "bands[1].least=1 must be at least that of the band before it, and <= 1000000");
  CHECK_THROWS_WITH(table({{100, {3, 2}}}),
                    "bands[0].most=2 must be at least `least` and that of the band before it, and <= 1000000");
  const std::vector<std::int64_t> counts{1, -7};
  std::vector<std::int64_t> least(2);
  std::vector<std::uint8_t> no_answer(2);
  CHECK_THROWS_WITH(shequ::compute_posts(per_10000(18), {counts}, {least, no_answer}),
                    "counts[1]=-7 must be in [0, 2147483647]");
  least.resize(1);
  CHECK_THROWS_WITH(shequ::compute_posts(per_10000(18), {counts}, {least, no_answer}),
                    "least.size()=1 must be equal to 2");
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/stars.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"
#include "shequ/random.hpp"

using shequ::StarQuota;
using shequ::StarTies;
using Numbers = std::vector<std::int64_t>;

namespace {

Numbers by_rank(const Numbers& scores, const std::array<std::int64_t, 5>& caps, StarTies ties) {
  StarQuota rule;
  rule.caps = caps;
  rule.ties = ties;
  Numbers stars(scores.size());
  (void)shequ::compute_stars(rule, {scores, {}}, {stars, {}});
  return stars;
}

}  // namespace

TEST_CASE("the stars of 52 communities add up as the source says", "[rules]") {
  Numbers stars;
  stars.insert(stars.end(), 1, 5);
  stars.insert(stars.end(), 8, 4);
  stars.insert(stars.end(), 12, 3);
  stars.insert(stars.end(), 18, 2);
  stars.insert(stars.end(), 13, 0);
  const auto summary = shequ::summarise_stars({stars, {}});
  CHECK(summary.counts == std::array<std::int64_t, 5>{0, 18, 12, 8, 1});
  CHECK(summary.none == 13);
  CHECK(summary.starred_share == shequ::Fraction(3, 4));
  CHECK(summary.mean_stars == shequ::Fraction(109, 39));
  CHECK_FALSE(shequ::summarise_stars({}).starred_share.has_value());
  // 36 communities have brands and 39 stars: 3 or more starred ones are others.
  CHECK(39 - (34 + 2) == 3);
  // The same spread by rank.
  Numbers scores(52);
  for (std::size_t i = 0; i < 52; ++i) scores[i] = static_cast<std::int64_t>(9000 - 10 * i);
  const Numbers ranked = by_rank(scores, {0, 18, 12, 8, 1}, StarTies::better);
  CHECK(shequ::summarise_stars({ranked, {}}) == summary);
}

TEST_CASE("thresholds give the highest star that is reached", "[rules]") {
  shequ::StarThresholds rule;
  rule.least_hundredths = {std::nullopt, 6000, 7000, std::nullopt, 9000};
  rule.validate();
  CHECK(rule.stars(9000) == 5);
  CHECK(rule.stars(8999) == 3);
  CHECK(rule.stars(6000) == 2);
  CHECK(rule.stars(5999) == 0);
  TargetMemory<std::int64_t> stars(3);
  CHECK(shequ::compute_stars(rule, column_of({9500, std::nullopt, 0}).view(), stars.target()));
  CHECK(stars.values == Numbers{5, 0, 0});
  CHECK(stars.missing == std::vector<std::uint8_t>{0, 1, 0});
  for (std::int64_t score = 0; score < 10'000; ++score) REQUIRE(rule.stars(score + 1) >= rule.stars(score));
  rule.least_hundredths[2] = 5000;
  CHECK_THROWS_WITH(rule.validate(), "least_hundredths[2]=5000 must be above 6000");
  CHECK_THROWS_WITH(shequ::StarThresholds{}.validate(), "least_hundredths=none must be given for one star or more");
}

TEST_CASE("equal scores share the better star, or none of them gets it", "[rules]") {
  const Numbers scores{90, 80, 80, 70};
  CHECK(by_rank(scores, {0, 0, 0, 2, 2}, StarTies::better) == Numbers{5, 5, 5, 4});
  CHECK(by_rank(scores, {0, 0, 0, 2, 2}, StarTies::worse) == Numbers{5, 4, 4, 4});
  CHECK(by_rank(scores, {0, 0, 0, 0, 2}, StarTies::worse) == Numbers{5, 0, 0, 0});
}

TEST_CASE("stars by rank keep the caps, the order of scores and the order of rows", "[rules]") {
  shequ::Random random(6);
  for (int trial = 0; trial < 200; ++trial) {
    Numbers scores(random.below(30));
    for (auto& score : scores) score = random.below(12);
    std::array<std::int64_t, 5> caps{};
    for (auto& cap : caps) cap = random.below(6);
    const Numbers worse = by_rank(scores, caps, StarTies::worse);
    const Numbers better = by_rank(scores, caps, StarTies::better);
    std::int64_t room = 0;
    for (std::int64_t star = 5; star > 0; --star) {
      room += caps[static_cast<std::size_t>(star - 1)];
      REQUIRE(std::count_if(worse.begin(), worse.end(), [&](std::int64_t s) { return s >= star; }) <= room);
    }
    for (std::size_t i = 0; i < scores.size(); ++i) {
      REQUIRE(better[i] >= worse[i]);
      for (std::size_t j = 0; j < scores.size(); ++j) {
        if (scores[i] >= scores[j]) {
          REQUIRE(worse[i] >= worse[j]);
          REQUIRE(better[i] >= better[j]);
        }
      }
    }
    Numbers reversed(scores.rbegin(), scores.rend());
    Numbers stars = by_rank(reversed, caps, StarTies::better);
    std::reverse(stars.begin(), stars.end());
    REQUIRE(stars == better);
  }
  CHECK_THROWS_WITH(StarQuota{}.validate(), "ties=none must be better or worse");
}

TEST_CASE("five parts of at least 80 and 450 in all make the honour of Shaoxing", "[rules]") {
  shequ::StarAllOf rule;
  rule.least_part_hundredths = 8000;
  rule.least_total_hundredths = 45'000;
  rule.parts = 5;
  using Parts = std::vector<std::optional<std::int64_t>>;
  CHECK(rule.meets(Parts{9000, 9000, 9000, 9000, 9000}) == true);
  CHECK(rule.meets(Parts{8000, 9250, 9250, 9250, 9250}) == true);
  CHECK(rule.meets(Parts{7999, 9500, 9500, 9500, 9500}) == false);
  CHECK(rule.meets(Parts{8000, 9000, 9000, 9000, 9000}) == false);
  CHECK(rule.meets(Parts{8000, 9000, 9000, 9000, 9000}, 1000) == true);
  CHECK_FALSE(rule.meets(Parts{8000, 9000, 9000, 9000, std::nullopt}).has_value());
  rule.least_part_hundredths = 8500;
  rule.least_total_hundredths = 47'500;
  CHECK(rule.meets(Parts{8500, 9750, 9750, 9750, 9750}) == true);
  CHECK(rule.meets(Parts{8500, 9750, 9750, 9750, 9749}) == false);
  CHECK_THROWS_WITH((void)rule.meets(Parts{8000}), "part_hundredths.size()=1 must be equal to 5");
}

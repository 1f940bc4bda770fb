// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/targets.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

using shequ::Coverage;
using shequ::Fraction;
using shequ::TargetRule;
using shequ::TargetState;

namespace {

TargetRule of(const char* first, const char* second, const char* third) {
  TargetRule rule;
  rule.years = {{2012, Fraction::parse(first)}, {2013, Fraction::parse(second)}, {2014, Fraction::parse(third)}};
  return rule;
}

std::vector<std::int64_t> required(const TargetRule& rule, std::int64_t total) {
  return {rule.required(2012, total), rule.required(2013, total), rule.required(2014, total)};
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("targets by year are the shares rounded up on the communities of the year", "[rules]") {
  const TargetRule urban = of("75%", "83%", "98%");
  const TargetRule rural = of("71%", "81%", "95%");
  CHECK(required(urban, 120) == Numbers{90, 100, 118});
  CHECK(required(urban, 105) == Numbers{79, 88, 103});
  CHECK(required(rural, 117) == Numbers{84, 95, 112});
  CHECK(required(urban, 4) == Numbers{3, 4, 4});
  CHECK(required(rural, 2) == Numbers{2, 2, 2});
  CHECK(required(urban, 0) == Numbers{0, 0, 0});
}

TEST_CASE("a plan says what is required, missing and added each year", "[rules]") {
  TargetRule urban = of("75%", "83%", "98%");
  urban.id = "target.test";
  const auto rows =
      shequ::target_plan(urban, std::vector<TargetState>{{2012, 120, 85}, {2013, 120, {}}, {2014, 105, 110 - 7}});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].missing == 5);
  CHECK(rows[0].addition == 90);
  CHECK(rows[1].addition == 10);
  CHECK_FALSE(rows[1].missing.has_value());
  CHECK(rows[2].required == 103);  // on the year's own number after mergers
  CHECK(rows[2].addition == 3);
  CHECK(rows[2].missing == 0);
  CHECK(rows[2].rule == urban.id);
  const auto steady =
      shequ::target_plan(urban, std::vector<TargetState>{{2012, 120, {}}, {2013, 120, {}}, {2014, 120, {}}});
  CHECK(steady[2].addition == 18);
}

TEST_CASE("ranks share ties and leave out the next", "[rules]") {
  const std::vector<Coverage> towns{{1, 2, 0}, {3, 4, 0}, {0, 0, 5}, {2, 4, 0}, {9, 10, 0}, {0, 3, 0}};
  CHECK(shequ::rank_by_rate(towns) == std::vector<std::int32_t>{3, 2, 0, 3, 1, 5});
  shequ::Random random(5);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<Coverage> units(random.below(20));
    for (Coverage& unit : units) {
      unit.known = random.below(6);
      unit.having = unit.known == 0 ? 0 : random.below(static_cast<std::uint32_t>(unit.known) + 1);
    }
    const auto ranks = shequ::rank_by_rate(units);
    for (std::size_t i = 0; i < units.size(); ++i) {
      const auto better = std::count_if(units.begin(), units.end(), [&](const Coverage& other) {
        return other.rate() && units[i].rate() && *other.rate() > *units[i].rate();
      });
      REQUIRE(ranks[i] == (units[i].rate() ? better + 1 : 0));
    }
  }
}

TEST_CASE("targets refuse what has no answer and name it", "[rules]") {
  const TargetRule urban = of("75%", "83%", "98%");
  CHECK_THROWS_WITH(urban.required(2015, 1), "year=2015 must be one of 2012, 2013, 2014");
  CHECK_THROWS_WITH(urban.required(2014, -1), "total=-1 must be 0 or more");
  CHECK_THROWS_WITH(TargetRule{}.required(2014, 1), "years.size()=0 must be 1 or more");
  TargetRule mixed = urban;
  mixed.years[1].year = 2011;
  CHECK_THROWS_WITH(mixed.validate(), "years[1]=2011 must be after 2012");
  CHECK_THROWS_WITH(of("75%", "83%", "101%").validate(), "years[2].share=101/100 must be in [0, 1]");
  CHECK_THROWS_WITH(shequ::target_plan(urban, std::vector<TargetState>{{2012, 10, 11}}),
                    "states[0].done=11 must be in [0, 10]");
  CHECK_THROWS_WITH(shequ::target_plan(urban, std::vector<TargetState>{{2013, 10, {}}, {2012, 10, {}}}),
                    "states[1].year=2012 must be after 2013");
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/visiting.hpp"

#include <cstdint>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"
#include "shequ/rules/staffing.hpp"

using shequ::Fraction;
using shequ::VisitClass;
using shequ::VisitPer;
using shequ::VisitRule;

namespace {

VisitRule weekly() {
  VisitRule rule;
  rule.per = VisitPer::week;
  rule.working_weeks = 48;
  return rule;
}

}  // namespace

TEST_CASE("rounds of visits take the weeks of the worked examples", "[rules]") {
  const VisitRule rule = weekly();
  CHECK(Fraction(rule.households, rule.half_days_per_week) == Fraction(5, 2));  // 2.5 a half-day
  CHECK(rule.weeks_per_round(1000, 4) == 25);
  CHECK(rule.rounds_per_year(1000, 4) == Fraction(192, 100));
  CHECK(rule.weeks_per_round(1001, 5) == 21);
  CHECK(rule.weeks_per_round(2600, 11) == 24);
  CHECK(rule.weeks_per_round(2600, 10) == 26);
  CHECK(rule.weeks_per_round(300, 1) == 30);
  CHECK(rule.weeks_per_round(500, 1) == 50);
  CHECK(rule.rounds_per_year(500, 1) == Fraction(96, 100));
  CHECK(*rule.rounds_per_year(500, 1) < 1);  // a yearly visit to each household fails
  CHECK_FALSE(rule.weeks_per_round(10, 0).has_value());
  CHECK(rule.weeks_per_round(0, 0) == 0);
  CHECK_FALSE(rule.rounds_per_year(0, 4).has_value());
}

TEST_CASE("the small district's rounds take the weeks of the worked example", "[rules]") {
  const SmallDistrict district;
  TargetMemory<std::int64_t> weeks(6);
  CHECK(shequ::weeks_per_round(weekly(), district.households.view(), district.workers.view(), weeks.target()));
  CHECK(weeks.values == std::vector<std::int64_t>{23, 26, 19, 33, 25, 0});
  CHECK(weeks.missing == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 1});
  CHECK(shequ::weeks_per_round(weekly(), column_of({100, 0}).view(), column_of({0, 0}).view(),
                               TargetMemory<std::int64_t>(2).target()));
}

TEST_CASE("with the posts of the staffing rule a round takes about 25 weeks at any size", "[rules]") {
  const shequ::StaffingRule staffing;
  for (std::int64_t h = 1000; h <= 20'000; ++h) {
    const std::int64_t weeks = *weekly().weeks_per_round(h, staffing.posts(h));
    REQUIRE(weeks >= 25);
    REQUIRE(weeks <= 32);
  }
}

TEST_CASE("classes of households add up to visits and workers", "[rules]") {
  const std::vector<VisitClass> classes{{920, 2}, {80, 12}};
  const auto load = shequ::visit_load(weekly(), classes, 4);
  CHECK(load.visits == 2800);
  CHECK(weekly().per_year() == 480);
  CHECK(load.workers_exact == Fraction(35, 6));
  CHECK(load.workers_needed == 6);
  CHECK(load.per_worker_week == Fraction(2800, 192));
  CHECK_THAT(load.per_worker_week->to_double(), WithinAbs(14.6, 0.05));
  CHECK_FALSE(shequ::visit_load(weekly(), classes, 0).per_worker_week.has_value());
}

TEST_CASE("half-days and households are two tests", "[rules]") {
  CHECK(shequ::check_week(weekly(), 4, 10) == shequ::VisitCheck{true, true});
  CHECK(shequ::check_week(weekly(), 3, 40) == shequ::VisitCheck{false, true});
  CHECK(shequ::check_week(weekly(), 5, 9) == shequ::VisitCheck{true, false});
  VisitRule half_day = weekly();
  half_day.per = VisitPer::half_day;
  CHECK(half_day.per_week() == 40);
  CHECK(shequ::check_week(half_day, 4, 39) == shequ::VisitCheck{true, false});
}

TEST_CASE("the workload form sums volumes over standards times the allowance", "[rules]") {
  const std::vector<shequ::WorkloadComponent> components{{2800, 480}, {100, 200}};
  const auto need = shequ::workload_need(components, Fraction(5, 4), 6);
  CHECK(need.need == (Fraction(35, 6) + Fraction(1, 2)) * Fraction(5, 4));
  CHECK(need.ratio == Fraction(6) / need.need);
  CHECK(need.shortage);
  CHECK_FALSE(shequ::workload_need(components, Fraction(5, 4), 8).shortage);
  CHECK_FALSE(shequ::workload_need({}, Fraction(1), 8).ratio.has_value());
}

TEST_CASE("visits refuse what has no answer and name it", "[rules]") {
  VisitRule rule = weekly();
  rule.per = std::nullopt;
  CHECK_THROWS_WITH(rule.per_week(), "per=none must be week or half_day");
  rule = weekly();
  rule.working_weeks = 0;
  CHECK_THROWS_WITH(rule.per_year(), "working_weeks=0 must be in [1, 53]");
  CHECK_THROWS_WITH(weekly().weeks_per_round(-1, 4), "households_to_visit=-1 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(shequ::visit_load(weekly(), std::vector<VisitClass>{{1, 367}}, 4),
                    "classes[0].visits_per_year=367 must be in [0, 366]");
  CHECK_THROWS_WITH(shequ::check_week(weekly(), 15, 1), "half_days=15 must be in [0, 14]");
  CHECK_THROWS_WITH(shequ::workload_need(std::vector<shequ::WorkloadComponent>{{1, 0}}, 1, 1),
                    "components[0].standard=0 must be above 0");
  CHECK_THROWS_WITH(shequ::workload_need({}, Fraction(9, 10), 1), "allowance=9/10 must be 1 or more");
}

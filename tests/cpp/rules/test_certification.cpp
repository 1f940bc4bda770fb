// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/certification.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"
#include "shequ/random.hpp"
#include "shequ/rules/staffing.hpp"

using shequ::CertificationRule;
using shequ::CertLevel;
using shequ::Fraction;

namespace {

CertificationRule rule_of(const char* share) {
  CertificationRule rule;
  rule.required = Fraction::parse(share);
  rule.min_level = CertLevel::assistant;
  rule.id = "cert.test";
  return rule;
}

std::int64_t sum(const std::vector<std::int64_t>& values) {
  std::int64_t total = 0;
  for (const std::int64_t value : values) total += value;
  return total;
}

}  // namespace

TEST_CASE("certificates still needed follow from the exact share", "[rules]") {
  const CertificationRule rule = rule_of("80%");
  const auto need = shequ::certification_need(rule, 862, 138);
  CHECK(need.required == 690);
  CHECK(need.missing == 552);
  CHECK(need.rate == Fraction(138, 862));
  CHECK(need.rule == rule.id);
  CHECK(need.min_level == CertLevel::assistant);
  // 16 % printed to a whole percent leaves 837 to 890 workers.
  CHECK(shequ::certification_need(rule, 837, 138).missing == 532);
  CHECK(shequ::certification_need(rule, 890, 138).missing == 574);
  // About 7.2 workers a community; 7 posts mean 1,501 to 1,750 households under ceil, 1,750 to 1,999 under floor.
  CHECK(Fraction(862, 120).to_double() == Approx(7.18).epsilon(0.001));
  shequ::StaffingRule staffing;
  CHECK(staffing.min_households(7) == 1750);
  CHECK(staffing.max_households(7) == 1999);
  staffing.rounding = shequ::Rounding::ceil;
  CHECK(staffing.min_households(7) == 1501);
  CHECK(staffing.max_households(7) == 1750);
}

TEST_CASE("a share of nobody is undefined, neither none nor all", "[rules]") {
  const auto need = shequ::certification_need(rule_of("80%"), 0, 0);
  CHECK_FALSE(need.rate.has_value());
  CHECK(need.required == 0);
  CHECK(need.missing == 0);
}

TEST_CASE("the small district lacks ten urban and three rural certificates", "[rules]") {
  const auto urban =
      shequ::certification_need(rule_of("80%"), column_of({4, 4, 8, 5}).view(), column_of({1, 2, 3, 1}).view());
  CHECK(urban.workers == 21);
  CHECK(urban.certified == 7);
  CHECK(urban.rate == Fraction(1, 3));
  CHECK(urban.missing == 10);
  CHECK(urban.units == 4);
  const auto rural = shequ::certification_need(rule_of("50%"), column_of({3, 2}).view(), column_of({0, 0}).view());
  CHECK(rural.workers == 5);
  CHECK(rural.missing == 3);
}

TEST_CASE("certificates of each community may add up to more than the district lacks", "[rules]") {
  const auto workers = column_of({4, 4, 8, 5, std::nullopt});
  const auto certified = column_of({1, 2, 3, 1, 2});
  TargetMemory<std::int64_t> missing(5);
  CHECK(shequ::missing_certificates(rule_of("80%"), workers.view(), certified.view(), missing.target()));
  CHECK(missing.values == std::vector<std::int64_t>{3, 2, 4, 3, 0});
  CHECK(missing.missing == std::vector<std::uint8_t>{0, 0, 0, 0, 1});
  CHECK(shequ::certification_need(rule_of("80%"), workers.view(), certified.view()).unknown == 1);
}

TEST_CASE("certificates refuse what has no answer and name it", "[rules]") {
  CHECK_THROWS_WITH(shequ::certification_need(rule_of("80%"), 7, 8), "certified=8 must be in [0, workers=7]");
  CHECK_THROWS_WITH(shequ::certification_need(rule_of("80%"), -1, 0), "workers=-1 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(shequ::certification_need(rule_of("120%"), 1, 0), "required=6/5 must be in [0, 1]");
  CHECK_THROWS_WITH(shequ::certification_need(CertificationRule{}, 1, 0),
                    "min_level=none must be assistant, worker or senior");
  CHECK_THROWS_WITH(shequ::certification_need(rule_of("80%"), column_of({4, 4}).view(), column_of({1, 5}).view()),
                    "certified[1]=5 must be in [0, workers=4]");
  CHECK_THROWS_WITH(shequ::certification_need(rule_of("80%"), column_of({4}).view(), column_of({1, 5}).view()),
                    "certified.size()=2 must be equal to 1");
}

TEST_CASE("a person counts once and by the highest level", "[rules]") {
  const std::vector<CertLevel> highest{CertLevel::none, CertLevel::assistant, CertLevel::worker, CertLevel::senior};
  CHECK(shequ::count_certified(highest, CertLevel::assistant) == 3);
  CHECK(shequ::count_certified(highest, CertLevel::worker) == 2);
}

TEST_CASE("a training plan adds up to what is missing and reaches the target in its last year", "[rules]") {
  const auto need = shequ::certification_need(rule_of("80%"), 862, 138);
  const auto plan = shequ::training_plan(need, 2012, 2014, Fraction(1));
  REQUIRE(plan.size() == 3);
  CHECK(plan[0] == shequ::TrainingYear{2012, 184, 184, 322});
  CHECK(plan[2].certified == 690);
  CHECK(shequ::training_plan(need, 2012, 2012, Fraction::parse("30%"))[0].trainees == 1840);
  shequ::Random random(3);
  for (int trial = 0; trial < 200; ++trial) {
    const std::int64_t workers = random.below(500);
    const std::int64_t certified = random.below(static_cast<std::uint32_t>(workers) + 1);
    const auto some = shequ::certification_need(rule_of("80%"), workers, certified);
    const int years = 1 + static_cast<int>(random.below(6));
    std::vector<std::int64_t> additions;
    for (const auto& year : shequ::training_plan(some, 2020, 2019 + years, Fraction(2, 3))) {
      additions.push_back(year.additions);
      REQUIRE(Fraction(2, 3) * Fraction(year.trainees) >= year.additions);
      REQUIRE(Fraction(2, 3) * Fraction(year.trainees - 1) < year.additions);
    }
    REQUIRE(sum(additions) == some.missing);
    REQUIRE(additions.front() - additions.back() <= 1);
  }
  CHECK_THROWS_WITH(shequ::training_plan(need, 2014, 2012, Fraction(1)), "last_year=2012 must be in [2014, 2113]");
  CHECK_THROWS_WITH(shequ::training_plan(need, 2012, 2014, Fraction()), "pass_rate=0 must be in (0, 1]");
}

TEST_CASE("training is due the same day some years later", "[rules]") {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates
  shequ::TrainingInterval heads;
  shequ::TrainingInterval others;
  others.years = 2;
  CHECK(heads.due(2012y / February / 29) == 2013y / February / 28);
  CHECK(others.due(2012y / March / 5) == 2014y / March / 5);
  CHECK_FALSE(others.overdue(2012y / March / 5, 2014y / March / 5));
  CHECK(others.overdue(2012y / March / 5, 2014y / March / 6));
  CHECK_THROWS_WITH(heads.due(2013y / February / 29), "last=2013-02-29 must be a day of the calendar");
  heads.years = 0;
  CHECK_THROWS_WITH(heads.due(2013y / January / 1), "years=0 must be in [1, 100]");
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/base.hpp"

#include "catch_compat.hpp"
#include "scenario_fixtures.hpp"

using shequ::test::SmallDistrict;

TEST_CASE("equal bases have equal fingerprints and each difference shows in its own", "[scenario]") {
  const SmallDistrict district;
  const auto first = district.base()->fingerprints();
  CHECK(first == district.base()->fingerprints());
  SmallDistrict other = district;
  other.workers[2] = 9;
  const auto changed = other.base()->fingerprints();
  REQUIRE(changed.size() == first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK((changed[i] == first[i]) == (first[i].first != "column workers"));
  }
}

TEST_CASE("a base refuses values that would count twice, negative ones and rules without their column", "[scenario]") {
  SmallDistrict both;
  both.households_missing[7] = 0;
  CHECK_THROWS_AS(both.base(), shequ::InvalidInput);
  SmallDistrict negative;
  negative.households[2] = -1;
  CHECK_THROWS_AS(negative.base(), shequ::InvalidInput);
  SmallDistrict rule;
  shequ::StaffingRatio ratio;
  ratio.per = 500;
  ratio.basis = shequ::Basis::dwellings;
  rule.rules.push_back({0, std::nullopt, shequ::RuleKind::staffing, shequ::StaffingNorm{ratio}});
  CHECK_THROWS_AS(rule.base(), shequ::InvalidInput);
  rule.rules[1] = {99, std::nullopt, shequ::RuleKind::staffing, std::nullopt};
  CHECK_THROWS_AS(rule.base(), shequ::InvalidInput);
  shequ::FundingRule by_class;
  by_class.class_fen = {1, 2};
  rule.rules[1] = {0, std::nullopt, shequ::RuleKind::funding, by_class};
  CHECK_THROWS_AS(rule.base(), shequ::InvalidInput);
  rule.rules[1] = {0, std::nullopt, shequ::RuleKind::premises, shequ::FacilityRule{}};  // office_dm2 is not there
  CHECK_THROWS_AS(rule.base(), shequ::InvalidInput);
  rule.rules[1] = {0, std::nullopt, shequ::RuleKind::grid_size, shequ::GridSize{500, 300}};
  CHECK_THROWS_AS(rule.base(), shequ::InvalidInput);
  CHECK_THROWS_AS(shequ::ScenarioBase::make({}, {}), shequ::InvalidInput);
}

TEST_CASE("a base computes what it has rules of, also where they are taken away again", "[scenario]") {
  using enum shequ::ScenarioMeasure;
  SmallDistrict district;
  const std::vector always{communities, posts, shortage, surplus};
  CHECK(district.base()->measures() == always);
  district.rules.push_back({0, std::nullopt, shequ::RuleKind::grid_size, std::nullopt});
  const auto base = district.base();
  CHECK(base->measures() == std::vector{communities, posts, shortage, surplus, grids});
  shequ::Scenario scenario(base);
  CHECK(scenario.total(0, grids) == std::nullopt);
  scenario.set_rule({0, std::nullopt, shequ::RuleKind::grid_size, shequ::GridSize{300, 500}});
  CHECK(scenario.total(4, grids) == 6);
}

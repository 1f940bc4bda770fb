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
  rule.rules.push_back({0, std::nullopt, ratio});
  CHECK_THROWS_AS(rule.base(), shequ::InvalidInput);
  rule.rules[1] = {99, std::nullopt, std::nullopt};
  CHECK_THROWS_AS(rule.base(), shequ::InvalidInput);
  CHECK_THROWS_AS(shequ::ScenarioBase::make({}, {}), shequ::InvalidInput);
}

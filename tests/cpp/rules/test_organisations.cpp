// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/organisations.hpp"

#include <cstdint>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"

using shequ::ColumnView;
using shequ::Coverage;
using shequ::OrganisationRule;
using shequ::OrgSet;

namespace {

OrganisationRule asking(const OrgSet& asked) {
  OrganisationRule rule;
  rule.asked = asked;
  return rule;
}

constexpr OrgSet three{true, true, true, false};
constexpr OrgSet all{true, true, true, true};

}  // namespace

TEST_CASE("a coverage is those with, those known and those missing", "[rules]") {
  const std::vector<std::uint8_t> has{1, 0, 1, 1};
  const std::vector<std::uint8_t> missing{0, 0, 1, 0};
  const Coverage part = shequ::coverage({has, missing});
  CHECK(part == Coverage{2, 3, 1});
  CHECK(part.rate() == shequ::Fraction(2, 3));
  CHECK_FALSE(part.complete());
  CHECK_FALSE(shequ::coverage({}).rate().has_value());
}

TEST_CASE("exactly the parts that are asked for are counted", "[rules]") {
  const std::vector<std::uint8_t> sets{three.bits(), all.bits(), 1, 0, 14};
  const ColumnView<std::uint8_t> column{sets, {}};
  CHECK(shequ::organisation_coverage(asking(three), column) == Coverage{2, 5, 0});
  CHECK(shequ::organisation_coverage(asking(all), column) == Coverage{1, 5, 0});
  CHECK(shequ::organisation_coverage(asking(OrgSet{true, false, false, false}), column) == Coverage{3, 5, 0});
  TargetMemory<std::uint8_t> complete(5);
  CHECK_FALSE(shequ::complete_organisations(asking(three), column, complete.target()));
  CHECK(complete.values == std::vector<std::uint8_t>{1, 1, 0, 0, 0});
  for (std::int64_t bits = 0; bits < 16; ++bits) {
    const OrgSet set = OrgSet::from_bits(bits);
    REQUIRE(set.bits() == bits);
    REQUIRE(all.has_all(set));
    REQUIRE(set.has_all(three) == (bits == 7 || bits == 15));
  }
}

TEST_CASE("a set of organisations is said in both languages", "[rules]") {
  CHECK(all.text(shequ::Language::zh) == "一委一居一站一办");
  CHECK(three.text() == "party + committee + station");
  CHECK(OrgSet{}.text() == "none");
}

TEST_CASE("the three coverages keep their own unknown units", "[rules]") {
  const std::vector<std::uint8_t> yes{1, 1, 1};
  const std::vector<std::uint8_t> some{1, 0, 1};
  const std::vector<std::uint8_t> missing{0, 0, 1};
  const auto found = shequ::org_coverage({yes, {}}, {some, {}}, {yes, missing});
  CHECK(found.organisation.complete());
  CHECK(found.work == Coverage{2, 3, 0});
  CHECK(found.cohesion == Coverage{2, 2, 1});
}

TEST_CASE("organisations refuse what is no set and name it", "[rules]") {
  const std::vector<std::uint8_t> sets{3, 16};
  CHECK_THROWS_WITH(shequ::organisation_coverage(asking(three), {sets, {}}), "sets[1]=16 must be in [0, 15]");
  CHECK_THROWS_WITH(shequ::organisation_coverage(asking(OrgSet{}), {sets, {}}),
                    "asked=none must be one organisation or more");
  CHECK_THROWS_WITH(OrgSet::from_bits(-1), "bits=-1 must be in [0, 15]");
}

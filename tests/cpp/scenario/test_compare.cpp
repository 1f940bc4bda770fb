// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/compare.hpp"

#include <algorithm>

#include "catch_compat.hpp"
#include "scenario_fixtures.hpp"

using shequ::Scenario;
using shequ::test::SmallDistrict;

namespace {

[[nodiscard]] auto row_of(const std::vector<shequ::ScenarioDifference>& rows, shequ::UnitId unit,
                          const std::string& measure) {
  return std::ranges::find_if(rows, [&](const auto& row) { return row.unit == unit && row.measure == measure; });
}

}  // namespace

TEST_CASE("a comparison names what differs and the last edit that changed it", "[scenario]") {
  const Scenario before(SmallDistrict{}.base());
  Scenario after = before;
  after.add(2, "households", 350);
  after.add(3, "households", 1);
  const auto rows = compare(before, after);
  REQUIRE(rows.size() == 10);
  CHECK(row_of(rows, 2, "posts")->edit == 1);
  CHECK(row_of(rows, 0, "posts")->edit == 1);
  CHECK(row_of(rows, 0, "households")->edit == 2);
  CHECK(row_of(rows, 0, "households")->after == 6100 + 351);
  CHECK(row_of(rows, 2, "surplus")->before == 4);
  CHECK(row_of(rows, 2, "surplus")->after == 3);
  CHECK(compare(after, after).empty());
  const auto back = compare(after, before);
  CHECK(row_of(back, 2, "posts")->edit_of_before);
}

TEST_CASE("units that only one scenario has are told apart by code", "[scenario]") {
  const Scenario base(SmallDistrict{}.base());
  Scenario first = base;
  Scenario second = base;
  const std::vector<shequ::UnitId> units{2, 3};
  static_cast<void>(first.merge(units, "one", "A"));
  static_cast<void>(second.merge(units, "other", "B"));
  const auto rows = compare(first, second);
  CHECK(std::ranges::count(rows, "A", &shequ::ScenarioDifference::code) > 0);
  CHECK(std::ranges::count(rows, "A", &shequ::ScenarioDifference::code) ==
        std::ranges::count(rows, "B", &shequ::ScenarioDifference::code));
  CHECK(row_of(compare(base, first), 2, "households")->after == std::nullopt);
  CHECK(row_of(compare(base, first), 10, "households")->before == std::nullopt);
}

TEST_CASE("scenarios on different bases are not compared", "[scenario]") {
  const Scenario first(SmallDistrict{}.base());
  const Scenario second(SmallDistrict{}.base());
  CHECK_THROWS_AS(compare(first, second), shequ::InvalidInput);
}

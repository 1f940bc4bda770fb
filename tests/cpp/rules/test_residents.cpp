// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/residents.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"

using shequ::Fraction;

TEST_CASE("groups of residents are counted by grid and may overlap", "[rules]") {
  const std::vector<std::string> categories{"退休", "流动人口"};
  const auto retired = column_of({90, 20, 30});
  const auto migrant = column_of({80, std::nullopt, 10});
  const auto residents = column_of({100, 50, std::nullopt});
  const std::vector<shequ::ColumnView<std::int64_t>> counts{retired.view(), migrant.view()};
  const auto totals = shequ::group_totals(categories, counts, residents.view());
  REQUIRE(totals.size() == 2);
  CHECK(totals[0].category == "退休");
  CHECK(totals[0].persons == 140);
  CHECK(totals[0].share == Fraction(110, 150));  // the third grid's residents are not known
  CHECK(totals[1].persons == 90);
  CHECK(totals[1].known == 2);
  CHECK(totals[1].missing == 1);
  CHECK(totals[1].share == Fraction(80, 100));
  const auto too_many = column_of({101, 0, 0});
  const std::vector<shequ::ColumnView<std::int64_t>> wrong{too_many.view(), migrant.view()};
  CHECK_THROWS_WITH(shequ::group_totals(categories, wrong, residents.view()),
                    "counts[退休][0]=101 must be in [0, residents=100]");
  CHECK_THROWS_WITH(shequ::group_totals(categories, {}, residents.view()), "counts.size()=0 must be equal to 2");
}

TEST_CASE("bands of ages hold their lower edge and not their upper one", "[rules]") {
  const auto ages = column_of({34, 35, 44, 45, 60, std::nullopt});
  const std::vector<std::int64_t> edges{35, 45, 55};
  const auto found = shequ::band_shares(ages.view(), edges);
  REQUIRE(found.bands.size() == 4);
  CHECK(found.known == 5);
  CHECK(found.missing == 1);
  CHECK(found.bands[0] == shequ::BandShare{std::nullopt, 35, 1, Fraction(1, 5)});
  CHECK(found.bands[1] == shequ::BandShare{35, 45, 2, Fraction(2, 5)});
  CHECK(found.bands[2].count == 1);
  CHECK(found.bands[3] == shequ::BandShare{55, std::nullopt, 1, Fraction(1, 5)});
  CHECK_FALSE(shequ::band_shares({}, edges).bands[0].share.has_value());
  CHECK_THROWS_WITH(shequ::band_shares(ages.view(), std::vector<std::int64_t>{35, 35}), "edges[1]=35 must be above 35");
}

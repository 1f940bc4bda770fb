// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/percent_audit.hpp"

#include <cstdint>
#include <vector>

#include "catch_compat.hpp"

using shequ::CountRange;
using shequ::Fraction;
using shequ::PercentRounding;
using shequ::Precision;
using shequ::PrintedPercent;

namespace {

std::vector<CountRange> counts_of(const char* printed, std::int64_t total) {
  return shequ::consistent_counts(PrintedPercent::parse(printed), total, total);
}

}  // namespace

TEST_CASE("a printed percentage is impossible of some totals and fits others", "[rules]") {
  CHECK(counts_of("75.2%", 120).empty());
  CHECK(counts_of("75.2%", 105) == std::vector{CountRange{105, 79, 79}});
  CHECK(counts_of("75.2%", 117) == std::vector{CountRange{117, 88, 88}});
  CHECK(counts_of("75.2%", 121) == std::vector{CountRange{121, 91, 91}});
  CHECK(counts_of("65.9%", 117).empty());
  CHECK(counts_of("65.9%", 126) == std::vector{CountRange{126, 83, 83}});
  CHECK(counts_of("65.9%", 167) == std::vector{CountRange{167, 110, 110}});
  CHECK(counts_of("65.9%", 170) == std::vector{CountRange{170, 112, 112}});
  // 90 of 120 print as 75.0, 91 as 75.8, and 105 of 120 as 87.5.
  CHECK(PrintedPercent::parse("75.0%").fits(90, 120));
  CHECK(PrintedPercent::parse("75.8%").fits(91, 120));
  CHECK(PrintedPercent::parse("87.5%").fits(105, 120));
}

TEST_CASE("138 certificates are 16 percent of 837 to 890 workers", "[rules]") {
  CHECK(shequ::consistent_totals(PrintedPercent::parse("16%"), 138) == shequ::TotalRange{837, 890});
  CHECK(shequ::consistent_totals(PrintedPercent::parse("0%"), 0) == shequ::TotalRange{1, std::nullopt});
  CHECK(shequ::consistent_totals(PrintedPercent::parse("0%"), 3) == shequ::TotalRange{601, std::nullopt});
  CHECK(shequ::consistent_totals(PrintedPercent::parse("100%"), 3) == shequ::TotalRange{3, 3});
  CHECK_FALSE(shequ::consistent_totals(PrintedPercent::parse("16%"), 0).has_value());
  CHECK_FALSE(shequ::consistent_totals(PrintedPercent::parse("75.2%"), 1).has_value());
}

TEST_CASE("consistent counts are those that print so, tried one by one", "[rules]") {
  const auto rounding = GENERATE(PercentRounding::half_up, PercentRounding::truncate);
  const auto decimals = GENERATE(0, 1, 2);
  const std::int64_t scale = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
  // How a count prints, in units of the last digit, by whole numbers.
  const auto prints = [&](std::int64_t count, std::int64_t total) {
    const std::int64_t twice = 2 * count * 100 * scale;
    return rounding == PercentRounding::truncate ? twice / (2 * total) : (twice + total) / (2 * total);
  };
  for (std::int64_t units = 0; units <= 100 * scale; units += decimals == 2 ? 97 : 1) {
    const PrintedPercent printed{Fraction(units, 100 * scale), decimals, rounding};
    const auto ranges = shequ::consistent_counts(printed, 1, 60);
    auto range = ranges.begin();
    for (std::int64_t total = 1; total <= 60; ++total) {
      std::int64_t least = -1;
      std::int64_t most = -1;
      for (std::int64_t count = 0; count <= total; ++count) {
        const bool fits = prints(count, total) == units;
        if (printed.fits(count, total) != fits) FAIL("fits disagrees at " << count << " of " << total);
        if (!fits) continue;
        if (least < 0) least = count;
        most = count;
      }
      if (least < 0) {
        if (range != ranges.end() && range->total == total) FAIL("impossible total " << total);
        continue;
      }
      REQUIRE(range != ranges.end());
      REQUIRE(*range == CountRange{total, least, most});
      ++range;
    }
    for (std::int64_t count = 1; count <= 20; ++count) {
      const auto totals = shequ::consistent_totals(printed, count);
      for (std::int64_t total = count; total <= 60; ++total) {
        const bool inside = totals && total >= totals->least && (!totals->most || total <= *totals->most);
        if (inside != (prints(count, total) == units)) FAIL("totals disagree at " << count << " of " << total);
      }
    }
  }
}

TEST_CASE("approximate numbers keep their mark", "[rules]") {
  CHECK(shequ::parse_stated("近89%") == shequ::StatedNumber{Fraction(89, 100), Precision::just_under});
  CHECK(shequ::parse_stated("近 50 %") == shequ::StatedNumber{Fraction(1, 2), Precision::just_under});
  CHECK(shequ::parse_stated("100%") == shequ::StatedNumber{Fraction(1), Precision::exact});
  CHECK(shequ::parse_stated("700多") == shequ::StatedNumber{Fraction(700), Precision::at_least});
  CHECK(shequ::parse_stated("约1200") == shequ::StatedNumber{Fraction(1200), Precision::about});
  CHECK_THROWS_WITH(shequ::parse_stated("约"), "fraction=\"\" must be a number such as 4/5, 80% or 0.8");
}

TEST_CASE("percentages refuse what is none and name it", "[rules]") {
  CHECK_THROWS_WITH(PrintedPercent::parse("-5%"), "percent=\"-5%\" must be a percentage such as 75.2%");
  CHECK_THROWS_WITH(PrintedPercent::parse("101%"), "percent=101/100 must be in [0, 1]");
  CHECK_THROWS_WITH(PrintedPercent::parse("1.1234567"), "decimals=7 must be in [0, 6]");
  CHECK_THROWS_WITH((PrintedPercent{Fraction(1, 3), 1, {}}.validate()), "percent=1/3 must be a number of 1 decimals");
  CHECK_THROWS_WITH(PrintedPercent::parse("5%").fits(4, 3), "count=4 must be in [0, total=3]");
  CHECK_THROWS_WITH(shequ::consistent_counts(PrintedPercent::parse("5%"), 0, 3),
                    "first_total=0 must be in [1, 2147483647]");
  CHECK_THROWS_WITH(shequ::consistent_counts(PrintedPercent::parse("5%"), 9, 3),
                    "last_total=3 must be in [9, 1000008]");
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/fraction.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "catch_compat.hpp"

using shequ::Fraction;

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

static_assert(Fraction::parse("80%") == Fraction(4, 5));
static_assert(Fraction(4, 5).ceil_of(862) == 690);
static_assert(Fraction(1, 3) < Fraction::parse("33.4%"));

}  // namespace

TEST_CASE("a fraction is kept in lowest terms with a denominator above zero", "[rules]") {
  CHECK(Fraction(6, -8).numerator() == -3);
  CHECK(Fraction(6, -8).denominator() == 4);
  CHECK(Fraction(0, 7) == Fraction());
  CHECK(to_string(Fraction(90, 120)) == "3/4");
  CHECK(to_string(Fraction(-8, 4)) == "-2");
  CHECK_THROWS_WITH(Fraction(1, 0), "denominator=0 must be other than 0");
}

TEST_CASE("a fraction is read exactly from percent, quotient and decimal", "[rules]") {
  CHECK(Fraction::parse("30%") == Fraction(3, 10));
  CHECK(Fraction::parse("3/4") == Fraction(3, 4));
  CHECK(Fraction::parse("0.85") == Fraction(17, 20));
  CHECK(Fraction::parse("75.2 %") == Fraction(752, 1000));
  CHECK(Fraction::parse(" -1.5 / 0.5 ") == Fraction(-3));
  CHECK(Fraction::parse("+12") == Fraction(12));
  CHECK(Fraction::parse("0.00000000000000001").denominator() == 100'000'000'000'000'000);
  const auto bad = GENERATE("", " ", "x", "1/0", "1/", "/2", ".5", "5.", "1.2.3", "80%%", "8 0", "1e3", "--1", "3/4%",
                            "1234567890123456789012");
  const std::string expected = "fraction=\"" + std::string(bad) + "\" must be a number such as 4/5, 80% or 0.8";
  CHECK_THROWS_WITH(Fraction::parse(bad), expected);
}

TEST_CASE("fractions are compared exactly where doubles cannot", "[rules]") {
  CHECK(Fraction(largest - 1, largest) < Fraction(1));
  CHECK(Fraction(largest - 2, largest - 1) < Fraction(largest - 1, largest));
  CHECK(Fraction(-largest, largest - 1) < Fraction(-1));
  for (std::int64_t a = -6; a <= 6; ++a) {
    for (std::int64_t b = 1; b <= 6; ++b) {
      for (std::int64_t c = -6; c <= 6; ++c) {
        for (std::int64_t d = 1; d <= 6; ++d) {
          const Fraction x(a, b);
          const Fraction y(c, d);
          REQUIRE((x < y) == (a * d < c * b));
          REQUIRE((x == y) == (a * d == c * b));
          REQUIRE(x + y == Fraction(a * d + c * b, b * d));
          REQUIRE(x - y == Fraction(a * d - c * b, b * d));
          REQUIRE(x * y == Fraction(a * c, b * d));
          if (c != 0) REQUIRE(x / y == Fraction(a * d, b * c));
        }
      }
    }
  }
}

TEST_CASE("a share of a whole number is rounded exactly", "[rules]") {
  for (std::int64_t den = 1; den <= 8; ++den) {
    for (std::int64_t num = -20; num <= 20; ++num) {
      for (std::int64_t n = -5; n <= 5; ++n) {
        const Fraction share(num, den);
        const std::int64_t down = share.floor_of(n);
        REQUIRE(Fraction(down) <= share * Fraction(n));
        REQUIRE(Fraction(down + 1) > share * Fraction(n));
        const std::int64_t up = share.ceil_of(n);
        REQUIRE(Fraction(up) >= share * Fraction(n));
        REQUIRE(Fraction(up - 1) < share * Fraction(n));
        const std::int64_t nearest = share.round_of(n);
        REQUIRE(Fraction(2 * nearest - 1, 2) <= share * Fraction(n));
        REQUIRE(Fraction(2 * nearest + 1, 2) > share * Fraction(n));
      }
    }
  }
  CHECK(Fraction(largest - 1, largest).floor_of(largest) == largest - 1);
}

TEST_CASE("a fraction that does not fit is an error", "[rules]") {
  CHECK_THROWS_WITH(Fraction(largest) + Fraction(1), "fraction overflows 64 bits");
  CHECK_THROWS_WITH(Fraction(1, largest) * Fraction(1, 2), "fraction overflows 64 bits");
  CHECK_THROWS_WITH(Fraction(2).ceil_of(largest), "fraction overflows 64 bits");
  CHECK_THROWS_WITH(-Fraction(std::numeric_limits<std::int64_t>::min()), "fraction overflows 64 bits");
  CHECK_THROWS_WITH(shequ::check_fraction("ratio", Fraction(3, 2), 0, 1), "ratio=3/2 must be in [0, 1]");
  try {
    shequ::check_fraction("ratio", Fraction(3, 2), 0, 1);
    FAIL("a ratio above 1 was accepted");
  } catch (const shequ::InvalidInput& error) {
    CHECK(error.message(shequ::Language::zh) == "ratio=3/2 必须在 [0, 1] 之间");
  }
}

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/wide.hpp"

namespace shequ {

/// An exact ratio of two 64-bit whole numbers: a rate, a share, a threshold. Kept in lowest terms with a denominator
/// above 0, so that equal ratios are equal objects. Compared exactly; what does not fit throws InvalidInput.
///
///   Fraction::parse("80%") == Fraction(4, 5)      Fraction(4, 5).ceil_of(862) == 690
class Fraction {
 public:
  constexpr Fraction() = default;  ///< 0
  // Implicit, so that `rate > 0` reads as it should.
  constexpr Fraction(std::int64_t whole) noexcept : numerator_(whole) {}  // NOLINT(google-explicit-constructor)
  constexpr Fraction(std::int64_t numerator, std::int64_t denominator) : Fraction(reduced(numerator, denominator)) {}

  /// Reads "4/5", "80%", "75.2 %", "0.85" or "12", with a sign or without; throws InvalidInput on anything else.
  [[nodiscard]] static constexpr Fraction parse(std::string_view text);

  [[nodiscard]] constexpr std::int64_t numerator() const noexcept { return numerator_; }
  [[nodiscard]] constexpr std::int64_t denominator() const noexcept { return denominator_; }

  /// This share of `whole`, rounded down, up, or to the nearest (a half goes up).
  [[nodiscard]] constexpr std::int64_t floor_of(std::int64_t whole) const {
    return detail::narrow(detail::floor_divide(product(whole), denominator_), "fraction");
  }
  [[nodiscard]] constexpr std::int64_t ceil_of(std::int64_t whole) const {
    return detail::narrow(-detail::floor_divide(-product(whole), denominator_), "fraction");
  }
  [[nodiscard]] constexpr std::int64_t round_of(std::int64_t whole) const {
    const detail::Int128 exact = product(whole);
    const detail::Int128 down = detail::floor_divide(exact, denominator_);
    return detail::narrow(down + ((exact - down * denominator_) * 2 >= denominator_ ? 1 : 0), "fraction");
  }

  /// Nearest double, for people and plots; never compare it.
  [[nodiscard]] constexpr double to_double() const noexcept {
    return static_cast<double>(numerator_) / static_cast<double>(denominator_);
  }

  friend constexpr bool operator==(const Fraction&, const Fraction&) = default;
  friend constexpr std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) noexcept {
    return a.product(b.denominator_) <=> b.product(a.denominator_);
  }

  [[nodiscard]] constexpr Fraction operator-() const { return reduced(-detail::Int128{numerator_}, denominator_); }
  friend constexpr Fraction operator+(const Fraction& a, const Fraction& b) {
    // Each product is below 2^126, so that their sum fits.
    return reduced(a.product(b.denominator_) + b.product(a.denominator_), a.wide_denominator() * b.denominator_);
  }
  friend constexpr Fraction operator-(const Fraction& a, const Fraction& b) {
    return reduced(a.product(b.denominator_) - b.product(a.denominator_), a.wide_denominator() * b.denominator_);
  }
  friend constexpr Fraction operator*(const Fraction& a, const Fraction& b) {
    return reduced(a.product(b.numerator_), a.wide_denominator() * b.denominator_);
  }
  friend constexpr Fraction operator/(const Fraction& a, const Fraction& b) {
    return reduced(a.product(b.denominator_), a.wide_denominator() * b.numerator_);
  }

 private:
  [[nodiscard]] static constexpr Fraction reduced(detail::Int128 numerator, detail::Int128 denominator) {
    if (denominator == 0) detail::throw_argument("denominator", 0, "other than 0", "不为 0");
    if (denominator < 0) {
      numerator = -numerator;
      denominator = -denominator;
    }
    detail::Int128 a = numerator < 0 ? -numerator : numerator;
    detail::Int128 b = denominator;
    while (b != 0) {
      const detail::Int128 rest = a % b;
      a = b;
      b = rest;
    }
    Fraction result;
    result.numerator_ = detail::narrow(numerator / a, "fraction");
    result.denominator_ = detail::narrow(denominator / a, "fraction");
    return result;
  }
  [[nodiscard]] constexpr detail::Int128 product(std::int64_t factor) const noexcept {
    return detail::Int128{numerator_} * factor;
  }
  [[nodiscard]] constexpr detail::Int128 wide_denominator() const noexcept { return denominator_; }

  std::int64_t numerator_{0};
  std::int64_t denominator_{1};
};

/// "4/5", or "3" where it is whole: what Fraction::parse reads back.
[[nodiscard]] inline std::string to_string(const Fraction& value) {
  std::string text = std::to_string(value.numerator());
  if (value.denominator() != 1) text.append("/").append(std::to_string(value.denominator()));
  return text;
}

/// Throws InvalidInput unless `value` lies in [low, high].
constexpr void check_fraction(std::string_view name, const Fraction& value, const Fraction& low, const Fraction& high) {
  if (value >= low && value <= high) return;
  const std::string range = "[" + to_string(low) + ", " + to_string(high) + "]";
  detail::throw_argument(name, to_string(value), "in " + range, "在 " + range + " 之间");
}

namespace detail {

/// Reads the digits and the decimal point of a number, and counts the digits after the point.
class DecimalReader {
 public:
  explicit constexpr DecimalReader(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] constexpr bool skip(char c) noexcept {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  constexpr void skip_spaces() noexcept {
    while (skip(' ')) {
    }
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return rest_.empty(); }

  /// A whole or decimal number as a fraction of a power of ten; false where there is none, or one of over 18 digits.
  [[nodiscard]] constexpr bool number(std::int64_t& numerator, std::int64_t& denominator) noexcept {
    numerator = 0;
    denominator = 1;
    int digits = 0;
    bool after_point = false;
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '.') {
        if (after_point || digits == 0) return false;
        after_point = true;
      } else if (c >= '0' && c <= '9') {
        if (++digits > 18) return false;
        numerator = numerator * 10 + (c - '0');
        if (after_point) denominator *= 10;
      } else {
        break;
      }
      rest_.remove_prefix(1);
    }
    return digits > 0 && (!after_point || denominator > 1);
  }

 private:
  std::string_view rest_;
};

}  // namespace detail

constexpr Fraction Fraction::parse(std::string_view text) {
  const auto refuse = [text] {
    detail::throw_argument("fraction", "\"" + std::string(text) + "\"", "a number such as 4/5, 80% or 0.8",
                           "是 4/5、80% 或 0.8 这样的数");
  };
  detail::DecimalReader reader(text);
  reader.skip_spaces();
  const bool negative = reader.skip('-');
  if (!negative) static_cast<void>(reader.skip('+'));
  std::int64_t top = 0;
  std::int64_t scale = 1;
  if (!reader.number(top, scale)) refuse();
  Fraction value(negative ? -top : top, scale);
  reader.skip_spaces();
  if (reader.skip('%')) {
    value = value / Fraction(100);
  } else if (reader.skip('/')) {
    reader.skip_spaces();
    std::int64_t bottom = 0;
    std::int64_t bottom_scale = 1;
    if (!reader.number(bottom, bottom_scale) || bottom == 0) refuse();
    value = value / Fraction(bottom, bottom_scale);
  }
  reader.skip_spaces();
  if (!reader.empty()) refuse();
  return value;
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "shequ/rules/fraction.hpp"

namespace shequ {

/// How a printed percentage came from the exact one.
enum class PercentRounding : std::uint8_t {
  half_up,  ///< to the nearest, a half goes up
  truncate  ///< cut off
};

/// A percentage as a document prints it: "75.2%" stands for every share from 75.15 % up to and without 75.25 %.
struct PrintedPercent {
  Fraction share{};  ///< 752/1000
  int decimals{0};   ///< digits after the point, 0 to 6
  PercentRounding rounding{PercentRounding::half_up};

  /// Reads "75.2%", "75.2 %" or "75.2". Throws InvalidInput for anything else and beyond [0, 100].
  [[nodiscard]] static PrintedPercent parse(std::string_view text, PercentRounding rounding = PercentRounding::half_up);
  /// Least share that prints so, and the first above it that does not.
  [[nodiscard]] Fraction low() const;
  [[nodiscard]] Fraction high() const;
  /// True where `count` of `total` prints so; total must be above 0 and count at most total.
  [[nodiscard]] bool fits(std::int64_t count, std::int64_t total) const;
  void validate() const;
  friend bool operator==(const PrintedPercent&, const PrintedPercent&) = default;
};

/// Counts that print as a percentage of a total.
struct CountRange {
  std::int64_t total{};
  std::int64_t least{};
  std::int64_t most{};
  friend constexpr bool operator==(const CountRange&, const CountRange&) = default;
};

/// For every total from `first_total` to `last_total` that can print so, the counts that do: 75.2 % is impossible of
/// 120 and fits 79 of 105, 88 of 117, 91 of 121. Throws InvalidInput for totals below 1 and more than 1,000,000 of
/// them.
[[nodiscard]] std::vector<CountRange> consistent_counts(const PrintedPercent& printed, std::int64_t first_total,
                                                        std::int64_t last_total);

/// Totals of which a count prints as a percentage: 138 are 16 % of 837 to 890.
struct TotalRange {
  std::int64_t least{};
  std::optional<std::int64_t> most;  ///< nothing where there is no largest, as for 0 %
  friend constexpr bool operator==(const TotalRange&, const TotalRange&) = default;
};

/// Nothing where no total fits.
[[nodiscard]] std::optional<TotalRange> consistent_totals(const PrintedPercent& printed, std::int64_t count);

/// How a stated number is meant: 近 (just under), 约 (about) and 多 (at least) are not exact, and stay marked.
enum class Precision : std::uint8_t { exact, just_under, about, at_least };

struct StatedNumber {
  Fraction value{};
  Precision precision{Precision::exact};
  friend bool operator==(const StatedNumber&, const StatedNumber&) = default;
};

/// Reads "近89%", "约1200", "700多" or a plain number. Throws InvalidInput for anything else.
[[nodiscard]] StatedNumber parse_stated(std::string_view text);

}  // namespace shequ

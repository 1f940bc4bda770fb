// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace shequ::detail {

// Definitions of what one part is worth, rounded in one way wherever they are evaluated.

/// 10^6 (1 - fraction), rounded; 0 where the fraction is above 1.
[[nodiscard]] inline std::int64_t millionths_short_of(double fraction) {
  return fraction >= 1.0 ? 0 : std::llround(1e6 * (1.0 - fraction));
}

/// How far a part is from a circle of its perimeter, in millionths; 0 where there is no perimeter.
[[nodiscard]] inline std::int64_t polsby_popper_of(std::int64_t area, std::int64_t perimeter) {
  if (perimeter == 0) return 0;
  const auto length = static_cast<double>(perimeter);
  return millionths_short_of(4.0 * std::numbers::pi * static_cast<double>(area) / (length * length));
}

/// How little of a circle a part fills, in millionths; 0 where the circle is a point.
[[nodiscard]] inline std::int64_t reock_of(std::int64_t area, double squared_radius) {
  const double circle = std::numbers::pi * squared_radius;
  return circle > 0.0 ? millionths_short_of(static_cast<double>(area) / circle) : 0;
}

/// Sums over one part from which its moment of inertia follows.
struct Moments {
  std::int64_t weight{};
  std::int64_t x{};        ///< sum of weight * x
  std::int64_t y{};        ///< sum of weight * y
  std::int64_t squares{};  ///< sum of weight * (x^2 + y^2)
};

/// squares - (x^2 + y^2) / weight, rounded: the moment of inertia around the centre of gravity.
[[nodiscard]] std::int64_t inertia_of(const Moments& part);

/// Half way between the least and the most: the origin that keeps moments small. 0 for none.
[[nodiscard]] std::int64_t middle_of(const std::vector<std::int64_t>& values);

}  // namespace shequ::detail

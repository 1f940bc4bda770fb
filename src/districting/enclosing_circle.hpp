// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

namespace shequ::detail {

/// A place in whole units, each coordinate within +-10^9: differences, dot and cross products then fit std::int64_t.
struct Point {
  std::int64_t x{};
  std::int64_t y{};
  friend constexpr auto operator<=>(const Point&, const Point&) = default;
};

[[nodiscard]] inline std::int64_t squared_distance(const Point& a, const Point& b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/// Corners of the convex hull in turn, no three on one line. A. M. Andrew, "Another Efficient Algorithm for Convex
/// Hulls in Two Dimensions", Information Processing Letters 9, 1979, doi:10.1016/0020-0190(79)90072-3.
[[nodiscard]] std::vector<Point> convex_hull(std::vector<Point> points);

/// Squared radius of the circle through three corners, the same for any order of them.
[[nodiscard]] double circumscribed(const Point& a, const Point& b, const Point& c);

/// Squared radius of the smallest circle around `points`, the same for any order of them; 0 for none or one.
/// The points on the circle are found exactly; only the last formula rounds. Complexity: O(n log n) and, for the h
/// points of the convex hull, O(h^2) at worst.
[[nodiscard]] double enclosing_squared_radius(std::vector<Point> points);

}  // namespace shequ::detail

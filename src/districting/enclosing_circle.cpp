// SPDX-License-Identifier: BSD-3-Clause
#include "enclosing_circle.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <utility>

namespace shequ::detail {
namespace {

std::int64_t dot(const Point& corner, const Point& a, const Point& b) {
  return (a.x - corner.x) * (b.x - corner.x) + (a.y - corner.y) * (b.y - corner.y);
}

std::int64_t cross(const Point& corner, const Point& a, const Point& b) {
  return (a.x - corner.x) * (b.y - corner.y) - (a.y - corner.y) * (b.x - corner.x);
}

/// The 128 bits of a * b, high half first: to be compared.
std::pair<std::uint64_t, std::uint64_t> product(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t half = 0xFFFF'FFFFU;
  const std::uint64_t low = (a & half) * (b & half);
  const std::uint64_t left = (a >> 32U) * (b & half) + (low >> 32U);
  const std::uint64_t right = (a & half) * (b >> 32U) + (left & half);
  return {(a >> 32U) * (b >> 32U) + (left >> 32U) + (right >> 32U), (right << 32U) | (low & half)};
}

}  // namespace

std::vector<Point> convex_hull(std::vector<Point> points) {
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3) return points;
  std::vector<Point> hull;
  const auto extend = [&](const Point& point, std::size_t least) {
    while (hull.size() > least && cross(hull[hull.size() - 2], hull.back(), point) <= 0) hull.pop_back();
    hull.push_back(point);
  };
  for (const Point& point : points) extend(point, 1);
  const std::size_t lower = hull.size();
  for (std::size_t i = points.size() - 1; i-- > 0;) extend(points[i], lower);
  hull.pop_back();  // the first point again
  return hull;
}

// (a b c / (2 cross))^2
double circumscribed(const Point& a, const Point& b, const Point& c) {
  std::array<std::int64_t, 3> sides{squared_distance(a, b), squared_distance(b, c), squared_distance(c, a)};
  std::sort(sides.begin(), sides.end());  // one order of the factors, one rounding
  const auto doubled_area = static_cast<double>(std::abs(cross(a, b, c)));
  return static_cast<double>(sides[0]) * static_cast<double>(sides[1]) * static_cast<double>(sides[2]) /
         (4.0 * doubled_area * doubled_area);
}

double enclosing_squared_radius(std::vector<Point> points) {
  const std::vector<Point> hull = convex_hull(std::move(points));
  if (hull.size() < 2) return 0.0;
  // Chrystal's way: the circle through a side and the corner that sees it under the smallest angle holds all points.
  // Where that triangle has its obtuse angle elsewhere, the side opposite to it gives a smaller circle; else it is the
  // smallest. G. Chrystal, "On the Problem to Construct the Minimum Circle Enclosing n Given Points in the Plane",
  // Proceedings of the Edinburgh Mathematical Society 3, 1884, doi:10.1017/S0013091500037238.
  std::size_t first = 0;
  std::size_t second = 1;
  while (true) {
    std::size_t farthest = hull.size();  // the corner of the smallest angle, if any is below a right one
    std::uint64_t best_dot = 0;
    std::uint64_t best_cross = 1;
    for (std::size_t i = 0; i < hull.size(); ++i) {
      if (i == first || i == second) continue;
      const std::int64_t cosine = dot(hull[i], hull[first], hull[second]);
      if (cosine <= 0) continue;
      const auto sine = static_cast<std::uint64_t>(std::abs(cross(hull[i], hull[first], hull[second])));
      // cosine / sine > best_dot / best_cross: a smaller angle
      if (product(static_cast<std::uint64_t>(cosine), best_cross) > product(best_dot, sine)) {
        farthest = i;
        best_dot = static_cast<std::uint64_t>(cosine);
        best_cross = sine;
      }
    }
    if (farthest == hull.size()) return static_cast<double>(squared_distance(hull[first], hull[second])) / 4.0;
    if (dot(hull[first], hull[second], hull[farthest]) < 0) {
      first = farthest;
    } else if (dot(hull[second], hull[first], hull[farthest]) < 0) {
      second = farthest;
    } else {
      return circumscribed(hull[first], hull[second], hull[farthest]);
    }
  }
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "../../enclosing_circle.hpp"
#include "node_rows.hpp"

namespace shequ::detail {

/// How little parts fill of the smallest circles around them: objective::Reock.
///
/// Most moves leave both circles as they are: a point inside of a circle may go, and one may come. Else the circle
/// grows from the points that hold it, with the new one or without the old one, by taking in the farthest until none is
/// outside. B. Gaertner, "Fast and Robust Smallest
/// Enclosing Balls", ESA 1999, doi:10.1007/3-540-48481-7_29.
class CircleTerm {
 public:
  CircleTerm(const Component& component, std::span<const std::int64_t> areas, std::span<const std::int64_t> x,
             std::span<const std::int64_t> y);

  [[nodiscard]] CircleTerm coarsened(const SearchGraph& fine, const CoarseGraph& to) const;
  void reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts);
  [[nodiscard]] std::int64_t value() const noexcept { return value_; }
  [[nodiscard]] std::int64_t energy() const noexcept { return value_; }
  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const;
  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part);

 private:
  /// The smallest circle around some points. Those on it hold it: one, two or three; none: there is no circle yet.
  struct Circle {
    double x{};
    double y{};
    double squared_radius{};  // as enclosing_squared_radius() rounds it
    std::array<Point, 3> support{};
    std::size_t size{};

    /// Around the support that is left; the same circle where it is all left.
    [[nodiscard]] Circle without(std::span<const Point> points) const;
    /// Around the support and one point beyond the circle.
    [[nodiscard]] Circle with(const Point& point) const;
  };
  struct Part {
    Circle circle;
    std::int64_t area{};
    std::int64_t value{};
  };
  struct Moved {
    std::int32_t node{-1};
    std::int32_t part{-1};
    Part from;
    Part to;
  };

  class Farthest;
  CircleTerm() = default;
  void add_node(std::vector<Point> points);
  [[nodiscard]] std::span<const Point> points(std::int32_t node) const {
    return {points_.data() + offsets_[at(node)], points_.data() + offsets_[at(node) + 1]};
  }
  [[nodiscard]] const Moved& moved(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const;
  [[nodiscard]] static Circle around(const Point& point);
  [[nodiscard]] static Circle around(const Point& a, const Point& b);
  /// No circle where the points lie on a line.
  [[nodiscard]] static Circle around(const Point& a, const Point& b, const Point& c);
  /// The smallest circle around the points of a part without one node and with another, from one around some of them.
  [[nodiscard]] Circle enclose(std::int32_t part, std::int32_t without, std::int32_t with, Circle circle) const;
  void join(std::int32_t part, std::int32_t node);

  NodeRows areas_;
  std::vector<std::size_t> offsets_;  // of each node into points_
  std::vector<Point> points_;         // corners of the convex hull of each node's points
  std::vector<Part> parts_;
  std::vector<std::vector<std::int32_t>> nodes_;  // of each part
  std::vector<std::size_t> places_;               // of each node in its part's list
  mutable Moved last_;                            // what change() found, for the move() that follows
  std::int64_t value_{0};
};

}  // namespace shequ::detail

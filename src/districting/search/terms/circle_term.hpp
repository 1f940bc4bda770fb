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
    double squared_radius{};                // as enclosing_squared_radius() rounds it
    std::array<std::int32_t, 3> support{};  // numbers of points
    std::int32_t size{};
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
  /// The points of a part in no particular order, side by side so that all distances take few nanoseconds.
  struct PointList {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<std::int32_t> numbers;
  };

  CircleTerm() = default;
  void add_node(std::vector<Point> points);
  [[nodiscard]] std::int32_t first_point(std::int32_t node) const { return offsets_[at(node)]; }
  [[nodiscard]] std::int32_t end_point(std::int32_t node) const { return offsets_[at(node) + 1]; }
  [[nodiscard]] std::span<const Point> points(std::int32_t node) const {
    return {points_.data() + first_point(node), points_.data() + end_point(node)};
  }
  [[nodiscard]] const Moved& moved(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const;

  [[nodiscard]] Circle around(std::int32_t a) const;
  [[nodiscard]] Circle around(std::int32_t a, std::int32_t b) const;
  /// No circle where the points lie on a line.
  [[nodiscard]] Circle around(std::int32_t a, std::int32_t b, std::int32_t c) const;
  /// Around the support that is left without a node; the same circle where it is all left.
  [[nodiscard]] Circle without(const Circle& circle, std::int32_t node) const;
  /// Around the support and one point beyond the circle.
  [[nodiscard]] Circle with(const Circle& circle, std::int32_t point) const;
  [[nodiscard]] bool holds(const Circle& circle, std::int32_t point) const;

  /// The smallest circle around the first `count` points of a part and one more node, from one around some of them.
  [[nodiscard]] Circle enclose(std::int32_t part, std::size_t count, std::int32_t with_node, Circle circle) const;
  /// The farthest of the node's points that is beyond `squared` from the centre, which then becomes its distance; -1:
  /// none is.
  [[nodiscard]] std::int32_t farthest_of_node(const Circle& circle, std::int32_t node, double& squared) const;
  void join(std::int32_t part, std::int32_t node);
  /// Moves the points of a node to the end of its part's list.
  void put_last(std::int32_t part, std::int32_t node) const;

  NodeRows areas_;
  std::vector<std::int32_t> offsets_;  // of each node into points_
  std::vector<Point> points_;          // corners of the convex hull of each node's points
  std::vector<Part> parts_;
  mutable std::vector<PointList> lists_;      // of each part; change() may put them into another order
  mutable std::vector<std::int32_t> places_;  // of each point in its part's list
  mutable Moved last_;                        // what change() found, for the move() that follows
  std::int64_t value_{0};
};

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "circle_term.hpp"

#include <algorithm>
#include <array>

#include "../../part_values.hpp"

namespace shequ::detail {
namespace {

constexpr double outside = 1.0 + 1e-12;  // a squared distance beyond this times the squared radius

}  // namespace

/// The farthest of the points looked at that lie beyond a circle.
class CircleTerm::Farthest {
 public:
  explicit Farthest(const Circle& circle)
      : x_(circle.x), y_(circle.y), most_(circle.size == 0 ? -1.0 : circle.squared_radius * outside) {}

  void look_at(std::span<const Point> points) {
    for (const Point& point : points) {
      const double dx = static_cast<double>(point.x) - x_;
      const double dy = static_cast<double>(point.y) - y_;
      const double distance = dx * dx + dy * dy;
      if (distance <= most_) continue;
      most_ = distance;
      point_ = &point;
    }
  }
  /// nullptr: none lies beyond.
  [[nodiscard]] const Point* point() const noexcept { return point_; }

 private:
  double x_;
  double y_;
  double most_;
  const Point* point_{nullptr};
};

CircleTerm::Circle CircleTerm::around(const Point& point) {
  return {static_cast<double>(point.x), static_cast<double>(point.y), 0, {point}, 1};
}

CircleTerm::Circle CircleTerm::around(const Point& a, const Point& b) {
  const std::int64_t dx = a.x - b.x;
  const std::int64_t dy = a.y - b.y;
  return {static_cast<double>(a.x + b.x) / 2,
          static_cast<double>(a.y + b.y) / 2,
          static_cast<double>(dx * dx + dy * dy) / 4.0,
          {a, b},
          2};
}

CircleTerm::Circle CircleTerm::around(const Point& a, const Point& b, const Point& c) {
  const auto bx = static_cast<double>(a.x - c.x);
  const auto by = static_cast<double>(a.y - c.y);
  const auto cx = static_cast<double>(b.x - c.x);
  const auto cy = static_cast<double>(b.y - c.y);
  const double area = 2.0 * (bx * cy - by * cx);
  if (area == 0.0) return {};
  const double b2 = bx * bx + by * by;
  const double c2 = cx * cx + cy * cy;
  return {static_cast<double>(c.x) + (cy * b2 - by * c2) / area,
          static_cast<double>(c.y) + (bx * c2 - cx * b2) / area,
          circumscribed(a, b, c),
          {a, b, c},
          3};
}

CircleTerm::Circle CircleTerm::Circle::without(std::span<const Point> points) const {
  std::array<Point, 3> left{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (std::find(points.begin(), points.end(), support[i]) == points.end()) left[count++] = support[i];
  }
  if (count == size) return *this;
  return count == 0 ? Circle{} : count == 1 ? around(left[0]) : around(left[0], left[1]);
}

CircleTerm::Circle CircleTerm::Circle::with(const Point& point) const {
  if (size == 0) return around(point);
  // The smallest circle around the support and one point beyond has the latter on it, and one or two others.
  Circle best;
  const auto offer = [&](const Circle& candidate) {
    if (candidate.size == 0 || (best.size > 0 && candidate.squared_radius >= best.squared_radius)) return;
    Farthest left_out(candidate);
    left_out.look_at({support.data(), size});
    if (left_out.point() == nullptr) best = candidate;
  };
  for (std::size_t i = 0; i < size; ++i) offer(around(support[i], point));
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j) offer(around(support[i], support[j], point));
  }
  return best.squared_radius > squared_radius ? best : *this;  // no better: within rounding
}

CircleTerm::CircleTerm(const Component& component, std::span<const std::int64_t> areas, std::span<const std::int64_t> x,
                       std::span<const std::int64_t> y)
    : areas_(sum_column(component, areas)), offsets_{0} {
  for (std::int32_t v = 0; v < component.graph.num_nodes(); ++v) {
    std::vector<Point> points;
    for (const NodeId member : component.members(v)) points.push_back({x[at(member)], y[at(member)]});
    add_node(std::move(points));
  }
}

void CircleTerm::add_node(std::vector<Point> points) {
  if (points.size() > 2) points = convex_hull(std::move(points));
  points_.insert(points_.end(), points.begin(), points.end());
  offsets_.push_back(points_.size());
}

CircleTerm CircleTerm::coarsened(const SearchGraph& /*fine*/, const CoarseGraph& to) const {
  std::vector<std::vector<Point>> of_node(to.graph.weights.size());
  for (std::size_t v = 0; v < to.coarse_of.size(); ++v) {
    const auto own = points(static_cast<std::int32_t>(v));
    auto& all = of_node[at(to.coarse_of[v])];
    all.insert(all.end(), own.begin(), own.end());
  }
  CircleTerm coarse;
  coarse.areas_ = areas_.coarsened(to.coarse_of, to.graph.num_nodes());
  coarse.offsets_.push_back(0);
  for (std::vector<Point>& all : of_node) coarse.add_node(std::move(all));
  return coarse;
}

void CircleTerm::join(std::int32_t part, std::int32_t node) {
  places_[at(node)] = nodes_[at(part)].size();
  nodes_[at(part)].push_back(node);
}

void CircleTerm::reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts) {
  parts_.assign(at(num_parts), {});
  nodes_.assign(at(num_parts), {});
  places_.assign(labels.size(), 0);
  last_ = {};
  for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
    join(labels[at(v)], v);
    parts_[at(labels[at(v)])].area += *areas_.row(v);
  }
  value_ = 0;
  for (std::int32_t p = 0; p < num_parts; ++p) {
    Part& part = parts_[at(p)];
    part.circle = enclose(p, -1, -1, {});
    value_ += part.value = reock_of(part.area, part.circle.squared_radius);
  }
}

CircleTerm::Circle CircleTerm::enclose(std::int32_t part, std::int32_t without, std::int32_t with,
                                       Circle circle) const {
  for (;;) {
    Farthest beyond(circle);
    for (const std::int32_t node : nodes_[at(part)]) {
      if (node != without) beyond.look_at(points(node));
    }
    if (with >= 0) beyond.look_at(points(with));
    if (beyond.point() == nullptr) return circle;
    const Circle larger = circle.with(*beyond.point());
    if (circle.size > 0 && larger.squared_radius <= circle.squared_radius) return circle;  // within rounding
    circle = larger;
  }
}

const CircleTerm::Moved& CircleTerm::moved(std::span<const std::int32_t> labels, std::int32_t node,
                                           std::int32_t part) const {
  if (last_.node == node && last_.part == part) return last_;
  const std::int32_t from = labels[at(node)];
  last_ = {node, part, parts_[at(from)], parts_[at(part)]};
  const std::span<const Point> own = points(node);
  Circle& left = last_.from.circle;
  const Circle rest = left.without(own);
  if (rest.size < left.size) left = enclose(from, node, -1, rest);
  Circle& joined = last_.to.circle;
  Farthest beyond(joined);
  beyond.look_at(own);
  if (beyond.point() != nullptr) joined = enclose(part, -1, node, joined.with(*beyond.point()));
  last_.from.area -= *areas_.row(node);
  last_.to.area += *areas_.row(node);
  last_.from.value = reock_of(last_.from.area, last_.from.circle.squared_radius);
  last_.to.value = reock_of(last_.to.area, last_.to.circle.squared_radius);
  return last_;
}

std::int64_t CircleTerm::change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
  const Moved& after = moved(labels, node, part);
  return after.from.value - parts_[at(labels[at(node)])].value + after.to.value - parts_[at(part)].value;
}

void CircleTerm::move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
  const std::int32_t from = labels[at(node)];
  value_ += change(labels, node, part);
  parts_[at(from)] = last_.from;
  parts_[at(part)] = last_.to;
  last_ = {};
  auto& list = nodes_[at(from)];
  const std::size_t place = places_[at(node)];
  list[place] = list.back();
  places_[at(list[place])] = place;
  list.pop_back();
  join(part, node);
}

}  // namespace shequ::detail

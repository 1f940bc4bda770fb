// SPDX-License-Identifier: BSD-3-Clause
#include "circle_term.hpp"

#include <algorithm>
#include <utility>

#include "../../part_values.hpp"

namespace shequ::detail {
namespace {

constexpr double outside = 1.0 + 1e-12;  // a squared distance beyond this times the squared radius

/// Most of squared distances from (x, y); at least `most`. Four at a time, as each maximum waits for the one before.
double farthest_squared(std::span<const double> xs, std::span<const double> ys, double x, double y, double most) {
  std::array<double, 4> of{most, most, most, most};
  const std::size_t whole = xs.size() / of.size() * of.size();
  const auto look_at = [&](std::size_t i, double& best) {
    const double dx = xs[i] - x;
    const double dy = ys[i] - y;
    const double squared = dx * dx + dy * dy;
    best = squared > best ? squared : best;
  };
  for (std::size_t i = 0; i < whole; i += of.size()) {
    for (std::size_t lane = 0; lane < of.size(); ++lane) look_at(i + lane, of[lane]);
  }
  for (std::size_t i = whole; i < xs.size(); ++i) look_at(i, of[0]);
  return std::max({of[0], of[1], of[2], of[3]});
}

}  // namespace

CircleTerm::Circle CircleTerm::around(std::int32_t a) const {
  const Point& point = points_[at(a)];
  return {static_cast<double>(point.x), static_cast<double>(point.y), 0, {a}, 1};
}

CircleTerm::Circle CircleTerm::around(std::int32_t a, std::int32_t b) const {
  const Point& p = points_[at(a)];
  const Point& q = points_[at(b)];
  const std::int64_t dx = p.x - q.x;
  const std::int64_t dy = p.y - q.y;
  return {static_cast<double>(p.x + q.x) / 2,
          static_cast<double>(p.y + q.y) / 2,
          static_cast<double>(dx * dx + dy * dy) / 4.0,
          {a, b},
          2};
}

CircleTerm::Circle CircleTerm::around(std::int32_t a, std::int32_t b, std::int32_t c) const {
  const Point& p = points_[at(a)];
  const Point& q = points_[at(b)];
  const Point& r = points_[at(c)];
  const auto px = static_cast<double>(p.x - r.x);
  const auto py = static_cast<double>(p.y - r.y);
  const auto qx = static_cast<double>(q.x - r.x);
  const auto qy = static_cast<double>(q.y - r.y);
  const double area = 2.0 * (px * qy - py * qx);
  if (area == 0.0) return {};
  const double p2 = px * px + py * py;
  const double q2 = qx * qx + qy * qy;
  return {static_cast<double>(r.x) + (qy * p2 - py * q2) / area,
          static_cast<double>(r.y) + (px * q2 - qx * p2) / area,
          circumscribed(p, q, r),
          {a, b, c},
          3};
}

CircleTerm::Circle CircleTerm::without(const Circle& circle, std::int32_t node) const {
  std::array<std::int32_t, 3> left{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < at(circle.size); ++i) {
    const std::int32_t point = circle.support[i];
    if (point < first_point(node) || point >= end_point(node)) left[count++] = point;
  }
  if (count == at(circle.size)) return circle;
  return count == 0 ? Circle{} : count == 1 ? around(left[0]) : around(left[0], left[1]);
}

bool CircleTerm::holds(const Circle& circle, std::int32_t point) const {
  const double dx = static_cast<double>(points_[at(point)].x) - circle.x;
  const double dy = static_cast<double>(points_[at(point)].y) - circle.y;
  return dx * dx + dy * dy <= circle.squared_radius * outside;
}

CircleTerm::Circle CircleTerm::with(const Circle& circle, std::int32_t point) const {
  if (circle.size == 0) return around(point);
  // The smallest circle around the support and one point beyond has the latter on it. Of the circles on two points only
  // that through the farthest of the support can hold all; else it is the smallest on three.
  const std::span<const std::int32_t> support(circle.support.data(), at(circle.size));
  const auto holds_all = [&](const Circle& candidate) {
    return std::all_of(support.begin(), support.end(), [&](std::int32_t held) { return holds(candidate, held); });
  };
  const auto distance = [&](std::int32_t held) { return squared_distance(points_[at(held)], points_[at(point)]); };
  std::int32_t farthest = support.front();
  for (const std::int32_t held : support) farthest = distance(held) > distance(farthest) ? held : farthest;
  Circle best = around(farthest, point);
  if (!holds_all(best)) {
    best = {};
    for (std::size_t i = 0; i + 1 < support.size(); ++i) {
      for (std::size_t j = i + 1; j < support.size(); ++j) {
        const Circle candidate = around(support[i], support[j], point);
        if (candidate.size == 0 || (best.size > 0 && candidate.squared_radius >= best.squared_radius)) continue;
        if (holds_all(candidate)) best = candidate;
      }
    }
  }
  return best.squared_radius > circle.squared_radius ? best : circle;  // no better: within rounding
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
  offsets_.push_back(static_cast<std::int32_t>(points_.size()));
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
  PointList& list = lists_[at(part)];
  for (std::int32_t point = first_point(node); point < end_point(node); ++point) {
    places_[at(point)] = static_cast<std::int32_t>(list.numbers.size());
    list.numbers.push_back(point);
    list.x.push_back(static_cast<double>(points_[at(point)].x));
    list.y.push_back(static_cast<double>(points_[at(point)].y));
  }
}

void CircleTerm::put_last(std::int32_t part, std::int32_t node) const {
  PointList& list = lists_[at(part)];
  std::size_t last = list.numbers.size();
  for (std::int32_t point = end_point(node); point-- > first_point(node);) {
    --last;
    const std::size_t place = at(places_[at(point)]);
    std::swap(places_[at(point)], places_[at(list.numbers[last])]);
    std::swap(list.numbers[place], list.numbers[last]);
    std::swap(list.x[place], list.x[last]);
    std::swap(list.y[place], list.y[last]);
  }
}

void CircleTerm::reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts) {
  parts_.assign(at(num_parts), {});
  lists_.assign(at(num_parts), {});
  places_.assign(points_.size(), 0);
  last_ = {};
  for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
    join(labels[at(v)], v);
    parts_[at(labels[at(v)])].area += *areas_.row(v);
  }
  value_ = 0;
  for (std::int32_t p = 0; p < num_parts; ++p) {
    Part& part = parts_[at(p)];
    part.circle = enclose(p, lists_[at(p)].numbers.size(), -1, {});
    value_ += part.value = reock_of(part.area, part.circle.squared_radius);
  }
}

std::int32_t CircleTerm::farthest_of_node(const Circle& circle, std::int32_t node, double& squared) const {
  std::int32_t farthest = -1;
  for (std::int32_t point = first_point(node); point < end_point(node); ++point) {
    const double dx = static_cast<double>(points_[at(point)].x) - circle.x;
    const double dy = static_cast<double>(points_[at(point)].y) - circle.y;
    if (dx * dx + dy * dy <= squared) continue;
    squared = dx * dx + dy * dy;
    farthest = point;
  }
  return farthest;
}

CircleTerm::Circle CircleTerm::enclose(std::int32_t part, std::size_t count, std::int32_t with_node,
                                       Circle circle) const {
  const PointList& list = lists_[at(part)];
  const std::span<const double> xs(list.x.data(), count);
  const std::span<const double> ys(list.y.data(), count);
  for (;;) {
    const double limit = circle.size == 0 ? -1.0 : circle.squared_radius * outside;
    double most = farthest_squared(xs, ys, circle.x, circle.y, limit);
    std::int32_t beyond = with_node < 0 ? -1 : farthest_of_node(circle, with_node, most);
    if (beyond < 0 && most > limit) {
      std::size_t i = 0;
      while ((xs[i] - circle.x) * (xs[i] - circle.x) + (ys[i] - circle.y) * (ys[i] - circle.y) < most) ++i;
      beyond = list.numbers[i];
    }
    if (beyond < 0) return circle;
    const Circle larger = with(circle, beyond);
    if (circle.size > 0 && larger.squared_radius <= circle.squared_radius) return circle;  // within rounding
    circle = larger;
  }
}

const CircleTerm::Moved& CircleTerm::moved(std::span<const std::int32_t> labels, std::int32_t node,
                                           std::int32_t part) const {
  if (last_.node == node && last_.part == part) return last_;
  const std::int32_t from = labels[at(node)];
  last_ = {node, part, parts_[at(from)], parts_[at(part)]};
  Circle& left = last_.from.circle;
  const Circle rest = without(left, node);
  if (rest.size < left.size) {
    put_last(from, node);
    left = enclose(from, lists_[at(from)].numbers.size() - points(node).size(), -1, rest);
  }
  Circle& joined = last_.to.circle;
  double limit = joined.size == 0 ? -1.0 : joined.squared_radius * outside;
  const std::int32_t beyond = farthest_of_node(joined, node, limit);
  if (beyond >= 0) joined = enclose(part, lists_[at(part)].numbers.size(), node, with(joined, beyond));
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
  put_last(from, node);
  PointList& list = lists_[at(from)];
  const std::size_t left = list.numbers.size() - points(node).size();
  list.numbers.resize(left);
  list.x.resize(left);
  list.y.resize(left);
  join(part, node);
}

}  // namespace shequ::detail

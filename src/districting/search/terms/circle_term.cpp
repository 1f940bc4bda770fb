// SPDX-License-Identifier: BSD-3-Clause
#include "circle_term.hpp"

#include <algorithm>
#include <array>

#include "../../part_values.hpp"

namespace shequ::detail {
namespace {

constexpr double outside = 1.0 + 1e-12;  // a squared distance beyond this times the squared radius
constexpr double inside = 1.0 - 1e-9;    // one below is surely not on the circle

}  // namespace

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
    part.circle = enclose(p, -1, -1);
    value_ += part.value = reock_of(part.area, part.circle.squared_radius);
  }
}

CircleTerm::Circle CircleTerm::enclose(std::int32_t part, std::int32_t without, std::int32_t with) const {
  scratch_.clear();
  const auto add = [&](std::int32_t node) {
    const auto own = points(node);
    scratch_.insert(scratch_.end(), own.begin(), own.end());
  };
  for (const std::int32_t node : nodes_[at(part)]) {
    if (node != without) add(node);
  }
  if (with >= 0) add(with);
  return enclose(scratch_);
}

double CircleTerm::squared_distance_to(const Circle& circle, const Point& point) {
  const double dx = static_cast<double>(point.x) - circle.x;
  const double dy = static_cast<double>(point.y) - circle.y;
  return dx * dx + dy * dy;
}

CircleTerm::Circle CircleTerm::enclose(std::span<const Point> points) {
  if (points.empty()) return {};
  std::array<Point, 4> support{points.front()};  // points on the circle, and the farthest one outside of it
  std::size_t size = 1;
  Circle circle{static_cast<double>(points.front().x), static_cast<double>(points.front().y), 0};
  const auto circle_of_two = [](const Point& a, const Point& b) {
    const std::int64_t dx = a.x - b.x;
    const std::int64_t dy = a.y - b.y;
    return Circle{static_cast<double>(a.x + b.x) / 2, static_cast<double>(a.y + b.y) / 2,
                  static_cast<double>(dx * dx + dy * dy) / 4.0};
  };
  const auto holds_support = [&](const Circle& candidate) {
    return std::all_of(support.begin(), support.begin() + static_cast<std::ptrdiff_t>(size), [&](const Point& point) {
      return squared_distance_to(candidate, point) <= candidate.squared_radius * outside;
    });
  };
  for (std::size_t round = 0; round < 4 * points.size() + 8; ++round) {
    const Point* farthest = nullptr;
    double most = circle.squared_radius * outside;
    for (const Point& point : points) {
      const double distance = squared_distance_to(circle, point);
      if (distance <= most) continue;
      most = distance;
      farthest = &point;
    }
    if (farthest == nullptr) break;
    // The smallest circle around the support and the farthest point has the latter on it, and one or two others.
    support[size++] = *farthest;
    const Point& last = support[size - 1];
    Circle best;
    std::array<std::size_t, 3> chosen{};
    std::size_t chosen_size = 0;
    const auto offer = [&](const Circle& candidate, std::array<std::size_t, 3> corners, std::size_t count) {
      if (chosen_size > 0 && candidate.squared_radius >= best.squared_radius) return;
      if (!holds_support(candidate)) return;
      best = candidate;
      chosen = corners;
      chosen_size = count;
    };
    for (std::size_t i = 0; i + 1 < size; ++i) offer(circle_of_two(support[i], last), {i, size - 1, 0}, 2);
    for (std::size_t i = 0; i + 1 < size; ++i) {
      for (std::size_t j = i + 1; j + 1 < size; ++j) {
        const Point& a = support[i];
        const Point& b = support[j];
        const auto bx = static_cast<double>(a.x - last.x);
        const auto by = static_cast<double>(a.y - last.y);
        const auto cx = static_cast<double>(b.x - last.x);
        const auto cy = static_cast<double>(b.y - last.y);
        const double area = 2.0 * (bx * cy - by * cx);
        if (area == 0.0) continue;
        const double b2 = bx * bx + by * by;
        const double c2 = cx * cx + cy * cy;
        offer({static_cast<double>(last.x) + (cy * b2 - by * c2) / area,
               static_cast<double>(last.y) + (bx * c2 - cx * b2) / area, circumscribed(a, b, last)},
              {i, j, size - 1}, 3);
      }
    }
    if (chosen_size == 0 || best.squared_radius <= circle.squared_radius) break;  // no better within rounding
    std::array<Point, 4> next{};
    for (std::size_t i = 0; i < chosen_size; ++i) next[i] = support[chosen[i]];
    support = next;
    size = chosen_size;
    circle = best;
  }
  return circle;
}

const CircleTerm::Moved& CircleTerm::moved(std::span<const std::int32_t> labels, std::int32_t node,
                                           std::int32_t part) const {
  if (last_.node == node && last_.part == part) return last_;
  const std::int32_t from = labels[at(node)];
  last_ = {node, part, parts_[at(from)], parts_[at(part)]};
  bool on_circle = false;
  bool beyond = nodes_[at(part)].empty();
  for (const Point& point : points(node)) {
    const Circle& left = last_.from.circle;
    const Circle& joined = last_.to.circle;
    on_circle = on_circle || squared_distance_to(left, point) >= left.squared_radius * inside;
    beyond = beyond || squared_distance_to(joined, point) > joined.squared_radius * outside;
  }
  if (on_circle) last_.from.circle = enclose(from, node, -1);
  if (beyond) last_.to.circle = enclose(part, -1, node);
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

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/objective.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "../../../src/districting/enclosing_circle.hpp"
#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "districting/objective_fixtures.hpp"

using namespace shequ;
using namespace shequ::testing;
using shequ::detail::Point;

namespace {

using Column = std::vector<std::int64_t>;
using Labels = std::vector<PartId>;

/// Four houses in a row.
std::int64_t value_in_a_row(const Objective& of, const Labels& labels, Column weights = {1, 1, 1, 1}) {
  return objective_value(of, problem_of(path(4), std::move(weights), 0, 1'000'000), labels);
}

/// Smallest circle by trying all pairs and all triples of points.
double smallest_circle_by_trial(const std::vector<Point>& points) {
  double best = points.size() < 2 ? 0.0 : 1e300;
  const auto offer = [&](double x, double y, double squared) {
    const bool holds_all = std::all_of(points.begin(), points.end(), [&](const Point& p) {
      const double dx = static_cast<double>(p.x) - x;
      const double dy = static_cast<double>(p.y) - y;
      return dx * dx + dy * dy <= squared * (1 + 1e-9) + 1e-9;
    });
    if (holds_all) best = std::min(best, squared);
  };
  for (const Point& a : points) {
    for (const Point& b : points) {
      const auto bx = static_cast<double>(b.x - a.x);
      const auto by = static_cast<double>(b.y - a.y);
      offer(static_cast<double>(a.x) + bx / 2, static_cast<double>(a.y) + by / 2, (bx * bx + by * by) / 4);
      for (const Point& c : points) {
        const auto cx = static_cast<double>(c.x - a.x);
        const auto cy = static_cast<double>(c.y - a.y);
        const double twice = 2 * (bx * cy - by * cx);
        if (twice == 0) continue;
        const double x = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / twice;
        const double y = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / twice;
        offer(static_cast<double>(a.x) + x, static_cast<double>(a.y) + y, x * x + y * y);
      }
    }
  }
  return best;
}

Labels random_labels(std::uint64_t seed, std::uint32_t parts) {
  Random random(seed, 21);
  Labels labels;
  for (int v = 0; v < 20; ++v) labels.push_back(static_cast<PartId>(random.below(parts)));
  return labels;
}

template <class T>
std::vector<T> permuted(const std::vector<T>& column, const std::vector<NodeId>& new_place, std::size_t width = 1) {
  std::vector<T> result(column.size());
  for (std::size_t i = 0; i < column.size(); ++i) {
    result[static_cast<std::size_t>(new_place[i / width]) * width + i % width] = column[i];
  }
  return result;
}

/// The same problem with nodes and edges in another order.
Problem reordered(const Problem& problem, const std::vector<NodeId>& node, const std::vector<NodeId>& edge) {
  std::vector<std::pair<NodeId, NodeId>> ends(edge.size());
  for (EdgeId e = 0; e < problem.graph->num_edges(); ++e) {
    ends[static_cast<std::size_t>(edge[static_cast<std::size_t>(e)])] = {
        node[static_cast<std::size_t>(problem.graph->target(e))],
        node[static_cast<std::size_t>(problem.graph->source(e))]};
  }
  Problem other = problem;
  other.graph = std::make_shared<const Graph>(graph_of(problem.graph->num_nodes(), ends));
  other.weights = permuted(problem.weights, node);
  for (ObjectiveTerm& term : other.objective) {
    if (auto* perimeter = std::get_if<objective::SharedPerimeter>(&term.of)) {
      perimeter->lengths = permuted(perimeter->lengths, edge);
    } else if (auto* popper = std::get_if<objective::PolsbyPopper>(&term.of)) {
      *popper = {permuted(popper->areas, node), permuted(popper->outer_perimeters, node),
                 permuted(popper->lengths, edge)};
    } else if (auto* reock = std::get_if<objective::Reock>(&term.of)) {
      *reock = {permuted(reock->areas, node), permuted(reock->x, node), permuted(reock->y, node)};
    } else if (auto* inertia = std::get_if<objective::Inertia>(&term.of)) {
      *inertia = {{}, permuted(inertia->x, node), permuted(inertia->y, node)};
    } else if (auto* deviation = std::get_if<objective::Deviation>(&term.of)) {
      if (!deviation->weights.empty()) deviation->weights = permuted(deviation->weights, node);
    } else if (auto* regions = std::get_if<objective::RegionSplits>(&term.of)) {
      regions->region = permuted(regions->region, node);
    } else if (auto* disturbance = std::get_if<objective::Disturbance>(&term.of)) {
      disturbance->previous = permuted(disturbance->previous, node);
    } else if (auto* travel = std::get_if<objective::Travel>(&term.of)) {
      travel->distances = permuted(travel->distances, node, 3);
    }
  }
  return other;
}

std::vector<NodeId> random_order(std::size_t length, std::uint64_t seed) {
  std::vector<NodeId> order(length);
  std::iota(order.begin(), order.end(), NodeId{0});
  Random(seed, 22).shuffle(order);
  return order;
}

}  // namespace

TEST_CASE("cut edges are counted and measured, those of nodes in no part too") {
  CHECK(value_in_a_row(objective::CutEdges{}, {0, 0, 1, 1}) == 1);
  CHECK(value_in_a_row(objective::CutEdges{}, {0, 1, 0, -1}) == 3);
  CHECK(value_in_a_row(objective::SharedPerimeter{{5, 7, 11}}, {0, 1, 1, 0}) == 16);
}

TEST_CASE("squares of 10 m: their Polsby-Popper ratio is pi / 4, that of two in a row 2 pi / 9") {
  const objective::PolsbyPopper squares{{100, 100, 100, 100}, {20, 20, 20, 20}, {10, 10, 10, 10}};
  const Problem problem = problem_of(grid(2, 2), {1, 1, 1, 1}, 0, 4);
  CHECK(objective_value(squares, problem, Labels{0, 0, 0, 0}) == 214'602);                    // 10^6 (1 - 0.7853982)
  CHECK(objective_value(squares, problem, Labels{0, 1, 2, 3}) == std::int64_t{4} * 214'602);  // 40 m around 100 m2 each
  CHECK(objective_value(squares, problem, Labels{0, 1, 0, 1}) == std::int64_t{2} * 301'868);  // 10^6 (1 - 0.6981317)
  CHECK(objective_value(squares, problem, Labels{0, 1, 0, -1}) == 301'868 + 214'602);
  const objective::PolsbyPopper no_border{{100, 100, 100, 100}, {0, 0, 0, 0}, {1, 1, 1, 1}};
  CHECK(objective_value(no_border, problem, Labels{0, 0, 0, 0}) == 0);
  CHECK(objective_value(no_border, problem, Labels{0, 0, 1, 1}) == 0);  // more area than two steps can surround
}

TEST_CASE("Reock compares the area with the smallest circle around the points") {
  const auto value = [](Column areas, Column x, Column y) {
    return value_in_a_row(objective::Reock{std::move(areas), std::move(x), std::move(y)}, {0, 0, 0, 0});
  };
  CHECK(value({10, 10, 10, 10}, {0, 10, 0, 10}, {0, 0, 10, 10}) == 745'352);  // 40 / (50 pi) = 0.2546479
  CHECK(value({100, 100, 0, 0}, {0, 10, 0, 10}, {0, 0, 10, 10}) == 0);        // 200 is more than 50 pi
  CHECK(value({1, 1, 1, 0}, {0, 6, 3, 3}, {0, 0, 5, 1}) == 917'394);          // 3 / (11.56 pi) = 0.0826064
  CHECK(value({5, 0, 0, 0}, {0, 10, 4, 4}, {0, 0, 1, 1}) == 936'338);         // 5 / (25 pi) = 0.0636620
  CHECK(value({1, 1, 1, 1}, {7, 7, 7, 7}, {3, 3, 3, 3}) == 0);                // one point: no circle
  CHECK(value_in_a_row(objective::Reock{{1, 1, 1, 1}, {0, 2, 0, 9}, {0, 0, 0, 0}}, {0, 0, 1, 2}) == 363'380);
}

TEST_CASE("the smallest circle is that of all pairs and triples, in any order of the points") {
  const auto seed = GENERATE(range(1U, 41U));
  Random random(seed, 5);
  const std::int64_t scale = seed % 2 == 0 ? 1 : 90'000'000;
  const std::uint32_t spread = 2 + random.below(12);
  std::vector<Point> points;
  for (auto n = 1 + random.below(14); n > 0; --n) {
    const auto draw = [&] { return scale * (static_cast<std::int64_t>(random.below(spread)) - 5); };
    const std::int64_t x = draw();
    points.push_back({x, seed % 5 == 0 ? 2 * x : draw()});  // every fifth time on one line
  }
  const double squared = detail::enclosing_squared_radius(points);
  CHECK_THAT(squared, WithinRel(smallest_circle_by_trial(points), 1e-9));
  random.shuffle(points);
  CHECK(detail::enclosing_squared_radius(points) == squared);
}

TEST_CASE("a circle of ten thousand points is found, and the widest coordinates fit") {
  std::vector<Point> points;
  for (int i = 0; i < 10'000; ++i) {
    const double angle = i * 0.000628;
    points.push_back({std::llround(1e9 * std::cos(angle)), std::llround(1e9 * std::sin(angle))});
  }
  CHECK_THAT(detail::enclosing_squared_radius(points), WithinRel(1e18, 1e-8));
  constexpr std::int64_t far = 1'000'000'000;
  CHECK(detail::enclosing_squared_radius({{-far, -far}, {far, far}, {far, -far}, {-far, far}}) == 2e18);
}

TEST_CASE("the moment of inertia is that around each part's centre of gravity") {
  const auto value = [](Column weights, Column x, Column y, const Labels& labels) {
    return value_in_a_row(objective::Inertia{std::move(weights), std::move(x), std::move(y)}, labels);
  };
  CHECK(value({}, {0, 4, 0, 4}, {0, 0, 3, 3}, {0, 0, 0, 0}) == 25);           // 4 (2^2 + 1.5^2)
  CHECK(value({1, 2, 0, 0}, {0, 3, 9, 9}, {0, 0, 9, 9}, {0, 0, 0, 1}) == 6);  // centre 2: 1 * 4 + 2 * 1
  CHECK(value({}, {0, 1, 0, 0}, {0, 0, 0, 0}, {0, 0, 1, 1}) == 1);            // 0.5, rounded
  CHECK(value({}, {0, 4, 0, 10}, {0, 0, 0, 0}, {0, 0, 1, 1}) == 8 + 50);
  CHECK(value({}, {0, 4, 0, 10}, {0, 0, 0, 0}, {0, 0, 1, -1}) == 8);
}

TEST_CASE("the moment of inertia does not depend on where the origin is") {
  const auto seed = GENERATE(range(1U, 11U));
  const Problem problem = problem_of(path(20), random_weights(20, 1000, seed), 0, 100'000);
  objective::Inertia inertia{{}, random_weights(20, 5000, seed + 1), random_weights(20, 5000, seed + 2)};
  const Labels labels = random_labels(seed, 4);
  const std::int64_t value = objective_value(inertia, problem, labels);
  double real = 0;
  for (PartId part = 0; part < 4; ++part) {
    double weight = 0;
    double x = 0;
    double y = 0;
    for (std::size_t v = 0; v < 20; ++v) {
      if (labels[v] != part) continue;
      weight += static_cast<double>(problem.weights[v]);
      x += static_cast<double>(problem.weights[v] * inertia.x[v]);
      y += static_cast<double>(problem.weights[v] * inertia.y[v]);
    }
    for (std::size_t v = 0; v < 20; ++v) {
      if (labels[v] != part || weight == 0) continue;
      const double dx = static_cast<double>(inertia.x[v]) - x / weight;
      const double dy = static_cast<double>(inertia.y[v]) - y / weight;
      real += static_cast<double>(problem.weights[v]) * (dx * dx + dy * dy);
    }
  }
  CHECK_THAT(static_cast<double>(value), WithinAbs(real, 2.1));
  for (std::int64_t& x : inertia.x) x += 900'000'001;
  for (std::int64_t& y : inertia.y) y = -y - 777'777'777;
  CHECK(objective_value(inertia, problem, labels) == value);
}

TEST_CASE("deviations count from a target or from the mean, all or the largest") {
  const Labels labels{0, 0, 1, 2};
  const auto value = [&](std::optional<std::int64_t> target, objective::Norm norm) {
    return value_in_a_row(objective::Deviation{{10, 20, 50, 21}, target, norm}, labels);
  };
  CHECK(value(std::nullopt, objective::Norm::sum) == 3 + 17 + 12);  // 101 / 3 is 33
  CHECK(value(std::nullopt, objective::Norm::max) == 17);
  CHECK(value(40, objective::Norm::sum) == 10 + 10 + 19);
  CHECK(value(40, objective::Norm::max) == 19);
  CHECK(value_in_a_row(objective::Deviation{}, {-1, -1, -1, -1}) == 0);
}

TEST_CASE("posts step with the households of each part") {
  const objective::Staff staff{};  // 4 posts to 1,000 households, one more per additional 250
  CHECK(value_in_a_row(staff, {0, 0, 1, 1}, {1000, 249, 1000, 250}) == 4 + 5);
  CHECK(value_in_a_row(staff, {0, 1, 2, 2}, {1000, 249, 1000, 251}) == 4 + 4 + 5);
  CHECK(value_in_a_row(objective::Staff{{}, {1500, 0, 0, 0}}, {0, 0, 1, 1}) == 6 + 4);
  CHECK(value_in_a_row(objective::StaffLoad{}, {0, 0, 1, 1}, {1000, 249, 1000, 250}) == 312'250);  // 1249 / 4
  CHECK(value_in_a_row(objective::StaffLoad{}, {0, 0, 0, 0}, {500, 0, 0, 1}) == 125'250);
  CHECK(value_in_a_row(objective::PartCount{}, {0, 3, 3, -1}) == 2);
}

TEST_CASE("a region in three parts is split twice") {
  const objective::RegionSplits splits{{2'000'000'000, 2'000'000'000, 2'000'000'000, -1}};
  CHECK(value_in_a_row(splits, {0, 1, 2, 2}) == 2);
  CHECK(value_in_a_row(splits, {0, 0, 0, 1}) == 0);
  CHECK(value_in_a_row(objective::RegionSplits{{0, 1, 1, 0}}, {0, 0, 1, 1}) == 2);
  CHECK(value_in_a_row(objective::RegionSplits{{0, 0, 0, 0}}, {-1, 1, -1, 0}) == 1);
}

TEST_CASE("whoever has another number than last year is disturbed, unless new") {
  const objective::Disturbance disturbance{{5, 5, -1, 9}, {10, 20, 40, 80}};
  CHECK(value_in_a_row(disturbance, {5, 5, 5, 9}) == 0);
  CHECK(value_in_a_row(disturbance, {5, 9, 9, 9}) == 20);
  CHECK(value_in_a_row(disturbance, {0, 0, 0, -1}) == 110);
  CHECK(value_in_a_row(disturbance, {2'147'483'647, 5, 5, 5}) == 90);
}

TEST_CASE("each part is served from the centre nearest to it as a whole") {
  const objective::Travel travel{2, {0, 9, 1, 8, 7, 2, 9, 0}};
  CHECK(value_in_a_row(travel, {0, 0, 1, 1}) == 1 + 2);
  CHECK(value_in_a_row(travel, {0, 0, 0, 0}) == 17);  // 0 + 1 + 7 + 9 from the first, 19 from the second
  CHECK(value_in_a_row(travel, {0, 0, 0, 1}) == 8 + 0);
}

TEST_CASE("values do not depend on how parts are numbered, but for last year's grids") {
  const auto seed = GENERATE(range(1U, 13U));
  const Problem problem = every_objective(seed);
  const Labels labels = random_labels(seed, 6);
  const std::vector<NodeId> number = random_order(20, seed);
  Labels renumbered;
  for (const PartId label : labels) renumbered.push_back(number[static_cast<std::size_t>(label)]);
  Column before = objective_values(problem, labels);
  Column after = objective_values(problem, renumbered);
  CHECK(std::all_of(before.begin(), before.end(), [](std::int64_t value) { return value >= 0; }));
  before.pop_back();
  after.pop_back();
  CHECK(before == after);
}

TEST_CASE("values do not depend on the order of nodes and edges") {
  const auto seed = GENERATE(range(1U, 13U));
  const Problem problem = every_objective(seed);
  const Labels labels = random_labels(seed, 5);
  const std::vector<NodeId> node = random_order(20, seed);
  const std::vector<NodeId> edge = random_order(static_cast<std::size_t>(problem.graph->num_edges()), seed + 50);
  CHECK(objective_values(reordered(problem, node, edge), permuted(labels, node)) == objective_values(problem, labels));
}

TEST_CASE("objectives refuse labels and columns that do not fit") {
  CHECK_THROWS_AS(value_in_a_row(objective::CutEdges{}, {0, 0, 0}), InvalidInput);
  CHECK_THROWS_AS(value_in_a_row(objective::CutEdges{}, {0, 0, 0, 4}), InvalidInput);
  CHECK_THROWS_AS(value_in_a_row(objective::CutEdges{}, {0, 0, 0, -2}), InvalidInput);
  CHECK_THROWS_AS(value_in_a_row(objective::SharedPerimeter{{1}}, {0, 0, 0, 0}), InvalidInput);
}

TEST_CASE("objectives have the names that Python uses") {
  std::vector<std::string> names;
  for (const ObjectiveTerm& term : every_objective(1).objective) names.emplace_back(to_string(term.of));
  CHECK(names == std::vector<std::string>{"cut_edges", "shared_perimeter", "polsby_popper", "reock", "inertia",
                                          "deviation", "deviation", "part_count", "staff", "staff_load",
                                          "region_splits", "travel", "disturbance"});
}

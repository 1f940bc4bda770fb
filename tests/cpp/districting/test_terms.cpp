// SPDX-License-Identifier: BSD-3-Clause
// Terms of the objective inside the search: what moves keep up to date must equal what is computed from nothing.
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "../../../src/districting/search/terms/built_in_terms.hpp"
#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "districting/objective_fixtures.hpp"
#include "shequ/detail/search/coarsen.hpp"
#include "shequ/detail/search/components.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/solve.hpp"
#include "shequ/districting/term.hpp"

using namespace shequ;
using namespace shequ::testing;
using shequ::detail::BuiltInTerms;
using shequ::detail::Component;
using shequ::detail::Overlap;

namespace {

using Labels = std::vector<std::int32_t>;

constexpr std::int32_t num_parts = 5;

std::size_t index(std::int32_t value) { return static_cast<std::size_t>(value); }

/// The problem with one of the terms alone.
Problem only(const Problem& problem, std::size_t term) {
  Problem one = problem;
  one.objective = {problem.objective[term]};
  one.objective.front().weight = 3;
  return one;
}

/// Labels of the problem's nodes by those of a component that holds all of them; parts numbered as the term that
/// compares with last year's grids numbers them: to leave as much as possible where it was.
std::vector<PartId> plan_of(const Problem& problem, const Component& component, const Labels& labels) {
  std::vector<PartId> plan(problem.weights.size(), no_part);
  for (std::int32_t v = 0; v < component.graph.num_nodes(); ++v) {
    for (const NodeId member : component.members(v)) plan[index(member)] = labels[index(v)];
  }
  return plan;
}

std::int64_t value_from_nothing(const Problem& problem, const std::vector<PartId>& plan) {
  const std::vector<std::int64_t> values = objective_values(problem, plan);
  return values.front() * problem.objective.front().weight;
}

bool is_disturbance(const Problem& problem) {
  return std::holds_alternative<objective::Disturbance>(problem.objective.front().of);
}

}  // namespace

TEST_CASE("terms kept up to date by moves equal those computed from nothing") {
  const auto seed = GENERATE(1U, 2U, 3U);
  const auto number = GENERATE(range(std::size_t{2}, std::size_t{13}));
  Problem everything = every_objective(seed, 6, 6);
  everything.parts = PartsRange{num_parts, num_parts};
  everything.together = {{0, 1}, {7, 8, 13}};
  Problem problem = only(everything, number);
  INFO(to_string(problem.objective.front().of));
  const std::vector<Component> components = detail::make_components(problem);
  const auto largest = std::max_element(components.begin(), components.end(), [](const auto& a, const auto& b) {
    return a.graph.num_nodes() < b.graph.num_nodes();
  });
  const Component& component = *largest;
  BuiltInTerms terms(problem, component, num_parts);
  Random random(seed, 3);
  Labels labels;
  for (std::int32_t v = 0; v < component.graph.num_nodes(); ++v) {
    labels.push_back(static_cast<std::int32_t>(random.below(num_parts)));
  }
  terms.reset(component.graph, labels, num_parts);
  for (int step = 0; step < 400; ++step) {
    const auto node = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(labels.size())));
    const auto part = static_cast<std::int32_t>(random.below(num_parts));
    if (labels[index(node)] == part) continue;
    const std::int64_t before = terms.energy();
    const std::int64_t change = terms.change(labels, node, part);
    if (random.below(2) == 0) continue;  // a move that is judged and not made must leave no trace
    terms.move(labels, node, part);
    labels[index(node)] = part;
    REQUIRE(terms.energy() - before == change);
    if (is_disturbance(problem)) continue;  // which part is which grid is settled by reset() alone
    const std::vector<PartId> plan = plan_of(problem, component, labels);
    // Deviation's target without a number is that of all parts, and regions outside of the component are not its own.
    std::vector<PartId> used = plan;
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    if (used == std::vector<PartId>{0, 1, 2, 3, 4}) {
      REQUIRE(terms.value() == value_from_nothing(problem, plan));
    }
    BuiltInTerms fresh(problem, component, num_parts);
    fresh.reset(component.graph, labels, num_parts);
    REQUIRE(fresh.value() == terms.value());
  }
}

TEST_CASE("terms of a coarser graph are those of the finer one") {
  const auto seed = GENERATE(1U, 2U);
  const auto number = GENERATE(range(std::size_t{2}, std::size_t{13}));
  const Problem problem = only(every_objective(seed, 7, 7), number);
  INFO(to_string(problem.objective.front().of));
  const std::vector<Component> components = detail::make_components(problem);
  const Component& component = components.front();
  if (component.graph.num_nodes() < 10) return;
  Random random(seed, 4);
  const detail::CoarseGraph coarse = detail::coarsen(component.graph, 200, {}, random);
  BuiltInTerms fine_terms(problem, component, num_parts);
  BuiltInTerms coarse_terms = fine_terms.coarsened(component.graph, coarse);
  Labels coarse_labels;
  for (std::int32_t v = 0; v < coarse.graph.num_nodes(); ++v) {
    coarse_labels.push_back(static_cast<std::int32_t>(random.below(num_parts)));
  }
  coarse_terms.reset(coarse.graph, coarse_labels, num_parts);
  for (int step = 0; step < 100; ++step) {
    const auto node = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(coarse_labels.size())));
    const auto part = static_cast<std::int32_t>(random.below(num_parts));
    if (coarse_labels[index(node)] == part) continue;
    coarse_terms.move(coarse_labels, node, part);
    coarse_labels[index(node)] = part;
    if (step % 10 != 0) continue;
    if (is_disturbance(problem)) coarse_terms.reset(coarse.graph, coarse_labels, num_parts);
    Labels fine_labels;
    for (const std::int32_t c : coarse.coarse_of) fine_labels.push_back(coarse_labels[index(c)]);
    fine_terms.reset(component.graph, fine_labels, num_parts);
    REQUIRE(coarse_terms.value() == fine_terms.value());
  }
}

TEST_CASE("parts take over last year's grids so that most weight stays") {
  const auto seed = GENERATE(range(1U, 40U));
  Random random(seed, 5);
  const std::int32_t parts = 4;
  std::vector<Overlap> overlaps;
  std::vector<std::vector<std::int64_t>> weight(4, std::vector<std::int64_t>(4, 0));
  for (int i = 0; i < 10; ++i) {
    const Overlap overlap{static_cast<std::int32_t>(random.below(4)), static_cast<PartId>(random.below(4)),
                          static_cast<std::int64_t>(random.below(20))};
    overlaps.push_back(overlap);
    weight[index(overlap.part)][index(overlap.previous)] += overlap.weight;
  }
  const std::vector<PartId> grids = detail::match_previous(overlaps, parts);
  std::int64_t kept = 0;
  std::vector<PartId> taken;
  for (std::int32_t part = 0; part < parts; ++part) {
    if (grids[index(part)] == no_part) continue;
    kept += weight[index(part)][index(grids[index(part)])];
    taken.push_back(grids[index(part)]);
  }
  std::sort(taken.begin(), taken.end());
  CHECK(std::adjacent_find(taken.begin(), taken.end()) == taken.end());
  std::vector<std::size_t> order(4);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::int64_t best = 0;
  do {
    std::int64_t sum = 0;
    for (std::size_t part = 0; part < 4; ++part) sum += weight[part][order[part]];
    best = std::max(best, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  CHECK(kept == best);
}

TEST_CASE("every objective is made as small as it can be on tiny graphs") {
  const auto seed = GENERATE(1U, 2U, 3U);
  const auto number = GENERATE(range(std::size_t{0}, std::size_t{13}));
  Problem problem = only(every_objective(seed, 2, 4), number);
  INFO(to_string(problem.objective.front().of) << ", seed " << seed);
  problem.lower = 20;
  problem.upper = 120;
  // Where their number is free, only objectives that speak of it make the search change it.
  const bool is_free = GENERATE(false, true);
  if (!is_free) problem.parts = PartsRange{3, 3};
  std::optional<std::int64_t> least;
  for_each_division(problem.weights.size(), [&](const std::vector<PartId>& labels) {
    if (!keeps_rules(problem, labels)) return;
    std::vector<PartId> plan = labels;
    if (is_disturbance(problem)) {
      const auto& previous = std::get<objective::Disturbance>(problem.objective.front().of).previous;
      std::vector<Overlap> overlaps;
      for (std::size_t v = 0; v < plan.size(); ++v) {
        if (previous[v] != no_part) overlaps.push_back({plan[v], previous[v], problem.weights[v]});
      }
      std::vector<PartId> grids = detail::match_previous(overlaps, 8);
      PartId next = 100;
      for (PartId& label : plan) {
        if (grids[index(label)] == no_part) grids[index(label)] = next++;
        label = grids[index(label)];
      }
    }
    const std::int64_t value = value_from_nothing(problem, plan);
    if (!least || value < *least) least = value;
  });
  const Plan plan = solve(problem);
  REQUIRE(least.has_value() == (plan.status == PlanStatus::feasible || plan.status == PlanStatus::optimal));
  if (!least) return;
  CHECK(certify(problem, plan.labels).ok);
  CHECK(plan.objective >= *least);
  if (!is_free || detail::depends_on_part_count(problem)) CHECK(plan.objective == *least);
}

namespace {

/// Number of parts that hold none of some places, as a program of one's own would write it.
class PartsWithoutSchool {
 public:
  explicit PartsWithoutSchool(std::vector<NodeId> schools) : schools_(std::move(schools)) {}
  void reset(const Problem& problem, std::span<const PartId> labels, PartId parts) {
    nodes_.assign(index(parts), 0);
    schools_in_.assign(index(parts), 0);
    is_school_.assign(problem.weights.size(), false);
    for (const NodeId v : schools_) is_school_[index(v)] = true;
    for (std::size_t v = 0; v < labels.size(); ++v) {
      if (labels[v] != no_part) add(static_cast<NodeId>(v), labels[v], 1);
    }
    value_ = 0;
    for (std::size_t p = 0; p < nodes_.size(); ++p) value_ += lacks(nodes_[p], schools_in_[p]);
  }
  [[nodiscard]] std::int64_t value() const { return value_; }
  [[nodiscard]] std::int64_t change(std::span<const PartId> labels, NodeId node, PartId part) const {
    const std::size_t from = index(labels[index(node)]);
    const std::size_t to = index(part);
    const int school = is_school_[index(node)] ? 1 : 0;
    return lacks(nodes_[from] - 1, schools_in_[from] - school) - lacks(nodes_[from], schools_in_[from]) +
           lacks(nodes_[to] + 1, schools_in_[to] + school) - lacks(nodes_[to], schools_in_[to]);
  }
  void move(std::span<const PartId> labels, NodeId node, PartId part) {
    value_ += change(labels, node, part);
    add(node, labels[index(node)], -1);
    add(node, part, 1);
  }

 private:
  [[nodiscard]] static std::int64_t lacks(int nodes, int schools) { return nodes > 0 && schools == 0 ? 1 : 0; }
  void add(NodeId node, PartId part, int sign) {
    nodes_[index(part)] += sign;
    schools_in_[index(part)] += is_school_[index(node)] ? sign : 0;
  }

  std::vector<NodeId> schools_;
  std::vector<bool> is_school_;
  std::vector<int> nodes_;
  std::vector<int> schools_in_;
  std::int64_t value_{0};
};

static_assert(SearchTerm<PartsWithoutSchool>);

}  // namespace

TEST_CASE("a term of one's own is made small beside the problem's objective") {
  const auto seed = GENERATE(1U, 2U, 3U);
  Problem problem = problem_of(random_planar(8, 8, seed), std::vector<std::int64_t>(64, 1), 1, 30, PartsRange{4, 20});
  problem.together = {{0, 1, 2}, {20, 28}};
  const PartsWithoutSchool schools({0, 1, 2, 3});  // all in one corner
  for (const std::int64_t weight : {std::int64_t{0}, std::int64_t{1}}) {
    problem.objective = {{objective::CutEdges{}, weight}};
    SolveOptions options;
    options.seed = seed;
    const Plan plan = solve(problem, schools, options);
    const Certificate certificate = certify(problem, plan.labels);
    CHECK(certificate.ok);
    REQUIRE(plan.terms.size() == 2);
    PartsWithoutSchool fresh = schools;
    fresh.reset(problem, plan.labels, plan.part_count);
    CHECK(plan.terms.back() == fresh.value());
    CHECK(plan.objective == certificate.objective + fresh.value());
    const Plan without = solve(problem, options);
    fresh.reset(problem, without.labels, without.part_count);
    CHECK(plan.objective <= without.objective + fresh.value());
    options.threads = 2;
    CHECK(solve(problem, schools, options).labels == plan.labels);
  }
}

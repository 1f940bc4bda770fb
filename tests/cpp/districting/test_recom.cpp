// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/recom.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "districting/districting_fixtures.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/solve.hpp"

using namespace shequ;
using namespace shequ::testing;

namespace {

constexpr std::array all_variants{RecomVariant::cut_edge_minimum, RecomVariant::cut_edge_uniform,
                                  RecomVariant::pair_minimum, RecomVariant::pair_uniform, RecomVariant::reversible};

std::vector<PartId> copied(std::span<const PartId> labels) { return {labels.begin(), labels.end()}; }

std::int64_t count_cut_edges(const Graph& graph, std::span<const PartId> labels) {
  std::int64_t cut = 0;
  for (EdgeId e = 0; e < graph.num_edges(); ++e) {
    cut += labels[static_cast<std::size_t>(graph.source(e))] != labels[static_cast<std::size_t>(graph.target(e))];
  }
  return cut;
}

/// A plan as a set of parts: the same for every way of numbering them.
std::vector<PartId> numbered_by_first_node(std::span<const PartId> labels) {
  std::map<PartId, PartId> number;
  std::vector<PartId> plan;
  for (const PartId label : labels) {
    plan.push_back(number.emplace(label, static_cast<PartId>(number.size())).first->second);
  }
  return plan;
}

/// All plans of a problem with small graph and `parts` parts.
std::set<std::vector<PartId>> all_plans(const Problem& problem, PartId parts) {
  std::set<std::vector<PartId>> plans;
  const auto size = static_cast<std::size_t>(problem.graph->num_nodes());
  std::vector<PartId> labels(size, 0);
  const std::function<void(std::size_t, PartId)> place = [&](std::size_t node, PartId used) {
    if (node == size) {
      if (used == parts && keeps_rules(problem, labels)) plans.insert(labels);
      return;
    }
    for (PartId part = 0; part <= std::min<PartId>(used, static_cast<PartId>(parts - 1)); ++part) {
      labels[node] = part;
      place(node + 1, std::max(used, static_cast<PartId>(part + 1)));
    }
  };
  place(0, 0);
  return plans;
}

/// Number of spanning trees of the nodes labelled `part`: Kirchhoff's determinant.
double spanning_trees(const Graph& graph, const std::vector<PartId>& labels, PartId part) {
  std::vector<NodeId> nodes;
  for (NodeId v = 0; v < graph.num_nodes(); ++v) {
    if (labels[static_cast<std::size_t>(v)] == part) nodes.push_back(v);
  }
  const std::size_t size = nodes.size() - 1;  // the last node's row and column are struck out
  std::vector<std::vector<double>> laplacian(size, std::vector<double>(size, 0));
  for (std::size_t i = 0; i < size; ++i) {
    for (const NodeId next : graph.neighbours(nodes[i])) {
      const auto j = static_cast<std::size_t>(std::find(nodes.begin(), nodes.end(), next) - nodes.begin());
      if (j == nodes.size()) continue;
      laplacian[i][i] += 1;
      if (j < size) laplacian[i][j] -= 1;
    }
  }
  double determinant = 1;
  for (std::size_t pivot = 0; pivot < size; ++pivot) {
    determinant *= laplacian[pivot][pivot];
    for (std::size_t row = pivot + 1; row < size; ++row) {
      const double factor = laplacian[row][pivot] / laplacian[pivot][pivot];
      for (std::size_t column = pivot; column < size; ++column) {
        laplacian[row][column] -= factor * laplacian[pivot][column];
      }
    }
  }
  return determinant;
}

Problem grid_problem(NodeId rows, NodeId columns, PartId parts, std::int64_t lower, std::int64_t upper) {
  return problem_of(grid(rows, columns), std::vector<std::int64_t>(static_cast<std::size_t>(rows * columns), 1), lower,
                    upper, PartsRange{parts, parts});
}

RecomOptions options_of(RecomVariant variant, std::uint64_t seed = 1) {
  RecomOptions options;
  options.seed = seed;
  options.variant = variant;
  return options;
}

}  // namespace

TEST_CASE("every step of a chain keeps the rules, and what it counts equals a recount") {
  const auto variant = GENERATE(from_range(all_variants));
  const auto seed = GENERATE(1U, 2U, 3U);
  Problem problem = problem_of(grid(9, 9), random_weights(81, 9, seed), 0, 0, PartsRange{5, 5});
  const Bounds bounds =
      bounds_within(std::accumulate(problem.weights.begin(), problem.weights.end(), std::int64_t{0}), 5, 0.25);
  problem.lower = bounds.lower;
  problem.upper = bounds.upper;
  const Plan plan = solve(problem, {.seed = seed, .steps = 20'000});
  RecomChain chain(problem, plan.labels, options_of(variant, seed));
  CHECK(copied(chain.labels()) == plan.labels);
  std::int64_t accepted = 0;
  std::int64_t trees = 0;
  const int steps = variant == RecomVariant::reversible ? 3'000 : 300;
  for (int i = 0; i < steps; ++i) {
    const std::vector<PartId> before = copied(chain.labels());
    const RecomStep step = chain.step();
    accepted += step.accepted ? 1 : 0;
    trees += step.trees;
    const Certificate certificate = certify(problem, chain.labels());
    REQUIRE(certificate.ok);
    REQUIRE(certificate.part_count == 5);
    REQUIRE(chain.cut_edges() == count_cut_edges(*problem.graph, chain.labels()));
    REQUIRE(std::equal(chain.part_weights().begin(), chain.part_weights().end(), certificate.part_weights.begin(),
                       certificate.part_weights.end()));
    for (std::size_t v = 0; v < before.size(); ++v) {
      if (chain.labels()[v] == before[v]) continue;
      REQUIRE(step.accepted);
      REQUIRE(std::minmax(before[v], chain.labels()[v]) == std::minmax(step.first, step.second));
    }
  }
  CHECK(chain.steps() == steps);
  CHECK(chain.accepted() == accepted);
  CHECK(chain.trees() == trees);
  CHECK(accepted > (variant == RecomVariant::reversible ? 10 : steps - 1));
}

TEST_CASE("a chain reaches every plan of a small problem") {
  const auto variant = GENERATE(from_range(all_variants));
  const bool slow = variant == RecomVariant::reversible;
  const Problem halves = slow ? grid_problem(3, 4, 2, 4, 8) : grid_problem(4, 4, 2, 6, 10);
  const Problem thirds = grid_problem(3, 4, 3, 3, 5);
  for (const auto& [problem, parts] : {std::pair(&halves, PartId{2}), std::pair(&thirds, PartId{3})}) {
    const std::set<std::vector<PartId>> plans = all_plans(*problem, parts);
    REQUIRE(plans.size() > 40);
    RecomChain chain(*problem, *plans.begin(), options_of(variant));
    std::set<std::vector<PartId>> reached;
    for (int i = 0; i < 3'000'000 && reached.size() < plans.size(); ++i) {
      if (chain.step().accepted) reached.insert(numbered_by_first_node(chain.labels()));
    }
    CHECK(reached.size() == plans.size());
    CHECK(std::includes(plans.begin(), plans.end(), reached.begin(), reached.end()));
  }
}

TEST_CASE("the reversible chain visits plans in proportion to the product of their parts' spanning trees") {
  // Equal weights; weights that make the number of cuts of a tree vary; bounds below a third of two parts.
  const auto which = GENERATE(0, 1, 2);
  Problem problem = which == 0 ? grid_problem(3, 3, 3, 3, 3) : grid_problem(3, 4, 2, 4, 8);
  if (which == 1) problem.weights = {2, 1, 0, 2, 1, 1, 1, 1, 2, 0, 1, 0};
  if (which == 2) problem.lower = 3;
  if (which == 2) problem.upper = 9;
  const PartId parts = which == 0 ? 3 : 2;
  const std::set<std::vector<PartId>> plans = all_plans(problem, parts);
  std::map<std::vector<PartId>, double> share;
  double total = 0;
  for (const std::vector<PartId>& plan : plans) {
    double product = 1;
    for (PartId part = 0; part < parts; ++part) product *= spanning_trees(*problem.graph, plan, part);
    share[plan] = product;
    total += product;
  }
  RecomChain chain(problem, *plans.begin(), options_of(RecomVariant::reversible, 5));
  const int samples = 8'000;
  const int steps_between = which == 0 ? 30 : 150;  // enough for samples to be nearly independent
  std::map<std::vector<PartId>, int> counts;
  for (int i = 0; i < samples; ++i) {
    for (int j = 0; j < steps_between; ++j) chain.step();
    ++counts[numbered_by_first_node(chain.labels())];
  }
  double statistic = 0;
  double freedom = -1;
  double rare = 0;  // plans expected less than 5 times count as one
  double rare_counts = 0;
  for (const auto& [plan, weight] : share) {
    const double expected = samples * weight / total;
    if (expected < 5) {
      rare += expected;
      rare_counts += counts[plan];
      continue;
    }
    const double difference = counts[plan] - expected;
    statistic += difference * difference / expected;
    freedom += 1;
  }
  if (rare > 0) {
    statistic += (rare_counts - rare) * (rare_counts - rare) / rare;
    freedom += 1;
  }
  // About 0.1% of independent samples exceed it (Wilson and Hilferty's approximation).
  const double root = 1 - 2 / (9 * freedom) + 3.09 * std::sqrt(2 / (9 * freedom));
  INFO("degrees of freedom " << freedom);
  CHECK(statistic < freedom * root * root * root);
}

TEST_CASE("a stored chain goes on bit for bit, and steps may come singly or in any number at once") {
  const auto variant = GENERATE(from_range(all_variants));
  const Problem problem = grid_problem(8, 8, 4, 13, 19);
  const Plan plan = solve(problem, {.seed = 1, .steps = 20'000});
  RecomChain whole(problem, plan.labels, options_of(variant, 7));
  RecomColumns columns;
  CHECK(whole.advance(500, columns) == 500);

  RecomChain first(problem, plan.labels, options_of(variant, 7));
  RecomColumns pieces;
  CHECK(first.advance(123, pieces) == 123);
  RecomChain second(problem, first.state());
  CHECK(second.state() == first.state());
  CHECK(second.cut_edges() == first.cut_edges());
  CHECK(second.advance(0, pieces) == 0);
  CHECK(second.advance(376, pieces) == 376);
  RecomChain third = std::move(second);
  const RecomStep last = third.step();
  CHECK(third.state() == whole.state());
  CHECK(last.accepted == (columns.accepted.back() == 1));
  CHECK(std::equal(pieces.cut_edges.begin(), pieces.cut_edges.end(), columns.cut_edges.begin()));
  CHECK(std::equal(pieces.first_weight.begin(), pieces.first_weight.end(), columns.first_weight.begin()));
  CHECK(std::accumulate(columns.accepted.begin(), columns.accepted.end(), std::int64_t{0}) == whole.accepted());

  RecomChain other(problem, plan.labels, options_of(variant, 8));
  other.advance(500, pieces);
  CHECK(other.state() != whole.state());
}

TEST_CASE("the columns tell the weights of all parts at every step") {
  const Problem problem = grid_problem(8, 8, 4, 13, 19);
  const Plan plan = solve(problem, {.seed = 1, .steps = 20'000});
  RecomChain chain(problem, plan.labels);
  std::vector<std::int64_t> weights(chain.part_weights().begin(), chain.part_weights().end());
  RecomColumns columns;
  for (std::size_t i = 0; i < 200; ++i) {
    chain.advance(1, columns);
    weights[static_cast<std::size_t>(columns.first[i])] = columns.first_weight[i];
    weights[static_cast<std::size_t>(columns.second[i])] = columns.second_weight[i];
    REQUIRE(std::equal(weights.begin(), weights.end(), chain.part_weights().begin()));
    REQUIRE(columns.cut_edges[i] == chain.cut_edges());
  }
}

TEST_CASE("an interrupted chain stays after its last whole step") {
  const Problem problem = grid_problem(30, 30, 6, 140, 160);
  const Plan plan = solve(problem, {.seed = 1, .steps = 100'000});
  RecomChain chain(problem, plan.labels);
  RecomColumns columns;
  int calls = 0;
  const std::int64_t made = chain.advance(1'000'000'000, columns, [&] { return ++calls == 2; });
  CHECK(calls == 2);
  CHECK(made == chain.steps());
  CHECK(columns.cut_edges.size() == static_cast<std::size_t>(made));
  RecomChain undisturbed(problem, plan.labels);
  RecomColumns others;
  undisturbed.advance(made, others);
  CHECK(undisturbed.state() == chain.state());
  CHECK(chain.advance(5, columns, [] { return false; }) == 5);
  undisturbed.advance(5, others);
  CHECK(undisturbed.state() == chain.state());
  CHECK(columns.cut_edges == others.cut_edges);
}

TEST_CASE("a chain keeps further columns, groups, pairs, locks and closed parts") {
  const auto variant = GENERATE(from_range(all_variants));
  Problem problem = grid_problem(6, 6, 4, 5, 13);
  problem.balances = {{"over 60", random_weights(36, 3, 2), 4, 30}};
  problem.together = {{0, 1}, {1, 2}, {33, 34}};
  problem.apart = {{0, 35}, {3, 12}};
  problem.locked.assign(36, no_part);
  problem.locked[6] = problem.locked[7] = 0;
  for (const std::size_t v : {22U, 23U, 28U, 29U, 35U}) problem.locked[v] = 1;
  problem.closed = {1};
  std::vector<PartId> start(36, 0);
  for (std::size_t v = 0; v < 36; ++v) start[v] = v % 6 < 3 ? (v < 18 ? 0 : 1) : 2;
  for (const std::size_t v : {22U, 23U, 28U, 29U, 35U}) start[v] = 3;
  for (const std::size_t v : {33U, 34U}) start[v] = 1;
  RecomChain chain(problem, start, options_of(variant, 3));
  const int steps = variant == RecomVariant::reversible ? 3'000 : 300;
  std::set<std::vector<PartId>> seen;
  for (int i = 0; i < steps; ++i) {
    chain.step();
    const std::vector<PartId> labels = copied(chain.labels());
    seen.insert(labels);
    REQUIRE(keeps_rules(problem, labels));
    const PartId closed = labels[22];
    REQUIRE(std::count(labels.begin(), labels.end(), closed) == 5);
    std::vector<std::int64_t> sums(4, 0);
    for (std::size_t v = 0; v < 36; ++v) sums[static_cast<std::size_t>(labels[v])] += problem.balances[0].weights[v];
    REQUIRE(*std::min_element(sums.begin(), sums.end()) >= 4);
    REQUIRE(*std::max_element(sums.begin(), sums.end()) <= 30);
  }
  CHECK(seen.size() > 5);
}

TEST_CASE("a step without a pair or a cut leaves the plan as it is") {
  const auto variant = GENERATE(from_range(all_variants));
  const Problem whole = grid_problem(3, 3, 1, 9, 9);
  RecomChain alone(whole, std::vector<PartId>(9, 0), options_of(variant));
  RecomStep step = alone.step();
  CHECK_FALSE(step.accepted);
  CHECK(step.first == no_part);
  CHECK(step.second == no_part);
  CHECK(step.trees == 0);
  RecomColumns columns;
  alone.advance(3, columns);
  CHECK(columns.first_weight == std::vector<std::int64_t>{0, 0, 0});
  CHECK(alone.steps() == 4);

  // Two islands, no edge between parts.
  const Problem islands = problem_of(graph_of(4, {{0, 1}, {2, 3}}), {1, 1, 1, 1}, 2, 2);
  RecomChain apart(islands, std::vector<PartId>{0, 0, 1, 1}, options_of(variant));
  CHECK_FALSE(apart.step().accepted);

  // Only trees that contain the one pair of balanced halves have a cut, and apart refuses it: no cut is ever allowed.
  Problem stuck = problem_of(path(4), {1, 1, 1, 1}, 2, 2);
  RecomOptions options = options_of(variant);
  options.max_tree_tries = 3;
  RecomChain only(stuck, std::vector<PartId>{0, 0, 1, 1}, options);
  for (int i = 0; i < 20; ++i) {
    step = only.step();
    CHECK(step.trees <= 3);
    CHECK(copied(only.labels()) == std::vector<PartId>{0, 0, 1, 1});
  }
}

TEST_CASE("a chain refuses a start that breaks rules and lists which") {
  const Problem problem = grid_problem(2, 3, 2, 3, 3);
  CHECK_NOTHROW(RecomChain(problem, std::vector<PartId>{0, 0, 0, 1, 1, 1}));
  const auto message = [&](const std::vector<PartId>& labels) -> std::pair<std::string, std::string> {
    try {
      const RecomChain chain(problem, labels);
    } catch (const InvalidInput& error) {
      return {error.message(Language::en), error.message(Language::zh)};
    }
    return {};
  };
  const std::vector<PartId> broken{0, 1, 0, 1, 1, 1};
  const Certificate certificate = certify(problem, broken);
  REQUIRE(certificate.violations.size() == 3);  // below, above, not contiguous
  const auto [english, chinese] = message(broken);
  CHECK(english.rfind("start must be a plan that keeps every rule of the problem: ", 0) == 0);
  CHECK(chinese.rfind("start 必须是遵守问题全部规则的方案：", 0) == 0);
  for (const Violation& violation : certificate.violations) {
    CHECK(english.find(violation.english) != std::string::npos);
    CHECK(chinese.find(violation.chinese) != std::string::npos);
  }
  CHECK(message({0, 0, 0, 1, 1, no_part}).first.rfind("start must be", 0) == 0);
  CHECK_THROWS_AS(RecomChain(problem, std::vector<PartId>{0, 0}), InvalidInput);

  // A plan that certify() accepts with a number left out: parts of a chain have no gaps.
  Problem renewed = problem;
  renewed.objective = {{objective::Disturbance{{0, 0, 1, 1, 2, 2}, {}}, 1}};
  const std::vector<PartId> gap{0, 0, 0, 2, 2, 2};
  REQUIRE(certify(renewed, gap).ok);
  CHECK_THROWS_WITH(
      RecomChain(renewed, gap),
      "start must be a plan that keeps every rule of the problem: it has 2 parts and must use the numbers "
      "from 0 without gaps, its largest is 2");
}

TEST_CASE("options, links and states are checked") {
  Problem problem = grid_problem(2, 3, 2, 3, 3);
  const std::vector<PartId> start{0, 0, 0, 1, 1, 1};
  RecomOptions options;
  options.max_tree_tries = 0;
  CHECK_THROWS_WITH(RecomChain(problem, start, options), "max_tree_tries=0 must be 1 or more");
  RecomChain chain(problem, start);
  RecomColumns columns;
  CHECK_THROWS_WITH(chain.advance(-1, columns), "steps=-1 must be 0 or more");

  RecomState state = chain.state();
  state.format = 2;
  CHECK_THROWS_WITH(RecomChain(problem, state), "state.format=2 must be 1: it was stored by another version");
  state = chain.state();
  state.accepted = 5;
  CHECK_THROWS_AS(RecomChain(problem, state), InvalidInput);
  state = chain.state();
  Problem other = problem;
  other.upper = 4;
  CHECK_THROWS_AS(RecomChain(other, state), InvalidInput);
  problem.links = {{0, 5}};
  CHECK_THROWS_WITH(RecomChain(problem, start), "links.size()=1 must be 0: recom divides parts along edges only");
}

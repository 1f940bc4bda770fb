// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/recom.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <tuple>
#include <utility>

#include "recom_checks.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/districting/certify.hpp"
#include "split_rules.hpp"

namespace shequ {
namespace {

using detail::at;

constexpr std::int64_t poll_interval_ns = 50'000'000;
constexpr std::size_t poll_work = 1U << 16U;  // nodes between two looks at the clock: about a millisecond

std::uint32_t count_of(std::size_t size) { return static_cast<std::uint32_t>(size); }

std::int64_t steady_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

TreeKind tree_kind(RecomVariant variant) {
  return variant == RecomVariant::cut_edge_minimum || variant == RecomVariant::pair_minimum ? TreeKind::minimum
                                                                                            : TreeKind::uniform;
}

}  // namespace

std::string_view to_string(RecomVariant variant) noexcept {
  switch (variant) {
    case RecomVariant::cut_edge_minimum:
      return "cut_edge_minimum";
    case RecomVariant::cut_edge_uniform:
      return "cut_edge_uniform";
    case RecomVariant::pair_minimum:
      return "pair_minimum";
    case RecomVariant::pair_uniform:
      return "pair_uniform";
    case RecomVariant::reversible:
      return "reversible";
  }
  return "unknown";
}

RecomChain::RecomChain(const Problem& problem, std::span<const PartId> start, const RecomOptions& options)
    : graph_(detail::checked_graph(problem)),
      bounds_{problem.lower, problem.upper},
      options_(detail::checked(options)),
      problem_(detail::checksum(problem)),
      tree_(problem.graph, problem.weights),
      labels_(start.begin(), start.end()) {
  detail::check_plan(problem, start, "start");
  auto rules = std::make_unique<detail::SplitRules>(problem);
  if (!rules->none()) rules_ = std::move(rules);
  for (NodeId node = 0; node < graph_->num_nodes(); ++node) {
    const std::size_t part = at(labels_[at(node)]);
    if (part >= members_.size()) {
      members_.resize(part + 1);
      part_weights_.resize(part + 1, 0);
    }
    members_[part].push_back(node);
    part_weights_[part] += problem.weights[at(node)];
  }
  for (EdgeId edge = 0; edge < graph_->num_edges(); ++edge) {
    cut_edges_ += labels_[at(graph_->source(edge))] != labels_[at(graph_->target(edge))] ? 1 : 0;
  }
}

RecomChain::RecomChain(const Problem& problem, const RecomState& state)
    : RecomChain(problem, state.labels, {state.seed, state.variant, state.max_tree_tries}) {
  if (state.format != RecomState{}.format) {
    detail::throw_argument("state.format", state.format, "1: it was stored by another version", "为 1：由其他版本保存");
  }
  if (state.problem != problem_) {
    detail::throw_argument("state.problem", std::to_string(state.problem),
                           std::to_string(problem_) + ": the state is of another problem",
                           "为 " + std::to_string(problem_) + "：该状态属于另一个问题");
  }
  if (state.steps < 0 || state.accepted < 0 || state.accepted > state.steps || state.trees < state.accepted) {
    detail::throw_argument("state.steps", state.steps,
                           "0 or more, at least state.accepted and that at most state.trees",
                           "大于或等于 0，不小于 state.accepted，且后者不大于 state.trees");
  }
  steps_ = state.steps;
  accepted_ = state.accepted;
  trees_ = state.trees;
}

RecomChain::RecomChain(RecomChain&&) noexcept = default;
RecomChain& RecomChain::operator=(RecomChain&&) noexcept = default;
RecomChain::~RecomChain() = default;

RecomState RecomChain::state() const {
  return {RecomState{}.format,
          options_.variant,
          options_.seed,
          options_.max_tree_tries,
          steps_,
          accepted_,
          trees_,
          problem_,
          labels_};
}

RecomStep RecomChain::step() { return *try_step(nullptr); }

std::int64_t RecomChain::advance(std::int64_t steps, RecomColumns& columns, const std::function<bool()>& interrupted) {
  if (steps < 0) detail::throw_argument("steps", steps, "0 or more", "大于或等于 0");
  next_poll_ns_ = interrupted ? steady_ns() + poll_interval_ns : 0;
  for (std::int64_t made = 0; made < steps; ++made) {
    const std::optional<RecomStep> step = try_step(interrupted ? &interrupted : nullptr);
    if (!step) return made;
    const auto weight = [&](PartId part) { return part == no_part ? 0 : part_weights_[at(part)]; };
    columns.cut_edges.push_back(cut_edges_);
    columns.accepted.push_back(step->accepted ? 1 : 0);
    columns.first.push_back(step->first);
    columns.second.push_back(step->second);
    columns.first_weight.push_back(weight(step->first));
    columns.second_weight.push_back(weight(step->second));
  }
  return steps;
}

bool RecomChain::stopped(std::size_t work, const std::function<bool()>* interrupted) {
  work_ += work;
  if (interrupted == nullptr || work_ < poll_work) return false;
  work_ = 0;
  if (steady_ns() < next_poll_ns_) return false;
  const bool stop = (*interrupted)();
  next_poll_ns_ = steady_ns() + poll_interval_ns;
  return stop;
}

std::optional<RecomStep> RecomChain::try_step(const std::function<bool()>* interrupted) {
  Random random(options_.seed, static_cast<std::uint64_t>(steps_) + 1);
  RecomStep step;
  if (stopped(1, interrupted)) return std::nullopt;
  if (const std::optional<Pair> pair = choose_pair(random)) {
    std::tie(step.first, step.second) = *pair;
    merge(step.first, step.second);
    const bool reversible = options_.variant == RecomVariant::reversible;
    const std::int32_t most_trees = reversible ? 1 : options_.max_tree_tries;
    std::int32_t cuts = 0;
    while (cuts == 0 && step.trees < most_trees) {
      if (stopped(region_.size(), interrupted)) return std::nullopt;
      ++step.trees;
      if (tree_.draw(tree_kind(options_.variant), random)) cuts = find_cuts();
    }
    // The reversible chain takes each cut with one and the same probability, however many there are.
    const std::int32_t range = reversible && cuts > 0 ? most_cuts() : cuts;
    const std::int32_t chosen = range > 0 ? static_cast<std::int32_t>(random.below(count_of(at(range)))) : 0;
    if (chosen < cuts) {
      const std::int32_t cut = rules_ ? allowed_[at(chosen)] : chosen;
      const std::span<const std::uint8_t> sides = tree_.sides(cut);
      const std::int64_t border_after = tree_.edges_across(sides);
      // A division has as many trees to come from as edges across; one in that many is taken.
      if (!reversible || random.below(static_cast<std::uint32_t>(border_after)) == 0) {
        divide(step.first, step.second, sides, tree_.side_weight(cut), border_after);
        step.accepted = true;
      }
    }
  }
  ++steps_;
  accepted_ += step.accepted ? 1 : 0;
  trees_ += step.trees;
  return step;
}

std::optional<RecomChain::Pair> RecomChain::choose_pair(Random& random) const {
  if (cut_edges_ == 0) return std::nullopt;
  switch (options_.variant) {
    case RecomVariant::cut_edge_minimum:
    case RecomVariant::cut_edge_uniform:
      return pair_of(draw_cut_edge(random));
    case RecomVariant::pair_minimum:
    case RecomVariant::pair_uniform:
      for (;;) {
        // A pair comes up with each edge across; taken with one of them only, all pairs are equally likely.
        const EdgeId edge = draw_cut_edge(random);
        const Pair pair = pair_of(edge);
        if (first_across(pair) == edge) return pair;
      }
    case RecomVariant::reversible:
      break;
  }
  const auto count = count_of(part_weights_.size());
  const std::uint32_t a = random.below(count);
  std::uint32_t b = random.below(count - 1);
  b += b >= a ? 1 : 0;
  const Pair pair(static_cast<PartId>(std::min(a, b)), static_cast<PartId>(std::max(a, b)));
  return first_across(pair) >= 0 ? std::optional(pair) : std::nullopt;
}

EdgeId RecomChain::draw_cut_edge(Random& random) const {
  // Edges are drawn until one is cut. A list of cut edges would have to be kept and stored; in expectation this draws
  // no more edges than the merged parts have nodes to look at.
  for (;;) {
    const auto edge = static_cast<EdgeId>(random.below(static_cast<std::uint32_t>(graph_->num_edges())));
    if (labels_[at(graph_->source(edge))] != labels_[at(graph_->target(edge))]) return edge;
  }
}

RecomChain::Pair RecomChain::pair_of(EdgeId edge) const {
  return std::minmax({labels_[at(graph_->source(edge))], labels_[at(graph_->target(edge))]});
}

EdgeId RecomChain::first_across(Pair pair) const {
  if (members_[at(pair.first)].size() > members_[at(pair.second)].size()) std::swap(pair.first, pair.second);
  for (const NodeId node : members_[at(pair.first)]) {
    const std::span<const NodeId> neighbours = graph_->neighbours(node);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      if (labels_[at(neighbours[i])] == pair.second) return graph_->incident_edges(node)[i];
    }
  }
  return -1;
}

void RecomChain::merge(PartId a, PartId b) {
  // Both lists ascend, and so does the region: a chain has no memory but its labels.
  const std::vector<NodeId>& first = members_[at(a)];
  const std::vector<NodeId>& second = members_[at(b)];
  const std::size_t size = first.size() + second.size();
  region_.resize(size);
  was_.resize(size);
  std::size_t i = 0;
  std::size_t j = 0;
  std::size_t out = 0;
  for (; i < first.size() && j < second.size(); ++out) {
    const bool from_second = second[j] < first[i];
    region_[out] = from_second ? second[j] : first[i];
    was_[out] = from_second ? 1 : 0;
    i += from_second ? 0U : 1U;
    j += from_second ? 1U : 0U;
  }
  for (; i < first.size(); ++i, ++out) {
    region_[out] = first[i];
    was_[out] = 0;
  }
  for (; j < second.size(); ++j, ++out) {
    region_[out] = second[j];
    was_[out] = 1;
  }
  tree_.set_region(region_, true);
}

std::int32_t RecomChain::find_cuts() {
  const std::int32_t cuts = tree_.find_cuts(bounds_);
  if (!rules_) return cuts;
  allowed_.clear();
  for (std::int32_t cut = 0; cut < cuts; ++cut) {
    if (rules_->allow(region_, tree_.sides(cut))) allowed_.push_back(cut);
  }
  return static_cast<std::int32_t>(allowed_.size());
}

std::int32_t RecomChain::most_cuts() {
  // More cuts than any tree of the region can have. With both sides above a third of the weight all of them lie on one
  // path: three that did not would leave three disjoint sides. Between the outermost two lies what both sides can
  // spare, and between any two neighbours at least one node.
  const std::int64_t weight = tree_.weight();
  const std::int64_t least = std::max(bounds_.lower, weight - bounds_.upper);
  const auto edges = static_cast<std::int32_t>(region_.size()) - 1;
  if (least <= weight / 3) return edges;
  lightest_.clear();
  const auto heavier = [](std::int64_t a, std::int64_t b) { return a > b; };
  for (const NodeId node : region_) lightest_.push_back(tree_.node_weight(node));
  std::make_heap(lightest_.begin(), lightest_.end(), heavier);
  std::int64_t spare = weight - 2 * least;
  std::int32_t most = 1;
  while (most < edges && lightest_.front() <= spare) {
    spare -= lightest_.front();
    std::pop_heap(lightest_.begin(), lightest_.end(), heavier);
    lightest_.pop_back();
    ++most;
  }
  return most;
}

void RecomChain::divide(PartId a, PartId b, std::span<const std::uint8_t> sides, std::int64_t side_weight,
                        std::int64_t border_after) {
  cut_edges_ += border_after - tree_.edges_across(was_);
  // Each part keeps its number on the side that has more of its nodes.
  const std::size_t size = region_.size();
  std::size_t stayed = 0;
  for (std::size_t i = 0; i < size; ++i) stayed += sides[i] == was_[i] ? 1U : 0U;
  const std::uint8_t of_b = 2 * stayed >= size ? 1 : 0;
  const std::int64_t total = tree_.weight();
  part_weights_[at(b)] = of_b == 1 ? side_weight : total - side_weight;
  part_weights_[at(a)] = total - part_weights_[at(b)];

  std::vector<NodeId>& first = members_[at(a)];
  std::vector<NodeId>& second = members_[at(b)];
  first.resize(size);
  second.resize(size);
  std::size_t in_first = 0;
  std::size_t in_second = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const NodeId node = region_[i];
    const bool is_b = sides[i] == of_b;
    first[in_first] = node;
    second[in_second] = node;
    in_first += is_b ? 0U : 1U;
    in_second += is_b ? 1U : 0U;
    labels_[at(node)] = is_b ? b : a;
  }
  first.resize(in_first);
  second.resize(in_second);
}

}  // namespace shequ

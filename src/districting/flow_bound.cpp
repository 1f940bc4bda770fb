// SPDX-License-Identifier: BSD-3-Clause
#include "flow_bound.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

// The proof. Take a group s, a set S of groups with s in it, and a column whose parts hold at most U. The part of s
// leaves out groups of S of weight R = w(S) - U or more. If each u of S gets a(u) = min(w(u), R), those that are left
// out have a-sum R or more: one of them has a(u) = R, or their weights add up. Send a(u) from s to every u of S along
// some path; on the way to a group that is left out it crosses a cut edge. So the cut edges carry R or more. The same
// holds with R = a(u) = 1 for one u that must lie in another part than s. Add up such flows: where no edge carries
// more than `load` times its cost, the cut edges cost (sum of the R) / load or more.
namespace shequ::detail {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// A flow from one source along a tree of shortest paths.
struct TreeFlow {
  double ratio{infinite};  // length that the flow takes for each unit of `gain`
  std::int64_t gain{};     // R
  std::size_t reach{};     // it goes to this many groups of `order`, the source left out
  std::size_t column{};
  bool to_last_only{};  // to one group that must be apart
};

class FlowPacking {
 public:
  explicit FlowPacking(const CutGraph& graph)
      : graph_(graph),
        lengths_(graph.costs.size()),
        load_(graph.costs.size(), 0.0),
        distance_(at(graph.num_groups()), infinite),
        parent_(at(graph.num_groups())),
        amount_(at(graph.num_groups()), 0.0) {
    for (std::size_t e = 0; e < lengths_.size(); ++e) lengths_[e] = 1.0 / static_cast<double>(graph.costs[e]);
  }

  /// Lengths of edges that flows burden grow by the factor 1 + `step` for each filling from now on.
  void begin(double step) {
    step_ = step;
    queue_.clear();
    const double longest = *std::max_element(lengths_.begin(), lengths_.end());
    for (double& length : lengths_) length = std::max(length / longest, 1e-9 / static_cast<double>(lengths_.size()));
    for (std::int32_t source = 0; source < graph_.num_groups(); ++source) queue_.emplace_back(0.0, source);
    std::make_heap(queue_.begin(), queue_.end(), std::greater<>());
  }

  /// Looks at the source whose flow was the cheapest when last seen, and sends that flow if it still is; false if not.
  bool try_next() {
    std::pop_heap(queue_.begin(), queue_.end(), std::greater<>());
    auto& [ratio, source] = queue_.back();
    const TreeFlow flow = cheapest_from(source);
    ratio = flow.ratio;
    std::push_heap(queue_.begin(), queue_.end(), std::greater<>());
    // Lengths only grow: what stands in the queue is no more than the present ratio.
    const double least = queue_.front().first;
    if (flow.ratio == infinite || flow.ratio > least * (1.0 + 0.25 * step_)) return false;
    push(flow);
    return true;
  }

  /// Whether no source has a flow to send.
  [[nodiscard]] bool is_empty() const { return queue_.front().first == infinite; }

  /// Makes the flows sent so far count less than those to come, which follow better lengths.
  void fade(double keep) {
    for (double& load : load_) load *= keep;
    gain_ *= keep;
    ++flows_;  // one rounding more
  }

  /// What the flows sent so far prove, all rounding errors taken off.
  [[nodiscard]] double proven() const {
    double most = 0.0;
    for (std::size_t e = 0; e < load_.size(); ++e) {
      most = std::max(most, load_[e] / static_cast<double>(graph_.costs[e]));
    }
    if (most == 0.0) return 0.0;
    // Loads and gains are sums of numbers above 0, each rounded at most once for every flow, and within a flow once for
    // every group of the tree and a few times more.
    const double roundings = static_cast<double>(flows_) + static_cast<double>(graph_.num_groups()) + 16.0;
    return gain_ / most * (1.0 - 8.0 * roundings * std::numeric_limits<double>::epsilon());
  }

  /// What flows can prove at most: lengths under which each flow takes 1 or more for each unit of its gain.
  [[nodiscard]] double reachable() const {
    double volume = 0.0;
    for (std::size_t e = 0; e < lengths_.size(); ++e) volume += lengths_[e] * static_cast<double>(graph_.costs[e]);
    return volume / queue_.front().first;
  }

 private:
  /// Dijkstra from `source` as far as it pays. Leaves the tree in `order_`, `parent_`.
  TreeFlow cheapest_from(std::int32_t source) {
    for (const std::int32_t group : order_) distance_[at(group)] = infinite;
    for (const auto& [distance, group] : heap_) distance_[at(group)] = infinite;
    order_.clear();
    heap_.clear();
    sums_.assign(graph_.columns.size(), Sums{});
    for (std::size_t c = 0; c < sums_.size(); ++c) {
      sums_[c].excess = graph_.columns[c].weights[at(source)] - graph_.columns[c].upper;
    }
    TreeFlow best;
    distance_[at(source)] = 0.0;
    heap_.emplace_back(0.0, source);
    while (!heap_.empty()) {
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
      const auto [distance, group] = heap_.back();
      heap_.pop_back();
      if (distance > distance_[at(group)]) continue;
      if (distance >= best.ratio) {
        heap_.emplace_back(distance, group);  // its distance is to be forgotten too
        break;
      }
      if (group != source) {
        order_.push_back(group);
        take_in(source, distance, best);
      }
      for (const auto& [other, edge] : graph_.arcs_of(group)) {
        const double next = distance + lengths_[at(edge)];
        if (next >= distance_[at(other)]) continue;
        distance_[at(other)] = next;
        parent_[at(other)] = {group, edge};
        heap_.emplace_back(next, other);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
      }
    }
    order_.push_back(source);
    return best;
  }

  /// Improves `best` by the sets that end with the group reached last.
  void take_in(std::int32_t source, double distance, TreeFlow& best) {
    const std::int32_t group = order_.back();
    if (distance < best.ratio && graph_.separate(source, group)) best = {distance, 1, order_.size(), 0, true};
    for (std::size_t c = 0; c < sums_.size(); ++c) {
      const std::int64_t weight = graph_.columns[c].weights[at(group)];
      Sums& sums = sums_[c];
      sums.excess += weight;
      sums.moment += static_cast<double>(weight) * distance;
      sums.heaviest = std::max(sums.heaviest, weight);
      if (sums.excess <= 0) continue;
      double moment = sums.moment;
      if (sums.heaviest > sums.excess) {
        moment = 0.0;
        for (const std::int32_t other : order_) {
          moment += clipped(c, other, sums.excess) * distance_[at(other)];
        }
      }
      const double ratio = moment / static_cast<double>(sums.excess);
      if (ratio < best.ratio) best = {ratio, sums.excess, order_.size(), c, false};
    }
  }

  [[nodiscard]] double clipped(std::size_t column, std::int32_t group, std::int64_t excess) const {
    return static_cast<double>(std::min(graph_.columns[column].weights[at(group)], excess));
  }

  /// Sends so much of a flow that it fills `step_` of the edge it burdens most.
  void push(const TreeFlow& flow) {
    touched_.clear();
    double most = 0.0;
    for (std::size_t i = flow.reach; i-- > 0;) {
      const std::int32_t group = order_[i];
      const bool is_target = !flow.to_last_only || i + 1 == flow.reach;
      if (is_target) amount_[at(group)] += flow.to_last_only ? 1.0 : clipped(flow.column, group, flow.gain);
      const double carried = std::exchange(amount_[at(group)], 0.0);
      if (carried == 0.0) continue;
      const auto [parent, edge] = parent_[at(group)];
      if (parent != order_.back()) amount_[at(parent)] += carried;
      touched_.emplace_back(edge, carried);
      most = std::max(most, carried / static_cast<double>(graph_.costs[at(edge)]));
    }
    if (most == 0.0) return;
    const double scale = 1.0 / most;
    double longest = 0.0;
    for (const auto& [edge, carried] : touched_) {
      load_[at(edge)] += carried * scale;
      double& length = lengths_[at(edge)];
      length *= 1.0 + step_ * (carried * scale / static_cast<double>(graph_.costs[at(edge)]));
      longest = std::max(longest, length);
    }
    if (longest > 1e100) {  // only their ratios count
      for (double& length : lengths_) length *= 1e-100;
      for (auto& [ratio, source] : queue_) ratio *= 1e-100;
    }
    gain_ += static_cast<double>(flow.gain) * scale;
    ++flows_;
  }

  struct Parent {
    std::int32_t group;
    std::int32_t edge;
  };
  struct Sums {
    std::int64_t excess{};  // weight of the groups reached, less the upper bound
    double moment{};        // weight times distance
    std::int64_t heaviest{};
  };

  const CutGraph& graph_;
  std::vector<double> lengths_;
  std::vector<double> load_;
  double gain_{};
  double step_{};
  std::int64_t flows_{};
  std::vector<std::pair<double, std::int32_t>> queue_;  // ratio that each source had last
  std::vector<double> distance_;
  std::vector<Parent> parent_;
  std::vector<double> amount_;
  std::vector<std::int32_t> order_;  // groups reached by distance, the source last
  std::vector<std::pair<double, std::int32_t>> heap_;
  std::vector<Sums> sums_;
  std::vector<std::pair<std::int32_t, double>> touched_;
};

}  // namespace

std::int64_t flow_bound(const CutGraph& graph, std::int64_t known, const BoundOptions& options) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto is_over = [&] {
    return options.stop.stop_requested() ||
           std::chrono::duration<double>(Clock::now() - begin).count() >= options.time_limit_s;
  };
  if (graph.costs.empty()) return known;
  std::int64_t best = known;
  FlowPacking packing(graph);
  // Large steps come near the best lengths soon, small ones come nearer. Where that ends was tried out on the counties
  // and tracts of seven states.
  for (const double step : {0.5, 0.2, 0.08, 0.03, 0.01}) {
    packing.begin(step);
    double best_of_step = 0.0;
    int checks_without_gain = 0;
    const std::int32_t flows_between_checks = 20 + graph.num_groups() / 4;
    while (step * checks_without_gain < 1.0) {
      bool ends = false;
      for (std::int32_t sent = 0; sent < flows_between_checks && !ends; ends = is_over()) {
        if (packing.try_next()) ++sent;
        if (packing.is_empty()) return best;
      }
      const double proven = packing.proven();
      best = std::max(best, static_cast<std::int64_t>(std::ceil(proven)));
      checks_without_gain = proven > best_of_step * (1.0 + 0.001 * step) ? 0 : checks_without_gain + 1;
      best_of_step = std::max(best_of_step, proven);
      const bool is_known = options.target && best >= *options.target;
      if (ends || is_known || static_cast<double>(best) >= packing.reachable()) return best;
      packing.fade(1.0 - 0.1 * step);
    }
  }
  return best;
}

}  // namespace shequ::detail

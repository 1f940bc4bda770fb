// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "shequ/detail/search/bound_penalty.hpp"
#include "shequ/detail/search/connectivity.hpp"
#include "shequ/detail/search/index_set.hpp"
#include "shequ/detail/search/search_graph.hpp"

namespace shequ::detail {

/// How good a plan of one component is: first what it breaks, then the objective.
struct Score {
  std::int64_t violation{};  ///< weight outside of the bounds, and a part's worth for each other broken rule
  std::int64_t objective{};
  friend constexpr auto operator<=>(const Score&, const Score&) = default;
};

/// Penalties of the weights and of the further balances, in that order.
using Penalties = std::vector<BoundPenalty>;

struct CoarseGraph;

/// The terms of an objective that are no sums over cut edges: none. Others have the same members: value() in units of
/// the objective, energy() what the search makes small instead of it (the value itself, or what leads to small ones),
/// change() of the energy by a move, move() before the label changes.
struct NoTerms {
  static constexpr bool active = false;
  [[nodiscard]] static constexpr std::int64_t times_the_steps() noexcept { return 1; }
  [[nodiscard]] static NoTerms coarsened(const SearchGraph& /*fine*/, const CoarseGraph& /*to*/) { return {}; }
  void reset(const SearchGraph& /*graph*/, std::span<const std::int32_t> /*labels*/, std::int32_t /*num_parts*/) {}
  [[nodiscard]] static std::int64_t value() { return 0; }
  [[nodiscard]] static std::int64_t energy() { return 0; }
  [[nodiscard]] static std::int64_t change(std::span<const std::int32_t> /*labels*/, std::int32_t /*node*/,
                                           std::int32_t /*part*/) {
    return 0;
  }
  void move(std::span<const std::int32_t> /*labels*/, std::int32_t /*node*/, std::int32_t /*part*/) {}
};

/// Division of one component into connected parts, with everything a move changes kept up to date. Some parts may be
/// empty. `Terms` are the terms of the objective that are no sums over cut edges.
template <class Terms>
class Partition {
 public:
  Partition(const SearchGraph& graph, const Penalties& penalties, std::int32_t num_parts,
            std::vector<std::int32_t> labels, Terms terms)
      : graph_(&graph),
        penalties_(penalties),
        broken_weight_(std::max<std::int64_t>(1, graph.total_weight / std::max(1, num_parts))),
        labels_(std::move(labels)),
        part_sums_(penalties.size() * at(num_parts), 0),
        part_energies_(part_sums_.size(), 0),
        part_sizes_(at(num_parts), 0),
        empty_parts_(num_parts),
        cut_edges_(graph.num_edges()),
        terms_(std::move(terms)),
        connectivity_(graph) {
    for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
      for (std::size_t b = 0; b < penalties_.size(); ++b) sum(b, label(v)) += node_weight(b, v);
      ++part_sizes_[at(label(v))];
    }
    for (std::int32_t part = 0; part < num_parts; ++part) {
      for (std::size_t b = 0; b < penalties_.size(); ++b) settle(b, part);
      if (part_size(part) == 0) empty_parts_.insert(part);
    }
    for (const NodePair& pair : graph.pairs) broken_ += (label(pair.a) == label(pair.b)) != pair.same ? 1 : 0;
    if (!graph.locks.empty()) {
      locks_of_part_.resize(at(num_parts));
      for (std::int32_t v = 0; v < graph.num_nodes(); ++v) add_lock(label(v), graph.locks[at(v)]);
    }
    for (std::int32_t e = 0; e < graph.num_edges(); ++e) {
      if (label(graph.edge_sources[at(e)]) == label(graph.edge_targets[at(e)])) continue;
      toggle_cut(e, true);
      cut_cost_ += graph.edge_costs[at(e)];
    }
    terms_.reset(graph, labels_, num_parts);
  }

  [[nodiscard]] const SearchGraph& graph() const noexcept { return *graph_; }
  [[nodiscard]] const BoundPenalty& penalty() const noexcept { return penalties_.front(); }
  [[nodiscard]] std::int32_t num_parts() const noexcept { return static_cast<std::int32_t>(part_sizes_.size()); }
  [[nodiscard]] const std::vector<std::int32_t>& labels() const noexcept { return labels_; }
  [[nodiscard]] std::int32_t label(std::int32_t node) const noexcept { return labels_[at(node)]; }
  [[nodiscard]] std::int64_t part_weight(std::int32_t part) const noexcept { return part_sums_[at(part)]; }
  [[nodiscard]] std::int32_t part_size(std::int32_t part) const noexcept { return part_sizes_[at(part)]; }
  [[nodiscard]] std::int32_t num_used_parts() const noexcept {
    return num_parts() - static_cast<std::int32_t>(empty_parts_.members().size());
  }
  /// A part without nodes, -1: there is none.
  [[nodiscard]] std::int32_t empty_part() const noexcept {
    return empty_parts_.members().empty() ? -1 : empty_parts_.members().back();
  }
  /// Edges between parts, in no particular order.
  [[nodiscard]] std::span<const std::int32_t> cut_edges() const noexcept { return cut_edges_.members(); }
  [[nodiscard]] Score score() const noexcept {
    return {excess_ + broken_ * broken_weight_, cut_cost_ + terms_.value()};
  }
  /// What is not cut edges and bounds of the weights, and a division along trees therefore does not foresee.
  struct OtherEnergy {
    std::int64_t rules{};  ///< in energies
    std::int64_t terms{};  ///< in units of the objective
  };
  [[nodiscard]] OtherEnergy other_energy() const {
    return {broken_ * broken_energy + balance_energy_, terms_.energy()};
  }
  /// Energy that it rose by since.
  [[nodiscard]] std::int64_t rise_since(const OtherEnergy& before) const {
    const OtherEnergy now = other_energy();
    return now.rules - before.rules + (Terms::active ? to_energy(now.terms - before.terms) : 0);
  }
  [[nodiscard]] bool has_other_energy() const noexcept {
    return Terms::active || penalties_.size() > 1 || !graph_->pairs.empty() || !graph_->locks.empty();
  }

  /// Change of energy if `node` moved to `part`. Complexity: O(degree), plus that of the terms.
  [[nodiscard]] std::int64_t move_energy(std::int32_t node, std::int32_t part) const noexcept {
    const std::int32_t from = label(node);
    std::int64_t energy = 0;
    const std::size_t last = graph_->end(node);
    for (std::size_t i = graph_->begin(node); i < last; ++i) {
      const std::int32_t other = labels_[at(graph_->targets[i])];
      const std::int64_t arc = graph_->arc_energies[i];
      energy += (other == from ? arc : 0) - (other == part ? arc : 0);
    }
    for (std::size_t b = 0; b < penalties_.size(); ++b) {
      const std::int64_t weight = node_weight(b, node);
      const std::size_t f = b * part_sizes_.size() + at(from);
      const std::size_t t = b * part_sizes_.size() + at(part);
      energy += (part_sizes_[at(from)] == 1 ? 0 : penalties_[b].energy(part_sums_[f] - weight)) - part_energies_[f];
      energy += penalties_[b].energy(part_sums_[t] + weight) - part_energies_[t];
    }
    if (!graph_->pairs.empty()) energy += (broken_pairs(node, part) - broken_pairs(node, from)) * broken_energy;
    if (!graph_->locks.empty()) energy += lock_change(node, part) * broken_energy;
    if constexpr (Terms::active) energy += to_energy(terms_.change(labels_, node, part));
    return energy;
  }

  /// Whether the part of `node` stays connected without it, and not empty, unless `min_parts` others are left.
  [[nodiscard]] bool can_leave(std::int32_t node, std::int32_t min_parts = max_parts) {
    if (part_sizes_[at(label(node))] == 1) return num_used_parts() > min_parts;
    return connectivity_.holds_without(labels_, node);
  }

  /// Moves a node. Keeps no rule by itself: ask can_leave() first.
  void move(std::int32_t node, std::int32_t part) {
    const std::int32_t from = label(node);
    if (!graph_->pairs.empty()) broken_ += broken_pairs(node, part) - broken_pairs(node, from);
    if (!graph_->locks.empty()) {
      remove_lock(from, graph_->locks[at(node)]);
      add_lock(part, graph_->locks[at(node)]);
    }
    if constexpr (Terms::active) terms_.move(labels_, node, part);
    labels_[at(node)] = part;
    for (std::size_t i = graph_->begin(node); i < graph_->end(node); ++i) {
      const std::int32_t other = labels_[at(graph_->targets[i])];
      const std::int32_t edge = graph_->arc_edges[i];
      if (other == from) {
        toggle_cut(edge, true);
        cut_cost_ += graph_->edge_costs[at(edge)];
      } else if (other == part) {
        toggle_cut(edge, false);
        cut_cost_ -= graph_->edge_costs[at(edge)];
      }
    }
    if (--part_sizes_[at(from)] == 0) empty_parts_.insert(from);
    if (++part_sizes_[at(part)] == 1) empty_parts_.erase(part);
    for (std::size_t b = 0; b < penalties_.size(); ++b) {
      const std::int64_t weight = node_weight(b, node);
      unsettle(b, from);
      unsettle(b, part);
      sum(b, from) -= weight;
      sum(b, part) += weight;
      settle(b, from);
      settle(b, part);
    }
  }

  [[nodiscard]] const Terms& terms() const noexcept { return terms_; }

  static constexpr std::int32_t max_parts = std::numeric_limits<std::int32_t>::max();
  static constexpr std::int64_t broken_energy = 12LL * energy_unit;  // of a broken pair or lock: 12 average edges

 private:
  [[nodiscard]] std::int64_t to_energy(std::int64_t value) const noexcept {
    constexpr std::int64_t most = 1'000'000'000'000'000;  // times energy_unit fits, and so do sums of many
    return std::clamp(value, -most, most) * energy_unit / graph_->energy_scale;
  }
  [[nodiscard]] std::int64_t node_weight(std::size_t b, std::int32_t node) const noexcept {
    return b == 0 ? graph_->weights[at(node)] : graph_->balances[b - 1][at(node)];
  }
  [[nodiscard]] std::int64_t& sum(std::size_t b, std::int32_t part) noexcept {
    return part_sums_[b * part_sizes_.size() + at(part)];
  }
  void settle(std::size_t b, std::int32_t part) noexcept {
    const std::size_t i = b * part_sizes_.size() + at(part);
    // An empty part is none: it breaks nothing.
    part_energies_[i] = part_sizes_[at(part)] == 0 ? 0 : penalties_[b].energy(part_sums_[i]);
    if (part_sizes_[at(part)] != 0) excess_ += penalties_[b].excess(part_sums_[i]);
    if (b > 0) balance_energy_ += part_energies_[i];
  }
  // Called after the sizes changed but before the sums did, so an energy of 0 tells an empty part from its excess.
  void unsettle(std::size_t b, std::int32_t part) noexcept {
    const std::size_t i = b * part_sizes_.size() + at(part);
    if (part_energies_[i] != 0) excess_ -= penalties_[b].excess(part_sums_[i]);
    if (b > 0) balance_energy_ -= part_energies_[i];
  }

  void toggle_cut(std::int32_t edge, bool cut) {
    if (cut) {
      cut_edges_.insert(edge);
    } else {
      cut_edges_.erase(edge);
    }
  }

  /// Pairs of `node` that would be broken with it in `part`.
  [[nodiscard]] std::int64_t broken_pairs(std::int32_t node, std::int32_t part) const noexcept {
    std::int64_t broken = 0;
    for (const std::int32_t number : graph_->pairs_of_node[at(node)]) {
      const NodePair& pair = graph_->pairs[at(number)];
      const std::int32_t other = pair.a == node ? pair.b : pair.a;
      broken += (label(other) == part) != pair.same ? 1 : 0;
    }
    return broken;
  }

  struct LockCount {
    std::int32_t lock;
    std::int32_t nodes;
  };
  void add_lock(std::int32_t part, std::int32_t lock) {
    if (lock < 0) return;
    auto& locks = locks_of_part_[at(part)];
    const auto known = std::find_if(locks.begin(), locks.end(), [&](const LockCount& c) { return c.lock == lock; });
    if (known != locks.end()) {
      ++known->nodes;
      return;
    }
    broken_ += locks.empty() ? 0 : 1;
    locks.push_back({lock, 1});
  }
  void remove_lock(std::int32_t part, std::int32_t lock) {
    if (lock < 0) return;
    auto& locks = locks_of_part_[at(part)];
    const auto known = std::find_if(locks.begin(), locks.end(), [&](const LockCount& c) { return c.lock == lock; });
    if (--known->nodes > 0) return;
    locks.erase(known);
    broken_ -= locks.empty() ? 0 : 1;
  }
  /// Change of the number of broken locks if `node` moved to `part`.
  [[nodiscard]] std::int64_t lock_change(std::int32_t node, std::int32_t part) const noexcept {
    const std::int32_t lock = graph_->locks[at(node)];
    if (lock < 0) return 0;
    std::int64_t change = 0;
    const auto& left = locks_of_part_[at(label(node))];
    for (const LockCount& count : left) change -= count.lock == lock && count.nodes == 1 && left.size() > 1 ? 1 : 0;
    const auto& met = locks_of_part_[at(part)];
    const bool known = std::any_of(met.begin(), met.end(), [&](const LockCount& c) { return c.lock == lock; });
    return change + (known || met.empty() ? 0 : 1);
  }

  const SearchGraph* graph_;
  Penalties penalties_;
  std::int64_t broken_weight_;
  std::vector<std::int32_t> labels_;
  std::vector<std::int64_t> part_sums_;  // of each penalty's column, one after the other
  std::vector<std::int64_t> part_energies_;
  std::vector<std::int32_t> part_sizes_;
  IndexSet empty_parts_;
  IndexSet cut_edges_;
  std::vector<std::vector<LockCount>> locks_of_part_;  // empty where there are no locks
  std::int64_t excess_{0};
  std::int64_t broken_{0};  // pairs and locks
  std::int64_t balance_energy_{0};
  std::int64_t cut_cost_{0};
  Terms terms_;
  Connectivity connectivity_;
};

}  // namespace shequ::detail

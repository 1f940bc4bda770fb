// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "shequ/detail/search/fixed_point.hpp"
#include "shequ/detail/search/partition.hpp"
#include "shequ/detail/search/tree_split.hpp"
#include "shequ/random.hpp"

namespace shequ::detail {

/// Schedule of one annealing run. Temperatures are in energies: energy_unit is one average edge.
struct AnnealOptions {
  std::int64_t steps{};
  std::int64_t start_temperature{3LL * 1024};
  std::int64_t end_temperature{256};
  std::uint32_t tree_share{256};  ///< steps of 1024 spent on dividing two parts anew along random trees
  bool chains{true};              ///< flips in chains of two and three too; false: single flips only
  std::int32_t min_parts{0};      ///< parts may be merged while more are left; 0: their number is fixed
};

/// Told the steps used since the last call; answers whether to go on. Called every few hundred steps.
using Poll = std::function<bool(std::int64_t steps, const Score& best)>;

/// Temperature after `done` of `steps`: falls geometrically, by straight lines between 65 exact points.
class Cooling {
 public:
  Cooling(std::int64_t start, std::int64_t end, std::int64_t steps) : steps_(std::max<std::int64_t>(1, steps)) {
    // Each point is the geometric mean of the two it lies half way between.
    knots_.front() = std::max<std::int64_t>(1, start);
    knots_.back() = std::max<std::int64_t>(1, end);
    fill(0, knots_.size() - 1);
  }
  [[nodiscard]] std::int64_t at_step(std::int64_t done) const {
    const std::int64_t scaled = std::min(done, steps_) * 64;
    const auto knot = static_cast<std::size_t>(std::min<std::int64_t>(scaled / steps_, 63));
    const std::int64_t rest = scaled - static_cast<std::int64_t>(knot) * steps_;
    return knots_[knot] + (knots_[knot + 1] - knots_[knot]) * rest / steps_;
  }

 private:
  void fill(std::size_t first, std::size_t last) {
    if (last - first < 2) return;
    const std::size_t middle = (first + last) / 2;
    knots_[middle] = square_root(knots_[first] * knots_[last]);
    fill(first, middle);
    fill(middle, last);
  }
  static std::int64_t square_root(std::int64_t value) {
    std::int64_t low = 0;
    std::int64_t high = 1LL << 31;
    while (high - low > 1) {
      const std::int64_t middle = (low + high) / 2;
      (middle * middle <= value ? low : high) = middle;
    }
    return low;
  }

  std::int64_t steps_;
  std::array<std::int64_t, 65> knots_{};
};

/// Simulated annealing on one component by flips of boundary nodes, short chains of flips that are accepted or undone
/// as one, divisions of two adjacent parts along random trees and, where the number of parts is open, mergers and
/// splits. Parts stay connected at every step.
template <class Terms>
class Annealer {
 public:
  Annealer(const SearchGraph& graph, const Penalties& penalties, std::int32_t num_parts,
           std::vector<std::int32_t> labels, Terms terms)
      : partition_(graph, penalties, num_parts, labels, std::move(terms)),
        splitter_(graph),
        best_labels_(std::move(labels)),
        best_score_(partition_.score()),
        is_dirty_(best_labels_.size(), 0) {}

  /// Runs one schedule from the present state; false where `poll` ended it.
  bool run(const AnnealOptions& options, Random& random, const Poll& poll) {
    if (graph().num_nodes() < 2) return true;
    const Cooling cooling(options.start_temperature, options.end_temperature, options.steps);
    std::int64_t done = 0;
    std::int64_t tree_steps = 0;
    while (done < options.steps) {
      const std::int64_t temperature = cooling.at_step(done);
      const std::int64_t block = std::min(steps_per_block, options.steps - done);
      std::int64_t used = 0;
      if (options.min_parts > 0) used += change_number_of_parts(options.min_parts, temperature, random);
      // Divisions are as frequent as their share of the steps allows: a region of n nodes counts as n / 2 flips.
      while (used < block && tree_steps * 1024 < (done + used) * options.tree_share &&
             !partition_.cut_edges().empty()) {
        const std::int64_t cost = divide_two_parts(temperature, random) / 2 + 1;
        tree_steps += cost;
        used += cost;
      }
      for (; used < block && !partition_.cut_edges().empty(); ++used) {
        flip_chain(options, temperature, random);
      }
      done += std::max(used, block);
      if (!poll(used, best_score_)) return false;
    }
    return true;
  }

  /// Goes back to the best plan seen and moves nodes as long as that makes it better.
  void descend() {
    restore_best();
    for (int sweep = 0; sweep < max_sweeps; ++sweep) {
      const Score before = partition_.score();
      for (std::int32_t node = 0; node < graph().num_nodes(); ++node) {
        for (std::size_t i = graph().begin(node); i < graph().end(node); ++i) {
          const std::int32_t from = partition_.label(node);
          const std::int32_t part = partition_.label(graph().targets[i]);
          if (part == from) continue;
          const Score score = partition_.score();
          if (!partition_.can_leave(node)) break;
          partition_.move(node, part);
          if (partition_.score() < score) continue;
          partition_.move(node, from);
        }
      }
      if (partition_.score() == before) break;
    }
    best_labels_ = partition_.labels();
    best_score_ = partition_.score();
  }

  [[nodiscard]] const std::vector<std::int32_t>& best_labels() const noexcept { return best_labels_; }
  [[nodiscard]] const Score& best_score() const noexcept { return best_score_; }

 private:
  static constexpr std::int64_t steps_per_block = 512;  // steps between two changes of temperature and two polls
  static constexpr std::uint32_t hub_degree = 256;
  static constexpr int chain_attempts = 6;  // draws for the next link of a chain
  static constexpr int max_sweeps = 64;
  static constexpr std::uint32_t open_share = 2;  // one step in as many opens a part, where that is allowed

  struct Step {
    std::int32_t node;
    std::int32_t from;
  };

  [[nodiscard]] const SearchGraph& graph() const noexcept { return partition_.graph(); }

  [[nodiscard]] std::int32_t draw_cut_edge(Random& random) const {
    const std::span<const std::int32_t> cut = partition_.cut_edges();
    return cut[random.below(static_cast<std::uint32_t>(cut.size()))];
  }

  /// Draw of an exponential variable times the temperature: the rise of energy that a Metropolis test accepts.
  [[nodiscard]] static std::int64_t tolerated_rise(std::int64_t temperature, std::uint64_t bits) {
    return temperature * exponential_table[bits & (log_table_size - 1)] / energy_unit;
  }

  /// A node with many neighbours is drawn as often as it has cut edges and takes as long each time as it has
  /// neighbours. So that one of them does not take all the time, it is looked at more seldom the more it has.
  [[nodiscard]] bool is_passed_over(std::int32_t node, Random& random) const {
    const std::size_t degree = graph().end(node) - graph().begin(node);
    return degree > hub_degree && random.below(static_cast<std::uint32_t>(degree)) >= hub_degree;
  }

  void mark_dirty(std::int32_t node) {
    if (std::exchange(is_dirty_[at(node)], 1) == 0) dirty_.push_back(node);
  }

  /// Keeps the present plan where it is the best so far.
  void note() {
    if (!(partition_.score() < best_score_)) return;
    best_score_ = partition_.score();
    for (const std::int32_t node : dirty_) {
      best_labels_[at(node)] = partition_.label(node);
      is_dirty_[at(node)] = 0;
    }
    dirty_.clear();
  }

  void restore_best() {
    for (const std::int32_t node : dirty_) {
      if (partition_.label(node) != best_labels_[at(node)]) partition_.move(node, best_labels_[at(node)]);
      is_dirty_[at(node)] = 0;
    }
    dirty_.clear();
  }

  void undo_chain() {
    while (!chain_.empty()) {
      partition_.move(chain_.back().node, chain_.back().from);
      chain_.pop_back();
    }
  }

  void flip_chain(const AnnealOptions& options, std::int64_t temperature, Random& random) {
    const std::int32_t min_parts = options.min_parts;
    if (min_parts > 0 && partition_.empty_part() >= 0 && random.below(open_share) == 0) {
      open_part(temperature, random);
      return;
    }
    const std::int32_t may_leave = min_parts > 0 ? min_parts : Partition<Terms>::max_parts;
    const std::uint64_t bits = random.bits();
    const std::int64_t tolerated = tolerated_rise(temperature, bits);
    const auto kind = static_cast<unsigned>(bits >> 12U) & 15U;
    const std::size_t length = kind < 11 || !options.chains ? 1 : kind < 14 ? 2 : 3;
    chain_.clear();
    std::int64_t energy = 0;
    std::int32_t through = -1;  // the part that gave or received the last node
    while (chain_.size() < length && !partition_.cut_edges().empty()) {
      std::int32_t node = -1;
      std::int32_t part = -1;
      for (int attempt = 0; attempt < chain_attempts; ++attempt) {
        const std::span<const std::int32_t> cut = partition_.cut_edges();
        const std::uint64_t draw = random.bits();
        const std::int32_t edge = cut[static_cast<std::size_t>(((draw >> 32U) * cut.size()) >> 32U)];
        const bool forward = (draw & 1U) != 0;
        node = forward ? graph().edge_sources[at(edge)] : graph().edge_targets[at(edge)];
        part = partition_.label(forward ? graph().edge_targets[at(edge)] : graph().edge_sources[at(edge)]);
        if (through < 0 || partition_.label(node) == through || part == through) break;
        node = -1;
      }
      if (node < 0 || (!chain_.empty() && chain_.back().node == node) || is_passed_over(node, random)) break;
      energy += partition_.move_energy(node, part);
      // A single flip, and the last link of a chain, is tested before the costlier question of contiguity.
      if (chain_.size() + 1 == length && energy > tolerated) break;
      if (!partition_.can_leave(node, may_leave)) break;
      const std::int32_t from = partition_.label(node);
      partition_.move(node, part);
      chain_.push_back({node, from});
      // Go on where the bounds are most out: the chain exists to pass weight on.
      const BoundPenalty& penalty = partition_.penalty();
      through =
          penalty.excess(partition_.part_weight(from)) > penalty.excess(partition_.part_weight(part)) ? from : part;
    }
    if (chain_.size() < length) {
      undo_chain();
      return;
    }
    for (const Step& step : chain_) mark_dirty(step.node);
    note();
  }

  /// Makes a boundary node a part of its own, where that does not raise the energy too much. The counterpart is a flip
  /// of a part's last node.
  void open_part(std::int64_t temperature, Random& random) {
    const std::int32_t edge = draw_cut_edge(random);
    const std::uint64_t bits = random.bits();
    const std::int32_t node = (bits >> 63U) != 0 ? graph().edge_sources[at(edge)] : graph().edge_targets[at(edge)];
    const std::int32_t part = partition_.empty_part();
    if (partition_.part_size(partition_.label(node)) == 1) return;
    if (partition_.move_energy(node, part) > tolerated_rise(temperature, bits) || !partition_.can_leave(node)) return;
    partition_.move(node, part);
    mark_dirty(node);
    note();
  }

  /// Takes the moves of `changed_` back where they raise the energy too much.
  void test_changes(std::int64_t rise, std::int64_t temperature, Random& random) {
    if (changed_.empty()) return;
    if (rise > 0 && rise > tolerated_rise(temperature, random.bits())) {
      for (std::size_t i = changed_.size(); i-- > 0;) partition_.move(changed_[i], before_[at(changed_[i])]);
      return;
    }
    for (const std::int32_t node : changed_) mark_dirty(node);
    note();
  }

  std::int32_t divide_two_parts(std::int64_t temperature, Random& random) {
    const std::int32_t edge = draw_cut_edge(random);
    changed_.clear();
    const auto energy_before = partition_.other_energy();
    if (partition_.has_other_energy()) before_ = partition_.labels();
    const std::int32_t looked_at = splitter_.resplit(partition_, edge, temperature, random, changed_);
    test_changes(partition_.rise_since(energy_before), temperature, random);
    return looked_at;
  }

  /// Merges two parts or splits one, as often the one as the other. Returns about how many flips that cost.
  std::int64_t change_number_of_parts(std::int32_t min_parts, std::int64_t temperature, Random& random) {
    const std::int32_t used = partition_.num_used_parts();
    const std::int32_t empty = partition_.empty_part();
    const std::uint64_t bits = random.bits();
    const bool merge = (bits >> 63U) != 0;
    changed_.clear();
    std::int32_t target = empty;
    std::int64_t rise = 0;
    if (merge) {
      if (used <= min_parts || partition_.cut_edges().empty()) return 1;
      const std::int32_t edge = draw_cut_edge(random);
      std::int32_t part = partition_.label(graph().edge_sources[at(edge)]);
      target = partition_.label(graph().edge_targets[at(edge)]);
      if (partition_.part_size(part) > partition_.part_size(target)) std::swap(part, target);
      collect_part(partition_.label(graph().edge_sources[at(edge)]) == part ? graph().edge_sources[at(edge)]
                                                                            : graph().edge_targets[at(edge)]);
      rise = -border_energy(target);
    } else {
      if (empty < 0) return 1;
      const auto seed = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(graph().num_nodes())));
      changed_ = splitter_.split_part(partition_, seed, temperature, random);
      if (changed_.empty()) return 1;
      rise = 0;
    }
    const std::int32_t part = partition_.label(changed_.front());
    const BoundPenalty& penalty = partition_.penalty();
    const auto bounds_energy = [&](std::int32_t p) {
      return partition_.part_size(p) == 0 ? 0 : penalty.energy(partition_.part_weight(p));
    };
    const auto energy_before = partition_.other_energy();
    rise -= bounds_energy(part) + bounds_energy(target);
    before_.resize(at(graph().num_nodes()));
    for (const std::int32_t node : changed_) {
      before_[at(node)] = part;
      partition_.move(node, target);
    }
    rise += bounds_energy(part) + bounds_energy(target);
    if (!merge) rise += border_energy(part);
    const auto cost = static_cast<std::int64_t>(changed_.size()) + 1;
    test_changes(rise + partition_.rise_since(energy_before), temperature, random);
    return cost;
  }

  /// Puts the nodes of the part of `seed` into changed_.
  void collect_part(std::int32_t seed) {
    const std::int32_t part = partition_.label(seed);
    seen_.resize(at(graph().num_nodes()), 0);
    changed_.assign(1, seed);
    seen_[at(seed)] = 1;
    for (std::size_t head = 0; head < changed_.size(); ++head) {
      const std::int32_t node = changed_[head];
      for (std::size_t i = graph().begin(node); i < graph().end(node); ++i) {
        const std::int32_t next = graph().targets[i];
        if (seen_[at(next)] != 0 || partition_.label(next) != part) continue;
        seen_[at(next)] = 1;
        changed_.push_back(next);
      }
    }
    for (const std::int32_t node : changed_) seen_[at(node)] = 0;
  }

  /// Energy of the edges between changed_ and `part`.
  [[nodiscard]] std::int64_t border_energy(std::int32_t part) const {
    std::int64_t energy = 0;
    for (const std::int32_t node : changed_) {
      for (std::size_t i = graph().begin(node); i < graph().end(node); ++i) {
        if (partition_.label(graph().targets[i]) == part) energy += graph().arc_energies[i];
      }
    }
    return energy;
  }

  Partition<Terms> partition_;
  TreeSplitter splitter_;
  std::vector<std::int32_t> best_labels_;
  Score best_score_;
  std::vector<std::int32_t> dirty_;  // nodes whose label may differ from best_labels_
  std::vector<char> is_dirty_;
  std::vector<Step> chain_;
  std::vector<std::int32_t> changed_;
  std::vector<std::int32_t> before_;  // labels of the nodes in changed_ before the change
  std::vector<char> seen_;
};

}  // namespace shequ::detail

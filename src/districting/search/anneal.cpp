// SPDX-License-Identifier: BSD-3-Clause
#include "anneal.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "fixed_point.hpp"
#include "shequ/detail/index.hpp"

namespace shequ::detail {
namespace {

constexpr std::int64_t steps_per_block = 512;  // steps between two changes of temperature and two polls
constexpr int chain_attempts = 6;              // draws for the next link of a chain
constexpr int max_sweeps = 64;

/// Draw of an exponential variable times the temperature: the rise of energy that a Metropolis test accepts.
std::int64_t tolerated_rise(std::int64_t temperature, std::uint64_t bits) {
  return temperature * exponential_table[bits & (log_table_size - 1)] / energy_unit;
}

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

}  // namespace

Annealer::Annealer(const SearchGraph& graph, const BoundPenalty& penalty, std::int32_t num_parts,
                   std::vector<std::int32_t> labels)
    : partition_(graph, penalty, num_parts, labels),
      splitter_(graph),
      best_labels_(std::move(labels)),
      best_score_(partition_.score()),
      is_dirty_(best_labels_.size(), 0) {}

void Annealer::note() {
  if (!(partition_.score() < best_score_)) return;
  best_score_ = partition_.score();
  for (const std::int32_t node : dirty_) {
    best_labels_[at(node)] = partition_.label(node);
    is_dirty_[at(node)] = 0;
  }
  dirty_.clear();
}

void Annealer::restore_best() {
  for (const std::int32_t node : dirty_) {
    if (partition_.label(node) != best_labels_[at(node)]) partition_.move(node, best_labels_[at(node)]);
    is_dirty_[at(node)] = 0;
  }
  dirty_.clear();
}

void Annealer::undo(std::size_t keep) {
  while (chain_.size() > keep) {
    partition_.move(chain_.back().node, chain_.back().from);
    chain_.pop_back();
  }
}

void Annealer::flip_chain(std::int64_t temperature, Random& random) {
  const SearchGraph& graph = partition_.graph();
  const std::uint64_t bits = random.bits();
  const std::int64_t tolerated = tolerated_rise(temperature, bits);
  const auto kind = static_cast<unsigned>(bits >> 12U) & 15U;
  const std::size_t length = kind < 11 ? 1 : kind < 14 ? 2 : 3;
  chain_.clear();
  std::int64_t energy = 0;
  std::int32_t through = -1;  // the part that gave or received the last node
  while (chain_.size() < length) {
    std::int32_t node = -1;
    std::int32_t part = -1;
    for (int attempt = 0; attempt < chain_attempts; ++attempt) {
      const auto& cut = partition_.cut_edges();
      const std::uint64_t draw = random.bits();
      const std::int32_t edge = cut[at(static_cast<std::int32_t>(((draw >> 32U) * cut.size()) >> 32U))];
      const bool forward = (draw & 1U) != 0;
      node = forward ? graph.edge_sources[at(edge)] : graph.edge_targets[at(edge)];
      part = partition_.label(forward ? graph.edge_targets[at(edge)] : graph.edge_sources[at(edge)]);
      if (through < 0 || partition_.label(node) == through || part == through) break;
      node = -1;
    }
    if (node < 0 || (!chain_.empty() && chain_.back().node == node)) break;
    energy += partition_.move_energy(node, part);
    // A single flip, and the last link of a chain, is tested before the costlier question of contiguity.
    if (chain_.size() + 1 == length && energy > tolerated) break;
    if (!partition_.can_leave(node)) break;
    const std::int32_t from = partition_.label(node);
    partition_.move(node, part);
    chain_.push_back({node, from});
    // Go on where the bounds are most out: the chain exists to pass weight on.
    const BoundPenalty& penalty = partition_.penalty();
    through = penalty.excess(partition_.part_weight(from)) > penalty.excess(partition_.part_weight(part)) ? from : part;
  }
  if (chain_.size() < length) {
    undo(0);
    return;
  }
  for (const Step& step : chain_) {
    if (std::exchange(is_dirty_[at(step.node)], 1) == 0) dirty_.push_back(step.node);
  }
  note();
}

std::int32_t Annealer::divide_two_parts(std::int64_t temperature, Random& random) {
  const auto& cut = partition_.cut_edges();
  const std::int32_t edge = cut[random.below(static_cast<std::uint32_t>(cut.size()))];
  changed_.clear();
  const SearchGraph& graph = partition_.graph();
  const bool with_pairs = !graph.pairs.empty();
  const auto broken_pairs = [&] {
    return std::count_if(graph.pairs.begin(), graph.pairs.end(), [&](const NodePair& pair) {
      return (partition_.label(pair.a) == partition_.label(pair.b)) != pair.same;
    });
  };
  const std::int64_t broken_before = with_pairs ? broken_pairs() : 0;
  if (with_pairs) before_ = partition_.labels();
  const std::int32_t looked_at = splitter_.resplit(partition_, edge, temperature, random, changed_);
  if (with_pairs && !changed_.empty()) {
    const std::int64_t rise = (broken_pairs() - broken_before) * Partition::pair_strength;
    if (rise > tolerated_rise(temperature, random.bits())) {
      for (const std::int32_t node : changed_) partition_.move(node, before_[at(node)]);
      return looked_at;
    }
  }
  for (const std::int32_t node : changed_) {
    if (std::exchange(is_dirty_[at(node)], 1) == 0) dirty_.push_back(node);
  }
  note();
  return looked_at;
}

bool Annealer::run(const AnnealOptions& options, Random& random, const Poll& poll) {
  if (partition_.num_parts() < 2) return true;
  const Cooling cooling(options.start_temperature, options.end_temperature, options.steps);
  std::int64_t done = 0;
  std::int64_t tree_steps = 0;
  while (done < options.steps) {
    const std::int64_t temperature = cooling.at_step(done);
    const std::int64_t block = std::min(steps_per_block, options.steps - done);
    std::int64_t used = 0;
    // Divisions are as frequent as their share of the steps allows: a region of n nodes counts as n / 2 flips.
    while (used < block && tree_steps * 1024 < (done + used) * options.tree_share) {
      const std::int64_t cost = divide_two_parts(temperature, random) / 2 + 1;
      tree_steps += cost;
      used += cost;
    }
    for (; used < block; ++used) flip_chain(temperature, random);
    done += used;
    if (!poll(used, best_score_)) return false;
  }
  return true;
}

void Annealer::descend() {
  restore_best();
  const SearchGraph& graph = partition_.graph();
  for (int sweep = 0; sweep < max_sweeps; ++sweep) {
    const Score before = partition_.score();
    for (std::int32_t node = 0; node < graph.num_nodes(); ++node) {
      for (std::size_t i = graph.begin(node); i < graph.end(node); ++i) {
        const std::int32_t from = partition_.label(node);
        const std::int32_t part = partition_.label(graph.targets[i]);
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

}  // namespace shequ::detail

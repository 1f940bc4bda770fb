// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/enumerate.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>

#include "plan_blocks.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ {
namespace {

using detail::at;
using detail::PlanBlocks;
using BlockId = PlanBlocks::BlockId;

constexpr BlockId no_block = -1;
constexpr std::int64_t steps_between_polls = 512;

/// Grows parts one after the other. Every decision is to put a block that touches the current part into it, or to keep
/// it out; the other choice is taken when all plans of the first have been seen. So each connected set is built once.
class Enumerator {
 public:
  Enumerator(const Problem& problem, const std::function<bool(std::span<const PartId>)>& visit,
             const EnumerateOptions& options)
      : blocks_(problem),
        visit_(visit),
        options_(options),
        least_parts_(problem.parts ? problem.parts->min : 0),
        most_parts_(problem.parts ? problem.parts->max : std::numeric_limits<PartId>::max()),
        labels_(at(problem.graph->num_nodes()), no_part),
        part_(at(blocks_.count()), no_part),
        kept_out_of_(at(blocks_.count()), no_part),
        piece_(at(blocks_.count()), no_block),
        reached_(at(blocks_.count()), 0),
        in_current_(at(blocks_.num_groups()), 0) {}

  Enumeration run() {
    if (blocks_.contradictory()) return {0, true};
    if (blocks_.count() == 0) {
      if (least_parts_ == 0) emit();
      return {count_, true};
    }
    begin_part();
    while (advance()) {
    }
    return {count_, !ended_early_};
  }

 private:
  struct Decision {
    BlockId block;
    bool opens_part;  // no choice: the lowest block without a part is in the next one
    bool put_in;
    PartId kept_out_before;  // value of kept_out_of_ that a block that is kept out had
  };

  /// One step of the search; false when it is over.
  bool advance() {
    if (++steps_ % steps_between_polls == 0 && should_stop()) {
      ended_early_ = true;
      return false;
    }
    BlockId next = no_block;
    if (!can_be_completed(next)) return backtrack();
    if (next != no_block) {
      put_in(next, false);
      return true;
    }
    if (members_.size() < at(blocks_.count())) {
      begin_part();
      return true;
    }
    if (count_ == options_.limit || !emit()) {
      ended_early_ = true;
      return false;
    }
    return backtrack();
  }

  void begin_part() {
    ++current_;
    part_begin_.push_back(members_.size());
    BlockId lowest = 0;
    while (part_[at(lowest)] != no_part) ++lowest;
    std::fill(in_current_.begin(), in_current_.end(), 0);
    sums_.assign(blocks_.columns().size(), 0);
    lock_ = no_part;
    put_in(lowest, true);
  }

  void put_in(BlockId block, bool opens_part) {
    decisions_.push_back({block, opens_part, true, no_part});
    part_[at(block)] = current_;
    members_.push_back(block);
    add_to_current(block, 1);
  }

  void add_to_current(BlockId block, std::int64_t sign) {
    for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += sign * blocks_.columns()[c].weights[at(block)];
    in_current_[at(blocks_.group(block))] += static_cast<std::int32_t>(sign);
    const PartId lock = blocks_.lock(block);
    if (lock != no_part) lock_ = in_current_[at(blocks_.group(block))] > 0 ? lock : no_part;
  }

  /// Takes back decisions to the last one with a choice left, and takes the other choice there.
  bool backtrack() {
    while (!decisions_.empty()) {
      Decision& last = decisions_.back();
      if (!last.put_in) {
        kept_out_of_[at(last.block)] = last.kept_out_before;
        decisions_.pop_back();
        continue;
      }
      part_[at(last.block)] = no_part;
      members_.pop_back();
      if (last.opens_part) {
        decisions_.pop_back();
        part_begin_.pop_back();
        --current_;
        if (current_ < 0) return false;
        recall_current();
        continue;
      }
      add_to_current(last.block, -1);
      last.put_in = false;
      last.kept_out_before = kept_out_of_[at(last.block)];
      kept_out_of_[at(last.block)] = current_;
      return true;
    }
    return false;
  }

  /// Sums of the part that is the last again.
  void recall_current() {
    std::fill(in_current_.begin(), in_current_.end(), 0);
    sums_.assign(blocks_.columns().size(), 0);
    lock_ = no_part;
    for (std::size_t i = part_begin_.back(); i < members_.size(); ++i) add_to_current(members_[i], 1);
  }

  /// Whether the rules let a block join the current part.
  [[nodiscard]] bool may_join(BlockId block) const {
    if (part_[at(block)] != no_part || kept_out_of_[at(block)] == current_) return false;
    for (std::size_t c = 0; c < sums_.size(); ++c) {
      const PlanBlocks::Column& column = blocks_.columns()[c];
      if (sums_[c] + column.weights[at(block)] > column.upper) return false;
    }
    if (lock_ != no_part && blocks_.lock(block) != no_part && blocks_.lock(block) != lock_) return false;
    const BlockId root = members_[part_begin_.back()];
    const bool same_group = blocks_.group(block) == blocks_.group(root);
    if (!same_group && (blocks_.closed(block) || blocks_.closed(root))) return false;
    const std::vector<std::int32_t>& apart = blocks_.apart(blocks_.group(block));
    return std::none_of(apart.begin(), apart.end(), [&](std::int32_t group) { return in_current_[at(group)] > 0; });
  }

  /// False where no plan continues the present decisions; else `next` is a block to decide on, or no_block where the
  /// current part is complete.
  bool can_be_completed(BlockId& next) {
    std::fill(reached_.begin(), reached_.end(), 0);
    queue_.assign(members_.begin() + static_cast<std::ptrdiff_t>(part_begin_.back()), members_.end());
    const std::size_t own = queue_.size();
    for (const BlockId block : queue_) reached_[at(block)] = 1;
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      for (const BlockId neighbour : blocks_.neighbours(queue_[i])) {
        if (reached_[at(neighbour)] != 0 || !may_join(neighbour)) continue;
        reached_[at(neighbour)] = 1;
        queue_.push_back(neighbour);
      }
    }
    next = queue_.size() > own ? queue_[own] : no_block;
    for (std::size_t c = 0; c < sums_.size(); ++c) {
      const PlanBlocks::Column& column = blocks_.columns()[c];
      if (sums_[c] > column.upper) return false;
      std::int64_t most = 0;
      for (const BlockId block : queue_) most += column.weights[at(block)];
      if (most < column.lower) return false;
    }
    for (std::size_t i = 0; i < own; ++i) {
      for (const BlockId other : blocks_.members(blocks_.group(queue_[i]))) {
        if (reached_[at(other)] == 0) return false;
      }
    }
    return rest_can_be_divided();
  }

  /// Whether the pieces of what is in no part, and can no longer join the current one, can be divided by their weights.
  bool rest_can_be_divided() {
    std::fill(piece_.begin(), piece_.end(), no_block);
    std::int64_t least = current_ + 1;
    std::int64_t most = current_ + 1;
    for (BlockId first = 0; first < blocks_.count(); ++first) {
      if (part_[at(first)] != no_part || piece_[at(first)] != no_block) continue;
      bool is_final = true;
      queue_.assign(1, first);
      piece_[at(first)] = first;
      for (std::size_t i = 0; i < queue_.size(); ++i) {
        is_final = is_final && reached_[at(queue_[i])] == 0;
        for (const BlockId neighbour : blocks_.neighbours(queue_[i])) {
          if (part_[at(neighbour)] != no_part || piece_[at(neighbour)] != no_block) continue;
          piece_[at(neighbour)] = first;
          queue_.push_back(neighbour);
        }
      }
      if (!is_final) {
        most += static_cast<std::int64_t>(queue_.size());
        continue;
      }
      const std::optional<PartsRange> range = blocks_.part_counts(queue_);
      if (!range) return false;
      least += range->min;
      most += range->max;
      for (const BlockId block : queue_) {
        for (const BlockId other : blocks_.members(blocks_.group(block))) {
          if (piece_[at(other)] != first) return false;
        }
      }
    }
    return least <= most_parts_ && most >= least_parts_;
  }

  /// Tells the visitor; false where it has seen enough.
  bool emit() {
    ++count_;
    for (BlockId block = 0; block < blocks_.count(); ++block) {
      for (const NodeId node : blocks_.nodes(block)) labels_[at(node)] = part_[at(block)];
    }
    return visit_(labels_);
  }

  bool should_stop() {
    if (options_.progress) {
      const auto now = std::chrono::steady_clock::now();
      if (now - last_report_ >= std::chrono::milliseconds(50)) {
        last_report_ = now;
        options_.progress(count_);
      }
    }
    return options_.stop.stop_requested();
  }

  const PlanBlocks blocks_;
  const std::function<bool(std::span<const PartId>)>& visit_;
  const EnumerateOptions& options_;
  const PartId least_parts_;
  const PartId most_parts_;
  std::vector<PartId> labels_;
  std::vector<PartId> part_;         // of each block; no_part: in none yet
  std::vector<PartId> kept_out_of_;  // the last part that each block was decided to stay out of
  std::vector<BlockId> members_;     // of all parts, one part after the other
  std::vector<std::size_t> part_begin_;
  std::vector<Decision> decisions_;
  PartId current_{-1};
  std::vector<std::int64_t> sums_;  // of the current part, one a column
  PartId lock_{no_part};            // that the current part holds
  std::vector<BlockId> piece_;
  std::vector<std::uint8_t> reached_;
  std::vector<std::int32_t> in_current_;  // blocks of each group in the current part
  std::vector<BlockId> queue_;
  std::int64_t steps_{};
  std::int64_t count_{};
  bool ended_early_{};
  std::chrono::steady_clock::time_point last_report_{std::chrono::steady_clock::now()};
};

}  // namespace

Enumeration for_each_plan(const Problem& problem, const std::function<bool(std::span<const PartId>)>& visit,
                          const EnumerateOptions& options) {
  problem.validate();
  if (options.limit < 1) detail::throw_argument("limit", options.limit, "1 or more", "大于或等于 1");
  return Enumerator(problem, visit, options).run();
}

PlanList enumerate_plans(const Problem& problem, const EnumerateOptions& options) {
  PlanList list;
  const auto keep = [&](std::span<const PartId> labels) {
    list.labels.insert(list.labels.end(), labels.begin(), labels.end());
    return true;
  };
  const Enumeration found = for_each_plan(problem, keep, options);
  list.count = found.count;
  list.complete = found.complete;
  return list;
}

}  // namespace shequ

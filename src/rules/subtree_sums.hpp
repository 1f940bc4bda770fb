// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shequ/detail/index.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ::detail {

/// Units that are treated together: what is computed of them stays in the nearest cache.
struct Block {
  std::size_t begin{};
  std::size_t size{};
};
inline constexpr std::size_t block_size = 1024;

/// Where subtrees begin and end within a block; found once for all columns that are summed.
class BlockFamilies {
 public:
  /// A subtree that begins and ends in the block: the units of [begin, end) of it.
  struct Inner {
    std::uint32_t begin{}, end{};
    const Hierarchy::Family* family{};
  };
  /// The end of one that began before the block.
  struct Ending {
    std::uint32_t end{};
    const Hierarchy::Family* family{};
  };

  /// Blocks follow each other from the unit `begin` on.
  BlockFamilies(const Hierarchy& tree, std::size_t begin)
      : tree_(tree),
        mark_(static_cast<std::size_t>(
            std::lower_bound(tree.marks().begin(), tree.marks().end(), static_cast<UnitId>(begin)) -
            tree.marks().begin())),
        next_(std::partition_point(tree.families().begin(), tree.families().end(),
                                   [this](const auto& family) { return at(family.end_mark) < mark_; })) {}

  void find(Block block) {
    inner.clear();
    endings.clear();
    beginnings.clear();
    const auto marks = tree_.marks();
    const auto& ends = tree_.subtree_ends();
    for (; mark_ < marks.size() && at(marks[mark_]) < block.begin + block.size; ++mark_) {
      const auto position = static_cast<std::uint32_t>(at(marks[mark_]) - block.begin);
      for (; next_ != tree_.families().end() && at(next_->end_mark) == mark_; ++next_) {
        if (beginnings.empty()) {
          endings.push_back({position, &*next_});
        } else {
          inner.push_back({beginnings.back(), position, &*next_});
          beginnings.pop_back();
        }
      }
      if (ends[at(marks[mark_])] > marks[mark_] + 1) beginnings.push_back(position);
    }
  }

  std::vector<Inner> inner;
  std::vector<Ending> endings;            ///< before all beginnings that stay open
  std::vector<std::uint32_t> beginnings;  ///< of subtrees that end after the block

 private:
  const Hierarchy& tree_;
  std::size_t mark_;
  std::span<const Hierarchy::Family>::iterator next_;
};

/// Sums over the subtrees of a range of units, each taken as soon as its subtree ends, when the memory of its units is
/// still near. Subtrees that reach over the ends of the range are for `join`.
template <class Number>
class SubtreeSums {
 public:
  /// Adds the units of the next block: `before(j)` is the sum of its first j units, for j up to `size`. Calls
  /// `ended(family, sum)` for subtrees that end there.
  template <class Before, class Ended>
  void add(const BlockFamilies& families, std::size_t size, Before before, Ended ended) {
    for (const auto& inner : families.inner) ended(*inner.family, before(inner.end) - before(inner.begin));
    for (const auto& ending : families.endings) {
      const Number running = running_ + before(ending.end);
      if (open_.empty()) {
        reached_in_.push_back({ending.family, running});
      } else {
        ended(*ending.family, running - open_.back());
        open_.pop_back();
      }
    }
    for (const std::uint32_t begin : families.beginnings) open_.push_back(running_ + before(begin));
    running_ += before(size);
  }

  /// Calls `ended(family, sum)` for the subtrees that reach over the ends of `ranges`, which together hold all units of
  /// the tree in their order; `get(range)` are the sums of one.
  template <class Ranges, class Get, class Ended>
  static void join(const Hierarchy& tree, const Ranges& ranges, Get get, Ended ended) {
    std::vector<Number> open;
    Number before{};
    for (const auto& range : ranges) {
      const SubtreeSums& own = get(range);
      for (const auto& [family, running] : own.reached_in_) {
        ended(*family, before + running - open.back());
        open.pop_back();
      }
      for (const Number begun : own.open_) open.push_back(before + begun);
      before += own.running_;
    }
    for (const auto& family : tree.families().last(open.size())) {
      ended(family, before - open.back());
      open.pop_back();
    }
  }

 private:
  struct End {
    const Hierarchy::Family* family{};
    Number running{};
  };

  Number running_{};
  std::vector<Number> open_;     ///< the running sums where the subtrees began that have not ended
  std::vector<End> reached_in_;  ///< of subtrees that began before the range
};

}  // namespace shequ::detail

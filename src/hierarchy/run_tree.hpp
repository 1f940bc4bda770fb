// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "shequ/detail/index.hpp"
#include "shequ/detail/large_vector.hpp"

namespace shequ::detail {

/// Rows one after the other that have the same parent. Tables list siblings together, so that there are few runs, and
/// what concerns a parent is looked up once a run.
struct SiblingRun {
  std::int32_t begin;
  std::int32_t end;
  std::int32_t family;       ///< index of the parent
  std::int32_t next;         ///< next run of the same parent; -1: none
  std::int32_t first_child;  ///< index in RunTree::parents() of the first parent among these rows; 0: none is one
};

/// A row with children.
struct RowFamily {
  std::int32_t row;
  std::int32_t run;  ///< run in which the row itself stands; -1: the root
  std::int32_t first_run;
  std::int32_t last_run;
  bool ordered;  ///< the codes of the children ascend in the order of the rows
};

/// What a walk over the tree needs of a RowFamily.
struct Parent {
  std::int32_t row;
  std::int32_t first_run;
};

/// Who is whose parent among rows that list the root first and every parent before its children.
class RunTree {
 public:
  explicit RunTree(std::size_t num_rows);

  /// Ends the last run before `row` and begins one of a family's children.
  void begin_run(std::int32_t row, std::int32_t family) {
    end_run(row);
    const auto run = static_cast<std::int32_t>(runs_.size());
    RowFamily& upper = families_[at(family)];
    (upper.last_run < 0 ? upper.first_run : runs_[at(upper.last_run)].next) = run;
    upper.last_run = run;
    runs_.push_back({row, std::numeric_limits<std::int32_t>::max(), family, -1, 0});
  }
  /// Ends the last run before `end`.
  void end_run(std::int32_t end) noexcept {
    if (!runs_.empty()) runs_.back().end = end;
  }
  /// Index of the family of a row, which is added where it is new. `run`: where the row stands.
  [[nodiscard]] std::int32_t family_of(std::int32_t row, std::int32_t run) {
    std::uint64_t& word = is_parent_[at(row) / 64];
    const std::uint64_t bit = std::uint64_t{1} << (at(row) % 64);
    if ((word & bit) != 0) return family_of_[at(row)];
    word |= bit;
    family_of_[at(row)] = static_cast<std::int32_t>(families_.size());
    families_.push_back({row, run, -1, -1, true});
    return family_of_[at(row)];
  }
  /// The run in which a row stands; -1: the root.
  [[nodiscard]] std::int32_t run_of(std::int32_t row) const noexcept;

  [[nodiscard]] std::vector<SiblingRun>& runs() noexcept { return runs_; }
  [[nodiscard]] const std::vector<SiblingRun>& runs() const noexcept { return runs_; }
  [[nodiscard]] std::vector<RowFamily>& families() noexcept { return families_; }
  [[nodiscard]] const std::vector<RowFamily>& families() const noexcept { return families_; }
  /// Writes the parent of every row, -1 for the root.
  void write_parents(std::span<std::int32_t> parent_row) const;

  /// Sorts the parents by their rows, sets SiblingRun::first_child and returns those whose children are not `ordered`.
  [[nodiscard]] std::vector<std::int32_t> link();
  /// The parents, as link() sorted them, between two entries past all rows.
  [[nodiscard]] std::vector<Parent>& parents() noexcept { return parents_; }
  [[nodiscard]] const std::vector<Parent>& parents() const noexcept { return parents_; }
  /// Memory for one number a row, which link() has made free: fresh memory costs more than the arithmetic.
  [[nodiscard]] LargeVector<std::int32_t>& scratch() noexcept { return family_of_; }

 private:
  std::vector<SiblingRun> runs_;  // all rows but the root
  std::vector<RowFamily> families_;
  std::vector<Parent> parents_;
  LargeVector<std::int32_t> family_of_;   // set where the row is a parent
  std::vector<std::uint64_t> is_parent_;  // one bit a row
};

}  // namespace shequ::detail

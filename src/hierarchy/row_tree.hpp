// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "run_tree.hpp"
#include "shequ/detail/large_vector.hpp"
#include "shequ/hierarchy/code.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ::detail {

[[nodiscard]] inline bool is_absent(std::int64_t code) noexcept { return code < 0; }
[[nodiscard]] inline bool is_absent(std::string_view code) noexcept { return code.empty(); }
[[nodiscard]] inline DivisionCode::Parsed parse_code(std::int64_t code) noexcept {
  return DivisionCode::from_number(code);
}
[[nodiscard]] inline DivisionCode::Parsed parse_code(std::string_view code) noexcept {
  return DivisionCode::parse(code);
}
[[nodiscard]] inline std::string code_text(std::int64_t code) { return code == no_code ? "" : std::to_string(code); }
[[nodiscard]] inline std::string code_text(std::string_view code) { return std::string(code); }

/// The rows of a tree while it is built: who is whose parent, and what is wrong.
template <class Key>
class RowTree {
 public:
  /// `level` empty: taken from the codes.
  RowTree(std::span<const Key> code, std::span<const Key> parent, std::span<const Level> level);

  /// Finds all parents, provided that the rows list the root first, every parent before its children, and have no
  /// fault but perhaps a code given twice; false where that is not so, and then nothing is known.
  [[nodiscard]] bool resolve_in_order();
  /// Finds all parents of rows in any order. Throws HierarchyError with every fault.
  void resolve();
  /// Hangs units below their nearest ancestor of a higher level. Needs resolved rows. Complexity: O(n).
  void lift_same_level();

  /// The tree as resolve_in_order() found it.
  [[nodiscard]] RunTree& runs() noexcept { return runs_; }
  /// The tree in any other case, over the rows that `order` lists breadth first.
  [[nodiscard]] RunTree runs_of(std::span<const std::int32_t> order, std::span<const Key> ordered_code) const;
  [[nodiscard]] std::span<const Level> level() const noexcept { return level_; }
  struct SameLevelRow {
    std::int32_t row;
    std::int32_t named_parent;
  };
  /// Rows whose parent, as their row names it, is of their own level.
  [[nodiscard]] std::span<const SameLevelRow> same_level_rows() const noexcept { return same_level_rows_; }
  /// The rows from the root down, breadth first. Needs resolved rows.
  [[nodiscard]] std::vector<std::int32_t> breadth_first() const;

 private:
  [[nodiscard]] Level level_of(std::int32_t row) const { return level_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] std::int32_t family_among_earlier(std::int32_t row, int& scans);
  [[nodiscard]] bool check_levels(std::int32_t begin, std::int32_t end, std::int32_t parent);
  void find_same_level();
  void find_code_faults(std::vector<RowProblem>& problems) const;
  void find_parents(std::vector<RowProblem>& problems);
  void find_cycles(std::vector<RowProblem>& problems) const;
  void find_level_faults(std::vector<RowProblem>& problems);
  [[nodiscard]] RowProblem problem(RowFault fault, std::size_t row, std::int64_t other_row = -1) const;

  std::span<const Key> code_;
  std::span<const Key> parent_;
  std::span<const Level> level_;
  bool level_from_code_;
  bool malformed_{false};
  std::vector<Level> code_level_;
  std::vector<std::int32_t> parent_row_;  // not while runs_ tells the parents
  RunTree runs_;
  std::vector<SameLevelRow> same_level_rows_;
};

extern template class RowTree<std::int64_t>;
extern template class RowTree<std::string_view>;

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shequ/detail/large_vector.hpp"
#include "shequ/error.hpp"
#include "shequ/fwd.hpp"
#include "shequ/hierarchy/level.hpp"
#include "shequ/text_column.hpp"

namespace shequ {

/// Codes as they come: whole numbers from 0, or texts of any form. Absent (a root's parent): -1, or an empty text.
using CodeSpan = std::variant<std::span<const std::int64_t>, std::span<const std::string_view>>;
inline constexpr std::int64_t no_code{-1};

/// The rows a Hierarchy is built from, in any order; entry r of every span belongs to row r.
struct HierarchyRows {
  CodeSpan code;
  CodeSpan parent;
  std::span<const Level> level{};               ///< empty: taken from 12-digit codes
  std::span<const std::string_view> name{};     ///< Chinese names; may be empty
  std::span<const std::string_view> name_en{};  ///< English names; may be empty
};

/// What is wrong with a row.
enum class RowFault : std::uint8_t {
  missing_code,
  malformed_code,  ///< a negative number; or levels are to be taken from codes and this one is not 12 digits
  duplicate_code,  ///< same code and same parent as an earlier row
  two_parents,     ///< same code as an earlier row, other parent
  orphan,          ///< the parent's code is in no row
  cycle,           ///< the row is its own ancestor; every row of the cycle is listed
  level_order,     ///< the unit is at a higher level than its parent
  several_roots    ///< a second row without a parent
};

/// One faulty row: which, what, and with which other row.
struct RowProblem {
  RowFault fault{};
  std::int64_t row{};          ///< index of the row, from 0
  std::int64_t other_row{-1};  ///< the row it disagrees with; -1: none
  std::string code;            ///< the row's code as text
  std::string detail;          ///< orphan, two_parents: the parent's code; cycle: the path, "A > B > A"
  Level level{};               ///< level_order: the unit's level
  Level parent_level{};        ///< level_order: its parent's level

  /// The sentence a person reads, without the number of the row itself. Other rows are called by their index, or by
  /// `row_numbers[index]` where that is given: the lines of a sheet.
  [[nodiscard]] std::string message(Language language = Language::en,
                                    std::span<const std::int64_t> row_numbers = {}) const;
  friend bool operator==(const RowProblem&, const RowProblem&) = default;
};

/// Name of a fault, for example "orphan" or "找不到上级".
[[nodiscard]] std::string_view to_string(RowFault fault, Language language = Language::en) noexcept;

/// Thrown by Hierarchy::from_rows: lists every fault of every row in the order of the rows. The message shows the first
/// 20 of them.
class HierarchyError : public InvalidInput {
 public:
  explicit HierarchyError(std::vector<RowProblem> problems);
  [[nodiscard]] const std::vector<RowProblem>& problems() const noexcept { return problems_; }

 private:
  std::vector<RowProblem> problems_;
};

/// What to do with a unit that hangs below a unit of its own level (one row in the 2016 table does).
enum class SameLevel : std::uint8_t {
  keep,  ///< leave it where it stands; audit() reports it
  lift   ///< hang it below its nearest ancestor of a higher level, where there is one; audit() reports it
};

struct HierarchyOptions {
  SameLevel same_level{SameLevel::keep};
};

/// Half-open range of units; the subtree of a unit is one.
struct UnitSlice {
  UnitId begin{};
  UnitId end{};
  [[nodiscard]] constexpr std::size_t size() const noexcept { return static_cast<std::size_t>(end - begin); }
  friend constexpr bool operator==(const UnitSlice&, const UnitSlice&) = default;
};

/// Immutable tree of administrative units (区划树) from country to household.
///
/// Units lie in pre-order with siblings in the order of their codes, whatever the order of the rows, so
///
///   unit          0 district   1 town A   2 甲   3 乙   4 town B   5 丁
///   parent       -1            0          1      1      0          4
///   subtree_end   6            4          3      4      6          6
///
/// parent(i) < i, the subtree of i is [i, subtree_end(i)), and a column of values is an array aligned with the units:
/// a subtree is one slice of it and a roll-up one backward pass. Copies are deep; all reads are safe from any thread.
class Hierarchy {
 public:
  /// The empty tree.
  Hierarchy() = default;

  /// Builds the tree. Throws HierarchyError with all faulty rows, and InvalidInput for spans of unequal length, a value
  /// that is no Level or more than 2^31 - 1 rows. Complexity: O(n) for rows listed parents first with siblings in the
  /// order of their codes where codes ascend in pre-order, as division codes do; else O(n log n).
  [[nodiscard]] static Hierarchy from_rows(const HierarchyRows& rows, const HierarchyOptions& options = {});

  [[nodiscard]] UnitId size() const noexcept { return static_cast<UnitId>(parent_.size()); }
  [[nodiscard]] bool empty() const noexcept { return parent_.empty(); }

  [[nodiscard]] UnitId parent(UnitId unit) const { return parent_[checked(unit)]; }
  [[nodiscard]] Level level(UnitId unit) const { return level_[checked(unit)]; }
  [[nodiscard]] UnitSlice subtree(UnitId unit) const { return {unit, subtree_end_[checked(unit)]}; }
  [[nodiscard]] bool is_leaf(UnitId unit) const { return subtree(unit).size() == 1; }
  /// The units from `unit` up to the root, both included.
  [[nodiscard]] std::vector<UnitId> path(UnitId unit) const;
  /// The nearest unit of `level` at or above `unit`; no_unit where there is none.
  [[nodiscard]] UnitId ancestor(UnitId unit, Level level) const;
  [[nodiscard]] std::vector<UnitId> at_level(Level level) const;

  /// Children of a unit in the order of their codes, without allocation.
  class Children;
  [[nodiscard]] Children children(UnitId unit) const;

  /// Whole columns, aligned with the units; valid as long as the hierarchy lives.
  [[nodiscard]] std::span<const UnitId> parents() const noexcept { return parent_; }
  [[nodiscard]] std::span<const UnitId> subtree_ends() const noexcept { return subtree_end_; }
  [[nodiscard]] std::span<const Level> levels() const noexcept { return level_; }
  /// Where subtrees of units with children begin and end: what sums over subtrees need of the tree.
  struct Family {
    UnitId unit{};              ///< a unit with children
    std::int32_t begin_mark{};  ///< index of the mark at the unit itself
    std::int32_t end_mark{};    ///< index of the mark at the end of its subtree; the number of marks: the last unit
  };
  /// The units that begin or end the subtree of a unit with children, ascending; the end of the last one left out.
  [[nodiscard]] std::span<const UnitId> marks() const noexcept { return marks_; }
  /// The units with children, in the order of the ends of their subtrees (post-order).
  [[nodiscard]] std::span<const Family> families() const noexcept { return families_; }
  /// Row of the input that each unit came from: `column_of_units[i] = column_of_rows[rows()[i]]`.
  [[nodiscard]] std::span<const std::int32_t> rows() const noexcept { return row_; }

  /// Code of a unit as text, exactly as given.
  [[nodiscard]] std::string code(UnitId unit) const;
  /// The codes as numbers, aligned with the units; empty where some code is not a canonical whole number.
  [[nodiscard]] std::span<const std::int64_t> numeric_codes() const noexcept { return numeric_code_; }
  /// The unit with this code; no_unit where there is none. Complexity: O(log n).
  [[nodiscard]] UnitId find(std::string_view code) const noexcept;
  [[nodiscard]] UnitId find(std::int64_t code) const noexcept;
  /// As find, but throws InvalidInput, naming the code, where there is none.
  [[nodiscard]] UnitId index(std::string_view code) const;

  [[nodiscard]] bool has_names(Language language = Language::zh) const noexcept;
  /// Name in `language`; the other language's where there is none, then the code.
  [[nodiscard]] std::string name(UnitId unit, Language language = Language::zh) const;
  /// Name in `language` exactly as given; empty where there is none. Valid as long as the hierarchy lives.
  [[nodiscard]] std::string_view given_name(UnitId unit, Language language = Language::zh) const;
  /// Every unit of exactly this name, in either language, in pre-order. A name is never a key: there may be several.
  [[nodiscard]] std::vector<UnitId> find_name(std::string_view name, UnitId within = 0) const;

  /// Units that HierarchyOptions::same_level concerned: the unit, and the parent that its row names.
  struct SameLevelUnit {
    UnitId unit{};
    UnitId named_parent{};
  };
  [[nodiscard]] std::span<const SameLevelUnit> same_level_units() const noexcept { return same_level_units_; }

 private:
  [[nodiscard]] std::size_t checked(UnitId unit) const {
    if (unit < 0 || unit >= size()) throw_unit(unit);
    return static_cast<std::size_t>(unit);
  }
  [[noreturn]] void throw_unit(UnitId unit) const;
  template <class Key>
  [[nodiscard]] static Hierarchy build(std::span<const Key> code, std::span<const Key> parent,
                                       const HierarchyRows& rows, const HierarchyOptions& options);

  detail::LargeVector<UnitId> parent_;
  detail::LargeVector<UnitId> subtree_end_;
  detail::LargeVector<Level> level_;
  detail::LargeVector<std::int32_t> row_;
  detail::LargeVector<UnitId> marks_;
  detail::LargeVector<Family> families_;
  detail::LargeVector<std::int64_t> numeric_code_;  // either these
  TextColumn text_code_;                            // or these
  std::vector<UnitId> by_code_;                     // units in the order of their codes; empty: pre-order is that order
  TextColumn name_zh_;
  TextColumn name_en_;
  std::vector<SameLevelUnit> same_level_units_;
};

class Hierarchy::Children {
 public:
  class iterator {
   public:
    using value_type = UnitId;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;
    using pointer = const UnitId*;
    using reference = UnitId;
    iterator() = default;
    iterator(const UnitId* subtree_end, UnitId unit) : subtree_end_(subtree_end), unit_(unit) {}
    UnitId operator*() const noexcept { return unit_; }
    iterator& operator++() noexcept {
      unit_ = subtree_end_[unit_];
      return *this;
    }
    iterator operator++(int) noexcept {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.unit_ == b.unit_; }

   private:
    const UnitId* subtree_end_{};
    UnitId unit_{};
  };
  Children(const UnitId* subtree_end, UnitSlice slice) : subtree_end_(subtree_end), slice_(slice) {}
  [[nodiscard]] iterator begin() const noexcept { return {subtree_end_, slice_.begin}; }
  [[nodiscard]] iterator end() const noexcept { return {subtree_end_, slice_.end}; }

 private:
  const UnitId* subtree_end_;
  UnitSlice slice_;
};

inline Hierarchy::Children Hierarchy::children(UnitId unit) const {
  const UnitSlice whole = subtree(unit);
  return {subtree_end_.data(), {whole.begin + 1, whole.end}};
}

}  // namespace shequ

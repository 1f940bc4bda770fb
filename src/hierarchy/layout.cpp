// SPDX-License-Identifier: BSD-3-Clause
#include "layout.hpp"
#include "shequ/detail/index.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <utility>

namespace shequ::detail {

namespace {

constexpr std::int32_t none = -1;
constexpr std::int32_t unordered = -2;

/// How many units the subtree of each row has.
[[nodiscard]] LargeVector<UnitId> subtree_sizes(std::size_t count, const LargeVector<Run>& runs) {
  LargeVector<UnitId> size(count);
  std::ranges::fill(size, 1);
  for (std::size_t r = runs.size(); r-- > 0;) {
    const Run& run = runs[r];
    size[at(run.parent)] += std::reduce(size.begin() + run.begin, size.begin() + run.end);
  }
  return size;
}

/// A row whose place the order of the rows does not say.
struct Displaced {
  std::int32_t row;
  UnitId offset;  ///< where it stands, counted from its parent
};

struct DisplacedRows {
  std::vector<Displaced> rows;  ///< in their order
  bool repeats{false};          ///< two siblings have the same code
};

/// Finds the parents whose children are not listed in the order of their codes, and returns their children in the order
/// of the rows. Runs of such children are no longer `ascending`. `last_child` is scratch, by row.
template <class Key>
[[nodiscard]] DisplacedRows find_displaced(OrderedRows<Key>& rows, std::span<const UnitId> size,
                                           std::span<std::int32_t> last_child) {
  std::ranges::fill(last_child, none);
  bool all_ordered = true;
  for (const Run& run : rows.runs) {
    std::int32_t& last = last_child[at(run.parent)];
    if (last == unordered) continue;
    const bool follows = last == none || rows.code[at(last)] < rows.code[at(run.begin)];
    last = follows && run.ascending ? run.end - 1 : unordered;
    all_ordered = all_ordered && last != unordered;
  }
  DisplacedRows displaced;
  if (all_ordered) return displaced;

  std::vector<std::tuple<std::int32_t, Key, std::int32_t>> children;  // parent, code, row
  for (Run& run : rows.runs) {
    run.ascending = last_child[at(run.parent)] != unordered;
    for (std::int32_t row = run.begin; row < run.end && !run.ascending; ++row) {
      children.emplace_back(run.parent, rows.code[at(row)], row);
    }
  }
  std::ranges::sort(children);
  displaced.rows.reserve(children.size());
  for (std::size_t i = 0; i < children.size(); ++i) {
    const auto& [parent, code, row] = children[i];
    UnitId offset = 1;
    if (i > 0 && std::get<0>(children[i - 1]) == parent) {
      offset = displaced.rows.back().offset + size[at(displaced.rows.back().row)];
      displaced.repeats = displaced.repeats || std::get<1>(children[i - 1]) == code;
    }
    displaced.rows.push_back({row, offset});
  }
  std::ranges::sort(displaced.rows, {}, &Displaced::row);
  return displaced;
}

/// A set of units that is read in ascending order.
class UnitSet {
 public:
  explicit UnitSet(std::size_t count) : words_(count / 64 + 1) {}

  void insert(UnitId unit) { words_[at(unit) / 64] |= std::uint64_t{1} << (at(unit) % 64); }

  [[nodiscard]] LargeVector<UnitId> members() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::size_t>(std::popcount(word));
    LargeVector<UnitId> members;
    members.reserve(count);
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        members.push_back(static_cast<UnitId>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
    return members;
  }

 private:
  std::vector<std::uint64_t> words_;
};

/// Writes rows to their places.
template <class Key>
class Writer {
 public:
  Writer(const OrderedRows<Key>& rows, Layout<Key>& layout, LargeVector<UnitId>& size)
      : code_(rows.code.data()),
        level_(rows.level.data()),
        size_(size.data()),
        unit_of_(size.size()),
        marks_(size.size() + 1),
        row_to_(layout.row.data()),
        parent_to_(layout.parent.data()),
        end_to_(layout.subtree_end.data()),
        code_to_(layout.code.data()),
        level_to_(layout.level.data()) {
    write(0, 0, no_unit);
  }

  void write_run(const Run& run, const std::vector<Displaced>& displaced) {
    const UnitId parent = unit_of_[at(run.parent)];
    if (!run.ascending) {
      auto child = std::ranges::lower_bound(displaced, run.begin, {}, &Displaced::row);
      for (std::int32_t row = run.begin; row < run.end; ++row, ++child) write(row, parent + child->offset, parent);
      return;
    }
    UnitId next = size_[run.parent];
    for (std::int32_t row = run.begin; row < run.end; ++row) next += write(row, next, parent);
    size_[run.parent] = next;
  }

  [[nodiscard]] LargeVector<UnitId> marks() const { return marks_.members(); }

 private:
  /// Returns the size of the row's subtree. Once a row with children stands in its place, its size is no longer needed
  /// and gives way to the place of its next child.
  UnitId write(std::int32_t row, UnitId unit, UnitId parent) {
    const UnitId size = size_[row];
    row_to_[unit] = row;
    parent_to_[unit] = parent;
    end_to_[unit] = unit + size;
    code_to_[unit] = code_[row];
    level_to_[unit] = level_[row];
    if (size != 1) {
      unit_of_[at(row)] = unit;
      size_[row] = unit + 1;
      marks_.insert(unit);
      marks_.insert(unit + size);
    }
    return size;
  }

  const Key* code_;
  const Level* level_;
  UnitId* size_;
  LargeVector<UnitId> unit_of_;  // set for rows with children that have their place
  UnitSet marks_;
  std::int32_t* row_to_;
  UnitId* parent_to_;
  UnitId* end_to_;
  Key* code_to_;
  Level* level_to_;
};

/// Pairs the marks where subtrees begin with those where they end, and checks the order of the codes: but for the marks
/// and the units after them, each unit is a leaf after a sibling that is a leaf, and siblings are in order already.
template <class Key>
void read_marks(Layout<Key>& layout) {
  const auto count = static_cast<UnitId>(layout.row.size());
  const bool ends_with_last = !layout.marks.empty() && layout.marks.back() == count;
  if (ends_with_last) layout.marks.pop_back();
  layout.families.reserve(layout.marks.size());
  std::vector<Hierarchy::Family> open;
  const auto close = [&](UnitId position, std::size_t mark) {
    while (!open.empty() && layout.subtree_end[at(open.back().unit)] == position) {
      open.back().end_mark = static_cast<std::int32_t>(mark);
      layout.families.push_back(open.back());
      open.pop_back();
    }
  };
  layout.ascending = true;
  const auto check = [&](UnitId unit) {
    if (unit < 1 || unit >= count) return;
    layout.ascending = layout.ascending && layout.code[at(unit - 1)] < layout.code[at(unit)];
  };
  for (std::size_t mark = 0; mark < layout.marks.size(); ++mark) {
    const UnitId unit = layout.marks[mark];
    close(unit, mark);
    check(unit);
    check(unit + 1);
    if (layout.subtree_end[at(unit)] != unit + 1) open.push_back({unit, static_cast<std::int32_t>(mark), 0});
  }
  close(count, layout.marks.size());
}

}  // namespace

template <class Key>
LargeVector<Run> find_runs(std::span<const Key> code, std::span<const std::int32_t> parent_row) {
  LargeVector<Run> runs;
  const auto count = static_cast<std::int32_t>(parent_row.size());
  for (std::int32_t row = 1; row < count; ++row) {
    if (runs.empty() || runs.back().parent != parent_row[at(row)]) {
      runs.push_back({row, row + 1, parent_row[at(row)], true});
    } else {
      runs.back().ascending = runs.back().ascending && code[at(row - 1)] < code[at(row)];
      runs.back().end = row + 1;
    }
  }
  return runs;
}

template <class Key>
Layout<Key> lay_out(OrderedRows<Key>&& rows) {
  const std::size_t count = rows.code.size();
  LargeVector<UnitId> size = subtree_sizes(count, rows.runs);
  Layout<Key> layout;
  layout.row.resize(count);
  layout.parent.resize(count);
  layout.subtree_end.resize(count);
  layout.code.resize(count);
  layout.level.resize(count);
  // Fresh memory costs more than the arithmetic: a column of the result serves as scratch before it is written.
  const DisplacedRows displaced = find_displaced<Key>(rows, size, layout.row);
  Writer<Key> writer(rows, layout, size);
  for (const Run& run : rows.runs) writer.write_run(run, displaced.rows);
  layout.marks = writer.marks();
  read_marks(layout);
  layout.ascending = layout.ascending && !displaced.repeats;
  return layout;
}

template LargeVector<Run> find_runs(std::span<const std::int64_t>, std::span<const std::int32_t>);
template LargeVector<Run> find_runs(std::span<const std::string_view>, std::span<const std::int32_t>);
template Layout<std::int64_t> lay_out(OrderedRows<std::int64_t>&&);
template Layout<std::string_view> lay_out(OrderedRows<std::string_view>&&);

}  // namespace shequ::detail

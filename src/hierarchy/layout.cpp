// SPDX-License-Identifier: BSD-3-Clause
#include "layout.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <utility>
#include <vector>

#include "shequ/detail/index.hpp"

namespace shequ::detail {

namespace {

/// Replaces the runs of a family whose children are not listed in the order of their codes by one run a child, in that
/// order. Returns false where two of them have the same code.
template <class Key>
[[nodiscard]] bool sort_children(std::span<const Key> code, RunTree& tree, Parent& parent,
                                 std::vector<std::pair<Key, SiblingRun>>& children) {
  children.clear();
  for (std::int32_t r = parent.first_run; r >= 0; r = tree.runs()[at(r)].next) {
    SiblingRun child = tree.runs()[at(r)];
    for (const std::int32_t end = child.end; child.begin < end; ++child.begin) {
      child.end = child.begin + 1;
      children.emplace_back(code[at(child.begin)], child);
      if (tree.parents()[at(child.first_child)].row == child.begin) ++child.first_child;
    }
  }
  std::ranges::sort(children, [](const auto& a, const auto& b) {
    return a.first < b.first || (!(b.first < a.first) && a.second.begin < b.second.begin);
  });
  bool unique = true;
  parent.first_run = static_cast<std::int32_t>(tree.runs().size());
  for (std::size_t i = 0; i < children.size(); ++i) {
    SiblingRun& child = children[i].second;
    const bool is_last = i + 1 == children.size();
    unique = unique && (is_last || children[i].first < children[i + 1].first);
    child.next = is_last ? -1 : static_cast<std::int32_t>(tree.runs().size()) + 1;
    tree.runs().push_back(child);
  }
  return unique;
}

/// Walks over the tree in pre-order and writes the units one after the other.
template <class Key>
class Walk {
 public:
  Walk(std::span<const Key> code, std::span<const Level> level, const RunTree& tree, Layout<Key>& layout)
      : code_(code.data()),
        level_(level.data()),
        runs_(tree.runs().data()),
        parents_(tree.parents().data()),
        count_(static_cast<std::int32_t>(code.size())),
        row_to_(layout.row.data()),
        parent_to_(layout.parent.data()),
        end_to_(layout.subtree_end.data()),
        code_to_(layout.code.data()),
        level_to_(layout.level.data()),
        mark_to_(layout.marks.data()),
        family_to_(layout.families.data()) {}

  /// Returns whether the codes ascend.
  bool run() {
    last_code_ = code_[0];
    write(0, no_unit);
    ascending_ = true;
    if (parents_[1].row != 0) {
      end_to_[0] = 1;
      return true;
    }
    std::vector<Place> upper;
    Place here = enter(parents_[1], 0);
    for (;;) {
      const Parent& child = parents_[here.child];
      if (child.row < here.end) {
        write_leaves(here.row, child.row, here.unit);
        const UnitId unit = next_;
        check_code(child.row);
        write(child.row, here.unit);
        here.row = child.row + 1;
        ++here.child;
        const Place below = enter(child, unit);
        if (below.child == 0 && below.next_run < 0) {  // as most are: one run of leaves
          write_leaves(below.row, below.end, unit);
          leave(below);
        } else {
          upper.push_back(here);
          here = below;
        }
        continue;
      }
      write_leaves(here.row, here.end, here.unit);
      if (here.next_run >= 0) {
        go_on(here);
        continue;
      }
      leave(here);
      if (upper.empty()) return ascending_;
      here = upper.back();
      upper.pop_back();
    }
  }

  [[nodiscard]] std::size_t num_marks() const noexcept { return at(num_marks_); }
  [[nodiscard]] std::size_t num_families() const noexcept { return at(num_families_); }

 private:
  /// Where the walk stands among the children of a unit.
  struct Place {
    UnitId unit;
    std::int32_t mark;      ///< of the unit
    std::int32_t row;       ///< the next child
    std::int32_t end;       ///< of the run
    std::int32_t child;     ///< index of the next parent
    std::int32_t next_run;  ///< -1: none
  };

  [[nodiscard]] Place enter(const Parent& parent, UnitId unit) {
    Place place{unit, mark(unit), 0, 0, 0, parent.first_run};
    go_on(place);
    return place;
  }

  void go_on(Place& place) const {
    const SiblingRun& run = runs_[place.next_run];
    place.row = run.begin;
    place.end = run.end;
    place.child = run.first_child;
    place.next_run = run.next;
  }

  void leave(const Place& place) {
    end_to_[place.unit] = next_;
    family_to_[num_families_++] = {place.unit, place.mark, next_ == count_ ? num_marks_ : mark(next_)};
  }

  /// Index of the mark at a unit, which is never before the last one.
  std::int32_t mark(UnitId unit) {
    if (num_marks_ == 0 || mark_to_[num_marks_ - 1] != unit) mark_to_[num_marks_++] = unit;
    return num_marks_ - 1;
  }

  /// Codes ascend within a run, so they are compared where one run follows another.
  void check_code(std::int32_t row) {
    ascending_ = ascending_ & (last_code_ < code_[row]);
    last_code_ = code_[row];
  }

  void write(std::int32_t row, UnitId parent) {
    row_to_[next_] = row;
    parent_to_[next_] = parent;
    code_to_[next_] = code_[row];
    level_to_[next_] = level_[row];
    ++next_;
  }

  /// Writes rows without children. Units are written in their order, so that what is written past the last of them is
  /// written over: chunks of one length need no loop that ends somewhere else each time.
  void write_leaves(std::int32_t row, std::int32_t end, UnitId parent) {
    if (row == end) return;
    check_code(row);
    last_code_ = code_[end - 1];
    while (row < end && row + chunk <= count_ && next_ + chunk <= count_) {
      write_chunk<chunk>(row, parent);
      const std::int32_t length = std::min(chunk, end - row);
      row += length;
      next_ += length;
    }
    for (; row < end; ++row, ++next_) write_chunk<1>(row, parent);
  }

  template <std::int32_t Length>
  void write_chunk(std::int32_t row, UnitId parent) {
    const UnitId unit = next_;
    std::memcpy(code_to_ + unit, code_ + row, sizeof(Key) * Length);  // not std::copy, which calls memmove
    std::memcpy(level_to_ + unit, level_ + row, sizeof(Level) * Length);
    std::int32_t* const rows = row_to_ + unit;
    for (std::int32_t i = 0; i < Length; ++i) rows[i] = row + i;
    UnitId* const ends = end_to_ + unit;
    for (std::int32_t i = 0; i < Length; ++i) ends[i] = unit + i + 1;
    std::fill_n(parent_to_ + unit, Length, parent);
  }

  static constexpr std::int32_t chunk = 16;  // rows; most units with leaves have about as many

  const Key* code_;
  const Level* level_;
  const SiblingRun* runs_;
  const Parent* parents_;
  std::int32_t count_;
  std::int32_t* row_to_;
  UnitId* parent_to_;
  UnitId* end_to_;
  Key* code_to_;
  Level* level_to_;
  UnitId* mark_to_;
  Hierarchy::Family* family_to_;
  UnitId next_{0};
  std::int32_t num_marks_{0};
  std::int32_t num_families_{0};
  Key last_code_{};
  bool ascending_{true};
};

}  // namespace

template <class Key>
Layout<Key> lay_out(std::span<const Key> code, std::span<const Level> level, RunTree&& tree) {
  const std::size_t count = code.size();
  bool unique = true;
  std::vector<std::pair<Key, SiblingRun>> children;
  for (const std::int32_t parent : tree.link()) {
    unique = sort_children(code, tree, tree.parents()[at(parent)], children) && unique;
  }
  const std::size_t num_families = tree.families().size();
  Layout<Key> layout;
  layout.row = std::move(tree.scratch());
  layout.parent.resize(count);
  layout.subtree_end.resize(count);
  layout.code.resize(count);
  layout.level.resize(count);
  layout.marks.resize(2 * num_families);
  layout.families.resize(num_families);
  Walk<Key> walk(code, level, tree, layout);
  layout.ascending = walk.run() && unique;
  layout.marks.resize(walk.num_marks());
  return layout;
}

template Layout<std::int64_t> lay_out(std::span<const std::int64_t>, std::span<const Level>, RunTree&&);
template Layout<std::string_view> lay_out(std::span<const std::string_view>, std::span<const Level>, RunTree&&);

}  // namespace shequ::detail

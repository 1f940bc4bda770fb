// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "shequ/detail/large_vector.hpp"
#include "shequ/fwd.hpp"
#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/hierarchy/level.hpp"

namespace shequ::detail {

/// Rows one after the other that have the same parent. Tables list siblings together, so that there are few runs, and
/// what concerns a parent is looked up once a run.
struct Run {
  std::int32_t begin;
  std::int32_t end;
  std::int32_t parent;  ///< row
  bool ascending;       ///< codes ascend from row to row
};

/// The rows of a tree, every parent before its children; row 0 is the root.
template <class Key>
struct OrderedRows {
  std::span<const Key> code;
  std::span<const Level> level;
  LargeVector<Run> runs;  ///< all rows but the root
};

/// Units in pre-order.
template <class Key>
struct Layout {
  LargeVector<std::int32_t> row;
  LargeVector<UnitId> parent;  ///< no_unit for the root
  LargeVector<UnitId> subtree_end;
  LargeVector<Key> code;
  LargeVector<Level> level;
  LargeVector<UnitId> marks;                ///< as of Hierarchy::marks
  LargeVector<Hierarchy::Family> families;  ///< as of Hierarchy::families
  bool ascending{false};                    ///< codes ascend in pre-order
};

/// Splits rows into runs.
template <class Key>
[[nodiscard]] LargeVector<Run> find_runs(std::span<const Key> code, std::span<const std::int32_t> parent_row);

/// Lays out a tree with siblings in the order of their codes. Without recursion: subtree sizes in one backward pass,
/// places in one forward pass with a cursor for each parent. Complexity: O(n) but for siblings that are not listed in
/// the order of their codes, which are sorted.
template <class Key>
[[nodiscard]] Layout<Key> lay_out(OrderedRows<Key>&& rows);

extern template LargeVector<Run> find_runs(std::span<const std::int64_t>, std::span<const std::int32_t>);
extern template LargeVector<Run> find_runs(std::span<const std::string_view>, std::span<const std::int32_t>);
extern template Layout<std::int64_t> lay_out(OrderedRows<std::int64_t>&&);
extern template Layout<std::string_view> lay_out(OrderedRows<std::string_view>&&);

}  // namespace shequ::detail

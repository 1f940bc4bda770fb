// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "run_tree.hpp"
#include "shequ/detail/large_vector.hpp"
#include "shequ/fwd.hpp"
#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/hierarchy/level.hpp"

namespace shequ::detail {

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

/// Lays out a tree with siblings in the order of their codes, in one walk over its runs without recursion. Complexity:
/// O(n) but for siblings that are not listed in the order of their codes, which are sorted.
template <class Key>
[[nodiscard]] Layout<Key> lay_out(std::span<const Key> code, std::span<const Level> level, RunTree&& tree);

extern template Layout<std::int64_t> lay_out(std::span<const std::int64_t>, std::span<const Level>, RunTree&&);
extern template Layout<std::string_view> lay_out(std::span<const std::string_view>, std::span<const Level>, RunTree&&);

}  // namespace shequ::detail

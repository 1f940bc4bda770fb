// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "shequ/fwd.hpp"

namespace shequ::detail {

/// Rows in pre-order.
struct Layout {
  std::vector<UnitId> unit;         ///< of each row
  std::vector<std::int32_t> row;    ///< of each unit
  std::vector<UnitId> parent;       ///< of each unit; no_unit for the root
  std::vector<UnitId> subtree_end;  ///< of each unit
};

/// Lays out a tree with siblings in the order of their codes. `order` lists the rows with every parent before its
/// children; empty: the rows are in such an order. Without recursion: subtree sizes in one backward pass, places in two
/// forward passes. Complexity: O(n) but for siblings that are not listed in the order of their codes, which are sorted.
template <class Key>
[[nodiscard]] Layout lay_out(std::span<const Key> code, std::span<const std::int32_t> parent_row,
                             std::span<const std::int32_t> order);

extern template Layout lay_out(std::span<const std::int64_t>, std::span<const std::int32_t>,
                               std::span<const std::int32_t>);
extern template Layout lay_out(std::span<const std::string_view>, std::span<const std::int32_t>,
                               std::span<const std::int32_t>);

}  // namespace shequ::detail

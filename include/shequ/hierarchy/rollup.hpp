// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ {

/// Types of the values of a column. Truth values are std::uint8_t, 0 or 1.
template <class T>
concept ColumnValue = std::same_as<T, std::int32_t> || std::same_as<T, std::int64_t> || std::same_as<T, double> ||
                      std::same_as<T, std::uint8_t>;

/// Numbers that can be added up: int32_t, int64_t and double.
template <class T>
concept ColumnNumber = ColumnValue<T> && !std::same_as<T, std::uint8_t>;

/// Type of a sum: whole numbers add up to int64_t.
template <ColumnNumber T>
using SumOf = std::conditional_t<std::same_as<T, double>, double, std::int64_t>;

/// A column of values aligned with the units of a Hierarchy, in memory that belongs to someone else.
///
///   unit       0   1   2   3
///   values     7   0   5   2
///   missing    0   1   0   0     unit 1 has no value: it is missing, which is never 0
template <ColumnValue T>
struct ColumnView {
  std::span<const T> values;
  std::span<const std::uint8_t> missing{};  ///< 1 where there is no value; empty: NaN is missing, all else is there
};

/// A column that owns its values.
template <ColumnValue T>
struct Column {
  std::vector<T> values;
  std::vector<std::uint8_t> missing;  ///< 1 where there is no value; empty where every unit has one

  [[nodiscard]] ColumnView<T> view() const noexcept { return {values, missing}; }
  [[nodiscard]] bool is_missing(UnitId unit) const {
    return !missing.empty() && missing.at(static_cast<std::size_t>(unit)) != 0;
  }
  friend bool operator==(const Column&, const Column&) = default;
};

/// Memory of the caller that a roll-up writes to, one entry for each unit. It must not overlap the column.
template <ColumnValue T>
struct ColumnTarget {
  std::span<T> values;
  std::span<std::uint8_t> missing;  ///< written only where some unit is missing
};

// Roll-ups. The result of a unit is taken over the values of its whole subtree, its own included; missing values are
// left out, and a unit without any value in its subtree is missing. Each throws InvalidInput where a column has not one
// entry for each unit. The forms with a target write there and return whether some unit is missing; at such a unit they
// leave the value 0. Complexity: O(n), without recursion.

/// Sums. Whole numbers add up exactly: a total outside of int64_t throws InvalidInput naming a unit. Doubles are added
/// in one fixed order, children from the last to the first, so that the same column gives the same bytes.
template <ColumnNumber T>
[[nodiscard]] Column<SumOf<T>> rollup_sum(const Hierarchy& hierarchy, const ColumnView<T>& column);
template <ColumnNumber T>
bool rollup_sum(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<SumOf<T>>& target);

/// Sums of a column without missing values, into `totals`, which must not overlap `values`. Allocates only working
/// memory for the units with children. NaN counts as a number here and spreads to the root.
template <ColumnNumber T>
void rollup_sum(const Hierarchy& hierarchy, std::span<const T> values, std::span<SumOf<T>> totals);

template <ColumnNumber T>
[[nodiscard]] Column<T> rollup_min(const Hierarchy& hierarchy, const ColumnView<T>& column);
template <ColumnNumber T>
bool rollup_min(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<T>& target);
template <ColumnNumber T>
[[nodiscard]] Column<T> rollup_max(const Hierarchy& hierarchy, const ColumnView<T>& column);
template <ColumnNumber T>
bool rollup_max(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<T>& target);

/// How many values are there; never missing.
template <ColumnValue T>
[[nodiscard]] std::vector<std::int64_t> rollup_count(const Hierarchy& hierarchy, const ColumnView<T>& column);

/// Means, every value of the weight 1. Computed in double, added up as by rollup_sum; sums and products beyond the
/// range of double, at either end, do no harm.
template <ColumnNumber T>
[[nodiscard]] Column<double> rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column);
template <ColumnNumber T>
bool rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<double>& target);
/// Weighted means, sum of weight x value / sum of weight. A value whose weight is missing is left out; missing where
/// the weights add up to 0. Throws InvalidInput for a weight that is negative or infinite.
template <ColumnNumber T>
[[nodiscard]] Column<double> rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column,
                                         const ColumnView<double>& weights);
template <ColumnNumber T>
bool rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnView<double>& weights,
                 const ColumnTarget<double>& target);

/// 1 where any value is not 0, or where all are not 0.
[[nodiscard]] Column<std::uint8_t> rollup_any(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column);
bool rollup_any(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column,
                const ColumnTarget<std::uint8_t>& target);
[[nodiscard]] Column<std::uint8_t> rollup_all(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column);
bool rollup_all(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column,
                const ColumnTarget<std::uint8_t>& target);

/// After a value of `unit` has grown by `delta` (or shrunk), brings the totals of rollup_sum up to date: adds delta at
/// the unit and all its ancestors, the same as rolling up again. Throws InvalidInput, having changed nothing, where a
/// total would leave int64_t. Complexity: the depth of the unit.
void update_sum(const Hierarchy& hierarchy, std::span<std::int64_t> totals, UnitId unit, std::int64_t delta);

/// A column with the given values at the units of one level, in their order, and missing elsewhere. Throws InvalidInput
/// where `values` has not one entry for each unit of the level.
template <ColumnValue T>
[[nodiscard]] Column<T> spread_level(const Hierarchy& hierarchy, Level level, std::span<const T> values);
/// The same at the units without children.
template <ColumnValue T>
[[nodiscard]] Column<T> spread_leaves(const Hierarchy& hierarchy, std::span<const T> values);

}  // namespace shequ

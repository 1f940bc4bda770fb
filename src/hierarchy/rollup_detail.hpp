// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/hierarchy/rollup.hpp"

namespace shequ::detail {

template <ColumnValue T>
void check_column(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  check_length("values", column.values.size(), at(hierarchy.size()));
  if (!column.missing.empty()) check_length("missing", column.missing.size(), at(hierarchy.size()));
}

template <ColumnValue T>
[[nodiscard]] bool is_missing(const ColumnView<T>& column, std::size_t i) {
  if (!column.missing.empty() && column.missing[i] != 0) return true;
  if constexpr (std::same_as<T, double>) return std::isnan(column.values[i]);
  return false;
}

/// 1 for everything that is not 0.
[[nodiscard]] inline std::vector<std::uint8_t> truth_values(std::span<const std::uint8_t> values) {
  std::vector<std::uint8_t> truths;
  truths.reserve(values.size());
  for (const std::uint8_t value : values) truths.push_back(value != 0 ? 1 : 0);
  return truths;
}

/// Combines the known values of every subtree: `combine(upper, value)` for children from the last to the first, after
/// the unit's own value. A missing entry of the result holds T{}.
template <ColumnValue T, class Combine>
[[nodiscard]] Column<T> fold(const Hierarchy& hierarchy, const ColumnView<T>& column, Combine combine) {
  const std::size_t count = column.values.size();
  Column<T> result{std::vector<T>(column.values.begin(), column.values.end()), std::vector<std::uint8_t>(count)};
  std::size_t num_missing = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_missing(column, i)) continue;
    result.missing[i] = 1;
    result.values[i] = T{};
    ++num_missing;
  }
  const auto parents = hierarchy.parents();
  for (std::size_t i = count; i-- > 1;) {
    if (result.missing[i] != 0) continue;
    const std::size_t upper = at(parents[i]);
    if (result.missing[upper] != 0) {
      result.missing[upper] = 0;
      --num_missing;
      result.values[upper] = result.values[i];
    } else {
      result.values[upper] = combine(result.values[upper], result.values[i]);
    }
  }
  if (num_missing == 0) result.missing.clear();
  return result;
}

}  // namespace shequ::detail

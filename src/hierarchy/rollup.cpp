// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/rollup.hpp"

#include <algorithm>
#include <limits>

#include "rollup_detail.hpp"

namespace shequ {

using detail::at;

namespace {

/// Combines truth values, given as 0 for false and anything else for true.
template <class Combine>
[[nodiscard]] bool fold_truths(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column,
                               const ColumnTarget<std::uint8_t>& target, std::uint8_t neutral, Combine combine) {
  detail::check_column(hierarchy, column);
  std::vector<std::uint8_t> truths(column.values.size());
  for (std::size_t i = 0; i < truths.size(); ++i) truths[i] = column.values[i] != 0 ? 1 : 0;
  return detail::fold(hierarchy, {truths, column.missing}, target, neutral,
                      [combine](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(combine(a, b)); });
}

}  // namespace

template <ColumnNumber T>
bool rollup_min(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<T>& target) {
  using Limits = std::numeric_limits<T>;
  constexpr T neutral = Limits::has_infinity ? Limits::infinity() : Limits::max();
  return detail::fold(hierarchy, column, target, neutral, [](T least, T value) { return std::min(least, value); });
}

template <ColumnNumber T>
Column<T> rollup_min(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  return detail::written<T>(hierarchy, [&](const auto& target) { return rollup_min(hierarchy, column, target); });
}

template <ColumnNumber T>
bool rollup_max(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<T>& target) {
  using Limits = std::numeric_limits<T>;
  constexpr T neutral = Limits::has_infinity ? -Limits::infinity() : Limits::lowest();
  return detail::fold(hierarchy, column, target, neutral, [](T most, T value) { return std::max(most, value); });
}

template <ColumnNumber T>
Column<T> rollup_max(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  return detail::written<T>(hierarchy, [&](const auto& target) { return rollup_max(hierarchy, column, target); });
}

bool rollup_any(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column,
                const ColumnTarget<std::uint8_t>& target) {
  return fold_truths(hierarchy, column, target, 0, [](unsigned a, unsigned b) { return a | b; });
}

bool rollup_all(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column,
                const ColumnTarget<std::uint8_t>& target) {
  return fold_truths(hierarchy, column, target, 1, [](unsigned a, unsigned b) { return a & b; });
}

Column<std::uint8_t> rollup_any(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column) {
  return detail::written<std::uint8_t>(hierarchy,
                                       [&](const auto& target) { return rollup_any(hierarchy, column, target); });
}

Column<std::uint8_t> rollup_all(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column) {
  return detail::written<std::uint8_t>(hierarchy,
                                       [&](const auto& target) { return rollup_all(hierarchy, column, target); });
}

template <ColumnValue T>
std::vector<std::int64_t> rollup_count(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  detail::check_column(hierarchy, column);
  std::vector<std::int32_t> known(column.values.size());
  for (std::size_t i = 0; i < known.size(); ++i) known[i] = detail::is_missing(column, i) ? 0 : 1;
  std::vector<std::int64_t> result(known.size());
  rollup_sum<std::int32_t>(hierarchy, known, result);
  return result;
}

namespace {

template <ColumnValue T, class Takes>
[[nodiscard]] Column<T> spread(const Hierarchy& hierarchy, std::span<const T> values, std::size_t expected,
                               Takes takes) {
  detail::check_length("values", values.size(), expected);
  const std::size_t count = at(hierarchy.size());
  Column<T> result{std::vector<T>(count), std::vector<std::uint8_t>(count, 1)};
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!takes(i)) continue;
    result.values[i] = values[next++];
    result.missing[i] = 0;
  }
  return result;
}

}  // namespace

template <ColumnValue T>
Column<T> spread_level(const Hierarchy& hierarchy, Level level, std::span<const T> values) {
  const auto levels = hierarchy.levels();
  const auto expected = static_cast<std::size_t>(std::ranges::count(levels, level));
  return spread(hierarchy, values, expected, [&](std::size_t i) { return levels[i] == level; });
}

template <ColumnValue T>
Column<T> spread_leaves(const Hierarchy& hierarchy, std::span<const T> values) {
  const auto ends = hierarchy.subtree_ends();
  const auto is_leaf = [&](std::size_t i) { return at(ends[i]) == i + 1; };
  std::size_t expected = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) expected += is_leaf(i) ? std::size_t{1} : 0;
  return spread(hierarchy, values, expected, is_leaf);
}

#define SHEQU_INSTANTIATE_NUMBER(T)                                                         \
  template Column<T> rollup_min(const Hierarchy&, const ColumnView<T>&);                    \
  template Column<T> rollup_max(const Hierarchy&, const ColumnView<T>&);                    \
  template bool rollup_min(const Hierarchy&, const ColumnView<T>&, const ColumnTarget<T>&); \
  template bool rollup_max(const Hierarchy&, const ColumnView<T>&, const ColumnTarget<T>&);
#define SHEQU_INSTANTIATE_VALUE(T)                                                         \
  template std::vector<std::int64_t> rollup_count(const Hierarchy&, const ColumnView<T>&); \
  template Column<T> spread_level(const Hierarchy&, Level, std::span<const T>);            \
  template Column<T> spread_leaves(const Hierarchy&, std::span<const T>);

SHEQU_INSTANTIATE_NUMBER(std::int32_t)
SHEQU_INSTANTIATE_NUMBER(std::int64_t)
SHEQU_INSTANTIATE_NUMBER(double)
SHEQU_INSTANTIATE_VALUE(std::int32_t)
SHEQU_INSTANTIATE_VALUE(std::int64_t)
SHEQU_INSTANTIATE_VALUE(double)
SHEQU_INSTANTIATE_VALUE(std::uint8_t)

#undef SHEQU_INSTANTIATE_NUMBER
#undef SHEQU_INSTANTIATE_VALUE

}  // namespace shequ

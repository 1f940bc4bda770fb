// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/rollup.hpp"

#include <algorithm>
#include <cmath>

#include "rollup_detail.hpp"

namespace shequ {

using detail::at;

template <ColumnNumber T>
Column<T> rollup_min(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  detail::check_column(hierarchy, column);
  return detail::fold(hierarchy, column, [](T least, T value) { return std::min(least, value); });
}

template <ColumnNumber T>
Column<T> rollup_max(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  detail::check_column(hierarchy, column);
  return detail::fold(hierarchy, column, [](T most, T value) { return std::max(most, value); });
}

template <ColumnValue T>
std::vector<std::int64_t> rollup_count(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  detail::check_column(hierarchy, column);
  std::vector<std::int64_t> known(column.values.size());
  for (std::size_t i = 0; i < known.size(); ++i) known[i] = detail::is_missing(column, i) ? 0 : 1;
  std::vector<std::int64_t> result(known.size());
  rollup_sum<std::int64_t>(hierarchy, known, result);
  return result;
}

template <ColumnNumber T>
Column<double> rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  const std::vector<double> ones(at(hierarchy.size()), 1.0);
  return rollup_mean(hierarchy, column, ColumnView<double>{ones, {}});
}

template <ColumnNumber T>
Column<double> rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnView<double>& weights) {
  detail::check_column(hierarchy, column);
  detail::check_length("weights", weights.values.size(), column.values.size());
  if (!weights.missing.empty()) detail::check_length("weights.missing", weights.missing.size(), column.values.size());
  const std::size_t count = column.values.size();
  std::vector<double> weighted(count, 0.0);
  std::vector<double> weight(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    if (detail::is_missing(weights, i)) continue;
    const double w = weights.values[i];
    if (!(w >= 0.0) || std::isinf(w)) {
      detail::throw_argument("weights[" + std::to_string(i) + "]", std::to_string(w), "finite and 0 or more",
                             "为有限值且不小于 0");
    }
    if (detail::is_missing(column, i)) continue;
    weight[i] = w;
    weighted[i] = w == 0.0 ? 0.0 : w * static_cast<double>(column.values[i]);
  }
  Column<double> sums{std::vector<double>(count), {}};
  std::vector<double> total_weight(count);
  rollup_sum<double>(hierarchy, weighted, sums.values);
  rollup_sum<double>(hierarchy, weight, total_weight);
  for (std::size_t i = 0; i < count; ++i) {
    if (total_weight[i] > 0.0) {
      sums.values[i] /= total_weight[i];
    } else {
      if (sums.missing.empty()) sums.missing.resize(count);
      sums.missing[i] = 1;
      sums.values[i] = 0.0;
    }
  }
  return sums;
}

Column<std::uint8_t> rollup_any(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column) {
  detail::check_column(hierarchy, column);
  const std::vector<std::uint8_t> truths = detail::truth_values(column.values);
  return detail::fold(hierarchy, ColumnView<std::uint8_t>{truths, column.missing},
                      [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
}

Column<std::uint8_t> rollup_all(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& column) {
  detail::check_column(hierarchy, column);
  const std::vector<std::uint8_t> truths = detail::truth_values(column.values);
  return detail::fold(hierarchy, ColumnView<std::uint8_t>{truths, column.missing},
                      [](std::uint8_t a, std::uint8_t b) { return std::min(a, b); });
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

#define SHEQU_INSTANTIATE_NUMBER(T)                                            \
  template Column<T> rollup_min(const Hierarchy&, const ColumnView<T>&);       \
  template Column<T> rollup_max(const Hierarchy&, const ColumnView<T>&);       \
  template Column<double> rollup_mean(const Hierarchy&, const ColumnView<T>&); \
  template Column<double> rollup_mean(const Hierarchy&, const ColumnView<T>&, const ColumnView<double>&);
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

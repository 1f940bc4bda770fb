// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

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
void check_target(const Hierarchy& hierarchy, const ColumnTarget<T>& target) {
  check_length("target.values", target.values.size(), at(hierarchy.size()));
  check_length("target.missing", target.missing.size(), at(hierarchy.size()));
}

template <ColumnValue T>
[[nodiscard]] bool is_nan(T value) {
  if constexpr (std::same_as<T, double>) return std::isnan(value);
  return false;
}

template <ColumnValue T>
[[nodiscard]] bool is_missing(const ColumnView<T>& column, std::size_t i) {
  if (!column.missing.empty() && column.missing[i] != 0) return true;
  return is_nan(column.values[i]);
}

/// The result of `write`, which writes into memory of its caller, as a column.
template <ColumnValue T, class Write>
[[nodiscard]] Column<T> written(const Hierarchy& hierarchy, Write write) {
  const std::size_t count = at(hierarchy.size());
  Column<T> result{std::vector<T>(count), std::vector<std::uint8_t>(count)};
  if (!write(ColumnTarget<T>{result.values, result.missing})) result.missing.clear();
  return result;
}

/// Bits of a value.
template <ColumnValue T>
using Bits =
    std::conditional_t<sizeof(T) == 8, std::uint64_t, std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint8_t>>;

/// All bits where `gap`, else none.
template <ColumnValue T>
[[nodiscard]] Bits<T> mask_of(bool gap) noexcept {
  return static_cast<Bits<T>>(gap ? ~Bits<T>{0} : Bits<T>{0});
}

/// `other` where the mask has all bits and `value` where it has none: compilers like to make a branch of a condition,
/// and where values are missing here and there no processor foresees it.
template <ColumnValue T>
[[nodiscard]] T choose(Bits<T> mask, T other, T value) noexcept {
  const auto kept = static_cast<Bits<T>>(std::bit_cast<Bits<T>>(value) & ~mask);
  return std::bit_cast<T>(static_cast<Bits<T>>(kept | (std::bit_cast<Bits<T>>(other) & mask)));
}

/// Copies a column with `neutral` for what is missing; returns whether anything is.
template <ColumnValue T>
bool copy_known(const ColumnView<T>& column, T neutral, std::span<T> values) {
  const std::size_t count = values.size();
  const T* const from = column.values.data();
  T* const to = values.data();
  Bits<T> misses = 0;
  const auto copy = [&](auto mask_at) {
    for (std::size_t i = 0; i < count; ++i) {
      const Bits<T> mask = mask_at(i);
      misses |= mask;
      to[i] = choose(mask, neutral, from[i]);
    }
  };
  const auto nan_at = [from](std::size_t i) { return mask_of<T>(is_nan(from[i])); };
  if (column.missing.empty()) {
    copy(nan_at);
  } else {
    copy([&, missing = column.missing.data()](std::size_t i) {
      return static_cast<Bits<T>>(mask_of<T>(missing[i] != 0) | nan_at(i));
    });
  }
  return misses != 0;
}

/// Combines the values of every subtree at its unit: the unit's own value with those of its children, from the last to
/// the first. Families come in post-order, so those of the children lie on top of a stack; all other children are
/// leaves, and the running value of a family stays in a register.
template <class T, class Combine>
void fold_subtrees(const Hierarchy& hierarchy, std::span<T> values, Combine combine) {
  T* const value = values.data();
  const UnitId* const ends = hierarchy.subtree_ends().data();
  std::vector<UnitId> done;  // units with children whose parent is still to come
  for (const Hierarchy::Family& family : hierarchy.families()) {
    T total = value[family.unit];
    UnitId unit = ends[family.unit];
    const auto take_leaves = [&](UnitId begin) {
      while (unit > begin) total = combine(total, value[--unit]);
    };
    for (; !done.empty() && done.back() > family.unit; done.pop_back()) {
      take_leaves(ends[done.back()]);
      unit = done.back();
      total = combine(total, value[unit]);
    }
    take_leaves(family.unit + 1);
    value[family.unit] = total;
    done.push_back(family.unit);
  }
}

/// Writes which units have no value in their whole subtree, and T{} as their value; returns whether there are any.
template <ColumnValue T, ColumnValue Result>
bool fold_missing(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<Result>& target) {
  const std::size_t count = column.values.size();
  // Bytes may be anything's, as the compiler sees it: pointers of our own need not be read again after each of them.
  std::uint8_t* const missing = target.missing.data();
  Result* const values = target.values.data();
  const T* const from = column.values.data();
  const std::uint8_t* const gaps = column.missing.empty() ? nullptr : column.missing.data();
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned gap = gaps == nullptr ? 0U : gaps[i];
    missing[i] = static_cast<std::uint8_t>((gap != 0 ? 1U : 0U) | (is_nan(from[i]) ? 1U : 0U));
  }
  fold_subtrees(hierarchy, target.missing, [](unsigned a, unsigned b) { return static_cast<std::uint8_t>(a & b); });
  unsigned misses = 0;
  for (std::size_t i = 0; i < count; ++i) misses |= missing[i];
  if (misses == 0) return false;
  for (std::size_t i = 0; i < count; ++i) values[i] = choose(mask_of<Result>(missing[i] != 0), Result{}, values[i]);
  return true;
}

/// Combines the known values of every subtree as fold_subtrees does. Any value combined with `neutral` stays the same.
template <ColumnValue T, class Combine>
bool fold(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<T>& target, T neutral,
          Combine combine) {
  check_column(hierarchy, column);
  check_target(hierarchy, target);
  const bool misses = copy_known(column, neutral, target.values);
  fold_subtrees(hierarchy, target.values, combine);
  return misses && fold_missing(hierarchy, column, target);
}

}  // namespace shequ::detail

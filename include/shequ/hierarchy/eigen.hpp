// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// Opt-in: needs Eigen 3.4. CMake target shequ::eigen.

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <string>

#include "shequ/detail/argument.hpp"
#include "shequ/hierarchy/rollup.hpp"

namespace shequ {

/// The entries of an Eigen column, a column of a matrix or a map, as a column of values: no copy. The expression must
/// keep its entries next to each other, which is checked when compiled or else at run time (InvalidInput), and must
/// outlive the view.
template <class Derived>
[[nodiscard]] ColumnView<typename Derived::Scalar> column_view(const Eigen::DenseBase<Derived>& column) {
  static_assert(bool(Derived::Flags & Eigen::DirectAccessBit), "column_view needs an expression that lies in memory");
  static_assert(Derived::ColsAtCompileTime == 1, "column_view needs a single column");
  const Derived& values = column.derived();
  if (values.size() > 1 && values.innerStride() != 1) {
    detail::throw_argument("column.innerStride()", static_cast<long long>(values.innerStride()), "1", "是 1");
  }
  return {{values.data(), static_cast<std::size_t>(values.size())}, {}};
}

/// Sums of every column of a matrix of units x attributes (column-major), into `totals` of the same shape: no copies,
/// no allocation. Throws as rollup_sum of a span does.
template <class T, int Rows, int Columns, int Options>
void rollup_sum(const Hierarchy& hierarchy, const Eigen::Matrix<T, Rows, Columns, Options>& values,
                Eigen::Matrix<SumOf<T>, Rows, Columns, Options>& totals) {
  static_assert((Options & Eigen::RowMajor) == 0 || Columns == 1,
                "values must be column-major: one column an attribute");
  detail::check_length("totals.cols", static_cast<std::size_t>(totals.cols()), static_cast<std::size_t>(values.cols()));
  const auto rows = static_cast<std::size_t>(values.rows());
  const auto result_rows = static_cast<std::size_t>(totals.rows());
  for (Eigen::Index c = 0; c < values.cols(); ++c) {
    rollup_sum<T>(hierarchy, std::span<const T>(values.data() + values.rows() * c, rows),
                  std::span<SumOf<T>>(totals.data() + totals.rows() * c, result_rows));
  }
}

/// The same into a fresh matrix.
template <class T, int Rows, int Columns, int Options>
[[nodiscard]] Eigen::Matrix<SumOf<T>, Rows, Columns, Options> rollup_sum(
    const Hierarchy& hierarchy, const Eigen::Matrix<T, Rows, Columns, Options>& values) {
  Eigen::Matrix<SumOf<T>, Rows, Columns, Options> totals(values.rows(), values.cols());
  rollup_sum(hierarchy, values, totals);
  return totals;
}

}  // namespace shequ

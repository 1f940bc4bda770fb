// SPDX-License-Identifier: BSD-3-Clause
// Columns with missing values: masked arrays, pandas columns, or arrays and lists of numbers, NaN and None.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "common.hpp"
#include "shequ/hierarchy/rollup.hpp"

namespace shequ::python {

/// A column that Python owns, as the core reads it. Holds nothing where it was made from None.
template <class T>
class InputColumn {
 public:
  InputColumn() = default;
  InputColumn(const py::handle& value, const char* argument, std::optional<std::size_t> length = std::nullopt);

  [[nodiscard]] const ColumnView<T>& view() const noexcept { return view_; }
  [[nodiscard]] std::size_t size() const noexcept { return view_.values.size(); }
  /// True where the column says of some entries that they are missing.
  [[nodiscard]] bool masked() const noexcept { return !view_.missing.empty(); }

 private:
  py::array_t<T> values_;
  py::array_t<std::uint8_t> missing_;
  ColumnView<T> view_;
};

/// Whole numbers; floats count where all that are there are whole.
using IntColumn = InputColumn<std::int64_t>;
/// Truth values, or whole numbers from 0 to 255.
using ByteColumn = InputColumn<std::uint8_t>;

/// Memory of a column that a function fills, on its way to Python.
template <class T>
class OutputColumn {
 public:
  explicit OutputColumn(std::size_t size) : values_(size), missing_(size, 0) {}
  OutputColumn(std::vector<T>&& values, std::vector<std::uint8_t>&& missing)
      : values_(std::move(values)), missing_(std::move(missing)) {}
  [[nodiscard]] ColumnTarget<T> target() noexcept { return {values_, missing_}; }
  /// An array; a masked array where `masked`. Truth values come out as bool.
  [[nodiscard]] py::object finish(bool masked, bool truths = false) && {
    py::object array = moved(std::move(values_));
    if (truths) array = array.attr("view")("bool");
    if (!masked) return array;
    return py::module_::import("numpy.ma")
        .attr("MaskedArray")(array, "mask"_a = moved(std::move(missing_)).attr("view")("bool"));
  }

 private:
  std::vector<T> values_;
  std::vector<std::uint8_t> missing_;
};

/// True for one number of Python or numpy, false for arrays and lists.
[[nodiscard]] bool is_scalar(const py::handle& value);

}  // namespace shequ::python

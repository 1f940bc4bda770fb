// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "common.hpp"

namespace shequ::python {

// Arrays in. Each function names the argument when it refuses: floats never become whole numbers, and a missing value
// never becomes a number. C-contiguous input of the right type is used as it is; anything else is copied once.

/// `value` as an array, whatever it was; throws InvalidInput where a masked array has a masked entry.
[[nodiscard]] py::array any_array(const py::handle& value, const char* argument);

/// Whole numbers as std::int64_t, any shape. Accepts every integer type whose values fit.
[[nodiscard]] py::array_t<std::int64_t> int64_array(const py::handle& value, const char* argument);

/// Whole numbers as std::int32_t, any shape; a value outside of that throws InvalidInput.
[[nodiscard]] py::array_t<std::int32_t> int32_array(const py::handle& value, const char* argument);

/// Numbers as double, any shape; whole numbers are accepted, NaN stays NaN.
[[nodiscard]] py::array_t<double> float64_array(const py::handle& value, const char* argument);

/// True and false as one byte each, any shape.
[[nodiscard]] py::array_t<std::uint8_t> mask_array(const py::handle& value, const char* argument);

/// The entries of a one-dimensional array; throws InvalidInput for another number of dimensions, or another length
/// than `length` where one is given. Valid as long as the array lives.
template <class T>
[[nodiscard]] std::span<const T> column(const py::array_t<T>& array, const char* argument,
                                        std::optional<std::size_t> length = std::nullopt) {
  if (array.ndim() != 1) {
    throw InvalidInput(std::string(argument) + " has " + std::to_string(array.ndim()) + " dimensions and must have 1",
                       std::string(argument) + " 有 " + std::to_string(array.ndim()) + " 维，必须是一维");
  }
  const auto size = static_cast<std::size_t>(array.size());
  if (length && size != *length) {
    throw InvalidInput(
        std::string(argument) + " has length " + std::to_string(size) + " and must have length " +
            std::to_string(*length),
        std::string(argument) + " 的长度是 " + std::to_string(size) + "，必须是 " + std::to_string(*length));
  }
  return {array.data(), size};
}

// Arrays out.

/// A read-only array on memory that `owner` keeps alive: no copy.
template <class T>
[[nodiscard]] py::array view(std::span<const T> values, const py::handle& owner) {
  auto array = py::array_t<T>({static_cast<py::ssize_t>(values.size())}, {static_cast<py::ssize_t>(sizeof(T))},
                              values.data(), owner);
  array.attr("setflags")("write"_a = false);
  return array;
}

/// A fresh result moved into an array: no copy. `shape` empty: one dimension.
template <class T, class Allocator>
[[nodiscard]] py::array_t<T> moved(std::vector<T, Allocator>&& values, std::vector<py::ssize_t> shape = {}) {
  using Values = std::vector<T, Allocator>;
  if (shape.empty()) shape.push_back(static_cast<py::ssize_t>(values.size()));
  auto kept = std::make_unique<Values>(std::move(values));
  const T* data = kept->data();
  const py::capsule owner(kept.get(), [](void* pointer) { delete static_cast<Values*>(pointer); });
  static_cast<void>(kept.release());
  return py::array_t<T>(std::move(shape), data, owner);
}

}  // namespace shequ::python

// SPDX-License-Identifier: BSD-3-Clause
#include "arrays.hpp"

#include <limits>

namespace shequ::python {

namespace {

[[noreturn]] void refuse_type(const char* argument, const py::array& array, const char* allowed_en,
                              const char* allowed_zh) {
  if (array.ndim() == 0) {
    const auto shown = py::repr(array.attr("item")()).cast<std::string>();
    throw InvalidInput(std::string(argument) + "=" + shown + " must be " + allowed_en,
                       std::string(argument) + "=" + shown + " 必须是" + allowed_zh);
  }
  const auto type = py::str(array.dtype()).cast<std::string>();
  throw InvalidInput(std::string(argument) + " has dtype " + type + " and must be " + allowed_en,
                     std::string(argument) + " 的数据类型是 " + type + "，必须是" + allowed_zh);
}

/// Names the first entry that is not a number, so that a missing value is not hidden behind the type it forced.
void refuse_nan(const char* argument, const py::array& array) {
  if (array.dtype().kind() != 'f' || array.ndim() == 0) return;
  const py::object where = py::module_::import("numpy").attr("isnan")(array);
  if (!where.attr("any")().cast<bool>()) return;
  const std::string entry = std::string(argument) + "[" + py::str(where.attr("argmax")()).cast<std::string>() + "]";
  throw InvalidInput(entry + " is NaN and must be a whole number", entry + " 是 NaN，必须是整数");
}

[[nodiscard]] bool is_integer(const py::array& array) {
  const char kind = array.dtype().kind();
  return kind == 'i' || kind == 'u';
}

/// An array of no entries has no type of its own: numpy calls an empty list float64.
[[nodiscard]] bool is_empty_list(const py::handle& value, const py::array& array) {
  return array.size() == 0 && !py::isinstance<py::array>(value);
}

template <class T>
[[nodiscard]] py::array_t<T> integers(const py::handle& value, const char* argument) {
  py::array array = any_array(value, argument);
  if (!is_integer(array) && !is_empty_list(value, array)) {
    refuse_nan(argument, array);
    refuse_type(argument, array, "of whole numbers, such as int64 (floats and missing values are not converted)",
                "整数，如 int64（不会转换小数和缺失值）");
  }
  const bool narrows = array.itemsize() > static_cast<py::ssize_t>(sizeof(T)) ||
                       (array.dtype().kind() == 'u' && array.itemsize() >= static_cast<py::ssize_t>(sizeof(T)));
  if (narrows && array.size() > 0) {
    // Compared as Python numbers, so that an unsigned 64-bit maximum is seen as what it is.
    const py::object low = array.attr("min")().attr("item")();
    const py::object high = array.attr("max")().attr("item")();
    const bool too_low = low < py::int_(static_cast<std::int64_t>(std::numeric_limits<T>::min()));
    const bool too_high = high > py::int_(static_cast<std::int64_t>(std::numeric_limits<T>::max()));
    if (too_low || too_high) {
      const auto shown = py::str(too_low ? low : high).cast<std::string>();
      const auto range = "[" + std::to_string(std::numeric_limits<T>::min()) + ", " +
                         std::to_string(std::numeric_limits<T>::max()) + "]";
      throw InvalidInput(std::string(argument) + " holds " + shown + " and must be in " + range,
                         std::string(argument) + " 含有 " + shown + "，必须在 " + range + " 之间");
    }
  }
  // Lossless now; makes a copy only for another type, byte order or layout.
  return py::array_t<T, py::array::c_style | py::array::forcecast>::ensure(array);
}

}  // namespace

py::array any_array(const py::handle& value, const char* argument) {
  if (py::hasattr(value, "mask") && py::hasattr(value, "filled")) {
    const py::object where = py::module_::import("numpy.ma").attr("getmaskarray")(value);
    if (where.attr("any")().cast<bool>()) {
      const auto first = where.attr("argmax")().cast<std::int64_t>();
      throw InvalidInput(std::string(argument) + "[" + std::to_string(first) + "] is missing and must have a value",
                         std::string(argument) + "[" + std::to_string(first) + "] 缺失，必须有值");
    }
  }
  py::array array = py::array::ensure(py::module_::import("numpy").attr("asarray")(value));
  if (!array) {
    PyErr_Clear();
    throw InvalidInput(std::string(argument) + " must be an array", std::string(argument) + " 必须是数组");
  }
  return array;
}

py::array_t<std::int64_t> int64_array(const py::handle& value, const char* argument) {
  return integers<std::int64_t>(value, argument);
}

py::array_t<std::int32_t> int32_array(const py::handle& value, const char* argument) {
  return integers<std::int32_t>(value, argument);
}

py::array_t<double> float64_array(const py::handle& value, const char* argument) {
  py::array array = any_array(value, argument);
  if (!is_integer(array) && array.dtype().kind() != 'f') {
    refuse_type(argument, array, "of numbers, such as float64", "数值，如 float64");
  }
  return py::array_t<double, py::array::c_style | py::array::forcecast>::ensure(array);
}

py::array_t<std::uint8_t> mask_array(const py::handle& value, const char* argument) {
  py::array array = any_array(value, argument);
  if (array.dtype().kind() != 'b' && !is_empty_list(value, array)) {
    refuse_type(argument, array, "bool", "布尔值");
  }
  return py::array_t<std::uint8_t, py::array::c_style | py::array::forcecast>::ensure(array);
}

}  // namespace shequ::python

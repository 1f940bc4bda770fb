// SPDX-License-Identifier: BSD-3-Clause
// Single values as arguments. pybind11 answers a wrong type with a TypeError that lists signatures; these name the
// argument, the value and what is allowed, as everything else does.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "common.hpp"
#include "shequ/detail/argument.hpp"

namespace shequ::python {

/// Name of an argument, as a template parameter.
template <std::size_t Size>
struct ArgumentName {
  char text[Size]{};
  consteval ArgumentName(const char (&name)[Size]) {  // NOLINT(google-explicit-constructor): "unit" is one
    std::copy_n(static_cast<const char*>(name), Size, static_cast<char*>(text));
  }
};

/// A parameter of a bound function, of type std::int32_t, std::int64_t, std::uint64_t, double, std::string, Language,
/// an optional of these, or another with an ArgumentReader. `Least` is the least whole number allowed, for messages
/// only: who is called checks ranges.
template <class T, ArgumentName Name, std::int64_t Least = 0>
struct Argument {
  T value{};
  operator const T&() const noexcept { return value; }  // NOLINT(google-explicit-constructor): as if it were one
};

[[noreturn]] void refuse(const char* name, const py::handle& value, const std::string& allowed_en,
                         const std::string& allowed_zh);

/// Reads a whole number: of Python, numpy or anything else that is one, but no truth value and no float.
template <std::integral T>
[[nodiscard]] T read_argument(const py::handle& value, const char* name, std::int64_t least, T* /*type*/) {
  const std::string range = "[" + std::to_string(least) + ", " + std::to_string(std::numeric_limits<T>::max()) + "]";
  if (PyIndex_Check(value.ptr()) == 0 || PyBool_Check(value.ptr()) != 0) {
    refuse(name, value, "a whole number in " + range, "是 " + range + " 之间的整数");
  }
  const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
  if (!number) {
    PyErr_Clear();  // an array of several entries, for example
    refuse(name, value, "a whole number in " + range, "是 " + range + " 之间的整数");
  }
  try {
    return number.cast<T>();
  } catch (const py::cast_error&) {
    refuse(name, number, "in " + range, "在 " + range + " 之间");
  }
}

[[nodiscard]] double read_argument(const py::handle& value, const char* name, std::int64_t least, double* type);
[[nodiscard]] std::string read_argument(const py::handle& value, const char* name, std::int64_t least,
                                        std::string* type);
[[nodiscard]] Language read_argument(const py::handle& value, const char* name, std::int64_t least, Language* type);

/// How an argument of a type is read; specialised where a type has no read_argument.
template <class T>
struct ArgumentReader {
  [[nodiscard]] static T read(const py::handle& value, const char* name, std::int64_t least) {
    return read_argument(value, name, least, static_cast<T*>(nullptr));
  }
};

template <class T>
struct ArgumentReader<std::optional<T>> {
  [[nodiscard]] static std::optional<T> read(const py::handle& value, const char* name, std::int64_t least) {
    if (value.is_none()) return std::nullopt;
    return ArgumentReader<T>::read(value, name, least);
  }
};

}  // namespace shequ::python

namespace pybind11::detail {

template <class T, shequ::python::ArgumentName Name, std::int64_t Least>
struct type_caster<shequ::python::Argument<T, Name, Least>> {
  using Type = shequ::python::Argument<T, Name, Least>;
  PYBIND11_TYPE_CASTER(Type, make_caster<T>::name);

  bool load(handle source, bool /*convert*/) {
    value.value = shequ::python::ArgumentReader<T>::read(source, static_cast<const char*>(Name.text), Least);
    return true;
  }
};

/// What signatures show.
template <>
struct type_caster<shequ::Language> {
  static constexpr auto name = const_name("str");
};

}  // namespace pybind11::detail

// SPDX-License-Identifier: BSD-3-Clause
// Fractions, dates and ids of rules on their way in and out, and arguments of types that hold such.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_id.hpp"

namespace shequ::python {

/// An exact ratio: a whole number, a fractions.Fraction or the like, or a text such as "80%". A float is refused.
[[nodiscard]] Fraction read_fraction(const py::handle& value, const char* name);
/// A datetime.date.
[[nodiscard]] std::chrono::year_month_day read_date(const py::handle& value, const char* name);
/// A day of any year, as a tuple (month, day).
[[nodiscard]] std::chrono::month_day read_month_day(const py::handle& value, const char* name);
[[nodiscard]] bool read_truth(const py::handle& value, const char* name);
/// A list, tuple or array as a list of its entries.
[[nodiscard]] py::list read_sequence(const py::handle& value, const char* name);

template <>
struct ArgumentReader<Fraction> {
  [[nodiscard]] static Fraction read(const py::handle& value, const char* name, std::int64_t /*least*/) {
    return read_fraction(value, name);
  }
};

template <>
struct ArgumentReader<bool> {
  [[nodiscard]] static bool read(const py::handle& value, const char* name, std::int64_t /*least*/) {
    return read_truth(value, name);
  }
};

template <>
struct ArgumentReader<RuleId> {
  [[nodiscard]] static RuleId read(const py::handle& value, const char* name, std::int64_t least) {
    return RuleId(std::string_view(ArgumentReader<std::string>::read(value, name, least)));
  }
};

template <>
struct ArgumentReader<std::chrono::year_month_day> {
  [[nodiscard]] static std::chrono::year_month_day read(const py::handle& value, const char* name,
                                                        std::int64_t /*least*/) {
    return read_date(value, name);
  }
};

template <>
struct ArgumentReader<std::chrono::month_day> {
  [[nodiscard]] static std::chrono::month_day read(const py::handle& value, const char* name, std::int64_t /*least*/) {
    return read_month_day(value, name);
  }
};

template <>
struct ArgumentReader<std::chrono::year> {
  [[nodiscard]] static std::chrono::year read(const py::handle& value, const char* name, std::int64_t /*least*/) {
    return std::chrono::year(ArgumentReader<std::int16_t>::read(value, name, 1));
  }
};

/// An enumerator, or its name in lower case.
template <class E>
  requires(std::is_enum_v<E> && !std::is_same_v<E, Language>)
struct ArgumentReader<E> {
  [[nodiscard]] static E read(const py::handle& value, const char* name, std::int64_t /*least*/) {
    return choice<E>(value, name);
  }
};

/// An object of a bound class.
template <class T>
  requires(std::is_class_v<T> && std::is_base_of_v<py::detail::type_caster_base<T>, py::detail::make_caster<T>>)
struct ArgumentReader<T> {
  [[nodiscard]] static T read(const py::handle& value, const char* name, std::int64_t /*least*/) {
    if (py::isinstance<T>(value)) return value.cast<T>();
    const auto type = py::type::of<T>().attr("__name__").template cast<std::string>();
    refuse(name, value, "a " + type, "是 " + type);
  }
};

template <class T>
struct ArgumentReader<std::vector<T>> {
  [[nodiscard]] static std::vector<T> read(const py::handle& value, const char* name, std::int64_t least) {
    std::vector<T> values;
    const py::list entries = read_sequence(value, name);
    for (const auto& entry : entries) {
      const std::string entry_name = std::string(name) + "[" + std::to_string(values.size()) + "]";
      values.push_back(ArgumentReader<T>::read(entry, entry_name.c_str(), least));
    }
    return values;
  }
};

template <class T, std::size_t Size>
struct ArgumentReader<std::array<T, Size>> {
  [[nodiscard]] static std::array<T, Size> read(const py::handle& value, const char* name, std::int64_t least) {
    const auto entries = ArgumentReader<std::vector<T>>::read(value, name, least);
    shequ::detail::check_length(name, entries.size(), Size);
    std::array<T, Size> values{};
    for (std::size_t i = 0; i < Size; ++i) values[i] = entries[i];
    return values;
  }
};

template <class A, class B>
struct ArgumentReader<std::pair<A, B>> {
  [[nodiscard]] static std::pair<A, B> read(const py::handle& value, const char* name, std::int64_t least) {
    const py::list entries = read_sequence(value, name);
    shequ::detail::check_length(name, entries.size(), 2);
    return {ArgumentReader<A>::read(entries[0], name, least), ArgumentReader<B>::read(entries[1], name, least)};
  }
};

}  // namespace shequ::python

namespace pybind11::detail {

template <>
struct type_caster<shequ::Fraction> {
  PYBIND11_TYPE_CASTER(shequ::Fraction, const_name("fractions.Fraction"));
  bool load(handle source, bool /*convert*/) {
    value = shequ::python::read_fraction(source, "fraction");
    return true;
  }
  static handle cast(const shequ::Fraction& fraction, return_value_policy /*policy*/, handle /*parent*/) {
    return module_::import("fractions").attr("Fraction")(fraction.numerator(), fraction.denominator()).release();
  }
};

template <>
struct type_caster<shequ::RuleId> {
  PYBIND11_TYPE_CASTER(shequ::RuleId, const_name("str"));
  bool load(handle source, bool /*convert*/) {
    if (!isinstance<str>(source)) return false;
    value = shequ::RuleId(std::string_view(source.cast<std::string>()));
    return true;
  }
  static handle cast(const shequ::RuleId& id, return_value_policy /*policy*/, handle /*parent*/) {
    return str(std::string(id.view())).release();
  }
};

template <>
struct type_caster<std::chrono::year_month_day> {
  PYBIND11_TYPE_CASTER(std::chrono::year_month_day, const_name("datetime.date"));
  bool load(handle source, bool /*convert*/) {
    value = shequ::python::read_date(source, "date");
    return true;
  }
  static handle cast(const std::chrono::year_month_day& date, return_value_policy /*policy*/, handle /*parent*/) {
    return module_::import("datetime")
        .attr("date")(static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()))
        .release();
  }
};

template <>
struct type_caster<std::chrono::month_day> {
  PYBIND11_TYPE_CASTER(std::chrono::month_day, const_name("tuple[int, int]"));
  bool load(handle source, bool /*convert*/) {
    value = shequ::python::read_month_day(source, "date");
    return true;
  }
  static handle cast(const std::chrono::month_day& date, return_value_policy /*policy*/, handle /*parent*/) {
    return make_tuple(static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())).release();
  }
};

template <>
struct type_caster<std::chrono::year> {
  PYBIND11_TYPE_CASTER(std::chrono::year, const_name("int"));
  bool load(handle source, bool /*convert*/) {
    value = std::chrono::year(source.cast<int>());
    return true;
  }
  static handle cast(const std::chrono::year& year, return_value_policy /*policy*/, handle /*parent*/) {
    return int_(static_cast<int>(year)).release();
  }
};

}  // namespace pybind11::detail

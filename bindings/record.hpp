// SPDX-License-Identifier: BSD-3-Clause
// Small value types as Python classes: a list of fields makes the properties, ==, repr, pickling and, for what users
// build themselves, the constructor with named arguments.
#pragma once

#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "exact.hpp"

namespace shequ::python {

/// Format of pickled records; raised when the fields of one change.
inline constexpr int record_state_version = 1;

template <class>
struct MemberType;
template <class Class, class T>
struct MemberType<T Class::*> {
  using Type = T;
};

/// A data member under its name in Python. Required: the constructor has no default for it.
template <ArgumentName Name, auto Member, bool Required = false>
struct Field {
  using Value = MemberType<decltype(Member)>::Type;
  static constexpr auto name = Name;
  static constexpr auto member = Member;
  const char* text;

  template <class T>
  [[nodiscard]] static auto argument(const T& defaults) {
    const auto* const called = static_cast<const char*>(name.text);
    if constexpr (Required) {
      return py::arg(called);
    } else {
      return py::arg_v(called, py::cast(defaults.*Member));
    }
  }
};

template <ArgumentName Name, auto Member>
[[nodiscard]] constexpr Field<Name, Member> field(const char* text) noexcept {
  return {text};
}
template <ArgumentName Name, auto Member>
[[nodiscard]] constexpr Field<Name, Member, true> required_field(const char* text) noexcept {
  return {text};
}

/// A class of results, which only the library makes.
template <class T, class... Fields>
py::class_<T> bind_record(py::module_& module, const char* name, const char* doc, Fields... fields) {
  py::class_<T> type(module, name, doc);
  (type.def_property_readonly(
       static_cast<const char*>(Fields::name.text), [](const T& self) { return self.*Fields::member; }, fields.text),
   ...);
  type.def("__eq__", [](const T& a, const T& b) { return a == b; }, py::is_operator());
  type.def("__repr__", [called = std::string(name)](const T& self) {
    std::string text = called + "(";
    const auto add = [&](const char* field_name, const py::object& value) {
      if (text.back() != '(') text += ", ";
      text += std::string(field_name) + "=" + py::repr(value).cast<std::string>();
    };
    (add(static_cast<const char*>(Fields::name.text), py::cast(self.*Fields::member)), ...);
    return text + ")";
  });
  type.def(py::pickle([](const T& self) { return py::make_tuple(record_state_version, self.*Fields::member...); },
                      [called = std::string(name)](const py::tuple& state) {
                        if (state.size() != sizeof...(Fields) + 1 || state[0].cast<int>() != record_state_version) {
                          throw InvalidInput("the pickled " + called + " is of another version of shequ",
                                             "保存的 " + called + " 来自其他版本的 shequ");
                        }
                        T self{};
                        std::size_t next = 1;
                        ((self.*Fields::member = state[next++].template cast<typename Fields::Value>()), ...);
                        return self;
                      }));
  return type;
}

/// A class that users build from named arguments; validated where it can be.
template <class T, class... Fields>
py::class_<T> bind_value(py::module_& module, const char* name, const char* doc, Fields... fields) {
  auto type = bind_record<T>(module, name, doc, fields...);
  const T defaults{};
  type.def(py::init([](const Argument<typename Fields::Value, Fields::name>&... arguments) {
             T self{};
             ((self.*Fields::member = arguments.value), ...);
             if constexpr (requires { self.validate(); }) self.validate();
             return self;
           }),
           py::kw_only(), Fields::argument(defaults)...);
  return type;
}

/// bind_value for a rule: with id, source, effective and applies_to.
template <class T, class... Fields>
py::class_<T> bind_rule(py::module_& module, const char* name, const char* doc, Fields... fields) {
  return bind_value<T>(module, name, doc, fields...,
                       field<"id", &T::id>("What results call the rule, at most 47 bytes."),
                       field<"source", &T::source>("Document, article and year; empty for the user's own numbers."),
                       field<"effective", &T::effective>("First day it applies (datetime.date), or None."),
                       field<"applies_to", &T::applies_to>("Setting of the communities it is for, or None for all."));
}

}  // namespace shequ::python

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "arguments.hpp"
#include "common.hpp"
#include "shequ/districting/problem.hpp"

// What the results of districting share.
namespace shequ::python {

/// Format of pickled results; raised when the fields change.
inline constexpr int result_state_version = 2;

[[nodiscard]] inline py::object range_tuple(const std::optional<PartsRange>& range) {
  return range ? py::object(py::make_tuple(range->min, range->max)) : py::none();
}

[[nodiscard]] inline std::optional<PartsRange> range_of(const py::object& value) {
  if (value.is_none()) return std::nullopt;
  const auto [min, max] = value.cast<std::pair<PartId, PartId>>();
  return PartsRange{min, max};
}

template <class T>
[[nodiscard]] std::string message(const T& said, Argument<Language, "lang"> lang) {
  return lang.value == Language::zh ? said.chinese : said.english;
}

inline void check_version(const py::tuple& state) {
  if (state.empty() || state[0].cast<int>() != result_state_version) {
    throw InvalidInput("this object was pickled by another version of shequ", "该对象由其他版本的 shequ 保存");
  }
}

/// Text and HTML of results are laid out in Python, where those of all other classes are.
template <class Class>
void def_display(Class& type) {
  const auto render = [](const char* function) {
    return [function](const py::object& self) {
      return py::module_::import("shequ._districting_repr").attr(function)(self);
    };
  };
  type.def("__repr__", render("one_line")).def("__str__", render("text")).def("_repr_html_", render("html"));
}

}  // namespace shequ::python

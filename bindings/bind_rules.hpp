// SPDX-License-Identifier: BSD-3-Clause
// What the bindings of posts, money, norms and the sheet share, and the methods of every norm of staffing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "columns.hpp"
#include "exact.hpp"
#include "shequ/rules/staffing_norm.hpp"

namespace shequ::python {

/// One whole number of 0 or more, one text.
[[nodiscard]] std::int64_t whole(const py::handle& value, const char* argument);
[[nodiscard]] std::string text(const py::handle& value, const char* argument);

/// A masked array of a result and of where it is missing.
[[nodiscard]] py::object masked_array(std::vector<std::int64_t>&& values, std::vector<std::uint8_t>&& missing);

/// One whole number of Python or numpy, and no array or truth value.
[[nodiscard]] bool is_whole_number(const py::object& value);

/// Least and most posts of one count or of a column, as `posts_range` of every norm of staffing returns them.
[[nodiscard]] py::object posts_range(const StaffingNorm& norm, const py::object& counts);

/// What StaffingRule, StaffingRatio and StaffingTable have in common.
template <class Rule>
void def_norm(py::class_<Rule>& type) {
  type.def(
          "posts_range", [](const Rule& rule, const py::object& counts) { return posts_range(rule, counts); },
          "counts"_a, R"(Return the fewest and the most posts.

Parameters
----------
counts : int, or array of int or masked array, shape (n,)
    Of what the norm counts (`basis`), 0 to 2^31 - 1.

Returns
-------
(least, most) : tuple of int, or of masked arrays of int64, shape (n,)
    Equal where the norm names one number. None, or masked, where the count is missing or not covered by the norm.
)")
      .def(
          "next_post_at",
          [](const Rule& rule, Argument<std::int64_t, "count"> count) { return next_post_at(rule, count.value); },
          "count"_a, "Return the smallest count above `count` that gets more posts, None where there is none.")
      .def(
          "explain",
          [](const Rule& rule, Argument<std::int64_t, "count"> count, Argument<Language, "lang"> lang) {
            return explain(rule, count.value, lang.value);
          },
          "count"_a, "lang"_a = "en", "Say in one sentence how the norm comes to its number.")
      .def(
          "describe", [](const Rule& rule, Argument<Language, "lang"> lang) { return describe(rule, lang.value); },
          "lang"_a = "en", "Say in one sentence what the norm gives, to whom, and how it rounds.")
      .def_property_readonly(
          "basis", [](const Rule& rule) { return basis(StaffingNorm(rule)); }, "What the norm counts.");
}

void bind_staffing(py::module_& module);
void bind_staffing_norm(py::module_& module);
void bind_funding(py::module_& module);
void bind_allocation(py::module_& module);
void bind_norms(py::module_& module);
void bind_run_sums(py::module_& module);
void bind_sheet(py::module_& module);

}  // namespace shequ::python

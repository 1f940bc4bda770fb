// SPDX-License-Identifier: BSD-3-Clause
#include "exact.hpp"

#include "shequ/rules/rule_info.hpp"

namespace shequ::python {

Fraction read_fraction(const py::handle& value, const char* name) {
  if (py::isinstance<py::str>(value)) {
    try {
      return Fraction::parse(value.cast<std::string>());
    } catch (const InvalidInput&) {
      refuse(name, value, "a number such as 4/5, 80% or 0.8", "是 4/5、80% 或 0.8 这样的数");
    }
  }
  if (PyBool_Check(value.ptr()) == 0 && py::hasattr(value, "numerator") && py::hasattr(value, "denominator")) {
    try {
      return {value.attr("numerator").cast<std::int64_t>(), value.attr("denominator").cast<std::int64_t>()};
    } catch (const py::cast_error&) {
      refuse(name, value, "a ratio of 64-bit whole numbers", "是 64 位整数之比");
    }
  }
  refuse(name, value, "exact: a whole number, a Fraction or a text such as \"80%\"",
         "是精确的数：整数、Fraction，或 \"80%\" 这样的文本");
}

std::chrono::year_month_day read_date(const py::handle& value, const char* name) {
  if (!py::isinstance(value, py::module_::import("datetime").attr("date"))) {
    refuse(name, value, "a datetime.date", "是 datetime.date");
  }
  return {std::chrono::year(value.attr("year").cast<int>()), std::chrono::month(value.attr("month").cast<unsigned>()),
          std::chrono::day(value.attr("day").cast<unsigned>())};
}

std::chrono::month_day read_month_day(const py::handle& value, const char* name) {
  const py::list entries = read_sequence(value, name);
  shequ::detail::check_length(name, entries.size(), 2);
  return {std::chrono::month(ArgumentReader<std::uint32_t>::read(entries[0], name, 1)),
          std::chrono::day(ArgumentReader<std::uint32_t>::read(entries[1], name, 1))};
}

bool read_truth(const py::handle& value, const char* name) {
  if (PyBool_Check(value.ptr()) != 0) return value.cast<bool>();
  if (py::isinstance(value, py::module_::import("numpy").attr("bool_"))) return py::bool_(value.attr("item")());
  refuse(name, value, "True or False", "是 True 或 False");
}

py::list read_sequence(const py::handle& value, const char* name) {
  if (py::isinstance<py::str>(value) || py::isinstance<py::bytes>(value) || !py::hasattr(value, "__iter__")) {
    refuse(name, value, "a list", "是列表");
  }
  return {py::reinterpret_borrow<py::object>(value)};
}

}  // namespace shequ::python

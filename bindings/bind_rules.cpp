// SPDX-License-Identifier: BSD-3-Clause
#include "bind_rules.hpp"

namespace shequ::python {

Fraction fraction_of(const py::handle& value, const char* argument) {
  if (py::isinstance<py::str>(value)) return Fraction::parse(value.cast<std::string>());
  if (!py::isinstance<py::bool_>(value) && py::hasattr(value, "numerator") && py::hasattr(value, "denominator")) {
    try {
      return {value.attr("numerator").cast<std::int64_t>(), value.attr("denominator").cast<std::int64_t>()};
    } catch (const py::cast_error&) {
      refuse(argument, value, "a ratio of 64-bit numbers", "是 64 位整数之比");
    }
  }
  refuse(argument, value, "a text such as \"60%\", a Fraction or a whole number (a float is not exact)",
         "是 \"60%\" 这样的文本、Fraction 或整数（小数不精确）");
}

std::int64_t whole(const py::handle& value, const char* argument) {
  return read_argument(value, argument, 0, static_cast<std::int64_t*>(nullptr));
}

std::string text(const py::handle& value, const char* argument) {
  return read_argument(value, argument, 0, static_cast<std::string*>(nullptr));
}

py::object python_fraction(const Fraction& value) {
  return py::module_::import("fractions").attr("Fraction")(value.numerator(), value.denominator());
}

py::object python_date(const std::optional<std::chrono::year_month_day>& date) {
  if (!date) return py::none();
  return py::module_::import("datetime")
      .attr("date")(static_cast<int>(date->year()), static_cast<unsigned>(date->month()),
                    static_cast<unsigned>(date->day()));
}

std::optional<std::chrono::year_month_day> date_of(const py::handle& value, const char* argument) {
  if (value.is_none()) return std::nullopt;
  if (!py::isinstance(value, py::module_::import("datetime").attr("date"))) {
    refuse(argument, value, "a datetime.date", "是 datetime.date");
  }
  return std::chrono::year_month_day(std::chrono::year(value.attr("year").cast<int>()),
                                     std::chrono::month(value.attr("month").cast<unsigned>()),
                                     std::chrono::day(value.attr("day").cast<unsigned>()));
}

CountColumn::CountColumn(const py::handle& value, const char* argument, std::optional<std::size_t> length) {
  if (py::hasattr(value, "mask") && py::hasattr(value, "filled")) {
    const auto values = int64_array(value.attr("filled")(0), argument);
    const auto missing = mask_array(py::module_::import("numpy.ma").attr("getmaskarray")(value), argument);
    view_ = {column(values, argument, length), column(missing, argument)};
    values_ = values;
    missing_ = missing;
    return;
  }
  const auto values = int64_array(value, argument);
  view_ = {column(values, argument, length), {}};
  values_ = values;
}

py::object masked_array(std::vector<std::int64_t>&& values, std::vector<std::uint8_t>&& missing) {
  return py::module_::import("numpy.ma")
      .attr("MaskedArray")(moved(std::move(values)), "mask"_a = moved(std::move(missing)).attr("view")("bool"));
}

bool is_whole_number(const py::object& value) {
  return PyIndex_Check(value.ptr()) != 0 && !py::isinstance<py::bool_>(value) && !py::isinstance<py::array>(value);
}

void bind_rules(py::module_& module) {
  bind_staffing(module);
  bind_staffing_norm(module);
  bind_funding(module);
  bind_allocation(module);
  bind_norms(module);
  bind_sheet(module);
}

}  // namespace shequ::python

// SPDX-License-Identifier: BSD-3-Clause
#include "columns.hpp"

#include <string>

#include "arguments.hpp"

namespace shequ::python {

namespace {

/// Values without their gaps, as an array, and the mask or None.
[[nodiscard]] std::pair<py::object, py::object> split(const py::handle& value, const char* argument) {
  const py::tuple parts = py::module_::import("shequ._hierarchy_columns").attr("split_missing")(value, argument);
  const py::module_ numpy = py::module_::import("numpy");
  py::object values = parts[0];
  py::object mask = parts[1];
  if (values.attr("dtype").attr("kind").cast<std::string>() != "f") return {values, mask};
  // A column with gaps often comes as floats: they count where they are whole.
  const py::object gaps = mask.is_none() ? numpy.attr("isnan")(values)
                                         : py::object(numpy.attr("logical_or")(numpy.attr("isnan")(values), mask));
  const py::object filled = numpy.attr("where")(gaps, 0.0, values);
  const py::object broken =
      numpy.attr("logical_or")(numpy.attr("not_equal")(filled, numpy.attr("floor")(filled)),
                               numpy.attr("greater")(numpy.attr("abs")(filled), 9007199254740992.0));
  if (broken.attr("any")().cast<bool>()) {
    const auto first = broken.attr("argmax")().cast<py::ssize_t>();
    const std::string entry = std::string(argument) + "[" + std::to_string(first) + "]";
    refuse(entry.c_str(), values[py::int_(first)].attr("item")(), "a whole number", "是整数");
  }
  return {filled.attr("astype")("int64"), gaps};
}

[[nodiscard]] py::array_t<std::int64_t> numbers(const py::object& values, const char* argument,
                                                std::int64_t* /*type*/) {
  return int64_array(values, argument);
}

[[nodiscard]] py::array_t<std::uint8_t> numbers(const py::object& values, const char* argument,
                                                std::uint8_t* /*type*/) {
  if (values.attr("dtype").attr("kind").cast<std::string>() == "b") return mask_array(values, argument);
  const py::array_t<std::int64_t> wide = int64_array(values, argument);
  py::array_t<std::uint8_t> narrow(wide.size());
  for (py::ssize_t i = 0; i < wide.size(); ++i) {
    const std::int64_t number = wide.data()[i];
    if (number < 0 || number > 255) {
      const std::string entry = std::string(argument) + "[" + std::to_string(i) + "]";
      refuse(entry.c_str(), py::int_(number), "in [0, 255]", "在 [0, 255] 之间");
    }
    narrow.mutable_data()[i] = static_cast<std::uint8_t>(number);
  }
  return narrow;
}

}  // namespace

template <class T>
InputColumn<T>::InputColumn(const py::handle& value, const char* argument, std::optional<std::size_t> length) {
  if (value.is_none()) return;
  const auto [values, mask] = split(value, argument);
  values_ = numbers(values, argument, static_cast<T*>(nullptr));
  view_.values = column(values_, argument, length);
  if (mask.is_none()) return;
  missing_ = mask_array(mask, argument);
  view_.missing = column(missing_, argument, view_.values.size());
}

template class InputColumn<std::int64_t>;
template class InputColumn<std::uint8_t>;

bool is_scalar(const py::handle& value) {
  return !value.is_none() && !py::hasattr(value, "__len__") && !py::hasattr(value, "__iter__");
}

}  // namespace shequ::python

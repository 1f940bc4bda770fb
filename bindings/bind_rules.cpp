// SPDX-License-Identifier: BSD-3-Clause
#include "bind_rules.hpp"

namespace shequ::python {

std::int64_t whole(const py::handle& value, const char* argument) {
  return ArgumentReader<std::int64_t>::read(value, argument, 0);
}

std::string text(const py::handle& value, const char* argument) {
  return ArgumentReader<std::string>::read(value, argument, 0);
}

py::object masked_array(std::vector<std::int64_t>&& values, std::vector<std::uint8_t>&& missing) {
  return OutputColumn<std::int64_t>(std::move(values), std::move(missing)).finish(true);
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
  bind_run_sums(module);
  bind_sheet(module);
}

}  // namespace shequ::python

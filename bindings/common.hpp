// SPDX-License-Identifier: BSD-3-Clause
// Included first by every file of the bindings, so that all of them see the same pybind11.
#pragma once

#include <pybind11/functional.h>
#include <pybind11/native_enum.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cctype>
#include <string>
#include <string_view>

#include "shequ/error.hpp"
#include "shequ/fwd.hpp"

namespace shequ::python {

namespace py = pybind11;
using namespace pybind11::literals;  // NOLINT(google-build-using-namespace): the _a of named arguments

/// Reads an enumerator, or its name in lower case as a string; throws InvalidInput listing what is allowed.
template <class E>
[[nodiscard]] E choice(const py::handle& value, const char* argument) {
  const py::object type = py::type::of(py::cast(E{}));
  if (py::isinstance(value, type)) return value.cast<E>();
  const py::dict members = type.attr("__members__");
  std::string allowed;
  for (const auto& [name, member] : members) {
    auto lower = name.template cast<std::string>();
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (py::isinstance<py::str>(value) && value.cast<std::string>() == lower) return member.template cast<E>();
    if (!allowed.empty()) allowed += ", ";
    allowed += '"' + lower + '"';
  }
  const auto shown = py::repr(value).cast<std::string>();
  throw InvalidInput(std::string(argument) + "=" + shown + " must be one of " + allowed,
                     std::string(argument) + "=" + shown + " 必须是以下之一：" + allowed);
}

void register_errors();
void bind_random(py::module_& module);
void bind_level(py::module_& module);
void bind_rules(py::module_& module);
void bind_hierarchy(py::module_& module);
void bind_graph(py::module_& module);
void bind_problem(py::module_& module);
void bind_diagnose(py::module_& module);
void bind_enumerate(py::module_& module);
void bind_certify(py::module_& module);
void bind_bound(py::module_& module);
void bind_solve(py::module_& module);
void bind_recom(py::module_& module);
void bind_assessment(py::module_& module);
void bind_certification(py::module_& module);
void bind_facilities(py::module_& module);
void bind_network(py::module_& module);
void bind_organisations(py::module_& module);
void bind_partition_report(py::module_& module);
void bind_percent_audit(py::module_& module);
void bind_residents(py::module_& module);
void bind_restructure(py::module_& module);
void bind_sampling(py::module_& module);
void bind_shortfall(py::module_& module);
void bind_stars(py::module_& module);
void bind_targets(py::module_& module);
void bind_visiting(py::module_& module);

}  // namespace shequ::python

// SPDX-License-Identifier: BSD-3-Clause
#include <chrono>
#include <future>
#include <stop_token>
#include <string>

#include "arguments.hpp"
#include "common.hpp"
#include "shequ/districting/bound.hpp"

namespace shequ::python {

namespace {

/// Works on a thread of its own, so that Ctrl-C reaches this one and ends it: the best bound so far is returned.
[[nodiscard]] ObjectiveBound bound_of(const Problem& problem, Argument<double, "time_limit_s"> time_limit_s,
                                      Argument<std::optional<std::int64_t>, "target"> target) {
  const py::gil_scoped_release release;
  std::stop_source stop;
  const BoundOptions options{time_limit_s, target.value, stop.get_token()};
  std::future<ObjectiveBound> found = std::async(std::launch::async, [&] { return lower_bound(problem, options); });
  while (found.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
    const py::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() == 0) continue;
    stop.request_stop();
    if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt) == 0) throw py::error_already_set();
    PyErr_Clear();
  }
  return found.get();
}

}  // namespace

void bind_bound(py::module_& module) {
  py::class_<ObjectiveBound>(module, "ObjectiveBound", "A proven lower bound.")
      .def_readonly("value", &ObjectiveBound::value, "No plan that keeps all rules has a lower objective.")
      .def_property_readonly(
          "argument", [](const ObjectiveBound& bound) { return std::string(to_string(bound.argument)); },
          "Why no plan goes below: that of the largest share, for example \"flow\" or \"steps\".")
      .def("__repr__", [](const ObjectiveBound& bound) {
        return "ObjectiveBound(value=" + std::to_string(bound.value) + ", argument=\"" +
               std::string(to_string(bound.argument)) + "\")";
      });

  module.def("lower_bound", &bound_of, "problem"_a, py::kw_only(), "time_limit_s"_a = 0.0, "target"_a = py::none());
}

}  // namespace shequ::python

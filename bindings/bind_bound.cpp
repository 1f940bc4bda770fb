// SPDX-License-Identifier: BSD-3-Clause
#include <optional>
#include <string>
#include <utility>

#include "arguments.hpp"
#include "background.hpp"
#include "shequ/districting/bound.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] ObjectiveBound bound_of(const Problem& problem, Argument<double, "time_limit_s"> time_limit_s,
                                      Argument<std::optional<std::int64_t>, "target"> target) {
  return run_until_interrupted([&](std::stop_token stop) {
    return lower_bound(problem, BoundOptions{time_limit_s, target.value, std::move(stop)});
  });
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

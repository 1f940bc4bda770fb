// SPDX-License-Identifier: BSD-3-Clause
#include <cstdint>
#include <utility>

#include "arguments.hpp"
#include "arrays.hpp"
#include "background.hpp"
#include "shequ/districting/enumerate.hpp"

namespace shequ::python {

void bind_enumerate(py::module_& module) {
  module.def(
      "enumerate_plans",
      [](const Problem& problem, Argument<std::int64_t, "limit"> limit) {
        EnumerateOptions options;
        options.limit = limit;
        PlanList plans = run_until_interrupted([&](std::stop_token stop) {
          options.stop = std::move(stop);
          return enumerate_plans(problem, options);
        });
        const auto nodes = static_cast<py::ssize_t>(problem.graph->num_nodes());
        return py::make_tuple(moved(std::move(plans.labels), {static_cast<py::ssize_t>(plans.count), nodes}),
                              plans.complete);
      },
      "problem"_a, "limit"_a);
}

}  // namespace shequ::python

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "common.hpp"
#include "shequ/districting/plan.hpp"
#include "shequ/districting/problem.hpp"
#include "shequ/districting/solve.hpp"

namespace shequ::python {

/// solve() with a term that a Python function computes from scratch: labels in, a whole number out. Call with the GIL
/// released.
[[nodiscard]] Plan solve_with_function(const Problem& problem, const py::object& function, const SolveOptions& options);

}  // namespace shequ::python

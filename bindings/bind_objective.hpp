// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "common.hpp"
#include "shequ/districting/objective.hpp"

namespace shequ::python {

/// The objective of this name with its columns and numbers, as `shequ.objectives` hands them over: keys are the names
/// of the C++ members. Throws InvalidInput for an unknown name or key.
[[nodiscard]] Objective read_objective(const std::string& name, const py::dict& values);

}  // namespace shequ::python

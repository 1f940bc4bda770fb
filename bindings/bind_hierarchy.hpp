// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "common.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ::python {

void bind_rollup(py::class_<Hierarchy>& hierarchy);
void bind_audit(py::module_& module, py::class_<Hierarchy>& hierarchy);

}  // namespace shequ::python

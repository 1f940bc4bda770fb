// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "common.hpp"

namespace shequ::python {

void bind_cells(py::module_& module);

}  // namespace shequ::python

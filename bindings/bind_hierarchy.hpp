// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>

#include "common.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ::python {

[[nodiscard]] inline std::optional<UnitId> unit_or_none(UnitId unit) {
  return unit == no_unit ? std::nullopt : std::optional(unit);
}

void bind_rollup(py::class_<Hierarchy>& hierarchy);
void bind_audit(py::module_& module, py::class_<Hierarchy>& hierarchy);

}  // namespace shequ::python

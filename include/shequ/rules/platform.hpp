// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/hierarchy/rollup.hpp"

namespace shequ {

/// Link status of every unit (区、镇、社区三级联网): a unit is linked when it and all units below it are connected.
/// 0 where one of them is known not to be; missing where none is, but of some it is not known. O(n).
[[nodiscard]] Column<std::uint8_t> link_status(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& connected);

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/platform.hpp"

#include <cstddef>

#include "columns.hpp"

namespace shequ {

Column<std::uint8_t> link_status(const Hierarchy& hierarchy, const ColumnView<std::uint8_t>& connected) {
  const auto size = static_cast<std::size_t>(hierarchy.size());
  detail::check_column("connected", connected, size);
  Column<std::uint8_t> linked;
  linked.values.assign(size, 0);
  linked.missing.assign(size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    linked.missing[i] = detail::is_missing(connected, i) ? 1 : 0;
    linked.values[i] = linked.missing[i] == 0 && connected.values[i] != 0 ? 1 : 0;
  }
  // Children stand after their parents: from the back, each unit is complete when it reaches its parent. Not connected
  // below beats not known.
  for (std::size_t i = size; i-- > 0;) {
    const UnitId above = hierarchy.parent(static_cast<UnitId>(i));
    if (above == no_unit) continue;
    const auto parent = static_cast<std::size_t>(above);
    if (linked.values[i] == 0 && linked.missing[i] == 0) {
      linked.values[parent] = 0;
      linked.missing[parent] = 0;
    } else if (linked.missing[i] != 0 && linked.values[parent] != 0) {
      linked.values[parent] = 0;
      linked.missing[parent] = 1;
    }
  }
  bool any = false;
  for (const std::uint8_t missing : linked.missing) any = any || missing != 0;
  if (!any) linked.missing.clear();
  return linked;
}

}  // namespace shequ

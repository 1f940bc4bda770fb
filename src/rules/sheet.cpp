// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/sheet.hpp"

#include <cstddef>

#include "sheet_writer.hpp"

namespace shequ {

std::size_t DistrictSheet::group(Measure measure) noexcept {
  return detail::group_of[static_cast<std::size_t>(measure)];
}

DistrictSheet district_sheet(const Hierarchy& hierarchy, const SheetColumns& columns, const SheetRules& rules) {
  DistrictSheet sheet;
  detail::SheetWriter(hierarchy, columns, rules, sheet).write_all();
  return sheet;
}

}  // namespace shequ

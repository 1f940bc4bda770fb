// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

#include "sheet_plan.hpp"
#include "sheet_range.hpp"
#include "shequ/rules/sheet.hpp"
#include "subtree_sums.hpp"

namespace shequ::detail {

/// Writes a sheet: its ranges of units, each by a thread, and then what reaches over their ends.
class SheetWriter {
 public:
  SheetWriter(const Hierarchy& tree, const SheetColumns& columns, const SheetRules& rules, DistrictSheet& sheet);

  void write(std::int32_t threads);

 private:
  /// Sums of units above communities: of a community below a community the town's only.
  [[nodiscard]] bool is_above(const Hierarchy::Family& family) const {
    return tree_.levels()[at(family.unit)] != Level::community;
  }
  void make_room();
  [[nodiscard]] SheetMemory memory();
  void join_sums(const std::vector<SheetRange>& ranges, std::size_t measure);
  void join_unknown(const std::vector<SheetRange>& ranges, const SheetMemory& memory, SheetGroup group);
  void check_totals(std::size_t measure, std::uint64_t bits);

  const Hierarchy& tree_;
  const SheetColumns& columns_;
  SheetPlan plan_;
  DistrictSheet& sheet_;
  std::vector<std::int32_t> rank_of_mark_;  ///< position among the units above communities, -1 of other marks
};

}  // namespace shequ::detail

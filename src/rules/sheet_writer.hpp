// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>

#include "sheet_builder.hpp"
#include "shequ/detail/large_vector.hpp"
#include "shequ/rules/sheet.hpp"

namespace shequ::detail {

/// Writes the measures of a sheet, rule by rule.
class SheetWriter {
 public:
  SheetWriter(const Hierarchy& hierarchy, const SheetColumns& columns, const SheetRules& rules, DistrictSheet& sheet)
      : builder_(hierarchy, columns, rules), columns_(columns), rules_(rules), sheet_(sheet) {}

  void write_all();

 private:
  using Values = LargeVector<std::int64_t>;
  using States = LargeVector<CellState>;

  void write_staffing();
  template <class Rule>
  void write_posts(const Rule& rule);
  void write_balance();
  void write_funding();
  void write_shares();
  void write_unpaid();
  void write_certification();
  void write_area(const std::optional<FacilityRule>& rule, const SheetCounts& have, CellState absent, SheetGroup group,
                  Measure measure);
  void write_grids();
  void write_visits();
  /// The measures of a group are not computed.
  void write_without_rule(SheetGroup group);

  [[nodiscard]] Values& values(Measure measure) { return sheet_.values_[static_cast<std::size_t>(measure)]; }
  [[nodiscard]] States& states(SheetGroup group) { return sheet_.states_[group]; }

  const SheetBuilder builder_;
  const SheetColumns& columns_;
  const SheetRules& rules_;
  DistrictSheet& sheet_;
};

}  // namespace shequ::detail

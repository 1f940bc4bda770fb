// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "name_checks.hpp"
#include "rollup_detail.hpp"
#include "shequ/hierarchy/audit.hpp"

namespace shequ {

namespace {

using detail::at;

void check_households(const Hierarchy& hierarchy, const ColumnView<std::int64_t>& households) {
  detail::check_column(hierarchy, households);
  for (std::size_t i = 0; i < households.values.size(); ++i) {
    // Below 2^31 as everywhere, so that the sums of any tree fit.
    if (detail::is_missing(households, i)) continue;
    if (households.values[i] < 0 || households.values[i] > std::numeric_limits<std::int32_t>::max()) {
      detail::throw_argument("households[" + std::to_string(i) + "]", households.values[i], "in [0, 2147483647]",
                             "在 [0, 2147483647] 之间");
    }
  }
}

class GridAuditor {
 public:
  GridAuditor(const Hierarchy& hierarchy, const ColumnView<std::int64_t>& households)
      : hierarchy_(hierarchy), households_(households) {}

  [[nodiscard]] GridCoverage run() && {
    for (UnitId unit = 0; unit < hierarchy_.size(); ++unit) {
      if (hierarchy_.level(unit) == Level::community) check_community(unit);
    }
    std::ranges::stable_sort(coverage_.findings, {}, &Finding::unit);
    return std::move(coverage_);
  }

 private:
  void check_community(UnitId unit) {
    CommunityCoverage entry;
    entry.community = unit;
    entry.households = detail::is_missing(households_, at(unit)) ? -1 : households_.values[at(unit)];
    const UnitSlice below = hierarchy_.subtree(unit);
    for (UnitId grid = below.begin + 1; grid < below.end; ++grid) {
      if (hierarchy_.level(grid) != Level::grid) continue;
      ++entry.grids;
      if (detail::is_missing(households_, at(grid))) {
        ++entry.unknown_grids;
        add(FindingKind::households_unknown, grid, unit, "has no number of households", "没有户数");
      } else {
        entry.grid_households += households_.values[at(grid)];
      }
    }
    if (entry.grids == 0) {
      add(FindingKind::community_without_grids, unit, no_unit, "has no grid", "没有划分网格");
    }
    compare(entry);
    coverage_.uncovered += entry.uncovered;
    coverage_.double_counted += entry.double_counted;
    coverage_.communities.push_back(entry);
  }

  void compare(CommunityCoverage& entry) {
    if (entry.households < 0) return;
    const std::int64_t difference = entry.households - entry.grid_households;
    const std::string stated = std::to_string(entry.households);
    const std::string summed = std::to_string(entry.grid_households);
    if (difference > 0 && entry.unknown_grids == 0) {
      entry.uncovered = difference;
      const std::string left = std::to_string(difference);
      add(FindingKind::households_uncovered, entry.community, no_unit,
          "has " + stated + " households and its grids " + summed + ": " + left + " are in no grid",
          "有 " + stated + " 户，各网格合计 " + summed + " 户，有 " + left + " 户不在任何网格");
    } else if (difference < 0) {
      entry.double_counted = -difference;
      const std::string more = std::to_string(-difference);
      add(FindingKind::households_double, entry.community, no_unit,
          "has " + stated + " households and its grids " + summed + ": " + more + " are counted twice or too many",
          "有 " + stated + " 户，各网格合计 " + summed + " 户，多出 " + more + " 户（重复或多计）");
    }
  }

  void add(FindingKind kind, UnitId unit, UnitId other, const std::string& english, const std::string& chinese) {
    const std::string who = detail::unit_title(hierarchy_, unit);
    const bool unsure = kind == FindingKind::households_unknown || kind == FindingKind::community_without_grids;
    coverage_.findings.push_back({kind, unsure ? Severity::warning : Severity::error, unit, other,
                                  hierarchy_.rows()[at(unit)], who + " " + english, who + " " + chinese});
  }

  const Hierarchy& hierarchy_;
  const ColumnView<std::int64_t>& households_;
  GridCoverage coverage_;
};

}  // namespace

GridCoverage audit_grids(const Hierarchy& hierarchy, const ColumnView<std::int64_t>& households) {
  check_households(hierarchy, households);
  return GridAuditor(hierarchy, households).run();
}

}  // namespace shequ

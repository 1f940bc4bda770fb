// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/detail/index.hpp"
#include "shequ/detail/large_vector.hpp"
#include "shequ/fwd.hpp"
#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/certification.hpp"
#include "shequ/rules/facilities.hpp"
#include "shequ/rules/funding.hpp"
#include "shequ/rules/norms.hpp"
#include "shequ/rules/staffing_norm.hpp"
#include "shequ/rules/visiting.hpp"

namespace shequ {

namespace detail {
class SheetWriter;
}

/// What is known of the communities: columns aligned with the units of a Hierarchy, empty where nothing is known. Only
/// what stands at communities is read.
struct SheetColumns {
  ColumnView<std::uint8_t> setting{};        ///< 0 urban, 1 rural
  ColumnView<std::int64_t> households{};     ///< of the kind that SheetRules::household_basis names
  ColumnView<std::int64_t> dwellings{};      ///< 套
  ColumnView<std::int64_t> residents{};      ///< 常住人口
  ColumnView<std::int64_t> workers{};        ///< persons, each counted once
  ColumnView<std::int64_t> certified{};      ///< of these, holders of a certificate that counts
  ColumnView<std::int64_t> office_dm2{};     ///< premises, 100 dm2 to a m2
  ColumnView<std::int64_t> outdoor_dm2{};    ///< outdoor activity area
  ColumnView<std::int64_t> funding_class{};  ///< class of a FundingRule with supplements by class
  ColumnView<std::int64_t> paid_fen{};       ///< money that has arrived
};

/// The rules of a sheet; what is not given is not computed. Nothing is assumed that the sources leave open.
struct SheetRules {
  /// Which kind of households the column holds: must be given with it.
  std::optional<Basis> household_basis;
  /// Apply rules also to communities of the other setting.
  bool every_setting{false};
  std::optional<StaffingNorm> staffing;
  std::optional<FundingRule> funding;
  std::optional<FundingShares> shares;  ///< who pays the grants
  std::optional<CertificationRule> urban_certification;
  std::optional<CertificationRule> rural_certification;
  std::optional<FacilityRule> premises;
  std::optional<FacilityRule> outdoor;
  std::optional<GridSize> grid_size;
  std::optional<VisitRule> visits;
};

/// Columns of the sheet. All but visit_weeks add up over communities.
enum class Measure : std::uint8_t {
  posts,           ///< 应配人数, the fewest where the norm gives a range
  posts_most,      ///< the most
  shortage,        ///< max(0, posts - workers)
  surplus,         ///< max(0, workers - posts_most)
  grant,           ///< fen
  grant_town,      ///< fen that the town pays
  grant_district,  ///< fen that the district pays
  unpaid,          ///< fen: max(0, grant - paid)
  certificates,    ///< certificates that the community lacks by itself
  premises_gap,    ///< dm2
  outdoor_gap,     ///< dm2
  grids,           ///< fewest grids
  grids_most,      ///< most grids
  visit_weeks      ///< weeks until every household is visited once
};
inline constexpr std::size_t num_measures = 14;

[[nodiscard]] std::string_view to_string(Measure measure, Language language = Language::en) noexcept;

/// Why a cell of the sheet has its number, or none.
enum class CellState : std::uint8_t {
  computed,        ///< by the rule
  total,           ///< a unit above communities: the sum of theirs
  not_applicable,  ///< the rule is for the other setting
  no_rule,         ///< no rule was given
  not_additive,    ///< a unit above communities, and a measure that does not add up
  // Unknown from here on: the total above counts the community as unknown.
  no_setting,
  no_households,
  no_dwellings,
  no_residents,
  no_workers,
  no_certified,
  no_office,
  no_outdoor,
  no_funding_class,
  no_paid,
  not_covered,  ///< the norm has no answer for a community of this size
  infeasible,   ///< no number of grids fits the bounds
  nobody,       ///< there are households to visit and no workers
  none_known    ///< a unit above communities: none of theirs is known that should be
};

/// True where there is a number.
[[nodiscard]] constexpr bool has_value(CellState state) noexcept { return state <= CellState::total; }
/// True where there should be a number and is none.
[[nodiscard]] constexpr bool is_unknown(CellState state) noexcept { return state >= CellState::no_setting; }
[[nodiscard]] std::string_view to_string(CellState state, Language language = Language::en) noexcept;

/// The sheet of a district, or of a whole country: for every unit and measure a number, or why there is none.
///
/// A community has its own numbers; a unit above has the sums over the communities of its subtree that have one, and
/// the count of those that should and do not; no sum where none has one that should. Never is a rule applied to a sum.
class DistrictSheet {
 public:
  [[nodiscard]] const SheetRules& rules() const noexcept { return rules_; }
  [[nodiscard]] UnitId size() const noexcept { return size_; }

  /// Numbers of all units, 0 where there is none. Measures that are always equal share one column.
  [[nodiscard]] std::span<const std::int64_t> values(Measure measure) const noexcept {
    return {values_.data() + values_of_[static_cast<std::size_t>(measure)] * stride(), detail::at(size_)};
  }
  [[nodiscard]] std::span<const CellState> states(Measure measure) const noexcept {
    return {states_.data() + states_of(measure) * stride(), detail::at(size_)};
  }
  /// Communities of the subtree whose number should be there and is not; of a community 1 or 0. O(log units).
  [[nodiscard]] std::int32_t unknown(Measure measure, UnitId unit) const;
  /// The same of all units. O(units).
  [[nodiscard]] std::vector<std::int32_t> unknown(Measure measure) const;

  /// Measures that are there or not together.
  static constexpr std::size_t num_groups = 10;
  [[nodiscard]] static std::size_t group(Measure measure) noexcept;

 private:
  friend class detail::SheetWriter;

  [[nodiscard]] std::size_t states_of(Measure measure) const noexcept { return states_of_[group(measure)]; }
  /// Entries from one column to the next. Columns that are written side by side must not begin at the same place of a
  /// page each, where the processor's cache keeps few lines.
  [[nodiscard]] std::size_t stride() const noexcept { return (detail::at(size_) + 7) / 8 * 8 + 136; }

  SheetRules rules_;
  UnitId size_{};
  std::array<std::uint8_t, num_measures> values_of_{};  ///< which of the columns are a measure's
  std::array<std::uint8_t, num_groups> states_of_{};    ///< and a group's
  // One piece of memory each: of many columns of a million bytes, most of a large page would be got for nothing.
  detail::LargeVector<std::int64_t> values_;
  detail::LargeVector<CellState> states_;
  std::vector<UnitId> above_;  ///< units above communities, ascending
  /// Unknown communities of those, with the states.
  std::array<std::vector<std::int32_t>, num_groups> unknown_;
};

/// Computes everything that the columns and rules allow. Throws InvalidInput naming the first community (by its code)
/// and value that is negative or out of range, more certified persons than workers, households without a stated basis
/// or of another basis than the norm's, and a total that does not fit. O(units). `threads`, 1 to 1024, change the time
/// and nothing else; a rule is computed by one, so that more than seven do not help.
[[nodiscard]] DistrictSheet district_sheet(const Hierarchy& hierarchy, const SheetColumns& columns,
                                           const SheetRules& rules, int threads = 1);

/// One cell in words: "7 posts: 4 + 3 full steps of 250 over 1,000; norm staff.wujin2012, floor". `columns` are those
/// of the sheet.
[[nodiscard]] std::string explain(const DistrictSheet& sheet, const SheetColumns& columns, Measure measure, UnitId unit,
                                  Language language = Language::en);

}  // namespace shequ

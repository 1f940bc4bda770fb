// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_info.hpp"

// Areas are whole square decimetres (100 dm2 = 1 m2), so that 399.5 m2 is exact and gaps add up to the unit.

namespace shequ {

/// What an area in proportion to households counts for a hundred that is begun.
enum class AreaRounding : std::uint8_t {
  pro_rata,     ///< in proportion: 2650 households at 30 m2 per 100 need 795 m2
  started_step  ///< every started step in full: 810 m2
};

[[nodiscard]] std::string_view to_string(AreaRounding rounding) noexcept;

/// Least area of a facility of a community: premises (用房面积), outdoor activity area (户外活动场所).
///
///   need(h) = max(least_m2, step_m2 * h / step_households)
///
///   at least 400 m2, and 30 m2 per 100 households:  1333 -> 400   1334 -> 400.2   2600 -> 780
struct FacilityRule : RuleInfo {
  Fraction least_m2{};                ///< m2 of the smallest community, 0 or more
  Fraction step_m2{};                 ///< m2 per step_households; 0: the same for communities of any size
  std::int64_t step_households{100};  ///< 1 to 1,000,000
  AreaRounding rounding{AreaRounding::pro_rata};

  /// True where the need depends on the households.
  [[nodiscard]] bool per_household() const noexcept { return step_m2 != 0; }
  /// Area that a community of `households` needs, dm2, rounded up to a whole one.
  [[nodiscard]] std::int64_t need_dm2(std::int64_t households) const;
  /// max(0, need - have).
  [[nodiscard]] std::int64_t gap_dm2(std::int64_t have_dm2, std::int64_t households) const;
  /// Throws InvalidInput naming the first parameter that is out of range.
  void validate() const;
  friend bool operator==(const FacilityRule&, const FacilityRule&) = default;
};

/// Largest area that one facility may have, dm2: 10,000 km2 are a slip of units.
inline constexpr std::int64_t max_area_dm2 = 1'000'000'000'000;

/// Gaps of a column of communities, dm2. Households may be missing where the rule does not depend on them. Returns
/// whether some gap is missing. Throws InvalidInput naming the first entry that is no area or no count.
bool facility_gaps(const FacilityRule& rule, const ColumnView<std::int64_t>& have_dm2,
                   const ColumnView<std::int64_t>& households, const ColumnTarget<std::int64_t>& gaps);

/// How a gap is closed (异地新建 | 资源整合 | 共享).
enum class RemedyKind : std::uint8_t { new_build, consolidate, share };

[[nodiscard]] std::string_view to_string(RemedyKind kind, Language language = Language::en) noexcept;

/// One offer to close a gap; taken once or not at all.
struct Remedy {
  std::string name;
  RemedyKind kind{RemedyKind::new_build};
  std::int64_t area_dm2{};
  std::int64_t cost_fen{};
  friend bool operator==(const Remedy&, const Remedy&) = default;
};

/// The cheapest offers that close a gap.
struct RemedyPlan {
  bool closes{};                     ///< false: all offers together do not close it; then all are chosen
  std::vector<std::int32_t> chosen;  ///< positions of the offers, ascending
  std::int64_t gap_dm2{};            ///< what was asked for
  std::int64_t area_dm2{};           ///< what the chosen offers add
  std::int64_t cost_fen{};           ///< what they cost
  std::int64_t remaining_dm2{};      ///< what is still lacking
  friend bool operator==(const RemedyPlan&, const RemedyPlan&) = default;
};

/// The set of offers of least cost whose areas add up to the gap or more; of equal cost, the one with fewer offers,
/// then with more area. Exact: keeps for every area the cheapest set, O(offers x min(2^offers, gap)) time. Throws
/// InvalidInput for a negative area or cost, more than 200 offers, and where costs overflow.
[[nodiscard]] RemedyPlan cheapest_remedies(std::int64_t gap_dm2, std::span<const Remedy> offers);

/// What each user of shared premises may count: its agreed share of the area, rounded down to a dm2. Throws
/// InvalidInput where a share is not in [0, 1] or they add up to more than 1.
[[nodiscard]] std::vector<std::int64_t> shared_areas(std::int64_t area_dm2, std::span<const Fraction> shares);

/// A lump sum for several sites. Nothing divides it among them unless shares are agreed.
struct Investment {
  std::string name;
  std::int64_t amount_fen{};
  std::vector<std::string> sites;

  /// What each site gets, in the order of `sites`: largest remainders, adds up to the fen. Throws InvalidInput unless
  /// there is one share a site and they add up to 1.
  [[nodiscard]] std::vector<std::int64_t> divided(std::span<const Fraction> shares) const;
  void validate() const;
  friend bool operator==(const Investment&, const Investment&) = default;
};

/// Sum of investments, fen.
[[nodiscard]] std::int64_t total_investment(std::span<const Investment> investments);

}  // namespace shequ

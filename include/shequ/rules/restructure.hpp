// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/facilities.hpp"
#include "shequ/rules/grid_count.hpp"
#include "shequ/rules/rule_info.hpp"
#include "shequ/rules/staffing.hpp"

namespace shequ {

/// Size of a community (社区规模) that calls for a change: 北京 2020 merges below 500 and adjusts above 3,000
/// households.
struct SizeRule : RuleInfo {
  std::optional<std::int64_t> merge_below;   ///< fewer households than this: merge
  std::optional<std::int64_t> adjust_above;  ///< more than this: split

  /// Throws InvalidInput where neither is given, one is out of range, or merge_below is above adjust_above.
  void validate() const;
  friend bool operator==(const SizeRule&, const SizeRule&) = default;
};

/// What is proposed. The district decides, after the residents agree; nothing here decides.
enum class ChangeKind : std::uint8_t {
  merge,  ///< 撤并
  split,  ///< 分设
  adjust  ///< 调整边界
};

/// Why. The last four are defects that force an adjustment (北京 2020), told by the caller.
enum class ChangeReason : std::uint8_t {
  too_small,
  too_large,
  borders_unclear,
  parts_not_touching,
  overlap,
  unmanaged_gap
};

[[nodiscard]] std::string_view to_string(ChangeKind kind, Language language = Language::en) noexcept;
[[nodiscard]] std::string_view to_string(ChangeReason reason, Language language = Language::en) noexcept;

/// One proposal.
struct ChangeCandidate {
  ChangeKind kind{};
  std::vector<std::int32_t> communities;  ///< ascending
  std::int64_t households{};              ///< of all of them together
  std::int64_t parts{1};                  ///< communities afterwards
  std::vector<ChangeReason> reasons;
  friend bool operator==(const ChangeCandidate&, const ChangeCandidate&) = default;
};

/// Bits of `defects`, one a ChangeReason from borders_unclear on.
inline constexpr std::uint8_t defect_borders_unclear = 1;
inline constexpr std::uint8_t defect_parts_not_touching = 2;
inline constexpr std::uint8_t defect_overlap = 4;
inline constexpr std::uint8_t defect_unmanaged_gap = 8;

/// Proposals and what has none.
struct ChangeProposals {
  std::vector<ChangeCandidate> candidates;  ///< by kind, then by the communities
  std::vector<std::int32_t> unsolved;       ///< too small, and no neighbour with which the rule holds
  std::vector<std::int32_t> unknown;        ///< without households
  RuleId rule;
  friend bool operator==(const ChangeProposals&, const ChangeProposals&) = default;
};

/// Merges of every community that is too small with each neighbour of its town where together they are not too large;
/// splits of every community that is too large into the fewest parts that are not; adjustments for defects.
///
/// `neighbours` are pairs of communities that touch, in either direction; `town` gives the town of each, empty: all in
/// one; `defects` gives the bits of each, empty: none. Throws InvalidInput for communities that there are not.
[[nodiscard]] ChangeProposals propose_changes(const SizeRule& rule, const ColumnView<std::int64_t>& households,
                                              std::span<const std::pair<std::int32_t, std::int32_t>> neighbours,
                                              std::span<const std::int32_t> town = {},
                                              std::span<const std::uint8_t> defects = {});

/// Rules by which the effects of a change are computed; what is not given is not computed.
struct EffectRules {
  std::optional<StaffingRule> staffing;
  std::function<std::int64_t(std::int64_t)> grant_fen;  ///< fen of a community of so many households
  std::optional<FacilityRule> premises;
  std::optional<std::pair<std::int64_t, std::int64_t>> grid_size;  ///< least and most households of a grid
};

/// A number before and after.
struct BeforeAfter {
  std::int64_t before{};
  std::int64_t after{};
  [[nodiscard]] constexpr std::int64_t change() const noexcept { return after - before; }
  friend constexpr bool operator==(const BeforeAfter&, const BeforeAfter&) = default;
};

/// What a change does.
struct ChangeEffect {
  std::optional<BeforeAfter> posts;
  std::optional<BeforeAfter> grant_fen;
  std::optional<BeforeAfter> premises_need_dm2;  ///< area needed, not the gap
  std::vector<GridCount> grids_before;           ///< one a community
  std::vector<GridCount> grids_after;
  friend bool operator==(const ChangeEffect&, const ChangeEffect&) = default;
};

/// Effects of turning communities of `before` households into communities of `after` households. Throws InvalidInput
/// where the two do not add up to the same: households are moved, never made.
[[nodiscard]] ChangeEffect change_effect(const EffectRules& rules, std::span<const std::int64_t> before,
                                         std::span<const std::int64_t> after);

/// As even as whole households allow, the larger parts first: how a split is computed while its borders are open.
[[nodiscard]] std::vector<std::int64_t> even_parts(std::int64_t households, std::int64_t parts);

/// A count of units through a change: 20 - 14 + 5 = 11.
struct UnitBalance {
  std::int64_t before{};
  std::int64_t removed{};
  std::int64_t added{};
  std::int64_t after{};
  /// after - (before - removed + added): 0 where the figures agree.
  [[nodiscard]] constexpr std::int64_t difference() const noexcept { return after - (before - removed + added); }
  friend constexpr bool operator==(const UnitBalance&, const UnitBalance&) = default;
};

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "shequ/fwd.hpp"
#include "shequ/hierarchy/level.hpp"
#include "shequ/rules/certification.hpp"
#include "shequ/rules/facilities.hpp"
#include "shequ/rules/funding.hpp"
#include "shequ/rules/grid_size.hpp"
#include "shequ/rules/staffing_norm.hpp"

namespace shequ {

/// What an edit does.
enum class EditKind : std::uint8_t {
  set,       ///< a value of a unit
  add,       ///< so much more, or less
  transfer,  ///< 划拨: so much from one unit to another of its level, such as a building's households to another grid
  set_rule,  ///< a rule for communities
  merge,     ///< 撤并
  split,     ///< 分设
  create,    ///< 新设
  abolish,   ///< 撤销
  move       ///< 划转
};

[[nodiscard]] std::string_view to_string(EditKind kind, Language language = Language::en) noexcept;

/// What a rule of a community computes.
enum class RuleKind : std::uint8_t {
  staffing,       ///< a StaffingNorm: posts, shortage, surplus
  funding,        ///< a FundingRule without classes: the grant
  certification,  ///< a CertificationRule: certificates that are lacking
  premises,       ///< a FacilityRule on the column "office_dm2": the gap
  outdoor,        ///< a FacilityRule on the column "outdoor_dm2"
  grid_size       ///< a GridSize: the fewest grids
};
inline constexpr std::size_t num_rule_kinds = 6;

[[nodiscard]] std::string_view to_string(RuleKind kind, Language language = Language::en) noexcept;

using CommunityRule = std::variant<StaffingNorm, FundingRule, CertificationRule, FacilityRule, GridSize>;

/// Every rule that a community goes by, by kind; nothing: none.
using CommunityRules = std::array<std::optional<CommunityRule>, num_rule_kinds>;

/// A rule for the communities of a subtree, or of those only the ones of a setting. The rule's own applies_to is not
/// asked: who gives a rule to communities says to which.
struct RuleAssignment {
  UnitId scope{0};                      ///< the unit and all below it; 0: all
  std::optional<Setting> setting{};     ///< only communities of this setting; nothing: all
  RuleKind kind{};                      ///< which rule is given
  std::optional<CommunityRule> rule{};  ///< of the kind's type; nothing: none of this kind from here on
  friend bool operator==(const RuleAssignment&, const RuleAssignment&) = default;
};

/// One part of a unit that is split.
struct SplitPart {
  std::string name;
  std::string code;  ///< empty: "new-1", "new-2", ...: an official code is given by others
  /// Column and value. Every column in which the unit has a value must be there, and the parts must add up to it.
  std::vector<std::pair<std::string, std::int64_t>> values;
  std::vector<UnitId> children;  ///< units below the one that is split; each goes to one part
  friend bool operator==(const SplitPart&, const SplitPart&) = default;
};

/// One edit, with everything that is needed to do it again on the same base.
struct Edit {
  EditKind kind{};
  std::vector<UnitId> units;          ///< the units edited; of create, the parent; of transfer, who gives
  std::string column;                 ///< set, add
  std::optional<std::int64_t> value;  ///< set: nothing makes the value missing; add: the difference
  RuleAssignment rule;                ///< set_rule
  UnitId target{no_unit};             ///< move: the new parent; transfer: who gets
  std::vector<SplitPart> parts;       ///< split: all parts; merge and create: name and code of the new unit; transfer:
                                      ///< the values of one
  Level level{};                      ///< create
  std::optional<Setting> setting;     ///< create
  std::vector<UnitId> made;           ///< units that the edit made
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// How units went over into others: ids live on, codes get successors.
struct Succession {
  EditKind kind{};
  std::vector<UnitId> before;  ///< none: create
  std::vector<UnitId> after;   ///< none: abolish; of move the unit itself
  std::int64_t edit{};         ///< number of the edit, from 1
  friend bool operator==(const Succession&, const Succession&) = default;
};

/// What is derived for every unit beside the sums of the columns.
enum class ScenarioMeasure : std::uint8_t {
  communities,   ///< how many there are
  posts,         ///< 应配人数, the fewest where the norm gives a range; by community, added up, never by a total
  shortage,      ///< sum over communities of max(0, posts - workers)
  surplus,       ///< sum over communities of max(0, workers - the most posts)
  grant,         ///< fen
  certificates,  ///< that communities lack, each by itself; one with more holders than workers lacks none
  premises_gap,  ///< dm2
  outdoor_gap,   ///< dm2
  grids          ///< fewest grids; a community that no number of grids fits has none
};
inline constexpr std::size_t num_scenario_measures = 9;

/// The kind of rule that a measure comes from; nothing: none is needed.
[[nodiscard]] std::optional<RuleKind> kind_of(ScenarioMeasure measure) noexcept;

[[nodiscard]] std::string_view to_string(ScenarioMeasure measure, Language language = Language::en) noexcept;

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/hierarchy/rollup.hpp"

namespace shequ {

/// How much a finding matters.
enum class Severity : std::uint8_t {
  note,     ///< legitimate, but worth knowing
  warning,  ///< to be looked at by a person
  error     ///< wrong: to be corrected where the data come from
};

/// What an audit found at a unit. Nothing is ever repaired.
enum class FindingKind : std::uint8_t {
  level_order,              ///< level, by column or by code, is not below that of the parent
  code_level,               ///< the level column and the code disagree
  code_parent,              ///< the code lies below another unit than the parent
  skipped_level,            ///< a required level is missing between the unit and its parent
  no_children,              ///< a unit that should have children has none
  community_without_grids,  ///< in a tree with grids, a community without any
  kind_name,                ///< the kind by the range of the code and the end of the name disagree
  suspicious_character,     ///< '?', private use, U+FFFD or a control character in the name
  same_name,                ///< the same name as an earlier sibling
  households_unknown,       ///< a grid without a number of households
  households_uncovered,     ///< the grids of a community hold fewer households than the community
  households_double         ///< the grids of a community hold more households than the community
};

/// One thing found.
struct Finding {
  FindingKind kind{};
  Severity severity{};
  UnitId unit{no_unit};
  UnitId other_unit{no_unit};  ///< the unit it disagrees with
  std::int64_t row{-1};        ///< row of the input that the unit came from
  std::string english;
  std::string chinese;

  [[nodiscard]] const std::string& message(Language language = Language::en) const noexcept {
    return language == Language::zh ? chinese : english;
  }
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// The three-level link (区、镇、社区三级联动): who is tied to whom without a gap.
struct LinkSummary {
  std::int64_t districts{};
  std::int64_t towns{};
  std::int64_t communities{};
  std::int64_t linked_districts{};    ///< with at least one town, every town linked
  std::int64_t linked_towns{};        ///< below a district and with at least one community
  std::int64_t linked_communities{};  ///< child of a town that is below a district
  friend bool operator==(const LinkSummary&, const LinkSummary&) = default;
};

/// What audit() found, in pre-order.
struct AuditReport {
  std::vector<Finding> findings;
  LinkSummary link;

  [[nodiscard]] std::int64_t count(FindingKind kind) const noexcept;
  [[nodiscard]] std::int64_t count(Severity severity) const noexcept;
};

/// Looks for gaps and contradictions: every kind but those of households. A unit that breaks the level order is not
/// reported for its code's parent as well. Complexity: O(n).
[[nodiscard]] AuditReport audit(const Hierarchy& hierarchy);

/// Households of one community against those of its grids.
struct CommunityCoverage {
  UnitId community{no_unit};
  std::int64_t grids{};
  std::int64_t households{};       ///< of the community; -1: missing
  std::int64_t grid_households{};  ///< sum of the grids' known households
  std::int64_t uncovered{};        ///< households of the community in no grid
  std::int64_t double_counted{};   ///< households in the grids above those of the community
  std::int64_t unknown_grids{};    ///< grids without a number of households
  friend bool operator==(const CommunityCoverage&, const CommunityCoverage&) = default;
};

/// Whether grids leave households out.
struct GridCoverage {
  std::vector<CommunityCoverage> communities;  ///< every community, in pre-order
  std::vector<Finding> findings;               ///< grid and household kinds, in pre-order
  std::int64_t uncovered{};
  std::int64_t double_counted{};
};

/// Compares the households that each community states with the sum over its grids (units of level grid below it). Where
/// some grid's number is missing, too few households prove nothing, and only the missing number is reported. Throws
/// InvalidInput for a column of another length, and for negative households.
[[nodiscard]] GridCoverage audit_grids(const Hierarchy& hierarchy, const ColumnView<std::int64_t>& households);

[[nodiscard]] std::string_view to_string(Severity severity, Language language = Language::en) noexcept;
[[nodiscard]] std::string_view to_string(FindingKind kind, Language language = Language::en) noexcept;

}  // namespace shequ

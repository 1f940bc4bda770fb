// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/coverage.hpp"
#include "shequ/rules/rule_info.hpp"

namespace shequ {

/// Organisations that a community has or should have (一委一居一站一办). Persons may hold posts in several; so the set
/// says nothing about the number of persons.
struct OrgSet {
  bool party{};      ///< 党组织（一委）
  bool committee{};  ///< 居委会、村委会（一居）
  bool station{};    ///< 社区服务站（一站）
  bool office{};     ///< 综合治理办公室（一办）

  /// One bit each, party first: how a column holds sets.
  [[nodiscard]] constexpr std::uint8_t bits() const noexcept {
    return static_cast<std::uint8_t>((party ? 1U : 0U) | (committee ? 2U : 0U) | (station ? 4U : 0U) |
                                     (office ? 8U : 0U));
  }
  /// Throws InvalidInput for bits above 15.
  [[nodiscard]] static OrgSet from_bits(std::int64_t bits);
  /// True where all organisations of `asked` are there.
  [[nodiscard]] constexpr bool has_all(const OrgSet& asked) const noexcept {
    return (bits() & asked.bits()) == asked.bits();
  }
  /// "一委一居一站" or "party + committee + station".
  [[nodiscard]] std::string text(Language language = Language::en) const;
  friend constexpr bool operator==(const OrgSet&, const OrgSet&) = default;
};

/// Which organisations are asked for: exactly these, since sources count 一委一居一站 and 一委一居一站一办 apart.
struct OrganisationRule : RuleInfo {
  OrgSet asked{};

  /// Throws InvalidInput where nothing is asked for.
  void validate() const;
  friend bool operator==(const OrganisationRule&, const OrganisationRule&) = default;
};

/// Coverage of a column of sets (OrgSet::bits), counting the communities that have all that is asked for.
/// Throws InvalidInput naming the first entry that is no set.
[[nodiscard]] Coverage organisation_coverage(const OrganisationRule& rule, const ColumnView<std::uint8_t>& sets);

/// 1 where a community has all that is asked for; returns whether some community is missing.
bool complete_organisations(const OrganisationRule& rule, const ColumnView<std::uint8_t>& sets,
                            const ColumnTarget<std::uint8_t>& complete);

/// The three coverages of party work (组织覆盖、工作覆盖、凝聚力覆盖), each with its own unknown units.
struct OrgCoverage {
  Coverage organisation;  ///< 一社区一支部: each community has a branch
  Coverage work;
  Coverage cohesion;
  friend constexpr bool operator==(const OrgCoverage&, const OrgCoverage&) = default;
};

/// Columns of truth values, one entry a community.
[[nodiscard]] OrgCoverage org_coverage(const ColumnView<std::uint8_t>& organisation,
                                       const ColumnView<std::uint8_t>& work, const ColumnView<std::uint8_t>& cohesion);

}  // namespace shequ

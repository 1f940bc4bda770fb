// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "shequ/rules/coverage.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_info.hpp"

namespace shequ {

/// Tier of a service network (党员服务中心 | 服务点 | 中心户).
enum class ServiceTier : std::uint8_t { centre, point, household_node };

/// How coverage is measured. The source says "full coverage" and not of what.
enum class CoverageMeasure : std::uint8_t {
  chain,     ///< a community is attached to a node of every required tier
  distance,  ///< enough of its households live near a node
  both
};

/// When a community is covered by a service network.
struct NetworkRule : RuleInfo {
  std::optional<CoverageMeasure> measure;  ///< must be given
  std::array<bool, 3> required{};          ///< tiers that a chain needs: centre, point, household node
  double within_m{0};                      ///< distance, included; above 0 where distance counts
  Fraction least_share{};                  ///< of households within it, (0, 1] where distance counts

  [[nodiscard]] bool by_chain() const noexcept { return measure != CoverageMeasure::distance; }
  [[nodiscard]] bool by_distance() const noexcept { return measure != CoverageMeasure::chain; }
  void validate() const;
  friend bool operator==(const NetworkRule&, const NetworkRule&) = default;
};

/// A community is attached to a node of a tier; as many of these as there are nodes.
struct Attachment {
  std::int32_t community{};
  ServiceTier tier{};
  friend constexpr bool operator==(const Attachment&, const Attachment&) = default;
};

/// Households at a place, in metres of one plane.
struct PlacedHouseholds {
  std::int32_t community{};
  double x_m{};
  double y_m{};
  std::int64_t households{};
  friend constexpr bool operator==(const PlacedHouseholds&, const PlacedHouseholds&) = default;
};

struct ServiceNode {
  double x_m{};
  double y_m{};
  friend constexpr bool operator==(const ServiceNode&, const ServiceNode&) = default;
};

/// Coverage with the communities by name (position) that are not covered.
struct NetworkCoverage {
  Coverage communities;
  std::vector<std::int32_t> uncovered;      ///< ascending
  std::vector<std::uint8_t> missing_tiers;  ///< per community, bit 1 centre, 2 point, 4 household node; by chain only
  std::vector<std::int64_t> households;     ///< per community; by distance only, as the next
  std::vector<std::int64_t> near;           ///< of them within the distance
  std::optional<Fraction> near_share;       ///< of all households
  RuleId rule;
  friend bool operator==(const NetworkCoverage&, const NetworkCoverage&) = default;
};

/// Coverage of communities 0 to num_communities - 1 by the measure of the rule; what it does not use may be empty. A
/// community without households is unknown by distance. Throws InvalidInput for communities that there are not,
/// negative households and coordinates that are no number. O((places + nodes) log nodes) where nodes do not crowd.
[[nodiscard]] NetworkCoverage network_coverage(const NetworkRule& rule, std::int32_t num_communities,
                                               std::span<const Attachment> attachments,
                                               std::span<const PlacedHouseholds> places,
                                               std::span<const ServiceNode> nodes);

}  // namespace shequ

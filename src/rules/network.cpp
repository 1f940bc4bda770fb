// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/network.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "columns.hpp"
#include "shequ/detail/index.hpp"

namespace shequ {

namespace {

void check_community(const std::string& name, std::int32_t community, std::int32_t num_communities) {
  if (community >= 0 && community < num_communities) return;
  const std::string range = "[0, " + std::to_string(num_communities - 1) + "]";
  detail::throw_argument(name + ".community", community, "in " + range, "在 " + range + " 之间");
}

void check_place(const std::string& name, double x_m, double y_m) {
  // Beyond 10^9 m nothing lies on the earth, and squares would lose metres.
  for (const double value : {x_m, y_m}) {
    if (!(std::abs(value) <= 1e9)) {
      detail::throw_argument(name, std::to_string(value), "a coordinate in metres within 10^9",
                             "是不超过 10^9 的坐标（米）");
    }
  }
}

/// Nodes sorted into square cells as wide as the distance: who is near lies in the cell or one of the eight around it.
class NearNodes {
 public:
  NearNodes(std::span<const ServiceNode> nodes, double within_m) : within_m_(within_m) {
    entries_.reserve(nodes.size());
    for (const ServiceNode& node : nodes) entries_.push_back({cell(node.x_m), cell(node.y_m), node});
    std::sort(entries_.begin(), entries_.end(), before);
  }

  [[nodiscard]] bool any(double x_m, double y_m) const {
    for (std::int64_t column = cell(x_m) - 1; column <= cell(x_m) + 1; ++column) {
      const Entry low{column, cell(y_m) - 1, {}};
      const Entry high{column, cell(y_m) + 1, {}};
      const auto first = std::lower_bound(entries_.begin(), entries_.end(), low, before);
      const auto last = std::upper_bound(first, entries_.end(), high, before);
      for (auto entry = first; entry != last; ++entry) {
        const double dx = entry->node.x_m - x_m;
        const double dy = entry->node.y_m - y_m;
        if (dx * dx + dy * dy <= within_m_ * within_m_) return true;
      }
    }
    return false;
  }

 private:
  struct Entry {
    std::int64_t column;
    std::int64_t row;
    ServiceNode node;
  };
  [[nodiscard]] static bool before(const Entry& a, const Entry& b) noexcept {
    return a.column != b.column ? a.column < b.column : a.row < b.row;
  }
  [[nodiscard]] std::int64_t cell(double value) const noexcept {
    return static_cast<std::int64_t>(std::floor(value / within_m_));
  }

  double within_m_;
  std::vector<Entry> entries_;
};

void add_chain(const NetworkRule& rule, std::span<const Attachment> attachments, std::int32_t num_communities,
               NetworkCoverage& result) {
  unsigned required = 0;
  for (std::size_t tier = 0; tier < 3; ++tier) required |= rule.required[tier] ? 1U << tier : 0U;
  result.missing_tiers.assign(detail::at(num_communities), static_cast<std::uint8_t>(required));
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    check_community(detail::entry("attachments", i), attachments[i].community, num_communities);
    std::uint8_t& missing = result.missing_tiers[detail::at(attachments[i].community)];
    missing = static_cast<std::uint8_t>(missing & ~(1U << static_cast<unsigned>(attachments[i].tier)));
  }
}

void add_distance(const NetworkRule& rule, std::span<const PlacedHouseholds> places, std::span<const ServiceNode> nodes,
                  std::int32_t num_communities, NetworkCoverage& result) {
  for (std::size_t i = 0; i < nodes.size(); ++i) check_place(detail::entry("nodes", i), nodes[i].x_m, nodes[i].y_m);
  const NearNodes index(nodes, rule.within_m);
  result.households.assign(detail::at(num_communities), 0);
  result.near.assign(detail::at(num_communities), 0);
  std::int64_t all = 0;
  std::int64_t near = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const PlacedHouseholds& place = places[i];
    const std::string name = detail::entry("places", i);
    check_community(name, place.community, num_communities);
    check_place(name, place.x_m, place.y_m);
    detail::check_count_of(name + ".households", place.households);
    const std::int64_t within = index.any(place.x_m, place.y_m) ? place.households : 0;
    result.households[detail::at(place.community)] += place.households;
    result.near[detail::at(place.community)] += within;
    all += place.households;
    near += within;
  }
  if (all > 0) result.near_share = Fraction(near, all);
}

}  // namespace

void NetworkRule::validate() const {
  if (!measure) detail::throw_argument("measure", "none", "chain, distance or both", "是 chain、distance 或 both");
  if (by_chain() && !required[0] && !required[1] && !required[2]) {
    detail::throw_argument("required", "none", "one tier or more", "至少包含一级");
  }
  if (!by_distance()) return;
  if (!(within_m > 0 && within_m <= 1e7)) {
    detail::throw_argument("within_m", std::to_string(within_m), "in (0, 10000000]", "在 (0, 10000000] 之间");
  }
  if (least_share <= 0 || least_share > 1) {
    detail::throw_argument("least_share", to_string(least_share), "in (0, 1]", "在 (0, 1] 之间");
  }
}

NetworkCoverage network_coverage(const NetworkRule& rule, std::int32_t num_communities,
                                 std::span<const Attachment> attachments, std::span<const PlacedHouseholds> places,
                                 std::span<const ServiceNode> nodes) {
  rule.validate();
  detail::check_not_negative("num_communities", num_communities);
  NetworkCoverage result;
  result.rule = rule.id;
  if (rule.by_chain()) add_chain(rule, attachments, num_communities, result);
  if (rule.by_distance()) add_distance(rule, places, nodes, num_communities, result);
  for (std::int32_t community = 0; community < num_communities; ++community) {
    const std::size_t i = detail::at(community);
    const bool chained = !rule.by_chain() || result.missing_tiers[i] == 0;
    const bool unknown = rule.by_distance() && result.households[i] == 0;
    const bool near =
        !rule.by_distance() || unknown || result.near[i] >= rule.least_share.ceil_of(result.households[i]);
    if (!chained || !near) {
      result.uncovered.push_back(community);
      ++result.communities.known;
    } else if (unknown) {
      ++result.communities.missing;
    } else {
      ++result.communities.known;
      ++result.communities.having;
    }
  }
  return result;
}

}  // namespace shequ

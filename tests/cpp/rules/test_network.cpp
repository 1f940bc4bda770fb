// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/network.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

using shequ::Attachment;
using shequ::Coverage;
using shequ::CoverageMeasure;
using shequ::Fraction;
using shequ::NetworkRule;
using shequ::PlacedHouseholds;
using shequ::ServiceNode;
using shequ::ServiceTier;

namespace {

NetworkRule chain() {
  NetworkRule rule;
  rule.measure = CoverageMeasure::chain;
  rule.required = {true, true, true};
  return rule;
}

NetworkRule within(double metres, const Fraction& share) {
  NetworkRule rule;
  rule.measure = CoverageMeasure::distance;
  rule.within_m = metres;
  rule.least_share = share;
  return rule;
}

using Ids = std::vector<std::int32_t>;

}  // namespace

TEST_CASE("a chain needs a node of every required tier and names who lacks one", "[rules]") {
  const std::vector<Attachment> attachments{{0, ServiceTier::centre},         {0, ServiceTier::point},
                                            {0, ServiceTier::household_node}, {0, ServiceTier::household_node},
                                            {1, ServiceTier::centre},         {1, ServiceTier::household_node}};
  const auto found = shequ::network_coverage(chain(), 3, attachments, {}, {});
  CHECK(found.communities == Coverage{1, 3, 0});
  CHECK(found.uncovered == Ids{1, 2});
  CHECK(found.missing_tiers == std::vector<std::uint8_t>{0, 2, 7});
  NetworkRule less = chain();
  less.required = {true, false, true};
  CHECK(shequ::network_coverage(less, 3, attachments, {}, {}).uncovered == Ids{2});
}

TEST_CASE("nine committees with seven centres, twelve points and 214 nodes are covered where each has its chain",
          "[rules]") {
  // 7 centres serve 9 communities: two serve two each; so the source's numbers allow full coverage.
  std::vector<Attachment> attachments;
  for (std::int32_t i = 0; i < 9; ++i) attachments.push_back({i, ServiceTier::centre});
  for (std::int32_t i = 0; i < 12; ++i) attachments.push_back({i % 9, ServiceTier::point});
  for (std::int32_t i = 0; i < 214; ++i) attachments.push_back({i % 9, ServiceTier::household_node});
  CHECK(shequ::network_coverage(chain(), 9, attachments, {}, {}).communities.complete());
}

TEST_CASE("distance covers a community by the share of its households near a node", "[rules]") {
  const std::vector<PlacedHouseholds> places{{0, 0, 0, 80}, {0, 500, 0, 20}, {1, 301, 0, 10}, {2, 0, 0, 0}};
  const std::vector<ServiceNode> nodes{{0, 300}, {9000, 0}};
  const auto found = shequ::network_coverage(within(300, Fraction::parse("80%")), 3, {}, places, nodes);
  CHECK(found.communities == Coverage{1, 2, 1});  // a community without households is not known
  CHECK(found.uncovered == Ids{1});
  CHECK(found.near == std::vector<std::int64_t>{80, 0, 0});
  CHECK(found.near_share == Fraction(80, 110));
  const auto strict = shequ::network_coverage(within(300, Fraction::parse("81%")), 3, {}, places, nodes);
  CHECK(strict.uncovered == Ids{0, 1});
}

TEST_CASE("both measures must hold where both are asked for", "[rules]") {
  NetworkRule rule = within(300, 1);
  rule.measure = CoverageMeasure::both;
  rule.required = {true, false, false};
  const std::vector<Attachment> attachments{{0, ServiceTier::centre}, {1, ServiceTier::centre}};
  const std::vector<PlacedHouseholds> places{{0, 0, 0, 1}, {1, 900, 0, 1}, {2, 0, 0, 1}};
  const auto found = shequ::network_coverage(rule, 3, attachments, places, std::vector<ServiceNode>{{0, 0}});
  CHECK(found.uncovered == Ids{1, 2});
  CHECK(found.communities == Coverage{1, 3, 0});
}

TEST_CASE("near households are those of a search over all pairs", "[rules]") {
  shequ::Random random(12);
  for (int trial = 0; trial < 60; ++trial) {
    const double distance = 1.0 + static_cast<double>(random.below(40));
    std::vector<ServiceNode> nodes(random.below(20));
    for (auto& node : nodes)
      node = {static_cast<double>(random.below(100)) - 50, static_cast<double>(random.below(100)) - 50};
    std::vector<PlacedHouseholds> places(100);
    std::int64_t near = 0;
    for (auto& place : places) {
      place = {0, static_cast<double>(random.below(100)) - 50, static_cast<double>(random.below(100)) - 50, 1};
      bool found = false;
      for (const auto& node : nodes) {
        const double dx = node.x_m - place.x_m;
        const double dy = node.y_m - place.y_m;
        found = found || dx * dx + dy * dy <= distance * distance;
      }
      near += found ? 1 : 0;
    }
    REQUIRE(shequ::network_coverage(within(distance, 1), 1, {}, places, nodes).near[0] == near);
  }
}

TEST_CASE("networks refuse what has no answer and name it", "[rules]") {
  CHECK_THROWS_WITH(NetworkRule{}.validate(), "measure=none must be chain, distance or both");
  NetworkRule rule = chain();
  rule.required = {};
  CHECK_THROWS_WITH(rule.validate(), "required=none must be one tier or more");
  CHECK_THROWS_WITH(within(0, 1).validate(), "within_m=0.000000 must be in (0, 10000000]");
  CHECK_THROWS_WITH(within(300, 0).validate(), "least_share=0 must be in (0, 1]");
  CHECK_THROWS_WITH(shequ::network_coverage(chain(), 2, std::vector<Attachment>{{2, ServiceTier::centre}}, {}, {}),
                    "attachments[0].community=2 must be in [0, 1]");
  const std::vector<PlacedHouseholds> nowhere{{0, std::numeric_limits<double>::quiet_NaN(), 0, 1}};
  CHECK_THROWS_WITH(shequ::network_coverage(within(300, 1), 1, {}, nowhere, {}),
                    "places[0]=nan must be a coordinate in metres within 10^9");
}

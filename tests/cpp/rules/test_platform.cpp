// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/platform.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "hierarchy/hierarchy_fixtures.hpp"
#include "shequ/random.hpp"

using Truths = std::vector<std::uint8_t>;

namespace {

struct Status {
  bool linked{};
  bool missing{};
};

/// By recursion over the children: not connected below beats not known.
Status by_hand(const shequ::Hierarchy& tree, const Truths& connected, const Truths& missing, shequ::UnitId unit) {
  const auto i = static_cast<std::size_t>(unit);
  bool broken = missing[i] == 0 && connected[i] == 0;
  bool unknown = missing[i] != 0;
  for (shequ::UnitId other = unit + 1; other < tree.subtree_ends()[static_cast<std::size_t>(unit)]; ++other) {
    const auto j = static_cast<std::size_t>(other);
    broken = broken || (missing[j] == 0 && connected[j] == 0);
    unknown = unknown || missing[j] != 0;
  }
  return {!broken && !unknown, !broken && unknown};
}

}  // namespace

TEST_CASE("a town is linked when it and all its communities are", "[rules]") {
  const shequ::Hierarchy tree = shequ::test::small_district().build();
  const auto size = static_cast<std::size_t>(tree.size());
  Truths connected(size, 1);
  CHECK(shequ::link_status(tree, {connected, {}}).values == connected);
  connected[2] = 0;  // 甲社区
  const auto linked = shequ::link_status(tree, {connected, {}});
  CHECK(linked.missing.empty());
  CHECK(linked.values[0] == 0);
  CHECK(linked.values[1] == 0);
  CHECK(linked.values[2] == 0);
  CHECK(linked.values[3] == 1);
  CHECK_THROWS_WITH(shequ::link_status(tree, {Truths(1), {}}),
                    "connected.size()=1 must be equal to " + std::to_string(size));
}

TEST_CASE("link status agrees with a look at every subtree", "[rules]") {
  shequ::Random random(3);
  for (std::uint64_t trial = 0; trial < 200; ++trial) {
    const shequ::Hierarchy tree = shequ::test::random_tree(1 + random.below(30), trial).build();
    const auto size = static_cast<std::size_t>(tree.size());
    Truths connected(size);
    Truths missing(size);
    for (std::size_t i = 0; i < size; ++i) {
      connected[i] = random.below(8) != 0 ? 1 : 0;
      missing[i] = random.below(8) == 0 ? 1 : 0;
    }
    const auto linked = shequ::link_status(tree, {connected, missing});
    for (shequ::UnitId unit = 0; unit < tree.size(); ++unit) {
      const Status expected = by_hand(tree, connected, missing, unit);
      REQUIRE(linked.is_missing(unit) == expected.missing);
      REQUIRE((linked.values[static_cast<std::size_t>(unit)] != 0) == expected.linked);
    }
  }
}

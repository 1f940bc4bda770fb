// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/contacts.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch_compat.hpp"
#include "scenario_fixtures.hpp"

using shequ::Graph;
using shequ::NodeId;
using shequ::Scenario;
using shequ::UnitContacts;
using shequ::UnitId;
using shequ::test::SmallDistrict;

namespace {

[[nodiscard]] UnitContacts contacts(std::vector<UnitId> units, const std::vector<std::pair<NodeId, NodeId>>& edges,
                                    std::vector<UnitId> locked = {}) {
  std::vector<NodeId> sources;
  std::vector<NodeId> targets;
  for (const auto& [source, target] : edges) {
    sources.push_back(source);
    targets.push_back(target);
  }
  return {Graph::from_edges(static_cast<NodeId>(units.size()), sources, targets), std::move(units), std::move(locked)};
}

/// Communities in a row, 2 - 3 - 4 in one town and 6 - 7 in the other, 4 touching 6; grids 8 and 9 in 7.
[[nodiscard]] Scenario row(std::vector<UnitId> locked = {}) {
  SmallDistrict district;
  district.contacts = contacts({2, 3, 4, 6, 7, 8, 9}, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {5, 6}}, std::move(locked));
  return Scenario(district.base());
}

}  // namespace

TEST_CASE("a unit moves to where it touches, and leaves no gap", "[scenario]") {
  Scenario scenario = row();
  const auto before = shequ::test::snapshot(scenario);
  CHECK_THROWS_WITH(scenario.move(3, 5),
                    "11 (11) would fall into 2 pieces: 111 (111) and 113 (113) are not joined within it");
  CHECK_THROWS_WITH(scenario.move(2, 5),
                    "12 (12) would fall into 2 pieces: 111 (111) and 121 (121) are not joined within it");
  CHECK(shequ::test::snapshot(scenario) == before);
  CHECK(scenario.num_edits() == 0);
  scenario.move(4, 5);
  scenario.move(3, 5);
  scenario.undo();
  scenario.undo();
  CHECK(shequ::test::snapshot(scenario) == before);
  scenario.redo();
  CHECK(scenario.parent(4) == 5);
}

TEST_CASE("what a move leaves may be in pieces that were there before", "[scenario]") {
  SmallDistrict district;
  district.contacts = contacts({2, 3, 4, 6, 7}, {{0, 3}, {1, 2}, {3, 4}});  // 2 lies apart from 3 and 4
  Scenario scenario(district.base());
  CHECK_THROWS_AS(scenario.move(3, 5), shequ::InvalidInput);
  scenario.move(2, 5);
  CHECK(scenario.children(5) == std::vector<UnitId>{2, 6, 7});
}

TEST_CASE("units without known contacts hinder nobody", "[scenario]") {
  SmallDistrict district;
  district.contacts = contacts({6, 7}, {{0, 1}});
  Scenario scenario(district.base());
  scenario.move(3, 5);
  scenario.move(6, 1);  // alone among units of unknown contacts
  CHECK(scenario.children(1) == std::vector<UnitId>{2, 4, 6});
}

TEST_CASE("merged and split units touch what they came from touched", "[scenario]") {
  Scenario scenario = row();
  CHECK_THROWS_WITH(scenario.merge(std::vector<UnitId>{2, 4}, "A"),
                    "111 (111) and 113 (113) do not touch: what is merged must be in one piece");
  CHECK(scenario.num_edits() == 0);
  const UnitId merged = scenario.merge(std::vector<UnitId>{3, 4}, "A");  // stands between 2 and 6
  CHECK_THROWS_AS(scenario.move(2, 5), shequ::InvalidInput);
  scenario.move(merged, 5);
  scenario.move(2, 5);
  CHECK(scenario.children(1).empty());
  scenario.undo();
  scenario.undo();
  const auto parts = scenario.split(merged, {{"B", "", {{"households", 1}, {"workers", 1}}, {}},
                                             {"C", "", {{"households", 3499}, {"workers", 16}}, {}}});
  CHECK(scenario.children(1) == std::vector<UnitId>{2, parts[0], parts[1]});
  scenario.move(parts[1], 5);  // for all that is known, B alone may touch 2
}

TEST_CASE("locked units keep what is below them", "[scenario]") {
  Scenario scenario = row({7, 2});
  const UnitId free = scenario.create(5, shequ::Level::community, "free");
  const auto before = shequ::test::snapshot(scenario);
  CHECK_THROWS_WITH(scenario.move(8, free), "122 (122) is locked: 1221 (1221) may not leave it");
  CHECK_THROWS_WITH(scenario.create(7, shequ::Level::grid, "new"),
                    "122 (122) is locked: new (new-2) may not come to it");
  CHECK_THROWS_WITH(scenario.merge(std::vector<UnitId>{2, 3}, "both"), "111 (111) is locked and would end");
  CHECK_THROWS_AS(scenario.split(7, {{"a", "", {}, {8}}, {"b", "", {}, {9}}}), shequ::InvalidInput);
  CHECK(shequ::test::snapshot(scenario) == before);
  scenario.set(8, "households", 450);  // numbers change as ever
  CHECK(scenario.num_edits() == 2);
}

TEST_CASE("contacts and locks that are none are refused", "[scenario]") {
  const auto make = [](UnitContacts given) {
    SmallDistrict district;
    district.contacts = std::move(given);
    return district.base();
  };
  CHECK_THROWS_WITH(make(contacts({2, 10}, {})), "contacts.units[1]=10 must be in [0, 9]");
  CHECK_THROWS_WITH(make(contacts({2, 2}, {})), "contacts.units=111 must be given once");
  CHECK_THROWS_WITH(make(contacts({2, 8}, {{0, 1}})), "contacts: 111 and 1221 must be of one level");
  CHECK_THROWS_WITH(make(contacts({}, {}, {0})), "locked[0]=0 must be in [1, 9]");
  UnitContacts short_units = contacts({2, 3}, {{0, 1}});
  short_units.units.pop_back();
  CHECK_THROWS_AS(make(short_units), shequ::InvalidInput);
}

TEST_CASE("contacts and locks belong to the fingerprint of a base", "[scenario]") {
  const auto of = [](UnitContacts given) {
    SmallDistrict district;
    district.contacts = std::move(given);
    return district.base()->fingerprints();
  };
  const auto plain = of({});
  CHECK(of(contacts({2, 3}, {{0, 1}})).size() == plain.size() + 1);
  CHECK(of(contacts({2, 3, 4}, {{0, 1}, {1, 2}})) == of(contacts({4, 3, 2}, {{1, 0}, {1, 2}})));
  CHECK(of(contacts({2, 3, 4}, {{0, 1}})) != of(contacts({2, 3, 4}, {{1, 2}})));
  CHECK(of(contacts({}, {}, {7})) != of(contacts({}, {}, {6})));
}

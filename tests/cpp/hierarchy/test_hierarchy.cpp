// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/hierarchy.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "hierarchy_fixtures.hpp"

using namespace shequ;  // NOLINT(google-build-using-namespace)
using shequ::test::Rows;

namespace {

std::vector<std::string> codes_of(const Hierarchy& hierarchy) {
  std::vector<std::string> codes;
  for (UnitId unit = 0; unit < hierarchy.size(); ++unit) codes.push_back(hierarchy.code(unit));
  return codes;
}

std::vector<UnitId> children_of(const Hierarchy& hierarchy, UnitId unit) {
  std::vector<UnitId> units;
  for (const UnitId child : hierarchy.children(unit)) units.push_back(child);
  return units;
}

void check_same_tree(const Hierarchy& a, const Hierarchy& b) {
  CHECK(codes_of(a) == codes_of(b));
  CHECK(std::ranges::equal(a.parents(), b.parents()));
  CHECK(std::ranges::equal(a.subtree_ends(), b.subtree_ends()));
  CHECK(std::ranges::equal(a.levels(), b.levels()));
}

/// All that the class promises of the layout, against the rows.
void check_layout(const Hierarchy& h, const Rows& rows) {
  REQUIRE(static_cast<std::size_t>(h.size()) == rows.code.size());
  std::vector<UnitId> seen(rows.code.size(), 0);
  for (UnitId unit = 0; unit < h.size(); ++unit) {
    const auto row = static_cast<std::size_t>(h.rows()[static_cast<std::size_t>(unit)]);
    ++seen[row];
    CHECK(h.code(unit) == std::to_string(rows.code[row]));
    CHECK(h.find(rows.code[row]) == unit);
    if (unit == 0) {
      CHECK(h.parent(unit) == no_unit);
      CHECK(rows.parent[row] == no_code);
    } else {
      CHECK(h.parent(unit) < unit);
      CHECK(h.code(h.parent(unit)) == std::to_string(rows.parent[row]));
    }
    // The subtree is exactly the units whose path passes here.
    const UnitSlice slice = h.subtree(unit);
    for (UnitId other = 0; other < h.size(); ++other) {
      const auto path = h.path(other);
      const bool below = std::ranges::find(path, unit) != path.end();
      CHECK(below == (other >= slice.begin && other < slice.end));
    }
    const auto children = children_of(h, unit);
    CHECK(std::ranges::is_sorted(children, {},
                                 [&](UnitId child) { return h.numeric_codes()[static_cast<std::size_t>(child)]; }));
    CHECK(std::ranges::all_of(children, [&](UnitId child) { return h.parent(child) == unit; }));
    CHECK(h.is_leaf(unit) == children.empty());
  }
  CHECK(std::ranges::all_of(seen, [](UnitId times) { return times == 1; }));
}

}  // namespace

TEST_CASE("units lie in pre-order as drawn in the documentation", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  CHECK(std::ranges::equal(h.parents(), std::vector<UnitId>{-1, 0, 1, 1, 0, 4}));
  CHECK(std::ranges::equal(h.subtree_ends(), std::vector<UnitId>{6, 4, 3, 4, 6, 6}));
  CHECK(children_of(h, 0) == std::vector<UnitId>{1, 4});
  CHECK(children_of(h, 5).empty());
  CHECK(h.path(3) == std::vector<UnitId>{3, 1, 0});
  CHECK(h.ancestor(3, Level::town) == 1);
  CHECK(h.ancestor(3, Level::community) == 3);
  CHECK(h.ancestor(3, Level::city) == no_unit);
  CHECK(h.at_level(Level::community) == std::vector<UnitId>{2, 3, 5});
  CHECK(h.subtree(1) == UnitSlice{1, 4});
}

TEST_CASE("levels come from codes where none are given", "[hierarchy]") {
  Rows rows = test::small_district();
  const Hierarchy given = rows.build();
  rows.level.clear();
  check_same_tree(rows.build(), given);
}

TEST_CASE("the order of the rows changes nothing", "[hierarchy]") {
  const auto seed = GENERATE(range(1, 9));
  const auto size = GENERATE(1U, 2U, 3U, 10U, 60U);
  const Rows rows = test::random_tree(size, static_cast<std::uint64_t>(seed));
  const Hierarchy tree = rows.build();
  check_layout(tree, rows);
  const Rows shuffled = rows.shuffled(static_cast<std::uint64_t>(seed) + 100);
  check_same_tree(shuffled.build(), tree);
  check_layout(shuffled.build(), shuffled);
  check_same_tree(rows.build_from_texts(), tree);
}

TEST_CASE("large families are laid out alike from tables in any usual order", "[hierarchy]") {
  // Families of 0 to 40 children, around the lengths that are written and compared at a time.
  constexpr std::int64_t root = 1'000'000;
  Rows by_level;
  Rows pre_order;
  by_level.add(root, -1, Level::district);
  pre_order.add(root, -1, Level::district);
  for (std::int64_t town = 1; town <= 41; ++town) by_level.add(root + town * 1000, root, Level::town);
  for (std::int64_t town = 1; town <= 41; ++town) {
    pre_order.add(root + town * 1000, root, Level::town);
    for (std::int64_t i = 1; i < town; ++i) {
      by_level.add(root + town * 1000 + i, root + town * 1000, Level::community);
      pre_order.add(root + town * 1000 + i, root + town * 1000, Level::community);
    }
  }
  const Hierarchy tree = by_level.build();
  check_layout(tree, by_level);
  check_layout(pre_order.build(), pre_order);
  check_same_tree(pre_order.build(), tree);
  check_same_tree(by_level.shuffled(5).build(), tree);
  check_same_tree(by_level.build_from_texts(), tree);
}

TEST_CASE("siblings stand in the order of their codes also where a sorted table has exchanged rows", "[hierarchy]") {
  const auto seed = GENERATE(range(1, 9));
  Rows rows = test::small_district();
  for (std::int64_t town = 101; town < 120; ++town)
    rows.add(320412000000 + town * 1000, 320412000000, Level::town, "镇");
  for (std::int64_t town = 101; town < 120; ++town) {
    const std::int64_t upper = 320412000000 + town * 1000;
    for (std::int64_t i = 1; i < 9; ++i) rows.add(upper + i, upper, Level::community, "社区");
  }
  const Hierarchy sorted = rows.build();
  Random random(static_cast<std::uint64_t>(seed));
  for (int swaps = 0; swaps < 6; ++swaps) {
    // Any two communities that are neighbours, and two towns.
    const std::size_t i = 26 + random.below(140);
    std::swap(rows.code[i], rows.code[i + 1]);
    std::swap(rows.parent[i], rows.parent[i + 1]);
    const std::size_t j = 6 + random.below(18);
    std::swap(rows.code[j], rows.code[j + 1]);
  }
  check_same_tree(rows.build(), sorted);
}

TEST_CASE("a tree may be empty or a single unit", "[hierarchy]") {
  const Hierarchy empty = Rows{}.build();
  CHECK(empty.empty());
  CHECK(empty.find(std::int64_t{1}) == no_unit);
  CHECK(empty.find_name("甲").empty());
  CHECK(empty.at_level(Level::town).empty());
  CHECK_THROWS_AS(empty.parent(0), InvalidInput);
  CHECK(Hierarchy().empty());

  Rows one;
  one.add(320412000000, -1, Level::district, "武进区");
  const Hierarchy single = one.build();
  CHECK(single.size() == 1);
  CHECK(single.is_leaf(0));
  CHECK(single.path(0) == std::vector<UnitId>{0});
}

TEST_CASE("codes may be any texts and are kept exactly", "[hierarchy]") {
  const std::vector<std::string_view> code{"b", "007", "a", "é"};
  const std::vector<std::string_view> parent{"", "b", "b", "007"};
  const std::vector<Level> level{Level::district, Level::town, Level::town, Level::community};
  HierarchyRows rows{std::span<const std::string_view>(code), std::span<const std::string_view>(parent)};
  rows.level = level;
  const Hierarchy h = Hierarchy::from_rows(rows);
  CHECK(codes_of(h) == std::vector<std::string>{"b", "007", "é", "a"});
  CHECK(h.numeric_codes().empty());
  CHECK(h.find("007") == 1);
  CHECK(h.find("a") == 3);
  CHECK(h.find("7") == no_unit);
  CHECK(h.find(std::int64_t{7}) == no_unit);
  CHECK(h.index("é") == 2);
}

TEST_CASE("whole-number codes are found as text only in their shortest form", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  CHECK(h.find("320412001002") == 3);
  CHECK(h.find("0320412001002") == no_unit);
  CHECK(h.find("") == no_unit);
  CHECK(h.find("99999999999999999999999") == no_unit);
  CHECK_THROWS_WITH(h.index("7"), "code=7 must be the code of a unit");
}

TEST_CASE("codes of numbers and of texts may be mixed between code and parent", "[hierarchy]") {
  const std::vector<std::int64_t> code{1, 2};
  const std::vector<std::string_view> parent{"", "1"};
  const std::vector<Level> level{Level::district, Level::town};
  HierarchyRows rows{std::span<const std::int64_t>(code), std::span<const std::string_view>(parent)};
  rows.level = level;
  CHECK(Hierarchy::from_rows(rows).parent(1) == 0);
  const std::vector<std::string_view> texts{"x", "1"};
  const std::vector<std::int64_t> parents{-1, -1};
  rows.code = std::span<const std::string_view>(texts);
  rows.parent = std::span<const std::int64_t>(parents);
  CHECK_THROWS_AS(Hierarchy::from_rows(rows), HierarchyError);
}

TEST_CASE("names are found and fall back on the other language and the code", "[hierarchy]") {
  const std::vector<std::int64_t> code{1, 2, 3, 4};
  const std::vector<std::int64_t> parent{-1, 1, 1, 2};
  const std::vector<Level> level{Level::district, Level::town, Level::town, Level::community};
  const std::vector<std::string_view> zh{"区", "甲", "", "甲"};
  const std::vector<std::string_view> en{"District", "", "Yi", ""};
  HierarchyRows rows{std::span<const std::int64_t>(code), std::span<const std::int64_t>(parent)};
  rows.level = level;
  rows.name = zh;
  rows.name_en = en;
  const Hierarchy h = Hierarchy::from_rows(rows);
  CHECK(h.name(0, Language::en) == "District");
  CHECK(h.name(1, Language::en) == "甲");
  CHECK(h.name(3) == "Yi");
  CHECK(h.given_name(3).empty());
  CHECK(h.find_name("甲") == std::vector<UnitId>{1, 2});
  CHECK(h.find_name("甲", 2) == std::vector<UnitId>{2});
  CHECK(h.find_name("Yi") == std::vector<UnitId>{3});
  CHECK(h.find_name("").empty());
  CHECK(h.has_names(Language::en));
}

TEST_CASE("a unit below one of its own level stays, or is lifted on request", "[hierarchy]") {
  Rows rows;
  rows.add(653130000000, -1, Level::district);
  rows.add(653130103000, 653130000000, Level::town);
  rows.add(653130103001, 653130103000, Level::community);
  rows.add(653130103498, 653130103001, Level::community);
  const Hierarchy kept = rows.build();
  CHECK(kept.parent(3) == 2);
  REQUIRE(kept.same_level_units().size() == 1);
  CHECK(kept.same_level_units()[0].unit == 3);

  const Hierarchy lifted = rows.build({SameLevel::lift});
  CHECK(lifted.parent(lifted.find("653130103498")) == lifted.find("653130103000"));
  REQUIRE(lifted.same_level_units().size() == 1);
  CHECK(lifted.same_level_units()[0].named_parent == lifted.find("653130103001"));
  check_same_tree(rows.shuffled(1).build({SameLevel::lift}), lifted);
}

TEST_CASE("long chains of one level are lifted in time that grows with their length", "[hierarchy]") {
  // Leaf first, the worst order: with a walk to the top for each unit this takes minutes.
  constexpr std::int64_t length = 400'000;
  const bool has_town = GENERATE(true, false);
  Rows rows;
  for (std::int64_t i = length; i > 0; --i) rows.add(i, i - 1, Level::community);
  rows.add(0, -1, has_town ? Level::town : Level::community);
  const Hierarchy lifted = rows.build({SameLevel::lift});
  CHECK(lifted.same_level_units().size() == static_cast<std::size_t>(has_town ? length - 1 : length));
  // Below a town all hang from it; without a unit of a higher level they stay.
  bool as_expected = true;
  for (UnitId unit = 1; unit <= length; ++unit) {
    as_expected = as_expected && lifted.parent(unit) == (has_town ? 0 : unit - 1);
  }
  CHECK(as_expected);
}

TEST_CASE("rows below far units of a long chain are built in time that grows with their number", "[hierarchy]") {
  constexpr std::int64_t length = 100'000;
  Rows rows;
  rows.add(0, -1, Level::community);
  for (std::int64_t i = 1; i < length; ++i) rows.add(i, i - 1, Level::community);
  for (std::int64_t i = 0; i < length; i += 2) rows.add(length + i, i, Level::grid);
  const Hierarchy h = rows.build();
  CHECK(h.path(h.find(2 * length - 2)).size() == static_cast<std::size_t>(length));
}

TEST_CASE("units that do not exist are refused with what is allowed", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  CHECK_THROWS_WITH(h.parent(6), "unit=6 must be in [0, 5]");
  CHECK_THROWS_AS(h.code(-1), InvalidInput);
  CHECK_THROWS_AS(h.subtree(99), InvalidInput);
}

TEST_CASE("a large tree with its rows by level has its units in pre-order", "[hierarchy]") {
  constexpr std::int64_t towns = 450;
  constexpr std::int64_t communities = 450;  // of each town
  std::vector<std::int64_t> code{0};
  std::vector<std::int64_t> parent{no_code};
  std::vector<Level> level{Level::district};
  const auto add = [&](std::int64_t own, std::int64_t upper, Level at) {
    code.push_back(own);
    parent.push_back(upper);
    level.push_back(at);
  };
  for (std::int64_t town = 1; town <= towns; ++town) add(town * 1000, 0, Level::town);
  for (std::int64_t town = 1; town <= towns; ++town) {
    for (std::int64_t c = 1; c <= communities; ++c) add(town * 1000 + c, town * 1000, Level::community);
  }
  const Hierarchy tree =
      Hierarchy::from_rows({std::span<const std::int64_t>(code), std::span<const std::int64_t>(parent), level});
  REQUIRE(tree.size() == 1 + towns * (1 + communities));
  std::int64_t wrong = 0;
  for (std::int64_t town = 0; town < towns; ++town) {
    const auto unit = static_cast<UnitId>(1 + town * (1 + communities));
    wrong += tree.level(unit) == Level::town && tree.parent(unit) == 0 ? 0 : 1;
    wrong += tree.subtree(unit).end == unit + communities + 1 ? 0 : 1;
    for (UnitId below = unit + 1; below <= unit + communities; ++below) {
      wrong += tree.parent(below) == unit && tree.level(below) == Level::community ? 0 : 1;
      wrong += tree.subtree(below).end == below + 1 && tree.rows()[static_cast<std::size_t>(below)] >= 0 ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
  CHECK(tree.code(1 + communities) == "1450");
  CHECK(tree.code(tree.size() - 1) == "450450");
}

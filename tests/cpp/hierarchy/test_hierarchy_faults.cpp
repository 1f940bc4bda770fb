// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "hierarchy_fixtures.hpp"

using namespace shequ;  // NOLINT(google-build-using-namespace)
using shequ::test::Rows;

namespace {

/// Faults with their rows, in the order of the report.
std::vector<std::pair<RowFault, std::int64_t>> faults(const Rows& rows) {
  std::vector<std::pair<RowFault, std::int64_t>> found;
  for (const RowProblem& problem : rows.problems()) found.emplace_back(problem.fault, problem.row);
  return found;
}

using Faults = std::vector<std::pair<RowFault, std::int64_t>>;

}  // namespace

TEST_CASE("an orphan is listed with the parent that is in no row", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.parent[3] = 320412009000;
  CHECK(faults(rows) == Faults{{RowFault::orphan, 3}});
  CHECK(rows.problems()[0].message() ==
        "parent=320412009000 of code=320412001002 is in no row and must be the code of one");
  CHECK(rows.problems()[0].message(Language::zh).find("320412009000") != std::string::npos);
}

TEST_CASE("a code given twice is a duplicate, or a unit with two parents", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(320412001001, 320412001000, Level::community, "甲社区");
  rows.add(320412001002, 320412100000, Level::community, "乙社区");
  CHECK(faults(rows) == Faults{{RowFault::duplicate_code, 6}, {RowFault::two_parents, 7}});
  CHECK(rows.problems()[0].other_row == 2);
  CHECK(rows.problems()[1].message() ==
        "code=320412001002 has parent 320412100000 and another one in row 3; it must have one parent");
}

TEST_CASE("every row of a cycle is listed with its path", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(1, 3, Level::community, "a");
  rows.add(2, 1, Level::community, "b");
  rows.add(3, 2, Level::community, "c");
  rows.add(4, 4, Level::community, "d");
  rows.add(5, 1, Level::community, "below the cycle");
  CHECK(faults(rows) == Faults{{RowFault::cycle, 6}, {RowFault::cycle, 7}, {RowFault::cycle, 8}, {RowFault::cycle, 9}});
  CHECK(rows.problems()[0].detail == "1 > 3 > 2 > 1");
  CHECK(rows.problems()[3].detail == "4 > 4");
}

TEST_CASE("rows that are nothing but a cycle end in an error", "[hierarchy]") {
  Rows rows;
  for (std::int64_t i = 0; i < 50; ++i) rows.add(i, (i + 1) % 50, Level::town);
  const auto problems = rows.problems();
  CHECK(problems.size() == 50);
  CHECK(problems[0].detail == "0 > 1 > 2 > 3 > 4 > 5 > 6 > 7 > ...");
}

TEST_CASE("a unit above its parent breaks the level order", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(9, 320412001001, Level::town, "镇");
  CHECK(faults(rows) == Faults{{RowFault::level_order, 6}});
  CHECK(rows.problems()[0].message() ==
        "code=9 of level town has a parent of level community (row 2); it must be of a lower level than its parent");
}

TEST_CASE("a second root, a missing code and a negative code are listed", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(320413000000, -1, Level::district, "金坛区");
  rows.add(-1, 320412001000, Level::community, "无码");
  rows.add(-7, 320412001000, Level::community, "负码");
  CHECK(faults(rows) ==
        Faults{{RowFault::several_roots, 6}, {RowFault::missing_code, 7}, {RowFault::malformed_code, 8}});
  CHECK(rows.problems()[2].message() == "code=-7 must be 0 or more");
}

TEST_CASE("codes that carry no level are malformed unless levels are given", "[hierarchy]") {
  Rows rows;
  rows.add(320412000000, -1);
  rows.add(320412, 320412000000);
  rows.add(320412000001, 320412000000);
  CHECK(faults(rows) == Faults{{RowFault::malformed_code, 1}, {RowFault::malformed_code, 2}});
  CHECK(rows.problems()[0].message() == "code=320412 must be 12 digits, or a level column must be given");

  const std::vector<std::string_view> code{"3.20412E+11"};
  const std::vector<std::string_view> parent{""};
  try {
    static_cast<void>(
        Hierarchy::from_rows({std::span<const std::string_view>(code), std::span<const std::string_view>(parent)}));
    FAIL("a code in scientific notation was accepted");
  } catch (const HierarchyError& error) {
    CHECK(std::string(error.what()).find("scientific notation has lost digits") != std::string::npos);
  }
}

TEST_CASE("all faults of all rows are listed at once, in the order of the rows", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.parent[5] = 77;
  rows.add(-1, 320412001000, Level::community, "x");
  rows.add(320412001001, 320412001000, Level::community, "x");
  rows.add(8, 8, Level::community, "x");
  rows.add(320413000000, -1, Level::district, "x");
  CHECK(faults(rows) == Faults{{RowFault::orphan, 5},
                               {RowFault::missing_code, 6},
                               {RowFault::duplicate_code, 7},
                               {RowFault::cycle, 8},
                               {RowFault::several_roots, 9}});
  // The same faults at whatever place the rows stand.
  const Rows shuffled = rows.shuffled(GENERATE(1U, 2U, 3U));
  CHECK(shuffled.problems().size() >= 5);
}

TEST_CASE("the message shows twenty faults and counts the others", "[hierarchy]") {
  Rows rows = test::small_district();
  for (std::int64_t i = 0; i < 30; ++i) rows.add(i, 999, Level::community, "x");
  try {
    static_cast<void>(rows.build());
    FAIL("orphans were accepted");
  } catch (const HierarchyError& error) {
    const std::string text = error.what();
    CHECK(text.starts_with("the rows make no tree, 30 problems:\nrow 6: parent=999 of code=0"));
    CHECK(text.ends_with("... and 10 more, see problems"));
    CHECK(error.message(Language::zh).find("共 30 处问题") != std::string::npos);
    CHECK(error.problems().size() == 30);
  }
}

TEST_CASE("messages call other rows by the numbers of a sheet where these are given", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(320412001001, 320412001000, Level::community, "甲社区");
  const std::vector<std::int64_t> sheet_rows{3, 4, 5, 6, 7, 9, 10};
  CHECK(rows.problems()[0].message(Language::en, sheet_rows) ==
        "code=320412001001 stands in row 5 already and must be unique");
  CHECK(rows.problems()[0].message(Language::zh, sheet_rows) == "code=320412001001 与第 5 行重复，必须唯一");
}

TEST_CASE("spans of other lengths and values that are no level are refused by name", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.level.pop_back();
  CHECK_THROWS_WITH(rows.build(), "level.size()=5 must be equal to 6");
  rows = test::small_district();
  rows.parent.push_back(1);
  CHECK_THROWS_WITH(rows.build(), "parent.size()=7 must be equal to 6");
  rows = test::small_district();
  rows.level[2] = static_cast<Level>(9);
  CHECK_THROWS_WITH(rows.build(), "level[2]=9 must be in [0, 8]");
}

TEST_CASE("every fault has a name in both languages", "[hierarchy]") {
  CHECK(to_string(RowFault::orphan) == "orphan");
  CHECK(to_string(RowFault::several_roots, Language::zh) == "多个最上级");
}

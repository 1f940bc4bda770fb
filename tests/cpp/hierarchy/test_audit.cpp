// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/audit.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "hierarchy_fixtures.hpp"

using namespace shequ;  // NOLINT(google-build-using-namespace)
using shequ::test::Rows;

namespace {

std::vector<std::pair<FindingKind, std::string>> found(const Hierarchy& h) {
  std::vector<std::pair<FindingKind, std::string>> pairs;
  for (const Finding& finding : audit(h).findings) pairs.emplace_back(finding.kind, h.code(finding.unit));
  return pairs;
}

using Found = std::vector<std::pair<FindingKind, std::string>>;

/// 三岔口镇 and 振兴路虚拟社区 as in the table of 2016.
Rows odd_town(bool with_levels) {
  const auto at = [with_levels](Level level) { return with_levels ? std::optional(level) : std::nullopt; };
  Rows rows;
  rows.add(653130000000, -1, at(Level::district), "巴楚县");
  rows.add(653130103001, 653130000000, at(Level::town), "三岔口镇");
  rows.add(653130103498, 653130103001, at(Level::community), "振兴路虚拟社区");
  return rows;
}

}  // namespace

TEST_CASE("a sound district has no findings and is linked throughout", "[hierarchy]") {
  const AuditReport report = audit(test::small_district().build());
  CHECK(report.findings.empty());
  CHECK(report.link == LinkSummary{1, 2, 3, 1, 2, 3});
}

TEST_CASE("the level order is broken by code as well as by column, and reported once", "[hierarchy]") {
  const Hierarchy by_column = odd_town(true).build();
  CHECK(found(by_column) ==
        Found{{FindingKind::code_level, "653130103001"}, {FindingKind::level_order, "653130103498"}});
  const Hierarchy by_code = odd_town(false).build();
  CHECK(found(by_code) ==
        Found{{FindingKind::skipped_level, "653130103001"}, {FindingKind::level_order, "653130103498"}});
  // Lifted or not, the row still names that parent.
  CHECK(audit(odd_town(false).build({SameLevel::lift})).count(FindingKind::level_order) == 1);
  const AuditReport report = audit(by_column);
  CHECK(report.findings[1].severity == Severity::error);
  CHECK(report.findings[1].row == 2);
  CHECK(report.findings[1].other_unit == 1);
}

TEST_CASE("a code below another unit than the parent is reported", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(320412001003, 320412100000, Level::community, "丙社区");
  CHECK(found(rows.build()) == Found{{FindingKind::code_parent, "320412001003"}});
}

TEST_CASE("towns, districts and cities without children are told apart", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(320000000000, -1, Level::province, "江苏省");
  rows.add(320400000000, 320000000000, Level::city, "常州市");
  rows.parent[0] = 320400000000;
  rows.add(320401000000, 320400000000, Level::district, "市辖区");
  rows.add(320402000000, 320400000000, Level::district, "天宁区");
  rows.add(320412101000, 320412000000, Level::town, "空镇");
  rows.add(320500000000, 320000000000, Level::city, "空市");
  const Hierarchy h = rows.build();
  const AuditReport report = audit(h);
  std::vector<std::pair<std::string, Severity>> pairs;
  for (const Finding& finding : report.findings) {
    CHECK(finding.kind == FindingKind::no_children);
    pairs.emplace_back(h.code(finding.unit), finding.severity);
  }
  CHECK(pairs == std::vector<std::pair<std::string, Severity>>{{"320401000000", Severity::note},
                                                               {"320402000000", Severity::warning},
                                                               {"320412101000", Severity::warning},
                                                               {"320500000000", Severity::note}});
  CHECK(report.link == LinkSummary{3, 3, 3, 0, 2, 3});
}

TEST_CASE("a table that ends at towns has no towns without communities", "[hierarchy]") {
  Rows rows;
  rows.add(320412000000, -1, Level::district, "武进区");
  rows.add(320412001000, 320412000000, Level::town, "甲街道");
  CHECK(audit(rows.build()).findings.empty());
}

TEST_CASE("grids and communities that skip a level are reported", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(320412002001, 320412000000, Level::community, "直辖社区");
  rows.add(32041200100101, 320412001001, Level::grid, "一网格");
  rows.add(32041200100001, 320412001000, Level::grid, "镇直辖网格");
  const Hierarchy h = rows.build();
  const AuditReport report = audit(h);
  CHECK(report.count(FindingKind::skipped_level) == 2);
  CHECK(report.count(FindingKind::community_without_grids) == 3);
  const auto grid = std::ranges::find(report.findings, h.find("32041200100001"), &Finding::unit);
  REQUIRE(grid != report.findings.end());
  CHECK(grid->severity == Severity::error);
  CHECK(grid->message().find("hangs below a town without a community between") != std::string::npos);
}

TEST_CASE("names that disagree with the code's range are reported, and nothing is changed", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.add(320412001003, 320412001000, Level::community, "十家子社区村民委员会");
  rows.add(320412001201, 320412001000, Level::community, "新村社区");
  rows.add(320412001401, 320412001000, Level::community, "园区村委会");  // units like committees bear any name
  CHECK(found(rows.build()) ==
        Found{{FindingKind::kind_name, "320412001003"}, {FindingKind::kind_name, "320412001201"}});
}

TEST_CASE("characters that hint at lost letters are named", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.name[2] = "青??村";
  rows.name[3] = "高\uE170社区";
  rows.name[4] = "湖\uFFFD镇";
  rows.name[5] = "丁\tA村";
  const AuditReport report = audit(rows.build());
  CHECK(report.count(FindingKind::suspicious_character) == 4);
  CHECK(report.count(Severity::error) == 1);
  CHECK(report.findings[1].message().find("U+E170") != std::string::npos);
  rows = test::small_district();
  rows.name[2] = "甲\xFF社区";
  CHECK(audit(rows.build()).findings[0].severity == Severity::error);
  rows.name[2] = "名（Ａ）０〇1-㭎𠀀社区";
  CHECK(audit(rows.build()).findings.empty());
}

TEST_CASE("siblings of one name are reported, cousins are not", "[hierarchy]") {
  Rows rows = test::small_district();
  rows.name[3] = "甲社区";
  rows.name[5] = "甲社区";
  const AuditReport report = audit(rows.build());
  CHECK(report.count(FindingKind::same_name) == 1);
  CHECK(report.findings[0].unit == 3);
  CHECK(report.findings[0].other_unit == 2);
}

TEST_CASE("grids are compared with the households of their community", "[hierarchy]") {
  Rows rows = test::small_district();
  for (std::int64_t i = 1; i <= 3; ++i) rows.add(32041200100100 + i, 320412001001, Level::grid, "网格");
  for (std::int64_t i = 1; i <= 2; ++i) rows.add(32041200100200 + i, 320412001002, Level::grid, "网格");
  const Hierarchy h = rows.build();
  // Units: district, town, 甲, its 3 grids, 乙, its 2 grids, town, 丁.
  std::vector<std::int64_t> households{0, 0, 1000, 300, 300, 300, 500, 300, 250, 0, 800};
  Column<std::int64_t> column{households, std::vector<std::uint8_t>(11, 0)};
  const GridCoverage coverage = audit_grids(h, column.view());
  REQUIRE(coverage.communities.size() == 3);
  CHECK(coverage.communities[0] == CommunityCoverage{2, 3, 1000, 900, 100, 0, 0});
  CHECK(coverage.communities[1] == CommunityCoverage{6, 2, 500, 550, 0, 50, 0});
  CHECK(coverage.uncovered == 100 + 800);
  CHECK(coverage.double_counted == 50);
  std::vector<FindingKind> kinds;
  for (const Finding& finding : coverage.findings) kinds.push_back(finding.kind);
  CHECK(kinds == std::vector<FindingKind>{FindingKind::households_uncovered, FindingKind::households_double,
                                          FindingKind::community_without_grids, FindingKind::households_uncovered});
  // A grid without a number proves nothing about too few households.
  column.missing[4] = 1;
  const GridCoverage unsure = audit_grids(h, column.view());
  CHECK(unsure.communities[0] == CommunityCoverage{2, 3, 1000, 600, 0, 0, 1});
  CHECK(unsure.findings[0].kind == FindingKind::households_unknown);
  column.values[2] = -1;
  CHECK_THROWS_WITH(audit_grids(h, column.view()), "households[2]=-1 must be in [0, 2147483647]");
}

TEST_CASE("an empty tree has an empty audit", "[hierarchy]") {
  CHECK(audit(Hierarchy()).findings.empty());
  CHECK(audit_grids(Hierarchy(), {}).communities.empty());
}

TEST_CASE("severities and kinds have names in both languages", "[hierarchy]") {
  CHECK(to_string(Severity::warning) == "warning");
  CHECK(to_string(Severity::error, Language::zh) == "错误");
  CHECK(to_string(FindingKind::households_double) == "households_double");
  CHECK(to_string(FindingKind::level_order, Language::zh) == "层级颠倒");
}

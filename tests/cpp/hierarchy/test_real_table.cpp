// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "hierarchy_fixtures.hpp"
#include "shequ/hierarchy/audit.hpp"
#include "shequ/hierarchy/code.hpp"

using namespace shequ;  // NOLINT(google-build-using-namespace)
using shequ::test::Rows;

namespace {

[[nodiscard]] std::filesystem::path table_path() {
  const char* const folder = std::getenv("SHEQU_TEST_DATA");
  const std::filesystem::path data =
      folder != nullptr ? std::filesystem::path(folder) : std::filesystem::path(SHEQU_SOURCE_DIR) / "../shared/data";
  return data / "china/divisions_2016.csv.gz";
}

/// Reads code, parent, name and rank; the table quotes nothing. Unpacked by gzip, since the library reads no files.
[[nodiscard]] Rows read_table(const std::filesystem::path& path) {
  const std::string command = "gzip -dc '" + path.string() + "'";
  // NOLINTNEXTLINE(bugprone-command-processor): the path is the test's own
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  REQUIRE(pipe != nullptr);
  std::string text;
  std::vector<char> block(1U << 20U);
  while (const std::size_t size = std::fread(block.data(), 1, block.size(), pipe.get()))
    text.append(block.data(), size);
  Rows rows;
  std::size_t begin = text.find('\n') + 1;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    std::array<std::string_view, 4> fields;
    std::size_t at = 0;
    for (std::string_view& field : fields) {
      const std::size_t comma = line.find(',', at);
      field = line.substr(at, comma - at);
      at = comma + 1;
    }
    rows.add(std::stoll(std::string(fields[0])), fields[1].empty() ? -1 : std::stoll(std::string(fields[1])),
             static_cast<Level>(fields[3][0] - '0'), std::string(fields[2]));
    begin = end + 1;
  }
  return rows;
}

[[nodiscard]] std::int64_t count_children(const Hierarchy& h, std::string_view district,
                                          std::optional<CommunityKind> kind) {
  const UnitSlice slice = h.subtree(h.index(district));
  std::int64_t count = 0;
  for (UnitId unit = slice.begin; unit < slice.end; ++unit) {
    if (!kind) count += h.level(unit) == Level::town ? 1 : 0;
    if (!kind || h.level(unit) != Level::community) continue;
    count += DivisionCode::parse(h.code(unit)).code->community_kind() == kind ? 1 : 0;
  }
  return count;
}

}  // namespace

// One test case, since reading the table takes most of its second.
TEST_CASE("the table of 2016 is built and audited as its facts are stated", "[hierarchy]") {
  if (!std::filesystem::exists(table_path())) {
    WARN("skipped: " << table_path() << " is absent; set SHEQU_TEST_DATA to the folder of the data");
    return;
  }
  Rows rows = read_table(table_path());
  const Hierarchy h = rows.build();
  CHECK(h.size() == 713'035);
  CHECK(h.at_level(Level::community).size() == 666'655);
  CHECK(h.same_level_units().empty());

  std::array<std::int64_t, 4> towns{};
  std::array<std::int64_t, 4> communities{};
  for (UnitId unit = 0; unit < h.size(); ++unit) {
    const auto code = DivisionCode::from_number(h.numeric_codes()[static_cast<std::size_t>(unit)]).code;
    REQUIRE(code.has_value());
    if (const auto kind = code->community_kind(); kind && h.level(unit) == Level::community) {
      ++communities[static_cast<std::size_t>(*kind)];
    }
    if (h.level(unit) == Level::town) ++towns[static_cast<std::size_t>(code->town_kind().value())];
  }
  CHECK(towns == std::array<std::int64_t, 4>{7'950, 20'560, 11'016, 3'342});
  CHECK(communities == std::array<std::int64_t, 4>{102'195, 553'298, 2'920, 8'242});

  // Communities to a town: median 12, at most 200 (龙港镇).
  std::vector<std::int64_t> sizes;
  for (const UnitId town : h.at_level(Level::town))
    sizes.push_back(static_cast<std::int64_t>(h.subtree(town).size()) - 1);
  std::ranges::sort(sizes);
  CHECK(sizes[sizes.size() / 2] == 12);
  CHECK(sizes.back() == 200);
  CHECK(h.name(h.index("330327101000")).starts_with("龙港镇"));

  const auto residents = CommunityKind::residents;
  const auto villagers = CommunityKind::villagers;
  CHECK(count_children(h, "320412000000", std::nullopt) == 18);
  CHECK(count_children(h, "320412000000", residents) == 120);
  CHECK(count_children(h, "320412000000", villagers) == 168);
  CHECK(count_children(h, "320412000000", CommunityKind::quasi_residents) +
            count_children(h, "320412000000", CommunityKind::quasi_villagers) ==
        2);
  CHECK(count_children(h, "321002000000", std::nullopt) == 12);
  CHECK(count_children(h, "321002000000", residents) == 61);
  CHECK(count_children(h, "321002000000", villagers) == 83);
  CHECK(count_children(h, "120104000000", std::nullopt) == 12);
  CHECK(count_children(h, "120104000000", residents) == 171);
  CHECK(count_children(h, "120104000000", CommunityKind::quasi_residents) == 7);
  CHECK(count_children(h, "511002000000", std::nullopt) == 17);
  CHECK(count_children(h, "511002000000", residents) == 47);
  CHECK(count_children(h, "511002000000", villagers) == 154);
  CHECK(h.name(h.index("321002002010")).starts_with("荷花池"));
  CHECK(h.find_name("文昌花园社区居委会", h.index("321002000000")).empty());

  const AuditReport report = audit(h);
  const auto of_kind = [&](FindingKind kind) {
    std::vector<Finding> findings;
    std::ranges::copy_if(report.findings, std::back_inserter(findings),
                         [&](const Finding& f) { return f.kind == kind; });
    return findings;
  };
  const auto broken = of_kind(FindingKind::level_order);
  REQUIRE(broken.size() == 1);
  CHECK(h.code(broken[0].unit) == "653130103498");
  CHECK(rows.code[static_cast<std::size_t>(broken[0].row)] == 653130103498);
  const auto odd = of_kind(FindingKind::code_level);
  REQUIRE(odd.size() == 1);
  CHECK(h.code(odd[0].unit) == "653130103001");
  CHECK(report.count(FindingKind::code_parent) == 0);
  CHECK(report.count(FindingKind::skipped_level) == 0);
  CHECK(report.count(FindingKind::same_name) == 0);
  CHECK(report.count(FindingKind::suspicious_character) == 4);

  const auto empty = of_kind(FindingKind::no_children);
  const auto placeholders = std::ranges::count_if(empty, [&](const Finding& f) { return h.name(f.unit) == "市辖区"; });
  CHECK(placeholders == 280);
  std::vector<std::string> others;
  for (const Finding& finding : empty) {
    if (h.name(finding.unit) != "市辖区") others.push_back(h.name(finding.unit));
  }
  CHECK(others ==
        std::vector<std::string>{"金门县", "东莞市", "中山市", "儋州市", "台湾省", "香港特别行政区", "澳门特别行政区"});

  const auto names = of_kind(FindingKind::kind_name);
  const auto in_villages = std::ranges::count_if(
      names, [&](const Finding& f) { return DivisionCode::parse(h.code(f.unit)).code->community_kind() == villagers; });
  CHECK(in_villages == 64);
  CHECK(static_cast<std::int64_t>(names.size()) - in_villages == 22);

  // Levels from the codes: the row that breaks the order is the same.
  rows.level.clear();
  const Hierarchy by_code = rows.build();
  CHECK(by_code.same_level_units().size() == 1);
  const AuditReport again = audit(by_code);
  const auto broken_again = std::ranges::find(again.findings, FindingKind::level_order, &Finding::kind);
  REQUIRE(broken_again != again.findings.end());
  CHECK(by_code.code(broken_again->unit) == "653130103498");
  CHECK(again.count(FindingKind::level_order) == 1);
}

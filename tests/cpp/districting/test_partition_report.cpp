// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/partition_report.hpp"

#include <cstdint>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"

using shequ::Fraction;
using shequ::Graph;
using shequ::GridDuty;
using shequ::GridMember;
using shequ::NodeId;
using shequ::PartitionLedger;
using Nodes = std::vector<NodeId>;
using Ids = std::vector<std::int32_t>;

namespace {

/// A row of atoms, each touching the next.
Graph row(NodeId size) {
  Nodes sources;
  Nodes targets;
  for (NodeId i = 0; i + 1 < size; ++i) {
    sources.push_back(i);
    targets.push_back(i + 1);
  }
  return Graph::from_edges(size, sources, targets);
}

}  // namespace

TEST_CASE("a right partition of a row is reported as right", "[districting]") {
  const Graph graph = row(6);
  const std::vector<std::int64_t> households{100, 200, 150, 150, 200, 160};
  const std::vector<GridMember> members{{0, 0}, {1, 0}, {2, 1}, {3, 1}, {4, 2}, {5, 2}};
  const std::vector<GridDuty> duties{{7, 0}, {8, 1}, {9, 2}};
  PartitionLedger ledger{&graph, households, 3, members, {300, 500}};
  ledger.duties = duties;
  const auto report = shequ::report_partition(ledger);
  CHECK(report.ok);
  CHECK(report.count == 3);
  CHECK(report.min_households == 300);
  CHECK(report.max_households == 360);
  CHECK(report.mean_households == Fraction(320));
  CHECK(report.above_mean == Fraction(1, 8));
  CHECK(report.below_mean == Fraction(1, 16));
  CHECK(report.grids[2] == shequ::GridRow{2, 360, 1, 1, true});
}

TEST_CASE("everything that is wrong with a partition is listed", "[districting]") {
  const Graph graph = row(8);
  const std::vector<std::int64_t> households{100, 200, 150, 0, 620, 160, 10, 0};
  // Atom 1 in two grids, 3 in none, grid 1 in pieces, grid 3 empty; 7 without households is in no grid either.
  const std::vector<GridMember> members{{0, 0}, {1, 0}, {1, 1}, {5, 1}, {4, 2}, {2, 0}, {6, 4}};
  const std::vector<GridDuty> duties{{7, 0}, {7, 1}, {7, 2}, {8, 2}};
  const std::vector<shequ::PartId> last_year{0, 0, 1, 1, 2, 1, 0, -1};
  PartitionLedger ledger{&graph, households, 5, members, {300, 500}};
  ledger.duties = duties;
  ledger.last_year = last_year;
  const auto report = shequ::report_partition(ledger);
  CHECK_FALSE(report.ok);
  CHECK(report.gaps == Nodes{3, 7});
  CHECK(report.overlaps == Nodes{1});
  CHECK(report.oversized_atoms == Nodes{4});
  CHECK(report.not_contiguous == Ids{1});
  CHECK(report.out_of_bounds == Ids{2, 4});
  CHECK(report.empty_grids == Ids{3});
  CHECK(report.unstaffed == Ids{3, 4});
  CHECK(report.shared_workers == Ids{7});
  CHECK(report.shared_grids == Ids{2});
  CHECK(report.moved == Nodes{2, 3, 6});
  CHECK(report.count == 4);
  CHECK(report.grids[1].pieces == 2);
  CHECK(report.grids[1].households == 360);
  const std::vector<std::pair<NodeId, NodeId>> enclave{{5, 1}};
  ledger.links = enclave;
  CHECK(shequ::report_partition(ledger).not_contiguous.empty());
}

TEST_CASE("a worker with two grids and a grid with two workers are allowed", "[districting]") {
  const Graph graph = row(2);
  const std::vector<std::int64_t> households{300, 300};
  const std::vector<GridMember> members{{0, 0}, {1, 1}};
  const std::vector<GridDuty> duties{{1, 0}, {1, 1}, {2, 1}};
  PartitionLedger ledger{&graph, households, 2, members, {300, 500}};
  CHECK(shequ::report_partition(ledger).unstaffed.empty());  // not known
  ledger.duties = duties;
  const auto report = shequ::report_partition(ledger);
  CHECK(report.ok);
  CHECK(report.shared_workers == Ids{1});
  CHECK(report.shared_grids == Ids{1});
}

TEST_CASE("the deviations of a real community are those printed", "[districting]") {
  // 4,839 households in 21 grids of 160 to 255: mean 230.4, +10.7 % and -30.6 %.
  std::vector<std::int64_t> households(21, 232);
  households[0] = 160;
  households[1] = 255;
  households[2] = 232 + 4839 - 160 - 255 - 19 * 232;
  REQUIRE(households[2] >= 160);
  REQUIRE(households[2] <= 255);
  std::vector<GridMember> members;
  for (NodeId i = 0; i < 21; ++i) members.push_back({i, i});
  const Graph graph = row(21);
  const auto report = shequ::report_partition({&graph, households, 21, members, {160, 255}});
  CHECK(report.ok);
  CHECK_THAT(report.mean_households->to_double(), WithinAbs(230.4, 0.05));
  CHECK_THAT(report.above_mean->to_double(), WithinAbs(0.107, 0.0005));
  CHECK_THAT(report.below_mean->to_double(), WithinAbs(0.306, 0.0005));
}

TEST_CASE("every atom is a gap, an overlap or in one grid, and relabelling atoms relabels the report",
          "[districting]") {
  shequ::Random random(21);
  for (int trial = 0; trial < 100; ++trial) {
    constexpr NodeId size = 12;
    const Graph graph = row(size);
    std::vector<std::int64_t> households(size);
    for (auto& count : households) count = random.below(50);
    std::vector<GridMember> members;
    for (NodeId atom = 0; atom < size; ++atom) {
      for (shequ::PartId grid = 0; grid < 3; ++grid) {
        if (random.below(3) == 0) members.push_back({atom, grid});
      }
    }
    const auto report = shequ::report_partition({&graph, households, 3, members, {10, 200}});
    std::size_t once = 0;
    for (NodeId atom = 0; atom < size; ++atom) {
      std::size_t listed = 0;
      for (const auto& member : members) listed += member.atom == atom ? 1U : 0U;
      once += listed == 1 ? 1U : 0U;
    }
    REQUIRE(report.gaps.size() + report.overlaps.size() + once == static_cast<std::size_t>(size));
    // The row from its other end.
    const std::vector<std::int64_t> turned(households.rbegin(), households.rend());
    for (auto& member : members) member.atom = size - 1 - member.atom;
    const auto other = shequ::report_partition({&graph, turned, 3, members, {10, 200}});
    REQUIRE(other.grids == report.grids);
    REQUIRE(other.gaps.size() == report.gaps.size());
    for (std::size_t i = 0; i < report.gaps.size(); ++i) {
      REQUIRE(other.gaps[other.gaps.size() - 1 - i] == size - 1 - report.gaps[i]);
    }
  }
}

TEST_CASE("a ledger that cannot be is refused and named", "[districting]") {
  const Graph graph = row(2);
  const std::vector<std::int64_t> households{300, 300};
  const auto report = [&](const std::vector<GridMember>& members) {
    return shequ::report_partition({&graph, households, 2, members, {300, 500}});
  };
  CHECK_THROWS_WITH(report({{2, 0}}), "members[0].atom=2 must be in [0, 1]");
  CHECK_THROWS_WITH(report({{0, 2}}), "members[0].grid=2 must be in [0, 1]");
  CHECK_THROWS_WITH(report({{0, 1}, {0, 1}}), "atom of grid 1=0 must be listed once");
  CHECK_THROWS_WITH(shequ::report_partition({&graph, households, 2, {}, {500, 300}}),
                    "bounds=500 to 300 must be 0 or more and ascending");
  const std::vector<std::int64_t> negative{300, -1};
  CHECK_THROWS_WITH(shequ::report_partition({&graph, negative, 2, {}, {300, 500}}),
                    "households[1]=-1 must be in [0, 1000000000000]");
}

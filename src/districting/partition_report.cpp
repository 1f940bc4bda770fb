// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/partition_report.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ {

namespace {

void check_position(const std::string& name, std::int64_t value, std::int64_t size) {
  if (value >= 0 && value < size) return;
  const std::string range = "[0, " + std::to_string(size - 1) + "]";
  detail::throw_argument(name, value, "in " + range, "在 " + range + " 之间");
}

[[nodiscard]] std::string entry(std::string_view name, std::size_t i) {
  return std::string(name) + "[" + std::to_string(i) + "]";
}

void check(const PartitionLedger& ledger) {
  if (ledger.graph == nullptr) detail::throw_argument("graph", "none", "given", "给出");
  const auto atoms = detail::at(ledger.graph->num_nodes());
  detail::check_length("households", ledger.households.size(), atoms);
  if (!ledger.last_year.empty()) detail::check_length("last_year", ledger.last_year.size(), atoms);
  if (ledger.num_grids < 0) detail::throw_argument("num_grids", ledger.num_grids, "0 or more", "大于或等于 0");
  if (ledger.bounds.lower < 0 || ledger.bounds.upper < ledger.bounds.lower) {
    detail::throw_argument("bounds", std::to_string(ledger.bounds.lower) + " to " + std::to_string(ledger.bounds.upper),
                           "0 or more and ascending", "大于或等于 0，且先小后大");
  }
  for (std::size_t i = 0; i < atoms; ++i) {
    if (ledger.households[i] < 0 || ledger.households[i] > 1'000'000'000'000) {
      detail::throw_argument(entry("households", i), ledger.households[i], "in [0, 1000000000000]",
                             "在 [0, 1000000000000] 之间");
    }
  }
  for (std::size_t i = 0; i < ledger.members.size(); ++i) {
    check_position(entry("members", i) + ".atom", ledger.members[i].atom, ledger.graph->num_nodes());
    check_position(entry("members", i) + ".grid", ledger.members[i].grid, ledger.num_grids);
  }
  for (std::size_t i = 0; i < ledger.links.size(); ++i) {
    check_position(entry("links", i), ledger.links[i].first, ledger.graph->num_nodes());
    check_position(entry("links", i), ledger.links[i].second, ledger.graph->num_nodes());
  }
}

/// Atoms of each grid, sorted; throws InvalidInput where one is listed twice.
[[nodiscard]] std::vector<std::vector<NodeId>> atoms_of(const PartitionLedger& ledger) {
  std::vector<std::vector<NodeId>> grids(detail::at(ledger.num_grids));
  for (const GridMember& member : ledger.members) grids[detail::at(member.grid)].push_back(member.atom);
  for (std::size_t grid = 0; grid < grids.size(); ++grid) {
    std::sort(grids[grid].begin(), grids[grid].end());
    const auto twice = std::adjacent_find(grids[grid].begin(), grids[grid].end());
    if (twice != grids[grid].end()) {
      detail::throw_argument("atom of grid " + std::to_string(grid), *twice, "listed once", "只列一次");
    }
  }
  return grids;
}

/// Counts the connected pieces of the atoms of one grid, by edges and links.
class GridPieces {
 public:
  explicit GridPieces(const PartitionLedger& ledger) : ledger_(ledger), in_grid_(ledger.households.size(), 0) {
    linked_.resize(ledger.households.size());
    for (const auto& [a, b] : ledger.links) {
      linked_[detail::at(a)].push_back(b);
      linked_[detail::at(b)].push_back(a);
    }
  }

  [[nodiscard]] std::int64_t count(std::span<const NodeId> atoms) {
    for (const NodeId atom : atoms) in_grid_[detail::at(atom)] = 1;
    std::int64_t pieces = 0;
    std::vector<NodeId> stack;
    const auto visit = [&](NodeId atom) {
      if (in_grid_[detail::at(atom)] == 0) return;
      in_grid_[detail::at(atom)] = 0;
      stack.push_back(atom);
    };
    for (const NodeId atom : atoms) {
      if (in_grid_[detail::at(atom)] == 0) continue;
      ++pieces;
      visit(atom);
      while (!stack.empty()) {
        const NodeId next = stack.back();
        stack.pop_back();
        for (const NodeId other : ledger_.graph->neighbours(next)) visit(other);
        for (const NodeId other : linked_[detail::at(next)]) visit(other);
      }
    }
    return pieces;
  }

 private:
  const PartitionLedger& ledger_;
  std::vector<std::uint8_t> in_grid_;
  std::vector<std::vector<NodeId>> linked_;
};

void add_duties(const PartitionLedger& ledger, PartitionReport& report) {
  if (!ledger.duties) return;
  std::vector<GridDuty> duties(ledger.duties->begin(), ledger.duties->end());
  for (std::size_t i = 0; i < duties.size(); ++i) {
    check_position(entry("duties", i) + ".grid", duties[i].grid, ledger.num_grids);
  }
  std::sort(duties.begin(), duties.end(), [](const GridDuty& a, const GridDuty& b) {
    return a.worker != b.worker ? a.worker < b.worker : a.grid < b.grid;
  });
  for (std::size_t i = 0; i < duties.size(); ++i) {
    if (i > 0 && duties[i] == duties[i - 1]) {
      detail::throw_argument("worker of grid " + std::to_string(duties[i].grid), duties[i].worker, "listed once",
                             "只列一次");
    }
    ++report.grids[detail::at(duties[i].grid)].workers;
    const bool again = i > 0 && duties[i].worker == duties[i - 1].worker;
    if (again && (report.shared_workers.empty() || report.shared_workers.back() != duties[i].worker)) {
      report.shared_workers.push_back(duties[i].worker);
    }
  }
  for (PartId grid = 0; grid < ledger.num_grids; ++grid) {
    const std::int64_t workers = report.grids[detail::at(grid)].workers;
    if (workers == 0) report.unstaffed.push_back(grid);
    if (workers > 1) report.shared_grids.push_back(grid);
  }
}

void add_sizes(PartitionReport& report) {
  std::int64_t total = 0;
  for (const GridRow& row : report.grids) {
    if (row.atoms == 0) continue;
    report.min_households = report.count == 0 ? row.households : std::min(report.min_households, row.households);
    report.max_households = std::max(report.max_households, row.households);
    total += row.households;
    ++report.count;
  }
  if (report.count == 0) return;
  const Fraction mean(total, report.count);
  report.mean_households = mean;
  if (total == 0) return;
  report.above_mean = (Fraction(report.max_households) - mean) / mean;
  report.below_mean = (mean - Fraction(report.min_households)) / mean;
}

/// Which atoms no grid lists, which two do, and which have another grid than a year ago.
void add_atoms(const PartitionLedger& ledger, PartitionReport& report) {
  const std::size_t size = ledger.households.size();
  std::vector<std::int32_t> listed(size, 0);
  std::vector<std::uint8_t> stayed(size, 0);
  for (const GridMember& member : ledger.members) {
    const std::size_t i = detail::at(member.atom);
    ++listed[i];
    if (!ledger.last_year.empty() && ledger.last_year[i] == member.grid) stayed[i] = 1;
  }
  for (NodeId atom = 0; atom < ledger.graph->num_nodes(); ++atom) {
    const std::size_t i = detail::at(atom);
    if (ledger.households[i] > ledger.bounds.upper) report.oversized_atoms.push_back(atom);
    if (listed[i] == 0) report.gaps.push_back(atom);
    if (listed[i] > 1) report.overlaps.push_back(atom);
    if (!ledger.last_year.empty() && ledger.last_year[i] >= 0 && stayed[i] == 0) report.moved.push_back(atom);
  }
}

}  // namespace

PartitionReport report_partition(const PartitionLedger& ledger) {
  check(ledger);
  PartitionReport report;
  const std::vector<std::vector<NodeId>> grids = atoms_of(ledger);
  GridPieces pieces(ledger);
  report.grids.resize(grids.size());
  for (PartId grid = 0; grid < ledger.num_grids; ++grid) {
    const std::vector<NodeId>& atoms = grids[detail::at(grid)];
    GridRow& row = report.grids[detail::at(grid)];
    row.atoms = static_cast<std::int64_t>(atoms.size());
    for (const NodeId atom : atoms) row.households += ledger.households[detail::at(atom)];
    row.pieces = pieces.count(atoms);
    row.within_bounds = row.households >= ledger.bounds.lower && row.households <= ledger.bounds.upper;
    if (atoms.empty()) {
      report.empty_grids.push_back(grid);
      continue;
    }
    if (!row.within_bounds) report.out_of_bounds.push_back(grid);
    if (row.pieces > 1) report.not_contiguous.push_back(grid);
  }
  add_sizes(report);
  add_atoms(ledger, report);
  add_duties(ledger, report);
  report.ok = report.gaps.empty() && report.overlaps.empty() && report.empty_grids.empty() &&
              report.out_of_bounds.empty() && report.not_contiguous.empty() && report.unstaffed.empty();
  return report;
}

}  // namespace shequ

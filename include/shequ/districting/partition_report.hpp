// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "shequ/districting/problem.hpp"
#include "shequ/rules/fraction.hpp"

namespace shequ {

/// An atom is listed under a grid. A ledger may list one twice or not at all.
struct GridMember {
  NodeId atom{};
  PartId grid{};
  friend constexpr bool operator==(const GridMember&, const GridMember&) = default;
};

/// A worker is in charge of a grid.
struct GridDuty {
  std::int32_t worker{};
  PartId grid{};
  friend constexpr bool operator==(const GridDuty&, const GridDuty&) = default;
};

/// Grids as they are found, right or wrong, of one community.
struct PartitionLedger {
  const Graph* graph{nullptr};               ///< atoms and who touches whom
  std::span<const std::int64_t> households;  ///< of each atom
  PartId num_grids{};                        ///< grids that there should be, empty ones included
  std::span<const GridMember> members;
  Bounds bounds{};                                     ///< least and most households of a grid
  std::span<const std::pair<NodeId, NodeId>> links{};  ///< pairs that count as touching: enclaves that are allowed
  std::span<const PartId> last_year{};  ///< grid of each atom a year ago by the same numbers; empty: not known
  std::optional<std::span<const GridDuty>> duties{};  ///< nothing: not known
};

/// One grid of the report.
struct GridRow {
  std::int64_t atoms{};
  std::int64_t households{};
  std::int64_t workers{};
  std::int64_t pieces{};  ///< 1 where it is contiguous, 0 where it is empty
  bool within_bounds{};
  friend constexpr bool operator==(const GridRow&, const GridRow&) = default;
};

/// What there is to say about a partition (网格划分核查). Lists are positions, ascending.
struct PartitionReport {
  std::vector<GridRow> grids;
  std::int64_t count{};  ///< grids that are not empty; the next five are over these
  std::int64_t min_households{};
  std::int64_t max_households{};
  std::optional<Fraction> mean_households;
  std::optional<Fraction> above_mean;   ///< (max - mean) / mean; nothing where the mean is 0
  std::optional<Fraction> below_mean;   ///< (mean - min) / mean
  std::vector<NodeId> oversized_atoms;  ///< larger than a grid may be: split by stairwell, or accept alone
  std::vector<PartId> out_of_bounds;
  std::vector<PartId> not_contiguous;
  std::vector<NodeId> gaps;      ///< atoms in no grid: nobody is in charge
  std::vector<NodeId> overlaps;  ///< atoms in two grids: two persons are in charge
  std::vector<NodeId> moved;     ///< atoms in another grid than a year ago
  std::vector<PartId> empty_grids;
  std::vector<PartId> unstaffed;             ///< grids without a worker, where duties are known
  std::vector<std::int32_t> shared_workers;  ///< workers with two grids or more: allowed
  std::vector<PartId> shared_grids;          ///< grids with two workers or more: allowed
  bool ok{};  ///< no gap, overlap, empty grid, broken bound, grid in pieces, grid without a worker
  friend bool operator==(const PartitionReport&, const PartitionReport&) = default;
};

/// Reports on grids; an atom in two grids counts in both. Throws InvalidInput for atoms and grids that there are not,
/// an atom or a worker listed twice under one grid, and columns of another length. O(atoms + edges + members log
/// members).
[[nodiscard]] PartitionReport report_partition(const PartitionLedger& ledger);

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sheet_columns.hpp"
#include "sheet_plan.hpp"
#include "shequ/rules/sheet.hpp"
#include "subtree_sums.hpp"

namespace shequ::detail {

/// Memory of a sheet that is being written.
struct SheetMemory {
  const SheetPlan& plan;
  std::int64_t* values{};
  CellState* states{};
  std::size_t stride{};
  std::array<std::vector<std::int32_t>*, DistrictSheet::num_groups> unknown{};
  std::span<const std::int32_t> rank_of_mark;  ///< of units above communities: position in the unknown counts

  [[nodiscard]] std::int64_t* column(Measure measure) const noexcept {
    return values + plan.values_of[static_cast<std::size_t>(measure)] * stride;
  }
  [[nodiscard]] CellState* cells(SheetGroup group) const noexcept { return states + plan.states_of[group] * stride; }
  /// Notes how many communities of a unit above them are unknown; where no other has a number, nor has the unit.
  void note_unknown(SheetGroup group, const Hierarchy::Family& family, UnitId end, std::int32_t count) const;
};

/// Writes the rows of a range of units, block by block, each column of a block while it is in the nearest cache. Other
/// ranges may be written at the same time.
class SheetRange {
 public:
  SheetRange(const Hierarchy& tree, const SheetColumns& columns, const SheetMemory& memory, Block units);

  void write();

  [[nodiscard]] const SheetFaults& faults() const noexcept { return faults_; }
  [[nodiscard]] const SubtreeSums<std::uint64_t>& sums(std::size_t measure) const { return sums_[measure]; }
  [[nodiscard]] const SubtreeSums<std::int32_t>& unknown(std::size_t group) const { return unknown_[group]; }
  /// All bits of the numbers of a measure.
  [[nodiscard]] std::uint64_t bits(std::size_t measure) const noexcept { return bits_[measure]; }

 private:
  void write_staffing();
  template <class Rule>
  void write_posts(const Rule& rule);
  void write_funding();
  void write_grants(const FundingRule& rule);
  void write_certification();
  void write_area(const std::optional<FacilityRule>& rule, const std::optional<AreaNeed>& need, const BlockCounts& have,
                  CellState absent, SheetGroup group, Measure measure);
  void write_grids();
  void write_visits();
  void write_without_rule();

  /// The column that a norm counts, and what to say where it is missing.
  [[nodiscard]] std::pair<const BlockCounts*, CellState> counted_by(Basis basis) const noexcept;
  [[nodiscard]] CellState* cells(SheetGroup group) const noexcept { return memory_.cells(group) + block_.begin; }
  [[nodiscard]] std::int64_t* numbers(Measure measure) noexcept {
    return numbers_[plan_.values_of[static_cast<std::size_t>(measure)]].data();
  }
  /// After the states of the communities of a block: `above` at the units above them, and counts of the unknown.
  void finish_states(SheetGroup group, CellState above);
  /// After the numbers of a block, of units that are not computed too: these become 0, and the sums are added up.
  void finish(Measure measure, bool additive = true);
  void write_out_numbers();

  const Hierarchy& tree_;
  const SheetPlan& plan_;
  const SheetMemory& memory_;
  Block units_;
  Block block_{};
  BlockColumns in_;
  BlockFamilies families_;
  SheetFaults faults_;
  std::vector<SubtreeSums<std::uint64_t>> sums_;    ///< of measures
  std::vector<SubtreeSums<std::int32_t>> unknown_;  ///< of groups
  std::array<std::uint64_t, num_measures> bits_{};
  std::array<std::array<std::int64_t, block_size>, num_measures> numbers_{};  ///< of the block, by column
};

}  // namespace shequ::detail

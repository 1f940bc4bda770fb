// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "shequ/rules/sheet.hpp"
#include "subtree_sums.hpp"

namespace shequ::detail {

/// What can be wrong with the columns of a sheet, in the order in which it is told: each column, then what they say
/// together.
enum SheetFault : std::size_t {
  bad_setting,
  bad_households,
  bad_dwellings,
  bad_residents,
  bad_workers,
  bad_certified,
  bad_office,
  bad_outdoor,
  bad_class,
  bad_paid,
  unknown_class,
  too_many_certified
};

/// The first community of each fault.
class SheetFaults {
 public:
  SheetFaults() { first_.fill(none); }
  void note(SheetFault fault, std::size_t unit) noexcept { first_[fault] = std::min(first_[fault], unit); }
  void join(const SheetFaults& other) noexcept {
    for (std::size_t f = 0; f < first_.size(); ++f) first_[f] = std::min(first_[f], other.first_[f]);
  }
  /// Throws InvalidInput naming the first of them, its community and value; nothing where there is none.
  void throw_first(const Hierarchy& tree, const SheetColumns& columns, const SheetRules& rules) const;

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::array<std::size_t, too_many_certified + 1> first_{};
};

/// Numbers of the units of a block, and where there is none.
struct BlockCounts {
  const std::int64_t* values{};   ///< all within their range: what does not count is 0 where it was not
  const std::uint8_t* missing{};  ///< not 0 where a unit has no number
};

/// The columns of a sheet, read block by block.
class BlockColumns {
 public:
  BlockColumns(const Hierarchy& tree, const SheetColumns& columns) : tree_(tree), columns_(columns) {}

  /// Reads a block and notes what is out of range.
  void read(Block block, SheetFaults& faults);

  BlockCounts households, dwellings, residents, workers, certified, office_dm2, outdoor_dm2, funding_class, paid_fen;
  /// 0 urban, 1 rural, 2 unknown.
  [[nodiscard]] const std::uint8_t* settings() const noexcept { return settings_.data(); }

 private:
  void read_settings(Block block, SheetFaults& faults);

  const Hierarchy& tree_;
  const SheetColumns& columns_;
  std::array<std::uint8_t, block_size> settings_{};
  std::array<std::array<std::int64_t, block_size>, 9> mended_{};  ///< of columns with numbers out of range
};

/// Throws InvalidInput where a column has not one entry for each unit.
void check_lengths(const Hierarchy& tree, const SheetColumns& columns);

/// True where every unit has a number.
[[nodiscard]] inline bool is_complete(const ColumnView<std::int64_t>& column) noexcept {
  return !column.values.empty() && column.missing.empty();
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shequ/detail/index.hpp"
#include "shequ/detail/shared_cells.hpp"
#include "shequ/fwd.hpp"
#include "shequ/scenario/edit.hpp"

namespace shequ::detail {

/// Cells of a unit: what it is, its own value in each of the `columns`, and the totals of its subtree.
///
///   parent  level  setting  rules | own values, -1 missing | totals of columns | how many values | derived totals
struct UnitCells {
  static constexpr std::size_t parent = 0;  ///< no_unit: the root, or not there (any more)
  static constexpr std::size_t level = 1;
  static constexpr std::size_t setting = 2;  ///< -1: not known
  static constexpr std::size_t rules = 3;    ///< number of the CommunityRules
  static constexpr std::size_t own = 4;
  // Derived totals, counted from the end of the column totals.
  static constexpr std::size_t communities = 0;
  static constexpr std::size_t posts = 1;
  static constexpr std::size_t posts_known = 2;  ///< communities that have posts
  static constexpr std::size_t shortage = 3;
  static constexpr std::size_t surplus = 4;
  static constexpr std::size_t balance_known = 5;  ///< communities that have posts and workers
  static constexpr std::size_t num_always = 6;
  static constexpr std::size_t max_derived = num_always + 2 * (num_rule_kinds - 1);

  std::size_t columns{};
  std::size_t num_derived{num_always};
  /// Of each kind of rules but staffing: where among the derived totals its number is, and next to it of how many
  /// communities it is; 0: the kind is not computed.
  std::array<std::uint8_t, num_rule_kinds> places{};

  /// Makes room for the number of a kind of rules.
  constexpr void add(RuleKind kind) noexcept {
    std::uint8_t& place = places[static_cast<std::size_t>(kind)];
    if (kind == RuleKind::staffing || place != 0) return;
    place = static_cast<std::uint8_t>(num_derived);
    num_derived += 2;
  }
  [[nodiscard]] constexpr std::size_t place(RuleKind kind) const noexcept {
    return places[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] constexpr std::size_t totals() const noexcept { return own + columns; }
  [[nodiscard]] constexpr std::size_t num_totals() const noexcept { return 2 * columns + num_derived; }
  [[nodiscard]] constexpr std::size_t derived() const noexcept { return totals() + 2 * columns; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return totals() + num_totals(); }
};

/// Columns that rules count, -1 where there is none.
struct CountColumns {
  std::int32_t households{-1}, dwellings{-1}, residents{-1}, workers{-1}, certified{-1}, office_dm2{-1},
      outdoor_dm2{-1};
  [[nodiscard]] std::int32_t of(Basis basis) const noexcept;
};

/// Derived totals that a community adds to those of the units below it, the first cells.num_derived of them. `totals`
/// are its own cells of totals. Throws InvalidInput for a count that no rule takes.
using Derived = std::array<std::int64_t, UnitCells::max_derived>;
[[nodiscard]] Derived derive(const CountColumns& counts, const CommunityRules& rules, const UnitCells& cells,
                             std::span<const std::int64_t> totals);

/// The cells of all units in pages that copies share until one of them writes; and the pages in bundles that they share
/// as well, so that a copy takes one step for a thousand units and a write copies little.
class UnitPages {
 public:
  static constexpr std::size_t page_units = 16;
  static constexpr std::size_t bundle_units = page_units * SharedPages::size;

  UnitPages() = default;
  UnitPages(std::size_t units, UnitCells cells) : cells_(cells) { resize(units); }

  [[nodiscard]] const UnitCells& cells() const noexcept { return cells_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] const std::int64_t* read(UnitId unit) const noexcept {
    return page(unit).read() + at(unit) % page_units * cells_.size();
  }
  /// Cells of a unit in a page of one's own. Writing to them is unseen by copies made before.
  [[nodiscard]] std::int64_t* write(UnitId unit) {
    return bundles_[at(unit) / bundle_units].write()[page_in_bundle(unit)].write(page_cells()) +
           at(unit) % page_units * cells_.size();
  }
  /// New cells are 0.
  void resize(std::size_t units) {
    const std::size_t before = num_pages(size_);
    const std::size_t after = num_pages(units);
    const std::size_t bundles = (after + SharedPages::size - 1) / SharedPages::size;
    while (bundles_.size() < bundles) bundles_.emplace_back(SharedPages::made());
    for (std::size_t page = before; page < after; ++page) {
      bundles_[page / SharedPages::size].write()[page % SharedPages::size] = SharedCells(page_cells());
    }
    bundles_.resize(bundles);
    size_ = units;
  }
  /// True where both have the same page in memory for the unit: then all its cells are the same.
  [[nodiscard]] bool shares(const UnitPages& other, UnitId unit) const noexcept {
    return at(unit) < size_ && at(unit) < other.size_ && page(unit) == other.page(unit);
  }

 private:
  [[nodiscard]] static constexpr std::size_t num_pages(std::size_t units) noexcept {
    return (units + page_units - 1) / page_units;
  }
  [[nodiscard]] static constexpr std::size_t page_in_bundle(UnitId unit) noexcept {
    return at(unit) / page_units % SharedPages::size;
  }
  [[nodiscard]] const SharedCells& page(UnitId unit) const noexcept {
    return bundles_[at(unit) / bundle_units].read()[page_in_bundle(unit)];
  }
  [[nodiscard]] std::size_t page_cells() const noexcept { return page_units * cells_.size(); }

  UnitCells cells_;
  std::size_t size_{};
  std::vector<SharedPages> bundles_;
};

}  // namespace shequ::detail

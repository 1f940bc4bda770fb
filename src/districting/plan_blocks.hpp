// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// What enumeration puts into parts: connected pieces of the groups that must lie in one part, single nodes for the
/// most part. A part takes all blocks of a group or none, and is connected where its blocks are. Shares nothing with
/// the search, whose oracle enumeration is.
class PlanBlocks {
 public:
  using BlockId = std::int32_t;

  /// Sums that every part keeps within bounds.
  struct Column {
    std::vector<std::int64_t> weights;  // one a block
    std::int64_t lower{};
    std::int64_t upper{};
  };

  explicit PlanBlocks(const Problem& problem);

  /// Whether the rules contradict each other, so that there is no plan.
  [[nodiscard]] bool contradictory() const noexcept { return contradictory_; }
  [[nodiscard]] BlockId count() const noexcept { return static_cast<BlockId>(nodes_.size()); }
  /// Blocks are numbered by lowest node.
  [[nodiscard]] const std::vector<NodeId>& nodes(BlockId block) const;
  [[nodiscard]] const std::vector<BlockId>& neighbours(BlockId block) const;
  [[nodiscard]] const std::vector<Column>& columns() const noexcept { return columns_; }
  [[nodiscard]] std::int32_t group(BlockId block) const;
  [[nodiscard]] PartId lock(BlockId block) const;
  /// Whether the part of a block takes no block of another group.
  [[nodiscard]] bool closed(BlockId block) const;

  [[nodiscard]] std::int32_t num_groups() const noexcept { return static_cast<std::int32_t>(members_.size()); }
  [[nodiscard]] const std::vector<BlockId>& members(std::int32_t group) const;
  /// Groups that must lie in another part than `group`, by pairs; locks come on top.
  [[nodiscard]] const std::vector<std::int32_t>& apart(std::int32_t group) const;

  /// How many parts the sums of some blocks allow them to be divided into; none where no whole number fits.
  [[nodiscard]] std::optional<PartsRange> part_counts(const std::vector<BlockId>& blocks) const;

 private:
  void find_groups(const Problem& problem);
  void find_blocks(const Problem& problem);
  void read_columns(const Problem& problem);

  std::vector<std::int32_t> group_of_node_;
  std::vector<PartId> lock_of_group_;
  std::vector<std::uint8_t> group_is_closed_;
  std::vector<std::vector<std::int32_t>> apart_;
  std::vector<std::vector<BlockId>> members_;
  std::vector<std::vector<NodeId>> nodes_;
  std::vector<std::vector<BlockId>> neighbours_;
  std::vector<std::int32_t> group_;
  std::vector<Column> columns_;
  bool contradictory_{};
};

}  // namespace shequ::detail

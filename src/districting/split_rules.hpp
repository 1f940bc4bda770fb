// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// The rules of a problem besides bounds and contiguity, asked of two parts that were divided anew. What holds for all
/// other parts does not change.
class SplitRules {
 public:
  explicit SplitRules(const Problem& problem);

  /// Whether there is nothing to ask.
  [[nodiscard]] bool none() const noexcept { return balances_.empty() && !has_groups_ && apart_.empty(); }

  /// Whether dividing `nodes` by `sides` (0 or 1 each) keeps the rules, given that those of the undivided parts held.
  /// Complexity: O(nodes and the rules that name them).
  [[nodiscard]] bool allow(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides);

 private:
  [[nodiscard]] bool balanced(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides) const;
  [[nodiscard]] bool keeps_groups(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides);
  [[nodiscard]] bool keeps_locks(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides) const;
  [[nodiscard]] bool keeps_apart(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides);

  std::vector<Balance> balances_;
  std::vector<std::vector<std::int32_t>> groups_of_node_;  // of `together`; empty where there are none
  std::vector<std::int8_t> side_of_group_;                 // while a division is looked at; -1: not seen
  std::vector<PartId> locked_;
  std::vector<PartId> closed_;                 // ascending
  std::vector<std::vector<NodeId>> partners_;  // of each node, from which it must be apart
  std::vector<std::pair<NodeId, NodeId>> apart_;
  std::vector<std::int8_t> side_of_node_;  // while a division is looked at; -1: elsewhere
  bool has_groups_{false};
};

}  // namespace shequ::detail

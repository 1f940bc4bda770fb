// SPDX-License-Identifier: BSD-3-Clause
#include "split_rules.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "shequ/detail/index.hpp"

namespace shequ::detail {

SplitRules::SplitRules(const Problem& problem)
    : balances_(problem.balances), locked_(problem.locked), closed_(problem.closed), apart_(problem.apart) {
  const std::size_t size = at(problem.graph->num_nodes());
  std::sort(closed_.begin(), closed_.end());
  const auto is_lock = [](PartId lock) { return lock != no_part; };
  if (std::none_of(locked_.begin(), locked_.end(), is_lock)) locked_.clear();
  has_groups_ = !problem.together.empty() || !locked_.empty();
  if (!problem.together.empty()) {
    groups_of_node_.resize(size);
    side_of_group_.assign(problem.together.size(), -1);
    for (std::size_t group = 0; group < problem.together.size(); ++group) {
      for (const NodeId node : problem.together[group]) {
        groups_of_node_[at(node)].push_back(static_cast<std::int32_t>(group));
      }
    }
  }
  if (!apart_.empty()) {
    partners_.resize(size);
    side_of_node_.assign(size, -1);
    for (const auto& [a, b] : apart_) partners_[at(a)].push_back(b);
  }
}

bool SplitRules::allow(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides) {
  return balanced(nodes, sides) && (groups_of_node_.empty() || keeps_groups(nodes, sides)) &&
         (locked_.empty() || keeps_locks(nodes, sides)) && (apart_.empty() || keeps_apart(nodes, sides));
}

bool SplitRules::balanced(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides) const {
  for (const Balance& balance : balances_) {
    std::array<std::int64_t, 2> sums{};
    for (std::size_t i = 0; i < nodes.size(); ++i) sums[sides[i]] += balance.weights[at(nodes[i])];
    for (const std::int64_t sum : sums) {
      if (sum < balance.lower || sum > balance.upper) return false;
    }
  }
  return true;
}

bool SplitRules::keeps_groups(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides) {
  bool kept = true;
  for (std::size_t i = 0; i < nodes.size() && kept; ++i) {
    for (const std::int32_t group : groups_of_node_[at(nodes[i])]) {
      std::int8_t& side = side_of_group_[at(group)];
      kept = kept && (side == -1 || side == static_cast<std::int8_t>(sides[i]));
      side = static_cast<std::int8_t>(sides[i]);
    }
  }
  for (const NodeId node : nodes) {
    for (const std::int32_t group : groups_of_node_[at(node)]) side_of_group_[at(group)] = -1;
  }
  return kept;
}

bool SplitRules::keeps_locks(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides) const {
  // Each side has one lock or none, no lock is on both, and a closed one has the side for itself.
  std::array<PartId, 2> lock{no_part, no_part};
  std::array<bool, 2> has_free{false, false};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const PartId number = locked_[at(nodes[i])];
    if (number == no_part) {
      has_free[sides[i]] = true;
      continue;
    }
    if (lock[sides[i]] != no_part && lock[sides[i]] != number) return false;
    lock[sides[i]] = number;
  }
  if (lock[0] != no_part && lock[0] == lock[1]) return false;
  for (std::size_t side = 0; side < 2; ++side) {
    if (has_free[side] && lock[side] != no_part && std::binary_search(closed_.begin(), closed_.end(), lock[side])) {
      return false;
    }
  }
  return true;
}

bool SplitRules::keeps_apart(std::span<const NodeId> nodes, std::span<const std::uint8_t> sides) {
  for (std::size_t i = 0; i < nodes.size(); ++i) side_of_node_[at(nodes[i])] = static_cast<std::int8_t>(sides[i]);
  bool kept = true;
  for (std::size_t i = 0; i < nodes.size() && kept; ++i) {
    for (const NodeId partner : partners_[at(nodes[i])]) {
      kept = kept && side_of_node_[at(partner)] != static_cast<std::int8_t>(sides[i]);
    }
  }
  for (const NodeId node : nodes) side_of_node_[at(node)] = -1;
  return kept;
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "plan_blocks.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "shequ/detail/index.hpp"

namespace shequ::detail {

PlanBlocks::PlanBlocks(const Problem& problem) {
  find_groups(problem);
  find_blocks(problem);
  read_columns(problem);
}

const std::vector<NodeId>& PlanBlocks::nodes(BlockId block) const { return nodes_[at(block)]; }
const std::vector<PlanBlocks::BlockId>& PlanBlocks::neighbours(BlockId block) const { return neighbours_[at(block)]; }
std::int32_t PlanBlocks::group(BlockId block) const { return group_[at(block)]; }
PartId PlanBlocks::lock(BlockId block) const { return lock_of_group_[at(group_[at(block)])]; }
bool PlanBlocks::closed(BlockId block) const { return group_is_closed_[at(group_[at(block)])] != 0; }
const std::vector<PlanBlocks::BlockId>& PlanBlocks::members(std::int32_t group) const { return members_[at(group)]; }
const std::vector<std::int32_t>& PlanBlocks::apart(std::int32_t group) const { return apart_[at(group)]; }

void PlanBlocks::find_groups(const Problem& problem) {
  const auto num_nodes = at(problem.graph->num_nodes());
  group_of_node_.assign(num_nodes, -1);
  const auto lock_of = [&](std::size_t node) { return problem.locked.empty() ? no_part : problem.locked[node]; };

  // Nodes that share a group of `together` or a lock number are neighbours here; groups are the components.
  std::vector<std::vector<NodeId>> sets = problem.together;
  std::map<PartId, std::vector<NodeId>> locks;
  for (std::size_t v = 0; v < num_nodes; ++v) {
    if (lock_of(v) != no_part) locks[lock_of(v)].push_back(static_cast<NodeId>(v));
  }
  for (const auto& [lock, nodes] : locks) sets.push_back(nodes);
  std::vector<std::vector<std::size_t>> sets_of_node(num_nodes);
  for (std::size_t s = 0; s < sets.size(); ++s) {
    for (const NodeId v : sets[s]) sets_of_node[at(v)].push_back(s);
  }
  for (std::size_t v = 0; v < num_nodes; ++v) {
    if (group_of_node_[v] != -1) continue;
    const auto group = static_cast<std::int32_t>(lock_of_group_.size());
    lock_of_group_.push_back(no_part);
    std::vector<std::size_t> found{v};
    group_of_node_[v] = group;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const PartId lock = lock_of(found[i]);
      PartId& known = lock_of_group_.back();
      contradictory_ = contradictory_ || (lock != no_part && known != no_part && lock != known);
      if (lock != no_part) known = lock;
      for (const std::size_t s : sets_of_node[found[i]]) {
        for (const NodeId other : sets[s]) {
          if (group_of_node_[at(other)] != -1) continue;
          group_of_node_[at(other)] = group;
          found.push_back(at(other));
        }
        sets[s].clear();
      }
    }
  }

  group_is_closed_.assign(lock_of_group_.size(), 0);
  for (std::size_t g = 0; g < lock_of_group_.size(); ++g) {
    const PartId lock = lock_of_group_[g];
    const bool is_closed =
        lock != no_part && std::find(problem.closed.begin(), problem.closed.end(), lock) != problem.closed.end();
    group_is_closed_[g] = is_closed ? 1 : 0;
  }
  for (std::size_t v = 0; v < num_nodes; ++v) {
    const bool is_guest = group_is_closed_[at(group_of_node_[v])] != 0 && lock_of(v) == no_part;
    contradictory_ = contradictory_ || is_guest;
  }
  apart_.resize(lock_of_group_.size());
  for (const auto& [a, b] : problem.apart) {
    const std::int32_t first = group_of_node_[at(a)];
    const std::int32_t second = group_of_node_[at(b)];
    contradictory_ = contradictory_ || first == second;
    apart_[at(first)].push_back(second);
    apart_[at(second)].push_back(first);
  }
}

void PlanBlocks::find_blocks(const Problem& problem) {
  const Graph& graph = *problem.graph;
  std::vector<std::vector<NodeId>> touching(at(graph.num_nodes()));
  for (NodeId v = 0; v < graph.num_nodes(); ++v) {
    touching[at(v)].assign(graph.neighbours(v).begin(), graph.neighbours(v).end());
  }
  for (const auto& [a, b] : problem.links) {
    touching[at(a)].push_back(b);
    touching[at(b)].push_back(a);
  }
  std::vector<BlockId> block_of(at(graph.num_nodes()), -1);
  members_.resize(lock_of_group_.size());
  for (NodeId v = 0; v < graph.num_nodes(); ++v) {
    if (block_of[at(v)] != -1) continue;
    const auto block = static_cast<BlockId>(nodes_.size());
    const std::int32_t group = group_of_node_[at(v)];
    group_.push_back(group);
    members_[at(group)].push_back(block);
    std::vector<NodeId> nodes{v};
    block_of[at(v)] = block;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      for (const NodeId other : touching[at(nodes[i])]) {
        if (block_of[at(other)] != -1 || group_of_node_[at(other)] != group) continue;
        block_of[at(other)] = block;
        nodes.push_back(other);
      }
    }
    nodes_.push_back(std::move(nodes));
  }
  neighbours_.resize(nodes_.size());
  for (NodeId v = 0; v < graph.num_nodes(); ++v) {
    for (const NodeId other : touching[at(v)]) {
      if (block_of[at(v)] != block_of[at(other)]) neighbours_[at(block_of[at(v)])].push_back(block_of[at(other)]);
    }
  }
  for (std::vector<BlockId>& row : neighbours_) {
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
  }
}

void PlanBlocks::read_columns(const Problem& problem) {
  const auto add = [&](const std::vector<std::int64_t>& weights, std::int64_t lower, std::int64_t upper) {
    Column column{std::vector<std::int64_t>(nodes_.size(), 0), lower, upper};
    for (std::size_t block = 0; block < nodes_.size(); ++block) {
      for (const NodeId v : nodes_[block]) column.weights[block] += weights[at(v)];
    }
    columns_.push_back(std::move(column));
  };
  add(problem.weights, problem.lower, problem.upper);
  for (const Balance& balance : problem.balances) add(balance.weights, balance.lower, balance.upper);
}

std::optional<PartsRange> PlanBlocks::part_counts(const std::vector<BlockId>& blocks) const {
  std::int64_t least = 1;
  auto most = static_cast<std::int64_t>(blocks.size());
  for (const Column& column : columns_) {
    std::int64_t total = 0;
    for (const BlockId block : blocks) total += column.weights[at(block)];
    if (total > 0) {
      if (column.upper == 0) return std::nullopt;
      least = std::max(least, (total - 1) / column.upper + 1);
    }
    if (column.lower > 0) most = std::min(most, total / column.lower);
  }
  if (least > most) return std::nullopt;
  return PartsRange{static_cast<PartId>(least), static_cast<PartId>(most)};
}

}  // namespace shequ::detail

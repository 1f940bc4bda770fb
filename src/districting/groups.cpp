// SPDX-License-Identifier: BSD-3-Clause
#include "groups.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <utility>

#include "shequ/detail/index.hpp"

namespace shequ::detail {
namespace {

NodeId find_root(std::vector<NodeId>& parent, NodeId node) {
  while (parent[at(node)] != node) {
    parent[at(node)] = parent[at(parent[at(node)])];
    node = parent[at(node)];
  }
  return node;
}

void join_all(std::vector<NodeId>& parent, const std::vector<NodeId>& nodes) {
  for (const NodeId node : nodes) {
    const NodeId a = find_root(parent, nodes.front());
    const NodeId b = find_root(parent, node);
    parent[at(std::max(a, b))] = std::min(a, b);
  }
}

}  // namespace

std::vector<std::vector<NodeId>> nodes_by_lock(const Problem& problem) {
  std::map<PartId, std::vector<NodeId>> locks;
  for (std::size_t v = 0; v < problem.locked.size(); ++v) {
    if (problem.locked[v] != no_part) locks[problem.locked[v]].push_back(static_cast<NodeId>(v));
  }
  std::vector<std::vector<NodeId>> result;
  for (auto& [lock, nodes] : locks) result.push_back(std::move(nodes));
  return result;
}

Groups merge_groups(const Problem& problem) {
  const NodeId num_nodes = problem.graph->num_nodes();
  std::vector<NodeId> parent(at(num_nodes));
  std::iota(parent.begin(), parent.end(), NodeId{0});
  const std::vector<std::vector<NodeId>> locks = nodes_by_lock(problem);
  for (const auto& group : problem.together) join_all(parent, group);
  for (const auto& group : locks) join_all(parent, group);

  Groups groups;
  groups.of_node.assign(at(num_nodes), -1);
  for (NodeId v = 0; v < num_nodes; ++v) {
    const NodeId root = find_root(parent, v);
    if (root == v) {
      groups.of_node[at(v)] = static_cast<std::int32_t>(groups.members.size());
      groups.members.emplace_back();
      groups.weights.push_back(0);
    }
    const std::int32_t group = groups.of_node[at(v)] = groups.of_node[at(root)];
    groups.members[at(group)].push_back(v);
    groups.weights[at(group)] += problem.weights[at(v)];
  }
  for (const auto& [a, b] : problem.apart)
    groups.apart.emplace_back(std::minmax(groups.of_node[at(a)], groups.of_node[at(b)]));
  std::sort(groups.apart.begin(), groups.apart.end());
  groups.apart.erase(std::unique(groups.apart.begin(), groups.apart.end()), groups.apart.end());
  groups.lock.assign(groups.members.size(), no_part);
  for (const auto& nodes : locks) {
    PartId& lock = groups.lock[at(groups.of_node[at(nodes.front())])];
    if (lock == no_part) lock = problem.locked[at(nodes.front())];
  }
  return groups;
}

}  // namespace shequ::detail

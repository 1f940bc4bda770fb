// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shequ/detail/search/search_graph.hpp"

namespace shequ::detail {

/// Answers whether a part stays connected when a node leaves it. Looks at the neighbours of the node only, and searches
/// from all of them at once where these do not settle it.
class Connectivity {
 public:
  explicit Connectivity(const SearchGraph& graph)
      : graph_(&graph), reached_by_(at(graph.num_nodes()), -1), reached_in_(at(graph.num_nodes()), 0) {}

  /// Whether the other nodes with the label of `node` hang together as far as `node` held them; false where it has no
  /// neighbour of its label.
  [[nodiscard]] bool holds_without(std::span<const std::int32_t> labels, std::int32_t node);

 private:
  [[nodiscard]] bool search_round(std::span<const std::int32_t> labels, std::int32_t node);

  const SearchGraph* graph_;
  // Which search reached a node, and in which call.
  std::vector<std::int32_t> reached_by_;
  std::vector<std::uint32_t> reached_in_;
  std::uint32_t call_{0};
  std::vector<std::vector<std::int32_t>> frontiers_;
  std::vector<std::size_t> heads_;
  std::vector<std::int32_t> search_root_;
};

}  // namespace shequ::detail

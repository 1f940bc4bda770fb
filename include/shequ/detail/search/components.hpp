// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shequ/detail/search/search_graph.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// A connected component of a problem, as one search graph, and the nodes that its nodes stand for. The nodes of a
/// closed lock are a component of one node of their own.
struct Component {
  SearchGraph graph;
  std::vector<std::int32_t> member_offsets;
  std::vector<NodeId> member_nodes;
  bool closed{};

  [[nodiscard]] std::span<const NodeId> members(std::int32_t node) const {
    const auto first = static_cast<std::size_t>(member_offsets[static_cast<std::size_t>(node)]);
    const auto last = static_cast<std::size_t>(member_offsets[static_cast<std::size_t>(node) + 1]);
    return {member_nodes.data() + first, last - first};
  }
};

/// The components of the problem in the order of their lowest nodes. Groups that must stay together are joined into one
/// node where they touch, or along the lightest way between their pieces.
[[nodiscard]] std::vector<Component> make_components(const Problem& problem);

}  // namespace shequ::detail

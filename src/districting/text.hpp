// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "shequ/graph/graph.hpp"

namespace shequ::detail {

/// Ids of at most 10 nodes, separated, and how many more there are.
inline std::string node_list(const Graph& graph, std::span<const NodeId> nodes, Language language) {
  constexpr std::size_t max_listed = 10;
  const bool english = language == Language::en;
  std::string text;
  const std::size_t listed = std::min(nodes.size(), max_listed);
  for (std::size_t i = 0; i < listed; ++i) {
    if (i > 0) text += english ? ", " : "、";
    text += graph.id(nodes[i]);
  }
  if (listed < nodes.size()) {
    const std::string more = std::to_string(nodes.size() - listed);
    text += english ? " and " + more + " more" : " 等另外 " + more + " 个";
  }
  return text;
}

/// "1 node", "3 nodes".
inline std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// Nodes that must lie in one part, by together and by locks taken together; every other node is a group of its own.
struct Groups {
  std::vector<std::int32_t> of_node;         ///< group of each node, numbered by lowest node
  std::vector<std::vector<NodeId>> members;  ///< ascending
  std::vector<std::int64_t> weights;
  std::vector<std::pair<std::int32_t, std::int32_t>> apart;  ///< groups that `Problem::apart` holds in two parts, each
                                                             ///< pair once, ascending; not those of two locks
  std::vector<PartId> lock;  ///< number of each group in Problem::locked; no_part: free. The lowest where there are
                             ///< several, which no plan can keep
};

[[nodiscard]] Groups merge_groups(const Problem& problem);

/// The nodes of each lock number that is used, in the order of the numbers.
[[nodiscard]] std::vector<std::vector<NodeId>> nodes_by_lock(const Problem& problem);

}  // namespace shequ::detail

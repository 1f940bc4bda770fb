// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shequ/graph/graph.hpp"

namespace shequ {

/// Connected components, numbered by their lowest node.
struct Components {
  std::vector<std::int32_t> label;  ///< component of each node
  std::int32_t count{};
};

[[nodiscard]] Components connected_components(const Graph& graph);

/// Nodes whose removal would tear their component apart (cut vertices), ascending.
[[nodiscard]] std::vector<NodeId> articulation_points(const Graph& graph);

/// Edges whose removal would tear their component apart, ascending.
[[nodiscard]] std::vector<EdgeId> bridges(const Graph& graph);

/// How many connected pieces each part of a plan has: 1 where it is contiguous. `labels` has one entry a node, each in
/// 0..part_count - 1 or no_part. Complexity: O(nodes + edges).
[[nodiscard]] std::vector<std::int32_t> pieces_per_part(const Graph& graph, std::span<const PartId> labels,
                                                        PartId part_count);

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shequ/detail/search/coarsen.hpp"
#include "shequ/detail/search/components.hpp"

namespace shequ::detail {

/// A row of whole numbers for each node of a search graph, which add up when nodes are put together.
struct NodeRows {
  std::size_t stride{1};
  std::vector<std::int64_t> values;

  [[nodiscard]] const std::int64_t* row(std::int32_t node) const noexcept { return &values[at(node) * stride]; }
  [[nodiscard]] std::int64_t* row(std::int32_t node) noexcept { return &values[at(node) * stride]; }

  [[nodiscard]] NodeRows coarsened(std::span<const std::int32_t> coarse_of, std::int32_t num_coarse) const {
    NodeRows coarse{stride, std::vector<std::int64_t>(at(num_coarse) * stride, 0)};
    for (std::size_t v = 0; v < coarse_of.size(); ++v) {
      for (std::size_t i = 0; i < stride; ++i) coarse.row(coarse_of[v])[i] += values[v * stride + i];
    }
    return coarse;
  }
};

/// Rows of a component's nodes: `fill(node of the problem, row)` adds what one member contributes.
template <class Fill>
[[nodiscard]] NodeRows sum_members(const Component& component, std::size_t stride, Fill&& fill) {
  NodeRows rows{stride, std::vector<std::int64_t>(component.graph.weights.size() * stride, 0)};
  for (std::int32_t v = 0; v < component.graph.num_nodes(); ++v) {
    for (const NodeId member : component.members(v)) fill(member, rows.row(v));
  }
  return rows;
}

/// Rows of one column.
[[nodiscard]] inline NodeRows sum_column(const Component& component, std::span<const std::int64_t> column) {
  return sum_members(component, 1, [&](NodeId v, std::int64_t* row) { *row += column[at(v)]; });
}

}  // namespace shequ::detail

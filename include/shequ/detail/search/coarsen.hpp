// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shequ/detail/search/search_graph.hpp"
#include "shequ/random.hpp"

namespace shequ::detail {

/// A coarser picture of a search graph and the node that each finer one went into.
struct CoarseGraph {
  SearchGraph graph;
  std::vector<std::int32_t> coarse_of;

  /// A plan of the finer nodes that cuts none of those put together, as one of the coarser nodes.
  [[nodiscard]] std::vector<std::int32_t> coarsened(std::span<const std::int32_t> labels) const {
    std::vector<std::int32_t> coarse(graph.weights.size());
    for (std::size_t v = 0; v < labels.size(); ++v) coarse[at(coarse_of[v])] = labels[v];
    return coarse;
  }
  /// A plan of the coarser nodes as one of the finer ones.
  [[nodiscard]] std::vector<std::int32_t> refined(std::span<const std::int32_t> labels) const {
    std::vector<std::int32_t> fine(coarse_of.size());
    for (std::size_t v = 0; v < fine.size(); ++v) fine[v] = labels[at(coarse_of[v])];
    return fine;
  }
};

/// Merges nodes with a neighbour each: the heavier the edge for the weights it joins the more likely, up to
/// `max_weight` together. Edges that one of `plans` (labels of the finer nodes) cuts are not merged, so that all of
/// them are plans of the coarser graph too. Tied nodes stay single.
[[nodiscard]] CoarseGraph coarsen(const SearchGraph& fine, std::int64_t max_weight,
                                  std::span<const std::vector<std::int32_t>> plans, Random& random);

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

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
};

/// Merges nodes with a neighbour each: the heavier the edge for the weights it joins the more likely, up to
/// `max_weight` together. Edges that one of `plans` (labels of the finer nodes) cuts are not merged, so that all of
/// them are plans of the coarser graph too. Tied nodes stay single.
[[nodiscard]] CoarseGraph coarsen(const SearchGraph& fine, std::int64_t max_weight,
                                  std::span<const std::vector<std::int32_t>> plans, Random& random);

}  // namespace shequ::detail

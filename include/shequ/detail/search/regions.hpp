// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "shequ/detail/search/anneal.hpp"
#include "shequ/detail/search/partition.hpp"
#include "shequ/detail/search/search_graph.hpp"
#include "shequ/random.hpp"

namespace shequ::detail {

/// Whole parts that lie side by side, as a search graph of their own that fits the cache. What leads out of the region
/// is cut whatever happens inside, so that a move costs here what it costs in the whole graph.
struct Region {
  SearchGraph graph;
  std::vector<std::int32_t> nodes;   ///< in the whole graph, ascending
  std::vector<std::int32_t> labels;  ///< 0 to parts.size() - 1
  std::vector<std::int32_t> parts;   ///< in the whole plan
};

/// Joins the parts of a plan into regions of about `nodes_per_region` nodes, never less than two parts where a part
/// touches another. Drawn by chance, so that parts on the rim of one region lie inside of another the next time.
/// Returns the region of each part, numbered from 0 on.
[[nodiscard]] std::vector<std::int32_t> draw_regions(const SearchGraph& graph, std::span<const std::int32_t> labels,
                                                     std::int32_t num_parts, std::int64_t nodes_per_region,
                                                     Random& random);

/// The regions of `region_of_part`. Complexity: O(nodes + edges) for all together.
[[nodiscard]] std::vector<Region> cut_out_regions(const SearchGraph& graph, std::span<const std::int32_t> labels,
                                                  std::span<const std::int32_t> region_of_part);

/// How to refine region by region.
struct RegionOptions {
  AnnealOptions anneal;         ///< of all passes together; its steps are shared out by number of nodes
  AnnealOptions repair;         ///< of one further pass
  std::int32_t passes{4};       ///< each with other regions
  std::int32_t max_repairs{0};  ///< further passes, over the regions that break bounds only
  std::int32_t threads{1};      ///< changes the time and nothing else
  bool descend{};               ///< end the last pass where no single move makes a region better
};

/// Fits the schedule for one level of a multilevel search to plans of very many nodes, which get few steps each.
void quicken(AnnealOptions& schedule, bool is_coarsest, bool is_finest);

/// Options for one level of a multilevel search by its schedule.
[[nodiscard]] RegionOptions region_options(const AnnealOptions& schedule, bool is_finest, std::int32_t threads);

/// Anneals a large plan region by region, several at a time: the steps of one stay in the cache, where those of an
/// annealing of the whole would each wait for memory. `poll` is called on this thread only. Parts stay connected.
Score refine_by_regions(const SearchGraph& graph, const Penalties& penalties, std::int32_t num_parts,
                        std::vector<std::int32_t>& labels, const RegionOptions& options, Random& random,
                        const Poll& poll, const std::function<bool()>& stopped);

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "shequ/detail/search/anneal.hpp"
#include "shequ/detail/search/coarsen.hpp"
#include "shequ/detail/search/regions.hpp"
#include "shequ/detail/search/tree_split.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// Plan of one component.
struct ComponentPlan {
  std::vector<std::int32_t> labels;
  std::int32_t num_parts{};  ///< labels are below it; some may be unused
  Score score;
  bool found{};
  std::size_t option{};  ///< number in PartOptions::counts that the search began with
};

/// What one run of the search does.
struct Run {
  std::int32_t num_parts{};    ///< most parts
  std::int32_t first_parts{};  ///< parts to begin with
  std::int32_t min_parts{};    ///< above 0: the number of parts is open, from here to num_parts
  std::int64_t steps{};
  std::span<const std::vector<std::int32_t>> parents{};  ///< plans to combine, the better first; or one to begin from
  std::uint32_t tree_share{256};                         ///< AnnealOptions::tree_share
  bool is_loose{};                                       ///< bounds leave much room: flips alone find their way
  bool gentle{};                                         ///< keep near the first parent
  bool by_regions{};                                     ///< refine large pictures region by region
  std::int32_t threads{1};                               ///< for regions
};

/// Bounds of a problem as the search of one component needs them.
struct SearchBounds {
  std::vector<Bounds> columns;  ///< of the weights and of the further balances
};

/// Sets the energies of a graph so that energy_unit is the median change of the objective by a move of a node across a
/// border of the plan: one schedule of temperatures then serves terms of any unit. Calls terms.reset().
template <class Terms>
void set_term_energies(SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts, Terms& terms) {
  constexpr std::size_t wanted = 256;
  terms.reset(graph, labels, num_parts);
  const std::size_t stride = std::max<std::size_t>(1, graph.edge_costs.size() / (16 * wanted));
  std::vector<std::int64_t> changes;
  for (std::size_t e = 0; e < graph.edge_costs.size() && changes.size() < wanted; e += stride) {
    const std::int32_t node = graph.edge_sources[e];
    const std::int32_t from = labels[at(node)];
    const std::int32_t part = labels[at(graph.edge_targets[e])];
    if (from == part) continue;
    std::int64_t change = terms.change(labels, node, part);
    for (std::size_t i = graph.begin(node); i < graph.end(node); ++i) {
      const std::int32_t other = labels[at(graph.targets[i])];
      const std::int64_t cost = graph.edge_costs[at(graph.arc_edges[i])];
      change += (other == from ? cost : 0) - (other == part ? cost : 0);
    }
    if (change != 0) changes.push_back(change < 0 ? -change : change);
  }
  std::int64_t scale = 1;
  if (!changes.empty()) {
    const auto middle = changes.begin() + static_cast<std::ptrdiff_t>(changes.size() / 2);
    std::nth_element(changes.begin(), middle, changes.end());
    scale = *middle;
  }
  graph.set_energies_beside_terms(scale);
}

/// `coarseness` is a weight that no part of a coarse picture comes nearer to its bounds than; `widened` bounds give way
/// by half of it.
[[nodiscard]] Penalties make_penalties(const SearchGraph& graph, const SearchBounds& bounds, std::int64_t coarseness,
                                       bool widened = false);

/// The coarser pictures of a graph, finest first, down to about `least_nodes` nodes.
[[nodiscard]] std::vector<CoarseGraph> coarsen_to(const SearchGraph& graph, std::int64_t least_nodes,
                                                  std::int64_t max_weight,
                                                  std::span<const std::vector<std::int32_t>> parents, Random& random,
                                                  const std::function<bool()>& stopped);

/// Multilevel search on one component: a coarse picture of it is divided along random trees, or takes over the plan
/// of a parent, and is annealed; the plan is carried over to finer and finer pictures and annealed on each. Coarsening
/// that spares the edges that one of two parents cuts combines the two.
template <class Terms>
ComponentPlan search_component(const SearchGraph& graph, const SearchBounds& bounds, const Run& run, const Terms& terms,
                               Random& random, const Poll& poll, const std::function<bool()>& stopped) {
  constexpr std::int64_t nodes_per_part = 25;
  constexpr std::int32_t least_nodes_for_regions = 20'000;
  const std::int64_t least_nodes = std::max<std::int64_t>(nodes_per_part * run.num_parts, 60);
  const std::int64_t max_weight = std::max<std::int64_t>(graph.total_weight / std::max(1, run.num_parts) / 8, 1);
  std::vector<CoarseGraph> levels;
  if (graph.num_nodes() > least_nodes * 3 / 2) {
    levels = coarsen_to(graph, least_nodes, max_weight, run.parents, random, stopped);
  }
  // With terms, a run has energies of its own, and every level has its own picture of the terms.
  SearchGraph own_graph;
  std::vector<Terms> level_terms{terms};
  if constexpr (Terms::active) own_graph = graph;
  for (std::size_t level = 0; Terms::active && level < levels.size(); ++level) {
    const SearchGraph& fine = level == 0 ? graph : levels[level - 1].graph;
    level_terms.push_back(level_terms.back().coarsened(fine, levels[level]));
  }
  const auto graph_at = [&](std::size_t level) -> const SearchGraph& {
    return level > 0 ? levels[level - 1].graph : Terms::active ? own_graph : graph;
  };

  std::vector<std::int32_t> labels;
  {
    TreeSplitter splitter(graph_at(levels.size()));
    if (run.parents.empty()) {
      const DivideOptions divide{bounds.columns.front().lower, bounds.columns.front().upper, run.is_loose ? 1 : 8,
                                 stopped};
      labels = splitter.bisect(run.first_parts, divide, random);
    } else {
      labels = run.parents.front();
      for (const CoarseGraph& level : levels) labels = level.coarsened(labels);
    }
  }

  std::int64_t shares = 0;
  const auto share = [&](std::size_t level) {
    return level == levels.size() ? 2 * static_cast<std::int64_t>(graph_at(level).num_nodes())
                                  : static_cast<std::int64_t>(graph_at(level).num_nodes());
  };
  for (std::size_t level = 0; level <= levels.size(); ++level) shares += share(level);
  Score score;
  for (std::size_t level = levels.size() + 1; level-- > 0;) {
    AnnealOptions schedule;
    if constexpr (Terms::active) {
      // Cooler than for cut edges: a step of staff is the unit, and wins by a fraction of it are no noise.
      schedule.start_temperature = energy_unit;
      schedule.end_temperature = energy_unit / 32;
      set_term_energies(level == 0 ? own_graph : levels[level - 1].graph, labels, run.num_parts, level_terms[level]);
    }
    const SearchGraph& here = graph_at(level);
    schedule.min_parts = run.min_parts;
    schedule.tree_share = run.tree_share;
    if (run.is_loose) {  // found on communities of 200 to 400 nodes
      schedule.start_temperature = energy_unit * 3 / 2;
      schedule.end_temperature = energy_unit * 3 / 16;
    }
    schedule.steps =
        std::max<std::int64_t>(1, run.steps / shares * share(level) + run.steps % shares * share(level) / shares);
    const bool coarsest = level == levels.size();
    if (run.gentle) {
      schedule.start_temperature = energy_unit / 2;
    } else if (!run.parents.empty() || !coarsest) {
      schedule.start_temperature = energy_unit;
    }
    if (!Terms::active && run.by_regions) quicken(schedule, coarsest, level == 0);
    const std::int64_t coarseness =
        level == 0 ? 0 : graph.total_weight / here.num_nodes() / 2;  // half a node's weight is as near as it gets
    const Penalties penalties = make_penalties(here, bounds, coarseness, run.by_regions && level > 0);
    if (!Terms::active && run.by_regions && here.num_nodes() >= least_nodes_for_regions) {
      const RegionOptions options = region_options(schedule, level == 0, run.threads);
      score = refine_by_regions(here, penalties, run.num_parts, labels, options, random, poll, stopped);
    } else {
      Annealer annealer(here, penalties, run.num_parts, std::move(labels),
                        std::move(level_terms[Terms::active ? level : 0]));
      const bool finished = !stopped() && annealer.run(schedule, random, poll);
      if (finished && level == 0) annealer.descend();
      labels = annealer.best_labels();
      score = annealer.best_score();
    }
    if (level > 0) labels = levels[level - 1].refined(labels);
  }
  return {std::move(labels), run.num_parts, score, true, 0};
}

}  // namespace shequ::detail

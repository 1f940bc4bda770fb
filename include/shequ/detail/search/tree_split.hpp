// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "shequ/detail/index.hpp"
#include "shequ/detail/search/bound_penalty.hpp"
#include "shequ/detail/search/fixed_point.hpp"
#include "shequ/detail/search/search_graph.hpp"
#include "shequ/random.hpp"

namespace shequ::detail {

/// How carefully TreeSplitter::divide works.
struct DivideOptions {
  std::int64_t lower{};                               ///< least weight of a part
  std::int64_t upper{};                               ///< most weight of a part
  std::int32_t tries{8};                              ///< trees for each cut
  std::function<bool()> hurry{[] { return false; }};  ///< true: one tree for all further cuts
};

/// Random spanning trees of a region and what cutting each of their edges would give. Every side of a cut tree edge is
/// connected, which makes trees the way to divide a region without breaking it.
class TreeSplitter {
 public:
  explicit TreeSplitter(const SearchGraph& graph);

  /// Divides the whole component into `num_parts` connected parts by cutting one tree after the other, each cut as
  /// near to the bounds as a few trees allow. Always answers; num_parts must be 1 to the number of nodes.
  [[nodiscard]] std::vector<std::int32_t> bisect(std::int32_t num_parts, const DivideOptions& options, Random& random);

  /// Divides the region labelled `part` in `labels` into `num_parts` and labels the new ones from `next_label` on.
  void divide(std::vector<std::int32_t>& labels, std::int32_t part, std::int32_t num_parts, std::int32_t next_label,
              const DivideOptions& options, Random& random);

  /// Merges the two parts that cut edge `edge` joins, and divides them anew along one random tree: the present
  /// division and every cut of the tree compete by their energies at `temperature` (heat bath). Returns the number of
  /// nodes looked at; `changed` gets the nodes that moved.
  template <class Partition>
  std::int32_t resplit(Partition& partition, std::int32_t edge, std::int64_t temperature, Random& random,
                       std::vector<std::int32_t>& changed);

  /// Divides the part of `seed` in two along one random tree: of the cuts that leave both sides within the bounds, or
  /// nearest to them, the one of least energy at `temperature`. Returns the nodes of the side for the new part.
  template <class Partition>
  [[nodiscard]] std::vector<std::int32_t> split_part(const Partition& partition, std::int32_t seed,
                                                     std::int64_t temperature, Random& random);

 private:
  struct Cut {
    std::size_t child{};   ///< position in the tree of the node below the cut edge; 0: none
    std::int32_t parts{};  ///< parts that the side below gets
    std::int64_t excess{};
    std::int64_t energy{};
  };

  void collect(const std::vector<std::int32_t>& labels, std::int32_t seed, std::int32_t part_a, std::int32_t part_b);
  void grow_tree(Random& random);
  void sum_weights();
  void sum_cuts();
  [[nodiscard]] Cut best_cut(std::int32_t num_parts, std::int64_t lower, std::int64_t upper) const;
  void mark_side(std::size_t child);
  /// Divides the region of the present tree into `num_parts` in one pass: not well, but in no more time than one cut.
  void cut_along_tree(std::vector<std::int32_t>& labels, std::int32_t num_parts, std::int32_t next_label);
  [[nodiscard]] static std::uint32_t pick(std::size_t size, Random& random) {
    return random.below(static_cast<std::uint32_t>(size));
  }
  /// Heat bath: an energy less a Gumbel draw at `temperature`; the largest score wins with its Boltzmann weight.
  [[nodiscard]] static std::int64_t gumbel_score(std::int64_t energy, std::int64_t temperature, Random& random) {
    return temperature * gumbel_table[pick(log_table_size, random)] / energy_unit - energy;
  }
  [[nodiscard]] bool in_region(std::int32_t node) const { return stamp_[static_cast<std::size_t>(node)] >= region_; }

  const SearchGraph* graph_;
  std::vector<std::int32_t> nodes_;         // of the region
  std::vector<std::int32_t> order_;         // of the region, parents before children
  std::vector<std::int32_t> parent_;        // position in order_ of the parent
  std::vector<std::int32_t> position_;      // of each node of the graph in order_
  std::vector<std::int64_t> below_weight_;  // of the subtree at each position
  std::vector<std::int32_t> below_count_;
  std::vector<std::int64_t> cut_energy_;  // of the edges that leave the subtree within the region
  std::vector<std::size_t> candidates_;   // positions whose cut would leave both sides near the bounds
  std::vector<char> side_;
  struct Arc {
    std::int32_t from;
    std::int32_t to;
  };
  std::vector<Arc> frontier_;
  std::vector<std::uint32_t> stamp_;  // region_: in the region; region_ + 1: in the tree too
  std::uint32_t region_{0};
};

template <class Partition>
std::int32_t TreeSplitter::resplit(Partition& partition, std::int32_t edge, std::int64_t temperature, Random& random,
                                   std::vector<std::int32_t>& changed) {
  const SearchGraph& graph = *graph_;
  const std::int32_t part_a = partition.label(graph.edge_sources[at(edge)]);
  const std::int32_t part_b = partition.label(graph.edge_targets[at(edge)]);
  collect(partition.labels(), graph.edge_sources[at(edge)], part_a, part_b);
  grow_tree(random);
  sum_weights();

  const BoundPenalty& penalty = partition.penalty();
  const std::int64_t total = below_weight_[0];
  const std::int64_t tolerated =
      std::max((penalty.upper - penalty.lower) / 2,
               penalty.excess(partition.part_weight(part_a)) + penalty.excess(partition.part_weight(part_b)));
  candidates_.clear();
  for (std::size_t i = 1; i < order_.size(); ++i) {
    const std::int64_t weight = below_weight_[i];
    if (penalty.excess(weight) + penalty.excess(total - weight) <= tolerated) candidates_.push_back(i);
  }
  const auto looked_at = static_cast<std::int32_t>(order_.size());
  if (candidates_.empty()) return looked_at;
  sum_cuts();

  std::int64_t present = 0;
  for (const std::int32_t node : nodes_) {
    if (partition.label(node) != part_a) continue;
    for (std::size_t i = graph.begin(node); i < graph.end(node); ++i) {
      if (partition.label(graph.targets[i]) == part_b) present += graph.arc_energies[i];
    }
  }
  present += penalty.energy(partition.part_weight(part_a)) + penalty.energy(partition.part_weight(part_b));
  std::size_t chosen = 0;
  std::int64_t best = gumbel_score(present, temperature, random);
  for (const std::size_t i : candidates_) {
    const std::int64_t weight = below_weight_[i];
    const std::int64_t candidate =
        gumbel_score(cut_energy_[i] + penalty.energy(weight) + penalty.energy(total - weight), temperature, random);
    if (candidate > best) {
      best = candidate;
      chosen = i;
    }
  }
  if (chosen == 0) return looked_at;

  // The side that keeps more of part_a stays part_a, so that few nodes move.
  mark_side(chosen);
  std::int32_t kept = 0;
  for (std::size_t i = 0; i < order_.size(); ++i) {
    kept += (side_[i] != 0) == (partition.label(order_[i]) == part_a) ? 1 : -1;
  }
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const std::int32_t part = ((side_[i] != 0) == (kept >= 0)) ? part_a : part_b;
    if (partition.label(order_[i]) == part) continue;
    partition.move(order_[i], part);
    changed.push_back(order_[i]);
  }
  return looked_at;
}

template <class Partition>
std::vector<std::int32_t> TreeSplitter::split_part(const Partition& partition, std::int32_t seed,
                                                   std::int64_t temperature, Random& random) {
  const std::int32_t part = partition.label(seed);
  collect(partition.labels(), seed, part, part);
  std::vector<std::int32_t> side;
  if (nodes_.size() < 2) return side;
  grow_tree(random);
  sum_weights();
  sum_cuts();
  const BoundPenalty& penalty = partition.penalty();
  const std::int64_t total = below_weight_[0];
  std::size_t chosen = 0;
  std::int64_t best = 0;
  for (std::size_t i = 1; i < order_.size(); ++i) {
    const std::int64_t weight = below_weight_[i];
    const std::int64_t score =
        gumbel_score(cut_energy_[i] + penalty.energy(weight) + penalty.energy(total - weight), temperature, random);
    if (chosen != 0 && score <= best) continue;
    chosen = i;
    best = score;
  }
  mark_side(chosen);
  for (std::size_t i = 0; i < order_.size(); ++i) {
    if (side_[i] != 0) side.push_back(order_[i]);
  }
  return side;
}

}  // namespace shequ::detail

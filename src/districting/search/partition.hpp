// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "search_graph.hpp"

namespace shequ::detail {

/// How good a plan of one component is: first what it breaks, then the objective.
struct Score {
  std::int64_t violation{};  ///< weight outside of the bounds, and a part's worth for each broken pair
  std::int64_t objective{};
  friend constexpr auto operator<=>(const Score&, const Score&) = default;
};

/// Bounds of a part and what it costs to be outside of them.
struct BoundPenalty {
  std::int64_t lower{};
  std::int64_t upper{};
  std::int64_t scale{1};    ///< excess that costs ln(2) * strength more
  std::int64_t strength{};  ///< in energy units
  unsigned shift{};         ///< keeps fixed-point ratios below 2^63 for any weight

  BoundPenalty() = default;
  BoundPenalty(std::int64_t lower_bound, std::int64_t upper_bound, std::int64_t total_weight,
               std::int64_t penalty_scale, std::int64_t penalty_strength);

  [[nodiscard]] std::int64_t excess(std::int64_t weight) const noexcept {
    return weight < lower ? lower - weight : weight > upper ? weight - upper : 0;
  }
  /// strength * (3/8 + ln(1 + excess / scale)) outside of the bounds, 0 inside: concave, so that one part far out is
  /// no worse than several a little out, and with a step, so that it pays to come all the way in.
  [[nodiscard]] std::int64_t energy(std::int64_t weight) const noexcept;
};

/// Division of one component into connected parts, with everything a move changes kept up to date.
class Partition {
 public:
  Partition(const SearchGraph& graph, const BoundPenalty& penalty, std::int32_t num_parts,
            std::vector<std::int32_t> labels);

  [[nodiscard]] const SearchGraph& graph() const noexcept { return *graph_; }
  [[nodiscard]] const BoundPenalty& penalty() const noexcept { return penalty_; }
  [[nodiscard]] std::int32_t num_parts() const noexcept { return static_cast<std::int32_t>(part_weights_.size()); }
  [[nodiscard]] const std::vector<std::int32_t>& labels() const noexcept { return labels_; }
  [[nodiscard]] std::int32_t label(std::int32_t node) const noexcept { return labels_[static_cast<std::size_t>(node)]; }
  [[nodiscard]] std::int64_t part_weight(std::int32_t part) const noexcept {
    return part_weights_[static_cast<std::size_t>(part)];
  }
  [[nodiscard]] std::int32_t part_size(std::int32_t part) const noexcept {
    return part_sizes_[static_cast<std::size_t>(part)];
  }
  /// Edges between parts, in no particular order.
  [[nodiscard]] const std::vector<std::int32_t>& cut_edges() const noexcept { return cut_edges_; }
  [[nodiscard]] Score score() const noexcept { return {violation_, objective_}; }

  /// Change of energy (scaled objective plus penalties) if `node` moved to `part`. Complexity: O(degree).
  [[nodiscard]] std::int64_t move_energy(std::int32_t node, std::int32_t part) const noexcept;
  /// Whether the part of `node` stays connected, and not empty, without it. Looks at the neighbours of `node` only,
  /// and searches from all of them at once where these do not settle it.
  [[nodiscard]] bool can_leave(std::int32_t node);
  /// Moves a node. Keeps no rule by itself: ask can_leave() first.
  void move(std::int32_t node, std::int32_t part);
  /// Energy of the broken pairs with `node` in `part`.
  [[nodiscard]] std::int64_t pair_energy(std::int32_t node, std::int32_t part) const noexcept;

  static constexpr std::int64_t pair_strength = 12LL * 1024;  // energy of a broken pair: 12 average edges

 private:
  void toggle_cut(std::int32_t edge, bool cut);
  [[nodiscard]] std::int64_t broken_pairs(std::int32_t node) const noexcept;
  [[nodiscard]] bool still_connected(std::int32_t node);

  const SearchGraph* graph_;
  BoundPenalty penalty_;
  std::int64_t pair_violation_;
  std::vector<std::int32_t> labels_;
  std::vector<std::int64_t> part_weights_;
  std::vector<std::int64_t> part_energies_;
  std::vector<std::int32_t> part_sizes_;
  std::vector<std::int32_t> cut_edges_;
  std::vector<std::int32_t> cut_position_;
  std::int64_t violation_{0};
  std::int64_t objective_{0};
  // Scratch of still_connected: which search reached a node, and in which call.
  std::vector<std::int32_t> reached_by_;
  std::vector<std::uint32_t> reached_in_;
  std::uint32_t call_{0};
  std::vector<std::vector<std::int32_t>> frontiers_;
  std::vector<std::size_t> heads_;
  std::vector<std::int32_t> search_root_;
};

}  // namespace shequ::detail

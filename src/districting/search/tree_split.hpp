// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "partition.hpp"
#include "shequ/random.hpp"

namespace shequ::detail {

/// How carefully TreeSplitter::divide works.
struct DivideOptions {
  std::int64_t lower{};                               ///< least weight of a part
  std::int64_t upper{};                               ///< most weight of a part
  std::int32_t tries{8};                              ///< trees for each cut
  std::function<bool()> hurry{[] { return false; }};  ///< true: one tree for each cut from now on
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
  /// nodes looked at.
  std::int32_t resplit(Partition& partition, std::int32_t edge, std::int64_t temperature, Random& random,
                       std::vector<std::int32_t>& changed);

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

}  // namespace shequ::detail

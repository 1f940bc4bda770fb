// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "partition.hpp"
#include "shequ/random.hpp"
#include "tree_split.hpp"

namespace shequ::detail {

/// Schedule of one annealing run. Temperatures are in energy units: 1024 is one average edge.
struct AnnealOptions {
  std::int64_t steps{};
  std::int64_t start_temperature{3LL * 1024};
  std::int64_t end_temperature{256};
  std::uint32_t tree_share{256};  ///< steps of 1024 spent on dividing two parts anew along random trees
};

/// Told the steps used since the last call; answers whether to go on. Called every few hundred steps.
using Poll = std::function<bool(std::int64_t steps, const Score& best)>;

/// Simulated annealing on one component by flips of boundary nodes, short chains of flips that are accepted or undone
/// as one, and divisions of two adjacent parts along random trees. Parts stay connected at every step.
class Annealer {
 public:
  Annealer(const SearchGraph& graph, const BoundPenalty& penalty, std::int32_t num_parts,
           std::vector<std::int32_t> labels);

  /// Runs one schedule from the present state; false where `poll` ended it.
  bool run(const AnnealOptions& options, Random& random, const Poll& poll);
  /// Goes back to the best plan seen and moves nodes as long as that makes it better.
  void descend();

  [[nodiscard]] const std::vector<std::int32_t>& best_labels() const noexcept { return best_labels_; }
  [[nodiscard]] const Score& best_score() const noexcept { return best_score_; }

 private:
  struct Step {
    std::int32_t node;
    std::int32_t from;
  };

  void flip_chain(std::int64_t temperature, Random& random);
  std::int32_t divide_two_parts(std::int64_t temperature, Random& random);
  void undo(std::size_t keep);
  void note();
  void restore_best();

  Partition partition_;
  TreeSplitter splitter_;
  std::vector<std::int32_t> best_labels_;
  Score best_score_;
  std::vector<std::int32_t> dirty_;  // nodes whose label may differ from best_labels_
  std::vector<char> is_dirty_;
  std::vector<Step> chain_;
  std::vector<std::int32_t> changed_;
  std::vector<std::int32_t> before_;
};

}  // namespace shequ::detail

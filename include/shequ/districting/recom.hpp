// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "shequ/districting/problem.hpp"
#include "shequ/districting/spanning_tree.hpp"
#include "shequ/fwd.hpp"

namespace shequ {

namespace detail {
class SplitRules;
}

/// How a step of recombination chooses two parts and the tree it divides them by; that decides which plans the chain
/// visits how often. DeFord, Duchin, Solomon, "Recombination: A Family of Markov Chains for Redistricting", Harvard
/// Data Science Review 3, 2021, doi:10.1162/99608f92.eb30390f.
///
/// The first four draw trees until one has an edge whose cut keeps the rules, and cut one such edge, each equally
/// likely. The plans they visit in the long run have no known formula.
enum class RecomVariant : std::uint8_t {
  cut_edge_minimum,  ///< the two parts of a uniformly random cut edge; minimum tree of random weights
  cut_edge_uniform,  ///< the same parts; uniform spanning tree
  pair_minimum,      ///< two adjacent parts, each pair equally likely; minimum tree of random weights
  pair_uniform,      ///< the same parts; uniform spanning tree
  reversible  ///< visits each plan in proportion to the product of its parts' numbers of spanning trees. Two parts,
              ///< adjacent or not, one uniform tree, and mostly no change: Cannon, Duchin, Randall, Rule,
              ///< "Spanning tree methods for sampling graph partitions", 2022, arXiv:2210.01401
};

[[nodiscard]] std::string_view to_string(RecomVariant variant) noexcept;

/// How a chain runs.
struct RecomOptions {
  std::uint64_t seed{0};
  RecomVariant variant{RecomVariant::cut_edge_minimum};
  std::int32_t max_tree_tries{10'000};  ///< trees without a cut after which a step leaves the plan as it is; 1 or more.
                                        ///< The reversible chain draws one tree in any case
};

/// What a step did.
struct RecomStep {
  bool accepted{};        ///< the two parts were divided anew; false: the plan is as before
  PartId first{no_part};  ///< the two parts that were merged; no_part where none were adjacent
  PartId second{no_part};
  std::int32_t trees{};  ///< drawn
};

/// All that a chain needs to go on with the same plans, as plain data to store.
struct RecomState {
  std::int32_t format{1};  ///< of these fields
  RecomVariant variant{};
  std::uint64_t seed{};
  std::int32_t max_tree_tries{};
  std::int64_t steps{};
  std::int64_t accepted{};
  std::int64_t trees{};
  std::uint64_t problem{};  ///< checksum of the problem: a chain goes on with its own problem only
  std::vector<PartId> labels;
  friend bool operator==(const RecomState&, const RecomState&) = default;
};

/// Statistics of consecutive steps, one entry a step.
struct RecomColumns {
  std::vector<std::int64_t> cut_edges;  ///< after the step
  std::vector<std::uint8_t> accepted;   ///< 0 or 1
  std::vector<PartId> first;            ///< parts of RecomStep
  std::vector<PartId> second;
  std::vector<std::int64_t> first_weight;  ///< of these parts after the step; 0 where there were none
  std::vector<std::int64_t> second_weight;
};

/// A Markov chain of plans: each step merges two parts and divides them anew along a random spanning tree. All plans
/// keep the problem's rules and the number of parts of the first.
///
/// Step i draws from the stream i of its seed and from nothing else, so that a chain that is stored between two steps
/// goes on bit for bit, and a step that was interrupted can be made again.
///
///   RecomChain chain(problem, solve(problem).labels, {.seed = 7});
///   for (int i = 0; i < 10'000; ++i) {
///     chain.step();
///     use(chain.labels(), chain.cut_edges());
///   }
class RecomChain {
 public:
  /// Starts at the plan `start`. The graph is shared, all else copied.
  /// Throws InvalidInput for a problem that validate() refuses, one with links, a plan that certify() refuses (listing
  /// why), and an option out of range.
  RecomChain(const Problem& problem, std::span<const PartId> start, const RecomOptions& options = {});
  /// Goes on where `state` was taken; throws InvalidInput where it is of another problem or format, or damaged.
  RecomChain(const Problem& problem, const RecomState& state);
  RecomChain(RecomChain&&) noexcept;
  RecomChain& operator=(RecomChain&&) noexcept;
  ~RecomChain();

  /// Makes one step.
  RecomStep step();

  /// Makes `steps` steps, 0 or more, and appends what they did to `columns`. `interrupted` is called at most every 50
  /// ms on the calling thread; where it returns true the chain stays after the last whole step. Returns the steps made.
  std::int64_t advance(std::int64_t steps, RecomColumns& columns, const std::function<bool()>& interrupted = {});

  [[nodiscard]] std::span<const PartId> labels() const noexcept { return labels_; }
  [[nodiscard]] PartId part_count() const noexcept { return static_cast<PartId>(part_weights_.size()); }
  [[nodiscard]] std::span<const std::int64_t> part_weights() const noexcept { return part_weights_; }
  [[nodiscard]] std::int64_t cut_edges() const noexcept { return cut_edges_; }
  /// Steps made, those of them that divided two parts anew, and trees drawn for them, since the first plan.
  [[nodiscard]] std::int64_t steps() const noexcept { return steps_; }
  [[nodiscard]] std::int64_t accepted() const noexcept { return accepted_; }
  [[nodiscard]] std::int64_t trees() const noexcept { return trees_; }
  [[nodiscard]] const RecomOptions& options() const noexcept { return options_; }

  [[nodiscard]] RecomState state() const;

 private:
  using Pair = std::pair<PartId, PartId>;

  [[nodiscard]] std::optional<RecomStep> try_step(const std::function<bool()>* interrupted);
  [[nodiscard]] std::optional<Pair> choose_pair(Random& random) const;
  [[nodiscard]] EdgeId draw_cut_edge(Random& random) const;
  [[nodiscard]] Pair pair_of(EdgeId edge) const;
  [[nodiscard]] EdgeId first_across(Pair pair) const;  // of those between two parts; -1: they are not adjacent
  void merge(PartId a, PartId b);
  [[nodiscard]] std::int32_t find_cuts();
  [[nodiscard]] std::int32_t most_cuts();
  void divide(PartId a, PartId b, std::span<const std::uint8_t> sides, std::int64_t side_weight,
              std::int64_t border_after);
  [[nodiscard]] bool stopped(std::size_t work, const std::function<bool()>* interrupted);

  std::shared_ptr<const Graph> graph_;
  Bounds bounds_;
  RecomOptions options_;
  std::uint64_t problem_;
  SpanningTree tree_;
  std::unique_ptr<detail::SplitRules> rules_;  // null where bounds are all there is

  std::vector<PartId> labels_;
  std::vector<std::vector<NodeId>> members_;  // of each part, ascending
  std::vector<std::int64_t> part_weights_;
  std::int64_t cut_edges_{0};
  std::int64_t steps_{0};
  std::int64_t accepted_{0};
  std::int64_t trees_{0};

  std::vector<NodeId> region_;          // the two merged parts, ascending
  std::vector<std::uint8_t> was_;       // of each node of region_: 0 in the first part, 1 in the second
  std::vector<std::int32_t> allowed_;   // cuts that keep further rules
  std::vector<std::int64_t> lightest_;  // workspace of most_cuts
  std::size_t work_{0};                 // nodes since the clock was read
  std::int64_t next_poll_ns_{0};        // of the steady clock
};

}  // namespace shequ

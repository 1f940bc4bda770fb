// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "shequ/districting/problem.hpp"

namespace shequ {

/// Why no plan goes below a value.
enum class BoundArgument : std::uint8_t {
  none,        ///< every value is 0 or more
  every_edge,  ///< as many parts as nodes: all edges are cut
  part_count,  ///< k parts of c components cut k - c edges or more; and the least number of parts itself
  neighbours,  ///< a part is too small for a node and all of its neighbours
  flow,        ///< from each node flow to the nodes that do not fit into its part, all of which crosses cut edges
  steps,       ///< the fewest posts that a staffing rule gives parts of these sizes
  total,       ///< the parts' sums make up the total of the column
  too_heavy,   ///< regions or last year's grids above the upper bound
  nearest,     ///< each node at the nearest place
  enumeration  ///< the best of all plans, which were looked at one by one
};

[[nodiscard]] std::string_view to_string(BoundArgument argument) noexcept;

/// How hard to look for a bound.
struct BoundOptions {
  double time_limit_s{0.0};  ///< wall time for flows and, of small graphs, for enumeration, 0 to 10^9; 0: only the
                             ///< arguments that take little more than linear time
  std::optional<std::int64_t> target{};  ///< end when the bound is this or more: the objective of a known plan
  std::stop_token stop{};                ///< polled every few milliseconds; the best bound so far is returned
};

/// What some terms of the objective add to a bound.
struct BoundShare {
  BoundArgument argument{};
  std::int64_t amount{};           ///< weighted; no plan has a lower weighted sum of these terms
  std::vector<std::size_t> terms;  ///< positions in Problem::objective: those on cut edges together, each other alone
};

/// A proven lower bound.
struct ObjectiveBound {
  std::int64_t value{};      ///< no plan that keeps all rules has a lower objective
  BoundArgument argument{};  ///< that of the largest share
  std::vector<BoundShare> shares;
};

/// Proves that no plan of `problem` has an objective below the value returned, which where there is no plan at all
/// means nothing. Whole numbers, but for flows: those are sums of positive floats, whose rounding errors are bounded
/// and taken off. Without a time limit O((nodes + edges) log nodes) and the same on every machine; a bound that the
/// time limit ended depends on the machine and holds all the same.
///
/// The flow argument is the dual of spreading metrics (G. Even, J. Naor, S. Rao, B. Schieber, "Fast Approximate Graph
/// Partitioning Algorithms", SIAM Journal on Computing 28, 1999, doi:10.1137/S0097539796308217), solved as a packing
/// of shortest path trees (N. Garg, J. Könemann, SIAM Journal on Computing 37, 2007, doi:10.1137/S0097539704446232).
///
/// Throws InvalidInput for a problem that validate() refuses or an option out of range.
[[nodiscard]] ObjectiveBound lower_bound(const Problem& problem, const BoundOptions& options = {});

}  // namespace shequ

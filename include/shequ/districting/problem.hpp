// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "shequ/districting/objective.hpp"
#include "shequ/fwd.hpp"
#include "shequ/graph/graph.hpp"

namespace shequ {

/// How many parts a plan may have, both ends included.
struct PartsRange {
  PartId min{};
  PartId max{};
  friend constexpr bool operator==(const PartsRange&, const PartsRange&) = default;
};

/// Least and most weight of a part, both included.
struct Bounds {
  std::int64_t lower{};
  std::int64_t upper{};
  friend constexpr bool operator==(const Bounds&, const Bounds&) = default;
};

/// The whole weights within `tolerance` of the mean of `parts` parts: ceil((1 - tolerance) total / parts) to
/// floor((1 + tolerance) total / parts). tolerance is a fraction in [0, 1], read to 12 decimal places and then exact;
/// throws InvalidInput for one out of range, a total outside of [0, 4 * 10^18] or parts below 1.
///
///   bounds_within(1000, 4, 0.05) is 238 to 262
[[nodiscard]] Bounds bounds_within(std::int64_t total, PartId parts, double tolerance);

/// A further column whose sums parts must keep within bounds, such as area or residents over 60.
struct Balance {
  std::string name;                   ///< what messages call it
  std::vector<std::int64_t> weights;  ///< one a node, 0 to 10^12
  std::int64_t lower{0};
  std::int64_t upper{0};
};

/// A districting problem: divide the nodes of a graph into connected parts whose weights stay within bounds.
///
/// Plain data; validate() says what is wrong with it, diagnose() whether it can have an answer, solve() looks for one,
/// certify() checks a plan against it.
struct Problem {
  std::shared_ptr<const Graph> graph;
  std::vector<std::int64_t> weights;                      ///< households or persons of each node, 0 to 10^12
  std::int64_t lower{0};                                  ///< least weight of a part, included
  std::int64_t upper{0};                                  ///< most weight of a part, included
  std::optional<PartsRange> parts{};                      ///< none: whatever the bounds allow
  std::vector<Balance> balances{};                        ///< further columns to keep within bounds
  std::vector<ObjectiveTerm> objective{ObjectiveTerm{}};  ///< their weighted sum is made small; empty: any plan will do
  std::vector<std::vector<NodeId>> together{};            ///< each group must lie in one part
  std::vector<std::pair<NodeId, NodeId>> apart{};         ///< each pair must lie in two parts
  std::vector<PartId> locked{};  ///< per node: nodes of one number >= 0 stay in one part, of different numbers in
                                 ///< different parts; no_part: free. Empty: none
  std::vector<PartId> closed{};  ///< numbers in `locked` whose parts take no further node: grids that stay as they are
  std::vector<std::pair<NodeId, NodeId>> links{};  ///< pairs that count as touching though no edge joins them: an
                                                   ///< enclave and what it belongs to. Never cut, they cost nothing
  std::vector<PartId> start{};                     ///< plan to begin from, also one that breaks rules; empty: none

  /// Throws InvalidInput naming the argument or node, its value and what is allowed.
  void validate() const;
};

/// Value of each term of the problem's objective, unweighted, computed from scratch. Nodes labelled no_part are in no
/// part. Throws InvalidInput where labels has another length than the graph has nodes, or an entry is outside of
/// -1..num_nodes - 1 (-1..2^31 - 1 for Disturbance). Complexity: O(nodes + edges), for Reock O(nodes log nodes).
[[nodiscard]] std::vector<std::int64_t> objective_values(const Problem& problem, std::span<const PartId> labels);

/// The same for one objective that need not be the problem's.
[[nodiscard]] std::int64_t objective_value(const Objective& objective, const Problem& problem,
                                           std::span<const PartId> labels);

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "shequ/fwd.hpp"
#include "shequ/graph/graph.hpp"

namespace shequ {

/// How many parts a plan may have, both ends included.
struct PartsRange {
  PartId min{};
  PartId max{};
  friend constexpr bool operator==(const PartsRange&, const PartsRange&) = default;
};

/// What a plan should make small. Every objective value is a whole number.
enum class Objective : std::uint8_t {
  cut_edges,        ///< number of edges between parts: compact parts, few streets crossed
  shared_perimeter  ///< sum of Problem::edge_weights over edges between parts
};

[[nodiscard]] std::string_view to_string(Objective objective) noexcept;

/// A districting problem: divide the nodes of a graph into connected parts whose weights stay within bounds.
///
/// Plain data; validate() says what is wrong with it, diagnose() whether it can have an answer, solve() looks for one,
/// certify() checks a plan against it.
struct Problem {
  std::shared_ptr<const Graph> graph;
  std::vector<std::int64_t> weights;  ///< households or persons of each node, 0 to 10^12
  std::int64_t lower{0};              ///< least weight of a part, included
  std::int64_t upper{0};              ///< most weight of a part, included
  std::optional<PartsRange> parts{};  ///< a range: the best of a few roomy numbers; none: the roomiest number
  Objective objective{Objective::cut_edges};
  std::vector<std::int64_t> edge_weights{};  ///< for shared_perimeter: one an edge, 0 or more, in a unit of the user's
  std::vector<std::vector<NodeId>> together{};     ///< each group must lie in one part
  std::vector<std::pair<NodeId, NodeId>> apart{};  ///< each pair must lie in two parts
  std::vector<PartId> locked{};  ///< per node: nodes of one number >= 0 stay in one part, of different numbers in
                                 ///< different parts; no_part: free. Empty: none
  std::vector<PartId> start{};   ///< plan to begin from, also one that breaks rules; empty: none

  /// Throws InvalidInput naming the argument or node, its value and what is allowed.
  void validate() const;
};

}  // namespace shequ

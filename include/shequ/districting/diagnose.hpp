// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/districting/problem.hpp"

namespace shequ {

/// Why a problem has no answer.
enum class ReasonKind : std::uint8_t {
  node_above_upper,       ///< one atom weighs more than a part may
  component_below_lower,  ///< an island weighs less than a part must
  no_part_count,          ///< no whole number of parts fits a component's weight (550 households in grids of 300-500)
  parts_out_of_range,     ///< the number of parts asked for is not among those the bounds allow
  together_above_upper,   ///< a group that must stay together weighs too much
  together_disconnected,  ///< a group that must stay together lies in two components
  lock_above_upper,
  lock_disconnected,
  apart_and_together,      ///< two nodes must be both in one part and in two
  too_few_nodes,           ///< more parts than nodes
  cut_vertex_above_upper,  ///< what hangs on a node is too light for parts of its own, and too heavy with the node
  cut_vertex_apart,        ///< nodes that must be apart are in one part in every plan, by what hangs on a node
  balance_part_count,      ///< no whole number of parts fits a component's sum of a further column
  closed_with_others       ///< a part that takes no further node must take one
};

[[nodiscard]] std::string_view to_string(ReasonKind kind) noexcept;

/// One proven reason, the nodes it is about, and the smallest change that removes it.
struct Reason {
  ReasonKind kind{};
  std::vector<NodeId> nodes;
  std::string english;
  std::string chinese;
};

/// A change of bounds or of the number of parts under which no reason is left. Where one change suffices only one is
/// named. It is the smallest that weights and counts allow; heavy nodes may leave no plan for it still.
struct Relaxation {
  std::optional<std::int64_t> lower;  ///< set: use this lower bound instead
  std::optional<std::int64_t> upper;  ///< set: use this upper bound instead
  std::optional<PartsRange> parts;    ///< set: ask for these numbers of parts instead
  std::string english;
  std::string chinese;
};

/// What can be proven about a problem before any search.
struct Diagnosis {
  std::optional<bool> feasible;  ///< false: proven that there is no plan; true: proven that there is one; none: open
  std::vector<Reason> reasons;   ///< empty unless feasible is false
  std::vector<Relaxation> relaxations;  ///< alternatives, each of which removes all reasons; the smallest change first
  std::optional<PartsRange> parts_range;  ///< numbers of parts that bounds and components allow; none: none does
  std::int32_t component_count{};
  std::vector<PartId> plan;  ///< a plan that keeps every rule, where one is obvious; else empty
};

/// Looks for proofs that `problem` has no answer, by counting and by what hangs on cut vertices. Never searches: nearly
/// linear in nodes, edges and rules; with relaxations times the logarithm of the weights.
[[nodiscard]] Diagnosis diagnose(const Problem& problem);

/// Numbers of grids that `weight` households can be divided into when each has lower..upper: ceil(weight / upper) to
/// floor(weight / lower); none where no whole number fits; 0 to 0 for no households. A lower bound of 0 allows up to
/// 2^31 - 1. Throws InvalidInput where weight or lower is negative, or upper below lower.
///
///   part_count_range(1200, 300, 500) is 3 to 4, part_count_range(550, 300, 500) is none
[[nodiscard]] std::optional<PartsRange> part_count_range(std::int64_t weight, std::int64_t lower, std::int64_t upper);

}  // namespace shequ

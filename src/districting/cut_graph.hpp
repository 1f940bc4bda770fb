// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "groups.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// The groups of a problem and what it costs to part those that touch, for proofs about cut edges.
struct CutGraph {
  /// A column whose sums in every part are at most `upper`.
  struct Column {
    std::vector<std::int64_t> weights;  // one a group
    std::int64_t upper{};
  };
  struct Arc {
    std::int32_t target{};
    std::int32_t edge{};  // both directions have one number
  };

  std::vector<std::size_t> offsets;  // compressed sparse rows over groups
  std::vector<Arc> arcs;
  std::vector<std::int64_t> costs;  // of each edge, above 0
  std::vector<Column> columns;
  Groups groups;
  std::vector<std::uint8_t> is_closed;           // groups whose part takes no other
  std::vector<std::vector<std::int32_t>> apart;  // groups that must lie in another part, by pairs

  [[nodiscard]] std::int32_t num_groups() const noexcept { return static_cast<std::int32_t>(groups.weights.size()); }
  [[nodiscard]] std::span<const Arc> arcs_of(std::int32_t group) const noexcept {
    return {arcs.data() + offsets[at(group)], offsets[at(group) + 1] - offsets[at(group)]};
  }
  /// Whether every plan puts two different groups into two parts, by what is known of the two alone.
  [[nodiscard]] bool separate(std::int32_t a, std::int32_t b) const;
};

/// Merges edges between the same two groups; those inside of a group and those that cost nothing are left out.
/// `min_parts` as for a plan: what the other parts need at least leaves less for one.
[[nodiscard]] CutGraph make_cut_graph(const Problem& problem, std::int64_t min_parts);

/// Sum over groups of the cheapest edges to neighbours that do not fit into their part, halved as each edge has two
/// ends.
[[nodiscard]] std::int64_t neighbours_bound(const CutGraph& graph);

}  // namespace shequ::detail

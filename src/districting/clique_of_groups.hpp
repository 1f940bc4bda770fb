// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "shequ/fwd.hpp"

namespace shequ::detail {

/// For each area, the size of a large clique among its sets of nodes that pairwise need two parts: so many parts it
/// has at least, 1 or more. Greedy: those of different locks and what is apart from all of them, and the sets with the
/// most pairs.
///
/// `area` and `lock` have one entry a set (lock: no_part for none), `apart` pairs of sets of one area.
/// Complexity: O(sets + pairs) times the number of starts, which is bounded.
[[nodiscard]] std::vector<std::int32_t> cliques_of_groups(const std::vector<std::int32_t>& area, std::size_t num_areas,
                                                          const std::vector<PartId>& lock,
                                                          std::vector<std::pair<std::int32_t, std::int32_t>> apart);

}  // namespace shequ::detail

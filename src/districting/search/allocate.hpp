// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "shequ/detail/search/components.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// Numbers of parts to try in one component, the most promising first.
struct PartOptions {
  std::vector<std::int32_t> counts;
  bool try_all{};           ///< the objective chooses among them; else the first whose plan keeps the bounds is taken
  std::int32_t min_open{};  ///< above 0: the search itself may change the number, from here to max_open
  std::int32_t max_open{};
  bool can_hold{};  ///< counting does not rule out that the component keeps its bounds
};

/// Shares the number of parts out to the components.
///
/// Free: each component takes the number that leaves most room to both bounds. A number or range asked for: one
/// component tries every number in it; several try the numbers around a share of the roomiest total by the method of
/// Huntington and Hill, which keeps mean weights near each other, and the best sum that was asked for is taken.
/// Islands below the lower bound are parts of their own; where their number would push all others out of the bounds,
/// they come on top of the number asked for.
[[nodiscard]] std::vector<PartOptions> allocate_parts(const Problem& problem, const std::vector<Component>& components);

}  // namespace shequ::detail

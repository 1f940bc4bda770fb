// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>

namespace shequ {

/// How many grids (网格) a community can have when each has a number of households within bounds.
struct GridCount {
  bool feasible{};
  std::int64_t least{};  ///< fewest and most grids; 0 where there is no number that fits
  std::int64_t most{};
  std::optional<std::int64_t> relaxed_min;  ///< where infeasible: the largest lower bound that gives an answer
  std::optional<std::int64_t> relaxed_max;  ///< or the smallest upper bound; nothing where no upper bound helps
  friend constexpr bool operator==(const GridCount&, const GridCount&) = default;
};

/// ceil(h / max) to floor(h / min).
///
///   of 300 to 500:  600 -> 2   1200 -> 3 to 4   2600 -> 6 to 8   550 -> none; with min 275, or with max 550
///
/// Throws InvalidInput for negative households, min_households below 1 or above max_households.
[[nodiscard]] GridCount grid_count(std::int64_t households, std::int64_t min_households, std::int64_t max_households);

}  // namespace shequ

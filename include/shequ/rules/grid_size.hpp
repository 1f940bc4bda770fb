// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

namespace shequ {

/// Bounds on the households of one grid (网格规模).
struct GridSize {
  std::int64_t min_households{};
  std::int64_t max_households{};
  friend constexpr bool operator==(const GridSize&, const GridSize&) = default;
};

}  // namespace shequ

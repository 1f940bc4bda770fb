// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "shequ/detail/search/fixed_point.hpp"

namespace shequ::detail {

/// Bounds of a part and what it costs to be outside of them.
struct BoundPenalty {
  std::int64_t lower{};
  std::int64_t upper{};
  std::int64_t scale{1};    ///< excess that costs ln(2) * strength more
  std::int64_t strength{};  ///< in energies
  unsigned shift{};         ///< keeps fixed-point ratios below 2^63 for any weight

  BoundPenalty() = default;
  BoundPenalty(std::int64_t lower_bound, std::int64_t upper_bound, std::int64_t total_weight,
               std::int64_t penalty_scale, std::int64_t penalty_strength)
      : lower(lower_bound), upper(upper_bound), strength(penalty_strength) {
    const auto width = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(std::max(total_weight, lower))));
    shift = width > 50 ? width - 50 : 0;
    scale = std::max<std::int64_t>(1, penalty_scale >> shift);
  }

  [[nodiscard]] std::int64_t excess(std::int64_t weight) const noexcept {
    return weight < lower ? lower - weight : weight > upper ? weight - upper : 0;
  }
  /// strength * (3/8 + ln(1 + excess / scale)) outside of the bounds, 0 inside: concave, so that one part far out is
  /// no worse than several a little out, and with a step, so that it pays to come all the way in.
  [[nodiscard]] std::int64_t energy(std::int64_t weight) const noexcept {
    const std::int64_t outside = excess(weight);
    if (outside == 0) return 0;
    const std::int64_t ratio = (std::max<std::int64_t>(outside >> shift, 1) << 10U) / scale;
    constexpr std::int64_t log_of_unit = 7100;  // fixed_log(1024)
    constexpr std::int64_t step = 384;          // 3/8: without it many parts hover just outside of their bounds
    return strength * (fixed_log(static_cast<std::uint64_t>(ratio) + 1024U) - log_of_unit + step) / 1024;
  }
};

}  // namespace shequ::detail

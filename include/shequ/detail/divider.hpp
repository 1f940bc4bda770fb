// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <bit>
#include <cstdint>

#include "shequ/detail/wide.hpp"

namespace shequ::detail {

// Division by a number that is known before a loop, as one multiplication and one shift.
// T. Granlund, P. L. Montgomery, "Division by invariant integers using multiplication", PLDI 1994,
// doi:10.1145/178243.178249: for n < 2^N, m = floor(2^(N + l) / d) + 1 with l = ceil(log2 d) gives the exact quotient.

/// Of n < 2^31. `divisor` is 1 or more.
struct Divider {
  explicit constexpr Divider(std::uint32_t divisor) noexcept
      : shift(31U + static_cast<unsigned>(std::bit_width(divisor - 1))),
        multiplier(static_cast<std::uint32_t>((std::uint64_t{1} << shift) / divisor + 1)) {}
  [[nodiscard]] constexpr std::uint64_t operator()(std::uint32_t n) const noexcept {
    return (std::uint64_t{n} * multiplier) >> shift;
  }
  unsigned shift;
  std::uint32_t multiplier;
};

/// Of n < 2^63. `divisor` is 1 to 2^63.
struct WideDivider {
  explicit constexpr WideDivider(std::uint64_t divisor) noexcept
      : shift(static_cast<unsigned>(std::bit_width(divisor - 1))),
        multiplier(static_cast<std::uint64_t>((UInt128{1} << (63U + shift)) / divisor + 1)) {}
  [[nodiscard]] constexpr std::int64_t operator()(std::int64_t n) const noexcept {
    // Of twice n the high half of the product is taken, and no shift of 128 bits.
    const std::uint64_t twice = static_cast<std::uint64_t>(n) * 2;
    const auto high = static_cast<std::uint64_t>((UInt128{twice} * multiplier) >> 64U);
    return static_cast<std::int64_t>(high >> shift);
  }
  unsigned shift;
  std::uint64_t multiplier;
};

}  // namespace shequ::detail

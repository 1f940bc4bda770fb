// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "shequ/error.hpp"

namespace shequ::detail {

/// Wide enough for the product of two 64-bit numbers.
__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

/// `value` as 64 bits. Throws InvalidInput naming `what` where it does not fit: overflow is an error, never a number.
[[nodiscard]] constexpr std::int64_t narrow(Int128 value, std::string_view what) {
  if (value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max()) {
    throw InvalidInput(std::string(what) + " overflows 64 bits", std::string(what) + " 超出 64 位整数范围");
  }
  return static_cast<std::int64_t>(value);
}

/// Largest whole number of at most `numerator / denominator`; denominator must be above 0.
[[nodiscard]] constexpr Int128 floor_divide(Int128 numerator, Int128 denominator) noexcept {
  const Int128 quotient = numerator / denominator;
  return quotient - (numerator % denominator < 0 ? 1 : 0);
}

}  // namespace shequ::detail

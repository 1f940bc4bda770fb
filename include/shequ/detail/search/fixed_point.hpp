// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace shequ::detail {

/// Energies of the search are whole numbers: 1024 is the cost of one average edge. Floating-point logarithms differ
/// between machines in the last digit, which would let the same seed end in another plan.
inline constexpr std::int64_t energy_unit = 1024;
inline constexpr std::size_t log_table_size = 4096;

/// -ln(u) and -ln(-ln(u)) for u = (i + 1/2) / 4096, and ln(1 + i / 256), all in units of 1/1024.
extern const std::array<std::int32_t, log_table_size> exponential_table;
extern const std::array<std::int32_t, log_table_size> gumbel_table;
extern const std::array<std::int32_t, 256> mantissa_log_table;

/// ln(value) in units of 1/1024, to about 0.004; value must be 1 or more.
[[nodiscard]] inline std::int64_t fixed_log(std::uint64_t value) noexcept {
  constexpr std::int64_t ln2 = 710;  // ln(2) * 1024
  const auto exponent = static_cast<unsigned>(std::bit_width(value)) - 1U;
  const std::uint64_t mantissa = exponent >= 8 ? value >> (exponent - 8) : value << (8 - exponent);
  return static_cast<std::int64_t>(exponent) * ln2 + mantissa_log_table[mantissa & 255U];
}

}  // namespace shequ::detail

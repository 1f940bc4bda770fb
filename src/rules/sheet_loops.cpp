// SPDX-License-Identifier: BSD-3-Clause
#include "sheet_loops.hpp"

#if defined(__SSE2__) && defined(__x86_64__)
#include <emmintrin.h>
#else
#include <algorithm>
#endif

#include "sheet_amounts.hpp"
#include "shequ/detail/divider.hpp"
#include "shequ/detail/target_clones.hpp"

namespace shequ::detail {

SHEQU_TARGET_CLONES bool are_within(const std::int64_t* values, std::size_t size, std::int64_t most) {
  // Negative bits where a value is out of range, the difference taken without sign, where the lowest does not overflow.
  std::uint64_t bits = 0;
  for (std::size_t j = 0; j < size; ++j) {
    const auto value = static_cast<std::uint64_t>(values[j]);
    bits |= value | (static_cast<std::uint64_t>(most) - value);
  }
  return bits >> 63U == 0;
}

SHEQU_TARGET_CLONES void begin_states(const Scope& scope, const std::uint8_t* settings, std::size_t size,
                                      CellState* cells) {
  const Scope local = scope;
  for (std::size_t j = 0; j < size; ++j) {
    const CellState known = settings[j] == 0 ? local.urban : local.rural;
    cells[j] = settings[j] > 1 ? local.unknown : known;
  }
}

SHEQU_TARGET_CLONES void mark_missing(const std::uint8_t* missing, CellState absent, std::size_t size,
                                      CellState* cells) {
  for (std::size_t j = 0; j < size; ++j) {
    const CellState state = cells[j];
    const CellState without = state == CellState::computed ? absent : state;
    cells[j] = missing[j] != 0 ? without : state;
  }
}

SHEQU_TARGET_CLONES void mark_above(const Level* levels, CellState above, std::size_t size, CellState* cells) {
  for (std::size_t j = 0; j < size; ++j) cells[j] = levels[j] == Level::community ? cells[j] : above;
}

SHEQU_TARGET_CLONES void mark_unknown(const CellState* cells, std::size_t size, std::uint8_t* unknown) {
  for (std::size_t j = 0; j < size; ++j) unknown[j] = is_unknown(cells[j]) ? 1 : 0;
}

// Differences of numbers of 0 to 2^62 have the sign of the comparison.
SHEQU_TARGET_CLONES bool any_above(const std::int64_t* a, const std::int64_t* b, std::size_t size) {
  std::int64_t signs = 0;
  for (std::size_t j = 0; j < size; ++j) signs |= b[j] - a[j];
  return signs < 0;
}

SHEQU_TARGET_CLONES void mark_greater(const std::int64_t* a, const std::int64_t* b, std::size_t size,
                                      std::uint8_t* greater) {
  for (std::size_t j = 0; j < size; ++j) greater[j] = a[j] > b[j] ? 1 : 0;
}

SHEQU_TARGET_CLONES void mark_alone(const std::int64_t* households, const std::int64_t* workers, std::size_t size,
                                    std::uint8_t* alone) {
  for (std::size_t j = 0; j < size; ++j) {
    alone[j] = static_cast<std::uint8_t>((workers[j] == 0 ? 1U : 0U) & (households[j] > 0 ? 1U : 0U));
  }
}

SHEQU_TARGET_CLONES void count_parts(const std::int64_t* wholes, std::size_t size, std::uint32_t most,
                                     std::int64_t* fewest) {
  const Divider by_most(most);
  for (std::size_t j = 0; j < size; ++j) {
    const auto whole = static_cast<std::uint32_t>(wholes[j]);
    const auto full = static_cast<std::uint32_t>(by_most(whole));
    fewest[j] = std::int64_t{full} + (full * most < whole ? 1 : 0);
  }
}

SHEQU_TARGET_CLONES void count_full_parts(const std::int64_t* wholes, std::size_t size, std::uint32_t least,
                                          std::int64_t* highest) {
  const Divider by_least(least);
  for (std::size_t j = 0; j < size; ++j) {
    highest[j] = static_cast<std::int64_t>(by_least(static_cast<std::uint32_t>(wholes[j])));
  }
}

SHEQU_TARGET_CLONES std::uint64_t keep_computed(const CellState* cells, std::size_t size, std::int64_t* numbers) {
  std::uint64_t bits = 0;
  for (std::size_t j = 0; j < size; ++j) {
    numbers[j] = cells[j] == CellState::computed ? numbers[j] : 0;
    bits |= static_cast<std::uint64_t>(numbers[j]);
  }
  return bits;
}

void write_out(const std::int64_t* numbers, std::size_t size, std::int64_t* memory) {
#if defined(__SSE2__) && defined(__x86_64__)
  std::size_t j = 0;
  for (; j < size && reinterpret_cast<std::uintptr_t>(memory + j) % 16 != 0; ++j) memory[j] = numbers[j];
  for (; j + 2 <= size; j += 2) {
    const __m128i two = _mm_loadu_si128(reinterpret_cast<const __m128i*>(numbers + j));
    _mm_stream_si128(reinterpret_cast<__m128i*>(memory + j), two);
  }
  for (; j < size; ++j) memory[j] = numbers[j];
#else
  std::copy_n(numbers, size, memory);
#endif
}

SHEQU_TARGET_CLONES void subtract_to_zero(const std::int64_t* a, const std::int64_t* b, std::size_t size,
                                          std::int64_t* excess) {
  for (std::size_t j = 0; j < size; ++j) excess[j] = above_zero(a[j] - b[j]);
}

}  // namespace shequ::detail

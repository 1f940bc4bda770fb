// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>

#include "shequ/rules/sheet.hpp"

// Loops over the states and numbers of a block that newer vector units shorten. None has a branch: of a country, half
// the communities are urban in no order.
namespace shequ::detail {

/// True where all values are in [0, most].
[[nodiscard]] bool are_within(const std::int64_t* values, std::size_t size, std::int64_t most);

/// A rule's first test, is it for this community, as a state for each setting.
struct Scope {
  CellState urban{}, rural{}, unknown{};
};

/// The states of `settings`: 0 urban, 1 rural, 2 unknown.
void begin_states(const Scope& scope, const std::uint8_t* settings, std::size_t size, CellState* cells);

/// `absent` where a state says computed and `missing` is not 0.
void mark_missing(const std::uint8_t* missing, CellState absent, std::size_t size, CellState* cells);

/// `above` where the unit is no community.
void mark_above(const Level* levels, CellState above, std::size_t size, CellState* cells);

/// 1 where a state says that there should be a number and is none.
void mark_unknown(const CellState* cells, std::size_t size, std::uint8_t* unknown);

/// True where some a is greater than its b.
[[nodiscard]] bool any_above(const std::int64_t* a, const std::int64_t* b, std::size_t size);
/// 1 where a is greater than b.
void mark_greater(const std::int64_t* a, const std::int64_t* b, std::size_t size, std::uint8_t* greater);
/// 1 where there are households and no workers.
void mark_alone(const std::int64_t* households, const std::int64_t* workers, std::size_t size, std::uint8_t* alone);

/// The fewest parts of at most `most`, and the most of at least `least`: of whole numbers of 0 to 2^31 - 1.
void count_parts(const std::int64_t* wholes, std::size_t size, std::uint32_t most, std::int64_t* fewest);
void count_full_parts(const std::int64_t* wholes, std::size_t size, std::uint32_t least, std::int64_t* highest);

/// Makes numbers of units that are not computed 0; returns the bits of all numbers.
std::uint64_t keep_computed(const CellState* cells, std::size_t size, std::int64_t* numbers);

/// Copies numbers to memory that is not read again soon: past the cache, where the processor can.
void write_out(const std::int64_t* numbers, std::size_t size, std::int64_t* memory);

/// max(0, a - b), into `excess`, which may be one of the two.
void subtract_to_zero(const std::int64_t* a, const std::int64_t* b, std::size_t size, std::int64_t* excess);

}  // namespace shequ::detail

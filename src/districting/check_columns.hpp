// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "shequ/districting/problem.hpp"

namespace shequ::detail {

inline constexpr std::int64_t max_entry = 1'000'000'000'000;          ///< of one node or edge
inline constexpr std::int64_t max_total = 4'000'000'000'000'000'000;  ///< of all: sums stay below 2^63

/// Throws InvalidInput for a number outside of [least, most].
void check_range(const std::string& name, std::int64_t value, std::int64_t least, std::int64_t most);

/// The same for each entry of a column; `graph` where it has one entry a node, which messages then name by their ids.
void check_entries(const std::string& name, std::span<const std::int64_t> values, std::int64_t least, std::int64_t most,
                   const Graph* graph);
void check_entries(const std::string& name, std::span<const std::int32_t> values, std::int64_t least, std::int64_t most,
                   const Graph* graph);

/// Entries in [0, max_entry] whose sum is at most max_total; returns the sum.
std::int64_t check_column(const std::string& name, std::span<const std::int64_t> values, const Graph* graph);

/// Throws InvalidInput "`name`=more than 4000000000000000000 must be at most ...".
[[noreturn]] void throw_total(const std::string& name);

/// Entry of a list as messages name it: "`name`[2]".
[[nodiscard]] std::string entry_name(std::string_view name, std::size_t position);

/// All that objective.hpp says of an objective's columns and numbers. Returns a value that no plan exceeds.
std::int64_t check_objective(const Objective& objective, const Problem& problem, const std::string& name);

}  // namespace shequ::detail

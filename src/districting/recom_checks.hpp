// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "shequ/districting/recom.hpp"

namespace shequ::detail {

/// Of all that decides which plans a chain visits.
[[nodiscard]] std::uint64_t checksum(const Problem& problem);

/// The graph of a problem that a chain can run on; throws InvalidInput for another one.
[[nodiscard]] std::shared_ptr<const Graph> checked_graph(const Problem& problem);

/// The options themselves; throws InvalidInput for one out of range.
[[nodiscard]] RecomOptions checked(const RecomOptions& options);

/// Throws InvalidInput, listing what is wrong, unless labels are a plan that keeps every rule, numbered without gaps.
void check_plan(const Problem& problem, std::span<const PartId> labels, std::string_view argument);

}  // namespace shequ::detail

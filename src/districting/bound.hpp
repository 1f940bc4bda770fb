// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// A number that no plan of at least `min_parts` parts can go below. Dividing c components into k parts cuts at least
/// k - c edges, and one more where fewer of them are bridges; with as many parts as nodes every edge is cut.
[[nodiscard]] std::int64_t objective_bound(const Problem& problem, std::int32_t min_parts, std::int32_t components);

}  // namespace shequ::detail

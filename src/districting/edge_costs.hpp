// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// What cutting each edge adds to the objective: the terms that are sums over cut edges, weighted.
[[nodiscard]] std::vector<std::int64_t> edge_costs(const Problem& problem);

}  // namespace shequ::detail

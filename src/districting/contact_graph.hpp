// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <memory>

#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// The graph in which a part must be connected: that of the problem, and one more edge for each link that is none of
/// its edges. Edges keep their numbers; those of links follow.
[[nodiscard]] std::shared_ptr<const Graph> contact_graph(const Problem& problem);

}  // namespace shequ::detail

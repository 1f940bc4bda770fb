// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

#include "cut_graph.hpp"
#include "shequ/districting/bound.hpp"

namespace shequ::detail {

/// A cost of edges between parts that no plan goes below, by flows, `known` or more. Ends by the options, or where
/// going on cannot raise it.
[[nodiscard]] std::int64_t flow_bound(const CutGraph& graph, std::int64_t known, const BoundOptions& options);

}  // namespace shequ::detail

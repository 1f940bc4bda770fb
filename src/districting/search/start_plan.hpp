// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shequ/detail/search/components.hpp"
#include "shequ/detail/search/tree_split.hpp"
#include "shequ/districting/problem.hpp"
#include "shequ/random.hpp"

namespace shequ::detail {

/// Labels of a component taken from a start plan of the problem's nodes, changed only where it is no division into
/// `num_parts` connected parts: of each label the heaviest piece stays, what is left over joins a part that it touches,
/// and parts are divided, or not kept, until their number is right.
[[nodiscard]] std::vector<std::int32_t> adopt_start(std::span<const PartId> start, const Component& component,
                                                    std::int32_t num_parts, TreeSplitter& splitter,
                                                    const DivideOptions& options, Random& random);

}  // namespace shequ::detail

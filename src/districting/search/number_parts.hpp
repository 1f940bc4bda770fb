// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <span>
#include <vector>

#include "shequ/detail/search/components.hpp"
#include "shequ/detail/search/multilevel.hpp"

namespace shequ::detail {

/// Puts the plans of the components together and numbers the parts: by their first nodes, or, where the objective
/// compares with last year's plan, by the grids they take over.
[[nodiscard]] std::vector<PartId> number_parts(const Problem& problem, const std::vector<Component>& components,
                                               const std::vector<ComponentPlan>& plans);

/// The plan to begin from: the problem's, else last year's where the objective compares with it, else none.
[[nodiscard]] std::span<const PartId> start_plan(const Problem& problem);

}  // namespace shequ::detail

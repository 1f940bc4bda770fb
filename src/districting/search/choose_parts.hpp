// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "shequ/detail/search/multilevel.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// Takes one of the plans `found` for each component so that the parts add up to a number asked for, or near it, and
/// the sum of the scores is small: least for few components, where it is computed over all totals; for many by taking
/// the best of each and changing those where it costs least.
void choose_by_total(const std::vector<std::vector<const ComponentPlan*>>& found, const PartsRange& asked,
                     std::vector<ComponentPlan>& chosen);

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <vector>

#include "shequ/detail/unit_pages.hpp"

namespace shequ::detail {

/// Throws InvalidInput for a rule that is not valid or not of its kind, that needs a column that is not there, or of a
/// kind that is not computed.
void check_rule(const CountColumns& counts, const UnitCells& cells, const RuleAssignment& assigned);

/// The number of rules in a list; they are added where they are not there.
[[nodiscard]] std::size_t number_of(const CommunityRules& rules, std::vector<CommunityRules>& known);

}  // namespace shequ::detail

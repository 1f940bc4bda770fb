// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>

#include "shequ/detail/unit_pages.hpp"

namespace shequ::detail {

/// Throws InvalidInput for a norm that is not valid or counts a column that is not there.
void check_rule(const CountColumns& counts, const std::optional<StaffingNorm>& norm);

}  // namespace shequ::detail

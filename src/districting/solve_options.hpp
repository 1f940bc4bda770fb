// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "shequ/districting/solve.hpp"

namespace shequ::detail {

/// Throws InvalidInput for an option out of range.
void check_options(const SolveOptions& options);

}  // namespace shequ::detail

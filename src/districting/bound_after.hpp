// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "shequ/districting/bound.hpp"
#include "shequ/districting/diagnose.hpp"

namespace shequ::detail {

/// lower_bound() of a problem whose diagnosis is known, without enumeration.
[[nodiscard]] ObjectiveBound lower_bound_after(const Problem& problem, const Diagnosis& diagnosis,
                                               const BoundOptions& options);

}  // namespace shequ::detail

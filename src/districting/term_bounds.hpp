// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

#include "shequ/districting/bound.hpp"

namespace shequ::detail {

/// A value of one term, and why no plan goes below it.
struct TermBound {
  std::int64_t value{};
  BoundArgument argument{BoundArgument::none};
};

/// For terms that do not depend on cut edges; those get 0. `parts` are the numbers of parts that a plan can have.
[[nodiscard]] TermBound term_bound(const Objective& objective, const Problem& problem, PartsRange parts);

}  // namespace shequ::detail

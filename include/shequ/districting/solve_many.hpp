// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <span>
#include <vector>

#include "shequ/districting/plan.hpp"
#include "shequ/districting/problem.hpp"
#include "shequ/districting/solve.hpp"

namespace shequ {

/// Solves problems that have nothing to do with each other, such as the communities of a city: as many at a time as
/// options.threads says, each on one thread. Plan i is what solve(problems[i], options) gives.
///
/// `time_limit_s`, `steps` and `target` hold for each problem; one that is not reached before `stop` is answered all
/// the same, with little search. `progress` gets the share of the work that is done, each problem counting the same,
/// and the steps of all; objective and violation are those of the problem that the calling thread works on.
/// Throws InvalidInput, before any search, for an option out of range and for a problem that validate() refuses, with
/// its position in front.
[[nodiscard]] std::vector<Plan> solve_many(std::span<const Problem> problems, const SolveOptions& options = {});

}  // namespace shequ

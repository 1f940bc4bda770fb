// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "shequ/districting/plan.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ {

/// How far a search is.
struct SolveProgress {
  double fraction{};  ///< of the budget, 0 to 1
  std::int64_t steps{};
  std::int64_t objective{};  ///< of the best plan so far
  std::int64_t violation{};  ///< what the best plan so far breaks, 0 for a feasible plan
};

struct SolveOptions {
  std::uint64_t seed{0};
  double time_limit_s{10.0};  ///< wall time, 0 or more; a limit that ends the search makes the result depend on it
  std::int64_t steps{0};      ///< search steps; 0: by size and tightness of the bounds, and more while they are broken
  int threads{1};             ///< 1 to 1024; the plan is the same for any number
  /// End as soon as a plan within the rules has this objective or less; until then use all steps, also where several
  /// runs have found the same.
  std::optional<std::int64_t> target{};
  std::stop_token stop{};                                ///< polled every few steps; the best plan so far is returned
  std::function<void(const SolveProgress&)> progress{};  ///< called on the calling thread, at most every 50 ms
};

/// Divides the graph into connected parts within the bounds and makes the objective small.
///
/// Always answers within its budget, with every node in a connected part: see Plan::status. Where a component is too
/// light for a part it is one all the same; where that leaves too few parts for the others to keep their bounds, such
/// parts come on top of the number asked for. Throws InvalidInput only for a problem that validate() refuses
/// or an option out of range. The same problem, seed and steps give the same labels on every machine and number of
/// threads, as long as neither the time limit nor `stop` ended the search.
[[nodiscard]] Plan solve(const Problem& problem, const SolveOptions& options = {});

/// What is proven about a problem by other means than solve().
struct PlanProof {
  std::optional<std::int64_t> bound{};  ///< no plan has a lower objective
  bool infeasible{};                    ///< there is no plan
};

/// The plan of some labels as solve() would return it: checked by certify(), its status by what is proven.
/// Throws InvalidInput where labels has another length than the graph has nodes.
[[nodiscard]] Plan plan_of(const Problem& problem, std::vector<PartId> labels, const PlanProof& proof = {});

}  // namespace shequ

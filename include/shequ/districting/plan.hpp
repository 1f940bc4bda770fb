// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/fwd.hpp"

namespace shequ {

/// What a plan is worth.
enum class PlanStatus : std::uint8_t {
  optimal,    ///< keeps every rule, and no plan has a lower objective: bound equals objective
  feasible,   ///< keeps every rule
  unknown,    ///< the budget ended first, with neither a plan nor a proof: the plan that breaks least
  infeasible  ///< proven that no plan keeps every rule; labels are the plan that breaks least, or empty
};

[[nodiscard]] std::string_view to_string(PlanStatus status) noexcept;

/// Why a search ended.
enum class StopReason : std::uint8_t { finished, step_limit, time_limit, interrupted, proven, target };

[[nodiscard]] std::string_view to_string(StopReason reason) noexcept;

/// When the best plan so far became better.
struct TracePoint {
  double elapsed_s{};
  std::int64_t steps{};
  std::int64_t violation{};  ///< 0: within all rules
  std::int64_t objective{};
};

/// The answer of solve(): which part every node belongs to.
struct Plan {
  std::vector<PartId> labels;  ///< part of each node, 0..part_count - 1, numbered by first node; with
                               ///< objective::Disturbance by last year's grids, with numbers left out where one went
  PartId part_count{};
  std::vector<std::int64_t> part_weights;  ///< weight of each part
  std::int64_t objective{};                ///< weighted sum of the objective's terms
  std::vector<std::int64_t> terms;         ///< value of each term, unweighted
  std::optional<std::int64_t> bound;       ///< proven: no plan has a lower objective
  PlanStatus status{PlanStatus::unknown};
  StopReason stop_reason{StopReason::finished};
  std::uint64_t seed{};
  std::int64_t steps{};  ///< search steps used, the measure of SolveOptions::steps
  double elapsed_s{};    ///< wall time; with the times in `trace` the only value that differs between equal runs
  std::vector<TracePoint> trace;
};

}  // namespace shequ

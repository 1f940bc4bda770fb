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
  violating,  ///< the budget ended first: the plan that breaks least, with what it breaks
  infeasible  ///< proven that no plan keeps every rule; labels are the plan that breaks least, or empty
};

[[nodiscard]] std::string_view to_string(PlanStatus status) noexcept;

/// Why a search ended.
enum class StopReason : std::uint8_t { finished, step_limit, time_limit, interrupted, proven };

[[nodiscard]] std::string_view to_string(StopReason reason) noexcept;

/// The answer of solve(): which part every node belongs to.
struct Plan {
  std::vector<PartId> labels;  ///< part of each node, 0..part_count - 1, numbered by first node
  PartId part_count{};
  std::vector<std::int64_t> part_weights;  ///< weight of each part
  std::int64_t objective{};                ///< value of the problem's objective
  std::optional<std::int64_t> bound;       ///< proven: no plan has a lower objective
  PlanStatus status{PlanStatus::violating};
  StopReason stop_reason{StopReason::finished};
  std::uint64_t seed{};
  std::int64_t steps{};  ///< search steps used, the measure of SolveOptions::steps
  double elapsed_s{};    ///< wall time; the only field that differs between equal runs
};

}  // namespace shequ

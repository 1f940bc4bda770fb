// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/plan.hpp"

namespace shequ {

std::string_view to_string(PlanStatus status) noexcept {
  switch (status) {
    case PlanStatus::optimal:
      return "optimal";
    case PlanStatus::feasible:
      return "feasible";
    case PlanStatus::unknown:
      return "unknown";
    case PlanStatus::infeasible:
      break;
  }
  return "infeasible";
}

std::string_view to_string(StopReason reason) noexcept {
  switch (reason) {
    case StopReason::finished:
      return "finished";
    case StopReason::step_limit:
      return "step_limit";
    case StopReason::time_limit:
      return "time_limit";
    case StopReason::interrupted:
      return "interrupted";
    case StopReason::proven:
      return "proven";
    case StopReason::target:
      break;
  }
  return "target";
}

}  // namespace shequ

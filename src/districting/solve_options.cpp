// SPDX-License-Identifier: BSD-3-Clause
#include "solve_options.hpp"

#include <string>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/run_tasks.hpp"

namespace shequ::detail {

void check_options(const SolveOptions& options) {
  constexpr double max_time_limit_s = 1e9;
  if (!(options.time_limit_s >= 0 && options.time_limit_s <= max_time_limit_s)) {
    throw_argument("time_limit_s", std::to_string(options.time_limit_s), "in [0, 1000000000] seconds",
                   "在 [0, 1000000000] 秒之间");
  }
  if (options.steps < 0) throw_argument("steps", options.steps, "0 or more", "大于或等于 0");
  check_threads(options.threads);
}

}  // namespace shequ::detail

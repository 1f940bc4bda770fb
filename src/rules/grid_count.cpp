// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/grid_count.hpp"

#include <string>

#include "columns.hpp"

namespace shequ {

GridCount grid_count(std::int64_t households, std::int64_t min_households, std::int64_t max_households) {
  detail::check_count_of("households", households);
  if (max_households < 1 || max_households > max_unit_households) {
    detail::throw_argument("max_households", max_households, "in [1, 2147483647]", "在 [1, 2147483647] 之间");
  }
  if (min_households < 1 || min_households > max_households) {
    const std::string range = "[1, max_households=" + std::to_string(max_households) + "]";
    detail::throw_argument("min_households", min_households, "in " + range, "在 " + range + " 之间");
  }
  GridCount count;
  const std::int64_t least = (households + max_households - 1) / max_households;
  const std::int64_t most = households / min_households;
  count.feasible = least <= most;
  if (count.feasible) {
    count.least = least;
    count.most = most;
    return count;
  }
  // `most` grids are too large and `least`, one more, too small.
  count.relaxed_min = households / least;
  if (most > 0) count.relaxed_max = (households + most - 1) / most;
  return count;
}

}  // namespace shequ

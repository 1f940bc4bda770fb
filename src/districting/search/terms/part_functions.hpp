// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "../../part_values.hpp"
#include "shequ/rules/staffing.hpp"

// What one part is worth by the sums over its nodes. Each is a function of the sums `part` plus `sign` (-1, 0, 1) times
// the row of one node, so that a move need not be made to be judged.
namespace shequ::detail {

struct InertiaOfPart {
  [[nodiscard]] std::int64_t operator()(const std::int64_t* part, const std::int64_t* node, std::int64_t sign) const {
    return inertia_of(
        {part[0] + sign * node[0], part[1] + sign * node[1], part[2] + sign * node[2], part[3] + sign * node[3]});
  }
};

struct DeviationOfPart {
  std::int64_t target{};
  [[nodiscard]] std::int64_t operator()(const std::int64_t* part, const std::int64_t* node, std::int64_t sign) const {
    const std::int64_t sum = *part + sign * *node;
    return sum > target ? sum - target : target - sum;
  }
};

struct OneOfPart {
  [[nodiscard]] std::int64_t operator()(const std::int64_t* /*part*/, const std::int64_t* /*node*/,
                                        std::int64_t /*sign*/) const {
    return 1;
  }
};

struct PostsOfPart {
  StaffingRule rule;
  [[nodiscard]] std::int64_t operator()(const std::int64_t* part, const std::int64_t* node, std::int64_t sign) const {
    return rule.posts(*part + sign * *node);
  }
};

/// Thousandths of a household that one post serves.
struct LoadOfPart {
  StaffingRule rule;
  [[nodiscard]] std::int64_t operator()(const std::int64_t* part, const std::int64_t* node, std::int64_t sign) const {
    const std::int64_t households = *part + sign * *node;
    return 1000 * households / rule.posts(households);
  }
};

struct TravelOfPart {
  std::size_t centres{};
  [[nodiscard]] std::int64_t operator()(const std::int64_t* part, const std::int64_t* node, std::int64_t sign) const {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t c = 0; c < centres; ++c) least = std::min(least, part[c] + sign * node[c]);
    return least;
  }
};

}  // namespace shequ::detail

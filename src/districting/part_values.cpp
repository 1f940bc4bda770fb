// SPDX-License-Identifier: BSD-3-Clause
#include "part_values.hpp"

#include <algorithm>
#include <cmath>

namespace shequ::detail {

// Whole numbers but for a last fraction below weight / 2: with x = q weight + r, |r| <= weight / 2, it is
// x^2 / weight = q^2 weight + 2 q r + r^2 / weight, the same for any origin.
std::int64_t inertia_of(const Moments& part) {
  if (part.weight == 0) return 0;
  std::int64_t value = part.squares;
  double fraction = 0.0;
  for (const std::int64_t moment : {part.x, part.y}) {
    std::int64_t quotient = moment / part.weight;
    std::int64_t rest = moment % part.weight;
    // To the nearest, without branches: which way a moment rounds is as good as random.
    const std::int64_t nearest = (rest > part.weight - rest ? 1 : 0) - (-rest > part.weight + rest ? 1 : 0);
    quotient += nearest;
    rest -= nearest * part.weight;
    value -= quotient * quotient * part.weight + 2 * quotient * rest;
    fraction += static_cast<double>(rest) * static_cast<double>(rest);
  }
  return value - static_cast<std::int64_t>(std::ceil(fraction / static_cast<double>(part.weight) - 0.5));  // half: up
}

std::int64_t middle_of(const std::vector<std::int64_t>& values) {
  if (values.empty()) return 0;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return *least + (*most - *least) / 2;
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "shequ/districting/diagnose.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// What counting arguments need to know of one connected component.
struct ComponentSize {
  std::int64_t weight{};
  std::int32_t groups{};      ///< nodes after merging those that must stay together: the most parts it can have
  std::int32_t min_parts{1};  ///< proven otherwise, for example by locks of different numbers
};

/// ceil(numerator / denominator) of non-negative numbers; denominator above 0.
[[nodiscard]] constexpr std::int64_t ceil_div(std::int64_t numerator, std::int64_t denominator) {
  return numerator / denominator + (numerator % denominator != 0 ? 1 : 0);
}

/// Numbers of parts a component can have by its weight alone; none where no whole number fits.
[[nodiscard]] std::optional<PartsRange> component_parts(const ComponentSize& size, std::int64_t lower,
                                                        std::int64_t upper);

/// Numbers of parts of all components together; none where one component has none.
[[nodiscard]] std::optional<PartsRange> total_parts(const std::vector<ComponentSize>& sizes, std::int64_t lower,
                                                    std::int64_t upper);

/// Bounds and parts under which all counting arguments are silent.
struct Request {
  std::int64_t lower{};
  std::int64_t upper{};
  std::optional<PartsRange> parts{};
};

/// The smallest relaxations of `asked`, in the order of their relative change: of one of lower, upper and parts where
/// that suffices, else of several at once. `heaviest` is the heaviest group: no upper bound below it can hold.
[[nodiscard]] std::vector<Relaxation> smallest_relaxations(const std::vector<ComponentSize>& sizes,
                                                           std::int64_t heaviest, const Request& asked);

}  // namespace shequ::detail

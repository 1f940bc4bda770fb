// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "shequ/districting/diagnose.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// What counting arguments need to know of one connected component.
struct ComponentSize {
  std::int64_t weight{};
  std::int32_t groups{};      ///< nodes after merging those that must stay together: the most parts it can have
  std::int32_t min_parts{1};  ///< proven otherwise, for example by locks of different numbers
  std::int32_t max_parts{std::numeric_limits<std::int32_t>::max()};  ///< proven otherwise, by balances
  std::span<const std::int64_t> heaviest_sums{};  ///< weight of its 0, 1, 2, ... heaviest groups; empty: not known
};

/// ceil(numerator / denominator) of non-negative numbers; denominator above 0.
[[nodiscard]] constexpr std::int64_t ceil_div(std::int64_t numerator, std::int64_t denominator) {
  return numerator / denominator + (numerator % denominator != 0 ? 1 : 0);
}

/// Numbers of parts a component can have by the weights of it and of its groups; none where no whole number fits.
[[nodiscard]] std::optional<PartsRange> component_parts(const ComponentSize& size, std::int64_t lower,
                                                        std::int64_t upper);

/// Numbers of parts of all components together; none where one component has none.
[[nodiscard]] std::optional<PartsRange> total_parts(const std::vector<ComponentSize>& sizes, std::int64_t lower,
                                                    std::int64_t upper);

/// Bounds and parts under which all arguments are to be silent.
struct Request {
  std::int64_t lower{};
  std::int64_t upper{};
  std::optional<PartsRange> parts{};
};

/// What is asked while relaxations are looked for. Each answer stays yes where a request is relaxed further.
struct Silence {
  std::function<bool(const Request&)> counts;  ///< whether counting does not speak against it: quick, and necessary
  std::function<bool(const Request&)> all;     ///< whether nothing does
  std::function<std::optional<PartsRange>(const Request&)> total;  ///< numbers of parts that its bounds allow
  std::int64_t heaviest{};                                         ///< no upper bound below this can hold
  std::int64_t most_weight{};                                      ///< no upper bound above this makes a difference
};

/// Whether the numbers of parts that the bounds allow meet those asked for.
[[nodiscard]] bool counts_fit(const std::vector<ComponentSize>& sizes, const Request& request);

/// The smallest relaxations of `asked`, in the order of their relative change: of one of lower, upper and parts where
/// that suffices, else of several at once.
[[nodiscard]] std::vector<Relaxation> smallest_relaxations(const Silence& silence, const Request& asked);

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string_view>

namespace shequ {

/// What to do with a step that is begun but not full. The sources of the rules do not say; so every result names it.
enum class Rounding : std::uint8_t {
  floor,  ///< only full steps count: the literal reading
  ceil,   ///< every started step counts
  round   ///< half a step or more counts
};

[[nodiscard]] constexpr std::string_view to_string(Rounding rounding) noexcept {
  return rounding == Rounding::floor ? "floor" : rounding == Rounding::ceil ? "ceil" : "round";
}

/// What is added to a number of 0 or more before it is divided by `step`, so that whole division rounds as asked:
/// 0 floor, step - 1 ceil, half a step round.
[[nodiscard]] constexpr std::int64_t rounding_slack(Rounding rounding, std::int64_t step) noexcept {
  // Half a step of an odd number counts from (step + 1) / 2 on, which step / 2 gives.
  return rounding == Rounding::floor ? 0 : rounding == Rounding::ceil ? step - 1 : step / 2;
}

}  // namespace shequ

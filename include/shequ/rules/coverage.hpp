// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/fraction.hpp"

namespace shequ {

/// How many units have something (覆盖率): those with it, those it is known of, those it is not known of.
struct Coverage {
  std::int64_t having{};
  std::int64_t known{};
  std::int64_t missing{};

  /// having / known; nothing where it is known of no unit, which is neither 0 nor 100 %.
  [[nodiscard]] std::optional<Fraction> rate() const {
    if (known == 0) return std::nullopt;
    return Fraction(having, known);
  }
  /// True where every unit is known to have it.
  [[nodiscard]] constexpr bool complete() const noexcept { return missing == 0 && having == known; }
  friend constexpr bool operator==(const Coverage&, const Coverage&) = default;
};

/// Coverage of a column of truth values, 1 where a unit has it.
[[nodiscard]] Coverage coverage(const ColumnView<std::uint8_t>& has);

}  // namespace shequ

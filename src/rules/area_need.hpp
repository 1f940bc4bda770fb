// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstdint>

#include "columns.hpp"
#include "shequ/rules/facilities.hpp"
#include "shequ/rules/fraction.hpp"

namespace shequ::detail {

/// The need of a rule as the loops want it, dm2: max(least, share of the steps).
class AreaNeed {
 public:
  explicit AreaNeed(const FacilityRule& rule)
      : least_((rule.least_m2 * Fraction(dm2_per_m2)).ceil_of(1)),
        share_(rule.step_m2 * Fraction(dm2_per_m2) / per(rule)),
        step_(rule.rounding == AreaRounding::started_step ? rule.step_households : 1) {}

  /// `households` must be in [0, max_unit_households].
  [[nodiscard]] std::int64_t operator()(std::int64_t households) const {
    const std::int64_t steps = step_ == 1 ? households : (households + step_ - 1) / step_;
    return std::max(least_, share_(steps));
  }
  /// True where no count can overflow, so that it may be asked of what does not count too.
  [[nodiscard]] bool fits() const noexcept { return share_.is_narrow(); }

 private:
  static constexpr std::int64_t dm2_per_m2 = 100;

  [[nodiscard]] static Fraction per(const FacilityRule& rule) {
    return rule.rounding == AreaRounding::started_step ? Fraction(1) : Fraction(rule.step_households);
  }

  std::int64_t least_;
  CeilShare share_;
  std::int64_t step_;
};

}  // namespace shequ::detail

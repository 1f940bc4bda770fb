// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "shequ/detail/divider.hpp"
#include "shequ/detail/wide.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/funding.hpp"
#include "shequ/rules/rounding.hpp"
#include "shequ/rules/staffing.hpp"

// The rules of a sheet in 64-bit numbers, without branches, for counts that are in range. Each says by `fits` whether
// that is so of every count, as it is of all rules that occur; where not, the rule itself must be asked.
namespace shequ::detail {

[[nodiscard]] constexpr std::int64_t above_zero(std::int64_t value) noexcept { return value > 0 ? value : 0; }

/// `amount` of each number, into `results`, which may be the numbers. The rule is copied: what is written could be part
/// of it for all that the compiler knows, and would be read anew each time.
template <class Amount>
void fill_amounts(const Amount& amount, const std::int64_t* numbers, std::size_t size, std::int64_t* results) {
  const Amount local = amount;
  for (std::size_t j = 0; j < size; ++j) results[j] = local(numbers[j]);
}

/// A share in [0, 1] of an amount below 2^42, rounded to the nearest, halves up.
class RoundedShareOf {
 public:
  explicit RoundedShareOf(const Fraction& share)
      : fits(share.denominator() < std::int64_t{1} << 20U),
        twice_(fits ? share.numerator() * 2 : 0),
        half_(fits ? share.denominator() : 1),
        divider_(static_cast<std::uint64_t>(half_) * 2) {}
  [[nodiscard]] std::int64_t operator()(std::int64_t amount) const noexcept {
    return divider_(amount * twice_ + half_);
  }

  bool fits;
  static constexpr std::int64_t most = (std::int64_t{1} << 42U) - 1;

 private:
  std::int64_t twice_;
  std::int64_t half_;
  WideDivider divider_;
};

/// The grant of a community without its supplement, fen.
class BasicGrant {
 public:
  explicit BasicGrant(const FundingRule& rule)
      : fits(most(rule) < std::numeric_limits<std::int64_t>::max()),
        base_fen_(rule.base_fen),
        base_households_(rule.base_households),
        step_fen_(rule.step_fen),
        slack_(rounding_slack(rule.rounding, rule.step_households)),
        step_(rule.step_households),
        divider_(static_cast<std::uint64_t>(step_)) {}
  [[nodiscard]] std::int64_t operator()(std::int64_t households) const noexcept {
    const std::int64_t over = above_zero(households - base_households_);
    // A slack may go beyond: of 0 over, 0.
    const std::int64_t steps = step_ == 1 ? over : over == 0 ? 0 : divider_(over + slack_);
    return base_fen_ + step_fen_ * steps;
  }

  bool fits;

 private:
  [[nodiscard]] static Int128 most(const FundingRule& rule) {
    Int128 sum = Int128{rule.base_fen} + Int128{rule.step_fen} * max_unit_households;
    for (const std::int64_t supplement : rule.class_fen) sum += supplement;
    return sum;
  }

  std::int64_t base_fen_;
  std::int64_t base_households_;
  std::int64_t step_fen_;
  std::int64_t slack_;
  std::int64_t step_;
  WideDivider divider_;
};

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "shequ/hierarchy/level.hpp"
#include "shequ/rules/rule_id.hpp"

namespace shequ {

/// What every rule says about itself: who set it, since when, and for which communities. Results repeat the id.
struct RuleInfo {
  RuleId id{"custom"};                                   ///< id in the catalogue, or the user's own
  std::string source;                                    ///< document, article, year; empty: the user's own numbers
  std::optional<std::chrono::year_month_day> effective;  ///< first day it applies; empty where the source does not say
  std::optional<Setting> applies_to;                     ///< communities the rule is for; empty: all

  friend bool operator==(const RuleInfo&, const RuleInfo&) = default;
};

namespace detail {

/// "2012-09-30".
[[nodiscard]] std::string date_text(std::chrono::year_month_day date);
/// Throws InvalidInput where `date` is no day of the calendar.
void check_date(std::string_view name, std::chrono::year_month_day date);
/// "workers[3]".
[[nodiscard]] std::string entry(std::string_view name, std::size_t index);

}  // namespace detail

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/rule_info.hpp"

#include <string>

#include "shequ/detail/argument.hpp"

namespace shequ::detail {

namespace {

void append_padded(std::string& text, unsigned number) {
  if (number < 10) text += '0';
  text += std::to_string(number);
}

}  // namespace

std::string date_text(std::chrono::year_month_day date) {
  std::string text = std::to_string(static_cast<int>(date.year()));
  text += '-';
  append_padded(text, static_cast<unsigned>(date.month()));
  text += '-';
  append_padded(text, static_cast<unsigned>(date.day()));
  return text;
}

void check_date(std::string_view name, std::chrono::year_month_day date) {
  if (!date.ok()) throw_argument(name, date_text(date), "a day of the calendar", "是存在的日期");
}

std::string entry(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

}  // namespace shequ::detail

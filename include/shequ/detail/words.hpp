// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "shequ/fwd.hpp"

namespace shequ::detail {

/// `value` with a comma between groups of three digits: 1,000.
[[nodiscard]] inline std::string grouped(std::int64_t value) {
  std::string digits = std::to_string(value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t place = digits.size(); place > first + 3;) {
    place -= 3;
    digits.insert(place, 1, ',');
  }
  return digits;
}

/// Money as people write it: 1234567 fen is "12,345.67", and whole yuan have no decimals.
[[nodiscard]] inline std::string yuan(std::int64_t fen) {
  const bool negative = fen < 0;
  const std::int64_t rest = negative ? -(fen % 100) : fen % 100;
  std::string text = (negative && fen / 100 == 0 ? "-" : "") + grouped(fen / 100);
  if (rest != 0)
    text.append(".").append(1, static_cast<char>('0' + rest / 10)).append(1, static_cast<char>('0' + rest % 10));
  return text;
}

/// `pattern` with {0} to {9} replaced by `values`.
[[nodiscard]] inline std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
      const auto place = static_cast<std::size_t>(pattern[i + 1] - '0');
      if (place < values.size()) text.append(*(values.begin() + place));
      i += 2;
    } else {
      text.push_back(pattern[i]);
    }
  }
  return text;
}

/// The pattern of the language, filled.
[[nodiscard]] inline std::string fill(Language language, std::string_view chinese, std::string_view english,
                                      std::initializer_list<std::string_view> values) {
  return fill(language == Language::zh ? chinese : english, values);
}

}  // namespace shequ::detail

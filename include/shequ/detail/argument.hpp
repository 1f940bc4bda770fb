// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>

#include "shequ/error.hpp"

namespace shequ::detail {

/// Throws InvalidInput "`name`=`value` must be `allowed`" in both languages.
[[noreturn]] inline void throw_argument(std::string_view name, std::string_view value, std::string_view allowed_en,
                                        std::string_view allowed_zh) {
  std::string english(name);
  english.append("=").append(value).append(" must be ").append(allowed_en);
  std::string chinese(name);
  chinese.append("=").append(value).append(" 必须").append(allowed_zh);
  throw InvalidInput(english, std::move(chinese));
}

[[noreturn]] inline void throw_argument(std::string_view name, long long value, std::string_view allowed_en,
                                        std::string_view allowed_zh) {
  throw_argument(name, std::to_string(value), allowed_en, allowed_zh);
}

/// The length of an array argument must be `expected`; says both lengths when it is not.
inline void check_length(std::string_view name, std::size_t actual, std::size_t expected) {
  if (actual != expected) {
    throw_argument(std::string(name) + ".size()", std::to_string(actual), "equal to " + std::to_string(expected),
                   "等于 " + std::to_string(expected));
  }
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace shequ::detail {

/// The whole number that `text` writes in its shortest form, so that the text can be restored from it; nothing for
/// any other text, such as one with a leading zero.
[[nodiscard]] constexpr std::optional<std::int64_t> canonical_number(std::string_view text) noexcept {
  constexpr std::size_t safe_digits = 18;  // any 18 digits fit into 63 bits
  if (text.empty() || text.size() > safe_digits || (text.front() == '0' && text.size() > 1)) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace shequ::detail

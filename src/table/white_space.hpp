// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace shequ::detail {

/// Bytes of the white space that a UTF-8 text begins with, 0 where it begins with something else. White space are the
/// characters of the category Zs and of the bidirectional types WS, B and S of the Unicode Character Database: what
/// Python's str.strip takes away, among them the ideographic space U+3000.
[[nodiscard]] constexpr std::size_t leading_space(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
  };
  switch (byte(0)) {
    case 0x09:  // \t \n \v \f \r
    case 0x0A:
    case 0x0B:
    case 0x0C:
    case 0x0D:
    case 0x1C:  // separators of files, groups, records and units
    case 0x1D:
    case 0x1E:
    case 0x1F:
    case 0x20:
      return 1;
    case 0xC2:  // U+0085, U+00A0
      return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : 0;
    case 0xE1:  // U+1680
      return byte(1) == 0x9A && byte(2) == 0x80 ? 3 : 0;
    case 0xE2:  // U+2000 to U+200A, U+2028, U+2029, U+202F; U+205F
      if (byte(1) == 0x81) return byte(2) == 0x9F ? 3 : 0;
      if (byte(1) != 0x80) return 0;
      return (byte(2) >= 0x80 && byte(2) <= 0x8A) || byte(2) == 0xA8 || byte(2) == 0xA9 || byte(2) == 0xAF ? 3 : 0;
    case 0xE3:  // U+3000
      return byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0;
    default:
      return 0;
  }
}

/// Bytes of the white space that a UTF-8 text ends with, 0 where it ends with something else.
[[nodiscard]] constexpr std::size_t trailing_space(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (static_cast<std::uint8_t>(text.back()) < 0x80) return leading_space(text.substr(text.size() - 1));
  for (const std::size_t length : {std::size_t{2}, std::size_t{3}}) {
    if (text.size() >= length && leading_space(text.substr(text.size() - length)) == length) return length;
  }
  return 0;
}

/// The text without white space at its begin and end.
[[nodiscard]] constexpr std::string_view stripped(std::string_view text) noexcept {
  while (const std::size_t space = leading_space(text)) text.remove_prefix(space);
  while (const std::size_t space = trailing_space(text)) text.remove_suffix(space);
  return text;
}

}  // namespace shequ::detail

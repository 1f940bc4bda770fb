// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace shequ::detail {

struct DecodedCharacter {
  char32_t character;
  std::size_t length;  ///< bytes
};

inline constexpr char32_t replacement_character = 0xFFFD;

/// The character at the begin of `text`, which is not empty; U+FFFD of one byte for what is no UTF-8.
[[nodiscard]] constexpr DecodedCharacter decode_utf8(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {replacement_character, 1};
  char32_t character = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {replacement_character, 1};
    character = (character << 6U) | (byte(i) & 0x3FU);
  }
  constexpr char32_t least[]{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < least[length] || character > 0x10FFFF || surrogate) return {replacement_character, 1};
  return {character, length};
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "name_checks.hpp"

#include <cstddef>
#include <cstdint>

namespace shequ::detail {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
  char32_t character;
  std::size_t length;
};

/// The character at the begin of `text`, which is not empty; U+FFFD of one byte for what is no UTF-8.
[[nodiscard]] Decoded decode(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {replacement, 1};
  char32_t character = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {replacement, 1};
    character = (character << 6U) | (byte(i) & 0x3FU);
  }
  constexpr char32_t least[]{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < least[length] || character > 0x10FFFF || surrogate) return {replacement, 1};
  return {character, length};
}

[[nodiscard]] constexpr bool is_suspicious(char32_t c) noexcept {
  return c == U'?' || c == 0xFF1F || c == replacement || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
         (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

}  // namespace

std::optional<char32_t> suspicious_character(std::string_view name) noexcept {
  while (!name.empty()) {
    const Decoded next = decode(name);
    if (is_suspicious(next.character)) return next.character;
    name.remove_prefix(next.length);
  }
  return std::nullopt;
}

std::string code_point_text(char32_t character) {
  if (character == U'?' || character == 0xFF1F) return "?";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string hex;
  for (auto rest = static_cast<std::uint32_t>(character); rest != 0 || hex.size() < 4; rest >>= 4U) {
    hex.insert(hex.begin(), digits[rest & 0xFU]);
  }
  return "U+" + hex;
}

std::optional<CommunityKind> committee_of_name(std::string_view name) noexcept {
  if (name.ends_with("村委会") || name.ends_with("村民委员会")) return CommunityKind::villagers;
  if (name.ends_with("社区") || name.ends_with("居委会") || name.ends_with("居民委员会")) {
    return CommunityKind::residents;
  }
  return std::nullopt;
}

std::string unit_title(const Hierarchy& hierarchy, UnitId unit) {
  std::string title = hierarchy.code(unit);
  const std::string name = hierarchy.name(unit);
  if (name != title) title.append(" ").append(name);
  return title;
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "name_checks.hpp"

#include <cstdint>

#include "shequ/detail/utf8.hpp"

namespace shequ::detail {

namespace {

[[nodiscard]] constexpr bool is_suspicious(char32_t c) noexcept {
  return c == U'?' || c == 0xFF1F || c == replacement_character || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
         (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

}  // namespace

std::optional<char32_t> suspicious_character(std::string_view name) noexcept {
  while (!name.empty()) {
    const DecodedCharacter next = decode_utf8(name);
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

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ::detail {

/// The first character of a UTF-8 name that hints at a lost letter: '?' or its full-width form, private use, U+FFFD, a
/// control character or bytes that are no UTF-8 (given as U+FFFD).
[[nodiscard]] std::optional<char32_t> suspicious_character(std::string_view name) noexcept;

/// "U+E170", or "?" for the question marks.
[[nodiscard]] std::string code_point_text(char32_t character);

/// Residents for names that end in 社区, 居委会 or 居民委员会, villagers for 村委会 or 村民委员会; else nothing.
[[nodiscard]] std::optional<CommunityKind> committee_of_name(std::string_view name) noexcept;

/// Code and name of a unit, as messages call it.
[[nodiscard]] std::string unit_title(const Hierarchy& hierarchy, UnitId unit);

}  // namespace shequ::detail

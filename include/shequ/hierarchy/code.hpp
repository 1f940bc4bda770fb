// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shequ/hierarchy/level.hpp"

namespace shequ {

/// Why a text is not a 12-digit division code.
enum class CodeFault : std::uint8_t {
  none,
  empty,
  scientific_notation,  ///< 3.20412E+11: digits are lost, so the code cannot be restored
  not_digits,
  wrong_length,
  zero_inside  ///< a part is given below one that is zero (a town may lie in a county of 0), or the province is 0
};

/// 12-digit division code (统计用区划代码): 2 province + 2 city + 2 county (GB/T 2260) + 3 town (GB/T 10114)
/// + 3 community (国统字〔2009〕91号), padded on the right with zeros for upper levels.
class DivisionCode {
 public:
  struct Parsed;

  /// Reads exactly 12 ASCII digits.
  [[nodiscard]] static Parsed parse(std::string_view text) noexcept;
  /// Reads a whole number of 12 digits, as spreadsheets store codes.
  [[nodiscard]] static Parsed from_number(std::int64_t number) noexcept;
  /// Puts a code together. Throws InvalidInput for a part out of range (province, city, county 0-99, others 0-999) and
  /// for a part below one that is zero.
  [[nodiscard]] static DivisionCode make(int province, int city = 0, int county = 0, int town = 0, int community = 0);

  [[nodiscard]] constexpr std::int64_t number() const noexcept { return number_; }
  [[nodiscard]] constexpr int province() const noexcept { return static_cast<int>(number_ / 10'000'000'000); }
  [[nodiscard]] constexpr int city() const noexcept { return static_cast<int>(number_ / 100'000'000 % 100); }
  [[nodiscard]] constexpr int county() const noexcept { return static_cast<int>(number_ / 1'000'000 % 100); }
  [[nodiscard]] constexpr int town() const noexcept { return static_cast<int>(number_ / 1'000 % 1'000); }
  [[nodiscard]] constexpr int community() const noexcept { return static_cast<int>(number_ % 1'000); }

  /// The lowest level whose digits are not zero; country for 100000000000. Complexity: constant.
  [[nodiscard]] Level level() const noexcept;
  /// The code with its lowest part set to zero; nothing above a province. A town of a city without counties (东莞) has
  /// the city as its parent. The parent in the data may differ: see Hierarchy::parent.
  [[nodiscard]] std::optional<DivisionCode> parent() const noexcept;
  /// Kind by the range of the town digits: 001-099, 100-199, 200-399, 400-599; nothing outside of them.
  [[nodiscard]] std::optional<TownKind> town_kind() const noexcept;
  /// Kind by the range of the community digits: 001-199, 200-399, 400-499, 500-599; nothing outside of them.
  [[nodiscard]] std::optional<CommunityKind> community_kind() const noexcept;
  /// The 12 digits.
  [[nodiscard]] std::string str() const;

  friend constexpr auto operator<=>(const DivisionCode&, const DivisionCode&) = default;

 private:
  explicit constexpr DivisionCode(std::int64_t number) noexcept : number_(number) {}
  std::int64_t number_;
};

struct DivisionCode::Parsed {
  std::optional<DivisionCode> code;
  CodeFault fault{CodeFault::none};
};

/// What is wrong and what is allowed, for example "must be 12 digits".
[[nodiscard]] std::string_view to_string(CodeFault fault, Language language = Language::en) noexcept;

/// Code of grid number `sequence` (from 1) of a community: its code and two digits, three where it has more than 99
/// grids. Throws InvalidInput where sequence is not in 1..grids_in_community, that is not in 1..999, or the code is not
/// that of a community.
[[nodiscard]] std::string grid_code(const DivisionCode& community, int sequence, int grids_in_community);

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/code.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "shequ/detail/argument.hpp"

namespace shequ {

namespace {

constexpr std::size_t code_digits = 12;

/// 100000000000, as the 2016 table writes the whole country: no province has the number 10 (GB/T 2260).
constexpr std::int64_t country_number = 100'000'000'000;
constexpr std::int64_t first_number = 10'000'000'000;  // below: fewer than 12 digits but for one leading zero

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// True for 3.20412E+11 and its kin: digits with one e or E between them.
[[nodiscard]] bool is_scientific(std::string_view text) noexcept {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || e + 1 >= text.size()) return false;
  const std::string_view mantissa = text.substr(0, e);
  std::string_view exponent = text.substr(e + 1);
  if (exponent.front() == '+' || exponent.front() == '-') exponent.remove_prefix(1);
  return !exponent.empty() && std::ranges::all_of(exponent, is_digit) &&
         std::ranges::all_of(mantissa, [](char c) { return is_digit(c) || c == '.'; });
}

void check_part(std::string_view name, int part, int largest) {
  if (part < 0 || part > largest) {
    const std::string range = "[0, " + std::to_string(largest) + "]";
    detail::throw_argument(name, part, "in " + range, "在 " + range + " 之间");
  }
}

}  // namespace

DivisionCode::Parsed DivisionCode::parse(std::string_view text) noexcept {
  if (text.empty()) return {std::nullopt, CodeFault::empty};
  std::int64_t number = 0;
  for (const char c : text) {
    if (!is_digit(c)) {
      return {std::nullopt, is_scientific(text) ? CodeFault::scientific_notation : CodeFault::not_digits};
    }
    if (text.size() <= code_digits) number = number * 10 + (c - '0');
  }
  if (text.size() != code_digits) return {std::nullopt, CodeFault::wrong_length};
  const Parsed parsed = from_number(number);
  return parsed.fault == CodeFault::wrong_length ? Parsed{std::nullopt, CodeFault::zero_inside} : parsed;
}

DivisionCode::Parsed DivisionCode::from_number(std::int64_t number) noexcept {
  if (number < first_number || number > 999'999'999'999) return {std::nullopt, CodeFault::wrong_length};
  const DivisionCode code(number);
  // A town may hang below a city without counties (东莞, 中山, 儋州), so a county of 0 says nothing.
  const bool hole = (code.city() == 0 && number % 100'000'000 != 0) || (code.town() == 0 && code.community() != 0);
  if (hole) return {std::nullopt, CodeFault::zero_inside};
  return {code, CodeFault::none};
}

DivisionCode DivisionCode::make(int province, int city, int county, int town, int community) {
  check_part("province", province, 99);
  check_part("city", city, 99);
  check_part("county", county, 99);
  check_part("town", town, 999);
  check_part("community", community, 999);
  const std::int64_t number =
      (((static_cast<std::int64_t>(province) * 100 + city) * 100 + county) * 1'000 + town) * 1'000 + community;
  const Parsed parsed = from_number(number);
  if (!parsed.code) {
    detail::throw_argument("code", DivisionCode(number).str(), to_string(CodeFault::zero_inside, Language::en),
                           to_string(CodeFault::zero_inside, Language::zh));
  }
  return *parsed.code;
}

Level DivisionCode::level() const noexcept {
  if (number_ == country_number) return Level::country;
  if (community() != 0) return Level::community;
  if (town() != 0) return Level::town;
  if (county() != 0) return Level::district;
  if (city() != 0) return Level::city;
  return Level::province;
}

std::optional<DivisionCode> DivisionCode::parent() const noexcept {
  constexpr std::array<std::int64_t, 4> widths{1'000, 1'000'000, 100'000'000, 10'000'000'000};
  if (number_ == country_number) return std::nullopt;
  for (const std::int64_t width : widths) {
    if (number_ % width != 0) return DivisionCode(number_ - number_ % width);
  }
  return std::nullopt;
}

std::optional<TownKind> DivisionCode::town_kind() const noexcept {
  const int part = town();
  if (part == 0 || part > 599) return std::nullopt;
  if (part < 100) return TownKind::subdistrict;
  if (part < 200) return TownKind::town;
  return part < 400 ? TownKind::township : TownKind::zone_like;
}

std::optional<CommunityKind> DivisionCode::community_kind() const noexcept {
  const int part = community();
  if (part == 0 || part > 599) return std::nullopt;
  if (part < 200) return CommunityKind::residents;
  if (part < 400) return CommunityKind::villagers;
  return part < 500 ? CommunityKind::quasi_residents : CommunityKind::quasi_villagers;
}

std::string DivisionCode::str() const {
  std::string digits = std::to_string(number_);
  return std::string(code_digits - std::min(digits.size(), code_digits), '0') + digits;
}

std::string_view to_string(CodeFault fault, Language language) noexcept {
  const bool chinese = language == Language::zh;
  switch (fault) {
    case CodeFault::none:
      return chinese ? "正确" : "correct";
    case CodeFault::empty:
      return chinese ? "填写代码" : "given";
    case CodeFault::scientific_notation:
      return chinese ? "以文本保存的12位数字（科学计数法已丢失数字）"
                     : "12 digits stored as text (scientific notation has lost digits)";
    case CodeFault::not_digits:
    case CodeFault::wrong_length:
      return chinese ? "是12位数字" : "12 digits";
    case CodeFault::zero_inside:
      return chinese ? "是上级各段不为零的12位代码" : "a 12-digit code whose upper parts are not zero";
  }
  return {};
}

std::string grid_code(const DivisionCode& community, int sequence, int grids_in_community) {
  if (community.community() == 0) {
    detail::throw_argument("community", community.str(), "the code of a community, since no grid hangs below a town",
                           "是社区代码（网格不能直接隶属街道乡镇）");
  }
  if (grids_in_community < 1 || grids_in_community > 999) {
    detail::throw_argument("grids_in_community", grids_in_community, "in [1, 999]", "在 [1, 999] 之间");
  }
  if (sequence < 1 || sequence > grids_in_community) {
    const std::string range = "[1, " + std::to_string(grids_in_community) + "]";
    detail::throw_argument("sequence", sequence, "in " + range, "在 " + range + " 之间");
  }
  const std::size_t width = grids_in_community > 99 ? 3 : 2;
  const std::string digits = std::to_string(sequence);
  return community.str() + std::string(width - digits.size(), '0') + digits;
}

}  // namespace shequ

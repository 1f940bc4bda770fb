// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/hierarchy.hpp"

#include <algorithm>

#include "row_keys.hpp"
#include "shequ/detail/argument.hpp"

namespace shequ {

namespace {

/// Where `wanted` stands, or would stand, among `count` ascending codes, read by `code_at`.
template <class Key, class CodeAt>
[[nodiscard]] std::size_t position(std::size_t count, const Key& wanted, CodeAt code_at) {
  std::size_t low = 0;
  while (count > 0) {
    const std::size_t half = count / 2;
    if (code_at(low + half) < wanted) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return low;
}

}  // namespace

void Hierarchy::throw_unit(UnitId unit) const {
  if (empty()) detail::throw_argument("unit", unit, "a unit, and the hierarchy has none", "有效，但区划树为空");
  const std::string range = "[0, " + std::to_string(size() - 1) + "]";
  detail::throw_argument("unit", unit, "in " + range, "在 " + range + " 之间");
}

std::vector<UnitId> Hierarchy::path(UnitId unit) const {
  std::vector<UnitId> units;
  static_cast<void>(checked(unit));
  for (; unit != no_unit; unit = parent_[static_cast<std::size_t>(unit)]) units.push_back(unit);
  return units;
}

UnitId Hierarchy::ancestor(UnitId unit, Level level) const {
  static_cast<void>(checked(unit));
  while (unit != no_unit && level_[static_cast<std::size_t>(unit)] != level) {
    unit = parent_[static_cast<std::size_t>(unit)];
  }
  return unit;
}

std::vector<UnitId> Hierarchy::at_level(Level level) const {
  std::vector<UnitId> units;
  units.reserve(static_cast<std::size_t>(std::ranges::count(level_, level)));
  for (std::size_t i = 0; i < level_.size(); ++i) {
    if (level_[i] == level) units.push_back(static_cast<UnitId>(i));
  }
  return units;
}

std::string Hierarchy::code(UnitId unit) const {
  const std::size_t i = checked(unit);
  return text_code_.empty() ? std::to_string(numeric_code_[i]) : std::string(text_code_[i]);
}

UnitId Hierarchy::find(std::int64_t code) const noexcept {
  if (numeric_code_.empty()) return text_code_.empty() ? no_unit : find(std::to_string(code));
  const auto unit_at = [this](std::size_t i) { return by_code_.empty() ? i : static_cast<std::size_t>(by_code_[i]); };
  const auto code_at = [&](std::size_t i) { return numeric_code_[unit_at(i)]; };
  const auto found = position(numeric_code_.size(), code, code_at);
  return found < numeric_code_.size() && code_at(found) == code ? static_cast<UnitId>(unit_at(found)) : no_unit;
}

UnitId Hierarchy::find(std::string_view code) const noexcept {
  if (text_code_.empty()) {
    const auto number = detail::canonical_number(code);
    return number ? find(*number) : no_unit;
  }
  const auto unit_at = [this](std::size_t i) { return by_code_.empty() ? i : static_cast<std::size_t>(by_code_[i]); };
  const auto code_at = [&](std::size_t i) { return text_code_[unit_at(i)]; };
  const auto found = position(text_code_.size(), code, code_at);
  return found < text_code_.size() && code_at(found) == code ? static_cast<UnitId>(unit_at(found)) : no_unit;
}

UnitId Hierarchy::index(std::string_view code) const {
  const UnitId unit = find(code);
  if (unit == no_unit) detail::throw_argument("code", code, "the code of a unit", "是某个单位的代码");
  return unit;
}

bool Hierarchy::has_names(Language language) const noexcept {
  return !(language == Language::zh ? name_zh_ : name_en_).empty();
}

std::string_view Hierarchy::given_name(UnitId unit, Language language) const {
  const std::size_t i = checked(unit);
  const TextColumn& names = language == Language::zh ? name_zh_ : name_en_;
  return names.empty() ? std::string_view() : names[i];
}

std::string Hierarchy::name(UnitId unit, Language language) const {
  const std::string_view first = given_name(unit, language);
  if (!first.empty()) return std::string(first);
  const std::string_view second = given_name(unit, language == Language::zh ? Language::en : Language::zh);
  return second.empty() ? code(unit) : std::string(second);
}

std::vector<UnitId> Hierarchy::find_name(std::string_view name, UnitId within) const {
  std::vector<UnitId> units;
  if (empty() || name.empty()) return units;
  const UnitSlice slice = subtree(within);
  for (UnitId unit = slice.begin; unit < slice.end; ++unit) {
    const auto i = static_cast<std::size_t>(unit);
    if ((!name_zh_.empty() && name_zh_[i] == name) || (!name_en_.empty() && name_en_[i] == name)) units.push_back(unit);
  }
  return units;
}

}  // namespace shequ

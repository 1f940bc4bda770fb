// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/staffing_norm.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <type_traits>

namespace shequ {

namespace {

template <class Rule>
[[nodiscard]] std::optional<PostsRange> posts_by(const Rule& rule, std::int64_t count) {
  if constexpr (std::is_same_v<Rule, StaffingRule>) {
    detail::check_count(count);
    const std::int64_t posts = rule.posts(count);
    return PostsRange{posts, posts};
  } else {
    return rule.posts_range(count);
  }
}

[[noreturn]] void throw_count(std::size_t row, std::int64_t value) {
  detail::throw_argument("counts[" + std::to_string(row) + "]", value, "in [0, 2147483647]", "在 [0, 2147483647] 之间");
}

}  // namespace

std::string_view to_string(Basis basis, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 6> names{{{"households", "户"},
                                                                  {"registered_households", "户籍户"},
                                                                  {"resident_households", "常住户"},
                                                                  {"dwellings", "套"},
                                                                  {"residents", "常住人口"},
                                                                  {"registered_persons", "户籍人口"}}};
  const auto place = static_cast<std::size_t>(basis);
  return place < names.size() ? names[place][language == Language::zh ? 1 : 0] : std::string_view("?");
}

RuleId rule_id(const StaffingNorm& norm) noexcept {
  return std::visit([](const auto& rule) { return rule.id; }, norm);
}

Setting applies_to(const StaffingNorm& norm) noexcept {
  return std::visit([](const auto& rule) { return rule.applies_to; }, norm);
}

Basis basis(const StaffingNorm& norm) noexcept {
  return std::visit(
      [](const auto& rule) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(rule)>, StaffingRule>) {
          return Basis::households;
        } else {
          return rule.basis;
        }
      },
      norm);
}

Rounding rounding(const StaffingNorm& norm) noexcept {
  return std::visit(
      [](const auto& rule) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(rule)>, StaffingTable>) {
          return Rounding::floor;
        } else {
          return rule.rounding;
        }
      },
      norm);
}

void validate(const StaffingNorm& norm) {
  std::visit([](const auto& rule) { rule.validate(); }, norm);
}

StaffingAnswer required_posts(const StaffingNorm& norm, std::int64_t count) {
  const auto posts = std::visit([count](const auto& rule) { return posts_by(rule, count); }, norm);
  return {posts, rule_id(norm), rounding(norm), basis(norm)};
}

bool compute_posts(const StaffingNorm& norm, const ColumnView<std::int64_t>& counts,
                   const ColumnTarget<std::int64_t>& least, std::span<std::int64_t> most) {
  const std::size_t size = counts.values.size();
  if (!counts.missing.empty()) detail::check_length("counts.missing", counts.missing.size(), size);
  detail::check_length("least", least.values.size(), size);
  detail::check_length("least.missing", least.missing.size(), size);
  if (!most.empty()) detail::check_length("most", most.size(), size);
  validate(norm);
  bool some_missing = false;
  std::visit(
      [&](const auto& rule) {
        for (std::size_t i = 0; i < size; ++i) {
          std::optional<PostsRange> posts;
          if (counts.missing.empty() || counts.missing[i] == 0) {
            const std::int64_t count = counts.values[i];
            if (count < 0 || count > max_unit_households) throw_count(i, count);
            posts = posts_by(rule, count);
          }
          least.values[i] = posts ? posts->least : 0;
          if (!most.empty()) most[i] = posts ? posts->most : 0;
          least.missing[i] = posts ? 0 : 1;
          some_missing = some_missing || !posts;
        }
      },
      norm);
  return some_missing;
}

std::optional<std::int64_t> next_post_at(const StaffingNorm& norm, std::int64_t count) {
  validate(norm);
  const auto posts_at = [&norm](std::int64_t n) {
    return std::visit([n](const auto& rule) { return posts_by(rule, n); }, norm);
  };
  const auto now = posts_at(count);
  // Posts never fall with the count, so that the first larger number is found by halving. Above the last band of a
  // table there is no answer: the search ends before it.
  std::int64_t last = max_unit_households;
  if (const auto* const table = std::get_if<StaffingTable>(&norm)) last = table->bands().back().up_to;
  const std::int64_t present = now ? now->least : -1;
  if (last <= count || posts_at(last)->least <= present) return std::nullopt;
  std::int64_t low = count;  // not yet
  std::int64_t high = last;  // there
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    const auto posts = posts_at(middle);
    (posts && posts->least > present ? high : low) = middle;
  }
  return high;
}

}  // namespace shequ

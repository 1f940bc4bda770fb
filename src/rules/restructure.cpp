// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/restructure.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "columns.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/detail/wide.hpp"

namespace shequ {

namespace {

void check_bound(std::string_view name, const std::optional<std::int64_t>& value) {
  if (value) detail::check_count_of(name, *value);
}

void check_community(std::size_t pair, std::int32_t community, std::size_t size) {
  if (community >= 0 && detail::at(community) < size) return;
  const std::string range = "[0, " + std::to_string(static_cast<std::int64_t>(size) - 1) + "]";
  detail::throw_argument(detail::entry("neighbours", pair), community, "in " + range, "在 " + range + " 之间");
}

[[nodiscard]] std::int64_t sum_of(std::string_view name, std::span<const std::int64_t> households) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < households.size(); ++i) {
    detail::check_count_of(name, i, households[i]);
    sum += households[i];
  }
  return sum;
}

[[nodiscard]] std::vector<ChangeReason> reasons_of(std::uint8_t defects) {
  constexpr std::array reasons{ChangeReason::borders_unclear, ChangeReason::parts_not_touching, ChangeReason::overlap,
                               ChangeReason::unmanaged_gap};
  std::vector<ChangeReason> found;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if ((unsigned{defects} >> i & 1U) != 0) found.push_back(reasons[i]);
  }
  return found;
}

}  // namespace

std::string_view to_string(ChangeKind kind, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 3> names{
      {{"merge", "撤并"}, {"split", "分设"}, {"adjust", "调整边界"}}};
  return names[static_cast<std::size_t>(kind)][language == Language::zh ? 1 : 0];
}

std::string_view to_string(ChangeReason reason, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 6> names{{{"too_small", "规模过小"},
                                                                  {"too_large", "规模过大"},
                                                                  {"borders_unclear", "边界不清"},
                                                                  {"parts_not_touching", "辖区不连片"},
                                                                  {"overlap", "辖区交叉"},
                                                                  {"unmanaged_gap", "管理空白"}}};
  return names[static_cast<std::size_t>(reason)][language == Language::zh ? 1 : 0];
}

void SizeRule::validate() const {
  check_bound("merge_below", merge_below);
  check_bound("adjust_above", adjust_above);
  if (!merge_below && !adjust_above) {
    detail::throw_argument("merge_below", "none", "given, or adjust_above", "给出，或给出 adjust_above");
  }
  if (adjust_above && *adjust_above < 1) detail::throw_argument("adjust_above", *adjust_above, "1 or more", "至少为 1");
  if (merge_below && adjust_above && *merge_below > *adjust_above) {
    const std::string most = "adjust_above=" + std::to_string(*adjust_above);
    detail::throw_argument("merge_below", *merge_below, "at most " + most, "不超过 " + most);
  }
}

ChangeProposals propose_changes(const SizeRule& rule, const ColumnView<std::int64_t>& households,
                                std::span<const std::pair<std::int32_t, std::int32_t>> neighbours,
                                std::span<const std::int32_t> town, std::span<const std::uint8_t> defects) {
  rule.validate();
  const std::size_t size = households.values.size();
  detail::check_column("households", households, size);
  if (!town.empty()) detail::check_length("town", town.size(), size);
  if (!defects.empty()) detail::check_length("defects", defects.size(), size);

  ChangeProposals result;
  result.rule = rule.id;
  std::vector<std::uint8_t> small(size, 0);
  std::vector<std::uint8_t> solved(size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    if (detail::is_missing(households, i)) {
      result.unknown.push_back(static_cast<std::int32_t>(i));
      continue;
    }
    detail::check_count_of("households", i, households.values[i]);
    small[i] = rule.merge_below && households.values[i] < *rule.merge_below ? 1 : 0;
  }

  std::vector<std::pair<std::int32_t, std::int32_t>> pairs;
  for (std::size_t p = 0; p < neighbours.size(); ++p) {
    const auto [a, b] = neighbours[p];
    check_community(p, a, size);
    check_community(p, b, size);
    if (a != b) pairs.emplace_back(std::min(a, b), std::max(a, b));
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (const auto& [a, b] : pairs) {
    const std::size_t i = detail::at(a);
    const std::size_t j = detail::at(b);
    if (small[i] == 0 && small[j] == 0) continue;
    if (!town.empty() && town[i] != town[j]) continue;
    if (detail::is_missing(households, i) || detail::is_missing(households, j)) continue;
    const std::int64_t together = households.values[i] + households.values[j];
    if (rule.adjust_above && together > *rule.adjust_above) continue;
    solved[i] = 1;
    solved[j] = 1;
    result.candidates.push_back({ChangeKind::merge, {a, b}, together, 1, {ChangeReason::too_small}});
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (small[i] != 0 && solved[i] == 0) result.unsolved.push_back(static_cast<std::int32_t>(i));
  }
  for (std::size_t i = 0; rule.adjust_above && i < size; ++i) {
    if (detail::is_missing(households, i) || households.values[i] <= *rule.adjust_above) continue;
    const std::int64_t parts = (households.values[i] + *rule.adjust_above - 1) / *rule.adjust_above;
    result.candidates.push_back(
        {ChangeKind::split, {static_cast<std::int32_t>(i)}, households.values[i], parts, {ChangeReason::too_large}});
  }
  for (std::size_t i = 0; i < defects.size(); ++i) {
    if (defects[i] > 15)
      detail::throw_argument(detail::entry("defects", i), defects[i], "in [0, 15]", "在 [0, 15] 之间");
    if (defects[i] == 0) continue;
    const std::int64_t count = detail::is_missing(households, i) ? 0 : households.values[i];
    result.candidates.push_back({ChangeKind::adjust, {static_cast<std::int32_t>(i)}, count, 1, reasons_of(defects[i])});
  }
  return result;
}

ChangeEffect change_effect(const EffectRules& rules, std::span<const std::int64_t> before,
                           std::span<const std::int64_t> after) {
  const std::int64_t moved = sum_of("before", before);
  const std::int64_t kept = sum_of("after", after);
  if (kept != moved) {
    detail::throw_argument("sum of after", kept, "equal to the sum of before, " + std::to_string(moved),
                           "等于 before 之和 " + std::to_string(moved));
  }
  const auto both = [&](const auto& measure, std::string_view what) {
    const auto total = [&](std::span<const std::int64_t> communities) {
      detail::Int128 sum = 0;
      for (const std::int64_t households : communities) sum += measure(households);
      return detail::narrow(sum, what);
    };
    return BeforeAfter{total(before), total(after)};
  };
  ChangeEffect effect;
  if (rules.staffing) effect.posts = both([&](std::int64_t h) { return rules.staffing->posts(h); }, "posts");
  if (rules.grant_fen) effect.grant_fen = both(rules.grant_fen, "grant_fen");
  if (rules.premises) {
    effect.premises_need_dm2 = both([&](std::int64_t h) { return rules.premises->need_dm2(h); }, "premises_need_dm2");
  }
  if (rules.grid_size) {
    const auto [least, most] = *rules.grid_size;
    for (const std::int64_t h : before) effect.grids_before.push_back(grid_count(h, least, most));
    for (const std::int64_t h : after) effect.grids_after.push_back(grid_count(h, least, most));
  }
  return effect;
}

std::vector<std::int64_t> even_parts(std::int64_t households, std::int64_t parts) {
  detail::check_count_of("households", households);
  if (parts < 1 || parts > 1'000'000) detail::throw_argument("parts", parts, "in [1, 1000000]", "在 [1, 1000000] 之间");
  std::vector<std::int64_t> sizes;
  for (std::int64_t i = 0; i < parts; ++i) sizes.push_back(households / parts + (i < households % parts ? 1 : 0));
  return sizes;
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/audit.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "name_checks.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/hierarchy/code.hpp"

namespace shequ {

namespace {

using detail::at;

[[nodiscard]] std::string words(Level level, Language language) { return std::string(to_string(level, language)); }

/// Collects the findings of one hierarchy.
class Auditor {
 public:
  explicit Auditor(const Hierarchy& hierarchy) : hierarchy_(hierarchy), code_(at(hierarchy.size())) {
    for (UnitId unit = 0; unit < hierarchy.size(); ++unit) {
      const auto numbers = hierarchy.numeric_codes();
      code_[at(unit)] =
          (numbers.empty() ? DivisionCode::parse(hierarchy.code(unit)) : DivisionCode::from_number(numbers[at(unit)]))
              .code;
      deepest_ = std::max(deepest_, hierarchy.level(unit));
      has_grids_ = has_grids_ || hierarchy.level(unit) == Level::grid;
    }
  }

  [[nodiscard]] AuditReport run() && {
    for (UnitId unit = 0; unit < hierarchy_.size(); ++unit) {
      check_place(unit);
      check_children(unit);
      check_name(unit);
    }
    std::ranges::stable_sort(report_.findings, {}, &Finding::unit);
    report_.link = link();
    return std::move(report_);
  }

 private:
  void add(FindingKind kind, Severity severity, UnitId unit, UnitId other, const std::string& english,
           const std::string& chinese) {
    const std::string who = detail::unit_title(hierarchy_, unit);
    report_.findings.push_back(
        {kind, severity, unit, other, hierarchy_.rows()[at(unit)], who + " " + english, who + " " + chinese});
  }

  /// Level and code against those of the parent.
  void check_place(UnitId unit) {
    const Level level = hierarchy_.level(unit);
    const auto& code = code_[at(unit)];
    if (code && code->level() != level && level <= Level::community) {
      add(FindingKind::code_level, Severity::warning, unit, no_unit,
          "has level " + words(level, Language::en) + ", but its code is that of a " +
              words(code->level(), Language::en),
          "的层级是" + words(level, Language::zh) + "，代码却是" + words(code->level(), Language::zh) + "的代码");
    }
    const UnitId parent = named_parent(unit);
    if (parent == no_unit) return;
    const Level parent_level = hierarchy_.level(parent);
    const auto& parent_code = code_[at(parent)];
    const bool by_code = code && parent_code && level <= Level::community;
    if (parent_level >= level || (by_code && parent_code->level() >= code->level())) {
      const Level own = parent_level >= level ? level : code->level();
      const Level upper = parent_level >= level ? parent_level : parent_code->level();
      const bool from_code = parent_level < level;
      add(FindingKind::level_order, Severity::error, unit, parent,
          "is a " + words(own, Language::en) + (from_code ? " by its code" : "") + " below " + hierarchy_.code(parent) +
              ", a " + words(upper, Language::en) + (from_code ? " by its code" : "") +
              ": a unit must be of a lower level than its parent",
          std::string(from_code ? "按代码" : "") + "是" + words(own, Language::zh) + "，上级 " +
              hierarchy_.code(parent) + (from_code ? " 按代码" : " ") + "是" + words(upper, Language::zh) +
              "：下级的层级必须低于上级");
      return;
    }
    if (by_code && !lies_below(*code, *parent_code)) {
      add(FindingKind::code_parent, Severity::warning, unit, parent,
          "has the parent " + hierarchy_.code(parent) + ", but its code lies below another unit",
          "的上级是 " + hierarchy_.code(parent) + "，代码却属于另一单位");
    }
    check_skipped(unit, level, parent, parent_level);
  }

  void check_skipped(UnitId unit, Level level, UnitId parent, Level parent_level) {
    const bool floating_grid = level == Level::grid && parent_level < Level::community;
    const bool no_town = level == Level::community && parent_level < Level::town;
    const bool no_district = level == Level::town && parent_level < Level::district;
    if (!floating_grid && !no_town && !no_district) return;
    const Level skipped = floating_grid ? Level::community : no_town ? Level::town : Level::district;
    // A grid belongs to exactly one community, never directly to a town (DB6101/T 3185-2024).
    add(FindingKind::skipped_level, floating_grid ? Severity::error : Severity::note, unit, parent,
        "hangs below a " + words(parent_level, Language::en) + " without a " + words(skipped, Language::en) +
            " between",
        "直接隶属" + words(parent_level, Language::zh) + "，中间没有" + words(skipped, Language::zh));
  }

  void check_children(UnitId unit) {
    const Level level = hierarchy_.level(unit);
    if (level == Level::community && has_grids_) {
      const UnitSlice slice = hierarchy_.subtree(unit);
      const auto levels = hierarchy_.levels().subspan(at(slice.begin), slice.size());
      if (std::ranges::find(levels, Level::grid) == levels.end()) {
        add(FindingKind::community_without_grids, Severity::warning, unit, no_unit, "has no grid", "没有划分网格");
      }
    }
    if (level >= std::min(deepest_, Level::community) || !hierarchy_.is_leaf(unit)) return;
    // 市辖区 with the county number 01 sums a city up and has no children of its own.
    const auto& code = code_[at(unit)];
    const bool placeholder = level == Level::district && code && code->county() == 1;
    const bool required = level == Level::town || (level == Level::district && !placeholder);
    add(FindingKind::no_children, required ? Severity::warning : Severity::note, unit, no_unit,
        placeholder ? "has no children: it sums up the districts of its city" : "has no children",
        placeholder ? "没有下级：它是所在市的市辖区汇总" : "没有下级单位");
  }

  void check_name(UnitId unit) {
    if (!hierarchy_.has_names(Language::zh)) return;
    const std::string name = hierarchy_.name(unit, Language::zh);
    if (const auto found = detail::suspicious_character(name)) {
      const bool lost = *found == U'\uFFFD';
      const std::string shown = detail::code_point_text(*found);
      add(FindingKind::suspicious_character, lost ? Severity::error : Severity::warning, unit, no_unit,
          "has the character " + shown + " in its name: a letter may be lost", "的名称含字符 " + shown + "，可能缺字");
    }
    const auto& code = code_[at(unit)];
    const auto by_name = detail::committee_of_name(name);
    const auto by_code = code && hierarchy_.level(unit) == Level::community ? code->community_kind() : std::nullopt;
    // Units like a committee (400-599) bear any name.
    if (by_name && by_code && *by_code != *by_name && *by_code <= CommunityKind::villagers) {
      const auto say = [](CommunityKind kind, Language language) { return std::string(to_string(kind, language)); };
      add(FindingKind::kind_name, Severity::warning, unit, no_unit,
          "is " + say(*by_code, Language::en) + " by its code and " + say(*by_name, Language::en) + " by its name",
          "按代码是" + say(*by_code, Language::zh) + "，按名称是" + say(*by_name, Language::zh));
    }
    if (!hierarchy_.is_leaf(unit)) check_children_names(unit);
  }

  void check_children_names(UnitId unit) {
    std::vector<std::pair<std::string, UnitId>> names;
    for (const UnitId child : hierarchy_.children(unit)) names.emplace_back(hierarchy_.name(child), child);
    std::ranges::sort(names);
    for (std::size_t i = 1; i < names.size(); ++i) {
      if (names[i].first != names[i - 1].first) continue;
      add(FindingKind::same_name, Severity::warning, names[i].second, names[i - 1].second,
          "has the same name as its sibling " + hierarchy_.code(names[i - 1].second),
          "与同级的 " + hierarchy_.code(names[i - 1].second) + " 同名");
    }
  }

  /// The parent that the row names: another one than in the tree where a unit of the same level was lifted.
  [[nodiscard]] UnitId named_parent(UnitId unit) const {
    const auto same = hierarchy_.same_level_units();
    const auto found = std::ranges::lower_bound(same, unit, {}, &Hierarchy::SameLevelUnit::unit);
    return found != same.end() && found->unit == unit ? found->named_parent : hierarchy_.parent(unit);
  }

  [[nodiscard]] static bool lies_below(const DivisionCode& code, const DivisionCode& parent) {
    if (parent.level() == Level::country) return true;
    std::optional<DivisionCode> upper = code.parent();
    while (upper && upper->number() > parent.number()) upper = upper->parent();
    return upper && *upper == parent;
  }

  [[nodiscard]] LinkSummary link() const {
    LinkSummary link;
    std::vector<std::uint8_t> linked(at(hierarchy_.size()), 0);  // towns and districts
    for (UnitId unit = 0; unit < hierarchy_.size(); ++unit) {
      const UnitId parent = hierarchy_.parent(unit);
      switch (hierarchy_.level(unit)) {
        case Level::district:
          ++link.districts;
          break;
        case Level::town:
          ++link.towns;
          linked[at(unit)] = hierarchy_.ancestor(unit, Level::district) != no_unit && has(unit, Level::community);
          link.linked_towns += linked[at(unit)];
          break;
        case Level::community:
          ++link.communities;
          if (parent != no_unit && hierarchy_.level(parent) == Level::town &&
              hierarchy_.ancestor(parent, Level::district) != no_unit) {
            ++link.linked_communities;
          }
          break;
        default:
          break;
      }
    }
    for (UnitId unit = 0; unit < hierarchy_.size(); ++unit) {
      if (hierarchy_.level(unit) != Level::district || !has(unit, Level::town)) continue;
      const auto children = hierarchy_.children(unit);
      const bool all = std::ranges::all_of(
          children, [&](UnitId child) { return hierarchy_.level(child) != Level::town || linked[at(child)] != 0; });
      link.linked_districts += all ? 1 : 0;
    }
    return link;
  }

  [[nodiscard]] bool has(UnitId unit, Level level) const {
    const auto children = hierarchy_.children(unit);
    return std::ranges::any_of(children, [&](UnitId child) { return hierarchy_.level(child) == level; });
  }

  const Hierarchy& hierarchy_;
  std::vector<std::optional<DivisionCode>> code_;
  Level deepest_{Level::country};
  bool has_grids_{false};
  AuditReport report_;
};

}  // namespace

std::int64_t AuditReport::count(FindingKind kind) const noexcept {
  return std::ranges::count(findings, kind, &Finding::kind);
}

std::int64_t AuditReport::count(Severity severity) const noexcept {
  return std::ranges::count(findings, severity, &Finding::severity);
}

AuditReport audit(const Hierarchy& hierarchy) { return Auditor(hierarchy).run(); }

std::string_view to_string(Severity severity, Language language) noexcept {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> names{
      {{"note", "说明"}, {"warning", "提醒"}, {"error", "错误"}}};
  const auto& name = names[static_cast<std::size_t>(severity) % names.size()];
  return language == Language::zh ? name.second : name.first;
}

std::string_view to_string(FindingKind kind, Language language) noexcept {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> names{{
      {"level_order", "层级颠倒"},
      {"code_level", "代码与层级不符"},
      {"code_parent", "代码与上级不符"},
      {"skipped_level", "越级隶属"},
      {"no_children", "没有下级"},
      {"community_without_grids", "社区无网格"},
      {"kind_name", "类别与名称不符"},
      {"suspicious_character", "可疑字符"},
      {"same_name", "同级重名"},
      {"households_unknown", "网格户数缺失"},
      {"households_uncovered", "有户未入网格"},
      {"households_double", "网格户数重复"},
  }};
  const auto& name = names[static_cast<std::size_t>(kind) % names.size()];
  return language == Language::zh ? name.second : name.first;
}

}  // namespace shequ

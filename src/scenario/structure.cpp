// SPDX-License-Identifier: BSD-3-Clause
// Edits of the tree and of the rules: each is made of changes of single cells, so that it can be taken back.
#include <algorithm>
#include <set>
#include <utility>

#include "draft.hpp"
#include "scenario_detail.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/detail/wide.hpp"
#include "shequ/scenario/scenario.hpp"

namespace shequ {

using detail::own_cell;
using detail::parent_cell;
using detail::rules_cell;
using detail::setting_cell;
using detail::UnitCells;

namespace {

[[noreturn]] void refuse(const std::string& english, const std::string& chinese) {
  throw InvalidInput(english, chinese);
}

}  // namespace

std::string Scenario::called(UnitId unit) const { return name(unit) + " (" + code(unit) + ")"; }

void Scenario::check_exists(std::string_view argument, UnitId unit) const {
  if (exists(unit)) return;
  std::int64_t by = 0;
  EditKind kind{};
  for (const Succession& step : successions()) {
    if (std::ranges::find(step.before, unit) != step.before.end() && step.kind != EditKind::move) {
      by = step.edit;
      kind = step.kind;
    }
  }
  refuse(std::string(argument) + "=" + called(unit) + " must exist: edit " + std::to_string(by) + " (" +
             std::string(to_string(kind)) + ") abolished it",
         std::string(argument) + "=" + called(unit) + " 必须存在：第 " + std::to_string(by) + " 步操作（" +
             std::string(to_string(kind, Language::zh)) + "）已将其撤销");
}

/// A value may stand at the unit only where none stands above or below it.
void Scenario::check_place(UnitId unit, std::size_t column) const {
  const UnitCells& layout = pages_.cells();
  const std::string& name = base_->columns()[column];
  const std::int64_t* row = pages_.read(unit);
  if (row[layout.totals() + layout.columns + column] != 0 && row[UnitCells::own + column] < 0) {
    refuse(name + " of " + called(unit) + " is the sum of the units below it: set theirs",
           called(unit) + " 的 " + name + " 是其下级单位之和：请改下级的数值");
  }
  for (UnitId above = parent(unit); above != no_unit; above = parent(above)) {
    if (pages_.read(above)[UnitCells::own + column] < 0) continue;
    refuse(name + " of " + called(unit) + " would count twice: " + called(above) + " above it has a value",
           called(unit) + " 的 " + name + " 会重复计算：其上级 " + called(above) + " 已有数值");
  }
}

std::string Scenario::free_code(const std::string& wanted) const {
  if (!wanted.empty()) {
    if (const UnitId other = find(wanted); other != no_unit) {
      refuse("code=" + wanted + " must be new: " + called(other) + " has it",
             "code=" + wanted + " 必须未使用过：" + called(other) + " 已使用");
    }
    return wanted;
  }
  for (std::size_t number = made_.size() + 1;; ++number) {
    std::string code = "new-" + std::to_string(number);
    if (find(code) == no_unit) return code;
  }
}

CommunityRules Scenario::rules_in_force(UnitId parent_unit, std::optional<Setting> setting) const {
  std::set<UnitId> path;
  for (UnitId unit = parent_unit; unit != no_unit; unit = parent(unit)) path.insert(unit);
  CommunityRules result;
  const auto take = [&](const RuleAssignment& rule) {
    if (!path.contains(rule.scope) || (rule.setting && rule.setting != setting)) return;
    result[static_cast<std::size_t>(rule.kind)] = rule.rule;
  };
  for (const RuleAssignment& rule : base_->rules()) take(rule);
  for (std::size_t i = 0; i < done_; ++i) {
    if (history_[i]->edit.kind == EditKind::set_rule) take(history_[i]->edit.rule);
  }
  return result;
}

void Scenario::set_rule(const RuleAssignment& rule) {
  check_exists("scope", rule.scope);
  detail::check_rule(base_->counts_, pages_.cells(), rule);
  Draft draft(*this);
  detail::GivenRule given(rule, rules_by_number_);
  std::vector<UnitId> open{rule.scope};
  while (!open.empty()) {
    const UnitId unit = open.back();
    open.pop_back();
    const std::vector<UnitId> below = children(unit);
    open.insert(open.end(), below.rbegin(), below.rend());
    const std::int64_t* row = pages_.read(unit);
    if (row[UnitCells::level] != static_cast<std::int64_t>(Level::community)) continue;
    if (rule.setting && row[UnitCells::setting] != static_cast<std::int64_t>(*rule.setting)) continue;
    draft.change(unit, rules_cell, given.number_after(row[rules_cell]));
  }
  Edit edit;
  edit.kind = EditKind::set_rule;
  edit.units = {rule.scope};
  edit.rule = rule;
  draft.keep(std::move(edit));
}

void Scenario::transfer(UnitId from, UnitId to, std::vector<std::pair<std::string, std::int64_t>> values) {
  check_exists("from", from);
  check_exists("to", to);
  if (from == to) detail::throw_argument("to", called(to), "another unit", "是另一个单位");
  if (level(from) != level(to)) {
    detail::throw_argument("to", called(to), "a " + std::string(to_string(level(from))) + ", as " + called(from),
                           "与 " + called(from) + " 同级：" + std::string(to_string(level(from), Language::zh)));
  }
  if (values.empty()) detail::throw_argument("values", "none", "given", "给出");
  Draft draft(*this);
  std::set<std::size_t> seen;
  for (const auto& [name, amount] : values) {
    const std::size_t column = base_->column(name);
    if (!seen.insert(column).second) detail::throw_argument(name, amount, "given once", "只给出一次");
    for (const UnitId unit : {from, to}) {
      if (pages_.read(unit)[own_cell(column)] >= 0) continue;
      refuse(name + " of " + called(unit) + " is missing: set it first",
             called(unit) + " 的 " + name + " 缺失：请先设值");
    }
    const std::int64_t has = pages_.read(from)[own_cell(column)];
    if (amount < 0 || amount > has) {
      const std::string range = "[0, " + std::to_string(has) + "]";
      detail::throw_argument(name, amount, "in " + range + ", what " + called(from) + " has",
                             "在 " + range + " 之间：" + called(from) + " 的现有数");
    }
    const std::int64_t gets =
        detail::narrow(detail::Int128{pages_.read(to)[own_cell(column)]} + amount, base_->columns()[column]);
    draft.change(from, own_cell(column), has - amount);
    draft.change(to, own_cell(column), gets);
  }
  Edit edit;
  edit.kind = EditKind::transfer;
  edit.units = {from};
  edit.target = to;
  edit.parts = {{"", "", std::move(values), {}}};
  draft.keep(std::move(edit));
}

UnitId Scenario::merge(std::span<const UnitId> units, std::string name, const std::string& code) {
  if (units.size() < 2) {
    detail::throw_argument("units.size()", static_cast<long long>(units.size()), "2 or more", "至少为 2");
  }
  std::set<UnitId> seen;
  for (const UnitId unit : units) {
    check_exists("units", unit);
    if (unit == 0) refuse("units: the root cannot be merged", "units：根单位不能合并");
    if (!seen.insert(unit).second) detail::throw_argument("units", called(unit), "given once", "只给出一次");
    if (parent(unit) != parent(units[0])) {
      refuse(called(unit) + " lies in " + called(parent(unit)) + " and " + called(units[0]) + " in " +
                 called(parent(units[0])) + ": merge within one, or move first",
             called(unit) + " 属于 " + called(parent(unit)) + "，" + called(units[0]) + " 属于 " +
                 called(parent(units[0])) + "：只能在同一上级内合并，或先划转");
    }
    if (level(unit) != level(units[0])) refuse("units must be of one level", "units 必须同级");
  }
  const std::size_t columns = base_->columns().size();
  std::vector<std::int64_t> sums(columns, -1);
  for (std::size_t c = 0; c < columns; ++c) {
    for (const UnitId unit : units) {
      const std::int64_t own = pages_.read(unit)[UnitCells::own + c];
      if ((own < 0) != (pages_.read(units[0])[UnitCells::own + c] < 0)) {
        const UnitId without = own < 0 ? unit : units[0];
        refuse(base_->columns()[c] + " of " + called(without) + " is missing and the others have it: set it first",
               called(without) + " 的 " + base_->columns()[c] + " 缺失，而其他单位有数值：请先设值");
      }
      if (own < 0) continue;
      sums[c] = detail::narrow(detail::Int128{std::max<std::int64_t>(sums[c], 0)} + own, base_->columns()[c]);
    }
  }
  const UnitId above = parent(units[0]);
  Draft draft(*this);
  const UnitId merged = draft.make(level(units[0]), name, code);
  draft.take_over(units[0], merged);
  for (const UnitId unit : units) {
    for (const UnitId child : children(unit)) draft.change(child, parent_cell, merged);
    for (std::size_t c = 0; c < columns; ++c) draft.change(unit, own_cell(c), -1);
    draft.change(unit, parent_cell, no_unit);
  }
  for (std::size_t c = 0; c < columns; ++c) draft.change(merged, own_cell(c), sums[c]);
  draft.change(merged, parent_cell, above);
  Edit edit;
  edit.kind = EditKind::merge;
  edit.units.assign(units.begin(), units.end());
  edit.parts = {{std::move(name), this->code(merged), {}, {}}};
  edit.made = {merged};
  draft.keep(std::move(edit));
  return merged;
}

namespace {

/// Values of the parts by part and column; -1: missing.
[[nodiscard]] std::vector<std::vector<std::int64_t>> part_values(const ScenarioBase& base,
                                                                 const std::vector<SplitPart>& parts) {
  std::vector<std::vector<std::int64_t>> result(parts.size(), std::vector<std::int64_t>(base.columns().size(), -1));
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (const auto& [column, value] : parts[p].values) {
      const std::string where = "parts[" + std::to_string(p) + "]." + column;
      std::int64_t& place = result[p][base.column(column)];
      if (value < 0) detail::throw_argument(where, value, "0 or more", "大于或等于 0");
      if (place >= 0) detail::throw_argument(where, value, "given once", "只给出一次");
      place = value;
    }
  }
  return result;
}

}  // namespace

std::vector<UnitId> Scenario::split(UnitId unit, std::vector<SplitPart> parts) {
  check_exists("unit", unit);
  if (unit == 0) refuse("unit: the root cannot be split", "unit：根单位不能分设");
  if (parts.size() < 2) {
    detail::throw_argument("parts.size()", static_cast<long long>(parts.size()), "2 or more", "至少为 2");
  }
  const std::size_t columns = base_->columns().size();
  const auto values = part_values(*base_, parts);
  for (std::size_t c = 0; c < columns; ++c) {
    const std::string& column = base_->columns()[c];
    const std::int64_t own = pages_.read(unit)[UnitCells::own + c];
    detail::Int128 sum = 0;
    for (std::size_t p = 0; p < parts.size(); ++p) {
      if ((values[p][c] < 0) != (own < 0)) {
        const std::string where = "parts[" + std::to_string(p) + "]." + column;
        if (own < 0) {
          detail::throw_argument(where, values[p][c], "missing, as in " + called(unit),
                                 "缺失，与 " + called(unit) + " 一致");
        }
        detail::throw_argument(where, "missing", "given, as in " + called(unit), "给出，与 " + called(unit) + " 一致");
      }
      sum += std::max<std::int64_t>(values[p][c], 0);
    }
    if (own >= 0 && sum != own) {
      detail::throw_argument("sum of " + column + " of the parts", detail::narrow(sum, column),
                             std::to_string(own) + ", that of " + called(unit),
                             "等于 " + called(unit) + " 的 " + std::to_string(own));
    }
  }
  std::vector<UnitId> given;
  for (const SplitPart& part : parts) given.insert(given.end(), part.children.begin(), part.children.end());
  std::ranges::sort(given);
  if (given != children(unit)) {
    refuse("children of the parts must be those of " + called(unit) + ", each in one part",
           "各部分的下级单位必须正好是 " + called(unit) + " 的下级单位，每个只属于一个部分");
  }
  const UnitId above = parent(unit);
  Edit edit;
  edit.kind = EditKind::split;
  edit.units = {unit};
  Draft draft(*this);
  for (SplitPart& part : parts) {
    edit.made.push_back(draft.make(level(unit), part.name, part.code));
    part.code = code(edit.made.back());
    draft.take_over(unit, edit.made.back());
    for (const UnitId child : part.children) draft.change(child, parent_cell, edit.made.back());
  }
  for (std::size_t c = 0; c < columns; ++c) draft.change(unit, own_cell(c), -1);
  draft.change(unit, parent_cell, no_unit);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (std::size_t c = 0; c < columns; ++c) draft.change(edit.made[p], own_cell(c), values[p][c]);
    draft.change(edit.made[p], parent_cell, above);
  }
  edit.parts = std::move(parts);
  std::vector<UnitId> made = edit.made;
  draft.keep(std::move(edit));
  return made;
}

UnitId Scenario::create(UnitId parent_unit, Level level, std::string name, const std::string& code,
                        std::optional<Setting> setting) {
  check_exists("parent", parent_unit);
  if (level <= this->level(parent_unit) || level > Level::household) {
    detail::throw_argument("level", to_string(level), "below that of " + called(parent_unit),
                           "低于 " + called(parent_unit) + " 的级别");
  }
  Draft draft(*this);
  const UnitId unit = draft.make(level, name, code);
  if (setting) draft.change(unit, setting_cell, static_cast<std::int64_t>(*setting));
  if (level == Level::community) {
    const CommunityRules own = rules_in_force(parent_unit, setting);
    draft.change(unit, rules_cell, detail::number_of(own, rules_by_number_));
  }
  draft.change(unit, parent_cell, parent_unit);
  Edit edit;
  edit.kind = EditKind::create;
  edit.units = {parent_unit};
  edit.parts = {{std::move(name), this->code(unit), {}, {}}};
  edit.level = level;
  edit.setting = setting;
  edit.made = {unit};
  draft.keep(std::move(edit));
  return unit;
}

void Scenario::abolish(UnitId unit) {
  check_exists("unit", unit);
  if (unit == 0) refuse("unit: the root cannot be abolished", "unit：根单位不能撤销");
  if (const auto below = children(unit); !below.empty()) {
    refuse("unit=" + called(unit) + " must have nothing below it: " + std::to_string(below.size()) + " units are",
           "unit=" + called(unit) + " 必须没有下级单位：现有 " + std::to_string(below.size()) + " 个");
  }
  const auto columns = base_->columns();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::int64_t own = pages_.read(unit)[UnitCells::own + c];
    if (own <= 0) continue;
    refuse(columns[c] + " of " + called(unit) + " is " + std::to_string(own) + " and would be lost: merge it instead",
           called(unit) + " 的 " + columns[c] + " 为 " + std::to_string(own) + "，撤销会使其丢失：请改用合并");
  }
  Draft draft(*this);
  for (std::size_t c = 0; c < columns.size(); ++c) draft.change(unit, own_cell(c), -1);
  draft.change(unit, parent_cell, no_unit);
  Edit edit;
  edit.kind = EditKind::abolish;
  edit.units = {unit};
  draft.keep(std::move(edit));
}

void Scenario::move(UnitId unit, UnitId to) {
  check_exists("unit", unit);
  check_exists("to", to);
  if (unit == 0) refuse("unit: the root cannot be moved", "unit：根单位不能划转");
  const UnitId from = parent(unit);
  if (to == from) refuse(called(unit) + " lies in " + called(to) + " already", called(unit) + " 已属于 " + called(to));
  if (level(to) != level(from)) {
    detail::throw_argument("to", called(to), "a " + std::string(to_string(level(from))) + ", as " + called(from),
                           "与 " + called(from) + " 同级：" + std::string(to_string(level(from), Language::zh)));
  }
  for (UnitId above = to; above != no_unit; above = parent(above)) {
    if (above == unit) refuse(called(to) + " lies below " + called(unit), called(to) + " 在 " + called(unit) + " 之下");
  }
  const UnitCells& layout = pages_.cells();
  for (std::size_t c = 0; c < layout.columns; ++c) {
    if (pages_.read(unit)[layout.totals() + layout.columns + c] == 0) continue;
    for (UnitId above = to; above != no_unit; above = parent(above)) {
      if (pages_.read(above)[UnitCells::own + c] < 0) continue;
      refuse(base_->columns()[c] + " of " + called(unit) + " would count twice: " + called(above) + " has a value",
             called(unit) + " 的 " + base_->columns()[c] + " 会重复计算：" + called(above) + " 已有数值");
    }
  }
  Draft draft(*this);
  draft.change(unit, parent_cell, to);
  Edit edit;
  edit.kind = EditKind::move;
  edit.units = {unit};
  edit.target = to;
  draft.keep(std::move(edit));
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/edit.hpp"

#include <array>
#include <cstddef>

#include "shequ/error.hpp"
#include "shequ/scenario/scenario.hpp"

namespace shequ {

std::string_view to_string(EditKind kind, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 9> names{{{"set", "设值"},
                                                                  {"add", "增减"},
                                                                  {"transfer", "划拨"},
                                                                  {"set_rule", "改标准"},
                                                                  {"merge", "撤并"},
                                                                  {"split", "分设"},
                                                                  {"create", "新设"},
                                                                  {"abolish", "撤销"},
                                                                  {"move", "划转"}}};
  return names[static_cast<std::size_t>(kind)][language == Language::zh ? 1 : 0];
}

std::string_view to_string(RuleKind kind, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, num_rule_kinds> names{{{"staffing", "人员配备"},
                                                                               {"funding", "经费"},
                                                                               {"certification", "持证"},
                                                                               {"premises", "用房"},
                                                                               {"outdoor", "户外活动场所"},
                                                                               {"grid_size", "网格规模"}}};
  return names[static_cast<std::size_t>(kind)][language == Language::zh ? 1 : 0];
}

std::optional<RuleKind> kind_of(ScenarioMeasure measure) noexcept {
  switch (measure) {
    case ScenarioMeasure::communities:
      return std::nullopt;
    case ScenarioMeasure::posts:
    case ScenarioMeasure::shortage:
    case ScenarioMeasure::surplus:
      return RuleKind::staffing;
    case ScenarioMeasure::grant:
      return RuleKind::funding;
    case ScenarioMeasure::certificates:
      return RuleKind::certification;
    case ScenarioMeasure::premises_gap:
      return RuleKind::premises;
    case ScenarioMeasure::outdoor_gap:
      return RuleKind::outdoor;
    case ScenarioMeasure::grids:
      return RuleKind::grid_size;
  }
  return std::nullopt;
}

std::string_view to_string(ScenarioMeasure measure, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, num_scenario_measures> names{
      {{"communities", "社区数"},
       {"posts", "应配人数"},
       {"shortage", "缺员"},
       {"surplus", "超员"},
       {"grant", "补助（分）"},
       {"certificates", "需新增证书"},
       {"premises_gap", "用房缺口（平方分米）"},
       {"outdoor_gap", "户外场所缺口（平方分米）"},
       {"grids", "最少网格数"}}};
  return names[static_cast<std::size_t>(measure)][language == Language::zh ? 1 : 0];
}

void Scenario::apply(const Edit& edit) {
  const bool needs_unit = edit.units.empty();
  const bool has_part =
      edit.kind == EditKind::merge || edit.kind == EditKind::create || edit.kind == EditKind::transfer;
  const bool needs_part = has_part && edit.parts.size() != 1;
  if (needs_unit || needs_part) throw InvalidInput("edit: units or names are missing", "操作缺少单位或名称");
  switch (edit.kind) {
    case EditKind::set:
      return set(edit.units[0], edit.column, edit.value);
    case EditKind::add:
      return add(edit.units[0], edit.column, edit.value.value_or(0));
    case EditKind::transfer:
      return transfer(edit.units[0], edit.target, edit.parts[0].values);
    case EditKind::set_rule:
      return set_rule(edit.rule);
    case EditKind::merge:
      static_cast<void>(merge(edit.units, edit.parts[0].name, edit.parts[0].code));
      return;
    case EditKind::split:
      static_cast<void>(split(edit.units[0], edit.parts));
      return;
    case EditKind::create:
      static_cast<void>(create(edit.units[0], edit.level, edit.parts[0].name, edit.parts[0].code, edit.setting));
      return;
    case EditKind::abolish:
      return abolish(edit.units[0]);
    case EditKind::move:
      return move(edit.units[0], edit.target);
  }
}

}  // namespace shequ

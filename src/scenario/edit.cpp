// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/edit.hpp"

#include <array>
#include <cstddef>

namespace shequ {

std::string_view to_string(EditKind kind, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 8> names{{{"set", "设值"},
                                                                  {"add", "增减"},
                                                                  {"set_rule", "改标准"},
                                                                  {"merge", "撤并"},
                                                                  {"split", "分设"},
                                                                  {"create", "新设"},
                                                                  {"abolish", "撤销"},
                                                                  {"move", "划转"}}};
  return names[static_cast<std::size_t>(kind)][language == Language::zh ? 1 : 0];
}

std::string_view to_string(ScenarioMeasure measure, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, num_scenario_measures> names{
      {{"communities", "社区数"}, {"posts", "应配人数"}, {"shortage", "缺员"}, {"surplus", "超员"}}};
  return names[static_cast<std::size_t>(measure)][language == Language::zh ? 1 : 0];
}

}  // namespace shequ

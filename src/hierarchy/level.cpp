// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/level.hpp"

#include <array>
#include <cstddef>

namespace shequ {

namespace {

struct Words {
  std::string_view english;
  std::string_view chinese;
};

constexpr std::array<Words, num_levels> level_words{{{"country", "全国"},
                                                     {"province", "省"},
                                                     {"city", "市"},
                                                     {"district", "区县"},
                                                     {"town", "街道乡镇"},
                                                     {"community", "社区"},
                                                     {"grid", "网格"},
                                                     {"micro_grid", "微网格"},
                                                     {"household", "户"}}};
constexpr std::array<Words, 4> town_words{
    {{"subdistrict", "街道"}, {"town", "镇"}, {"township", "乡"}, {"zone_like", "类似乡级单位"}}};
constexpr std::array<Words, 4> community_words{{{"residents", "居委会"},
                                                {"villagers", "村委会"},
                                                {"quasi_residents", "类似居委会"},
                                                {"quasi_villagers", "类似村委会"}}};
constexpr std::array<Words, 2> setting_words{{{"urban", "城镇"}, {"rural", "农村"}}};

template <std::size_t Size, class Enum>
[[nodiscard]] constexpr std::string_view word(const std::array<Words, Size>& words, Enum value,
                                              Language language) noexcept {
  const auto index = static_cast<std::size_t>(value);
  if (index >= Size) return language == Language::zh ? "未知" : "unknown";
  return language == Language::zh ? words[index].chinese : words[index].english;
}

struct LevelWord {
  std::string_view text;
  Level level;
};

/// What data sets write besides the names of to_string.
constexpr std::array level_synonyms{
    LevelWord{"国家", Level::country},
    LevelWord{"中国", Level::country},
    LevelWord{"nation", Level::country},
    LevelWord{"省级", Level::province},
    LevelWord{"自治区", Level::province},
    LevelWord{"直辖市", Level::province},
    LevelWord{"地级市", Level::city},
    LevelWord{"地级", Level::city},
    LevelWord{"市级", Level::city},
    LevelWord{"地区", Level::city},
    LevelWord{"自治州", Level::city},
    LevelWord{"prefecture", Level::city},
    LevelWord{"区", Level::district},
    LevelWord{"县", Level::district},
    LevelWord{"县级", Level::district},
    LevelWord{"区级", Level::district},
    LevelWord{"县级市", Level::district},
    LevelWord{"市辖区", Level::district},
    LevelWord{"county", Level::district},
    LevelWord{"街道", Level::town},
    LevelWord{"镇", Level::town},
    LevelWord{"乡", Level::town},
    LevelWord{"乡镇", Level::town},
    LevelWord{"镇街", Level::town},
    LevelWord{"乡镇街道", Level::town},
    LevelWord{"乡镇/街道", Level::town},
    LevelWord{"乡级", Level::town},
    LevelWord{"镇级", Level::town},
    LevelWord{"开发区", Level::town},
    LevelWord{"subdistrict", Level::town},
    LevelWord{"township", Level::town},
    LevelWord{"村", Level::community},
    LevelWord{"村居", Level::community},
    LevelWord{"村级", Level::community},
    LevelWord{"社区级", Level::community},
    LevelWord{"行政村", Level::community},
    LevelWord{"居委会", Level::community},
    LevelWord{"村委会", Level::community},
    LevelWord{"村(社区)", Level::community},
    LevelWord{"社区(村)", Level::community},
    LevelWord{"village", Level::community},
    LevelWord{"基础网格", Level::grid},
    LevelWord{"专属网格", Level::grid},
    LevelWord{"居民小组", Level::micro_grid},
    LevelWord{"村民小组", Level::micro_grid},
    LevelWord{"microgrid", Level::micro_grid},
    LevelWord{"家庭", Level::household},
};

[[nodiscard]] constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

[[nodiscard]] constexpr bool same_word(std::string_view text, std::string_view word) noexcept {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != word[i]) return false;
  }
  return true;
}

}  // namespace

std::string_view to_string(Level level, Language language) noexcept { return word(level_words, level, language); }
std::string_view to_string(TownKind kind, Language language) noexcept { return word(town_words, kind, language); }
std::string_view to_string(CommunityKind kind, Language language) noexcept {
  return word(community_words, kind, language);
}
std::string_view to_string(Setting setting, Language language) noexcept {
  return word(setting_words, setting, language);
}

std::optional<Level> parse_level(std::string_view text) noexcept {
  for (std::size_t i = 0; i < level_words.size(); ++i) {
    if (same_word(text, level_words[i].english) || text == level_words[i].chinese) return static_cast<Level>(i);
  }
  for (const LevelWord& synonym : level_synonyms) {
    if (same_word(text, synonym.text)) return synonym.level;
  }
  return std::nullopt;
}

}  // namespace shequ

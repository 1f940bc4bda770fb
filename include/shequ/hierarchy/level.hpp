// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "shequ/fwd.hpp"

namespace shequ {

/// Level of a unit in the tree, from the top down. District (区县), town (街道乡镇) and community (社区、村) are the
/// three that every data set has; the others are optional and may be skipped.
enum class Level : std::int8_t {
  country,     ///< 全国
  province,    ///< 省、自治区、直辖市
  city,        ///< 地级市、地区
  district,    ///< 区、县、县级市
  town,        ///< 街道、镇、乡、开发区
  community,   ///< 社区(居委会)、行政村(村委会)
  grid,        ///< 网格
  micro_grid,  ///< 微网格、居民小组
  household    ///< 户
};

inline constexpr int num_levels = 9;

/// What a town-level unit is. 街道 | 镇 | 乡 | 开发区、农场等类似乡级单位.
enum class TownKind : std::uint8_t { subdistrict, town, township, zone_like };

/// What a community-level unit is. 居委会 | 村委会 | 类似居委会 | 类似村委会.
enum class CommunityKind : std::uint8_t { residents, villagers, quasi_residents, quasi_villagers };

/// Which target or norm applies to a community (城镇社区 | 农村社区). Not the same as its kind: a policy decides.
enum class Setting : std::uint8_t { urban, rural };

/// Name of a level, for example "community" or "社区".
[[nodiscard]] std::string_view to_string(Level level, Language language = Language::en) noexcept;
[[nodiscard]] std::string_view to_string(TownKind kind, Language language = Language::en) noexcept;
[[nodiscard]] std::string_view to_string(CommunityKind kind, Language language = Language::en) noexcept;
[[nodiscard]] std::string_view to_string(Setting setting, Language language = Language::en) noexcept;

/// The level that `text` names, in English ("community", "subdistrict") or Chinese ("社区", "街道"); nothing if none.
[[nodiscard]] std::optional<Level> parse_level(std::string_view text) noexcept;

}  // namespace shequ

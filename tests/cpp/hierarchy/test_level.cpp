// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/level.hpp"

#include "catch_compat.hpp"

using shequ::Language;
using shequ::Level;

TEST_CASE("every level is read back from its English and its Chinese name", "[hierarchy]") {
  for (int i = 0; i < shequ::num_levels; ++i) {
    const auto level = static_cast<Level>(i);
    CAPTURE(i);
    CHECK(shequ::parse_level(to_string(level, Language::en)) == level);
    CHECK(shequ::parse_level(to_string(level, Language::zh)) == level);
  }
}

TEST_CASE("levels are read from what data sets call them", "[hierarchy]") {
  CHECK(shequ::parse_level("街道") == Level::town);
  CHECK(shequ::parse_level("镇") == Level::town);
  CHECK(shequ::parse_level("村") == Level::community);
  CHECK(shequ::parse_level("County") == Level::district);
  CHECK_FALSE(shequ::parse_level("galaxy").has_value());
  CHECK_FALSE(shequ::parse_level("").has_value());
}

TEST_CASE("kinds and settings have names in both languages", "[hierarchy]") {
  CHECK(to_string(shequ::TownKind::zone_like) == "zone_like");
  CHECK(to_string(shequ::CommunityKind::villagers, Language::zh) == "村委会");
  CHECK(to_string(shequ::Setting::urban, Language::zh) == "城镇");
  CHECK(to_string(static_cast<Level>(-1)) == "unknown");
}

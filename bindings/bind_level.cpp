// SPDX-License-Identifier: BSD-3-Clause
#include "common.hpp"
#include "shequ/hierarchy/level.hpp"

namespace shequ::python {

void bind_level(py::module_& module) {
  py::native_enum<Level>(module, "Level", "enum.IntEnum", "Level of a unit in the tree, from the top down.")
      .value("COUNTRY", Level::country, "全国")
      .value("PROVINCE", Level::province, "省、自治区、直辖市")
      .value("CITY", Level::city, "地级市、地区")
      .value("DISTRICT", Level::district, "区、县、县级市")
      .value("TOWN", Level::town, "街道、镇、乡、开发区")
      .value("COMMUNITY", Level::community, "社区、行政村")
      .value("GRID", Level::grid, "网格")
      .value("MICRO_GRID", Level::micro_grid, "微网格、居民小组")
      .value("HOUSEHOLD", Level::household, "户")
      .finalize();
  py::native_enum<TownKind>(module, "TownKind", "enum.Enum", "What a town-level unit is.")
      .value("SUBDISTRICT", TownKind::subdistrict, "街道")
      .value("TOWN", TownKind::town, "镇")
      .value("TOWNSHIP", TownKind::township, "乡")
      .value("ZONE_LIKE", TownKind::zone_like, "开发区、农场等")
      .finalize();
  py::native_enum<CommunityKind>(module, "CommunityKind", "enum.Enum", "What a community-level unit is.")
      .value("RESIDENTS", CommunityKind::residents, "居委会")
      .value("VILLAGERS", CommunityKind::villagers, "村委会")
      .value("QUASI_RESIDENTS", CommunityKind::quasi_residents, "类似居委会")
      .value("QUASI_VILLAGERS", CommunityKind::quasi_villagers, "类似村委会")
      .finalize();
  py::native_enum<Setting>(module, "Setting", "enum.Enum", "Which target or norm applies to a community.")
      .value("URBAN", Setting::urban, "城镇社区")
      .value("RURAL", Setting::rural, "农村社区")
      .finalize();
}

}  // namespace shequ::python

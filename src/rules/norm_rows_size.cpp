// SPDX-License-Identifier: BSD-3-Clause
#include "norm_rows.hpp"

namespace shequ::detail {

void add_size_norms(std::vector<Norm>& norms) {
  const auto add = [&norms](Norm norm) -> Norm& { return norms.emplace_back(std::move(norm)); };

  add(norm_row("size.beijing2020", "Size of a community, Beijing", "社区规模（北京）",
               "usual 2000 households or 6000 persons, at most 3000 or 9000; above 3000 adjust, below 500 merge "
               "(barracks and campuses kept); by dwellings",
               "一般 2000 户或 6000 人，不超过 3000 户或 9000 人；超过 3000 户调整，不足 500 "
               "户合并（军营、校园除外）；按住宅套数",
               "京社领办发〔2020〕7号 (report)", "2020"));
  add(norm_row("size.henan2022", "Size of a community, Henan", "社区规模（河南）",
               "1000 to 3000 dwellings; borders along roads, parts must touch", "1000 至 3000 套；以道路为界，区域相连",
               "Henan civil affairs opinion on community size, 2022-06 (local copy)", "2022-06"));
  add(norm_row("size.tianjin_draft", "Size of a community, Tianjin draft", "社区规模（天津征求意见稿）",
               "about 3000 dwellings; borders along roads, parts must touch", "约 3000 套；以道路为界，区域相连",
               "Tianjin draft for comment, 2022-12", "2022-12"));
  add(norm_row("size.suzhou2022", "Size of a community, Suzhou", "社区规模（苏州）",
               "split above 20000 persons; step by step above 5000 households or 15000 persons",
               "超过 2 万人拆分；超过 5000 户或 1.5 万人逐步调整", "Suzhou plan, 2022-08", "2022-08"));
  add(norm_row("size.fuzhou2013", "Size of a community, Fuzhou", "社区规模（福州）", ">= 2000 households",
               "不少于 2000 户", "press report on Fuzhou, 2013-12", "2013-12"));
  add(norm_row("size.xiushui2014", "Size of a community, Xiushui", "社区规模（修水）",
               "about 4000 households or 15000 persons", "约 4000 户或 1.5 万人", "press report on Xiushui, 2014-10",
               "2014-10"));
  add(norm_row("grid.guangzhou2013", "Grid size, Guangzhou", "网格规模（广州）",
               "about 200 households, one full-time worker each", "约 200 户，每格一名专职网格员",
               "press reports on Guangzhou, 2013", "2013"));
  add(norm_row("grid.haikou2020", "Grid size, Xiuying District, Haikou", "网格规模（海口秀英）",
               "300 to 500 households", "300 至 500 户", "Xiuying District yearbook, 2020", "2020"))
      .grid_size = GridSize{300, 500};
  add(norm_row("grid.1000persons", "Grid size by residents", "网格规模（按人口）", "about 1000 residents", "约 1000 人",
               "M. Pei, Grid Management, China Leadership Monitor", ""));
  add(norm_row("grid.gbt34300", "Grid size, national standard", "网格规模（国家标准）", "size rule not known",
               "规模条款未查到", "GB/T 34300-2017 城乡社区网格化服务管理规范, text not found", "2017",
               NormStatus::unverified));
  add(norm_row("group.1954", "Resident group, 1954", "居民小组规模（1954）",
               "15 to 40 households, <= 17 groups, committee of 100 to 600 households",
               "15 至 40 户，不超过 17 个小组，居委会 100 至 600 户", "城市居民委员会组织条例, 1954-12-31 (repealed)",
               "1954-12-31"));
  add(norm_row(
      "code.cjt349", "Codes of grids, trade standard", "网格编码（行业标准）",
      "20 digits: 6 object class, 6 county, 3 town, 3 community, 2 sequence; numbered left to right, top to bottom",
      "20 位：类别 6、县 6、街镇 3、社区 3、顺序 2；自左至右、自上而下编号", "CJ/T 349-2010", "2010"));
  add(norm_row("code.xian2024", "Codes of grids and buildings, Xi'an", "网格与楼栋编码（西安）",
               "basic and dedicated grids, each in one community; buildings 00001 to 99999",
               "基础网格与专属网格，各属一个社区；楼栋 00001 至 99999", "DB6101/T 3185-2024", "2024"));
  add(norm_row("circle.gb50180", "Living circles", "生活圈",
               "15 minutes: 50000 to 100000 persons, 17000 to 32000 dwellings; 10 minutes (500 m): 15000 to 25000 "
               "persons, 5000 to 8000 dwellings, 32 to 50 ha",
               "15 分钟：5 万至 10 万人、1.7 万至 3.2 万套；10 分钟（500 米）：1.5 万至 2.5 万人、5000 至 8000 套、32 "
               "至 50 公顷",
               "GB 50180-2018, by two encyclopaedic texts", "2018"));
  add(norm_row(
      "circle.gb50180_5min", "Living circle of 5 minutes and block", "5 分钟生活圈与居住街坊",
      "5 minutes: 5000 to 12000 persons, 1500 to 4000 dwellings; block: 1000 to 3000 persons, 300 to 1000 dwellings",
      "5 分钟：5000 至 1.2 万人、1500 至 4000 套；街坊：1000 至 3000 人、300 至 1000 套",
      "GB 50180-2018, text not found", "2018", NormStatus::unverified));
  add(norm_row("circle.complete_community", "Complete residential community", "完整居住社区", "5000 to 12000 persons",
               "0.5 万至 1.2 万人", "text not found", "", NormStatus::unverified));
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/norms.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

namespace shequ {

namespace {

constexpr NormStatus seen = NormStatus::seen;
constexpr NormStatus unverified = NormStatus::unverified;

// Each row cites its document. "report" marks a norm that was read in a report of the document and not in its text.
constexpr std::array catalogue{
    Norm{"area.changsha2007",
         "Community premises, Changsha",
         "社区用房面积（长沙）",
         "old town >= 300 m2, new >= 500 m2",
         "老城区不少于 300 平方米，新区不少于 500 平方米",
         "press report on Changsha, 2007",
         "2007",
         seen,
         {},
         {}},
    Norm{"area.cn2010",
         "Community premises per household, national",
         "社区用房面积（全国 2010）",
         "20 m2 per 100 households",
         "每百户 20 平方米",
         "中办发〔2010〕27号, text not found",
         "2010",
         unverified,
         {},
         {}},
    Norm{"area.cn2025",
         "Community service facilities per household, national",
         "社区综合服务设施面积（全国）",
         ">= 30 m2 per 100 households, aim 80; a combined centre >= 600 m2",
         "每百户不少于 30 平方米，有条件的达到 80；综合体不少于 600 平方米",
         "城市社区嵌入式服务设施建设导则（试行）, NDRC and others, 2024-01; 14th five-year plan for urban and rural "
         "community services, 国办发〔2021〕56号",
         "2021",
         seen,
         {},
         {}},
    Norm{"area.henan2022",
         "Community premises, Henan",
         "社区用房面积（河南）",
         "30 m2 per 100 households and >= 300 m2",
         "每百户 30 平方米且不少于 300 平方米",
         "Henan civil affairs opinion on community size, 2022-06 (local copy)",
         "2022-06",
         seen,
         {},
         {}},
    Norm{"area.taizhou2018",
         "Community premises, Taizhou",
         "社区用房面积（泰州）",
         "30 m2 per 100 households and >= 600 m2; outdoor >= 1000 m2",
         "每百户 30 平方米且不少于 600 平方米；户外不少于 1000 平方米",
         "press report on Taizhou, 2018-05-22",
         "2018-05",
         seen,
         {},
         {}},
    Norm{"area.wujin2012",
         "Community premises, Wujin",
         "社区用房面积（武进）",
         "premises >= 400 m2, outdoor >= 500 m2",
         "用房不少于 400 平方米，户外活动场所不少于 500 平方米",
         "speech on community building, Wujin District, 2012",
         "2012",
         seen,
         {},
         {}},
    Norm{"committee.law",
         "Members of a residents' committee",
         "居民委员会成员人数",
         "5 to 9 members, 100 to 700 households",
         "5 至 9 人，100 户至 700 户",
         "城市居民委员会组织法 (Organic Law of the Urban Residents' Committees), art. 6 and 7",
         "1990-01-01",
         seen,
         {},
         {}},
    Norm{"grid.1000persons",
         "Grid size by residents",
         "网格规模（按人口）",
         "about 1000 residents",
         "约 1000 人",
         "M. Pei, Grid Management, China Leadership Monitor",
         "",
         seen,
         {},
         {}},
    Norm{"grid.gbt34300",
         "Grid size, national standard",
         "网格规模（国家标准）",
         "size rule not known",
         "规模条款未查到",
         "GB/T 34300-2017 城乡社区网格化服务管理规范, text not found",
         "2017",
         unverified,
         {},
         {}},
    Norm{"grid.guangzhou2013",
         "Grid size, Guangzhou",
         "网格规模（广州）",
         "about 200 households, one full-time worker each",
         "约 200 户，每格一名专职网格员",
         "press reports on Guangzhou, 2013",
         "2013",
         seen,
         {},
         {}},
    Norm{"grid.haikou2020",
         "Grid size, Xiuying District, Haikou",
         "网格规模（海口秀英）",
         "300 to 500 households",
         "300 至 500 户",
         "Xiuying District yearbook, 2020",
         "2020",
         seen,
         {},
         GridSize{300, 500}},
    Norm{"group.1954",
         "Resident group, 1954",
         "居民小组规模（1954）",
         "15 to 40 households, <= 17 groups",
         "15 至 40 户，不超过 17 个小组",
         "城市居民委员会组织条例, 1954-12-31 (repealed)",
         "1954-12-31",
         seen,
         {},
         {}},
    Norm{"size.beijing2020",
         "Size of a community, Beijing",
         "社区规模（北京）",
         "usual 2000 households; above 3000 adjust, below 500 merge",
         "一般 2000 户；超过 3000 户调整，不足 500 户合并",
         "京社领办发〔2020〕7号 (report)",
         "2020",
         seen,
         {},
         {}},
    Norm{"size.fuzhou2013",
         "Size of a community, Fuzhou",
         "社区规模（福州）",
         ">= 2000 households",
         "不少于 2000 户",
         "press report on Fuzhou, 2013-12",
         "2013-12",
         seen,
         {},
         {}},
    Norm{"size.henan2022",
         "Size of a community, Henan",
         "社区规模（河南）",
         "1000 to 3000 dwellings",
         "1000 至 3000 套",
         "Henan civil affairs opinion on community size, 2022-06 (local copy)",
         "2022-06",
         seen,
         {},
         {}},
    Norm{"size.suzhou2022",
         "Size of a community, Suzhou",
         "社区规模（苏州）",
         "split above 20000 persons; step by step above 5000 households or 15000 persons",
         "超过 2 万人拆分；超过 5000 户或 1.5 万人逐步调整",
         "Suzhou plan, 2022-08",
         "2022-08",
         seen,
         {},
         {}},
    Norm{"staff.beijing2020",
         "Community workers, Beijing",
         "社区工作者配备（北京）",
         "1 per 110 to 150 households, >= 9",
         "每 110 至 150 户 1 人，不少于 9 人",
         "京社领办发〔2020〕7号 (report)",
         "2020",
         seen,
         {},
         {}},
    Norm{"staff.changji2025",
         "Community workers, Changji",
         "社区工作者配备（昌吉）",
         ">= 25 per 10000 residents",
         "每万人不少于 25 人",
         "Changji Prefecture plan, 2023-05-06",
         "2023-05",
         seen,
         {},
         {}},
    Norm{"staff.cn2025",
         "Community workers, national",
         "社区工作者配备（全国）",
         ">= 18 per 10000 urban resident population",
         "每万城镇常住人口不少于 18 人",
         "14th five-year plan for urban and rural community services, 国办发〔2021〕56号 (report)",
         "2021",
         seen,
         {},
         {}},
    Norm{"staff.gansu2023",
         "Community workers, Gansu",
         "社区工作者配备（甘肃）",
         "18 per 10000 residents; up to 5000 persons >= 9",
         "每万人 18 人；5000 人及以下不少于 9 人",
         "甘肃省社区工作者管理办法, Gansu Economic Daily, 2023-09-13",
         "2023",
         seen,
         {},
         {}},
    Norm{"staff.wujin2012",
         "Full-time community workers, Wujin",
         "专职社区工作者配备（武进）",
         "4 up to 1000 households, +1 per additional 250",
         "1000 户以下配 4 人，每增加 250 户增配 1 人",
         "speech on community building, Wujin District, Changzhou, 2012",
         "2012",
         seen,
         StaffingRule{},
         {}},
};

static_assert(std::is_sorted(catalogue.begin(), catalogue.end(),
                             [](const Norm& a, const Norm& b) { return a.id < b.id; }));

/// Edit distance of V. Levenshtein, Soviet Physics Doklady 10, 1966, in bytes: ids are ASCII.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::span<const Norm> norm_catalogue() noexcept { return catalogue; }

const Norm& find_norm(std::string_view id) {
  const auto* const found =
      std::find_if(catalogue.begin(), catalogue.end(), [id](const Norm& norm) { return norm.id == id; });
  if (found != catalogue.end()) return *found;
  std::vector<const Norm*> nearest;
  for (const Norm& norm : catalogue) nearest.push_back(&norm);
  std::stable_sort(nearest.begin(), nearest.end(),
                   [id](const Norm* a, const Norm* b) { return edit_distance(id, a->id) < edit_distance(id, b->id); });
  std::string names;
  for (std::size_t i = 0; i < 3; ++i) names.append(i == 0 ? "" : ", ").append(nearest[i]->id);
  detail::throw_argument("norm", id, "an id of the catalogue; nearest: " + names,
                         "是目录中的编号；最接近的是：" + names);
}

}  // namespace shequ

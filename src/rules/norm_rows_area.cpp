// SPDX-License-Identifier: BSD-3-Clause
#include "norm_rows.hpp"

namespace shequ::detail {

namespace {

/// At least so many m2, and so many per 100 households in proportion: the sources do not say what a hundred that is
/// begun counts for, and pro rata is the literal reading.
[[nodiscard]] FacilityRule area_rule(const Norm& norm, std::int64_t least_m2, std::int64_t per_100_m2 = 0) {
  FacilityRule rule;
  rule.id = RuleId(std::string_view(norm.id));
  rule.source = norm.source;
  rule.least_m2 = least_m2;
  rule.step_m2 = per_100_m2;
  return rule;
}

}  // namespace

void add_area_norms(std::vector<Norm>& norms) {
  const auto add = [&norms](Norm norm) -> Norm& { return norms.emplace_back(std::move(norm)); };

  {
    Norm& norm =
        add(norm_row("area.wujin2012", "Community premises, Wujin", "社区用房面积（武进）",
                     "premises >= 400 m2, outdoor >= 500 m2", "用房不少于 400 平方米，户外活动场所不少于 500 平方米",
                     "speech on community building, Wujin District, Changzhou, 2012", "2012"));
    norm.premises = area_rule(norm, 400);
    norm.outdoor = area_rule(norm, 500);
  }
  {
    Norm& norm = add(
        norm_row("area.cn2025", "Community service facilities per household, national", "社区综合服务设施面积（全国）",
                 ">= 30 m2 per 100 households, aim 80; a combined centre >= 600 m2, better 800",
                 "每百户不少于 30 平方米，有条件的达到 80；综合体不少于 600 平方米，最好 800",
                 "NDRC, 2022-02; 城市社区嵌入式服务设施建设导则（试行）, NDRC and others, 2024-01", "2022-02"));
    norm.premises = area_rule(norm, 0, 30);
  }
  {
    Norm& norm = add(norm_row("area.henan2022", "Community premises, Henan", "社区用房面积（河南）",
                              "30 m2 per 100 households and >= 300 m2", "每百户 30 平方米且不少于 300 平方米",
                              "Henan civil affairs opinion on community size, 2022-06 (local copy)", "2022-06"));
    norm.premises = area_rule(norm, 300, 30);
  }
  {
    Norm& norm = add(norm_row(
        "area.taizhou2018", "Community premises, Taizhou", "社区用房面积（泰州）",
        "30 m2 per 100 households and >= 600 m2; elderly >= 200, health >= 150, culture >= 150, outdoor >= 1000 m2",
        "每百户 30 平方米且不少于 600 平方米；养老 200、卫生 150、文化 150、户外 1000 平方米以上",
        "press report on Taizhou, 2018-05-22", "2018-05"));
    norm.premises = area_rule(norm, 600, 30);
    norm.outdoor = area_rule(norm, 1000);
  }
  add(norm_row("area.changsha2007", "Community premises, Changsha", "社区用房面积（长沙）",
               "old town >= 300 m2, new >= 500 m2", "老城区不少于 300 平方米，新区不少于 500 平方米",
               "press report on Changsha, 2007", "2007"));
  add(norm_row("area.cn2010", "Community premises per household, national", "社区用房面积（全国 2010）",
               "20 m2 per 100 households", "每百户 20 平方米", "中办发〔2010〕27号, text not found", "2010",
               NormStatus::unverified));
}

}  // namespace shequ::detail

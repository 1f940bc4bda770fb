// SPDX-License-Identifier: BSD-3-Clause
#include "norm_rows.hpp"

namespace shequ::detail {

void add_other_norms(std::vector<Norm>& norms) {
  const auto add = [&norms](Norm norm) -> Norm& { return norms.emplace_back(std::move(norm)); };

  add(norm_row("cert.jiangsu2012", "Certified community workers, Jiangsu", "持证率（江苏）",
               ">= 80 % urban, >= 50 % rural", "城镇不低于 80%，农村不低于 50%",
               "speech on community building, Wujin District, Changzhou, 2012, on the provincial standard", "2012"));
  add(norm_row("cert.hubei2025", "Certified community workers, Hubei", "持证率（湖北）", ">= 50 % urban",
               "城镇不低于 50%", "Hubei plan", ""));
  add(norm_row("assess.jiangsu2012", "Assessment of communities, Jiangsu", "和谐社区考评（江苏）",
               "8 aspects, 100 points; >= 90 to apply and >= 90 to be named; weights not given",
               "八个方面，100 分；自评 90 分以上申报，省考评 90 分以上命名；各项权重未给出",
               "speech on community building, Wujin District, Changzhou, 2012", "2012"));
  add(norm_row("assess.cn2008", "National demonstration of communities", "全国和谐社区建设示范",
               "100 districts, 200 subdistricts, 500 communities, every 2 years",
               "100 个区、200 个街道、500 个社区，每 2 年一次", "民发〔2008〕142号", "2008"));
  add(norm_row("star.shaoxing2019", "Stars of communities, Shaoxing", "星级社区（绍兴）",
               "5 stars, each >= 80 of 100 and total >= 450; better: each >= 85, total >= 475, best 10 %; bonus points",
               "五星各不低于 80 分（满分 100）且总分不低于 450；更优：各 85、总分 475、前 10%；另有加分",
               "Shaoxing draft, 2019", "2019"));
  add(norm_row("visit.shizhong2009", "Visits of cadres", "民情日记走访", "4 half-days and 10 households a week",
               "每周 4 个半天、10 户", "speech of a district named 市中区, 2009", "2009"));
  add(norm_row("visit.town", "Visits by class of household", "分类走访",
               "ordinary households 2 a year, special ones monthly", "一般户每年 2 次，特殊户每月 1 次",
               "a rule of a town, place and date unknown", ""));
  add(norm_row("training", "Training of community workers", "社区工作者培训",
               "heads yearly, other workers every 2 years; leaders of district and town every 2 years",
               "负责人每年、其他人员每 2 年轮训一次；区、镇分管领导每 2 年一次", "a provincial opinion", ""));
  {
    Norm& norm =
        add(norm_row("fund.yunxiao2017", "Money of villages and communities, Yunxiao", "村（社区）经费（云霄）",
                     "40000 yuan each, 10000 more for a poor village (class 1)",
                     "每村（社区）4 万元，贫困村（第 1 类）另加 1 万元", "云霄县 notice, 2017-01-05", "2017-01-05"));
    FundingRule rule;
    rule.id = RuleId(std::string_view(norm.id));
    rule.source = norm.source;
    rule.effective = std::chrono::year_month_day(std::chrono::year(2017), std::chrono::month(1), std::chrono::day(5));
    rule.base_fen = 4'000'000;
    rule.class_fen = {0, 1'000'000};
    norm.funding = rule;
  }
  add(norm_row("persons_per_household", "Persons per household", "户均人口",
               "2.62 (2020), 3.10 (2010); 3.5 used by Guangzhou", "2.62（2020）、3.10（2010）；广州测算用 3.5",
               "national census 2020 and 2010; press on Guangzhou", ""));
}

}  // namespace shequ::detail

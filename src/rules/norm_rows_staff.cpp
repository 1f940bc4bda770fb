// SPDX-License-Identifier: BSD-3-Clause
#include <array>

#include "norm_rows.hpp"

namespace shequ::detail {

namespace {

[[nodiscard]] StaffingRatio ratio(const Norm& norm, std::int64_t posts, std::int64_t per, Basis basis) {
  StaffingRatio rule;
  rule.posts = posts;
  rule.per = per;
  rule.basis = basis;
  rule.id = RuleId(std::string_view(norm.id));
  return rule;
}

/// One band from `from` to `up_to` households.
[[nodiscard]] StaffingTable band(const Norm& norm, std::int64_t from, std::int64_t up_to, PostsRange posts) {
  const std::array bands{StaffingBand{up_to, posts}};
  return {RuleId(std::string_view(norm.id)), Basis::households, Setting::urban, bands, from};
}

}  // namespace

void add_staffing_norms(std::vector<Norm>& norms) {
  const auto add = [&norms](Norm norm) -> Norm& { return norms.emplace_back(std::move(norm)); };

  add(norm_row("staff.wujin2012", "Full-time community workers, Wujin", "专职社区工作者配备（武进）",
               "4 up to 1000 households, +1 per additional 250", "1000 户以下配 4 人，每增加 250 户增配 1 人",
               "speech on community building, Wujin District, Changzhou, 2012", "2012"))
      .staffing = StaffingRule{};

  {
    Norm& norm = add(norm_row("staff.cn2025", "Community workers, national", "社区工作者配备（全国）",
                              ">= 18 per 10000 urban resident population", "每万城镇常住人口不少于 18 人",
                              "14th five-year plan for urban and rural community services, 国办发〔2021〕56号 "
                              "(reports on Jiangsu 苏政办发〔2022〕60号, Hubei, Henan)",
                              "2021"));
    norm.staffing = ratio(norm, 18, 10'000, Basis::residents);
  }
  {
    Norm& norm = add(
        norm_row("staff.gansu2023", "Community workers, Gansu", "社区工作者配备（甘肃）",
                 "18 per 10000 residents; up to 5000 persons >= 9; reviewed every 2 years; visits >= 50 % of "
                 "work time, each household once a year",
                 "每万人 18 人；5000 人及以下不少于 9 人；每 2 年核定；走访不少于工作时间的 50%，每户每年不少于 1 次",
                 "甘肃省社区工作者管理办法, Gansu Economic Daily, 2023-09-13", "2023"));
    // 18 per 10,000 is 9 at 5,000 persons, so that one minimum says both.
    StaffingRatio rule = ratio(norm, 18, 10'000, Basis::residents);
    rule.minimum = 9;
    norm.staffing = rule;
  }
  {
    Norm& norm = add(norm_row("staff.changji2025", "Community workers, Changji", "社区工作者配备（昌吉）",
                              ">= 25 per 10000 residents", "每万人不少于 25 人", "Changji Prefecture plan, 2023-05-06",
                              "2023-05"));
    norm.staffing = ratio(norm, 25, 10'000, Basis::residents);
  }
  {
    Norm& norm = add(norm_row("staff.beijing2020", "Community workers, Beijing", "社区工作者配备（北京）",
                              "1 per 110 to 150 households, >= 9", "每 110 至 150 户 1 人，不少于 9 人",
                              "京社领办发〔2020〕7号 (report)", "2020"));
    StaffingRatio rule = ratio(norm, 1, 150, Basis::households);
    rule.most_per = 110;
    rule.minimum = 9;
    norm.staffing = rule;
  }
  {
    Norm& norm = add(norm_row("committee.law", "Members of a residents' committee", "居民委员会成员人数",
                              "5 to 9 members, 100 to 700 households", "5 至 9 人，100 户至 700 户",
                              "城市居民委员会组织法 (Organic Law of the Urban Residents' Committees), art. 6 and 7",
                              "1990-01-01"));
    norm.staffing = band(norm, 100, 700, {5, 9});
  }
  add(norm_row("committee.village", "Members of a villagers' committee", "村民委员会成员人数", "3 to 7 members",
               "3 至 7 人", "a provincial opinion on villages", ""));
  {
    Norm& norm = add(norm_row("station.shenzhen", "Staff of a community service station, Shenzhen",
                              "社区工作站人员（深圳）", "6000 to 10000 households, 5 to 15 staff",
                              "6000 至 10000 户，5 至 15 人", "handbook text, date unknown", ""));
    norm.staffing = band(norm, 6000, 10'000, {5, 15});
  }
  add(norm_row("wisn", "Workload indicators of staffing need", "工作量指标法人员配置（WISN）",
               "7 steps: unit, available time, workload components, activity standards, standard workloads, allowance "
               "factors, need; have / need below 1 is a shortage",
               "七步：单位、可用时间、工作内容、活动标准、标准工作量、补贴系数、需要量；现有/需要小于 1 为缺员",
               "WHO, Workload Indicators of Staffing Need, user's manual, 2010", "2010"));
  add(norm_row("wisn.category_factor", "Category allowance factor of WISN", "WISN 类别补贴系数",
               "1 / (1 - sum of shares)", "1 ÷（1 − 各类时间占比之和）", "formula not checked in the manual", "",
               NormStatus::unverified));
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
// Norms of staffing in words.
#include <string>

#include "shequ/detail/words.hpp"
#include "shequ/rules/staffing_norm.hpp"

namespace shequ {

namespace {

using detail::fill;
using detail::grouped;

[[nodiscard]] std::string range_text(std::int64_t least, std::int64_t most, Language language) {
  if (least == most) return grouped(least);
  return grouped(least) + (language == Language::zh ? "至" : " to ") + grouped(most);
}

[[nodiscard]] std::string range_text(const PostsRange& posts, Language language) {
  return range_text(posts.least, posts.most, language);
}

/// The short name of a policy, as reasons end with it.
[[nodiscard]] std::string_view short_name(Rounding rounding, Language language) {
  if (language == Language::en) return to_string(rounding);
  return rounding == Rounding::floor  ? "不满一档不计"
         : rounding == Rounding::ceil ? "不满一档按一档计"
                                      : "过半档按一档计";
}

[[nodiscard]] std::string_view long_name(Rounding rounding, Language language) {
  if (language == Language::zh) return short_name(rounding, language);
  return rounding == Rounding::floor  ? "floor: only full steps count"
         : rounding == Rounding::ceil ? "ceil: a started step counts"
                                      : "round: half a step counts";
}

/// The same for a ratio, where what is left over is part of a person.
[[nodiscard]] std::string_view ratio_name(Rounding rounding, Language language) {
  if (language == Language::en) return to_string(rounding);
  return rounding == Rounding::floor ? "舍去小数" : rounding == Rounding::ceil ? "小数进一" : "四舍五入";
}

[[nodiscard]] std::string_view setting_name(Setting setting, Language language) {
  if (language == Language::zh) return setting == Setting::urban ? "城镇" : "农村";
  return setting == Setting::urban ? "urban" : "rural";
}

/// Unit of the count after a number: "1,000户", "1,000 households".
[[nodiscard]] std::string counted(std::int64_t count, Basis basis, Language language) {
  const bool chinese = language == Language::zh;
  switch (basis) {
    case Basis::registered_households:
      return grouped(count) + (chinese ? "户籍户" : " registered households");
    case Basis::resident_households:
      return grouped(count) + (chinese ? "常住户" : " resident households");
    case Basis::dwellings:
      return grouped(count) + (chinese ? "套" : " dwellings");
    case Basis::residents:
      return grouped(count) + (chinese ? "常住人口" : " residents");
    case Basis::registered_persons:
      return grouped(count) + (chinese ? "户籍人口" : " registered persons");
    case Basis::households:
      break;
  }
  return grouped(count) + (chinese ? "户" : " households");
}

[[nodiscard]] std::string reason_of(const StaffingRule& rule, std::int64_t households, Language language) {
  const std::int64_t posts = rule.posts(households);
  const std::int64_t steps = posts - rule.base;
  const std::string number = std::to_string(posts);
  const std::string base = std::to_string(rule.base);
  const std::string many = std::to_string(steps);
  const std::string step = grouped(rule.step_households);
  const std::string limit = grouped(rule.base_households);
  const std::string_view id = rule.id.view();
  const std::string_view policy = short_name(rule.rounding, language);
  if (households <= rule.base_households) {
    if (households == 0) {
      return fill(language, "应配{0}人：户数为0，按基数配备；请核实是否尚未入住或已搬迁；依据{1}",
                  "{0} posts: 0 households, so the base; check whether it is empty or moved out; norm {1}",
                  {number, id});
    }
    return fill(language, "应配{0}人：{1}户，{2}户及以下配{3}人；依据{4}，{5}",
                "{0} posts: {1} households, {3} for up to {2}; norm {4}, {5}",
                {number, grouped(households), limit, base, id, policy});
  }
  const std::string_view chinese =
      rule.rounding == Rounding::floor  ? "应配{0}人：基数{1}人＋超出{2}户部分满{3}户的{4}档；依据{5}，{6}"
      : rule.rounding == Rounding::ceil ? "应配{0}人：基数{1}人＋超出{2}户部分每{3}户一档共{4}档；依据{5}，{6}"
                                        : "应配{0}人：基数{1}人＋超出{2}户部分按{3}户折{4}档；依据{5}，{6}";
  const std::string_view kind = rule.rounding == Rounding::floor  ? "full step"
                                : rule.rounding == Rounding::ceil ? "started step"
                                                                  : "step";
  return fill(language, chinese, "{0} posts: {1} + {4} {7}{8} of {3} over {2}; norm {5}, {6}",
              {number, base, limit, step, many, id, policy, kind, steps == 1 ? "" : "s"});
}

[[nodiscard]] std::string reason_of(const StaffingRatio& rule, std::int64_t count, Language language) {
  const PostsRange posts = rule.posts_range(count);
  const std::string per = range_text(rule.most_per == 0 ? rule.per : rule.most_per, rule.per, language);
  const bool raised = rule.minimum > 0 && posts.least == rule.minimum &&
                      (rule.posts * count + rounding_slack(rule.rounding, rule.per)) / rule.per < rule.minimum;
  const std::string minimum =
      raised ? fill(language, "，不少于{0}人", ", but at least {0}", {grouped(rule.minimum)}) : std::string();
  return fill(language, "应配{0}人：{1}，每{2}配{3}人{4}；依据{5}，{6}",
              "{0} posts: {1}, {3} per {2}{4}; norm {5}, {6}",
              {range_text(posts, language), counted(count, rule.basis, language), per, grouped(rule.posts), minimum,
               rule.id.view(), ratio_name(rule.rounding, language)});
}

[[nodiscard]] std::string reason_of(const StaffingTable& rule, std::int64_t count, Language language) {
  const auto posts = rule.posts_range(count);
  const std::string amount = counted(count, rule.basis, language);
  if (!posts) {
    return fill(language, "无答案：{0}不在{1}至{2}的适用范围内；依据{3}",
                "no answer: {0} outside of the {1} to {2} that it covers; norm {3}",
                {amount, grouped(rule.from), grouped(rule.bands().back().up_to), rule.id.view()});
  }
  std::int64_t up_to = 0;
  for (const StaffingBand& band : rule.bands()) {
    up_to = band.up_to;
    if (count <= up_to) break;
  }
  return fill(language, "应配{0}人：{1}，属{2}及以下一档；依据{3}", "{0} posts: {1}, the band up to {2}; norm {3}",
              {range_text(*posts, language), amount, counted(up_to, rule.basis, language), rule.id.view()});
}

[[nodiscard]] std::string words_of(const StaffingRule& rule, Language language) {
  return fill(language, "{0}户及以下配{1}人，每增加{2}户增配1人（{3}），适用于{4}社区",
              "{1} posts up to {0} households, +1 per {2} more ({3}), for {4} communities",
              {grouped(rule.base_households), std::to_string(rule.base), grouped(rule.step_households),
               long_name(rule.rounding, language), setting_name(rule.applies_to, language)});
}

[[nodiscard]] std::string words_of(const StaffingRatio& rule, Language language) {
  const std::string per = range_text(rule.most_per == 0 ? rule.per : rule.most_per, rule.per, language);
  const std::string minimum =
      rule.minimum == 0 ? std::string() : fill(language, "，不少于{0}人", ", at least {0}", {grouped(rule.minimum)});
  return fill(language, "每{0}（{1}）配{2}人{3}（{4}），适用于{5}社区", "{2} per {0} {1}{3} ({4}), for {5} communities",
              {per, to_string(rule.basis, language), grouped(rule.posts), minimum, ratio_name(rule.rounding, language),
               setting_name(rule.applies_to, language)});
}

[[nodiscard]] std::string words_of(const StaffingTable& rule, Language language) {
  std::string text;
  std::int64_t from = rule.from;
  for (const StaffingBand& band : rule.bands()) {
    if (!text.empty()) text += language == Language::zh ? "；" : "; ";
    text += fill(language, "{0}至{1}配{2}人", "{0} to {1}: {2} posts",
                 {grouped(from), counted(band.up_to, rule.basis, language), range_text(band.posts, language)});
    from = band.up_to + 1;
  }
  return text + fill(language, "，适用于{0}社区", ", for {0} communities", {setting_name(rule.applies_to, language)});
}

}  // namespace

std::string explain(const StaffingNorm& norm, std::int64_t count, Language language) {
  return std::visit([&](const auto& rule) { return reason_of(rule, count, language); }, norm);
}

std::string describe(const StaffingNorm& norm, Language language) {
  validate(norm);
  return std::visit([&](const auto& rule) { return words_of(rule, language); }, norm);
}

}  // namespace shequ

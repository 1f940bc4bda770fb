// SPDX-License-Identifier: BSD-3-Clause
// Cells of the sheet in words.
#include <array>
#include <string>

#include "shequ/detail/index.hpp"
#include "shequ/detail/words.hpp"
#include "shequ/rules/grid_count.hpp"
#include "shequ/rules/sheet.hpp"

namespace shequ {

namespace {

using detail::at;
using detail::fill;
using detail::grouped;

[[nodiscard]] bool is_area(Measure measure) noexcept {
  return measure == Measure::premises_gap || measure == Measure::outdoor_gap;
}

[[nodiscard]] bool is_money(Measure measure) noexcept {
  return measure == Measure::grant || measure == Measure::grant_town || measure == Measure::grant_district ||
         measure == Measure::unpaid;
}

/// Square decimetres as square metres: 3995 is "39.95".
[[nodiscard]] std::string square_metres(std::int64_t dm2) { return detail::yuan(dm2); }

/// A value with its unit.
[[nodiscard]] std::string amount(Measure measure, std::int64_t value, Language language) {
  if (is_money(measure)) return detail::yuan(value) + (language == Language::zh ? "元" : " yuan");
  if (is_area(measure)) return square_metres(value) + (language == Language::zh ? "平方米" : " m2");
  return grouped(value);
}

/// Everything about one cell that its sentence may need.
struct Cell {
  const DistrictSheet& sheet;
  const SheetColumns& columns;
  std::size_t unit;
  Language language;

  [[nodiscard]] std::int64_t value(Measure measure) const { return sheet.values(measure)[unit]; }
  [[nodiscard]] std::int64_t households() const {
    return columns.households.values.empty() ? 0 : columns.households.values[unit];
  }
  [[nodiscard]] std::int64_t counted() const {
    const Basis what = basis(*sheet.rules().staffing);
    if (counts_persons(what)) return columns.residents.values[unit];
    return what == Basis::dwellings ? columns.dwellings.values[unit] : households();
  }

  [[nodiscard]] std::string balance(Measure measure) const {
    return fill(language, "{0}{1}：应配{2}人，在岗{3}人", "{1} {0}: {2} posts, {3} workers",
                {to_string(measure, language), grouped(value(measure)),
                 grouped(value(measure == Measure::surplus ? Measure::posts_most : Measure::posts)),
                 grouped(columns.workers.values[unit])});
  }

  [[nodiscard]] std::string split(Measure measure) const {
    const FundingShares& shares = *sheet.rules().shares;
    const Fraction& share = measure == Measure::grant_town ? shares.town : shares.district;
    return fill(language, "{0}：{1}的{2}", "{0}: {2} of {1}",
                {amount(measure, value(measure), language), amount(Measure::grant, value(Measure::grant), language),
                 to_string(share)});
  }

  [[nodiscard]] std::string certificates() const {
    const bool urban = columns.setting.values[unit] == 0;
    const CertificationRule& rule = urban ? *sheet.rules().urban_certification : *sheet.rules().rural_certification;
    const std::int64_t workers = columns.workers.values[unit];
    return fill(language, "还差{0}人：在岗{1}人应有{2}人持证，已有{3}人；依据{4}",
                "{0} missing: {2} of {1} workers must hold one, {3} do; norm {4}",
                {grouped(value(Measure::certificates)), grouped(workers), grouped(rule.required_holders(workers)),
                 grouped(columns.certified.values[unit]), rule.id.view()});
  }

  [[nodiscard]] std::string area(Measure measure) const {
    const bool inside = measure == Measure::premises_gap;
    const FacilityRule& rule = inside ? *sheet.rules().premises : *sheet.rules().outdoor;
    const auto& have = inside ? columns.office_dm2 : columns.outdoor_dm2;
    const std::int64_t need = rule.need_dm2(rule.per_household() ? households() : 0);
    return fill(language, "缺{0}平方米：应有{1}，现有{2}；依据{3}", "{0} m2 missing: {1} needed, {2} there; norm {3}",
                {square_metres(value(measure)), square_metres(need), square_metres(have.values[unit]), rule.id.view()});
  }

  [[nodiscard]] std::string grids() const {
    const GridSize& size = *sheet.rules().grid_size;
    const std::int64_t least = value(Measure::grids);
    const std::int64_t most = value(Measure::grids_most);
    const std::string number =
        least == most ? grouped(least) : grouped(least) + (language == Language::zh ? "至" : " to ") + grouped(most);
    return fill(language, "{0}个网格：{1}户，每格{2}至{3}户", "{0} grids: {1} households, {2} to {3} each",
                {number, grouped(households()), grouped(size.min_households), grouped(size.max_households)});
  }

  [[nodiscard]] std::string infeasible() const {
    const GridSize& size = *sheet.rules().grid_size;
    const GridCount count = grid_count(households(), size.min_households, size.max_households);
    std::string text = fill(language, "无法划分：{0}户不能分成每格{1}至{2}户",
                            "infeasible: {0} households make no grids of {1} to {2}",
                            {grouped(households()), grouped(size.min_households), grouped(size.max_households)});
    if (count.relaxed_min) {
      text += fill(language, "；下限放宽到{0}", "; with a minimum of {0}", {grouped(*count.relaxed_min)});
    }
    if (count.relaxed_max) {
      text += fill(language, "，或上限放宽到{0}", " or a maximum of {0}", {grouped(*count.relaxed_max)});
    }
    return text;
  }

  [[nodiscard]] std::string weeks() const {
    const VisitRule& rule = *sheet.rules().visits;
    return fill(language, "{0}周走访一遍：{1}户，{2}人，每人每周{3}户；依据{4}",
                "{0} weeks a round: {1} households, {2} workers, {3} a week each; norm {4}",
                {grouped(value(Measure::visit_weeks)), grouped(households()), grouped(columns.workers.values[unit]),
                 grouped(rule.per_week()), rule.id.view()});
  }

  [[nodiscard]] std::string computed(Measure measure) const {
    const SheetRules& rules = sheet.rules();
    switch (measure) {
      case Measure::posts:
      case Measure::posts_most:
        return explain(*rules.staffing, counted(), language);
      case Measure::shortage:
      case Measure::surplus:
        return balance(measure);
      case Measure::grant:
        return explain(*rules.funding, households(),
                       rules.funding->needs_class() ? columns.funding_class.values[unit] : 0, language);
      case Measure::grant_town:
      case Measure::grant_district:
        return split(measure);
      case Measure::unpaid:
        return fill(language, "未到位{0}：应付{1}，已付{2}", "{0} not paid: {1} due, {2} paid",
                    {amount(measure, value(measure), language), amount(measure, value(Measure::grant), language),
                     amount(measure, columns.paid_fen.values[unit], language)});
      case Measure::certificates:
        return certificates();
      case Measure::premises_gap:
      case Measure::outdoor_gap:
        return area(measure);
      case Measure::grids:
      case Measure::grids_most:
        return grids();
      case Measure::visit_weeks:
        break;
    }
    return weeks();
  }
};

}  // namespace

std::string_view to_string(Measure measure, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, num_measures> names{{{"posts", "应配人数"},
                                                                             {"posts_most", "应配人数上限"},
                                                                             {"shortage", "缺员"},
                                                                             {"surplus", "超员"},
                                                                             {"grant", "经费"},
                                                                             {"grant_town", "镇（街道）承担"},
                                                                             {"grant_district", "区承担"},
                                                                             {"unpaid", "未到位经费"},
                                                                             {"certificates", "尚缺持证人数"},
                                                                             {"premises_gap", "用房缺口"},
                                                                             {"outdoor_gap", "户外场所缺口"},
                                                                             {"grids", "最少网格数"},
                                                                             {"grids_most", "最多网格数"},
                                                                             {"visit_weeks", "走访一遍周数"}}};
  const auto place = static_cast<std::size_t>(measure);
  return place < names.size() ? names[place][language == Language::zh ? 1 : 0] : std::string_view("?");
}

std::string_view to_string(CellState state, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 19> names{
      {{"computed", "已计算"},
       {"the sum of the communities", "各社区之和"},
       {"not applicable: the rule is for the other setting", "不适用：该规则只适用于另一类（城镇、农村）社区"},
       {"no rule given", "未给出规则"},
       {"does not add up", "不可相加"},
       {"unknown: nothing tells urban from rural", "未知：无法判断城镇或农村"},
       {"unknown: households missing", "未知：缺户数"},
       {"unknown: dwellings missing", "未知：缺住宅套数"},
       {"unknown: residents missing", "未知：缺常住人口"},
       {"unknown: workers missing", "未知：缺在岗人数"},
       {"unknown: certified workers missing", "未知：缺持证人数"},
       {"unknown: premises missing", "未知：缺用房面积"},
       {"unknown: outdoor area missing", "未知：缺户外场所面积"},
       {"unknown: class for funding missing", "未知：缺经费类别"},
       {"unknown: paid money missing", "未知：缺已到位经费"},
       {"no answer: the norm does not cover this size", "无答案：标准不涵盖该规模"},
       {"infeasible: no number of grids fits the bounds", "无法划分：没有满足规模的网格数"},
       {"no answer: nobody to visit the households", "无答案：无人走访"},
       {"unknown: no community has a number", "未知：各社区均无数值"}}};
  const auto place = static_cast<std::size_t>(state);
  return place < names.size() ? names[place][language == Language::zh ? 1 : 0] : std::string_view("?");
}

std::string explain(const DistrictSheet& sheet, const SheetColumns& columns, Measure measure, UnitId unit,
                    Language language) {
  if (unit < 0 || unit >= sheet.size()) {
    const std::string range = "[0, " + std::to_string(sheet.size() - 1) + "]";
    detail::throw_argument("unit", unit, "in " + range, "在 " + range + " 之间");
  }
  const std::size_t place = at(unit);
  const Cell cell{sheet, columns, place, language};
  const CellState state = sheet.states(measure)[place];
  if (state == CellState::computed) return cell.computed(measure);
  if (state == CellState::infeasible) return cell.infeasible();
  if (state == CellState::not_covered) return cell.computed(Measure::posts);
  const std::int32_t unknown = sheet.unknown(measure, unit);
  if (state == CellState::none_known) {
    return fill(language, "未知：应有数值的{0}个社区均无数值", "unknown: none of {0} communities has its number",
                {grouped(unknown)});
  }
  if (state != CellState::total) return std::string(to_string(state, language));
  std::string text = fill(language, "{0}：各社区之和", "{0}: the sum of the communities",
                          {amount(measure, cell.value(measure), language)});
  if (unknown > 0) text += fill(language, "；另有{0}个社区未知", "; {0} more unknown", {grouped(unknown)});
  return text;
}

}  // namespace shequ

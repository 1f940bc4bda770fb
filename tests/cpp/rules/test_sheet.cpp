// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/sheet.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"
#include "shequ/rules/grid_count.hpp"

using shequ::CellState;
using shequ::DistrictSheet;
using shequ::Fraction;
using shequ::Hierarchy;
using shequ::Language;
using shequ::Level;
using shequ::Measure;
using shequ::SheetColumns;
using shequ::SheetRules;
using shequ::UnitId;

namespace {

using Numbers = std::vector<std::int64_t>;
using Flags = std::vector<std::uint8_t>;

/// Towns of `sizes` communities each under one district.
Hierarchy district(const std::vector<int>& sizes) {
  Numbers code{1};
  Numbers parent{-1};
  std::vector<Level> level{Level::district};
  for (std::size_t town = 0; town < sizes.size(); ++town) {
    const auto town_code = static_cast<std::int64_t>(10 + town);
    code.push_back(town_code);
    parent.push_back(1);
    level.push_back(Level::town);
    for (int i = 0; i < sizes[town]; ++i) {
      code.push_back(town_code * 1000 + i);
      parent.push_back(town_code);
      level.push_back(Level::community);
    }
  }
  return Hierarchy::from_rows({std::span<const std::int64_t>(code), std::span<const std::int64_t>(parent), level});
}

/// All rules of the worked example; floor unless said.
SheetRules example_rules() {
  SheetRules rules;
  rules.household_basis = shequ::Basis::resident_households;
  rules.staffing = shequ::StaffingRule{};
  shequ::FundingRule funding;
  funding.id = "fund.example";
  funding.base_fen = 8'000'000;
  funding.base_households = 1000;
  funding.step_fen = 3'000;
  rules.funding = funding;
  rules.shares = shequ::FundingShares{Fraction(3, 5), Fraction(2, 5)};
  shequ::CertificationRule certification;
  certification.id = "cert.jiangsu2012";
  certification.required = Fraction(4, 5);
  certification.min_level = shequ::CertLevel::assistant;
  rules.urban_certification = certification;
  certification.required = Fraction(1, 2);
  rules.rural_certification = certification;
  shequ::FacilityRule area;
  area.id = "area.wujin2012";
  area.least_m2 = 400;
  rules.premises = area;
  area.least_m2 = 500;
  rules.outdoor = area;
  rules.grid_size = shequ::GridSize{300, 500};
  shequ::VisitRule visits;
  visits.id = "visit.shizhong2009";
  visits.per = shequ::VisitPer::week;
  visits.working_weeks = 48;
  rules.visits = visits;
  return rules;
}

/// The small district: 0 district, 1 town A, 2 甲, 3 乙, 4 丙村, 5 town B, 6 丁, 7 戊, 8 己村.
struct Small {
  Hierarchy tree = district({3, 3});
  Flags setting{0, 0, 0, 0, 1, 0, 0, 0, 1};
  Numbers households{0, 0, 900, 1001, 550, 0, 2600, 1250, 0};
  Flags no_households{0, 0, 0, 0, 0, 0, 0, 0, 1};
  Numbers workers{0, 0, 4, 4, 3, 0, 8, 5, 2};
  Numbers certified{0, 0, 1, 2, 0, 0, 3, 1, 0};
  Numbers office{0, 0, 38'000, 40'000, 25'000, 0, 65'000, 39'950, 0};
  Numbers outdoor{0, 0, 52'000, 50'000, 80'000, 0, 0, 60'000, 0};
  Flags no_area{0, 0, 0, 0, 0, 0, 0, 0, 1};

  [[nodiscard]] SheetColumns columns() const {
    SheetColumns columns;
    columns.setting = {setting};
    columns.households = {households, no_households};
    columns.workers = {workers};
    columns.certified = {certified};
    columns.office_dm2 = {office, no_area};
    columns.outdoor_dm2 = {outdoor, no_area};
    return columns;
  }
};

Numbers at(const DistrictSheet& sheet, Measure measure, const std::vector<UnitId>& units) {
  Numbers values;
  for (const UnitId unit : units) values.push_back(sheet.values(measure)[static_cast<std::size_t>(unit)]);
  return values;
}

const std::vector<UnitId> communities{2, 3, 4, 6, 7, 8};

}  // namespace

TEST_CASE("the small district comes out end to end", "[rules]") {
  const Small small;
  SheetRules rules = example_rules();
  const DistrictSheet sheet = shequ::district_sheet(small.tree, small.columns(), rules);
  CHECK(at(sheet, Measure::posts, communities) == Numbers{4, 4, 0, 10, 5, 0});
  CHECK(at(sheet, Measure::shortage, communities) == Numbers{0, 0, 0, 2, 0, 0});
  CHECK(at(sheet, Measure::grant, communities) == Numbers{8'000'000, 8'003'000, 8'000'000, 12'800'000, 8'750'000, 0});
  CHECK(at(sheet, Measure::premises_gap, communities) == Numbers{2000, 0, 15'000, 0, 50, 0});
  CHECK(at(sheet, Measure::outdoor_gap, communities) == Numbers{0, 0, 0, 50'000, 0, 0});
  CHECK(at(sheet, Measure::grids, communities) == Numbers{2, 3, 0, 6, 3, 0});
  CHECK(at(sheet, Measure::grids_most, communities) == Numbers{3, 3, 0, 8, 4, 0});
  CHECK(at(sheet, Measure::visit_weeks, communities) == Numbers{23, 26, 19, 33, 25, 0});
  // Totals of the district.
  CHECK(sheet.values(Measure::posts)[0] == 23);
  CHECK(sheet.values(Measure::shortage)[0] == 2);
  CHECK(sheet.values(Measure::grant)[0] == 45'553'000);
  CHECK(sheet.values(Measure::grant_town)[0] == 27'331'800);
  CHECK(sheet.values(Measure::grant_district)[0] == 18'221'200);
  CHECK(sheet.values(Measure::premises_gap)[0] == 17'050);
  CHECK(sheet.values(Measure::outdoor_gap)[0] == 50'000);
  CHECK(sheet.unknown(Measure::grant, 0) == 1);
  CHECK(sheet.unknown(Measure::grant, 1) == 0);
  CHECK(sheet.unknown(Measure::posts, 0) == 0);  // villages are not covered, which is not unknown
  CHECK(sheet.states(Measure::posts)[4] == CellState::not_applicable);
  CHECK(sheet.states(Measure::grids)[4] == CellState::infeasible);
  CHECK(sheet.states(Measure::grant)[8] == CellState::no_households);
  CHECK(sheet.states(Measure::premises_gap)[8] == CellState::no_office);
  CHECK(sheet.states(Measure::unpaid)[2] == CellState::no_paid);
  CHECK(sheet.states(Measure::visit_weeks)[1] == CellState::not_additive);

  rules.staffing = shequ::StaffingRule{.rounding = shequ::Rounding::ceil};
  const DistrictSheet ceil = shequ::district_sheet(small.tree, small.columns(), rules);
  CHECK(at(ceil, Measure::posts, communities) == Numbers{4, 5, 0, 11, 5, 0});
  CHECK(at(ceil, Measure::shortage, communities) == Numbers{0, 1, 0, 3, 0, 0});
  CHECK(ceil.values(Measure::posts)[0] == 25);

  rules.every_setting = true;
  const DistrictSheet everywhere = shequ::district_sheet(small.tree, small.columns(), rules);
  CHECK(at(everywhere, Measure::posts, communities) == Numbers{4, 5, 4, 11, 5, 0});
  CHECK(everywhere.unknown(Measure::posts, 0) == 1);

  rules.premises->step_m2 = 30;
  const DistrictSheet by_size = shequ::district_sheet(small.tree, small.columns(), rules);
  CHECK(by_size.values(Measure::premises_gap)[6] == 13'000);  // 丁 lacks 130 m2 with 30 m2 per 100 households
}

TEST_CASE("every cell says in words why it has its number or none", "[rules]") {
  const Small small;
  const SheetColumns columns = small.columns();
  const DistrictSheet sheet = shequ::district_sheet(small.tree, columns, example_rules());
  const auto words = [&](Measure measure, UnitId unit, Language language = Language::en) {
    return shequ::explain(sheet, columns, measure, unit, language);
  };
  CHECK(words(Measure::posts, 6) == "10 posts: 4 + 6 full steps of 250 over 1,000; norm staff.wujin2012, floor");
  CHECK(words(Measure::posts, 4) == "not applicable: the rule is for the other setting");
  CHECK(words(Measure::shortage, 6) == "2 shortage: 10 posts, 8 workers");
  CHECK(words(Measure::grant, 6) == "128,000 yuan: 80,000 + 1,600 over 1,000 households at 30; norm fund.example");
  CHECK(words(Measure::grant_town, 6) == "76,800 yuan: 3/5 of 128,000 yuan");
  CHECK(words(Measure::grant, 0) == "455,530 yuan: the sum of the communities; 1 more unknown");
  CHECK(words(Measure::grant, 8) == "unknown: households missing");
  CHECK(words(Measure::premises_gap, 7) == "0.50 m2 missing: 400 needed, 399.50 there; norm area.wujin2012");
  CHECK(words(Measure::grids, 6) == "6 to 8 grids: 2,600 households, 300 to 500 each");
  CHECK(words(Measure::grids, 4) ==
        "infeasible: 550 households make no grids of 300 to 500; with a minimum of 275 or a maximum of 550");
  CHECK(words(Measure::visit_weeks, 2) ==
        "23 weeks a round: 900 households, 4 workers, 10 a week each; norm visit.shizhong2009");
  CHECK(words(Measure::certificates, 6) == "4 missing: 7 of 8 workers must hold one, 3 do; norm cert.jiangsu2012");
  CHECK(words(Measure::posts, 6, Language::zh) ==
        "应配10人：基数4人＋超出1,000户部分满250户的6档；依据staff.wujin2012，不满一档不计");
  CHECK(words(Measure::grant, 8, Language::zh) == "未知：缺户数");
  CHECK_THROWS_WITH(words(Measure::posts, 9), "unit=9 must be in [0, 8]");
}

TEST_CASE("sums of towns equal the sums of their communities, and the sheet the rules one by one", "[rules]") {
  const auto seed = GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3});
  shequ::Random random(seed);
  const Hierarchy tree = district({40, 1, 0, 25});
  const auto n = static_cast<std::size_t>(tree.size());
  Small data;
  data.tree = tree;
  for (auto* column : {&data.households, &data.workers, &data.certified, &data.office, &data.outdoor})
    column->resize(n);
  Numbers paid(n);
  for (auto* flags : {&data.setting, &data.no_households, &data.no_area}) flags->assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    data.households[i] = random.below(6000);
    data.workers[i] = random.below(20);
    data.certified[i] = random.below(static_cast<std::uint32_t>(data.workers[i]) + 1);
    data.office[i] = random.below(90'000);
    data.outdoor[i] = random.below(90'000);
    paid[i] = random.below(20'000'000);
    data.setting[i] = static_cast<std::uint8_t>(random.below(2));
    data.no_households[i] = random.below(10) == 0 ? 1 : 0;
    data.no_area[i] = random.below(10) == 0 ? 1 : 0;
  }
  SheetColumns columns = data.columns();
  columns.paid_fen = {paid};
  SheetRules rules = example_rules();
  rules.shares = shequ::FundingShares{Fraction(601, 1000), Fraction(399, 1000)};
  rules.premises->step_m2 = Fraction(301, 10);
  const DistrictSheet sheet = shequ::district_sheet(tree, columns, rules);
  for (std::size_t m = 0; m < shequ::num_measures; ++m) {
    const auto measure = static_cast<Measure>(m);
    CAPTURE(shequ::to_string(measure));
    const auto values = sheet.values(measure);
    const auto states = sheet.states(measure);
    for (UnitId unit = 0; unit < tree.size(); ++unit) {
      if (tree.level(unit) == Level::community) continue;
      std::int64_t sum = 0;
      std::int32_t unknown = 0;
      const auto subtree = tree.subtree(unit);
      for (UnitId i = subtree.begin; i < subtree.end; ++i) {
        const auto place = static_cast<std::size_t>(i);
        if (tree.level(i) != Level::community) continue;
        if (states[place] == CellState::computed) sum += values[place];
        if (shequ::is_unknown(states[place])) ++unknown;
        if (!shequ::has_value(states[place])) REQUIRE(values[place] == 0);
      }
      const auto place = static_cast<std::size_t>(unit);
      REQUIRE(sheet.unknown(measure, unit) == unknown);
      if (states[place] == CellState::total) REQUIRE(values[place] == sum);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (tree.levels()[i] != Level::community) continue;
    CAPTURE(i, data.households[i]);
    const auto value = [&](Measure measure) { return sheet.values(measure)[i]; };
    const auto computed = [&](Measure measure) { return sheet.states(measure)[i] == CellState::computed; };
    REQUIRE(computed(Measure::posts) == (data.setting[i] == 0 && data.no_households[i] == 0));
    if (computed(Measure::posts)) REQUIRE(value(Measure::posts) == shequ::StaffingRule{}.posts(data.households[i]));
    if (computed(Measure::grant)) {
      REQUIRE(value(Measure::grant) == rules.funding->grant(data.households[i]));
      const auto split = shequ::split_grant(*rules.shares, value(Measure::grant));
      REQUIRE(value(Measure::grant_town) == split.town_fen);
      REQUIRE(value(Measure::grant_district) == split.district_fen);
      REQUIRE(value(Measure::unpaid) == std::max<std::int64_t>(0, value(Measure::grant) - paid[i]));
    }
    if (computed(Measure::premises_gap)) {
      REQUIRE(value(Measure::premises_gap) == rules.premises->gap_dm2(data.office[i], data.households[i]));
    }
    const auto grids = shequ::grid_count(data.households[i], 300, 500);
    if (data.no_households[i] == 0) {
      REQUIRE(computed(Measure::grids) == grids.feasible);
      if (grids.feasible) REQUIRE(value(Measure::grids_most) == grids.most);
    }
    const auto& certification = data.setting[i] == 0 ? *rules.urban_certification : *rules.rural_certification;
    REQUIRE(value(Measure::certificates) ==
            shequ::certification_need(certification, data.workers[i], data.certified[i]).missing);
    if (computed(Measure::visit_weeks)) {
      REQUIRE(value(Measure::visit_weeks) == rules.visits->weeks_per_round(data.households[i], data.workers[i]));
    }
  }
}

TEST_CASE("posts by residents and by dwellings take their own columns", "[rules]") {
  const Hierarchy tree = district({2});
  const Numbers residents{0, 0, 5001, 10'000};
  SheetColumns columns;
  columns.residents = {residents};
  SheetRules rules;
  rules.every_setting = true;
  rules.staffing = shequ::find_norm("staff.gansu2023").staffing;
  DistrictSheet sheet = shequ::district_sheet(tree, columns, rules);
  CHECK(sheet.values(Measure::posts)[0] == 28);
  rules.staffing = shequ::find_norm("staff.wujin2012").staffing;
  sheet = shequ::district_sheet(tree, columns, rules);
  CHECK(sheet.states(Measure::posts)[2] == CellState::no_households);
  CHECK(sheet.unknown(Measure::posts, 0) == 2);
  rules.staffing.reset();
  sheet = shequ::district_sheet(tree, columns, rules);
  CHECK(sheet.states(Measure::posts)[2] == CellState::no_rule);
  CHECK(sheet.states(Measure::posts)[0] == CellState::no_rule);
  rules.staffing = shequ::find_norm("station.shenzhen").staffing;
  rules.household_basis = shequ::Basis::households;
  const Numbers households{0, 0, 5999, 6000};
  columns.households = {households};
  sheet = shequ::district_sheet(tree, columns, rules);
  CHECK(sheet.states(Measure::posts)[2] == CellState::not_covered);
  CHECK(sheet.values(Measure::posts_most)[1] == 15);
}

TEST_CASE("a sheet refuses what has no answer and names the community", "[rules]") {
  Small small;
  SheetRules rules = example_rules();
  small.workers[6] = 2;
  CHECK_THROWS_WITH(shequ::district_sheet(small.tree, small.columns(), rules),
                    "certified of code=11000=3 must be at most the workers, 2");
  small.workers[6] = -1;
  CHECK_THROWS_WITH(shequ::district_sheet(small.tree, small.columns(), rules),
                    "workers of code=11000=-1 must be in [0, 2147483647]");
  small.workers[6] = 8;
  small.households[8] = -9;  // missing: not looked at
  CHECK_NOTHROW(shequ::district_sheet(small.tree, small.columns(), rules));
  rules.household_basis.reset();
  CHECK_THROWS_WITH(shequ::district_sheet(small.tree, small.columns(), rules),
                    "household_basis must be given with households: registered_households, resident_households or "
                    "households");
  rules = example_rules();
  rules.shares->district = Fraction(1, 5);
  CHECK_THROWS_WITH(shequ::district_sheet(small.tree, small.columns(), rules), "town + district=4/5 must be 1");
  rules = example_rules();
  small.households.pop_back();
  CHECK_THROWS_WITH(shequ::district_sheet(small.tree, small.columns(), rules),
                    "households.size()=8 must be equal to 9");
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/scenario.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "catch_compat.hpp"
#include "scenario_fixtures.hpp"
#include "shequ/random.hpp"

using shequ::Level;
using shequ::RuleKind;
using shequ::Scenario;
using shequ::ScenarioMeasure;
using shequ::Setting;
using shequ::SplitPart;
using shequ::UnitId;
using shequ::test::all_rules;
using shequ::test::SmallDistrict;
using shequ::test::snapshot;
using Units = std::vector<UnitId>;

namespace {

[[nodiscard]] Scenario small() { return Scenario(SmallDistrict{}.base()); }
[[nodiscard]] Scenario with_all_rules() { return Scenario(all_rules().base()); }

/// The edit is refused, says why in both languages, and leaves everything as it was.
template <class F>
void check_refused(Scenario& scenario, F edit, const std::string& english, const std::string& chinese) {
  const auto before = snapshot(scenario);
  const auto edits = scenario.num_edits();
  const auto undone = scenario.num_undone();
  bool refused = false;
  try {
    edit();
  } catch (const shequ::InvalidInput& error) {
    refused = true;
    INFO(error.what());
    CHECK(std::string(error.what()).find(english) != std::string::npos);
    CHECK(error.message(shequ::Language::zh).find(chinese) != std::string::npos);
  }
  CHECK(refused);
  CHECK(snapshot(scenario) == before);
  CHECK(scenario.num_edits() == edits);
  CHECK(scenario.num_undone() == undone);
}

/// What is derived equals what the edited district gives when it is built anew, and sums of single answers.
void check_equals_rebuilt(const Scenario& scenario) {
  const Scenario anew(shequ::test::rebuilt(scenario));
  UnitId there = 0;
  std::int64_t posts = 0;
  for (UnitId unit = 0; unit < scenario.size(); ++unit) {
    if (!scenario.exists(unit)) continue;
    ++there;
    const UnitId other = anew.find(scenario.code(unit));
    std::vector<std::optional<std::int64_t>> now;
    std::vector<std::optional<std::int64_t>> fresh;
    shequ::test::add_numbers(scenario, unit, now);
    shequ::test::add_numbers(anew, other, fresh);
    CHECK(now == fresh);
    const auto norm = scenario.rule(unit, RuleKind::staffing);
    const auto households = scenario.total(unit, "households");
    if (scenario.level(unit) == Level::community && norm && households) {
      posts +=
          required_posts(std::get<shequ::StaffingNorm>(*norm), *households).posts.value_or(shequ::PostsRange{}).least;
    }
  }
  CHECK(there == anew.size());
  CHECK(scenario.total(0, ScenarioMeasure::posts).value_or(0) == posts);
}

}  // namespace

TEST_CASE("money, certificates, premises and grids follow the edits of a community", "[scenario]") {
  Scenario scenario = with_all_rules();
  const auto number = [&](UnitId unit, ScenarioMeasure measure) { return scenario.total(unit, measure); };
  // 80,000 yuan for up to 1,000 households, 30 for each more; the town is the sum of its communities.
  CHECK(number(2, ScenarioMeasure::grant) == 8'000'000);
  CHECK(number(4, ScenarioMeasure::grant) == 12'800'000);
  CHECK(number(1, ScenarioMeasure::grant) == 8'000'000 + 8'000'000 + 12'800'000);
  // Half of 8, 7 and 10 workers, with 1, 4 and 5 holders.
  CHECK(number(2, ScenarioMeasure::certificates) == 3);
  CHECK(number(3, ScenarioMeasure::certificates) == 0);
  CHECK(number(1, ScenarioMeasure::certificates) == 3);
  // 400 m2 and 30 m2 per 100 households: 780 m2 for 2,600, of which 650 are there.
  CHECK(number(4, ScenarioMeasure::premises_gap) == 13'000);
  CHECK(number(4, ScenarioMeasure::outdoor_gap) == 50'000);
  CHECK(number(4, ScenarioMeasure::grids) == 6);
  CHECK(number(2, ScenarioMeasure::grids) == 2);
  CHECK(number(6, ScenarioMeasure::premises_gap) == std::nullopt);  // no office is known

  scenario.add(4, "households", 400);
  CHECK(number(4, ScenarioMeasure::grant) == 14'000'000);
  CHECK(number(0, ScenarioMeasure::grant) == 8'000'000 + 8'000'000 + 14'000'000 + 8'000'000 + 8'000'000);
  CHECK(number(4, ScenarioMeasure::premises_gap) == 25'000);
  CHECK(number(4, ScenarioMeasure::grids) == 6);
  scenario.set(2, "households", 550);  // no number of grids of 300 to 500 households fits
  CHECK(number(2, ScenarioMeasure::grids) == std::nullopt);
  CHECK(number(1, ScenarioMeasure::grids) == 2 + 6);
  scenario.set_rule({1, std::nullopt, RuleKind::grid_size, shequ::GridSize{275, 500}});
  CHECK(number(2, ScenarioMeasure::grids) == 2);
  scenario.set_rule({0, std::nullopt, RuleKind::funding, std::nullopt});
  CHECK(number(0, ScenarioMeasure::grant) == std::nullopt);
  CHECK(scenario.total(0, ScenarioMeasure::posts).has_value());
  check_equals_rebuilt(scenario);
  while (scenario.num_edits() > 0) scenario.undo();
  CHECK(snapshot(scenario) == snapshot(with_all_rules()));

  scenario.add(4, "certified", 6);  // more holders than workers
  CHECK(number(4, ScenarioMeasure::certificates) == 0);
}

TEST_CASE("a transfer keeps the totals above and moves posts", "[scenario]") {
  Scenario scenario = small();
  const auto before = snapshot(scenario);
  scenario.transfer(3, 2, {{"households", 400}, {"workers", 1}});
  CHECK(scenario.value(2, "households") == 1300);
  CHECK(scenario.value(3, "households") == 500);
  CHECK(scenario.value(2, "workers") == 9);
  CHECK(scenario.total(1, "households") == 900 + 900 + 2600);
  CHECK(scenario.total(2, ScenarioMeasure::posts) == 5);
  check_equals_rebuilt(scenario);
  scenario.undo();
  CHECK(snapshot(scenario) == before);
  scenario.redo();
  scenario.undo();
  scenario.transfer(8, 9, {{"households", 400}});  // from one grid to another
  CHECK(scenario.value(8, "households") == 0);
  CHECK(scenario.total(7, "households") == 700);
  scenario.undo();
  check_refused(scenario, [&] { scenario.transfer(3, 2, {{"households", 901}}); }, "[0, 900]", "现有数");
  check_refused(scenario, [&] { scenario.transfer(3, 2, {{"households", 1}, {"workers", 8}}); }, "workers=8", "现有数");
  check_refused(scenario, [&] { scenario.transfer(2, 6, {{"workers", 1}}); }, "set it first", "请先设值");
  check_refused(scenario, [&] { scenario.transfer(2, 8, {{"households", 1}}); }, "to=", "同级");
  check_refused(scenario, [&] { scenario.transfer(2, 2, {{"households", 1}}); }, "another unit", "另一个单位");
  check_refused(
      scenario, [&] { scenario.transfer(2, 3, {{"households", 1}, {"households", 2}}); }, "given once", "一次");
  check_refused(scenario, [&] { scenario.transfer(2, 3, {}); }, "values", "给出");
}

TEST_CASE("posts go by community and never by a total", "[scenario]") {
  const Scenario scenario = small();
  CHECK(scenario.total(1, ScenarioMeasure::posts) == 4 + 4 + 10);
  CHECK(scenario.total(5, ScenarioMeasure::posts) == 4 + 4);  // grids of 700 households together
  CHECK(scenario.total(0, "households") == 900 + 900 + 2600 + 1000 + 700);
  CHECK(scenario.total(0, ScenarioMeasure::communities) == 5);
}

TEST_CASE("shortage and surplus are apart, and missing workers are neither", "[scenario]") {
  Scenario scenario = small();
  CHECK(scenario.total(0, ScenarioMeasure::shortage) == 1);
  CHECK(scenario.total(0, ScenarioMeasure::surplus) == 4 + 3);
  CHECK(!scenario.total(6, ScenarioMeasure::shortage));
  scenario.set(6, "workers", 1);
  CHECK(scenario.total(0, ScenarioMeasure::shortage) == 1 + 3);
  CHECK(scenario.total(0, ScenarioMeasure::surplus) == 4 + 3);
}

TEST_CASE("a value set or added changes all units above, and is undone and redone exactly", "[scenario]") {
  Scenario scenario = small();
  const auto start = snapshot(scenario);
  scenario.add(2, "households", 350);
  CHECK(scenario.total(2, ScenarioMeasure::posts) == 5);
  CHECK(scenario.total(0, ScenarioMeasure::posts) == 27);
  scenario.set(3, "households", std::nullopt);
  CHECK(!scenario.total(3, ScenarioMeasure::posts));
  const auto end = snapshot(scenario);
  scenario.undo();
  scenario.undo();
  CHECK(snapshot(scenario) == start);
  scenario.redo();
  scenario.redo();
  CHECK(snapshot(scenario) == end);
  check_equals_rebuilt(scenario);
}

TEST_CASE("a rule may be given to all, a subtree or a setting, and to units created later", "[scenario]") {
  Scenario scenario = small();
  shequ::StaffingRule rule;
  rule.base = 6;
  scenario.set_rule({1, std::nullopt, RuleKind::staffing, shequ::StaffingNorm{rule}});
  CHECK(scenario.total(1, ScenarioMeasure::posts) == 6 + 6 + 12);
  CHECK(scenario.total(5, ScenarioMeasure::posts) == 8);
  scenario.set_rule({0, Setting::rural, RuleKind::staffing, std::nullopt});
  CHECK(!scenario.total(6, ScenarioMeasure::posts));
  const UnitId made = scenario.create(1, Level::community, "new estate");
  scenario.set(made, "households", 0);
  CHECK(scenario.total(made, ScenarioMeasure::posts) == 6);
  check_equals_rebuilt(scenario);
}

TEST_CASE("a merger keeps households, ids and successions", "[scenario]") {
  Scenario scenario = small();
  const auto start = snapshot(scenario);
  const UnitId merged = scenario.merge(Units{2, 3}, "merged", "119");
  CHECK(merged == 10);
  CHECK(scenario.value(merged, "households") == 1800);
  CHECK(scenario.total(merged, ScenarioMeasure::posts) == 7);
  CHECK(scenario.total(0, "households") == 6100);
  CHECK(!scenario.exists(2));
  CHECK(scenario.code(2) == "111");
  CHECK(scenario.successors(2) == Units{merged});
  CHECK(scenario.find("119") == merged);
  CHECK(scenario.successions().at(0) == shequ::Succession{shequ::EditKind::merge, {2, 3}, {merged}, 1});
  check_equals_rebuilt(scenario);
  scenario.undo();
  CHECK(snapshot(scenario) == start);
  CHECK(scenario.successors(2) == Units{2});
}

TEST_CASE("a split divides values and grids among its parts", "[scenario]") {
  Scenario scenario = small();
  const Units made = scenario.split(4, {{"east", "", {{"households", 1300}, {"workers", 5}}, {}},
                                        {"west", "", {{"households", 1300}, {"workers", 5}}, {}}});
  CHECK(made == Units{10, 11});
  CHECK(scenario.code(10) == "new-1");
  CHECK(scenario.total(1, ScenarioMeasure::posts) == 4 + 4 + 5 + 5);
  const Units grids = scenario.split(7, {{"a", "", {}, {8}}, {"b", "", {}, {9}}});
  CHECK(scenario.total(grids[0], "households") == 400);
  CHECK(scenario.total(grids[1], "households") == 300);
  CHECK(scenario.children(grids[1]) == Units{9});
  check_equals_rebuilt(scenario);
}

TEST_CASE("communities move between towns and grids between communities", "[scenario]") {
  Scenario scenario = small();
  scenario.move(2, 5);
  CHECK(scenario.total(1, "households") == 3500);
  CHECK(scenario.total(5, "households") == 2600);
  CHECK(scenario.total(0, ScenarioMeasure::posts) == 26);
  const UnitId made = scenario.create(5, Level::community, "next");
  scenario.move(8, made);
  CHECK(scenario.total(made, "households") == 400);
  CHECK(scenario.children(5) == Units{2, 6, 7, made});
  check_equals_rebuilt(scenario);
}

TEST_CASE("refused edits say why and change nothing", "[scenario]") {
  Scenario scenario = small();
  check_refused(scenario, [&] { scenario.undo(); }, "nothing to undo", "没有可撤销的操作");
  check_refused(scenario, [&] { scenario.redo(); }, "nothing to redo", "没有可重做的操作");
  static_cast<void>(scenario.merge(Units{2, 3}, "merged"));
  check_refused(
      scenario, [&] { scenario.set(2, "households", 1); }, "edit 1 (merge) abolished it", "第 1 步操作（撤并）");
  check_refused(scenario, [&] { scenario.set(4, "household", 1); }, "one of households, workers", "是以下之一");
  check_refused(scenario, [&] { scenario.set(4, "households", -1); }, "households=-1", "大于或等于 0");
  check_refused(scenario, [&] { scenario.set(4, "households", 3'000'000'000); }, "2147483647", "2147483647");
  check_refused(scenario, [&] { scenario.set(1, "households", 1); }, "sum of the units below", "下级单位之和");
  check_refused(scenario, [&] { scenario.add(6, "workers", 1); }, "is missing", "缺失");
  check_refused(scenario, [&] { scenario.add(4, "households", -2601); }, "at least -2600", "不小于 -2600");
  check_refused(scenario, [&] { static_cast<void>(scenario.merge(Units{4, 6}, "x")); }, "merge within one", "同一上级");
  check_refused(scenario, [&] { static_cast<void>(scenario.merge(Units{4}, "x")); }, "2 or more", "至少为 2");
  check_refused(scenario, [&] { static_cast<void>(scenario.merge(Units{6, 7}, "x")); }, "set it first", "请先设值");
  check_refused(scenario, [&] { static_cast<void>(scenario.merge(Units{4, 10}, "x", "111")); }, "has it", "已使用");
  check_refused(scenario, [&] { static_cast<void>(scenario.merge(Units{4, 10}, "")); }, "name", "给出");
  const SplitPart half{"half", "", {{"households", 1300}, {"workers", 5}}, {}};
  SplitPart less = half;
  less.values[0].second = 1299;
  check_refused(
      scenario, [&] { static_cast<void>(scenario.split(4, {half, less})); }, "=2599 must be 2600", "households");
  check_refused(
      scenario, [&] { static_cast<void>(scenario.split(7, {{"a", "", {}, {8}}, {"b", "", {}, {}}})); },
      "each in one part", "只属于一个部分");
  check_refused(scenario, [&] { scenario.abolish(4); }, "would be lost", "丢失");
  check_refused(scenario, [&] { scenario.abolish(7); }, "nothing below it", "没有下级单位");
  check_refused(scenario, [&] { scenario.move(4, 6); }, "to=", "同级");
  check_refused(scenario, [&] { scenario.move(8, 4); }, "count twice", "重复计算");
  check_refused(scenario, [&] { scenario.set(99, "households", 1); }, "unit=99", "unit=99");
  shequ::StaffingRatio ratio;
  ratio.per = 500;
  ratio.basis = shequ::Basis::residents;
  const shequ::StaffingNorm norm(ratio);
  check_refused(
      scenario, [&] { scenario.set_rule({0, std::nullopt, RuleKind::staffing, norm}); }, "residents", "residents");
  check_refused(
      scenario, [&] { scenario.set_rule({0, std::nullopt, RuleKind::funding, shequ::FundingRule{}}); }, "kind=funding",
      "已有规则");
  check_refused(
      scenario, [&] { scenario.set_rule({0, std::nullopt, RuleKind::staffing, shequ::FundingRule{}}); },
      "one of staffing", "人员配备");
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  scenario.set(6, "workers", most - 30);
  check_refused(scenario, [&] { scenario.add(4, "workers", 30); }, "overflows", "超出");
}

TEST_CASE("branches do not see each other's edits", "[scenario]") {
  Scenario first = small();
  first.add(2, "households", 1);
  Scenario second = first;
  const auto before = snapshot(first);
  second.add(2, "households", 350);
  static_cast<void>(second.merge(Units{2, 3}, "merged"));
  CHECK(snapshot(first) == before);
  CHECK(first.common_edits(second) == 1);
  second.undo();
  second.undo();
  CHECK(snapshot(second) == before);
}

TEST_CASE("long random edits with undo and redo equal the district built anew", "[scenario]") {
  const auto seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U);
  shequ::Random random(seed);
  Scenario scenario = seed % 2 == 0 ? small() : with_all_rules();
  const Scenario start = scenario;
  std::vector<shequ::test::Snapshot> past{snapshot(scenario)};  // after so many edits
  std::size_t refused = 0;
  const auto below = [&](std::size_t bound) { return random.below(static_cast<std::uint32_t>(bound)); };
  const auto columns = scenario.base().columns();
  for (int step = 0; step < 400; ++step) {
    const auto unit = static_cast<UnitId>(below(static_cast<std::size_t>(scenario.size())));
    const auto other = static_cast<UnitId>(below(static_cast<std::size_t>(scenario.size())));
    const std::string& column = columns[below(columns.size())];
    const std::size_t edits = scenario.num_edits();
    try {
      switch (below(14)) {
        case 0:
          scenario.set(unit, column, below(4) == 0 ? std::nullopt : std::optional<std::int64_t>(below(3000)));
          break;
        case 1:
          scenario.add(unit, column, static_cast<std::int64_t>(below(500)) - 200);
          break;
        case 2: {
          shequ::StaffingRule rule;
          rule.base = below(6);
          const bool rural = below(3) == 0;
          const auto where = rural ? std::optional(Setting::rural) : std::nullopt;
          scenario.set_rule({unit, where, RuleKind::staffing, shequ::StaffingNorm{rule}});
          break;
        }
        case 13:
          scenario.transfer(unit, other, {{column, below(300)}});
          break;
        case 12: {
          shequ::FundingRule funding;
          funding.base_fen = 1000 * std::int64_t{below(9)};
          funding.step_fen = below(3);
          shequ::FacilityRule premises;
          premises.least_m2 = shequ::Fraction(below(5), 1 + below(3));
          premises.step_m2 = shequ::Fraction(below(3), 1);
          const std::array<std::pair<RuleKind, std::optional<shequ::CommunityRule>>, 4> rules{
              {{RuleKind::funding, funding},
               {RuleKind::premises, premises},
               {RuleKind::grid_size, shequ::GridSize{100 + below(100), 200 + below(400)}},
               {RuleKind::outdoor, std::nullopt}}};
          const auto& [kind, rule] = rules[below(rules.size())];
          scenario.set_rule({unit, std::nullopt, kind, rule});
          break;
        }
        case 3: {
          const Units all = scenario.children(scenario.exists(unit) ? unit : 0);
          static_cast<void>(scenario.merge(all.size() > 2 ? Units{all[0], all[2]} : Units{unit, other}, "m"));
          break;
        }
        case 4:
        case 5: {
          std::vector<SplitPart> parts{{"a", "", {}, {}}, {"b", "", {}, {}}};
          for (const std::string& name : columns) {
            const auto own = scenario.value(unit, name);
            if (!own) continue;
            const std::int64_t left = *own / (1 + below(4));
            parts[0].values.emplace_back(name, left);
            parts[1].values.emplace_back(name, *own - left);
          }
          for (const UnitId child : scenario.children(unit)) parts[below(2)].children.push_back(child);
          static_cast<void>(scenario.split(unit, parts));
          break;
        }
        case 6:
          static_cast<void>(scenario.create(unit, below(2) == 0 ? Level::community : Level::grid, "c"));
          break;
        case 7:
          scenario.abolish(unit);
          break;
        case 8:
          scenario.move(unit, other);
          break;
        case 9:
          scenario.redo();
          break;
        default:
          scenario.undo();
          break;
      }
    } catch (const shequ::InvalidInput&) {
      ++refused;
      CHECK(snapshot(scenario) == past[edits]);
    }
    if (scenario.num_edits() < past.size() && scenario.num_undone() > 0) {
      CHECK(snapshot(scenario) == past[scenario.num_edits()]);
    } else {
      past.resize(scenario.num_edits());
      past.push_back(snapshot(scenario));
    }
    if (step % 5 == 0) check_equals_rebuilt(scenario);
  }
  check_equals_rebuilt(scenario);
  CHECK(refused > 50);
  while (scenario.num_edits() > 0) {
    scenario.undo();
    CHECK(snapshot(scenario) == past[scenario.num_edits()]);
  }
  Scenario again = start;
  while (scenario.num_undone() > 0) {
    scenario.redo();
    again.apply(scenario.edit(scenario.num_edits()));
    CHECK(snapshot(scenario) == past[scenario.num_edits()]);
    CHECK(snapshot(again) == snapshot(scenario));
  }
}

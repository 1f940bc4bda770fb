// SPDX-License-Identifier: BSD-3-Clause
// Sheets of more units than are treated together: many blocks, several ranges for threads, subtrees that reach over
// them.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "catch_compat.hpp"
#include "shequ/random.hpp"
#include "shequ/rules/grid_count.hpp"
#include "shequ/rules/sheet.hpp"

using shequ::CellState;
using shequ::DistrictSheet;
using shequ::Fraction;
using shequ::Hierarchy;
using shequ::Level;
using shequ::Measure;
using shequ::SheetColumns;
using shequ::SheetRules;
using shequ::UnitId;

namespace {

using Numbers = std::vector<std::int64_t>;
using Flags = std::vector<std::uint8_t>;

constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();

/// Districts and towns of all sizes, from none to several blocks, and some communities below communities.
[[nodiscard]] Hierarchy country(std::int64_t least_units, shequ::Random& random) {
  Numbers code{0};
  Numbers parent{-1};
  std::vector<Level> level{Level::country};
  const auto add = [&](std::int64_t upper, Level at) {
    code.push_back(static_cast<std::int64_t>(code.size()));
    parent.push_back(upper);
    level.push_back(at);
    return code.back();
  };
  while (static_cast<std::int64_t>(code.size()) < least_units) {
    const std::int64_t district = add(0, Level::district);
    for (std::uint32_t towns = random.below(12); towns > 0; --towns) {
      const std::int64_t town = add(district, Level::town);
      const std::uint32_t most = random.below(40) == 0 ? 3000 : 30;
      std::int64_t last = town;
      for (std::uint32_t left = random.below(most); left > 0; --left) {
        last = add(random.below(50) == 0 ? last : town, Level::community);
      }
    }
  }
  return Hierarchy::from_rows({std::span<const std::int64_t>(code), std::span<const std::int64_t>(parent), level},
                              {.same_level = shequ::SameLevel::keep});
}

struct Data {
  Flags setting, no_setting, no_households, no_workers, no_paid;
  Numbers households, workers, certified, office, outdoor, classes, paid;

  Data(const Hierarchy& tree, shequ::Random& random) {
    for (UnitId unit = 0; unit < tree.size(); ++unit) {
      const bool counts = tree.level(unit) == Level::community;
      // What does not count may be anything.
      const std::int64_t odd = random.below(2) == 0 ? -1 - std::int64_t{random.below(9)} : huge;
      const auto number = [&](std::uint32_t below) { return counts ? std::int64_t{random.below(below)} : odd; };
      const auto missing = [&](Flags& flags, Numbers& values) {
        flags.push_back(random.below(20) == 0 ? 1 : 0);
        if (flags.back() != 0) values.back() = odd;
      };
      setting.push_back(static_cast<std::uint8_t>(random.below(2)));
      no_setting.push_back(random.below(30) == 0 ? 1 : 0);
      if (no_setting.back() != 0 || !counts) setting.back() = 9;
      households.push_back(number(6000));
      missing(no_households, households);
      workers.push_back(number(25));
      certified.push_back(counts ? std::int64_t{random.below(static_cast<std::uint32_t>(workers.back()) + 1)} : odd);
      missing(no_workers, workers);
      office.push_back(number(90'000));
      outdoor.push_back(number(90'000));
      classes.push_back(number(2));
      paid.push_back(number(15'000'000));
      missing(no_paid, paid);
    }
  }

  [[nodiscard]] SheetColumns columns() const {
    SheetColumns columns;
    columns.setting = {setting, no_setting};
    columns.households = {households, no_households};
    columns.workers = {workers, no_workers};
    columns.certified = {certified};
    columns.office_dm2 = {office};
    columns.outdoor_dm2 = {outdoor};
    columns.funding_class = {classes};
    columns.paid_fen = {paid, no_paid};
    return columns;
  }
};

/// Rules whose numbers all fit 64 bits, or some that the wide forms must compute.
[[nodiscard]] SheetRules all_rules(bool wide) {
  SheetRules rules;
  rules.household_basis = shequ::Basis::resident_households;
  rules.staffing = shequ::StaffingRule{};
  shequ::FundingRule funding;
  funding.base_fen = wide ? 6'000'000'000'000 : 8'000'000;
  funding.base_households = 1000;
  funding.step_fen = 3'001;
  funding.step_households = 7;
  funding.rounding = shequ::Rounding::ceil;
  funding.class_fen = {0, 1'000'000};
  rules.funding = funding;
  const std::int64_t parts = wide ? 2'000'003 : 7;
  rules.shares = shequ::FundingShares{Fraction(parts - 3, parts), Fraction(3, parts)};
  shequ::CertificationRule certification;
  certification.min_level = shequ::CertLevel::assistant;
  certification.required = wide ? Fraction(3'000'000'000, 4'000'000'001) : Fraction(4, 5);
  rules.urban_certification = certification;
  rules.rural_certification = certification;
  shequ::FacilityRule area;
  area.least_m2 = 400;
  area.step_m2 = wide ? Fraction(301'000'000'007, 7'000'000'001) : Fraction(301, 7);
  area.rounding = wide ? shequ::AreaRounding::started_step : shequ::AreaRounding::pro_rata;
  rules.premises = area;
  area.step_m2 = 0;
  rules.outdoor = area;
  rules.grid_size = shequ::GridSize{300, 500};
  shequ::VisitRule visits;
  visits.per = shequ::VisitPer::week;
  visits.working_weeks = 48;
  rules.visits = visits;
  return rules;
}

[[nodiscard]] std::int64_t of_rule(Measure measure, const SheetRules& rules, const Data& data, std::size_t i) {
  const std::int64_t households = data.households[i];
  const std::int64_t workers = data.workers[i];
  const auto above = [](std::int64_t number) { return std::max<std::int64_t>(0, number); };
  const auto posts = [&] { return shequ::StaffingRule{}.posts(households); };
  const auto grant = [&] { return rules.funding->grant(households, data.classes[i]); };
  switch (measure) {
    case Measure::posts:
    case Measure::posts_most:
      return posts();
    case Measure::shortage:
      return above(posts() - workers);
    case Measure::surplus:
      return above(workers - posts());
    case Measure::grant:
      return grant();
    case Measure::grant_town:
      return shequ::split_grant(*rules.shares, grant()).town_fen;
    case Measure::grant_district:
      return shequ::split_grant(*rules.shares, grant()).district_fen;
    case Measure::unpaid:
      return above(grant() - data.paid[i]);
    case Measure::certificates:
      return shequ::certification_need(*rules.urban_certification, workers, data.certified[i]).missing;
    case Measure::premises_gap:
      return rules.premises->gap_dm2(data.office[i], households);
    case Measure::outdoor_gap:
      return rules.outdoor->gap_dm2(data.outdoor[i], 0);
    case Measure::grids:
      return shequ::grid_count(households, 300, 500).least;
    case Measure::grids_most:
      return shequ::grid_count(households, 300, 500).most;
    case Measure::visit_weeks:
      return rules.visits->weeks_per_round(households, workers).value();
  }
  return -1;
}

/// Units whose sums are not those of their communities.
[[nodiscard]] int wrong_sums(const Hierarchy& tree, const DistrictSheet& sheet, Measure measure) {
  const auto values = sheet.values(measure);
  const auto states = sheet.states(measure);
  const auto unknown = sheet.unknown(measure);
  Numbers sum(values.size());
  std::vector<std::int32_t> missing(values.size());
  std::vector<std::int32_t> known(values.size());
  int wrong = 0;
  for (UnitId unit = tree.size() - 1; unit >= 0; --unit) {
    const auto i = static_cast<std::size_t>(unit);
    if (tree.level(unit) == Level::community) {
      sum[i] += values[i];
      missing[i] += shequ::is_unknown(states[i]) ? 1 : 0;
      known[i] += states[i] == CellState::computed ? 1 : 0;
      if (unknown[i] != (shequ::is_unknown(states[i]) ? 1 : 0)) ++wrong;
    } else {
      const bool adds_up = measure != Measure::visit_weeks;
      const CellState some = adds_up ? CellState::total : CellState::not_additive;
      const CellState state = adds_up && known[i] == 0 && missing[i] > 0 ? CellState::none_known : some;
      if (states[i] != state || values[i] != (adds_up ? sum[i] : 0) || unknown[i] != missing[i]) ++wrong;
    }
    if (unknown[i] != sheet.unknown(measure, unit)) ++wrong;
    if (unit == 0) continue;
    sum[static_cast<std::size_t>(tree.parent(unit))] += sum[i];
    missing[static_cast<std::size_t>(tree.parent(unit))] += missing[i];
    known[static_cast<std::size_t>(tree.parent(unit))] += known[i];
  }
  return wrong;
}

}  // namespace

TEST_CASE("a sheet of many blocks is that of the rules one by one, the same on any number of threads", "[rules]") {
  const bool wide = GENERATE(false, true);
  shequ::Random random(wide ? 5 : 4);
  const Hierarchy tree = country(140'000, random);
  const Data data(tree, random);
  const SheetRules rules = all_rules(wide);
  const DistrictSheet sheet = shequ::district_sheet(tree, data.columns(), rules);
  for (std::size_t m = 0; m < shequ::num_measures; ++m) {
    const auto measure = static_cast<Measure>(m);
    CAPTURE(wide, shequ::to_string(measure));
    const auto values = sheet.values(measure);
    const auto states = sheet.states(measure);
    int computed = 0;
    int wrong = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (tree.levels()[i] != Level::community) continue;
      const bool counts = states[i] == CellState::computed;
      computed += counts ? 1 : 0;
      if (values[i] != (counts ? of_rule(measure, rules, data, i) : 0)) ++wrong;
    }
    CHECK(wrong == 0);
    CHECK(computed > 40'000);
    CHECK(wrong_sums(tree, sheet, measure) == 0);
  }
  for (const int threads : {2, 3, 16}) {
    CAPTURE(threads);
    const DistrictSheet other = shequ::district_sheet(tree, data.columns(), rules, threads);
    for (std::size_t m = 0; m < shequ::num_measures; ++m) {
      const auto measure = static_cast<Measure>(m);
      CHECK(std::ranges::equal(other.values(measure), sheet.values(measure)));
      CHECK(std::ranges::equal(other.states(measure), sheet.states(measure)));
      CHECK(other.unknown(measure) == sheet.unknown(measure));
    }
  }
}

TEST_CASE("of several faults in a large sheet the first is named, on any number of threads", "[rules]") {
  shequ::Random random(6);
  const Hierarchy tree = country(140'000, random);
  Data data(tree, random);
  const SheetRules rules = all_rules(false);
  const auto communities = tree.at_level(Level::community);
  const auto spoil = [&](std::size_t place, const auto& change) {
    while (data.no_workers[static_cast<std::size_t>(communities[place])] != 0 ||
           data.no_setting[static_cast<std::size_t>(communities[place])] != 0 ||
           data.no_households[static_cast<std::size_t>(communities[place])] != 0) {
      ++place;
    }
    change(static_cast<std::size_t>(communities[place]));
    return tree.code(communities[place]);
  };
  const int threads = GENERATE(1, 2, 5);
  const auto compute = [&] { return shequ::district_sheet(tree, data.columns(), rules, threads); };
  spoil(100'000, [&](std::size_t i) { data.certified[i] = data.workers[i] + 1; });
  const auto first = spoil(40'000, [&](std::size_t i) { data.certified[i] = data.workers[i] + 2; });
  CHECK_THROWS_WITH(compute(), Catch::Matchers::StartsWith("certified of code=" + first + "="));
  const auto of_class = spoil(90'000, [&](std::size_t i) { data.classes[i] = 2; });
  CHECK_THROWS_WITH(compute(), "funding_class of code=" + of_class + "=2 must be below 2");
  const auto negative = spoil(110'000, [&](std::size_t i) { data.workers[i] = -3; });
  CHECK_THROWS_WITH(compute(), "workers of code=" + negative + "=-3 must be in [0, 2147483647]");
  CHECK_THROWS_WITH(shequ::district_sheet(tree, data.columns(), rules, 0), "threads=0 must be in [1, 1024]");
}

TEST_CASE("a total that does not fit is an error, one that just fits is not", "[rules]") {
  const auto town_of = [](std::int64_t communities) {
    Numbers code{0};
    Numbers parent{-1};
    std::vector<Level> level{Level::town};
    for (std::int64_t i = 1; i <= communities; ++i) {
      code.push_back(i);
      parent.push_back(0);
      level.push_back(Level::community);
    }
    return Hierarchy::from_rows({std::span<const std::int64_t>(code), std::span<const std::int64_t>(parent), level});
  };
  SheetRules rules;
  rules.funding.emplace();
  rules.funding->base_fen = 1'000'000'000'000'000;  // the most
  const std::int64_t most = huge / rules.funding->base_fen;
  CHECK(shequ::district_sheet(town_of(most), {}, rules).values(Measure::grant)[0] == most * rules.funding->base_fen);
  CHECK_THROWS_AS(shequ::district_sheet(town_of(most + 1), {}, rules), shequ::InvalidInput);
}

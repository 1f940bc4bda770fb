// SPDX-License-Identifier: BSD-3-Clause
// Edits of values on a country of about 713,000 units with six columns and four derived measures: ten numbers of every
// unit stay up to date. Beside it, in the same run, computing all of them anew. To reach: 5 us an edit; a branch 1 ms.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "shequ/random.hpp"
#include "shequ/scenario/scenario.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int num_edits = 10'000;
constexpr std::int64_t num_communities = 666'655;

[[nodiscard]] double microseconds(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double, std::micro>(to - from).count();
}

/// Country, 31 provinces, 11 cities each, 9 districts each, towns of 15 communities.
[[nodiscard]] shequ::Hierarchy country() {
  std::vector<std::int64_t> code{100'000'000'000};
  std::vector<std::int64_t> parent{-1};
  std::vector<shequ::Level> level{shequ::Level::country};
  const auto add = [&](std::int64_t own, std::int64_t upper, shequ::Level at) {
    if (std::ranges::find(code.rbegin(), code.rbegin() + std::min<std::ptrdiff_t>(64, std::ssize(code)), own) !=
        code.rbegin() + std::min<std::ptrdiff_t>(64, std::ssize(code))) {
      return;
    }
    code.push_back(own);
    parent.push_back(upper);
    level.push_back(at);
  };
  std::int64_t left = num_communities;
  for (std::int64_t p = 0; p < 31 && left > 0; ++p) {
    const std::int64_t province = (11 + p) * 10'000'000'000;
    add(province, code[0], shequ::Level::province);
    for (std::int64_t c = 1; c <= 11 && left > 0; ++c) {
      const std::int64_t city = province + c * 100'000'000;
      add(city, province, shequ::Level::city);
      for (std::int64_t d = 1; d <= 9 && left > 0; ++d) {
        const std::int64_t district = city + d * 1'000'000;
        add(district, city, shequ::Level::district);
        for (std::int64_t t = 1; t <= 15 && left > 0; ++t) {
          const std::int64_t town = district + t * 1'000;
          add(town, district, shequ::Level::town);
          for (std::int64_t k = 1; k <= 15 && left > 0; ++k, --left) add(town + k, town, shequ::Level::community);
        }
      }
    }
  }
  return shequ::Hierarchy::from_rows(
      {std::span<const std::int64_t>(code), std::span<const std::int64_t>(parent), level});
}

}  // namespace

int main() {
  const shequ::Hierarchy tree = country();
  const auto size = static_cast<std::size_t>(tree.size());
  const std::vector<shequ::UnitId> communities = tree.at_level(shequ::Level::community);
  shequ::Random random(7);
  const std::vector<std::string> names{"households", "workers", "certified", "residents", "office_dm2", "outdoor_dm2"};
  std::vector<std::vector<std::int64_t>> values(names.size(), std::vector<std::int64_t>(size, 0));
  std::vector<std::uint8_t> missing(size, 1);
  for (const shequ::UnitId unit : communities) missing[static_cast<std::size_t>(unit)] = 0;
  std::vector<shequ::NamedColumn> columns;
  for (std::size_t c = 0; c < names.size(); ++c) {
    for (const shequ::UnitId unit : communities) {
      values[c][static_cast<std::size_t>(unit)] = random.below(c == 0 ? 4000 : 12);
    }
    columns.push_back({names[c], {values[c], missing}});
  }
  const std::vector<shequ::RuleAssignment> rules{
      {0, std::nullopt, shequ::RuleKind::staffing, shequ::StaffingNorm{shequ::StaffingRule{}}}};
  const auto base = shequ::ScenarioBase::make(tree, columns, rules);

  double anew = 0;
  for (int repeat = 0; repeat < 3; ++repeat) {
    const auto start = Clock::now();
    const auto again = shequ::ScenarioBase::make(tree, columns, rules);
    const double took = microseconds(start, Clock::now());
    anew = repeat == 0 ? took : std::min(anew, took);
    if (again->columns().size() != names.size()) return 1;
  }

  shequ::Scenario scenario(base);
  std::vector<shequ::UnitId> units;
  for (int i = 0; i < num_edits; ++i) {
    units.push_back(communities[random.below(static_cast<std::uint32_t>(communities.size()))]);
  }
  const auto edit_start = Clock::now();
  for (const shequ::UnitId unit : units) scenario.add(unit, "households", 300);
  const auto edit_end = Clock::now();
  for (std::int64_t i = 0; i < num_edits; ++i) scenario.undo();
  const auto undo_end = Clock::now();
  for (std::int64_t i = 0; i < num_edits; ++i) scenario.redo();
  const auto redo_end = Clock::now();

  for (const shequ::UnitId unit : units) values[0][static_cast<std::size_t>(unit)] += 300;
  const shequ::Scenario fresh(shequ::ScenarioBase::make(tree, columns, rules));
  for (shequ::UnitId unit = 0; unit < tree.size(); ++unit) {
    bool same = true;
    for (const std::string& name : names) same = same && scenario.total(unit, name) == fresh.total(unit, name);
    for (std::size_t m = 0; m < shequ::num_scenario_measures; ++m) {
      const auto measure = static_cast<shequ::ScenarioMeasure>(m);
      same = same && scenario.total(unit, measure) == fresh.total(unit, measure);
    }
    if (!same) {
      std::cerr << "unit " << unit << " differs from the district computed anew\n";
      return 1;
    }
  }

  const shequ::Scenario on_base(base);
  const auto branch_start = Clock::now();
  shequ::Scenario branch(on_base);
  const auto branch_end = Clock::now();
  branch.add(units[0], "households", 1);

  const double edit = microseconds(edit_start, edit_end) / num_edits;
  std::cout << "units " << size << ", ten measures\n"
            << "edit  " << edit << " us\n"
            << "undo  " << microseconds(edit_end, undo_end) / num_edits << " us\n"
            << "redo  " << microseconds(undo_end, redo_end) / num_edits << " us\n"
            << "branch " << microseconds(branch_start, branch_end) << " us\n"
            << "anew  " << anew << " us, " << anew / edit << " times an edit\n";
  return 0;
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/sheet.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

#include "sheet_builder.hpp"

namespace shequ {

namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): the pieces of sheet_builder.hpp

using Counts = SheetCounts;
using Group = SheetGroup;

}  // namespace

std::size_t DistrictSheet::group(Measure measure) noexcept { return group_of[static_cast<std::size_t>(measure)]; }

DistrictSheet district_sheet(const Hierarchy& hierarchy, const SheetColumns& columns, const SheetRules& rules) {
  DistrictSheet sheet;
  sheet.rules_ = rules;
  SheetBuilder builder(hierarchy, columns, rules);
  const auto value_of = [&sheet](Measure measure) -> LargeVector<std::int64_t>& {
    return sheet.values_[static_cast<std::size_t>(measure)];
  };
  const auto state_of = [&sheet](Group group) -> LargeVector<CellState>& { return sheet.states_[group]; };
  const auto without_rule = [&](Group group) {
    builder.fill_states(state_of(group), CellState::no_rule, [](std::size_t) { return CellState::no_rule; });
    for (std::size_t m = 0; m < num_measures; ++m) {
      if (group_of[m] == group) builder.fill_empty(sheet.values_[m]);
    }
  };
  const Counts& households = columns.households;
  const Counts& workers = columns.workers;

  if (rules.staffing) {
    const auto [counts, absent] = counted_column(columns, basis(*rules.staffing));
    const Counts& counted = *counts;
    const CellState missing = absent;
    const auto scope = builder.scope(applies_to(*rules.staffing));
    auto& states = state_of(staffing);
    std::visit(
        [&](const auto& rule) {
          using Rule = std::remove_cvref_t<decltype(rule)>;
          builder.fill_states(states, CellState::total, [&](std::size_t i) {
            const CellState state = scope[builder.setting(i)];
            if (state != CellState::computed) return state;
            if (lacks(counted, i)) return missing;
            if constexpr (std::is_same_v<Rule, StaffingTable>) {
              if (!rule.posts_range(counted.values[i])) return CellState::not_covered;
            }
            return state;
          });
          const auto posts_at = [&](std::size_t i) {
            if constexpr (std::is_same_v<Rule, StaffingRule>) {
              const std::int64_t posts = rule.posts(counted.values[i]);
              return PostsRange{posts, posts};
            } else if constexpr (std::is_same_v<Rule, StaffingTable>) {
              return *rule.posts_range(counted.values[i]);
            } else {
              return rule.posts_range(counted.values[i]);
            }
          };
          bool filled = false;
          if constexpr (std::is_same_v<Rule, StaffingRule>) {
            filled = builder.households_clean();
            if (filled) {
              builder.fill_column(value_of(Measure::posts), states,
                                  [&](std::span<std::int64_t> posts) { compute_posts(rule, counted.values, posts); });
            }
          }
          if (!filled) builder.fill(value_of(Measure::posts), states, [&](std::size_t i) { return posts_at(i).least; });
          if constexpr (std::is_same_v<Rule, StaffingRule>) {
            value_of(Measure::posts_most) = value_of(Measure::posts);
          } else {
            builder.fill(value_of(Measure::posts_most), states, [&](std::size_t i) { return posts_at(i).most; });
          }
        },
        *rules.staffing);
    const auto& posts = value_of(Measure::posts);
    const auto& most = value_of(Measure::posts_most);
    auto& gaps = state_of(balance);
    builder.fill_states(gaps, CellState::total, [&](std::size_t i) {
      return states[i] == CellState::computed && lacks(workers, i) ? CellState::no_workers : states[i];
    });
    builder.fill(value_of(Measure::shortage), gaps,
                 [&](std::size_t i) { return above_zero(posts[i] - workers.values[i]); });
    builder.fill(value_of(Measure::surplus), gaps,
                 [&](std::size_t i) { return above_zero(workers.values[i] - most[i]); });
  } else {
    without_rule(staffing);
    without_rule(balance);
  }

  if (rules.funding) {
    const FundingRule& rule = *rules.funding;
    const Counts& classes = columns.funding_class;
    const auto scope = builder.scope(rule.applies_to);
    auto& states = state_of(money);
    builder.fill_states(states, CellState::total, [&](std::size_t i) {
      const CellState state = scope[builder.setting(i)];
      if (state != CellState::computed) return state;
      if (rule.needs_households() && lacks(households, i)) return CellState::no_households;
      if (!rule.needs_class()) return state;
      if (lacks(classes, i)) return CellState::no_funding_class;
      if (classes.values[i] >= static_cast<std::int64_t>(rule.class_fen.size())) {
        detail::throw_argument(builder.name_of("funding_class", i), classes.values[i],
                               "below " + std::to_string(rule.class_fen.size()),
                               "小于 " + std::to_string(rule.class_fen.size()));
      }
      return state;
    });
    const Grant grant(rule);
    auto& fen = value_of(Measure::grant);
    builder.fill(fen, states, [&](std::size_t i) {
      return grant(rule.needs_households() ? households.values[i] : 0, rule.needs_class() ? classes.values[i] : 0);
    });
    if (rules.shares) {
      state_of(money_split) = states;
      const Fraction town = rules.shares->town;
      constexpr std::int64_t small = std::int64_t{1} << 20U;
      constexpr std::int64_t little = std::int64_t{1} << 42U;
      const bool fast = town.denominator() < small;
      const auto of_town = [&](std::int64_t amount) {
        if (!fast || amount >= little) return town.round_of(amount);
        return (amount * town.numerator() * 2 + town.denominator()) / (town.denominator() * 2);
      };
      builder.fill(value_of(Measure::grant_town), states, [&](std::size_t i) { return of_town(fen[i]); });
      const auto& town_fen = value_of(Measure::grant_town);
      auto& district_fen = value_of(Measure::grant_district);
      district_fen.resize(builder.size());
      for (std::size_t i = 0; i < builder.size(); ++i) district_fen[i] = fen[i] - town_fen[i];
    } else {
      without_rule(money_split);
    }
    auto& due = state_of(unpaid_money);
    builder.fill_states(due, CellState::total, [&](std::size_t i) {
      return states[i] == CellState::computed && lacks(columns.paid_fen, i) ? CellState::no_paid : states[i];
    });
    builder.fill(value_of(Measure::unpaid), due,
                 [&](std::size_t i) { return above_zero(fen[i] - columns.paid_fen.values[i]); });
  } else {
    without_rule(money);
    without_rule(money_split);
    without_rule(unpaid_money);
  }

  if (rules.urban_certification || rules.rural_certification) {
    const auto rule_of = [&](std::uint8_t setting) {
      return setting == 0 ? &rules.urban_certification : &rules.rural_certification;
    };
    auto& states = state_of(certification);
    builder.fill_states(states, CellState::total, [&](std::size_t i) {
      const std::uint8_t setting = builder.setting(i);
      if (setting == SheetBuilder::unknown_setting) return CellState::no_setting;
      if (!*rule_of(setting)) return CellState::not_applicable;
      if (lacks(workers, i)) return CellState::no_workers;
      if (lacks(columns.certified, i)) return CellState::no_certified;
      if (columns.certified.values[i] > workers.values[i]) {
        const std::string limit = std::to_string(workers.values[i]);
        detail::throw_argument(builder.name_of("certified", i), columns.certified.values[i],
                               "at most the workers, " + limit, "不超过在岗人数 " + limit);
      }
      return CellState::computed;
    });
    std::array<ShareOf, 2> required{};
    for (const std::uint8_t setting : {std::uint8_t{0}, std::uint8_t{1}}) {
      if (const auto& rule = *rule_of(setting)) required[setting] = ShareOf(rule->required);
    }
    builder.fill(value_of(Measure::certificates), states, [&](std::size_t i) {
      return above_zero(required[builder.setting(i)](workers.values[i]) - columns.certified.values[i]);
    });
  } else {
    without_rule(certification);
  }

  const auto area = [&](const std::optional<FacilityRule>& rule, const Counts& have, CellState absent, Group group,
                        Measure measure) {
    if (!rule) {
      without_rule(group);
      return;
    }
    auto& states = state_of(group);
    const auto scope = builder.scope(rule->applies_to);
    builder.fill_states(states, CellState::total, [&](std::size_t i) {
      const CellState state = scope[builder.setting(i)];
      if (state != CellState::computed) return state;
      if (lacks(have, i)) return absent;
      return rule->per_household() && lacks(households, i) ? CellState::no_households : state;
    });
    const AreaNeed need(*rule);
    const bool by_size = rule->per_household();
    builder.fill(value_of(measure), states,
                 [&](std::size_t i) { return above_zero(need(by_size ? households.values[i] : 0) - have.values[i]); });
  };
  area(rules.premises, columns.office_dm2, CellState::no_office, premises, Measure::premises_gap);
  area(rules.outdoor, columns.outdoor_dm2, CellState::no_outdoor, outdoor, Measure::outdoor_gap);

  if (rules.grid_size) {
    const auto least = static_cast<std::uint32_t>(rules.grid_size->min_households);
    const auto most = static_cast<std::uint32_t>(rules.grid_size->max_households);
    auto& fewest = value_of(Measure::grids);
    auto& highest = value_of(Measure::grids_most);
    fewest.resize(builder.size());
    highest.resize(builder.size());
    auto& states = state_of(grid);
    builder.fill_states(states, CellState::total, [&](std::size_t i) {
      if (lacks(households, i)) return CellState::no_households;
      const auto count = static_cast<std::uint32_t>(households.values[i]);
      fewest[i] = count / most + (count % most != 0 ? 1 : 0);
      highest[i] = count / least;
      return fewest[i] <= highest[i] ? CellState::computed : CellState::infeasible;
    });
    builder.fill(fewest, states, [&fewest](std::size_t i) { return fewest[i]; });
    builder.fill(highest, states, [&highest](std::size_t i) { return highest[i]; });
  } else {
    without_rule(grid);
  }

  if (rules.visits) {
    const std::int64_t each = rules.visits->per_week();
    auto& states = state_of(visit);
    const auto scope = builder.scope(rules.visits->applies_to);
    builder.fill_states(states, CellState::not_additive, [&](std::size_t i) {
      const CellState state = scope[builder.setting(i)];
      if (state != CellState::computed) return state;
      if (lacks(households, i)) return CellState::no_households;
      if (lacks(workers, i)) return CellState::no_workers;
      return workers.values[i] == 0 && households.values[i] > 0 ? CellState::nobody : state;
    });
    builder.fill(
        value_of(Measure::visit_weeks), states,
        [&](std::size_t i) {
          if (households.values[i] == 0) return std::int64_t{0};
          const auto a_week = static_cast<std::uint64_t>(each * workers.values[i]);
          return static_cast<std::int64_t>((static_cast<std::uint64_t>(households.values[i]) + a_week - 1) / a_week);
        },
        false);
  } else {
    without_rule(visit);
  }

  for (std::size_t g = 0; g < DistrictSheet::num_groups; ++g)
    builder.count_unknown(sheet.unknown_[g], sheet.states_[g]);
  return sheet;
}

}  // namespace shequ

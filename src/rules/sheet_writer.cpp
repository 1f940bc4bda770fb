// SPDX-License-Identifier: BSD-3-Clause
#include "sheet_writer.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

#include "shequ/rules/staffing.hpp"

namespace shequ::detail {

void SheetWriter::write_all() {
  sheet_.rules_ = rules_;
  // In the order in which faults of the columns are named.
  write_staffing();
  write_funding();
  write_certification();
  write_area(rules_.premises, columns_.office_dm2, CellState::no_office, premises, Measure::premises_gap);
  write_area(rules_.outdoor, columns_.outdoor_dm2, CellState::no_outdoor, outdoor, Measure::outdoor_gap);
  write_grids();
  write_visits();
  for (std::size_t group = 0; group < DistrictSheet::num_groups; ++group) {
    builder_.count_unknown(sheet_.unknown_[group], sheet_.states_[group]);
  }
}

void SheetWriter::write_without_rule(SheetGroup group) {
  builder_.fill_states(states(group), CellState::no_rule, [](std::size_t) { return CellState::no_rule; });
  for (std::size_t m = 0; m < num_measures; ++m) {
    if (group_of[m] == group) builder_.fill_empty(sheet_.values_[m]);
  }
}

template <class Rule>
void SheetWriter::write_posts(const Rule& rule) {
  const auto [counts, absent] = counted_column(columns_, basis(*rules_.staffing));
  const SheetCounts& counted = *counts;
  const CellState missing = absent;
  const auto scope = builder_.scope(applies_to(*rules_.staffing));
  States& cells = states(staffing);
  builder_.fill_states(cells, CellState::total, [&](std::size_t i) {
    const CellState state = scope[builder_.setting(i)];
    if (state != CellState::computed) return state;
    if (lacks(counted, i)) return missing;
    if constexpr (std::is_same_v<Rule, StaffingTable>) {
      if (!rule.posts_range(counted.values[i])) return CellState::not_covered;
    }
    return state;
  });
  Values& posts = values(Measure::posts);
  Values& most = values(Measure::posts_most);
  if constexpr (std::is_same_v<Rule, StaffingRule>) {
    if (counts == &columns_.households && builder_.households_clean()) {
      builder_.fill_column(posts, cells,
                           [&](std::span<std::int64_t> column) { compute_posts(rule, counted.values, column); });
    } else {
      builder_.fill(posts, cells, [&](std::size_t i) { return rule.posts(counted.values[i]); });
    }
    most = posts;
  } else {
    const auto range_at = [&](std::size_t i) {
      if constexpr (std::is_same_v<Rule, StaffingTable>) {
        return rule.posts_range(counted.values[i]).value_or(PostsRange{});
      } else {
        return rule.posts_range(counted.values[i]);
      }
    };
    builder_.fill(posts, cells, [&](std::size_t i) { return range_at(i).least; });
    builder_.fill(most, cells, [&](std::size_t i) { return range_at(i).most; });
  }
}

void SheetWriter::write_staffing() {
  if (!rules_.staffing) {
    write_without_rule(staffing);
    write_without_rule(balance);
    return;
  }
  std::visit([this](const auto& rule) { write_posts(rule); }, *rules_.staffing);
  write_balance();
}

void SheetWriter::write_balance() {
  const SheetCounts& workers = columns_.workers;
  const Values& posts = values(Measure::posts);
  const Values& most = values(Measure::posts_most);
  const States& known = states(staffing);
  States& cells = states(balance);
  builder_.fill_states(cells, CellState::total, [&](std::size_t i) {
    return known[i] == CellState::computed && lacks(workers, i) ? CellState::no_workers : known[i];
  });
  builder_.fill(values(Measure::shortage), cells,
                [&](std::size_t i) { return above_zero(posts[i] - workers.values[i]); });
  builder_.fill(values(Measure::surplus), cells,
                [&](std::size_t i) { return above_zero(workers.values[i] - most[i]); });
}

void SheetWriter::write_funding() {
  if (!rules_.funding) {
    write_without_rule(money);
    write_without_rule(money_split);
    write_without_rule(unpaid_money);
    return;
  }
  const FundingRule& rule = *rules_.funding;
  const SheetCounts& households = columns_.households;
  const SheetCounts& classes = columns_.funding_class;
  const auto scope = builder_.scope(rule.applies_to);
  States& cells = states(money);
  builder_.fill_states(cells, CellState::total, [&](std::size_t i) {
    const CellState state = scope[builder_.setting(i)];
    if (state != CellState::computed) return state;
    if (rule.needs_households() && lacks(households, i)) return CellState::no_households;
    if (!rule.needs_class()) return state;
    if (lacks(classes, i)) return CellState::no_funding_class;
    if (classes.values[i] >= static_cast<std::int64_t>(rule.class_fen.size())) {
      throw_argument(builder_.name_of("funding_class", i), classes.values[i],
                     "below " + std::to_string(rule.class_fen.size()), "小于 " + std::to_string(rule.class_fen.size()));
    }
    return state;
  });
  const Grant grant(rule);
  builder_.fill(values(Measure::grant), cells, [&](std::size_t i) {
    return grant(rule.needs_households() ? households.values[i] : 0, rule.needs_class() ? classes.values[i] : 0);
  });
  write_shares();
  write_unpaid();
}

void SheetWriter::write_shares() {
  if (!rules_.shares) {
    write_without_rule(money_split);
    return;
  }
  states(money_split) = states(money);
  const Fraction town = rules_.shares->town;
  constexpr std::int64_t small = std::int64_t{1} << 20U;
  constexpr std::int64_t little = std::int64_t{1} << 42U;
  const bool fast = town.denominator() < small;
  const auto of_town = [&](std::int64_t amount) {
    if (!fast || amount >= little) return town.round_of(amount);
    return (amount * town.numerator() * 2 + town.denominator()) / (town.denominator() * 2);
  };
  const Values& fen = values(Measure::grant);
  Values& town_fen = values(Measure::grant_town);
  builder_.fill(town_fen, states(money), [&](std::size_t i) { return of_town(fen[i]); });
  Values& district_fen = values(Measure::grant_district);
  district_fen.resize(builder_.size());
  for (std::size_t i = 0; i < builder_.size(); ++i) district_fen[i] = fen[i] - town_fen[i];
}

void SheetWriter::write_unpaid() {
  const Values& fen = values(Measure::grant);
  const States& known = states(money);
  States& cells = states(unpaid_money);
  builder_.fill_states(cells, CellState::total, [&](std::size_t i) {
    return known[i] == CellState::computed && lacks(columns_.paid_fen, i) ? CellState::no_paid : known[i];
  });
  builder_.fill(values(Measure::unpaid), cells,
                [&](std::size_t i) { return above_zero(fen[i] - columns_.paid_fen.values[i]); });
}

void SheetWriter::write_certification() {
  if (!rules_.urban_certification && !rules_.rural_certification) {
    write_without_rule(certification);
    return;
  }
  const SheetCounts& workers = columns_.workers;
  const SheetCounts& certified = columns_.certified;
  const auto& rule_of = [&](std::uint8_t setting) -> const std::optional<CertificationRule>& {
    return setting == 0 ? rules_.urban_certification : rules_.rural_certification;
  };
  States& cells = states(certification);
  builder_.fill_states(cells, CellState::total, [&](std::size_t i) {
    const std::uint8_t setting = builder_.setting(i);
    if (setting == SheetBuilder::unknown_setting) return CellState::no_setting;
    if (!rule_of(setting)) return CellState::not_applicable;
    if (lacks(workers, i)) return CellState::no_workers;
    if (lacks(certified, i)) return CellState::no_certified;
    if (certified.values[i] > workers.values[i]) {
      const std::string limit = std::to_string(workers.values[i]);
      throw_argument(builder_.name_of("certified", i), certified.values[i], "at most the workers, " + limit,
                     "不超过在岗人数 " + limit);
    }
    return CellState::computed;
  });
  std::array<ShareOf, 2> required{};
  for (const std::uint8_t setting : {std::uint8_t{0}, std::uint8_t{1}}) {
    if (rule_of(setting)) required[setting] = ShareOf(rule_of(setting)->required);
  }
  builder_.fill(values(Measure::certificates), cells, [&](std::size_t i) {
    return above_zero(required[builder_.setting(i)](workers.values[i]) - certified.values[i]);
  });
}

void SheetWriter::write_area(const std::optional<FacilityRule>& rule, const SheetCounts& have, CellState absent,
                             SheetGroup group, Measure measure) {
  if (!rule) {
    write_without_rule(group);
    return;
  }
  const SheetCounts& households = columns_.households;
  const bool by_size = rule->per_household();
  const auto scope = builder_.scope(rule->applies_to);
  States& cells = states(group);
  builder_.fill_states(cells, CellState::total, [&](std::size_t i) {
    const CellState state = scope[builder_.setting(i)];
    if (state != CellState::computed) return state;
    if (lacks(have, i)) return absent;
    return by_size && lacks(households, i) ? CellState::no_households : state;
  });
  const AreaNeed need(*rule);
  builder_.fill(values(measure), cells,
                [&](std::size_t i) { return above_zero(need(by_size ? households.values[i] : 0) - have.values[i]); });
}

void SheetWriter::write_grids() {
  if (!rules_.grid_size) {
    write_without_rule(grid);
    return;
  }
  const SheetCounts& households = columns_.households;
  const auto least = static_cast<std::uint32_t>(rules_.grid_size->min_households);
  const auto most = static_cast<std::uint32_t>(rules_.grid_size->max_households);
  Values& fewest = values(Measure::grids);
  Values& highest = values(Measure::grids_most);
  fewest.resize(builder_.size());
  highest.resize(builder_.size());
  States& cells = states(grid);
  builder_.fill_states(cells, CellState::total, [&](std::size_t i) {
    if (lacks(households, i)) return CellState::no_households;
    const auto count = static_cast<std::uint32_t>(households.values[i]);
    fewest[i] = count / most + (count % most != 0 ? 1 : 0);
    highest[i] = count / least;
    return fewest[i] <= highest[i] ? CellState::computed : CellState::infeasible;
  });
  builder_.fill(fewest, cells, [&](std::size_t i) { return fewest[i]; });
  builder_.fill(highest, cells, [&](std::size_t i) { return highest[i]; });
}

void SheetWriter::write_visits() {
  if (!rules_.visits) {
    write_without_rule(visit);
    return;
  }
  const SheetCounts& households = columns_.households;
  const SheetCounts& workers = columns_.workers;
  const std::int64_t each = rules_.visits->per_week();
  const auto scope = builder_.scope(rules_.visits->applies_to);
  States& cells = states(visit);
  builder_.fill_states(cells, CellState::not_additive, [&](std::size_t i) {
    const CellState state = scope[builder_.setting(i)];
    if (state != CellState::computed) return state;
    if (lacks(households, i)) return CellState::no_households;
    if (lacks(workers, i)) return CellState::no_workers;
    return workers.values[i] == 0 && households.values[i] > 0 ? CellState::nobody : state;
  });
  builder_.fill(
      values(Measure::visit_weeks), cells,
      [&](std::size_t i) {
        if (households.values[i] == 0) return std::int64_t{0};
        const auto a_week = static_cast<std::uint64_t>(each * workers.values[i]);
        return static_cast<std::int64_t>((static_cast<std::uint64_t>(households.values[i]) + a_week - 1) / a_week);
      },
      false);
}

}  // namespace shequ::detail

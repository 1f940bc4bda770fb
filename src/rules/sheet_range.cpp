// SPDX-License-Identifier: BSD-3-Clause
#include "sheet_range.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>
#include <variant>

#include "sheet_loops.hpp"
#include "shequ/rules/staffing.hpp"

namespace shequ::detail {

namespace {

using Flags = std::array<std::uint8_t, block_size>;

/// Numbers of the units whose state says computed, by the rule itself: `value(j)` may throw for others.
template <class Value>
void fill_one_by_one(const CellState* cells, std::size_t size, std::int64_t* numbers, Value value) {
  for (std::size_t j = 0; j < size; ++j) numbers[j] = cells[j] == CellState::computed ? value(j) : 0;
}

}  // namespace

void SheetMemory::note_unknown(SheetGroup group, const Hierarchy::Family& family, UnitId end,
                               std::int32_t count) const {
  const std::int32_t rank = rank_of_mark[at(family.begin_mark)];
  if (rank < 0 || count == 0) return;
  (*unknown[plan.states_of[group]])[at(rank)] = count;
  static_assert(static_cast<int>(CellState::computed) == 0);
  CellState* const own = cells(group) + at(family.unit);
  const bool some = std::memchr(own, 0, at(end - family.unit)) != nullptr;
  if (!some && *own == CellState::total) *own = CellState::none_known;
}

SheetRange::SheetRange(const Hierarchy& tree, const SheetColumns& columns, const SheetMemory& memory, Block units)
    : tree_(tree),
      plan_(memory.plan),
      memory_(memory),
      units_(units),
      in_(tree, columns),
      families_(tree, units.begin),
      sums_(num_measures, SubtreeSums<std::uint64_t>()),
      unknown_(DistrictSheet::num_groups, SubtreeSums<std::int32_t>()) {}

void SheetRange::write() {
  const std::size_t end = units_.begin + units_.size;
  for (std::size_t begin = units_.begin; begin < end; begin += block_size) {
    block_ = {begin, std::min(block_size, end - begin)};
    in_.read(block_, faults_);
    families_.find(block_);
    write_staffing();
    write_funding();
    write_certification();
    const SheetRules& rules = plan_.rules;
    write_area(rules.premises, plan_.premises_need, in_.office_dm2, CellState::no_office, premises,
               Measure::premises_gap);
    write_area(rules.outdoor, plan_.outdoor_need, in_.outdoor_dm2, CellState::no_outdoor, outdoor,
               Measure::outdoor_gap);
    write_grids();
    write_visits();
    write_without_rule();
    write_out_numbers();
  }
}

void SheetRange::finish_states(SheetGroup group, CellState above) {
  CellState* const states = cells(group);
  mark_above(tree_.levels().data() + block_.begin, above, block_.size, states);
  // Flags in words of eight, whose sum one multiplication gives in the highest byte.
  constexpr std::uint64_t ones = 0x0101010101010101;
  Flags flags{};  // of the last block 0 at the end
  mark_unknown(states, block_.size, flags.data());
  std::array<std::uint64_t, block_size / 8> words;  // NOLINT(cppcoreguidelines-pro-type-member-init): written below
  std::memcpy(words.data(), flags.data(), sizeof words);
  std::array<std::int32_t, block_size / 8 + 1> before_word{};
  std::int32_t running = 0;
  for (std::size_t w = 0; w < words.size(); ++w) {
    running += static_cast<std::int32_t>(words[w] * ones >> 56U);
    before_word[w + 1] = running;
  }
  const auto before = [&](std::size_t j) {
    std::int32_t count = before_word[j / 8];
    for (std::size_t k = j / 8 * 8; k < j; ++k) count += flags[k];
    return count;
  };
  unknown_[group].add(families_, block_.size, before, [&](const Hierarchy::Family& family, std::int32_t count) {
    memory_.note_unknown(group, family, tree_.subtree_ends()[at(family.unit)], count);
  });
}

void SheetRange::finish(Measure measure, bool additive) {
  const auto m = static_cast<std::size_t>(measure);
  std::int64_t* const own = numbers(measure);
  bits_[m] |= keep_computed(cells(group_of[m]), block_.size, own);
  if (!additive) return;
  std::array<std::uint64_t, block_size + 1> before;  // NOLINT(cppcoreguidelines-pro-type-member-init): written below
  std::uint64_t running = 0;
  for (std::size_t j = 0; j < block_.size; ++j) {
    before[j] = running;
    running += static_cast<std::uint64_t>(own[j]);
  }
  before[block_.size] = running;
  std::int64_t* const column = memory_.column(measure);
  const auto before_unit = [&before](std::size_t j) { return before[j]; };
  sums_[m].add(families_, block_.size, before_unit, [&](const Hierarchy::Family& family, std::uint64_t sum) {
    if (memory_.rank_of_mark[at(family.begin_mark)] < 0) return;
    const std::size_t unit = at(family.unit);
    std::int64_t& place = unit >= block_.begin ? own[unit - block_.begin] : column[unit];
    place = static_cast<std::int64_t>(sum);
  });
}

std::pair<const BlockCounts*, CellState> SheetRange::counted_by(Basis basis) const noexcept {
  if (counts_persons(basis)) return {&in_.residents, CellState::no_residents};
  if (basis == Basis::dwellings) return {&in_.dwellings, CellState::no_dwellings};
  return {&in_.households, CellState::no_households};
}

void SheetRange::write_staffing() {
  if (!plan_.rules.staffing) return;
  std::visit([this](const auto& rule) { write_posts(rule); }, *plan_.rules.staffing);
  if (plan_.has_own_states[balance]) {
    std::copy_n(cells(staffing), block_.size, cells(balance));
    mark_missing(in_.workers.missing, CellState::no_workers, block_.size, cells(balance));
    finish_states(balance, CellState::total);
  }
  subtract_to_zero(numbers(Measure::posts), in_.workers.values, block_.size, numbers(Measure::shortage));
  finish(Measure::shortage);
  subtract_to_zero(in_.workers.values, numbers(Measure::posts_most), block_.size, numbers(Measure::surplus));
  finish(Measure::surplus);
}

template <class Rule>
void SheetRange::write_posts(const Rule& rule) {
  const auto [counted, absent] = counted_by(basis(*plan_.rules.staffing));
  const std::int64_t* const counts = counted->values;
  CellState* const states = cells(staffing);
  begin_states(plan_.scope(applies_to(*plan_.rules.staffing)), in_.settings(), block_.size, states);
  mark_missing(counted->missing, absent, block_.size, states);
  if constexpr (std::is_same_v<Rule, StaffingTable>) {
    Flags uncovered{};
    for (std::size_t j = 0; j < block_.size; ++j) uncovered[j] = rule.posts_range(counts[j]) ? 0 : 1;
    mark_missing(uncovered.data(), CellState::not_covered, block_.size, states);
  }
  finish_states(staffing, CellState::total);
  std::int64_t* const least = numbers(Measure::posts);
  if constexpr (std::is_same_v<Rule, StaffingRule>) {
    compute_posts(rule, std::span(counts, block_.size), std::span(least, block_.size));
  } else {
    const auto range_at = [&](std::size_t j) {
      if constexpr (std::is_same_v<Rule, StaffingTable>) {
        return rule.posts_range(counts[j]).value_or(PostsRange{});
      } else {
        return rule.posts_range(counts[j]);
      }
    };
    fill_one_by_one(states, block_.size, least, [&](std::size_t j) { return range_at(j).least; });
    fill_one_by_one(states, block_.size, numbers(Measure::posts_most), [&](std::size_t j) { return range_at(j).most; });
    finish(Measure::posts_most);
  }
  finish(Measure::posts);
}

void SheetRange::write_funding() {
  if (!plan_.rules.funding) return;
  const FundingRule& rule = *plan_.rules.funding;
  CellState* const states = cells(money);
  begin_states(plan_.scope(rule.applies_to), in_.settings(), block_.size, states);
  if (rule.needs_households()) mark_missing(in_.households.missing, CellState::no_households, block_.size, states);
  if (rule.needs_class()) mark_missing(in_.funding_class.missing, CellState::no_funding_class, block_.size, states);
  finish_states(money, CellState::total);
  write_grants(rule);
  if (plan_.has_own_states[unpaid_money]) {
    std::copy_n(states, block_.size, cells(unpaid_money));
    mark_missing(in_.paid_fen.missing, CellState::no_paid, block_.size, cells(unpaid_money));
    finish_states(unpaid_money, CellState::total);
  }
  subtract_to_zero(numbers(Measure::grant), in_.paid_fen.values, block_.size, numbers(Measure::unpaid));
  finish(Measure::unpaid);
}

void SheetRange::write_grants(const FundingRule& rule) {
  const CellState* const states = cells(money);
  std::int64_t* const fen = numbers(Measure::grant);
  const std::int64_t* const households = in_.households.values;
  const std::int64_t* const classes = in_.funding_class.values;
  const auto last = static_cast<std::int64_t>(rule.class_fen.size()) - 1;
  if (plan_.grant->fits) {
    fill_amounts(*plan_.grant, households, block_.size, fen);
    if (rule.needs_class()) {
      const std::int64_t* const supplements = rule.class_fen.data();
      std::int64_t highest = 0;
      for (std::size_t j = 0; j < block_.size; ++j) {
        highest = std::max(highest, classes[j]);
        fen[j] += supplements[std::min(classes[j], last)];
      }
      for (std::size_t j = 0; highest > last && j < block_.size; ++j) {
        if (classes[j] > last && states[j] == CellState::computed) faults_.note(unknown_class, block_.begin + j);
      }
    }
  } else {
    fill_one_by_one(states, block_.size, fen, [&](std::size_t j) {
      if (rule.needs_class() && classes[j] > last) {
        faults_.note(unknown_class, block_.begin + j);
        return std::int64_t{0};
      }
      return rule.grant(rule.needs_households() ? households[j] : 0, rule.needs_class() ? classes[j] : 0);
    });
  }
  finish(Measure::grant);
  if (!plan_.rules.shares) return;
  std::int64_t* const town_fen = numbers(Measure::grant_town);
  if (plan_.town_share->fits && *std::max_element(fen, fen + block_.size) <= RoundedShareOf::most) {
    fill_amounts(*plan_.town_share, fen, block_.size, town_fen);
  } else {
    fill_one_by_one(states, block_.size, town_fen,
                    [&](std::size_t j) { return plan_.rules.shares->town.round_of(fen[j]); });
  }
  finish(Measure::grant_town);
  std::int64_t* const district_fen = numbers(Measure::grant_district);
  for (std::size_t j = 0; j < block_.size; ++j) district_fen[j] = fen[j] - town_fen[j];
  finish(Measure::grant_district);
}

void SheetRange::write_certification() {
  const SheetRules& rules = plan_.rules;
  if (!plan_.has_rule(certification)) return;
  const Scope scope{rules.urban_certification ? CellState::computed : CellState::not_applicable,
                    rules.rural_certification ? CellState::computed : CellState::not_applicable, CellState::no_setting};
  CellState* const states = cells(certification);
  begin_states(scope, in_.settings(), block_.size, states);
  mark_missing(in_.workers.missing, CellState::no_workers, block_.size, states);
  mark_missing(in_.certified.missing, CellState::no_certified, block_.size, states);
  finish_states(certification, CellState::total);

  const std::int64_t* const workers = in_.workers.values;
  const std::int64_t* const certified = in_.certified.values;
  const bool too_many = any_above(certified, workers, block_.size);
  for (std::size_t j = 0; too_many && j < block_.size; ++j) {
    if (certified[j] > workers[j] && states[j] == CellState::computed) {
      faults_.note(too_many_certified, block_.begin + j);
    }
  }

  std::int64_t* const missing = numbers(Measure::certificates);
  const std::uint8_t* const settings = in_.settings();
  const auto required = plan_.required;
  for (std::size_t j = 0; j < block_.size; ++j) missing[j] = required[settings[j] & 1U](workers[j]);
  subtract_to_zero(missing, certified, block_.size, missing);
  finish(Measure::certificates);
}

void SheetRange::write_area(const std::optional<FacilityRule>& rule, const std::optional<AreaNeed>& need,
                            const BlockCounts& have, CellState absent, SheetGroup group, Measure measure) {
  if (!rule) return;
  const std::int64_t* const households = in_.households.values;
  CellState* const states = cells(group);
  begin_states(plan_.scope(rule->applies_to), in_.settings(), block_.size, states);
  mark_missing(have.missing, absent, block_.size, states);
  if (rule->per_household()) mark_missing(in_.households.missing, CellState::no_households, block_.size, states);
  finish_states(group, CellState::total);
  std::int64_t* const gap = numbers(measure);
  if (need->fits()) {
    fill_amounts(*need, households, block_.size, gap);
  } else {
    fill_one_by_one(states, block_.size, gap, [&](std::size_t j) { return rule->need_dm2(households[j]); });
  }
  subtract_to_zero(gap, have.values, block_.size, gap);
  finish(measure);
}

void SheetRange::write_grids() {
  if (!plan_.rules.grid_size) return;
  std::int64_t* const fewest = numbers(Measure::grids);
  std::int64_t* const highest = numbers(Measure::grids_most);
  count_parts(in_.households.values, block_.size, static_cast<std::uint32_t>(plan_.rules.grid_size->max_households),
              fewest);
  count_full_parts(in_.households.values, block_.size,
                   static_cast<std::uint32_t>(plan_.rules.grid_size->min_households), highest);
  Flags unfit;  // NOLINT(cppcoreguidelines-pro-type-member-init): written below
  mark_greater(fewest, highest, block_.size, unfit.data());
  CellState* const states = cells(grid);
  std::fill_n(states, block_.size, CellState::computed);
  mark_missing(in_.households.missing, CellState::no_households, block_.size, states);
  mark_missing(unfit.data(), CellState::infeasible, block_.size, states);
  finish_states(grid, CellState::total);
  finish(Measure::grids);
  finish(Measure::grids_most);
}

void SheetRange::write_visits() {
  if (!plan_.rules.visits) return;
  const std::int64_t* const households = in_.households.values;
  const std::int64_t* const workers = in_.workers.values;
  Flags alone;  // NOLINT(cppcoreguidelines-pro-type-member-init): written below
  mark_alone(households, workers, block_.size, alone.data());
  CellState* const states = cells(visit);
  begin_states(plan_.scope(plan_.rules.visits->applies_to), in_.settings(), block_.size, states);
  mark_missing(in_.households.missing, CellState::no_households, block_.size, states);
  mark_missing(in_.workers.missing, CellState::no_workers, block_.size, states);
  mark_missing(alone.data(), CellState::nobody, block_.size, states);
  finish_states(visit, CellState::not_additive);
  std::int64_t* const weeks = numbers(Measure::visit_weeks);
  const std::int64_t each = plan_.rules.visits->per_week();
  constexpr std::int64_t enough = std::int64_t{1} << 31U;  // more than all households: one week
  for (std::size_t j = 0; j < block_.size; ++j) {
    const auto a_week = static_cast<std::uint32_t>(std::clamp<std::int64_t>(each * workers[j], 1, enough));
    weeks[j] = (static_cast<std::uint32_t>(households[j]) + (a_week - 1)) / a_week;
  }
  finish(Measure::visit_weeks, false);
}

void SheetRange::write_without_rule() {
  if (plan_.no_rule) {
    std::fill_n(memory_.states + *plan_.no_rule * memory_.stride + block_.begin, block_.size, CellState::no_rule);
  }
  // Their numbers are 0 from the beginning.
}

void SheetRange::write_out_numbers() {
  for (std::size_t c = 0; c < plan_.num_values; ++c) {
    write_out(numbers_[c].data(), block_.size, memory_.values + c * memory_.stride + block_.begin);
  }
}

}  // namespace shequ::detail

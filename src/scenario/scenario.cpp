// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/scenario.hpp"

#include <algorithm>
#include <utility>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ {

using detail::at;
using detail::UnitCells;

Scenario::Scenario(std::shared_ptr<const ScenarioBase> base) : base_(std::move(base)) {
  if (!base_) detail::throw_argument("base", "none", "given", "给出");
  pages_ = base_->pages_;
  rules_by_number_ = base_->rules_by_number_;
}

// Reading

const std::int64_t* Scenario::cells(UnitId unit) const {
  if (unit < 0 || unit >= size()) {
    const std::string range = "[0, " + std::to_string(size() - 1) + "]";
    detail::throw_argument("unit", unit, "in " + range, "在 " + range + " 之间");
  }
  return pages_.read(unit);
}

UnitId Scenario::parent(UnitId unit) const { return static_cast<UnitId>(cells(unit)[UnitCells::parent]); }

Level Scenario::level(UnitId unit) const { return static_cast<Level>(cells(unit)[UnitCells::level]); }

std::optional<Setting> Scenario::setting(UnitId unit) const {
  const std::int64_t known = cells(unit)[UnitCells::setting];
  return known < 0 ? std::nullopt : std::optional(static_cast<Setting>(known));
}

std::optional<CommunityRule> Scenario::rule(UnitId unit, RuleKind kind) const {
  return rules_of(cells(unit))[static_cast<std::size_t>(kind)];
}

std::string Scenario::code(UnitId unit) const {
  static_cast<void>(cells(unit));
  const UnitId in_base = base_->hierarchy().size();
  return unit < in_base ? base_->hierarchy().code(unit) : made_[at(unit - in_base)].code;
}

std::string Scenario::name(UnitId unit, Language language) const {
  static_cast<void>(cells(unit));
  const UnitId in_base = base_->hierarchy().size();
  return unit < in_base ? base_->hierarchy().name(unit, language) : made_[at(unit - in_base)].name;
}

std::vector<UnitId> Scenario::children(UnitId unit) const {
  static_cast<void>(cells(unit));
  std::vector<UnitId> result;
  if (unit < base_->hierarchy().size()) {
    for (const UnitId child : base_->hierarchy().children(unit)) {
      if (parent(child) == unit) result.push_back(child);
    }
  }
  if (const auto found = arrivals_.find(unit); found != arrivals_.end()) {
    const auto middle = static_cast<std::ptrdiff_t>(result.size());
    result.insert(result.end(), found->second.begin(), found->second.end());
    std::inplace_merge(result.begin(), result.begin() + middle, result.end());
  }
  return result;
}

UnitId Scenario::find(std::string_view code) const {
  const UnitId unit = base_->hierarchy().find(code);
  if (unit != no_unit) return unit;
  const auto found = std::ranges::find(made_, code, &NewUnit::code);
  return found == made_.end() ? no_unit : base_->hierarchy().size() + static_cast<UnitId>(found - made_.begin());
}

std::optional<std::int64_t> Scenario::value(UnitId unit, std::string_view column) const {
  const std::int64_t own = cells(unit)[UnitCells::own + base_->column(column)];
  return own < 0 ? std::nullopt : std::optional(own);
}

std::optional<std::int64_t> Scenario::total(UnitId unit, std::string_view column) const {
  const std::size_t place = base_->column(column);
  const UnitCells& layout = pages_.cells();
  const std::int64_t* totals = cells(unit) + layout.totals();
  return totals[layout.columns + place] == 0 ? std::nullopt : std::optional(totals[place]);
}

std::optional<std::int64_t> Scenario::total(UnitId unit, ScenarioMeasure measure) const {
  const std::int64_t* derived = cells(unit) + pages_.cells().derived();
  const auto known = [&](std::size_t count, std::size_t number) {
    return derived[count] == 0 ? std::nullopt : std::optional(derived[number]);
  };
  switch (measure) {
    case ScenarioMeasure::communities:
      return derived[UnitCells::communities];
    case ScenarioMeasure::posts:
      return known(UnitCells::posts_known, UnitCells::posts);
    case ScenarioMeasure::shortage:
      return known(UnitCells::balance_known, UnitCells::shortage);
    case ScenarioMeasure::surplus:
      return known(UnitCells::balance_known, UnitCells::surplus);
    default:
      break;
  }
  const std::size_t place = pages_.cells().place(*kind_of(measure));
  return place == 0 ? std::nullopt : known(place + 1, place);
}

// Keeping totals up to date

/// Adds `carried` to the totals of a unit and all above it. A community on the way adds what its rules make of that.
/// The first pass, without Write, throws where a number has no place, and gets pages of one's own; the second cannot
/// fail.
template <bool Write>
void Scenario::carry_up(UnitId unit, std::span<std::int64_t> carried) {
  const UnitCells& layout = pages_.cells();
  const std::size_t counts = 2 * layout.columns;
  const std::span<std::int64_t> derived = carried.subspan(counts);
  detail::Derived before{};
  detail::Derived after{};
  std::vector<std::int64_t> next(Write ? 0 : carried.size());
  for (; unit != no_unit;) {
    std::int64_t* row = pages_.write(unit);
    const std::span<std::int64_t> totals{row + layout.totals(), layout.num_totals()};
    const bool community = row[UnitCells::level] == static_cast<std::int64_t>(Level::community);
    const auto derive = [&](std::span<const std::int64_t> of) {
      return detail::derive(base_->counts_, rules_of(row), layout, of.first(counts));
    };
    // Whole totals are checked before any is written; in between they stay small enough to be taken back.
    const auto add = [&](std::size_t begin, std::size_t end) {
      for (std::size_t m = begin; m < end; ++m) {
        if constexpr (Write) {
          totals[m] += carried[m];
        } else if (__builtin_add_overflow(totals[m], carried[m], &next[m])) {
          throw InvalidInput("a total overflows 64 bits at " + called(unit),
                             called(unit) + " 的合计超出 64 位整数范围");
        }
      }
    };
    if (community) before = derive(totals);
    add(0, counts);
    if (community) {
      after = derive(Write ? totals : std::span<std::int64_t>(next));
      for (std::size_t d = 0; d < layout.num_derived; ++d) derived[d] += after[d] - before[d];
    }
    add(counts, totals.size());
    unit = static_cast<UnitId>(row[UnitCells::parent]);
  }
}

void Scenario::climb(UnitId unit, std::span<std::int64_t> carried) {
  std::vector<std::int64_t> tried(carried.begin(), carried.end());
  carry_up<false>(unit, tried);
  carry_up<true>(unit, carried);
}

void Scenario::write_parent(UnitId unit, UnitId from, UnitId to) {
  const UnitCells& layout = pages_.cells();
  const UnitId in_base = base_->hierarchy().size();
  const UnitId first = unit < in_base ? base_->hierarchy().parent(unit) : no_unit;
  const std::int64_t* totals = pages_.read(unit) + layout.totals();
  std::vector<std::int64_t> carried(totals, totals + layout.num_totals());
  if (from != no_unit) {
    for (std::int64_t& number : carried) number = -number;
    climb(from, carried);
    if (from != first) {
      const auto place = arrivals_.find(from);
      place->second.erase(unit);
      if (place->second.empty()) arrivals_.erase(place);
    }
  }
  std::int64_t* row = pages_.write(unit);
  row[UnitCells::parent] = to;
  if (to == no_unit) return;
  carried.assign(row + layout.totals(), row + layout.size());
  climb(to, carried);
  if (to != first) arrivals_[to].insert(unit);
}

void Scenario::write(const Change& change, bool backward) {
  const std::int64_t from = backward ? change.after : change.before;
  const std::int64_t to = backward ? change.before : change.after;
  if (from == to) return;
  if (change.cell == UnitCells::parent) {
    write_parent(change.unit, static_cast<UnitId>(from), static_cast<UnitId>(to));
    return;
  }
  const UnitCells& layout = pages_.cells();
  std::vector<std::int64_t> carried(layout.num_totals(), 0);
  if (change.cell >= UnitCells::own) {
    const std::size_t column = change.cell - UnitCells::own;
    carried[column] = std::max<std::int64_t>(to, 0) - std::max<std::int64_t>(from, 0);
    carried[layout.columns + column] = (to < 0 ? 0 : 1) - (from < 0 ? 0 : 1);
    climb(change.unit, carried);
  } else if (change.cell == UnitCells::rules) {
    const std::span totals{pages_.read(change.unit) + layout.totals(), 2 * layout.columns};
    const auto derived = [&](std::int64_t number) {
      return detail::derive(base_->counts_, rules_by_number_[static_cast<std::size_t>(number)], layout, totals);
    };
    const detail::Derived before = derived(from);
    const detail::Derived after = derived(to);
    for (std::size_t d = 0; d < layout.num_derived; ++d) carried[2 * layout.columns + d] = after[d] - before[d];
    // The units above only: the rules of the unit itself change what it derives.
    climb(change.unit, carried);
  }
  pages_.write(change.unit)[change.cell] = to;
}

void Scenario::make_unit(const NewUnit& unit) {
  made_.push_back(unit);
  const std::size_t id = pages_.size();
  pages_.resize(id + 1);
  const UnitCells& layout = pages_.cells();
  std::int64_t* row = pages_.write(static_cast<UnitId>(id));
  std::fill_n(row, layout.size(), 0);
  row[UnitCells::parent] = no_unit;
  row[UnitCells::level] = static_cast<std::int64_t>(unit.level);
  row[UnitCells::setting] = -1;
  std::fill_n(row + UnitCells::own, layout.columns, -1);
  if (unit.level == Level::community) row[layout.derived() + UnitCells::communities] = 1;
}

// History

void Scenario::push(std::shared_ptr<const Done> done) noexcept {
  history_.resize(done_);
  history_.push_back(std::move(done));  // there is room: see make_room
  ++done_;
}

void Scenario::repeat(const Done& done, bool backward) {
  if (done.changes.size() == 1 && done.made.empty() && done.changes[0].cell >= UnitCells::own) {
    write(done.changes[0], backward);  // all or nothing by itself
    return;
  }
  Scenario before(*this);
  try {
    if (!backward) {
      for (const NewUnit& unit : done.made) make_unit(unit);
      for (const Change& change : done.changes) write(change, false);
    } else {
      for (std::size_t i = done.changes.size(); i-- > 0;) write(done.changes[i], true);
      made_.resize(made_.size() - done.made.size());
      pages_.resize(pages_.size() - done.made.size());
    }
  } catch (...) {
    *this = std::move(before);
    throw;
  }
}

void Scenario::undo() {
  if (done_ == 0) throw InvalidInput("nothing to undo: the scenario is its base", "没有可撤销的操作：已是基准状态");
  repeat(*history_[done_ - 1], true);
  --done_;
}

void Scenario::redo() {
  if (done_ == history_.size()) {
    throw InvalidInput("nothing to redo: no edit was taken back", "没有可重做的操作：没有撤销过的操作");
  }
  repeat(*history_[done_], false);
  ++done_;
}

const Edit& Scenario::edit(std::size_t number) const {
  if (number < 1 || number > done_) {
    const std::string range = "[1, " + std::to_string(done_) + "]";
    detail::throw_argument("edit", static_cast<long long>(number), "in " + range, "在 " + range + " 之间");
  }
  return history_[number - 1]->edit;
}

std::size_t Scenario::common_edits(const Scenario& other) const noexcept {
  std::size_t common = 0;
  while (common < std::min(done_, other.done_) && history_[common] == other.history_[common]) ++common;
  return common;
}

std::vector<Succession> Scenario::successions() const {
  std::vector<Succession> result;
  for (std::size_t i = 0; i < done_; ++i) {
    const Edit& edit = history_[i]->edit;
    if (edit.kind < EditKind::merge) continue;
    Succession next{edit.kind, edit.units, edit.made, static_cast<std::int64_t>(i + 1)};
    if (edit.kind == EditKind::create) next.before.clear();
    if (edit.kind == EditKind::move) next.after = edit.units;
    result.push_back(std::move(next));
  }
  return result;
}

std::vector<UnitId> Scenario::successors(UnitId unit) const {
  static_cast<void>(cells(unit));
  std::set<UnitId> now{unit};
  for (const Succession& step : successions()) {
    if (step.kind == EditKind::create || step.kind == EditKind::move) continue;
    bool touched = false;
    for (const UnitId gone : step.before) touched = now.erase(gone) != 0 || touched;
    if (touched) now.insert(step.after.begin(), step.after.end());
  }
  return {now.begin(), now.end()};
}

// Values

void Scenario::change_value(Edit&& edit, std::size_t column, std::int64_t after) {
  const UnitId unit = edit.units[0];
  const auto cell = static_cast<std::uint32_t>(UnitCells::own + column);
  const std::int64_t before = pages_.read(unit)[cell];
  auto done = std::make_shared<Done>();
  done->changes.push_back({unit, cell, before, after});
  done->edit = std::move(edit);
  if (history_.capacity() == done_) history_.reserve(2 * done_ + 8);
  write(done->changes[0], false);
  push(std::move(done));
}

void Scenario::set(UnitId unit, std::string_view column, std::optional<std::int64_t> value) {
  check_exists("unit", unit);
  const std::size_t place = base_->column(column);
  if (value && *value < 0) detail::throw_argument(column, *value, "0 or more, or missing", "大于或等于 0，或缺失");
  if (value && pages_.read(unit)[UnitCells::own + place] < 0) check_place(unit, place);
  Edit edit;
  edit.kind = EditKind::set;
  edit.units = {unit};
  edit.column = column;
  edit.value = value;
  change_value(std::move(edit), place, value.value_or(-1));
}

void Scenario::add(UnitId unit, std::string_view column, std::int64_t difference) {
  check_exists("unit", unit);
  const std::size_t place = base_->column(column);
  const std::int64_t own = pages_.read(unit)[UnitCells::own + place];
  if (own < 0) {
    throw InvalidInput(std::string(column) + " of " + called(unit) + " is missing: set it before adding to it",
                       called(unit) + " 的 " + std::string(column) + " 缺失：请先设值再增减");
  }
  std::int64_t sum = 0;
  if (__builtin_add_overflow(own, difference, &sum) || sum < 0) {
    detail::throw_argument("difference", difference, "at least " + std::to_string(-own) + " and leave 64 bits",
                           "不小于 " + std::to_string(-own) + "，且不超出 64 位整数");
  }
  Edit edit;
  edit.kind = EditKind::add;
  edit.units = {unit};
  edit.column = column;
  edit.value = difference;
  change_value(std::move(edit), place, sum);
}

}  // namespace shequ

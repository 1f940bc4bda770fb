// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shequ/detail/index.hpp"
#include "shequ/detail/wide.hpp"
#include "shequ/rules/grid_count.hpp"
#include "shequ/rules/sheet.hpp"

// What district_sheet is made of: checked columns, states, sums, and the rules in 64-bit numbers where they fit.
namespace shequ::detail {

using SheetCounts = ColumnView<std::int64_t>;

inline constexpr std::int64_t max_fen = std::numeric_limits<std::int64_t>::max() / 4;

/// Groups of measures: they index states and unknown counts.
enum SheetGroup : std::size_t {
  staffing,
  balance,
  money,
  money_split,
  unpaid_money,
  certification,
  premises,
  outdoor,
  grid,
  visit
};
inline constexpr std::array<SheetGroup, num_measures> group_of{
    staffing,     staffing,      balance,  balance, money, money_split, money_split,
    unpaid_money, certification, premises, outdoor, grid,  grid,        visit};

[[nodiscard]] inline bool lacks(const SheetCounts& column, std::size_t i) noexcept {
  return column.values.empty() || (!column.missing.empty() && column.missing[i] != 0);
}

class SheetBuilder {
 public:
  SheetBuilder(const Hierarchy& hierarchy, const SheetColumns& columns, const SheetRules& rules)
      : tree_(hierarchy), columns_(columns), rules_(rules), size_(at(hierarchy.size())), levels_(hierarchy.levels()) {
    static_cast<void>(check_column("setting", columns.setting, 1));
    households_clean_ = check_column("households", columns.households, max_unit_households);
    static_cast<void>(check_column("dwellings", columns.dwellings, max_unit_households));
    static_cast<void>(check_column("residents", columns.residents, max_unit_households));
    static_cast<void>(check_column("workers", columns.workers, max_unit_households));
    static_cast<void>(check_column("certified", columns.certified, max_unit_households));
    static_cast<void>(check_column("office_dm2", columns.office_dm2, max_area_dm2));
    static_cast<void>(check_column("outdoor_dm2", columns.outdoor_dm2, max_area_dm2));
    static_cast<void>(check_column("funding_class", columns.funding_class, max_unit_households));
    static_cast<void>(check_column("paid_fen", columns.paid_fen, max_fen));
    check_rules();
    settings_.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) {
      const bool known =
          !columns.setting.values.empty() && (columns.setting.missing.empty() || columns.setting.missing[i] == 0);
      settings_[i] = known ? columns.setting.values[i] : unknown_setting;
    }
  }

  /// Fills the states of a group: `state(i)` at communities.
  template <class State>
  void fill_states(LargeVector<CellState>& states, CellState above, State state) const {
    states.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) states[i] = levels_[i] == Level::community ? state(i) : above;
  }

  /// A rule's first test, is it for this community, as a state for each setting: urban, rural, unknown.
  [[nodiscard]] std::array<CellState, 3> scope(const std::optional<Setting>& applies_to) const noexcept {
    if (!applies_to || rules_.every_setting) {
      return {CellState::computed, CellState::computed, CellState::computed};
    }
    std::array<CellState, 3> states{CellState::not_applicable, CellState::not_applicable, CellState::no_setting};
    states[static_cast<std::size_t>(*applies_to)] = CellState::computed;
    return states;
  }

  /// Fills a measure: `value(i)` where the state says computed, and the sums above where they add up. Sums are
  /// differences of running sums, as in rollup_sum, taken in the same pass that fills the column.
  template <class Value>
  void fill(LargeVector<std::int64_t>& values, const LargeVector<CellState>& states, Value value,
            bool additive = true) const {
    values.resize(size_);
    const auto marks = tree_.marks();
    std::vector<std::uint64_t> at_mark(marks.size() + 1);
    std::uint64_t running = 0;
    std::uint64_t bits = 0;
    std::size_t begin = 0;
    for (std::size_t mark = 0; mark <= marks.size(); ++mark) {
      const std::size_t end = mark < marks.size() ? at(marks[mark]) : size_;
      for (std::size_t i = begin; i < end; ++i) {
        const std::int64_t own = states[i] == CellState::computed ? value(i) : 0;
        values[i] = own;
        bits |= static_cast<std::uint64_t>(own);
        running += static_cast<std::uint64_t>(own);
      }
      at_mark[mark] = running;
      begin = end;
    }
    if (!additive) return;
    if (size_ > 0 && bits >= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / size_) {
      // Some total may not fit: rollup_sum looks at each, and names the first that does not.
      static_cast<void>(rollup_sum<std::int64_t>(tree_, ColumnView<std::int64_t>{values, {}}));
    }
    for (const auto& family : tree_.families()) {
      // A community below a community counts in the town and not in the community above it.
      if (levels_[at(family.unit)] == Level::community) continue;
      values[at(family.unit)] =
          static_cast<std::int64_t>(at_mark[at(family.end_mark)] - at_mark[at(family.begin_mark)]);
    }
  }

  /// The same for values that are computed for every unit at once, into the memory that `compute` is given.
  template <class Compute>
  void fill_column(LargeVector<std::int64_t>& values, const LargeVector<CellState>& states, Compute compute) const {
    values.resize(size_);
    compute(std::span<std::int64_t>(values));
    fill(values, states, [&values](std::size_t i) { return values[i]; });
  }

  void fill_empty(LargeVector<std::int64_t>& values) const { values.assign(size_, 0); }

  /// Counts the unknown communities of every subtree.
  void count_unknown(LargeVector<std::int32_t>& unknown, const LargeVector<CellState>& states) const {
    unknown.resize(size_);
    const auto marks = tree_.marks();
    std::vector<std::int32_t> at_mark(marks.size() + 1);
    std::int32_t running = 0;
    std::size_t begin = 0;
    for (std::size_t mark = 0; mark <= marks.size(); ++mark) {
      const std::size_t end = mark < marks.size() ? at(marks[mark]) : size_;
      for (std::size_t i = begin; i < end; ++i) {
        unknown[i] = is_unknown(states[i]) ? 1 : 0;
        running += unknown[i];
      }
      at_mark[mark] = running;
      begin = end;
    }
    if (running == 0) return;
    for (const auto& family : tree_.families()) {
      if (levels_[at(family.unit)] == Level::community) continue;
      unknown[at(family.unit)] = at_mark[at(family.end_mark)] - at_mark[at(family.begin_mark)];
    }
  }

  [[nodiscard]] const SheetColumns& columns() const noexcept { return columns_; }
  [[nodiscard]] std::uint8_t setting(std::size_t i) const noexcept { return settings_[i]; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// True where the rules may be applied to households of all units, whether they count or not.
  [[nodiscard]] bool households_clean() const noexcept {
    return households_clean_ && !columns_.households.values.empty();
  }
  [[nodiscard]] std::string name_of(std::string_view column, std::size_t i) const {
    return std::string(column) + " of code=" + tree_.code(static_cast<UnitId>(i));
  }

  static constexpr std::uint8_t unknown_setting = 2;

 private:
  /// True where every value is in [0, most], those that do not count included; throws naming one that counts and is
  /// not.
  template <class T>
  [[nodiscard]] bool check_column(std::string_view name, const ColumnView<T>& column, std::int64_t most) const {
    if (column.values.empty() && column.missing.empty()) return true;
    check_length(name, column.values.size(), size_);
    if (!column.missing.empty()) check_length(std::string(name) + ".missing", column.missing.size(), size_);
    // Negative bits where a value is out of range, without a branch; who it is and whether it counts is looked at then.
    std::uint64_t bits = 0;
    for (const T value : column.values) {
      const auto wide = static_cast<std::int64_t>(value);
      bits |= static_cast<std::uint64_t>(wide) | (static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(wide));
    }
    if (bits >> 63U == 0) return true;
    for (std::size_t i = 0; i < size_; ++i) {
      const auto value = static_cast<std::int64_t>(column.values[i]);
      const bool out = value < 0 || value > most;
      if (!out || levels_[i] != Level::community || (!column.missing.empty() && column.missing[i] != 0)) continue;
      const std::string range = "[0, " + std::to_string(most) + "]";
      throw_argument(name_of(name, i), value, "in " + range, "在 " + range + " 之间");
    }
    return false;
  }

  void check_rules() const {
    if (!columns_.households.values.empty() && !rules_.household_basis) {
      throw InvalidInput(
          "household_basis must be given with households: registered_households, resident_households or "
          "households",
          "给出户数时必须说明口径 household_basis：registered_households、resident_households 或 households");
    }
    if (rules_.staffing) {
      validate(*rules_.staffing);
      const Basis wanted = basis(*rules_.staffing);
      const bool kind = wanted == Basis::registered_households || wanted == Basis::resident_households;
      if (kind && rules_.household_basis && *rules_.household_basis != wanted) {
        throw_argument(
            "household_basis", to_string(*rules_.household_basis),
            std::string(to_string(wanted)) + ", which " + std::string(rule_id(*rules_.staffing).view()) + " counts",
            "是该标准的口径 " + std::string(to_string(wanted)));
      }
    }
    if (rules_.funding) rules_.funding->validate();
    if (rules_.shares) rules_.shares->validate();
    if (rules_.urban_certification) rules_.urban_certification->validate();
    if (rules_.rural_certification) rules_.rural_certification->validate();
    if (rules_.premises) rules_.premises->validate();
    if (rules_.outdoor) rules_.outdoor->validate();
    if (rules_.visits) rules_.visits->validate();
    if (rules_.grid_size) {
      static_cast<void>(grid_count(0, rules_.grid_size->min_households, rules_.grid_size->max_households));
      if (rules_.grid_size->max_households > max_unit_households) {
        throw_argument("grid_size.max_households", rules_.grid_size->max_households, "at most 2147483647",
                       "不超过 2147483647");
      }
    }
  }

  const Hierarchy& tree_;
  const SheetColumns& columns_;
  const SheetRules& rules_;
  std::size_t size_;
  std::span<const Level> levels_;
  LargeVector<std::uint8_t> settings_;
  bool households_clean_{};
};

/// The column that a norm counts, and what to say where it is missing.
[[nodiscard]] inline std::pair<const SheetCounts*, CellState> counted_column(const SheetColumns& columns, Basis basis) {
  if (counts_persons(basis)) return {&columns.residents, CellState::no_residents};
  if (basis == Basis::dwellings) return {&columns.dwellings, CellState::no_dwellings};
  return {&columns.households, CellState::no_households};
}

[[nodiscard]] constexpr std::int64_t above_zero(std::int64_t value) noexcept { return value > 0 ? value : 0; }

/// A share in [0, 1] of a count, rounded up: in 64 bits where its numbers are small, as all are that occur.
class ShareOf {
 public:
  ShareOf() = default;
  explicit ShareOf(const Fraction& share) : share_(share), fast_(share.denominator() <= std::int64_t{1} << 30U) {}
  [[nodiscard]] std::int64_t operator()(std::int64_t count) const {
    if (!fast_) return share_.ceil_of(count);
    return (share_.numerator() * count + share_.denominator() - 1) / share_.denominator();
  }

 private:
  Fraction share_;
  bool fast_{true};
};

/// ceil(numerator * n / denominator), at least `least`: exact in 64 bits where the factors are small, as all are that
/// occur; the rule itself otherwise.
class AreaNeed {
 public:
  explicit AreaNeed(const FacilityRule& rule) : rule_(&rule), least_(rule.need_dm2(0)) {
    const Fraction each = rule.step_m2 * Fraction(100, rule.step_households);
    constexpr std::int64_t small = std::int64_t{1} << 30U;
    fast_ = rule.rounding == AreaRounding::pro_rata && each.numerator() < small && each.denominator() < small;
    numerator_ = fast_ ? each.numerator() : 0;
    denominator_ = fast_ ? each.denominator() : 1;
  }
  [[nodiscard]] std::int64_t operator()(std::int64_t households) const {
    if (!fast_) return rule_->need_dm2(households);
    const std::int64_t product = numerator_ * households + denominator_ - 1;
    return std::max(least_, denominator_ == 1 ? product : product / denominator_);
  }

 private:
  const FacilityRule* rule_;
  std::int64_t least_;
  bool fast_{};
  std::int64_t numerator_{};
  std::int64_t denominator_{1};
};

/// The grant of a rule in 64 bits where no amount can exceed them.
class Grant {
 public:
  explicit Grant(const FundingRule& rule) : rule_(&rule), slack_(rounding_slack(rule.rounding, rule.step_households)) {
    Int128 most = Int128{rule.base_fen} + Int128{rule.step_fen} * max_unit_households;
    for (const std::int64_t supplement : rule.class_fen) most += supplement;
    fast_ = most < std::numeric_limits<std::int64_t>::max();
  }
  [[nodiscard]] std::int64_t operator()(std::int64_t households, std::int64_t community_class) const {
    if (!fast_) return rule_->grant(households, community_class);
    const std::int64_t over = above_zero(households - rule_->base_households);
    // Households are below 2^31, so that the unsigned division of 32 bits will do. A slack may go beyond: of 0 over, 0.
    const std::int64_t steps =
        rule_->step_households == 1 || over == 0 ? over : (over + slack_) / rule_->step_households;
    const std::int64_t supplement =
        rule_->class_fen.empty() ? 0 : rule_->class_fen[static_cast<std::size_t>(community_class)];
    return rule_->base_fen + rule_->step_fen * steps + supplement;
  }

 private:
  const FundingRule* rule_;
  std::int64_t slack_;
  bool fast_{};
};

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/base.hpp"

#include <algorithm>
#include <utility>

#include "scenario_detail.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/rules/grid_count.hpp"

namespace shequ {

using detail::at;
using detail::Hash;
using detail::UnitCells;

namespace {

void hash_norm(Hash& hash, const StaffingNorm& norm) {
  hash.number(static_cast<std::int64_t>(norm.index()));
  hash.text(rule_id(norm).view());
  hash.number(static_cast<std::int64_t>(basis(norm)));
  hash.number(static_cast<std::int64_t>(rounding(norm)));
  hash.number(static_cast<std::int64_t>(applies_to(norm)));
  if (const auto* rule = std::get_if<StaffingRule>(&norm)) {
    for (const std::int64_t n : {rule->base, rule->base_households, rule->step_households}) hash.number(n);
  } else if (const auto* ratio = std::get_if<StaffingRatio>(&norm)) {
    for (const std::int64_t n : {ratio->posts, ratio->per, ratio->most_per, ratio->minimum}) hash.number(n);
  } else if (const auto* table = std::get_if<StaffingTable>(&norm)) {
    hash.number(table->from);
    for (const StaffingBand& band : table->bands()) {
      for (const std::int64_t n : {band.up_to, band.posts.least, band.posts.most}) hash.number(n);
    }
  }
}

void hash_fraction(Hash& hash, const Fraction& fraction) {
  hash.number(fraction.numerator());
  hash.number(fraction.denominator());
}

void hash_rule(Hash& hash, const CommunityRule& rule) {
  if (const auto* norm = std::get_if<StaffingNorm>(&rule)) {
    hash_norm(hash, *norm);
  } else if (const auto* funding = std::get_if<FundingRule>(&rule)) {
    hash.text(funding->id.view());
    for (const std::int64_t n : {funding->base_fen, funding->base_households, funding->step_fen,
                                 funding->step_households, static_cast<std::int64_t>(funding->rounding)}) {
      hash.number(n);
    }
  } else if (const auto* certification = std::get_if<CertificationRule>(&rule)) {
    hash.text(certification->id.view());
    hash_fraction(hash, certification->required);
    hash.number(static_cast<std::int64_t>(certification->min_level));
  } else if (const auto* facility = std::get_if<FacilityRule>(&rule)) {
    hash.text(facility->id.view());
    hash_fraction(hash, facility->least_m2);
    hash_fraction(hash, facility->step_m2);
    hash.number(facility->step_households);
    hash.number(static_cast<std::int64_t>(facility->rounding));
  } else if (const auto* size = std::get_if<GridSize>(&rule)) {
    hash.number(size->min_households);
    hash.number(size->max_households);
  }
}

[[nodiscard]] bool is_measure(std::string_view name) {
  for (std::size_t m = 0; m < num_scenario_measures; ++m) {
    if (to_string(static_cast<ScenarioMeasure>(m)) == name) return true;
  }
  return false;
}

[[nodiscard]] bool is_there(const ColumnView<std::int64_t>& column, std::size_t i) {
  return column.missing.empty() || column.missing[i] == 0;
}

void check_columns(std::span<const NamedColumn> columns, std::size_t size) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const NamedColumn& column = columns[c];
    const auto same = [&](const NamedColumn& other) { return other.name == column.name; };
    const auto before = columns.first(c);
    if (column.name.empty() || std::ranges::any_of(before, same) || is_measure(column.name)) {
      detail::throw_argument("columns[" + std::to_string(c) + "]", "\"" + column.name + "\"",
                             "a name, given once and none of a measure", "是名称，不能重复，也不能是指标名");
    }
    detail::check_length(column.name, column.values.values.size(), size);
    if (!column.values.missing.empty()) {
      detail::check_length(column.name + " missing", column.values.missing.size(), size);
    }
  }
}

[[nodiscard]] std::int32_t place_of(std::span<const std::string> columns, std::string_view name) {
  const auto found = std::ranges::find(columns, name);
  return found == columns.end() ? -1 : static_cast<std::int32_t>(found - columns.begin());
}

}  // namespace

namespace detail {

namespace {

[[nodiscard]] bool is_of_kind(const CommunityRule& rule, RuleKind kind) noexcept {
  switch (kind) {
    case RuleKind::staffing:
      return std::holds_alternative<StaffingNorm>(rule);
    case RuleKind::funding:
      return std::holds_alternative<FundingRule>(rule);
    case RuleKind::certification:
      return std::holds_alternative<CertificationRule>(rule);
    case RuleKind::premises:
    case RuleKind::outdoor:
      return std::holds_alternative<FacilityRule>(rule);
    case RuleKind::grid_size:
      return std::holds_alternative<GridSize>(rule);
  }
  return false;
}

void need(std::string_view rule, std::int32_t column, std::string_view name) {
  if (column >= 0) return;
  throw_argument("rule", rule, "one that counts a column there is; it needs " + std::string(name),
                 "按已有的列计算；它需要列 " + std::string(name));
}

void check(const CountColumns& counts, const StaffingNorm& norm, RuleKind /*kind*/) {
  validate(norm);
  need(rule_id(norm).view(), counts.of(basis(norm)),
       counts_persons(basis(norm))       ? "residents"
       : basis(norm) == Basis::dwellings ? "dwellings"
                                         : "households");
}

void check(const CountColumns& counts, const FundingRule& rule, RuleKind /*kind*/) {
  rule.validate();
  if (rule.needs_class()) {
    throw_argument("rule", rule.id.view(), "without classes: a scenario has no classes of communities",
                   "不分类别：方案中没有社区类别");
  }
  if (rule.needs_households()) need(rule.id.view(), counts.households, "households");
}

void check(const CountColumns& counts, const CertificationRule& rule, RuleKind /*kind*/) {
  rule.validate();
  need(rule.id.view(), counts.workers, "workers");
  need(rule.id.view(), counts.certified, "certified");
}

void check(const CountColumns& counts, const FacilityRule& rule, RuleKind kind) {
  rule.validate();
  const bool premises = kind == RuleKind::premises;
  need(rule.id.view(), premises ? counts.office_dm2 : counts.outdoor_dm2, premises ? "office_dm2" : "outdoor_dm2");
  if (rule.per_household()) need(rule.id.view(), counts.households, "households");
}

void check(const CountColumns& counts, const GridSize& size, RuleKind /*kind*/) {
  static_cast<void>(grid_count(0, size.min_households, size.max_households));
  need("grid_size", counts.households, "households");
}

}  // namespace

void check_rule(const CountColumns& counts, const UnitCells& cells, const RuleAssignment& assigned) {
  const RuleKind kind = assigned.kind;
  if (kind != RuleKind::staffing && cells.place(kind) == 0) {
    throw_argument("kind", to_string(kind), "one that the base has a rule of", "是基准中已有规则的种类");
  }
  if (!assigned.rule) return;
  if (!is_of_kind(*assigned.rule, kind)) {
    throw_argument("rule", "of another type", "one of " + std::string(to_string(kind)),
                   "是" + std::string(to_string(kind, Language::zh)) + "规则");
  }
  std::visit([&](const auto& rule) { check(counts, rule, kind); }, *assigned.rule);
}

std::int64_t number_of(const CommunityRules& rules, std::vector<CommunityRules>& known) {
  const auto found = std::ranges::find(known, rules);
  if (found != known.end()) return found - known.begin();
  known.push_back(rules);
  return std::ssize(known) - 1;
}

std::int64_t GivenRule::number_after(std::int64_t before) {
  const auto [entry, is_new] = after_.try_emplace(before);
  if (is_new) {
    CommunityRules rules = known_[static_cast<std::size_t>(before)];
    rules[static_cast<std::size_t>(given_.kind)] = given_.rule;
    entry->second = number_of(rules, known_);
  }
  return entry->second;
}

}  // namespace detail

std::size_t ScenarioBase::column(std::string_view name) const {
  const std::int32_t place = place_of(columns_, name);
  if (place >= 0) return at(place);
  std::string allowed;
  for (const std::string& known : columns_) allowed.append(allowed.empty() ? "" : ", ").append(known);
  detail::throw_argument("column", "\"" + std::string(name) + "\"", "one of " + allowed, "是以下之一：" + allowed);
}

std::shared_ptr<const ScenarioBase> ScenarioBase::make(Hierarchy hierarchy, std::span<const NamedColumn> columns,
                                                       std::vector<RuleAssignment> rules,
                                                       const ColumnView<std::uint8_t>& setting, UnitContacts contacts) {
  const std::size_t size = at(hierarchy.size());
  if (size == 0) detail::throw_argument("hierarchy.size()", 0, "1 or more", "至少为 1");
  check_columns(columns, size);
  if (!setting.values.empty()) detail::check_length("setting", setting.values.size(), size);
  if (!setting.missing.empty()) detail::check_length("setting missing", setting.missing.size(), size);

  const std::shared_ptr<ScenarioBase> base(new ScenarioBase);
  base->contacts_ = detail::ContactMap(std::move(contacts), hierarchy);
  base->hierarchy_ = std::move(hierarchy);
  base->rules_ = std::move(rules);
  for (const NamedColumn& column : columns) base->columns_.push_back(column.name);
  const auto place = [&](std::string_view name) { return place_of(base->columns_, name); };
  base->counts_ = {place("households"), place("dwellings"),  place("residents"),  place("workers"),
                   place("certified"),  place("office_dm2"), place("outdoor_dm2")};
  base->rules_by_number_.emplace_back();
  const std::size_t count = columns.size();
  UnitCells cells{count};
  for (const RuleAssignment& rule : base->rules_) cells.add(rule.kind);
  base->pages_ = detail::UnitPages(size, cells);
  const Hierarchy& tree = base->hierarchy_;

  for (std::size_t i = 0; i < size; ++i) {
    const auto unit = static_cast<UnitId>(i);
    std::int64_t* row = base->pages_.write(unit);
    row[UnitCells::parent] = tree.parents()[i];
    row[UnitCells::level] = static_cast<std::int64_t>(tree.levels()[i]);
    const bool known = !setting.values.empty() && (setting.missing.empty() || setting.missing[i] == 0);
    row[UnitCells::setting] = known ? setting.values[i] : -1;
    if (row[UnitCells::setting] > 1) {
      detail::throw_argument("setting of " + tree.code(unit), row[UnitCells::setting], "0 or 1", "是 0 或 1");
    }
    for (std::size_t c = 0; c < count; ++c) {
      const bool there = is_there(columns[c].values, i);
      row[UnitCells::own + c] = there ? columns[c].values.values[i] : -1;
      if (there && columns[c].values.values[i] < 0) {
        detail::throw_argument(columns[c].name + " of " + tree.code(unit), columns[c].values.values[i], "0 or more",
                               "大于或等于 0");
      }
    }
  }
  for (const RuleAssignment& rule : base->rules_) {
    detail::check_rule(base->counts_, cells, rule);
    detail::GivenRule given(rule, base->rules_by_number_);
    const UnitSlice below = tree.subtree(rule.scope);
    for (UnitId unit = below.begin; unit < below.end; ++unit) {
      std::int64_t* row = base->pages_.write(unit);
      if (tree.level(unit) != Level::community) continue;
      if (rule.setting && row[UnitCells::setting] != static_cast<std::int64_t>(*rule.setting)) continue;
      row[UnitCells::rules] = given.number_after(row[UnitCells::rules]);
    }
  }
  for (UnitId unit = tree.size() - 1; unit >= 0; --unit) {
    std::int64_t* row = base->pages_.write(unit);
    std::int64_t* totals = row + cells.totals();
    for (std::size_t c = 0; c < count; ++c) {
      if (row[UnitCells::own + c] < 0) continue;
      if (totals[count + c] != 0) {
        detail::throw_argument(columns[c].name + " of " + tree.code(unit), row[UnitCells::own + c],
                               "missing: units below have values too", "缺失：其下级单位也有数值");
      }
      totals[c] = row[UnitCells::own + c];
      totals[count + c] = 1;
    }
    if (tree.level(unit) == Level::community) {
      const CommunityRules& own = base->rules_by_number_[static_cast<std::size_t>(row[UnitCells::rules])];
      const detail::Derived derived = detail::derive(base->counts_, own, cells, {totals, 2 * count});
      for (std::size_t d = 0; d < cells.num_derived; ++d) row[cells.derived() + d] += derived[d];
    }
    if (unit == 0) break;
    std::int64_t* above = base->pages_.write(tree.parents()[at(unit)]) + cells.totals();
    for (std::size_t m = 0; m < cells.num_totals(); ++m) {
      if (__builtin_add_overflow(above[m], totals[m], &above[m])) {
        throw InvalidInput("a total overflows 64 bits at " + tree.code(tree.parent(unit)),
                           tree.code(tree.parent(unit)) + " 的合计超出 64 位整数范围");
      }
    }
  }
  return base;
}

std::vector<ScenarioMeasure> ScenarioBase::measures() const {
  std::vector<ScenarioMeasure> result;
  for (std::size_t m = 0; m < num_scenario_measures; ++m) {
    const auto measure = static_cast<ScenarioMeasure>(m);
    const auto kind = kind_of(measure);
    if (!kind || *kind == RuleKind::staffing || pages_.cells().place(*kind) != 0) result.push_back(measure);
  }
  return result;
}

std::vector<std::pair<std::string, std::uint64_t>> ScenarioBase::fingerprints() const {
  std::vector<std::pair<std::string, std::uint64_t>> result;
  Hash tree;
  Hash settings;
  for (UnitId unit = 0; unit < hierarchy_.size(); ++unit) {
    const std::int64_t* row = pages_.read(unit);
    tree.number(row[UnitCells::parent]);
    tree.number(row[UnitCells::level]);
    tree.text(hierarchy_.code(unit));
    tree.text(hierarchy_.given_name(unit));
    settings.number(row[UnitCells::setting]);
  }
  result.emplace_back("tree", tree.value());
  result.emplace_back("setting", settings.value());
  Hash rules;
  for (const RuleAssignment& rule : rules_) {
    rules.number(rule.scope);
    rules.number(rule.setting ? static_cast<std::int64_t>(*rule.setting) : -1);
    if (rule.kind != RuleKind::staffing) rules.number(static_cast<std::int64_t>(rule.kind));
    if (rule.rule) hash_rule(rules, *rule.rule);
  }
  result.emplace_back("rules", rules.value());
  if (!contacts_.empty()) result.emplace_back("contacts", contacts_.fingerprint());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    Hash column;
    for (UnitId unit = 0; unit < hierarchy_.size(); ++unit) column.number(pages_.read(unit)[UnitCells::own + c]);
    result.emplace_back("column " + columns_[c], column.value());
  }
  return result;
}

}  // namespace shequ

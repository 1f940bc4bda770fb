// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/unit_pages.hpp"

#include <algorithm>
#include <optional>

#include "shequ/rules/grid_count.hpp"

namespace shequ::detail {

std::int32_t CountColumns::of(Basis basis) const noexcept {
  if (counts_persons(basis)) return residents;
  return basis == Basis::dwellings ? dwellings : households;
}

namespace {

/// The totals of one community, and what its rules make of them.
class Community {
 public:
  Community(const CountColumns& counts, const UnitCells& cells, std::span<const std::int64_t> totals)
      : counts_(counts), cells_(cells), totals_(totals) {}

  [[nodiscard]] Derived derive(const CommunityRules& rules) {
    derived_[UnitCells::communities] = 1;
    for (const std::optional<CommunityRule>& rule : rules) {
      if (rule)
        std::visit([&](const auto& given) { apply(given, static_cast<RuleKind>(&rule - rules.data())); }, *rule);
    }
    return derived_;
  }

 private:
  /// The total of a column; nothing where no value is known.
  [[nodiscard]] std::optional<std::int64_t> total(std::int32_t column) const {
    if (column < 0 || totals_[cells_.columns + at(column)] == 0) return std::nullopt;
    return totals_[at(column)];
  }
  void put(RuleKind kind, std::int64_t number) {
    derived_[cells_.place(kind)] = number;
    derived_[cells_.place(kind) + 1] = 1;
  }

  void apply(const StaffingNorm& norm, RuleKind /*kind*/) {
    const auto counted = total(counts_.of(basis(norm)));
    if (!counted) return;
    const std::optional<PostsRange> posts = required_posts(norm, *counted).posts;
    if (!posts) return;
    derived_[UnitCells::posts] = posts->least;
    derived_[UnitCells::posts_known] = 1;
    const auto workers = total(counts_.workers);
    if (!workers) return;
    derived_[UnitCells::shortage] = std::max<std::int64_t>(0, posts->least - *workers);
    derived_[UnitCells::surplus] = std::max<std::int64_t>(0, *workers - posts->most);
    derived_[UnitCells::balance_known] = 1;
  }
  void apply(const FundingRule& rule, RuleKind kind) {
    const auto households = rule.needs_households() ? total(counts_.households) : std::optional<std::int64_t>(0);
    if (households) put(kind, rule.grant(*households));
  }
  void apply(const CertificationRule& rule, RuleKind kind) {
    const auto workers = total(counts_.workers);
    const auto certified = total(counts_.certified);
    if (workers && certified) put(kind, std::max<std::int64_t>(0, rule.required_holders(*workers) - *certified));
  }
  void apply(const FacilityRule& rule, RuleKind kind) {
    const auto have = total(kind == RuleKind::premises ? counts_.office_dm2 : counts_.outdoor_dm2);
    const auto households = rule.per_household() ? total(counts_.households) : std::optional<std::int64_t>(0);
    if (have && households) put(kind, rule.gap_dm2(*have, *households));
  }
  void apply(const GridSize& size, RuleKind kind) {
    const auto households = total(counts_.households);
    if (!households) return;
    const GridCount grids = grid_count(*households, size.min_households, size.max_households);
    if (grids.feasible) put(kind, grids.least);
  }

  const CountColumns& counts_;
  const UnitCells& cells_;
  std::span<const std::int64_t> totals_;
  Derived derived_{};
};

}  // namespace

Derived derive(const CountColumns& counts, const CommunityRules& rules, const UnitCells& cells,
               std::span<const std::int64_t> totals) {
  return Community(counts, cells, totals).derive(rules);
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/facilities.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <string>

#include "area_need.hpp"
#include "columns.hpp"
#include "shequ/detail/wide.hpp"

namespace shequ {

namespace {

void check_area(std::string_view name, std::int64_t area) {
  if (area < 0 || area > max_area_dm2) {
    detail::throw_argument(name, area, "in [0, 1000000000000]", "在 [0, 1000000000000] 之间");
  }
}

/// A set of offers on the way: the cheapest found for its area.
struct Choice {
  std::int64_t area;     ///< at most the gap: more is of no use here
  std::int64_t surplus;  ///< area above the gap, for ties
  std::int64_t cost;
  std::int32_t count;
  std::int32_t last;     ///< offer added last, -1 for none
  std::size_t previous;  ///< the set it was added to
};

/// True where `a` is at least as good as `b` in cost, number of offers and total area.
[[nodiscard]] bool not_worse(const Choice& a, const Choice& b) noexcept {
  if (a.cost != b.cost) return a.cost < b.cost;
  if (a.count != b.count) return a.count < b.count;
  return a.area + a.surplus >= b.area + b.surplus;
}

void check_offers(std::span<const Remedy> offers) {
  if (offers.size() > 200) {
    detail::throw_argument("offers.size()", static_cast<long long>(offers.size()), "at most 200", "不超过 200");
  }
  for (std::size_t i = 0; i < offers.size(); ++i) {
    check_area(detail::entry("offers", i) + ".area_dm2", offers[i].area_dm2);
    detail::check_not_negative(detail::entry("offers", i) + ".cost_fen", offers[i].cost_fen);
  }
}

[[nodiscard]] RemedyPlan plan_of(std::int64_t gap, std::span<const Remedy> offers, std::vector<std::int32_t> chosen) {
  RemedyPlan plan;
  plan.gap_dm2 = gap;
  plan.chosen = std::move(chosen);
  std::sort(plan.chosen.begin(), plan.chosen.end());
  for (const std::int32_t i : plan.chosen) {
    plan.area_dm2 += offers[static_cast<std::size_t>(i)].area_dm2;
    plan.cost_fen =
        detail::narrow(detail::Int128{plan.cost_fen} + offers[static_cast<std::size_t>(i)].cost_fen, "cost_fen");
  }
  plan.remaining_dm2 = std::max<std::int64_t>(0, gap - plan.area_dm2);
  plan.closes = plan.remaining_dm2 == 0;
  return plan;
}

}  // namespace

std::string_view to_string(AreaRounding rounding) noexcept {
  return rounding == AreaRounding::pro_rata ? "pro_rata" : "started_step";
}

std::string_view to_string(RemedyKind kind, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 3> names{
      {{"new_build", "异地新建"}, {"consolidate", "资源整合"}, {"share", "共享"}}};
  return names[static_cast<std::size_t>(kind)][language == Language::zh ? 1 : 0];
}

std::int64_t FacilityRule::need_dm2(std::int64_t households) const {
  validate();
  detail::check_count_of("households", households);
  return detail::AreaNeed(*this)(households);
}

std::int64_t FacilityRule::gap_dm2(std::int64_t have_dm2, std::int64_t households) const {
  check_area("have_dm2", have_dm2);
  return std::max<std::int64_t>(0, need_dm2(households) - have_dm2);
}

void FacilityRule::validate() const {
  check_fraction("least_m2", least_m2, 0, 1'000'000);
  check_fraction("step_m2", step_m2, 0, 1'000'000);
  if (step_households < 1 || step_households > 1'000'000) {
    detail::throw_argument("step_households", step_households, "in [1, 1000000]", "在 [1, 1000000] 之间");
  }
}

bool facility_gaps(const FacilityRule& rule, const ColumnView<std::int64_t>& have_dm2,
                   const ColumnView<std::int64_t>& households, const ColumnTarget<std::int64_t>& gaps) {
  rule.validate();
  const std::size_t size = have_dm2.values.size();
  detail::check_column("have_dm2", have_dm2, size);
  detail::check_length("gaps", gaps.values.size(), size);
  const detail::AreaNeed need(rule);
  const auto have = [&](std::size_t i) {
    const std::int64_t area = have_dm2.values[i];
    if (area < 0 || area > max_area_dm2) check_area(detail::entry("have_dm2", i), area);
    return area;
  };
  if (!rule.per_household()) {
    const std::int64_t fixed = need(0);
    return detail::map_columns(
        gaps, [&](std::size_t i) { return std::max<std::int64_t>(0, fixed - have(i)); }, have_dm2);
  }
  detail::check_column("households", households, size);
  return detail::map_columns(
      gaps,
      [&](std::size_t i) {
        const std::int64_t count = households.values[i];
        if (count < 0 || count > max_unit_households) detail::check_count_of("households", i, count);
        return std::max<std::int64_t>(0, need(count) - have(i));
      },
      have_dm2, households);
}

RemedyPlan cheapest_remedies(std::int64_t gap_dm2, std::span<const Remedy> offers) {
  check_area("gap_dm2", gap_dm2);
  check_offers(offers);
  // All sets that no other beats in both area and cost (Nemhauser and Ullmann, "Discrete dynamic programming and
  // capital allocation", Management Science 15, 1969, doi:10.1287/mnsc.15.9.494). `front` holds their positions in
  // `made`, by ascending area and so by ascending cost.
  std::vector<Choice> made{{0, 0, 0, 0, -1, 0}};
  std::vector<std::size_t> front{0};
  std::vector<std::size_t> merged;
  for (std::size_t offer = 0; offer < offers.size(); ++offer) {
    if (offers[offer].area_dm2 == 0) continue;  // costs and closes nothing
    const std::size_t first_new = made.size();
    for (const std::size_t from : front) {
      Choice next = made[from];
      if (next.area == gap_dm2) continue;  // closed already
      const std::int64_t area = next.area + offers[offer].area_dm2;
      next.area = std::min(area, gap_dm2);
      next.surplus = area - next.area;
      next.cost = detail::narrow(detail::Int128{next.cost} + offers[offer].cost_fen, "cost_fen");
      ++next.count;
      next.last = static_cast<std::int32_t>(offer);
      next.previous = from;
      made.push_back(next);
    }
    std::vector<std::size_t> added(made.size() - first_new);
    std::iota(added.begin(), added.end(), first_new);
    merged.clear();
    // By descending area, the better first: then a set stays where it is better than all with more area.
    const auto before = [&](std::size_t a, std::size_t b) {
      if (made[a].area != made[b].area) return made[a].area < made[b].area;
      return !not_worse(made[a], made[b]);
    };
    std::sort(added.begin(), added.end(),
              [&](std::size_t a, std::size_t b) { return before(a, b) || (!before(b, a) && a > b); });
    std::merge(front.begin(), front.end(), added.begin(), added.end(), std::back_inserter(merged),
               [&](std::size_t a, std::size_t b) { return before(a, b) || (!before(b, a) && a > b); });
    front.clear();
    std::reverse(merged.begin(), merged.end());
    for (const std::size_t next : merged) {
      if (front.empty() || !not_worse(made[front.back()], made[next])) front.push_back(next);
    }
    std::reverse(front.begin(), front.end());
  }
  const Choice* best = &made[front.back()];
  std::vector<std::int32_t> chosen;
  if (best->area < gap_dm2) {
    for (std::size_t i = 0; i < offers.size(); ++i) chosen.push_back(static_cast<std::int32_t>(i));
    return plan_of(gap_dm2, offers, std::move(chosen));
  }
  for (; best->last >= 0; best = &made[best->previous]) chosen.push_back(best->last);
  return plan_of(gap_dm2, offers, std::move(chosen));
}

std::vector<std::int64_t> shared_areas(std::int64_t area_dm2, std::span<const Fraction> shares) {
  check_area("area_dm2", area_dm2);
  Fraction sum;
  std::vector<std::int64_t> areas;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    check_fraction(detail::entry("shares", i), shares[i], 0, 1);
    sum = sum + shares[i];
    areas.push_back(shares[i].floor_of(area_dm2));
  }
  check_fraction("sum of shares", sum, 0, 1);
  return areas;
}

std::vector<std::int64_t> Investment::divided(std::span<const Fraction> shares) const {
  validate();
  detail::check_length("shares", shares.size(), sites.size());
  Fraction sum;
  std::int64_t left = amount_fen;
  std::vector<std::int64_t> parts(shares.size());
  std::vector<Fraction> rest(shares.size());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    check_fraction(detail::entry("shares", i), shares[i], 0, 1);
    sum = sum + shares[i];
    parts[i] = shares[i].floor_of(amount_fen);
    // Exact: the remainder of numerator x amount by the denominator, over the denominator.
    const detail::Int128 remainder = detail::Int128{shares[i].numerator()} * amount_fen % shares[i].denominator();
    rest[i] = Fraction(static_cast<std::int64_t>(remainder), shares[i].denominator());
    left -= parts[i];
  }
  if (sum != 1) detail::throw_argument("sum of shares", to_string(sum), "1", "等于 1");
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rest[a] > rest[b]; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) ++parts[order[i]];
  return parts;
}

void Investment::validate() const {
  detail::check_not_negative("amount_fen", amount_fen);
  if (sites.empty()) detail::throw_argument("sites.size()", 0, "1 or more", "至少为 1");
}

std::int64_t total_investment(std::span<const Investment> investments) {
  detail::Int128 total = 0;
  for (const Investment& investment : investments) {
    investment.validate();
    total += investment.amount_fen;
  }
  return detail::narrow(total, "total_investment");
}

}  // namespace shequ

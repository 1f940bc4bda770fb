// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/visiting.hpp"

#include <cstddef>
#include <string>

#include "columns.hpp"
#include "shequ/detail/wide.hpp"

namespace shequ {

namespace {

void check_between(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return;
  const std::string range = "[" + std::to_string(low) + ", " + std::to_string(high) + "]";
  detail::throw_argument(name, value, "in " + range, "在 " + range + " 之间");
}

/// ceil(households / (per_week x workers)); workers must be 1 or more.
[[nodiscard]] std::int64_t weeks(std::int64_t per_week, std::int64_t households, std::int64_t workers) noexcept {
  const std::int64_t reach = per_week * workers;  // below 2^14 x 2^31
  return (households + reach - 1) / reach;
}

}  // namespace

std::int64_t VisitRule::per_week() const {
  validate();
  return per == VisitPer::week ? households : households * half_days_per_week;
}

std::int64_t VisitRule::per_year() const { return per_week() * working_weeks; }

std::optional<std::int64_t> VisitRule::weeks_per_round(std::int64_t households_to_visit, std::int64_t workers) const {
  const std::int64_t reach = per_week();
  detail::check_count_of("households_to_visit", households_to_visit);
  detail::check_count_of("workers", workers);
  if (households_to_visit == 0) return 0;
  if (workers == 0) return std::nullopt;
  return weeks(reach, households_to_visit, workers);
}

std::optional<Fraction> VisitRule::rounds_per_year(std::int64_t households_to_visit, std::int64_t workers) const {
  const std::int64_t reach = per_year();
  detail::check_count_of("households_to_visit", households_to_visit);
  detail::check_count_of("workers", workers);
  if (households_to_visit == 0) return std::nullopt;
  return Fraction(reach * workers, households_to_visit);
}

void VisitRule::validate() const {
  check_between("half_days_per_week", half_days_per_week, 1, 14);
  check_between("households", households, 1, 1000);
  if (!per) detail::throw_argument("per", "none", "week or half_day", "是 week 或 half_day");
  check_between("working_weeks", working_weeks, 1, 53);
}

bool weeks_per_round(const VisitRule& rule, const ColumnView<std::int64_t>& households,
                     const ColumnView<std::int64_t>& workers, const ColumnTarget<std::int64_t>& weeks_needed) {
  const std::int64_t reach = rule.per_week();
  const std::size_t size = households.values.size();
  detail::check_column("households", households, size);
  detail::check_column("workers", workers, size);
  detail::check_length("weeks_needed", weeks_needed.values.size(), size);
  detail::check_length("weeks_needed.missing", weeks_needed.missing.size(), size);
  unsigned any = 0;
  for (std::size_t i = 0; i < size; ++i) {
    bool missing = detail::is_missing(households, i) || detail::is_missing(workers, i);
    std::int64_t result = 0;
    if (!missing) {
      const std::int64_t to_visit = households.values[i];
      const std::int64_t staff = workers.values[i];
      if (to_visit < 0 || to_visit > max_unit_households) detail::check_count_of("households", i, to_visit);
      if (staff < 0 || staff > max_unit_households) detail::check_count_of("workers", i, staff);
      missing = staff == 0 && to_visit > 0;
      if (staff > 0) result = weeks(reach, to_visit, staff);
    }
    weeks_needed.values[i] = result;
    weeks_needed.missing[i] = missing ? 1 : 0;
    any |= missing ? 1U : 0U;
  }
  return any != 0;
}

VisitLoad visit_load(const VisitRule& rule, std::span<const VisitClass> classes, std::int64_t workers) {
  rule.validate();
  detail::check_count_of("workers", workers);
  detail::Int128 visits = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    detail::check_count_of(detail::entry("classes", i) + ".households", classes[i].households);
    check_between(detail::entry("classes", i) + ".visits_per_year", classes[i].visits_per_year, 0, 366);
    visits += detail::Int128{classes[i].households} * classes[i].visits_per_year;
  }
  VisitLoad load;
  load.visits = detail::narrow(visits, "visits");
  load.workers_exact = Fraction(load.visits, rule.per_year());
  load.workers_needed = load.workers_exact.ceil_of(1);
  if (workers > 0) load.per_worker_week = Fraction(load.visits, workers * rule.working_weeks);
  load.rule = rule.id;
  return load;
}

VisitCheck check_week(const VisitRule& rule, std::int64_t half_days, std::int64_t households) {
  rule.validate();
  check_between("half_days", half_days, 0, 14);
  detail::check_count_of("households", households);
  return {half_days >= rule.half_days_per_week, households >= rule.per_week()};
}

WorkloadNeed workload_need(std::span<const WorkloadComponent> components, const Fraction& allowance,
                           std::int64_t have) {
  if (allowance < 1) detail::throw_argument("allowance", to_string(allowance), "1 or more", "大于或等于 1");
  detail::check_count_of("have", have);
  WorkloadNeed result;
  for (std::size_t i = 0; i < components.size(); ++i) {
    const std::string name = detail::entry("components", i);
    if (components[i].volume < 0) {
      detail::throw_argument(name + ".volume", to_string(components[i].volume), "0 or more", "大于或等于 0");
    }
    if (components[i].standard <= 0) {
      detail::throw_argument(name + ".standard", to_string(components[i].standard), "above 0", "大于 0");
    }
    result.need = result.need + components[i].volume / components[i].standard;
  }
  result.need = result.need * allowance;
  if (result.need > 0) result.ratio = Fraction(have) / result.need;
  result.shortage = result.need > have;
  return result;
}

}  // namespace shequ

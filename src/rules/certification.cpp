// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/certification.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "columns.hpp"

namespace shequ {

namespace {

void check_holders(std::string_view name, std::int64_t certified, std::int64_t workers) {
  if (certified < 0 || certified > workers) {
    const std::string range = "[0, workers=" + std::to_string(workers) + "]";
    detail::throw_argument(name, certified, "in " + range, "在 " + range + " 之间");
  }
}

[[nodiscard]] CertificationNeed need_of(const CertificationRule& rule, std::int64_t workers, std::int64_t certified) {
  CertificationNeed need;
  need.workers = workers;
  need.certified = certified;
  need.required = rule.required_holders(workers);
  need.missing = std::max<std::int64_t>(0, need.required - certified);
  if (workers > 0) need.rate = Fraction(certified, workers);
  need.rule = rule.id;
  need.min_level = rule.min_level;
  return need;
}

}  // namespace

std::string_view to_string(CertLevel level, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 4> names{
      {{"none", "无证"}, {"assistant", "助理社会工作师"}, {"worker", "社会工作师"}, {"senior", "高级社会工作师"}}};
  return names[static_cast<std::size_t>(level)][language == Language::zh ? 1 : 0];
}

std::int64_t CertificationRule::required_holders(std::int64_t workers) const {
  validate();
  detail::check_not_negative("workers", workers);
  return required.ceil_of(workers);
}

void CertificationRule::validate() const {
  check_fraction("required", required, 0, 1);
  if (min_level < CertLevel::assistant || min_level > CertLevel::senior) {
    detail::throw_argument("min_level", to_string(min_level), "assistant, worker or senior",
                           "是 assistant、worker 或 senior");
  }
}

CertificationNeed certification_need(const CertificationRule& rule, std::int64_t workers, std::int64_t certified) {
  rule.validate();
  detail::check_count_of("workers", workers);
  check_holders("certified", certified, workers);
  CertificationNeed need = need_of(rule, workers, certified);
  need.units = 1;
  return need;
}

CertificationNeed certification_need(const CertificationRule& rule, const ColumnView<std::int64_t>& workers,
                                     const ColumnView<std::int64_t>& certified) {
  rule.validate();
  const std::size_t size = workers.values.size();
  detail::check_column("workers", workers, size);
  detail::check_column("certified", certified, size);
  std::int64_t all = 0;
  std::int64_t holders = 0;
  std::int64_t unknown = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (detail::is_missing(workers, i) || detail::is_missing(certified, i)) {
      ++unknown;
      continue;
    }
    detail::check_count_of("workers", i, workers.values[i]);
    if (certified.values[i] < 0 || certified.values[i] > workers.values[i]) {
      check_holders(detail::entry("certified", i), certified.values[i], workers.values[i]);
    }
    all += workers.values[i];  // below 2^31 each, and a column of 2^32 does not fit in memory
    holders += certified.values[i];
  }
  CertificationNeed need = need_of(rule, all, holders);
  need.units = static_cast<std::int64_t>(size) - unknown;
  need.unknown = unknown;
  return need;
}

bool missing_certificates(const CertificationRule& rule, const ColumnView<std::int64_t>& workers,
                          const ColumnView<std::int64_t>& certified, const ColumnTarget<std::int64_t>& missing) {
  rule.validate();
  const std::size_t size = workers.values.size();
  detail::check_column("workers", workers, size);
  detail::check_column("certified", certified, size);
  detail::check_length("missing", missing.values.size(), size);
  const detail::CeilShare required(rule.required);
  return detail::map_columns(
      missing,
      [&](std::size_t i) {
        const std::int64_t all = workers.values[i];
        const std::int64_t holders = certified.values[i];
        if (all < 0 || all > max_unit_households) detail::check_count_of("workers", i, all);
        if (holders < 0 || holders > all) check_holders(detail::entry("certified", i), holders, all);
        return std::max<std::int64_t>(0, required(all) - holders);
      },
      workers, certified);
}

std::int64_t count_certified(std::span<const CertLevel> highest, CertLevel min_level) {
  return std::count_if(highest.begin(), highest.end(), [&](CertLevel level) { return level >= min_level; });
}

std::vector<TrainingYear> training_plan(const CertificationNeed& need, int first_year, int last_year,
                                        const Fraction& pass_rate) {
  if (last_year < first_year || last_year - first_year >= 100) {
    const std::string range = "[" + std::to_string(first_year) + ", " + std::to_string(first_year + 99) + "]";
    detail::throw_argument("last_year", last_year, "in " + range, "在 " + range + " 之间");
  }
  if (pass_rate <= 0 || pass_rate > 1) {
    detail::throw_argument("pass_rate", to_string(pass_rate), "in (0, 1]", "在 (0, 1] 之间");
  }
  const std::int64_t years = last_year - first_year + 1;
  std::vector<TrainingYear> plan;
  std::int64_t certified = need.certified;
  for (std::int64_t i = 0; i < years; ++i) {
    TrainingYear row;
    row.year = first_year + static_cast<int>(i);
    row.additions = need.missing / years + (i < need.missing % years ? 1 : 0);
    row.trainees = (Fraction(1) / pass_rate).ceil_of(row.additions);
    certified += row.additions;
    row.certified = certified;
    plan.push_back(row);
  }
  return plan;
}

std::chrono::year_month_day TrainingInterval::due(std::chrono::year_month_day last) const {
  validate();
  detail::check_date("last", last);
  const std::chrono::year_month_day next = last + std::chrono::years(years);
  return next.ok() ? next : next.year() / next.month() / std::chrono::last;
}

bool TrainingInterval::overdue(std::chrono::year_month_day last, std::chrono::year_month_day today) const {
  detail::check_date("today", today);
  return today > due(last);
}

void TrainingInterval::validate() const {
  if (years < 1 || years > 100) detail::throw_argument("years", years, "in [1, 100]", "在 [1, 100] 之间");
}

}  // namespace shequ

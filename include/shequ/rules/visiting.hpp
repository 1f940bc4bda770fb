// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_info.hpp"

namespace shequ {

/// What the number of households to visit is counted by. The source names 10 households and 4 half-days a week, and
/// does not say which of the two the 10 belong to.
enum class VisitPer : std::uint8_t { week, half_day };

/// Household visits (入户走访) of one worker.
struct VisitRule : RuleInfo {
  std::int64_t half_days_per_week{4};  ///< 1 to 14
  std::int64_t households{10};         ///< visited in each `per`, 1 to 1,000
  std::optional<VisitPer> per;         ///< must be given
  std::int64_t working_weeks{};        ///< of a year, 1 to 53; must be given

  /// Households of one worker in a week and in a year.
  [[nodiscard]] std::int64_t per_week() const;
  [[nodiscard]] std::int64_t per_year() const;
  /// Weeks until every household has been visited once: ceil(h / (per_week x workers)). Nothing without workers, unless
  /// there are no households: then 0.
  [[nodiscard]] std::optional<std::int64_t> weeks_per_round(std::int64_t households_to_visit,
                                                            std::int64_t workers) const;
  /// per_year x workers / h; nothing where there are no households.
  [[nodiscard]] std::optional<Fraction> rounds_per_year(std::int64_t households_to_visit, std::int64_t workers) const;
  void validate() const;
  friend bool operator==(const VisitRule&, const VisitRule&) = default;
};

/// Weeks per round of a column of communities; missing where households or workers are, or where there is nobody to
/// visit them. Returns whether some are missing; `weeks_needed.missing` must have one entry a community.
bool weeks_per_round(const VisitRule& rule, const ColumnView<std::int64_t>& households,
                     const ColumnView<std::int64_t>& workers, const ColumnTarget<std::int64_t>& weeks_needed);

/// Households that are visited equally often, for example ordinary ones 2 and special ones 12 times a year.
struct VisitClass {
  std::int64_t households{};
  std::int64_t visits_per_year{};
  friend constexpr bool operator==(const VisitClass&, const VisitClass&) = default;
};

/// What the visits of a year ask for.
struct VisitLoad {
  std::int64_t visits{};                    ///< of a year
  Fraction workers_exact;                   ///< visits / per_year
  std::int64_t workers_needed{};            ///< rounded up
  std::optional<Fraction> per_worker_week;  ///< visits a week for each of the workers there are; nothing without any
  RuleId rule;
  friend bool operator==(const VisitLoad&, const VisitLoad&) = default;
};

[[nodiscard]] VisitLoad visit_load(const VisitRule& rule, std::span<const VisitClass> classes, std::int64_t workers);

/// One worker's week against the rule: two tests, and neither makes up for the other.
struct VisitCheck {
  bool half_days_met{};
  bool households_met{};
  friend constexpr bool operator==(const VisitCheck&, const VisitCheck&) = default;
};

/// Where the households count per half-day, those due follow from the half-days of the rule.
[[nodiscard]] VisitCheck check_week(const VisitRule& rule, std::int64_t half_days, std::int64_t households);

/// One component of the workload in the method WISN (WHO, Workload Indicators of Staffing Need, 2010).
struct WorkloadComponent {
  Fraction volume;    ///< units of work in a year, 0 or more
  Fraction standard;  ///< units that one worker does in a year, above 0
  friend constexpr bool operator==(const WorkloadComponent&, const WorkloadComponent&) = default;
};

/// Staff needed and there.
struct WorkloadNeed {
  Fraction need;                  ///< sum of volume / standard, times the allowance
  std::optional<Fraction> ratio;  ///< have / need, below 1 a shortage; nothing where nobody is needed
  bool shortage{};
  friend constexpr bool operator==(const WorkloadNeed&, const WorkloadNeed&) = default;
};

/// `allowance` is the factor for work that is not in the components, 1 or more. Exact; throws InvalidInput where the
/// fractions overflow.
[[nodiscard]] WorkloadNeed workload_need(std::span<const WorkloadComponent> components, const Fraction& allowance,
                                         std::int64_t have);

}  // namespace shequ

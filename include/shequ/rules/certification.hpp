// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_info.hpp"

namespace shequ {

/// Level of a certificate of social work (社会工作者职业水平证书), from the bottom up.
enum class CertLevel : std::uint8_t {
  none,       ///< no certificate
  assistant,  ///< 助理社会工作师
  worker,     ///< 社会工作师
  senior      ///< 高级社会工作师
};

[[nodiscard]] std::string_view to_string(CertLevel level, Language language = Language::en) noexcept;

/// Least share of the community workers who hold a certificate (持证率).
///
///   at least 80 % of 862 workers, 138 hold one: 690 required, 552 missing
///
/// Whether 社会工作师 means that level only or any is not in the sources; so `min_level` has no default in use.
struct CertificationRule : RuleInfo {
  Fraction required{};                   ///< least share, [0, 1]
  CertLevel min_level{CertLevel::none};  ///< lowest level that counts: assistant or above

  /// Holders that `workers` need: the share rounded up.
  [[nodiscard]] std::int64_t required_holders(std::int64_t workers) const;
  /// Throws InvalidInput naming the first parameter that is out of range.
  void validate() const;
  friend bool operator==(const CertificationRule&, const CertificationRule&) = default;
};

/// Certificates of one community, town or district against a rule.
struct CertificationNeed {
  std::int64_t workers{};
  std::int64_t certified{};
  std::int64_t required{};
  std::int64_t missing{};        ///< max(0, required - certified)
  std::optional<Fraction> rate;  ///< certified / workers; nothing where there are no workers
  std::int64_t units{};          ///< communities added up, 1 for one
  std::int64_t unknown{};        ///< communities left out because a number is missing
  RuleId rule;
  CertLevel min_level{CertLevel::none};

  friend bool operator==(const CertificationNeed&, const CertificationNeed&) = default;
};

/// Throws InvalidInput for negative numbers and for more holders than workers.
[[nodiscard]] CertificationNeed certification_need(const CertificationRule& rule, std::int64_t workers,
                                                   std::int64_t certified);

/// The rule on the sum of communities, as a standard for a whole district reads. Communities without workers or without
/// certified are left out and counted as unknown.
[[nodiscard]] CertificationNeed certification_need(const CertificationRule& rule,
                                                   const ColumnView<std::int64_t>& workers,
                                                   const ColumnView<std::int64_t>& certified);

/// Certificates missing in each community, each by itself: their sum may exceed what the district lacks as a whole.
/// Returns whether some community is missing. Throws InvalidInput naming the first entry that is no answer.
bool missing_certificates(const CertificationRule& rule, const ColumnView<std::int64_t>& workers,
                          const ColumnView<std::int64_t>& certified, const ColumnTarget<std::int64_t>& missing);

/// Persons of a list who hold `min_level` or above; each entry is the highest level of one person.
[[nodiscard]] std::int64_t count_certified(std::span<const CertLevel> highest, CertLevel min_level);

/// Certificates and training places of one year.
struct TrainingYear {
  int year{};
  std::int64_t additions{};  ///< certificates to be gained this year
  std::int64_t trainees{};   ///< persons to be trained for them: additions / pass rate, rounded up
  std::int64_t certified{};  ///< holders at the end of the year
  friend bool operator==(const TrainingYear&, const TrainingYear&) = default;
};

/// Spreads the missing certificates over the years from `first_year` to `last_year`, as evenly as whole persons allow,
/// earlier years first. `pass_rate` is the share of trainees who pass, (0, 1].
[[nodiscard]] std::vector<TrainingYear> training_plan(const CertificationNeed& need, int first_year, int last_year,
                                                      const Fraction& pass_rate);

/// How often someone is trained: every `years` years (heads 1, other workers 2, leaders of districts and towns 2).
struct TrainingInterval : RuleInfo {
  int years{1};  ///< 1 to 100

  /// Last day on which the next training is in time: the same day `years` later, 28 February for a 29th.
  [[nodiscard]] std::chrono::year_month_day due(std::chrono::year_month_day last) const;
  /// True where `today` is after the due day.
  [[nodiscard]] bool overdue(std::chrono::year_month_day last, std::chrono::year_month_day today) const;
  void validate() const;
  friend bool operator==(const TrainingInterval&, const TrainingInterval&) = default;
};

}  // namespace shequ

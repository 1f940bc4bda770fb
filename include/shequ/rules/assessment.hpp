// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/rule_info.hpp"

// Scores are whole hundredths of a point: 90.00 is 9000, and 89.99 is below it.

namespace shequ {

/// One aspect of an assessment (考评方面) and the most points it can bring.
struct Aspect {
  std::string name;
  std::int64_t weight_hundredths{};
  friend bool operator==(const Aspect&, const Aspect&) = default;
};

/// How an assessment scores: aspects whose weights add up to the full score, and the score that passes.
/// The weights are not in the sources; so there are none by default.
struct AssessmentRule : RuleInfo {
  std::vector<Aspect> aspects;
  std::int64_t pass_hundredths{9000};    ///< least score that passes, [0, full]
  std::int64_t full_hundredths{10'000};  ///< 100 points

  /// Throws InvalidInput: no aspects, a weight that is not above 0, weights that do not add up to the full score.
  void validate() const;
  friend bool operator==(const AssessmentRule&, const AssessmentRule&) = default;
};

/// Score of one community or district.
struct AssessmentScore {
  std::optional<std::int64_t> total_hundredths;  ///< nothing where an aspect is missing: incomplete is not lower
  std::vector<std::int32_t> missing;             ///< positions of the aspects without a score
  bool passes{};                                 ///< complete and not below the pass score
  RuleId rule;
  friend bool operator==(const AssessmentScore&, const AssessmentScore&) = default;
};

/// Adds up the aspects, one entry each in the order of the rule. Throws InvalidInput naming an aspect whose score is
/// negative or above its weight.
[[nodiscard]] AssessmentScore assess(const AssessmentRule& rule,
                                     std::span<const std::optional<std::int64_t>> scores_hundredths);

/// Totals of a column of subjects; `aspects` has one column for each aspect. A subject with a missing aspect is
/// missing.
bool assess(const AssessmentRule& rule, std::span<const ColumnView<std::int64_t>> aspects,
            const ColumnTarget<std::int64_t>& totals);

/// Where an applicant for an honour (示范社区) stands.
enum class AssessmentState : std::uint8_t {
  self_assessed,     ///< 自评
  applied,           ///< 已申报
  district_checked,  ///< 区级核查
  listed,            ///< 列入上报名单
  city_sampled,      ///< 市级抽查
  province_sampled,  ///< 省级抽查
  named,             ///< 已命名
  reviewed,          ///< 复查
  kept,              ///< 保留称号
  withdrawn,         ///< 撤销称号
  declined           ///< 未命名: the application ended without the honour
};

[[nodiscard]] std::string_view to_string(AssessmentState state, Language language = Language::en) noexcept;

/// What happens to applicants on the list whom nobody samples. The sources do not say.
enum class Unsampled : std::uint8_t {
  name,  ///< they may be named
  hold   ///< they stay on the list until the province samples them
};

/// What happens to a named unit whose review does not pass. The sources do not say.
enum class FailedReview : std::uint8_t {
  withdraw,     ///< the honour is withdrawn
  review_again  ///< a second review follows; failing it too withdraws the honour
};

/// The way from self-assessment to an honour and to its review.
struct AssessmentProcess : RuleInfo {
  std::int64_t pass_hundredths{9000};  ///< score to apply, to be named and to be kept
  std::chrono::month_day apply_by{std::chrono::September / 30};
  std::optional<std::chrono::year> first_year;  ///< first year of the programme, with a later last day to apply
  std::chrono::month_day first_year_apply_by{std::chrono::November / 15};
  std::chrono::month_day province_by{std::chrono::November / 30};  ///< last day of the provincial check
  std::optional<Unsampled> unsampled;                              ///< must be given
  std::optional<FailedReview> on_failed_review;                    ///< must be given

  void validate() const;
  /// Last day to apply in `year`.
  [[nodiscard]] std::chrono::year_month_day apply_deadline(std::chrono::year year) const;
  friend bool operator==(const AssessmentProcess&, const AssessmentProcess&) = default;
};

/// One step of a case: since when it stands there, with what score, and why.
struct AssessmentStep {
  AssessmentState state{};
  std::chrono::year_month_day date{};
  std::optional<std::int64_t> score_hundredths;
  std::string reason;  ///< must be said where an honour is declined or withdrawn
  friend bool operator==(const AssessmentStep&, const AssessmentStep&) = default;
};

/// One subject on its way. Every step is checked against the process and kept with its date and reason.
class AssessmentCase {
 public:
  /// Throws InvalidInput where the process is not complete.
  AssessmentCase(AssessmentProcess process, std::string subject);

  /// Adds a step. Throws InvalidInput, having changed nothing: a step that does not follow (naming those that do), a
  /// date before the last step or after a deadline, a score that is missing or out of range, a reason that is missing.
  void record(AssessmentStep step);

  /// States that may follow, by the scores so far; empty at the end.
  [[nodiscard]] std::vector<AssessmentState> allowed_next() const;
  [[nodiscard]] const AssessmentProcess& process() const noexcept { return process_; }
  [[nodiscard]] const std::string& subject() const noexcept { return subject_; }
  [[nodiscard]] const std::vector<AssessmentStep>& history() const noexcept { return history_; }
  /// Where it stands; nothing before the first step.
  [[nodiscard]] std::optional<AssessmentState> state() const noexcept;
  /// True while it bears the honour: named, under review, or kept.
  [[nodiscard]] bool bears_honour() const noexcept;

  friend bool operator==(const AssessmentCase&, const AssessmentCase&) = default;

 private:
  [[nodiscard]] bool passed_last() const noexcept;
  void check_deadline(const AssessmentStep& step) const;

  AssessmentProcess process_;
  std::string subject_;
  std::vector<AssessmentStep> history_;
};

}  // namespace shequ

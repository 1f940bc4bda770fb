// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "columns.hpp"
#include "shequ/rules/assessment.hpp"

namespace shequ {

namespace {

using State = AssessmentState;

void check_month_day(std::string_view name, std::chrono::month_day date) {
  if (!date.ok()) {
    detail::throw_argument(
        name,
        std::to_string(static_cast<unsigned>(date.month())) + "-" + std::to_string(static_cast<unsigned>(date.day())),
        "a day of the calendar", "是存在的日期");
  }
}

/// The day in `year`, 28 February for a 29th that the year lacks.
[[nodiscard]] std::chrono::year_month_day in_year(std::chrono::month_day date, std::chrono::year year) {
  const std::chrono::year_month_day exact = year / date.month() / date.day();
  return exact.ok() ? exact : year / date.month() / std::chrono::last;
}

[[nodiscard]] bool needs_score(State state) noexcept {
  return state == State::self_assessed || state == State::province_sampled || state == State::reviewed;
}

[[nodiscard]] bool needs_reason(State state) noexcept { return state == State::declined || state == State::withdrawn; }

}  // namespace

std::string_view to_string(AssessmentState state, Language language) noexcept {
  constexpr std::array<std::array<std::string_view, 2>, 11> names{{{"self_assessed", "自评"},
                                                                   {"applied", "已申报"},
                                                                   {"district_checked", "区级核查"},
                                                                   {"listed", "列入上报名单"},
                                                                   {"city_sampled", "市级抽查"},
                                                                   {"province_sampled", "省级抽查"},
                                                                   {"named", "已命名"},
                                                                   {"reviewed", "复查"},
                                                                   {"kept", "保留称号"},
                                                                   {"withdrawn", "撤销称号"},
                                                                   {"declined", "未命名"}}};
  return names[static_cast<std::size_t>(state)][language == Language::zh ? 1 : 0];
}

void AssessmentProcess::validate() const {
  if (pass_hundredths < 0 || pass_hundredths > 10'000) {
    detail::throw_argument("pass_hundredths", pass_hundredths, "in [0, 10000]", "在 [0, 10000] 之间");
  }
  check_month_day("apply_by", apply_by);
  check_month_day("first_year_apply_by", first_year_apply_by);
  check_month_day("province_by", province_by);
  if (!unsampled) detail::throw_argument("unsampled", "none", "name or hold", "是 name 或 hold");
  if (!on_failed_review) {
    detail::throw_argument("on_failed_review", "none", "withdraw or review_again", "是 withdraw 或 review_again");
  }
}

std::chrono::year_month_day AssessmentProcess::apply_deadline(std::chrono::year year) const {
  return in_year(first_year == year ? first_year_apply_by : apply_by, year);
}

AssessmentCase::AssessmentCase(AssessmentProcess process, std::string subject)
    : process_(std::move(process)), subject_(std::move(subject)) {
  process_.validate();
}

std::optional<AssessmentState> AssessmentCase::state() const noexcept {
  if (history_.empty()) return std::nullopt;
  return history_.back().state;
}

bool AssessmentCase::bears_honour() const noexcept {
  const auto now = state();
  return now == State::named || now == State::reviewed || now == State::kept;
}

bool AssessmentCase::passed_last() const noexcept {
  return history_.back().score_hundredths.value_or(0) >= process_.pass_hundredths;
}

std::vector<AssessmentState> AssessmentCase::allowed_next() const {
  if (history_.empty()) return {State::self_assessed};
  const bool by_list = process_.unsampled == Unsampled::name;
  switch (history_.back().state) {
    case State::self_assessed:
      if (!passed_last()) return {State::self_assessed};
      return {State::self_assessed, State::applied};
    case State::applied:
      return {State::district_checked, State::declined};
    case State::district_checked:
      return {State::listed, State::declined};
    case State::listed:
      if (by_list) return {State::city_sampled, State::province_sampled, State::named, State::declined};
      return {State::city_sampled, State::province_sampled, State::declined};
    case State::city_sampled:
      if (by_list) return {State::province_sampled, State::named, State::declined};
      return {State::province_sampled, State::declined};
    case State::province_sampled:
      if (passed_last()) return {State::named};
      return {State::declined};
    case State::named:
    case State::kept:
      return {State::reviewed};
    case State::reviewed: {
      if (passed_last()) return {State::kept};
      const bool second = history_.size() > 1 && history_[history_.size() - 2].state == State::reviewed;
      if (process_.on_failed_review == FailedReview::review_again && !second) return {State::reviewed};
      return {State::withdrawn};
    }
    case State::withdrawn:
    case State::declined:
      return {};
  }
  return {};
}

void AssessmentCase::check_deadline(const AssessmentStep& step) const {
  const auto check = [&](std::string_view what, std::chrono::year_month_day last) {
    if (step.date <= last) return;
    detail::throw_argument("date of " + std::string(what), detail::date_text(step.date),
                           "on or before " + detail::date_text(last), "不晚于 " + detail::date_text(last));
  };
  if (step.state == State::applied) check("applied", process_.apply_deadline(history_.back().date.year()));
  if (step.state == State::province_sampled) {
    const auto applied = std::find_if(history_.begin(), history_.end(),
                                      [](const AssessmentStep& past) { return past.state == State::applied; });
    check("province_sampled", in_year(process_.province_by, applied->date.year()));
  }
}

void AssessmentCase::record(AssessmentStep step) {
  const std::vector<AssessmentState> next = allowed_next();
  if (std::find(next.begin(), next.end(), step.state) == next.end()) {
    std::string english = history_.empty() ? "self_assessed, the first step" : "";
    std::string chinese = history_.empty() ? "自评（第一步）" : "";
    if (!history_.empty()) {
      for (const State state : next) {
        english += std::string(english.empty() ? "" : " or ") + std::string(to_string(state));
        chinese += std::string(chinese.empty() ? "" : " 或 ") + std::string(to_string(state, Language::zh));
      }
      if (next.empty()) english = chinese = "";
      const State now = history_.back().state;
      english = (next.empty() ? "left out, nothing follows " : english + ", to follow ") + std::string(to_string(now));
      chinese = next.empty() ? "省略：" + std::string(to_string(now, Language::zh)) + "之后没有步骤"
                             : "是 " + chinese + "（" + std::string(to_string(now, Language::zh)) + "之后）";
      if (now == State::self_assessed || now == State::province_sampled || now == State::reviewed) {
        const std::string score = std::to_string(history_.back().score_hundredths.value_or(0));
        const std::string pass = std::to_string(process_.pass_hundredths);
        english += " with " + score + " against " + pass + " hundredths";
        chinese += "，得分 " + score + "，合格线 " + pass + "（百分之一分）";
      }
    }
    detail::throw_argument("state", to_string(step.state), english, chinese);
  }
  detail::check_date("date", step.date);
  if (!history_.empty() && step.date < history_.back().date) {
    detail::throw_argument("date", detail::date_text(step.date),
                           "on or after " + detail::date_text(history_.back().date) + ", that of " +
                               std::string(to_string(history_.back().state)),
                           "不早于 " + detail::date_text(history_.back().date) + "（" +
                               std::string(to_string(history_.back().state, Language::zh)) + "）");
  }
  check_deadline(step);
  if (needs_score(step.state) && !step.score_hundredths) {
    detail::throw_argument("score_hundredths", "none", "given for " + std::string(to_string(step.state)),
                           "给出（" + std::string(to_string(step.state, Language::zh)) + "）");
  }
  if (step.score_hundredths && (*step.score_hundredths < 0 || *step.score_hundredths > 10'000)) {
    detail::throw_argument("score_hundredths", *step.score_hundredths, "in [0, 10000]", "在 [0, 10000] 之间");
  }
  if (needs_reason(step.state) && step.reason.empty()) {
    detail::throw_argument("reason", "\"\"", "given for " + std::string(to_string(step.state)),
                           "给出（" + std::string(to_string(step.state, Language::zh)) + "）");
  }
  history_.push_back(std::move(step));
}

}  // namespace shequ

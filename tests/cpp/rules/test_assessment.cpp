// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/assessment.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "rule_fixtures.hpp"
#include "shequ/random.hpp"

using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates
using shequ::AssessmentCase;
using shequ::AssessmentProcess;
using shequ::AssessmentRule;
using shequ::AssessmentState;
using shequ::AssessmentStep;
using shequ::FailedReview;
using shequ::Unsampled;
using State = shequ::AssessmentState;
using Scores = std::vector<std::optional<std::int64_t>>;

namespace {

/// The eight aspects of the source with weights of our own: the source names none.
AssessmentRule eight_aspects() {
  AssessmentRule rule;
  rule.id = "assess.test";
  const char* const names[] = {"组织体系", "基础设施", "服务功能", "体制创新",
                               "社会秩序", "文化生活", "环境",     "文明风尚"};
  for (const char* const name : names) rule.aspects.push_back({name, 1250});
  return rule;
}

AssessmentProcess process_of(Unsampled unsampled, FailedReview failed) {
  AssessmentProcess process;
  process.first_year = 2012y;
  process.unsampled = unsampled;
  process.on_failed_review = failed;
  return process;
}

/// A case that stands on the list in 2013.
AssessmentCase listed(Unsampled unsampled, FailedReview failed = FailedReview::withdraw) {
  AssessmentCase subject(process_of(unsampled, failed), "宝塔社区");
  subject.record({State::self_assessed, 2013y / March / 1, 9200, ""});
  subject.record({State::applied, 2013y / September / 30, std::nullopt, ""});
  subject.record({State::district_checked, 2013y / October / 10, 9100, ""});
  subject.record({State::listed, 2013y / October / 20, std::nullopt, ""});
  return subject;
}

}  // namespace

TEST_CASE("a score passes at 90.00 and not at 89.99", "[rules]") {
  const AssessmentRule rule = eight_aspects();
  Scores scores(8, 1125);
  auto score = shequ::assess(rule, scores);
  CHECK(score.total_hundredths == 9000);
  CHECK(score.passes);
  CHECK(score.rule == rule.id);
  scores[7] = 1124;
  score = shequ::assess(rule, scores);
  CHECK(score.total_hundredths == 8999);
  CHECK_FALSE(score.passes);
  // A whole district passed with 96.4.
  CHECK(shequ::assess(rule, Scores{1205, 1205, 1205, 1205, 1205, 1205, 1205, 1205}).total_hundredths == 9640);
}

TEST_CASE("a missing aspect makes a score incomplete and not lower", "[rules]") {
  Scores scores(8, 1250);
  scores[3] = std::nullopt;
  const auto score = shequ::assess(eight_aspects(), scores);
  CHECK_FALSE(score.total_hundredths.has_value());
  CHECK_FALSE(score.passes);
  CHECK(score.missing == std::vector<std::int32_t>{3});
}

TEST_CASE("a column of scores equals the scores one by one", "[rules]") {
  const AssessmentRule rule = eight_aspects();
  shequ::Random random(1);
  std::vector<shequ::Column<std::int64_t>> columns(8);
  for (auto& column : columns) {
    for (int i = 0; i < 50; ++i) {
      column.values.push_back(random.below(1251));
      column.missing.push_back(random.below(20) == 0 ? 1 : 0);
    }
  }
  std::vector<shequ::ColumnView<std::int64_t>> views;
  for (const auto& column : columns) views.push_back(column.view());
  TargetMemory<std::int64_t> totals(50);
  CHECK(shequ::assess(rule, views, totals.target()));
  for (std::size_t i = 0; i < 50; ++i) {
    Scores scores;
    for (const auto& column : columns) {
      scores.push_back(column.missing[i] != 0 ? std::nullopt : std::optional(column.values[i]));
    }
    const auto score = shequ::assess(rule, scores);
    REQUIRE((totals.missing[i] == 0) == score.total_hundredths.has_value());
    REQUIRE(totals.values[i] == score.total_hundredths.value_or(0));
  }
}

TEST_CASE("scaling weights and scores together changes nothing", "[rules]") {
  const auto factor = GENERATE(std::int64_t{1}, std::int64_t{2}, std::int64_t{7}, std::int64_t{100});
  AssessmentRule scaled = eight_aspects();
  for (auto& aspect : scaled.aspects) aspect.weight_hundredths *= factor;
  scaled.full_hundredths *= factor;
  scaled.pass_hundredths *= factor;
  shequ::Random random(2);
  for (int trial = 0; trial < 200; ++trial) {
    Scores scores;
    Scores scaled_scores;
    for (int i = 0; i < 8; ++i) {
      scores.emplace_back(1000 + random.below(251));
      scaled_scores.emplace_back(*scores.back() * factor);
    }
    const auto plain = shequ::assess(eight_aspects(), scores);
    const auto other = shequ::assess(scaled, scaled_scores);
    REQUIRE(plain.passes == other.passes);
    REQUIRE(*plain.total_hundredths * factor == other.total_hundredths);
  }
}

TEST_CASE("scores refuse what has no answer and name it", "[rules]") {
  Scores scores(8, 1250);
  scores[2] = 1251;
  CHECK_THROWS_WITH(shequ::assess(eight_aspects(), scores),
                    "score of aspect \"服务功能\"=1251 must be in [0, 1250] hundredths");
  scores[2] = -1;
  CHECK_THROWS_WITH(shequ::assess(eight_aspects(), scores),
                    "score of aspect \"服务功能\"=-1 must be in [0, 1250] hundredths");
  AssessmentRule rule = eight_aspects();
  rule.aspects.pop_back();
  CHECK_THROWS_WITH(rule.validate(), "sum of weights=8750 must be equal to 10000 hundredths");
  CHECK_THROWS_WITH(AssessmentRule{}.validate(), "aspects.size()=0 must be 1 or more");
  CHECK_THROWS_WITH(shequ::assess(eight_aspects(), Scores(7, 1250)), "scores.size()=7 must be equal to 8");
}

TEST_CASE("a case goes from self-assessment to the honour and to its review", "[rules]") {
  AssessmentCase subject = listed(Unsampled::hold);
  CHECK(subject.allowed_next() == std::vector{State::city_sampled, State::province_sampled, State::declined});
  subject.record({State::city_sampled, 2013y / November / 1, std::nullopt, ""});
  subject.record({State::province_sampled, 2013y / November / 30, 9000, ""});
  CHECK(subject.allowed_next() == std::vector{State::named});
  CHECK_FALSE(subject.bears_honour());
  subject.record({State::named, 2013y / December / 20, std::nullopt, ""});
  CHECK(subject.bears_honour());
  subject.record({State::reviewed, 2014y / October / 1, 9050, ""});
  CHECK(subject.allowed_next() == std::vector{State::kept});
  subject.record({State::kept, 2014y / December / 1, std::nullopt, ""});
  CHECK(subject.allowed_next() == std::vector{State::reviewed});
  CHECK(subject.history().size() == 9);
  CHECK(subject.subject() == "宝塔社区");
}

TEST_CASE("what happens to applicants that nobody samples is a parameter", "[rules]") {
  CHECK_THROWS_WITH(listed(Unsampled::hold).record({State::named, 2013y / December / 1, std::nullopt, ""}),
                    "state=named must be city_sampled or province_sampled or declined, to follow listed");
  AssessmentCase by_list = listed(Unsampled::name);
  by_list.record({State::named, 2013y / December / 1, std::nullopt, ""});
  CHECK(by_list.state() == State::named);
}

TEST_CASE("what happens to a failed review is a parameter", "[rules]") {
  const auto named = [](FailedReview failed) {
    AssessmentCase subject = listed(Unsampled::name, failed);
    subject.record({State::named, 2013y / December / 1, std::nullopt, ""});
    subject.record({State::reviewed, 2014y / October / 1, 8999, ""});
    return subject;
  };
  AssessmentCase strict = named(FailedReview::withdraw);
  CHECK(strict.allowed_next() == std::vector{State::withdrawn});
  CHECK_THROWS_WITH(strict.record({State::withdrawn, 2014y / November / 1, std::nullopt, ""}),
                    "reason=\"\" must be given for withdrawn");
  strict.record({State::withdrawn, 2014y / November / 1, std::nullopt, "复查 89.99 分"});
  CHECK(strict.allowed_next().empty());
  CHECK_FALSE(strict.bears_honour());
  CHECK_THROWS_WITH(strict.record({State::named, 2014y / December / 1, std::nullopt, ""}),
                    "state=named must be left out, nothing follows withdrawn");
  AssessmentCase mild = named(FailedReview::review_again);
  CHECK(mild.allowed_next() == std::vector{State::reviewed});
  AssessmentCase saved = mild;
  saved.record({State::reviewed, 2015y / March / 1, 9000, ""});
  CHECK(saved.allowed_next() == std::vector{State::kept});
  mild.record({State::reviewed, 2015y / March / 1, 8000, ""});
  CHECK(mild.allowed_next() == std::vector{State::withdrawn});
}

TEST_CASE("the last day to apply is later in the first year", "[rules]") {
  const auto apply = [](year_month_day assessed, year_month_day applied) {
    AssessmentCase subject(process_of(Unsampled::name, FailedReview::withdraw), "x");
    subject.record({State::self_assessed, assessed, 9000, ""});
    subject.record({State::applied, applied, std::nullopt, ""});
    return *subject.state();
  };
  CHECK(apply(2012y / March / 1, 2012y / November / 15) == State::applied);
  CHECK(apply(2013y / March / 1, 2013y / September / 30) == State::applied);
  CHECK_THROWS_WITH(apply(2012y / March / 1, 2012y / November / 16),
                    "date of applied=2012-11-16 must be on or before 2012-11-15");
  CHECK_THROWS_WITH(apply(2013y / March / 1, 2013y / October / 1),
                    "date of applied=2013-10-01 must be on or before 2013-09-30");
}

TEST_CASE("a step that breaks the process is refused and changes nothing", "[rules]") {
  AssessmentCase subject(process_of(Unsampled::name, FailedReview::withdraw), "x");
  CHECK_THROWS_WITH(subject.record({State::applied, 2013y / March / 1, std::nullopt, ""}),
                    "state=applied must be self_assessed, the first step");
  CHECK_THROWS_WITH(subject.record({State::self_assessed, 2013y / March / 1, std::nullopt, ""}),
                    "score_hundredths=none must be given for self_assessed");
  CHECK_THROWS_WITH(subject.record({State::self_assessed, 2013y / March / 1, 10'001, ""}),
                    "score_hundredths=10001 must be in [0, 10000]");
  CHECK_THROWS_WITH(subject.record({State::self_assessed, 2013y / February / 30, 9000, ""}),
                    "date=2013-02-30 must be a day of the calendar");
  CHECK(subject.history().empty());
  subject.record({State::self_assessed, 2013y / March / 1, 8999, ""});
  CHECK_THROWS_WITH(subject.record({State::applied, 2013y / March / 2, std::nullopt, ""}),
                    "state=applied must be self_assessed, to follow self_assessed with 8999 against 9000 hundredths");
  CHECK_THROWS_WITH(subject.record({State::self_assessed, 2013y / February / 28, 9100, ""}),
                    "date=2013-02-28 must be on or after 2013-03-01, that of self_assessed");
  AssessmentCase late = listed(Unsampled::name);
  CHECK_THROWS_WITH(late.record({State::province_sampled, 2013y / December / 1, 9000, ""}),
                    "date of province_sampled=2013-12-01 must be on or before 2013-11-30");
  CHECK(late.state() == State::listed);
  CHECK_THROWS_WITH(AssessmentCase(AssessmentProcess{}, "x"), "unsampled=none must be name or hold");
}

TEST_CASE("no walk leads to an honour without a passing self-assessment", "[rules]") {
  shequ::Random random(9);
  for (int trial = 0; trial < 300; ++trial) {
    AssessmentCase subject(process_of(trial % 2 == 0 ? Unsampled::name : Unsampled::hold,
                                      trial % 3 == 0 ? FailedReview::withdraw : FailedReview::review_again),
                           "x");
    for (int step = 0; step < 12; ++step) {
      const auto next = subject.allowed_next();
      if (next.empty()) break;
      const State state = next[random.below(static_cast<std::uint32_t>(next.size()))];
      subject.record({state, 2013y / June / 1, 8990 + random.below(20), "because"});
    }
    bool passed = false;
    for (const AssessmentStep& step : subject.history()) {
      if (step.state == State::self_assessed) passed = *step.score_hundredths >= 9000;
      if (step.state == State::applied) REQUIRE(passed);
    }
    const auto& history = subject.history();
    for (std::size_t i = 1; i < history.size(); ++i) {
      if (history[i].state == State::withdrawn) REQUIRE(*history[i - 1].score_hundredths < 9000);
      if (history[i].state == State::kept) REQUIRE(*history[i - 1].score_hundredths >= 9000);
    }
  }
}

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/assessment.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "columns.hpp"
#include "shequ/detail/wide.hpp"

namespace shequ {

namespace {

constexpr std::int64_t most_hundredths = 1'000'000'000;

void check_score(const std::string& name, std::int64_t score, std::int64_t weight) {
  if (score < 0 || score > weight) {
    const std::string range = "[0, " + std::to_string(weight) + "]";
    detail::throw_argument(name, score, "in " + range + " hundredths", "在 " + range + " 之间（百分之一分）");
  }
}

[[nodiscard]] std::string aspect_name(const AssessmentRule& rule, std::size_t i) {
  return "score of aspect \"" + rule.aspects[i].name + "\"";
}

}  // namespace

void AssessmentRule::validate() const {
  if (aspects.empty()) detail::throw_argument("aspects.size()", 0, "1 or more", "至少为 1");
  if (full_hundredths < 1 || full_hundredths > most_hundredths) {
    detail::throw_argument("full_hundredths", full_hundredths, "in [1, 1000000000]", "在 [1, 1000000000] 之间");
  }
  check_score("pass_hundredths", pass_hundredths, full_hundredths);
  detail::Int128 sum = 0;
  for (const Aspect& aspect : aspects) {
    if (aspect.weight_hundredths < 1) {
      detail::throw_argument("weight of aspect \"" + aspect.name + "\"", aspect.weight_hundredths, "above 0", "大于 0");
    }
    sum += aspect.weight_hundredths;
  }
  if (sum != full_hundredths) {
    detail::throw_argument("sum of weights", detail::narrow(sum, "sum of weights"),
                           "equal to " + std::to_string(full_hundredths) + " hundredths",
                           "等于 " + std::to_string(full_hundredths) + "（百分之一分）");
  }
}

AssessmentScore assess(const AssessmentRule& rule, std::span<const std::optional<std::int64_t>> scores_hundredths) {
  rule.validate();
  detail::check_length("scores", scores_hundredths.size(), rule.aspects.size());
  AssessmentScore result;
  result.rule = rule.id;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < scores_hundredths.size(); ++i) {
    if (!scores_hundredths[i]) {
      result.missing.push_back(static_cast<std::int32_t>(i));
      continue;
    }
    check_score(aspect_name(rule, i), *scores_hundredths[i], rule.aspects[i].weight_hundredths);
    total += *scores_hundredths[i];
  }
  if (result.missing.empty()) {
    result.total_hundredths = total;
    result.passes = total >= rule.pass_hundredths;
  }
  return result;
}

bool assess(const AssessmentRule& rule, std::span<const ColumnView<std::int64_t>> aspects,
            const ColumnTarget<std::int64_t>& totals) {
  rule.validate();
  detail::check_length("aspects", aspects.size(), rule.aspects.size());
  const std::size_t size = totals.values.size();
  bool masked = false;
  for (std::size_t a = 0; a < aspects.size(); ++a) {
    detail::check_column(detail::entry("aspects", a), aspects[a], size);
    masked = masked || !aspects[a].missing.empty();
  }
  if (masked) detail::check_length("totals.missing", totals.missing.size(), size);
  bool any = false;
  for (std::size_t i = 0; i < size; ++i) {
    std::int64_t total = 0;
    bool missing = false;
    for (std::size_t a = 0; a < aspects.size(); ++a) {
      if (detail::is_missing(aspects[a], i)) {
        missing = true;
        continue;
      }
      const std::int64_t score = aspects[a].values[i];
      if (score < 0 || score > rule.aspects[a].weight_hundredths) {
        check_score(detail::entry(aspect_name(rule, a), i), score, rule.aspects[a].weight_hundredths);
      }
      total += score;
    }
    totals.values[i] = missing ? 0 : total;
    if (masked) totals.missing[i] = missing ? 1 : 0;
    any = any || missing;
  }
  return any;
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/stars.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "columns.hpp"

namespace shequ {

std::int64_t StarThresholds::stars(std::int64_t score_hundredths) const {
  for (std::size_t star = 5; star > 0; --star) {
    if (least_hundredths[star - 1] && score_hundredths >= *least_hundredths[star - 1]) {
      return static_cast<std::int64_t>(star);
    }
  }
  return 0;
}

void StarThresholds::validate() const {
  std::int64_t last = -1;
  for (std::size_t i = 0; i < 5; ++i) {
    if (!least_hundredths[i]) continue;
    if (*least_hundredths[i] <= last) {
      detail::throw_argument(detail::entry("least_hundredths", i), *least_hundredths[i],
                             "above " + std::to_string(last), "大于 " + std::to_string(last));
    }
    last = *least_hundredths[i];
  }
  if (last < 0) detail::throw_argument("least_hundredths", "none", "given for one star or more", "至少给出一个星级");
}

void StarQuota::validate() const {
  for (std::size_t i = 0; i < 5; ++i) detail::check_count_of("caps", i, caps[i]);
  if (!ties) detail::throw_argument("ties", "none", "better or worse", "是 better 或 worse");
}

std::optional<bool> StarAllOf::meets(std::span<const std::optional<std::int64_t>> part_hundredths,
                                     std::int64_t bonus_hundredths) const {
  validate();
  detail::check_length("part_hundredths", part_hundredths.size(), static_cast<std::size_t>(parts));
  detail::check_count_of("bonus_hundredths", bonus_hundredths);
  std::int64_t total = bonus_hundredths;
  bool each = true;
  bool missing = false;
  for (std::size_t i = 0; i < part_hundredths.size(); ++i) {
    if (!part_hundredths[i]) {
      missing = true;
      continue;
    }
    detail::check_count_of("part_hundredths", i, *part_hundredths[i]);
    total += *part_hundredths[i];
    each = each && *part_hundredths[i] >= least_part_hundredths;
  }
  if (missing) return std::nullopt;
  return each && total >= least_total_hundredths;
}

void StarAllOf::validate() const {
  detail::check_not_negative("least_part_hundredths", least_part_hundredths);
  detail::check_not_negative("least_total_hundredths", least_total_hundredths);
  if (parts < 1 || parts > 100) detail::throw_argument("parts", parts, "in [1, 100]", "在 [1, 100] 之间");
}

bool compute_stars(const StarThresholds& rule, const ColumnView<std::int64_t>& scores_hundredths,
                   const ColumnTarget<std::int64_t>& stars) {
  rule.validate();
  detail::check_column("scores", scores_hundredths, stars.values.size());
  return detail::map_columns(
      stars,
      [&](std::size_t i) {
        if (scores_hundredths.values[i] < 0) detail::check_count_of("scores", i, scores_hundredths.values[i]);
        return rule.stars(scores_hundredths.values[i]);
      },
      scores_hundredths);
}

bool compute_stars(const StarQuota& rule, const ColumnView<std::int64_t>& scores_hundredths,
                   const ColumnTarget<std::int64_t>& stars) {
  rule.validate();
  const auto& scores = scores_hundredths.values;
  detail::check_column("scores", scores_hundredths, stars.values.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (detail::is_missing(scores_hundredths, i)) continue;
    detail::check_count_of("scores", i, scores[i]);
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  const auto star_of = [&](std::int64_t place) {  // counted from 0
    for (std::size_t star = 5; star > 0; --star) {
      if (place < rule.caps[star - 1]) return static_cast<std::int64_t>(star);
      place -= rule.caps[star - 1];
    }
    return std::int64_t{0};
  };
  const bool any = detail::map_columns(stars, [](std::size_t) { return std::int64_t{0}; }, scores_hundredths);
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && scores[order[end]] == scores[order[first]]) ++end;
    const std::size_t place = rule.ties == StarTies::better ? first : end - 1;
    for (std::size_t i = first; i < end; ++i) stars.values[order[i]] = star_of(static_cast<std::int64_t>(place));
    first = end;
  }
  return any;
}

StarSummary summarise_stars(const ColumnView<std::int64_t>& stars) {
  detail::check_column("stars", stars, stars.values.size());
  StarSummary summary;
  std::int64_t sum = 0;
  std::int64_t starred = 0;
  for (std::size_t i = 0; i < stars.values.size(); ++i) {
    const std::int64_t value = stars.values[i];
    if (detail::is_missing(stars, i)) {
      ++summary.missing;
      continue;
    }
    if (value < 0 || value > 5) detail::throw_argument(detail::entry("stars", i), value, "in [0, 5]", "在 [0, 5] 之间");
    if (value == 0) {
      ++summary.none;
      continue;
    }
    ++summary.counts[static_cast<std::size_t>(value - 1)];
    ++starred;
    sum += value;
  }
  if (starred + summary.none > 0) summary.starred_share = Fraction(starred, starred + summary.none);
  if (starred > 0) summary.mean_stars = Fraction(sum, starred);
  return summary;
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_info.hpp"

// Stars (星级) are whole numbers from 1 to 5; 0 is none. Scores are whole hundredths of a point.

namespace shequ {

/// Stars by score: the highest star whose least score is reached. No source gives the scores.
struct StarThresholds : RuleInfo {
  /// Least score of 1 star to 5 stars; nothing where a star is not given. Those given must ascend.
  std::array<std::optional<std::int64_t>, 5> least_hundredths{};

  [[nodiscard]] std::int64_t stars(std::int64_t score_hundredths) const;
  void validate() const;
  friend bool operator==(const StarThresholds&, const StarThresholds&) = default;
};

/// What equal scores get that stand on both sides of a cap.
enum class StarTies : std::uint8_t {
  better,  ///< all of them the better star, though that exceeds the cap
  worse    ///< none of them the better star
};

/// Stars by rank: the best `caps[4]` get 5 stars, the next `caps[3]` 4 stars, and so on.
struct StarQuota : RuleInfo {
  std::array<std::int64_t, 5> caps{};  ///< most communities with 1 star to 5 stars
  std::optional<StarTies> ties;        ///< must be given

  void validate() const;
  friend bool operator==(const StarQuota&, const StarQuota&) = default;
};

/// A honour for those who are good in every part: each part and the total with the bonus reach a least score.
/// Shaoxing 2019 (draft): five parts, each at least 80 of 100, total at least 450.
struct StarAllOf : RuleInfo {
  std::int64_t least_part_hundredths{};
  std::int64_t least_total_hundredths{};
  std::int64_t parts{};  ///< number of parts, 1 to 100

  /// Nothing where a part is missing. Throws InvalidInput for another number of parts or a negative score.
  [[nodiscard]] std::optional<bool> meets(std::span<const std::optional<std::int64_t>> part_hundredths,
                                          std::int64_t bonus_hundredths = 0) const;
  void validate() const;
  friend bool operator==(const StarAllOf&, const StarAllOf&) = default;
};

/// Stars of a column of scores; returns whether some are missing. By rank, units without a score take no place.
bool compute_stars(const StarThresholds& rule, const ColumnView<std::int64_t>& scores_hundredths,
                   const ColumnTarget<std::int64_t>& stars);
bool compute_stars(const StarQuota& rule, const ColumnView<std::int64_t>& scores_hundredths,
                   const ColumnTarget<std::int64_t>& stars);

/// How stars are spread.
struct StarSummary {
  std::array<std::int64_t, 5> counts{};  ///< communities with 1 star to 5 stars
  std::int64_t none{};
  std::int64_t missing{};
  std::optional<Fraction> starred_share;  ///< of the communities that are known
  std::optional<Fraction> mean_stars;     ///< of those with a star
  friend bool operator==(const StarSummary&, const StarSummary&) = default;
};

/// Throws InvalidInput naming the first entry outside of [0, 5].
[[nodiscard]] StarSummary summarise_stars(const ColumnView<std::int64_t>& stars);

}  // namespace shequ

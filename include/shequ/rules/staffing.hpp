// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>

#include "shequ/detail/argument.hpp"
#include "shequ/hierarchy/level.hpp"
#include "shequ/rules/rounding.hpp"
#include "shequ/rules/rule_id.hpp"

namespace shequ {

/// Most households that one unit may have. More is a slip of units or a column that is none of households; all of
/// China has about 5 * 10^8.
inline constexpr std::int64_t max_unit_households = 2'147'483'647;

/// How many full-time community workers (专职社区工作者) a community of a given number of households gets.
///
/// The default is 常州市武进区, 2012: "1000户以下配4人，每增加250户增配1人": 4 posts up to and with 1,000 households
/// (以下 includes the number: Civil Code of the PRC, art. 1259), one more per additional 250.
///
///   households   1000   1001   1249   1250   1500
///   floor           4      4      4      5      6
///   ceil            4      5      5      5      6
///   round           4      4      5      5      6
///
/// Apply it to communities and add up; never apply it to the total of a town.
struct StaffingRule {
  std::int64_t base{4};                ///< posts of the smallest community, 0 to 1,000,000
  std::int64_t base_households{1000};  ///< households that the base covers, 0 to max_unit_households
  std::int64_t step_households{250};   ///< households per further post, 1 to max_unit_households
  Rounding rounding{Rounding::floor};
  Setting applies_to{Setting::urban};  ///< communities the rule is for; the default's source is titled 城镇社区
  RuleId id{"staff.wujin2012"};        ///< id in the catalogue, or the user's own

  /// Posts for one community of `households` (0 to max_unit_households). Throws InvalidInput outside of that, and
  /// where the rule itself is not valid.
  [[nodiscard]] constexpr std::int64_t posts(std::int64_t households) const {
    validate();
    check_households(households);
    return base + steps(households);
  }

  /// Fewest households that get `posts` posts; throws InvalidInput where posts is below `base`.
  [[nodiscard]] constexpr std::int64_t min_households(std::int64_t posts) const {
    validate();
    check_posts(posts);
    if (posts == base) return 0;
    return base_households + (posts - base) * step_households - step_slack();
  }

  /// Most households that `posts` posts serve before one more is due; throws InvalidInput where posts is below `base`.
  [[nodiscard]] constexpr std::int64_t max_households(std::int64_t posts) const {
    validate();
    check_posts(posts);
    return base_households + (posts - base + 1) * step_households - step_slack() - 1;
  }

  /// How many more households bring the next post, 1 or more.
  [[nodiscard]] constexpr std::int64_t households_to_next_post(std::int64_t households) const {
    return max_households(posts(households)) + 1 - households;
  }

  /// Throws InvalidInput naming the first parameter that is out of range.
  constexpr void validate() const {
    if (base < 0 || base > 1'000'000) detail::throw_argument("base", base, "in [0, 1000000]", "在 [0, 1000000] 之间");
    if (base_households < 0 || base_households > max_unit_households) {
      detail::throw_argument("base_households", base_households, "in [0, 2147483647]", "在 [0, 2147483647] 之间");
    }
    if (step_households < 1 || step_households > max_unit_households) {
      detail::throw_argument("step_households", step_households, "in [1, 2147483647]", "在 [1, 2147483647] 之间");
    }
  }

  /// Households short of a full step that already count as one: 0 floor, step - 1 ceil, half a step round.
  [[nodiscard]] constexpr std::int64_t step_slack() const noexcept { return rounding_slack(rounding, step_households); }

  friend constexpr bool operator==(const StaffingRule&, const StaffingRule&) = default;

 private:
  [[nodiscard]] constexpr std::int64_t steps(std::int64_t households) const noexcept {
    const std::int64_t excess = households - base_households;
    return excess <= 0 ? 0 : (excess + step_slack()) / step_households;
  }
  static constexpr void check_households(std::int64_t households) {
    if (households < 0 || households > max_unit_households) {
      detail::throw_argument("households", households, "in [0, 2147483647]", "在 [0, 2147483647] 之间");
    }
  }
  constexpr void check_posts(std::int64_t posts) const {
    if (posts < base || posts > max_unit_households) {
      detail::throw_argument("posts", posts, "in [base, 2147483647]", "在 [基数, 2147483647] 之间");
    }
  }
};

/// Posts of every community of a column; `posts` has the length of `households` and may be the same memory.
/// Throws InvalidInput naming the first entry that is negative or above max_unit_households; posts is then unspecified.
/// Speed: that of reading and writing the columns.
void compute_posts(const StaffingRule& rule, std::span<const std::int64_t> households, std::span<std::int64_t> posts);
void compute_posts(const StaffingRule& rule, std::span<const std::int32_t> households, std::span<std::int64_t> posts);

/// Sum of the posts of every community, without storing them: always by community, never by the total.
[[nodiscard]] std::int64_t total_posts(const StaffingRule& rule, std::span<const std::int64_t> households);
[[nodiscard]] std::int64_t total_posts(const StaffingRule& rule, std::span<const std::int32_t> households);

/// Posts against persons, shortage and surplus apart: a surplus here does not make up for a shortage there.
struct StaffingBalance {
  std::int64_t posts{};     ///< posts required
  std::int64_t workers{};   ///< persons at work, each counted once
  std::int64_t shortage{};  ///< sum over communities of max(0, posts - workers)
  std::int64_t surplus{};   ///< sum over communities of max(0, workers - posts)
  std::int64_t communities{};
  friend constexpr bool operator==(const StaffingBalance&, const StaffingBalance&) = default;
};

/// Adds up posts and workers of communities; both columns have one entry a community, none negative.
[[nodiscard]] StaffingBalance staffing_balance(std::span<const std::int64_t> posts,
                                               std::span<const std::int64_t> workers);

}  // namespace shequ

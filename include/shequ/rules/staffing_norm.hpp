// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "shequ/fwd.hpp"
#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/staffing.hpp"

namespace shequ {

/// What a norm counts (计算口径). Sources that say 户 and no more say `households`: which kind a column holds is then
/// for the caller to state, and every result repeats it.
enum class Basis : std::uint8_t {
  households,             ///< 户, of a kind that the source leaves open
  registered_households,  ///< 户籍户
  resident_households,    ///< 常住户
  dwellings,              ///< 套
  residents,              ///< 常住人口
  registered_persons      ///< 户籍人口
};

/// Name of a basis, for example "resident_households" or "常住户".
[[nodiscard]] std::string_view to_string(Basis basis, Language language = Language::en) noexcept;
/// True for persons, false for households and dwellings.
[[nodiscard]] constexpr bool counts_persons(Basis basis) noexcept { return basis >= Basis::residents; }

namespace detail {

/// A count of one unit lies in [0, max_unit_households], be it of households, dwellings or persons.
constexpr void check_count(std::int64_t count) {
  if (count < 0 || count > max_unit_households) {
    throw_argument("count", count, "in [0, 2147483647]", "在 [0, 2147483647] 之间");
  }
}

}  // namespace detail

/// Posts that a norm gives to one community: fewest and most. Equal where it names one number.
struct PostsRange {
  std::int64_t least{};
  std::int64_t most{};
  friend constexpr bool operator==(const PostsRange&, const PostsRange&) = default;
};

/// Posts in proportion to a count, with a minimum: "18 per 10,000 residents", "1 per 110 to 150 households, 9 or more".
///
///   staff.gansu2023     18 per 10,000, >= 9       5000 -> 9     5001 -> 10
///   staff.beijing2020   1 per 150 to 110, >= 9    2000 -> 14 to 19
///
/// Least posts are posts * count / per, most posts are posts * count / most_per, each rounded and at least `minimum`.
struct StaffingRatio {
  std::int64_t posts{1};     ///< posts per `per` of the count, 1 to 1,000,000
  std::int64_t per{};        ///< 1 to max_unit_households; no default
  std::int64_t most_per{0};  ///< the generous end of a range, 1 to `per`; 0: the norm names one number
  std::int64_t minimum{0};   ///< fewest posts of any community, 0 to 1,000,000
  Basis basis{Basis::residents};
  Rounding rounding{Rounding::ceil};  ///< ceil: the fewest whole persons that are not below the ratio
  Setting applies_to{Setting::urban};
  RuleId id{"custom"};

  /// Throws InvalidInput for a count outside of [0, max_unit_households], and where the rule is not valid.
  [[nodiscard]] constexpr PostsRange posts_range(std::int64_t count) const {
    validate();
    detail::check_count(count);
    return {share(count, per), share(count, most_per == 0 ? per : most_per)};
  }

  constexpr void validate() const {
    if (posts < 1 || posts > 1'000'000) {
      detail::throw_argument("posts", posts, "in [1, 1000000]", "在 [1, 1000000] 之间");
    }
    if (per < 1 || per > max_unit_households) {
      detail::throw_argument("per", per, "in [1, 2147483647]", "在 [1, 2147483647] 之间");
    }
    if (most_per < 0 || most_per > per) {
      detail::throw_argument("most_per", most_per, "in [1, per], or 0 for none", "在 [1, per] 之间，或为 0（无）");
    }
    if (minimum < 0 || minimum > 1'000'000) {
      detail::throw_argument("minimum", minimum, "in [0, 1000000]", "在 [0, 1000000] 之间");
    }
  }

  friend constexpr bool operator==(const StaffingRatio&, const StaffingRatio&) = default;

 private:
  [[nodiscard]] constexpr std::int64_t share(std::int64_t count, std::int64_t each) const noexcept {
    // posts * count stays below 2^51.
    const std::int64_t due = (posts * count + rounding_slack(rounding, each)) / each;
    return due < minimum ? minimum : due;
  }
};

/// One line of a table: communities with a count of at most `up_to` get `posts`.
struct StaffingBand {
  std::int64_t up_to{};
  PostsRange posts{};
  friend constexpr bool operator==(const StaffingBand&, const StaffingBand&) = default;
};

/// Posts by bands of a count, as tables in norms have them: "up to 700 households 5 to 9". A count above the last band
/// has no answer.
class StaffingTable {
 public:
  static constexpr std::size_t max_bands = 12;

  constexpr StaffingTable() = default;
  /// `bands` ascend in `up_to`, and posts do not descend; counts below `from` have no answer. Throws InvalidInput.
  constexpr StaffingTable(RuleId id_of_rule, Basis counted, Setting setting, std::span<const StaffingBand> bands,
                          std::int64_t from_count = 0)
      : id(id_of_rule), basis(counted), applies_to(setting), from(from_count), size_(bands.size()) {
    if (bands.empty() || bands.size() > max_bands) {
      detail::throw_argument("bands.size()", static_cast<long long>(bands.size()), "in [1, 12]", "在 [1, 12] 之间");
    }
    for (std::size_t i = 0; i < bands.size(); ++i) bands_[i] = bands[i];
    validate();
  }

  RuleId id{"custom"};
  Basis basis{Basis::households};
  Setting applies_to{Setting::urban};
  std::int64_t from{0};  ///< smallest count that the table covers

  [[nodiscard]] constexpr std::span<const StaffingBand> bands() const noexcept { return {bands_.data(), size_}; }

  /// Nothing for a count that the table does not cover; throws InvalidInput for a count outside of
  /// [0, max_unit_households].
  [[nodiscard]] constexpr std::optional<PostsRange> posts_range(std::int64_t count) const {
    detail::check_count(count);
    if (count < from) return std::nullopt;
    for (const StaffingBand& band : bands()) {
      if (count <= band.up_to) return band.posts;
    }
    return std::nullopt;
  }

  constexpr void validate() const {
    if (size_ == 0) detail::throw_argument("bands.size()", 0, "in [1, 12]", "在 [1, 12] 之间");
    std::int64_t above = from - 1;
    PostsRange last;
    if (from < 0) detail::throw_argument("from", from, "0 or more", "大于或等于 0");
    for (std::size_t i = 0; i < size_; ++i) {
      const StaffingBand& band = bands_[i];
      if (band.up_to <= above || band.up_to > max_unit_households) {
        detail::throw_argument(entry("up_to", i), band.up_to, "above the band before it and at most 2147483647",
                               "大于前一档，且不超过 2147483647");
      }
      if (band.posts.least < last.least || band.posts.least > 1'000'000) {
        detail::throw_argument(entry("least", i), band.posts.least,
                               "at least that of the band before it, and <= 1000000", "不少于前一档，且不超过 1000000");
      }
      if (band.posts.most < band.posts.least || band.posts.most < last.most || band.posts.most > 1'000'000) {
        detail::throw_argument(entry("most", i), band.posts.most,
                               "at least `least` and that of the band before it, and <= 1000000",
                               "不少于 least 和前一档，且不超过 1000000");
      }
      above = band.up_to;
      last = band.posts;
    }
  }

  friend constexpr bool operator==(const StaffingTable&, const StaffingTable&) = default;

 private:
  [[nodiscard]] static std::string entry(std::string_view name, std::size_t i) {
    return "bands[" + std::to_string(i) + "]." + std::string(name);
  }

  std::array<StaffingBand, max_bands> bands_{};
  std::size_t size_{0};
};

/// Any norm of staffing (配备标准): base and steps, a ratio with a minimum, or a table.
using StaffingNorm = std::variant<StaffingRule, StaffingRatio, StaffingTable>;

[[nodiscard]] RuleId rule_id(const StaffingNorm& norm) noexcept;
[[nodiscard]] Setting applies_to(const StaffingNorm& norm) noexcept;
/// What the norm counts; of a StaffingRule, households.
[[nodiscard]] Basis basis(const StaffingNorm& norm) noexcept;
/// How it rounds; floor for a table, which does not.
[[nodiscard]] Rounding rounding(const StaffingNorm& norm) noexcept;
/// Throws InvalidInput naming the first parameter that is out of range.
void validate(const StaffingNorm& norm);

/// What a norm answers for one community, and by which rule and policy.
struct StaffingAnswer {
  std::optional<PostsRange> posts;  ///< nothing where the norm does not cover the count
  RuleId rule;
  Rounding rounding{Rounding::floor};
  Basis basis{Basis::households};
  friend constexpr bool operator==(const StaffingAnswer&, const StaffingAnswer&) = default;
};

/// Posts for one community with `count` of what the norm counts. Throws InvalidInput for a count that is none.
[[nodiscard]] StaffingAnswer required_posts(const StaffingNorm& norm, std::int64_t count);

/// Posts of a column of communities:
///
///   counts             900   2600   9000      0
///   counts.missing       0      0      0      1     may be empty
///   least.values         9     18      0      0
///   most                 9     24      0      0     may be empty
///   least.missing        0      0      1      1     no count, or one that the norm does not cover
///
/// Returns whether some community has no answer. Throws InvalidInput naming the first entry that is no count, the
/// results being unspecified then.
bool compute_posts(const StaffingNorm& norm, const ColumnView<std::int64_t>& counts,
                   const ColumnTarget<std::int64_t>& least, std::span<std::int64_t> most = {});

/// The smallest count above `count` that gets more posts (of `least`), for the question "how many more until the next
/// post"; nothing where there is none up to max_unit_households.
[[nodiscard]] std::optional<std::int64_t> next_post_at(const StaffingNorm& norm, std::int64_t count);

/// How the norm comes to its number, in one sentence: "7 posts: 4 + 3 full steps of 250 over 1,000; norm
/// staff.wujin2012, floor".
[[nodiscard]] std::string explain(const StaffingNorm& norm, std::int64_t count, Language language = Language::en);
/// What the norm gives, to whom, and how it rounds, in one sentence.
[[nodiscard]] std::string describe(const StaffingNorm& norm, Language language = Language::en);

}  // namespace shequ

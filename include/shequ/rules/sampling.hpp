// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_info.hpp"

namespace shequ {

/// What is decided about a unit before lots are drawn.
enum class Forced : std::uint8_t {
  no,  ///< the lot decides
  in,  ///< in the sample; counts toward the number to draw
  out  ///< never in the sample
};

/// Spot checks (抽查) of a share of every stratum, for example new and named x urban and rural.
/// The ratio is not in the sources.
struct SamplingRule : RuleInfo {
  Fraction ratio{};  ///< share of each stratum, [0, 1]

  /// Units to draw from a stratum of `size`: the share rounded up, so at least 1 where ratio and size are above 0.
  [[nodiscard]] std::int64_t sample_size(std::int64_t size) const;
  void validate() const;
  friend bool operator==(const SamplingRule&, const SamplingRule&) = default;
};

/// One stratum of a sample.
struct Stratum {
  std::int64_t label{};  ///< as the caller gave it
  std::int64_t size{};   ///< units in it
  std::int64_t asked{};  ///< sample_size(size)
  std::int64_t forced_in{};
  std::int64_t forced_out{};
  std::int64_t drawn{};  ///< units in the sample, the forced ones included
  friend constexpr bool operator==(const Stratum&, const Stratum&) = default;
};

/// A drawn sample, with what is needed to draw it again.
struct Sample {
  std::vector<std::uint8_t> chosen;  ///< 1 for each unit in the sample
  std::vector<Stratum> strata;       ///< ascending by label
  std::uint64_t seed{};
  RuleId rule;
  friend bool operator==(const Sample&, const Sample&) = default;
};

/// Draws without replacement: in every stratum each set of that many units is equally likely.
///
/// The lot of a unit comes from the seed and its code alone; so the sample does not depend on the order of the rows, on
/// the machine or on the other strata. Units forced in come on top where they are more than asked; a stratum with too
/// few units that may be drawn gives all of them. `forced` may be empty. Throws InvalidInput where two units share a
/// code or lengths differ. O(n log n).
[[nodiscard]] Sample draw_sample(const SamplingRule& rule, std::span<const std::string_view> codes,
                                 std::span<const std::int64_t> strata, std::span<const Forced> forced,
                                 std::uint64_t seed);

/// Chance that a sample of `drawn` among `total` units holds at least one of `failing`: 1 - C(N-d, n) / C(N, n).
[[nodiscard]] double detection_probability(std::int64_t total, std::int64_t failing, std::int64_t drawn);

/// Fewest units to draw for a chance of at least `probability`, (0, 1); `failing` must be 1 or more.
[[nodiscard]] std::int64_t sample_for_detection(std::int64_t total, std::int64_t failing, double probability);

}  // namespace shequ

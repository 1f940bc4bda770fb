// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/coverage.hpp"

// Counts of residents and of cadres: numbers by grid or community, never names.

namespace shequ {

/// Sum of one group of residents (退休、下岗、失业、流动人口、低保 ...) over grids.
struct GroupTotal {
  std::string category;
  std::int64_t persons{};
  std::int64_t known{};           ///< grids that report the group
  std::int64_t missing{};         ///< grids that do not
  std::optional<Fraction> share;  ///< of the residents of the grids where both are known; nothing where these are 0
  friend bool operator==(const GroupTotal&, const GroupTotal&) = default;
};

/// Totals of each group: the list is the caller's, and one person may be in several groups, so that groups do not add
/// up to the residents. Throws InvalidInput where a count is negative or above the residents of its grid.
[[nodiscard]] std::vector<GroupTotal> group_totals(std::span<const std::string> categories,
                                                   std::span<const ColumnView<std::int64_t>> counts,
                                                   const ColumnView<std::int64_t>& residents);

/// One band of a distribution: from `from_value` up to and without `below`.
struct BandShare {
  std::optional<std::int64_t> from_value;  ///< nothing in the lowest band
  std::optional<std::int64_t> below;       ///< nothing in the highest band
  std::int64_t count{};
  std::optional<Fraction> share;  ///< of the known values; nothing without any
  friend bool operator==(const BandShare&, const BandShare&) = default;
};

/// A distribution over bands (年龄结构、文化结构).
struct Bands {
  std::vector<BandShare> bands;
  std::int64_t known{};
  std::int64_t missing{};
  friend bool operator==(const Bands&, const Bands&) = default;
};

/// Distribution of values (ages; or levels of education in their order) over the bands that `edges` separate:
/// edges 35, 45, 55 make below 35, 35-44, 45-54, 55 and above. Throws InvalidInput where edges do not ascend.
[[nodiscard]] Bands band_shares(const ColumnView<std::int64_t>& values, std::span<const std::int64_t> edges);

}  // namespace shequ

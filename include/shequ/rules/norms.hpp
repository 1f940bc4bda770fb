// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "shequ/rules/staffing.hpp"

namespace shequ {

/// How well a norm is known.
enum class NormStatus : std::uint8_t {
  seen,       ///< read in its text, or in a report that quotes it
  unverified  ///< no source found: listed, never a default
};

/// Bounds on the households of one grid (网格规模).
struct GridSize {
  std::int64_t min_households{};
  std::int64_t max_households{};
  friend constexpr bool operator==(const GridSize&, const GridSize&) = default;
};

/// One row of the catalogue of norms: a rule with its source.
struct Norm {
  std::string_view id;
  std::string_view title_en;
  std::string_view title_zh;
  std::string_view parameters_en;
  std::string_view parameters_zh;
  std::string_view source;     ///< document, article, year, as it can be cited
  std::string_view effective;  ///< first day or year it applied, ISO form; empty where the source does not say
  NormStatus status{NormStatus::seen};
  std::optional<StaffingRule> staffing;  ///< where the norm is a staffing rule
  std::optional<GridSize> grid_size;     ///< where the norm bounds the size of a grid
};

/// All norms, in the order of their ids: those with `staffing` or `grid_size` can be computed with, the others are
/// for reference.
[[nodiscard]] std::span<const Norm> norm_catalogue() noexcept;

/// The norm of this id. Throws InvalidInput naming the nearest ids where there is none.
[[nodiscard]] const Norm& find_norm(std::string_view id);

}  // namespace shequ

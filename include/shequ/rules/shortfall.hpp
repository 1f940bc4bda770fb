// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "shequ/hierarchy/rollup.hpp"

namespace shequ {

/// The three shortfalls that recur: premises below standard, matching funds not in place, staff not in place.
/// Flags and unknowns are sets of these.
enum class ShortfallKind : std::uint8_t { premises = 1, funds = 2, staff = 4 };

/// One community with its three shortfalls; nothing where a number is missing.
struct Shortfall {
  std::optional<std::int64_t> premises_dm2;  ///< gap of premises, 0 where there is none
  std::optional<std::int64_t> unpaid_fen;    ///< max(0, due - paid)
  std::optional<std::int64_t> staff;         ///< max(0, posts - workers)

  /// Sum of ShortfallKind where the shortfall is above 0, and where it is not known.
  [[nodiscard]] std::uint8_t flags() const noexcept;
  [[nodiscard]] std::uint8_t unknown() const noexcept;
  friend bool operator==(const Shortfall&, const Shortfall&) = default;
};

/// What is known of communities. A column without entries is not known of any of them.
struct ShortfallColumns {
  ColumnView<std::int64_t> premises_gap_dm2;
  ColumnView<std::int64_t> due_fen;
  ColumnView<std::int64_t> paid_fen;
  ColumnView<std::int64_t> posts;
  ColumnView<std::int64_t> workers;
};

/// Memory for the answer, one entry a community each. Amounts are 0 where they are not known.
struct ShortfallTarget {
  std::span<std::int64_t> premises_dm2;
  std::span<std::int64_t> unpaid_fen;
  std::span<std::int64_t> staff;
  std::span<std::uint8_t> flags;
  std::span<std::uint8_t> unknown;
};

/// Throws InvalidInput naming the first entry that is negative.
[[nodiscard]] Shortfall shortfall(std::optional<std::int64_t> premises_gap_dm2, std::optional<std::int64_t> due_fen,
                                  std::optional<std::int64_t> paid_fen, std::optional<std::int64_t> posts,
                                  std::optional<std::int64_t> workers);
void compute_shortfalls(const ShortfallColumns& columns, const ShortfallTarget& target);

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/unit_pages.hpp"

#include <algorithm>

namespace shequ::detail {

std::int32_t CountColumns::of(Basis basis) const noexcept {
  if (counts_persons(basis)) return residents;
  return basis == Basis::dwellings ? dwellings : households;
}

void derive(const CountColumns& counts, const std::optional<StaffingNorm>& norm, std::size_t columns,
            std::span<const std::int64_t> totals, std::span<std::int64_t, UnitCells::num_derived> derived) {
  std::fill(derived.begin(), derived.end(), 0);
  derived[UnitCells::communities] = 1;
  if (!norm) return;
  const std::size_t counted = at(counts.of(basis(*norm)));
  if (totals[columns + counted] == 0) return;
  const std::optional<PostsRange> posts = required_posts(*norm, totals[counted]).posts;
  if (!posts) return;
  derived[UnitCells::posts] = posts->least;
  derived[UnitCells::posts_known] = 1;
  if (counts.workers < 0 || totals[columns + at(counts.workers)] == 0) return;
  const std::int64_t workers = totals[at(counts.workers)];
  derived[UnitCells::shortage] = std::max<std::int64_t>(0, posts->least - workers);
  derived[UnitCells::surplus] = std::max<std::int64_t>(0, workers - posts->most);
  derived[UnitCells::balance_known] = 1;
}

}  // namespace shequ::detail

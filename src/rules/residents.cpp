// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/residents.hpp"

#include <algorithm>
#include <cstddef>

#include "columns.hpp"

namespace shequ {

std::vector<GroupTotal> group_totals(std::span<const std::string> categories,
                                     std::span<const ColumnView<std::int64_t>> counts,
                                     const ColumnView<std::int64_t>& residents) {
  detail::check_length("counts", counts.size(), categories.size());
  const std::size_t size = residents.values.size();
  detail::check_column("residents", residents, size);
  for (std::size_t i = 0; i < size; ++i) {
    if (!detail::is_missing(residents, i)) detail::check_count_of("residents", i, residents.values[i]);
  }
  std::vector<GroupTotal> totals;
  for (std::size_t group = 0; group < categories.size(); ++group) {
    const std::string name = "counts[" + categories[group] + "]";
    detail::check_column(name, counts[group], size);
    GroupTotal total;
    total.category = categories[group];
    std::int64_t members = 0;
    std::int64_t among = 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (detail::is_missing(counts[group], i)) {
        ++total.missing;
        continue;
      }
      const std::int64_t count = counts[group].values[i];
      detail::check_count_of(name, i, count);
      ++total.known;
      total.persons += count;
      if (detail::is_missing(residents, i)) continue;
      if (count > residents.values[i]) {
        const std::string range = "[0, residents=" + std::to_string(residents.values[i]) + "]";
        detail::throw_argument(detail::entry(name, i), count, "in " + range, "在 " + range + " 之间");
      }
      members += count;
      among += residents.values[i];
    }
    if (among > 0) total.share = Fraction(members, among);
    totals.push_back(std::move(total));
  }
  return totals;
}

Bands band_shares(const ColumnView<std::int64_t>& values, std::span<const std::int64_t> edges) {
  detail::check_column("values", values, values.values.size());
  Bands result;
  result.bands.resize(edges.size() + 1);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (i > 0 && edges[i] <= edges[i - 1]) {
      detail::throw_argument(detail::entry("edges", i), edges[i], "above " + std::to_string(edges[i - 1]),
                             "大于 " + std::to_string(edges[i - 1]));
    }
    result.bands[i].below = edges[i];
    result.bands[i + 1].from_value = edges[i];
  }
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    if (detail::is_missing(values, i)) {
      ++result.missing;
      continue;
    }
    ++result.known;
    const auto band = std::upper_bound(edges.begin(), edges.end(), values.values[i]) - edges.begin();
    ++result.bands[static_cast<std::size_t>(band)].count;
  }
  for (BandShare& band : result.bands) {
    if (result.known > 0) band.share = Fraction(band.count, result.known);
  }
  return result;
}

}  // namespace shequ

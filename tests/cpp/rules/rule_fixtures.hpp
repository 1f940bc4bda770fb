// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "shequ/hierarchy/rollup.hpp"

/// A column from values of which some are missing.
inline shequ::Column<std::int64_t> column_of(const std::vector<std::optional<std::int64_t>>& values) {
  shequ::Column<std::int64_t> column;
  for (const auto& value : values) {
    column.values.push_back(value.value_or(-99));  // what stands at a missing entry must not matter
    column.missing.push_back(value ? 0 : 1);
  }
  return column;
}

/// A target of one's own for a column of `size` entries.
template <class T>
struct TargetMemory {
  explicit TargetMemory(std::size_t size) : values(size, T{7}), missing(size, 7) {}
  [[nodiscard]] shequ::ColumnTarget<T> target() { return {values, missing}; }
  std::vector<T> values;
  std::vector<std::uint8_t> missing;
};

/// The small district of the worked example: 甲, 乙, 丙村, 丁, 戊, 己村.
struct SmallDistrict {
  shequ::Column<std::int64_t> households = column_of({900, 1001, 550, 2600, 1250, std::nullopt});
  shequ::Column<std::int64_t> workers = column_of({4, 4, 3, 8, 5, 2});
  shequ::Column<std::int64_t> certified = column_of({1, 2, 0, 3, 1, 0});
  shequ::Column<std::int64_t> office_dm2 = column_of({38'000, 40'000, 25'000, 65'000, 39'950, std::nullopt});
  shequ::Column<std::int64_t> outdoor_dm2 = column_of({52'000, 50'000, 80'000, 0, 60'000, std::nullopt});
};

// SPDX-License-Identifier: BSD-3-Clause
#include "sheet_columns.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

#include "columns.hpp"
#include "sheet_loops.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ::detail {

namespace {

struct CountColumn {
  std::string_view name;
  ColumnView<std::int64_t> SheetColumns::* given;
  BlockCounts BlockColumns::* counts;
  std::int64_t most;
};

constexpr std::int64_t max_fen = std::numeric_limits<std::int64_t>::max() / 4;

/// In the order of the faults.
constexpr std::array<CountColumn, 9> count_columns{
    {{"households", &SheetColumns::households, &BlockColumns::households, max_unit_households},
     {"dwellings", &SheetColumns::dwellings, &BlockColumns::dwellings, max_unit_households},
     {"residents", &SheetColumns::residents, &BlockColumns::residents, max_unit_households},
     {"workers", &SheetColumns::workers, &BlockColumns::workers, max_unit_households},
     {"certified", &SheetColumns::certified, &BlockColumns::certified, max_unit_households},
     {"office_dm2", &SheetColumns::office_dm2, &BlockColumns::office_dm2, max_area_dm2},
     {"outdoor_dm2", &SheetColumns::outdoor_dm2, &BlockColumns::outdoor_dm2, max_area_dm2},
     {"funding_class", &SheetColumns::funding_class, &BlockColumns::funding_class, max_unit_households},
     {"paid_fen", &SheetColumns::paid_fen, &BlockColumns::paid_fen, max_fen}}};

// Where there is no column.
constexpr std::array<std::int64_t, block_size> zeros{};
constexpr std::array<std::uint8_t, block_size> none_missing{};
constexpr std::array<std::uint8_t, block_size> all_missing = [] {
  std::array<std::uint8_t, block_size> ones{};
  ones.fill(1);
  return ones;
}();

constexpr std::uint8_t unknown_setting = 2;

template <class T>
[[nodiscard]] bool counts_at(const Hierarchy& tree, const ColumnView<T>& column, std::size_t i) {
  return tree.levels()[i] == Level::community && (column.missing.empty() || column.missing[i] == 0);
}

[[noreturn]] void throw_range(const std::string& name, long long value, std::int64_t most) {
  const std::string range = "[0, " + std::to_string(most) + "]";
  throw_argument(name, value, "in " + range, "在 " + range + " 之间");
}

template <class T>
void check_given(std::string_view name, const ColumnView<T>& column, std::size_t size) {
  if (!column.values.empty() || !column.missing.empty()) check_column(name, column, size);
}

}  // namespace

void check_lengths(const Hierarchy& tree, const SheetColumns& columns) {
  const std::size_t size = at(tree.size());
  check_given("setting", columns.setting, size);
  for (const CountColumn& column : count_columns) check_given(column.name, columns.*column.given, size);
}

void SheetFaults::throw_first(const Hierarchy& tree, const SheetColumns& columns, const SheetRules& rules) const {
  const auto found = std::find_if(first_.begin(), first_.end(), [](std::size_t unit) { return unit != none; });
  if (found == first_.end()) return;
  const auto fault = static_cast<SheetFault>(found - first_.begin());
  const std::size_t i = *found;
  const auto name = [&](std::string_view column) {
    return std::string(column) + " of code=" + tree.code(static_cast<UnitId>(i));
  };
  if (fault == bad_setting) throw_range(name("setting"), columns.setting.values[i], 1);
  if (fault == unknown_class) {
    const std::string end = std::to_string(rules.funding->class_fen.size());
    throw_argument(name("funding_class"), columns.funding_class.values[i], "below " + end, "小于 " + end);
  }
  if (fault == too_many_certified) {
    const std::string limit = std::to_string(columns.workers.values[i]);
    throw_argument(name("certified"), columns.certified.values[i], "at most the workers, " + limit,
                   "不超过在岗人数 " + limit);
  }
  const CountColumn& column = count_columns[fault - bad_households];
  throw_range(name(column.name), (columns.*column.given).values[i], column.most);
}

void BlockColumns::read(Block block, SheetFaults& faults) {
  read_settings(block, faults);
  for (std::size_t c = 0; c < count_columns.size(); ++c) {
    const CountColumn& column = count_columns[c];
    const ColumnView<std::int64_t>& given = columns_.*column.given;
    BlockCounts& counts = this->*column.counts;
    counts = {zeros.data(), all_missing.data()};
    if (given.values.empty()) continue;
    counts.values = given.values.data() + block.begin;
    counts.missing = given.missing.empty() ? none_missing.data() : given.missing.data() + block.begin;
    if (are_within(counts.values, block.size, column.most)) continue;
    for (std::size_t j = 0; j < block.size; ++j) {
      const bool is_in = counts.values[j] >= 0 && counts.values[j] <= column.most;
      mended_[c][j] = is_in ? counts.values[j] : 0;
      if (!is_in && counts_at(tree_, given, block.begin + j)) {
        faults.note(static_cast<SheetFault>(bad_households + c), block.begin + j);
      }
    }
    counts.values = mended_[c].data();
  }
}

void BlockColumns::read_settings(Block block, SheetFaults& faults) {
  const ColumnView<std::uint8_t>& given = columns_.setting;
  if (given.values.empty()) {
    settings_.fill(unknown_setting);
    return;
  }
  const std::uint8_t* const values = given.values.data() + block.begin;
  const std::uint8_t* const missing = given.missing.empty() ? none_missing.data() : given.missing.data() + block.begin;
  std::uint8_t largest = 0;
  for (std::size_t j = 0; j < block.size; ++j) {
    largest = std::max(largest, values[j]);
    settings_[j] = missing[j] != 0 ? unknown_setting : std::min(values[j], unknown_setting);
  }
  for (std::size_t j = 0; largest > 1 && j < block.size; ++j) {
    if (values[j] > 1 && counts_at(tree_, given, block.begin + j)) faults.note(bad_setting, block.begin + j);
  }
}

}  // namespace shequ::detail

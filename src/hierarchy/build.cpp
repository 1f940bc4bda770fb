// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>
#include <variant>

#include "layout.hpp"
#include "row_keys.hpp"
#include "row_tree.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ {

namespace {

using detail::at;

[[nodiscard]] std::size_t length(const CodeSpan& codes) {
  return std::visit([](const auto& span) { return span.size(); }, codes);
}

/// Checks the spans against each other; an optional one may be empty.
void check_rows(const HierarchyRows& rows) {
  const std::size_t count = length(rows.code);
  if (count > static_cast<std::size_t>(std::numeric_limits<UnitId>::max())) {
    detail::throw_argument("code.size()", std::to_string(count), "at most 2147483647", "不超过 2147483647");
  }
  detail::check_length("parent", length(rows.parent), count);
  if (!rows.level.empty()) detail::check_length("level", rows.level.size(), count);
  if (!rows.name.empty()) detail::check_length("name", rows.name.size(), count);
  if (!rows.name_en.empty()) detail::check_length("name_en", rows.name_en.size(), count);
  const auto is_level = [](Level level) { return static_cast<std::uint8_t>(level) < num_levels; };
  std::uint8_t highest = 0;  // first without a branch for each row
  for (const Level level : rows.level) highest = std::max(highest, static_cast<std::uint8_t>(level));
  if (highest < num_levels) return;
  const auto wrong = std::ranges::find_if_not(rows.level, is_level);
  detail::throw_argument("level[" + std::to_string(wrong - rows.level.begin()) + "]", static_cast<int>(*wrong),
                         "in [0, 8]", "在 [0, 8] 之间");
}

[[nodiscard]] TextColumn room_for(std::span<const std::string_view> texts) {
  TextColumn column;
  std::size_t bytes = 0;
  for (const std::string_view text : texts) bytes += text.size();
  column.reserve(texts.size(), bytes);
  return column;
}

[[nodiscard]] TextColumn column_of(std::span<const std::string_view> texts) {
  TextColumn column = room_for(texts);
  for (const std::string_view text : texts) column.push_back(text);
  return column;
}

/// Texts of rows as a column of units; empty where there are none.
[[nodiscard]] TextColumn by_unit(std::span<const std::string_view> texts, std::span<const std::int32_t> row) {
  if (texts.empty()) return {};
  TextColumn column = room_for(texts);
  for (const std::int32_t r : row) column.push_back(texts[at(r)]);
  return column;
}

template <class Key>
[[nodiscard]] std::vector<UnitId> sorted_by_code(std::span<const Key> codes) {
  std::vector<std::pair<Key, UnitId>> sorted;
  sorted.reserve(codes.size());
  for (const Key& code : codes) sorted.emplace_back(code, static_cast<UnitId>(sorted.size()));
  std::ranges::sort(sorted);
  std::vector<UnitId> units;
  units.reserve(sorted.size());
  for (const auto& entry : sorted) units.push_back(entry.second);
  return units;
}

/// Lays out resolved rows in any order.
template <class Key>
[[nodiscard]] detail::Layout<Key> lay_out_sorted(const detail::RowTree<Key>& tree, std::span<const Key> code) {
  const std::vector<std::int32_t> order = tree.breadth_first();
  std::vector<Key> codes;
  std::vector<Level> levels;
  codes.reserve(order.size());
  levels.reserve(order.size());
  for (const std::int32_t row : order) {
    codes.push_back(code[at(row)]);
    levels.push_back(tree.level()[at(row)]);
  }
  detail::Layout<Key> layout = detail::lay_out<Key>(codes, levels, tree.runs_of(order, codes));
  for (std::int32_t& row : layout.row) row = order[at(row)];
  return layout;
}

}  // namespace

template <class Key>
Hierarchy Hierarchy::build(std::span<const Key> code, std::span<const Key> parent, const HierarchyRows& rows,
                           const HierarchyOptions& options) {
  detail::RowTree<Key> tree(code, parent, rows.level);
  const bool in_order = tree.resolve_in_order();
  if (!in_order) tree.resolve();
  const bool lifts = options.same_level == SameLevel::lift && !tree.same_level_rows().empty();
  if (lifts) tree.lift_same_level();
  detail::Layout<Key> layout = in_order && !lifts ? detail::lay_out<Key>(code, tree.level(), std::move(tree.runs()))
                                                  : lay_out_sorted(tree, code);

  Hierarchy result;
  // Codes that ascend in pre-order are all different, and then pre-order serves for look-ups.
  if (!layout.ascending) {
    result.by_code_ = sorted_by_code<Key>(layout.code);
    const auto code_of = [&](UnitId unit) { return layout.code[static_cast<std::size_t>(unit)]; };
    const bool unique = std::ranges::adjacent_find(result.by_code_, {}, code_of) == result.by_code_.end();
    if (!unique) tree.resolve();  // throws, naming the rows
  }
  if (!tree.same_level_rows().empty()) {
    std::vector<UnitId> unit_of(layout.row.size());
    for (std::size_t i = 0; i < layout.row.size(); ++i) {
      unit_of[static_cast<std::size_t>(layout.row[i])] = static_cast<UnitId>(i);
    }
    for (const auto& same : tree.same_level_rows()) {
      result.same_level_units_.push_back(
          {unit_of[static_cast<std::size_t>(same.row)], unit_of[static_cast<std::size_t>(same.named_parent)]});
    }
    std::ranges::sort(result.same_level_units_, {}, &SameLevelUnit::unit);
  }
  result.name_zh_ = by_unit(rows.name, layout.row);
  result.name_en_ = by_unit(rows.name_en, layout.row);
  result.row_ = std::move(layout.row);
  result.parent_ = std::move(layout.parent);
  result.subtree_end_ = std::move(layout.subtree_end);
  result.level_ = std::move(layout.level);
  result.marks_ = std::move(layout.marks);
  result.families_ = std::move(layout.families);
  if constexpr (std::is_same_v<Key, std::int64_t>) {
    result.numeric_code_ = std::move(layout.code);
  } else {
    result.text_code_ = column_of(layout.code);
  }
  return result;
}

Hierarchy Hierarchy::from_rows(const HierarchyRows& rows, const HierarchyOptions& options) {
  check_rows(rows);
  if (length(rows.code) == 0) return {};
  const detail::RowKeys keys(rows);
  return keys.is_numeric() ? build(keys.numbers(false), keys.numbers(true), rows, options)
                           : build(keys.texts(false), keys.texts(true), rows, options);
}

}  // namespace shequ

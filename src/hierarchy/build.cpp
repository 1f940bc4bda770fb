// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <type_traits>
#include <utility>
#include <variant>

#include "layout.hpp"
#include "row_keys.hpp"
#include "row_tree.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ {

namespace {

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
  for (std::size_t row = 0; row < rows.level.size(); ++row) {
    const int level = static_cast<int>(rows.level[row]);
    if (level < 0 || level >= num_levels) {
      detail::throw_argument("level[" + std::to_string(row) + "]", level, "in [0, 8]", "在 [0, 8] 之间");
    }
  }
}

[[nodiscard]] TextColumn column_of(std::span<const std::string_view> texts) {
  TextColumn column;
  std::size_t bytes = 0;
  for (const std::string_view text : texts) bytes += text.size();
  column.reserve(texts.size(), bytes);
  for (const std::string_view text : texts) column.push_back(text);
  return column;
}

/// Texts of rows as a column of units; empty where there are none.
[[nodiscard]] TextColumn by_unit(std::span<const std::string_view> texts, std::span<const std::int32_t> row) {
  if (texts.empty()) return {};
  std::vector<std::string_view> ordered;
  ordered.reserve(texts.size());
  for (const std::int32_t r : row) ordered.push_back(texts[static_cast<std::size_t>(r)]);
  return column_of(ordered);
}

template <class Key>
[[nodiscard]] bool ascends(const std::vector<Key>& codes) {
  return std::ranges::adjacent_find(codes, std::greater_equal{}) == codes.end();
}

template <class Key>
[[nodiscard]] std::vector<UnitId> sorted_by_code(const std::vector<Key>& codes) {
  std::vector<std::pair<Key, UnitId>> sorted;
  sorted.reserve(codes.size());
  for (const Key& code : codes) sorted.emplace_back(code, static_cast<UnitId>(sorted.size()));
  std::ranges::sort(sorted);
  std::vector<UnitId> units;
  units.reserve(sorted.size());
  for (const auto& entry : sorted) units.push_back(entry.second);
  return units;
}

}  // namespace

void Hierarchy::find_families() {
  std::vector<Family> open;
  const auto end_of = [this](UnitId unit) { return subtree_end_[static_cast<std::size_t>(unit)]; };
  const auto close = [&](UnitId position) {
    while (!open.empty() && end_of(open.back().unit) == position) {
      open.back().end_mark = static_cast<std::int32_t>(marks_.size());
      families_.push_back(open.back());
      open.pop_back();
    }
  };
  for (UnitId unit = 0; unit < size(); ++unit) {
    const auto i = static_cast<std::size_t>(unit);
    const bool begins = subtree_end_[i] != unit + 1;
    const bool ends = i > 0 && parent_[i] != parent_[i - 1] && parent_[i] != unit - 1;
    if (!begins && !ends) continue;
    if (ends) close(unit);
    if (begins) open.push_back({unit, static_cast<std::int32_t>(marks_.size()), 0});
    marks_.push_back(unit);
  }
  close(size());
}

template <class Key>
Hierarchy Hierarchy::build(std::span<const Key> code, std::span<const Key> parent, const HierarchyRows& rows,
                           const HierarchyOptions& options) {
  detail::RowTree<Key> tree(code, parent, rows.level);
  const bool in_order = tree.resolve_in_order();
  if (!in_order) tree.resolve();
  if (options.same_level == SameLevel::lift) tree.lift_same_level();

  const std::vector<std::int32_t> order = in_order ? std::vector<std::int32_t>() : tree.breadth_first();
  detail::Layout layout = detail::lay_out(code, tree.parent_row(), order);
  std::vector<Key> unit_code;
  unit_code.reserve(code.size());
  for (const std::int32_t row : layout.row) unit_code.push_back(code[static_cast<std::size_t>(row)]);

  Hierarchy result;
  // Codes that ascend in pre-order are all different, and then pre-order serves for look-ups.
  if (!ascends(unit_code)) {
    result.by_code_ = sorted_by_code(unit_code);
    const auto code_of = [&](UnitId unit) { return unit_code[static_cast<std::size_t>(unit)]; };
    const bool unique = std::ranges::adjacent_find(result.by_code_, {}, code_of) == result.by_code_.end();
    if (!unique) tree.resolve();  // throws, naming the rows
  }
  result.level_.reserve(code.size());
  for (const std::int32_t row : layout.row) result.level_.push_back(tree.level()[static_cast<std::size_t>(row)]);
  for (const auto& same : tree.same_level_rows()) {
    result.same_level_units_.push_back(
        {layout.unit[static_cast<std::size_t>(same.row)], layout.unit[static_cast<std::size_t>(same.named_parent)]});
  }
  std::ranges::sort(result.same_level_units_, {}, &SameLevelUnit::unit);
  result.name_zh_ = by_unit(rows.name, layout.row);
  result.name_en_ = by_unit(rows.name_en, layout.row);
  result.row_ = std::move(layout.row);
  result.parent_ = std::move(layout.parent);
  result.subtree_end_ = std::move(layout.subtree_end);
  result.find_families();
  if constexpr (std::is_same_v<Key, std::int64_t>) {
    result.numeric_code_ = std::move(unit_code);
  } else {
    result.text_code_ = column_of(unit_code);
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

// SPDX-License-Identifier: BSD-3-Clause
#include "layout.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace shequ::detail {

namespace {

constexpr std::int32_t unordered = -2;  // in place of a row's last child, once a child came out of order

/// Gives the children of unordered families their places.
template <class Key>
void sort_families(std::span<const Key> code, std::span<const std::int32_t> parent_row,
                   std::span<const std::int32_t> last_child, std::span<const UnitId> size, std::span<UnitId> offset) {
  struct Child {
    std::int32_t parent;
    Key code;
    std::size_t row;
  };
  std::vector<Child> children;
  for (std::size_t row = 0; row < code.size(); ++row) {
    const std::int32_t upper = parent_row[row];
    if (upper < 0 || last_child[static_cast<std::size_t>(upper)] != unordered) continue;
    children.push_back({upper, code[row], row});
  }
  std::ranges::sort(children, [](const Child& a, const Child& b) {
    return std::tie(a.parent, a.code, a.row) < std::tie(b.parent, b.code, b.row);
  });
  for (std::size_t i = 0; i < children.size(); ++i) {
    const bool is_first = i == 0 || children[i - 1].parent != children[i].parent;
    offset[children[i].row] = is_first ? 1 : offset[children[i - 1].row] + size[children[i - 1].row];
  }
}

template <class Key, class RowAt>
[[nodiscard]] Layout place_rows(std::span<const Key> code, std::span<const std::int32_t> parent_row, RowAt row_at) {
  const std::size_t count = code.size();
  std::vector<UnitId> size(count, 1);
  for (std::size_t i = count; i-- > 1;) {
    const std::size_t row = row_at(i);
    size[static_cast<std::size_t>(parent_row[row])] += size[row];
  }

  // Fresh memory costs more than the arithmetic, so that two columns of the result first serve as scratch by row.
  Layout layout{std::vector<UnitId>(count), std::vector<std::int32_t>(count, -1), std::vector<UnitId>(count),
                std::vector<UnitId>(count)};
  std::vector<UnitId>& unit = layout.unit;             // first the offset from the parent, then the unit
  std::vector<std::int32_t>& last_child = layout.row;  // row of the child met last
  std::vector<UnitId>& children_size = layout.parent;  // units below the children met so far
  bool all_ordered = true;
  for (std::size_t i = 1; i < count; ++i) {
    const std::size_t row = row_at(i);
    const auto upper = static_cast<std::size_t>(parent_row[row]);
    unit[row] = children_size[upper] + 1;
    children_size[upper] += size[row];
    const std::int32_t last = last_child[upper];
    if (last == unordered) continue;
    const bool ordered = last < 0 || code[static_cast<std::size_t>(last)] < code[row];
    last_child[upper] = ordered ? static_cast<std::int32_t>(row) : unordered;
    all_ordered = all_ordered && ordered;
  }
  if (!all_ordered) sort_families<Key>(code, parent_row, last_child, size, unit);

  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = row_at(i);
    const UnitId parent = i == 0 ? no_unit : unit[static_cast<std::size_t>(parent_row[row])];
    unit[row] += i == 0 ? 0 : parent;
    const auto target = static_cast<std::size_t>(unit[row]);
    layout.row[target] = static_cast<std::int32_t>(row);
    layout.parent[target] = parent;
    layout.subtree_end[target] = unit[row] + size[row];
  }
  return layout;
}

}  // namespace

template <class Key>
Layout lay_out(std::span<const Key> code, std::span<const std::int32_t> parent_row,
               std::span<const std::int32_t> order) {
  if (order.empty()) return place_rows(code, parent_row, [](std::size_t i) { return i; });
  return place_rows(code, parent_row, [order](std::size_t i) { return static_cast<std::size_t>(order[i]); });
}

template Layout lay_out(std::span<const std::int64_t>, std::span<const std::int32_t>, std::span<const std::int32_t>);
template Layout lay_out(std::span<const std::string_view>, std::span<const std::int32_t>,
                        std::span<const std::int32_t>);

}  // namespace shequ::detail

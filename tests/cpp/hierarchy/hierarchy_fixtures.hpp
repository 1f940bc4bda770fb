// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/random.hpp"

namespace shequ::test {

/// Rows that own their values. Any code, any parent, -1: none.
struct Rows {
  std::vector<std::int64_t> code;
  std::vector<std::int64_t> parent;
  std::vector<Level> level;
  std::vector<std::string> name;

  void add(std::int64_t own, std::int64_t upper, std::optional<Level> at = std::nullopt, std::string called = {}) {
    code.push_back(own);
    parent.push_back(upper);
    if (at) level.push_back(*at);
    if (!called.empty()) name.push_back(std::move(called));
  }

  [[nodiscard]] Hierarchy build(HierarchyOptions options = {}) const {
    const std::vector<std::string_view> names(name.begin(), name.end());
    HierarchyRows rows{std::span<const std::int64_t>(code), std::span<const std::int64_t>(parent)};
    rows.level = level;
    rows.name = names;
    return Hierarchy::from_rows(rows, options);
  }

  /// The same with codes and parents as texts.
  [[nodiscard]] Hierarchy build_from_texts() const {
    std::vector<std::string> texts[2];
    for (const std::int64_t number : code) texts[0].push_back(std::to_string(number));
    for (const std::int64_t number : parent) texts[1].push_back(number < 0 ? "" : std::to_string(number));
    const std::vector<std::string_view> codes(texts[0].begin(), texts[0].end());
    const std::vector<std::string_view> parents(texts[1].begin(), texts[1].end());
    HierarchyRows rows{std::span<const std::string_view>(codes), std::span<const std::string_view>(parents)};
    rows.level = level;
    return Hierarchy::from_rows(rows);
  }

  /// The problems that building finds; none where it succeeds.
  [[nodiscard]] std::vector<RowProblem> problems() const {
    try {
      static_cast<void>(build());
    } catch (const HierarchyError& error) {
      return error.problems();
    }
    return {};
  }

  /// The same rows in random order; `order[i]` is the row that comes i-th.
  [[nodiscard]] Rows shuffled(std::uint64_t seed) const {
    std::vector<std::size_t> order(code.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    Random(seed).shuffle(order);
    Rows rows;
    for (const std::size_t i : order) {
      rows.add(code[i], parent[i], level.empty() ? std::nullopt : std::optional(level[i]),
               name.empty() ? std::string() : name[i]);
    }
    return rows;
  }
};

/// 武进区 with two towns of two and one communities, as in the comment on Hierarchy.
[[nodiscard]] inline Rows small_district() {
  Rows rows;
  rows.add(320412000000, -1, Level::district, "武进区");
  rows.add(320412001000, 320412000000, Level::town, "南夏墅街道");
  rows.add(320412001001, 320412001000, Level::community, "甲社区");
  rows.add(320412001002, 320412001000, Level::community, "乙社区");
  rows.add(320412100000, 320412000000, Level::town, "湖塘镇");
  rows.add(320412100201, 320412100000, Level::community, "丁村委会");
  return rows;
}

/// A random tree of `size` units with random codes; parents first.
[[nodiscard]] inline Rows random_tree(std::uint32_t size, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::int64_t> codes(size);
  for (std::uint32_t i = 0; i < size; ++i) codes[i] = 1000 + 7 * static_cast<std::int64_t>(i);
  random.shuffle(codes);
  Rows rows;
  for (std::uint32_t i = 0; i < size; ++i) {
    // Near or far parents: bushy and deep trees.
    const std::uint32_t reach = random.below(2) == 0 ? i : std::min(i, 3U);
    const std::uint32_t parent = i == 0 ? 0 : i - 1 - random.below(reach);
    const int level = i == 0 ? 0 : std::min(static_cast<int>(rows.level[parent]) + 1, num_levels - 1);
    rows.add(codes[i], i == 0 ? -1 : codes[parent], static_cast<Level>(level));
  }
  return rows;
}

}  // namespace shequ::test

// SPDX-License-Identifier: BSD-3-Clause
// Time of one point update: a community changes, its totals and those of all its ancestors follow.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/hierarchy/rollup.hpp"
#include "shequ/random.hpp"

namespace {

/// Country, 34 provinces, 10 cities each, 9 counties each, 14 towns each, 15 communities each: 685,821 units.
shequ::Hierarchy make_tree() {
  std::vector<std::int64_t> code;
  std::vector<std::int64_t> parent;
  const auto add = [&](std::int64_t own, std::int64_t upper) {
    code.push_back(own);
    parent.push_back(upper);
    return own;
  };
  const std::int64_t country = add(100'000'000'000, shequ::no_code);
  for (std::int64_t p = 11; p < 45; ++p) {
    const std::int64_t province = add(p * 10'000'000'000, country);
    for (std::int64_t c = 1; c <= 10; ++c) {
      const std::int64_t city = add(province + c * 100'000'000, province);
      for (std::int64_t d = 1; d <= 9; ++d) {
        const std::int64_t district = add(city + d * 1'000'000, city);
        for (std::int64_t t = 1; t <= 14; ++t) {
          const std::int64_t town = add(district + t * 1'000, district);
          for (std::int64_t u = 1; u <= 15; ++u) add(town + u, town);
        }
      }
    }
  }
  return shequ::Hierarchy::from_rows({std::span<const std::int64_t>(code), std::span<const std::int64_t>(parent)});
}

}  // namespace

int main() {
  constexpr int rounds = 11;
  constexpr int updates = 200'000;
  const shequ::Hierarchy tree = make_tree();
  const std::vector<shequ::UnitId> communities = tree.at_level(shequ::Level::community);
  std::vector<std::int64_t> households(static_cast<std::size_t>(tree.size()), 0);
  for (const shequ::UnitId unit : communities) households[static_cast<std::size_t>(unit)] = 1000 + unit % 2000;
  std::vector<std::int64_t> totals(households.size());
  shequ::rollup_sum<std::int64_t>(tree, households, totals);

  shequ::Random random(1);
  std::vector<double> nanoseconds;
  std::vector<shequ::UnitId> chosen(updates);
  for (int round = 0; round < rounds; ++round) {
    for (shequ::UnitId& unit : chosen) unit = communities[random.below(static_cast<std::uint32_t>(communities.size()))];
    const auto begin = std::chrono::steady_clock::now();
    for (const shequ::UnitId unit : chosen) shequ::update_sum(tree, totals, unit, 1);
    const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - begin;
    nanoseconds.push_back(elapsed.count() / updates);
    for (const shequ::UnitId unit : chosen) ++households[static_cast<std::size_t>(unit)];
  }
  std::vector<std::int64_t> expected(households.size());
  shequ::rollup_sum<std::int64_t>(tree, households, expected);
  if (totals != expected) {
    std::puts("the updated totals differ from a new roll-up");
    return 1;
  }
  std::ranges::sort(nanoseconds);
  std::printf("point update with all ancestors, %d units: median %.0f ns, worst round %.0f ns (to reach: 1000 ns)\n",
              tree.size(), nanoseconds[nanoseconds.size() / 2], nanoseconds.back());
  return 0;
}

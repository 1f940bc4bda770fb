// SPDX-License-Identifier: BSD-3-Clause
#include "run_tree.hpp"

#include <algorithm>

namespace shequ::detail {

namespace {

constexpr std::size_t rows_of_family = 16;  // a guess, for the first allocation only

/// Tables list parents in their order but for a few neighbours, which are put right one by one.
void sort_by_row(std::vector<RowFamily>& families) {
  std::size_t moves_left = families.size();
  for (std::size_t i = 1; i < families.size(); ++i) {
    if (families[i - 1].row < families[i].row) continue;
    const RowFamily family = families[i];
    std::size_t place = i;
    for (; place > 0 && families[place - 1].row > family.row && moves_left > 0; --place, --moves_left) {
      families[place] = families[place - 1];
    }
    families[place] = family;
    if (moves_left == 0) {
      std::ranges::sort(families, {}, &RowFamily::row);
      return;
    }
  }
}

}  // namespace

RunTree::RunTree(std::size_t num_rows) : family_of_(num_rows), is_parent_(num_rows / 64 + 1) {
  runs_.reserve(num_rows / rows_of_family);
  families_.reserve(num_rows / rows_of_family);
}

std::int32_t RunTree::run_of(std::int32_t row) const noexcept {
  const auto after = std::ranges::upper_bound(runs_, row, {}, &SiblingRun::begin);
  return static_cast<std::int32_t>(after - runs_.begin()) - 1;
}

void RunTree::write_parents(std::span<std::int32_t> parent_row) const {
  parent_row[0] = -1;
  for (const SiblingRun& run : runs_) {
    std::fill(parent_row.begin() + run.begin, parent_row.begin() + run.end, families_[at(run.family)].row);
  }
}

std::vector<std::int32_t> RunTree::link() {
  sort_by_row(families_);
  constexpr Parent past_all{std::numeric_limits<std::int32_t>::max(), -1};
  std::vector<std::int32_t> unordered;
  parents_.reserve(families_.size() + 2);
  parents_.push_back(past_all);
  for (const RowFamily& family : families_) {
    const auto parent = static_cast<std::int32_t>(parents_.size());
    if (family.run >= 0 && runs_[at(family.run)].first_child == 0) runs_[at(family.run)].first_child = parent;
    if (!family.ordered) unordered.push_back(parent);
    parents_.push_back({family.row, family.first_run});
  }
  parents_.push_back(past_all);
  return unordered;
}

}  // namespace shequ::detail

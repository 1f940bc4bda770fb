// SPDX-License-Identifier: BSD-3-Clause
#include "clique_of_groups.hpp"

#include <algorithm>

#include "shequ/detail/index.hpp"

namespace shequ::detail {
namespace {

constexpr std::size_t max_starts = 16;  // a clique is grown from each of so many sets of an area

/// Grows cliques among the sets of one area.
class CliqueGrower {
 public:
  CliqueGrower(const std::vector<PartId>& lock, const std::vector<std::pair<std::int32_t, std::int32_t>>& apart)
      : lock_(lock), offsets_(lock.size() + 1, 0), links_(lock.size(), 0), is_in_(lock.size(), 0) {
    for (const auto& [a, b] : apart) {
      ++offsets_[at(a) + 1];
      ++offsets_[at(b) + 1];
    }
    for (std::size_t s = 0; s < lock.size(); ++s) offsets_[s + 1] += offsets_[s];
    partners_.resize(offsets_.back());
    std::vector<std::size_t> next(offsets_.begin(), offsets_.end() - 1);
    for (const auto& [a, b] : apart) {
      partners_[next[at(a)]++] = b;
      partners_[next[at(b)]++] = a;
    }
  }

  [[nodiscard]] std::size_t degree(std::int32_t set) const { return offsets_[at(set) + 1] - offsets_[at(set)]; }

  /// Size of a clique of `first` and of those of `sets`, taken in their order, that go with all before them.
  std::int32_t grow(std::int32_t first, const std::vector<std::int32_t>& sets) {
    members_.clear();
    locks_ = 0;
    add(first);
    for (const std::int32_t set : sets) {
      if (is_in_[at(set)] != 0) continue;
      // Two sets of different locks need two parts without being a pair.
      const std::int32_t known = links_[at(set)] + (lock_[at(set)] != no_part ? locks_ : 0);
      if (known == static_cast<std::int32_t>(members_.size())) add(set);
    }
    for (const std::int32_t set : members_) {
      is_in_[at(set)] = 0;
      for_each_partner(set, [&](std::int32_t other) { --links_[at(other)]; });
    }
    return static_cast<std::int32_t>(members_.size());
  }

 private:
  void add(std::int32_t set) {
    members_.push_back(set);
    is_in_[at(set)] = 1;
    locks_ += lock_[at(set)] != no_part ? 1 : 0;
    for_each_partner(set, [&](std::int32_t other) { ++links_[at(other)]; });
  }
  template <class Visit>
  void for_each_partner(std::int32_t set, const Visit& visit) const {
    for (std::size_t i = offsets_[at(set)]; i < offsets_[at(set) + 1]; ++i) {
      const std::int32_t other = partners_[i];
      if (lock_[at(set)] == no_part || lock_[at(other)] == no_part) visit(other);
    }
  }

  const std::vector<PartId>& lock_;
  std::vector<std::size_t> offsets_;
  std::vector<std::int32_t> partners_;
  std::vector<std::int32_t> links_;  // of each set: pairs with members, but for those of two locks
  std::vector<std::uint8_t> is_in_;
  std::vector<std::int32_t> members_;
  std::int32_t locks_{};
};

}  // namespace

std::vector<std::int32_t> cliques_of_groups(const std::vector<std::int32_t>& area, std::size_t num_areas,
                                            const std::vector<PartId>& lock,
                                            std::vector<std::pair<std::int32_t, std::int32_t>> apart) {
  std::sort(apart.begin(), apart.end());
  apart.erase(std::unique(apart.begin(), apart.end()), apart.end());
  CliqueGrower grower(lock, apart);
  std::vector<std::vector<std::int32_t>> candidates(num_areas);
  for (std::size_t s = 0; s < area.size(); ++s) {
    const auto set = static_cast<std::int32_t>(s);
    if (lock[s] != no_part || grower.degree(set) > 0) candidates[at(area[s])].push_back(set);
  }
  std::vector<std::int32_t> least(num_areas, 1);
  for (std::size_t a = 0; a < num_areas; ++a) {
    std::vector<std::int32_t>& sets = candidates[a];
    if (sets.empty()) continue;
    std::stable_sort(sets.begin(), sets.end(),
                     [&](std::int32_t x, std::int32_t y) { return grower.degree(x) > grower.degree(y); });
    const std::vector<std::int32_t> by_degree = sets;
    for (std::size_t i = 0; i < std::min(max_starts, by_degree.size()); ++i) {
      least[a] = std::max(least[a], grower.grow(by_degree[i], by_degree));
    }
    std::stable_partition(sets.begin(), sets.end(), [&](std::int32_t set) { return lock[at(set)] != no_part; });
    least[a] = std::max(least[a], grower.grow(sets.front(), sets));
  }
  return least;
}

}  // namespace shequ::detail

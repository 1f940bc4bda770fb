// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "shequ/detail/index.hpp"

namespace shequ::detail {

/// A set of numbers from 0 to `size` - 1, listed in no particular order. Insertion and removal take constant time.
class IndexSet {
 public:
  explicit IndexSet(std::int32_t size) : members_(at(size), -1), places_(at(size), -1) {}

  [[nodiscard]] std::span<const std::int32_t> members() const noexcept { return {members_.data(), at(count_)}; }
  /// `number` must not be in the set.
  void insert(std::int32_t number) {
    places_[at(number)] = count_;
    members_[at(count_++)] = number;
  }
  /// `number` must be in the set; the last member takes its place.
  void erase(std::int32_t number) {
    const std::int32_t place = std::exchange(places_[at(number)], -1);
    const std::int32_t last = members_[at(--count_)];
    if (last == number) return;
    members_[at(place)] = last;
    places_[at(last)] = place;
  }

 private:
  std::vector<std::int32_t> members_;  // the first count_
  std::vector<std::int32_t> places_;   // of each number in members_, -1: it is none
  std::int32_t count_{0};
};

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "shequ/detail/index.hpp"

namespace shequ::detail {

/// A set of numbers from 0 to `size` - 1, listed in no particular order. Insertion and removal take constant time.
class IndexSet {
 public:
  explicit IndexSet(std::int32_t size) : places_(at(size), -1) {}

  [[nodiscard]] const std::vector<std::int32_t>& members() const noexcept { return members_; }
  /// `number` must not be in the set.
  void insert(std::int32_t number) {
    places_[at(number)] = static_cast<std::int32_t>(members_.size());
    members_.push_back(number);
  }
  /// `number` must be in the set; the last member takes its place.
  void erase(std::int32_t number) {
    const std::int32_t place = std::exchange(places_[at(number)], -1);
    const std::int32_t last = members_.back();
    members_.pop_back();
    if (last == number) return;
    members_[at(place)] = last;
    places_[at(last)] = place;
  }

 private:
  std::vector<std::int32_t> members_;
  std::vector<std::int32_t> places_;  // of each number in members_, -1: it is none
};

}  // namespace shequ::detail

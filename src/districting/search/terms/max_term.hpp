// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "part_sums.hpp"

namespace shequ::detail {

/// A term that is the worth of the worst part.
///
/// A move that does not touch the worst part leaves the value as it is: a search by the value alone would be blind. Its
/// energy is instead the sum over parts of mean / 8 (worth / mean)^8, which falls with every part that is far up and
/// has the slope of the value where a part is at the mean.
template <class OfPart>
class MaxTerm {
 public:
  MaxTerm(NodeRows rows, OfPart of_part) : sums_(std::move(rows), of_part) {}

  [[nodiscard]] MaxTerm coarsened(const SearchGraph& /*fine*/, const CoarseGraph& to) const {
    return MaxTerm(sums_.coarsened(to));
  }
  void reset(const SearchGraph& /*graph*/, std::span<const std::int32_t> labels, std::int32_t num_parts) {
    sums_.reset(labels, num_parts);
    first_leaf_ = std::bit_ceil(at(std::max(1, num_parts)));
    tree_.assign(2 * first_leaf_, 0);
    std::int64_t total = 0;
    std::int64_t used = 0;
    for (std::size_t p = 0; p < sums_.values().size(); ++p) {
      tree_[first_leaf_ + p] = sums_.values()[p];
      total += sums_.values()[p];
      used += sums_.values()[p] > 0 ? 1 : 0;
    }
    for (std::size_t i = first_leaf_; i-- > 1;) tree_[i] = std::max(tree_[2 * i], tree_[2 * i + 1]);
    const auto mean = static_cast<double>(std::max<std::int64_t>(1, total / std::max<std::int64_t>(1, used)));
    per_mean_ = 1.0 / mean;
    mean_eighth_ = mean / 8.0;
    energy_ = 0;
    for (const std::int64_t value : sums_.values()) energy_ += steep(value);
  }
  [[nodiscard]] std::int64_t value() const noexcept { return tree_[1]; }
  [[nodiscard]] std::int64_t energy() const noexcept { return energy_; }
  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
    const std::int32_t from = labels[at(node)];
    const auto after = sums_.moved(from, node, part);
    return steep(after.from) - steep(sums_.values()[at(from)]) + steep(after.to) - steep(sums_.values()[at(part)]);
  }
  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
    const std::int32_t from = labels[at(node)];
    energy_ -= steep(sums_.values()[at(from)]) + steep(sums_.values()[at(part)]);
    sums_.move(from, node, part);
    energy_ += steep(sums_.values()[at(from)]) + steep(sums_.values()[at(part)]);
    settle(from);
    settle(part);
  }

 private:
  explicit MaxTerm(PartSums<OfPart> sums) : sums_(std::move(sums)) {}

  [[nodiscard]] std::int64_t steep(std::int64_t value) const noexcept {
    constexpr double most = 1e15;  // sums over parts stay whole numbers of 64 bits
    const double ratio = static_cast<double>(value) * per_mean_;
    const double square = ratio * ratio;
    const double fourth = square * square;
    return static_cast<std::int64_t>(std::min(most, mean_eighth_ * (fourth * fourth)));
  }
  void settle(std::int32_t part) {
    std::size_t i = first_leaf_ + at(part);
    tree_[i] = sums_.values()[at(part)];
    for (i /= 2; i > 0; i /= 2) tree_[i] = std::max(tree_[2 * i], tree_[2 * i + 1]);
  }

  PartSums<OfPart> sums_;
  std::vector<std::int64_t> tree_;  // binary tree of maxima, the parts from first_leaf_ on
  std::size_t first_leaf_{1};
  double per_mean_{1.0};
  double mean_eighth_{0.125};
  std::int64_t energy_{0};
};

}  // namespace shequ::detail

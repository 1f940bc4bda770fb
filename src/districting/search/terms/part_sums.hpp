// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "node_rows.hpp"

namespace shequ::detail {

/// Sums of rows over the parts of a plan, kept up to date, and what each part is worth by them.
template <class OfPart>
class PartSums {
 public:
  /// What a move of one node makes of the part it leaves and the part it joins.
  struct Change {
    std::int64_t from;
    std::int64_t to;
  };

  PartSums(NodeRows rows, OfPart of_part) : rows_(std::move(rows)), of_part_(of_part) {}

  [[nodiscard]] PartSums coarsened(const CoarseGraph& to) const {
    return {rows_.coarsened(to.coarse_of, to.graph.num_nodes()), of_part_};
  }

  void reset(std::span<const std::int32_t> labels, std::int32_t num_parts) {
    parts_ = NodeRows{rows_.stride, std::vector<std::int64_t>(at(num_parts) * rows_.stride, 0)};
    sizes_.assign(at(num_parts), 0);
    values_.assign(at(num_parts), 0);
    for (std::int32_t v = 0; v < static_cast<std::int32_t>(labels.size()); ++v) add(labels[at(v)], v, 1);
    for (std::int32_t part = 0; part < num_parts; ++part) settle(part);
  }

  /// Worth of each part; 0 for an empty one.
  [[nodiscard]] const std::vector<std::int64_t>& values() const noexcept { return values_; }

  [[nodiscard]] Change moved(std::int32_t from, std::int32_t node, std::int32_t to) const {
    const std::int64_t* row = rows_.row(node);
    return {sizes_[at(from)] == 1 ? 0 : of_part_(parts_.row(from), row, -1), of_part_(parts_.row(to), row, 1)};
  }

  void move(std::int32_t from, std::int32_t node, std::int32_t to) {
    add(from, node, -1);
    add(to, node, 1);
    settle(from);
    settle(to);
  }

 private:
  void add(std::int32_t part, std::int32_t node, int sign) {
    std::int64_t* sums = parts_.row(part);
    const std::int64_t* row = rows_.row(node);
    for (std::size_t i = 0; i < rows_.stride; ++i) sums[i] += sign * row[i];
    sizes_[at(part)] += sign;
  }
  void settle(std::int32_t part) {
    const std::int64_t* sums = parts_.row(part);
    values_[at(part)] = sizes_[at(part)] == 0 ? 0 : of_part_(sums, sums, 0);
  }

  NodeRows rows_;
  OfPart of_part_;
  NodeRows parts_;
  std::vector<std::int32_t> sizes_;  // nodes of each part
  std::vector<std::int64_t> values_;
};

/// A term that is the sum of what the parts are worth.
template <class OfPart>
class SumTerm {
 public:
  SumTerm(NodeRows rows, OfPart of_part) : sums_(std::move(rows), of_part) {}

  [[nodiscard]] SumTerm coarsened(const SearchGraph& /*fine*/, const CoarseGraph& to) const {
    return SumTerm(sums_.coarsened(to));
  }
  void reset(const SearchGraph& /*graph*/, std::span<const std::int32_t> labels, std::int32_t num_parts) {
    sums_.reset(labels, num_parts);
    value_ = 0;
    for (const std::int64_t value : sums_.values()) value_ += value;
  }
  [[nodiscard]] std::int64_t value() const noexcept { return value_; }
  [[nodiscard]] std::int64_t energy() const noexcept { return value_; }
  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
    const std::int32_t from = labels[at(node)];
    const auto after = sums_.moved(from, node, part);
    return after.from - sums_.values()[at(from)] + after.to - sums_.values()[at(part)];
  }
  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
    const std::int32_t from = labels[at(node)];
    value_ -= sums_.values()[at(from)] + sums_.values()[at(part)];
    sums_.move(from, node, part);
    value_ += sums_.values()[at(from)] + sums_.values()[at(part)];
  }

 private:
  explicit SumTerm(PartSums<OfPart> sums) : sums_(std::move(sums)) {}

  PartSums<OfPart> sums_;
  std::int64_t value_{0};
};

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "node_rows.hpp"

namespace shequ::detail {

/// Weight of nodes that last year's grid `previous` held and the part `part` of a plan holds.
struct Overlap {
  std::int32_t part{};
  PartId previous{};
  std::int64_t weight{};
};

/// Number of last year's grid that each of `num_parts` parts takes over, no_part for a new one: no two take the same,
/// and the weight that stays in its grid is the most there is.
[[nodiscard]] std::vector<PartId> match_previous(std::vector<Overlap> overlaps, std::int32_t num_parts);

/// Weight that does not stay in its grid: objective::Disturbance. Which part is which grid is settled by reset().
class DisturbanceTerm {
 public:
  DisturbanceTerm(const Component& component, std::span<const PartId> previous, std::span<const std::int64_t> weights);

  [[nodiscard]] DisturbanceTerm coarsened(const SearchGraph& fine, const CoarseGraph& to) const;
  void reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts);
  [[nodiscard]] std::int64_t value() const noexcept { return value_; }
  [[nodiscard]] std::int64_t energy() const noexcept { return value_; }
  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
    return stays(node, labels[at(node)]) - stays(node, part);
  }
  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
    value_ += change(labels, node, part);
  }

 private:
  struct Share {
    PartId previous;
    std::int64_t weight;
  };
  DisturbanceTerm() = default;
  void close_node(std::vector<Share>& shares);
  [[nodiscard]] std::span<const Share> shares(std::int32_t node) const {
    return {shares_.data() + offsets_[at(node)], shares_.data() + offsets_[at(node) + 1]};
  }
  /// Weight of the node that is where it was, with the node in `part`.
  [[nodiscard]] std::int64_t stays(std::int32_t node, std::int32_t part) const {
    for (const Share& share : shares(node)) {
      if (share.previous == grid_of_part_[at(part)]) return share.weight;
    }
    return 0;
  }

  std::vector<std::size_t> offsets_;  // of each node into shares_
  std::vector<Share> shares_;
  std::vector<PartId> grid_of_part_;
  std::int64_t value_{0};
};

}  // namespace shequ::detail

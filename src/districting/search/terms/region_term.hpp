// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "node_rows.hpp"

namespace shequ::detail {

/// How often regions are split: objective::RegionSplits.
class RegionTerm {
 public:
  RegionTerm(const Component& component, std::span<const std::int32_t> region);

  [[nodiscard]] RegionTerm coarsened(const SearchGraph& fine, const CoarseGraph& to) const;
  void reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts);
  [[nodiscard]] std::int64_t value() const noexcept { return value_; }
  [[nodiscard]] std::int64_t energy() const noexcept { return value_; }
  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const;
  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part);

 private:
  /// Nodes of one region in one part. A region lies in few parts: a list serves better than a table.
  struct Presence {
    std::int32_t part;
    std::int32_t nodes;
  };
  RegionTerm() = default;
  [[nodiscard]] std::span<const std::int32_t> regions(std::int32_t node) const {
    return {regions_.data() + offsets_[at(node)], regions_.data() + offsets_[at(node) + 1]};
  }
  [[nodiscard]] std::int32_t nodes_in(std::int32_t region, std::int32_t part) const;
  void add(std::int32_t region, std::int32_t part);
  void remove(std::int32_t region, std::int32_t part);

  std::vector<std::size_t> offsets_;   // of each node into regions_
  std::vector<std::int32_t> regions_;  // the regions that each node lies in, each once
  std::int32_t num_regions_{};
  std::vector<std::vector<Presence>> presences_;  // of each region
  std::int64_t value_{0};
};

}  // namespace shequ::detail

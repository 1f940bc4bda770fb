// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "forced_groups.hpp"
#include "groups.hpp"
#include "part_counts.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// Where parts can lie: a connected component of what is left without closed parts, or one closed part.
struct Area {
  std::vector<NodeId> nodes;
  PartId closed_lock{no_part};  // number of the closed part; no_part: a component
};

/// What bounds say about a problem.
struct Situation {
  std::vector<std::int32_t> set_of_node;  // sets that every plan has in one part
  std::int32_t set_count{};
  std::vector<std::int32_t> overfull;                      // sets whose part is above a bound, whatever the plan
  std::vector<std::int32_t> conflicts;                     // sets that hold nodes of two parts: by locks or by apart
  std::vector<ComponentSize> sizes;                        // of each area
  std::vector<std::pair<std::size_t, std::size_t>> unfit;  // area and balance that no number of parts fits
  std::vector<std::int64_t> sums;                          // what `sizes` refers to
};

/// What is known of a problem before its bounds are looked at. Complexity: nearly linear in nodes, edges and rules.
class PartStructure {
 public:
  explicit PartStructure(const Problem& problem);

  [[nodiscard]] const Groups& groups() const noexcept { return groups_; }
  [[nodiscard]] const std::vector<Area>& areas() const noexcept { return areas_; }
  [[nodiscard]] std::int32_t area_of(NodeId node) const;
  [[nodiscard]] bool is_closed(std::int32_t group) const;
  /// Whether the nodes of a group can hang together: not where other closed parts lie between them.
  [[nodiscard]] bool is_torn(std::int32_t group) const;
  /// The heaviest group, with what the lightest way between its nodes adds.
  [[nodiscard]] std::int64_t heaviest() const noexcept { return heaviest_; }
  /// Groups that weigh more than `upper` with the lightest way between their nodes, and how much.
  [[nodiscard]] const std::vector<std::pair<std::int32_t, std::int64_t>>& ways() const noexcept { return ways_; }

  [[nodiscard]] Situation at_bounds(std::int64_t lower, std::int64_t upper) const;

 private:
  void open_graph();
  void find_areas();
  void measure_ways();
  void find_conflicts(Situation& situation) const;
  void measure(Situation& situation, const std::vector<BoundedColumn>& columns) const;
  [[nodiscard]] std::vector<std::int32_t> least_parts(const Situation& situation) const;

  const Problem& problem_;
  Groups groups_;
  std::vector<std::uint8_t> is_closed_;  // groups
  std::vector<std::uint8_t> is_torn_;
  Graph open_;  // what touches, without the edges of closed parts
  std::vector<Area> areas_;
  std::vector<std::int32_t> area_of_;
  NodeSets along_ways_{0};
  std::int64_t heaviest_{};
  std::vector<std::pair<std::int32_t, std::int64_t>> ways_;
};

}  // namespace shequ::detail

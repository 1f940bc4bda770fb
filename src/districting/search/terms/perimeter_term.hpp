// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "node_rows.hpp"

namespace shequ::detail {

/// How far parts are from circles of their perimeter: objective::PolsbyPopper.
class PerimeterTerm {
 public:
  /// `rows`: area and outer perimeter of each node; `lengths`: border that each edge of the search graph stands for.
  PerimeterTerm(NodeRows rows, std::vector<std::int64_t> lengths)
      : rows_(std::move(rows)), lengths_(std::move(lengths)) {}

  [[nodiscard]] PerimeterTerm coarsened(const SearchGraph& fine, const CoarseGraph& to) const;
  void reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts);
  [[nodiscard]] std::int64_t value() const noexcept { return value_; }
  [[nodiscard]] std::int64_t energy() const noexcept { return value_; }
  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const;
  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part);

 private:
  struct Part {
    std::int64_t area{};
    std::int64_t perimeter{};
    std::int64_t value{};
  };
  [[nodiscard]] std::pair<Part, Part> moved(std::span<const std::int32_t> labels, std::int32_t node,
                                            std::int32_t part) const;

  NodeRows rows_;
  std::vector<std::int64_t> lengths_;
  const SearchGraph* graph_{};
  std::vector<Part> parts_;
  std::int64_t value_{0};
};

}  // namespace shequ::detail

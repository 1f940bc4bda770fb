// SPDX-License-Identifier: BSD-3-Clause
#include "perimeter_term.hpp"

#include "../../part_values.hpp"

namespace shequ::detail {

PerimeterTerm PerimeterTerm::coarsened(const SearchGraph& fine, const CoarseGraph& to) const {
  std::vector<std::int64_t> lengths(to.graph.edge_costs.size(), 0);
  for (std::size_t e = 0; e < lengths_.size(); ++e) {
    const std::int32_t a = to.coarse_of[at(fine.edge_sources[e])];
    const std::int32_t b = to.coarse_of[at(fine.edge_targets[e])];
    if (a != b) lengths[at(to.graph.find_edge(a, b))] += lengths_[e];
  }
  return {rows_.coarsened(to.coarse_of, to.graph.num_nodes()), std::move(lengths)};
}

void PerimeterTerm::reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts) {
  graph_ = &graph;
  parts_.assign(at(num_parts), {});
  for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
    Part& part = parts_[at(labels[at(v)])];
    part.area += rows_.row(v)[0];
    part.perimeter += rows_.row(v)[1];
    for (std::size_t i = graph.begin(v); i < graph.end(v); ++i) {
      if (labels[at(graph.targets[i])] != labels[at(v)]) part.perimeter += lengths_[at(graph.arc_edges[i])];
    }
  }
  value_ = 0;
  for (Part& part : parts_) value_ += part.value = polsby_popper_of(part.area, part.perimeter);
}

std::pair<PerimeterTerm::Part, PerimeterTerm::Part> PerimeterTerm::moved(std::span<const std::int32_t> labels,
                                                                         std::int32_t node, std::int32_t part) const {
  const std::int32_t from = labels[at(node)];
  // A border with a third part goes along; one with the part left behind is new for both, one with the part joined
  // was one of both.
  std::int64_t left = -rows_.row(node)[1];
  std::int64_t joined = rows_.row(node)[1];
  for (std::size_t i = graph_->begin(node); i < graph_->end(node); ++i) {
    const std::int32_t other = labels[at(graph_->targets[i])];
    const std::int64_t length = lengths_[at(graph_->arc_edges[i])];
    left += other == from ? length : -length;
    joined += other == part ? -length : length;
  }
  Part a = parts_[at(from)];
  Part b = parts_[at(part)];
  a.area -= rows_.row(node)[0];
  a.perimeter += left;
  b.area += rows_.row(node)[0];
  b.perimeter += joined;
  a.value = polsby_popper_of(a.area, a.perimeter);
  b.value = polsby_popper_of(b.area, b.perimeter);
  return {a, b};
}

std::int64_t PerimeterTerm::change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
  const auto [a, b] = moved(labels, node, part);
  return a.value - parts_[at(labels[at(node)])].value + b.value - parts_[at(part)].value;
}

void PerimeterTerm::move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
  const auto [a, b] = moved(labels, node, part);
  Part& from = parts_[at(labels[at(node)])];
  Part& to = parts_[at(part)];
  value_ += a.value - from.value + b.value - to.value;
  from = a;
  to = b;
}

}  // namespace shequ::detail

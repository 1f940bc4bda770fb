// SPDX-License-Identifier: BSD-3-Clause
#include "region_term.hpp"

#include <algorithm>

namespace shequ::detail {
namespace {

void sort_unique(std::vector<std::int32_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

RegionTerm::RegionTerm(const Component& component, std::span<const std::int32_t> region) : offsets_{0} {
  std::vector<std::int32_t> known;  // numbers of the regions of this component
  for (const NodeId v : component.member_nodes) {
    if (region[at(v)] >= 0) known.push_back(region[at(v)]);
  }
  sort_unique(known);
  num_regions_ = static_cast<std::int32_t>(known.size());
  std::vector<std::int32_t> of_node;
  for (std::int32_t v = 0; v < component.graph.num_nodes(); ++v) {
    of_node.clear();
    for (const NodeId member : component.members(v)) {
      if (region[at(member)] < 0) continue;
      const auto place = std::lower_bound(known.begin(), known.end(), region[at(member)]);
      of_node.push_back(static_cast<std::int32_t>(place - known.begin()));
    }
    sort_unique(of_node);
    regions_.insert(regions_.end(), of_node.begin(), of_node.end());
    offsets_.push_back(regions_.size());
  }
}

RegionTerm RegionTerm::coarsened(const SearchGraph& /*fine*/, const CoarseGraph& to) const {
  std::vector<std::vector<std::int32_t>> of_node(to.graph.weights.size());
  for (std::size_t v = 0; v < to.coarse_of.size(); ++v) {
    const auto own = regions(static_cast<std::int32_t>(v));
    auto& all = of_node[at(to.coarse_of[v])];
    all.insert(all.end(), own.begin(), own.end());
  }
  RegionTerm coarse;
  coarse.num_regions_ = num_regions_;
  coarse.offsets_.push_back(0);
  for (std::vector<std::int32_t>& all : of_node) {
    sort_unique(all);
    coarse.regions_.insert(coarse.regions_.end(), all.begin(), all.end());
    coarse.offsets_.push_back(coarse.regions_.size());
  }
  return coarse;
}

void RegionTerm::reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t /*num_parts*/) {
  presences_.assign(at(num_regions_), {});
  value_ = -num_regions_;
  for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
    for (const std::int32_t region : regions(v)) add(region, labels[at(v)]);
  }
}

std::int32_t RegionTerm::nodes_in(std::int32_t region, std::int32_t part) const {
  for (const Presence& presence : presences_[at(region)]) {
    if (presence.part == part) return presence.nodes;
  }
  return 0;
}

void RegionTerm::add(std::int32_t region, std::int32_t part) {
  for (Presence& presence : presences_[at(region)]) {
    if (presence.part == part) {
      ++presence.nodes;
      return;
    }
  }
  presences_[at(region)].push_back({part, 1});
  ++value_;
}

void RegionTerm::remove(std::int32_t region, std::int32_t part) {
  auto& list = presences_[at(region)];
  const auto found = std::find_if(list.begin(), list.end(), [&](const Presence& p) { return p.part == part; });
  if (--found->nodes > 0) return;
  *found = list.back();
  list.pop_back();
  --value_;
}

std::int64_t RegionTerm::change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
  std::int64_t change = 0;
  for (const std::int32_t region : regions(node)) {
    change += (nodes_in(region, part) == 0 ? 1 : 0) - (nodes_in(region, labels[at(node)]) == 1 ? 1 : 0);
  }
  return change;
}

void RegionTerm::move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
  for (const std::int32_t region : regions(node)) {
    remove(region, labels[at(node)]);
    add(region, part);
  }
}

}  // namespace shequ::detail

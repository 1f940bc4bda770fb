// SPDX-License-Identifier: BSD-3-Clause
#include "part_structure.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <queue>
#include <unordered_set>

#include "clique_of_groups.hpp"
#include "contact_graph.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/graph/contiguity.hpp"

namespace shequ::detail {

PartStructure::PartStructure(const Problem& problem) : problem_(problem), groups_(merge_groups(problem)) {
  const std::unordered_set<PartId> closed(problem.closed.begin(), problem.closed.end());
  for (const PartId lock : groups_.lock) is_closed_.push_back(lock != no_part && closed.contains(lock) ? 1 : 0);
  open_graph();
  find_areas();
  along_ways_ = NodeSets(problem.graph->num_nodes());
  join_along_ways(open_, groups_.members, along_ways_);
  measure_ways();
}

std::int32_t PartStructure::area_of(NodeId node) const { return area_of_[at(node)]; }
bool PartStructure::is_closed(std::int32_t group) const { return is_closed_[at(group)] != 0; }
bool PartStructure::is_torn(std::int32_t group) const { return is_torn_[at(group)] != 0; }

void PartStructure::open_graph() {
  const std::shared_ptr<const Graph> contacts = contact_graph(problem_);
  is_torn_.assign(groups_.members.size(), 0);
  std::vector<std::int32_t> left(groups_.members.size());  // joins that a closed group still needs to hang together
  for (std::size_t g = 0; g < left.size(); ++g) left[g] = static_cast<std::int32_t>(groups_.members[g].size()) - 1;
  NodeSets inside(problem_.graph->num_nodes());
  std::vector<NodeId> sources;
  std::vector<NodeId> targets;
  for (EdgeId e = 0; e < contacts->num_edges(); ++e) {
    const NodeId a = contacts->source(e);
    const NodeId b = contacts->target(e);
    const std::int32_t group = groups_.of_node[at(a)];
    if (is_closed(group) || is_closed(groups_.of_node[at(b)])) {
      if (group == groups_.of_node[at(b)] && inside.join(a, b)) --left[at(group)];
      continue;
    }
    sources.push_back(a);
    targets.push_back(b);
  }
  for (std::size_t g = 0; g < left.size(); ++g) is_torn_[g] = is_closed_[g] != 0 && left[g] > 0 ? 1 : 0;
  open_ = Graph::from_edges(problem_.graph->num_nodes(), sources, targets);
}

void PartStructure::find_areas() {
  const Components components = connected_components(open_);
  std::vector<std::int32_t> of_component(at(components.count), -1);
  std::vector<std::int32_t> of_closed(groups_.members.size(), -1);
  area_of_.assign(components.label.size(), -1);
  for (std::size_t v = 0; v < area_of_.size(); ++v) {
    const std::int32_t group = groups_.of_node[v];
    std::int32_t& area = is_closed(group) ? of_closed[at(group)] : of_component[at(components.label[v])];
    if (area < 0) {
      area = static_cast<std::int32_t>(areas_.size());
      areas_.push_back({{}, is_closed(group) ? groups_.lock[at(group)] : no_part});
    }
    area_of_[v] = area;
    areas_[at(area)].nodes.push_back(static_cast<NodeId>(v));
  }
  for (std::size_t g = 0; g < groups_.members.size(); ++g) {
    const auto& members = groups_.members[g];
    const bool is_apart = std::any_of(members.begin(), members.end(),
                                      [&](NodeId v) { return area_of_[at(v)] != area_of_[at(members.front())]; });
    if (is_apart) is_torn_[g] = 1;
  }
}

void PartStructure::measure_ways() {
  heaviest_ = groups_.weights.empty() ? 0 : *std::max_element(groups_.weights.begin(), groups_.weights.end());
  constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
  // Enough for as many searches as there are parts where each looks no further than a part's weight.
  std::int64_t budget = 8 * static_cast<std::int64_t>(area_of_.size()) + 1000;
  std::vector<std::int64_t> distance(area_of_.size(), far);
  std::vector<NodeId> seen;
  using Entry = std::pair<std::int64_t, NodeId>;
  for (std::size_t g = 0; g < groups_.members.size() && budget > 0; ++g) {
    const auto& members = groups_.members[g];
    if (members.size() < 2 || is_closed_[g] != 0 || is_torn_[g] != 0) continue;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    const auto reach = [&](NodeId node, std::int64_t length) {
      if (length >= distance[at(node)]) return;
      if (distance[at(node)] == far) seen.push_back(node);
      distance[at(node)] = length;
      queue.emplace(length, node);
    };
    reach(members.front(), 0);
    std::size_t missing = members.size();
    std::int64_t farthest = 0;
    while (missing > 0 && !queue.empty() && --budget > 0) {
      const auto [length, node] = queue.top();
      queue.pop();
      if (length > distance[at(node)]) continue;
      if (groups_.of_node[at(node)] == static_cast<std::int32_t>(g)) {
        --missing;
        farthest = length;
      }
      for (const NodeId next : open_.neighbours(node)) {
        const bool is_own = groups_.of_node[at(next)] == static_cast<std::int32_t>(g);
        reach(next, length + (is_own ? 0 : problem_.weights[at(next)]));
      }
    }
    for (const NodeId node : seen) distance[at(node)] = far;
    seen.clear();
    if (missing > 0 || farthest == 0) continue;
    const std::int64_t needed = groups_.weights[g] + farthest;
    heaviest_ = std::max(heaviest_, needed);
    if (needed > problem_.upper) ways_.emplace_back(static_cast<std::int32_t>(g), needed);
  }
}

Situation PartStructure::at_bounds(std::int64_t lower, std::int64_t upper) const {
  std::vector<BoundedColumn> columns{{problem_.weights, lower, upper}};
  for (const Balance& balance : problem_.balances) {
    columns.push_back({balance.weights, balance.lower, balance.upper});
  }
  Situation situation;
  NodeSets sets = along_ways_;
  join_light_pieces(open_, columns, sets);
  situation.set_of_node = sets.numbers(situation.set_count);
  situation.overfull = overfull_sets(open_, columns, situation.set_of_node, situation.set_count);
  find_conflicts(situation);
  measure(situation, columns);
  return situation;
}

void PartStructure::find_conflicts(Situation& situation) const {
  std::vector<PartId> lock(at(situation.set_count), no_part);
  std::vector<std::uint8_t> is_conflict(lock.size(), 0);
  for (std::size_t g = 0; g < groups_.members.size(); ++g) {
    const std::size_t set = at(situation.set_of_node[at(groups_.members[g].front())]);
    if (groups_.lock[g] == no_part) continue;
    if (lock[set] != no_part && lock[set] != groups_.lock[g]) is_conflict[set] = 1;
    lock[set] = groups_.lock[g];
  }
  for (const auto& [a, b] : groups_.apart) {
    const std::int32_t set = situation.set_of_node[at(groups_.members[at(a)].front())];
    if (set == situation.set_of_node[at(groups_.members[at(b)].front())]) is_conflict[at(set)] = 1;
  }
  for (std::int32_t set = 0; set < situation.set_count; ++set) {
    if (is_conflict[at(set)] != 0) situation.conflicts.push_back(set);
  }
}

std::vector<std::int32_t> PartStructure::least_parts(const Situation& situation) const {
  std::vector<std::int32_t> area(at(situation.set_count), 0);
  std::vector<PartId> lock(area.size(), no_part);
  for (std::size_t v = 0; v < area_of_.size(); ++v) area[at(situation.set_of_node[v])] = area_of_[v];
  for (std::size_t g = 0; g < groups_.members.size(); ++g) {
    if (groups_.lock[g] != no_part) lock[at(situation.set_of_node[at(groups_.members[g].front())])] = groups_.lock[g];
  }
  std::vector<std::pair<std::int32_t, std::int32_t>> apart;
  for (const auto& [a, b] : groups_.apart) {
    const std::int32_t first = situation.set_of_node[at(groups_.members[at(a)].front())];
    const std::int32_t second = situation.set_of_node[at(groups_.members[at(b)].front())];
    if (first != second && area[at(first)] == area[at(second)]) apart.emplace_back(std::minmax(first, second));
  }
  return cliques_of_groups(area, areas_.size(), lock, std::move(apart));
}

void PartStructure::measure(Situation& situation, const std::vector<BoundedColumn>& columns) const {
  std::vector<std::int32_t> sets_of_area(areas_.size() + 1, 0);
  std::vector<std::int32_t> area(at(situation.set_count), 0);
  for (std::size_t v = 0; v < area_of_.size(); ++v) area[at(situation.set_of_node[v])] = area_of_[v];
  for (const std::int32_t a : area) ++sets_of_area[at(a) + 1];
  for (std::size_t a = 0; a < areas_.size(); ++a) sets_of_area[a + 1] += sets_of_area[a];
  const std::vector<std::int32_t> least = least_parts(situation);
  situation.sizes.resize(areas_.size());

  // Of each column and area: the sums of its heaviest 0, 1, 2, ... sets.
  const std::size_t stride = area.size() + areas_.size();
  situation.sums.assign(columns.size() * stride, 0);
  std::vector<std::int64_t> weights;
  std::vector<std::int32_t> next;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::vector<std::int64_t> of_set(area.size(), 0);
    for (std::size_t v = 0; v < area_of_.size(); ++v) of_set[at(situation.set_of_node[v])] += columns[c].weights[v];
    weights.assign(area.size(), 0);
    next = sets_of_area;
    for (std::size_t s = 0; s < area.size(); ++s) weights[at(next[at(area[s])]++)] = of_set[s];
    std::int64_t* sums = situation.sums.data() + c * stride;
    for (std::size_t a = 0; a < areas_.size(); ++a) {
      const auto first = weights.begin() + sets_of_area[a];
      const auto last = weights.begin() + sets_of_area[a + 1];
      std::sort(first, last, std::greater<>());
      std::int64_t* const own = sums;
      std::int64_t sum = 0;
      *sums++ = 0;
      for (auto it = first; it != last; ++it) *sums++ = sum += *it;
      ComponentSize size{sum, sets_of_area[a + 1] - sets_of_area[a], least[a]};
      size.heaviest_sums = {own, sums};
      if (c == 0) {
        situation.sizes[a] = size;
        continue;
      }
      ComponentSize& total = situation.sizes[a];
      if (const auto range = component_parts(size, columns[c].lower, columns[c].upper)) {
        total.min_parts = std::max(total.min_parts, range->min);
        total.max_parts = std::min(total.max_parts, range->max);
      } else {
        situation.unfit.emplace_back(a, c - 1);
      }
    }
  }
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "partition.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

#include "fixed_point.hpp"
#include "shequ/detail/index.hpp"

namespace shequ::detail {
BoundPenalty::BoundPenalty(std::int64_t lower_bound, std::int64_t upper_bound, std::int64_t total_weight,
                           std::int64_t penalty_scale, std::int64_t penalty_strength)
    : lower(lower_bound), upper(upper_bound), strength(penalty_strength) {
  const auto width = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(std::max(total_weight, lower))));
  shift = width > 50 ? width - 50 : 0;
  scale = std::max<std::int64_t>(1, penalty_scale >> shift);
}

std::int64_t BoundPenalty::energy(std::int64_t weight) const noexcept {
  const std::int64_t outside = excess(weight);
  if (outside == 0) return 0;
  const std::int64_t ratio = (std::max<std::int64_t>(outside >> shift, 1) << 10U) / scale;
  constexpr std::int64_t log_of_unit = 7100;  // fixed_log(1024)
  constexpr std::int64_t step = 384;          // 3/8: without it many parts hover just outside of their bounds
  return strength * (fixed_log(static_cast<std::uint64_t>(ratio) + 1024U) - log_of_unit + step) / 1024;
}

Partition::Partition(const SearchGraph& graph, const BoundPenalty& penalty, std::int32_t num_parts,
                     std::vector<std::int32_t> labels)
    : graph_(&graph),
      penalty_(penalty),
      pair_violation_(std::max<std::int64_t>(1, graph.total_weight / std::max(1, num_parts))),
      labels_(std::move(labels)),
      part_weights_(at(num_parts), 0),
      part_energies_(at(num_parts), 0),
      part_sizes_(at(num_parts), 0),
      cut_position_(at(graph.num_edges()), -1),
      reached_by_(at(graph.num_nodes()), -1),
      reached_in_(at(graph.num_nodes()), 0) {
  for (std::size_t v = 0; v < labels_.size(); ++v) {
    part_weights_[at(labels_[v])] += graph.weights[v];
    ++part_sizes_[at(labels_[v])];
  }
  for (std::size_t part = 0; part < part_weights_.size(); ++part) {
    part_energies_[part] = penalty_.energy(part_weights_[part]);
    violation_ += penalty_.excess(part_weights_[part]);
  }
  for (const NodePair& pair : graph.pairs) {
    if ((label(pair.a) == label(pair.b)) != pair.same) violation_ += pair_violation_;
  }
  for (std::int32_t e = 0; e < graph.num_edges(); ++e) {
    if (label(graph.edge_sources[at(e)]) == label(graph.edge_targets[at(e)])) continue;
    toggle_cut(e, true);
    objective_ += graph.edge_costs[at(e)];
  }
}

void Partition::toggle_cut(std::int32_t edge, bool cut) {
  if (cut) {
    cut_position_[at(edge)] = static_cast<std::int32_t>(cut_edges_.size());
    cut_edges_.push_back(edge);
    return;
  }
  const std::int32_t position = std::exchange(cut_position_[at(edge)], -1);
  const std::int32_t last = cut_edges_.back();
  cut_edges_.pop_back();
  if (last == edge) return;
  cut_edges_[at(position)] = last;
  cut_position_[at(last)] = position;
}

std::int64_t Partition::broken_pairs(std::int32_t node) const noexcept {
  std::int64_t broken = 0;
  for (const std::int32_t number : graph_->pairs_of_node[at(node)]) {
    const NodePair& pair = graph_->pairs[at(number)];
    broken += (label(pair.a) == label(pair.b)) != pair.same ? 1 : 0;
  }
  return broken;
}

std::int64_t Partition::pair_energy(std::int32_t node, std::int32_t part) const noexcept {
  std::int64_t broken = 0;
  for (const std::int32_t number : graph_->pairs_of_node[at(node)]) {
    const NodePair& pair = graph_->pairs[at(number)];
    const std::int32_t other = pair.a == node ? pair.b : pair.a;
    broken += (label(other) == part) != pair.same ? 1 : 0;
  }
  return broken * pair_strength;
}

std::int64_t Partition::move_energy(std::int32_t node, std::int32_t part) const noexcept {
  const std::int32_t from = label(node);
  std::int64_t energy = 0;
  const std::size_t last = graph_->end(node);
  for (std::size_t i = graph_->begin(node); i < last; ++i) {
    const std::int32_t other = labels_[at(graph_->targets[i])];
    if (other == from) {
      energy += graph_->arc_energies[i];
    } else if (other == part) {
      energy -= graph_->arc_energies[i];
    }
  }
  const std::int64_t weight = graph_->weights[at(node)];
  energy += penalty_.energy(part_weights_[at(from)] - weight) - part_energies_[at(from)];
  energy += penalty_.energy(part_weights_[at(part)] + weight) - part_energies_[at(part)];
  if (!graph_->pairs.empty()) energy += pair_energy(node, part) - pair_energy(node, from);
  return energy;
}

bool Partition::can_leave(std::int32_t node) {
  const std::int32_t from = label(node);
  if (part_sizes_[at(from)] == 1) return false;
  const std::size_t first = graph_->begin(node);
  const std::size_t degree = graph_->end(node) - first;
  if (degree > 64) return still_connected(node);
  std::uint64_t own = 0;  // neighbours in the same part
  for (std::size_t i = 0; i < degree; ++i) {
    own |= static_cast<std::uint64_t>(labels_[at(graph_->targets[first + i])] == from ? 1 : 0) << i;
  }
  if (std::popcount(own) <= 1) return own != 0;
  // Neighbours that touch each other form one ring piece: flood it by bit operations.
  std::uint64_t reached = own & (~own + 1);
  std::uint64_t fresh = reached;
  while (fresh != 0) {
    const auto i = static_cast<std::size_t>(std::countr_zero(fresh));
    fresh &= fresh - 1;
    const std::uint64_t more = graph_->arc_rings[first + i] & own & ~reached;
    reached |= more;
    fresh |= more;
  }
  return reached == own || still_connected(node);
}

bool Partition::still_connected(std::int32_t node) {
  // One search from every neighbour in the part, a node at a time in turn; searches that meet are joined. All joined:
  // connected. One exhausted while another is left: not. Costs about the smaller side.
  if (++call_ == 0) {
    std::fill(reached_in_.begin(), reached_in_.end(), 0U);
    call_ = 1;
  }
  const std::int32_t part = label(node);
  reached_in_[at(node)] = call_;
  reached_by_[at(node)] = -1;
  search_root_.clear();
  for (std::size_t i = graph_->begin(node); i < graph_->end(node); ++i) {
    const std::int32_t next = graph_->targets[i];
    if (label(next) != part) continue;
    const auto search = search_root_.size();
    search_root_.push_back(static_cast<std::int32_t>(search));
    if (frontiers_.size() <= search) {
      frontiers_.emplace_back();
      heads_.push_back(0);
    }
    heads_[search] = 0;
    frontiers_[search].assign(1, next);
    reached_in_[at(next)] = call_;
    reached_by_[at(next)] = static_cast<std::int32_t>(search);
  }
  const auto root = [&](std::int32_t search) {
    while (search_root_[at(search)] != search) search = search_root_[at(search)];
    return search;
  };
  std::size_t alive = search_root_.size();
  while (true) {
    for (std::size_t search = 0; search < search_root_.size(); ++search) {
      if (alive <= 1) return alive == 1;
      if (search_root_[search] != static_cast<std::int32_t>(search)) continue;
      if (heads_[search] == frontiers_[search].size()) return false;
      const std::int32_t current = frontiers_[search][heads_[search]++];
      for (std::size_t i = graph_->begin(current); i < graph_->end(current); ++i) {
        const std::int32_t next = graph_->targets[i];
        if (label(next) != part || next == node) continue;
        if (reached_in_[at(next)] != call_) {
          reached_in_[at(next)] = call_;
          reached_by_[at(next)] = static_cast<std::int32_t>(search);
          frontiers_[search].push_back(next);
          continue;
        }
        const std::int32_t other = root(reached_by_[at(next)]);
        if (other == static_cast<std::int32_t>(search)) continue;
        search_root_[at(other)] = static_cast<std::int32_t>(search);
        const std::vector<std::int32_t>& left = frontiers_[at(other)];
        frontiers_[search].insert(frontiers_[search].end(),
                                  left.begin() + static_cast<std::ptrdiff_t>(heads_[at(other)]), left.end());
        --alive;
      }
    }
  }
}

void Partition::move(std::int32_t node, std::int32_t part) {
  const std::int32_t from = label(node);
  if (!graph_->pairs.empty()) violation_ -= broken_pairs(node) * pair_violation_;
  labels_[at(node)] = part;
  if (!graph_->pairs.empty()) violation_ += broken_pairs(node) * pair_violation_;
  for (std::size_t i = graph_->begin(node); i < graph_->end(node); ++i) {
    const std::int32_t other = labels_[at(graph_->targets[i])];
    const std::int32_t edge = graph_->arc_edges[i];
    if (other == from) {
      toggle_cut(edge, true);
      objective_ += graph_->edge_costs[at(edge)];
    } else if (other == part) {
      toggle_cut(edge, false);
      objective_ -= graph_->edge_costs[at(edge)];
    }
  }
  const std::int64_t weight = graph_->weights[at(node)];
  for (const std::int32_t changed : {from, part}) {
    violation_ -= penalty_.excess(part_weights_[at(changed)]);
    part_weights_[at(changed)] += changed == part ? weight : -weight;
    violation_ += penalty_.excess(part_weights_[at(changed)]);
    part_energies_[at(changed)] = penalty_.energy(part_weights_[at(changed)]);
  }
  --part_sizes_[at(from)];
  ++part_sizes_[at(part)];
}

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/tree_split.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <tuple>
#include <utility>

#include "shequ/detail/index.hpp"
#include "shequ/detail/search/fixed_point.hpp"

namespace shequ::detail {
namespace {

constexpr std::size_t large_region = 5'000;  // nodes
constexpr std::size_t huge_region = 500'000;

}  // namespace

TreeSplitter::TreeSplitter(const SearchGraph& graph)
    : graph_(&graph), position_(at(graph.num_nodes()), -1), stamp_(at(graph.num_nodes()), 0) {}

void TreeSplitter::collect(const std::vector<std::int32_t>& labels, std::int32_t seed, std::int32_t part_a,
                           std::int32_t part_b) {
  if (region_ >= std::numeric_limits<std::uint32_t>::max() - 4) {
    std::fill(stamp_.begin(), stamp_.end(), 0U);
    region_ = 0;
  }
  region_ += 2;
  nodes_.assign(1, seed);
  stamp_[at(seed)] = region_;
  for (std::size_t head = 0; head < nodes_.size(); ++head) {
    const std::int32_t node = nodes_[head];
    for (std::size_t i = graph_->begin(node); i < graph_->end(node); ++i) {
      const std::int32_t next = graph_->targets[i];
      const std::int32_t label = labels[at(next)];
      if ((label != part_a && label != part_b) || in_region(next)) continue;
      stamp_[at(next)] = region_;
      nodes_.push_back(next);
    }
  }
}

void TreeSplitter::grow_tree(Random& random) {
  // Prim's growth along a uniformly random edge of the frontier: linear time on every graph, where a uniform spanning
  // tree by random walks can take cubic time.
  for (const std::int32_t node : nodes_) stamp_[at(node)] = region_;
  order_.clear();
  parent_.clear();
  frontier_.clear();
  const auto add = [&](std::int32_t node, std::int32_t parent) {
    stamp_[at(node)] = region_ + 1;
    position_[at(node)] = static_cast<std::int32_t>(order_.size());
    order_.push_back(node);
    parent_.push_back(parent);
    for (std::size_t i = graph_->begin(node); i < graph_->end(node); ++i) {
      const std::int32_t next = graph_->targets[i];
      if (stamp_[at(next)] == region_) frontier_.push_back({node, next});
    }
  };
  add(nodes_[pick(nodes_.size(), random)], 0);
  while (order_.size() < nodes_.size()) {
    const std::size_t chosen = pick(frontier_.size(), random);
    const Arc arc = frontier_[chosen];
    frontier_[chosen] = frontier_.back();
    frontier_.pop_back();
    if (stamp_[at(arc.to)] == region_) add(arc.to, position_[at(arc.from)]);
  }
}

void TreeSplitter::sum_weights() {
  const std::size_t size = order_.size();
  below_weight_.resize(size);
  below_count_.assign(size, 1);
  for (std::size_t i = 0; i < size; ++i) below_weight_[i] = graph_->weights[at(order_[i])];
  for (std::size_t i = size - 1; i > 0; --i) {
    below_weight_[at(parent_[i])] += below_weight_[i];
    below_count_[at(parent_[i])] += below_count_[i];
  }
}

void TreeSplitter::sum_cuts() {
  // An edge leaves exactly the subtrees on the tree's way between its ends: +1 at both ends, -2 where they meet.
  const std::size_t size = order_.size();
  cut_energy_.assign(size, 0);
  std::int64_t climbs = size < huge_region ? 64 * static_cast<std::int64_t>(size) : 0;
  for (std::size_t i = 0; i < size && climbs > 0; ++i) {
    const std::int32_t node = order_[i];
    for (std::size_t arc = graph_->begin(node); arc < graph_->end(node); ++arc) {
      const std::int32_t next = graph_->targets[arc];
      if (next < node || !in_region(next)) continue;
      const std::int64_t energy = graph_->arc_energies[arc];
      auto a = static_cast<std::int32_t>(i);
      std::int32_t b = position_[at(next)];
      cut_energy_[at(a)] += energy;
      cut_energy_[at(b)] += energy;
      for (; a != b; --climbs) {
        std::int32_t& later = a < b ? b : a;
        later = parent_[at(later)];
      }
      cut_energy_[at(a)] -= 2 * energy;
    }
  }
  // Trees so deep, or so large, that this would take longer than all the rest are judged by weight alone.
  if (climbs <= 0) std::fill(cut_energy_.begin(), cut_energy_.end(), 0);
  for (std::size_t i = size - 1; i > 0; --i) cut_energy_[at(parent_[i])] += cut_energy_[i];
}

void TreeSplitter::mark_side(std::size_t child) {
  side_.assign(order_.size(), 0);
  side_[child] = 1;
  for (std::size_t i = child + 1; i < order_.size(); ++i) side_[i] = side_[at(parent_[i])];
}

TreeSplitter::Cut TreeSplitter::best_cut(std::int32_t num_parts, std::int64_t lower, std::int64_t upper) const {
  const auto size = static_cast<std::int32_t>(order_.size());
  const std::int64_t total = below_weight_[0];
  const auto width = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(total)));
  const unsigned shift = width > 31 ? width - 31 : 0;  // times a number of parts it must fit 63 bits
  const std::int64_t rounded_total = std::max<std::int64_t>(1, total >> shift);
  Cut best;
  const auto excess = [&](std::int64_t weight, std::int32_t parts) {
    // Division instead of parts * bound, which may not fit.
    const std::int64_t least = weight / parts;
    const std::int64_t most = weight / parts + (weight % parts != 0 ? 1 : 0);
    return least < lower ? (lower - least) * parts : most > upper ? (most - upper) * parts : 0;
  };
  for (std::size_t i = 1; i < order_.size(); ++i) {
    const std::int64_t weight = below_weight_[i];
    const std::int32_t count = below_count_[i];
    const std::int32_t least_parts = std::max(1, num_parts - (size - count));
    const std::int32_t most_parts = std::min(num_parts - 1, count);
    if (least_parts > most_parts) continue;
    const std::int64_t wanted = ((weight >> shift) * num_parts + rounded_total / 2) / rounded_total;
    const auto parts = static_cast<std::int32_t>(std::clamp<std::int64_t>(wanted, least_parts, most_parts));
    Cut cut{i, parts, excess(weight, parts) + excess(total - weight, num_parts - parts), cut_energy_[i]};
    // A lopsided division is cheap, but leaves nearly as many cuts to make as before: among those with a seventh of
    // the parts on each side the cost decides, below that the evenness.
    const auto key = [&](const Cut& c) {
      const auto ratio = static_cast<std::uint32_t>(num_parts / std::min(c.parts, num_parts - c.parts));
      return std::tuple(c.excess, std::max(3, static_cast<int>(std::bit_width(ratio))), c.energy);
    };
    if (best.child == 0 || key(cut) < key(best)) best = cut;
  }
  return best;
}

void TreeSplitter::cut_along_tree(std::vector<std::int32_t>& labels, std::int32_t num_parts, std::int32_t next_label) {
  const std::size_t size = order_.size();
  below_weight_.resize(size);
  std::int64_t total = 0;
  for (std::size_t i = 0; i < size; ++i) total += below_weight_[i] = graph_->weights[at(order_[i])];
  const std::int64_t wanted = total / num_parts;
  std::int32_t cuts_left = num_parts - 1;
  side_.assign(size, 0);
  // From the leaves up: what hangs below a node and is not cut off yet. The last nodes are cut off whatever they weigh,
  // where there would be too few parts otherwise.
  for (std::size_t i = size - 1; i > 0; --i) {
    if (cuts_left > 0 && (below_weight_[i] >= wanted || i <= at(cuts_left))) {
      side_[i] = 1;
      --cuts_left;
    } else {
      below_weight_[at(parent_[i])] += below_weight_[i];
    }
  }
  for (std::size_t i = 1; i < size; ++i) {
    labels[at(order_[i])] = side_[i] != 0 ? next_label++ : labels[at(order_[at(parent_[i])])];
  }
}

void TreeSplitter::divide(std::vector<std::int32_t>& labels, std::int32_t part, std::int32_t num_parts,
                          std::int32_t next_label, const DivideOptions& options, Random& random) {
  struct Task {
    std::int32_t label;
    std::int32_t parts;
    std::int32_t seed;
  };
  std::int32_t seed = 0;
  while (labels[at(seed)] != part) ++seed;
  std::vector<Task> tasks{{part, num_parts, seed}};
  std::vector<std::int32_t> best_side;
  while (!tasks.empty()) {
    const Task task = tasks.back();
    tasks.pop_back();
    if (task.parts == 1) continue;
    collect(labels, task.seed, task.label, task.label);
    if (options.hurry()) {
      grow_tree(random);
      cut_along_tree(labels, task.parts, next_label);
      next_label += task.parts - 1;
      continue;
    }
    Cut best;
    for (std::int32_t attempt = 0; attempt < options.tries; ++attempt) {
      grow_tree(random);
      sum_weights();
      sum_cuts();
      const Cut cut = best_cut(task.parts, options.lower, options.upper);
      if (cut.child == 0) continue;
      if (best.child != 0 && std::pair(cut.excess, cut.energy) >= std::pair(best.excess, best.energy)) continue;
      best = cut;
      mark_side(cut.child);
      best_side.clear();
      for (std::size_t i = 0; i < order_.size(); ++i) {
        if (side_[i] != 0) best_side.push_back(order_[i]);
      }
      // A few trees suffice where the bounds hold, the fewer the larger: the search improves the cut later.
      if (best.excess == 0 && (attempt >= 2 || order_.size() >= large_region)) break;
      if (options.hurry()) break;
    }
    const std::int32_t label = next_label++;
    for (const std::int32_t node : best_side) labels[at(node)] = label;
    const std::int32_t other =
        *std::find_if(nodes_.begin(), nodes_.end(), [&](std::int32_t v) { return labels[at(v)] == task.label; });
    tasks.push_back({task.label, task.parts - best.parts, other});
    tasks.push_back({label, best.parts, best_side.front()});
  }
}

std::vector<std::int32_t> TreeSplitter::bisect(std::int32_t num_parts, const DivideOptions& options, Random& random) {
  std::vector<std::int32_t> labels(at(graph_->num_nodes()), 0);
  divide(labels, 0, num_parts, 1, options, random);
  return labels;
}

}  // namespace shequ::detail

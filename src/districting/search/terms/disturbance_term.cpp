// SPDX-License-Identifier: BSD-3-Clause
#include "disturbance_term.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <utility>

namespace shequ::detail {
namespace {

/// Matching of parts and grids of most weight, by one shortest augmenting path a part. The paths are short where plans
/// are alike, as last year's and this year's are.
class Matching {
 public:
  Matching(const std::vector<Overlap>& overlaps, std::int32_t num_parts)
      : choices_(at(num_parts)), grid_of_part_(at(num_parts), no_grid) {
    std::map<PartId, std::int32_t> number;
    for (const Overlap& overlap : overlaps) {
      const auto [entry, is_new] = number.try_emplace(overlap.previous, static_cast<std::int32_t>(previous_.size()));
      if (is_new) previous_.push_back(overlap.previous);
      choices_[at(overlap.part)].push_back({entry->second, overlap.weight});
    }
    part_of_grid_.assign(previous_.size(), -1);
    for (std::int32_t part = 0; part < num_parts; ++part) augment(part);
  }

  [[nodiscard]] std::vector<PartId> result() const {
    std::vector<PartId> result;
    for (const std::int32_t grid : grid_of_part_) result.push_back(grid == no_grid ? no_part : previous_[at(grid)]);
    return result;
  }

 private:
  static constexpr std::int32_t no_grid = -1;
  static constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
  struct Choice {
    std::int32_t grid;
    std::int64_t weight;
  };
  /// The way to a part that loses its grid: the part that takes it.
  struct Label {
    std::int64_t loss{far};
    std::int32_t taker{-1};
  };

  [[nodiscard]] std::int64_t weight(std::int32_t part, std::int32_t grid) const {
    for (const Choice& choice : choices_[at(part)]) {
      if (choice.grid == grid) return choice.weight;
    }
    return 0;
  }

  void augment(std::int32_t start) {
    std::map<std::int32_t, Label> labels;
    labels[start].loss = 0;
    std::deque<std::int32_t> queue{start};
    std::int64_t best = far;
    std::int32_t last = start;
    std::int32_t last_grid = no_grid;
    while (!queue.empty()) {
      const std::int32_t part = queue.front();
      queue.pop_front();
      const std::int64_t loss = labels[part].loss;
      if (loss < best) {
        best = loss;
        last = part;
        last_grid = no_grid;
      }
      for (const Choice& choice : choices_[at(part)]) {
        const std::int32_t holder = part_of_grid_[at(choice.grid)];
        if (holder == part) continue;
        if (holder < 0) {
          if (loss - choice.weight >= best) continue;
          best = loss - choice.weight;
          last = part;
          last_grid = choice.grid;
          continue;
        }
        const std::int64_t further = loss - choice.weight + weight(holder, choice.grid);
        if (further >= labels[holder].loss) continue;
        labels[holder] = {further, part};
        queue.push_back(holder);
      }
    }
    // Each part on the way gives its grid to the one that takes it.
    std::int32_t given = last_grid;
    for (std::int32_t part = last; part >= 0; part = labels[part].taker) {
      const std::int32_t old = grid_of_part_[at(part)];
      grid_of_part_[at(part)] = given;
      if (given != no_grid) part_of_grid_[at(given)] = part;
      given = old;
    }
  }

  std::vector<std::vector<Choice>> choices_;
  std::vector<PartId> previous_;
  std::vector<std::int32_t> grid_of_part_;
  std::vector<std::int32_t> part_of_grid_;
};

}  // namespace

std::vector<PartId> match_previous(std::vector<Overlap> overlaps, std::int32_t num_parts) {
  std::sort(overlaps.begin(), overlaps.end(), [](const Overlap& a, const Overlap& b) {
    return std::pair(a.part, a.previous) < std::pair(b.part, b.previous);
  });
  std::vector<Overlap> merged;
  for (const Overlap& overlap : overlaps) {
    if (!merged.empty() && merged.back().part == overlap.part && merged.back().previous == overlap.previous) {
      merged.back().weight += overlap.weight;
    } else {
      merged.push_back(overlap);
    }
  }
  return Matching(merged, num_parts).result();
}

DisturbanceTerm::DisturbanceTerm(const Component& component, std::span<const PartId> previous,
                                 std::span<const std::int64_t> weights)
    : offsets_{0} {
  std::vector<Share> of_node;
  for (std::int32_t v = 0; v < component.graph.num_nodes(); ++v) {
    of_node.clear();
    for (const NodeId member : component.members(v)) {
      if (previous[at(member)] != no_part) of_node.push_back({previous[at(member)], weights[at(member)]});
    }
    close_node(of_node);
  }
}

void DisturbanceTerm::close_node(std::vector<Share>& shares) {
  std::sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.previous < b.previous; });
  for (const Share& share : shares) {
    if (shares_.size() > offsets_.back() && shares_.back().previous == share.previous) {
      shares_.back().weight += share.weight;
    } else {
      shares_.push_back(share);
    }
  }
  offsets_.push_back(shares_.size());
}

DisturbanceTerm DisturbanceTerm::coarsened(const SearchGraph& /*fine*/, const CoarseGraph& to) const {
  std::vector<std::vector<Share>> of_node(to.graph.weights.size());
  for (std::size_t v = 0; v < to.coarse_of.size(); ++v) {
    const auto own = shares(static_cast<std::int32_t>(v));
    auto& all = of_node[at(to.coarse_of[v])];
    all.insert(all.end(), own.begin(), own.end());
  }
  DisturbanceTerm coarse;
  coarse.offsets_.push_back(0);
  for (std::vector<Share>& all : of_node) coarse.close_node(all);
  return coarse;
}

void DisturbanceTerm::reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts) {
  std::vector<Overlap> overlaps;
  for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
    for (const Share& share : shares(v)) overlaps.push_back({labels[at(v)], share.previous, share.weight});
  }
  grid_of_part_ = match_previous(std::move(overlaps), num_parts);
  value_ = 0;
  for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
    for (const Share& share : shares(v)) value_ += share.weight;
    value_ -= stays(v, labels[at(v)]);
  }
}

}  // namespace shequ::detail

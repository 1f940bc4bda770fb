// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/connectivity.hpp"

#include <algorithm>
#include <bit>

namespace shequ::detail {

bool Connectivity::holds_without(std::span<const std::int32_t> labels, std::int32_t node) {
  const std::int32_t from = labels[at(node)];
  const std::size_t first = graph_->begin(node);
  const std::size_t degree = graph_->end(node) - first;
  if (degree > 64) return search_round(labels, node);
  std::uint64_t own = 0;  // neighbours in the same part
  for (std::size_t i = 0; i < degree; ++i) {
    own |= static_cast<std::uint64_t>(labels[at(graph_->targets[first + i])] == from ? 1 : 0) << i;
  }
  if ((own & (own - 1)) == 0) return own != 0;
  // Neighbours that touch each other form one piece of the ring around the node: flood it by bit operations.
  std::uint64_t reached = own & (~own + 1);
  std::uint64_t fresh = reached;
  const auto flood = [&] {
    while (fresh != 0) {
      const auto i = static_cast<std::size_t>(std::countr_zero(fresh));
      fresh &= fresh - 1;
      const std::uint64_t more = graph_->arc_rings[first + i] & own & ~reached;
      reached |= more;
      fresh |= more;
    }
  };
  flood();
  if (reached == own) return true;
  // Pieces may hang together by corners: nodes of the part that touch several of them.
  const std::size_t first_corner = at(graph_->corner_offsets[at(node)]);
  const std::size_t last_corner = at(graph_->corner_offsets[at(node) + 1]);
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t c = first_corner; c < last_corner; ++c) {
      const std::uint64_t ring = graph_->corner_rings[c] & own;
      if ((ring & reached) == 0 || (ring & ~reached) == 0 || labels[at(graph_->corners[c])] != from) continue;
      fresh = ring & ~reached;
      reached |= fresh;
      flood();
      if (reached == own) return true;
      grown = true;
    }
  }
  return search_round(labels, node);
}

bool Connectivity::search_round(std::span<const std::int32_t> labels, std::int32_t node) {
  // One search from every neighbour in the part, a node at a time in turn; searches that meet are joined. All joined:
  // connected. One exhausted while another is left: not. Costs about the smaller side.
  if (++call_ == 0) {
    std::fill(reached_in_.begin(), reached_in_.end(), 0U);
    call_ = 1;
  }
  const std::int32_t part = labels[at(node)];
  reached_in_[at(node)] = call_;
  reached_by_[at(node)] = -1;
  search_root_.clear();
  for (std::size_t i = graph_->begin(node); i < graph_->end(node); ++i) {
    const std::int32_t next = graph_->targets[i];
    if (labels[at(next)] != part) continue;
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
        if (labels[at(next)] != part || next == node) continue;
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

}  // namespace shequ::detail

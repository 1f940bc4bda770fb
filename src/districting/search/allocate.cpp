// SPDX-License-Identifier: BSD-3-Clause
#include "allocate.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <queue>

#include "../part_counts.hpp"
#include "terms/built_in_terms.hpp"

namespace shequ::detail {
namespace {

constexpr std::size_t max_options = 6;

struct Range {
  std::int32_t least;
  std::int32_t most;
};

/// Room between the mean weight of k parts and the nearer bound; negative where it is outside.
std::int64_t room(const Problem& problem, std::int64_t weight, std::int32_t parts) {
  return std::min(weight / parts - problem.lower, problem.upper - ceil_div(weight, parts));
}

/// The numbers in `range` by falling room, at most max_options.
std::vector<std::int32_t> roomiest(const Problem& problem, std::int64_t weight, Range range) {
  // Room rises up to 2 W / (L + U) parts and falls beyond: look around there only.
  const std::int64_t middle = std::max<std::int64_t>(1, problem.lower / 2 + problem.upper / 2);
  const std::int64_t peak = std::clamp<std::int64_t>(weight / middle, range.least, range.most);
  const auto reach = static_cast<std::int64_t>(max_options);
  std::vector<std::int32_t> counts;
  for (std::int64_t k = std::max<std::int64_t>(range.least, peak - reach);
       k <= std::min<std::int64_t>(range.most, peak + reach); ++k) {
    counts.push_back(static_cast<std::int32_t>(k));
  }
  std::stable_sort(counts.begin(), counts.end(),
                   [&](std::int32_t a, std::int32_t b) { return room(problem, weight, a) > room(problem, weight, b); });
  if (counts.size() > max_options) counts.resize(max_options);
  return counts;
}

/// Most different locks in one component: so many parts it must have.
std::int32_t count_locks(const SearchGraph& graph) {
  std::vector<std::int32_t> locks = graph.locks;
  std::sort(locks.begin(), locks.end());
  locks.erase(std::unique(locks.begin(), locks.end()), locks.end());
  return static_cast<std::int32_t>(locks.size()) - (!locks.empty() && locks.front() < 0 ? 1 : 0);
}

Range allowed_parts(const Problem& problem, const Component& component, bool& can_hold) {
  const SearchGraph& graph = component.graph;
  const std::int32_t nodes = graph.num_nodes();
  if (component.closed) {
    can_hold = true;
    return {1, 1};
  }
  const bool has_apart = std::any_of(graph.pairs.begin(), graph.pairs.end(), [](const NodePair& p) { return !p.same; });
  const std::int32_t least = std::max({1, has_apart ? 2 : 1, count_locks(graph)});
  auto range = component_parts({graph.total_weight, nodes, least}, problem.lower, problem.upper);
  for (std::size_t b = 0; b < problem.balances.size() && range; ++b) {
    const std::int64_t total = std::accumulate(graph.balances[b].begin(), graph.balances[b].end(), std::int64_t{0});
    const auto other = component_parts({total, nodes, least}, problem.balances[b].lower, problem.balances[b].upper);
    if (other && std::max(range->min, other->min) <= std::min(range->max, other->max)) {
      range = PartsRange{std::max(range->min, other->min), std::min(range->max, other->max)};
    } else {
      range.reset();
    }
  }
  can_hold = range.has_value();
  if (range) return {range->min, range->max};
  // No number fits: the one whose parts are least outside, the smaller of two as good.
  const std::int64_t fewest = problem.upper == 0 ? nodes : ceil_div(graph.total_weight, problem.upper);
  const std::int64_t most = problem.lower == 0 ? nodes : graph.total_weight / problem.lower;
  const auto bounded = [&](std::int64_t k) { return static_cast<std::int32_t>(std::clamp<std::int64_t>(k, 1, nodes)); };
  const std::int32_t a = std::min(bounded(fewest), bounded(most));
  const std::int32_t b = std::max(bounded(fewest), bounded(most));
  const auto outside = [&](std::int32_t k) {
    return -std::min<std::int64_t>(0, room(problem, graph.total_weight, k)) * k;
  };
  const std::int32_t best = outside(b) < outside(a) ? b : a;
  return {best, best};
}

/// Total of `wanted` parts within the ranges, one at a time to the component where W^2 / (k (k + 1)) is largest.
std::vector<std::int32_t> share_out(const std::vector<Component>& components, const std::vector<Range>& ranges,
                                    std::int64_t wanted) {
  std::vector<std::int32_t> counts;
  std::int64_t total = 0;
  for (const Range& range : ranges) {
    counts.push_back(range.least);
    total += range.least;
  }
  struct Claim {
    double size;
    std::size_t component;
    bool operator<(const Claim& other) const {
      return size < other.size || (size == other.size && component > other.component);
    }
  };
  std::priority_queue<Claim> claims;
  const auto claim = [&](std::size_t c) {
    if (counts[c] >= ranges[c].most) return;
    const auto weight = static_cast<double>(components[c].graph.total_weight);
    claims.push({weight / counts[c] * (weight / (counts[c] + 1)), c});
  };
  for (std::size_t c = 0; c < counts.size(); ++c) claim(c);
  for (; total < wanted && !claims.empty(); ++total) {
    const std::size_t c = claims.top().component;
    claims.pop();
    ++counts[c];
    claim(c);
  }
  return counts;
}

/// Lets the search itself change the number of parts.
void open_number(const Problem& problem, Range range, PartOptions& options) {
  if (problem.parts) {
    range.least = std::max(range.least, problem.parts->min);
    range.most = std::min(range.most, problem.parts->max);
  }
  if (range.least >= range.most) return;
  options.min_open = range.least;
  options.max_open = range.most;
  // From both ends as well, for where many mergers or splits would be needed.
  options.counts = {std::clamp(options.counts.front(), range.least, range.most)};
  for (const std::int32_t end : {range.least, range.most}) {
    if (end != options.counts.front()) options.counts.push_back(end);
  }
  options.try_all = true;
}

}  // namespace

std::vector<PartOptions> allocate_parts(const Problem& problem, const std::vector<Component>& components) {
  std::vector<PartOptions> options(components.size());
  std::vector<Range> ranges;
  bool all_can_hold = true;
  for (std::size_t c = 0; c < components.size(); ++c) {
    ranges.push_back(allowed_parts(problem, components[c], options[c].can_hold));
    all_can_hold = all_can_hold && options[c].can_hold;
    options[c].counts = roomiest(problem, components[c].graph.total_weight, ranges[c]);
  }
  if (depends_on_part_count(problem) && (!problem.parts || components.size() == 1)) {
    for (std::size_t c = 0; c < components.size(); ++c) open_number(problem, ranges[c], options[c]);
    if (!options.empty() && options.front().min_open > 0) return options;
  }
  if (!problem.parts || components.empty()) return options;

  const auto [min, max] = *problem.parts;
  std::vector<char> on_top(components.size(), 0);
  const auto sum = [&](auto&& value) {
    std::int64_t total = 0;
    for (std::size_t c = 0; c < components.size(); ++c) total += on_top[c] != 0 ? 0 : value(c);
    return total;
  };
  const auto least = [&](std::size_t c) { return ranges[c].least; };
  const auto most = [&](std::size_t c) { return ranges[c].most; };
  if (sum(least) > max) {
    for (std::size_t c = 0; c < components.size(); ++c)
      on_top[c] = components[c].graph.total_weight < problem.lower ? 1 : 0;
  }
  // A number of parts outside of what the bounds allow is kept all the same: it was asked for.
  if (sum(least) > max) {
    for (std::size_t c = 0; c < components.size(); ++c) {
      ranges[c].least = 1;
      on_top[c] = 0;
      options[c].can_hold = false;
    }
  }
  if (sum(most) < min) {
    for (std::size_t c = 0; c < components.size(); ++c) {
      ranges[c].most = components[c].graph.num_nodes();
      options[c].can_hold = false;
    }
  }
  const auto on_top_count = std::count(on_top.begin(), on_top.end(), 1);
  const std::int64_t roomy = sum([&](std::size_t c) { return options[c].counts.front(); });
  const std::int64_t wanted = std::clamp<std::int64_t>(roomy, min, max) + on_top_count;
  const std::vector<std::int32_t> shares = share_out(components, ranges, wanted);
  for (std::size_t c = 0; c < components.size(); ++c) {
    Range range = ranges[c];
    if (components.size() == 1) {
      range = {std::clamp(min, range.least, range.most), std::clamp(max, range.least, range.most)};
    } else {
      // The share first, then its neighbours, from which the objective may choose.
      range = {std::max(range.least, shares[c] - 1), std::min(range.most, shares[c] + 1)};
    }
    options[c].counts = roomiest(problem, components[c].graph.total_weight, range);
    options[c].try_all = true;
    const auto share = std::find(options[c].counts.begin(), options[c].counts.end(), shares[c]);
    if (share != options[c].counts.end()) std::rotate(options[c].counts.begin(), share, share + 1);
  }
  return options;
}

}  // namespace shequ::detail

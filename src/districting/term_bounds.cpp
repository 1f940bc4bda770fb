// SPDX-License-Identifier: BSD-3-Clause
#include "term_bounds.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <numeric>
#include <variant>
#include <vector>

#include "groups.hpp"
#include "part_counts.hpp"
#include "shequ/detail/index.hpp"

namespace shequ::detail {
namespace {

/// Sums of a column in the parts: they add up to `total`, and each is within lower..upper.
struct PartSums {
  std::int64_t total{};
  std::int64_t lower{};
  std::int64_t upper{};
  std::int64_t heaviest{};  // of the groups that stay together: some part has this or more
};

/// Fewest posts of `parts` parts. Posts of a part rise by one a step, so that the households which P posts can serve
/// grow by a step for each further one, by less for the last that `upper` leaves room for: whole steps first.
std::int64_t fewest_posts(const StaffingRule& rule, const PartSums& sums, std::int64_t parts) {
  const std::int64_t least = rule.posts(sums.lower);
  const std::int64_t most = rule.posts(sums.upper);
  const std::int64_t first = std::min(rule.max_households(least), sums.upper);
  if (most == least || sums.total / parts < first) return parts * least;
  const std::int64_t rest = sums.total - parts * first;
  const std::int64_t whole_steps = parts * (most - least - 1);
  if (rest <= 0) return parts * least;
  if (ceil_div(rest, rule.step_households) <= whole_steps) {
    return parts * least + ceil_div(rest, rule.step_households);
  }
  const std::int64_t last = sums.upper - rule.max_households(most - 1);
  return parts * least + whole_steps + ceil_div(rest - whole_steps * rule.step_households, last);
}

/// Least load of a part that has households in first..last. Within a number of posts load rises; at the starts of steps
/// it goes one way, up or down: the ends decide.
std::int64_t least_load(const StaffingRule& rule, std::int64_t first, std::int64_t last) {
  const auto load = [&](std::int64_t households) { return 1000 * households / rule.posts(households); };
  std::int64_t least = load(first);
  const std::int64_t low = rule.posts(first);
  const std::int64_t high = rule.posts(last);
  if (high > low) {
    least = std::min({least, load(rule.min_households(low + 1)), load(rule.min_households(high))});
  }
  return least;
}

class TermBounds {
 public:
  TermBounds(const Problem& problem, PartsRange parts) : problem_(problem), parts_(parts) {}

  TermBound operator()(const objective::Deviation& of) const {
    const PartSums sums = part_sums(of.weights);
    if (sums.total == 0 && !of.target) return {};
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::int64_t k = parts_.min; k <= parts_.max; ++k) {
      const std::int64_t target = of.target.value_or(sums.total / k);
      const std::int64_t above = std::max<std::int64_t>(sums.heaviest - target, 0);
      const std::int64_t lower = sums.lower <= sums.total / k ? sums.lower : 0;  // else k parts are too many anyway
      const std::int64_t each = std::max({lower - target, target - sums.upper, std::int64_t{0}});
      if (of.norm == objective::Norm::max) {
        least = std::min(least, std::max({above, each, ceil_div(sums.total, k) - target, target - sums.total / k}));
      } else {
        // One part has `above` too many; what all have too few is that less the surplus of all.
        const std::int64_t surplus = sums.total - k * target;
        least = std::min(least, std::max({surplus, -surplus, 2 * above - surplus, k * each}));
      }
    }
    return {least, BoundArgument::total};
  }

  TermBound operator()(const objective::PartCount& /*of*/) const { return {parts_.min, BoundArgument::part_count}; }

  TermBound operator()(const objective::Staff& of) const {
    const PartSums sums = households(of.households);
    if (sums.lower > sums.upper) return {};
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::int64_t k = parts_.min; k <= parts_.max; ++k) least = std::min(least, fewest_posts(of.rule, sums, k));
    return {least, BoundArgument::steps};
  }

  TermBound operator()(const objective::StaffLoad& of) const {
    const PartSums sums = households(of.households);
    const std::int64_t first = std::max({sums.lower, sums.heaviest, ceil_div(sums.total, parts_.max)});
    if (first > sums.upper) return {};
    return {least_load(of.rule, first, sums.upper), BoundArgument::steps};
  }

  TermBound operator()(const objective::RegionSplits& of) const {
    std::int64_t splits = 0;
    std::map<std::int32_t, std::int64_t> parts_of_region;
    const auto add = [&](const std::vector<std::int64_t>& weights, std::int64_t upper) {
      std::map<std::int32_t, std::int64_t> sums;
      for (std::size_t v = 0; v < weights.size(); ++v) {
        if (of.region[v] >= 0) sums[of.region[v]] += weights[v];
      }
      for (const auto& [region, sum] : sums) {
        std::int64_t& parts = parts_of_region[region];
        if (upper > 0) parts = std::max(parts, ceil_div(sum, upper));
      }
    };
    add(problem_.weights, problem_.upper);
    for (const Balance& balance : problem_.balances) add(balance.weights, balance.upper);
    for (const auto& [region, parts] : parts_of_region) splits += std::max<std::int64_t>(parts - 1, 0);
    return {splits, BoundArgument::too_heavy};
  }

  TermBound operator()(const objective::Disturbance& of) const {
    const std::vector<std::int64_t>& moved = of.weights.empty() ? problem_.weights : of.weights;
    std::map<PartId, std::int64_t> weight;
    std::map<PartId, std::int64_t> cost;
    for (std::size_t v = 0; v < moved.size(); ++v) {
      if (of.previous[v] == no_part) continue;
      weight[of.previous[v]] += problem_.weights[v];
      cost[of.previous[v]] += moved[v];
    }
    std::int64_t too_heavy = 0;
    if (moved == problem_.weights) {
      for (const auto& [part, sum] : weight) too_heavy += std::max<std::int64_t>(sum - problem_.upper, 0);
    }
    std::vector<std::int64_t> costs;
    for (const auto& [part, sum] : cost) costs.push_back(sum);
    std::sort(costs.begin(), costs.end());
    const auto dissolved = static_cast<std::ptrdiff_t>(costs.size()) - parts_.max;
    const std::int64_t lost =
        dissolved > 0 ? std::accumulate(costs.begin(), costs.begin() + dissolved, std::int64_t{0}) : 0;
    if (lost > too_heavy) return {lost, BoundArgument::part_count};
    return {too_heavy, BoundArgument::too_heavy};
  }

  TermBound operator()(const objective::Travel& of) const {
    std::int64_t sum = 0;
    for (auto row = of.distances.begin(); row != of.distances.end(); row += of.centres) {
      sum += *std::min_element(row, row + of.centres);
    }
    return {sum, BoundArgument::nearest};
  }

  template <class Other>
  TermBound operator()(const Other& /*of*/) const {
    return {};
  }

 private:
  /// `column` empty: the problem's weights, whose bounds the parts keep.
  [[nodiscard]] PartSums part_sums(const std::vector<std::int64_t>& column) const {
    const bool is_weights = column.empty() || column == problem_.weights;
    const std::vector<std::int64_t>& values = is_weights ? problem_.weights : column;
    PartSums sums;
    sums.total = std::accumulate(values.begin(), values.end(), std::int64_t{0});
    sums.lower = is_weights ? problem_.lower : 0;
    sums.upper = is_weights ? std::min(problem_.upper, sums.total) : sums.total;
    for (const std::vector<NodeId>& group : merge_groups(problem_).members) {
      std::int64_t weight = 0;
      for (const NodeId v : group) weight += values[at(v)];
      sums.heaviest = std::max(sums.heaviest, weight);
    }
    return sums;
  }

  [[nodiscard]] PartSums households(const std::vector<std::int64_t>& column) const {
    PartSums sums = part_sums(column);
    sums.upper = std::min(sums.upper, max_unit_households);
    return sums;
  }

  const Problem& problem_;
  PartsRange parts_;
};

}  // namespace

TermBound term_bound(const Objective& objective, const Problem& problem, PartsRange parts) {
  return std::visit(TermBounds(problem, parts), objective);
}

}  // namespace shequ::detail

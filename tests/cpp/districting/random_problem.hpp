// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <numeric>
#include <utility>

#include "districting/districting_fixtures.hpp"

namespace shequ::testing {

/// A tiny problem with a few rules of random kinds: often with plans, often without.
inline Problem random_problem(std::uint64_t seed, NodeId most_nodes = 8) {
  Random random(seed, 23);
  const NodeId columns = 1 + static_cast<NodeId>(random.below(static_cast<std::uint32_t>(most_nodes / 2)));
  Problem problem = problem_of(random_planar(2, columns, seed), {}, 0, 0);
  const auto n = static_cast<std::uint32_t>(2 * columns);
  const auto node = [&] { return static_cast<NodeId>(random.below(n)); };
  const auto one_in = [&](std::uint32_t kinds) { return random.below(kinds) == 0; };
  problem.weights = random_weights(static_cast<NodeId>(n), one_in(3) ? 1 : 6, seed);
  const std::int64_t total = std::accumulate(problem.weights.begin(), problem.weights.end(), std::int64_t{0});
  const std::int64_t mean = total / (1 + random.below(4));
  problem.lower = one_in(4) ? 0 : mean / (1 + random.below(3));
  problem.upper = std::max(problem.lower, mean + random.below(4));
  if (one_in(2)) {
    const auto least = 1 + static_cast<PartId>(random.below(3));
    problem.parts = PartsRange{least, least + static_cast<PartId>(random.below(3))};
  }
  if (one_in(3)) {
    const std::int64_t least = random.below(3);
    problem.balances = {
        {"area", random_weights(static_cast<NodeId>(n), 4, seed + 1), least, least + 3 + random.below(12)}};
  }
  if (one_in(3)) problem.together = {{node(), node()}};
  if (one_in(6)) problem.together.push_back({node(), node(), node()});
  if (one_in(3)) {
    const std::pair pair(node(), node());
    if (pair.first != pair.second) problem.apart = {pair};
  }
  if (one_in(3)) {
    problem.locked.assign(n, no_part);
    for (int i = 0; i < 3; ++i) problem.locked[static_cast<std::size_t>(node())] = random.below(2) == 0 ? 0 : 7;
    if (one_in(3))
      problem.closed = {problem.locked[0] == no_part ? *std::max_element(problem.locked.begin(), problem.locked.end())
                                                     : problem.locked[0]};
  }
  if (one_in(3)) {
    const std::pair pair(node(), node());
    if (pair.first != pair.second) problem.links = {pair};
  }
  return problem;
}

}  // namespace shequ::testing

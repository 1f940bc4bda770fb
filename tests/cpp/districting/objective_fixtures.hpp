// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

#include "districting/districting_fixtures.hpp"

namespace shequ::testing {

/// One objective of each kind, and both norms of Deviation, on a random planar graph.
inline Problem every_objective(std::uint64_t seed, NodeId rows = 4, NodeId columns = 5) {
  const NodeId nodes = rows * columns;
  Problem problem =
      problem_of(random_planar(rows, columns, seed), random_weights(nodes, 40, seed), 0, std::int64_t{40} * nodes);
  const auto edges = static_cast<NodeId>(problem.graph->num_edges());
  const auto column = [&](NodeId length, std::uint64_t stream) {
    return random_weights(length, 900, seed + 100 * stream);
  };
  objective::RegionSplits regions;
  objective::Disturbance disturbance;
  for (const std::int64_t value : column(nodes, 1)) regions.region.push_back(static_cast<std::int32_t>(value % 4) - 1);
  for (const std::int64_t value : column(nodes, 2)) disturbance.previous.push_back(static_cast<PartId>(value % 5) - 1);
  problem.objective = {{objective::CutEdges{}},
                       {objective::SharedPerimeter{column(edges, 3)}},
                       {objective::PolsbyPopper{column(nodes, 4), column(nodes, 5), column(edges, 6)}},
                       {objective::Reock{column(nodes, 4), column(nodes, 7), column(nodes, 8)}},
                       {objective::Inertia{{}, column(nodes, 7), column(nodes, 8)}},
                       {objective::Deviation{}},
                       {objective::Deviation{column(nodes, 9), 300, objective::Norm::max}},
                       {objective::PartCount{}},
                       {objective::Staff{{.base = 2, .base_households = 50, .step_households = 30}, {}}},
                       {objective::StaffLoad{{.base = 1, .base_households = 40, .step_households = 25}, {}}},
                       {regions},
                       {objective::Travel{3, column(3 * nodes, 10)}},
                       {disturbance}};
  return problem;
}

}  // namespace shequ::testing

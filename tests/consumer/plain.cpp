// SPDX-License-Identifier: BSD-3-Clause
#include <array>
#include <iostream>
#include <memory>

#include "shequ/shequ.hpp"

// Six blocks in a row, 250 households each, divided into grids of 300 to 500.
int main() {
  const std::array<shequ::NodeId, 5> sources{0, 1, 2, 3, 4};
  const std::array<shequ::NodeId, 5> targets{1, 2, 3, 4, 5};
  shequ::Problem problem;
  problem.graph = std::make_shared<shequ::Graph>(shequ::Graph::from_edges(6, sources, targets));
  problem.weights.assign(6, 250);
  problem.lower = 300;
  problem.upper = 500;
  const shequ::Plan plan = shequ::solve(problem);
  std::cout << "version " << SHEQU_VERSION << ", posts " << shequ::StaffingRule{}.posts(1250) << ", grids "
            << plan.part_count << ", certified " << shequ::certify(problem, plan.labels).ok << '\n';
}

// SPDX-License-Identifier: BSD-3-Clause
#include <iostream>
#include <memory>
#include <shequ/shequ.hpp>

int main() {
  const shequ::StaffingRule rule;  // 4 posts up to 1,000 households, one more per additional 250
  std::cout << rule.posts(2600) << " posts; " << rule.households_to_next_post(2600) << " households to the next\n";

  // A lane of six buildings, each beside the next: grids of 300 to 500 households.
  const std::vector<shequ::NodeId> from{0, 1, 2, 3, 4}, to{1, 2, 3, 4, 5};
  shequ::Problem lane{.graph = std::make_shared<shequ::Graph>(shequ::Graph::from_edges(6, from, to)),
                      .weights = {180, 120, 260, 90, 140, 310},
                      .lower = 300,
                      .upper = 500};
  const shequ::Plan plan = shequ::solve(lane);
  for (const std::int64_t households : plan.part_weights) std::cout << households << " households in a grid\n";
  std::cout << (shequ::certify(lane, plan.labels).ok ? "certified\n" : "not a valid plan\n");
}

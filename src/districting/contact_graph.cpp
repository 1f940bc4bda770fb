// SPDX-License-Identifier: BSD-3-Clause
#include "contact_graph.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace shequ::detail {

std::shared_ptr<const Graph> contact_graph(const Problem& problem) {
  const Graph& graph = *problem.graph;
  std::vector<std::pair<NodeId, NodeId>> links;
  for (const auto& [a, b] : problem.links) {
    const auto neighbours = graph.neighbours(a);
    if (!std::binary_search(neighbours.begin(), neighbours.end(), b)) links.emplace_back(std::minmax(a, b));
  }
  if (links.empty()) return problem.graph;
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());

  std::vector<NodeId> sources(graph.edge_sources().begin(), graph.edge_sources().end());
  std::vector<NodeId> targets(graph.edge_targets().begin(), graph.edge_targets().end());
  for (const auto& [a, b] : links) {
    sources.push_back(a);
    targets.push_back(b);
  }
  Graph contact = Graph::from_edges(graph.num_nodes(), sources, targets);
  if (!graph.ids().empty()) contact = std::move(contact).with_ids(graph.ids());
  return std::make_shared<const Graph>(std::move(contact));
}

}  // namespace shequ::detail

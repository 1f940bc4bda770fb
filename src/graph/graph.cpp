// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/graph/graph.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ {
namespace {

using detail::at;

constexpr std::size_t max_listed = 20;                    // faulty edges that a message names; problems() has them all
constexpr std::size_t max_edges = std::size_t{1} << 30U;  // two arcs an edge must be countable in 32 bits

std::string describe(const EdgeProblem& problem, Language language) {
  const bool english = language == Language::en;
  const std::string edge = std::to_string(problem.edge);
  const std::string ends = "(" + std::to_string(problem.source) + ", " + std::to_string(problem.target) + ")";
  switch (problem.fault) {
    case EdgeFault::unknown_node:
      return english ? "edge " + edge + " " + ends + " names an unknown node"
                     : "边 " + edge + " " + ends + " 指向不存在的节点";
    case EdgeFault::self_loop:
      return english ? "edge " + edge + " " + ends + " joins a node with itself"
                     : "边 " + edge + " " + ends + " 连接节点自身";
    case EdgeFault::repeated:
      break;
  }
  const std::string other = std::to_string(problem.other_edge);
  return english ? "edge " + edge + " " + ends + " repeats edge " + other
                 : "边 " + edge + " " + ends + " 与边 " + other + " 重复";
}

std::string describe(const std::vector<EdgeProblem>& problems, Language language) {
  const bool english = language == Language::en;
  const std::string count = std::to_string(problems.size());
  std::string text = english ? "edges must join two different known nodes once; " + count + " faulty: "
                             : "每条边必须连接两个不同的已知节点且不重复；有误 " + count + " 条：";
  const std::size_t listed = std::min(problems.size(), max_listed);
  for (std::size_t i = 0; i < listed; ++i) {
    if (i > 0) text += english ? "; " : "；";
    text += describe(problems[i], language);
  }
  if (listed < problems.size()) {
    const std::string more = std::to_string(problems.size() - listed);
    text += english ? "; and " + more + " more" : "；另有 " + more + " 条";
  }
  return text;
}

struct Arcs {
  std::vector<std::int32_t> offsets;
  std::vector<NodeId> targets;
  std::vector<EdgeId> edges;
};

/// Rows of arcs, each ascending by target: one counting sort by target, then a stable one by source.
Arcs sort_arcs(NodeId num_nodes, std::span<const NodeId> sources, std::span<const NodeId> targets,
               const std::vector<char>& skip) {
  Arcs arcs;
  arcs.offsets.assign(at(num_nodes) + 1, 0);
  const auto each_arc = [&](auto&& visit) {
    for (std::size_t e = 0; e < sources.size(); ++e) {
      if (!skip.empty() && skip[e] != 0) continue;
      visit(sources[e], targets[e], static_cast<EdgeId>(e));
      visit(targets[e], sources[e], static_cast<EdgeId>(e));
    }
  };
  each_arc([&](NodeId from, NodeId, EdgeId) { ++arcs.offsets[at(from) + 1]; });
  for (std::size_t v = 0; v < at(num_nodes); ++v) arcs.offsets[v + 1] += arcs.offsets[v];

  // Every arc has its reverse, so the counts by target are the counts by source.
  const std::size_t num_arcs = at(arcs.offsets.back());
  std::vector<NodeId> by_target_source(num_arcs);
  std::vector<EdgeId> by_target_edge(num_arcs);
  std::vector<std::int32_t> next(arcs.offsets.begin(), arcs.offsets.end() - 1);
  each_arc([&](NodeId from, NodeId to, EdgeId edge) {
    const std::size_t slot = at(next[at(to)]++);
    by_target_source[slot] = from;
    by_target_edge[slot] = edge;
  });
  arcs.targets.resize(num_arcs);
  arcs.edges.resize(num_arcs);
  next.assign(arcs.offsets.begin(), arcs.offsets.end() - 1);
  for (NodeId to = 0; to < num_nodes; ++to) {
    for (std::size_t i = at(arcs.offsets[at(to)]); i < at(arcs.offsets[at(to) + 1]); ++i) {
      const std::size_t slot = at(next[at(by_target_source[i])]++);
      arcs.targets[slot] = to;
      arcs.edges[slot] = by_target_edge[i];
    }
  }
  return arcs;
}

}  // namespace

GraphError::GraphError(std::vector<EdgeProblem> problems)
    : InvalidInput(describe(problems, Language::en), describe(problems, Language::zh)),
      problems_(std::move(problems)) {}

Graph Graph::from_edges(NodeId num_nodes, std::span<const NodeId> sources, std::span<const NodeId> targets) {
  if (num_nodes < 0) detail::throw_argument("num_nodes", num_nodes, "0 or more", "大于或等于 0");
  detail::check_length("targets", targets.size(), sources.size());
  if (sources.size() > max_edges) {
    detail::throw_argument("sources.size()", std::to_string(sources.size()), "at most 1073741824", "不超过 1073741824");
  }

  std::vector<EdgeProblem> problems;
  std::vector<char> faulty;
  for (std::size_t e = 0; e < sources.size(); ++e) {
    const bool known = sources[e] >= 0 && sources[e] < num_nodes && targets[e] >= 0 && targets[e] < num_nodes;
    if (known && sources[e] != targets[e]) continue;
    if (faulty.empty()) faulty.assign(sources.size(), 0);
    faulty[e] = 1;
    problems.push_back(
        {known ? EdgeFault::self_loop : EdgeFault::unknown_node, static_cast<EdgeId>(e), sources[e], targets[e], -1});
  }

  Arcs arcs = sort_arcs(num_nodes, sources, targets, faulty);
  for (NodeId v = 0; v < num_nodes; ++v) {
    std::size_t first = at(arcs.offsets[at(v)]);
    for (std::size_t i = first + 1; i < at(arcs.offsets[at(v) + 1]); ++i) {
      if (arcs.targets[i] != arcs.targets[first]) {
        first = i;
      } else if (v < arcs.targets[i]) {  // the arc and its reverse are one edge: report it once
        const EdgeId e = arcs.edges[i];
        problems.push_back({EdgeFault::repeated, e, sources[at(e)], targets[at(e)], arcs.edges[first]});
      }
    }
  }
  if (!problems.empty()) {
    std::sort(problems.begin(), problems.end(),
              [](const EdgeProblem& a, const EdgeProblem& b) { return a.edge < b.edge; });
    throw GraphError(std::move(problems));
  }

  Graph graph;
  graph.offsets_ = std::move(arcs.offsets);
  graph.targets_ = std::move(arcs.targets);
  graph.arc_edges_ = std::move(arcs.edges);
  graph.edge_source_.assign(sources.begin(), sources.end());
  graph.edge_target_.assign(targets.begin(), targets.end());
  return graph;
}

Graph Graph::with_ids(TextColumn ids) && {
  detail::check_length("ids", ids.size(), static_cast<std::size_t>(num_nodes()));
  ids_ = std::move(ids);
  return std::move(*this);
}

std::string Graph::id(NodeId node) const { return ids_.empty() ? std::to_string(node) : std::string(ids_[at(node)]); }

}  // namespace shequ

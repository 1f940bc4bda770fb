// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shequ/detail/index.hpp"
#include "shequ/error.hpp"
#include "shequ/fwd.hpp"
#include "shequ/text_column.hpp"

namespace shequ {

/// What is wrong with an edge.
enum class EdgeFault : std::uint8_t {
  unknown_node,  ///< an end is not in 0..num_nodes - 1
  self_loop,     ///< it joins a node with itself
  repeated       ///< an earlier edge joins the same two nodes, in either direction
};

/// One faulty edge.
struct EdgeProblem {
  EdgeFault fault{};
  EdgeId edge{};    ///< position among the edges given
  NodeId source{};  ///< its ends, as given
  NodeId target{};
  EdgeId other_edge{-1};  ///< the edge it repeats; -1: none
  friend constexpr bool operator==(const EdgeProblem&, const EdgeProblem&) = default;
};

/// Thrown by Graph::from_edges. problems() lists every faulty edge; the message names the first 20.
class GraphError : public InvalidInput {
 public:
  explicit GraphError(std::vector<EdgeProblem> problems);
  [[nodiscard]] const std::vector<EdgeProblem>& problems() const noexcept { return problems_; }

 private:
  std::vector<EdgeProblem> problems_;
};

/// Immutable undirected graph of atoms (buildings, blocks) and who touches whom, in compressed sparse rows.
///
///   edges      0: 0-1    1: 1-2
///   offsets    0        1           3     4      neighbours of v: targets[offsets[v] .. offsets[v + 1])
///   targets    1        0     2     1            ascending
///   arc_edges  0        0     1     1            the undirected edge that each entry belongs to
///
/// Node weights, edge lengths and other attributes are columns beside it. No self-loops, no parallel edges: an atom
/// does not touch itself, and a border is one border. All reads are safe from any thread.
class Graph {
 public:
  /// The empty graph.
  Graph() : offsets_(1, 0) {}

  /// Builds a graph from the ends of its edges; edge e joins sources[e] and targets[e].
  /// Throws GraphError listing every edge that names an unknown node, joins a node with itself or repeats another, and
  /// InvalidInput where num_nodes is negative, the two columns differ in length or hold more than 2^30 edges.
  /// Complexity: O(nodes + edges).
  [[nodiscard]] static Graph from_edges(NodeId num_nodes, std::span<const NodeId> sources,
                                        std::span<const NodeId> targets);
  /// The same graph whose messages name nodes by `ids`, one a node; throws InvalidInput for another number of them.
  [[nodiscard]] Graph with_ids(TextColumn ids) &&;

  [[nodiscard]] NodeId num_nodes() const noexcept { return static_cast<NodeId>(offsets_.size() - 1); }
  [[nodiscard]] EdgeId num_edges() const noexcept { return static_cast<EdgeId>(edge_source_.size()); }

  [[nodiscard]] std::span<const NodeId> neighbours(NodeId node) const noexcept {
    return {targets_.data() + offsets_[detail::at(node)], degree(node)};
  }
  /// Edges of `node`, in the order of neighbours(node).
  [[nodiscard]] std::span<const EdgeId> incident_edges(NodeId node) const noexcept {
    return {arc_edges_.data() + offsets_[detail::at(node)], degree(node)};
  }
  [[nodiscard]] std::size_t degree(NodeId node) const noexcept {
    return static_cast<std::size_t>(offsets_[detail::at(node) + 1] - offsets_[detail::at(node)]);
  }
  /// The two ends of an edge, as given.
  [[nodiscard]] NodeId source(EdgeId edge) const noexcept { return edge_source_[detail::at(edge)]; }
  [[nodiscard]] NodeId target(EdgeId edge) const noexcept { return edge_target_[detail::at(edge)]; }

  [[nodiscard]] std::span<const std::int32_t> offsets() const noexcept { return offsets_; }
  [[nodiscard]] std::span<const NodeId> targets() const noexcept { return targets_; }
  [[nodiscard]] std::span<const EdgeId> arc_edges() const noexcept { return arc_edges_; }
  [[nodiscard]] std::span<const NodeId> edge_sources() const noexcept { return edge_source_; }
  [[nodiscard]] std::span<const NodeId> edge_targets() const noexcept { return edge_target_; }

  /// What messages call a node: the user's id, or its position.
  [[nodiscard]] std::string id(NodeId node) const;
  /// The user's ids; empty where nodes are called by their positions.
  [[nodiscard]] const TextColumn& ids() const noexcept { return ids_; }

  friend bool operator==(const Graph&, const Graph&) = default;

 private:
  std::vector<std::int32_t> offsets_;
  std::vector<NodeId> targets_;
  std::vector<EdgeId> arc_edges_;
  std::vector<NodeId> edge_source_;
  std::vector<NodeId> edge_target_;
  TextColumn ids_;
};

}  // namespace shequ

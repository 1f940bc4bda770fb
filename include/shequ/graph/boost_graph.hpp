// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// Opt-in: makes shequ::Graph a model of the concepts of the Boost Graph Library, so that its algorithms run on it
// without a copy. VertexListGraph, EdgeListGraph, IncidenceGraph, AdjacencyGraph and BidirectionalGraph (undirected),
// with vertex_index and edge_index as interior property maps:
//
//   std::vector<int> component(boost::num_vertices(graph));
//   boost::connected_components(graph, boost::make_iterator_property_map(component.begin(),
//                                                                        get(boost::vertex_index, graph)));
//
// Include it before the headers of the algorithms.

#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <utility>

#include "shequ/graph/graph.hpp"

namespace shequ {

/// An edge as Boost.Graph sees it: from where, to where, and which undirected edge it is. Two are equal when they are
/// the same undirected edge, in either direction.
struct GraphEdge {
  NodeId source{no_node};
  NodeId target{no_node};
  EdgeId edge{-1};
  friend constexpr bool operator==(const GraphEdge& a, const GraphEdge& b) noexcept { return a.edge == b.edge; }
  friend constexpr auto operator<=>(const GraphEdge& a, const GraphEdge& b) noexcept { return a.edge <=> b.edge; }
};

/// Runs over the edges at one node; `Inward` swaps the ends, as in_edges() wants.
template <bool Inward>
class IncidentEdgeIterator : public boost::iterator_facade<IncidentEdgeIterator<Inward>, GraphEdge,
                                                           boost::random_access_traversal_tag, GraphEdge> {
 public:
  IncidentEdgeIterator() = default;
  IncidentEdgeIterator(NodeId node, const NodeId* target, const EdgeId* edge)
      : node_(node), target_(target), edge_(edge) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] GraphEdge dereference() const {
    return Inward ? GraphEdge{*target_, node_, *edge_} : GraphEdge{node_, *target_, *edge_};
  }
  [[nodiscard]] bool equal(const IncidentEdgeIterator& other) const { return target_ == other.target_; }
  void increment() { advance(1); }
  void decrement() { advance(-1); }
  void advance(std::ptrdiff_t count) {
    target_ += count;
    edge_ += count;
  }
  [[nodiscard]] std::ptrdiff_t distance_to(const IncidentEdgeIterator& other) const { return other.target_ - target_; }

  NodeId node_{no_node};
  const NodeId* target_{};
  const EdgeId* edge_{};
};

/// Runs over all undirected edges, each once.
class EdgeIterator
    : public boost::iterator_facade<EdgeIterator, GraphEdge, boost::random_access_traversal_tag, GraphEdge> {
 public:
  EdgeIterator() = default;
  EdgeIterator(const Graph& graph, EdgeId edge) : graph_(&graph), edge_(edge) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] GraphEdge dereference() const { return {graph_->source(edge_), graph_->target(edge_), edge_}; }
  [[nodiscard]] bool equal(const EdgeIterator& other) const { return edge_ == other.edge_; }
  void increment() { ++edge_; }
  void decrement() { --edge_; }
  void advance(std::ptrdiff_t count) { edge_ += static_cast<EdgeId>(count); }
  [[nodiscard]] std::ptrdiff_t distance_to(const EdgeIterator& other) const { return other.edge_ - edge_; }

  const Graph* graph_{};
  EdgeId edge_{};
};

/// Property map from an edge to its position, 0 to num_edges() - 1.
struct EdgeIndexMap {
  using key_type = GraphEdge;
  using value_type = EdgeId;
  using reference = EdgeId;
  using category = boost::readable_property_map_tag;
  EdgeId operator[](const GraphEdge& edge) const { return edge.edge; }
  friend EdgeId get(const EdgeIndexMap&, const GraphEdge& edge) { return edge.edge; }
};

using VertexIndexMap = boost::typed_identity_property_map<NodeId>;

struct GraphTraversalTag : virtual boost::vertex_list_graph_tag,
                           virtual boost::edge_list_graph_tag,
                           virtual boost::bidirectional_graph_tag,
                           virtual boost::adjacency_graph_tag {};

// The free functions below are found by argument-dependent lookup.
[[nodiscard]] inline std::size_t num_vertices(const Graph& graph) {
  return static_cast<std::size_t>(graph.num_nodes());
}
[[nodiscard]] inline std::size_t num_edges(const Graph& graph) { return static_cast<std::size_t>(graph.num_edges()); }
[[nodiscard]] inline auto vertices(const Graph& graph) {
  return std::pair(boost::counting_iterator<NodeId>(0), boost::counting_iterator<NodeId>(graph.num_nodes()));
}
[[nodiscard]] inline auto edges(const Graph& graph) {
  return std::pair(EdgeIterator(graph, 0), EdgeIterator(graph, graph.num_edges()));
}
template <bool Inward>
[[nodiscard]] auto incident_range(NodeId node, const Graph& graph) {
  const auto targets = graph.neighbours(node);
  const auto incident = graph.incident_edges(node);
  return std::pair(
      IncidentEdgeIterator<Inward>(node, targets.data(), incident.data()),
      IncidentEdgeIterator<Inward>(node, targets.data() + targets.size(), incident.data() + incident.size()));
}
[[nodiscard]] inline auto out_edges(NodeId node, const Graph& graph) { return incident_range<false>(node, graph); }
[[nodiscard]] inline auto in_edges(NodeId node, const Graph& graph) { return incident_range<true>(node, graph); }
[[nodiscard]] inline std::size_t out_degree(NodeId node, const Graph& graph) { return graph.degree(node); }
[[nodiscard]] inline std::size_t in_degree(NodeId node, const Graph& graph) { return graph.degree(node); }
[[nodiscard]] inline std::size_t degree(NodeId node, const Graph& graph) { return graph.degree(node); }
[[nodiscard]] inline auto adjacent_vertices(NodeId node, const Graph& graph) {
  const auto targets = graph.neighbours(node);
  return std::pair(targets.data(), targets.data() + targets.size());
}
[[nodiscard]] inline NodeId source(const GraphEdge& edge, const Graph&) { return edge.source; }
[[nodiscard]] inline NodeId target(const GraphEdge& edge, const Graph&) { return edge.target; }
[[nodiscard]] inline VertexIndexMap get(boost::vertex_index_t, const Graph&) { return {}; }
[[nodiscard]] inline EdgeIndexMap get(boost::edge_index_t, const Graph&) { return {}; }
[[nodiscard]] inline NodeId get(boost::vertex_index_t, const Graph&, NodeId node) { return node; }
[[nodiscard]] inline EdgeId get(boost::edge_index_t, const Graph&, const GraphEdge& edge) { return edge.edge; }

}  // namespace shequ

namespace boost {

template <>
struct graph_traits<shequ::Graph> {
  using vertex_descriptor = shequ::NodeId;
  using edge_descriptor = shequ::GraphEdge;
  using directed_category = undirected_tag;
  using edge_parallel_category = disallow_parallel_edge_tag;
  using traversal_category = shequ::GraphTraversalTag;
  using vertex_iterator = counting_iterator<shequ::NodeId>;
  using edge_iterator = shequ::EdgeIterator;
  using out_edge_iterator = shequ::IncidentEdgeIterator<false>;
  using in_edge_iterator = shequ::IncidentEdgeIterator<true>;
  using adjacency_iterator = const shequ::NodeId*;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  static constexpr vertex_descriptor null_vertex() { return shequ::no_node; }
};

// Some algorithms ask for the traits of the constant graph they were given.
template <>
struct graph_traits<const shequ::Graph> : graph_traits<shequ::Graph> {};

template <>
struct property_map<shequ::Graph, vertex_index_t> {
  using type = shequ::VertexIndexMap;
  using const_type = type;
};

template <>
struct property_map<shequ::Graph, edge_index_t> {
  using type = shequ::EdgeIndexMap;
  using const_type = type;
};

}  // namespace boost

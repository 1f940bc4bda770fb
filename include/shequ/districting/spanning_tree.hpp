// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "shequ/districting/problem.hpp"
#include "shequ/fwd.hpp"
#include "shequ/graph/graph.hpp"
#include "shequ/random.hpp"

namespace shequ {

/// Distribution that a random spanning tree is drawn from. The two differ: minimum trees are more often bushy.
enum class TreeKind : std::uint8_t {
  minimum,  ///< the minimum spanning tree where edges have random weights, all orders equally likely (Kruskal)
  uniform   ///< every spanning tree equally likely: Wilson, "Generating random spanning trees more quickly than the
            ///< cover time", STOC 1996, doi:10.1145/237814.237880
};

/// Random spanning trees of a region of a graph, and the edges of a tree whose removal leaves two sides within bounds.
/// Both sides of a cut tree edge are connected, which makes trees the way to divide a region without breaking it.
///
/// A workspace: it keeps its memory from one region and tree to the next, so one object serves one thread.
///
///   SpanningTree tree(graph, weights);
///   tree.set_region(nodes);
///   while (tree.draw(TreeKind::minimum, random) && tree.find_cuts({lower, upper}) == 0) {}
///   for (std::size_t i = 0; auto side : tree.sides(0)) labels[nodes[i++]] = side;
class SpanningTree {
 public:
  /// `weights` has one entry a node, each 0 or more, with a sum that 64 bits hold.
  /// Throws InvalidInput where graph is null or weights has another length or a negative entry.
  SpanningTree(std::shared_ptr<const Graph> graph, std::vector<std::int64_t> weights);

  /// Makes `nodes`, in ascending order, the region that trees span; `known_connected` spares looking whether it is.
  /// Throws InvalidInput where they do not ascend or are no nodes. Complexity: O(nodes and edges of the region).
  void set_region(std::span<const NodeId> nodes, bool known_connected = false);

  [[nodiscard]] std::span<const NodeId> nodes() const noexcept { return nodes_; }
  /// Weight of the region.
  [[nodiscard]] std::int64_t weight() const noexcept { return weight_; }
  /// Weight of a node of the graph.
  [[nodiscard]] std::int64_t node_weight(NodeId node) const noexcept {
    return node_weights_[static_cast<std::size_t>(node)];
  }
  /// Number of edges inside of the region.
  [[nodiscard]] EdgeId num_edges() const noexcept { return num_edges_; }

  /// Draws a tree, independent of those before; false where the region is empty or not connected, so that there is
  /// none. Complexity: minimum O(edges log nodes); uniform the mean time that a random walk takes from node to node,
  /// which grows like nodes log nodes on planar graphs and can be cubic on others.
  [[nodiscard]] bool draw(TreeKind kind, Random& random);

  /// The edges of the last tree: number of nodes less one.
  [[nodiscard]] std::vector<std::pair<NodeId, NodeId>> edges() const;

  /// Number of edges of the last tree that leave a weight within `bounds` on both sides when cut. Complexity: O(nodes).
  [[nodiscard]] std::int32_t find_cuts(Bounds bounds);

  /// The two sides that the cut with number `cut` of the last find_cuts() leaves: 0 or 1 for each of nodes().
  /// The view holds until the next call.
  [[nodiscard]] std::span<const std::uint8_t> sides(std::int32_t cut);
  /// Weight of side 1 of that cut.
  [[nodiscard]] std::int64_t side_weight(std::int32_t cut) const { return cuts_[static_cast<std::size_t>(cut)].weight; }

  /// Number of the region's edges whose ends have different entries in `side`, which has one for each of nodes().
  [[nodiscard]] std::int64_t edges_across(std::span<const std::uint8_t> side) const;

 private:
  using Local = std::uint32_t;  // position of a node in nodes_
  using Edge = std::uint64_t;   // one end in the lower half, the other in the upper
  struct Arc {
    Local target;
    std::uint32_t degree;  // of the target: a walk needs it next
  };
  /// A node of the tree: how many neighbours it has there, and the exclusive or of them. A leaf has one neighbour,
  /// which is then known: taking leaves off one after the other passes the tree from bottom to top without lists.
  struct Joint {
    std::uint32_t degree;
    Local neighbours;
  };
  /// A node of a component: the component's name and the next node of its ring.
  struct Member {
    Local component;
    Local next;
  };
  struct Cut {
    std::size_t position;  // in order_ of the node below the cut edge
    std::int64_t weight;
  };

  void list_edges();
  void list_arcs();
  [[nodiscard]] static constexpr Edge edge_of(Local a, Local b) noexcept { return a | Edge{b} << 32U; }
  void join(Local a, Local b) noexcept {
    Joint& first = joints_[a];
    Joint& second = joints_[b];
    ++first.degree;
    ++second.degree;
    first.neighbours ^= b;
    second.neighbours ^= a;
  }
  [[nodiscard]] bool reaches_all();
  void draw_minimum(Random& random);
  void draw_uniform(Random& random);

  std::shared_ptr<const Graph> graph_;
  std::vector<std::int64_t> node_weights_;
  std::vector<std::int32_t>
      upper_begin_;                  // of each node, place in targets() of its first neighbour with a higher number
  std::vector<std::int32_t> local_;  // of each node, position in nodes_, or -1

  std::vector<NodeId> nodes_;
  std::vector<std::int64_t> weights_;  // of nodes_
  std::int64_t weight_{0};
  EdgeId num_edges_{0};
  bool connected_{false};
  std::vector<Edge> edges_;             // each edge of the region once, in an order that drawing changes
  std::vector<std::uint32_t> offsets_;  // of nodes_, into arcs_
  std::vector<Arc> arcs_;               // both directions of each edge; empty until a walk needs them
  bool has_arcs_{false};

  std::vector<Joint> joints_;  // the tree
  std::size_t tree_nodes_{0};
  std::vector<Member> members_;  // workspace of Kruskal's components
  std::vector<Local> size_;      // of the component of that name
  std::vector<Local> in_tree_;   // workspace of walks: 1 when reached
  std::vector<Local> next_;      // and where the walk went from each node

  std::vector<Local> order_;  // nodes from leaves to root
  std::vector<Joint> left_;   // the tree without the nodes taken off; in the end the parent of each node but the root
  std::vector<std::int64_t> below_;
  std::vector<Cut> cuts_;
  std::vector<std::uint8_t> side_;
};

}  // namespace shequ

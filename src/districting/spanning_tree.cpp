// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/spanning_tree.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ {
namespace {

using detail::at;

constexpr std::uint32_t edge_block = 32;

/// Draws of 32 bits, two from each word of a generator: half the work, and the generator stays in registers.
class Draws {
 public:
  explicit Draws(Random& random) noexcept : owner_(random), random_(random) {}
  Draws(const Draws&) = delete;
  Draws& operator=(const Draws&) = delete;
  ~Draws() { owner_ = random_; }

  /// As Random::below.
  std::uint32_t below(std::uint32_t bound) noexcept {
    std::uint64_t product = std::uint64_t{word()} * bound;
    if (static_cast<std::uint32_t>(product) < bound) [[unlikely]] {
      const std::uint32_t threshold = (0U - bound) % bound;
      while (static_cast<std::uint32_t>(product) < threshold) product = std::uint64_t{word()} * bound;
    }
    return static_cast<std::uint32_t>(product >> 32U);
  }

 private:
  std::uint32_t word() noexcept {
    if (has_half_) {
      has_half_ = false;
      return static_cast<std::uint32_t>(bits_);
    }
    bits_ = random_.bits();
    has_half_ = true;
    return static_cast<std::uint32_t>(bits_ >> 32U);
  }

  Random& owner_;
  Random random_;
  std::uint64_t bits_{0};
  bool has_half_{false};
};

}  // namespace

SpanningTree::SpanningTree(std::shared_ptr<const Graph> graph, std::vector<std::int64_t> weights)
    : graph_(std::move(graph)), node_weights_(std::move(weights)) {
  if (graph_ == nullptr) detail::throw_argument("graph", "null", "a graph", "是一个图");
  const auto size = at(graph_->num_nodes());
  detail::check_length("weights", node_weights_.size(), size);
  for (std::size_t v = 0; v < size; ++v) {
    if (node_weights_[v] < 0) {
      detail::throw_argument("weights[" + std::to_string(v) + "]", node_weights_[v], "0 or more", "大于或等于 0");
    }
  }
  local_.assign(size, -1);
  upper_begin_.resize(size);
  for (NodeId v = 0; v < graph_->num_nodes(); ++v) {
    const auto row = graph_->neighbours(v);  // ascending
    upper_begin_[at(v)] =
        graph_->offsets()[at(v)] + static_cast<std::int32_t>(std::upper_bound(row.begin(), row.end(), v) - row.begin());
  }
}

void SpanningTree::set_region(std::span<const NodeId> nodes, bool known_connected) {
  NodeId before = no_node;
  for (const NodeId node : nodes) {
    if (node <= before || node >= graph_->num_nodes()) {
      detail::throw_argument("nodes", node, "nodes of the graph in ascending order", "是图的节点，按升序排列");
    }
    before = node;
  }
  for (const NodeId node : nodes_) local_[at(node)] = -1;
  const std::size_t size = nodes.size();
  nodes_.assign(nodes.begin(), nodes.end());
  weights_.resize(size);
  weight_ = 0;
  for (std::size_t i = 0; i < size; ++i) {
    local_[at(nodes_[i])] = static_cast<std::int32_t>(i);
    weights_[i] = node_weights_[at(nodes_[i])];
    weight_ += weights_[i];
  }
  joints_.resize(size);
  left_.resize(size);
  members_.resize(size);
  for (auto* column : {&size_, &in_tree_, &next_}) column->resize(size);
  order_.resize(size + 1);
  below_.resize(size);
  side_.resize(size);
  has_arcs_ = false;
  tree_nodes_ = 0;
  cuts_.clear();
  list_edges();
  connected_ = size > 0 && (known_connected || reaches_all());
}

void SpanningTree::list_edges() {
  const std::span<const std::int32_t> offsets = graph_->offsets();
  const NodeId* const targets = graph_->targets().data();
  std::size_t most = 0;
  for (const NodeId node : nodes_) most += static_cast<std::size_t>(offsets[at(node) + 1] - upper_begin_[at(node)]);
  edges_.resize(most + 1);
  Edge* out = edges_.data();
  const auto size = static_cast<Local>(nodes_.size());
  for (Local i = 0; i < size; ++i) {
    const NodeId node = nodes_[i];
    const NodeId* const end = targets + offsets[at(node) + 1];
    for (const NodeId* target = targets + upper_begin_[at(node)]; target != end; ++target) {
      // Written in any case and kept when inside: no branch that the processor would have to guess.
      const std::int32_t other = local_[at(*target)];
      *out = edge_of(i, static_cast<Local>(other));
      out += other >= 0 ? 1 : 0;
    }
  }
  num_edges_ = static_cast<EdgeId>(out - edges_.data());
}

void SpanningTree::list_arcs() {
  const auto size = static_cast<Local>(nodes_.size());
  offsets_.resize(size + 1);
  arcs_.resize(2 * at(num_edges_) + 1);
  Arc* out = arcs_.data();
  for (Local i = 0; i < size; ++i) {
    offsets_[i] = static_cast<std::uint32_t>(out - arcs_.data());
    for (const NodeId target : graph_->neighbours(nodes_[i])) {
      const std::int32_t other = local_[at(target)];
      *out = {static_cast<Local>(other), 0};
      out += other >= 0 ? 1 : 0;
    }
  }
  offsets_[size] = static_cast<std::uint32_t>(out - arcs_.data());
  for (std::size_t i = 0; i < 2 * at(num_edges_); ++i) {
    arcs_[i].degree = offsets_[arcs_[i].target + 1] - offsets_[arcs_[i].target];
  }
  has_arcs_ = true;
}

bool SpanningTree::reaches_all() {
  if (!has_arcs_) list_arcs();
  std::fill(in_tree_.begin(), in_tree_.end(), 0U);
  std::size_t reached = 1;
  order_[0] = 0;
  in_tree_[0] = 1;
  for (std::size_t head = 0; head < reached; ++head) {
    for (std::uint32_t i = offsets_[order_[head]]; i < offsets_[order_[head] + 1]; ++i) {
      const Local next = arcs_[i].target;
      if (in_tree_[next] != 0) continue;
      in_tree_[next] = 1;
      order_[reached++] = next;
    }
  }
  return reached == nodes_.size();
}

bool SpanningTree::draw(TreeKind kind, Random& random) {
  cuts_.clear();
  tree_nodes_ = 0;
  if (!connected_) return false;
  std::fill(joints_.begin(), joints_.end(), Joint{0, 0});
  if (kind == TreeKind::minimum) {
    draw_minimum(random);
  } else {
    draw_uniform(random);
  }
  tree_nodes_ = nodes_.size();
  return true;
}

void SpanningTree::draw_minimum(Random& random) {
  // Kruskal on edges that are put in random order (Fisher and Yates) as they are needed. The components know their
  // nodes as rings, and the smaller one takes the name of the larger.
  const auto size = static_cast<Local>(nodes_.size());
  Member* const members = members_.data();
  Local* const count = size_.data();
  for (Local v = 0; v < size; ++v) {
    members[v] = {v, v};
    count[v] = 1;
  }
  Edge* const edges = edges_.data();
  const auto num_edges = static_cast<std::uint32_t>(num_edges_);
  Draws draws(random);
  Local missing = size - 1;
  std::array<Edge, edge_block> block;
  for (std::uint32_t begin = 0; missing > 0; begin += edge_block) {
    // In blocks: most edges that join nothing are sieved out without a branch that the processor would have to guess.
    const std::uint32_t end = std::min(num_edges, begin + edge_block);
    for (std::uint32_t i = begin; i < end; ++i) std::swap(edges[i], edges[i + draws.below(num_edges - i)]);
    std::uint32_t joining = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
      block[joining] = edges[i];
      joining += members[static_cast<Local>(edges[i])].component != members[edges[i] >> 32U].component ? 1U : 0U;
    }
    for (std::uint32_t i = 0; i < joining; ++i) {
      const auto a = static_cast<Local>(block[i]);
      const auto b = static_cast<Local>(block[i] >> 32U);
      const Local name_a = members[a].component;
      const Local name_b = members[b].component;
      if (name_a == name_b) continue;
      --missing;
      join(a, b);
      const std::uint32_t count_a = count[name_a];
      const std::uint32_t count_b = count[name_b];
      // By arithmetic and not by a branch: either may be the larger.
      const Local change = count_a < count_b ? name_a ^ name_b : 0U;
      const Local kept = name_a ^ change;
      const Local gone = name_b ^ change;
      const std::uint32_t renamed = std::min(count_a, count_b);
      count[kept] = count_a + count_b;
      // Four at a time: going round a ring further than once does no harm, and most rings are small, so that the end of
      // the loop is rarely guessed wrongly.
      Local node = gone;
      const auto rename = [&] {
        members[node].component = kept;
        node = members[node].next;
      };
      for (std::uint32_t done = 0; done < renamed; done += 4) {
        rename();
        rename();
        rename();
        rename();
      }
      std::swap(members[kept].next, members[gone].next);
    }
  }
}

void SpanningTree::draw_uniform(Random& random) {
  // Wilson: walks from each node to the tree, loops erased. The root does not matter to the distribution; walks find
  // one with many neighbours soonest.
  if (!has_arcs_) list_arcs();
  const auto size = static_cast<Local>(nodes_.size());
  const std::uint32_t* const offsets = offsets_.data();
  const Arc* const arcs = arcs_.data();
  Local* const in_tree = in_tree_.data();
  Local* const next = next_.data();
  Local root = 0;
  for (Local v = 1; v < size; ++v) {
    if (offsets[v + 1] - offsets[v] > offsets[root + 1] - offsets[root]) root = v;
  }
  std::fill(in_tree_.begin(), in_tree_.end(), 0U);
  in_tree[root] = 1;
  Draws draws(random);
  for (Local start = 0; start < size; ++start) {
    if (in_tree[start] != 0) continue;
    Local node = start;
    std::uint32_t degree = offsets[start + 1] - offsets[start];
    do {
      const Arc arc = arcs[offsets[node] + draws.below(degree)];
      next[node] = arc.target;
      node = arc.target;
      degree = arc.degree;
    } while (in_tree[node] == 0);
    for (node = start; in_tree[node] == 0; node = next[node]) {
      in_tree[node] = 1;
      join(node, next[node]);
    }
  }
}

std::int32_t SpanningTree::find_cuts(Bounds bounds) {
  cuts_.clear();
  const std::size_t size = tree_nodes_;
  const std::int64_t least = std::max(bounds.lower, weight_ - bounds.upper);
  const std::int64_t most = std::min(bounds.upper, weight_ - bounds.lower);
  if (size < 2 || least > most) return 0;
  const auto width = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
  std::copy_n(weights_.begin(), size, below_.begin());
  std::copy_n(joints_.begin(), size, left_.begin());
  Local* const order = order_.data();
  Joint* const left = left_.data();
  std::int64_t* const below = below_.data();
  // Leaves first; a node follows when all but one of its neighbours have gone. Entries of order that do not belong are
  // overwritten by the next, instead of a branch that the processor would have to guess.
  std::size_t listed = 0;
  for (Local v = 0; v < size; ++v) {
    order[listed] = v;
    listed += left[v].degree == 1 ? 1U : 0U;
  }
  for (std::size_t i = 0; i + 1 < size; ++i) {
    const Local node = order[i];
    const Local parent = left[node].neighbours;
    const std::int64_t weight = below[node];
    below[parent] += weight;
    left[parent].neighbours ^= node;
    const std::uint32_t remaining = --left[parent].degree;
    order[listed] = parent;
    listed += remaining == 1 ? 1U : 0U;
    if (static_cast<std::uint64_t>(weight) - static_cast<std::uint64_t>(least) <= width) [[unlikely]] {
      cuts_.push_back({i, weight});
    }
  }
  return static_cast<std::int32_t>(cuts_.size());
}

std::span<const std::uint8_t> SpanningTree::sides(std::int32_t cut) {
  const std::size_t size = nodes_.size();
  const std::size_t position = cuts_[at(cut)].position;
  // From the cut edge's lower end downwards; nodes taken off later are on the other side.
  for (std::size_t i = position; i < size; ++i) side_[order_[i]] = 0;
  side_[order_[position]] = 1;
  for (std::size_t i = position; i-- > 0;) side_[order_[i]] = side_[left_[order_[i]].neighbours];
  return side_;
}

std::int64_t SpanningTree::edges_across(std::span<const std::uint8_t> side) const {
  detail::check_length("side", side.size(), nodes_.size());
  const std::uint8_t* const sides = side.data();
  const Edge* const edges = edges_.data();
  std::int64_t across = 0;
  for (std::size_t e = 0; e < at(num_edges_); ++e) {
    across += sides[static_cast<Local>(edges[e])] != sides[edges[e] >> 32U] ? 1 : 0;
  }
  return across;
}

std::vector<std::pair<NodeId, NodeId>> SpanningTree::edges() const {
  std::vector<std::pair<NodeId, NodeId>> edges;
  std::vector<Joint> left(joints_.begin(), joints_.begin() + static_cast<std::ptrdiff_t>(tree_nodes_));
  for (std::size_t start = 0; start < tree_nodes_; ++start) {
    for (auto node = static_cast<Local>(start); left[node].degree == 1;) {
      const Local other = left[node].neighbours;
      edges.emplace_back(std::min(nodes_[node], nodes_[other]), std::max(nodes_[node], nodes_[other]));
      left[node].degree = 0;
      --left[other].degree;
      left[other].neighbours ^= node;
      node = other;
    }
  }
  return edges;
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "start_plan.hpp"
#include "shequ/detail/index.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>

namespace shequ::detail {
namespace {

struct Piece {
  PartId label{};
  std::int64_t weight{};
  std::vector<std::int32_t> nodes;
};

std::vector<Piece> find_pieces(std::span<const PartId> start, const Component& component) {
  const SearchGraph& graph = component.graph;
  std::vector<Piece> pieces;
  std::vector<char> seen(at(graph.num_nodes()), 0);
  const auto start_label = [&](std::int32_t node) { return start[at(component.members(node).front())]; };
  for (std::int32_t first = 0; first < graph.num_nodes(); ++first) {
    if (seen[at(first)] != 0 || start_label(first) == no_part) continue;
    Piece piece{start_label(first), 0, {first}};
    seen[at(first)] = 1;
    for (std::size_t head = 0; head < piece.nodes.size(); ++head) {
      const std::int32_t node = piece.nodes[head];
      piece.weight += graph.weights[at(node)];
      for (std::size_t i = graph.begin(node); i < graph.end(node); ++i) {
        const std::int32_t next = graph.targets[i];
        if (seen[at(next)] != 0 || start_label(next) != piece.label) continue;
        seen[at(next)] = 1;
        piece.nodes.push_back(next);
      }
    }
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace

std::vector<std::int32_t> adopt_start(std::span<const PartId> start, const Component& component, std::int32_t num_parts,
                                      TreeSplitter& splitter, const DivideOptions& options, Random& random) {
  const SearchGraph& graph = component.graph;
  std::map<PartId, Piece> kept;
  for (Piece& piece : find_pieces(start, component)) {
    Piece& best = kept[piece.label];
    if (best.nodes.empty() || piece.weight > best.weight) best = std::move(piece);
  }
  std::vector<const Piece*> seeds;
  for (const auto& [label, piece] : kept) seeds.push_back(&piece);
  if (seeds.empty()) return splitter.bisect(num_parts, options, random);
  std::stable_sort(seeds.begin(), seeds.end(), [](const Piece* a, const Piece* b) { return a->weight > b->weight; });
  if (seeds.size() > at(num_parts)) seeds.resize(at(num_parts));

  std::vector<std::int32_t> labels(at(graph.num_nodes()), -1);
  std::vector<std::int64_t> weights;
  for (const Piece* seed : seeds) {
    for (const std::int32_t node : seed->nodes) labels[at(node)] = static_cast<std::int32_t>(weights.size());
    weights.push_back(seed->weight);
  }
  std::vector<std::int32_t> queue;
  for (std::int32_t node = 0; node < graph.num_nodes(); ++node) {
    if (labels[at(node)] >= 0) queue.push_back(node);
  }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const std::int32_t label = labels[at(queue[head])];
    for (std::size_t i = graph.begin(queue[head]); i < graph.end(queue[head]); ++i) {
      const std::int32_t next = graph.targets[i];
      if (labels[at(next)] >= 0) continue;
      labels[at(next)] = label;
      weights[at(label)] += graph.weights[at(next)];
      queue.push_back(next);
    }
  }
  while (weights.size() < at(num_parts)) {
    std::vector<std::int32_t> sizes(weights.size(), 0);
    for (const std::int32_t label : labels) ++sizes[at(label)];
    std::int32_t heaviest = -1;
    for (std::int32_t label = 0; at(label) < weights.size(); ++label) {
      if (sizes[at(label)] > 1 && (heaviest < 0 || weights[at(label)] > weights[at(heaviest)])) heaviest = label;
    }
    const auto added = static_cast<std::int32_t>(weights.size());
    splitter.divide(labels, heaviest, 2, added, options, random);
    weights.push_back(0);
    weights[at(heaviest)] = 0;
    for (std::size_t v = 0; v < labels.size(); ++v) {
      if (labels[v] == heaviest || labels[v] == added) weights[at(labels[v])] += graph.weights[v];
    }
  }
  return labels;
}

}  // namespace shequ::detail

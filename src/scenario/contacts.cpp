// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/scenario/contacts.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "scenario_detail.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ::detail {

namespace {

void check_units(std::string_view name, const std::vector<UnitId>& units, UnitId least, UnitId size) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i] >= least && units[i] < size) continue;
    const std::string range = "[" + std::to_string(least) + ", " + std::to_string(size - 1) + "]";
    throw_argument(std::string(name) + "[" + std::to_string(i) + "]", units[i], "in " + range, "在 " + range + " 之间");
  }
}

}  // namespace

ContactMap::ContactMap(UnitContacts contacts, const Hierarchy& tree) : contacts_(std::move(contacts)) {
  check_length("contacts.units", contacts_.units.size(), at(contacts_.graph.num_nodes()));
  check_units("contacts.units", contacts_.units, 0, tree.size());
  check_units("locked", contacts_.locked, 1, tree.size());
  std::ranges::sort(contacts_.locked);
  for (std::size_t node = 0; node < contacts_.units.size(); ++node) {
    nodes_.emplace_back(contacts_.units[node], static_cast<NodeId>(node));
  }
  std::ranges::sort(nodes_);
  const auto twice = std::ranges::adjacent_find(nodes_, {}, &std::pair<UnitId, NodeId>::first);
  if (twice != nodes_.end()) throw_argument("contacts.units", tree.code(twice->first), "given once", "只给出一次");
  for (EdgeId edge = 0; edge < contacts_.graph.num_edges(); ++edge) {
    const UnitId one = contacts_.units[at(contacts_.graph.source(edge))];
    const UnitId other = contacts_.units[at(contacts_.graph.target(edge))];
    if (tree.level(one) == tree.level(other)) continue;
    throw InvalidInput("contacts: " + tree.code(one) + " and " + tree.code(other) + " must be of one level",
                       "contacts：" + tree.code(one) + " 与 " + tree.code(other) + " 必须同级");
  }
}

bool ContactMap::is_locked(UnitId unit) const noexcept { return std::ranges::binary_search(contacts_.locked, unit); }

std::optional<NodeId> ContactMap::node_of(UnitId unit) const noexcept {
  const auto place = std::ranges::lower_bound(nodes_, unit, {}, &std::pair<UnitId, NodeId>::first);
  if (place == nodes_.end() || place->first != unit) return std::nullopt;
  return place->second;
}

ContactMap::Pieces ContactMap::pieces(const std::vector<Member>& members) const {
  std::vector<std::pair<NodeId, std::size_t>> owners;  // of a node that was split, several
  for (std::size_t m = 0; m < members.size(); ++m) {
    for (const NodeId node : members[m].nodes) owners.emplace_back(node, m);
  }
  std::ranges::sort(owners);
  std::vector<bool> seen(members.size(), false);
  std::vector<std::size_t> open;
  const auto visit = [&](NodeId node) {
    const auto found = std::ranges::equal_range(owners, node, {}, &std::pair<NodeId, std::size_t>::first);
    for (const auto& [same, member] : found) {
      if (!seen[member]) open.push_back(member);
      seen[member] = true;
    }
  };
  Pieces pieces;
  std::optional<UnitId> first;
  for (std::size_t m = 0; m < members.size(); ++m) {
    if (members[m].nodes.empty() || seen[m]) continue;
    if (++pieces.count == 1) first = members[m].unit;
    if (pieces.count == 2) pieces.apart.emplace(*first, members[m].unit);
    seen[m] = true;
    open.push_back(m);
    while (!open.empty()) {
      const Member& member = members[open.back()];
      open.pop_back();
      for (const NodeId node : member.nodes) {
        visit(node);
        for (const NodeId next : contacts_.graph.neighbours(node)) visit(next);
      }
    }
  }
  return pieces;
}

std::uint64_t ContactMap::fingerprint() const {
  std::vector<std::pair<UnitId, UnitId>> pairs;
  for (EdgeId edge = 0; edge < contacts_.graph.num_edges(); ++edge) {
    pairs.push_back(std::minmax(
        {contacts_.units[at(contacts_.graph.source(edge))], contacts_.units[at(contacts_.graph.target(edge))]}));
  }
  std::ranges::sort(pairs);
  Hash hash;
  for (const auto& [unit, node] : nodes_) hash.number(unit);
  for (const auto& [one, other] : pairs) {
    hash.number(one);
    hash.number(other);
  }
  hash.number(-1);
  for (const UnitId unit : contacts_.locked) hash.number(unit);
  return hash.value();
}

}  // namespace shequ::detail

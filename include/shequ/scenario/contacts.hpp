// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shequ/graph/graph.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ {

/// What edits of a scenario must keep: units of one parent that touch stay in one piece, and locked units keep what is
/// below them.
struct UnitContacts {
  Graph graph;                 ///< which units touch
  std::vector<UnitId> units;   ///< of its nodes; units of a level or of several, such as atoms and the grids above them
  std::vector<UnitId> locked;  ///< units, such as grids, that no edit ends and below which none comes or goes
};

namespace detail {

/// Contacts by unit.
class ContactMap {
 public:
  ContactMap() = default;
  /// Throws InvalidInput for units that are not in the tree or named twice, contacts of units of different levels, and
  /// another number of units than nodes.
  ContactMap(UnitContacts contacts, const Hierarchy& tree);

  /// True where nothing must be kept.
  [[nodiscard]] bool empty() const noexcept { return contacts_.units.empty() && contacts_.locked.empty(); }
  [[nodiscard]] bool is_locked(UnitId unit) const noexcept;
  /// The node of a unit of the base; nothing where its contacts are not known.
  [[nodiscard]] std::optional<NodeId> node_of(UnitId unit) const noexcept;

  /// A unit, and the nodes that it is made of: several where it was merged.
  struct Member {
    UnitId unit{};
    std::vector<NodeId> nodes;
  };
  /// How many pieces units fall into; of more than one, a unit of the first piece and one of another.
  struct Pieces {
    int count{};
    std::optional<std::pair<UnitId, UnitId>> apart;
  };
  /// Units without nodes do not count.
  [[nodiscard]] Pieces pieces(const std::vector<Member>& members) const;

  [[nodiscard]] std::uint64_t fingerprint() const;

 private:
  UnitContacts contacts_;
  std::vector<std::pair<UnitId, NodeId>> nodes_;  ///< ascending
};

}  // namespace detail
}  // namespace shequ

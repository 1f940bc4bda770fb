// SPDX-License-Identifier: BSD-3-Clause
// What an edit of the tree must keep: locks, and contiguity of what is below a unit.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "draft.hpp"

namespace shequ {

void Scenario::check_contacts(const Scenario& before, const Done& done) const {
  const detail::ContactMap& contacts = base_->contacts_;
  if (contacts.empty()) return;
  std::set<UnitId> parents;
  std::vector<UnitId> ended;
  for (const Change& change : done.changes) {
    if (change.cell != detail::parent_cell) continue;
    if (contacts.is_locked(change.unit) && change.after == no_unit) {
      throw InvalidInput(called(change.unit) + " is locked and would end", called(change.unit) + " 已锁定，不能撤销");
    }
    if (change.after == no_unit) ended.push_back(change.unit);
    for (const std::int64_t number : {change.before, change.after}) {
      if (number == no_unit) continue;
      const auto parent = static_cast<UnitId>(number);
      if (contacts.is_locked(parent)) {
        throw InvalidInput(
            called(parent) + " is locked: " + called(change.unit) + " may not " +
                (number == change.before ? "leave it" : "come to it"),
            called(parent) + " 已锁定：" + called(change.unit) + (number == change.before ? " 不能划出" : " 不能划入"));
      }
      parents.insert(parent);
    }
  }
  if (const auto merged = before.pieces(ended); merged.count > 1) {
    const auto& [one, other] = merged.apart.value();
    throw InvalidInput(called(one) + " and " + called(other) + " do not touch: what is merged must be in one piece",
                       called(one) + " 与 " + called(other) + " 不相连：合并的单位必须连成一片");
  }
  check_pieces(before, parents);
}

/// A merged unit is made of the nodes of all that went into it; each part of a split one, for want of better knowledge,
/// of those of the whole.
std::vector<NodeId> Scenario::contact_nodes(UnitId unit) const {
  if (unit < base_->hierarchy().size()) {
    const auto node = base_->contacts_.node_of(unit);
    return node ? std::vector<NodeId>{*node} : std::vector<NodeId>{};
  }
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < done_; ++i) {
    const Edit& edit = history_[i]->edit;
    if (edit.kind == EditKind::create || std::ranges::find(edit.made, unit) == edit.made.end()) continue;
    for (const UnitId from : edit.units) {
      const std::vector<NodeId> own = contact_nodes(from);
      nodes.insert(nodes.end(), own.begin(), own.end());
    }
  }
  return nodes;
}

detail::ContactMap::Pieces Scenario::pieces(const std::vector<UnitId>& units) const {
  std::vector<detail::ContactMap::Member> members;
  for (const UnitId unit : units) members.push_back({unit, contact_nodes(unit)});
  return base_->contacts_.pieces(members);
}

/// What is below a unit may be in as many pieces as before; what is below a new one, in as many as those that it came
/// from had beside their first.
void Scenario::check_pieces(const Scenario& before, const std::set<UnitId>& parents) const {
  int beside = 0;
  for (const UnitId parent : parents) {
    if (parent >= before.size() || exists(parent)) continue;
    beside += std::max(0, before.pieces(before.children(parent)).count - 1);
  }
  for (const UnitId parent : parents) {
    if (!exists(parent)) continue;
    const auto now = pieces(children(parent));
    const int allowed = parent < before.size() ? before.pieces(before.children(parent)).count : 1 + beside;
    if (now.count <= std::max(1, allowed)) continue;
    const auto& [one, other] = now.apart.value();
    throw InvalidInput(called(parent) + " would fall into " + std::to_string(now.count) + " pieces: " + called(one) +
                           " and " + called(other) + " are not joined within it",
                       called(parent) + " 将分成互不相连的 " + std::to_string(now.count) + " 片：" + called(one) +
                           " 与 " + called(other) + " 在其中不相连");
  }
}

}  // namespace shequ

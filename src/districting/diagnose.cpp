// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/diagnose.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>

#include "contact_graph.hpp"
#include "groups.hpp"
#include "part_counts.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/graph/contiguity.hpp"
#include "text.hpp"

namespace shequ {
namespace {

using detail::at;

using detail::counted;

class Examination {
 public:
  explicit Examination(const Problem& problem)
      : problem_(problem),
        graph_(*problem.graph),
        groups_(detail::merge_groups(problem)),
        components_(connected_components(*detail::contact_graph(problem))) {}

  Diagnosis run() {
    result_.component_count = components_.count;
    measure_components();
    check_nodes();
    check_groups("together", problem_.together, ReasonKind::together_above_upper, ReasonKind::together_disconnected);
    check_groups("locked", detail::nodes_by_lock(problem_), ReasonKind::lock_above_upper,
                 ReasonKind::lock_disconnected);
    check_merged_groups();
    check_apart();
    const bool structure_holds = relaxable_;
    check_components();
    check_parts();
    if (!result_.reasons.empty()) {
      result_.feasible = false;
      if (structure_holds) {
        result_.relaxations =
            detail::smallest_relaxations(sizes_, heaviest_group(), {problem_.lower, problem_.upper, problem_.parts});
      }
    } else {
      look_for_obvious_plan();
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string list(std::span<const NodeId> nodes, Language language) const {
    return detail::node_list(graph_, nodes, language);
  }
  void add(ReasonKind kind, std::vector<NodeId> nodes, std::string english, std::string chinese) {
    result_.reasons.push_back({kind, std::move(nodes), std::move(english), std::move(chinese)});
  }
  [[nodiscard]] std::int64_t weight_of(const std::vector<NodeId>& nodes) const {
    std::int64_t weight = 0;
    std::vector<NodeId> once = nodes;
    std::sort(once.begin(), once.end());
    once.erase(std::unique(once.begin(), once.end()), once.end());
    for (const NodeId v : once) weight += problem_.weights[at(v)];
    return weight;
  }
  [[nodiscard]] std::int64_t heaviest_group() const {
    return groups_.weights.empty() ? 0 : *std::max_element(groups_.weights.begin(), groups_.weights.end());
  }

  void measure_components() {
    sizes_.resize(at(components_.count));
    component_nodes_.resize(at(components_.count));
    for (NodeId v = 0; v < graph_.num_nodes(); ++v) {
      const std::int32_t c = components_.label[at(v)];
      sizes_[at(c)].weight += problem_.weights[at(v)];
      component_nodes_[at(c)].push_back(v);
    }
    for (const auto& members : groups_.members) ++sizes_[at(components_.label[at(members.front())])].groups;
    for (const auto& [a, b] : groups_.apart) {
      const std::int32_t c = components_.label[at(groups_.members[at(a)].front())];
      if (a != b && components_.label[at(groups_.members[at(b)].front())] == c) sizes_[at(c)].min_parts = 2;
    }
    std::vector<std::int32_t> locks(sizes_.size(), 0);
    for (std::size_t g = 0; g < groups_.members.size(); ++g) {
      if (groups_.lock[g] != no_part) ++locks[at(components_.label[at(groups_.members[g].front())])];
    }
    for (std::size_t c = 0; c < sizes_.size(); ++c) sizes_[c].min_parts = std::max(sizes_[c].min_parts, locks[c]);
  }

  void check_nodes() {
    std::vector<NodeId> heavy;
    for (NodeId v = 0; v < graph_.num_nodes(); ++v) {
      if (problem_.weights[at(v)] > problem_.upper) heavy.push_back(v);
    }
    if (heavy.empty()) return;
    const std::string upper = std::to_string(problem_.upper);
    const std::string first = graph_.id(heavy.front());
    const std::string weight = std::to_string(problem_.weights[at(heavy.front())]);
    std::string english;
    std::string chinese;
    if (heavy.size() == 1) {
      english = "node " + first + " weighs " + weight + ", above upper=" + upper;
      chinese = "节点 " + first + " 的户数为 " + weight + "，高于上限 " + upper;
    } else {
      english = counted(heavy.size(), "node") + " weigh more than upper=" + upper + ": " + list(heavy, Language::en);
      chinese = std::to_string(heavy.size()) + " 个节点的户数高于上限 " + upper + "：" + list(heavy, Language::zh);
    }
    add(ReasonKind::node_above_upper, std::move(heavy), std::move(english), std::move(chinese));
  }

  void check_groups(const std::string& argument, const std::vector<std::vector<NodeId>>& groups, ReasonKind too_heavy,
                    ReasonKind disconnected) {
    for (const std::vector<NodeId>& group : groups) {
      if (group.empty()) continue;
      const std::int64_t weight = weight_of(group);
      const std::string english = argument + " nodes " + list(group, Language::en);
      const std::string chinese = "必须在一起的节点 " + list(group, Language::zh);
      if (weight > problem_.upper && group.size() > 1) {
        const std::string text = std::to_string(weight);
        const std::string upper = std::to_string(problem_.upper);
        add(too_heavy, group, english + " weigh " + text + ", above upper=" + upper,
            chinese + " 共 " + text + " 户，高于上限 " + upper);
      }
      const bool split = std::any_of(group.begin(), group.end(), [&](NodeId v) {
        return components_.label[at(v)] != components_.label[at(group.front())];
      });
      if (split) {
        relaxable_ = false;
        add(disconnected, group, english + " lie in components that do not touch", chinese + " 位于互不相连的片区");
      }
    }
  }

  /// Groups and locks that share nodes may be too heavy together where each alone is not.
  void check_merged_groups() {
    if (!result_.reasons.empty()) return;
    for (std::size_t g = 0; g < groups_.members.size(); ++g) {
      if (groups_.members[g].size() < 2 || groups_.weights[g] <= problem_.upper) continue;
      const std::string weight = std::to_string(groups_.weights[g]);
      const std::string upper = std::to_string(problem_.upper);
      add(ReasonKind::together_above_upper, groups_.members[g],
          "groups and locks that share nodes weigh " + weight + " together, above upper=" + upper + ": " +
              list(groups_.members[g], Language::en),
          "互有相同节点的各组合计 " + weight + " 户，高于上限 " + upper + "：" +
              list(groups_.members[g], Language::zh));
    }
  }

  void check_apart() {
    for (std::size_t v = 0; v < problem_.locked.size(); ++v) {
      const std::int32_t group = groups_.of_node[v];
      if (problem_.locked[v] == no_part || problem_.locked[v] == groups_.lock[at(group)]) continue;
      relaxable_ = false;
      add(ReasonKind::apart_and_together, groups_.members[at(group)],
          "nodes must be in one part and in two: " + list(groups_.members[at(group)], Language::en),
          "节点既须在一起又须分开：" + list(groups_.members[at(group)], Language::zh));
    }
    for (const auto& [a, b] : groups_.apart) {
      if (a != b) continue;
      relaxable_ = false;
      add(ReasonKind::apart_and_together, groups_.members[at(a)],
          "nodes must be in one part and in two: " + list(groups_.members[at(a)], Language::en),
          "节点既须在一起又须分开：" + list(groups_.members[at(a)], Language::zh));
    }
  }

  void check_components() {
    const std::string bounds = std::to_string(problem_.lower) + ".." + std::to_string(problem_.upper);
    const std::string bounds_zh = std::to_string(problem_.lower) + "–" + std::to_string(problem_.upper);
    for (std::size_t c = 0; c < sizes_.size(); ++c) {
      if (detail::component_parts(sizes_[c], problem_.lower, problem_.upper)) continue;
      const std::vector<NodeId>& nodes = component_nodes_[c];
      const std::string weight = std::to_string(sizes_[c].weight);
      std::string english = components_.count == 1
                                ? "the graph"
                                : "component " + std::to_string(c) + " (" + list(nodes, Language::en) + ")";
      std::string chinese = components_.count == 1
                                ? "全图"
                                : "第 " + std::to_string(c) + " 个相连片区（" + list(nodes, Language::zh) + "）";
      if (sizes_[c].weight < problem_.lower) {
        const std::string lower = std::to_string(problem_.lower);
        english += " weighs " + weight + ", below lower=" + lower;
        chinese += "共 " + weight + " 户，低于下限 " + lower;
        add(ReasonKind::component_below_lower, nodes, std::move(english), std::move(chinese));
      } else {
        english += " weighs " + weight + ": no whole number of parts of " + bounds + " fits";
        chinese += "共 " + weight + " 户，无法分成整数个 " + bounds_zh + " 户的网格";
        if (sizes_[c].min_parts > 1) {
          english += " with nodes that must be apart";
          chinese += "（且有必须分开的节点）";
        }
        add(ReasonKind::no_part_count, nodes, std::move(english), std::move(chinese));
      }
    }
  }

  void check_parts() {
    result_.parts_range = detail::total_parts(sizes_, problem_.lower, problem_.upper);
    if (!problem_.parts) return;
    const auto [min, max] = *problem_.parts;
    const std::string asked = min == max ? std::to_string(min) : std::to_string(min) + ".." + std::to_string(max);
    if (min > graph_.num_nodes()) {
      const std::string nodes = std::to_string(graph_.num_nodes());
      add(ReasonKind::too_few_nodes, {}, "parts=" + asked + " is more than the " + nodes + " nodes",
          "网格数 " + asked + " 多于节点数 " + nodes);
      return;
    }
    if (!result_.parts_range) return;
    const auto [least, most] = *result_.parts_range;
    if (min <= most && least <= max) return;
    const std::string allowed =
        least == most ? std::to_string(least) : std::to_string(least) + ".." + std::to_string(most);
    add(ReasonKind::parts_out_of_range, {},
        "parts=" + asked + " must meet " + allowed + ", which bounds and components allow",
        "网格数 " + asked + " 不在可行范围 " + allowed + " 之内");
  }

  /// The start plan, each component one part, or each node one part.
  void look_for_obvious_plan() {
    std::vector<PartId> each(at(graph_.num_nodes()));
    std::iota(each.begin(), each.end(), PartId{0});
    for (const std::vector<PartId>& labels : {problem_.start, components_.label, each}) {
      if (labels.size() != each.size() || !certify(problem_, labels).ok) continue;
      result_.feasible = true;
      result_.plan = labels;
      return;
    }
  }

  const Problem& problem_;
  const Graph& graph_;
  detail::Groups groups_;
  Components components_;
  std::vector<detail::ComponentSize> sizes_;
  std::vector<std::vector<NodeId>> component_nodes_;
  bool relaxable_{true};  // no reason so far that neither bounds nor the number of parts can remove
  Diagnosis result_;
};

}  // namespace

std::string_view to_string(ReasonKind kind) noexcept {
  switch (kind) {
    case ReasonKind::node_above_upper:
      return "node_above_upper";
    case ReasonKind::component_below_lower:
      return "component_below_lower";
    case ReasonKind::no_part_count:
      return "no_part_count";
    case ReasonKind::parts_out_of_range:
      return "parts_out_of_range";
    case ReasonKind::together_above_upper:
      return "together_above_upper";
    case ReasonKind::together_disconnected:
      return "together_disconnected";
    case ReasonKind::lock_above_upper:
      return "lock_above_upper";
    case ReasonKind::lock_disconnected:
      return "lock_disconnected";
    case ReasonKind::apart_and_together:
      return "apart_and_together";
    case ReasonKind::too_few_nodes:
      break;
  }
  return "too_few_nodes";
}

Diagnosis diagnose(const Problem& problem) {
  problem.validate();
  return Examination(problem).run();
}

}  // namespace shequ

// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/diagnose.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "contact_graph.hpp"
#include "part_counts.hpp"
#include "part_structure.hpp"
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
        structure_(problem),
        groups_(structure_.groups()),
        loosest_(structure_.at_bounds(0, problem.upper)),
        situation_(structure_.at_bounds(problem.lower, problem.upper)) {}

  Diagnosis run() {
    result_.component_count = connected_components(*detail::contact_graph(problem_)).count;
    check_nodes();
    check_groups("together", problem_.together, ReasonKind::together_above_upper, ReasonKind::together_disconnected);
    check_groups("locked", detail::nodes_by_lock(problem_), ReasonKind::lock_above_upper,
                 ReasonKind::lock_disconnected);
    check_merged_groups();
    check_ways();
    check_closed();
    check_apart();
    if (relaxable_) count();
    if (!result_.reasons.empty()) {
      result_.feasible = false;
      if (relaxable_) relax();
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
        return structure_.area_of(v) != structure_.area_of(group.front());
      });
      const std::int32_t merged = groups_.of_node[at(group.front())];
      if (split || (disconnected == ReasonKind::lock_disconnected && structure_.is_torn(merged))) {
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

  /// Groups that only a way too heavy holds together.
  void check_ways() {
    for (const auto& [group, needed] : structure_.ways()) {
      if (groups_.weights[at(group)] > problem_.upper) continue;  // too heavy as it is
      const bool is_locked = groups_.lock[at(group)] != no_part;
      const std::string weight = std::to_string(needed);
      const std::string upper = std::to_string(problem_.upper);
      const std::vector<NodeId>& nodes = groups_.members[at(group)];
      add(is_locked ? ReasonKind::lock_above_upper : ReasonKind::together_above_upper, nodes,
          "nodes " + list(nodes, Language::en) + " must be in one part and weigh " + weight +
              " with the lightest way between them, above upper=" + upper,
          "节点 " + list(nodes, Language::zh) + " 须在一起，连同其间最轻的通路合计 " + weight + " 户，高于上限 " +
              upper);
    }
  }

  /// Closed parts are what they are: their group must be theirs alone.
  void check_closed() {
    for (std::size_t g = 0; g < groups_.members.size(); ++g) {
      if (!structure_.is_closed(static_cast<std::int32_t>(g))) continue;
      std::vector<NodeId> guests;
      for (const NodeId v : groups_.members[g]) {
        if (problem_.locked[at(v)] == no_part) guests.push_back(v);
      }
      if (guests.empty()) continue;
      relaxable_ = false;
      const std::string lock = std::to_string(groups_.lock[g]);
      std::string english = "closed part " + lock + " takes no further node, and these must join it: ";
      std::string chinese = "网格 " + lock + " 不再接收节点，而这些节点须并入：";
      english += list(guests, Language::en);
      chinese += list(guests, Language::zh);
      add(ReasonKind::closed_with_others, std::move(guests), std::move(english), std::move(chinese));
    }
  }

  /// The plainest reasons that there are: without cut vertices, by them alone, by numbers of parts of what they leave.
  void count() {
    result_.parts_range = detail::total_parts(situation_.sizes, problem_.lower, problem_.upper);
    check_counts(loosest_, "", "");
    if (result_.reasons.empty()) check_forced_sets();
    if (result_.reasons.empty()) {
      check_counts(situation_, ", as what hangs on cut vertices and is too light alone stays with them",
                   "（悬挂部分户数不足以单独成格，只能并入）");
    }
  }

  void check_counts(const detail::Situation& situation, const std::string& why_en, const std::string& why_zh) {
    check_areas(situation, why_en, why_zh);
    check_balances(situation, why_en, why_zh);
    check_parts(situation);
  }

  /// Sets that cut vertices hold together.
  void check_forced_sets() {
    std::vector<std::vector<NodeId>> members(at(situation_.set_count));
    for (NodeId v = 0; v < graph_.num_nodes(); ++v) members[at(situation_.set_of_node[at(v)])].push_back(v);
    for (const std::int32_t set : situation_.overfull) {
      std::vector<NodeId>& nodes = members[at(set)];
      add(ReasonKind::cut_vertex_above_upper, nodes,
          "the part of " + list(nodes, Language::en) +
              " is above an upper bound whatever the plan: it must take what no whole number of parts can hold beside "
              "it",
          "无论如何划分，" + list(nodes, Language::zh) + " 所在网格都超过上限：旁边无法整分的部分只能并入");
    }
    for (const std::int32_t set : situation_.conflicts) {
      std::vector<NodeId>& nodes = members[at(set)];
      add(ReasonKind::cut_vertex_apart, nodes,
          "nodes " + list(nodes, Language::en) +
              " must be in one part, as some touch the others only through it or are too light alone, and in two",
          "节点 " + list(nodes, Language::zh) +
              " 只能在一起（部分节点仅经由其他节点相连，或单独成格户数不足），却又须分开");
    }
  }

  /// What an area is called: the graph, a component of it, or a closed part.
  [[nodiscard]] std::pair<std::string, std::string> name_of(std::size_t area) const {
    const detail::Area& named = structure_.areas()[area];
    const std::string en = list(named.nodes, Language::en);
    const std::string zh = list(named.nodes, Language::zh);
    if (named.closed_lock != no_part) {
      const std::string lock = std::to_string(named.closed_lock);
      return {"closed part " + lock + " (" + en + ")", "不再变动的网格 " + lock + "（" + zh + "）"};
    }
    if (structure_.areas().size() == 1) return {"the graph", "全图"};
    return {"the component of " + en, "相连片区（" + zh + "）"};
  }

  void check_areas(const detail::Situation& situation, const std::string& why_en, const std::string& why_zh) {
    const std::string bounds = std::to_string(problem_.lower) + ".." + std::to_string(problem_.upper);
    const std::string bounds_zh = std::to_string(problem_.lower) + "–" + std::to_string(problem_.upper);
    for (std::size_t a = 0; a < structure_.areas().size(); ++a) {
      const detail::ComponentSize& size = situation.sizes[a];
      if (detail::component_parts(size, problem_.lower, problem_.upper)) continue;
      const detail::Area& area = structure_.areas()[a];
      const std::string weight = std::to_string(size.weight);
      auto [english, chinese] = name_of(a);
      if (size.weight < problem_.lower) {
        const std::string lower = std::to_string(problem_.lower);
        english += " weighs " + weight + ", below lower=" + lower;
        chinese += "共 " + weight + " 户，低于下限 " + lower;
        add(ReasonKind::component_below_lower, area.nodes, std::move(english), std::move(chinese));
      } else {
        english += " weighs " + weight + ": no whole number of parts of " + bounds + " fits";
        chinese += "共 " + weight + " 户，无法分成整数个 " + bounds_zh + " 户的网格";
        if (size.min_parts > 1) {
          const std::string least = std::to_string(size.min_parts);
          english += " with nodes that must be apart, in " + least + " parts or more";
          chinese += "（且有必须分开的节点，至少 " + least + " 个网格）";
        }
        add(ReasonKind::no_part_count, area.nodes, english + why_en, chinese + why_zh);
      }
    }
  }

  void check_balances(const detail::Situation& situation, const std::string& why_en, const std::string& why_zh) {
    for (const auto& [a, b] : situation.unfit) {
      const Balance& balance = problem_.balances[b];
      const std::vector<NodeId>& nodes = structure_.areas()[a].nodes;
      std::int64_t total = 0;
      for (const NodeId v : nodes) total += balance.weights[at(v)];
      const std::string name = balance.name.empty() ? "balances[" + std::to_string(b) + "]" : balance.name;
      const std::string bounds = std::to_string(balance.lower) + ".." + std::to_string(balance.upper);
      const auto [english, chinese] = name_of(a);
      add(ReasonKind::balance_part_count, nodes,
          english + " has " + std::to_string(total) + " of " + name + ": no whole number of parts of " + bounds +
              " fits" + why_en,
          chinese + "的 " + name + " 合计 " + std::to_string(total) + "，无法分成整数个 " + bounds + " 的网格" +
              why_zh);
    }
  }

  void check_parts(const detail::Situation& situation) {
    if (!problem_.parts) return;
    const auto [min, max] = *problem_.parts;
    const std::string asked = min == max ? std::to_string(min) : std::to_string(min) + ".." + std::to_string(max);
    if (min > graph_.num_nodes()) {
      const std::string nodes = std::to_string(graph_.num_nodes());
      add(ReasonKind::too_few_nodes, {}, "parts=" + asked + " is more than the " + nodes + " nodes",
          "网格数 " + asked + " 多于节点数 " + nodes);
      return;
    }
    const std::optional<PartsRange> total = detail::total_parts(situation.sizes, problem_.lower, problem_.upper);
    if (!total) return;
    const auto [least, most] = *total;
    if (min <= most && least <= max) return;
    const std::string allowed =
        least == most ? std::to_string(least) : std::to_string(least) + ".." + std::to_string(most);
    add(ReasonKind::parts_out_of_range, {},
        "parts=" + asked + " must meet " + allowed + ", which bounds and components allow",
        "网格数 " + asked + " 不在可行范围 " + allowed + " 之内");
  }

  void relax() {
    const auto nothing_speaks = [&](const detail::Situation& situation, const detail::Request& request) {
      return situation.overfull.empty() && situation.conflicts.empty() && situation.unfit.empty() &&
             detail::counts_fit(situation.sizes, request);
    };
    detail::Silence silence;
    silence.heaviest = structure_.heaviest();
    for (const detail::ComponentSize& size : situation_.sizes) {
      silence.most_weight = std::max(silence.most_weight, size.weight);
    }
    silence.counts = [&](const detail::Request& request) { return detail::counts_fit(loosest_.sizes, request); };
    silence.all = [&](const detail::Request& request) {
      return request.upper >= silence.heaviest && silence.counts(request) &&
             nothing_speaks(structure_.at_bounds(request.lower, request.upper), request);
    };
    silence.total = [&](const detail::Request& request) {
      return detail::total_parts(structure_.at_bounds(request.lower, request.upper).sizes, request.lower,
                                 request.upper);
    };
    result_.relaxations = detail::smallest_relaxations(silence, {problem_.lower, problem_.upper, problem_.parts});
  }

  /// The start plan, each area one part, each set that cannot be divided or each node one part.
  void look_for_obvious_plan() {
    std::vector<PartId> areas(at(graph_.num_nodes()));
    std::vector<PartId> each(areas.size());
    for (std::size_t v = 0; v < areas.size(); ++v) areas[v] = structure_.area_of(static_cast<NodeId>(v));
    std::iota(each.begin(), each.end(), PartId{0});
    for (const std::vector<PartId>& labels : {problem_.start, areas, situation_.set_of_node, groups_.of_node, each}) {
      if (labels.size() != each.size() || !keeps_bounds(labels) || !certify(problem_, labels).ok) continue;
      result_.feasible = true;
      result_.plan = labels;
      return;
    }
  }

  /// Whether parts weigh what they should: spares a certificate that would list hundreds that do not.
  [[nodiscard]] bool keeps_bounds(const std::vector<PartId>& labels) const {
    std::map<PartId, std::int64_t> sums;
    for (std::size_t v = 0; v < labels.size(); ++v) sums[labels[v]] += problem_.weights[v];
    return std::all_of(sums.begin(), sums.end(), [&](const auto& part) {
      return part.second >= problem_.lower && part.second <= problem_.upper;
    });
  }

  const Problem& problem_;
  const Graph& graph_;
  detail::PartStructure structure_;
  const detail::Groups& groups_;
  detail::Situation loosest_;  // with no lower bound of the weight: what holds whatever it is
  detail::Situation situation_;
  bool relaxable_{true};  // the rules do not contradict each other: bounds or the number of parts are at fault
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
      return "too_few_nodes";
    case ReasonKind::cut_vertex_above_upper:
      return "cut_vertex_above_upper";
    case ReasonKind::cut_vertex_apart:
      return "cut_vertex_apart";
    case ReasonKind::balance_part_count:
      return "balance_part_count";
    case ReasonKind::closed_with_others:
      break;
  }
  return "closed_with_others";
}

Diagnosis diagnose(const Problem& problem) {
  problem.validate();
  return Examination(problem).run();
}

}  // namespace shequ

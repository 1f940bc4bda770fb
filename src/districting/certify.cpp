// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/certify.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "text.hpp"

// Shares nothing with the search: it walks the edges with a union-find of its own, where the search walks the rows.
namespace shequ {
namespace {

using detail::at;

class Forest {
 public:
  explicit Forest(std::size_t size) : parent_(size) {
    for (std::size_t v = 0; v < size; ++v) parent_[v] = static_cast<NodeId>(v);
  }
  NodeId root(NodeId node) {
    while (parent_[at(node)] != node) {
      parent_[at(node)] = parent_[at(parent_[at(node)])];
      node = parent_[at(node)];
    }
    return node;
  }
  void join(NodeId a, NodeId b) {
    const NodeId first = root(a);
    const NodeId second = root(b);
    parent_[at(std::max(first, second))] = std::min(first, second);
  }

 private:
  std::vector<NodeId> parent_;
};

class Check {
 public:
  Check(const Problem& problem, std::span<const PartId> labels)
      : problem_(problem), graph_(*problem.graph), labels_(labels) {}

  Certificate run() {
    read_labels();
    check_part_count();
    check_bounds();
    check_balances();
    check_contiguity();
    check_together();
    check_apart();
    check_locked();
    check_closed();
    sum_objective();
    result_.ok = result_.violations.empty();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool assigned(NodeId node) const { return labels_[at(node)] >= 0 && labels_[at(node)] < num_labels_; }
  [[nodiscard]] std::string list(std::span<const NodeId> nodes, Language language) const {
    return detail::node_list(graph_, nodes, language);
  }
  void add(ViolationKind kind, PartId part, std::vector<NodeId> nodes, std::int64_t amount, std::string english,
           std::string chinese) {
    result_.violations.push_back({kind, part, std::move(nodes), amount, std::move(english), std::move(chinese)});
  }

  /// One more than the largest number that a part may have: n nodes fill no more than parts 0..n - 1. Under Disturbance
  /// numbers are last year's, and n new ones may follow.
  [[nodiscard]] PartId label_limit() {
    PartId limit = graph_.num_nodes();
    for (const ObjectiveTerm& term : problem_.objective) {
      const auto* disturbance = std::get_if<objective::Disturbance>(&term.of);
      if (disturbance == nullptr) continue;
      keeps_numbers_ = true;
      for (const PartId number : disturbance->previous) {
        if (number < std::numeric_limits<PartId>::max() - graph_.num_nodes()) {
          limit = std::max(limit, number + 1 + graph_.num_nodes());
        }
      }
    }
    return limit;
  }

  void read_labels() {
    const PartId limit = label_limit();
    std::vector<NodeId> unassigned;
    std::vector<NodeId> unknown;
    for (NodeId v = 0; v < graph_.num_nodes(); ++v) {
      const PartId label = labels_[at(v)];
      if (label == no_part) {
        unassigned.push_back(v);
      } else if (label < 0 || label >= limit) {
        unknown.push_back(v);
      } else {
        num_labels_ = std::max(num_labels_, label + 1);
      }
    }
    result_.part_weights.assign(at(num_labels_), 0);
    part_nodes_.resize(at(num_labels_));
    for (NodeId v = 0; v < graph_.num_nodes(); ++v) {
      if (!assigned(v)) continue;
      result_.part_weights[at(labels_[at(v)])] += problem_.weights[at(v)];
      part_nodes_[at(labels_[at(v)])].push_back(v);
    }
    if (!unassigned.empty()) {
      const auto count = static_cast<std::int64_t>(unassigned.size());
      std::string english =
          detail::counted(unassigned.size(), "node") + " in no part: " + list(unassigned, Language::en);
      std::string chinese = std::to_string(count) + " 个节点未划入任何网格：" + list(unassigned, Language::zh);
      add(ViolationKind::unassigned, no_part, std::move(unassigned), count, std::move(english), std::move(chinese));
    }
    if (!unknown.empty()) {
      const auto count = static_cast<std::int64_t>(unknown.size());
      const std::string label = std::to_string(labels_[at(unknown.front())]);
      std::string english = detail::counted(unknown.size(), "node") + " with an unknown label, the first " + label +
                            ": " + list(unknown, Language::en);
      std::string chinese =
          std::to_string(count) + " 个节点的编号无效，第一个为 " + label + "：" + list(unknown, Language::zh);
      add(ViolationKind::unknown_label, no_part, std::move(unknown), count, std::move(english), std::move(chinese));
    }
    for (PartId part = 0; part < num_labels_; ++part) {
      if (!part_nodes_[at(part)].empty()) {
        ++result_.part_count;
        continue;
      }
      if (keeps_numbers_) continue;
      const std::string number = std::to_string(part);
      add(ViolationKind::unknown_label, part, {}, 1, "part " + number + " has no node", "网格 " + number + " 没有节点");
    }
  }

  void check_part_count() {
    if (!problem_.parts.has_value()) return;
    const PartId count = result_.part_count;
    const auto [min, max] = *problem_.parts;
    if (count >= min && count <= max) return;
    const std::string range = min == max ? std::to_string(min) : std::to_string(min) + "-" + std::to_string(max);
    add(ViolationKind::part_count, no_part, {}, count < min ? min - count : count - max,
        detail::counted(at(count), "part") + " where " + range + " are asked for",
        "网格数为 " + std::to_string(count) + "，要求为 " + range);
  }

  void check_bounds() {
    for (PartId part = 0; part < num_labels_; ++part) {
      if (part_nodes_[at(part)].empty()) continue;
      const std::int64_t weight = result_.part_weights[at(part)];
      const std::string english = "part " + std::to_string(part) + " weighs " + std::to_string(weight);
      const std::string chinese = "网格 " + std::to_string(part) + " 的户数为 " + std::to_string(weight);
      if (weight < problem_.lower) {
        const std::string bound = std::to_string(problem_.lower);
        add(ViolationKind::below_lower, part, part_nodes_[at(part)], problem_.lower - weight,
            english + ", below lower=" + bound, chinese + "，低于下限 " + bound);
      }
      if (weight > problem_.upper) {
        const std::string bound = std::to_string(problem_.upper);
        add(ViolationKind::above_upper, part, part_nodes_[at(part)], weight - problem_.upper,
            english + ", above upper=" + bound, chinese + "，高于上限 " + bound);
      }
    }
  }

  void check_balances() {
    for (std::size_t i = 0; i < problem_.balances.size(); ++i) {
      const Balance& balance = problem_.balances[i];
      const std::string index = "balances[" + std::to_string(i) + "]";
      const std::string name = balance.name.empty() ? index : index + " (" + balance.name + ")";
      const std::string name_zh = balance.name.empty() ? index : "“" + balance.name + "”";
      std::vector<std::int64_t> sums(part_nodes_.size(), 0);
      for (NodeId v = 0; v < graph_.num_nodes(); ++v) {
        if (assigned(v)) sums[at(labels_[at(v)])] += balance.weights[at(v)];
      }
      for (PartId part = 0; part < num_labels_; ++part) {
        const std::int64_t sum = sums[at(part)];
        if (part_nodes_[at(part)].empty() || (sum >= balance.lower && sum <= balance.upper)) continue;
        const bool below = sum < balance.lower;
        const std::string bound = std::to_string(below ? balance.lower : balance.upper);
        add(ViolationKind::balance, part, part_nodes_[at(part)], below ? balance.lower - sum : sum - balance.upper,
            name + " of part " + std::to_string(part) + " is " + std::to_string(sum) +
                (below ? ", below lower=" : ", above upper=") + bound,
            "网格 " + std::to_string(part) + " 的" + name_zh + "为 " + std::to_string(sum) +
                (below ? "，低于下限 " : "，高于上限 ") + bound);
      }
    }
  }

  void check_contiguity() {
    Forest pieces(labels_.size());
    const auto touch = [&](NodeId a, NodeId b) {
      if (assigned(a) && labels_[at(a)] == labels_[at(b)]) pieces.join(a, b);
    };
    for (EdgeId e = 0; e < graph_.num_edges(); ++e) touch(graph_.source(e), graph_.target(e));
    for (const auto& [a, b] : problem_.links) touch(a, b);
    for (PartId part = 0; part < num_labels_; ++part) {
      std::map<NodeId, std::int64_t> piece_weights;  // by lowest node, so that ties go to the first piece
      for (const NodeId v : part_nodes_[at(part)]) piece_weights[pieces.root(v)] += problem_.weights[at(v)];
      if (piece_weights.size() < 2) continue;
      const auto heaviest = std::max_element(piece_weights.begin(), piece_weights.end(),
                                             [](const auto& a, const auto& b) { return a.second < b.second; });
      std::vector<NodeId> outside;
      for (const NodeId v : part_nodes_[at(part)]) {
        if (pieces.root(v) != heaviest->first) outside.push_back(v);
      }
      const std::string number = std::to_string(part);
      const std::string count = std::to_string(piece_weights.size());
      std::string english =
          "part " + number + " is in " + count + " pieces; outside of the heaviest: " + list(outside, Language::en);
      std::string chinese =
          "网格 " + number + " 不连通，分为 " + count + " 块；最大一块之外的节点：" + list(outside, Language::zh);
      add(ViolationKind::not_contiguous, part, std::move(outside), static_cast<std::int64_t>(piece_weights.size()),
          std::move(english), std::move(chinese));
    }
  }

  void check_together() {
    for (std::size_t g = 0; g < problem_.together.size(); ++g) {
      const std::vector<NodeId>& group = problem_.together[g];
      const bool split = std::any_of(group.begin(), group.end(),
                                     [&](NodeId v) { return labels_[at(v)] != labels_[at(group.front())]; });
      if (!split) continue;
      add(ViolationKind::together, no_part, group, static_cast<std::int64_t>(group.size()),
          "together[" + std::to_string(g) + "] lies in several parts: " + list(group, Language::en),
          "必须在一起的第 " + std::to_string(g) + " 组分在多个网格：" + list(group, Language::zh));
    }
  }

  void check_apart() {
    for (const auto& [a, b] : problem_.apart) {
      if (!assigned(a) || labels_[at(a)] != labels_[at(b)]) continue;
      const std::vector<NodeId> pair{a, b};
      add(ViolationKind::apart, labels_[at(a)], pair, 2,
          "nodes " + list(pair, Language::en) + " must be apart and lie in part " + std::to_string(labels_[at(a)]),
          "节点 " + list(pair, Language::zh) + " 必须分开，却同在网格 " + std::to_string(labels_[at(a)]));
    }
  }

  void check_locked() {
    std::map<PartId, std::vector<NodeId>> locks;
    for (NodeId v = 0; v < static_cast<NodeId>(problem_.locked.size()); ++v) {
      if (problem_.locked[at(v)] != no_part) locks[problem_.locked[at(v)]].push_back(v);
    }
    std::map<PartId, PartId> lock_of_part;
    for (const auto& [lock, nodes] : locks) {
      const PartId part = labels_[at(nodes.front())];
      const std::string number = std::to_string(lock);
      if (std::any_of(nodes.begin(), nodes.end(), [&](NodeId v) { return labels_[at(v)] != part; })) {
        add(ViolationKind::locked, part, nodes, static_cast<std::int64_t>(nodes.size()),
            "nodes locked to " + number + " lie in several parts: " + list(nodes, Language::en),
            "锁定为 " + number + " 的节点分在多个网格：" + list(nodes, Language::zh));
      }
      std::vector<PartId> parts;
      for (const NodeId v : nodes) {
        if (assigned(v)) parts.push_back(labels_[at(v)]);
      }
      std::sort(parts.begin(), parts.end());
      parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
      for (const PartId used : parts) {
        const auto [other, is_new] = lock_of_part.emplace(used, lock);
        if (is_new) continue;
        add(ViolationKind::locked, used, nodes, 2,
            "part " + std::to_string(used) + " holds nodes locked to " + std::to_string(other->second) + " and to " +
                number,
            "网格 " + std::to_string(used) + " 同时含有锁定为 " + std::to_string(other->second) + " 和 " + number +
                " 的节点");
      }
    }
  }

  void check_closed() {
    std::vector<PartId> numbers = problem_.closed;
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::map<PartId, PartId> closed_parts;  // and the closed number that each holds
    for (NodeId v = 0; v < static_cast<NodeId>(problem_.locked.size()); ++v) {
      const PartId number = problem_.locked[at(v)];
      if (!assigned(v) || !std::binary_search(numbers.begin(), numbers.end(), number)) continue;
      closed_parts.emplace(labels_[at(v)], number);  // two numbers in one part are a violation of check_locked()
    }
    for (const auto& [part, number] : closed_parts) {
      std::vector<NodeId> added;
      for (const NodeId v : part_nodes_[at(part)]) {
        if (problem_.locked[at(v)] != number) added.push_back(v);
      }
      if (added.empty()) continue;
      const auto count = static_cast<std::int64_t>(added.size());
      const std::string name = std::to_string(number);
      std::string english = "part " + std::to_string(part) + " is closed, being locked to " + name +
                            ", and holds further nodes: " + list(added, Language::en);
      std::string chinese = "网格 " + std::to_string(part) + "（锁定为 " + name + "）不得增加，却含有其他节点：" +
                            list(added, Language::zh);
      add(ViolationKind::closed, part, std::move(added), count, std::move(english), std::move(chinese));
    }
  }

  void sum_objective() {
    std::vector<PartId> known(labels_.begin(), labels_.end());
    for (NodeId v = 0; v < graph_.num_nodes(); ++v) {
      if (!assigned(v)) known[at(v)] = no_part;
    }
    result_.terms = objective_values(problem_, known);
    for (std::size_t t = 0; t < result_.terms.size(); ++t) {
      result_.objective += problem_.objective[t].weight * result_.terms[t];
    }
  }

  const Problem& problem_;
  const Graph& graph_;
  std::span<const PartId> labels_;
  std::vector<std::vector<NodeId>> part_nodes_;
  PartId num_labels_{0};       // one more than the largest number of a part
  bool keeps_numbers_{false};  // numbers are last year's and may be left out
  Certificate result_;
};

}  // namespace

std::string_view to_string(ViolationKind kind) noexcept {
  switch (kind) {
    case ViolationKind::unassigned:
      return "unassigned";
    case ViolationKind::unknown_label:
      return "unknown_label";
    case ViolationKind::part_count:
      return "part_count";
    case ViolationKind::below_lower:
      return "below_lower";
    case ViolationKind::above_upper:
      return "above_upper";
    case ViolationKind::not_contiguous:
      return "not_contiguous";
    case ViolationKind::together:
      return "together";
    case ViolationKind::apart:
      return "apart";
    case ViolationKind::locked:
      return "locked";
    case ViolationKind::balance:
      return "balance";
    case ViolationKind::closed:
      break;
  }
  return "closed";
}

Certificate certify(const Problem& problem, std::span<const PartId> labels) {
  problem.validate();
  detail::check_length("labels", labels.size(), at(problem.graph->num_nodes()));
  return Check(problem, labels).run();
}

}  // namespace shequ

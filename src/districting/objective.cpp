// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/objective.hpp"

#include <cstddef>
#include <string_view>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ {
namespace {

using detail::at;

/// Value of one objective of a plan, from scratch.
class Evaluation {
 public:
  Evaluation(const Problem& problem, std::span<const PartId> labels) : problem_(problem), labels_(labels) {}

  std::int64_t operator()(const objective::CutEdges& /*of*/) const {
    std::int64_t count = 0;
    for (EdgeId e = 0; e < graph().num_edges(); ++e) count += cut(e) ? 1 : 0;
    return count;
  }
  std::int64_t operator()(const objective::SharedPerimeter& of) const {
    std::int64_t length = 0;
    for (EdgeId e = 0; e < graph().num_edges(); ++e) length += cut(e) ? of.lengths[at(e)] : 0;
    return length;
  }
  template <class Other>
  std::int64_t operator()(const Other& /*of*/) const {
    return 0;
  }

 private:
  [[nodiscard]] const Graph& graph() const { return *problem_.graph; }
  [[nodiscard]] bool cut(EdgeId edge) const {
    return labels_[at(graph().source(edge))] != labels_[at(graph().target(edge))];
  }

  const Problem& problem_;
  std::span<const PartId> labels_;
};

}  // namespace

std::int64_t objective_value(const Objective& objective, const Problem& problem, std::span<const PartId> labels) {
  detail::check_length("labels", labels.size(), at(problem.graph->num_nodes()));
  return std::visit(Evaluation(problem, labels), objective);
}

std::vector<std::int64_t> objective_values(const Problem& problem, std::span<const PartId> labels) {
  std::vector<std::int64_t> values;
  for (const ObjectiveTerm& term : problem.objective) values.push_back(objective_value(term.of, problem, labels));
  return values;
}

std::string_view to_string(const Objective& objective) noexcept {
  constexpr std::string_view names[] = {"cut_edges",      "shared_perimeter", "polsby_popper", "reock",
                                        "inertia",        "deviation",        "part_count",    "staff",
                                        "staff_load",     "region_splits",    "disturbance",   "travel"};
  return names[objective.index()];
}

}  // namespace shequ

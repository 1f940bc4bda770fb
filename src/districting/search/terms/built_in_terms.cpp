// SPDX-License-Identifier: BSD-3-Clause
#include "built_in_terms.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace shequ::detail {

/// Makes the term of each objective, with its columns summed over the members of the component's nodes.
class BuiltInTerms::Maker {
 public:
  Maker(const Problem& problem, const Component& component, std::int64_t num_parts, std::vector<Weighted>& terms)
      : problem_(problem), component_(component), num_parts_(num_parts), terms_(terms) {}

  void add(const ObjectiveTerm& term) {
    if (term.weight == 0) return;
    weight_ = term.weight;
    std::visit(*this, term.of);
  }

  void operator()(const objective::CutEdges& /*of*/) const {}
  void operator()(const objective::SharedPerimeter& /*of*/) const {}

  void operator()(const objective::PolsbyPopper& of) const {
    NodeRows rows = sum_members(component_, 2, [&](NodeId v, std::int64_t* row) {
      row[0] += of.areas[at(v)];
      row[1] += of.outer_perimeters[at(v)];
    });
    const SearchGraph& graph = component_.graph;
    std::vector<std::int32_t> node_of(problem_.weights.size(), -1);
    for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
      for (const NodeId member : component_.members(v)) node_of[at(member)] = v;
    }
    std::vector<std::int64_t> lengths(graph.edge_costs.size(), 0);
    for (EdgeId e = 0; e < problem_.graph->num_edges(); ++e) {
      const std::int32_t a = node_of[at(problem_.graph->source(e))];
      const std::int32_t b = node_of[at(problem_.graph->target(e))];
      if (a == b) continue;
      if (a >= 0 && b >= 0) {
        lengths[at(graph.find_edge(a, b))] += of.lengths[at(e)];
      } else {
        rows.row(std::max(a, b))[1] += of.lengths[at(e)];  // border with a part that stays as it is
      }
    }
    terms_.push_back({PerimeterTerm(std::move(rows), std::move(lengths)), weight_});
  }

  void operator()(const objective::Reock& of) const {
    terms_.push_back({CircleTerm(component_, of.areas, of.x, of.y), weight_});
  }

  void operator()(const objective::Inertia& of) const {
    const std::span<const std::int64_t> weights = or_weights(of.weights);
    const std::int64_t origin_x = middle_of(of.x);
    const std::int64_t origin_y = middle_of(of.y);
    NodeRows rows = sum_members(component_, 4, [&](NodeId v, std::int64_t* row) {
      const std::int64_t weight = weights[at(v)];
      const std::int64_t x = of.x[at(v)] - origin_x;
      const std::int64_t y = of.y[at(v)] - origin_y;
      row[0] += weight;
      row[1] += weight * x;
      row[2] += weight * y;
      row[3] += weight * (x * x + y * y);
    });
    terms_.push_back({SumTerm<InertiaOfPart>(std::move(rows), {}), weight_});
  }

  void operator()(const objective::Deviation& of) const {
    const std::span<const std::int64_t> weights = or_weights(of.weights);
    const std::int64_t total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    const DeviationOfPart of_part{of.target.value_or(total / std::max<std::int64_t>(1, num_parts_))};
    NodeRows rows = sum_column(component_, weights);
    if (of.norm == objective::Norm::sum) {
      terms_.push_back({SumTerm<DeviationOfPart>(std::move(rows), of_part), weight_});
    } else {
      terms_.push_back({MaxTerm<DeviationOfPart>(std::move(rows), of_part), weight_});
    }
  }

  void operator()(const objective::PartCount& /*of*/) const {
    terms_.push_back({SumTerm<OneOfPart>(sum_column(component_, problem_.weights), {}), weight_});
  }

  void operator()(const objective::Staff& of) const {
    terms_.push_back({SumTerm<PostsOfPart>(sum_column(component_, or_weights(of.households)), {of.rule}), weight_});
  }

  void operator()(const objective::StaffLoad& of) const {
    terms_.push_back({MaxTerm<LoadOfPart>(sum_column(component_, or_weights(of.households)), {of.rule}), weight_});
  }

  void operator()(const objective::RegionSplits& of) const {
    terms_.push_back({RegionTerm(component_, of.region), weight_});
  }

  void operator()(const objective::Disturbance& of) const {
    const std::span<const std::int64_t> weights = or_weights(of.weights);
    terms_.push_back({DisturbanceTerm(component_, of.previous, weights), weight_});
  }

  void operator()(const objective::Travel& of) const {
    const std::size_t centres = at(of.centres);
    NodeRows rows = sum_members(component_, centres, [&](NodeId v, std::int64_t* row) {
      for (std::size_t c = 0; c < centres; ++c) row[c] += of.distances[at(v) * centres + c];
    });
    terms_.push_back({SumTerm<TravelOfPart>(std::move(rows), {centres}), weight_});
  }

 private:
  [[nodiscard]] std::span<const std::int64_t> or_weights(const std::vector<std::int64_t>& column) const {
    return column.empty() ? problem_.weights : column;
  }

  const Problem& problem_;
  const Component& component_;
  std::int64_t num_parts_;
  std::vector<Weighted>& terms_;
  std::int64_t weight_{1};
};

BuiltInTerms::BuiltInTerms(const Problem& problem, const Component& component, std::int64_t num_parts) {
  Maker maker(problem, component, num_parts, terms_);
  for (const ObjectiveTerm& term : problem.objective) maker.add(term);
}

BuiltInTerms BuiltInTerms::coarsened(const SearchGraph& fine, const CoarseGraph& to) const {
  BuiltInTerms coarse;
  for (const auto& [term, weight] : terms_) {
    std::visit([&](const auto& t) { coarse.terms_.push_back({t.coarsened(fine, to), weight}); }, term);
  }
  return coarse;
}

std::int64_t BuiltInTerms::times_the_steps() const noexcept {
  // Circles cost more than all others together. Staff falls by 0.5% from 4 to 16 times the steps (tracts as grids).
  const bool has_circles = std::any_of(terms_.begin(), terms_.end(), [](const Weighted& weighted) {
    return std::holds_alternative<CircleTerm>(weighted.term);
  });
  return has_circles ? 4 : 16;
}

void BuiltInTerms::reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts) {
  for (Weighted& w : terms_) std::visit([&](auto& term) { term.reset(graph, labels, num_parts); }, w.term);
}

std::int64_t BuiltInTerms::value() const {
  std::int64_t value = 0;
  for (const auto& [term, weight] : terms_) {
    value += weight * std::visit([](const auto& t) { return t.value(); }, term);
  }
  return value;
}

std::int64_t BuiltInTerms::energy() const {
  std::int64_t energy = 0;
  for (const auto& [term, weight] : terms_) {
    energy += weight * std::visit([](const auto& t) { return t.energy(); }, term);
  }
  return energy;
}

std::int64_t BuiltInTerms::change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
  std::int64_t change = 0;
  for (const auto& [term, weight] : terms_) {
    change += weight * std::visit([&](const auto& t) { return t.change(labels, node, part); }, term);
  }
  return change;
}

void BuiltInTerms::move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
  for (Weighted& w : terms_) std::visit([&](auto& term) { term.move(labels, node, part); }, w.term);
}

bool has_built_in_terms(const Problem& problem) {
  return std::any_of(problem.objective.begin(), problem.objective.end(), [](const ObjectiveTerm& term) {
    return term.weight > 0 && !std::holds_alternative<objective::CutEdges>(term.of) &&
           !std::holds_alternative<objective::SharedPerimeter>(term.of);
  });
}

bool depends_on_part_count(const Problem& problem) {
  return std::any_of(problem.objective.begin(), problem.objective.end(), [](const ObjectiveTerm& term) {
    const bool counts = std::holds_alternative<objective::PartCount>(term.of) ||
                        std::holds_alternative<objective::Staff>(term.of) ||
                        std::holds_alternative<objective::StaffLoad>(term.of);
    return counts && term.weight > 0;
  });
}

}  // namespace shequ::detail

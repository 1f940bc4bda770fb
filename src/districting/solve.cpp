// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/solve.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "search/allocate.hpp"
#include "search/scheduler.hpp"
#include "search/terms/built_in_terms.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/districting/bound.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/diagnose.hpp"
#include "solve_options.hpp"

namespace shequ {
namespace {

using detail::at;

/// The first term that compares with last year's grids, if any.
const objective::Disturbance* find_disturbance(const Problem& problem) {
  for (const ObjectiveTerm& term : problem.objective) {
    if (const auto* disturbance = std::get_if<objective::Disturbance>(&term.of)) return disturbance;
  }
  return nullptr;
}

/// Numbers of parts that take over last year's grids where most of their weight was; the others get higher ones, in the
/// order of their first nodes. no_part for parts without nodes.
std::vector<PartId> number_by_grids(const Problem& problem, const objective::Disturbance& disturbance,
                                    const std::vector<PartId>& labels, PartId num_parts) {
  const std::vector<std::int64_t>& weights = disturbance.weights.empty() ? problem.weights : disturbance.weights;
  std::vector<detail::Overlap> overlaps;
  PartId next = 0;
  for (std::size_t v = 0; v < labels.size(); ++v) {
    if (disturbance.previous[v] == no_part) continue;
    overlaps.push_back({labels[v], disturbance.previous[v], weights[v]});
    next = std::max(next, disturbance.previous[v] + 1);
  }
  std::vector<PartId> numbers = detail::match_previous(std::move(overlaps), num_parts);
  for (const PartId label : labels) {
    if (numbers[at(label)] == no_part) numbers[at(label)] = next++;
  }
  return numbers;
}

std::vector<PartId> number_by_first_node(const std::vector<PartId>& labels, PartId num_parts) {
  std::vector<PartId> numbers(at(num_parts), no_part);
  PartId next = 0;
  for (const PartId label : labels) {
    if (numbers[at(label)] == no_part) numbers[at(label)] = next++;
  }
  return numbers;
}

/// Puts the components together and numbers their parts.
std::vector<PartId> combine(const Problem& problem, const std::vector<detail::Component>& components,
                            const std::vector<detail::ComponentPlan>& plans) {
  std::vector<PartId> labels(at(problem.graph->num_nodes()), no_part);
  PartId num_parts = 0;
  for (std::size_t c = 0; c < components.size(); ++c) {
    for (std::int32_t v = 0; v < components[c].graph.num_nodes(); ++v) {
      for (const NodeId member : components[c].members(v)) labels[at(member)] = num_parts + plans[c].labels[at(v)];
    }
    num_parts += plans[c].num_parts;
  }
  const objective::Disturbance* disturbance = find_disturbance(problem);
  const std::vector<PartId> numbers = disturbance != nullptr ? number_by_grids(problem, *disturbance, labels, num_parts)
                                                             : number_by_first_node(labels, num_parts);
  for (PartId& label : labels) label = numbers[at(label)];
  return labels;
}

/// Takes up what certify() found, and says what the plan is worth.
void judge(Plan& plan, Certificate&& certificate, bool infeasible) {
  plan.part_count = certificate.part_count;
  plan.part_weights = std::move(certificate.part_weights);
  plan.objective = certificate.objective;
  plan.terms = std::move(certificate.terms);
  if (infeasible) {
    plan.status = PlanStatus::infeasible;
  } else if (!certificate.ok) {
    plan.status = PlanStatus::unknown;
  } else if (plan.objective == plan.bound) {
    plan.status = PlanStatus::optimal;
    plan.stop_reason = StopReason::proven;
  } else {
    plan.status = PlanStatus::feasible;
  }
}

detail::SearchBounds search_bounds(const Problem& problem) {
  detail::SearchBounds bounds;
  bounds.columns.push_back({problem.lower, problem.upper});
  for (const Balance& balance : problem.balances) bounds.columns.push_back({balance.lower, balance.upper});
  return bounds;
}

/// Searches with the terms of each component.
template <class Terms>
class Searcher final : public detail::ComponentSearcher {
 public:
  Searcher(const Problem& problem, const std::vector<detail::Component>& components, std::vector<Terms> terms)
      : components_(components), bounds_(search_bounds(problem)), terms_(std::move(terms)) {}
  [[nodiscard]] detail::ComponentPlan search(std::size_t component, const detail::Run& run, Random& random,
                                             const detail::Poll& poll,
                                             const std::function<bool()>& stopped) const override {
    return detail::search_component(components_[component].graph, bounds_, run, terms_[component], random, poll,
                                    stopped);
  }

 private:
  const std::vector<detail::Component>& components_;
  detail::SearchBounds bounds_;
  std::vector<Terms> terms_;
};

std::unique_ptr<detail::ComponentSearcher> make_searcher(const Problem& problem,
                                                         const std::vector<detail::Component>& components,
                                                         const std::vector<detail::PartOptions>& options) {
  if (!detail::has_built_in_terms(problem)) {
    return std::make_unique<Searcher<detail::NoTerms>>(problem, components,
                                                       std::vector<detail::NoTerms>(components.size()));
  }
  std::int64_t num_parts = 0;
  for (const detail::PartOptions& option : options) num_parts += option.counts.front();
  std::vector<detail::BuiltInTerms> terms;
  for (const detail::Component& component : components) terms.emplace_back(problem, component, num_parts);
  return std::make_unique<Searcher<detail::BuiltInTerms>>(problem, components, std::move(terms));
}

/// The plan to begin from: the problem's, else last year's where the objective compares with it.
std::span<const PartId> start_plan(const Problem& problem) {
  if (!problem.start.empty()) return problem.start;
  const objective::Disturbance* disturbance = find_disturbance(problem);
  return disturbance != nullptr ? std::span<const PartId>(disturbance->previous) : std::span<const PartId>();
}

}  // namespace

Plan solve(const Problem& problem, const SolveOptions& options) {
  problem.validate();
  detail::check_options(options);
  const detail::Clock clock;
  const Diagnosis diagnosis = diagnose(problem);
  const std::vector<detail::Component> components = detail::make_components(problem);

  Plan plan;
  plan.seed = options.seed;
  const bool infeasible = diagnosis.feasible == false;
  if (!infeasible) plan.bound = lower_bound(problem).value;

  const std::vector<detail::PartOptions> part_options = detail::allocate_parts(problem, components);
  const std::unique_ptr<detail::ComponentSearcher> searcher = make_searcher(problem, components, part_options);
  const std::span<const PartId> start = start_plan(problem);
  detail::Scheduler scheduler(problem, components, part_options, *searcher, start, options, clock, plan.bound);
  plan.stop_reason = scheduler.run();
  plan.steps = scheduler.steps();
  plan.trace = scheduler.take_trace();
  plan.labels = combine(problem, components, scheduler.plans());

  Certificate certificate = certify(problem, plan.labels);
  // A plan that keeps every rule is never given up for a worse one: neither the start plan nor an obvious one.
  for (const std::span<const PartId> known :
       {std::span<const PartId>(start), std::span<const PartId>(diagnosis.plan)}) {
    if (known.empty()) continue;
    Certificate other = certify(problem, known);
    if (!other.ok || (certificate.ok && other.objective >= certificate.objective)) continue;
    plan.labels.assign(known.begin(), known.end());
    certificate = std::move(other);
  }
  judge(plan, std::move(certificate), infeasible);
  plan.elapsed_s = clock.elapsed_s();
  return plan;
}

Plan plan_of(const Problem& problem, std::vector<PartId> labels, const PlanProof& proof) {
  Plan plan;
  plan.bound = proof.bound;
  Certificate certificate = certify(problem, labels);
  plan.labels = std::move(labels);
  judge(plan, std::move(certificate), proof.infeasible);
  return plan;
}

}  // namespace shequ

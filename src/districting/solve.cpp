// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/solve.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "search/allocate.hpp"
#include "search/scheduler.hpp"
#include "shequ/detail/index.hpp"
#include "shequ/districting/bound.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/diagnose.hpp"
#include "solve_options.hpp"

namespace shequ {
namespace {

using detail::at;

/// Numbers parts by their first node and puts the components together.
std::vector<PartId> combine(const Problem& problem, const std::vector<detail::Component>& components,
                            const std::vector<detail::ComponentPlan>& plans) {
  std::vector<PartId> labels(at(problem.graph->num_nodes()), no_part);
  PartId offset = 0;
  for (std::size_t c = 0; c < components.size(); ++c) {
    for (std::int32_t v = 0; v < components[c].graph.num_nodes(); ++v) {
      for (const NodeId member : components[c].members(v)) labels[at(member)] = offset + plans[c].labels[at(v)];
    }
    offset += plans[c].num_parts;
  }
  std::vector<PartId> renumbered(at(offset), no_part);
  PartId next = 0;
  for (PartId& label : labels) {
    PartId& number = renumbered[at(label)];
    if (number == no_part) number = next++;
    label = number;
  }
  return labels;
}

/// Searches with edge costs alone.
class EdgeSearcher final : public detail::ComponentSearcher {
 public:
  EdgeSearcher(const Problem& problem, const std::vector<detail::Component>& components) : components_(components) {
    bounds_.columns.push_back({problem.lower, problem.upper});
    for (const Balance& balance : problem.balances) bounds_.columns.push_back({balance.lower, balance.upper});
  }
  [[nodiscard]] detail::ComponentPlan search(std::size_t component, const detail::Run& run, Random& random,
                                             const detail::Poll& poll,
                                             const std::function<bool()>& stopped) const override {
    return detail::search_component(components_[component].graph, bounds_, run, detail::NoTerms{}, random, poll,
                                    stopped);
  }

 private:
  const std::vector<detail::Component>& components_;
  detail::SearchBounds bounds_;
};

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

  const EdgeSearcher searcher(problem, components);
  detail::Scheduler scheduler(problem, components, detail::allocate_parts(problem, components), searcher, options,
                              clock, plan.bound);
  plan.stop_reason = scheduler.run();
  plan.steps = scheduler.steps();
  plan.trace = scheduler.take_trace();
  plan.labels = combine(problem, components, scheduler.plans());

  Certificate certificate = certify(problem, plan.labels);
  if (!problem.start.empty()) {
    // A start plan that keeps every rule is never given up for a worse one.
    Certificate start = certify(problem, problem.start);
    if (start.ok && (!certificate.ok || start.objective < certificate.objective)) {
      plan.labels = problem.start;
      certificate = std::move(start);
    }
  }
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
  plan.elapsed_s = clock.elapsed_s();
  return plan;
}

}  // namespace shequ

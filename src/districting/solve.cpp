// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/solve.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "bound_after.hpp"
#include "search/allocate.hpp"
#include "search/number_parts.hpp"
#include "search/scheduler.hpp"
#include "search/terms/built_in_terms.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/diagnose.hpp"
#include "solve_options.hpp"

namespace shequ {
namespace {

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

detail::SearchKit own_kit(const Problem& problem) {
  detail::SearchKit kit;
  kit.make_searcher = [&](const std::vector<detail::Component>& components, detail::SearchBounds bounds,
                          std::int64_t num_parts) -> std::unique_ptr<detail::ComponentSearcher> {
    if (!detail::has_built_in_terms(problem)) {
      std::vector<detail::NoTerms> none(components.size());
      return std::make_unique<detail::Searcher<detail::NoTerms>>(components, std::move(bounds), std::move(none));
    }
    std::vector<detail::BuiltInTerms> terms;
    for (const detail::Component& component : components) terms.emplace_back(problem, component, num_parts);
    return std::make_unique<detail::Searcher<detail::BuiltInTerms>>(components, std::move(bounds), std::move(terms));
  };
  return kit;
}

}  // namespace

Plan solve(const Problem& problem, const SolveOptions& options) {
  return detail::solve_with(problem, options, own_kit(problem));
}

Plan detail::solve_with(const Problem& problem, const SolveOptions& options, const SearchKit& kit) {
  problem.validate();
  detail::check_options(options);
  const detail::Clock clock;
  const Diagnosis diagnosis = diagnose(problem);
  const std::vector<detail::Component> components = detail::make_components(problem);

  Plan plan;
  plan.seed = options.seed;
  const bool infeasible = diagnosis.feasible == false;
  if (!infeasible) plan.bound = detail::lower_bound_after(problem, diagnosis, {}).value;

  const std::vector<detail::PartOptions> part_options = detail::allocate_parts(problem, components);
  std::int64_t num_parts = 0;
  for (const detail::PartOptions& option : part_options) num_parts += option.counts.front();
  const auto searcher = kit.make_searcher(components, search_bounds(problem), num_parts);
  const std::span<const PartId> start = detail::start_plan(problem);
  detail::Scheduler scheduler(problem, components, part_options, *searcher, start, options, clock, plan.bound);
  plan.stop_reason = scheduler.run();
  plan.steps = scheduler.steps();
  plan.trace = scheduler.take_trace();
  plan.labels = detail::number_parts(problem, components, scheduler.plans());

  const auto certify_with_extra = [&](std::span<const PartId> labels) {
    Certificate certificate = certify(problem, labels);
    if (kit.extra_value) {
      certificate.terms.push_back(kit.extra_value(labels));
      certificate.objective += certificate.terms.back();
    }
    return certificate;
  };
  Certificate certificate = certify_with_extra(plan.labels);
  // A plan that keeps every rule is never given up for a worse one: neither the start plan nor an obvious one.
  for (const std::span<const PartId> known :
       {std::span<const PartId>(start), std::span<const PartId>(diagnosis.plan)}) {
    if (known.empty()) continue;
    Certificate other = certify_with_extra(known);
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

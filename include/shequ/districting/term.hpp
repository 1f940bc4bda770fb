// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// Opt-in: objectives of one's own. It brings in the templates of the search, which are compiled for each term anew.

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/search/objective_terms.hpp"
#include "shequ/detail/search/searcher.hpp"
#include "shequ/districting/plan.hpp"
#include "shequ/districting/problem.hpp"
#include "shequ/districting/solve.hpp"

namespace shequ {

/// A term of the objective that a C++ program brings along: a whole number of 0 or more that a plan should make small,
/// kept up to date move by move. It is called directly, with nothing virtual in between.
///
/// The search works on connected components one at a time: `labels` has an entry for each node of the problem's graph,
/// no_part for nodes outside of the component, and the terms of all components should add up to that of the plan. Parts
/// may be empty. Copies must be independent of each other, for they work on several threads.
///
///   /// Households that lie in a part with a school.
///   struct Schools {
///     void reset(const Problem& problem, std::span<const PartId> labels, PartId num_parts);   // from scratch
///     std::int64_t value() const;                                                             // of the present plan
///     std::int64_t change(std::span<const PartId> labels, NodeId node, PartId part) const;    // if node moved to part
///     void move(std::span<const PartId> labels, NodeId node, PartId part);                    // labels are the old
///     ones
///   };
template <class T>
concept SearchTerm = std::copyable<T> && requires(T term, const T known, const Problem& problem,
                                                  std::span<const PartId> labels, NodeId node, PartId part) {
  term.reset(problem, labels, part);
  { known.value() } -> std::same_as<std::int64_t>;
  { known.change(labels, node, part) } -> std::same_as<std::int64_t>;
  term.move(labels, node, part);
};

namespace detail {

/// The problem's own terms and one of the user's, in one component. On coarser pictures of the graph, where a node
/// stands for several, the user's is silent.
template <SearchTerm Term>
class UserTerms {
 public:
  static constexpr bool active = true;
  [[nodiscard]] static constexpr std::int64_t times_the_steps() noexcept { return 4; }

  UserTerms(const Problem& problem, const Component& component, std::int64_t num_parts, Term term)
      : problem_(&problem), component_(&component), own_(problem, component, num_parts), term_(std::move(term)) {}

  [[nodiscard]] UserTerms coarsened(const SearchGraph& fine, const CoarseGraph& to) const {
    return UserTerms(problem_, nullptr, own_.coarsened(fine, to), term_);
  }

  void reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts) {
    own_.reset(graph, labels, num_parts);
    if (component_ == nullptr) return;
    plan_.assign(problem_->weights.size(), no_part);
    for (std::int32_t v = 0; v < graph.num_nodes(); ++v) {
      for (const NodeId member : component_->members(v)) plan_[at(member)] = labels[at(v)];
    }
    term_.reset(*problem_, plan_, num_parts);
  }
  [[nodiscard]] std::int64_t value() const { return own_.value() + (component_ == nullptr ? 0 : term_.value()); }
  [[nodiscard]] std::int64_t energy() const { return own_.energy() + (component_ == nullptr ? 0 : term_.value()); }

  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
    const std::int64_t own = own_.change(labels, node, part);
    if (component_ == nullptr) return own;
    const std::span<const NodeId> members = component_->members(node);
    if (members.size() == 1) return own + term_.change(plan_, members.front(), part);
    // Nodes that stay together: what one makes better the next may make worse.
    Term probe = term_;
    std::vector<PartId> plan = plan_;
    for (const NodeId member : members) {
      probe.move(plan, member, part);
      plan[at(member)] = part;
    }
    return own + probe.value() - term_.value();
  }

  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
    own_.move(labels, node, part);
    if (component_ == nullptr) return;
    for (const NodeId member : component_->members(node)) {
      term_.move(plan_, member, part);
      plan_[at(member)] = part;
    }
  }

 private:
  UserTerms(const Problem* problem, const Component* component, ObjectiveTerms own, Term term)
      : problem_(problem), component_(component), own_(std::move(own)), term_(std::move(term)) {}

  const Problem* problem_;
  const Component* component_;  // none on a coarser picture
  ObjectiveTerms own_;
  Term term_;
  std::vector<PartId> plan_;
};

}  // namespace detail

/// As solve(problem, options), with `term` added to the problem's objective. Plan::objective is the sum of both, and
/// the last entry of Plan::terms is the term's value, computed from scratch. Throws InvalidInput where that is
/// negative.
template <SearchTerm Term>
[[nodiscard]] Plan solve(const Problem& problem, const Term& term, const SolveOptions& options = {}) {
  detail::SearchKit kit;
  kit.make_searcher = [&](const std::vector<detail::Component>& components, detail::SearchBounds bounds,
                          std::int64_t num_parts) -> std::unique_ptr<detail::ComponentSearcher> {
    std::vector<detail::UserTerms<Term>> terms;
    for (const detail::Component& component : components) terms.emplace_back(problem, component, num_parts, term);
    return std::make_unique<detail::Searcher<detail::UserTerms<Term>>>(components, std::move(bounds), std::move(terms));
  };
  kit.extra_value = [&](std::span<const PartId> labels) {
    Term whole = term;
    const PartId most = labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end()) + 1;
    whole.reset(problem, labels, most);
    if (whole.value() < 0) detail::throw_argument("value of the term", whole.value(), "0 or more", "大于或等于 0");
    return whole.value();
  };
  return detail::solve_with(problem, options, kit);
}

}  // namespace shequ

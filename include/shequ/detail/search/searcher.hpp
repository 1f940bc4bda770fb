// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "shequ/detail/search/components.hpp"
#include "shequ/detail/search/multilevel.hpp"
#include "shequ/districting/plan.hpp"
#include "shequ/districting/solve.hpp"

namespace shequ::detail {

/// One run of the search on one component; what it returns depends on its arguments only.
class ComponentSearcher {
 public:
  ComponentSearcher() = default;
  ComponentSearcher(const ComponentSearcher&) = delete;
  ComponentSearcher& operator=(const ComponentSearcher&) = delete;
  virtual ~ComponentSearcher() = default;
  [[nodiscard]] virtual ComponentPlan search(std::size_t component, const Run& run, Random& random, const Poll& poll,
                                             const std::function<bool()>& stopped) const = 0;
  /// Whether the objective is more than cut edges, and plans take longer to find.
  [[nodiscard]] virtual bool has_terms() const noexcept = 0;
  /// How many times the usual steps the terms need, and are quick enough for.
  [[nodiscard]] virtual std::int64_t times_the_steps() const noexcept = 0;
};

/// Searches with the terms of each component.
template <class Terms>
class Searcher final : public ComponentSearcher {
 public:
  Searcher(const std::vector<Component>& components, SearchBounds bounds, std::vector<Terms> terms)
      : components_(components), bounds_(std::move(bounds)), terms_(std::move(terms)) {}
  [[nodiscard]] ComponentPlan search(std::size_t component, const Run& run, Random& random, const Poll& poll,
                                     const std::function<bool()>& stopped) const override {
    return search_component(components_[component].graph, bounds_, run, terms_[component], random, poll, stopped);
  }
  [[nodiscard]] bool has_terms() const noexcept override { return Terms::active; }
  [[nodiscard]] std::int64_t times_the_steps() const noexcept override {
    return terms_.empty() ? 1 : terms_.front().times_the_steps();
  }

 private:
  const std::vector<Component>& components_;
  SearchBounds bounds_;
  std::vector<Terms> terms_;
};

/// What solve() needs to know of an objective: how to search one component, and what the whole of a plan is worth
/// beside the problem's own objective.
struct SearchKit {
  /// `num_parts`: of the whole plan, as far as known.
  std::function<std::unique_ptr<ComponentSearcher>(const std::vector<Component>& components, SearchBounds bounds,
                                                   std::int64_t num_parts)>
      make_searcher;
  std::function<std::int64_t(std::span<const PartId> labels)> extra_value{};  ///< none: nothing beside it
};

[[nodiscard]] Plan solve_with(const Problem& problem, const SolveOptions& options, const SearchKit& kit);

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "circle_term.hpp"
#include "disturbance_term.hpp"
#include "max_term.hpp"
#include "part_functions.hpp"
#include "part_sums.hpp"
#include "perimeter_term.hpp"
#include "region_term.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::detail {

/// The terms of a problem's objective that are no sums over cut edges, in one component: each keeps what it needs up to
/// date, so that a move costs about as much as it touches.
class BuiltInTerms {
 public:
  static constexpr bool active = true;
  [[nodiscard]] std::int64_t times_the_steps() const noexcept;

  /// `num_parts`: of the whole plan, as far as known, for targets that depend on it.
  BuiltInTerms(const Problem& problem, const Component& component, std::int64_t num_parts);

  /// The same terms on a coarser picture of the graph.
  [[nodiscard]] BuiltInTerms coarsened(const SearchGraph& fine, const CoarseGraph& to) const;

  void reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts);
  /// Weighted sum of the terms.
  [[nodiscard]] std::int64_t value() const;
  /// What the search makes small: the value, or what leads to a small one.
  [[nodiscard]] std::int64_t energy() const;
  /// Change of energy() if `node` moved to `part`.
  [[nodiscard]] std::int64_t change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const;
  /// Called before the label changes.
  void move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part);

 private:
  using Term = std::variant<SumTerm<InertiaOfPart>, SumTerm<DeviationOfPart>, SumTerm<OneOfPart>, SumTerm<PostsOfPart>,
                            SumTerm<TravelOfPart>, MaxTerm<DeviationOfPart>, MaxTerm<LoadOfPart>, PerimeterTerm,
                            CircleTerm, RegionTerm, DisturbanceTerm>;
  struct Weighted {
    Term term;
    std::int64_t weight;
  };
  class Maker;
  BuiltInTerms() = default;

  std::vector<Weighted> terms_;
};

/// Whether an objective has terms that BuiltInTerms stand for.
[[nodiscard]] bool has_built_in_terms(const Problem& problem);

/// Whether the objective speaks for more or fewer parts, so that the search should try.
[[nodiscard]] bool depends_on_part_count(const Problem& problem);

}  // namespace shequ::detail

// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "shequ/fwd.hpp"
#include "shequ/rules/staffing.hpp"

namespace shequ {

/// What a plan can be asked to make small. Every value is a whole number of 0 or more, the same for every way of
/// numbering the parts (but for Disturbance, where the numbers mean last year's grids), and is computed from sums over
/// parts that a move of one node changes in few places.
///
/// Coordinates are whole numbers of a unit of the user's, metres or decimetres, within +-10^9; areas are in its square.
namespace objective {

/// Number of edges between parts: compact parts, few streets crossed.
struct CutEdges {};

/// Sum of `lengths` over edges between parts.
struct SharedPerimeter {
  std::vector<std::int64_t> lengths;  ///< one an edge, 0 to 10^12
};

/// How far parts are from circles of their perimeter: sum over parts of 10^6 (1 - 4 pi area / perimeter^2), each
/// rounded, 0 where that is negative and where there is no perimeter. D. D. Polsby, R. D. Popper, "The Third
/// Criterion", Yale Law & Policy Review 9, 1991.
struct PolsbyPopper {
  std::vector<std::int64_t> areas;             ///< one a node, 0 to 10^12
  std::vector<std::int64_t> outer_perimeters;  ///< of each node: border that no edge stands for, 0 to 10^12
  std::vector<std::int64_t> lengths;           ///< border that each edge stands for, 0 to 10^12
};

/// How little of the smallest circle around a part's points it fills: sum over parts of 10^6 (1 - area / circle),
/// each rounded, 0 where the circle is smaller than the area. E. C. Reock, "A Note: Measuring Compactness as a
/// Requirement of Legislative Apportionment", Midwest Journal of Political Science 5, 1961, doi:10.2307/2109043.
struct Reock {
  std::vector<std::int64_t> areas;  ///< one a node
  std::vector<std::int64_t> x;      ///< centre of each node
  std::vector<std::int64_t> y;
};

/// Moment of inertia: sum over nodes of weight times squared distance to the centre of gravity of its part, rounded for
/// each part. J. B. Weaver, S. W. Hess, "A Procedure for Nonpartisan Districting", Yale Law Journal 73, 1963.
struct Inertia {
  std::vector<std::int64_t> weights;  ///< one a node; empty: Problem::weights
  std::vector<std::int64_t> x;
  std::vector<std::int64_t> y;
};

/// How a deviation of several parts counts: all of them, or the largest.
enum class Norm : std::uint8_t { sum, max };

/// Deviation of the parts' sums of a column from a target: of households, or of a workload that counts residents of
/// several categories by what each costs.
struct Deviation {
  std::vector<std::int64_t> weights;     ///< one a node; empty: Problem::weights
  std::optional<std::int64_t> target{};  ///< none: total of all parts / their number, rounded down
  Norm norm{Norm::sum};
};

/// Number of parts.
struct PartCount {};

/// Posts of all parts under a rule: it pays to stop just below a step.
struct Staff {
  StaffingRule rule{};
  std::vector<std::int64_t> households;  ///< one a node; empty: Problem::weights
};

/// Households that one post of the busiest part serves: largest 1000 * households / posts, rounded down.
struct StaffLoad {
  StaffingRule rule{};                   ///< of 1 post or more for the smallest part
  std::vector<std::int64_t> households;  ///< one a node; empty: Problem::weights
};

/// How often regions (compounds, streets, communities) are split: number of parts that each region lies in, less one.
struct RegionSplits {
  std::vector<std::int32_t> region;  ///< of each node, from 0; -1: in none
};

/// Weight that does not stay where it was last year: sum of weights of the nodes whose part has another number than
/// `previous` says. Part numbers then mean last year's grids: a number may be left out (a grid that was dissolved), and
/// new grids have higher ones.
struct Disturbance {
  std::vector<PartId> previous;       ///< last year's grid of each node, to 999,999; -1: a new node, never counted
  std::vector<std::int64_t> weights;  ///< one a node; empty: Problem::weights
};

/// Distance travelled to a centre: each part is served from the one of `centres` places that makes the sum over its
/// nodes of their distances to it least.
struct Travel {
  std::int32_t centres{};               ///< number of places
  std::vector<std::int64_t> distances;  ///< of node v to place c at [v * centres + c], 0 to 10^12, weighted or not
};

}  // namespace objective

using Objective =
    std::variant<objective::CutEdges, objective::SharedPerimeter, objective::PolsbyPopper, objective::Reock,
                 objective::Inertia, objective::Deviation, objective::PartCount, objective::Staff, objective::StaffLoad,
                 objective::RegionSplits, objective::Disturbance, objective::Travel>;

/// One term of a problem's objective: `weight` times the value of `of`.
struct ObjectiveTerm {
  Objective of{};
  std::int64_t weight{1};  ///< 0 to 10^6
};

/// Name of an objective as Python calls it, for example "cut_edges".
[[nodiscard]] std::string_view to_string(const Objective& objective) noexcept;

}  // namespace shequ

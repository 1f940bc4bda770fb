// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "shequ/districting/problem.hpp"

namespace shequ {

/// How many plans to list at most, and how to end a listing early.
struct EnumerateOptions {
  std::int64_t limit{1'000'000};                 ///< most plans to visit, 1 or more
  std::stop_token stop{};                        ///< polled every few hundred steps
  std::function<void(std::int64_t)> progress{};  ///< told the number of plans so far on the calling thread, at most
                                                 ///< every 50 ms
};

/// How an enumeration ended.
struct Enumeration {
  std::int64_t count{};  ///< plans visited
  bool complete{};       ///< these are all there are; false: the limit, `stop` or the visitor ended it before that was
                         ///< known
};

/// Calls `visit` once with the labels of every plan that keeps all rules of `problem`, its parts numbered by first
/// node, and ends where it returns false. Plans that differ in numbers only are one plan, also where
/// objective::Disturbance gives numbers a meaning. The objective plays no part, and the order of the plans depends on
/// nothing but the problem.
///
/// Meant for tiny graphs, as an oracle: parts are grown one after the other from the lowest node that is in none, each
/// connected set once, and given up as soon as what is left over cannot be divided. The time grows exponentially with
/// the nodes all the same: a grid of 6 x 6 blocks has 451,206 divisions into 6 parts of 6. The memory does not:
/// O(nodes + edges).
/// Throws InvalidInput for a problem that validate() refuses and for a limit below 1.
Enumeration for_each_plan(const Problem& problem, const std::function<bool(std::span<const PartId>)>& visit,
                          const EnumerateOptions& options = {});

/// All plans that keep the rules, one after the other.
struct PlanList {
  std::vector<PartId> labels;  ///< plan i has node v in part labels[i * num_nodes + v], parts numbered by first node
  std::int64_t count{};        ///< number of plans
  bool complete{};             ///< there are no others; false: ended by the limit or by `stop`
};

/// The plans that for_each_plan visits, in its order.
[[nodiscard]] PlanList enumerate_plans(const Problem& problem, const EnumerateOptions& options = {});

}  // namespace shequ

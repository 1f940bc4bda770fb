# SPDX-License-Identifier: BSD-3-Clause
"""Steps of a re-partition with least disturbance: search, proof, and fewer borders among plans that move as few."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from shequ._errors import optional_import
from shequ._problem import Problem
from shequ.districting import PlanStatus, certify, solve

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["count_moved", "proved", "search"]


def count_moved(labels: NDArray[np.int32], before: NDArray[np.int32], weights: NDArray[np.int64]) -> int:
    return int(weights[(before >= 0) & (labels != before)].sum())


def _stays(labels: NDArray[np.int32], fixed: dict[int, int]) -> bool:
    return all(int(labels[i]) == label for i, label in fixed.items())


def search(
    problem: Problem, before: NDArray[np.int32], fixed: dict[int, int], seed: int, time_limit_s: float
) -> tuple[NDArray[np.int32] | None, int, str]:
    """Return the best plan that keeps the rules, a bound on what moves, and what is proven."""
    plan = solve(problem, seed=seed, time_limit_s=0.5 * time_limit_s)
    if plan.status == PlanStatus.INFEASIBLE:
        return None, 0, "infeasible"
    household, building = (weight for _, weight in problem.objective[:2])
    # what buildings and borders cost at most; the rest of the bound is for households
    others = building * problem.graph.num_nodes + problem.graph.num_edges
    bound = 0 if plan.bound is None else max(0, -((others - plan.bound) // household))
    # a plan that moves what is locked may cost more than all there is to move, and proves nothing then
    bound = min(bound, int(problem.weights[before >= 0].sum()))
    kept = certify(problem, plan).ok and _stays(plan.labels, fixed)
    return (np.array(plan.labels) if kept else None), bound, "feasible" if kept else "unknown"


def proved(
    make: Callable[[NDArray[np.int32]], Problem],
    before: NDArray[np.int32],
    size: tuple[int, int],
    num_labels: int,
    fixed: dict[int, int],
    closed: list[int],
    best: NDArray[np.int32] | None,
    bound: int,
    *,
    end: float,
    seed: int,
) -> tuple[NDArray[np.int32] | None, int, str]:
    from shequ._repartition_exact import StayModel

    with optional_import("repartition(prove=True)", "highspy", "'shequ[exact]'"):
        import highspy
    problem = make(before)
    graph, weights = problem.graph, problem.weights
    neighbours: list[list[int]] = [[] for _ in range(graph.num_nodes)]
    for a, b in [*graph.edges.tolist(), *problem.arguments["links"]]:
        neighbours[a].append(b)
        neighbours[b].append(a)
    model = StayModel(
        highspy,
        neighbours,
        weights,
        before,
        lower=size[0],
        upper=size[1],
        num_labels=num_labels,
        fixed=fixed,
        closed=closed,
    )
    model.run(end, best)
    if model.infeasible:
        return None, 0, "infeasible"
    bound = max(bound, model.bound)
    if model.labels is not None and certify(problem, model.labels).ok and _stays(model.labels, fixed):
        best = _tidied(make(model.labels), model.labels, before, fixed, seed)
    if best is None:
        return None, bound, "unknown"
    if model.finished:
        bound = count_moved(best, before, weights)
    return best, bound, "feasible"


def _tidied(
    problem: Problem, labels: NDArray[np.int32], before: NDArray[np.int32], fixed: dict[int, int], seed: int
) -> NDArray[np.int32]:
    """Return a plan that moves as few and has no more borders, from a problem that starts with `labels`."""
    plan = solve(problem, seed=seed, time_limit_s=1.0)
    tidy, weights = np.array(plan.labels), problem.weights
    better = count_moved(tidy, before, weights) <= count_moved(labels, before, weights)
    better = better and certify(problem, plan).ok and _stays(tidy, fixed)
    return tidy if better else labels

# SPDX-License-Identifier: BSD-3-Clause
"""Divide a graph into connected parts within bounds: state a problem, diagnose it, solve it, certify the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shequ import _core
from shequ._core import (
    Diagnosis,
    Plan,
    PlanStatus,
    Reason,
    ReasonKind,
    Relaxation,
    SolveProgress,
    StopReason,
    TracePoint,
    Violation,
    ViolationKind,
    bounds_within,
    part_count_range,
)
from shequ._errors import InvalidInputError
from shequ._problem import Problem
from shequ._problem_inputs import (
    MAX_INT32,
    MAX_INT64,
    check_type,
    node_labels,
    whole,
)
from shequ._problem_rules import Balance
from shequ.certificate import Certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from shequ._problem import Labels

__all__ = [
    "Balance",
    "Certificate",
    "Diagnosis",
    "Plan",
    "PlanStatus",
    "Problem",
    "Reason",
    "ReasonKind",
    "Relaxation",
    "SolveProgress",
    "StopReason",
    "TracePoint",
    "Violation",
    "ViolationKind",
    "bounds_within",
    "certify",
    "diagnose",
    "part_count_range",
    "solve",
    "solve_many",
]


def diagnose(problem: Problem) -> Diagnosis:
    """Look for proofs that a problem has no answer, without searching.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Diagnosis
        `feasible` False with `reasons` and the smallest `relaxations` that remove them all, True where a plan is
        obvious, None where neither is proven; `parts_range`, `component_count`.

    Notes
    -----
    Nearly linear in nodes, edges and rules. The arguments are counting ones: a node above the upper bound, a component
    below the lower, no whole number of parts for a component's weight or a balance, groups and locks too heavy or torn,
    too many nodes that must be apart; and what hangs on cut vertices, where it is too light for parts of its own.

    Examples
    --------
    >>> import shequ
    >>> path = shequ.Graph.from_edges(55, [(i, i + 1) for i in range(54)])
    >>> found = shequ.diagnose(shequ.Problem(path, weights=[10] * 55, lower=300, upper=500))
    >>> found.feasible, [relaxation.message() for relaxation in found.relaxations]
    (False, ['lower=270', 'upper=550'])
    """
    check_type(problem, "problem", Problem)
    return _core.diagnose(problem.core)


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit_s: float = 10.0,
    steps: int | None = None,
    threads: int = 1,
    target: int | None = None,
    term: Callable[[NDArray[np.int32]], int] | None = None,
    progress: Callable[[SolveProgress], object] | None = None,
) -> Plan:
    """Divide the graph into connected parts within the bounds and make the objective small.

    Parameters
    ----------
    problem : Problem
    seed : int, default 0
        0 to 2^64 - 1. The same problem, seed and steps give the same labels on every machine and number of threads,
        as long as neither the time limit nor an interrupt ended the search.
    time_limit_s : float, default 10.0
        Wall time, seconds, 0 or more.
    steps : int, optional
        Search steps, 1 or more; None for a number that suits the problem, and more while bounds are broken.
    threads : int, default 1
        1 to 1024. Changes the time only.
    target : int, optional
        End as soon as a plan within the rules has this objective or less. Until then the search uses all of its steps,
        where it would else end when several runs have found the same.
    term : callable, optional
        A further term of the objective: given labels (int32, shape (n_nodes,), -1 for nodes of other connected
        components), it returns a whole number of 0 or more, which is added to the problem's objective and stands last
        in `Plan.terms`. It is called for every move that is judged, some 10,000 to a million times: slow, where the
        terms of `shequ.objectives` take nanoseconds. It must not keep the array.
    progress : callable, optional
        Called with a `SolveProgress` at most every 50 ms.

    Returns
    -------
    Plan
        Always; see `Plan.status`. Ctrl-C ends the search and returns the best plan so far with `stop_reason`
        ``INTERRUPTED``.

    Raises
    ------
    InvalidInputError
        For an option out of range.

    Notes
    -----
    Parts grown by cutting random spanning trees, then simulated annealing by flips and short chains of flips that
    keep parts connected, and heat-bath re-divisions of two adjacent parts along random spanning trees; bounds enter
    as a concave penalty. Restarts are independent tasks, the best of which is taken.
    """
    check_type(problem, "problem", Problem)
    if whole(seed, "seed", 2**64 - 1) < 0:
        raise InvalidInputError(f"seed={seed} must be 0 or more", f"seed={seed} 必须大于或等于 0")
    return _core.solve(
        problem.core,
        seed=int(seed),
        time_limit_s=time_limit_s,
        steps=None if steps is None else whole(steps, "steps", MAX_INT64),
        threads=whole(threads, "threads", MAX_INT32),
        target=None if target is None else whole(target, "target", MAX_INT64),
        term=term,
        progress=progress,
    )


def solve_many(
    problems: Iterable[Problem],
    *,
    seed: int = 0,
    time_limit_s: float = 10.0,
    steps: int | None = None,
    threads: int = 1,
    progress: Callable[[SolveProgress], object] | None = None,
) -> list[Plan]:
    """Solve problems that have nothing to do with each other, such as the communities of a city, several at a time.

    Parameters
    ----------
    problems : iterable of Problem
    seed : int, default 0
        0 to 2^64 - 1, of each problem.
    time_limit_s : float, default 10.0
        Wall time of each problem, seconds, 0 or more.
    steps : int, optional
        Search steps of each problem, 1 or more; None for numbers that suit the problems.
    threads : int, default 1
        1 to 1024: how many problems at a time. Changes the time only.
    progress : callable, optional
        Called with a `SolveProgress` at most every 50 ms: `fraction` of all problems and `steps` of all; its
        `objective` and `violation` are those of one problem.

    Returns
    -------
    list of Plan
        Plan i is what ``solve(problems[i])`` gives with the same options. After Ctrl-C the problems that are left are
        answered with little search.

    Raises
    ------
    InvalidInputError
        For an option out of range.

    Examples
    --------
    >>> import shequ
    >>> lanes = [shequ.Graph.from_edges(n, [(i, i + 1) for i in range(n - 1)]) for n in (6, 9)]
    >>> problems = [shequ.Problem(lane, weights=[1] * lane.num_nodes, lower=3, upper=3) for lane in lanes]
    >>> [plan.part_count for plan in shequ.solve_many(problems, threads=2)]
    [2, 3]
    """
    given = list(problems)
    for i, problem in enumerate(given):
        check_type(problem, f"problems[{i}]", Problem)
    if whole(seed, "seed", 2**64 - 1) < 0:
        raise InvalidInputError(f"seed={seed} must be 0 or more", f"seed={seed} 必须大于或等于 0")
    return _core.solve_many(
        [problem.core for problem in given],
        seed=int(seed),
        time_limit_s=time_limit_s,
        steps=None if steps is None else whole(steps, "steps", MAX_INT64),
        threads=whole(threads, "threads", MAX_INT32),
        progress=progress,
    )


def certify(problem: Problem, labels: Plan | Labels) -> Certificate:
    """Check a plan against every rule of its problem, by code that shares nothing with the search.

    Parameters
    ----------
    problem : Problem
    labels : array_like of int, shape (n_nodes,), mapping of id to int, or Plan
        Part of each node, 0 to number of parts - 1; -1 or absent: in no part.

    Returns
    -------
    Certificate
        `ok`, `violations` with nodes and amounts, `objective` and its `terms` recomputed, `part_weights`. Its `write`
        makes a file that ``python -m shequ.certify`` checks with networkx alone.

    Raises
    ------
    InvalidInputError
        Where labels have another length or type.
    """
    check_type(problem, "problem", Problem)
    claims = None
    if isinstance(labels, Plan):
        status = labels.status.name.lower()
        claims = {"status": status, "bound": labels.bound, "seed": labels.seed, "steps": labels.steps}
    return Certificate(problem, node_labels(problem.graph, labels, "labels"), claims)

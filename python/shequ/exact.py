# SPDX-License-Identifier: BSD-3-Clause
"""Solve small districting problems to a proof of optimality, by mixed-integer programming with HiGHS."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from shequ import _core
from shequ._errors import InvalidInputError, optional_import
from shequ._exact_groups import Groups
from shequ._exact_model import Model
from shequ._exact_search import Search
from shequ._problem_inputs import MAX_INT32, check_type, node_labels, whole, whole_column
from shequ.bound import lower_bound
from shequ.districting import Plan, Problem, StopReason, certify, diagnose
from shequ.districting import solve as search

if TYPE_CHECKING:
    from types import ModuleType

    import numpy as np
    from numpy.typing import NDArray

    from shequ._problem import Labels

__all__ = ["solve"]

_MOST_BOUND_S = 2.0  # for the combinatorial bound, which finds most of what it finds soon


def solve(
    problem: Problem, *, start: Plan | Labels | None = None, time_limit_s: float = 60.0, threads: int = 1
) -> Plan:
    """Find a best plan and prove that there is none better, or narrow the gap within the time.

    Parameters
    ----------
    problem : Problem
        With an objective of "cut_edges", "shared_perimeter", "staff" and "part_count", alone or as a weighted sum.
        Small: a few hundred nodes and a few parts, or a few dozen nodes and any number.
    start : Plan, mapping of id to int, or array_like of int, shape (n_nodes,), optional
        Plan to improve on; None: that of `shequ.solve` within a tenth of the time. One that breaks rules is answered,
        where nothing better is found, but does not help.
    time_limit_s : float, default 60.0
        Wall time, seconds, 0 to 10^9.
    threads : int, default 1
        Of HiGHS, 1 to 1024.

    Returns
    -------
    Plan
        `status` ``OPTIMAL`` with `bound` equal to `objective`; ``FEASIBLE`` with the bound proven so far, see
        `Plan.gap`; ``INFEASIBLE`` where it is proven that there is no plan; ``UNKNOWN`` where neither a plan nor a proof
        was found. Ctrl-C ends the search and returns the best plan so far with `stop_reason` ``INTERRUPTED``.

    Raises
    ------
    InvalidInputError
        For another objective, and for an option out of range.
    MissingDependencyError
        Without highspy.

    Notes
    -----
    One binary variable for each group of nodes and part, one for each edge; parts numbered by the first of their groups,
    in an order that begins with groups no two of which fit into one part. Where a part of a whole-number solution does
    not hang together, inequalities forbid it, and the model is solved again: every bound on the way holds. The proof
    rests on the floating-point arithmetic of HiGHS with tolerances of 10^-7, the plan does not: it is checked in whole
    numbers. Up to a tenth of the time, at most 2 s, goes to `shequ.lower_bound`, whose arguments are exact, and which often leaves nothing
    to be done.

    References
    ----------
    H. Validi, A. Buchanan, "Political districting to minimize cut edges", Mathematical Programming Computation 14,
    2022, doi:10.1007/s12532-022-00221-5.

    Examples
    --------
    >>> import shequ
    >>> blocks = shequ.Graph.from_edges(6, [(0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (1, 4), (2, 5)])
    >>> problem = shequ.Problem(blocks, weights=[1] * 6, parts=2, lower=3, upper=3)
    >>> plan = shequ.exact.solve(problem)  # doctest: +SKIP
    >>> plan.status.name, plan.objective, plan.bound, plan.gap  # doctest: +SKIP
    ('OPTIMAL', 3, 3, 0.0)
    """
    with optional_import("exact.solve()", "highspy", "'shequ[exact]'"):
        import highspy
    check_type(problem, "problem", Problem)
    threads = whole(threads, "threads", MAX_INT32)
    if not 1 <= threads <= 1024:
        raise InvalidInputError(f"threads={threads} must be in [1, 1024]", f"threads={threads} 必须在 [1, 1024] 之间")
    if isinstance(time_limit_s, bool) or not 0 <= time_limit_s <= 1e9:
        raise InvalidInputError(
            f"time_limit_s={time_limit_s} must be in [0, 1000000000] seconds",
            f"time_limit_s={time_limit_s} 必须在 [0, 1000000000] 秒之间",
        )
    begin = time.monotonic()
    first = search(problem, time_limit_s=0.1 * time_limit_s if start is None else 0.0)
    labels: NDArray[np.integer[Any]] = first.labels
    if start is not None:
        labels = whole_column(node_labels(problem.graph, start, "start"), "start", problem.graph.num_nodes)
    if start is not None and not certify(problem, labels).ok and certify(problem, first).ok:
        labels = first.labels
    try:
        return _prove(highspy, problem, first, labels, begin, float(time_limit_s), threads)
    except KeyboardInterrupt:  # while no search runs, which would have returned what it has
        reason = StopReason.INTERRUPTED
        return _core.plan_of(
            problem.core, labels, bound=first.bound, stop_reason=reason, elapsed_s=time.monotonic() - begin
        )


def _prove(
    highspy: ModuleType,
    problem: Problem,
    first: Plan,
    labels: NDArray[np.integer[Any]],
    begin: float,
    time_limit_s: float,
    threads: int,
) -> Plan:
    def plan(found: object, **outcome: Any) -> Plan:
        return _core.plan_of(problem.core, found, elapsed_s=time.monotonic() - begin, **outcome)  # type: ignore[arg-type]

    if problem.graph.num_nodes == 0:
        return first
    diagnosis = diagnose(problem)
    groups = Groups(problem)
    if diagnosis.feasible is False or groups.contradictory:
        return plan(labels, infeasible=True)
    known = certify(problem, labels)
    model = Model(problem, groups, _parts(problem, diagnosis.parts_range, groups.count))
    seconds = min(_MOST_BOUND_S, 0.1 * time_limit_s)
    bound, is_interrupted = _bound(problem, seconds, known.objective if known.ok else None)
    if is_interrupted or first.stop_reason is StopReason.INTERRUPTED:
        return plan(labels, bound=bound, stop_reason=StopReason.INTERRUPTED)
    if known.ok and bound >= known.objective:
        return plan(labels, bound=bound)
    model.state_bound(bound)
    run = Search(highspy, groups, model, [int(label) for label in labels] if known.ok else None, threads)
    run.run(begin + time_limit_s)
    reason = StopReason.FINISHED if run.is_finished else StopReason.TIME_LIMIT
    return plan(
        labels if run.labels is None else run.labels,
        bound=bound if run.bound is None else max(bound, run.bound),
        infeasible=run.is_infeasible,
        stop_reason=StopReason.INTERRUPTED if run.is_interrupted else reason,
    )


def _bound(problem: Problem, time_limit_s: float, target: int | None) -> tuple[int, bool]:
    """Return the combinatorial bound, and whether Ctrl-C was pressed meanwhile; it is waited for all the same."""
    found: list[int] = []
    errors: list[BaseException] = []
    done = threading.Event()  # an interrupted join() may take a running thread for one that ended

    def work() -> None:
        try:
            found.append(lower_bound(problem, time_limit_s=time_limit_s, target=target).value)
        except BaseException as error:  # noqa: BLE001  raised again on the caller's thread
            errors.append(error)
        finally:
            done.set()

    threading.Thread(target=work).start()
    is_interrupted = False
    while not done.is_set():
        try:
            done.wait(0.1)
        except KeyboardInterrupt:
            is_interrupted = True
    if errors:
        raise errors[0]
    return found[0], is_interrupted


def _parts(problem: Problem, possible: tuple[int, int] | None, groups: int) -> tuple[int, int]:
    """Return the least and most number of parts that a plan can have."""
    least, most = possible or (1, groups)
    if problem.parts is not None:
        least, most = max(least, problem.parts[0]), min(most, problem.parts[1])
    return max(1, least), max(1, min(most, groups))

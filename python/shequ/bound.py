# SPDX-License-Identifier: BSD-3-Clause
"""Prove how low the objective of a plan can be, by combinatorial arguments in whole numbers."""

from __future__ import annotations

from shequ import _core
from shequ._core import ObjectiveBound
from shequ._problem_inputs import MAX_INT64, check_type, whole
from shequ.districting import Problem

__all__ = ["ObjectiveBound", "lower_bound"]


def lower_bound(problem: Problem, *, time_limit_s: float = 0.0, target: int | None = None) -> ObjectiveBound:
    """Prove that no plan has an objective below a value.

    Parameters
    ----------
    problem : Problem
    time_limit_s : float, default 0.0
        Wall time for flows and, of small graphs, for enumeration, seconds, 0 to 10^9; 0: only the arguments that take
        little more than linear time, which `shequ.solve` reports as `Plan.bound`.
    target : int, optional
        End when the bound is this or more: the objective of a known plan.

    Returns
    -------
    ObjectiveBound
        `value`, and the `argument` that proves most of it. Where there is no plan at all it means nothing. Ctrl-C ends
        the search and returns the best bound so far.

    Raises
    ------
    InvalidInputError
        For an option out of range.

    Notes
    -----
    For small problems `shequ.exact.solve` often proves more.

    Examples
    --------
    >>> import shequ
    >>> lane = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)])
    >>> shequ.lower_bound(shequ.Problem(lane, weights=[1] * 4, parts=3, lower=1, upper=2))
    ObjectiveBound(value=2, argument="part_count")
    """
    check_type(problem, "problem", Problem)
    return _core.lower_bound(
        problem.core, time_limit_s=time_limit_s, target=None if target is None else whole(target, "target", MAX_INT64)
    )

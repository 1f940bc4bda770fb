# SPDX-License-Identifier: BSD-3-Clause
"""Of many options one for each community, so that several measures are least one after the other: set partition by HiGHS."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._highs import run_solver, silent_solver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ._adjust_options import Option

__all__ = ["choose", "value_of"]

_SLACK = 1e-6


def choose(
    highspy: Any,
    options: Sequence[Option],
    measures: Sequence[str],
    *,
    posts_above: int | None,
    end: float,
) -> tuple[list[Option], list[int | None]]:
    """Choose options that take each community once.

    Parameters
    ----------
    highspy : module
    options : sequence of Option
        Those that keep one community among them, so that there is an answer.
    measures : sequence of str
        Names of costs, the first made least first; "above": posts beyond `posts_above`.
    posts_above : int or None
    end : float
        Of `time.monotonic`; Ctrl-C ends it too, with the best.

    Returns
    -------
    chosen : list of Option
    least : list of int or None, one a measure
        What is proven that no choice goes below, given that those before are least; None where one before is not proven.
    """
    first = {option.members[0]: row for row, option in enumerate(o for o in options if o.kind is None)}
    stop = [False]
    solver = silent_solver(highspy)
    for name, value in {"threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 1.0 - 1e-3}.items():
        solver.setOptionValue(name, value)
    solver.cbMipInterrupt.subscribe(lambda event: event.interrupt(stop[0]))
    count = len(options)
    width = count + (posts_above is not None)
    none = np.zeros(0, np.int32)
    high = np.ones(width)
    if posts_above is not None:
        high[-1] = highspy.kHighsInf
    solver.addCols(width, np.zeros(width), np.zeros(width), high, 0, none, none, np.zeros(0))
    kinds = np.full(count, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)

    def row(low: float, most: float, index: list[int], value: list[float]) -> None:
        solver.addRow(low, most, len(index), np.array(index, dtype=np.int32), np.array(value))

    inside: list[list[int]] = [[] for _ in first]
    for number, option in enumerate(options):
        for member in option.members:
            inside[first[member]].append(number)
    for entries in inside:
        row(1.0, 1.0, entries, [1.0] * len(entries))
    everything = list(range(count))
    if posts_above is not None:
        posts = [float(option.posts) for option in options]
        row(-highspy.kHighsInf, float(posts_above), [*everything, count], [*posts, -1.0])

    chosen = [option for option in options if option.kind is None]
    least: list[int | None] = []
    for place, measure in enumerate(measures):
        costs = [0 if measure == "above" else option.cost(measure) for option in options]
        cost = np.array([*costs, *([float(measure == "above")] if posts_above is not None else [])], dtype=np.float64)
        solver.changeColsCost(width, np.arange(width, dtype=np.int32), cost)
        begin = _columns(options, chosen, posts_above)
        run_solver(solver, max(0.0, end - time.monotonic()), begin, lambda: stop.__setitem__(0, True))
        info = solver.getInfo()
        if info.primal_solution_status == 2:
            values = np.array(solver.getSolution().col_value[:count])
            found = [option for option, value in zip(options, values, strict=True) if value > 0.5]
            # whole numbers decide, not the arithmetic of HiGHS
            whole = sorted(i for option in found for i in option.members) == sorted(first)
            if whole and _values(found, measures[: place + 1], posts_above) <= _values(
                chosen, measures[: place + 1], posts_above
            ):
                chosen = found
        bound = info.mip_dual_bound
        proven = 0 if not math.isfinite(bound) else math.ceil(bound - _SLACK * max(1.0, abs(bound)))
        least.append(max(0, proven))
        reached = value_of(chosen, measure, posts_above)
        if stop[0] or reached > proven or solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        if measure == "above":
            row(-highspy.kHighsInf, float(reached), [count], [1.0])
        else:
            at = [number for number in everything if costs[number]]
            if at:
                row(-highspy.kHighsInf, float(reached), at, [float(costs[number]) for number in at])
    return chosen, [*least, *[None] * (len(measures) - len(least))]


def value_of(chosen: Sequence[Option], measure: str, posts_above: int | None) -> int:
    """Return what a choice costs by a measure."""
    if measure != "above":
        return sum(option.cost(measure) for option in chosen)
    return max(0, sum(option.posts for option in chosen) - (posts_above or 0))


def _values(chosen: Sequence[Option], measures: Sequence[str], posts_above: int | None) -> list[int]:
    return [value_of(chosen, measure, posts_above) for measure in measures]


def _columns(options: Sequence[Option], chosen: Sequence[Option], posts_above: int | None) -> Any:
    taken = set(map(id, chosen))
    values = [float(id(option) in taken) for option in options]
    return np.array([*values, *([] if posts_above is None else [float(value_of(chosen, "above", posts_above))])])

# SPDX-License-Identifier: BSD-3-Clause
"""h: total staff on the tracts of New Mexico as communities of 300 to 3,000 households."""

from __future__ import annotations

import math
import time
from fractions import Fraction

import numpy as np

from benchmarks.districting._instances import DATA, certified, real
from benchmarks.districting._report import Options, Row
from shequ import Graph, InvalidInputError, Problem, StaffingRule, solve

__all__ = ["staff"]

LOWER, UPPER = 300, 3000
LIMIT_S = 30.0


def slope_bound(households: np.ndarray, rule: StaffingRule, upper: int) -> int:
    """Return the fewest posts that any parts could have: each household costs what it costs in the cheapest part.

    A part that holds a tract of h households has at least h, so that each of its households costs no less than the
    least posts / households over all sizes from max(h, LOWER) to `upper`.
    """
    sizes = np.arange(1, upper + 1)
    posts = rule.posts(sizes)
    cheapest = [Fraction(0)] * (upper + 2)  # by least size of the part
    least = Fraction(10**9)
    for size in range(upper, 0, -1):
        if size >= LOWER:
            least = min(least, Fraction(int(posts[size - 1]), size))
        cheapest[size] = least
    return math.ceil(sum(int(h) * cheapest[max(int(h), LOWER)] for h in households))


def _solved(graph: Graph, households: np.ndarray, upper: int, objective: str, limit: float) -> Row:
    rule, wanted = StaffingRule(), objective == "staff"
    heavy = int((households > upper).sum())
    what = f"NM_tract, households = TOTPOP // 3, {LOWER} to {upper:,} a part: {objective}"
    try:
        problem = Problem(graph, weights=households, lower=LOWER, upper=upper, objective=objective)  # type: ignore[arg-type]
    except (InvalidInputError, TypeError, ValueError) as error:
        return Row(what, "within 1% of the bound", note=f"not offered: {error}")
    begin = time.process_time()
    plan = solve(problem, seed=0, time_limit_s=limit)
    seconds = time.process_time() - begin
    sums = np.bincount(plan.labels, weights=households).astype(np.int64)
    posts = int(rule.posts(sums).sum())
    # A tract above `upper` is in a part above it, whatever the plan: it is held against itself.
    bound = slope_bound(households[households <= upper], rule, upper) + int(
        rule.posts(households[households > upper]).sum()
    )
    cheapest = math.ceil(int(households.sum()) * Fraction(4, 1249))
    right = certified(problem, plan)
    note = f"{len(sums)} parts, {plan.status.name.lower()}{', certified' if right else ''}, {seconds:.1f} CPU s"
    note += f", bound by solve() {plan.bound}" if wanted else ""
    note += f"; without regard to tracts, at 4 posts for 1,249 households, the bound is {cheapest:,}"
    note += f"; {heavy} tracts are above {upper:,}: no plan keeps the bounds" if heavy else ""
    met = (right or heavy > 0) and posts <= 1.01 * bound if wanted else None
    return Row(what, "within 1% of the bound" if wanted else "", posts, "bound", bound, "posts", met, note)


def staff(options: Options) -> list[Row]:
    """Return posts with the objective `staff` over a bound, beside the plan that cuts fewest edges.

    Six tracts have more than 3,000 households, so that no plan keeps the bounds as they are asked for; the rows with the
    heaviest tract as the upper bound have one.
    """
    if not (DATA / "NM_tract.json").exists():
        return [Row("NM_tract", "", note=f"{DATA} is absent: left out")]
    if not options.ours:
        return []
    graph = real("NM_tract")
    households = np.asarray(graph.columns["TOTPOP"], np.int64) // 3
    limit = 5.0 if options.quick else LIMIT_S
    uppers = (UPPER, int(households.max()))
    return [_solved(graph, households, upper, name, limit) for upper in uppers for name in ("staff", "cut_edges")]

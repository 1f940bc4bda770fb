# SPDX-License-Identifier: BSD-3-Clause
"""h: total staff on the tracts of New Mexico as communities of 300 to 3,000 households."""

from __future__ import annotations

import math
import time
from fractions import Fraction

import numpy as np

import shequ.objectives
from benchmarks.districting._instances import DATA, certified, real
from benchmarks.districting._peers import missing
from benchmarks.districting._report import Options, Row
from shequ import Graph, Problem, StaffingRule, solve
from shequ._connected_sets import connected_sets

__all__ = ["staff"]

LOWER, UPPER = 300, 3000
LIMIT_S = 30.0
PROOF_S = 60.0


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


def least_posts(graph: Graph, households: np.ndarray, rule: StaffingRule, upper: int) -> tuple[int, int] | None:
    """Return bounds on the fewest posts of any plan, below and above, by HiGHS over all sets that could be a part.

    Tracts above `upper`, which stay by themselves, count as such.
    """
    if missing("highspy"):
        return None
    import highspy

    near: dict[int, list[int]] = {}
    for a, b in graph.edges.tolist():
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    size, nodes = households.tolist(), graph.num_nodes
    found = connected_sets(range(nodes), near, size, (1, nodes), upper)
    sets = [(members, weight) for members in found if (weight := sum(size[v] for v in members)) >= LOWER]
    sets += [((v,), size[v]) for v in np.flatnonzero(households > upper).tolist()]
    model, solver = highspy.HighsLp(), highspy.Highs()
    model.num_col_, model.num_row_ = len(sets), graph.num_nodes
    model.col_cost_ = rule.posts(np.array([weight for _, weight in sets])).astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(len(sets)), np.ones(len(sets))
    model.row_lower_ = model.row_upper_ = np.ones(graph.num_nodes)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(sets)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(members) for members, _ in sets)])
    model.a_matrix_.index_ = np.concatenate([members for members, _ in sets])
    model.a_matrix_.value_ = np.ones(len(model.a_matrix_.index_))
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", PROOF_S)
    solver.passModel(model)
    solver.run()
    return math.ceil(solver.getInfo().mip_dual_bound - 1e-6), round(solver.getObjectiveValue())


def _solved(graph: Graph, households: np.ndarray, upper: int, rule: StaffingRule, objective: str, limit: float) -> Row:
    wanted = objective != "cut_edges"
    heavy = int((households > upper).sum())
    what = f"NM_tract, households = TOTPOP // 3, {LOWER} to {upper:,} a part, {rule.rounding.name.lower()}: {objective}"
    aim = shequ.objectives.Staff(rule) if wanted else shequ.objectives.CutEdges()
    problem = Problem(graph, weights=households, lower=LOWER, upper=upper, objective=aim)
    begin = time.process_time()
    plan = solve(problem, seed=0, time_limit_s=limit)
    seconds = time.process_time() - begin
    sums = np.bincount(plan.labels, weights=households).astype(np.int64)
    posts = int(rule.posts(sums).sum())
    # A tract above `upper` is in a part above it, whatever the plan: it is held against itself.
    slope = slope_bound(households[households <= upper], rule, upper)
    slope += int(rule.posts(households[households > upper]).sum())
    right = certified(problem, plan)
    note = f"{len(sums)} parts, {plan.status.name.lower()}{', certified' if right else ''}, {seconds:.1f} CPU s"
    note += f"; the slope of the rule alone would allow {slope:,}"
    note += f"; {heavy} tracts are above {upper:,}: no plan keeps the bounds" if heavy else ""
    if not wanted:
        return Row(what, "", posts, "slope bound", slope, "posts", note=note)
    proven = least_posts(graph, households, rule, upper)
    if proven is None:
        met = (right or heavy > 0) and posts <= 1.01 * slope
        return Row(what, "within 1% of the bound", posts, "slope bound", slope, "posts", met, note)
    bound, best = proven
    note += f", which no plan has: tracts are whole ({bound / slope - 1:.1%} more); the exact model has {best:,}"
    met = (right or heavy > 0) and posts <= 1.01 * bound
    return Row(what, "within 1% of the proven bound", posts, "proven bound", bound, "posts", met, note)


def staff(options: Options) -> list[Row]:
    """Return posts with the objective `Staff` over a bound, beside the plan that cuts fewest edges.

    The bound is that of an exact model whose columns are all connected sets of tracts within the bounds, of which there are few.
    The bound that follows from the slope of the rule alone stands beside it.

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
    floor, ceil = StaffingRule(), StaffingRule(rounding="ceil")
    cases = [(upper, rule) for upper in (UPPER, int(households.max())) for rule in (floor, ceil)]
    rows = [_solved(graph, households, upper, rule, "staff", limit) for upper, rule in cases]
    return [*rows, _solved(graph, households, UPPER, floor, "cut_edges", limit)]

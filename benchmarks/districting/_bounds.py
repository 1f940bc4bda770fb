# SPDX-License-Identifier: BSD-3-Clause
"""i: what is proven about the best known cuts: our combinatorial bound, and exact solutions of the small instances."""

from __future__ import annotations

import time

from benchmarks.districting._instances import Instance, best_known, judge, real
from benchmarks.districting._peers import missing
from benchmarks.districting._report import Options, Row
from shequ import Problem, exact, lower_bound, solve

__all__ = ["bounds"]

BOUND_S, BOUND_S_QUICK = 20.0, 1.0
EXACT_S, EXACT_S_QUICK = 120.0, 5.0
MOST_NODES = 120  # of the graphs that HiGHS is tried on


def _row(row: dict[str, str], quick: bool) -> Row:
    graph = real(row["instance"])
    parts, lower, upper = (int(row[key]) for key in ("k", "L", "U"))
    problem = Problem(graph, weights="TOTPOP", parts=parts, lower=lower, upper=upper)
    best = int(row["best_known_cut_edges"])
    plan = solve(problem, target=best)
    quick_bound = plan.bound or 0
    begin = time.perf_counter()
    combinatorial = lower_bound(problem, time_limit_s=BOUND_S_QUICK if quick else BOUND_S, target=plan.objective)
    took = time.perf_counter() - begin
    note = [f"plan {plan.objective}, linear arguments {quick_bound}"]
    note.append(f"{combinatorial.argument} {combinatorial.value} in {took:.1f} s")
    bound = max(quick_bound, combinatorial.value)
    cut: int | None = plan.objective
    if problem.graph.num_nodes > MOST_NODES:
        note.append("too large for the exact model")
    elif missing("highspy"):
        note.append("highspy is not installed: no exact solution")
    else:
        begin = time.perf_counter()
        plan = exact.solve(problem, start=plan, time_limit_s=EXACT_S_QUICK if quick else EXACT_S)
        bound = max(bound, plan.bound or 0)
        note.append(f"HiGHS {plan.status.name.lower()}, bound {plan.bound}, in {time.perf_counter() - begin:.1f} s")
        cut = judge(Instance(row["instance"], graph.edges, problem.weights, parts, lower, upper), plan.labels)
    seconds = row["solver_seconds"] or "?"
    note.append(f"gap {(plan.objective - bound) / plan.objective:.1%}; published: MIP in {seconds} s")
    return Row(
        what=f"{row['instance']} n={problem.graph.num_nodes} k={parts}, best known {best}",
        reach="a proven bound",
        ours=bound,
        unit="edges",
        peer_name="published bound",
        peer=float(row["proven_lower_bound"]),
        met=cut is not None and 0 < bound <= min(cut, best),
        note="; ".join(note),
        details={"cut": cut, "bound": bound, "combinatorial": combinatorial.value},
    )


def bounds(options: Options) -> list[Row]:
    """Return one row an instance: the largest bound proven beside the published one."""
    table = best_known() if options.ours else []
    return [_row(row, options.quick) for row in table] or [Row("bounds", "", note="nothing to prove: left out")]

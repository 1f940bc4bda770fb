# SPDX-License-Identifier: BSD-3-Clause
"""a: every real instance whose best plan is known, with its own bounds, many seeds each."""

from __future__ import annotations

import inspect
import statistics
import time

import numpy as np

from benchmarks.districting._child import in_child
from benchmarks.districting._instances import Instance, best_known, certified, judge, real
from benchmarks.districting._peers import missing
from benchmarks.districting._report import Options, Row
from shequ import Problem, solve

__all__ = ["known"]

LIMIT_S = 60.0
LIVE = "NM_tract"  # the instance on which GerryChain runs beside us
LIVE_STEPS, LIVE_STEPS_QUICK = 300, 40


def _instance(row: dict[str, str]) -> tuple[Instance, Problem]:
    graph = real(row["instance"])
    parts, lower, upper = (int(row[key]) for key in ("k", "L", "U"))
    problem = Problem(graph, weights="TOTPOP", parts=parts, lower=lower, upper=upper)
    return Instance(row["instance"], graph.edges, problem.weights, parts, lower, upper), problem


def _runs(
    instance: Instance, problem: Problem, seeds: int, target: int | None
) -> tuple[list[float], list[int | None], bool, int | None]:
    """Return CPU seconds and judged cut of each seed, whether the certificates agree with the judge, and the best bound."""
    seconds, cuts, agreed, bound = [], [], True, None
    stop_at = {} if target is None else {"target": target}
    for seed in range(seeds):
        begin = time.process_time()
        plan = solve(problem, seed=seed, time_limit_s=LIMIT_S, **stop_at)  # type: ignore[arg-type]
        seconds.append(time.process_time() - begin)
        cuts.append(judge(instance, plan.labels))
        agreed = agreed and certified(problem, plan) == (cuts[-1] is not None)
        if plan.bound is not None:
            bound = plan.bound if bound is None else max(bound, plan.bound)
    return seconds, cuts, agreed, bound


def _reached(what: str, row: dict[str, str], found: tuple[list[float], list[int | None], bool, int | None]) -> Row:
    seconds, cuts, agreed, bound = found
    best = int(row["best_known_cut_edges"])
    good = [cut for cut in cuts if cut is not None]
    hits = sum(cut <= best for cut in good)
    below = f", below it: {min(good)}" if good and min(good) < best else ""
    worst, median = max(seconds), statistics.median(seconds)
    solver = float(row["solver_seconds"]) if row["solver_seconds"] else None
    return Row(
        what=what,
        reach=f"cut {best}, all seeds <= 10 s, median <= 1 s",
        ours=median,
        unit="CPU s",
        peer_name="MIP (published)",
        peer=solver,
        met=hits == len(cuts) and worst <= 10 and median <= 1 and agreed,
        note=(
            f"{hits} of {len(cuts)} at {best}{below}, worst {worst:.2f} s, cuts "
            f"{min(good, default='-')} to {max(good, default='-')}, {len(good)} certified"
            f"{'' if agreed else ' (certificates disagree)'}, bound {bound}, published bound {row['proven_lower_bound']}"
        ),
        details={"cpu_s": seconds, "cuts": cuts, "bound": bound},
    )


def _gerrychain(instance: Instance, steps: int) -> dict[str, float | int]:
    """Run `recom` of GerryChain from a plan by its recursive bisection; return the best cut within the bounds."""
    import random
    from functools import partial

    import networkx as nx
    from gerrychain import Graph, MarkovChain, Partition, accept, constraints, proposals, updaters

    random.seed(1)
    network = nx.Graph()
    network.add_nodes_from((v, {"weight": int(w)}) for v, w in enumerate(instance.weights))
    network.add_edges_from(instance.edges.tolist())
    mean = float(instance.weights.sum()) / (instance.parts or 1)
    tolerance = min(instance.upper / mean - 1, 1 - instance.lower / mean)
    begin = time.process_time()
    start = Partition.from_random_assignment(
        Graph.from_networkx(network), n_parts=instance.parts, epsilon=tolerance, pop_col="weight",
        updaters={"weight": updaters.Tally("weight"), "cut_edges": updaters.cut_edges},
    )  # fmt: skip
    propose = partial(proposals.recom, pop_col="weight", pop_target=mean, epsilon=tolerance, node_repeats=1)
    bound = constraints.within_percent_of_ideal_population(start, tolerance, pop_key="weight")
    cuts = []
    best = None
    for plan in MarkovChain(propose, [bound], accept.always_accept, start, steps):
        labels = np.array([plan.assignment[v] for v in range(instance.num_nodes)], np.int32)
        cuts.append(len(plan["cut_edges"]))
        if best is None or cuts[-1] < best:
            cut = judge(instance, labels - labels.min())
            best = cut if cut is not None and (best is None or cut < best) else best
    return {"best": -1 if best is None else best, "cpu_s": time.process_time() - begin, "steps": steps}


def _live(options: Options, ours: float | None) -> Row:
    title = f"{LIVE}: GerryChain beside us"
    if missing("gerrychain"):
        return Row(title, "", note="gerrychain is not installed")
    row = next(row for row in best_known() if row["instance"] == LIVE)
    steps = LIVE_STEPS_QUICK if options.quick else LIVE_STEPS
    chain = in_child(_gerrychain, _instance(row)[0], steps).value
    best = chain["best"] if chain["best"] >= 0 else "none"
    return Row(
        title, "", ours, "GerryChain", chain["cpu_s"], "CPU s",
        note=f"recom, {steps} steps, seed 1: best cut {best}; published: {row['gerrychain_10000_step_cut_edges']} after "
        f"10,000 steps in {row['gerrychain_seconds']} s",
        details=chain,
    )  # fmt: skip


def known(options: Options) -> list[Row]:
    """Return two rows an instance: seconds to the best known cut where solve() can be told a target, and a plain run."""
    rows: list[Row] = []
    table = best_known()
    if not table:
        return [Row("real instances", "", note="the data are absent: left out")]
    has_target = "target" in inspect.signature(solve).parameters
    live = None
    for row in table if options.ours else ():
        instance, problem = _instance(row)
        if has_target:
            best = int(row["best_known_cut_edges"])
            found = _runs(instance, problem, options.seeds, best)
            rows.append(
                _reached(f"{instance.name} n={instance.num_nodes} k={instance.parts}, ends at target", row, found)
            )
        if not has_target or not options.quick:
            found = _runs(instance, problem, options.seeds, None)
            plain = _reached(f"{instance.name} n={instance.num_nodes} k={instance.parts}, plain solve()", row, found)
            plain.met = plain.met if not has_target else None
            rows.append(plain)
        live = statistics.median(found[0]) if instance.name == LIVE else live
    if options.peers:
        rows.append(_live(options, live))
    return rows

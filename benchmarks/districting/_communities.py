# SPDX-License-Identifier: BSD-3-Clause
"""f: communities of 200 to 400 atoms into grids of 300 to 500 households."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from benchmarks.districting._instances import Instance, certified, judge, square
from benchmarks.districting._report import Options, Row
from shequ import Graph, Problem, certify, solve, solve_many

__all__ = ["communities", "community"]

SIDES = (15, 17, 20)  # 225, 289, 400 atoms
EACH, EACH_QUICK = 100, 20
MANY, MANY_QUICK = 5000, 400
REACH_MS, REACH_MANY_S = 20.0, 60.0


def community(side: int, seed: int) -> Instance:
    """Make a square community of buildings of 0 to 24 households each."""
    households = np.random.default_rng((side, seed)).integers(0, 25, side * side)
    return Instance(f"community {side * side}", square(side), households, None, 300, 500)


def _problems(seeds: range) -> list[Problem]:
    problems = []
    for seed in seeds:
        instance = community(SIDES[seed % len(SIDES)], seed)
        problems.append(
            Problem(
                Graph.from_edges(instance.num_nodes, instance.edges), weights=instance.weights, lower=300, upper=500
            )
        )
    return problems


def _chunk(seeds: range) -> tuple[int, float]:
    """Solve problems in this process; return how many are certified and the seconds of solving alone."""
    problems = _problems(seeds)
    begin = time.perf_counter()
    plans = [solve(problem, seed=1) for problem in problems]
    seconds = time.perf_counter() - begin
    return sum(certify(problem, plan).ok for problem, plan in zip(problems, plans, strict=True)), seconds


def communities(options: Options) -> list[Row]:
    """Return milliseconds each by size, and the seconds of thousands on two cores, by solve_many and by processes."""
    if not options.ours:
        return []
    rows = []
    for side in SIDES:
        seconds, cuts = [], []
        for seed in range(EACH_QUICK if options.quick else EACH):
            instance = community(side, seed)
            problem = instance.problem()
            begin = time.perf_counter()
            plan = solve(problem, seed=1)
            seconds.append(time.perf_counter() - begin)
            cuts.append(judge(instance, plan.labels) if certified(problem, plan) else None)
        good = [cut for cut in cuts if cut is not None]
        worst, median = max(seconds) * 1e3, statistics.median(seconds) * 1e3
        rows.append(
            Row(f"community of {side * side} atoms", "<= 20 ms each", median, unit="ms",
                met=worst <= REACH_MS and len(good) == len(cuts),
                note=f"worst {worst:.1f} ms, {len(good)} of {len(cuts)} certified, mean cut {statistics.mean(good or [0]):.1f}",
                details={"seconds": seconds, "cuts": cuts})
        )  # fmt: skip
    many = MANY_QUICK if options.quick else MANY
    reach = REACH_MANY_S * many / MANY
    problems = _problems(range(many))
    begin, cpu = time.perf_counter(), time.process_time()
    plans = solve_many(problems, seed=1, threads=2)
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    good = sum(certify(problem, plan).ok for problem, plan in zip(problems, plans, strict=True))
    rows.append(
        Row(f"{many:,} communities, solve_many(threads=2)", f"<= {reach:g} s", seconds, unit="s wall",
            met=seconds <= reach and good == many, note=f"{good:,} certified, {cpu:.1f} CPU s")
    )  # fmt: skip
    begin = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(_chunk, (range(first, min(first + 250, many)) for first in range(0, many, 250))))
    wall = time.perf_counter() - begin
    good, busy = sum(right for right, _ in found), sum(s for _, s in found)
    rows.append(
        Row(f"{many:,} communities, 2 processes", f"<= {reach:g} s", wall, unit="s wall",
            met=wall <= reach and good == many, note=f"{good:,} certified; making, solving ({busy:.1f} s) and certifying them")
    )  # fmt: skip
    return rows

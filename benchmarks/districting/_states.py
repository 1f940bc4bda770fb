# SPDX-License-Identifier: BSD-3-Clause
"""b: four states of 2,000 to 3,200 tracts within 5%, ours and the partitioners given the same CPU seconds."""

from __future__ import annotations

import itertools
import time

from benchmarks.districting._instances import DATA, Instance, certified, judge, state
from benchmarks.districting._peers import PARTITIONERS, missing, try_partitioner
from benchmarks.districting._report import Options, Row
from shequ import solve

__all__ = ["states"]

STATES = (("PA_tract", 17, 455), ("OH_tract", 16, 376), ("NC_tract", 13, 298), ("GA_tract", 14, 346))


def _ours(instance: Instance, seconds: float) -> tuple[list[int | None], list[float]]:
    """Solve with one seed after the other, one thread, until the CPU seconds are used; the last run gets what is left.

    The limit of solve() is one of wall time: on a busy machine it is stretched by what the last run had to wait.
    """
    problem = instance.problem()
    cuts, used = [], [0.0]
    stretch = 1.0
    for seed in itertools.count():
        left = seconds - used[-1]
        if left < 0.1 * seconds:  # too little for a run that means anything
            return cuts, used[1:]
        cpu, wall = time.process_time(), time.perf_counter()
        plan = solve(problem, seed=seed, time_limit_s=left * stretch)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        used.append(used[-1] + cpu)
        stretch = max(1.0, wall / max(cpu, 1e-3))
        cuts.append(judge(instance, plan.labels) if certified(problem, plan) else None)
    raise AssertionError


def states(options: Options) -> list[Row]:
    """Return a row for each state and partitioner."""
    if not (DATA / "PA_tract.json").exists():
        return [Row("states", "", note=f"{DATA} is absent: left out")]
    seconds = min(options.seconds, 3.0) if options.quick else options.seconds
    rows: list[Row] = []
    for name, parts, goal in STATES:
        instance = state(name, parts, 0.05)
        best, all_good, note = None, None, ""
        if options.ours:
            cuts, _ = _ours(instance, seconds)
            good = [cut for cut in cuts if cut is not None]
            best, all_good = min(good, default=None), len(good) == len(cuts)
            note = f"ours: {len(good)} of {len(cuts)} runs certified, first seed {cuts[0]}; "
        tried = []
        for peer in PARTITIONERS if options.peers else ():
            if missing(peer):
                tried.append(
                    Row(instance.name, "below the peer", best, peer, None, "cut", note=f"{peer} is not installed")
                )
                continue
            try:
                found = try_partitioner(peer, instance, seconds)
            except RuntimeError as error:
                tried.append(Row(instance.name, "below the peer", best, peer, None, "cut", note=f"{peer}: {error}"))
                continue
            met = None if best is None else found.best is None or best < found.best
            how = f"{found.feasible} of {found.runs} runs feasible in {found.cpu_s:.0f} CPU s"
            tried.append(
                Row(instance.name, "below the peer", best, peer, found.best, "cut", met, how, details=vars(found))
            )
        met = None if best is None else best <= goal and bool(all_good)
        rows.append(
            Row(
                f"{instance.name} n={instance.num_nodes}",
                f"<= {goal}, always feasible",
                best,
                "reach",
                goal,
                "cut",
                met,
                f"{note}{seconds:g} CPU s",
            )
        )
        rows += tried
    if options.peers:
        rows += [Row(f"how {peer} was called", "", note=how) for peer, (_, how) in PARTITIONERS.items()]
    return rows

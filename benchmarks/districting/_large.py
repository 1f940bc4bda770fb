# SPDX-License-Identifier: BSD-3-Clause
"""e: grid graphs up to 1,000 x 1,000 into parts of 400 nodes, within 5%, beside METIS."""

from __future__ import annotations

from benchmarks.districting._child import Measured, in_child
from benchmarks.districting._instances import grid, judge
from benchmarks.districting._peers import metis_once, missing
from benchmarks.districting._report import Options, Row
from shequ import certify, solve

__all__ = ["large"]

#: Side of the square and number of parts, 400 nodes each; the last is the one that figures are to be reached for.
SIZES = ((100, 25), (316, 250), (1000, 2500))
REACH_S, REACH_BYTES, REACH_CUT = 20.0, 1.5e9, 106_501
TOLERANCE, SEED = 0.05, 7
#: For the growth: the default gives small graphs many more steps for each node than large ones.
STEPS_PER_NODE = 75


def _solve(side: int, parts: int, steps: int | None = None) -> dict[str, object]:
    instance = grid(side, parts, TOLERANCE, SEED)
    limit_s = REACH_S if steps is None else 1e6
    plan = solve(instance.problem(), seed=1, time_limit_s=limit_s, steps=steps, threads=2)
    return {"labels": plan.labels, "status": plan.status.name.lower(), "elapsed_s": plan.elapsed_s, "steps": plan.steps}


def _metis(side: int, parts: int) -> dict[str, object]:
    return {"labels": metis_once(grid(side, parts, TOLERANCE, SEED), 1, TOLERANCE)}


def _describe(run: Measured, cut: int | None) -> str:
    word = "not within bounds or torn" if cut is None else f"cut {cut:,}"
    return f"{word}, {run.wall_s:.1f} s wall, {run.cpu_s:.1f} CPU s, {run.peak_bytes / 1e6:,.0f} MB"


def large(options: Options) -> list[Row]:
    """Return cut, wall time and memory at 10^4, 10^5 and 10^6 nodes, each in a process of its own."""
    rows: list[Row] = []
    per_node: list[tuple[int, float]] = []
    for side, parts in SIZES[:2] if options.quick else SIZES:
        instance = grid(side, parts, TOLERANCE, SEED)
        name, last = f"{side} x {side} k={parts}", side == SIZES[-1][0]
        ours, peer, note, run = None, None, [], None
        if options.ours:
            run = in_child(_solve, side, parts)
            ours = judge(instance, run.value["labels"])
            right = certify(instance.problem(), run.value["labels"]).ok
            assert right == (ours is not None), "certify() and the judge disagree"
            note.append(f"ours: {run.value['status']}{', certified' if right else ''}, {_describe(run, ours)}")
            even = in_child(_solve, side, parts, STEPS_PER_NODE * side * side)
            per_node.append((side * side, even.cpu_s / (side * side)))
        if options.peers and not missing("pymetis"):
            other = in_child(_metis, side, parts)
            peer = judge(instance, other.value["labels"])
            note.append(f"METIS: {_describe(other, peer)}")
        elif options.peers:
            note.append("pymetis is not installed")
        below = None if ours is None and run is None else ours is not None and (peer is None or ours <= peer)
        rows.append(Row(name, "cut no larger", ours, "METIS contig", peer, "cut", below, "; ".join(note)))
        if run is not None and last:
            rows.append(
                Row(name, f"<= {REACH_S:g} s on two cores", run.wall_s, unit="s wall", met=run.wall_s <= REACH_S)
            )
            size = run.peak_bytes / 1e9
            rows.append(Row(name, "< 1.5 GB", size, unit="GB peak", met=run.peak_bytes < REACH_BYTES))
    if len(per_node) > 1:
        (few, least), (many, most) = per_node[0], per_node[-1]
        rows.append(
            Row(f"growth, {few:,} to {many:,} nodes", "linear", most * 1e6, f"{few:,} nodes:", least * 1e6, "CPU µs a node",
                note=f"{STEPS_PER_NODE} steps a node, making the problem included; "
                + "; ".join(f"{n:,}: {s * 1e6:.2f} µs" for n, s in per_node))
        )  # fmt: skip
    return rows

# SPDX-License-Identifier: BSD-3-Clause
"""c: random problems that have an answer by construction: how many of our runs end with one."""

from __future__ import annotations

import statistics
import time

import numpy as np

from benchmarks.districting._instances import Instance, bounds, certified, judge
from benchmarks.districting._report import Options, Row
from shequ import solve

__all__ = ["planted", "planted_instance"]

PROBLEMS, PROBLEMS_QUICK = 200, 24
LIMIT_S = 20.0


def _planar(side_a: int, side_b: int, random: np.random.Generator) -> np.ndarray:
    """Return the edges of a lattice with one diagonal in some of its cells and some edges of a spanning tree's rest gone."""
    place = np.arange(side_a * side_b, dtype=np.int32).reshape(side_a, side_b)
    across = np.column_stack([place[:, :-1].ravel(), place[:, 1:].ravel()])
    down = np.column_stack([place[:-1].ravel(), place[1:].ravel()])
    falling = np.column_stack([place[:-1, :-1].ravel(), place[1:, 1:].ravel()])
    rising = np.column_stack([place[:-1, 1:].ravel(), place[1:, :-1].ravel()])
    kind = random.random(len(falling))
    share = random.uniform(0.0, 0.9)
    edges = np.vstack([across, down, falling[kind < share / 2], rising[(kind >= share / 2) & (kind < share)]])
    order = random.permutation(len(edges))
    root = list(range(side_a * side_b))

    def find(v: int) -> int:
        while root[v] != v:
            root[v] = root[root[v]]
            v = root[v]
        return v

    loss = random.uniform(0.0, 0.35)
    kept = []
    for e in order.tolist():
        a, b = (find(int(v)) for v in edges[e])
        if a != b:
            root[a] = b
        elif random.random() < loss:
            continue
        kept.append(e)
    return edges[np.sort(kept)]


def _plant(num_nodes: int, edges: np.ndarray, parts: int, random: np.random.Generator) -> np.ndarray:
    """Grow `parts` connected parts from random nodes, a random one at a time."""
    neighbours: list[list[int]] = [[] for _ in range(num_nodes)]
    for a, b in edges.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    labels = np.full(num_nodes, -1, np.int32)
    seeds = random.choice(num_nodes, parts, replace=False)
    labels[seeds] = np.arange(parts)
    borders = [[int(v)] for v in seeds]
    growing = list(range(parts))
    while growing:
        p = growing[int(random.integers(len(growing)))]
        while borders[p]:
            at = int(random.integers(len(borders[p])))
            free = [w for w in neighbours[borders[p][at]] if labels[w] < 0]
            if free:
                new = free[int(random.integers(len(free)))]
                labels[new] = p
                borders[p].append(new)
                break
            borders[p][at] = borders[p][-1]
            borders[p].pop()
        else:
            growing.remove(p)
    return labels


def planted_instance(seed: int) -> Instance:
    """Make a random planar graph of 50 to 5,000 nodes with weights for which a random plan of 2 to 50 parts is right.

    Parts of the plan differ in their numbers of nodes; the weights are drawn so that each part's sum lies within 0.5 to
    20% of the mean. The plan is not told to anyone; that it is right is asserted here.
    """
    random = np.random.default_rng(seed)
    nodes = float(np.exp(random.uniform(np.log(50), np.log(5000))))
    stretch = random.uniform(1.0, 3.0)
    a, b = max(2, round(np.sqrt(nodes / stretch))), max(2, round(np.sqrt(nodes * stretch)))
    num_nodes = a * b
    parts = round(float(np.exp(random.uniform(np.log(2), np.log(min(50, num_nodes / 8))))))
    tolerance = round(float(np.exp(random.uniform(np.log(0.005), np.log(0.2)))), 4)
    edges = _planar(a, b, random)
    labels = _plant(num_nodes, edges, parts, random)
    spread = random.uniform(1.0, 30.0)  # between light and heavy nodes of a part
    each = float(np.exp(random.uniform(np.log(100), np.log(3000))))  # mean weight of a node
    mean = each * num_nodes / parts
    for shrink in (0.95, 0.7, 0.4, 0.0):
        offset = random.uniform(-1.0, 1.0, parts)
        offset -= offset.mean()
        offset *= shrink * tolerance / max(1e-12, np.abs(offset).max())
        weights = np.zeros(num_nodes, np.int64)
        for p in range(parts):
            members = np.flatnonzero(labels == p)
            total = round(mean * (1 + offset[p]))
            shares = random.uniform(1.0, spread, len(members))
            weights[members] = np.floor(total * shares / shares.sum()).astype(np.int64)
            weights[members[: total - int(weights[members].sum())]] += 1
        lower, upper = bounds(int(weights.sum()), parts, tolerance)
        instance = Instance(f"planted {seed}", edges, weights, parts, lower, upper)
        if judge(instance, labels) is not None:
            return instance
    raise AssertionError(f"seed {seed}: the planted plan is not right")


def planted(options: Options) -> list[Row]:
    """Return the share of runs that end within bounds and connected, for all problems and by tolerance."""
    if not options.ours:
        return []
    count = PROBLEMS_QUICK if options.quick else PROBLEMS
    rows: dict[str, list[tuple[bool, float, str]]] = {"all": [], "within 2%": [], "2% and more": []}
    for seed in range(count):
        instance = planted_instance(seed)
        problem = instance.problem()
        begin = time.process_time()
        plan = solve(problem, seed=seed, time_limit_s=LIMIT_S)
        seconds = time.process_time() - begin
        mean = int(instance.weights.sum()) / (instance.parts or 1)
        tolerance = instance.upper / mean - 1
        found = (
            judge(instance, plan.labels) is not None and certified(problem, plan),
            seconds,
            f"seed {seed} (n={instance.num_nodes} k={instance.parts} {tolerance:.1%}: {plan.status.name.lower()})",
        )
        rows["all"].append(found)
        rows["within 2%" if tolerance < 0.02 else "2% and more"].append(found)
    table = []
    for name, found_rows in rows.items():
        if not found_rows:
            continue
        good = sum(ok for ok, _, _ in found_rows)
        seconds = [s for _, s, _ in found_rows]
        missed = [word for ok, _, word in found_rows if not ok]
        table.append(
            Row(
                f"planted problems, {name}", "all", good, "planted", len(found_rows), "certified", good == len(found_rows),
                f"median {statistics.median(seconds):.2f}, worst {max(seconds):.1f} CPU s"
                + (f"; missed: {', '.join(missed[:6])}" if missed and name == "all" else ""),
                {"cpu_s": seconds, "missed": missed},
            )
        )  # fmt: skip
    return table

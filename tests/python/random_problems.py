# SPDX-License-Identifier: BSD-3-Clause
"""Random problems with rules of every kind that a hidden plan keeps, so that some plan does."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import numpy as np
from numpy.typing import NDArray

import shequ
from shequ import objectives
from shequ.districting import Balance
from shequ.graph import Graph

__all__ = ["OBJECTIVES", "random_labels", "random_objective", "random_problem"]

OBJECTIVES = (
    "cut_edges", "shared_perimeter", "polsby_popper", "reock", "inertia", "deviation", "part_count", "staff",
    "staff_load", "region_splits", "disturbance", "travel",
)  # fmt: skip


def _graph(random: np.random.Generator) -> Graph:
    """Make a street grid with holes and diagonals, and at times an island."""
    rows, columns = random.integers(2, 7, 2)
    network = nx.grid_2d_graph(rows, columns)
    for r in range(rows - 1):
        for c in range(columns - 1):
            if random.random() < 0.3:
                network.add_edge((r, c), (r + 1, c + 1))
    for edge in list(network.edges):
        if random.random() < 0.1:
            network.remove_edge(*edge)
            if not nx.is_connected(network):
                network.add_edge(*edge)
    if random.random() < 0.2:
        network.add_edge((50, 0), (50, 1))
    place = {node: i for i, node in enumerate(network)}
    kind = int(random.integers(3))
    ids = [node if kind == 0 else f"楼 {node[0]}-{node[1]}" if kind == 1 else 7 * place[node] for node in network]
    edges = [(place[a], place[b]) for a, b in network.edges]
    border = np.where(random.random(len(edges)) < 0.1, np.nan, random.uniform(1, 80, len(edges)))
    return Graph.from_edges(
        len(place),
        edges,
        ids,
        edge_columns={"border_m": border, "barrier": random.choice(["none", "road", "bridge"], len(edges))},
    )


def _plan(graph: Graph, random: np.random.Generator) -> NDArray[np.int64]:
    """Grow connected parts from random nodes; an island is a part of its own."""
    count = int(random.integers(1, max(2, graph.num_nodes // 4) + 1))
    labels = np.full(graph.num_nodes, -1)
    seeds = random.choice(graph.num_nodes, count, replace=False)
    labels[seeds] = np.arange(count)
    while True:
        ends = graph.edges[random.permutation(graph.num_edges)]
        ends = np.vstack([ends, ends[:, ::-1]])
        ends = ends[(labels[ends[:, 0]] >= 0) & (labels[ends[:, 1]] < 0)]
        if len(ends):
            labels[ends[0, 1]] = labels[ends[0, 0]]
            continue
        free = np.flatnonzero(labels < 0)
        if not len(free):
            return labels
        labels[free[0]] = labels.max() + 1


def random_objective(name: str, graph: Graph, random: np.random.Generator) -> objectives.Objective:
    """Make an objective with random columns and parameters."""
    n, m = graph.num_nodes, graph.num_edges

    def column(most: int, count: int = n) -> NDArray[np.int64]:
        return random.integers(0, most, count)

    own = column(500) if random.random() < 0.5 else None
    rule = shequ.StaffingRule(
        base=int(random.integers(1, 5)), base_households=int(random.integers(0, 900)),
        step_households=int(random.integers(1, 300)), rounding=("floor", "ceil", "round")[random.integers(3)],
    )  # fmt: skip
    x, y = random.integers(-1000, 1000, (2, n)) if random.random() < 0.5 else random.integers(0, 4, (2, n))
    made = {
        "cut_edges": objectives.CutEdges,
        "shared_perimeter": lambda: objectives.SharedPerimeter(column(10**6, m)),
        "polsby_popper": lambda: objectives.PolsbyPopper(column(400), column(60, m), column(40)),
        "reock": lambda: objectives.Reock(column(10**5), x, y),
        "inertia": lambda: objectives.Inertia(x, y, weights=own),
        "deviation": lambda: objectives.Deviation(
            own, target=int(random.integers(0, 900)) if random.random() < 0.5 else None,
            norm="sum" if random.random() < 0.5 else "max",
        ),
        "part_count": objectives.PartCount,
        "staff": lambda: objectives.Staff(rule, own),
        "staff_load": lambda: objectives.StaffLoad(rule, own),
        "region_splits": lambda: objectives.RegionSplits(random.integers(-1, 5, n)),
        "disturbance": lambda: objectives.Disturbance(random.integers(-1, 6, n), weights=own),
        "travel": lambda: objectives.Travel(random.integers(0, 10**5, (n, int(random.integers(1, 4))))),
    }  # fmt: skip
    return made[name]()  # type: ignore[no-any-return, operator]


def random_problem(seed: int, names: Iterable[str] | None = None) -> tuple[shequ.Problem, NDArray[np.int64]]:
    """Return a problem with random rules of every kind, and a plan that keeps them all.

    Parameters
    ----------
    seed : int
    names : iterable of str, optional
        Its objectives; None: up to four at random.
    """
    random = np.random.default_rng(seed)
    graph = _graph(random)
    labels = _plan(graph, random)
    count, n = int(labels.max()) + 1, graph.num_nodes
    weights = random.integers(0, 200, n)
    nodes = [np.flatnonzero(labels == part) for part in range(count)]

    def sums(column: NDArray[np.int64]) -> list[int]:
        return [int(column[members].sum()) for members in nodes]

    def pair(same: bool) -> list[tuple[int, int]]:
        found = random.integers(0, n, (4, 2)).tolist()
        return [(a, b) for a, b in found if a != b and (labels[a] == labels[b]) == same]

    chosen = list(random.choice(OBJECTIVES, int(random.integers(0, 5)))) if names is None else list(names)
    slack = int(random.integers(0, 100))
    extra = random.integers(0, 50, n)
    locked = np.where(random.random(n) < 0.15, labels + 3, -1)
    compound = np.full(n, -1)
    for members in nodes:
        if random.random() < 0.2:
            compound[random.permutation(members)[:2]] = labels[members[0]]
    closed = []
    if random.random() < 0.3:
        part = int(random.integers(count))
        locked[nodes[part]] = part + 3
        closed = [part + 3]
    problem = shequ.Problem(
        graph, weights,
        parts=(None, (count, count), (max(1, count - 1), count + 2))[random.integers(3)],
        lower=max(0, min(sums(weights)) - slack), upper=max(sums(weights)) + slack,
        balances=[Balance(extra, max(0, min(sums(extra)) - 5), max(sums(extra)) + 5, name="面积")]
        if random.random() < 0.5
        else [],
        objective=[(random_objective(str(name), graph, random), int(random.integers(0, 5))) for name in chosen],
        together=[[graph.ids[v] for v in random.permutation(members)[:3]] for members in nodes if random.random() < 0.3],
        keep_whole=compound if random.random() < 0.5 else None,
        apart=[(graph.ids[a], graph.ids[b]) for a, b in pair(same=False)],
        locked=locked if random.random() < 0.7 or closed else None,
        closed=closed,
        links=[(graph.ids[a], graph.ids[b]) for a, b in pair(same=True)],
        start=random.integers(-1, count, n) if random.random() < 0.3 else None,
    )  # fmt: skip
    return problem, labels


def random_labels(labels: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Change a few labels: to those of other parts, of none, and to numbers that no part may have."""
    random = np.random.default_rng(seed)
    changed = labels.copy()
    for node in random.integers(0, len(labels), int(random.integers(1, 5))):
        changed[node] = random.choice([*labels, -1, -2, int(labels.max()) + 1, int(labels.max()) + 5, 10**6])
    return changed

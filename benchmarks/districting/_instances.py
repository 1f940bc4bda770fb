# SPDX-License-Identifier: BSD-3-Clause
"""The instances that ours and the peers divide, and the judge of what they return: NumPy and networkx alone."""

from __future__ import annotations

import csv
import json
import math
import os
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from shequ import Graph, Problem, certify, checker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from shequ import Plan

__all__ = ["DATA", "Instance", "best_known", "bounds", "certified", "grid", "judge", "real", "square", "state"]

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[2] / "../shared/data")) / "districting"


@dataclass(frozen=True)
class Instance:
    """A graph to divide into `parts` connected parts (None: any number) of weights `lower` to `upper`, both included.

    `edges` is int32 of shape (n_edges, 2), `weights` int64 of shape (n_nodes,).
    """

    name: str
    edges: NDArray[np.int32]
    weights: NDArray[np.int64]
    parts: int | None
    lower: int
    upper: int

    @property
    def num_nodes(self) -> int:
        """Number of nodes."""
        return len(self.weights)

    def problem(self, **options: object) -> Problem:
        """State the instance as ours."""
        graph = Graph.from_edges(self.num_nodes, self.edges)
        return Problem(graph, weights=self.weights, parts=self.parts, lower=self.lower, upper=self.upper, **options)  # type: ignore[arg-type]

    def rows(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the graph as compressed rows: offsets (n_nodes + 1,) and neighbours (2 n_edges,)."""
        ends = np.concatenate([self.edges, self.edges[:, ::-1]])
        ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
        offsets = np.zeros(self.num_nodes + 1, np.int32)
        offsets[1:] = np.cumsum(np.bincount(ends[:, 0], minlength=self.num_nodes))
        return offsets, np.ascontiguousarray(ends[:, 1], np.int32)


def bounds(total: int, parts: int, tolerance: float) -> tuple[int, int]:
    """Return the whole weights within a fraction of the mean of `parts` parts."""
    mean, share = Fraction(total, parts), Fraction(str(tolerance))
    return math.ceil(mean * (1 - share)), math.floor(mean * (1 + share))


def judge(instance: Instance, labels: NDArray[np.int32]) -> int | None:
    """Return the number of cut edges, or None where a part is torn or out of bounds or their number is another."""
    labels = np.asarray(labels)
    if labels.shape != (instance.num_nodes,) or int(labels.min()) < 0:
        return None
    weights = np.bincount(labels, weights=instance.weights).astype(np.int64)
    nodes = np.bincount(labels)
    if (nodes == 0).any() or instance.parts not in (None, len(nodes)):
        return None
    if int(weights.min()) < instance.lower or int(weights.max()) > instance.upper:
        return None
    inside = labels[instance.edges[:, 0]] == labels[instance.edges[:, 1]]
    graph = nx.Graph()
    graph.add_nodes_from(range(instance.num_nodes))
    graph.add_edges_from(instance.edges[inside].tolist())
    if nx.number_connected_components(graph) != len(nodes):
        return None
    return int(np.count_nonzero(~inside))


def certified(problem: Problem, plan: Plan) -> bool:
    """Return whether a plan keeps every rule: by certify(), and by the checker from the text of the certificate alone.

    Raises
    ------
    AssertionError
        Where the two disagree, or the certificate claims what is not so.
    """
    certificate = certify(problem, plan)
    report = checker.check(checker.read(json.loads(certificate.to_json())))
    claims = [line for line in report.lines() if line.startswith("claims.")]
    assert report.ok == certificate.ok, (certificate, report)
    assert not claims, claims
    return certificate.ok


@lru_cache(maxsize=2)
def real(name: str) -> Graph:
    """Read one of the real graphs."""
    return Graph.from_json(DATA / f"{name}.json")


def best_known() -> list[dict[str, str]]:
    """Read the table of best known plans; empty where the data are absent.

    H. Validi, A. Buchanan, "Political districting to minimize cut edges", Mathematical Programming Computation 14, 2022.
    """
    table = DATA / "best_known.csv"
    if not table.exists():
        print(f"  no real instances: {table} does not exist")
        return []
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def state(name: str, parts: int, tolerance: float) -> Instance:
    """Return the largest component of a real graph, in bounds of a fraction of the mean."""
    graph = real(name)
    component = graph.components()
    main = graph.subgraph(component == np.bincount(component).argmax())
    weights = np.asarray(main.columns["TOTPOP"], np.int64)
    lower, upper = bounds(int(weights.sum()), parts, tolerance)
    return Instance(f"{name} k={parts}", main.edges, weights, parts, lower, upper)


def square(side: int) -> NDArray[np.int32]:
    """Return the edges of a square of side * side nodes, each beside those left, right, above and below."""
    place = np.arange(side * side, dtype=np.int32).reshape(side, side)
    across = np.column_stack([place[:, :-1].ravel(), place[:, 1:].ravel()])
    down = np.column_stack([place[:-1].ravel(), place[1:].ravel()])
    return np.vstack([across, down])


def grid(side: int, parts: int, tolerance: float, seed: int) -> Instance:
    """Return a square grid graph with node weights uniform in 1 to 9."""
    weights = np.random.default_rng(seed).integers(1, 10, side * side)
    lower, upper = bounds(int(weights.sum()), parts, tolerance)
    return Instance(f"grid {side} x {side} k={parts}", square(side), weights, parts, lower, upper)

# SPDX-License-Identifier: BSD-3-Clause
"""All plans of tiny graphs, against every labelling."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest

import shequ
from shequ import Graph, InvalidInputError, Problem, enumerate_plans


def _all_by_networkx(network: nx.Graph, weights: list[int], lower: int, upper: int) -> set[frozenset[frozenset[int]]]:
    found = set()
    for labels in itertools.product(range(len(weights)), repeat=len(weights)):
        parts = [[v for v, label in enumerate(labels) if label == part] for part in set(labels)]
        within = all(lower <= sum(weights[v] for v in part) <= upper for part in parts)
        if within and all(nx.is_connected(network.subgraph(part)) for part in parts):
            found.add(frozenset(map(frozenset, parts)))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_plans_are_those_among_all_labellings_that_keep_the_rules(seed: int) -> None:
    random = np.random.default_rng(seed)
    network = nx.gnm_random_graph(6, 8, seed=seed)
    weights = random.integers(1, 5, 6).tolist()
    plans = enumerate_plans(Problem(Graph.from_edges(6, np.array(network.edges)), weights=weights, lower=3, upper=9))
    assert plans.complete
    found = {
        frozenset(frozenset(np.flatnonzero(labels == part).tolist()) for part in np.unique(labels))
        for labels in plans.labels
    }
    assert len(found) == len(plans.labels)
    assert found == _all_by_networkx(network, weights, 3, 9)


def test_a_square_of_five_by_five_has_4006_plans() -> None:
    """The number of divisions of a 5 x 5 grid into five parts of five: OEIS A172477."""
    square = nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 5))
    plans = enumerate_plans(
        Problem(Graph.from_edges(25, np.array(square.edges)), weights=[1] * 25, parts=5, lower=5, upper=5)
    )
    assert plans.complete
    assert plans.labels.shape == (4006, 25)
    assert plans.labels.dtype == np.int32


def test_a_limit_ends_the_list_and_says_so() -> None:
    lane = Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)])
    problem = Problem(lane, weights=[1] * 4, parts=2, lower=1, upper=3)
    plans = enumerate_plans(problem, limit=2)
    assert plans.labels.tolist() == [[0, 0, 0, 1], [0, 0, 1, 1]]
    assert not plans.complete
    none = enumerate_plans(Problem(lane, weights=[1] * 4, parts=2, lower=3, upper=3))
    assert none.labels.shape == (0, 4)
    assert none.complete
    with pytest.raises(InvalidInputError, match="limit=0"):
        enumerate_plans(problem, limit=0)
    with pytest.raises(InvalidInputError, match="problem"):
        shequ.enumerate_plans(lane)  # type: ignore[arg-type]

# SPDX-License-Identifier: BSD-3-Clause
"""Lower bounds from Python; what they prove is tested in C++."""

import networkx as nx
import pytest

import shequ
from shequ import Problem, lower_bound
from shequ.graph import Graph


def square(side: int, parts: int) -> Problem:
    graph = Graph.from_networkx(nx.convert_node_labels_to_integers(nx.grid_2d_graph(side, side)))
    size = side * side // parts
    return Problem(graph, weights=[1] * side * side, parts=parts, lower=size, upper=size)


def test_a_bound_is_below_every_plan_and_time_makes_it_no_worse() -> None:
    problem = square(6, 4)
    plan = shequ.solve(problem)
    quick, slow = lower_bound(problem), lower_bound(problem, time_limit_s=1.0)
    assert 0 < quick.value <= slow.value <= plan.objective
    assert plan.bound == quick.value
    assert quick.argument in repr(quick)


def test_a_target_and_a_tiny_graph_end_it_early() -> None:
    assert lower_bound(square(4, 4), time_limit_s=60.0).argument == "enumeration"
    assert lower_bound(square(4, 4), time_limit_s=60.0).value == 8
    assert lower_bound(square(20, 4), time_limit_s=600.0, target=1).value >= 1


@pytest.mark.parametrize("options", [{"time_limit_s": -1}, {"time_limit_s": float("nan")}, {"target": 1.5}])
def test_bad_options_are_named(options: dict[str, object]) -> None:
    with pytest.raises(shequ.InvalidInputError, match=next(iter(options))):
        lower_bound(square(2, 2), **options)  # type: ignore[arg-type]

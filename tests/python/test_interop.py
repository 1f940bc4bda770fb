# SPDX-License-Identifier: BSD-3-Clause
"""Graphs and plans to and from GerryChain, libpysal and networkx."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import shequ


def square(side: int = 3) -> shequ.Graph:
    """A square of blocks with names, people and lengths of borders."""
    edges = [(r * side + c, r * side + c + 1) for r in range(side) for c in range(side - 1)]
    edges += [(r * side + c, (r + 1) * side + c) for r in range(side - 1) for c in range(side)]
    return shequ.Graph.from_edges(
        side * side,
        edges,
        ids=[f"b{i}" for i in range(side * side)],
        columns={"TOTPOP": np.arange(100, 100 + side * side), "name": np.array([f"n{i}" for i in range(side * side)])},
        edge_columns={"shared_border_m": 0.5 * np.arange(1, len(edges) + 1)},
    )


@pytest.mark.parametrize("kind", ["graph", "W"])
@pytest.mark.parametrize("weight", [None, "shared_border_m"])
def test_weights_of_libpysal_come_back_as_the_same_graph(kind: str, weight: str | None) -> None:
    pytest.importorskip("libpysal")
    graph = square()
    weights = graph.to_libpysal(weight)
    back = shequ.Graph.from_libpysal(weights if kind == "graph" else weights.to_W(), graph.columns)
    assert back.ids == graph.ids
    assert set(map(tuple, back.edges.tolist())) == {tuple(sorted(pair)) for pair in graph.edges.tolist()}
    lengths = dict(zip(map(tuple, back.edges.tolist()), back.edge_columns["weight"].tolist(), strict=True))
    for (a, b), length in zip(graph.edges.tolist(), graph.edge_columns["shared_border_m"].tolist(), strict=True):
        assert lengths[min(a, b), max(a, b)] == (1.0 if weight is None else length)
    np.testing.assert_array_equal(back.columns["TOTPOP"], graph.columns["TOTPOP"])


@pytest.mark.parametrize("kind", ["graph", "W"])
@pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected")
def test_islands_stay_islands(kind: str) -> None:
    pytest.importorskip("libpysal")
    graph = shequ.Graph.from_edges(4, [(0, 2)], ids=[10, 11, 12, 13])
    weights = graph.to_libpysal()
    back = shequ.Graph.from_libpysal(weights if kind == "graph" else weights.to_W())
    assert back.ids == (10, 11, 12, 13)
    assert back.edges.tolist() == [[0, 2]]


def test_the_weights_are_those_that_libpysal_makes_itself() -> None:
    pytest.importorskip("libpysal")
    shapely = pytest.importorskip("shapely")
    gpd = pytest.importorskip("geopandas")
    from libpysal.graph import Graph as Weights

    x0, y0 = 350_000.0, 3_450_000.0
    boxes = [shapely.box(x0 + x, y0 + y, x0 + x + 10, y0 + y + 10) for y in (0, 10) for x in (0, 10, 20)]
    frame = gpd.GeoDataFrame(geometry=boxes, crs="EPSG:32651")
    theirs = Weights.build_contiguity(frame, rook=True)
    ours = shequ.Graph.from_geodataframe(frame)
    assert ours.to_libpysal() == theirs
    assert shequ.Graph.from_libpysal(theirs).edges.tolist() == sorted(map(sorted, ours.edges.tolist()))


def test_neighbours_in_one_direction_are_refused() -> None:
    libpysal = pytest.importorskip("libpysal")
    weights = libpysal.graph.Graph.from_arrays(["a", "b"], ["b", "b"], [1.0, 0.0])
    with pytest.raises(shequ.InvalidInputError, match="'a' has the neighbour 'b', which does not have it"):
        shequ.Graph.from_libpysal(weights)


def test_graphs_and_partitions_of_gerrychain_come_back_the_same() -> None:
    pytest.importorskip("gerrychain", reason="GerryChain is optional")
    graph = square()
    made = graph.to_gerrychain()
    back = shequ.Graph.from_gerrychain(made)
    assert back.ids == graph.ids
    np.testing.assert_array_equal(back.columns["TOTPOP"], graph.columns["TOTPOP"])
    assert {frozenset(pair) for pair in back.edges.tolist()} == {frozenset(pair) for pair in graph.edges.tolist()}

    problem = shequ.Problem(graph, weights="TOTPOP", parts=3, lower=250, upper=400)
    plan = shequ.solve(problem, steps=200)
    partition = graph.to_gerrychain(plan)
    assert len(partition.parts) == 3
    assert len(partition["cut_edges"]) == shequ.certify(problem, plan).objective
    labels = shequ.partition_labels(partition)
    assert [labels[name] for name in graph.ids] == plan.labels.tolist()
    assert shequ.certify(problem, labels).ok
    same = shequ.Graph.from_gerrychain(partition)
    assert set(same.ids) == set(graph.ids)
    assert same.num_edges == graph.num_edges


def test_parts_with_names_are_numbered_in_their_order() -> None:
    gerrychain = pytest.importorskip("gerrychain", reason="GerryChain is optional")
    graph = square(2)
    named = dict(zip(graph.ids, ["east", "west", "east", "west"], strict=True))
    labels = shequ.partition_labels(gerrychain.Partition(graph.to_gerrychain(), assignment=named))
    assert [labels[name] for name in graph.ids] == [0, 1, 0, 1]


def test_mistakes_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = square()
    with pytest.raises(shequ.InvalidInputError, match=r"must be a libpysal\.graph\.Graph or libpysal\.weights\.W"):
        shequ.Graph.from_libpysal([1, 2])
    with pytest.raises(shequ.InvalidInputError, match=r"must be a gerrychain\.Graph or Partition"):
        shequ.Graph.from_gerrychain("graph")
    with pytest.raises(shequ.InvalidInputError, match=r"must be a gerrychain\.Partition"):
        shequ.partition_labels(graph)
    for name, call in (("gerrychain", graph.to_gerrychain), ("libpysal.graph", graph.to_libpysal)):
        with monkeypatch.context() as hidden:
            hidden.setitem(sys.modules, name, None)
            with pytest.raises(shequ.MissingDependencyError, match=name.split(".")[0]):
                call()


def test_an_unknown_edge_column_is_named() -> None:
    pytest.importorskip("libpysal")
    with pytest.raises(shequ.InvalidInputError, match='weight="length" must be an edge column: shared_border_m'):
        square().to_libpysal("length")

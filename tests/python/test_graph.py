# SPDX-License-Identifier: BSD-3-Clause
"""The graph of atoms: reading, ids, columns, contiguity, and what it refuses."""

import copy
import gc
import json
import os
import pickle
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shequ
from shequ.graph import Graph

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "districting"


def town() -> nx.Graph:
    graph = nx.grid_2d_graph(3, 4)
    nx.set_node_attributes(graph, {node: {"households": 10 * i, "name": f"楼{i}"} for i, node in enumerate(graph)})
    nx.set_edge_attributes(graph, {edge: {"border": 2.5 + i} for i, edge in enumerate(graph.edges)})
    return graph


@st.composite
def random_graphs(draw: st.DrawFn) -> nx.Graph:
    n = draw(st.integers(0, 14))
    pairs = [(i, j) for j in range(n) for i in range(j)]
    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True, max_size=24)) if pairs else [])
    return graph


def test_from_edges_aligns_ids_edges_and_columns() -> None:
    graph = Graph.from_edges(3, [(0, 1), (1, 2)], ids=["a", "b", "c"], columns={"w": np.array([1, 2, 3])})
    assert graph.num_nodes == len(graph) == 3
    assert graph.num_edges == 2
    assert graph.ids == ("a", "b", "c")
    assert graph.edges.dtype == np.int32
    assert graph.edges.tolist() == [[0, 1], [1, 2]]
    assert graph.columns["w"].tolist() == [1, 2, 3]
    assert graph.neighbours("b") == ["a", "c"]
    assert graph.index("c") == 2
    with pytest.raises(ValueError, match="read-only"):
        graph.edges[0, 0] = 5
    with pytest.raises(ValueError, match="read-only"):
        graph.columns["w"][0] = 5


@pytest.mark.parametrize("form", ["adjacency", "node_link"])
def test_from_json_reads_both_forms_of_networkx(tmp_path: Path, form: str) -> None:
    given = nx.convert_node_labels_to_integers(town(), first_label=100)
    data = nx.adjacency_data(given) if form == "adjacency" else nx.node_link_data(given, edges="links")
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    graph = Graph.from_json(path)
    assert graph.ids == tuple(given.nodes)
    assert graph.columns["households"].dtype == np.int64
    assert graph.columns["name"].tolist() == [given.nodes[node]["name"] for node in given]
    assert graph.edge_columns["border"].dtype == np.float64
    assert nx.utils.graphs_equal(graph.to_networkx(), given)


def test_networkx_goes_in_and_out_unchanged() -> None:
    given = town()
    given.add_edge((0, 0), (2, 3))  # an edge without the attribute
    graph = Graph.from_networkx(given)
    assert np.ma.isMaskedArray(graph.edge_columns["border"])
    assert np.ma.getmaskarray(graph.edge_columns["border"]).sum() == 1
    assert nx.utils.graphs_equal(graph.to_networkx(), given)


@pytest.mark.parametrize(
    ("values", "dtype", "masked"),
    [
        ([1, 2.0, 3], np.int64, 0),
        ([1, 2.5], np.float64, 0),
        ([1, None, 3], np.int64, 1),
        ([0.5, None], np.float64, 1),
        ([True, False], np.bool_, 0),
        (["a", "乙"], np.str_, 0),
        ([1, True], np.object_, 0),
        ([2**63, 1], np.object_, 0),
        ([[1], {}], np.object_, 0),
        ([None, None], np.object_, 2),
    ],
)
def test_columns_take_the_narrowest_type_that_holds_every_value(values: list[object], dtype: type, masked: int) -> None:
    given = nx.Graph()
    for i, value in enumerate(values):
        given.add_node(i, **({} if value is None else {"x": value}))
    if all(value is None for value in values):
        nx.set_node_attributes(given, None, "x")
    column = Graph.from_networkx(given).columns["x"]
    assert column.dtype.type is dtype
    assert int(np.ma.getmaskarray(column).sum()) == masked


@settings(max_examples=60, deadline=None)
@given(random_graphs())
def test_contiguity_agrees_with_networkx(given_graph: nx.Graph) -> None:
    graph = Graph.from_networkx(given_graph)
    labels = graph.components()
    expected = {frozenset(piece) for piece in nx.connected_components(given_graph)}
    assert {frozenset(np.flatnonzero(labels == c).tolist()) for c in range(len(expected))} == expected
    assert set(graph.articulation_points()) == set(nx.articulation_points(given_graph))
    assert {frozenset(edge) for edge in graph.bridges()} == {frozenset(edge) for edge in nx.bridges(given_graph)}


@settings(max_examples=40, deadline=None)
@given(random_graphs(), st.data())
def test_a_subgraph_keeps_ids_columns_and_edges(given_graph: nx.Graph, data: st.DataObject) -> None:
    graph = Graph.from_networkx(given_graph)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(graph), max_size=len(graph))), dtype=bool)
    part = graph.subgraph(mask)
    assert part == graph.subgraph(np.flatnonzero(mask))
    assert nx.utils.graphs_equal(part.to_networkx(), given_graph.subgraph(np.flatnonzero(mask).tolist()))


def test_a_subgraph_refuses_unknown_and_repeated_positions() -> None:
    graph = Graph.from_edges(3, [(0, 1)])
    with pytest.raises(shequ.InvalidInputError, match=r"nodes\[1\]=3 must be in \[0, 3\)"):
        graph.subgraph([0, 3])
    with pytest.raises(shequ.InvalidInputError, match="twice"):
        graph.subgraph([0, 0])
    with pytest.raises(shequ.InvalidInputError, match=r"shape \(2,\)"):
        graph.subgraph(np.array([True, False]))
    with pytest.raises(shequ.InvalidInputError, match="dtype float64"):
        graph.subgraph([0.5])


def test_every_faulty_edge_is_listed() -> None:
    with pytest.raises(shequ.InvalidInputError) as caught:
        Graph.from_edges(3, [(0, 1), (1, 1), (1, 0), (2, 3)])
    text = str(caught.value)
    assert "edge 1 (1, 1) joins a node with itself" in text
    assert "edge 2 (1, 0) repeats edge 0" in text
    assert "edge 3 (2, 3) names an unknown node" in text
    assert "有误 3 条" in caught.value.message("zh")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"edges": [(0, 1, 2)]}, r"edges has shape \(1, 3\)"),
        ({"edges": [(0.0, 1.0)]}, "edges has dtype float64 and must be of whole numbers"),
        ({"edges": [(0, 2**31)]}, "2147483648"),
        ({"num_nodes": -1}, r"num_nodes=-1 must be in \[0, 2147483647\]"),
        ({"ids": ["a"]}, "ids has length 1 and must have length 2"),
        ({"ids": ["a", "a"]}, "ids must differ; 1 repeated: 'a'"),
        ({"columns": {"w": [1]}}, r'columns\["w"\] has shape \(1,\) and must have length 2'),
        ({"edge_columns": {"b": [1, 2]}}, r'edge_columns\["b"\] has shape \(2,\) and must have length 1'),
    ],
)
def test_bad_arguments_are_named(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(shequ.InvalidInputError, match=message):
        Graph.from_edges(**{"num_nodes": 2, "edges": [(0, 1)], **arguments})  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", ["<i4", ">i4", "<i8", ">i8", "<u2"])
def test_edges_of_any_integer_type_and_layout_are_read(dtype: str) -> None:
    wide = np.array([[0, 9, 1], [1, 9, 2]], dtype=dtype)
    assert Graph.from_edges(3, wide[:, ::2]).edges.tolist() == [[0, 1], [1, 2]]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{", "must be JSON in UTF-8"),
        ("[]", '"nodes"'),
        ('{"nodes": []}', '"adjacency", "links", "edges"'),
        ('{"directed": true, "nodes": [], "links": []}', "directed=true"),
        ('{"nodes": [{"x": 1}], "links": []}', r"nodes\[0\] must have an id"),
        ('{"nodes": [{"id": 1}, {"id": 1}], "links": []}', "1 repeated: 1"),
        ('{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 7}]}', r"links\[0\] names 7"),
        ('{"nodes": [{"id": 1}], "adjacency": []}', "adjacency has 0 rows and must have 1"),
        ('{"nodes": [{"id": 1}], "adjacency": [[{"id": 1}]]}', "joins a node with itself"),
        (
            '{"nodes": [{"id": 1}, {"id": 2}], "adjacency": [[{"id": 2, "b": 1}], [{"id": 1, "b": 2}]]}',
            "disagree on the attributes",
        ),
    ],
)
def test_faulty_files_are_refused_with_their_name(tmp_path: Path, document: str, message: str) -> None:
    path = tmp_path / "graph.json"
    path.write_text(document, encoding="utf-8")
    with pytest.raises(shequ.InvalidInputError, match=message):
        Graph.from_json(path)


def test_a_file_that_is_not_there_and_directed_graphs_are_refused() -> None:
    with pytest.raises(shequ.InvalidInputError, match="must be a file that exists"):
        Graph.from_json("nowhere.json")
    with pytest.raises(shequ.InvalidInputError, match="directed"):
        Graph.from_networkx(nx.DiGraph())
    with pytest.raises(shequ.InvalidInputError, match="multigraph"):
        Graph.from_networkx(nx.MultiGraph())


def test_pickle_and_copy_keep_everything() -> None:
    graph = Graph.from_networkx(town())
    for again in (pickle.loads(pickle.dumps(graph)), copy.copy(graph), copy.deepcopy(graph)):
        assert again == graph
        assert again.edge_columns["border"].dtype == np.float64
    assert pickle.loads(pickle.dumps(graph.core)) == graph.core
    assert graph != Graph.from_edges(1, [])


def test_views_outlive_the_graph_they_come_from() -> None:
    adjacency = Graph.from_edges(3, [(0, 1), (1, 2)]).core.adjacency
    gc.collect()
    assert adjacency.tolist() == [1, 0, 2, 1]
    assert not adjacency.flags.writeable


def test_display_names_numbers_and_escapes_the_users_texts() -> None:
    graph = Graph.from_edges(2, [], columns={"<b>": np.zeros(2)})
    assert repr(graph) == "Graph(num_nodes=2, num_edges=0)"
    assert "components    2" in str(graph)
    assert "&lt;b&gt;" in graph._repr_html_()
    assert "<b>" not in graph._repr_html_()


def test_empty_and_single_node_graphs() -> None:
    assert Graph.from_edges(0, []).components().tolist() == []
    assert Graph.from_edges(1, []).components().tolist() == [0]
    assert "components    0" in str(Graph.from_edges(0, []))


@pytest.mark.parametrize("name", ["NM_tract", "OH_tract", "LA_county"])
def test_real_graphs_are_read_as_networkx_reads_them(name: str) -> None:
    path = DATA / f"{name}.json"
    if not path.exists():
        pytest.skip(f"no real data at {path}")
    expected = nx.adjacency_graph(json.loads(path.read_text(encoding="utf-8")))
    graph = Graph.from_json(path)
    assert graph.num_nodes == len(expected)
    assert graph.num_edges == expected.number_of_edges()
    assert graph.columns["TOTPOP"].dtype == np.int64
    assert int(graph.columns["TOTPOP"].sum()) == sum(data["TOTPOP"] for _, data in expected.nodes(data=True))

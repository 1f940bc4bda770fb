# SPDX-License-Identifier: BSD-3-Clause
"""The graph of atoms (buildings, blocks) and who touches whom, with the user's ids and columns of attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ import _core
from shequ._errors import InvalidInputError, optional_import
from shequ._graph_columns import (
    Column,
    check_ids,
    checked_columns,
    columns_of_records,
    int_array,
    records,
    same_columns,
)
from shequ._repr_html import fields_html
from shequ._repr_text import Field, fields_text

if TYPE_CHECKING:
    import os
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from shequ._core import Plan

__all__ = ["Graph"]


class Graph:
    """Immutable undirected graph of atoms: ids, edges, and columns of attributes aligned with nodes and edges.

    Make one with `from_edges`, `from_json` or `from_geodataframe`, or from what networkx, GerryChain and libpysal hold. Nodes
    have positions 0 to ``num_nodes - 1``, which arrays are aligned with, and ids, which are what the user calls them.
    Messages name nodes by ids.

    Parameters
    ----------
    core : shequ._core.Graph
        The compiled graph.
    ids : sequence of hashable, optional
        The user's ids; positions where None.
    columns, edge_columns : mapping of str to array, optional
        Attributes, aligned with nodes and with edges.
    """

    __slots__ = ("_columns", "_core", "_edge_columns", "_edges", "_ids", "_position")

    def __init__(
        self,
        core: _core.Graph,
        ids: Sequence[Hashable] | None = None,
        columns: Mapping[str, Column] | None = None,
        edge_columns: Mapping[str, Column] | None = None,
    ) -> None:
        self._core = core
        self._ids: tuple[Hashable, ...] = tuple(range(core.num_nodes)) if ids is None else tuple(ids)
        self._columns = checked_columns(columns, "columns", core.num_nodes)
        self._edge_columns = checked_columns(edge_columns, "edge_columns", core.num_edges)
        self._edges: NDArray[np.int32] = np.column_stack([core.sources, core.targets])
        self._edges.setflags(write=False)
        self._position: dict[Hashable, int] | None = None

    @classmethod
    def from_edges(
        cls,
        num_nodes: int,
        edges: ArrayLike,
        ids: Iterable[Hashable] | None = None,
        columns: Mapping[str, Column] | None = None,
        edge_columns: Mapping[str, Column] | None = None,
    ) -> Graph:
        """Build a graph from pairs of positions.

        Parameters
        ----------
        num_nodes : int
            Number of nodes, 0 or more.
        edges : array_like of int, shape (n_edges, 2)
            The positions, 0 to ``num_nodes - 1``, that each edge joins. An edge counts once, in either direction.
        ids : iterable of hashable, optional
            What the user calls the nodes, ``num_nodes`` different ones; their positions where None.
        columns : mapping of str to array of shape (n_nodes,), optional
            Node attributes.
        edge_columns : mapping of str to array of shape (n_edges,), optional
            Edge attributes.

        Returns
        -------
        Graph
            With nodes and edges in the order given.

        Raises
        ------
        InvalidInputError
            Listing the edges that name an unknown node, join a node with itself or repeat another; where ids repeat;
            where an argument has another length or type than stated.

        Examples
        --------
        >>> from shequ import Graph
        >>> Graph.from_edges(3, [(0, 1), (1, 2)], ids=["a", "b", "c"])
        Graph(num_nodes=3, num_edges=2)
        """
        pairs = int_array(edges, "edges")
        if pairs.size == 0:
            pairs = pairs.reshape(0, 2)
        if pairs.ndim != 2 or pairs.shape[1] != 2:
            raise InvalidInputError(
                f"edges has shape {pairs.shape} and must have shape (n_edges, 2)",
                f"edges 的形状是 {pairs.shape}，必须是 (边数, 2)",
            )
        given: object = num_nodes
        is_whole = isinstance(given, (int, np.integer)) and not isinstance(given, bool)
        if not is_whole or not 0 <= num_nodes <= 2**31 - 1:
            raise InvalidInputError(
                f"num_nodes={num_nodes!r} must be {'' if is_whole else 'a whole number '}in [0, 2147483647]",
                f"num_nodes={num_nodes!r} 必须是 [0, 2147483647] 之间的整数",
            )
        names = None if ids is None else list(ids)
        if names is not None:
            check_ids(names, int(num_nodes))
        # Ids that are the positions say nothing new.
        told = None if names is None or names == list(range(int(num_nodes))) else [str(name) for name in names]
        core = _core.Graph(int(num_nodes), pairs[:, 0], pairs[:, 1], told)
        return cls(core, names, columns, edge_columns)

    @classmethod
    def from_json(cls, path: str | os.PathLike[str]) -> Graph:
        """Read a graph that networkx wrote, in adjacency or in node-link form.

        Parameters
        ----------
        path : str or path-like
            A UTF-8 file holding ``nodes`` with ``id`` and attributes, and ``adjacency``, ``links`` or ``edges``.

        Returns
        -------
        Graph
            Node attributes are ``columns``, edge attributes ``edge_columns``: int64 where all values are whole
            numbers (5.0 counts as 5), float64 where some are not, bool where all are true or false, str where all
            are texts, else object. A value that is missing or null somewhere makes the column a masked array.

        Raises
        ------
        InvalidInputError
            Where the file is no such JSON, names unknown nodes, repeats an id, or lists faulty edges.
        """
        from shequ._graph_json import read_graph

        return read_graph(path)

    @classmethod
    def from_networkx(cls, graph: Any) -> Graph:
        """Take over an undirected networkx graph with its attributes.

        Parameters
        ----------
        graph : networkx.Graph
            Undirected, without parallel edges. Attributes become columns as in `from_json`.

        Returns
        -------
        Graph
            Nodes and edges in the order of networkx.

        Raises
        ------
        InvalidInputError
            For a directed graph, a multigraph, or a node that is joined with itself.
        """
        if graph.is_directed() or graph.is_multigraph():
            kind = "directed" if graph.is_directed() else "a multigraph"
            kind_zh = "有向图" if graph.is_directed() else "多重图"
            raise InvalidInputError(
                f"graph is {kind} and must be an undirected graph without parallel edges",
                f"graph 是{kind_zh}，必须是无重边的无向图",
            )
        ids = list(graph.nodes)
        position = {name: i for i, name in enumerate(ids)}
        ends = [(position[a], position[b]) for a, b in graph.edges]
        columns = columns_of_records([data for _, data in graph.nodes(data=True)])
        edge_columns = columns_of_records([data for _, _, data in graph.edges(data=True)])
        return cls.from_edges(len(ids), ends, ids, columns, edge_columns)

    @classmethod
    def from_geodataframe(cls, frame: Any, contiguity: Literal["rook", "queen"] = "rook", **options: Any) -> Graph:
        """Build the graph of polygons that touch.

        Parameters
        ----------
        frame : geopandas.GeoDataFrame
            One polygon a row; its index gives the ids, or the column "id" or "编号" where the index only counts the rows;
            its columns become `columns`.
        contiguity : {"rook", "queen"}, default "rook"
            Neighbours share a border ("rook"), or at least a point ("queen").
        **options
            Passed to `shequ.geo.graph_from_geodataframe`.

        Returns
        -------
        Graph
            With the length of the shared border as an edge column.

        Warns
        -----
        shequ.geo.GeoWarning
            Polygons overlap, touch no other, or do not lie in China.
        """
        from shequ.geo import graph_from_geodataframe

        return graph_from_geodataframe(frame, contiguity=contiguity, **options)

    @property
    def core(self) -> _core.Graph:
        """The compiled graph."""
        return self._core

    @property
    def num_nodes(self) -> int:
        """Number of nodes."""
        return self._core.num_nodes

    @property
    def num_edges(self) -> int:
        """Number of undirected edges, each counted once."""
        return self._core.num_edges

    @property
    def ids(self) -> tuple[Hashable, ...]:
        """The user's ids, one a node."""
        return self._ids

    @property
    def edges(self) -> NDArray[np.int32]:
        """Positions that each edge joins: int32, shape (n_edges, 2), read-only."""
        return self._edges

    @property
    def columns(self) -> dict[str, Column]:
        """Node attributes: name to array of shape (n_nodes,)."""
        return dict(self._columns)

    @property
    def edge_columns(self) -> dict[str, Column]:
        """Edge attributes: name to array of shape (n_edges,)."""
        return dict(self._edge_columns)

    def index(self, node: Hashable) -> int:
        """Return the position of the node that the user calls `node`.

        Raises
        ------
        InvalidInputError
            Where no node has this id.
        """
        if self._position is None:
            self._position = {name: i for i, name in enumerate(self._ids)}
        try:
            return self._position[node]
        except (KeyError, TypeError):
            raise InvalidInputError(
                f"node={node!r} must be one of the {self.num_nodes} ids of the graph",
                f"node={node!r} 必须是图中 {self.num_nodes} 个节点的编号之一",
            ) from None

    def neighbours(self, node: Hashable) -> list[Hashable]:
        """Return the ids of the nodes that touch the node of this id."""
        return [self._ids[i] for i in self._core.neighbours(self.index(node)).tolist()]

    def components(self) -> NDArray[np.int32]:
        """Return the connected component of each node, numbered by their first nodes: int32, shape (n_nodes,)."""
        return self._core.components()

    def articulation_points(self) -> list[Hashable]:
        """Return the ids of the nodes without which their component would fall apart."""
        return [self._ids[i] for i in self._core.articulation_points().tolist()]

    def bridges(self) -> list[tuple[Hashable, Hashable]]:
        """Return the edges, as pairs of ids, without which their component would fall apart."""
        return [(self._ids[a], self._ids[b]) for a, b in self._edges[self._core.bridges()].tolist()]

    def subgraph(self, nodes: ArrayLike) -> Graph:
        """Return the graph of some nodes and the edges among them, with their columns.

        Parameters
        ----------
        nodes : array_like of int, shape (n,), or of bool, shape (n_nodes,)
            Positions, each at most once, in the order wanted; or a mask.

        Returns
        -------
        Graph
            Nodes keep their ids.

        Raises
        ------
        InvalidInputError
            Where a position is unknown or repeated, or a mask has another length.
        """
        from shequ._graph_subset import subset

        return subset(self, nodes)

    def to_networkx(self) -> Any:
        """Return a networkx.Graph with the ids as nodes and the columns as attributes; missing values are left out."""
        with optional_import("to_networkx()", "networkx", "'shequ[geo]'"):
            import networkx as nx
        graph = nx.Graph()
        graph.add_nodes_from(zip(self._ids, records(self._columns, self.num_nodes), strict=True))
        edge_records = records(self._edge_columns, self.num_edges)
        graph.add_edges_from(
            (self._ids[a], self._ids[b], record)
            for (a, b), record in zip(self._edges.tolist(), edge_records, strict=True)
        )
        return graph

    @classmethod
    def from_gerrychain(cls, graph: Any) -> Graph:
        """Take over a `gerrychain.Graph`, or the graph of a `gerrychain.Partition`, with its attributes.

        The plan of a partition: `shequ.partition_labels`. Raises InvalidInputError for anything else.
        """
        from shequ._interop import from_gerrychain

        return from_gerrychain(graph)

    def to_gerrychain(self, labels: Plan | ArrayLike | Mapping[Hashable, int] | None = None) -> Any:
        """Return a `gerrychain.Graph` with ids and columns; with a plan, a `gerrychain.Partition` of it."""
        from shequ._interop import to_gerrychain

        return to_gerrychain(self, labels)

    @classmethod
    def from_libpysal(cls, weights: Any, columns: dict[str, Column] | None = None) -> Graph:
        """Take over spatial weights: `libpysal.graph.Graph` or `libpysal.weights.W`.

        Nodes are in the order of libpysal; the edge column `weight` holds the weight from the first node to the second.
        Raises InvalidInputError where a neighbour is one in one direction only.
        """
        from shequ._interop import from_libpysal

        return from_libpysal(weights, columns)

    def to_libpysal(self, weight: str | None = None) -> Any:
        """Return a `libpysal.graph.Graph`, weights 1 or those of an edge column; its `to_W()` gives the older class."""
        from shequ._interop import to_libpysal

        return to_libpysal(self, weight)

    def _fields(self) -> list[Field]:
        count = int(self.components().max()) + 1 if self.num_nodes else 0
        return [
            ("nodes", self.num_nodes),
            ("edges", self.num_edges),
            ("components", count, "good" if count <= 1 else "warn"),
            ("columns", tuple(self._columns) or None),
            ("edge columns", tuple(self._edge_columns) or None),
        ]

    def __len__(self) -> int:
        """Return the number of nodes."""
        return self.num_nodes

    def __eq__(self, other: object) -> bool:
        """Compare nodes, edges, ids and columns; missing values are equal to each other."""
        if not isinstance(other, Graph):
            return NotImplemented
        return (
            self._core == other._core
            and self._ids == other._ids
            and same_columns(self._columns, other._columns)
            and same_columns(self._edge_columns, other._edge_columns)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return the class and its key numbers."""
        return f"Graph(num_nodes={self.num_nodes}, num_edges={self.num_edges})"

    def __str__(self) -> str:
        """Return the fields as aligned text."""
        return fields_text("Graph", self._fields())

    def _repr_html_(self) -> str:
        return fields_html("Graph", self._fields())

    def __reduce__(self) -> tuple[object, ...]:
        """Keep ids and columns through pickle and copy."""
        return Graph, (self._core, self._ids, dict(self._columns), dict(self._edge_columns))

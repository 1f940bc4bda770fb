# SPDX-License-Identifier: BSD-3-Clause
"""Graphs and plans to and from other packages: GerryChain, libpysal. Each is imported on use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError, optional_import
from shequ._problem_inputs import node_labels

if TYPE_CHECKING:
    from collections.abc import Hashable

    from shequ._graph_columns import Column
    from shequ.graph import Graph

__all__ = ["from_gerrychain", "from_libpysal", "partition_labels", "to_gerrychain", "to_libpysal"]


def from_gerrychain(source: Any) -> Graph:
    """Take over a GerryChain graph, or that of a partition; see `Graph.from_gerrychain`."""
    from shequ.graph import Graph

    graph = getattr(source, "graph", source) if hasattr(source, "assignment") else source
    graph = getattr(graph, "graph", graph) if type(graph).__name__ == "FrozenGraph" else graph
    # Before 1.0 a graph of GerryChain is one of networkx; since then it wraps one, or one of rustworkx.
    if hasattr(graph, "to_networkx_graph"):
        graph = graph.get_nx_graph() if graph.is_nx_graph() else graph.to_networkx_graph()
    if not hasattr(graph, "is_multigraph"):
        raise InvalidInputError(
            f"graph is a {type(source).__name__} and must be a gerrychain.Graph or Partition",
            f"graph 的类型是 {type(source).__name__}，必须是 gerrychain.Graph 或 Partition",
        )
    return Graph.from_networkx(graph)


def partition_labels(partition: Any) -> dict[Hashable, int]:
    """Return the part of each node of a GerryChain partition, by the ids of the nodes.

    Parameters
    ----------
    partition : gerrychain.Partition

    Returns
    -------
    dict of id to int
        What `shequ.Problem` takes as `start` or `locked`, and `shequ.certify` and `shequ.recom` as a plan: parts that are whole
        numbers as they are, else numbers from 0 in the order of the parts' names.

    Raises
    ------
    InvalidInputError
        It has no assignment.
    """
    assignment = getattr(partition, "assignment", None)
    if assignment is None:
        raise InvalidInputError(
            f"partition is a {type(partition).__name__} and must be a gerrychain.Partition",
            f"partition 的类型是 {type(partition).__name__}，必须是 gerrychain.Partition",
        )
    graph = partition.graph
    named = getattr(graph, "original_nx_node_id_for_internal_node_id", None) or getattr(
        getattr(graph, "graph", None), "original_nx_node_id_for_internal_node_id", None
    )
    pairs = [(node if named is None else named(node), assignment[node]) for node in graph.nodes]
    parts = {part for _, part in pairs}
    if all(isinstance(part, (int, np.integer)) and part >= 0 for part in parts):
        return {node: int(part) for node, part in pairs}
    number = {part: i for i, part in enumerate(sorted(parts, key=str))}
    return {node: number[part] for node, part in pairs}


def to_gerrychain(graph: Graph, labels: Any = None) -> Any:
    """Return a GerryChain graph, or a partition of it; see `Graph.to_gerrychain`."""
    with optional_import("to_gerrychain()", "gerrychain", "gerrychain"):
        import gerrychain
    made = gerrychain.Graph.from_networkx(graph.to_networkx())
    if labels is None:
        return made
    parts = node_labels(graph, labels, "labels")
    if len(parts) != graph.num_nodes:
        raise InvalidInputError(
            f"labels has {len(parts)} entries and must have {graph.num_nodes}, one a node",
            f"labels 有 {len(parts)} 项，必须有 {graph.num_nodes} 项，每个节点一项",
        )
    assignment = dict(zip(graph.ids, np.asarray(parts).tolist(), strict=True))
    return gerrychain.Partition(made, assignment=assignment)


def from_libpysal(weights: Any, columns: dict[str, Column] | None = None) -> Graph:
    """Take over spatial weights of libpysal; see `Graph.from_libpysal`."""
    from shequ.graph import Graph

    table = getattr(weights, "adjacency", None)
    if table is not None:  # libpysal.graph.Graph; islands have themselves with weight 0
        ids = list(weights.unique_ids)
        entries = [(a, b, w) for (a, b), w in zip(table.index.tolist(), table.tolist(), strict=True) if a != b]
    elif hasattr(weights, "neighbors") and hasattr(weights, "id_order"):
        ids = list(weights.id_order)
        entries = [
            (a, b, w) for a in ids for b, w in zip(weights.neighbors[a], weights.weights[a], strict=True) if a != b
        ]
    else:
        raise InvalidInputError(
            f"weights is a {type(weights).__name__} and must be a libpysal.graph.Graph or libpysal.weights.W",
            f"weights 的类型是 {type(weights).__name__}，必须是 libpysal.graph.Graph 或 libpysal.weights.W",
        )
    position = {name: i for i, name in enumerate(ids)}
    known = {(position[a], position[b]): float(w) for a, b, w in entries}
    one_way = next((pair for pair in known if (pair[1], pair[0]) not in known), None)
    if one_way is not None:
        a, b = ids[one_way[0]], ids[one_way[1]]
        raise InvalidInputError(
            f"weights: {a!r} has the neighbour {b!r}, which does not have it: borders have no direction",
            f"weights：{a!r} 的邻居有 {b!r}，反之则无；边界没有方向",
        )
    edges = sorted(pair for pair in known if pair[0] < pair[1])
    values = np.array([known[pair] for pair in edges])
    return Graph.from_edges(len(ids), np.array(edges).reshape(-1, 2), ids, columns, {"weight": values})


def to_libpysal(graph: Graph, weight: str | None = None) -> Any:
    """Return spatial weights of libpysal; see `Graph.to_libpysal`."""
    with optional_import("to_libpysal()", "libpysal", "libpysal"):
        from libpysal.graph import Graph as Weights
    values = np.ones(graph.num_edges)
    if weight is not None:
        if weight not in graph.edge_columns:
            known = ", ".join(graph.edge_columns) or "none"
            raise InvalidInputError(
                f'weight="{weight}" must be an edge column: {known}', f'weight="{weight}" 必须是边的数据列：{known}'
            )
        values = np.asarray(graph.edge_columns[weight], dtype=np.float64)
    alone = np.ones(graph.num_nodes, dtype=np.bool_)
    alone[graph.edges.ravel()] = False
    islands = np.flatnonzero(alone)
    focal = np.concatenate([graph.edges[:, 0], graph.edges[:, 1], islands])
    other = np.concatenate([graph.edges[:, 1], graph.edges[:, 0], islands])
    weights = np.concatenate([values, values, np.zeros(len(islands))])
    order = np.lexsort((other, focal))
    ids = np.empty(graph.num_nodes, dtype=object)
    ids[:] = graph.ids
    if all(isinstance(name, int) for name in graph.ids):
        ids = ids.astype(np.int64)
    return Weights.from_arrays(ids[focal[order]], ids[other[order]], weights[order])

# SPDX-License-Identifier: BSD-3-Clause
"""The graph of some of the nodes of a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shequ._errors import InvalidInputError
from shequ._graph_columns import int_array, take

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from shequ.graph import Graph

__all__ = ["subset"]


def subset(graph: Graph, nodes: ArrayLike) -> Graph:
    """Return the graph of nodes by position or by mask; see `Graph.subgraph`."""
    from shequ.graph import Graph as Made

    array = np.asarray(nodes)
    if array.dtype == np.bool_:
        if array.shape != (graph.num_nodes,):
            raise InvalidInputError(
                f"nodes has shape {array.shape} and must have shape ({graph.num_nodes},)",
                f"nodes 的形状是 {array.shape}，必须是 ({graph.num_nodes},)",
            )
        array = np.flatnonzero(array)
    chosen = int_array(array if array.size else np.zeros(0, np.int32), "nodes").ravel()
    wrong = (chosen < 0) | (chosen >= graph.num_nodes)
    if wrong.any():
        raise InvalidInputError(
            f"nodes[{int(wrong.argmax())}]={int(chosen[wrong][0])} must be in [0, {graph.num_nodes})",
            f"nodes[{int(wrong.argmax())}]={int(chosen[wrong][0])} 必须在 [0, {graph.num_nodes}) 之间",
        )
    place = np.full(graph.num_nodes, -1, dtype=np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    if np.count_nonzero(place >= 0) != len(chosen):
        raise InvalidInputError(
            "nodes holds a position twice and must hold each once", "nodes 含有重复的位置，每个只能出现一次"
        )
    ends = place[graph._edges]
    inside = np.flatnonzero((ends >= 0).all(axis=1))
    return Made.from_edges(
        len(chosen),
        ends[inside],
        [graph._ids[i] for i in chosen.tolist()],
        {name: take(column, chosen) for name, column in graph._columns.items()},
        {name: take(column, inside) for name, column in graph._edge_columns.items()},
    )

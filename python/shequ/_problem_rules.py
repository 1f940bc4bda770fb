# SPDX-License-Identifier: BSD-3-Clause
"""Rules of a problem that columns state: what parts balance, what stays whole, how long borders are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._problem_inputs import bounds, check_type, codes, in_units, lookup, whole_column

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from shequ.graph import Graph

__all__ = ["Balance", "balance_columns", "border_lengths", "exact_sum", "whole_groups"]


@dataclass(frozen=True, eq=False)
class Balance:
    """A further column whose sums parts must keep within bounds, such as area or residents over 60.

    Parameters
    ----------
    weights : str or array_like of int, shape (n_nodes,)
        0 to 10^12: a name in ``graph.columns``, or an array.
    lower, upper : int, optional
        Least and most of a part, both included; None: 0 and the total.
    target, tolerance : int and float, optional
        Instead: as in `Problem`.
    name : str, optional
        What messages call it; None: the name of the column.
    """

    weights: str | ArrayLike
    lower: int | None = None
    upper: int | None = None
    target: int | None = None
    tolerance: float | None = None
    name: str | None = None


def exact_sum(column: NDArray[np.int64]) -> int:
    """Return the sum of whole numbers."""
    return sum(column.tolist())  # exact beyond 2^63


def border_lengths(graph: Graph, given: object, unit: float | None) -> NDArray[np.int64] | None:
    """Return the lengths of the borders between nodes in units, None where there are none."""
    values = lookup(graph.edge_columns, given, "edge_weights", "graph.edge_columns")
    counted = in_units(values, "edge_weights", unit, (0, 10**12), "edge_unit")
    return None if counted is None else whole_column(counted, "edge_weights", graph.num_edges)


def balance_columns(graph: Graph, given: Any, parts: tuple[int, int] | None) -> list[tuple[str, Any, int, int]]:
    """Return name, column and bounds of each balance."""
    if isinstance(given, Mapping):
        given = [Balance(name, *pair) for name, pair in given.items()]
    result = []
    for i, balance in enumerate(given):
        place = f"balances[{i}]"
        check_type(balance, place, Balance)
        column = whole_column(lookup(graph.columns, balance.weights, place, "graph.columns"), place, graph.num_nodes)
        least, most = bounds(vars(balance), parts, partial(exact_sum, column), f"{place}.")
        name = balance.name or (balance.weights if isinstance(balance.weights, str) else "")
        result.append((name, column, least, most))
    return result


def whole_groups(graph: Graph, given: Any) -> list[list[int]]:
    """Return the positions of the nodes that have the same value, for each column and value that several have."""
    names = isinstance(given, (list, tuple)) and all(isinstance(name, str) and name in graph.columns for name in given)
    groups: list[list[int]] = []
    for column in [] if given is None else given if names else [given]:
        numbers = codes(graph, column, "keep_whole")
        order = np.argsort(numbers, kind="stable")
        starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
        groups += [group.tolist() for group in np.split(order, starts)[1:] if len(group) > 1]
    return groups

# SPDX-License-Identifier: BSD-3-Clause
"""The districting problem as Python states it: arguments by name, checked, and kept for messages and pickles."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import _core
from shequ._errors import InvalidInputError
from shequ._objective_terms import weighted_terms
from shequ._problem_inputs import (
    MAX_INT32,
    bounds,
    check_type,
    lookup,
    node_labels,
    pairs,
    parts_range,
    whole,
    whole_column,
)
from shequ._problem_rules import Balance, balance_columns, border_lengths, exact_sum, whole_groups
from shequ._repr_html import fields_html
from shequ._repr_text import Field, fields_text
from shequ.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from shequ._core import Plan
    from shequ._objective_terms import Objectives
    from shequ.objectives import Objective

    Labels = ArrayLike | Mapping[Hashable, int]

__all__ = ["Problem"]

_STATE_VERSION = 2  # of a pickled problem; raised when the fields change


class Problem:
    """A districting problem: which parts a plan must have and what it should make small.

    Parameters
    ----------
    graph : Graph
        Atoms and who touches whom.
    weights : str or array_like of int, shape (n_nodes,)
        Households or persons of each node, 0 to 10^12: a name in ``graph.columns``, or an array.
    parts : int, (int, int) or None, default None
        Number of parts; or a range, both ends included: the best of a few roomy numbers is taken; or None: the number
        that leaves most room to both bounds.
    lower, upper : int, optional
        Least and most weight of a part, both included; None: 0 and the total, but one of them must be given, or else
        `tolerance`.
    target : int, optional
        Weight that every part should have; None: the total divided by `parts`.
    tolerance : float, optional
        Instead of `lower` and `upper`: the whole weights within this fraction of the target, 0 to 1, see
        `bounds_within`.
    balances : mapping of str to (int, int), or sequence of Balance, optional
        Further columns to keep within bounds: names in ``graph.columns`` with the least and most of a part, or
        `Balance` objects.
    objective : str, Objective, mapping of these to int, or sequence, default "cut_edges"
        What a plan should make small: ``"cut_edges"``, the number of edges between parts; ``"shared_perimeter"``, the
        sum of their `edge_weights`; ``"deviation"``, ``"part_count"``, ``"staff"``, ``"staff_load"``; any object of
        `shequ.objectives`; or several with whole weights, 0 to 10^6, as a mapping or as pairs. Empty: any plan will do.
    edge_weights : str or array_like, shape (n_edges,), optional
        Length of the border that each edge stands for: a name in ``graph.edge_columns``, or an array, in the order of
        ``graph.edges``. Whole numbers of any unit, 0 to 10^12; floats need `edge_unit`.
    edge_unit : float, optional
        Rounds `edge_weights` to whole multiples of this, for example 0.1 for metres to decimetres.
    together : iterable of iterables of ids, optional
        Each group must lie in one part.
    apart : iterable of pairs of ids, optional
        Each pair must lie in two parts.
    locked : mapping of id to int, or array_like of int, shape (n_nodes,), optional
        Nodes of one number stay in one part, nodes of different numbers in different parts; -1 or absent: free.
    keep_whole : str, sequence of str, or array_like, shape (n_nodes,), optional
        Columns, such as the compound or the street: nodes of one value must lie in one part. Missing, None or -1: free.
    closed : iterable of int, optional
        Numbers in `locked` whose parts take no further node: grids that stay as they are.
    links : iterable of pairs of ids, optional
        Pairs that count as touching though no edge joins them: an enclave and what it belongs to. They cost nothing.
    start : Plan, mapping of id to int, or array_like of int, shape (n_nodes,), optional
        Plan to begin from, also one that breaks rules; -1 or absent: in no part.

    Raises
    ------
    InvalidInputError
        Naming the argument, its value and what is allowed.

    Examples
    --------
    >>> import shequ
    >>> blocks = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)])
    >>> problem = shequ.Problem(blocks, weights=[150, 200, 180, 170], lower=300, upper=500)
    >>> shequ.solve(problem).labels.tolist()
    [0, 0, 1, 1]
    """

    __slots__ = ("_arguments", "_core", "_graph", "_objective")

    def __init__(
        self,
        graph: Graph,
        weights: str | ArrayLike,
        *,
        parts: int | tuple[int, int] | None = None,
        lower: int | None = None,
        upper: int | None = None,
        target: int | None = None,
        tolerance: float | None = None,
        balances: Mapping[str, tuple[int, int]] | Sequence[Balance] = (),
        objective: Objectives = "cut_edges",
        edge_weights: str | ArrayLike | None = None,
        edge_unit: float | None = None,
        together: Iterable[Iterable[Hashable]] | None = None,
        apart: Iterable[tuple[Hashable, Hashable]] | None = None,
        keep_whole: str | Sequence[str] | ArrayLike | None = None,
        locked: Labels | None = None,
        closed: Iterable[int] | None = None,
        links: Iterable[tuple[Hashable, Hashable]] | None = None,
        start: Plan | Labels | None = None,
    ) -> None:
        check_type(graph, "graph", Graph)
        self._graph = graph
        column = lookup(graph.columns, weights, "weights", "graph.columns")
        count = parts_range(parts)
        given = {"lower": lower, "upper": upper, "target": target, "tolerance": tolerance}
        least, most = bounds(given, count, lambda: exact_sum(whole_column(column, "weights", graph.num_nodes)))
        self._objective = weighted_terms(objective, border_lengths(graph, edge_weights, edge_unit))
        self._arguments: dict[str, Any] = {
            "weights": column,
            "lower": least,
            "upper": most,
            "parts": count,
            "balances": balance_columns(graph, balances, count),
            "together": [[graph.index(node) for node in group] for group in together or ()]
            + whole_groups(graph, keep_whole),
            "apart": pairs(graph, apart, "apart"),
            "locked": node_labels(graph, locked, "locked"),
            "closed": [whole(number, f"closed[{i}]", MAX_INT32) for i, number in enumerate(closed or ())],
            "links": pairs(graph, links, "links"),
            "start": node_labels(graph, start, "start"),
        }
        self._make()

    def _make(self) -> None:
        terms = [(of.name, weight, of.values(self._graph)) for of, weight in self._objective]
        self._core = _core.Problem(graph=self._graph.core, objective=terms, **self._arguments)

    @property
    def core(self) -> _core.Problem:
        """The compiled problem."""
        return self._core

    @property
    def graph(self) -> Graph:
        """Atoms and who touches whom."""
        return self._graph

    @property
    def weights(self) -> NDArray[np.int64]:
        """Weight of each node: int64, shape (n_nodes,), read-only."""
        return self._core.weights

    @property
    def lower(self) -> int:
        """Least weight of a part, included."""
        return self._core.lower

    @property
    def upper(self) -> int:
        """Most weight of a part, included."""
        return self._core.upper

    @property
    def parts(self) -> tuple[int, int] | None:
        """Least and most number of parts, or None where it is free."""
        return self._core.parts

    @property
    def objective(self) -> tuple[tuple[Objective, int], ...]:
        """What a plan should make small: objectives and their weights."""
        return self._objective

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What the compiled problem is made of besides graph and objective: positions, whole numbers, columns."""
        return MappingProxyType(self._arguments)

    def _parts_text(self) -> str:
        if self.parts is None:
            return "free"
        least, most = self.parts
        return str(least) if least == most else f"{least} to {most}"

    def _fields(self) -> list[Field]:
        rules = ("balances", "together", "apart", "locked", "closed", "links", "start")
        given = tuple(rule for rule in rules if self._arguments[rule] is not None and len(self._arguments[rule]))
        terms = [of.name if weight == 1 else f"{weight:,} x {of.name}" for of, weight in self._objective]
        return [
            ("nodes", self._graph.num_nodes),
            ("edges", self._graph.num_edges),
            ("weight", int(self.weights.sum())),
            ("bounds of a part", f"{self.lower:,} to {self.upper:,}"),
            ("parts", self._parts_text()),
            ("objective", " + ".join(terms) or None),
            ("further rules", given or None),
        ]

    def __repr__(self) -> str:
        """Return the class and its key numbers."""
        return f"Problem({self._graph!r}, parts={self._parts_text()}, lower={self.lower}, upper={self.upper})"

    def __str__(self) -> str:
        """Return the fields as aligned text."""
        return fields_text("Problem", self._fields())

    def _repr_html_(self) -> str:
        return fields_html("Problem", self._fields())

    def __getstate__(self) -> tuple[object, ...]:
        """Keep the arguments through pickle; the compiled problem is made of them again."""
        return _STATE_VERSION, self._graph, self._objective, self._arguments

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Make the compiled problem of the arguments."""
        if state[0] != _STATE_VERSION:
            raise InvalidInputError(
                "this problem was pickled by another version of shequ", "该问题由其他版本的 shequ 保存"
            )
        _, self._graph, self._objective, self._arguments = state
        self._make()

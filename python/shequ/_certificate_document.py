# SPDX-License-Identifier: BSD-3-Clause
"""A problem as what JSON is made of, and back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import objectives
from shequ._core import StaffingRule
from shequ._errors import InvalidInputError
from shequ._graph_columns import column_of, int_array

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from shequ.checker import Document
    from shequ.districting import Problem
    from shequ.graph import Graph
    from shequ.objectives import Objective

__all__ = ["labels_of", "problem_document", "problem_of"]


def _id(name: Hashable, place: str) -> Any:
    if isinstance(name, np.generic):
        name = name.item()
    if isinstance(name, tuple):
        return [_id(part, place) for part in name]
    if isinstance(name, bool) or not isinstance(name, (str, int, float)) or not _is_number_of_json(name):
        raise InvalidInputError(
            f"{place}={name!r} must be a text, a number or a tuple of these to be written",
            f"{place}={name!r} 必须是文字、数字或它们的元组，才能写入文件",
        )
    return name


def _is_number_of_json(value: object) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _hashable(name: Any) -> Hashable:
    return tuple(_hashable(part) for part in name) if isinstance(name, list) else name


def _plain(values: Any, argument: str) -> list[int] | None:
    """Return whole numbers as a list; the problem was made of them, so that none is missing."""
    return None if values is None else int_array(np.ma.getdata(values), argument).tolist()


def _rule(rule: StaffingRule) -> dict[str, Any]:
    return {
        "base": rule.base,
        "base_households": rule.base_households,
        "step_households": rule.step_households,
        "rounding": rule.rounding.name.lower(),
        "applies_to": rule.applies_to.name.lower(),
        "id": rule.id,
    }


def _term(objective: Objective, weight: int, graph: Graph) -> dict[str, Any]:
    values = objective.values(graph)
    fields: dict[str, Any] = {}
    centres = values.pop("centres", None)
    for name, value in values.items():
        if isinstance(value, StaffingRule):
            fields[name] = _rule(value)
        elif value is None or isinstance(value, (int, str)):
            fields[name] = value
        else:
            fields[name] = _plain(value, name)
    if centres is not None:
        flat = fields["distances"]
        fields["distances"] = [flat[first : first + centres] for first in range(0, len(flat), centres)]
    return {"name": objective.name, "weight": weight, **fields}


def _column(column: Any) -> list[Any]:
    """Return a column of a graph; what is missing or no number is null."""
    missing = np.ma.getmaskarray(column).tolist()
    values = np.ma.getdata(column).tolist()
    pairs = zip(values, missing, strict=True)
    return [value if not absent and _is_number_of_json(value) else None for value, absent in pairs]


def _edge_columns(graph: Graph) -> dict[str, list[Any]]:
    """Return the edge columns that JSON can hold: numbers, texts, true and false."""
    given = graph.edge_columns.items()
    return {name: _column(column) for name, column in given if column.ndim == 1 and column.dtype.kind in "biufU"}


def problem_document(problem: Problem) -> dict[str, Any]:
    """Return a problem as `shequ.checker.read` takes it; edge columns (borders, barriers) come along as they are."""
    graph, given = problem.graph, problem.arguments
    return {
        "ids": [_id(name, f"graph.ids[{i}]") for i, name in enumerate(graph.ids)],
        "weights": problem.weights.tolist(),
        "edges": graph.edges.tolist(),
        "edge_columns": _edge_columns(graph),
        "lower": problem.lower,
        "upper": problem.upper,
        "parts": None if problem.parts is None else list(problem.parts),
        "balances": [
            {"name": name, "weights": _plain(weights, name), "lower": lower, "upper": upper}
            for name, weights, lower, upper in given["balances"]
        ],
        "objective": [_term(objective, weight, graph) for objective, weight in problem.objective],
        "together": given["together"],
        "apart": [list(pair) for pair in given["apart"]],
        "locked": _plain(given["locked"], "locked"),
        "closed": given["closed"],
        "links": [list(pair) for pair in given["links"]],
        "start": _plain(given["start"], "start"),
    }


def _objective(name: str, values: dict[str, Any]) -> Objective:
    kinds = {
        kind.name: kind
        for kind in vars(objectives).values()
        if isinstance(kind, type) and issubclass(kind, objectives.Objective) and kind is not objectives.Objective
    }
    given = dict(values)
    if "rule" in given:
        given["rule"] = StaffingRule(**given["rule"])
    if "previous" in given:
        given["previous"] = np.array(given["previous"], dtype=np.int64)
    if "distances" in given:
        given["distances"] = np.array(given["distances"], dtype=np.int64)
    return kinds[name](**given)


def problem_of(document: Document) -> Problem:
    """Return the problem that a document states."""
    from shequ.districting import Balance, Problem
    from shequ.graph import Graph

    ids = [_hashable(name) for name in document.ids]
    graph = Graph.from_edges(
        len(ids), np.array(document.edges, dtype=np.int64).reshape(-1, 2), ids,
        edge_columns={name: column_of(column) for name, column in document.edge_columns.items()},
    )  # fmt: skip
    return Problem(
        graph,
        document.weights,
        parts=document.parts,
        lower=document.lower,
        upper=document.upper,
        balances=[Balance(b.weights, b.lower, b.upper, name=b.name) for b in document.balances],
        objective=[(_objective(term.name, term.values), term.weight) for term in document.objective],
        together=[[ids[v] for v in group] for group in document.together],
        apart=[(ids[a], ids[b]) for a, b in document.apart],
        locked=document.locked or None,
        closed=document.closed,
        links=[(ids[a], ids[b]) for a, b in document.links],
        start=document.start,
    )


def labels_of(document: Document) -> NDArray[np.int64]:
    """Return the plan of a document: int64, shape (n_nodes,)."""
    return np.array(document.labels, dtype=np.int64)

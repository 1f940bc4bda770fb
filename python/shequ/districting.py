# SPDX-License-Identifier: BSD-3-Clause
"""Divide a graph into connected parts within bounds: state a problem, diagnose it, solve it, certify the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ import _core
from shequ._core import (
    Certificate,
    Diagnosis,
    Objective,
    Plan,
    PlanStatus,
    Reason,
    ReasonKind,
    Relaxation,
    SolveProgress,
    StopReason,
    Violation,
    ViolationKind,
    part_count_range,
)
from shequ._errors import InvalidInputError
from shequ._graph_columns import int_array
from shequ._repr_html import fields_html
from shequ._repr_text import Field, fields_text
from shequ.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from numpy.typing import ArrayLike, NDArray

    Labels = ArrayLike | Mapping[Hashable, int]

__all__ = [
    "Certificate",
    "Diagnosis",
    "Objective",
    "Plan",
    "PlanStatus",
    "Problem",
    "Reason",
    "ReasonKind",
    "Relaxation",
    "SolveProgress",
    "StopReason",
    "Violation",
    "ViolationKind",
    "certify",
    "diagnose",
    "part_count_range",
    "solve",
]

_MAX_INT64 = 2**63 - 1
_MAX_INT32 = 2**31 - 1


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
    lower, upper : int
        Least and most weight of a part, both included.
    objective : {"cut_edges", "shared_perimeter"}, default "cut_edges"
        Number of edges between parts, or the sum of their `edge_weights`.
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

    __slots__ = ("_arguments", "_core", "_graph")

    def __init__(
        self,
        graph: Graph,
        weights: str | ArrayLike,
        *,
        parts: int | tuple[int, int] | None = None,
        lower: int,
        upper: int,
        objective: Objective | Literal["cut_edges", "shared_perimeter"] = "cut_edges",
        edge_weights: str | ArrayLike | None = None,
        edge_unit: float | None = None,
        together: Iterable[Iterable[Hashable]] | None = None,
        apart: Iterable[tuple[Hashable, Hashable]] | None = None,
        locked: Labels | None = None,
        start: Plan | Labels | None = None,
    ) -> None:
        _check_type(graph, "graph", Graph)
        self._graph = graph
        self._arguments: dict[str, Any] = {
            "weights": _column(graph.columns, weights, "weights", "graph.columns"),
            "lower": _whole(lower, "lower", _MAX_INT64),
            "upper": _whole(upper, "upper", _MAX_INT64),
            "parts": _parts(parts),
            "objective": objective,
            "edge_weights": _edge_weights(graph, edge_weights, edge_unit),
            "together": [[graph.index(node) for node in group] for group in together or ()],
            "apart": [_pair(graph, pair, i) for i, pair in enumerate(apart or ())],
            "locked": _labels(graph, locked, "locked"),
            "start": _labels(graph, start, "start"),
        }
        self._core = _core.Problem(graph=graph.core, **self._arguments)

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
    def objective(self) -> Objective:
        """What a plan should make small."""
        return self._core.objective

    def _parts_text(self) -> str:
        if self.parts is None:
            return "free"
        least, most = self.parts
        return str(least) if least == most else f"{least} to {most}"

    def _fields(self) -> list[Field]:
        rules = ("together", "apart", "locked", "start")
        given = tuple(rule for rule in rules if self._arguments[rule] is not None and len(self._arguments[rule]))
        return [
            ("nodes", self._graph.num_nodes),
            ("edges", self._graph.num_edges),
            ("weight", int(self.weights.sum())),
            ("bounds of a part", f"{self.lower:,} to {self.upper:,}"),
            ("parts", self._parts_text()),
            ("objective", self.objective.name.lower()),
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

    def __getstate__(self) -> tuple[Graph, dict[str, Any]]:
        """Keep the arguments through pickle; the compiled problem is made of them again."""
        return self._graph, self._arguments

    def __setstate__(self, state: tuple[Graph, dict[str, Any]]) -> None:
        """Make the compiled problem of the arguments."""
        self._graph, self._arguments = state
        self._core = _core.Problem(graph=self._graph.core, **self._arguments)


def diagnose(problem: Problem) -> Diagnosis:
    """Look for proofs that a problem has no answer, without searching.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Diagnosis
        `feasible` False with `reasons` and the smallest `relaxations` that remove them all, True where a plan is
        obvious, None where neither is proven; `parts_range`, `component_count`.

    Notes
    -----
    Linear in nodes and edges. The arguments are counting ones: a node above the upper bound, a component below the
    lower, no whole number of parts for a component's weight, groups and locks too heavy or torn.

    Examples
    --------
    >>> import shequ
    >>> path = shequ.Graph.from_edges(55, [(i, i + 1) for i in range(54)])
    >>> found = shequ.diagnose(shequ.Problem(path, weights=[10] * 55, lower=300, upper=500))
    >>> found.feasible, [relaxation.message() for relaxation in found.relaxations]
    (False, ['lower=275', 'upper=550'])
    """
    _check_type(problem, "problem", Problem)
    return _core.diagnose(problem.core)


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit_s: float = 10.0,
    steps: int | None = None,
    threads: int = 1,
    progress: Callable[[SolveProgress], object] | None = None,
) -> Plan:
    """Divide the graph into connected parts within the bounds and make the objective small.

    Parameters
    ----------
    problem : Problem
    seed : int, default 0
        0 to 2^64 - 1. The same problem, seed and steps give the same labels on every machine and number of threads,
        as long as neither the time limit nor an interrupt ended the search.
    time_limit_s : float, default 10.0
        Wall time, seconds, 0 or more.
    steps : int, optional
        Search steps, 1 or more; None for a number that suits the problem, and more while bounds are broken.
    threads : int, default 1
        1 to 1024. Changes the time only.
    progress : callable, optional
        Called with a `SolveProgress` at most every 50 ms.

    Returns
    -------
    Plan
        Always; see `Plan.status`. Ctrl-C ends the search and returns the best plan so far with `stop_reason`
        ``INTERRUPTED``.

    Raises
    ------
    InvalidInputError
        For an option out of range.

    Notes
    -----
    Parts grown by cutting random spanning trees, then simulated annealing by flips and short chains of flips that
    keep parts connected, and heat-bath re-divisions of two adjacent parts along random spanning trees; bounds enter
    as a concave penalty. Restarts are independent tasks, the best of which is taken.
    """
    _check_type(problem, "problem", Problem)
    if _whole(seed, "seed", 2**64 - 1) < 0:
        raise InvalidInputError(f"seed={seed} must be 0 or more", f"seed={seed} 必须大于或等于 0")
    return _core.solve(
        problem.core,
        seed=int(seed),
        time_limit_s=time_limit_s,
        steps=None if steps is None else _whole(steps, "steps", _MAX_INT64),
        threads=_whole(threads, "threads", _MAX_INT32),
        progress=progress,
    )


def certify(problem: Problem, labels: Plan | Labels) -> Certificate:
    """Check a plan against every rule of its problem, by code that shares nothing with the search.

    Parameters
    ----------
    problem : Problem
    labels : array_like of int, shape (n_nodes,), mapping of id to int, or Plan
        Part of each node, 0 to number of parts - 1; -1 or absent: in no part.

    Returns
    -------
    Certificate
        `ok`, `violations` with nodes and amounts, `objective` recomputed, `part_weights`.

    Raises
    ------
    InvalidInputError
        Where labels have another length or type.
    """
    _check_type(problem, "problem", Problem)
    return _core.certify(problem.core, _labels(problem.graph, labels, "labels"))


def _check_type(value: object, argument: str, wanted: type) -> None:
    if isinstance(value, wanted):
        return
    given = type(value).__name__
    raise InvalidInputError(
        f"{argument} is of type {given} and must be a shequ.{wanted.__name__}",
        f"{argument} 的类型是 {given}，必须是 shequ.{wanted.__name__}",
    )


def _whole(value: object, argument: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise InvalidInputError(f"{argument}={value!r} must be a whole number", f"{argument}={value!r} 必须是整数")
    if not -most <= value <= most:
        raise InvalidInputError(
            f"{argument}={value} must be in [-{most}, {most}]", f"{argument}={value} 必须在 [-{most}, {most}] 之间"
        )
    return int(value)


def _parts(parts: object) -> tuple[int, int] | None:
    if parts is None:
        return None
    if isinstance(parts, (tuple, list)):
        if len(parts) != 2:
            raise InvalidInputError(
                f"parts={parts!r} must be a whole number, a pair (least, most) or None",
                f"parts={parts!r} 必须是整数、(最少, 最多) 或 None",
            )
        return _whole(parts[0], "parts[0]", _MAX_INT32), _whole(parts[1], "parts[1]", _MAX_INT32)
    number = _whole(parts, "parts", _MAX_INT32)
    if number < 1:
        raise InvalidInputError(f"parts={number} must be 1 or more", f"parts={number} 必须大于或等于 1")
    return number, number


def _column(columns: Mapping[str, Any], given: object, argument: str, place: str) -> Any:
    if not isinstance(given, str):
        return given
    if given not in columns:
        names = ", ".join(columns) or "(none)"
        raise InvalidInputError(
            f'{argument}="{given}" must be one of {place}: {names}',
            f'{argument}="{given}" 必须是 {place} 之一：{names}',
        )
    return columns[given]


def _edge_weights(graph: Graph, given: object, unit: float | None) -> Any:
    values = _column(graph.edge_columns, given, "edge_weights", "graph.edge_columns")
    if values is None or unit is None:
        return values
    if not np.isfinite(unit) or unit <= 0:
        raise InvalidInputError(f"edge_unit={unit!r} must be above 0", f"edge_unit={unit!r} 必须大于 0")
    lengths = np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan) / unit
    wrong = ~((lengths >= 0) & (lengths <= 10**12))
    if wrong.any():
        first = int(wrong.argmax())
        shown = f"edge_weights[{first}]={np.ma.asarray(values)[first]}"
        raise InvalidInputError(
            f"{shown} must be in [0, 10^12] units of edge_unit={unit}",
            f"{shown} 必须在 [0, 10^12] 个 edge_unit={unit} 之间",
        )
    return np.rint(lengths).astype(np.int64)


def _pair(graph: Graph, pair: tuple[Hashable, Hashable], number: int) -> tuple[int, int]:
    ends = tuple(pair)
    if len(ends) != 2:
        raise InvalidInputError(
            f"apart[{number}]={pair!r} must be a pair of ids", f"apart[{number}]={pair!r} 必须是两个节点编号"
        )
    return graph.index(ends[0]), graph.index(ends[1])


def _labels(graph: Graph, given: Any, argument: str) -> Any:
    if isinstance(given, Plan):
        return given.labels
    if isinstance(given, Mapping):
        labels = np.full(graph.num_nodes, -1, dtype=np.int64)
        for node, label in given.items():
            labels[graph.index(node)] = _whole(label, f"{argument}[{node!r}]", _MAX_INT32)
        return labels
    if given is None or isinstance(given, np.ndarray):
        return given
    return int_array(given, argument)

# SPDX-License-Identifier: BSD-3-Clause
"""Divide a graph into connected parts within bounds: state a problem, diagnose it, solve it, certify the plan."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import _core
from shequ._core import (
    Diagnosis,
    Plan,
    PlanStatus,
    Reason,
    ReasonKind,
    Relaxation,
    SolveProgress,
    StopReason,
    TracePoint,
    Violation,
    ViolationKind,
    bounds_within,
    part_count_range,
)
from shequ._errors import InvalidInputError
from shequ._objective_terms import weighted_terms
from shequ._problem_inputs import (
    MAX_INT32,
    MAX_INT64,
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
from shequ.certificate import Certificate
from shequ.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from shequ._objective_terms import Objectives
    from shequ.objectives import Objective

    Labels = ArrayLike | Mapping[Hashable, int]

__all__ = [
    "Balance",
    "Certificate",
    "Diagnosis",
    "Plan",
    "PlanStatus",
    "Problem",
    "Reason",
    "ReasonKind",
    "Relaxation",
    "SolveProgress",
    "StopReason",
    "TracePoint",
    "Violation",
    "ViolationKind",
    "bounds_within",
    "certify",
    "diagnose",
    "part_count_range",
    "solve",
    "solve_many",
]


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
    Nearly linear in nodes, edges and rules. The arguments are counting ones: a node above the upper bound, a component
    below the lower, no whole number of parts for a component's weight or a balance, groups and locks too heavy or torn,
    too many nodes that must be apart; and what hangs on cut vertices, where it is too light for parts of its own.

    Examples
    --------
    >>> import shequ
    >>> path = shequ.Graph.from_edges(55, [(i, i + 1) for i in range(54)])
    >>> found = shequ.diagnose(shequ.Problem(path, weights=[10] * 55, lower=300, upper=500))
    >>> found.feasible, [relaxation.message() for relaxation in found.relaxations]
    (False, ['lower=270', 'upper=550'])
    """
    check_type(problem, "problem", Problem)
    return _core.diagnose(problem.core)


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit_s: float = 10.0,
    steps: int | None = None,
    threads: int = 1,
    target: int | None = None,
    term: Callable[[NDArray[np.int32]], int] | None = None,
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
    target : int, optional
        End as soon as a plan within the rules has this objective or less.
    term : callable, optional
        A further term of the objective: given labels (int32, shape (n_nodes,), -1 for nodes of other connected
        components), it returns a whole number of 0 or more, which is added to the problem's objective and stands last
        in `Plan.terms`. It is called for every move that is judged, some 10,000 to a million times: slow, where the
        terms of `shequ.objectives` take nanoseconds. It must not keep the array.
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
    check_type(problem, "problem", Problem)
    if whole(seed, "seed", 2**64 - 1) < 0:
        raise InvalidInputError(f"seed={seed} must be 0 or more", f"seed={seed} 必须大于或等于 0")
    return _core.solve(
        problem.core,
        seed=int(seed),
        time_limit_s=time_limit_s,
        steps=None if steps is None else whole(steps, "steps", MAX_INT64),
        threads=whole(threads, "threads", MAX_INT32),
        target=None if target is None else whole(target, "target", MAX_INT64),
        term=term,
        progress=progress,
    )


def solve_many(
    problems: Iterable[Problem],
    *,
    seed: int = 0,
    time_limit_s: float = 10.0,
    steps: int | None = None,
    threads: int = 1,
    progress: Callable[[SolveProgress], object] | None = None,
) -> list[Plan]:
    """Solve problems that have nothing to do with each other, such as the communities of a city, several at a time.

    Parameters
    ----------
    problems : iterable of Problem
    seed : int, default 0
        0 to 2^64 - 1, of each problem.
    time_limit_s : float, default 10.0
        Wall time of each problem, seconds, 0 or more.
    steps : int, optional
        Search steps of each problem, 1 or more; None for numbers that suit the problems.
    threads : int, default 1
        1 to 1024: how many problems at a time. Changes the time only.
    progress : callable, optional
        Called with a `SolveProgress` at most every 50 ms: `fraction` of all problems and `steps` of all; its
        `objective` and `violation` are those of one problem.

    Returns
    -------
    list of Plan
        Plan i is what ``solve(problems[i])`` gives with the same options. After Ctrl-C the problems that are left are
        answered with little search.

    Raises
    ------
    InvalidInputError
        For an option out of range.

    Examples
    --------
    >>> import shequ
    >>> lanes = [shequ.Graph.from_edges(n, [(i, i + 1) for i in range(n - 1)]) for n in (6, 9)]
    >>> problems = [shequ.Problem(lane, weights=[1] * lane.num_nodes, lower=3, upper=3) for lane in lanes]
    >>> [plan.part_count for plan in shequ.solve_many(problems, threads=2)]
    [2, 3]
    """
    given = list(problems)
    for i, problem in enumerate(given):
        check_type(problem, f"problems[{i}]", Problem)
    if whole(seed, "seed", 2**64 - 1) < 0:
        raise InvalidInputError(f"seed={seed} must be 0 or more", f"seed={seed} 必须大于或等于 0")
    return _core.solve_many(
        [problem.core for problem in given],
        seed=int(seed),
        time_limit_s=time_limit_s,
        steps=None if steps is None else whole(steps, "steps", MAX_INT64),
        threads=whole(threads, "threads", MAX_INT32),
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
        `ok`, `violations` with nodes and amounts, `objective` and its `terms` recomputed, `part_weights`. Its `write`
        makes a file that ``python -m shequ.certify`` checks with networkx alone.

    Raises
    ------
    InvalidInputError
        Where labels have another length or type.
    """
    check_type(problem, "problem", Problem)
    claims = None
    if isinstance(labels, Plan):
        status = labels.status.name.lower()
        claims = {"status": status, "bound": labels.bound, "seed": labels.seed, "steps": labels.steps}
    return Certificate(problem, node_labels(problem.graph, labels, "labels"), claims)

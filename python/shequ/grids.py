# SPDX-License-Identifier: BSD-3-Clause
"""Divide communities into grids (网格划分): every household in exactly one, each in one piece, each of a fair size."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._core import Random
from shequ._documents import read_plan_labels
from shequ._errors import InvalidInputError
from shequ._grid_inputs import Task, border_weights, check_households, check_lengths, check_size, list_tasks
from shequ._grid_numbers import number_grids
from shequ._grid_plan import CommunityGrids, Fault, Grid, GridPlan, Status
from shequ._grid_texts import community_text, grid_text
from shequ.district import CROSSES

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from shequ._core import Diagnosis
    from shequ.certificate import Certificate
    from shequ.district import District
    from shequ.graph import Graph

__all__ = ["CommunityGrids", "Grid", "GridPlan", "border_weights", "divide", "divide_district", "read_plan_labels"]

#: What buildings of no named community are called, Chinese and English.
ALL_BUILDINGS = ("全部楼栋", "all buildings")

#: A plan that crossings may only mend gets one step for so many of the search without crossings.
_MEND = 4

_STATUS: dict[str, Status] = {
    "OPTIMAL": "optimal",
    "FEASIBLE": "feasible",
    "UNKNOWN": "unknown",
    "INFEASIBLE": "infeasible",
}
_FAULTS: dict[str, Fault] = {"below_lower": "below", "above_upper": "above", "not_contiguous": "broken"}


@dataclass(frozen=True)
class _Answer:
    """Labels of the members of one community, 0 to count - 1, and how they came about."""

    labels: NDArray[np.int32]
    count: int
    status: Status
    objective: int | None = None
    bound: int | None = None
    diagnosis: Diagnosis | None = None
    certificate: Certificate | None = None


def divide_district(
    district: District,
    *,
    size: tuple[int, int] = (300, 500),
    seed: int = 0,
    numbering: Literal["rows", "columns"] = "rows",
    time_limit_s: float = 10.0,
    steps: int | None = None,
    threads: int = 1,
    progress: Callable[[int, int, CommunityGrids], None] | None = None,
) -> GridPlan:
    """Divide every community of a district into grids.

    Parameters
    ----------
    district : District
        With atoms. Its column `households`, where given, tells of households that live in no atom.
    size, seed, numbering, time_limit_s, steps, threads, progress
        See `divide`.

    Returns
    -------
    GridPlan
        Communities in the order of the hierarchy, also those without atoms.

    Raises
    ------
    InvalidInputError
        The district has no atoms, or an argument is out of range.

    Examples
    --------
    >>> from shequ.datasets import sample_district
    >>> bool((divide_district(sample_district(), steps=1000).labels >= 0).all())
    True
    """
    atoms = district.atoms
    if atoms is None:
        raise InvalidInputError("district.atoms=None must be given", "district.atoms=None 必须给出")
    h = district.hierarchy
    units = h.at_level("community").tolist()
    column = district.columns.get("households")
    missing = np.ones(len(h), dtype=np.bool_) if column is None else np.ma.getmaskarray(column)
    known = {unit: None if column is None or missing[unit] else int(column[unit]) for unit in units}
    graph = atoms.graph()
    return divide(
        graph,
        atoms.households,
        atoms.community.tolist(),
        size=size,
        seed=seed,
        known_households=known,
        codes={unit: h.code(unit) for unit in units},
        names={unit: (h.name(unit), h.name(unit, lang="en")) for unit in units},
        position=atoms.centroid,
        atom_names=atoms.names,
        atom_names_en=atoms.names_en,
        edge_weights=border_weights(graph.edge_columns),
        crossings=atoms.crosses >= CROSSES.index("bridge"),
        numbering=numbering,
        time_limit_s=time_limit_s,
        steps=steps,
        threads=threads,
        progress=progress,
    )


def divide(
    graph: Graph,
    households: str | ArrayLike = "households",
    community: Sequence[Hashable] | NDArray[Any] | None = None,
    *,
    size: tuple[int, int] = (300, 500),
    seed: int = 0,
    known_households: Mapping[Any, int | None] | None = None,
    codes: Mapping[Any, str] | None = None,
    names: Mapping[Any, tuple[str, str]] | None = None,
    position: NDArray[np.float64] | None = None,
    atom_names: Sequence[str] | None = None,
    atom_names_en: Sequence[str] | None = None,
    edge_weights: NDArray[np.int64] | None = None,
    crossings: NDArray[np.bool_] | None = None,
    numbering: Literal["rows", "columns"] = "rows",
    time_limit_s: float = 10.0,
    steps: int | None = None,
    threads: int = 1,
    progress: Callable[[int, int, CommunityGrids], None] | None = None,
) -> GridPlan:
    """Divide communities into grids of a given size.

    Every atom gets a grid, also where no plan keeps the bounds: such grids are marked with the reason and the smallest
    relaxation. Each community is diagnosed, solved and certified by itself.

    Parameters
    ----------
    graph : Graph
        Atoms and which of them touch, n nodes and m edges.
    households : str or array_like of whole numbers, shape (n,)
        Name of a column of the graph, or households of each atom.
    community : sequence, shape (n,), optional
        The community that each atom lies in: units, codes or names. Default: all in one that has no code.
    size : (int, int), default (300, 500)
        Least and most households of a grid, both included (norm grid.haikou2020).
    seed : int, default 0
        The same seed gives the same grids on every machine, unless the time limit ends a search.
    known_households : mapping, optional
        Households of each community by its ledger, None where missing. A community without atoms is listed, and so are
        households that live in no atom.
    codes : mapping of community to str, optional
        12-digit codes for the codes of grids. Default: what `community` says.
    names : mapping of community to (str, str), optional
        Chinese and English names.
    position : ndarray of float64, shape (n, 2), optional
        East and north of each atom, for the numbers of grids. Default: grids are numbered by their first atom.
    atom_names, atom_names_en : sequence of str, shape (n,), optional
        Chinese and English names, for tables and messages; each serves where the other is not given. Default: the ids.
    edge_weights : ndarray of int64, shape (m,), optional
        What it costs that an edge is cut. Default: 1 each.
    crossings : ndarray of bool, shape (m,), optional
        Edges over a bridge, below a railway or through a gate: a grid uses one only where its community cannot be divided without.
    numbering : "rows" or "columns", default "rows"
        Number grids in rows from the north, each from the west, or in columns from the west, each from the north.
    time_limit_s : float, default 10.0
        For each community, seconds.
    steps : int, optional
        Search steps for each community; default: what suits its size.
    threads : int, default 1
        Communities that are worked on at once; the result is the same.
    progress : callable, optional
        Called with the number of communities done, their total, and the one that was done last.

    Returns
    -------
    GridPlan
        Labels, grids, communities.

    Raises
    ------
    InvalidInputError
        An argument is out of range, has the wrong length, or a number of households is negative.

    Notes
    -----
    A community where nobody lives becomes one dedicated grid (专属网格) for each connected part. Complexity: O(m log m),
    and that of `solve` for each community.
    """
    n = graph.num_nodes
    lower, upper = check_size(size)
    weights = check_households(graph, households)
    if numbering not in ("rows", "columns"):
        raise InvalidInputError(
            f'numbering={numbering!r} must be "rows" or "columns"',
            f'numbering={numbering!r} 必须是 "rows" 或 "columns"',
        )
    if threads < 1:
        raise InvalidInputError(f"threads={threads} must be 1 or more", f"threads={threads} 必须大于等于 1")
    owners = [0] * n if community is None else list(community)
    if community is None:  # one of no code of its own, and none is made up
        codes = {0: ""} if codes is None else codes
        names = {0: ALL_BUILDINGS} if names is None else names
    m = graph.num_edges
    check_lengths(n, community=owners, position=position, atom_names=atom_names, atom_names_en=atom_names_en)
    check_lengths(m, edge_weights=edge_weights, crossings=crossings)
    costs = np.ones(m, dtype=np.int64) if edge_weights is None else edge_weights
    last_resort = np.zeros(m, dtype=np.bool_) if crossings is None else crossings
    tasks = list_tasks(graph, owners, weights, known_households, codes, names)

    stopped = Event()

    def work(task: Task) -> _Answer:
        return _solve(graph, weights, costs, last_resort, task, (lower, upper), seed, time_limit_s, steps, stopped)

    ids = tuple(map(str, graph.ids))
    called_zh = tuple(atom_names or atom_names_en or ids)
    called_en = tuple(atom_names_en or atom_names or ids)
    labels = np.full(n, -1, dtype=np.int32)
    grids: list[Grid] = []
    entries: list[CommunityGrids] = []
    pool = ThreadPoolExecutor(threads)
    try:
        answers = map(work, tasks) if threads == 1 else pool.map(work, tasks)
        for task, answer in zip(tasks, answers, strict=True):
            found = number_grids(
                answer.labels, answer.count, None if position is None else position[task.members], numbering
            )
            called = [(called_en[i], called_zh[i]) for i in task.members.tolist()]
            entry, its_grids = _describe(task, answer, found, weights, len(entries), len(grids), (lower, upper), called)
            labels[task.members] = len(grids) + found
            grids += its_grids
            entries.append(entry)
            if progress is not None:
                progress(len(entries), len(tasks), entry)
    finally:
        stopped.set()  # after Ctrl-C: searches under way end, and none of those that wait begins
        pool.shutdown(cancel_futures=True)
    return GridPlan(
        labels=labels,
        grids=tuple(grids),
        communities=tuple(entries),
        size=(lower, upper),
        seed=seed,
        atom_ids=ids,
        atom_names=called_zh,
        atom_names_en=called_en,
        households=weights,
    )


def _solve(
    graph: Graph, weights: NDArray[np.int64], costs: NDArray[np.int64], last_resort: NDArray[np.bool_], task: Task,
    size: tuple[int, int], seed: int, time_limit_s: float, steps: int | None, stopped: Event,
) -> _Answer:  # fmt: skip
    """Divide one community, without crossings if that breaks no more rules than with them."""
    from shequ.districting import Problem, certify, diagnose, solve
    from shequ.graph import Graph

    members = task.members
    if not len(members):
        return _Answer(np.zeros(0, dtype=np.int32), 0, "no_atoms" if task.known else "empty")
    inside = task.edges
    ids = [graph.ids[i] for i in members.tolist()]
    if not weights[members].any():
        whole = Graph.from_edges(len(members), np.searchsorted(members, graph.edges[inside]), ids=ids)
        labels = np.asarray(whole.components(), dtype=np.int32)
        return _Answer(labels, int(labels.max()) + 1, "no_households")

    def poll(_: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt

    answers: list[_Answer] = []
    made = 0
    dry = inside[~last_resort[inside]]
    for edges in (dry, inside) if len(dry) < len(inside) else (inside,):
        rules: dict[str, Any] = {
            "weights": weights[members], "lower": size[0], "upper": size[1], "objective": "shared_perimeter",
            "edge_weights": costs[edges],
        }  # fmt: skip
        touching = Graph.from_edges(len(members), np.searchsorted(members, graph.edges[edges]), ids=ids)
        problem = Problem(touching, **rules)
        diagnosis = diagnose(problem)
        budget = steps
        if answers and steps is None and diagnosis.feasible is False:
            # Crossings cannot save all: they may mend what the plan without them left broken, and that plan is the start.
            problem, budget = Problem(touching, start=answers[0].labels, **rules), max(made // _MEND, 1)
        plan = solve(
            problem, seed=Random(seed, task.stream).bits(), time_limit_s=time_limit_s, steps=budget, progress=poll
        )
        made = plan.steps
        if plan.stop_reason.name == "INTERRUPTED":
            raise KeyboardInterrupt
        certificate = certify(problem, plan)
        status = _STATUS[plan.status.name]
        answers.append(
            _Answer(plan.labels, plan.part_count, status, plan.objective, plan.bound, diagnosis, certificate)
        )
        if certificate.ok:
            break
    return min(answers, key=lambda answer: len(answer.certificate.violations) if answer.certificate else 0)


def _describe(
    task: Task, answer: _Answer, labels: NDArray[np.int32], weights: NDArray[np.int64], index: int, first: int,
    size: tuple[int, int], called: Sequence[tuple[str, str]],
) -> tuple[CommunityGrids, list[Grid]]:  # fmt: skip
    """Put figures, faults and reasons of one community together."""
    count = answer.count
    lived_in = weights[task.members]
    sums = np.bincount(labels, weights=lived_in, minlength=count).astype(np.int64) if count else lived_in
    atoms = np.bincount(labels, minlength=count) if count else lived_in
    faults: list[Fault] = [""] * count
    dedicated = answer.status == "no_households"
    if answer.certificate is not None:
        new_number = dict(zip(answer.labels.tolist(), labels.tolist(), strict=True))
        for violation in answer.certificate.violations:
            kind = violation.kind.name.lower()
            if kind in _FAULTS and violation.part >= 0:
                faults[new_number[violation.part]] = _FAULTS[kind]
    uncovered = max(0, task.known - int(lived_in.sum()))
    digits = 3 if count > 99 else 2
    grids = []
    for g in range(count):
        english, chinese = "", ""
        if faults[g] or dedicated:
            inside = np.flatnonzero(labels == g).tolist()
            english, chinese = grid_text(
                answer.diagnosis, faults[g], int(sums[g]), int(lived_in.sum()), size,
                [called[i] for i in inside], lived_in[inside].tolist(),
            )  # fmt: skip
        grids.append(
            Grid(
                code=f"{task.code}{g + 1:0{digits}d}",
                community=index,
                number=g + 1,
                atoms=int(atoms[g]),
                households=int(sums[g]),
                fault=faults[g],
                dedicated=dedicated,
                english=english,
                chinese=chinese,
            )
        )
    english, chinese = community_text(
        answer.status, answer.diagnosis, task.known, int(lived_in.sum()), size, called, lived_in.tolist()
    )
    entry = CommunityGrids(
        key=task.key,
        code=task.code,
        name=task.name,
        name_en=task.name_en,
        households=task.known,
        uncovered=uncovered,
        atoms=len(task.members),
        first=first,
        count=count,
        status=answer.status,
        objective=answer.objective,
        bound=answer.bound,
        diagnosis=answer.diagnosis,
        certificate=answer.certificate,
        english=english,
        chinese=chinese,
    )
    return entry, grids

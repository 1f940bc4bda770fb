# SPDX-License-Identifier: BSD-3-Clause
"""Divide a community anew with least disturbance (最小调整): as few households as possible change their grid."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import objectives
from shequ._answers import AnswerTable
from shequ._core import grid_code
from shequ._errors import InvalidInputError
from shequ._messages import check_lang, text
from shequ._problem import Problem
from shequ._problem_inputs import node_labels
from shequ._repartition_steps import count_moved, proved, search
from shequ.districting import diagnose, part_count_range

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from shequ._errors import Lang
    from shequ._grid_plan import GridPlan
    from shequ._problem import Labels
    from shequ.district import District
    from shequ.graph import Graph

__all__ = ["Move", "Repartition", "repartition", "resolve"]


@dataclass(frozen=True)
class Move:
    """An atom that changes its grid.

    Parameters
    ----------
    atom : hashable
        Its id.
    households : int
    before, after : int or None
        Grids; `before` is None for an atom that is new, which does not count as moved.
    """

    atom: Hashable
    households: int
    before: int | None
    after: int


@dataclass(frozen=True)
class Repartition:
    """New grids, and what changes; made by `repartition`.

    Parameters
    ----------
    labels : ndarray of int32, shape (n_nodes,)
        Grid of each atom by the numbers of last year; higher numbers are new grids. Where `kept_rules` is False it is the
        plan that breaks least.
    kept_rules : bool
        Bounds, locks and connection hold, checked by code that shares nothing with the search.
    households_moved : int
        Households of last year's atoms that change their grid.
    bound : int
        No plan moves fewer.
    status : {"minimal", "feasible", "infeasible", "above_cap", "unknown"}
        Proven minimal; kept rules but not proven; proven that there is no plan, or none within the cap; nothing found.
    moves : tuple of Move
        New atoms too.
    grids : tuple of (number, households before, households now or None for a grid that ends)
        Households of this year in last year's grid, -1 where there was none.
    reasons : tuple of str
        Why there is no plan, and the smallest changes that would help, in the language asked for.
    names : tuple of str
        Codes of the grids by their numbers; empty where there are none.
    """

    labels: NDArray[np.int32]
    kept_rules: bool
    households_moved: int
    bound: int
    status: str
    moves: tuple[Move, ...]
    grids: tuple[tuple[int, int | None, int | None], ...]
    reasons: tuple[str, ...]
    lang: Lang
    names: tuple[str, ...] = ()

    def name(self, grid: int | None) -> str | int | None:
        """Return what people call a grid: its code where there are codes, else its number."""
        return self.names[grid] if grid is not None and grid < len(self.names) else grid

    def sentence(self) -> str:
        """Say what was found and what is proven."""
        values = {
            "moved": self.households_moved,
            "bound": self.bound,
            "atoms": sum(m.before is not None for m in self.moves),
        }
        return text("repartition." + self.status, self.lang, **values)

    def table(self) -> AnswerTable:
        """Return the list of moves: building, households, grid before, grid now."""
        rows = tuple(
            (str(move.atom), move.households, self.name(move.before), self.name(move.after)) for move in self.moves
        )
        notes = (self.sentence(), *self.reasons)
        title = text("repartition.title", self.lang)
        return AnswerTable(title, ("building", "households", "grid_before", "grid_after"), rows, notes, self.lang)

    def __repr__(self) -> str:
        """Return one line."""
        return f"<Repartition: {self.status}, {self.households_moved} households move, at least {self.bound} must>"

    def __str__(self) -> str:
        """Return the moves as text."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def repartition(
    graph: Graph,
    households: str | ArrayLike,
    previous: Labels,
    *,
    size: tuple[int, int],
    locked_grids: Iterable[int] = (),
    locked_atoms: Iterable[Hashable] = (),
    cap: int | None = None,
    links: Iterable[tuple[Hashable, Hashable]] = (),
    seed: int = 0,
    time_limit_s: float = 10.0,
    prove: bool | None = None,
    lang: Lang = "zh",
) -> Repartition:
    """Divide a community anew so that as few households as possible change their grid.

    Parameters
    ----------
    graph : Graph
        Atoms of this year and who touches whom.
    households : str or array_like of int, shape (n_nodes,)
        Of this year: a column of the graph, or an array.
    previous : mapping of id to int, or array_like of int, shape (n_nodes,)
        Last year's grid of each atom, 0 or more; -1 or absent for one that is new.
    size : (least, most)
        Households of a grid, both included.
    locked_grids : iterable of int
        Grids that keep exactly their atoms: none leaves, none joins.
    locked_atoms : iterable of ids
        Atoms that stay in their grid.
    cap : int, optional
        Most households that may move.
    links : iterable of pairs of ids
        Pairs that count as touching.
    seed : int, default 0
        Of the search.
    time_limit_s : float, default 10.0
        Wall time for search and proof, seconds.
    prove : bool, optional
        Prove the least number with HiGHS (needs highspy); None: where it is installed.
    lang : "zh" or "en", default "zh"

    Returns
    -------
    Repartition
        `households_moved` is proven minimal where `status` is "minimal"; else `bound` is what is proven.

    Raises
    ------
    InvalidInputError
        Bounds or grids are out of range, or a locked atom is new.
    MissingDependencyError
        `prove` is True and highspy is not installed.

    Notes
    -----
    Among plans that move equally few households, the search prefers fewer buildings that move, then fewer borders. The proof rests on the arithmetic of
    HiGHS; whether a plan keeps the rules does not.

    Examples
    --------
    >>> import shequ
    >>> lane = shequ.Graph.from_edges(6, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])
    >>> found = repartition(lane, [150, 150, 250, 50, 50, 100], [0, 0, 0, 1, 1, 1], size=(300, 500), lang="en")
    >>> found.households_moved, found.labels.tolist()  # 550 were too many
    (250, [0, 0, 1, 1, 1, 1])
    """
    lang = check_lang(lang)
    problem = Problem(graph, households, lower=size[0], upper=size[1], objective=())
    weights, n = problem.weights, graph.num_nodes
    labels = node_labels(graph, previous, "previous")
    before = np.full(n, -1, dtype=np.int32) if labels is None else np.array(labels, dtype=np.int32)
    num_old = int(before.max()) + 1 if n else 0
    closed = sorted(set(locked_grids))
    for grid in closed:
        if not (before == grid).any():
            raise InvalidInputError(
                f"locked_grids={grid} must be a grid of previous", f"locked_grids={grid} 必须是 previous 中的网格"
            )
    fixed = {int(i): int(before[i]) for i in np.flatnonzero(np.isin(before, closed))}
    for atom in locked_atoms:
        i = graph.index(atom)
        if before[i] < 0:
            raise InvalidInputError(
                f"locked_atoms={atom!r} must have a grid in previous", f"locked_atoms={atom!r} 必须在 previous 中有网格"
            )
        fixed[i] = int(before[i])
    possible = part_count_range(int(weights.sum()), size[0], size[1])
    most_parts = num_old if possible is None else max(num_old, possible[1])
    # what is locked costs more to move than everything else together
    costs = weights.copy()
    costs[list(fixed)] += int(weights.sum()) + 1
    disturbance = objectives.Disturbance(before, costs)
    # One household outweighs all buildings, one building all borders: as far as the search allows.
    building = graph.num_edges + 1
    household = building * (n + 1)
    if household > 1_000_000:
        building, household = 1, min(1_000_000, graph.num_edges + n + 1)
    each = objectives.Disturbance(before, np.ones(n, dtype=np.int64))
    terms: list[tuple[Any, int]] = [(disturbance, household), (each, building), ("cut_edges", 1)]
    pairs = list(links)

    def make(start: NDArray[np.int32]) -> Problem:
        return Problem(
            graph,
            weights,
            lower=size[0],
            upper=size[1],
            parts=(1, max(1, most_parts)),
            objective=terms,
            locked={graph.ids[i]: label for i, label in fixed.items() if label in closed} or None,
            closed=closed,
            links=pairs,
            start=start,
        )

    asked = make(before)
    end = time.monotonic() + time_limit_s
    best, bound, state = search(asked, before, fixed, seed, time_limit_s)
    wanted = importlib.util.find_spec("highspy") is not None if prove is None else prove
    if wanted and state != "infeasible" and (best is None or count_moved(best, before, weights) > bound):
        best, bound, state = proved(make, before, size, most_parts, fixed, closed, best, bound, end=end, seed=seed)
    return _result(asked, before, weights, best, bound, state, cap, lang)


def resolve(
    district: District, community: int | str, plan: GridPlan, *, lang: Lang = "zh", **options: Any
) -> Repartition:
    """Divide one community of a district anew, from last year's grids.

    Parameters
    ----------
    district : District
        With the atoms and households of this year.
    community : int or str
        Unit, or its code.
    plan : GridPlan
        Last year's grids; atoms are known by their ids.
    lang : "zh" or "en"
    **options
        Of `repartition`; `size` is that of the plan by default. Grids are numbered from 0 in the order of their codes.

    Returns
    -------
    Repartition
        Labels in the order of the atoms of the community, grids with codes; new grids get the codes that follow.

    Raises
    ------
    InvalidInputError
        The district has no atoms there, or the plan no grids of the community.
    """
    tree, atoms = district.hierarchy, district.atoms
    unit = tree.index(community) if isinstance(community, str) else community
    own = np.flatnonzero(atoms.community == unit) if atoms is not None else np.zeros(0, dtype=np.int64)
    code = tree.code(unit)
    place = next((k for k, entry in enumerate(plan.communities) if entry.code == code), None)
    grids = () if place is None else plan.grids_of(place)
    if atoms is None or not len(own) or not grids or place is None:
        raise InvalidInputError(
            f"community={code} must have atoms in the district and grids in the plan",
            f"community={code} 必须在数据中有楼栋，在方案中有网格",
        )
    first = plan.communities[place].first
    last_year = {
        id: int(label) - first
        for id, label in zip(plan.atom_ids, plan.labels.tolist(), strict=True)
        if first <= label < first + len(grids)
    }
    here = [atoms.ids[i] for i in own.tolist()]
    found = repartition(
        atoms.graph().subgraph(own),
        atoms.households[own],
        [last_year.get(id, -1) for id in here],
        **{"size": plan.size, **options},
        lang=lang,
    )
    numbers = range(len(grids), len(found.grids) and max(number for number, _, _ in found.grids) + 1)
    count = max(len(grids), numbers.stop)
    new = [grid_code(code, number + 1, count) for number in numbers]
    return replace(found, names=(*(grid.code for grid in grids), *new))


def _result(
    problem: Problem,
    before: NDArray[np.int32],
    weights: NDArray[np.int64],
    best: NDArray[np.int32] | None,
    bound: int,
    state: str,
    cap: int | None,
    lang: Lang,
) -> Repartition:
    kept = best is not None
    labels = before if best is None else best
    moved = count_moved(labels, before, weights)
    reasons: list[str] = []
    if state == "infeasible":
        found = diagnose(problem)
        reasons = [reason.message(lang) for reason in found.reasons]
        reasons += [relaxation.message(lang) for relaxation in found.relaxations]
    elif kept and moved <= bound:
        state = "minimal"
    if cap is not None and state in {"minimal", "feasible"} and moved > cap:
        state = "above_cap" if bound > cap else "unknown"
        kept = False
        reasons.append(text("repartition.cap", lang, cap=cap, moved=moved, bound=bound))
    changed = np.flatnonzero(labels != before)
    moves = tuple(
        Move(problem.graph.ids[i], int(weights[i]), None if before[i] < 0 else int(before[i]), int(labels[i]))
        for i in changed.tolist()
    )
    size = int(max(labels.max(initial=-1), before.max(initial=-1))) + 1
    was = np.bincount(before[before >= 0], weights=weights[before >= 0], minlength=size).astype(np.int64)
    now = np.bincount(labels[labels >= 0], weights=weights[labels >= 0], minlength=size).astype(np.int64)
    grids = tuple(
        (
            grid,
            int(was[grid]) if (before == grid).any() else None,
            int(now[grid]) if (labels == grid).any() else None,
        )
        for grid in range(size)
        if (before == grid).any() or (labels == grid).any()
    )
    return Repartition(labels, kept, moved, bound, state, moves, grids, tuple(reasons), lang)

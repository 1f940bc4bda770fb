# SPDX-License-Identifier: BSD-3-Clause
"""Small moves of borders that free a post (边界微调减员): a few buildings go over to the neighbour, and both need fewer in all."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._answers import AnswerTable
from shequ._border_rules import Borders
from shequ._counted import counted, in_scope, rule_of
from shequ._errors import InvalidInputError
from shequ._messages import check_lang, text
from shequ._norm_comparison import basis_column
from shequ._problem import Problem
from shequ._problem_inputs import MAX_INT64, codes, node_labels, whole, whole_column
from shequ.district import District

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from shequ._core import Norm
    from shequ._counted import StaffingNorm
    from shequ._errors import Lang
    from shequ._problem import Labels

    AnyNorm = StaffingNorm | Norm | str

__all__ = ["BorderMove", "BorderMoves", "free_posts"]


@dataclass(frozen=True)
class BorderMove:
    """Atoms that go over from one part to a neighbour, and what it does.

    Parameters
    ----------
    giver, taker : int
        Parts by their labels; of a district, units.
    atoms : tuple of hashable
        Their ids.
    households : int
        Of these atoms: what the norm counts.
    giver_before, giver_after, taker_before, taker_after : (int, int)
        Households and posts.
    """

    giver: int
    taker: int
    atoms: tuple[Hashable, ...]
    households: int
    giver_before: tuple[int, int]
    giver_after: tuple[int, int]
    taker_before: tuple[int, int]
    taker_after: tuple[int, int]

    @property
    def freed(self) -> int:
        """Posts that both together need less."""
        return self.giver_before[1] + self.taker_before[1] - self.giver_after[1] - self.taker_after[1]


@dataclass(frozen=True)
class BorderMoves:
    """Every small move that frees a post, those of the fewest households first; made by `free_posts`.

    Parameters
    ----------
    moves : tuple of BorderMove
    names : dict of int to str
        What people call the parts.
    atom_names : dict of hashable to str
        What people call the atoms, where that is not their id.
    counts : str
        "households", "dwellings" or "persons".
    most_atoms : int
    norm : str
        In words.
    """

    moves: tuple[BorderMove, ...]
    names: dict[int, str]
    atom_names: dict[Hashable, str]
    counts: str
    most_atoms: int
    norm: str
    lang: Lang

    def table(self) -> AnswerTable:
        """Return a row a move: from, to, buildings, households, households and posts of both before and after, posts freed."""
        lang, comma = self.lang, text("comma", self.lang)
        rows = tuple(
            (
                self.names.get(move.giver, str(move.giver)),
                self.names.get(move.taker, str(move.taker)),
                comma.join(self.atom_names.get(atom, str(atom)) for atom in move.atoms),
                move.households,
                *(
                    f"{before[k]:,} → {after[k]:,}"
                    for before, after in (
                        (move.giver_before, move.giver_after),
                        (move.taker_before, move.taker_after),
                    )
                    for k in (0, 1)
                ),
                move.freed,
            )
            for move in self.moves
        )
        names = (
            "giver",
            "taker",
            "building",
            self.counts,
            "giver_count",
            "giver_posts",
            "taker_count",
            "taker_posts",
            "freed",
        )
        notes = (
            text("border.found", lang, n=len(self.moves), atoms=self.most_atoms),
            text("adjust.norm", lang, norm=self.norm),
            text("border.one", lang),
            text("adjust.proposal", lang),
        )
        return AnswerTable(text("border.title", lang), names, rows, notes, lang)

    def __len__(self) -> int:
        """Return the number of moves."""
        return len(self.moves)

    def __repr__(self) -> str:
        """Return one line."""
        least = f", the smallest of {self.moves[0].households} {self.counts}" if self.moves else ""
        return f"<BorderMoves: {len(self)} moves free a post{least}>"

    def __str__(self) -> str:
        """Return the moves as text."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def free_posts(
    source: Problem | District,
    rule: AnyNorm,
    labels: Labels | None = None,
    *,
    size: tuple[int | None, int | None] | None = None,
    town: str | ArrayLike | None = None,
    most_atoms: int = 3,
    most_households: int | None = None,
    every_setting: bool = False,
    lang: Lang = "zh",
) -> BorderMoves:
    """Find the small moves of borders that free a post without breaking a bound or tearing a community or grid apart.

    Posts rise in steps: where a community is just above a step and its neighbour has room below the next, a few buildings
    that go over save a post.

    Parameters
    ----------
    source : Problem or District
        A problem whose parts are communities or grids, with weights in what the norm counts and its rules: bounds,
        balances, together, apart, locked, closed, links. Or a district with atoms: its communities.
    rule : norm of staffing or its id
        Its least posts count.
    labels : Plan, mapping of id to int, or array_like of int, shape (n_nodes,), optional
        Of a problem: the part of each atom, -1 or absent for none; its `start` by default.
    size : (lower, upper), optional
        Of a district: bounds of a community, both included, None for none.
    town : str or array_like, shape (n_nodes,), optional
        Of a problem: atoms move only within a town: a column of the graph or an array. A district has its own.
    most_atoms : int, default 3
        Atoms that move together, 1 to 4; they hang together.
    most_households : int, optional
        That move together.
    every_setting : bool, default False
        Of a district: urban and rural communities alike. No atom moves between the two.
    lang : "zh" or "en"

    Returns
    -------
    BorderMoves
        Every move of so few atoms, fewest households first, without those that move more than another one between the same
        two which frees as many.

    Raises
    ------
    InvalidInputError
        An argument is out of range, there are no labels, or the district has no atoms.

    Notes
    -----
    All connected sets of so few atoms that touch the neighbour are looked at: exact within that limit. A bound that was broken
    before may stay so, but not get worse; so may a part in pieces. Locked atoms and closed parts stay. Each move is for
    itself: after one of them the others must be asked for again.

    Examples
    --------
    >>> import shequ
    >>> lane = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)])
    >>> problem = shequ.Problem(lane, [1200, 60, 500, 400], lower=0, upper=3000)
    >>> found = free_posts(problem, "staff.wujin2012", [0, 0, 1, 1], lang="en")
    >>> [(move.atoms, move.giver_before, move.giver_after, move.freed) for move in found.moves]
    [((1,), (1260, 5), (1200, 4), 1)]
    """
    lang = check_lang(lang)
    norm = rule_of(rule)
    if not 1 <= whole(most_atoms, "most_atoms", 4) <= 4:
        raise InvalidInputError(
            f"most_atoms={most_atoms} must be in [1, 4]", f"most_atoms={most_atoms} 必须在 [1, 4] 之间"
        )
    if most_households is not None and whole(most_households, "most_households", MAX_INT64) < 0:
        raise InvalidInputError(
            f"most_households={most_households} must be 0 or more", f"most_households={most_households} 必须大于等于 0"
        )
    names: dict[int, str] = {}
    called: dict[Hashable, str] = {}
    if isinstance(source, District):
        problem, parts, towns, names, called = _of_district(source, norm, size, every_setting, lang)
    else:
        if size is not None:
            raise InvalidInputError("size must be that of the problem", "size 必须由 Problem 给出")
        problem = source
        parts = node_labels(problem.graph, labels, "labels") if labels is not None else problem.arguments["start"]
        if parts is None:
            raise InvalidInputError("labels=None must be a plan of the problem", "labels=None 必须是该问题的方案")
        parts = whole_column(parts, "labels", problem.graph.num_nodes)
        towns = None if town is None else codes(problem.graph, town, "town")
    borders = Borders(problem, parts, towns, norm)
    moves = [
        BorderMove(giver, taker, tuple(problem.graph.ids[i] for i in atoms), moved, *numbers)
        for moved, atoms, giver, taker, numbers in borders.moves(most_atoms, most_households)
    ]
    counts = basis_column(norm.basis)
    said = f"{norm.id}: {norm.describe(lang)}"
    return BorderMoves(tuple(moves), names, called, counts, int(most_atoms), said, lang)


def _of_district(
    district: District,
    norm: StaffingNorm,
    size: tuple[int | None, int | None] | None,
    every_setting: bool,
    lang: Lang,
) -> tuple[Problem, Any, Any, dict[int, str], dict[Hashable, str]]:
    """Return the communities of a district as parts, with towns and settings as one number, and names."""
    atoms, column = district.atoms, basis_column(norm.basis)
    if atoms is None or column == "persons":
        raise InvalidInputError(
            f"source must be a district with atoms that have {column}, or a problem",
            f"source 必须是楼栋带有 {column} 的数据，或 Problem",
        )
    communities = counted(district, lang)
    scope = in_scope(communities, norm, every_setting)
    place: dict[int, int] = {}
    names: dict[int, str] = {}
    for i, unit in enumerate(communities.units or ()):
        code, name = communities.label(i)
        names[unit] = name or code
        if scope[i]:
            kind = 0 if communities.setting is None else int(communities.setting[i]) + 1
            place[unit] = int(communities.town_index[i]) * 3 + kind
    weights = getattr(atoms, column)
    lower, upper = size if size is not None else (None, None)
    problem = Problem(
        atoms.graph(), weights, lower=lower or 0, upper=int(weights.sum()) if upper is None else upper, objective=()
    )
    parts = atoms.community
    towns = np.array([place.get(unit, -1) for unit in parts.tolist()], dtype=np.int64)
    own = atoms.names if lang == "zh" else atoms.names_en
    called: dict[Hashable, str] = {id: name for id, name in zip(atoms.ids, own, strict=True) if name}
    return problem, np.where(towns < 0, -1, parts), towns, names, called

# SPDX-License-Identifier: BSD-3-Clause
"""Units made from the rows of a sheet, faulty rows rejected with their reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from shequ._errors import HierarchyError
from shequ.hierarchy import Hierarchy
from shequ.io._cells import taken
from shequ.io._free_code import free_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from shequ._core import RowProblem
    from shequ.io._sheet import Sheet

__all__ = ["Draft", "Units", "build", "build_sound"]

_CODES = {
    "missing_code": "E11",
    "malformed_code": "E11",
    "orphan": "E05",
    "cycle": "E06",
    "level_order": "E06",
    "several_roots": "E05",
}


@dataclass(frozen=True)
class Draft:
    """Rows of a tree before it is built.

    Parameters
    ----------
    code, parent, name : sequence of str
        "" where there is none.
    level : ndarray of int8 or None
        Numbers of levels; None: from the codes.
    name_en : sequence of str or None
        English names.
    source : ndarray of int64
        Row of the sheet (its index) that each came from, ascending; -1: made, such as a town of a flat ledger.
    """

    code: Sequence[str]
    parent: Sequence[str]
    name: Sequence[str] | None
    level: NDArray[np.int8] | None
    name_en: Sequence[str] | None
    source: NDArray[np.int64]

    def without(self, rejected: set[int]) -> Draft:
        """Return the draft without some of its rows."""
        rows = np.delete(np.arange(len(self.code), dtype=np.int64), list(rejected))
        return Draft(
            taken(self.code, rows),
            taken(self.parent, rows),
            None if self.name is None else taken(self.name, rows),
            None if self.level is None else self.level[rows],
            None if self.name_en is None else taken(self.name_en, rows),
            self.source[rows],
        )


@dataclass(frozen=True)
class Units:
    """A tree and where its units come from.

    Parameters
    ----------
    hierarchy : Hierarchy
        The tree.
    source : ndarray of int64, shape (n,)
        Row of the sheet (its index) of each unit, -1 for a made one.
    used : ndarray of int64
        Rows of the sheet (their indices) that became units, ascending.
    problems : tuple of RowProblem
        Faults of the tree.
    """

    hierarchy: Hierarchy
    source: NDArray[np.int64]
    used: NDArray[np.int64]
    problems: tuple[RowProblem, ...]


def build(sheet: Sheet, draft: Draft, same_level: Literal["keep", "lift"]) -> Units:
    """Build the tree of a draft; rows with faults are rejected, and then those that hang below them."""
    problems: list[RowProblem] = []
    while True:
        try:
            return build_sound(draft, same_level, tuple(problems))
        except HierarchyError as error:
            problems += error.problems
            draft = draft.without(_report(sheet, draft, error))


def build_sound(draft: Draft, same_level: Literal["keep", "lift"], problems: tuple[RowProblem, ...] = ()) -> Units:
    """Build the tree of a draft.

    Raises
    ------
    HierarchyError
        A row has a fault, or a code stands in two.
    """
    tree = Hierarchy.from_columns(
        draft.code, draft.parent, draft.name, draft.name_en, draft.level, same_level=same_level
    )
    rows = draft.source
    return Units(tree, rows[tree.rows], rows[rows >= 0], problems)


def _report(sheet: Sheet, draft: Draft, error: HierarchyError) -> set[int]:
    """Say what is wrong with the rows and return those to reject."""
    numbers = np.where(draft.source >= 0, sheet.numbers[draft.source], 0)
    rejected: set[int] = set()
    twins: dict[int, list[int]] = {}
    for problem in error.problems:
        rejected.add(problem.row)
        if problem.fault in {"duplicate_code", "two_parents"} and problem.other_row is not None:
            twins.setdefault(problem.other_row, [problem.other_row]).append(problem.row)
        elif draft.source[problem.row] >= 0:
            english, chinese = problem.message("en", numbers), problem.message("zh", numbers)
            sheet.say(_CODES[problem.fault], "error", draft.source[problem.row], "", None, english, chinese)
    for rows in twins.values():
        _report_twins(sheet, draft, rows)
    return rejected | twins.keys()


def _report_twins(sheet: Sheet, draft: Draft, rows: Sequence[int]) -> None:
    """Say of each row with one code where the others are: which of them is right nobody can tell."""
    names, source = draft.name, draft.source
    several_parents = len({draft.parent[row] for row in rows}) > 1
    several_names = names is not None and len({names[row] for row in rows}) > 1
    kind = "E06" if several_parents else "E02" if several_names else "E01"
    for row in rows:
        if source[row] < 0:
            continue
        others = [k for k in rows if k != row and source[k] >= 0]
        listed = ", ".join(str(sheet.number(source[k])) for k in others)
        english, chinese = f"is also the code of row {listed}", f"与第 {listed} 行的代码相同"
        if several_parents:
            parents = ", ".join(draft.parent[k] or "-" for k in others)
            english += f", there with parent {parents} and here with {draft.parent[row] or '-'}"
            chinese += f"，该处上级为 {parents}，本行上级为 {draft.parent[row] or '-'}"
        elif several_names and names is not None:
            english += f" ({', '.join(names[k] for k in others)})"
            chinese += f"（{'、'.join(names[k] for k in others)}）"
            free = free_code(draft.code[row], set(draft.code))
            if free:
                english, chinese = f"{english}, free in this town is {free}", f"{chinese}，本街道可用的空号为 {free}"
        sheet.say(
            kind, "error", source[row], "code", draft.code[row],
            f"{english}: correct the code, or strike out the row that is wrong; until then none of them is used",
            f"{chinese}：请更正代码或删去错误的行；在此之前这些行均未使用",
        )  # fmt: skip

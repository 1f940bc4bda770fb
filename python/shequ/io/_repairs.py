# SPDX-License-Identifier: BSD-3-Clause
"""What could be put right in a ledger: proposed one by one, applied only on request, and only to a new file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from shequ._errors import InvalidInputError
from shequ._frames import frame_of
from shequ._messages import text
from shequ._repr_html import table_html
from shequ.io._options import settle
from shequ.io._proposals import proposals

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    import pandas as pd
    from typing_extensions import Unpack  # typing has it from Python 3.11 on

    from shequ._errors import Lang
    from shequ.io._ledger import Ledger
    from shequ.io._options import ReadOptions
    from shequ.io._report import Issue
    from shequ.io._sheet import Sheet

__all__ = ["Repair", "Repairs", "propose_repairs"]

_COLUMNS = ("code", "action", "row", "column", "before", "after", "why")  # of a table of proposals
_SHOWN = 20


@dataclass(frozen=True)
class Repair:
    """One thing that could be put right.

    Parameters
    ----------
    code : str
        "E01" to "E30", the kind of fault.
    action : {"cell", "row", "column"}
        Change a cell, take out a row, or empty a column.
    row : int or None
        Row of the sheet, from 1; None for a column.
    column : str
        Header, empty for a row.
    index : int
        The column, from 0; -1 for a row.
    before, after : object
        What the cell holds and would hold; None for blank. Of a row or column that goes, its beginning.
    english, chinese : str
        Why.
    """

    code: str
    action: Literal["cell", "row", "column"]
    row: int | None
    column: str
    index: int
    before: object
    after: object
    english: str
    chinese: str

    def why(self, lang: Lang = "zh") -> str:
        """Return the reason."""
        return self.chinese if lang == "zh" else self.english


@dataclass(frozen=True, eq=False)
class Repairs:
    """Proposals for a file, and what is left for a person to decide.

    Parameters
    ----------
    proposed : tuple of Repair
        In the order of the rows.
    ledger : Ledger
        The file as it is read without them, but for the towns of merged cells.
    """

    proposed: tuple[Repair, ...]
    ledger: Ledger
    _sheet: Sheet
    _options: ReadOptions

    def __len__(self) -> int:
        """Return the number of proposals."""
        return len(self.proposed)

    def __iter__(self) -> Iterator[Repair]:
        """Go through the proposals."""
        return iter(self.proposed)

    @property
    def sheet(self) -> str:
        """Sheet of the workbook that the proposals are for, empty for other files."""
        return self._sheet.table.sheet

    @property
    def undecided(self) -> tuple[Issue, ...]:
        """Errors and warnings of the file on whose row or cell nothing is proposed: a person has to decide."""
        touched = {(repair.row, repair.column) for repair in self.proposed}
        rows = {repair.row for repair in self.proposed if repair.action == "row"}
        return tuple(
            issue
            for issue in self.ledger.report.issues
            if issue.severity != "note" and issue.row not in rows - {None} and (issue.row, issue.column) not in touched
        )

    def table(self, lang: Lang = "zh") -> list[dict[str, object]]:
        """Return one dict a proposal: code, action, row, column, before, after, why."""
        return [
            {
                "code": repair.code,
                "action": text("repair." + repair.action, lang),
                "row": repair.row,
                "column": repair.column,
                "before": repair.before,
                "after": repair.after,
                "why": repair.why(lang),
            }
            for repair in self.proposed
        ]

    def to_dataframe(self, lang: Lang = "zh") -> pd.DataFrame:
        """Return `table` as a frame.

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        """
        return frame_of(self.table(lang), _COLUMNS, whole=["row"])

    def __repr__(self) -> str:
        """Return one line: the class, the file and the numbers."""
        name = self.ledger.report.path.name
        return f"<Repairs: {name}, {len(self)} proposed, {len(self.undecided)} left to decide>"

    def _repr_html_(self) -> str:
        rows = [[*row.values()] for row in self.table()]
        return table_html(_COLUMNS, rows, limit=_SHOWN)

    def apply(self, path: str | os.PathLike[str], *, lang: Lang = "zh") -> Path:
        """Write a copy of the file with all proposals carried out; the file itself stays as it is.

        Parameters
        ----------
        path : path-like
            The new file: .csv (UTF-8 with byte-order mark), or .xlsx where the file is a workbook, with the looks of the
            old one, values in place of formulas, and a sheet that lists every change.
        lang : "zh" or "en"
            Language of that list.

        Raises
        ------
        InvalidInputError
            Another ending, the file itself, or it cannot be written.
        """
        from shequ.io._apply import write_csv_copy, write_excel_copy

        target, source = Path(path), self.ledger.report.path
        if target.exists() and target.samefile(source):
            raise InvalidInputError(
                f"path={target.name!r} is the file itself: choose another name",
                f"“{target.name}”就是原文件，请换一个文件名",
            )
        ending = target.suffix.lower()
        allowed = [".csv", ".xlsx"] if source.suffix.lower() in {".xlsx", ".xlsm"} else [".csv"]
        if ending not in allowed:
            words = ", ".join(allowed)
            raise InvalidInputError(
                f"path={target.name!r} must end in {words}", f"文件名“{target.name}”必须以 {words} 结尾"
            )
        if ending == ".csv":
            write_csv_copy(target, self._sheet, self.proposed)
        else:
            write_excel_copy(target, self._sheet, self.proposed, lang)
        return target


def propose_repairs(path: str | Path, **options: Unpack[ReadOptions]) -> Repairs:
    """Look for what could be put right in a ledger without guessing; nothing is changed.

    Parameters
    ----------
    path : str or Path
        The file.
    **options
        As of `read_ledger`. The town of a row below merged cells is always proposed from the row above; inexact numbers
        only with ``approximate=True``.

    Returns
    -------
    Repairs
        Codes and numbers in plain form, marks such as ** emptied, towns of merged cells, repeated rows, rows of subtotals
        and notes, spaces inside of names, columns of personal data. `Repairs.undecided` lists what a person must decide.

    Raises
    ------
    InvalidInputError
        As of `read_ledger`.
    """
    from shequ.io._ledger import open_sheet, read_ledger

    settled = settle("propose_repairs", options)
    # Rows below merged cells are looked at as well: without a town they would be left out unread.
    filled: ReadOptions = {**options, "fill_down": True}
    ledger = read_ledger(path, **filled)
    sheet = open_sheet(path, settled)
    found = tuple(Repair(*proposal) for proposal in proposals(sheet, approximate=settled["approximate"]))
    return Repairs(found, ledger, sheet, settled)

# SPDX-License-Identifier: BSD-3-Clause
"""A copy of a ledger with repairs carried out."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shequ._files import replacing
from shequ._messages import text
from shequ._save_table import inert, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shequ._errors import Lang
    from shequ.io._repairs import Repair
    from shequ.io._sheet import Sheet

__all__ = ["write_csv_copy", "write_excel_copy"]

_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")


def write_csv_copy(target: Path, sheet: Sheet, repairs: Sequence[Repair]) -> None:
    """Write the table as CSV; titles above the header and blank rows stay where they are."""
    columns = [list(column) for column in sheet.table.columns]
    gone = _carry_out(repairs, lambda row, index, value: columns[index].__setitem__(row - 1, value), sheet)
    rows = [[column[i] for column in columns] for i in range(len(sheet.table)) if i + 1 not in gone]
    head, *body = [[_number_of(cell) for cell in row] for row in rows]
    write_csv(target, ["" if cell is None else str(cell) for cell in head], body)


def _number_of(cell: object) -> object:
    """Return a text that is a negative number as one: it is no formula, and an apostrophe would change it."""
    return Decimal(cell) if isinstance(cell, str) and _NEGATIVE.fullmatch(cell) else cell


def _carry_out(repairs: Sequence[Repair], put: Any, sheet: Sheet) -> set[int]:
    """Put the new values of cells, empty personal columns below their header; return the rows to take out."""
    gone: set[int] = set()
    for repair in repairs:
        if repair.action == "row" and repair.row is not None:
            gone.add(repair.row)
        elif repair.action == "column":
            for row in range(sheet.header_rows[-1] + 1, len(sheet.table) + 1):
                put(row, repair.index, None)
        elif repair.row is not None:
            put(repair.row, repair.index, repair.after)
    return gone


def write_excel_copy(target: Path, sheet: Sheet, repairs: Sequence[Repair], lang: Lang) -> None:
    """Write the workbook with its looks and a sheet that lists the changes."""
    import openpyxl

    book = openpyxl.load_workbook(sheet.table.path, data_only=True)
    page: Any = book[sheet.table.sheet]
    merged = [(r.min_row, r.max_row, r.min_col, r.max_col) for r in page.merged_cells.ranges]
    for area in list(page.merged_cells.ranges):
        page.unmerge_cells(str(area))

    def put(row: int, index: int, value: object) -> None:
        cell = page.cell(row, index + 1)
        cell.value = value
        if isinstance(value, str):
            cell.data_type, cell.number_format = "s", "@"
        elif value is not None:
            cell.number_format = "General"

    gone = _carry_out(repairs, put, sheet)
    for row in sorted(gone, reverse=True):
        page.delete_rows(row)
    touched = {(repair.row, repair.index) for repair in repairs if repair.action == "cell"}
    first = min(gone, default=page.max_row + 1)
    for top, bottom, left, right in merged:
        filled = any(
            (row, column - 1) in touched for row in range(top, bottom + 1) for column in range(left, right + 1)
        )
        if not filled and bottom < first:
            page.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
    _list_changes(book.create_sheet(text("repair.sheet", lang)), repairs, lang)
    buffer = io.BytesIO()
    book.save(buffer)
    with replacing(target) as file:
        file.write(buffer.getvalue())


def _list_changes(page: Any, repairs: Sequence[Repair], lang: Lang) -> None:
    names = ("code", "action", "row", "column", "before", "after", "why")
    page.append([text("repair.head." + name, lang) for name in names])
    for repair in repairs:
        action = text("repair." + repair.action, lang)
        cells = (repair.code, action, repair.row, repair.column, repair.before, repair.after, repair.why(lang))
        page.append([inert(cell) for cell in cells])
    for letter, width in zip("ABCDEFG", (8, 10, 8, 22, 24, 24, 48), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"

# SPDX-License-Identifier: BSD-3-Clause
"""A table with its header found: the rows below it and the columns that are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._errors import InvalidInputError
from shequ.io._cells import blank_rows, containing, ending_with, starting_with, taken
from shequ.io._headers import KEYS, Column, match_headers, normalise
from shequ.io._options import how_to
from shequ.io._privacy import is_personal, mask
from shequ.io._report import Issue, ReadReport
from shequ.io._values import clean, is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from shequ.io._tables import Table

__all__ = ["Sheet", "find_sheet"]

_HEADER_SEARCH = 10  # rows; above the header stand titles, units, dates
_TOTAL = re.compile(r"(.*(小计|合计|总计|共计)|其中)[:：]?")
_TOTAL_ENDS = "计中:： \u3000"
_NOTE_STARTS = "注备说填制审负联单小合总共其 \u3000"
_NOTE = re.compile(r"(注|备注|说明|填表人?|填报人?|制表人?|审核人?|负责人|联系人|单位负责人|填表日期)\d*[:：].*")


@dataclass
class Sheet:
    """The rows of a table below its header, and what is said about them.

    Parameters
    ----------
    table : Table
        The file's cells.
    columns : dict of field to Column
        What is read.
    unread : tuple of str
        Headers of no known field.
    header_rows : tuple of int
        Rows of the header, from 1.
    cells_by_column : list of sequences
        Cells of the rows that are not blank, column by column.
    numbers : ndarray of int64
        Row of the sheet of each, from 1.
    headers : list
        Header of each column.
    as_of : str
        Day that the figures are of, as far as the sheet states it.
    marks : dict of str to int
        Cells of a field that hold a mark such as ** or — for what is not known.
    """

    table: Table
    columns: dict[str, Column]
    unread: tuple[str, ...]
    header_rows: tuple[int, ...]
    cells_by_column: list[Sequence[Any]]
    numbers: NDArray[np.int64]
    headers: list[Any] = field(default_factory=list)
    as_of: str = ""
    marks: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)

    def cells(self, name: str) -> Sequence[Any]:
        """Return the cells of a field, one a row."""
        return self.cells_by_column[self.columns[name].index]

    def row(self, i: int) -> list[Any]:
        """Return the cells of a row."""
        return [column[i] for column in self.cells_by_column]

    def number(self, i: int) -> int:
        """Return where a row stands in the sheet, from 1."""
        return int(self.numbers[i])

    def header(self, name: str) -> str:
        """Return the header of a field, its name where the file has none."""
        return self.columns[name].header if name in self.columns else name

    def say(
        self,
        code: str,
        severity: Literal["note", "warning", "error"],
        row: int | None,
        name: str,
        value: object,
        english: str,
        chinese: str,
    ) -> None:
        """Note an issue of a row (its index) and a field."""
        number = None if row is None else self.number(row)
        header = self.header(name) if name else ""
        shown = "" if value is None else mask(str(value))
        self.issues.append(Issue(code, severity, number, header, shown, english, chinese))

    def check_cells(self) -> None:
        """Report what makes cells unreadable: formulas without a value, hidden rows, replacement characters."""
        index_of = (
            {number: i for i, number in enumerate(self.numbers.tolist())}
            if self.table.hidden or self.table.formulas
            else {}
        )
        by_index = {column.index: name for name, column in self.columns.items()}
        for number, column in sorted(self.table.formulas):
            if number in index_of and column in by_index:
                self.say(
                    "E18", "error", index_of[number], by_index[column], None,
                    "holds a formula without a value: open and save the file in a spreadsheet program",
                    "是没有结果的公式，请用表格软件打开并保存后重试",
                )  # fmt: skip
        for number in sorted(self.table.hidden & index_of.keys()):
            self.say("E18", "note", index_of[number], "", None, "is hidden and was read", "是隐藏行，已读取")
        for name in ("name", "name_en", "district", "town", "community"):
            if name not in self.columns:
                continue
            cells = self.cells(name)
            for i in containing(cells, "\ufffd"):
                self.say(
                    "E20", "error", i, name, cells[i], "holds a replacement character: the encoding was lost",
                    "含替换字符，编码已损坏",
                )  # fmt: skip

    def drop_personal(self) -> None:
        """Empty the columns of identity numbers and telephones, and say so: nothing of them is kept."""
        for index, header in enumerate(self.headers):
            if is_personal(normalise(header)):
                self.cells_by_column[index] = [None] * len(self)
                self.say(
                    "E30", "note", None, "", str(header).strip(), "is a column of personal data and was not read",
                    "是个人信息列，没有读取",
                )  # fmt: skip

    def summary_rows(self, names: Sequence[str]) -> dict[int, str]:
        """Return the rows that are subtotals ("total") or notes ("note"), told by the texts of these fields."""
        found: dict[int, str] = {}
        for name in names:
            if name not in self.columns:
                continue
            # Most names end otherwise; a look at the last letter spares the search.
            cells = self.cells(name)
            for i in ending_with(cells, _TOTAL_ENDS):
                if _TOTAL.fullmatch(re.sub(r"\s+", "", clean(cells[i]))):
                    found[i] = "total"
        # A note stands in the first cell of its row, whatever that column is.
        first = self.cells_by_column[0]
        for i in starting_with(first, _NOTE_STARTS):
            text = re.sub(r"\s+", "", clean(first[i]))
            if _NOTE.fullmatch(text):
                found[i] = "note"
            elif _TOTAL.fullmatch(text):
                found[i] = "total"
        return dict(sorted(found.items()))

    def report(self, used: NDArray[np.int64]) -> ReadReport:
        """Return the account of all rows, given the indices of those that became units."""
        order = sorted(range(len(self.issues)), key=lambda k: (self.issues[k].row or 0, k))
        return ReadReport(
            path=self.table.path,
            sheet=self.table.sheet,
            encoding=self.table.encoding,
            header_rows=self.header_rows,
            headers={name: column.header for name, column in self.columns.items()},
            unread=self.unread,
            as_of=self.as_of,
            marks=dict(self.marks),
            rows=len(self),
            used=len(used),
            source_rows=tuple(self.numbers[used].tolist()),
            issues=tuple(self.issues[k] for k in order),
        )


def find_sheet(tables: Sequence[Table], chosen: Mapping[str, str] | None) -> Sheet:
    """Return the table with a header, and its rows.

    Raises
    ------
    InvalidInputError
        No table has a header that names the columns of a ledger, several have, or headers are in conflict.
    """
    usable = [(table, at) for table in tables if (at := _header_position(table, chosen)) is not None]
    if len(usable) > 1:  # one of them alone would leave out the communities of the others
        names = [table.sheet for table, _ in usable]
        english, chinese = how_to("sheet")
        raise InvalidInputError(
            f"{tables[0].path.name} has several sheets with a table: {', '.join(names)}; choose one with {english}, "
            "or put all rows on one sheet",
            f"{tables[0].path.name} 有多张工作表含有表格：{'、'.join(names)}；请用 {chinese}选定一张，或把全部行放在一张表上",
        )
    for table, position in usable:
        return _sheet(table, position, chosen)
    where = tables[0].path.name
    seen = " | ".join(clean(cell) for cell in tables[0].row(0)) if len(tables[0]) else ""
    raise InvalidInputError(
        f"{where} has no header row with a code and a parent column, or a town and a community column"
        f" (first row: {seen!r})",
        f"{where} 中找不到表头：需要“代码”和“上级代码”两列，或“街道（乡镇）”和“社区”两列（首行：{seen}）",
    )


def _known(cells: Sequence[Any], chosen: Mapping[str, str] | None) -> set[str]:
    """Return the fields that cells of a row name; conflicts are for later."""
    fields = set()
    for cell in cells:
        if not isinstance(cell, str) or not cell.strip():
            continue
        chosen_here = {f: h for f, h in (chosen or {}).items() if normalise(h) == normalise(cell)}
        try:
            fields |= set(match_headers([cell], chosen_here)[0])
        except InvalidInputError:
            fields.add("?")  # a known field in an unknown unit
    return fields


def _header_position(table: Table, chosen: Mapping[str, str] | None) -> int | None:
    for i in range(min(_HEADER_SEARCH, len(table))):
        fields = _known(table.row(i), chosen)
        if {"code", "community", "name"} & fields and len(fields) >= 2:
            return i
    return None


_OF_THE_GROUP = {"合计", "总计", "小计", "总数", "总", "数", "计", "全部", "total"}


def _two_rows(upper: Sequence[Any], lower: Sequence[Any], chosen: Mapping[str, str] | None) -> list[Any] | None:
    """Return the headers of two rows as one, None where the row below the header is one of data.

    The second row is blank where the keys stand, holds texts only, and names further fields: by itself, or together
    with the header of its group (户数 above 常住, or above its unit).
    """
    keys = [i for i, cell in enumerate(upper) if _known([cell], chosen) & set(KEYS)]
    texts = [cell for cell in lower if not is_blank(cell)]
    if not keys or not texts or not all(is_blank(lower[i]) for i in keys):
        return None
    if not all(isinstance(cell, str) for cell in texts):
        return None
    headers: list[Any] = []
    group, named = "", False
    for above, below in zip(upper, lower, strict=True):
        if not is_blank(above):
            group = str(above).strip()
        if is_blank(below):
            headers.append(above)
            continue
        word = str(below).strip()
        # of a mark such as ** nothing would be left: with its group it would name the group again
        words = (word, group + word, word + group) if normalise(word) else ()
        joined = next((header for header in words if _known([header], chosen)), None)
        if joined is None and normalise(word) in _OF_THE_GROUP and _known([group], chosen):
            joined = group
        named = named or joined is not None
        headers.append(word if joined is None else joined)
    return headers if named else None


def _sheet(table: Table, position: int, chosen: Mapping[str, str] | None) -> Sheet:
    headers = table.row(position)
    last = position
    if position + 1 < len(table):
        joined = _two_rows(headers, table.row(position + 1), chosen)
        if joined is not None:
            last, headers = position + 1, joined
    columns, unread = match_headers(headers, chosen)
    body = [column[last + 1 :] for column in table.columns]
    blank = blank_rows(body[0])
    for column in body[1:]:
        blank = [i for i in blank if is_blank(column[i])]
    numbers = np.arange(last + 2, len(table) + 1, dtype=np.int64)
    if blank:
        kept = np.delete(np.arange(len(numbers), dtype=np.int64), blank)
        body = [taken(column, kept) for column in body]
        numbers = numbers[kept]
    sheet = Sheet(table, columns, unread, tuple(range(position + 1, last + 2)), body, numbers, list(headers))
    for column, header in zip(body, headers, strict=True):
        if not is_blank(header):
            continue
        for i in np.delete(np.arange(len(column)), blank_rows(column)).tolist():
            sheet.say(
                "E18", "warning", i, "", column[i], "stands below no header and is not read",
                "所在列没有表头，未读取",
            )  # fmt: skip
    sheet.drop_personal()
    return sheet

# SPDX-License-Identifier: BSD-3-Clause
"""Sheets as plain data, and how they become an Excel workbook: widths, print set-up, colours, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from shequ._messages import text
from shequ._repr_text import AtLeast, AtLeastReal, format_value, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from shequ._errors import Lang

__all__ = ["Column", "Sheet", "write_fixed", "write_workbook"]

State = Literal["good", "warn", "bad", "total"]

#: What a cell shows where there is no value; a blank cell would read as forgotten.
NO_VALUE = "—"


@dataclass(frozen=True)
class Column:
    """One column: its header, what it holds, and how wide it may get, in characters.

    Kinds: a short text, one word in the middle, words that may take several lines, a count, a gap where 0 is a
    dash, a change with its sign, money in yuan with two decimals, an area in square metres.
    """

    header: str
    kind: Literal["text", "word", "words", "count", "gap", "change", "money", "area"] = "text"
    max_width: int = 24


@dataclass
class Sheet:
    """One sheet: title, lines below it, a table, and a row of totals.

    Parameters
    ----------
    name, title : str
        Of the tab, at most 31 characters, and above the table.
    columns : list of Column
        The table's columns.
    rows : list of lists
        Cells: str, int, float or None.
    lines : list of str
        Sentences between title and table.
    total : list, optional
        Last row, set apart.
    states : dict of (row, column) to "good", "warn", "bad" or "total"
        Cells to colour; each also says it in words. "total" is the look of the last row, for sums that take several.
    frozen : int
        Columns that stay in view when scrolling.
    """

    name: str
    title: str
    columns: list[Column]
    rows: list[list[object]]
    lines: list[str] = field(default_factory=list)
    total: list[object] | None = None
    states: dict[tuple[int, int], State] = field(default_factory=dict)
    frozen: int = 0

    @property
    def header_row(self) -> int:
        """Row of the headers, from 1."""
        return len(self.lines) + 2


_FILLS = {"good": "E2F0D9", "warn": "FFF2CC", "bad": "FADBD8", "total": "F2F2F2"}
_INKS = {"good": "375623", "warn": "7F6000", "bad": "9C0006", "total": "000000"}
_FORMATS = {
    "text": "@", "word": "@", "words": "@", "count": "#,##0_)", "gap": '#,##0_);-#,##0_);"–"_)',
    "change": '+#,##0_);-#,##0_);"–"_)', "money": "#,##0.00_)", "area": "#,##0.##_)",
}  # fmt: skip

_AT_LEAST = '"≥ "#,##0_)'  # the cell stays a number
_AT_LEAST_REAL = '"≥ "#,##0.00_)'

#: Excel's limit for one cell, and the characters that XML does not allow.
_MAX_TEXT = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE_POINTS = 15.0
_PADDING = 4  # characters: the indent, and that bold letters are wider
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name


def write_workbook(sheets: Sequence[Sheet], file: BinaryIO, *, lang: Lang, title: str) -> None:
    """Write the sheets as an .xlsx workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
        In the order of the tabs.
    file : binary file
        Where to.
    lang : "zh" or "en"
        Language of the page numbers.
    title : str
        Title in the properties of the file.

    Notes
    -----
    Equal sheets give equal bytes: no time of writing is stored.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    book.properties.creator = "shequ"
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, lang)
    buffer = io.BytesIO()
    book.save(buffer)
    write_fixed(buffer, file)


def write_fixed(workbook: io.BytesIO, file: BinaryIO) -> None:
    """Copy a workbook with all times of writing set to one moment."""
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)


def _write_sheet(page: Worksheet, sheet: Sheet, lang: Lang) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    family = "微软雅黑" if lang == "zh" else "Calibri"
    thin = Side(style="thin", color="BFBFBF")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    last = len(sheet.columns)
    widths = [_width(sheet, c) for c in range(last)]

    looks: dict[tuple[int, ...], Any] = {}
    kept: list[dict[str, Any]] = []

    def put(row: int, column: int, value: object, **style: Any) -> None:
        cell: Any = page.cell(row, column)
        # openpyxl looks each part of a style up by its content, which takes most of the time: once for each look
        key = tuple(map(id, style.values()))
        if key not in looks:
            for name, part in style.items():
                setattr(cell, name, part)
            kept.append(style)  # an id means an object only while that lives
            looks[key] = copy(cell._style)
        else:
            cell._style = copy(looks[key])
        _set(cell, value)

    put(1, 1, sheet.title, font=Font(name=family, size=16, bold=True), alignment=Alignment("left", "center"))
    page.row_dimensions[1].height = 30
    wide = sum(widths)
    for r, line in enumerate(sheet.lines, start=2):
        page.merge_cells(start_row=r, end_row=r, start_column=1, end_column=last)
        style = Alignment("left", "center", wrap_text=True)
        put(r, 1, line, font=Font(name=family, size=10, color="404040"), alignment=style)
        page.row_dimensions[r].height = _LINE_POINTS * 1.2 * max(1, ceil(text_width(line) * 0.95 / wide))

    top = sheet.header_row
    for c, column in enumerate(sheet.columns, start=1):
        style = Alignment("center", "center", wrap_text=True)
        fill = PatternFill("solid", start_color="D9E2F3")
        put(top, c, column.header, font=Font(name=family, size=10, bold=True), alignment=style, border=box, fill=fill)
        page.column_dimensions[page.cell(top, c).column_letter].width = widths[c - 1]
    page.row_dimensions[top].height = _LINE_POINTS * max(
        1.6, *(1.1 * _lines(column.header, width) for column, width in zip(sheet.columns, widths, strict=True))
    )

    plain, bold = Font(name=family, size=10), Font(name=family, size=10, bold=True)
    left, right = Alignment("left", "center", wrap_text=True, indent=1), Alignment("right", "center")
    middle = Alignment("center", "center", wrap_text=True)
    aligned = {
        "text": left,
        "word": middle,
        "words": left,
        "count": right,
        "gap": right,
        "change": right,
        "money": right,
        "area": right,
    }
    fills = {state: PatternFill("solid", start_color=colour) for state, colour in _FILLS.items()}
    inks = {state: Font(name=family, size=10, bold=True, color=colour) for state, colour in _INKS.items()}
    every = [*sheet.rows, *([] if sheet.total is None else [sheet.total])]
    for r, values in enumerate(every):
        is_total = r == len(sheet.rows)
        for c, (value, column) in enumerate(zip(values, sheet.columns, strict=True)):
            style = {"font": bold if is_total else plain, "alignment": aligned[column.kind], "border": box}
            style["number_format"] = _format(value, column)
            if is_total:
                style["fill"] = fills["total"]
            if (state := sheet.states.get((r, c))) is not None:
                style |= {"fill": fills[state], "font": inks[state]}
            if value is None and not is_total:
                style["alignment"] = middle
            put(top + 1 + r, c + 1, NO_VALUE if value is None and not is_total else value, **style)
        lines = max(_lines(value, width) for value, width in zip(values, widths, strict=True))
        page.row_dimensions[top + 1 + r].height = _LINE_POINTS * lines + 3

    _set_up_print(page, sheet, lang)


def _set(cell: Any, value: object) -> None:
    """Store a value; a text stays a text, whatever it begins with."""
    if not isinstance(value, str):
        plain = int(value) if isinstance(value, AtLeast) else float(value) if isinstance(value, AtLeastReal) else value
        cell.value = plain
        return
    shown = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value)
    if len(shown) > _MAX_TEXT:
        shown = shown[: _MAX_TEXT - 1] + "…"
    cell.value = shown
    cell.data_type = "s"  # "=1+1" would be a formula otherwise
    if shown[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}:
        cell.quotePrefix = True  # stays a text when somebody edits it


def _format(value: object, column: Column) -> str:
    if isinstance(value, AtLeast):
        return _AT_LEAST
    return _AT_LEAST_REAL if isinstance(value, AtLeastReal) else _FORMATS[column.kind]


def _width(sheet: Sheet, c: int) -> float:
    """Return the width of a column in characters."""
    column = sheet.columns[c]
    cells = [*(row[c] for row in sheet.rows), *([] if sheet.total is None else [sheet.total[c]])]
    longest = max((text_width(_shown(value)) for value in cells), default=0)
    header = text_width(column.header)
    narrow = header if header <= 8 else max(8, ceil(header / 2) + 1)  # a header may take two lines
    return float(min(column.max_width, max(longest, narrow)) + _PADDING)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return ("≥ " if isinstance(value, AtLeastReal) else "") + f"{value:,.2f}"
    return format_value(value) if isinstance(value, int) else str("" if value is None else value)


def _lines(value: object, width: float) -> int:
    return sum(max(1, ceil(text_width(part) / (width - _PADDING))) for part in _shown(value).split("\n"))


def _set_up_print(page: Worksheet, sheet: Sheet, lang: Lang) -> None:
    """Fit the width of an A4 page on its side, repeat the header, number the pages, keep the header in view."""
    top, last = sheet.header_row, page.cell(1, len(sheet.columns)).column_letter
    page.freeze_panes = page.cell(top + 1, sheet.frozen + 1)
    page.sheet_view.zoomScale = 100
    page.sheet_view.showGridLines = False
    if sheet.rows:
        page.auto_filter.ref = f"A{top}:{last}{top + len(sheet.rows)}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.print_title_rows = f"{top}:{top}"
    page.page_margins.left = page.page_margins.right = 0.4  # inches
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.6, 0.75, 0.35
    page.oddFooter.left.text = _footer(sheet.title)
    page.oddFooter.right.text = text("report.page", lang)


def _footer(title: str) -> str:
    return title.replace("&", "&&")  # one & begins a field in a footer

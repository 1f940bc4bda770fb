# SPDX-License-Identifier: BSD-3-Clause
"""One table as a file: CSV that spreadsheets read, a workbook, or a page to paste into a word processor."""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError, optional_import
from shequ._files import replacing
from shequ._repr_text import AtLeast, AtLeastReal

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from shequ._errors import Lang

__all__ = ["html_page", "html_table", "inert", "save_table", "write_csv"]

#: A text that begins so would be run by a spreadsheet.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula: a text that begins as one gets an apostrophe in front."""
    return "'" + value if isinstance(value, str) and value.startswith(_STARTS_FORMULA) else value


def write_csv(path: str | os.PathLike[str], headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a table as UTF-8 with a byte-order mark, so that spreadsheets read Chinese; a missing value is empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([inert(header) for header in headers])
    for row in rows:
        writer.writerow(["" if value is None else inert(value) for value in row])
    with replacing(path) as file:
        file.write(buffer.getvalue().encode("utf-8-sig"))


def html_table(
    headers: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "", lines: Sequence[str] = ()
) -> str:
    """Return a table as HTML with its looks in each cell, as word processors need it when it is pasted.

    Every text is escaped. Whole numbers stand to the right with separators of thousands.
    """
    cell = "border:0.5pt solid #7f7f7f;padding:2pt 5pt;"
    parts = [f'<p style="font-size:14pt;font-weight:bold">{escape(title)}</p>'] if title else []
    parts += [f"<p>{escape(line)}</p>" for line in lines]
    head = "".join(f'<th style="{cell}background:#d9e2f3">{escape(header)}</th>' for header in headers)
    body = []
    for row in rows:
        cells = []
        for value in row:
            number = isinstance(value, int) and not isinstance(value, bool)
            side = "right" if number or isinstance(value, float) else "left"
            cells.append(f'<td style="{cell}text-align:{side}">{escape(_written(value))}</td>')
        body.append(f"<tr>{''.join(cells)}</tr>")
    table = f'<table style="border-collapse:collapse;font-size:10.5pt"><thead><tr>{head}</tr></thead>'
    parts.append(f"{table}<tbody>{''.join(body)}</tbody></table>")
    return "\n".join(parts)


def _written(value: object) -> str:
    """Return a number with separators of thousands, one with a fraction to the hundredth; other values as they are."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    least = "≥ " if isinstance(value, (AtLeast, AtLeastReal)) else ""
    return least + (f"{int(value):,}" if float(value).is_integer() else f"{float(value):,.2f}")


def html_page(body: str, title: str, lang: Lang) -> bytes:
    """Return a whole page, encoded."""
    head = f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return f"{head}<body>\n{body}\n</body></html>\n".encode()


def save_table(
    path: str | os.PathLike[str],
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    title: str,
    lines: Sequence[str] = (),
    lang: Lang = "zh",
) -> Path:
    """Write a table in the format that the ending of the name asks for.

    Parameters
    ----------
    path : path-like
        .csv, .xlsx (needs openpyxl) or .html; an old file is replaced only by a complete one.
    headers, rows : sequences
        Cells: str, int, float (two decimals are shown) or None.
    title, lines : str and sequence of str
        What stands above the table in a workbook or page.
    lang : "zh" or "en"
        Language of the page numbers of a workbook.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InvalidInputError
        Another ending, or the file cannot be written.
    MissingDependencyError
        A workbook without openpyxl.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending == ".csv":
        write_csv(target, headers, rows)
    elif ending == ".html":
        page = html_table(headers, rows, title=title, lines=lines)
        with replacing(target) as file:
            file.write(html_page(page, title, lang))
    elif ending == ".xlsx":
        from shequ.report._workbook import Column, Sheet, write_workbook

        with optional_import("writing Excel", "openpyxl", "'shequ[excel]'", caller_zh="写 Excel"):
            import openpyxl  # noqa: F401
        kinds = [_kind(rows, c) for c in range(len(headers))]
        columns = [Column(header, kind, 56) for header, kind in zip(headers, kinds, strict=True)]  # type: ignore[arg-type]
        sheet = Sheet(title[:31].translate(_NO_TAB), title, columns, [list(row) for row in rows], list(lines))
        with replacing(target) as file:
            write_workbook([sheet], file, lang=lang, title=title)
    else:
        raise InvalidInputError(
            f"path={target.name!r} must end in .csv, .xlsx or .html",
            f"文件名“{target.name}”必须以 .csv、.xlsx 或 .html 结尾",
        )
    return target


#: Characters that the name of a sheet must not have.
_NO_TAB = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


def _kind(rows: Sequence[Sequence[object]], column: int) -> str:
    values = [row[column] for row in rows if row[column] is not None]
    if not values or not all(isinstance(value, (int, float)) for value in values):
        return "words"
    return "count" if all(isinstance(value, int) for value in values) else "money"

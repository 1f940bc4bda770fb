# SPDX-License-Identifier: BSD-3-Clause
"""Repairs that need no guess, found cell by cell; each says what stands there and what would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shequ.io._headers import AREAS, COUNTS, normalise
from shequ.io._privacy import is_personal, mask
from shequ.io._values import clean, is_blank, read_code, read_count, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shequ.io._sheet import Sheet

__all__ = ["proposals"]

# code, action, row, column, index, before, after, english, chinese: the fields of `Repair`
Proposal = tuple[str, Any, "int | None", str, int, object, object, str, str]

#: Chinese names hold no spaces; those between letters of other scripts stay.
_INNER_SPACE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_PLAIN_COUNT = re.compile("[0-9]{1,10}")
_PLAIN_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]+)?")
_BEGINNING = 3  # cells that tell which row is meant


def proposals(sheet: Sheet, *, approximate: bool) -> list[Proposal]:
    """Return all proposals for a sheet, in the order of its rows."""
    names = [name for name in ("name", "community", "town") if name in sheet.columns]
    left_out = sheet.summary_rows(names)
    if "code" in sheet.columns and "parent" in sheet.columns:
        left_out = {i: what for i, what in left_out.items() if is_blank(sheet.cells("code")[i])}
    copies = _copies(sheet, set(left_out))
    found = [*_rows(sheet, left_out, copies), *_personal(sheet)]
    gone = left_out.keys() | copies.keys()
    for name in sheet.columns:
        found += [proposal for i, proposal in _cells(sheet, name, approximate) if i not in gone]
    found += _towns(sheet, gone)
    return sorted(found, key=lambda proposal: (proposal[2] or 0, proposal[4]))


def _beginning(sheet: Sheet, i: int) -> str:
    shown = [mask(clean(cell)) for cell in sheet.row(i) if not is_blank(cell)]
    return " | ".join(shown[:_BEGINNING])


def _copies(sheet: Sheet, skip: set[int]) -> dict[int, int]:
    """Return the rows that repeat an earlier one cell by cell, with that one."""
    first: dict[tuple[str, ...], int] = {}
    copies = {}
    for i in range(len(sheet)):
        if i not in skip:
            other = first.setdefault(tuple(map(clean, sheet.row(i))), i)
            if other != i:
                copies[i] = other
    return copies


def _rows(sheet: Sheet, left_out: dict[int, str], copies: dict[int, int]) -> Iterator[Proposal]:
    for i, what in left_out.items():
        note = what == "note"
        english, chinese = ("is a note", "是说明行") if note else ("is a row of sums", "是小计（合计）行")
        yield "E17", "row", sheet.number(i), "", -1, _beginning(sheet, i), None, english, chinese
    for i, other in copies.items():
        number = sheet.number(other)
        yield (
            "E01", "row", sheet.number(i), "", -1, _beginning(sheet, i), None,
            f"repeats row {number}", f"与第 {number} 行完全相同",
        )  # fmt: skip


def _personal(sheet: Sheet) -> Iterator[Proposal]:
    for index, header in enumerate(sheet.headers):
        if is_personal(normalise(header)):
            title = str(header).strip()
            yield (
                "E30",
                "column",
                None,
                title,
                index,
                None,
                None,
                "is personal data and not needed",
                "是个人信息，不需要",
            )


def _cells(sheet: Sheet, name: str, approximate: bool) -> Iterator[tuple[int, Proposal]]:
    column = sheet.columns[name]
    for i, cell in enumerate(sheet.cells(name)):
        if is_blank(cell):
            continue
        found = _plain(name, cell, approximate)
        if found is not None:
            code, after, english, chinese = found
            place = (sheet.number(i), column.header, column.index)
            yield i, (code, "cell", *place, mask(str(cell)), after, english, chinese)


def _plain(name: str, cell: Any, approximate: bool) -> tuple[str, object, str, str] | None:
    """Return the kind of fault of a cell, what it should hold and why; None where it is in plain form or unreadable."""
    if name in {"code", "parent"}:
        reading = read_code(cell)
        if reading.value is None or (reading.severity == "error" and reading.code) or str(cell) == str(reading.value):
            if isinstance(cell, (int, float)) and reading.value is not None:
                return "E10", reading.value, "is a number, and codes are texts", "代码应按文本保存"
            return None
        return "E11", reading.value, "has spaces or wide digits", "含空格或全角字符"
    if name in COUNTS or name in AREAS:
        if not isinstance(cell, str):
            return None
        plain = _PLAIN_COUNT if name in COUNTS else _PLAIN_NUMBER
        if plain.fullmatch(cell.strip()):
            return None
        reading = read_count(cell) if name in COUNTS else read_number(cell, 0.0)
        value = reading.value
        if reading.code == "" and value is None:
            return "E14", None, "is a mark for what is not known", "是表示空缺的符号"
        if value is None and approximate and reading.rough is not None:
            return "E13", reading.rough, "is not an exact number", "不是准确数"
        if value is None or (reading.code and reading.severity == "error"):
            return None
        whole = float(value).is_integer()
        return "E13", int(value) if whole else float(value), "is a number written as text", "数字写成了文字"
    if name in {"name", "town", "community", "district"} and isinstance(cell, str):
        bare = _INNER_SPACE.sub("", cell.strip())
        if bare != cell:
            return "E21", bare, "has spaces that do not belong there", "含多余空格"
    return None


def _towns(sheet: Sheet, gone: set[int] | Any) -> Iterator[Proposal]:
    """Propose for each community without a town the town of the row above."""
    if "town" not in sheet.columns or "community" not in sheet.columns:
        return
    column, last = sheet.columns["town"], None
    for i, cell in enumerate(sheet.cells("town")):
        if i in gone:
            continue
        if not is_blank(cell):
            last = _INNER_SPACE.sub("", str(cell).strip())
        elif last is not None and not is_blank(sheet.cells("community")[i]):
            place = (sheet.number(i), column.header, column.index)
            yield (
                "E18",
                "cell",
                *place,
                None,
                last,
                "stands in the row above, as in merged cells",
                "见上一行（合并单元格）",
            )

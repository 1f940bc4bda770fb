# SPDX-License-Identifier: BSD-3-Clause
"""Subtotal rows and notes: left out, listed, and checked against the rows they sum up."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from shequ.io._headers import AREAS, COUNTS, MONEY
from shequ.io._values import clean, read_count, read_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shequ.io._sheet import Sheet

__all__ = ["check_totals"]


def _number(sheet: Sheet, name: str, cell: object) -> Fraction | None:
    """Return a cell in the unit of its column, as written: sums of decimal fractions are exact."""
    reading = read_count(cell) if name in COUNTS and sheet.columns[name].factor == 1 else read_number(cell, 0.0)
    return None if reading.value is None else Fraction(str(reading.value))


def check_totals(sheet: Sheet, left_out: Mapping[int, str]) -> None:
    """List the rows left out; where a subtotal states another number than the sum of its rows, warn.

    小计 is compared with the rows since the subtotal before it, 合计, 总计 and 共计 with all rows above, or, where they
    stand first, below; 其中 is not compared.
    """
    if not left_out:
        return
    first_data = next((i for i in range(len(sheet)) if i not in left_out), len(sheet))
    columns = {name: sheet.cells(name) for name in (*COUNTS, *AREAS, *MONEY) if name in sheet.columns}
    start = 0
    for i, what in sorted(left_out.items()):
        text = "".join(clean(cell) for cell in sheet.row(i)[:3])
        if what == "note":
            sheet.say("E17", "note", i, "", text[:40], "is a note and is left out", "是说明行，不计入")
            continue
        sheet.say("E17", "note", i, "", text[:40], "is a subtotal and is left out", "是小计（合计）行，不计入")
        if "其中" in text:
            continue
        if "小计" in text:
            span = range(start, i)
            start = i + 1
        else:
            span = range(len(sheet)) if i < first_data else range(i)
        for name, cells in columns.items():
            stated = _number(sheet, name, cells[i])
            if stated is None:
                continue
            values = [_number(sheet, name, cells[k]) for k in span if k not in left_out]
            exact = sum((value for value in values if value is not None), Fraction(0))
            unknown = values.count(None)
            if stated != exact:
                total = int(exact) if exact.denominator == 1 else float(exact)
                rest, rest_zh = (
                    (f", {unknown} of which are unknown", f"（另有{unknown}行未知）") if unknown else ("", "")
                )
                sheet.say(
                    "E17", "warning", i, name, cells[i], f"is not the sum of its rows, {total}{rest}",
                    f"与所属各行之和 {total}{rest_zh}不符",
                )  # fmt: skip

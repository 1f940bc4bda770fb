# SPDX-License-Identifier: BSD-3-Clause
"""Dates as ledgers write them: 2014-12-31, 2014年12月31日, 20141231, 2014年底, 二〇一四年, and the day a sheet is of."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from shequ.io._values import Reading, clean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shequ.io._sheet import Sheet

__all__ = ["read_date", "sheet_date"]

_DIGITS = {"〇": "0", "○": "0", "零": "0", **{digit: str(i) for i, digit in enumerate("一二三四五六七八九", start=1)}}
_NUMBER = "[〇○零一二三四五六七八九十0-9]"
_DATE = re.compile(
    rf"(?P<year>[〇○零一二三四五六七八九]{{4}}|[0-9]{{4}})(?:年|[-/.])?"
    rf"(?:(?P<month>{_NUMBER}{{1,3}})(?:月|[-/.])?(?:(?P<day>{_NUMBER}{{1,3}})[日号]?)?)?(?P<end>底|末|初)?(?:度)?"
)
_IN_TITLE = re.compile(
    rf"(?:[〇○零一二三四五六七八九]{{4}}|(?:19|20)[0-9]{{2}})(?:年(?:度|底|末)?(?:{_NUMBER}{{1,3}}月(?:底|末|{_NUMBER}{{1,3}}日)?)?"
    rf"|[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}})"
)
_MASKED = re.compile(r"[0-9]{2}\*\*年?.*")


def _number(text: str) -> int:
    """Return a number of two digits at most: 9, 09, 九, 十, 十二, 三十一."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(_DIGITS.get(digit, digit) for digit in text))
    return 10 * (int(_DIGITS[tens]) if tens else 1) + (int(_DIGITS[ones]) if ones else 0)


def read_date(cell: object) -> Reading:
    """Read a day as text YYYY-MM-DD, a month as YYYY-MM, a year as YYYY; what is no day of the calendar is an error."""
    if isinstance(cell, datetime):
        return Reading(cell.date().isoformat())
    if isinstance(cell, date):
        return Reading(cell.isoformat())
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = re.sub(r"\s+", "", clean(cell)).removeprefix("截至").removeprefix("截止")
    if not text or text in {"-", "—", "/"}:
        return Reading(None)
    if _MASKED.fullmatch(text):
        return Reading(None, "E14", "warning", "is masked and is taken as missing", "已隐去，按缺失处理")
    compact = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text)
    match = _DATE.fullmatch("-".join(compact.groups()) if compact else text)
    wrong = Reading(None, "E19", "error", "is no date: write it as 2014-12-31", "不是日期：请写成 2014-12-31 的形式")
    if match is None:
        return wrong
    try:
        year = int("".join(_DIGITS.get(digit, digit) for digit in match["year"]))
        if match["month"] is None:
            return Reading(f"{date(year, 12, 31)}" if match["end"] in {"底", "末"} else f"{year:04d}")
        month = _number(match["month"])
        if match["day"] is None:
            return Reading(f"{date(year, month, 1):%Y-%m}")
        return Reading(date(year, month, _number(match["day"])).isoformat())
    except (ValueError, KeyError):
        return wrong


def sheet_date(sheet: Sheet, used: NDArray[np.int64]) -> str:
    """Return the day that the figures are of: that of the column 统计时间, else the one in the lines above the header.

    Empty where none is stated, or where several are, which is reported.
    """
    if "as_of" in sheet.columns:
        stated: dict[str, int] = {}
        for i in used.tolist():
            cell = sheet.cells("as_of")[i]
            reading = read_date(cell)
            if reading.code:
                sheet.say(reading.code, reading.severity, i, "as_of", cell, reading.english, reading.chinese)
            if reading.value is not None:
                stated.setdefault(str(reading.value), i)
        if len(stated) > 1:
            first = next(iter(stated))
            for other, i in list(stated.items())[1:]:
                sheet.say(
                    "E19", "warning", i, "as_of", other, f"is another day than {first}, that of the rows above",
                    f"与上面各行的统计时间 {first} 不同",
                )  # fmt: skip
        return next(iter(stated)) if len(stated) == 1 else ""
    for row in range(sheet.header_rows[0] - 1):
        for cell in sheet.table.row(row):
            if isinstance(cell, datetime):
                return cell.date().isoformat()
            if isinstance(cell, str) and (match := _IN_TITLE.search(clean(cell))):
                reading = read_date(match[0])
                if reading.value is not None:
                    return str(reading.value)
                number = row + 1
                sheet.say(
                    "E19", "warning", None, "", match[0], f"in row {number} {reading.english}",
                    f"（第 {number} 行）{reading.chinese}",
                )  # fmt: skip
    return ""

# SPDX-License-Identifier: BSD-3-Clause
"""Cells as people write them: codes, counts, areas, marks for what is not known."""

from __future__ import annotations

import math
import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from shequ._columns import MAX_COUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "MAX_FEN",
    "Reading",
    "clean",
    "is_blank",
    "read_code",
    "read_count",
    "read_kind",
    "read_money",
    "read_number",
    "read_setting",
    "read_ten_thousands",
    "tells_setting",
]

_MISSING = {"", "-", "--", "—", "——", "–", "/", "\\", "无", "*", "**", "***", "x", "xx", "xxx", "null", "none", "nan",
            "na", "n/a", "#n/a", "不详", "未知", "缺"}  # fmt: skip
_SCIENTIFIC = re.compile(r"\d+(\.\d+)?e[+-]?\d+", re.IGNORECASE)
_UNIT = r"(?:户|人|套|个|名|栋|家|平方米|平米|m2|㎡)?"
_PLAIN = re.compile(rf"([+-]?)(\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d+)?{_UNIT}")
_TEN_THOUSANDS = re.compile(rf"(\d+)\.(\d{{4}})万{_UNIT}")  # to the last household; 1.2万 is rounded
#: Forms that state a number and say that it is not exact: 约1200, 700多户, 1.2万余人, 1200(含租户).
_ROUGH = re.compile(
    rf"(?:约|近|大约|大概|≈|~)?(\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.(\d{{1,4}}))?(万)?(?:余|多)?{_UNIT}(?:左右|上下|余|多)?(?:\([^()]*\))?"
)
_APPROXIMATE = re.compile(r"约|近|余|多|左右|上下|万|千|以上|以下|~|≈|>|<|\(")
MAX_FEN = 10**15  # 10 million million yuan are a slip of units
_EXACT_DIGITS = 15  # of a number in a spreadsheet cell
_KINDS = {
    "居委会": 0, "居民委员会": 0, "社区": 0, "社区居委会": 0, "城市社区": 0, "residents": 0,
    "村委会": 1, "村民委员会": 1, "村": 1, "行政村": 1, "villagers": 1,
    "类似居委会": 2, "quasi_residents": 2, "类似村委会": 3, "quasi_villagers": 3,
}  # fmt: skip
_SETTINGS = {
    "城镇": 0, "城市": 0, "城镇社区": 0, "城市社区": 0, "urban": 0, "农村": 1, "乡村": 1, "农村社区": 1, "rural": 1,
}  # fmt: skip


class Reading(NamedTuple):
    """What a cell says: its value (None: missing), and what is to be said about it."""

    value: int | float | str | None
    code: str = ""
    severity: Literal["note", "warning", "error"] = "error"
    english: str = ""
    chinese: str = ""
    rough: int | None = None  #: the number that an inexact form states, for who asks for it


def clean(cell: object) -> str:
    """Return the text of a cell without spaces around it, full-width forms made plain."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return "" if math.isnan(cell) else repr(cell)
    return unicodedata.normalize("NFKC", str(cell)).strip()


def is_blank(cell: object) -> bool:
    """Tell whether a cell holds nothing at all."""
    if type(cell) is str:
        return not cell or cell.isspace()
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def read_code(cell: object) -> Reading:
    """Read the code of a unit: text, or a whole number that a spreadsheet kept exactly."""
    if isinstance(cell, bool):
        return Reading(None, "E11", "error", "must be a code", "必须是代码")
    if isinstance(cell, (int, float)):
        if isinstance(cell, float) and math.isnan(cell):
            return Reading(None)
        if isinstance(cell, float) and not cell.is_integer():
            return Reading(None, "E11", "error", "must be a whole number", "必须是整数")
        digits = str(int(cell))
        if len(digits) > _EXACT_DIGITS and isinstance(cell, float):
            return Reading(
                None, "E10", "error", "has more than 15 digits and must be stored as text",
                "超过 15 位，末几位已丢失，必须以文本保存",
            )  # fmt: skip
        return Reading(digits)
    raw = str(cell) if cell is not None else ""
    text = clean(raw)
    if text.lower() in _MISSING:
        return Reading(None)
    if _SCIENTIFIC.fullmatch(text):
        return Reading(
            None, "E09", "error", "is in scientific notation: digits are lost, store codes as text",
            "是科学计数法，数字已丢失，请以文本保存代码",
        )  # fmt: skip
    compact = re.sub(r"\s+", "", text)
    compact = re.sub(r"(?<=\d)\.0+$", "", compact) if re.fullmatch(r"\d+\.0+", compact) else compact
    if compact != raw.strip():
        return Reading(compact, "E11", "note", f"is read as {compact}", f"按 {compact} 读取")
    return Reading(compact)


def _in_ten_thousands(whole: str, fraction: str | None) -> int:
    return int(whole.replace(",", "")) * 10_000 + int((fraction or "").ljust(4, "0"))


def _refused(text: str, english: str, chinese: str) -> Reading:
    if _APPROXIMATE.search(text):
        rough = None
        if (match := _ROUGH.fullmatch(text)) is not None:
            whole, fraction, ten_thousands = match.groups()
            if ten_thousands:
                rough = _in_ten_thousands(whole, fraction)
            elif not fraction:
                rough = int(whole.replace(",", ""))
        return Reading(
            None, "E13", "warning", "is not an exact number and is taken as missing", "不是准确数，按缺失处理", rough
        )
    return Reading(None, "E13", "error", english, chinese)


def _read(cell: object) -> Reading | float | int:
    """Return a number, or why there is none."""
    if isinstance(cell, bool):
        return Reading(None, "E13", "error", "must be a number", "必须是数字")
    if isinstance(cell, (int, float)):
        return Reading(None) if isinstance(cell, float) and math.isnan(cell) else cell
    text = re.sub(r"\s+", "", clean(cell)).lower()
    if text in _MISSING:
        return Reading(None)
    match = _PLAIN.fullmatch(text)
    if match is None:
        match = _TEN_THOUSANDS.fullmatch(text)
        if match is None:
            return _refused(text, "must be a number", "必须是数字")
        number = _in_ten_thousands(*match.groups())
        return Reading(number, "E13", "note", f"is read as {number}", f"按 {number} 读取")
    sign, whole, fraction = match.groups()
    digits = sign + whole.replace(",", "")
    return float(digits + fraction) if fraction else int(digits)


def read_count(cell: object) -> Reading:
    """Read a number of households or persons: whole, 0 to 2^31 - 1."""
    number = _read(cell)
    if isinstance(number, Reading):
        stated = number.value if number.value is not None else number.rough
        return number if stated is None or int(stated) <= MAX_COUNT else _too_large()
    if not math.isfinite(number) or number != math.floor(number):
        return Reading(None, "E15", "error", "must be a whole number", "必须是整数")
    return Reading(int(number)) if 0 <= number <= MAX_COUNT else _too_large()


def _too_large() -> Reading:
    return Reading(None, "E15", "error", f"must be in [0, {MAX_COUNT}]", f"必须在 [0, {MAX_COUNT}] 之间")


def read_ten_thousands(cell: object) -> Reading:
    """Read a count below a header in 万 (1.2345 is 12,345): whole once it is multiplied, as `read_count`."""
    number = _read(cell)
    if isinstance(number, Reading):
        return number if number.value is None else Reading(None, "E13", "error", "has 万 twice", "重复写了“万”")
    if not math.isfinite(number):
        return Reading(None, "E15", "error", "must be finite", "必须是有限值")
    scaled = Fraction(str(number)) * 10_000
    if scaled.denominator != 1:
        return Reading(None, "E15", "error", "times 10,000 must be a whole number", "乘以一万后必须是整数")
    return read_count(int(scaled))


def read_money(cell: object, fen: int = 100) -> Reading:
    """Read an amount of money as whole fen, 0 or more; the cell is in a unit of so many fen."""
    number = _read(cell)
    if isinstance(number, Reading):
        if number.value is None:
            return number
        number = int(number.value)  # written in 万
    if not math.isfinite(number) or not 0 <= number <= MAX_FEN // fen:
        limit = MAX_FEN // fen
        return Reading(None, "E15", "error", f"must be in [0, {limit}]", f"必须在 [0, {limit}] 之间")
    scaled = Fraction(str(number)) * fen
    if scaled.denominator != 1:
        return Reading(None, "E15", "error", "must be a whole number of fen", "必须精确到分，不能有更多小数")
    return Reading(int(scaled))


def read_number(cell: object, low: float = -math.inf) -> Reading:
    """Read a finite number of at least `low`."""
    number = _read(cell)
    if isinstance(number, Reading):
        return number
    if not math.isfinite(number) or number < low:
        return Reading(None, "E15", "error", f"must be finite and {low:g} or more", f"必须是有限值且不小于 {low:g}")
    return Reading(float(number))


def _read_word(words: dict[str, int]) -> Callable[[object], Reading]:
    def read(cell: object) -> Reading:
        text = clean(cell).lower()
        if text in _MISSING:
            return Reading(None)
        if text in words:
            return Reading(words[text])
        allowed = "、".join(words)
        return Reading(
            None, "E12", "warning", f"is not known and taken as missing; known are {allowed}",
            f"无法识别，按缺失处理；可用：{allowed}",
        )  # fmt: skip

    return read


#: Read the kind of a community: 0 residents, 1 villagers, 2 quasi-residents, 3 quasi-villagers.
read_kind = _read_word(_KINDS)
#: Read a setting: 0 urban, 1 rural.
read_setting = _read_word(_SETTINGS)


def tells_setting(cells: Iterable[object]) -> bool:
    """Tell whether a column headed as a kind (类型) holds settings instead: 城镇 and 农村, say."""
    words = {clean(cell).lower() for cell in cells} - _MISSING
    return bool(words) and words <= _SETTINGS.keys() and not words <= _KINDS.keys()

# SPDX-License-Identifier: BSD-3-Clause
"""Codes of communities in a ledger of towns: length, digits, and whether district and town are those of the others.

A row whose code cannot be used is kept under its town and name: what it counts does not depend on its code. What stands
against the town column alone is a warning, as in `Hierarchy.audit`: towns are taken from their column, never from codes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shequ.io._coded import read_codes
from shequ.io._free_code import free_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shequ.io._sheet import Sheet

__all__ = ["community_codes"]

_DIGITS = 12  # of a community: 2 province, 2 city, 2 county, 3 town, 3 community (国统字〔2009〕91号)
_DISTRICT, _TOWN = 6, 9  # digits that are the same in one district, in one town

_KEPT = "; until then the row counts under its town and name"
_KEPT_ZH = "；在此之前本行按街道（乡镇）和名称计入"


def community_codes(sheet: Sheet, towns: Sequence[str], names: Sequence[str], skip: set[int]) -> list[str]:
    """Return the code of each row, "" where there is none that can be used; say what is wrong with the others."""
    rows = [i for i in range(len(sheet)) if i not in skip]
    codes, unread = read_codes(sheet, "code", skip)
    codes = ["" if i in skip else code for i, code in enumerate(codes)]
    if not any(codes) and not unread:
        if rows:
            sheet.say(
                "E11", "warning", None, "code", None, "is empty in every row: communities are told by their names",
                "整列为空，社区按名称区分",
            )  # fmt: skip
        return codes
    for i in rows:
        if i in unread:
            continue
        if not codes[i]:
            sheet.say(
                "E11", "error", i, "code", None, f"is empty: fill in the code of {_DIGITS} digits{_KEPT}",
                f"为空：请填写{_DIGITS}位代码{_KEPT_ZH}",
            )  # fmt: skip
        elif (fault := _fault(codes[i])) is not None:
            sheet.say("E11", "error", i, "code", codes[i], fault[0] + _KEPT, fault[1] + _KEPT_ZH)
            codes[i] = ""
    _check_district(sheet, codes)
    _check_towns(sheet, codes, towns)
    _check_twins(sheet, codes, names)
    return codes


def _fault(code: str) -> tuple[str, str] | None:
    """Return what is wrong with a code by itself."""
    wrong = "".join(dict.fromkeys(letter for letter in code if not (letter.isascii() and letter.isdigit())))
    if wrong:
        return (
            f"must have {_DIGITS} digits and nothing else, but holds {wrong!r}: correct it",
            f"必须是{_DIGITS}位数字，却含有“{wrong}”：请更正",
        )
    if len(code) != _DIGITS:
        return (
            f"has {len(code)} digits, but the code of a community has {_DIGITS}: look it up and correct it",
            f"有{len(code)}位，社区代码应为{_DIGITS}位：请核对更正",
        )
    if code.endswith("000"):
        return (
            "ends in 000 and is the code of a town, a district or above: fill in that of the community",
            "以000结尾，是街道（乡镇）或更上级的代码：请填写社区的代码",
        )
    return None


def _check_district(sheet: Sheet, codes: list[str]) -> None:
    """Take out the codes of another district than most; where no district has most, say so of each row."""
    counts = Counter(code[:_DISTRICT] for code in codes if code)
    if len(counts) < 2:
        return
    home = _leader(counts)
    for i, code in enumerate(codes):
        if not code or code[:_DISTRICT] == home:
            continue
        if home is None:
            listed = ", ".join(sorted(counts))
            sheet.say(
                "E05", "warning", i, "code", code,
                f"may be of another district: the codes of this ledger begin with {listed}; check which is right",
                f"可能属于其他区县：本台账的代码以 {listed} 开头，请核对哪一个正确",
            )  # fmt: skip
            continue
        sheet.say(
            "E05", "error", i, "code", code,
            f"is of another district: most codes of this ledger begin with {home}; correct the code, or take the row out"
            + _KEPT,
            f"属于其他区县：本台账的代码大多以 {home} 开头；请更正代码或移出本行{_KEPT_ZH}",
        )  # fmt: skip
        codes[i] = ""


def _check_towns(sheet: Sheet, codes: Sequence[str], towns: Sequence[str]) -> None:
    """Warn of codes that begin as those of another town, or otherwise than the others of their own town."""
    rows = [i for i, code in enumerate(codes) if code and towns[i]]
    pairs = Counter((codes[i][:_TOWN], towns[i]) for i in rows)
    town_of = _leaders((start, town, n) for (start, town), n in pairs.items())
    start_of = _leaders((town, start, n) for (start, town), n in pairs.items())
    for i in rows:
        start, town = codes[i][:_TOWN], towns[i]
        owner, own = town_of[start], start_of[town]
        if owner == town and own == start:
            continue
        if owner is not None and owner != town:
            english, chinese = f"begins as the codes of {owner} ({start})", f"是{owner}的代码段（{start}）"
        elif own is not None and own != start:
            english, chinese = f"does not begin with {own} as those of its town", f"与本街道（乡镇）的代码段 {own} 不符"
        else:
            english, chinese = f"begins with {start}, others of its town or code do not", "所属街道（乡镇）无法确认"
        sheet.say(
            "E05", "warning", i, "code", codes[i],
            f"{english}, but the row stands in {town}: check town and code; the town counts",
            f"{chinese}，但本行填在{town}：请核对街道（乡镇）和代码；现按所填街道（乡镇）计入",
        )  # fmt: skip


def _check_twins(sheet: Sheet, codes: list[str], names: Sequence[str]) -> None:
    """Take out codes that rows of different names share; rows of one name are for whoever builds the tree."""
    rows_of: dict[str, list[int]] = {}
    for i, code in enumerate(codes):
        if code:
            rows_of.setdefault(code, []).append(i)
    for code, rows in rows_of.items():
        if len(rows) == 1 or len({names[i] for i in rows}) < len(rows):
            continue
        free = free_code(code, rows_of)
        hint, hint_zh = (f" (free in this town: {free})", f"（本街道可用的空号：{free}）") if free else ("", "")
        for i in rows:
            others = [k for k in rows if k != i]
            listed = ", ".join(f"{sheet.number(k)} ({names[k]})" for k in others)
            listed_zh = "、".join(f"{sheet.number(k)} 行（{names[k]}）" for k in others)
            sheet.say(
                "E02", "error", i, "code", code, f"is also the code of row {listed}: correct the one that is wrong{hint}{_KEPT}",
                f"也是第 {listed_zh}的代码：请更正错误的代码{hint_zh}{_KEPT_ZH}",
            )  # fmt: skip
            codes[i] = ""


def _leader(counts: Counter[str]) -> str | None:
    """Return what is counted most often; None where two are."""
    (first, most), *others = counts.most_common(2)
    return None if others and others[0][1] == most else first


def _leaders(entries: Iterable[tuple[str, str, int]]) -> dict[str, str | None]:
    """Return for each key what is counted most often with it."""
    counts: dict[str, Counter[str]] = {}
    for key, value, n in entries:
        counts.setdefault(key, Counter())[value] += n
    return {key: _leader(counter) for key, counter in counts.items()}

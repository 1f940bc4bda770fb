# SPDX-License-Identifier: BSD-3-Clause
"""Crosswalks: tables that say which unit became which."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError
from shequ.io._dates import read_date
from shequ.io._headers import normalise
from shequ.io._tables import read_tables
from shequ.io._values import clean, is_blank, read_code
from shequ.succession import Change, ChangeKind

if TYPE_CHECKING:
    from pathlib import Path

    from shequ.io._tables import Table

__all__ = ["read_changes"]

_SYNONYMS = {
    "date": (
        "date",
        "日期",
        "生效日期",
        "生效时间",
        "变更日期",
        "变更时间",
        "批准日期",
        "调整时间",
        "时间",
        "年份",
        "年度",
    ),
    "kind": ("kind", "type", "类型", "变更类型", "调整类型", "变更方式", "调整方式", "变更类别"),
    "old": ("old", "oldcode", "from", "原代码", "旧代码", "原区划代码", "变更前代码", "调整前代码"),
    "new": ("new", "newcode", "to", "新代码", "现代码", "新区划代码", "变更后代码", "调整后代码"),
    "share": ("share", "份额", "比例", "占比", "户数比例", "划入比例"),
    "old_name": ("oldname", "原名称", "旧名称", "变更前名称", "调整前名称", "原单位"),
    "new_name": ("newname", "新名称", "现名称", "变更后名称", "调整后名称", "新单位"),
}
_FIELD_OF = {normalise(word): field for field, words in _SYNONYMS.items() for word in words}
_NEEDED = ("date", "kind", "old", "new")
_KINDS: dict[str, ChangeKind] = {
    "村改居": "village_to_residents", "撤村建居": "village_to_residents", "villagetoresidents": "village_to_residents",
    "合并": "merge", "撤并": "merge", "并入": "merge", "merge": "merge",
    "拆分": "split", "分设": "split", "析置": "split", "split": "split",
    "新设": "create", "设立": "create", "新增": "create", "新建": "create", "create": "create",
    "更名": "rename", "改名": "rename", "rename": "rename",
    "变更代码": "recode", "代码变更": "recode", "换码": "recode", "recode": "recode",
    "划转": "move", "划入": "move", "变更隶属": "move", "移交": "move", "move": "move",
    "撤销": "abolish", "注销": "abolish", "abolish": "abolish",
}  # fmt: skip
_HEADER_SEARCH = 10


def _header(table: Table) -> tuple[int, dict[str, int]] | None:
    for i in range(min(_HEADER_SEARCH, len(table))):
        found: dict[str, int] = {}
        for index, cell in enumerate(table.row(i)):
            field = _FIELD_OF.get(normalise(cell)) if isinstance(cell, str) else None
            if field is None:
                continue
            if field in found:
                both = f"{table.row(i)[found[field]]}, {cell}"
                raise InvalidInputError(
                    f"{table.path.name}: the headers {both} both mean {field}: keep one",
                    f"{table.path.name}：表头 {both} 都表示同一列，请只留一列",
                )
            found[field] = index
        if all(name in found for name in _NEEDED):
            return i, found
    return None


def _share(cell: object) -> Fraction | None:
    """Return a share written as 0.6, 60% or 3/5; None where the cell is blank."""
    text = re.sub(r"\s+", "", clean(cell))
    if not text:
        return None
    percent = text.endswith("%")
    share = Fraction(text.removesuffix("%"))
    return share / 100 if percent else share


def read_changes(path: str | Path, sheet: str | None, encoding: str | None) -> list[Change]:
    """Return the links of a crosswalk; see `Succession.read`."""
    tables = read_tables(path, sheet=sheet, encoding=encoding)
    usable = [(table, found) for table in tables if (found := _header(table)) is not None]
    name = tables[0].path.name
    if len(usable) != 1:
        words = "、".join(_SYNONYMS[field][1 if field not in {"old", "new"} else 3] for field in _NEEDED)
        raise InvalidInputError(
            f"{name} must have one table with columns for {', '.join(_NEEDED)}, but has {len(usable)}",
            f"{name} 必须恰有一张含“{words}”各列的表，现有 {len(usable)} 张",
        )
    table, (position, columns) = usable[0]
    changes: list[Change] = []
    english: list[str] = []
    chinese: list[str] = []
    for i in range(position + 1, len(table)):
        row = table.row(i)
        if all(map(is_blank, row)):
            continue
        change = _change({field: row[index] for field, index in columns.items()}, i + 1, english, chinese)
        if change is not None:
            changes.append(change)
    if english:
        raise InvalidInputError(f"{name}:\n" + "\n".join(english), f"{name}：\n" + "\n".join(chinese))
    return changes


def _change(cells: dict[str, Any], row: int, english: list[str], chinese: list[str]) -> Change | None:
    faults = len(english)

    def refuse(field: str, cell: object, why: str, why_zh: str) -> None:
        english.append(f"row {row}, {field}: {clean(cell)!r} {why}")
        chinese.append(f"第 {row} 行“{_SYNONYMS[field][1]}”：“{clean(cell)}”{why_zh}")

    date = read_date(cells["date"])
    if date.value is None:
        refuse("date", cells["date"], date.english or "must be a date", date.chinese or "必须是日期")
    kind = _KINDS.get(normalise(cells["kind"]))
    if kind is None:
        known = "、".join(word for word in _KINDS if not word.isascii())
        refuse("kind", cells["kind"], f"must be one of {', '.join(dict.fromkeys(_KINDS.values()))}", f"必须是：{known}")
    codes = {}
    for field in ("old", "new"):
        reading = read_code(cells[field])
        if reading.code and reading.severity == "error":
            refuse(field, cells[field], reading.english, reading.chinese)
        codes[field] = "" if reading.value is None else str(reading.value)
    share = None
    try:
        share = _share(cells.get("share"))
    except (ValueError, ZeroDivisionError):
        refuse("share", cells["share"], "must be a share such as 0.6, 60% or 3/5", "必须是份额，如 0.6、60%、3/5")
    if len(english) > faults or kind is None:
        return None
    names = {field: clean(cells.get(field)) for field in ("old_name", "new_name")}
    return Change(str(date.value), kind, codes["old"], codes["new"], share, names["old_name"], names["new_name"], row)

# SPDX-License-Identifier: BSD-3-Clause
"""Lists of staff (人员名册): persons and posts counted, nobody kept.

Identity numbers and telephones are used for nothing but to tell persons apart, by a digest that is thrown away; names
stand in no result and no message.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from shequ._errors import InvalidInputError
from shequ.io._headers import normalise, synonyms_of
from shequ.io._report import Issue
from shequ.io._tables import read_tables
from shequ.io._values import clean, is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Roster", "read_roster"]

_SYNONYMS = {
    "town": synonyms_of("town"),
    "community": ("community", "社区", "社区(村)", "村(社区)", "社区名称", "工作单位", "所在社区"),
    "person": ("person", "name", "姓名"),
    "identity": ("id", "personid", "身份证号", "身份证号码", "公民身份号码", "人员编号", "工号", "编号"),
    "post": ("post", "role", "岗位", "职务", "岗位名称"),
    "state": ("state", "status", "状态", "人员状态", "在岗情况", "备注"),
    "certificate": ("certificate", "certified", "持证", "证书", "职业水平", "证书等级", "社工证", "是否持证"),
}
_FIELD_OF = {normalise(word): field for field, words in _SYNONYMS.items() for word in words}
_GONE = re.compile(r"退休|离职|辞职|死亡|去世|retired|left", re.IGNORECASE)
_SECONDED = re.compile(r"借调|抽调|挂职|外借|seconded", re.IGNORECASE)
_NO = {"", "无", "否", "没有", "未持证", "no", "none", "0", "-", "—", "/"}
_HEADER_SEARCH = 10


@dataclass(frozen=True)
class Roster:
    """Staff of communities, persons counted once.

    Parameters
    ----------
    communities : tuple of (town, community)
        In the order of the list.
    persons, certified, posts : tuple of int
        For each: persons whose first row names it, those of them with a certificate, and filled posts.
    rows, used : int
        Rows of the list, and those that count.
    issues : tuple of Issue
        E28 of rows that do not count or may count twice, E30 of personal data that was not kept; without names.
    """

    communities: tuple[tuple[str, str], ...]
    persons: tuple[int, ...]
    certified: tuple[int, ...]
    posts: tuple[int, ...]
    rows: int
    used: int
    issues: tuple[Issue, ...]

    @property
    def rejected(self) -> int:
        """Rows that do not count: retired persons, rows without a community or a person; each has an issue."""
        return self.rows - self.used

    def table(self) -> list[dict[str, object]]:
        """Return one dict a community: town, community, workers (persons), certified, posts."""
        each = zip(self.communities, self.persons, self.certified, self.posts, strict=True)
        return [
            {"town": town, "community": community, "workers": persons, "certified": certified, "posts": posts}
            for (town, community), persons, certified, posts in each
        ]


def _header(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    for i, row in enumerate(rows[:_HEADER_SEARCH]):
        found: dict[str, int] = {}
        for index, cell in enumerate(row):
            field = _FIELD_OF.get(normalise(cell)) if isinstance(cell, str) else None
            if field is not None:
                found.setdefault(field, index)
        if "community" in found and {"person", "identity"} & found.keys():
            return i, found
    return None


def read_roster(
    path: str | Path,
    *,
    seconded: Literal["home", "out"] = "home",
    sheet: str | None = None,
    encoding: str | None = None,
) -> Roster:
    """Count the staff of a list with a row a person and post.

    Parameters
    ----------
    path : str or Path
        .csv, .csv.gz, .xlsx or .parquet with columns for community and name or number of the person, and as far as known
        town, post, state (在岗, 借调, 退休) and certificate.
    seconded : {"home", "out"}, default "home"
        Whether seconded persons (借调) count where the list has them, or not at all.
    sheet, encoding : str, optional
        As of `shequ.io.ReadOptions`.

    Returns
    -------
    Roster
        A person with one number in several rows counts once, in the community of the first, and fills every post. Without
        numbers, rows of one name in one town are taken for one person, with a warning.

    Raises
    ------
    InvalidInputError
        No such file or columns, or another value of `seconded`.
    """
    if seconded not in {"home", "out"}:
        raise InvalidInputError(
            f"seconded={seconded!r} must be home or out", f"seconded={seconded!r} 必须是 home 或 out"
        )
    tables = read_tables(path, sheet=sheet, encoding=encoding)
    usable = [(t, found) for t in tables if (found := _header([t.row(i) for i in range(min(len(t), _HEADER_SEARCH))]))]
    if len(usable) != 1:
        name = tables[0].path.name
        raise InvalidInputError(
            f"{name} must have one table with columns for community and person, but has {len(usable)}",
            f"{name} 必须恰有一张含“社区”和“姓名”（或“人员编号”）列的表，现有 {len(usable)} 张",
        )
    table, (position, columns) = usable[0]
    count = _Count(seconded)
    rows = 0
    for i in range(position + 1, len(table)):
        row = table.row(i)
        if all(map(is_blank, row)):
            continue
        rows += 1
        count.add({field: clean(row[index]) for field, index in columns.items()}, i + 1)
    if "identity" in columns:
        count.say("E30", "note", None, "numbers of persons were used to tell them apart and not kept",
                  "人员编号（身份证号）只用于区分人员，没有保留")  # fmt: skip
    return count.roster(rows)


class _Count:
    """Persons seen so far, by digests that nobody can turn back."""

    def __init__(self, seconded: str) -> None:
        self.seconded = seconded
        self.salt = os.urandom(16)
        self.issues: list[Issue] = []
        self.order: dict[tuple[str, str], int] = {}
        self.persons: list[int] = []
        self.certified: list[int] = []
        self.posts: list[int] = []
        self.seen: dict[bytes, tuple[int, int, bool]] = {}  # person: row, community, whether certified
        self.used = 0

    def say(self, code: str, severity: Any, row: int | None, english: str, chinese: str) -> None:
        self.issues.append(Issue(code, severity, row, "", "", english, chinese))

    def add(self, cells: dict[str, str], row: int) -> None:
        town, community = cells.get("town", ""), cells["community"]
        number, name = cells.get("identity", ""), cells.get("person", "")
        if not community or not (number or name):
            self.say("E28", "error", row, "names no community or no person and does not count",
                     "没有写社区或人员，不计入")  # fmt: skip
            return
        state = cells.get("state", "")
        if _GONE.search(state):
            self.say("E28", "note", row, "is retired or has left and does not count", "已退休或离职，不计入")
            return
        if _SECONDED.search(state):
            out = self.seconded == "out"
            self.say("E28", "note", row, "is seconded and " + ("does not count" if out else "counts here"),
                     "是借调人员，" + ("不计入" if out else "计入本社区"))  # fmt: skip
            if out:
                return
        self.used += 1
        at = self.order.setdefault((town, community), len(self.order))
        if at == len(self.persons):
            for column in (self.persons, self.certified, self.posts):
                column.append(0)
        self.posts[at] += 1
        key = hashlib.blake2b(f"{number.upper() or town + chr(0) + name}".encode(), key=self.salt).digest()
        has = cells.get("certificate", "").lower() not in _NO
        if key not in self.seen:
            self.seen[key] = (row, at, has)
            self.persons[at] += 1
            self.certified[at] += has
            return
        first, home, had = self.seen[key]
        if has and not had:
            self.certified[home] += 1
            self.seen[key] = (first, home, True)
        sure = bool(number)
        self.say(
            "E28", "note" if sure else "warning", row,
            f"is the person of row {first}" + ("" if sure else " by name and town: check") + ", who counts once",
            f"与第 {first} 行是同一人" + ("" if sure else "（按姓名和街道判断，请核实）") + "，只计一人",
        )  # fmt: skip

    def roster(self, rows: int) -> Roster:
        return Roster(
            tuple(self.order), tuple(self.persons), tuple(self.certified), tuple(self.posts), rows, self.used,
            tuple(self.issues),
        )  # fmt: skip

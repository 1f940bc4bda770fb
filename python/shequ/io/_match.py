# SPDX-License-Identifier: BSD-3-Clause
"""Names of communities found in a tree: within their town, never by name alone, candidates where it is not clear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError
from shequ.io._report import Issue
from shequ.io._values import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shequ.hierarchy import Hierarchy

__all__ = ["Match", "match_names"]

_ENDS = re.compile(r"(社区居民委员会|社区居委会|居民委员会|居委会|村民委员会|村村委会|村委会|社区|村)$")
_TOWN_ENDS = re.compile(r"(街道办事处|街道|镇|乡)$")
_MOST = 5  # candidates that are listed


@dataclass(frozen=True)
class Match:
    """What a name may stand for.

    Parameters
    ----------
    unit : int or None
        The community, where exactly one in the town bears the name; None otherwise.
    candidates : tuple of (code, name, town, similarity)
        Likely ones, the most similar first; similarity from 0 to 1. Nothing is chosen among them.
    issue : Issue or None
        E03: namesakes; E04: no match; None where the match is sure.
    """

    unit: int | None
    candidates: tuple[tuple[str, str, str, float], ...]
    issue: Issue | None


def _core(name: str) -> str:
    """Return a name without what says only that it is a community: 宝塔社区居委会 and 宝塔社区 are both 宝塔."""
    text = re.sub(r"\s+", "", clean(name))
    return _ENDS.sub("", text) or text


def match_names(
    tree: Hierarchy,
    names: Sequence[str],
    towns: Sequence[str] | None = None,
    *,
    aliases: Mapping[str, str] | None = None,
    threshold: float = 0.6,
) -> list[Match]:
    """Find the communities that names stand for.

    Parameters
    ----------
    tree : Hierarchy
        The units.
    names : sequence of n str
        Names of communities; 社区, 居委会, 村委会 at the end need not agree.
    towns : sequence of n str, optional
        Their towns. Without them a name matches only where no other community of the tree bears it.
    aliases : mapping of name to name, optional
        Other names, such as old ones, and the present one of each.
    threshold : float, default 0.6
        Least similarity of a candidate. A similar name is never taken for a match, however similar.

    Returns
    -------
    list of Match
        One a name.

    Raises
    ------
    InvalidInputError
        `towns` has another length than `names`.
    """
    if towns is not None and len(towns) != len(names):
        raise InvalidInputError(
            f"towns must have {len(names)} entries as names has, not {len(towns)}",
            f"towns 必须与 names 一样有 {len(names)} 项，现有 {len(towns)} 项",
        )
    entries: list[tuple[int, str, str, str]] = []  # unit, core of its name, core of its town, town
    of_core: dict[str, list[int]] = {}
    for unit in tree.at_level("community").tolist():
        above = tree.parent(unit)
        home = "" if above is None else tree.name(above)
        core = _core(tree.name(unit))
        of_core.setdefault(core, []).append(len(entries))
        entries.append((unit, core, _TOWN_ENDS.sub("", clean(home)), home))
    found = []
    for i, name in enumerate(names):
        core = _core((aliases or {}).get(name, name))
        town: str | None = None if towns is None else _TOWN_ENDS.sub("", re.sub(r"\s+", "", clean(towns[i])))
        same = of_core.get(core, [])
        here = same if town is None else [k for k in same if entries[k][2] == town]
        if len(here) == 1:
            found.append(Match(entries[here[0]][0], (), None))
            continue
        if same:
            listed = [(k, 1.0) for k in (here or same)]
        else:
            listed = [(k, ratio) for k, entry in enumerate(entries) if (ratio := _similar(core, entry[1])) >= threshold]
            listed.sort(key=lambda pair: (town is not None and entries[pair[0]][2] != town, -pair[1], pair[0]))
        candidates = tuple(
            (tree.code(entries[k][0]), tree.name(entries[k][0]), entries[k][3], round(ratio, 2))
            for k, ratio in listed[:_MOST]
        )
        found.append(Match(None, candidates, _issue(name, len(same), candidates)))
    return found


def _similar(one: str, other: str) -> float:
    if not set(one) & set(other):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _issue(name: str, namesakes: int, candidates: Sequence[tuple[str, str, str, float]]) -> Issue:
    listed = "; ".join(f"{code} {other} ({town})" for code, other, town, _ in candidates)
    listed_zh = "；".join(f"{code} {other}（{town}）" for code, other, town, _ in candidates)
    if namesakes:
        english, chinese = (
            f"is the name of {namesakes} communities: {listed}",
            f"有 {namesakes} 个同名社区：{listed_zh}",
        )
        return Issue("E03", "warning", None, "", name, english, chinese)
    english = f"is no community; similar are {listed}" if listed else "is no community, and none has a similar name"
    chinese = f"找不到；名称相近的有：{listed_zh}" if listed else "找不到，也没有名称相近的社区"
    return Issue("E04", "error", None, "", name, english, chinese)

# SPDX-License-Identifier: BSD-3-Clause
"""Codes of a ledger against the changes up to its day: units that are gone, and old codes and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._succession_steps import period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ.io import Issue
    from shequ.succession import Change

__all__ = ["audit_codes"]


def _history(changes: Sequence[Change], at: str) -> tuple[dict[str, list[Change]], dict[str, Change]]:
    """Return the changes that ended each code up to a day, and those that began one after it."""
    day = period(at, "at")[1]
    ended: dict[str, list[Change]] = {}
    later: dict[str, Change] = {}
    for change in changes:
        first, last = period(change.date, "date")
        if last <= day:
            ended.pop(change.new, None)  # the code is in use again
            if change.old and change.old != change.new:
                ended.setdefault(change.old, []).append(change)
        elif first > day and change.new and change.new != change.old:
            later.setdefault(change.new, change)
    # A unit that is split or merged and keeps its code lives on.
    kept = {(c.old, c.date) for c in changes if c.old and c.old == c.new}
    alive = {code for code, links in ended.items() if any((code, link.date) in kept for link in links)}
    return {code: links for code, links in ended.items() if code not in alive}, later


def audit_codes(
    changes: Sequence[Change], codes: Sequence[str], at: str, households: Any, names: Sequence[str] | None
) -> tuple[Issue, ...]:
    """Return the issues of `Succession.audit`."""
    from shequ.io import Issue

    ended, later = _history(changes, at)
    renamed = {
        change.new: change
        for change in changes
        if change.new and change.old_name and change.new_name and period(change.date, "date")[1] <= period(at, "at")[1]
    }
    listed = set(codes)
    # Beginnings matter only for codes that did not exist before: others are merged into or split.
    known_before = {change.old for change in changes if change.old}
    found = []
    for i, code in enumerate(codes):
        if code in ended:
            found.append(Issue(*_gone(ended[code], code, listed, _households(households, i))))
        elif code in later and code not in known_before and later[code].kind in {"create", "recode", "split"}:
            change = later[code]
            found.append(
                Issue(
                    "E07", "warning", None, "", code, f"begins only on {change.date}: check the day of the ledger",
                    f"自 {change.date} 起才有：请核对台账的统计时间",
                )
            )  # fmt: skip
        elif names is not None and code in renamed and names[i] == renamed[code].old_name != renamed[code].new_name:
            change = renamed[code]
            found.append(
                Issue(
                    "E08", "warning", None, "", f"{names[i]} {code}",
                    f"is called {change.new_name} since {change.date}", f"自 {change.date} 起更名为{change.new_name}",
                )
            )  # fmt: skip
    return tuple(found)


def _households(households: Any, i: int) -> int | None:
    if households is None:
        return None
    value = np.ma.asarray(households)[i]
    return None if value is np.ma.masked else int(value)


def _gone(
    links: Sequence[Change], code: str, listed: set[str], households: int | None
) -> tuple[str, Any, None, str, str, str, str]:
    last = links[-1]
    successors = [link.new for link in links if link.date == last.date and link.new]
    there = [new for new in successors if new in listed]
    names = ", ".join(f"{link.new} {link.new_name}".strip() for link in links if link.date == last.date and link.new)
    if last.kind in {"recode", "move", "village_to_residents"} and len(successors) == 1 and not there:
        return (
            "E08", "error", None, "", code, f"has been {names} since {last.date}: use that code",
            f"自 {last.date} 起为 {names}：请改用新代码",
        )  # fmt: skip
    english, chinese = f"has not been a unit since {last.date}", f"自 {last.date} 起已不存在"
    if names:
        english, chinese = f"{english}, but is now {names}", f"{chinese}，现为 {names}"
    if there:
        counted, counted_zh = ("its figures", "其数据") if households is None else (
            f"its {households} households", f"其 {households} 户"
        )  # fmt: skip
        english += f"; {', '.join(there)} is listed too, so {counted} may count twice"
        chinese += f"；表中已有 {'、'.join(there)}，{counted_zh}可能重复计算"
    return "E07", "error", None, "", code, english, chinese

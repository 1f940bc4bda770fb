# SPDX-License-Identifier: BSD-3-Clause
"""Changes of units in the order of time, checked, and applied to figures without losing any."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ.succession import Change

__all__ = ["Step", "apply_step", "check_changes", "period", "place_of", "split_whole", "steps_between"]


def period(text: str, name: str) -> tuple[date, date]:
    """Return the first and the last day that a date, a month or a year stands for."""
    parts = text.split("-")
    try:
        if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError
        if len(parts[0]) != 4:
            raise ValueError
        year, month, day = (int(part) for part in [*parts, "0", "0"][:3])
        if len(parts) == 1:
            return date(year, 1, 1), date(year, 12, 31)
        if len(parts) == 2:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:  # of calendar and of date alike: no such month or day
        raise InvalidInputError(
            f"{name}={text!r} must be a day, month or year: 2014-12-31, 2014-12, 2014",
            f"{name}={text!r} 必须是日期、月份或年份：2014-12-31、2014-12、2014",
        ) from None


def place_of(change: Change) -> tuple[str, str]:
    """Return where a change stands, for a message: its row, else its codes and date."""
    if change.row is not None:
        return f"row {change.row}", f"第 {change.row} 行"
    both = f"{change.old or '-'} > {change.new or '-'} ({change.date})"
    return both, both


@dataclass(frozen=True)
class Step:
    """The changes of one time: what each unit that changes becomes."""

    first: date
    last: date
    links: dict[str, tuple[Change, ...]]

    def parts_of(self, code: str) -> list[tuple[str, Fraction]]:
        """Return the units that a unit becomes, with shares that add up to 1; itself where it does not change."""
        links = self.links.get(code)
        if links is None:
            return [(code, Fraction(1))]
        open_links = [link for link in links if link.new and link.share is None]
        targets = [link for link in links if link.new]
        if not targets:
            english, chinese = place_of(links[0])
            raise InvalidInputError(
                f"{english}: {code} is abolished without a successor: say which units take over its figures",
                f"{chinese}：{code} 撤销后没有承接单位：请写明由哪些单位承接",
            )
        if len(targets) == 1:
            return [(targets[0].new, Fraction(1))]
        if open_links:
            english, chinese = place_of(open_links[0])
            raise InvalidInputError(
                f"{english}: {code} becomes {len(targets)} units, but the share of {open_links[0].new} is not given; give "
                "all shares, or join on stable units (basis='stable')",
                f"{chinese}：{code} 分为 {len(targets)} 个单位，但没有写 {open_links[0].new} 的份额；请填写全部份额，"
                "或按不受调整影响的单位组合并（basis='stable'）",
            )
        return [(link.new, link.share or Fraction(0)) for link in targets]


def split_whole(value: int, shares: Sequence[Fraction]) -> list[int]:
    """Split a whole number by shares that add up to 1, by largest remainder; the first of equal remainders gets more."""
    exact = [value * share for share in shares]
    parts = [int(part // 1) for part in exact]
    left = value - sum(parts)
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[:left]:
        parts[i] += 1
    return parts


def apply_step(step: Step, figures: dict[str, tuple[int, bool]]) -> dict[str, tuple[int, bool]]:
    """Carry the figures (value, whether something is missing) of units through a step."""
    if not any(code in figures for code in step.links):
        return figures
    following: dict[str, tuple[int, bool]] = {}
    for code, (value, gap) in figures.items():
        if code not in step.links:
            targets, values = [code], [value]
        elif value == 0 and not gap and not any(link.new for link in step.links[code]):
            continue  # an abolished unit without figures needs no successor
        else:
            parts = step.parts_of(code)
            targets, values = [new for new, _ in parts], split_whole(value, [share for _, share in parts])
        for new, part in zip(targets, values, strict=True):
            have, open_before = following.get(new, (0, False))
            following[new] = have + part, open_before or gap
    return following


def steps_between(changes: Sequence[Change], since: str, until: str) -> list[Step]:
    """Return the changes after the day `since` and up to the day `until`, in the order of time.

    Raises
    ------
    InvalidInputError
        `until` is before `since`, or a change of a month or year may be before or after one of the days.
    """
    begin, end = period(since, "since")[1], period(until, "until")[1]
    if end < begin:
        raise InvalidInputError(
            f"until={until!r} must not be before since={since!r}", f"until={until!r} 不能早于 since={since!r}"
        )
    chosen = []
    for change in changes:
        first, last = period(change.date, "date")
        if last <= begin or first > end:
            continue
        if first <= begin or last > end:
            english, chinese = place_of(change)
            day = begin if first <= begin else end
            raise InvalidInputError(
                f"{english}: the change of {change.date} may be before or after {day}: give its day",
                f"{chinese}：{change.date} 的变更可能在 {day} 之前或之后：请写明日期",
            )
        if change.old:
            chosen.append(change)
    return _steps(chosen)


def _steps(changes: Sequence[Change]) -> list[Step]:
    steps = []
    for (first, last), group in groupby(changes, key=lambda change: period(change.date, "date")):
        links: dict[str, list[Change]] = {}
        for change in group:
            links.setdefault(change.old, []).append(change)
        steps.append(Step(first, last, {old: tuple(each) for old, each in links.items()}))
    return steps


def check_changes(changes: Sequence[Change]) -> None:
    """Raise InvalidInputError that lists all contradictions."""
    faults: list[tuple[Change, str, str]] = []
    for change in changes:
        faults += [(change, *fault) for fault in _faults_of(change)]
    for step in _steps([change for change in changes if change.old]):
        for links in step.links.values():
            faults += [(links[0], *fault) for fault in _faults_together(links)]
    faults += _faults_of_order(changes)
    if faults:
        english = [f"{place_of(change)[0]}: {message}" for change, message, _ in faults]
        chinese = [f"{place_of(change)[1]}：{message}" for change, _, message in faults]
        raise InvalidInputError("\n".join(english), "\n".join(chinese))


def _faults_of(change: Change) -> list[tuple[str, str]]:
    faults = []
    if change.kind == "create" and change.old:
        faults.append(
            (f"a created unit has no predecessor, not {change.old}", f"新设单位没有原代码，却写了 {change.old}")
        )
    if change.kind != "create" and not change.old:
        faults.append(("the old code is missing", "缺少原代码"))
    if change.kind != "abolish" and not change.new:
        faults.append(("the new code is missing", "缺少新代码"))
    if change.share is not None and not 0 < change.share <= 1:
        faults.append(
            (f"the share {change.share} must be above 0 and at most 1", f"份额 {change.share} 必须大于0且不超过1")
        )
    if change.kind == "recode" and change.old == change.new:
        faults.append((f"old and new code are both {change.old}", f"原代码与新代码同为 {change.old}"))
    return faults


def _faults_together(links: Sequence[Change]) -> list[tuple[str, str]]:
    """Return what is wrong with the links of one unit at one time."""
    old, faults = links[0].old, []
    kinds = {link.kind for link in links}
    # A unit may be split and its parts merged into others, or renamed as it merges; it cannot do so and vanish.
    if any(not link.new for link in links) and len(links) > 1:
        faults.append((f"{old} is abolished and lives on at one time", f"{old} 同时被撤销又被承接"))
    targets = [link.new for link in links if link.new]
    if len(set(targets)) < len(targets):
        faults.append((f"a successor of {old} is given twice", f"{old} 的同一承接单位写了两次"))
    if len(targets) > 1 and kinds & {"rename", "recode", "village_to_residents"}:
        faults.append((f"{old} has several successors, which only a split or an abolished unit can have",
                       f"{old} 有多个承接单位，只有拆分、撤销才可以"))  # fmt: skip
    shares = [link.share for link in links if link.share is not None]
    if shares and (len(shares) < len(targets) or sum(shares) != 1):
        total = sum(shares, Fraction(0))
        faults.append((f"the shares of {old} must all be given and add up to 1, not {total}",
                       f"{old} 的份额必须全部填写且合计为1，现为 {total}"))  # fmt: skip
    return faults


def _faults_of_order(changes: Sequence[Change]) -> list[tuple[Change, str, str]]:
    """Return pairs of changes of one unit of which the dates do not tell which came first."""
    touched: dict[str, list[Change]] = {}
    for change in changes:
        for code in {change.old, change.new} - {""}:
            touched.setdefault(code, []).append(change)
    faults = []
    for code, group in touched.items():
        spans = sorted({period(change.date, "date") for change in group})
        for (_, last), (first, _) in pairwise(spans):
            if last >= first:
                change = next(c for c in group if period(c.date, "date")[0] == first)
                faults.append(
                    (
                        change,
                        f"{code} changes twice about then: give the days",
                        f"{code} 在此前后有两次变更：请写明日期",
                    )
                )
                break
    return faults

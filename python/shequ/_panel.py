# SPDX-License-Identifier: BSD-3-Clause
"""Figures of several years on common units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ._frames import frame_of
from shequ._succession_steps import period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from shequ.succession import Succession

__all__ = ["Panel", "join"]


@dataclass(frozen=True, eq=False)
class Panel:
    """Units that are the same on every day, and their figures.

    Parameters
    ----------
    codes : list of str
        Code of each unit on the last day; of a group, its codes of the last day joined by "+".
    columns : dict of day to ndarray of int64, shape (n,)
        Figures, masked where missing. ``columns[day].sum()`` is the sum of what was given for that day, as far as no
        part of a unit is missing.
    members : tuple of dict of code to tuple of str
        For each day in the order of the columns, the units of that day of which each unit of the panel is made.
    """

    codes: list[str]
    columns: dict[str, NDArray[np.int64]]
    members: tuple[dict[str, tuple[str, ...]], ...]

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.codes)

    def __repr__(self) -> str:
        """Return one line: the class, its units and days."""
        return f"<Panel: {len(self)} units, {', '.join(self.columns)}>"

    def totals(self) -> dict[str, int]:
        """Return the sum of each column over the units where nothing is missing."""
        return {day: int(np.ma.asarray(column).sum() or 0) for day, column in self.columns.items()}

    def table(self) -> list[dict[str, object]]:
        """Return one dict a unit: code, a figure a day (None where missing), and the change from the first to the last."""
        days = list(self.columns)
        rows: list[dict[str, object]] = []
        lists = {day: np.ma.asarray(column).tolist() for day, column in self.columns.items()}
        for i, code in enumerate(self.codes):
            first, last = lists[days[0]][i], lists[days[-1]][i]
            change = None if first is None or last is None else last - first
            rows.append({"code": code, **{day: lists[day][i] for day in days}, "change": change})
        return rows

    def to_dataframe(self) -> pd.DataFrame:
        """Return `table` as a frame with missing figures as <NA>.

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        """
        figures = [*self.columns, "change"]
        return frame_of(self.table(), ["code", *figures], whole=figures)


def join(
    succession: Succession, years: Mapping[str, tuple[Sequence[str], ArrayLike]], basis: str, unmatched: str
) -> Panel:
    """Join the figures of several days; see `Succession.panel`."""
    if len(years) < 2:
        raise InvalidInputError(
            f"years must hold two days or more, not {len(years)}", f"至少需要两个年份，现有 {len(years)} 个"
        )
    for name, value, allowed in (
        ("basis", basis, ("latest", "stable")), ("unmatched", unmatched, ("refuse", "keep")),
    ):  # fmt: skip
        if value not in allowed:
            raise InvalidInputError(
                f"{name}={value!r} must be one of {', '.join(allowed)}", f"{name}={value!r} 必须是 {'、'.join(allowed)}"
            )
    days = sorted(years, key=lambda day: period(day, "years")[1])
    return _on_latest(succession, years, days, unmatched) if basis == "latest" else _stable(
        succession, years, days, unmatched
    )  # fmt: skip


def _say_unmatched(gone: Sequence[str], come: Sequence[str], day: str, last: str) -> None:
    if not gone and not come:
        return
    lists = [", ".join(codes[:10]) + (", …" if len(codes) > 10 else "") for codes in (gone, come)]
    english = [f"{len(gone)} codes of {day} are no units of {last}: {lists[0]}"] if gone else []
    english += [f"{len(come)} codes of {last} have no predecessor in {day}: {lists[1]}"] if come else []
    chinese = [f"{day} 的 {len(gone)} 个代码在 {last} 中没有：{lists[0]}"] if gone else []
    chinese += [f"{last} 的 {len(come)} 个代码在 {day} 中没有来源：{lists[1]}"] if come else []
    raise InvalidInputError(
        "; ".join(english) + "; give the changes that explain them, or unmatched='keep'",
        "；".join(chinese) + "；请补充变更记录，或用 unmatched='keep'",
    )


def _on_latest(
    succession: Succession, years: Mapping[str, tuple[Sequence[str], ArrayLike]], days: Sequence[str], unmatched: str
) -> Panel:
    last = days[-1]
    carried: list[dict[str, Any]] = []
    members: list[dict[str, tuple[str, ...]]] = []
    for day in days:
        codes, values = succession.carry(*years[day], day, last)
        carried.append(dict(zip(codes, np.ma.asarray(values).tolist(), strict=True)))
        origins: dict[str, list[str]] = {}
        for code in years[day][0]:
            for new in _heirs(succession, code, day, last):
                origins.setdefault(new, []).append(code)
        members.append({new: tuple(origin) for new, origin in origins.items()})
    order = list(carried[-1])
    created = {change.new for step in (succession.changes,) for change in step if change.kind == "create"}
    for day, figures in zip(days[:-1], carried[:-1], strict=True):
        gone = [code for code in figures if code not in carried[-1]]
        come = [code for code in order if code not in figures and code not in created]
        if unmatched == "refuse":
            _say_unmatched(gone, come, day, last)
        order += [code for code in gone if code not in order]
    columns = {day: _column(order, figures) for day, figures in zip(days, carried, strict=True)}
    return Panel(order, columns, tuple(members))


def _heirs(succession: Succession, code: str, day: str, last: str) -> set[str]:
    """Return the units that a unit lives on in, whatever the shares."""
    heirs = {code}
    for step in succession.steps(day, last):
        heirs = {
            new for old in heirs for new in ([k.new for k in step.links[old] if k.new] if old in step.links else [old])
        }
    return heirs


def _column(order: Sequence[str], figures: Mapping[str, int | None]) -> NDArray[np.int64]:
    gaps = np.array([figures.get(code) is None for code in order], dtype=np.bool_)
    values = np.array([figures.get(code) or 0 for code in order], dtype=np.int64)
    return np.ma.MaskedArray(values, mask=gaps) if gaps.any() else values


def _stable(
    succession: Succession, years: Mapping[str, tuple[Sequence[str], ArrayLike]], days: Sequence[str], unmatched: str
) -> Panel:
    """Join units that are linked by any change between the days into groups."""
    last = days[-1]
    root: dict[tuple[int, str], tuple[int, str]] = {}

    def find(node: tuple[int, str]) -> tuple[int, str]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for k, day in enumerate(days[:-1]):
        for code in years[day][0]:
            for new in _heirs(succession, code, day, last):
                root[find((k, code))] = find((len(days) - 1, new))
    for code in years[last][0]:
        find((len(days) - 1, code))
    groups: dict[tuple[int, str], list[set[str]]] = {}
    for k, day in enumerate(days):
        for code in years[day][0]:
            groups.setdefault(find((k, code)), [set() for _ in days])[k].add(code)
    for k, day in enumerate(days[:-1]):
        if unmatched == "refuse":
            gone = sorted(code for g in groups.values() if g[k] and not g[-1] for code in g[k])
            created = {change.new for change in succession.changes if change.kind == "create"}
            come = sorted(code for g in groups.values() if g[-1] and not g[k] for code in g[-1] if code not in created)
            _say_unmatched(gone, come, day, last)
    named = {"+".join(sorted(g[-1] or set().union(*g))): g for g in groups.values()}
    order = sorted(named)
    columns = {}
    for k, day in enumerate(days):
        codes, values = years[day]
        known = dict(zip(codes, np.ma.asarray(values).tolist(), strict=True))
        figures: dict[str, int | None] = {}
        for name in order:
            parts = [known[code] for code in named[name][k]]
            if parts and None not in parts:
                figures[name] = sum(parts)
        columns[day] = _column(order, figures)
    members = tuple({name: tuple(sorted(named[name][k])) for name in order if named[name][k]} for k in range(len(days)))
    return Panel(order, columns, members)

# SPDX-License-Identifier: BSD-3-Clause
"""How units change between years (撤并、拆分、更名、变更代码): crosswalks, and figures carried through them.

A code is no identity: units merge, split, move and are given other codes. Figures of two years can be joined only through
the changes between them; every total is kept to the last household, and what the changes leave open is refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from shequ._errors import InvalidInputError
from shequ._succession_steps import Step, apply_step, check_changes, period, steps_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

    from shequ._panel import Panel
    from shequ.io import Issue

__all__ = ["Change", "ChangeKind", "Succession"]

ChangeKind = Literal["village_to_residents", "merge", "split", "create", "rename", "recode", "move", "abolish"]


@dataclass(frozen=True)
class Change:
    """One link of a change: a unit and what it became, or one of what it became.

    Parameters
    ----------
    date : str
        Day it took effect, YYYY-MM-DD; YYYY-MM and YYYY stand for some day in that month or year.
    kind : str
        "village_to_residents" (村改居), "merge", "split", "create", "rename", "recode", "move" or "abolish".
    old, new : str
        Codes before and after; `old` is empty for a created unit, `new` for one abolished without a successor.
    share : Fraction, optional
        Part of the old unit's figures that goes to the new one; the shares of a unit add up to 1. None where it is not
        known, which is the whole where the unit has one successor.
    old_name, new_name : str
        Names, as far as known.
    row : int, optional
        Row of the crosswalk it comes from, from 1.
    """

    date: str
    kind: ChangeKind
    old: str
    new: str
    share: Fraction | None = None
    old_name: str = ""
    new_name: str = ""
    row: int | None = None

    def __post_init__(self) -> None:
        """Refuse a date or a kind that there is not."""
        period(self.date, "date")
        if self.kind not in get_args(ChangeKind):
            allowed = ", ".join(get_args(ChangeKind))
            raise InvalidInputError(
                f"kind={self.kind!r} must be one of {allowed}", f"kind={self.kind!r} 必须是：{allowed}"
            )


@dataclass(frozen=True, eq=False)
class Succession:
    """All known changes of units, in the order of their dates.

    Parameters
    ----------
    changes : sequence of Change
        Links; those of one unit and one date belong together.

    Raises
    ------
    InvalidInputError
        Changes in contradiction: shares that do not add up to 1, a unit that is abolished and merged on one day, a link
        given twice, a created unit with a predecessor, two changes of a unit whose order the dates leave open. All are
        listed with their rows.
    """

    changes: tuple[Change, ...]

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        """Sort and check the changes."""
        ordered = sorted(changes, key=lambda change: (period(change.date, "date"), change.old, change.new))
        object.__setattr__(self, "changes", tuple(ordered))
        check_changes(self.changes)

    @classmethod
    def read(cls, path: str | Path, *, sheet: str | None = None, encoding: str | None = None) -> Succession:
        """Read a crosswalk: a row a link, with columns for date, kind, old code and new code.

        Parameters
        ----------
        path : str or Path
            .csv, .csv.gz, .xlsx or .parquet. Headers such as 生效日期, 变更类型, 原代码, 新代码, 份额, 原名称, 新名称, or
            date, kind, old, new, share, old_name, new_name. Kinds in English or Chinese: 村改居, 合并, 拆分, 新设, 更名,
            变更代码, 划转, 撤销. Shares as 0.6, 60% or 3/5.
        sheet, encoding : str, optional
            As of `shequ.io.ReadOptions`.

        Raises
        ------
        InvalidInputError
            No such file or columns, cells that cannot be read, all listed, or changes in contradiction.
        """
        from shequ.io._crosswalk import read_changes

        return cls(read_changes(path, sheet, encoding))

    def __len__(self) -> int:
        """Return the number of links."""
        return len(self.changes)

    def __repr__(self) -> str:
        """Return one line: the class and how many links of each kind there are."""
        counts = Counter(change.kind for change in self.changes)
        listed = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))
        return f"<Succession: {len(self)} links{': ' + listed if listed else ''}>"

    def table(self) -> list[dict[str, object]]:
        """Return one dict a link: date, kind, old, old_name, new, new_name, share (text, "" where not known)."""
        return [
            {
                "date": change.date,
                "kind": change.kind,
                "old": change.old,
                "old_name": change.old_name,
                "new": change.new,
                "new_name": change.new_name,
                "share": "" if change.share is None else str(change.share),
            }
            for change in self.changes
        ]

    def successors(self, code: str, since: str, until: str) -> tuple[tuple[str, Fraction], ...]:
        """Return what a unit of one day is on a later one, with its shares, which add up to 1.

        Parameters
        ----------
        code : str
            A code on the day `since`.
        since, until : str
            Days YYYY-MM-DD; a year stands for its last day, a month for its last day.

        Raises
        ------
        InvalidInputError
            A split whose shares are not known, a unit abolished without a successor, a change that may be before or
            after one of the days.
        """
        parts: dict[str, Fraction] = {code: Fraction(1)}
        for step in steps_between(self.changes, since, until):
            following: dict[str, Fraction] = {}
            for old, share in parts.items():
                for new, part in step.parts_of(old):
                    following[new] = following.get(new, Fraction(0)) + share * part
            parts = following
        return tuple(sorted(parts.items()))

    def carry(
        self, codes: Sequence[str], values: ArrayLike, since: str, until: str
    ) -> tuple[list[str], NDArray[np.int64]]:
        """Carry figures of the units of one day to those of a later one.

        Parameters
        ----------
        codes : sequence of n str
            Units on the day `since`, each once.
        values : array_like of n integers
            Households, persons, posts, fen; may be masked where missing.
        since, until : str
            Days as of `successors`.

        Returns
        -------
        codes : list of str
            Units on the day `until`, in the order of their first predecessor.
        values : ndarray of int64, masked where something of a unit is missing
            Parts of a split are whole by largest remainder, so that the sum stays the same.

        Raises
        ------
        InvalidInputError
            As of `successors`, for units with figures; a code given twice; a code that on the day `since` is no longer,
            or not yet, one.
        """
        known = np.ma.MaskedArray(values)
        if known.dtype.kind not in "iu" or known.shape != (len(codes),):
            raise InvalidInputError(
                f"values must be {len(codes)} integers, not {known.dtype} of shape {known.shape}",
                f"values 必须是 {len(codes)} 个整数，而不是形状为 {known.shape} 的 {known.dtype}",
            )
        twice = [code for code, n in Counter(codes).items() if n > 1]
        if twice:
            listed = ", ".join(twice[:10])
            raise InvalidInputError(f"codes must be given once each: {listed}", f"代码只能各出现一次：{listed}")
        steps = steps_between(self.changes, since, until)
        self._refuse_strangers(codes, since)
        mask = np.ma.getmaskarray(known).tolist()
        figures: dict[str, tuple[int, bool]] = {
            code: (0 if gap else int(value), gap)
            for code, value, gap in zip(codes, np.ma.getdata(known).tolist(), mask, strict=True)
        }
        before = sum(value for value, _ in figures.values())
        for step in steps:
            figures = apply_step(step, figures)
        after = sum(value for value, _ in figures.values())
        if before != after:  # shares add up to 1 and remainders are handed out
            raise AssertionError(f"the total changed from {before} to {after}")
        gaps = np.array([gap for _, gap in figures.values()], dtype=np.bool_)
        carried = np.array([0 if gap else value for value, gap in figures.values()], dtype=np.int64)
        return list(figures), np.ma.MaskedArray(carried, mask=gaps) if gaps.any() else carried

    def _refuse_strangers(self, codes: Sequence[str], at: str) -> None:
        wrong = [issue for issue in self.audit(codes, at) if issue.severity == "error"][:20]
        if wrong:
            english, chinese = ("\n".join(issue.message(lang) for issue in wrong) for lang in ("en", "zh"))
            raise InvalidInputError(english, chinese)

    def audit(
        self, codes: Sequence[str], at: str, *, households: Any = None, names: Sequence[str] | None = None
    ) -> tuple[Issue, ...]:
        """Compare the codes of a ledger with the changes up to its day.

        Parameters
        ----------
        codes : sequence of n str
            Codes of the ledger.
        at : str
            Its day, as of `successors`.
        households : array_like of n integers, optional
            To say how many are counted twice; may be masked.
        names : sequence of n str, optional
            To say whether a renamed unit still bears its old name.

        Returns
        -------
        tuple of Issue
            E07: a unit that was merged or abolished before and is still listed, with the households that count twice
            where its successor is listed too; E08: an old code, or an old name, with the present one.
        """
        from shequ._succession_audit import audit_codes

        return audit_codes(self.changes, codes, at, households, names)

    def panel(
        self,
        years: Mapping[str, tuple[Sequence[str], ArrayLike]],
        *,
        basis: Literal["latest", "stable"] = "latest",
        unmatched: Literal["refuse", "keep"] = "refuse",
    ) -> Panel:
        """Join the figures of several days on common units; every column keeps its total.

        Parameters
        ----------
        years : mapping of day to (codes, values)
            At least two days, as of `successors`; codes and values as of `carry`.
        basis : {"latest", "stable"}, default "latest"
            The units of the last day, or the smallest groups of units that no change crosses: those need no shares.
        unmatched : {"refuse", "keep"}, default "refuse"
            What to do with codes that come or go without a change: refuse them, or keep them, missing on the other days.

        Returns
        -------
        Panel
            Codes and a column of figures a day.

        Raises
        ------
        InvalidInputError
            As of `carry`, or codes that come or go without a change.
        """
        from shequ._panel import join

        return join(self, years, basis, unmatched)

    def steps(self, since: str, until: str) -> list[Step]:
        """Return the changes after one day and up to another, those of one time together."""
        return steps_between(self.changes, since, until)

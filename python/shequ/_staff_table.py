# SPDX-License-Identifier: BSD-3-Clause
"""The table that `shequ.staff.staff_table` returns, and how a rule is put in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from shequ._columns import RURAL, UNKNOWN
from shequ._frames import frame_of
from shequ._messages import check_lang, text
from shequ._repr_html import table_html
from shequ._repr_text import table_text
from shequ._staff_total import StaffTotal

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from shequ._columns import IntColumn
    from shequ._core import StaffingRatio, StaffingRule, StaffingTable
    from shequ._errors import Lang

    StaffingNorm = StaffingRule | StaffingRatio | StaffingTable

__all__ = ["Answer", "StaffTable", "StaffTotal", "describe_rule", "reason"]


class Answer(IntEnum):
    """Whether a community got a number of posts, and why not."""

    COMPUTED = 0
    UNOCCUPIED = 1  #: 0 households: the base, with a warning
    NOT_APPLICABLE = 2  #: the rule is for the other setting
    MISSING = 3  #: what the norm counts is not given
    INVALID = 4  #: what the norm counts is no count
    NO_SETTING = 5  #: nothing tells urban from rural
    NOT_COVERED = 6  #: the norm says nothing for such a count

    @property
    def has_posts(self) -> bool:
        """True where there is a number."""
        return self <= Answer.UNOCCUPIED

    @property
    def severity(self) -> str:
        """How serious it is: "error" to be mended, "warning" to be checked, else empty."""
        mild = {Answer.UNOCCUPIED: "warning", Answer.NOT_COVERED: "warning"}
        return {Answer.COMPUTED: "", Answer.NOT_APPLICABLE: "", **mild}.get(self, "error")


@dataclass(frozen=True)
class StaffTable:
    """Posts, workers and gaps of communities; made by `staff_table`.

    Parameters
    ----------
    rule : StaffingRule, StaffingRatio or StaffingTable
        The rule of every number here.
    every_setting : bool
        Whether the rule was applied to urban and rural communities alike.
    lang : "zh" or "en"
        Language of names, reasons and headers.
    code, name, town : list of str, length n
        Of each community and of its town.
    town_index : ndarray of int32, shape (n,)
        Entry of `towns`, the (code, name) pairs in their order.
    setting : ndarray of int8, shape (n,)
        0 urban, 1 rural, -1 unknown.
    counted : str
        The column that the rule counts: "households", "dwellings" or "persons".
    counts : masked array of int64, shape (n,)
        That column.
    households, workers, posts, most, gap, to_next : masked array of int64, shape (n,)
        Households and persons. `posts` is the least and `most` the most that the rule gives, equal where it gives one
        number; `gap` = posts - workers where workers are fewer than that, most - workers (negative, a surplus) where they
        are more than the most, else 0; `to_next` = how much more of what is counted brings one more post. Masked where
        there is no answer.
    answer : ndarray of int8, shape (n,)
        An `Answer` for each community.
    notes : tuple of str
        What the reader of the table has to know, for example where the settings come from.
    """

    rule: StaffingNorm
    every_setting: bool
    lang: Lang
    code: list[str]
    name: list[str]
    towns: list[tuple[str, str]]
    town_index: NDArray[np.int32]
    setting: NDArray[np.int8]
    counted: str
    counts: IntColumn
    households: IntColumn
    workers: IntColumn
    posts: IntColumn
    most: IntColumn
    gap: IntColumn
    to_next: IntColumn
    answer: NDArray[np.int8]
    notes: tuple[str, ...]
    invalid: dict[int, str] = field(repr=False)

    def __len__(self) -> int:
        """Return the number of communities."""
        return len(self.answer)

    def reason(self, i: int) -> str:
        """Say in one sentence why community `i` got its number, or none."""
        answer = Answer(int(self.answer[i]))
        if answer.has_posts:
            sentence = reason(self.rule, int(self.counts[i]), self.lang)
            if np.ma.getmaskarray(self.workers)[i]:
                sentence += text("separator", self.lang) + text("staff.no_workers", self.lang)
            return sentence
        if answer is Answer.NOT_APPLICABLE:
            scope = text(self.rule.applies_to.name.lower(), self.lang)
            return text("staff.not_applicable", self.lang, rule=self.rule.id, applies_to=scope)
        if answer is Answer.NOT_COVERED:
            return reason(self.rule, int(self.counts[i]), self.lang)
        if answer is Answer.NO_SETTING:
            return text("staff.no_setting", self.lang)
        column = text("col." + self.counted, self.lang).lower()
        if answer is Answer.INVALID:
            return text("staff.invalid", self.lang, column=column, value=self.invalid[i])
        return text("staff.missing", self.lang, column=column)

    def status(self, i: int) -> str:
        """Say in a word or two whether community `i` is short of workers."""
        if not Answer(int(self.answer[i])).has_posts:
            return text("staff.na" if self.answer[i] == Answer.NOT_APPLICABLE else "staff.unknown", self.lang)
        if np.ma.getmaskarray(self.gap)[i]:
            return text("staff.unknown", self.lang)
        gap = int(self.gap[i])
        key = "staff.short" if gap > 0 else "staff.over" if gap < 0 else "staff.even"
        return text(key, self.lang, n=abs(gap))

    @property
    def ranged(self) -> bool:
        """Whether the rule gives some community a range of posts."""
        return bool(np.ma.any(self.most != self.posts))

    def totals(self) -> list[StaffTotal]:
        """Return the sums of each town, in the order of the towns. Complexity: linear."""
        return self._sums(self.town_index, self.towns)

    @property
    def total(self) -> StaffTotal:
        """The sums over all communities."""
        return self._sums(np.zeros_like(self.town_index), [("", text("total", self.lang))])[0]

    def _sums(self, place: NDArray[np.int32], names: list[tuple[str, str]]) -> list[StaffTotal]:
        has_posts = self.answer <= Answer.UNOCCUPIED
        owed = ~has_posts & (self.answer != Answer.NOT_APPLICABLE)
        no_households, no_workers = np.ma.getmaskarray(self.households), np.ma.getmaskarray(self.workers)
        known = has_posts & ~no_workers
        gap = np.where(known, np.ma.getdata(self.gap), 0)
        columns = {
            "communities": np.ones(len(self), dtype=np.int64),
            "answered": has_posts,
            "posts_missing": owed,
            "not_covered": self.answer == Answer.NOT_COVERED,
            "households_missing": no_households,
            "workers_all_missing": no_workers,
            "workers_missing": has_posts & no_workers,
            "known": known,
            "households": np.ma.filled(self.households, 0),
            "workers_all": np.ma.filled(self.workers, 0),
            "posts": np.ma.filled(self.posts, 0),
            "posts_most": np.ma.filled(self.most, 0),
            "workers": np.where(known, np.ma.getdata(self.workers), 0),
            "shortage": np.maximum(gap, 0),
            "surplus": np.maximum(-gap, 0),
        }
        sums = {name: np.zeros(len(names), dtype=np.int64) for name in columns}
        for name, values in columns.items():
            np.add.at(sums[name], place, values.astype(np.int64))
        return [
            StaffTotal.of(code, name, {key: int(values[k]) for key, values in sums.items()})
            for k, (code, name) in enumerate(names)
        ]

    def shortest(self, count: int | None = None) -> NDArray[np.int64]:
        """Return the communities that are short of workers, the shortest first, at most `count` of them."""
        gap = np.ma.filled(self.gap, 0)
        order = np.argsort(-gap, kind="stable")
        return order[gap[order] > 0][:count]

    @property
    def names(self) -> list[str]:
        """What stands in each cell of `row`: only columns that the rule or the source has."""
        counted = [] if self.counted == "households" else [self.counted]
        households = ["households"] if not counted or self.households.count() else []
        numbers = [
            *households,
            *counted,
            "posts",
            *(["posts_most"] if self.ranged else []),
            "workers",
            "gap",
            "to_next",
        ]
        return ["town", "code", "community", "setting", *numbers, "reason"]

    @property
    def headers(self) -> list[str]:
        """Headers of `row`."""
        to_next = "to_next" if self.counted == "households" else "to_next_" + self.counted
        return [text("col." + (to_next if name == "to_next" else name), self.lang) for name in self.names]

    def cells(self, i: int) -> dict[str, object]:
        """Return the cells of community `i` by the names of their columns; None where there is no value."""
        setting = (
            "" if self.setting[i] == UNKNOWN else text("rural" if self.setting[i] == RURAL else "urban", self.lang)
        )
        numbers = {
            "households": self.households,
            self.counted: self.counts,
            "posts": self.posts,
            "posts_most": self.most,
            "workers": self.workers,
            "gap": self.gap,
            "to_next": self.to_next,
        }
        return {
            "town": self.towns[int(self.town_index[i])][1],
            "code": self.code[i],
            "community": self.name[i],
            "setting": setting,
            **{name: None if np.ma.getmaskarray(column)[i] else int(column[i]) for name, column in numbers.items()},
            "reason": self.reason(i),
        }

    def row(self, i: int) -> list[object]:
        """Return the cells of community `i`, in the order of `headers`; None where there is no value."""
        cells = self.cells(i)
        return [cells[name] for name in self.names]

    def summary(self) -> str:
        """Say in one sentence what all communities add up to, and what is not known."""
        total, lang = self.total, self.lang
        parts = {name: total.words(name, lang) for name in ("posts", "workers", "shortage", "surplus")}
        sentence = text("staff.summary", lang, answered=total.answered, **parts)
        for key, n in (
            ("staff.summary_na", total.not_applicable),
            ("staff.summary_owed", total.posts_missing - total.not_covered),
            ("staff.summary_not_covered", total.not_covered),
            ("staff.summary_workers", 0 if total.workers is None else total.workers_missing),
        ):
            sentence += text(key, lang, n=n) if n else ""
        return sentence

    def to_dataframe(self) -> pd.DataFrame:
        """Return one row a community, with the headers of `lang`; missing numbers are NA.

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        """
        return frame_of([self.row(i) for i in range(len(self))], self.headers, whole=self.headers[4:-1])

    def __repr__(self) -> str:
        """Return one line: the class, the number of communities, the rule and the sums."""
        total = self.total
        rounding = f" {self.rule.rounding.name.lower()}" if hasattr(self.rule, "rounding") else ""
        return (
            f"<StaffTable: {len(self)} communities, {self.rule.id}{rounding}, "
            + ", ".join(total.words(name, "en") for name in ("posts", "workers", "shortage", "surplus"))
            + ">"
        )

    def __str__(self) -> str:
        """Return the first 20 communities and the sums."""
        table = table_text(self.headers, (self.row(i) for i in range(len(self))), count=len(self))
        return "\n".join([table, self.summary(), *self.notes])

    def _repr_html_(self) -> str:
        rows = (self.row(i) for i in range(len(self)))
        return table_html(self.headers, rows, count=len(self), title=self.summary())


def describe_rule(rule: StaffingNorm, lang: Lang) -> str:
    """Say in one sentence what a rule gives, to whom, and how it rounds."""
    return rule.describe(lang)


def reason(rule: StaffingNorm, households: int, lang: Lang = "zh") -> str:
    """Say in one sentence how a rule comes to its number.

    Parameters
    ----------
    rule : StaffingRule, StaffingRatio or StaffingTable
        The rule.
    households : int
        What the rule counts, of one community: 0 to 2147483647.
    lang : "zh" or "en", default "zh"
        Language.

    Returns
    -------
    str
        For example "7 posts: 4 + 3 full steps of 250 over 1,000; norm staff.wujin2012, floor".

    Raises
    ------
    InvalidInputError
        `households` is out of range.
    """
    return rule.explain(households, check_lang(lang))

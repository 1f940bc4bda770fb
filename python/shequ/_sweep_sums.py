# SPDX-License-Identifier: BSD-3-Clause
"""Sums of a sweep: by town, and in all over the counts that occur."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import StaffingRule, run_sums

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from shequ._columns import IntColumn
    from shequ._counted import StaffingNorm

    Ints = NDArray[np.int64]

__all__ = ["SweepCounts", "SweepPart", "grown_by"]

_MOST_CELLS = 4_000_000  # of the table of shortages: 32 MB


def grown_by(counts: Ints, up: int, down: int, rounding: str) -> Ints:
    """Return counts times up / down, made whole."""
    # below 2**31 times below 2**31, doubled: fits in 63 bits
    if down == 1:
        return counts * up
    if rounding == "floor":
        return counts * up // down
    if rounding == "ceil":
        return (counts * up + (down - 1)) // down
    return (counts * (2 * up) + down) // (2 * down)


class SweepCounts:
    """Communities of which only the sum is asked for: those that count the same are one row.

    Communities of one count get the same posts under any norm and rate. What they lack together is a function of the posts
    alone, which a table holds: one entry for each number of posts up to the most workers, beyond which it is a straight line.
    """

    def __init__(self, counts: Ints, workers: Ints | None) -> None:
        """Take counts, and workers of whom all are known, or None."""
        self._counts, row = np.unique(counts, return_inverse=True)
        self._sizes = np.bincount(row, minlength=len(self._counts))
        self._rows = np.arange(len(self._counts))
        self._table: Ints | None = None
        if workers is None:
            return
        rows, width = len(self._counts), int(workers.max(initial=0)) + 2
        here = np.bincount(row * width + workers, minlength=rows * width).reshape(rows, width)
        # p posts lack as many as p - 1 do, and one more for each community of fewer workers than p
        fewer = np.cumsum(here, axis=1)
        self._table = np.zeros((rows, width), dtype=np.int64)
        np.cumsum(fewer[:, :-1], axis=1, out=self._table[:, 1:])
        self._workers = np.bincount(row, weights=workers, minlength=rows).astype(np.int64)  # exact below 2**53

    @staticmethod
    def fits(counts: Ints, workers: Ints | None) -> bool:
        """Say whether the table is small enough to be worth its making."""
        if workers is None:
            return True
        rows = min(int(counts.max(initial=0)) + 1, len(counts))
        return rows * (int(workers.max(initial=0)) + 2) <= _MOST_CELLS

    def _shortage(self, posts: Ints) -> Ints:
        """Return what the communities of each row lack in all if each needs so many posts."""
        assert self._table is not None
        last = self._table.shape[1] - 1
        within = np.minimum(posts, last)
        lacking: Ints = self._table[self._rows, within] + (posts - within) * self._sizes
        return lacking

    def fill(
        self, results: dict[str, Ints], rules: list[tuple[int, StaffingNorm]], j: int, rate: Fraction, rounding: str
    ) -> None:
        """Add the sums of every rule under one rate."""
        grown = grown_by(self._counts, (1 + rate).numerator, (1 + rate).denominator, rounding)
        for i, rule in rules:
            least, most = (rule.posts(grown),) * 2 if isinstance(rule, StaffingRule) else rule.posts_range(grown)
            given = self._sizes if least is most else np.where(np.ma.getmaskarray(least), 0, self._sizes)
            low, high = np.ma.filled(least, 0), np.ma.filled(most, 0)
            row = {name: column[i, j] for name, column in results.items()}
            row["posts"][0] += int(low @ given)
            row["posts_most"][0] += int(high @ given)
            row["answered"][0] += int(given.sum())
            if self._table is None:
                continue
            answered = given > 0
            lacking = self._shortage(low)
            over = (lacking if least is most else self._shortage(high)) - high * self._sizes + self._workers
            row["shortage"][0] += int(lacking @ answered)
            row["surplus"][0] += int(over @ answered)


class SweepPart:
    """The communities that norms of one basis and setting are meant for, in the order of their towns.

    Communities of one count get the same posts under any norm and rate: posts are computed once for each count that occurs.
    """

    def __init__(self, counts: Ints, town: Ints, workers: IntColumn | None) -> None:
        self._counts, kinds = np.unique(counts, return_inverse=True)
        self._kinds = kinds.astype(np.int32)
        first = np.flatnonzero(np.diff(town, prepend=town[:1] - 1))
        self._begins = first.astype(np.int32)
        towns: Any = town[first]
        if len(towns) and towns[-1] - towns[0] + 1 == len(towns):
            towns = slice(int(towns[0]), int(towns[-1]) + 1)
        self._towns = towns
        self._workers = None if workers is None else workers.filled(-1).astype(np.int32)

    def fill(
        self, results: dict[str, Ints], rules: list[tuple[int, StaffingNorm]], j: int, rate: Fraction, rounding: str
    ) -> None:
        """Add the sums of every rule under one rate."""
        grown = grown_by(self._counts, (1 + rate).numerator, (1 + rate).denominator, rounding)
        for i, rule in rules:
            if isinstance(rule, StaffingRule):
                sums = run_sums(self._kinds, self._begins, rule.posts(grown), workers=self._workers)
            else:
                least, most = rule.posts_range(grown)
                missing = np.ma.getmaskarray(least)
                low, high = np.ma.filled(least, 0), np.ma.filled(most, 0)
                sums = run_sums(self._kinds, self._begins, low, high, missing, self._workers)
            for name, own in zip(("posts", "posts_most", "shortage", "surplus", "answered"), sums, strict=True):
                results[name][i, j][self._towns] += own

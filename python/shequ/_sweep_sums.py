# SPDX-License-Identifier: BSD-3-Clause
"""Sums of a sweep: by town in blocks of communities that stay in the cache, and in all over the counts that occur."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import StaffingRule

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from shequ._columns import IntColumn
    from shequ._counted import StaffingNorm

    Ints = NDArray[np.int64]

__all__ = ["SweepCounts", "SweepPart", "grown_by"]

_BLOCK = 65_536  # communities at a time: their columns stay in the cache of a processor
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


@dataclass(frozen=True)
class _Block:
    """Communities that lie one after the other, in the order of their towns.

    `towns` are the entries of towns, a slice where they follow each other; `first` is where each begins, `sizes` how many
    communities it has.
    """

    counts: Ints
    towns: Any
    first: Ints
    sizes: Ints
    workers: Ints | None
    unknown: NDArray[np.bool_] | None


class SweepPart:
    """The communities that norms of one basis and setting are meant for."""

    def __init__(self, counts: Ints, town: Ints, workers: IntColumn | None) -> None:
        self.blocks = []
        for start in range(0, len(counts), _BLOCK):
            own = slice(start, start + _BLOCK)
            places = town[own]
            first = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
            towns: Any = places[first]
            if towns[-1] - towns[0] + 1 == len(towns):
                towns = slice(int(towns[0]), int(towns[-1]) + 1)
            known = None if workers is None else np.ascontiguousarray(workers.filled(0)[own])
            lacking = None if workers is None else np.ma.getmaskarray(workers[own])
            unknown = None if lacking is None or not lacking.any() else lacking
            own_counts = np.ascontiguousarray(counts[own])
            sizes = np.diff(first, append=len(own_counts))
            self.blocks.append(_Block(own_counts, towns, first, sizes, known, unknown))

    def fill(
        self, results: dict[str, Ints], rules: list[tuple[int, StaffingNorm]], j: int, rate: Fraction, rounding: str
    ) -> None:
        """Add the sums of every rule under one rate; a block may begin inside of a town."""
        up, down = (1 + rate).numerator, (1 + rate).denominator
        for block in self.blocks:
            grown = grown_by(block.counts, up, down, rounding)
            posts = np.empty_like(grown)
            for i, rule in rules:
                rows = {name: column[i, j] for name, column in results.items()}
                if isinstance(rule, StaffingRule):
                    _add_single(rows, block, rule.posts(grown, out=posts))
                else:
                    _add_ranges(rows, block, *rule.posts_range(grown))


def _add_single(rows: dict[str, Ints], block: _Block, posts: Ints) -> None:
    """Add sums of a rule that gives everyone one number; `posts` is overwritten."""
    first, towns = block.first, block.towns
    sums = np.add.reduceat(posts, first)
    rows["posts"][towns] += sums
    rows["posts_most"][towns] += sums
    rows["answered"][towns] += block.sizes
    if block.workers is None:
        return
    gap = np.subtract(posts, block.workers, out=posts)
    if block.unknown is not None:
        gap[block.unknown] = 0
    net = np.add.reduceat(gap, first)
    short = np.add.reduceat(np.maximum(gap, 0, out=gap), first)
    rows["shortage"][towns] += short
    rows["surplus"][towns] += short - net


def _add_ranges(rows: dict[str, Ints], block: _Block, least: IntColumn, most: IntColumn) -> None:
    """Add sums of a rule that gives ranges, or no number to some."""
    first, towns = block.first, block.towns
    nothing = np.ma.getmaskarray(least)
    low, high = least.filled(0), most.filled(0)
    rows["posts"][towns] += np.add.reduceat(low, first)
    rows["posts_most"][towns] += np.add.reduceat(high, first)
    rows["answered"][towns] += np.add.reduceat((~nothing).astype(np.int64), first)
    if block.workers is None:
        return
    short, over = np.maximum(low - block.workers, 0), np.maximum(block.workers - high, 0)
    without = nothing if block.unknown is None else nothing | block.unknown
    short[without] = over[without] = 0
    rows["shortage"][towns] += np.add.reduceat(short, first)
    rows["surplus"][towns] += np.add.reduceat(over, first)

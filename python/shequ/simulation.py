# SPDX-License-Identifier: BSD-3-Clause
"""Random growth (随机增长): posts and shortage over many draws, with quantiles; the same seed gives the same numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._answers import AnswerTable
from shequ._chance import keys_of, lots
from shequ._columns import MAX_COUNT
from shequ._counted import counted, exact, in_scope, rule_of
from shequ._errors import InvalidInputError
from shequ._messages import check_lang, text
from shequ._norm_comparison import basis_column
from shequ.growth import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from shequ._core import Norm
    from shequ._counted import Source, StaffingNorm
    from shequ._errors import Lang

    Ints = NDArray[np.int64]

__all__ = ["Simulation", "simulate_growth"]

_STEP = 10_000  # rates are drawn in whole ten-thousandths
_WHOLE = keys_of(["*"])  # the lot that all communities of a draw share


@dataclass(frozen=True)
class Simulation:
    """Posts and shortage under random growth; made by `simulate_growth`.

    Parameters
    ----------
    towns : tuple of str
    posts, shortage : ndarray of int64, shape (draws, n_towns)
        Sums over the communities of a town in every draw; least posts. Shortage counts the communities whose workers are known.
    has_workers : bool
    short_draws : ndarray of int64, shape (n_communities,)
        In how many draws a community is short of workers.
    now_posts, now_shortage : ndarray of int64, shape (n_towns,)
        Without growth.
    rule : str
    growth, own : (Fraction, Fraction)
    seed : int
    answered : int
        Communities that count.
    """

    towns: tuple[str, ...]
    posts: Ints
    shortage: Ints
    has_workers: bool
    short_draws: Ints
    now_posts: Ints
    now_shortage: Ints
    rule: str
    growth: tuple[Fraction, Fraction]
    own: tuple[Fraction, Fraction]
    seed: int
    answered: int
    lang: Lang

    def quantile(self, name: str, q: Any) -> int:
        """Return a quantile of the sum over all towns: the least value that at least a share q of the draws do not exceed.

        Parameters
        ----------
        name : "posts" or "shortage"
        q : Fraction, int or str
            "95%": above 0, at most 1.
        """
        return _quantile(getattr(self, name).sum(axis=1), q)

    def table(self, quantiles: Sequence[Any] = ("5%", "50%", "95%")) -> AnswerTable:
        """Return a row a town and measure, and last those of all: now, and each quantile."""
        wanted = [exact(q, "quantiles") for q in quantiles]
        measures = ["posts", *(["shortage"] if self.has_workers else [])]
        rows: list[tuple[object, ...]] = []
        places = [*enumerate(self.towns), (None, text("total", self.lang))]
        for t, town in places:
            for name in measures:
                draws, now = getattr(self, name), getattr(self, "now_" + name)
                values = draws.sum(axis=1) if t is None else draws[:, t]
                base = int(now.sum()) if t is None else int(now[t])
                rows.append((town, text("col." + name, self.lang), base, *(_quantile(values, q) for q in wanted)))
        notes = (
            text(
                "simulation.how",
                self.lang,
                draws=len(self.posts),
                seed=self.seed,
                rule=self.rule,
                growth=_between(self.growth),
                own=_between(self.own),
                n=self.answered,
            ),
        )
        names = ("town", "measure", "now", *(percent(q) for q in wanted))
        return AnswerTable(text("simulation.title", self.lang), names, tuple(rows), notes, self.lang)

    def __repr__(self) -> str:
        """Return one line."""
        return f"<Simulation: {len(self.posts)} draws, {self.rule}, seed {self.seed}>"

    def __str__(self) -> str:
        """Return the quantiles as text."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _between(ends: tuple[Fraction, Fraction]) -> str:
    return f"{percent(ends[0])}…{percent(ends[1])}"


def _quantile(values: Ints, q: Any) -> int:
    share = exact(q, "q")
    if not 0 < share <= 1:
        raise InvalidInputError(f"q={q} must be above 0 and at most 1", f"q={q} 必须大于 0 且不超过 1")
    return int(np.sort(values)[math.ceil(share * len(values)) - 1])


def simulate_growth(
    source: Source,
    rule: StaffingNorm | Norm | str,
    growth: tuple[Any, Any],
    *,
    own: tuple[Any, Any] = (0, 0),
    draws: int = 1000,
    seed: int = 0,
    every_setting: bool = False,
    lang: Lang = "zh",
) -> Simulation:
    """Draw growth rates at random and compute posts and shortage of every town in each draw.

    Parameters
    ----------
    source : District, Scenario or mapping of columns
    rule : norm of staffing or its id
    growth : (least, most)
        Rate that all communities of a draw share: uniform among the whole hundredths of a percent from least to most, both
        included. Fractions or texts such as "3%".
    own : (least, most), default (0, 0)
        What each community's own rate adds to it, uniform as well and drawn for each by itself.
    draws : int, default 1000
        1 or more.
    seed : int, default 0
        0 or more. A lot is made of the seed, the number of the draw and the code of the community (its number, where there are
        no codes): the same on every machine, and in any order of the rows.
    every_setting : bool, default False
    lang : "zh" or "en"

    Returns
    -------
    Simulation

    Raises
    ------
    InvalidInputError
        Rates are no fractions, not whole hundredths of a percent, below -1 or the wrong way round; a count grows beyond
        2147483647; a column is missing.

    Notes
    -----
    Grown counts are rounded half up in whole numbers. O(draws x communities).
    """
    lang = check_lang(lang)
    norm = rule_of(rule)
    if draws < 1 or seed < 0:
        raise InvalidInputError(
            f"draws={draws} must be 1 or more, seed={seed} 0 or more",
            f"draws={draws} 必须不小于 1，seed={seed} 不小于 0",
        )
    shared, single = _steps(growth, "growth"), _steps(own, "own")
    communities = counted(source, lang)
    counts = communities.of(basis_column(norm.basis), norm.id)
    kept = np.flatnonzero(in_scope(communities, norm, every_setting) & ~np.ma.getmaskarray(counts))
    base = counts.data[kept]
    low, high = _STEP + shared[0] + single[0], _STEP + shared[1] + single[1]
    if low < 0 or (len(base) and int(base.max()) * high // _STEP > MAX_COUNT):
        raise InvalidInputError(
            f"growth={growth} and own={own} must keep counts in [0, {MAX_COUNT}]",
            f"growth={growth} 与 own={own} 必须使数值保持在 [0, {MAX_COUNT}] 内",
        )
    labels = [communities.label(i)[0] for i in kept.tolist()]
    unique = len(set(labels)) == len(labels)
    keys = keys_of(labels if unique else [str(i) for i in kept.tolist()])
    workers = communities.columns.get("workers")
    town = communities.town_index[kept]
    size = len(communities.towns)
    known = np.zeros(len(kept), dtype=np.bool_) if workers is None else ~np.ma.getmaskarray(workers)[kept]
    have = np.zeros(len(kept), dtype=np.int64) if workers is None else workers.filled(0)[kept]

    def posts_and_shortage(grown: Ints) -> tuple[Ints, Ints]:
        posts = norm.posts_range(grown)[0]
        short = np.where(known & ~np.ma.getmaskarray(posts), np.maximum(posts.filled(0) - have, 0), 0)
        return posts.filled(0), short

    all_posts, all_short = (np.zeros((draws, size), dtype=np.int64) for _ in range(2))
    short_draws = np.zeros(len(communities), dtype=np.int64)
    for draw in range(draws):
        together = int(lots(seed, draw, _WHOLE, shared[1] - shared[0] + 1)[0]) + shared[0]
        alone = lots(seed, draw, keys, single[1] - single[0] + 1) + single[0]
        grown = (base * (2 * (_STEP + together + alone)) + _STEP) // (2 * _STEP)
        posts, short = posts_and_shortage(grown)
        np.add.at(all_posts[draw], town, posts)
        np.add.at(all_short[draw], town, short)
        short_draws[kept] += short > 0
    posts, short = posts_and_shortage(base)
    now_posts, now_short = (np.zeros(size, dtype=np.int64) for _ in range(2))
    np.add.at(now_posts, town, posts)
    np.add.at(now_short, town, short)
    return Simulation(
        towns=tuple(communities.towns),
        posts=all_posts,
        shortage=all_short,
        has_workers=workers is not None,
        short_draws=short_draws,
        now_posts=now_posts,
        now_shortage=now_short,
        rule=norm.id,
        growth=(Fraction(shared[0], _STEP), Fraction(shared[1], _STEP)),
        own=(Fraction(single[0], _STEP), Fraction(single[1], _STEP)),
        seed=seed,
        answered=len(kept),
        lang=lang,
    )


def _steps(ends: tuple[Any, Any], name: str) -> tuple[int, int]:
    """Return both ends in ten-thousandths."""
    low, high = (exact(end, name) * _STEP for end in ends)
    if low.denominator != 1 or high.denominator != 1 or not -_STEP <= low <= high <= 10 * _STEP:
        raise InvalidInputError(
            f"{name}={ends} must be two rates in whole hundredths of a percent, least first, from -100% to 1000%",
            f"{name}={ends} 必须是两个增长率（精确到万分之一），小的在前，-100% 至 1000%",
        )
    return int(low), int(high)

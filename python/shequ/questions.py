# SPDX-License-Identifier: BSD-3-Clause
"""Questions that planners ask, answered directly: who is near the next post, where two norms part, where new posts help.

Each takes a district, a scenario as it stands, or columns of communities, and answers with an `AnswerTable` or what has one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._answers import AnswerTable
from shequ._columns import MAX_COUNT
from shequ._core import cover_shortage
from shequ._counted import counted, exact, posts_of, rule_of
from shequ._errors import InvalidInputError
from shequ._messages import check_lang, text
from shequ._norm_comparison import basis_column
from shequ.adjustment import Adjustment, Change, adjust_communities
from shequ.border_moves import BorderMove, BorderMoves, free_posts

if TYPE_CHECKING:
    from shequ._core import Norm
    from shequ._counted import Counted, Source, StaffingNorm
    from shequ._errors import Lang

    AnyNorm = StaffingNorm | Norm | str

__all__ = [
    "Adjustment",
    "BorderMove",
    "BorderMoves",
    "Change",
    "adjust_communities",
    "break_even",
    "free_posts",
    "near_next_post",
    "place_posts",
]


def near_next_post(
    source: Source, within: int, rule: AnyNorm | None = None, *, every_setting: bool = False, lang: Lang = "zh"
) -> AnswerTable:
    """List the communities that so few more households (or persons, as the norm counts) bring the next post.

    Parameters
    ----------
    source : District, Scenario or mapping of columns
    within : int
        At most so many more, 1 or more.
    rule : norm of staffing or its id, optional
        None: the norms of the scenario.
    every_setting : bool, default False
        Apply the norm to urban and rural communities alike.
    lang : "zh" or "en"

    Returns
    -------
    AnswerTable
        town, code, community, count, posts, to_next, those nearest first.

    Raises
    ------
    InvalidInputError
        `within` is below 1, or a column that the norm counts is missing.

    Examples
    --------
    >>> near_next_post({"households": [1240, 1300, 900]}, 200, "staff.wujin2012").column("to_next")
    [10, 200]
    """
    lang = check_lang(lang)
    if within < 1:
        raise InvalidInputError(f"within={within} must be 1 or more", f"within={within} 必须大于等于 1")
    communities = counted(source, lang)
    norm = None if rule is None else rule_of(rule)
    least, _most, counts = posts_of(communities, norm, every_setting)
    rows = []
    for i in np.flatnonzero(~np.ma.getmaskarray(least)).tolist():
        own = norm if norm is not None else _own(communities, i)
        count = int(counts[i])
        at = None if own is None else own.next_post_at(count)
        if at is not None and at - count <= within:
            rows.append((*_where(communities, i), count, int(least[i]), at - count))
    rows.sort(key=lambda row: (row[-1], row[1]))
    notes = (_answered(least, lang),)
    names = ("town", "code", "community", "count", "posts", "to_next")
    return AnswerTable(text("question.near", lang, within=within), names, tuple(rows), notes, lang)


def _own(communities: Counted, i: int) -> StaffingNorm | None:
    return None if communities.own_norm is None else communities.own_norm(i)


def _where(communities: Counted, i: int) -> tuple[str, str, str]:
    code, name = communities.label(i)
    return communities.towns[int(communities.town_index[i])], code, name


def _answered(column: Any, lang: Lang) -> str:
    return text("question.answered", lang, n=int(column.count()), all=len(column))


def place_posts(
    source: Source,
    posts: int,
    rule: AnyNorm | None = None,
    *,
    cost: Literal["squared", "relative"] = "squared",
    every_setting: bool = False,
    lang: Lang = "zh",
) -> AnswerTable:
    """Say where so many new posts cut the worst shortage most.

    Parameters
    ----------
    source : District, Scenario or mapping of columns
        With `workers`.
    posts : int
        How many there are to give, 0 or more.
    rule : norm of staffing or its id, optional
        None: the norms of the scenario.
    cost : {"squared", "relative"}
        What the division makes least: the sum of squared shortages that are left, or of these by the posts needed. Each post
        goes where it lowers that most, which is exact.
    every_setting : bool, default False
    lang : "zh" or "en"

    Returns
    -------
    AnswerTable
        town, code, community, posts, workers, shortage, given, shortage_left; those that get most first. Communities that get
        none are left out and counted in the notes.

    Raises
    ------
    InvalidInputError
        `posts` is negative, or there are no workers.

    Notes
    -----
    Ties go to the lower code. With "squared", the worst shortage that is left is the least that any division leaves.

    Examples
    --------
    >>> columns = {"households": [900, 2600, 3000], "workers": [4, 6, 5]}
    >>> place_posts(columns, 5, "staff.wujin2012").column("given")
    [4, 1]
    """
    lang = check_lang(lang)
    communities = counted(source, lang)
    norm = None if rule is None else rule_of(rule)
    least, _most, _counts = posts_of(communities, norm, every_setting)
    gap = least - communities.of("workers", "place_posts()")
    known = np.flatnonzero(~np.ma.getmaskarray(gap))
    known = known[np.argsort(np.array([communities.label(i)[0] for i in known.tolist()], dtype=object), kind="stable")]
    short = np.maximum(gap.data[known], 0)
    needs = np.maximum(least.data[known], 1) if cost == "relative" else None
    given, left_over = cover_shortage(posts, short, cost=cost, needs=needs)
    rows = [
        (
            *_where(communities, i),
            int(least[i]),
            int(communities.columns["workers"][i]),
            int(lack),
            int(more),
            int(lack - more),
        )
        for i, lack, more in zip(known.tolist(), short, given, strict=True)
        if more
    ]
    rows.sort(key=lambda row: (-row[6], row[1]))
    worst = int((short - given).max()) if len(short) else 0
    before = int(short.max()) if len(short) else 0
    notes = (
        text("question.worst" if cost == "squared" else "question.worst_relative", lang, before=before, after=worst),
        text("question.left", lang, short=int((short - given).sum()), over=int(left_over)),
        _answered(gap, lang),
    )
    names = ("town", "code", "community", "posts", "workers", "shortage", "given", "shortage_left")
    return AnswerTable(text("question.place", lang, n=posts), names, tuple(rows), notes, lang)


def break_even(
    a: AnyNorm,
    b: AnyNorm,
    *,
    most: int = 10_000,
    persons_per_household: Fraction | int | str | None = None,
    lang: Lang = "zh",
) -> AnswerTable:
    """Say at which sizes one norm gives more posts than another.

    Parameters
    ----------
    a, b : norms of staffing or their ids
    most : int, default 10_000
        The largest size that is looked at, in what the first norm counts.
    persons_per_household : Fraction, int or str, optional
        Where one norm counts persons and the other households or dwellings: 2.62 is "2.62". Counts of the second norm are then
        worked out from those of the first, and rounded down.
    lang : "zh" or "en"

    Returns
    -------
    AnswerTable
        One row a range of sizes in which the same norm gives more, or both give as many: from_count, to_count, more (the id, or
        empty), and posts of both at its ends as texts. Least posts are compared.

    Raises
    ------
    InvalidInputError
        `most` is out of range, or the norms count different things and `persons_per_household` is not given.

    Examples
    --------
    >>> table = break_even("staff.wujin2012", "committee.law", most=700)
    >>> table.rows
    ((0, 99, '', '4', '4', '—', '—'), (100, 700, 'committee.law', '4', '4', '5', '5'))
    """
    lang = check_lang(lang)
    first, second = rule_of(a), rule_of(b)
    if not 0 <= most <= 10_000_000:
        raise InvalidInputError(f"most={most} must be in [0, 10000000]", f"most={most} 必须在 [0, 10000000] 之间")
    counts = np.arange(most + 1, dtype=np.int64)
    ours, theirs = basis_column(first.basis), basis_column(second.basis)
    other = counts
    if (ours == "persons") != (theirs == "persons"):
        if persons_per_household is None:
            raise InvalidInputError(
                f"persons_per_household must be given: {first.id} counts {ours}, {second.id} counts {theirs}",
                f"须给出 persons_per_household：{first.id} 按 {ours}，{second.id} 按 {theirs}",
            )
        ratio = exact(persons_per_household, "persons_per_household")
        if ratio <= 0 or ratio.numerator > 10_000 or ratio.denominator > 10_000:
            raise InvalidInputError(
                f"persons_per_household={persons_per_household} must be above 0, with at most four digits",
                f"persons_per_household={persons_per_household} 必须大于 0，最多四位数字",
            )
        ratio = 1 / ratio if ours == "persons" else ratio
        other = np.minimum(counts * ratio.numerator // ratio.denominator, MAX_COUNT)
    posts_a, posts_b = first.posts_range(counts)[0], second.posts_range(other)[0]
    # 2: one of the two gives no number; a range of sizes ends where the sign changes
    sign = np.ma.filled(np.sign(posts_b - posts_a), 2)
    starts = np.flatnonzero(np.r_[True, sign[1:] != sign[:-1]])
    ends = np.r_[starts[1:] - 1, most]
    rows = tuple(
        (
            int(low),
            int(high),
            {-1: first.id, 1: second.id}.get(int(sign[low]), ""),
            *(_posts(column, place) for column in (posts_a, posts_b) for place in (low, high)),
        )
        for low, high in zip(starts.tolist(), ends.tolist(), strict=True)
    )
    notes = [text("question.compared", lang, a=first.id, b=second.id, counted=text("col." + ours, lang).lower())]
    if other is not counts:
        notes.append(text("question.converted", lang, ratio=str(persons_per_household)))
    names = ("from_count", "to_count", "more", "a_from", "a_to", "b_from", "b_to")
    title = text("question.even", lang, a=first.id, b=second.id)
    return AnswerTable(title, names, rows, tuple(notes), lang)


def _posts(column: Any, place: int) -> str:
    return "—" if np.ma.getmaskarray(column)[place] else f"{int(column[place]):,}"

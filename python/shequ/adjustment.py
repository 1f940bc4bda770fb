# SPDX-License-Identifier: BSD-3-Clause
"""Mergers and splits of communities (撤并与分设): the cheapest that reach a target, proposed with the effect of each.

Nothing is decided here: the district does, after the residents agree.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from shequ._adjacent import adjacent_pairs, connected_groups, kept_entries
from shequ._adjust_effects import SIZE_COLUMNS, Change, effects_of, notes_of, posts_changed
from shequ._adjust_model import choose, value_of
from shequ._adjust_options import options_of, size_rule
from shequ._answers import AnswerTable
from shequ._counted import counted, posts_of, rule_of
from shequ._errors import InvalidInputError, optional_import
from shequ._messages import check_lang, text
from shequ._problem_inputs import MAX_INT64, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shequ._adjacent import Adjacency
    from shequ._adjust_options import Option, Size
    from shequ._core import FacilityRule, FundingRule, Norm
    from shequ._counted import Counted, Source, StaffingNorm
    from shequ._errors import Lang

    AnyNorm = StaffingNorm | Norm | str
    Cheapest = Literal["changes", "households", "posts"]
    Status = Literal["cheapest", "feasible", "nearest", "unknown"]

__all__ = ["Adjustment", "Change", "adjust_communities"]

_COSTS = ("changes", "households", "posts")


@dataclass(frozen=True)
class Adjustment:
    """Mergers and splits that are proposed; made by `adjust_communities`.

    Parameters
    ----------
    changes : tuple of Change
        By town.
    status : {"cheapest", "feasible", "nearest", "unknown"}
        The target is reached at the least cost, proven; reached, not proven; proven that no plan reaches it, this one comes
        nearest and is the cheapest of those; neither reached nor proven.
    cost, bound : int
        What was made least, and what no plan goes below that comes as near to the target.
    measure : {"changes", "households", "posts"}
        What was made least.
    outside : tuple of (code, name)
        Communities that stay outside the bounds.
    posts_before, posts_after : int or None
        Of all communities; None without a norm.
    taking_part, left_out : int
        Communities that may change, and those that stay as they are for want of a number or on request.
    notes : tuple of str
        What was assumed.
    """

    changes: tuple[Change, ...]
    status: Status
    cost: int
    bound: int
    measure: Cheapest
    outside: tuple[tuple[str, str], ...]
    posts_before: int | None
    posts_after: int | None
    taking_part: int
    left_out: int
    notes: tuple[str, ...]
    lang: Lang

    @property
    def reached(self) -> bool:
        """Whether the plan reaches the target."""
        return self.status in {"cheapest", "feasible"}

    @property
    def proven(self) -> bool:
        """Whether no plan is better, within what `adjust_communities` looks at."""
        return self.status in {"cheapest", "nearest"}

    def sentence(self) -> str:
        """Say what was found and what is proven."""
        values = {"n": len(self.changes), "cost": self.cost, "bound": self.bound}
        return text("adjust." + self.status, self.lang, **values, measure=text("adjust.by." + self.measure, self.lang))

    def table(self) -> AnswerTable:
        """Return a row a change: what, why, who, sizes, posts, households that move, money (yuan) and premises (m2) where asked."""
        lang, comma = self.lang, text("comma", self.lang)
        names = ["town", "change", "why", "community", "code", "size_before", "size_after"]
        names += ["posts_before", "posts_after"] if self.posts_before is not None else []
        names += ["households_moved"]
        money = any(change.grant_change_fen is not None for change in self.changes)
        area = any(change.premises_change_dm2 is not None for change in self.changes)
        names += [*(["grant_change"] if money else []), *(["premises_change"] if area else [])]
        rows = []
        for change in self.changes:
            cells: dict[str, object] = {
                "town": change.town,
                "change": text("change." + change.kind.name.lower(), lang),
                "why": comma.join(text("change." + reason.name.lower(), lang) for reason in change.reasons)
                or text("change.posts", lang),
                "community": comma.join(name for _, name in change.communities),
                "code": comma.join(code for code, _ in change.communities),
                "size_before": " + ".join(f"{size:,}" for size in change.before),
                "size_after": " + ".join(f"{size:,}" for size in change.after),
                "posts_before": change.posts_before,
                "posts_after": change.posts_after,
                "households_moved": change.households_moved,
                "grant_change": _hundredths(change.grant_change_fen),
                "premises_change": _hundredths(change.premises_change_dm2),
            }
            rows.append(tuple(cells[name] for name in names))
        notes = [self.sentence()]
        if self.posts_before is not None:
            notes.append(text("adjust.posts", lang, before=self.posts_before, after=self.posts_after))
        if self.outside:
            listed = comma.join(name or code for code, name in self.outside[:10])
            more = "…" if len(self.outside) > 10 else ""
            notes.append(text("adjust.outside", lang, n=len(self.outside), names=listed + more))
        if self.left_out:
            notes.append(text("adjust.left_out", lang, n=self.left_out))
        return AnswerTable(text("adjust.title", lang), tuple(names), tuple(rows), (*notes, *self.notes), lang)

    def __len__(self) -> int:
        """Return the number of changes."""
        return len(self.changes)

    def __repr__(self) -> str:
        """Return one line."""
        return f"<Adjustment: {self.status}, {len(self)} changes, {self.measure} {self.cost}, at least {self.bound}>"

    def __str__(self) -> str:
        """Return the changes as text."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _hundredths(value: int | None) -> float | None:
    return None if value is None else value / 100


def adjust_communities(
    source: Source,
    size: Size,
    adjacency: Adjacency | None = None,
    *,
    target: Literal["bounds"] | int = "bounds",
    cheapest: Cheapest = "changes",
    rule: AnyNorm | None = None,
    by: Literal["households", "dwellings", "persons"] | None = None,
    funding: FundingRule | str | None = None,
    premises: FacilityRule | str | None = None,
    most_merged: int = 4,
    kept: Iterable[int | str] = (),
    every_setting: bool = False,
    time_limit_s: float = 30.0,
    lang: Lang = "zh",
) -> Adjustment:
    """Propose the cheapest mergers and splits of communities that reach a target.

    Parameters
    ----------
    source : District, Scenario or mapping of columns
    size : (lower, upper), SizeRule or id of a norm
        Bounds of a community, both included, None for none: "size.beijing2020" is 500 to 3,000 dwellings.
    adjacency : Graph or iterable of pairs, optional
        Communities that touch, by code or by number of the unit (of columns: of the row). None: those of a district whose
        atoms do.
    target : "bounds" or int, default "bounds"
        Every community within the bounds; or at most so many posts in all.
    cheapest : {"changes", "households", "posts"}
        Of the plans that reach the target: the fewest communities that change, the fewest households that change their
        community, or the fewest posts; the others decide between equals, in this order.
    rule : norm of staffing or its id, optional
        Needed for posts. None: the norms of a scenario. What merges goes by the norm of its first community.
    by : {"households", "dwellings", "persons"}, optional
        What the bounds count; by default what the norm does, else households.
    funding, premises : rule or id of a norm, optional
        For the effect on the grants due and the area needed; by households.
    most_merged : int, default 4
        Communities that may become one, 2 to 8.
    kept : iterable of int or str
        Communities that stay as they are, by number or code: barracks, campuses.
    every_setting : bool, default False
        Apply the norm to urban and rural communities alike.
    time_limit_s : float, default 30.0
        Wall time, seconds.
    lang : "zh" or "en"

    Returns
    -------
    Adjustment

    Raises
    ------
    InvalidInputError
        An argument is out of range, a column is missing, or posts are asked for without a norm.
    MissingDependencyError
        highspy is not installed.

    Notes
    -----
    Each community is kept, merged or split. A merger joins 2 to `most_merged` communities of one town and setting that hang
    together, into one within the bounds. A community above the bounds splits into the fewest parts that are not, of even
    size as its borders are open, and only where the parts are within the bounds. Of all such plans the best is found by a
    whole-number program over all these mergers (HiGHS), neighbourhood by neighbourhood where the target is the bounds;
    "proven" rests on its arithmetic, the numbers of the plan do not. A community stays as it is where its size is not known
    or the norm gives it no posts.

    Examples
    --------
    >>> columns = {"households": [400, 700, 2600, 3200], "name": ["A", "B", "C", "D"]}
    >>> columns["setting"] = ["urban"] * 4
    >>> found = adjust_communities(columns, (500, 3000), [(0, 1), (0, 2), (1, 2)], rule="staff.wujin2012")
    >>> [(change.kind.name, change.before, change.after) for change in found.changes], found.status
    ([('MERGE', (400, 700), (1100,)), ('SPLIT', (3200,), (1600, 1600))], 'cheapest')
    """
    with optional_import("adjust_communities()", "highspy", "'shequ[exact]'"):
        import highspy
    lang = check_lang(lang)
    bounds, column = size_rule(size)
    column = column if by is None else by
    most_posts = None if target == "bounds" else whole(target, "target", MAX_INT64)
    if most_posts is not None and most_posts < 0:
        raise InvalidInputError(f"target={target} must be 0 or more", f"target={target} 必须大于等于 0")
    _check(cheapest, most_merged, column)
    communities = counted(source, lang)
    sizes = communities.of(column, bounds.id if by is None else "by").copy()
    norm = None if rule is None else rule_of(rule)
    has_posts = norm is not None or communities.own_norm is not None
    if not has_posts and (most_posts is not None or cheapest == "posts"):
        raise InvalidInputError("rule=None must be a norm of staffing", "rule=None 必须是配备标准")
    posts = posts_of(communities, norm, every_setting)[0] if has_posts else None
    if posts is not None:
        sizes[np.ma.getmaskarray(posts)] = np.ma.masked
    sizes[kept_entries(communities, kept)] = np.ma.masked
    takes = ~np.ma.getmaskarray(sizes)
    # those that stay as they are have posts too
    staying = 0 if posts is None else int(posts[~takes].filled(0).sum())
    most_posts = None if most_posts is None else most_posts - staying
    pairs = [
        (a, b)
        for a, b in adjacent_pairs(source, communities, adjacency)
        if takes[a] and takes[b] and _same_place(communities, a, b)
    ]
    groups = [group for group in connected_groups(len(communities), pairs) if takes[group[0]]]

    def posts_after(members: tuple[int, ...], after: tuple[int, ...]) -> int | None:
        return posts_changed(communities, norm, members, len(after)) if has_posts else 0

    tables = options_of(
        bounds,
        sizes,
        pairs,
        groups,
        posts_after,
        most_merged=most_merged,
        any_merger=most_posts is not None or cheapest == "posts",
        place=lambda i: communities.towns[int(communities.town_index[i])] or communities.label(i)[0],
    )
    goal = "outside" if most_posts is None else "above"
    others = [cost for cost in _COSTS if cost != cheapest and (cost != "posts" or has_posts)]
    measures = [goal, cheapest, *others]
    end = time.monotonic() + time_limit_s
    chosen: list[Option] = []
    least_goal = bound = 0
    for options in tables if most_posts is None else [[option for own in tables for option in own]]:
        if all(option.kind is None for option in options):
            chosen += options
            least_goal += value_of(options, goal, most_posts)
            bound += value_of(options, cheapest, most_posts)
            continue
        own, least = choose(highspy, options, measures, posts_above=most_posts, end=end)
        chosen += own
        least_goal += least[0] or 0
        bound += least[1] or 0
    short, cost = (value_of(chosen, measure, most_posts) for measure in (goal, cheapest))
    proven = short <= least_goal and cost <= bound
    status: Status = ("cheapest" if proven else "feasible") if short == 0 else ("nearest" if proven else "unknown")
    changes = [option for option in chosen if option.kind is not None]
    town = communities.town_index
    changes.sort(key=lambda option: (int(town[option.members[0]]), option.members))
    stated = effects_of(communities, norm, has_posts, bounds, column, funding, premises)
    return Adjustment(
        tuple(stated(option) for option in changes),
        status,
        cost,
        bound,
        cheapest,
        tuple(communities.label(option.members[0]) for option in chosen if option.outside),
        None if posts is None else int(posts.filled(0).sum()),
        None if posts is None else staying + sum(option.posts for option in chosen),
        int(takes.sum()),
        len(communities) - int(takes.sum()),
        notes_of(bounds, column, most_merged, norm, changes, lang),
        lang,
    )


def _check(cheapest: str, most_merged: int, column: str) -> None:
    if cheapest not in _COSTS:
        raise InvalidInputError(
            f"cheapest={cheapest!r} must be one of {', '.join(_COSTS)}",
            f"cheapest={cheapest!r} 必须是以下之一：{', '.join(_COSTS)}",
        )
    if not 2 <= whole(most_merged, "most_merged", 8) <= 8:
        raise InvalidInputError(
            f"most_merged={most_merged} must be in [2, 8]", f"most_merged={most_merged} 必须在 [2, 8] 之间"
        )
    if column not in SIZE_COLUMNS:
        raise InvalidInputError(
            f"by={column!r} must be one of {', '.join(SIZE_COLUMNS)}",
            f"by={column!r} 必须是以下之一：{', '.join(SIZE_COLUMNS)}",
        )


def _same_place(communities: Counted, a: int, b: int) -> bool:
    town, setting = communities.town_index, communities.setting
    return bool(town[a] == town[b] and (setting is None or setting[a] == setting[b]))

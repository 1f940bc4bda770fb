# SPDX-License-Identifier: BSD-3-Clause
"""What a merger or a split of communities does: posts, grants, premises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shequ._core import ChangeKind, ChangeReason, change_effect, even_parts
from shequ._errors import InvalidInputError
from shequ._messages import text
from shequ._norm_comparison import basis_column
from shequ._norm_rules import rule_of_norm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shequ._adjust_options import Option
    from shequ._columns import IntColumn
    from shequ._core import FacilityRule, FundingRule, SizeRule
    from shequ._counted import Counted, StaffingNorm
    from shequ._errors import Lang

__all__ = ["SIZE_COLUMNS", "Change", "effects_of", "notes_of", "posts_changed"]

#: What bounds of a community may count.
SIZE_COLUMNS = ("households", "dwellings", "persons")


@dataclass(frozen=True)
class Change:
    """A merger or a split that is proposed, and what it does.

    Parameters
    ----------
    kind : ChangeKind
        MERGE or SPLIT.
    reasons : tuple of ChangeReason
        TOO_SMALL, TOO_LARGE; none where it is for the posts alone.
    town : str
    communities : tuple of (code, name)
    before, after : tuple of int
        What the size rule counts, of each community.
    households_moved : int
        What the size rule counts of those whose community changes: all but the largest merged, all but the largest part.
    posts_before, posts_after : int or None
        None without a norm.
    grant_change_fen, premises_change_dm2 : int or None
        Of the grants due and of the area needed; None without a rule or where households are missing.
    """

    kind: ChangeKind
    reasons: tuple[ChangeReason, ...]
    town: str
    communities: tuple[tuple[str, str], ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    households_moved: int
    posts_before: int | None
    posts_after: int | None
    grant_change_fen: int | None
    premises_change_dm2: int | None


def _counts_after(column: IntColumn, members: tuple[int, ...], parts: int) -> list[int] | None:
    """Return the counts after a change: the sum, or even parts of it; None where one is missing."""
    counts = [column[i] for i in members]
    if any(count is np.ma.masked for count in counts):
        return None
    return even_parts(sum(int(count) for count in counts), parts)


def posts_changed(communities: Counted, norm: StaffingNorm | None, members: tuple[int, ...], parts: int) -> int | None:
    """Return the least posts of some communities turned into so many: one is a merger, or one that is kept.

    None where the norm gives none, or what it counts is missing. Without a norm that of the first decides.
    """
    own = norm
    if own is None:
        own = None if communities.own_norm is None else communities.own_norm(members[0])
    if own is None:
        return None
    counts = _counts_after(communities.of(basis_column(own.basis), own.id), members, parts)
    found = None if counts is None else [own.posts_range(count) for count in counts]
    if found is None or any(posts is None for posts in found):
        return None
    return sum(posts[0] for posts in found if posts is not None)


def effects_of(
    communities: Counted,
    norm: StaffingNorm | None,
    has_posts: bool,
    bounds: SizeRule,
    column: str,
    funding: FundingRule | str | None,
    premises: FacilityRule | str | None,
) -> Callable[[Option], Change]:
    """Return what states the effects of an option that is no community kept."""
    grants: FundingRule | None = rule_of_norm(funding, "funding")  # type: ignore[assignment]
    areas: FacilityRule | None = rule_of_norm(premises, "premises")  # type: ignore[assignment]
    if grants is not None and len(grants.class_fen):
        raise InvalidInputError(
            f"funding={grants.id} must have no class supplements: the class of a new community is not known",
            f"funding={grants.id} 不能含类别补贴：新社区的类别未定",
        )
    if grants is not None or areas is not None:
        communities.of("households", "adjust_communities()")

    def state(option: Option) -> Change:
        members = option.members
        sizes = communities.columns[column]
        money = area = posts_before = posts_after = None
        if has_posts:
            posts_before = sum(posts_changed(communities, norm, (i,), 1) or 0 for i in members)
            posts_after = option.posts
        after = (
            _counts_after(communities.columns["households"], members, len(option.sizes)) if grants or areas else None
        )
        if after is not None:
            before = [int(communities.columns["households"][i]) for i in members]
            effect = change_effect(before, after, grant_fen=None if grants is None else grants.grant, premises=areas)
            money = None if effect.grant_fen is None else effect.grant_fen.change
            area = None if effect.premises_need_dm2 is None else effect.premises_need_dm2.change
        is_split = option.kind == ChangeKind.SPLIT
        lower = bounds.merge_below or 0
        is_small = not is_split and any(int(sizes[i]) < lower for i in members)
        reasons = (ChangeReason.TOO_LARGE,) if is_split else (ChangeReason.TOO_SMALL,) if is_small else ()
        return Change(
            ChangeKind.SPLIT if is_split else ChangeKind.MERGE,
            reasons,
            communities.towns[int(communities.town_index[members[0]])],
            tuple(communities.label(i) for i in members),
            tuple(int(sizes[i]) for i in members),
            option.sizes,
            option.households,
            posts_before,
            posts_after,
            money,
            area,
        )

    return state


def notes_of(
    bounds: SizeRule,
    column: str,
    most_merged: int,
    norm: StaffingNorm | None,
    changes: Sequence[Option],
    lang: Lang,
) -> tuple[str, ...]:
    """Return what was assumed, in words."""
    low, high = (None if value is None else f"{value:,}" for value in (bounds.merge_below, bounds.adjust_above))
    sign = "≥ " if high is None else "≤ "
    span = f"{low}–{high}" if low is not None and high is not None else sign + str(high if low is None else low)
    named = "" if bounds.id == "custom" else f" ({bounds.id})"
    counted = text("col." + column, lang).lower()
    notes = [text("adjust.bounds", lang, column=counted, span=span + named, most=most_merged)]
    if norm is not None:
        notes.append(text("adjust.norm", lang, norm=f"{norm.id}: {norm.describe(lang)}"))
    if any(option.kind == ChangeKind.SPLIT for option in changes):
        notes.append(text("adjust.even", lang))
    notes.append(text("adjust.proposal", lang))
    return tuple(notes)

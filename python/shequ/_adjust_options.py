# SPDX-License-Identifier: BSD-3-Clause
"""What may become of communities: kept, merged with neighbours, or split evenly; each with what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from shequ import norms
from shequ._connected_sets import connected_sets
from shequ._core import ChangeKind, SizeRule, even_parts, propose_changes
from shequ._errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shequ._columns import IntColumn

__all__ = ["MAX_OPTIONS", "Option", "Size", "options_of", "size_rule"]

Size: TypeAlias = SizeRule | str | tuple[int | None, int | None]

#: Mergers that are looked at in one neighbourhood, so that memory and time stay in hand.
MAX_OPTIONS = 100_000

#: Bounds that the texts of the catalogue state as numbers: what they count, fewer is too small, more is too large. Norms
#: that say "about" have none.
_BOUNDS: dict[str, tuple[str, int | None, int | None]] = {
    "size.beijing2020": ("dwellings", 500, 3000),
    "size.henan2022": ("dwellings", 1000, 3000),
    "size.suzhou2022": ("households", None, 5000),
    "size.fuzhou2013": ("households", 2000, None),
}


def size_rule(size: Size) -> tuple[SizeRule, str]:
    """Return the bounds of a community as a rule, and the column that it counts."""
    if isinstance(size, SizeRule):
        return size, "households"
    if isinstance(size, str):
        norm = norms.get(size)
        if norm.id not in _BOUNDS:
            raise InvalidInputError(
                f'size="{size}" must state bounds as numbers: {", ".join(_BOUNDS)}; or give (lower, upper)',
                f'size="{size}" 必须写明上下限：{"、".join(_BOUNDS)}；或给出 (下限, 上限)',
            )
        column, lower, upper = _BOUNDS[norm.id]
        return SizeRule(merge_below=lower, adjust_above=upper, id=norm.id, source=norm.source), column
    given: object = size
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        raise InvalidInputError(
            f"size={size!r} must be (lower, upper), a SizeRule or the id of a norm",
            f"size={size!r} 必须是 (下限, 上限)、SizeRule 或标准编号",
        )
    return SizeRule(merge_below=size[0], adjust_above=size[1]), "households"


@dataclass(frozen=True)
class Option:
    """One thing that may become of some communities.

    Parameters
    ----------
    kind : ChangeKind or None
        MERGE, SPLIT, or None: kept as it is.
    members : tuple of int
        Entries of the communities, ascending.
    sizes : tuple of int
        What the size rule counts, of each community afterwards.
    outside : int
        Communities afterwards that are not within the bounds.
    changes : int
        Communities that change: all of a merger, the one of a split.
    households : int
        What the size rule counts of those whose community changes: all but the largest merged, all but the largest part.
    posts : int
        Afterwards; 0 where posts are not asked for.
    """

    kind: ChangeKind | None
    members: tuple[int, ...]
    sizes: tuple[int, ...]
    outside: int
    changes: int
    households: int
    posts: int

    def cost(self, measure: str) -> int:
        """Return outside, changes, households or posts."""
        value: int = getattr(self, measure)
        return value


def options_of(
    rule: SizeRule,
    sizes: IntColumn,
    pairs: list[tuple[int, int]],
    groups: Iterable[list[int]],
    posts_after: Callable[[tuple[int, ...], tuple[int, ...]], int | None],
    *,
    most_merged: int,
    any_merger: bool,
    place: Callable[[int], str],
) -> Iterator[list[Option]]:
    """Yield the options of each group of communities that hang together, those that keep one first.

    Parameters
    ----------
    rule : SizeRule
    sizes : masked array of int64, shape (n,)
        Masked for communities that take no part.
    pairs : list of (int, int)
        Communities that may merge.
    groups : iterable of lists of int
        Communities that pairs join.
    posts_after : function
        From members and what the size rule counts of each community afterwards to posts, None where the norm gives none.
    most_merged : int
        Communities that may become one.
    any_merger : bool
        Also of communities that are all within the bounds.
    place : function
        From a community to the name of its town, for messages.
    """
    found = propose_changes(rule, sizes, pairs)
    parts = {c.communities[0]: c.parts for c in found.candidates if c.kind == ChangeKind.SPLIT}
    lower = 0 if rule.merge_below is None else rule.merge_below
    upper = rule.adjust_above
    size = [int(value) for value in sizes.filled(0)]
    near: dict[int, set[int]] = {}
    for a, b in pairs:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)

    def within(value: int) -> bool:
        return value >= lower and (upper is None or value <= upper)

    for group in groups:
        options = []
        for i in group:
            posts = posts_after((i,), (size[i],))
            options.append(Option(None, (i,), (size[i],), int(not within(size[i])), 0, 0, posts or 0))
        for i in group:
            if i in parts:
                after = tuple(even_parts(size[i], parts[i]))
                posts = posts_after((i,), after)
                if within(after[-1]) and posts is not None:
                    options.append(Option(ChangeKind.SPLIT, (i,), after, 0, 1, size[i] - after[0], posts))
        for members in connected_sets(group, near, size, (2, most_merged), upper):
            total = sum(size[i] for i in members)
            if total < lower or not (any_merger or any(size[i] < lower for i in members)):
                continue
            posts = posts_after(members, (total,))
            if posts is not None:
                moved = total - max(size[i] for i in members)
                options.append(Option(ChangeKind.MERGE, members, (total,), 0, len(members), moved, posts))
            if len(options) > MAX_OPTIONS:
                raise InvalidInputError(
                    f"most_merged={most_merged} allows more than {MAX_OPTIONS:,} mergers around {place(group[0])}; "
                    "it must be lower, or the upper bound must be",
                    f"most_merged={most_merged} 在{place(group[0])}有超过 {MAX_OPTIONS:,} 种合并，"
                    "必须取更小的值或更低的上限",
                )
        yield options

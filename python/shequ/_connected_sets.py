# SPDX-License-Identifier: BSD-3-Clause
"""Small connected sets of nodes, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

__all__ = ["connected_sets"]


def connected_sets(
    nodes: Iterable[int],
    near: Mapping[int, Collection[int]],
    size: Sequence[int],
    count: tuple[int, int],
    upper: int | None,
) -> Iterator[tuple[int, ...]]:
    """Yield every connected set of so few nodes whose sizes add up to no more than a bound.

    Parameters
    ----------
    nodes : iterable of int
        Least nodes of the sets: all, for all sets.
    near : mapping of int to collection of int
        Neighbours; none where a node is absent.
    size : sequence of int
        0 or more, of each node.
    count : (int, int)
        Least and most nodes of a set, 1 or more.
    upper : int or None

    Yields
    ------
    tuple of int
        Ascending.
    """
    least, most = count

    def grow(members: tuple[int, ...], total: int, border: list[int], seen: set[int]) -> Iterator[tuple[int, ...]]:
        if len(members) >= least:
            yield tuple(sorted(members))
        if len(members) == most:
            return
        for place, i in enumerate(border):
            if upper is not None and total + size[i] > upper:
                continue
            # nodes that come before `i` in the border are left out from here on, so that no set comes twice
            new = sorted(j for j in near[i] if j > members[0] and j not in seen)
            yield from grow((*members, i), total + size[i], [*border[place + 1 :], *new], seen | set(new))

    for first in nodes:
        if upper is None or size[first] <= upper:
            border = sorted(j for j in near.get(first, ()) if j > first)
            yield from grow((first,), size[first], border, {first, *border})

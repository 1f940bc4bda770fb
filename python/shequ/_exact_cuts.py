# SPDX-License-Identifier: BSD-3-Clause
"""Inequalities that whole-number solutions break where a part is torn or, by rounding, out of its bounds."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shequ._exact_groups import Groups

__all__ = ["Cut", "broken"]


@dataclass(frozen=True)
class Cut:
    """For every part: sum of coefficient * (1 where it holds the group) + `used` * (1 where it is used) >= `least`."""

    terms: tuple[tuple[int, int], ...]  # group, coefficient
    least: int
    used: int = 0


def _piece(groups: Groups, start: int, inside: set[int]) -> set[int]:
    """Return the nodes that hang together with `start` within `inside`."""
    found, queue = {start}, [start]
    while queue:
        for other in groups.touching[queue.pop()]:
            if other in inside and other not in found:
                found.add(other)
                queue.append(other)
    return found


def _reach(groups: Groups, start: int, barred: set[int]) -> dict[int, int]:
    """Return the least weight of a way from `start` that avoids the groups `barred`, for each node; Dijkstra."""
    weights, upper = groups.entry_weights, groups.columns[0][2]
    of_node = groups.of_node
    least = {start: weights[of_node[start]]}
    queue = [(least[start], start)]
    while queue:
        weight, node = heapq.heappop(queue)
        if weight > least[node]:
            continue
        for other in groups.touching[node]:
            if of_node[other] in barred:
                continue
            more = weight + (0 if of_node[other] == of_node[node] else weights[of_node[other]])
            if more <= upper and more < least.get(other, upper + 1):
                least[other] = more
                heapq.heappush(queue, (more, other))
    return least


def _separator(groups: Groups, a: int, b: int, piece: set[int]) -> list[int]:
    """Return groups one of which every part that holds the nodes a and b must hold: those around the piece of a.

    Least in that none can be left out: without it some way from a to b would keep the upper bound. H. Validi, A. Buchanan, E. Lykhovyd, "Imposing Contiguity Constraints in Political
    Districting Models", Operations Research 70, 2022, doi:10.1287/opre.2021.2141.
    """
    own = {groups.of_node[a], groups.of_node[b]}
    rim = {other for node in piece for other in groups.touching[node]} - piece
    barred = {groups.of_node[node] for node in rim} - own
    for group in sorted(barred, key=lambda number: (-groups.entry_weights[number], number)):
        if b not in _reach(groups, a, barred - {group}):
            barred.remove(group)
    return sorted(barred)


def _torn(groups: Groups, members: set[int]) -> list[Cut]:
    """Return cuts where the nodes of a part do not hang together."""
    cuts = []
    left = set(members)
    pieces = []
    while left:
        pieces.append(_piece(groups, min(left), left))
        left -= pieces[-1]
    weights = groups.columns[0][0]

    def heaviest(piece: set[int]) -> int:
        return max(piece, key=lambda node: (weights[groups.of_node[node]], -node))

    pieces.sort(key=lambda piece: (len(piece), min(piece)))
    goal = heaviest(pieces[-1])
    for piece in pieces[:-1]:
        start = heaviest(piece)
        ends = {groups.of_node[start], groups.of_node[goal]}
        between = _separator(groups, start, goal, piece)
        terms = [(group, -1) for group in sorted(ends)] + [(group, 1) for group in between]
        cuts.append(Cut(tuple(terms), 1 - len(ends)))
    return cuts


def broken(groups: Groups, parts: list[list[int]]) -> list[Cut]:
    """Return cuts that the parts, lists of groups, break, and no plan; empty where all hold."""
    cuts: list[Cut] = []
    for part in parts:
        for weights, lower, upper in groups.columns:
            total = sum(weights[group] for group in part)
            if total > upper:
                cuts.append(Cut(tuple((group, -1) for group in part), 1 - len(part)))
            elif total < lower:
                rest = set(range(groups.count)) - set(part)
                cuts.append(Cut(tuple((group, 1) for group in sorted(rest)), 0, -1))
        cuts += _torn(groups, {node for group in part for node in groups.nodes[group]})
    return cuts

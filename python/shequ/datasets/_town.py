# SPDX-License-Identifier: BSD-3-Clause
"""Divides the ground plan into communities: which blocks each has, how they are built, where the green is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shequ._core import Random
from shequ.datasets._lots import Edge, Lot, Style, cut_block, face_each_other
from shequ.datasets._terrain import Plan, Quad, pick

__all__ = ["STYLES", "Neighbourhood", "Town", "make_town"]

STYLES: dict[str, Style] = {
    style.name: style
    for style in (
        Style("lanes", 38.0, 46.0, (2, 3), (4, 6), 9.0, bars=2),
        Style("slabs", 45.0, 60.0, (5, 6), (4, 6), 12.0),
        Style("middle", 54.0, 60.0, (7, 11), (3, 4), 14.0),
        Style("towers", 68.0, 68.0, (17, 27), (3, 4), 25.0, square=True),
        Style("village", 47.0, 62.0, (2, 3), (8, 12), 10.0, bars=2),
        Style("office", 76.0, 84.0, (4, 12), (0, 0), 30.0),
    )
}
LEAST_LOTS, MOST_LOTS = 25, 115  # of a community, when blocks change hands or become parks
STREET_UP_TO_M = 22.0  # a wider gap between lots is a main road


@dataclass
class Neighbourhood:
    """A community in the making."""

    town: str  # key of _names.TOWNS
    style: str
    blocks: list[int] = field(default_factory=list)


@dataclass
class Town:
    """Everything on the ground: lots, how they touch, communities, green blocks."""

    lots: list[Lot]
    edges: list[tuple[Edge, str]]  # with what lies between: none, street, road, bridge, underpass
    neighbourhoods: list[Neighbourhood]
    parks: list[Quad]
    fields: list[Quad]


def _connected(lots: Sequence[int], neighbours: Sequence[Sequence[int]]) -> bool:
    if not lots:
        return False
    inside = set(lots)
    todo, seen = [lots[0]], {lots[0]}
    while todo:
        for other in neighbours[todo.pop()]:
            if other in inside and other not in seen:
                seen.add(other)
                todo.append(other)
    return len(seen) == len(inside)


def _neighbourhoods(rng: Random, plan: Plan) -> tuple[list[Neighbourhood], list[int]]:
    """Make a community of each superblock; also return the community of each block."""
    old = rng.below(2)  # the side where the old town lies
    rural_south = rng.below(2) == 0  # the whole south bank is one town, or its middle is built up as a subdistrict
    found: list[Neighbourhood] = []
    owner = [-1] * len(plan.blocks)
    for row, majors in enumerate(plan.majors):
        last = len(majors) - 2
        for k, (first, end) in enumerate(pairwise(majors)):
            centre = 0.5 * (first + end)
            if row == 0:
                edge = k in (0, last)
                town = "rural" if edge or rural_south else "south"
                style = "village" if edge else pick(rng, ("slabs", "middle", "towers"))
            elif row == 3:
                town = "north"
                style = "office" if k == last else pick(rng, ("slabs", "slabs", "middle"))
            else:
                town = "west" if centre < plan.bridges[0] + 2.6 else "east"
                in_old = (centre < 6.0) == (old == 0)
                style = pick(rng, ("lanes", "lanes", "slabs") if in_old else ("middle", "towers", "middle", "slabs"))
                if style == "lanes" and end - first > 2:
                    style = "slabs"  # lanes are dense: a community of them is small
            for number, block in enumerate(plan.blocks):
                if block.row == row and first <= block.cell < end:
                    owner[number] = len(found)
            found.append(Neighbourhood(town, style))
    return found, owner


def _passages(plan: Plan, lots: Sequence[Lot]) -> list[tuple[Edge, str]]:
    """Join the lots at both ends of each bridge and underpass, those west of the road and those east of it."""
    at: dict[tuple[int, int, bool, bool], int] = {}  # row of cells, cell, at its top, at its east -> corner lot
    for number, lot in enumerate(lots):
        block = plan.blocks[lot.block]
        row, rows, column, columns = lot.place
        for top in (False, True):
            for east in (False, True):
                if (
                    block.piece == (block.pieces - 1 if top else 0)
                    and row == (rows - 1 if top else 0)
                    and column == (columns - 1 if east else 0)
                ):
                    at[block.row, block.cell, top, east] = number
    found = []
    for below, crossings, kind in ((0, plan.bridges, "bridge"), (2, plan.underpasses, "underpass")):
        for i in crossings:
            for cell, east in ((i - 1, True), (i, False)):
                ends = sorted((at[below, cell, True, east], at[below + 1, cell, False, east]))
                found.append((Edge(ends[0], ends[1], 12.0, 0.0), kind))
    return found


class _Map:
    """Blocks, their communities, and whether a change leaves each community in one piece."""

    def __init__(self, lots: Sequence[Lot], edges: Sequence[tuple[Edge, str]], owner: list[int]) -> None:
        self.owner = owner
        self.members: dict[int, list[int]] = {}
        for number, lot in enumerate(lots):
            self.members.setdefault(lot.block, []).append(number)
        self.neighbours: list[list[int]] = [[] for _ in lots]
        self.touching: dict[int, set[int]] = {block: set() for block in self.members}
        for edge, kind in edges:
            self.neighbours[edge.a].append(edge.b)
            self.neighbours[edge.b].append(edge.a)
            a, b = lots[edge.a].block, lots[edge.b].block
            if a != b and kind in ("street", "road"):
                self.touching[a].add(b)
                self.touching[b].add(a)

    def blocks_of(self, community: int) -> list[int]:
        return [block for block, owner in enumerate(self.owner) if owner == community]

    def size(self, community: int) -> int:
        return sum(len(self.members[block]) for block in self.blocks_of(community))

    def whole(self, community: int) -> bool:
        lots = [lot for block in self.blocks_of(community) for lot in self.members[block]]
        return _connected(lots, self.neighbours)

    def give(self, block: int, community: int) -> bool:
        """Hand a block to another community, or to none (-1), unless that tears one apart."""
        before = self.owner[block]
        self.owner[block] = community
        if self.whole(before) and (community < 0 or self.whole(community)):
            return True
        self.owner[block] = before
        return False


def _swap_blocks(rng: Random, plan: Plan, ground: _Map, kinds: Sequence[Neighbourhood]) -> set[int]:
    """Make borders less regular; return the blocks that must stay built: those at bridges and underpasses."""
    at = {(b.row, b.cell, b.piece == 0, b.piece == b.pieces - 1): k for k, b in enumerate(plan.blocks)}

    def end(row: int, cell: int, top: bool) -> int:
        return next(k for (r, c, low, high), k in at.items() if r == row and c == cell and (high if top else low))

    kept = set()
    for below, crossings in ((0, plan.bridges), (2, plan.underpasses)):
        for i in crossings:
            kept |= {end(below, cell, True) for cell in (i - 1, i)}
            kept |= {end(below + 1, cell, False) for cell in (i - 1, i)}
    # One community lies on both sides of the river and one on both sides of the railway, each joined by its passage.
    bridge, side = pick(rng, plan.bridges), rng.below(2)
    south, north = end(0, bridge - side, True), end(1, bridge - side, False)
    ground.give(south, ground.owner[north])
    way = plan.underpasses[1]
    ground.give(end(3, way - side, False), ground.owner[end(2, way - side, True)])
    mixed = {south, end(3, way - side, False)}
    for block in range(len(plan.blocks)):
        if rng.below(5) or block in mixed:
            continue
        here = ground.owner[block]
        others = sorted({ground.owner[other] for other in ground.touching[block]} - {here})
        others = [other for other in others if kinds[other].town == kinds[here].town
                  and {kinds[other].style, kinds[here].style}.isdisjoint(("village", "office"))]  # fmt: skip
        if others and len(ground.blocks_of(here)) > 4:
            target = pick(rng, others)
            moved = len(ground.members[block])
            if ground.size(target) + moved <= MOST_LOTS and ground.size(here) - moved >= LEAST_LOTS:
                ground.give(block, target)
    return kept


def make_town(rng: Random, plan: Plan) -> Town:
    """Divide the plan into communities and cut their blocks into lots; every community is in one piece."""
    kinds, owner = _neighbourhoods(rng, plan)
    lots: list[Lot] = []
    inner: list[Edge] = []
    for number, land in enumerate(plan.blocks):
        new, borders = cut_block(rng, land, number, STYLES[kinds[owner[number]].style], len(lots))
        lots += new
        inner += borders
    edges = [(edge, "none") for edge in inner]
    edges += [(edge, "street" if edge.gap_m <= STREET_UP_TO_M else "road") for edge in face_each_other(lots)]
    edges += _passages(plan, lots)
    ground = _Map(lots, edges, owner)
    kept = _swap_blocks(rng, plan, ground, kinds)
    parks: list[Quad] = []
    fields: list[Quad] = []
    for number, kind in enumerate(kinds):
        blocks = [block for block in ground.blocks_of(number) if block not in kept]
        shuffled = sorted(blocks, key=lambda _: rng.bits())
        green = len(ground.blocks_of(number)) // 4 if kind.style == "village" else int(rng.below(3) == 0)
        for block in shuffled:
            left = ground.size(number) - len(ground.members[block])
            wanted = green > 0 or ground.size(number) > MOST_LOTS
            if wanted and left >= LEAST_LOTS and len(ground.blocks_of(number)) > 3 and ground.give(block, -1):
                (fields if kind.style == "village" else parks).append(plan.blocks[block].land)
                green -= 1
        kind.blocks = ground.blocks_of(number)
    used = [number for number, lot in enumerate(lots) if ground.owner[lot.block] >= 0]
    place = {number: k for k, number in enumerate(used)}
    kept_edges = [
        (Edge(place[edge.a], place[edge.b], edge.length_m, edge.gap_m), kind)
        for edge, kind in edges
        if edge.a in place and edge.b in place
    ]
    return Town([lots[number] for number in used], kept_edges, kinds, parks, fields)

# SPDX-License-Identifier: BSD-3-Clause
"""Cuts street blocks into building lots and finds which lots border on or face each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

from shequ._core import Random
from shequ.datasets._terrain import Block, Point, Quad, mix, uniform

__all__ = ["Edge", "Lot", "Style", "cut_block", "face_each_other", "footprints"]

FACING_M = 40.0  # widest street across which two lots face each other
LEAST_FACING_M = 4.0


@dataclass(frozen=True)
class Style:
    """How a neighbourhood is built; lengths in metres, ranges with both ends."""

    name: str
    depth_m: float
    width_m: float
    floors: tuple[int, int]
    homes: tuple[int, int]  # dwellings a floor; in a village: houses a lot
    bar_m: float  # depth of a building
    bars: int = 1  # buildings in a row behind each other
    square: bool = False  # point block


@dataclass
class Lot:
    """A building lot: the smallest piece that a grid is made of."""

    block: int
    corners: Quad
    ring: list[Point]  # counter-clockwise, with the corners of neighbours that lie on its sides
    sides: list[tuple[Point, Point]] = field(default_factory=list)  # on the edge of the block, counter-clockwise
    place: tuple[int, int, int, int] = (0, 0, 0, 0)  # row, rows, column, columns


@dataclass(frozen=True)
class Edge:
    """Two lots that touch or face each other."""

    a: int
    b: int
    length_m: float
    gap_m: float  # 0: common border


def _length(p: Point, q: Point) -> float:
    return sqrt((q[0] - p[0]) * (q[0] - p[0]) + (q[1] - p[1]) * (q[1] - p[1]))


def _cuts(rng: Random, count: int, stray: float) -> list[float]:
    inner = [(k + uniform(rng, -stray, stray)) / count for k in range(1, count)]
    return [0.0, *inner, 1.0]


def cut_block(rng: Random, block: Block, number: int, style: Style, first: int) -> tuple[list[Lot], list[Edge]]:
    """Cut block `number` into lots, which are numbered from `first`, and list their common borders."""
    p00, p10, p11, p01 = block.land
    height = 0.5 * (_length(p00, p01) + _length(p10, p11))
    width = 0.5 * (_length(p00, p10) + _length(p01, p11))
    rows = max(1, int(height / style.depth_m + 0.5))
    t = _cuts(rng, rows, 0.12)
    s = [_cuts(rng, max(1, int(width / style.width_m + uniform(rng, 0.2, 0.8))), 0.16) for _ in range(rows)]

    def at(x: float, line: int) -> Point:
        return mix(mix(p00, p01, t[line]), mix(p10, p11, t[line]), x)

    on_line = [sorted({*(s[k - 1] if k > 0 else ()), *(s[k] if k < rows else ())}) for k in range(rows + 1)]
    lots: list[Lot] = []
    edges: list[Edge] = []
    starts = [first]
    for row in range(rows):
        starts.append(starts[-1] + len(s[row]) - 1)
    for row in range(rows):
        columns = len(s[row]) - 1
        for column in range(columns):
            low, high = s[row][column], s[row][column + 1]
            corners = (at(low, row), at(high, row), at(high, row + 1), at(low, row + 1))
            ring = [at(x, row) for x in on_line[row] if low <= x <= high]
            ring += [at(x, row + 1) for x in reversed(on_line[row + 1]) if low <= x <= high]
            lot = Lot(number, corners, ring, place=(row, rows, column, columns))
            outside = (row == 0, column == columns - 1, row == rows - 1, column == 0)
            lot.sides = [(corners[k], corners[(k + 1) % 4]) for k in range(4) if outside[k]]
            lots.append(lot)
            me = starts[row] + column
            if column + 1 < columns:
                edges.append(Edge(me, me + 1, _length(corners[1], corners[2]), 0.0))
            if row + 1 < rows:
                line = _length(at(0.0, row + 1), at(1.0, row + 1))
                for other in range(len(s[row + 1]) - 1):
                    common = min(high, s[row + 1][other + 1]) - max(low, s[row + 1][other])
                    if common * line > 0.5:  # a shared corner is no border
                        edges.append(Edge(me, starts[row + 1] + other, common * line, 0.0))
    return lots, edges


def _facing(p: Point, q: Point, u: Point, v: Point) -> tuple[float, float]:
    """Return the length along which side (u, v) faces side (p, q), and the width of the street between them."""
    length, other = _length(p, q), _length(u, v)
    dx, dy = (q[0] - p[0]) / length, (q[1] - p[1]) / length
    if (dx * (v[0] - u[0]) + dy * (v[1] - u[1])) / other > -0.9:
        return 0.0, 0.0
    gap = dy * (0.5 * (u[0] + v[0]) - p[0]) - dx * (0.5 * (u[1] + v[1]) - p[1])  # along the outward normal
    if not 0.0 < gap <= FACING_M:
        return 0.0, 0.0
    low = dx * (v[0] - p[0]) + dy * (v[1] - p[1])
    high = dx * (u[0] - p[0]) + dy * (u[1] - p[1])
    return min(length, high) - max(0.0, low), gap


def face_each_other(lots: Sequence[Lot]) -> list[Edge]:
    """List the lots of different blocks that face each other across a street or road."""
    by_block: dict[int, list[int]] = {}
    for number, lot in enumerate(lots):
        by_block.setdefault(lot.block, []).append(number)
    boxes = {}
    for block, members in by_block.items():
        points = [point for member in members for point in lots[member].corners]
        boxes[block] = (min(p[0] for p in points), min(p[1] for p in points),
                        max(p[0] for p in points), max(p[1] for p in points))  # fmt: skip
    numbers = sorted(by_block)
    edges = []
    for i, a in enumerate(numbers):
        west, south, east, north = boxes[a]
        for b in numbers[i + 1 :]:
            box = boxes[b]
            if (box[0] > east + FACING_M or box[2] < west - FACING_M
                    or box[1] > north + FACING_M or box[3] < south - FACING_M):  # fmt: skip
                continue
            for one in by_block[a]:
                for two in by_block[b]:
                    found = [_facing(*side, *seen) for side in lots[one].sides for seen in lots[two].sides]
                    length, gap = max(found, default=(0.0, 0.0))
                    if length >= LEAST_FACING_M:
                        edges.append(Edge(one, two, length, gap))
    return edges


def footprints(rng: Random, lot: Lot, style: Style, houses: int = 0) -> list[Quad]:
    """Place the buildings of a lot: bars in rows, a point block, or `houses` small houses."""
    c00, c10, c11, c01 = lot.corners
    width = 0.5 * (_length(c00, c10) + _length(c01, c11))
    depth = 0.5 * (_length(c00, c01) + _length(c10, c11))

    def at(x: float, y: float) -> Point:
        return mix(mix(c00, c01, y), mix(c10, c11, y), x)

    def box(x0: float, x1: float, y0: float, y1: float) -> Quad:
        return (at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1))

    if style.square:
        half_x, half_y = 0.5 * style.bar_m / width, 0.5 * style.bar_m / depth
        x, y = uniform(rng, 0.42, 0.58), uniform(rng, 0.45, 0.55)
        return [box(x - half_x, x + half_x, y - half_y, y + half_y)]
    thick = min(style.bar_m / depth, 0.8 / style.bars)
    space = (1.0 - style.bars * thick) / (style.bars + 1)
    found = []
    for bar in range(style.bars):
        y0 = space + bar * (thick + space)
        left, right = uniform(rng, 0.07, 0.12), uniform(rng, 0.88, 0.93)
        if houses == 0:
            found.append(box(left, right, y0, y0 + thick))
            continue
        share = (houses + style.bars - 1 - bar) // style.bars
        for house in range(share):
            x0 = left + (right - left) * house / share
            x1 = left + (right - left) * (house + uniform(rng, 0.76, 0.88)) / share
            found.append(box(x0, x1, y0, y0 + thick * uniform(rng, 0.85, 1.0)))
    return found

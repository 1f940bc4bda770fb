# SPDX-License-Identifier: BSD-3-Clause
"""Ground plan of the sample district: a river, a railway, main roads and street blocks.

The plan is a lattice of crossings bent by the river: four rows of cells between seven lines from west to east. Cells are
cut into blocks by local streets; each block is a convex quadrilateral set back from the middle of its streets. Only
addition, multiplication, division and square roots are used, which IEEE 754 fixes to the last bit, so that every
platform draws the same plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TypeVar

from shequ._core import Random

__all__ = ["Block", "Plan", "Point", "Quad", "make_plan", "mix", "pick", "uniform"]

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]  # counter-clockwise from the lower left
T = TypeVar("T")

CELLS = 12  # cells in a row
ROWS = ((0, 1), (2, 3), (3, 4), (5, 6))  # lower and upper line of each row of cells
RIVER_CLEARANCE_M = 28.0  # from the water to the line of the riverside road
RAIL_HALF_WIDTH_M = 20.0
MAIN_M, STREET_M, SIDE_M = 15.0, 6.5, 8.0  # half widths: main road, local street, road along river and railway


def uniform(rng: Random, low: float, high: float) -> float:
    """Draw a number from low to high."""
    return low + (high - low) * rng.unit()


def pick(rng: Random, items: Sequence[T]) -> T:
    """Draw one of the items."""
    return items[rng.below(len(items))]


def mix(a: Point, b: Point, t: float) -> Point:
    """Return the point a fraction `t` of the way from `a` to `b`."""
    return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))


@dataclass(frozen=True)
class Block:
    """A street block: where it lies in the lattice and its building land."""

    row: int
    cell: int
    piece: int  # from the south
    pieces: int  # blocks in this cell
    land: Quad


@dataclass(frozen=True)
class Plan:
    """The ground plan in metres, before it is turned."""

    crossings: list[list[Point]]  # per line: its points from west to east
    majors: list[list[int]]  # per row: the crossings whose north-south street is a main road
    blocks: list[Block]
    bridges: list[int]  # crossings with a bridge over the river, between lines 1 and 2
    underpasses: list[int]  # crossings with a way below the railway, between lines 4 and 5
    river: list[Point]  # ring of the water's edge
    railway: list[Point]  # middle of the tracks


def _curve(values: Sequence[float], step: float, x: float) -> tuple[float, float]:
    """Evaluate a Catmull-Rom spline through `values`, `step` metres apart, at `x`: value and slope.

    The second value lies at x = -`step`.
    """
    position = min(max(x / step + 2.0, 1.0), len(values) - 2.0 - 1e-9)
    i = int(position)
    t = position - i
    p0, p1, p2, p3 = values[i - 1 : i + 3]
    a, b, c = 2 * p0 - 5 * p1 + 4 * p2 - p3, 3 * (p1 - p2) + p3 - p0, p2 - p0
    value = p1 + 0.5 * t * (c + t * (a + t * b))
    slope = 0.5 * (c + t * (2 * a + 3 * t * b)) / step
    return value, slope


def _bends(rng: Random, count: int, least: float, most: float) -> list[float]:
    """Draw bends to either side in turn, some of them slight, so that the curve winds without a fixed beat."""
    side = 1.0 if rng.below(2) else -1.0
    slight = rng.below(3)
    return [
        side * (1.0 if i % 2 else -1.0) * uniform(rng, least, most) * (0.25 if i % 3 == slight else 1.0)
        for i in range(count)
    ]


def _inset(corners: Quad, distances: tuple[float, float, float, float]) -> Quad:
    """Move each side (bottom, right, top, left) inwards by its distance."""
    lines = []
    for i in range(4):
        (x0, y0), (x1, y1) = corners[i], corners[(i + 1) % 4]
        dx, dy = x1 - x0, y1 - y0
        length = sqrt(dx * dx + dy * dy)
        nx, ny = -dy / length, dx / length
        lines.append((nx, ny, nx * x0 + ny * y0 + distances[i]))

    def meet(i: int, j: int) -> Point:
        (a, b, c), (d, e, f) = lines[i], lines[j]
        det = a * e - b * d
        return ((c * e - b * f) / det, (a * f - c * d) / det)

    return (meet(3, 0), meet(0, 1), meet(1, 2), meet(2, 3))


def _split(rng: Random, length: int) -> list[int]:
    """Split a run of cells into pieces of two or three."""
    if length <= 3:
        return [length]
    first = 2 if length in (4, 5) and rng.below(2) else 2 + rng.below(2)
    if length - first == 1:
        first = 2
    return [first, *_split(rng, length - first)]


def _majors(rng: Random, fixed: Sequence[int]) -> list[int]:
    stops = sorted({0, CELLS, *fixed})
    found = [0]
    for low, high in pairwise(stops):
        for length in _split(rng, high - low):
            found.append(found[-1] + length)
    return found


def _lines(rng: Random, bridges: Sequence[int], underpasses: Sequence[int]) -> tuple[Plan, list[list[Point]]]:
    widths = [uniform(rng, 178.0, 262.0) for _ in range(CELLS)]
    xs = [0.0]
    for width in widths:
        xs.append(xs[-1] + width)
    step = 500.0
    count = int(xs[-1] / step) + 6
    bends = _bends(rng, count, 75.0, 150.0)
    rail_bends = _bends(rng, count, 8.0, 40.0)
    edge_bends = [uniform(rng, -45.0, 45.0) for _ in range(count)]
    swell = [uniform(rng, 43.0, 62.0) for _ in range(count)]
    tilt = uniform(rng, -0.05, 0.05)

    def river(x: float) -> tuple[float, float, float]:
        """Return middle and half width of the river, the latter measured along y."""
        y, slope = _curve(bends, step, x)
        return 545.0 + y, _curve(swell, step, x)[0], sqrt(1.0 + slope * slope)

    def rail(x: float) -> float:
        return 1535.0 + 0.25 * _curve(bends, step, x)[0] + _curve(rail_bends, step, x)[0] + tilt * (x - 0.5 * xs[-1])

    def line(number: int, x: float) -> float:
        middle, half, stretch = river(x)
        bank = (half + RIVER_CLEARANCE_M) * stretch
        if number == 0:
            return 0.45 * (middle - 545.0) + _curve(edge_bends, step, x)[0] - 30.0
        if number == 1:
            return middle - bank
        if number == 2:
            return middle + bank
        if number == 3:
            return 0.5 * (middle + bank + rail(x) - RAIL_HALF_WIDTH_M) + 0.3 * _curve(edge_bends, step, x)[0]
        if number == 4:
            return rail(x) - RAIL_HALF_WIDTH_M
        if number == 5:
            return rail(x) + RAIL_HALF_WIDTH_M
        return rail(x) + 425.0 - 0.8 * _curve(edge_bends, step, x)[0]

    own = {0: 34.0, 1: 34.0, 2: 16.0, 3: 16.0, 4: 16.0, 5: 34.0, 6: 30.0}  # how far crossings stray from their column
    crossings = []
    for number in range(7):
        points = []
        for i, x0 in enumerate(xs):
            stray = 75.0 if i in (0, CELLS) and number in (0, 3, 6) else own[number]
            x = x0 + uniform(rng, -stray, stray)
            if (number in (1, 2) and i in bridges) or (number in (4, 5) and i in underpasses):
                x = x0  # road and passage are in line
            if i in (0, CELLS) and number in (1, 2, 4, 5):
                x = x0
            points.append((x, line(number, x)))
        crossings.append(points)
    steps = [-400.0 + 20.0 * k for k in range(int((xs[-1] + 800.0) / 20.0) + 1)]
    north, south = [], []
    for x in steps:
        middle, half, stretch = river(x)
        south.append((x, middle - half * stretch))
        north.append((x, middle + half * stretch))
    track = [(x, rail(x)) for x in steps]
    plan = Plan(crossings, [], [], list(bridges), list(underpasses), south + north[::-1], track)
    return plan, crossings


def _cell_cuts(rng: Random, cells: int) -> list[list[tuple[float, float]]]:
    """Draw where local streets cut the cells of a superblock: per cell, (left, right) fractions of its height."""
    pieces = 2 if rng.below(3) else 3
    through = [[k / pieces + uniform(rng, -0.06, 0.06) for k in range(1, pieces)] for _ in range(cells + 1)]
    cuts = []
    for cell in range(cells):
        if rng.below(3) == 0:  # a street of its own, which ends at both sides
            count = 5 - pieces
            cuts.append(
                [
                    (k / count + uniform(rng, -0.05, 0.05), k / count + uniform(rng, -0.05, 0.05))
                    for k in range(1, count)
                ]
            )
        else:
            cuts.append(list(zip(through[cell], through[cell + 1], strict=True)))
    return cuts


def make_plan(rng: Random) -> Plan:
    """Draw a ground plan: about 2.6 km by 2 km, in metres, the river from west to east."""
    bridges = [3 + rng.below(2), 8 + rng.below(2)]
    underpasses = [2, 6 + rng.below(2), 10]
    plan, crossings = _lines(rng, bridges, underpasses)
    fixed = [bridges, [*bridges], [*bridges], underpasses]
    for row, (low, high) in enumerate(ROWS):
        majors = _majors(rng, fixed[row])
        plan.majors.append(majors)
        lower, upper = crossings[low], crossings[high]
        low_m = MAIN_M if low == 3 else SIDE_M
        high_m = MAIN_M if high == 3 else SIDE_M
        for first, last in pairwise(majors):
            for k, cuts in enumerate(_cell_cuts(rng, last - first)):
                i = first + k
                sides = [(0.0, 0.0), *cuts, (1.0, 1.0)]
                for piece in range(len(sides) - 1):
                    (a0, b0), (a1, b1) = sides[piece], sides[piece + 1]
                    corners = (
                        mix(lower[i], upper[i], a0),
                        mix(lower[i + 1], upper[i + 1], b0),
                        mix(lower[i + 1], upper[i + 1], b1),
                        mix(lower[i], upper[i], a1),
                    )
                    distances = (
                        low_m if piece == 0 else STREET_M,
                        MAIN_M if i + 1 in majors else STREET_M,
                        high_m if piece == len(cuts) else STREET_M,
                        MAIN_M if i in majors else STREET_M,
                    )
                    plan.blocks.append(Block(row, i, piece, len(sides) - 1, _inset(corners, distances)))
    return plan

# SPDX-License-Identifier: BSD-3-Clause
"""Delaunay triangles of points, by their sides.

Source: C. L. Lawson, Software for C1 surface interpolation, in: J. R. Rice (ed.), Mathematical Software III, Academic Press
(1977), on flips; J. R. Shewchuk, Adaptive precision floating-point arithmetic and fast robust geometric predicates, Discrete
& Computational Geometry 18 (1997), doi:10.1007/PL00009321, on the error of the test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shequ.geo._order import stable_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Triangles", "following", "preceding", "triangulate"]

#: A point this share of a radius, squared, inside of a circle is looked at more closely.
_DOUBT = 1e-10
#: The determinant that tells whether a point lies in a circle is off by less than this share of the sum of its terms.
_ROUNDING = 2e-15


def following(side: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the next side of the same triangle, counter-clockwise: 0, 1, 2 are the sides of the first one, and so on."""
    return np.where(side % 3 == 2, side - 2, side + 1)


def preceding(side: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the side of the same triangle before a side."""
    return np.where(side % 3 == 0, side + 2, side - 1)


@dataclass(frozen=True, eq=False)
class Triangles:
    """Triangles as sides, three each, which run around them counter-clockwise.

    Parameters
    ----------
    start, end : ndarrays of int64, shape (3 * t,)
        Points of each side.
    twin : ndarray of int64, shape (3 * t,)
        The same side of the triangle beyond; -1 on the outline.
    middles : ndarray of float64, shape (t, 2)
        Middles of the circles through the corners.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    twin: NDArray[np.int64]
    middles: NDArray[np.float64]

    @classmethod
    def of_corners(cls, points: NDArray[np.float64], corners: NDArray[np.int64]) -> Triangles:
        """Take triangles by their corners, counter-clockwise, shape (t, 3)."""
        start, end = corners.ravel(), corners[:, [1, 2, 0]].ravel()
        key = np.minimum(start, end) * len(points) + np.maximum(start, end)
        order = stable_order(key)
        key = key[order]
        twice = np.flatnonzero(key[1:] == key[:-1])
        one, two = order[twice], order[twice + 1]
        twin = np.full(len(start), -1)
        twin[one], twin[two] = two, one
        a = points[corners[:, 0]]
        (b_x, b_y), (c_x, c_y) = (points[corners[:, 1]] - a).T, (points[corners[:, 2]] - a).T
        b_b, c_c = b_x * b_x + b_y * b_y, c_x * c_x + c_y * c_y
        with np.errstate(divide="ignore", invalid="ignore"):  # a flat triangle is none of Delaunay, and mended
            half = 0.5 / (b_x * c_y - b_y * c_x)
            to = np.stack([(c_y * b_b - b_y * c_c) * half, (b_x * c_c - c_x * b_b) * half], axis=1)
        return cls(start, end, twin, a + to)

    def doubtful(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the sides beyond which a corner lies in the circle of the triangle, or all but does; one of two twins."""
        side = np.flatnonzero(self.twin > np.arange(len(self.twin)))
        middle = self.middles[side // 3]
        radius, away = points[self.start[side]] - middle, points[self.end[following(self.twin[side])]] - middle
        square = (radius * radius).sum(axis=1)
        with np.errstate(invalid="ignore"):
            doubtful: NDArray[np.int64] = side[~((away * away).sum(axis=1) >= (1.0 - _DOUBT) * square)]
        return doubtful


def _in_circle(points: list[list[float]], a: int, b: int, c: int, d: int) -> bool:
    """Tell whether d lies in the circle of a, b, c, counter-clockwise, beyond rounding."""
    x, y = points[d]
    at = [(points[k][0] - x, points[k][1] - y) for k in (a, b, c)]
    total = terms = 0.0
    for k in range(3):
        one, two, three = at[k], at[k - 2], at[k - 1]
        plus, minus = two[0] * three[1], two[1] * three[0]
        square = one[0] * one[0] + one[1] * one[1]
        total += square * (plus - minus)
        terms += square * (abs(plus) + abs(minus))
    return total > _ROUNDING * terms


def _flipped(points: NDArray[np.float64], found: Triangles, doubtful: NDArray[np.int64]) -> NDArray[np.int64]:
    """Turn sides round until no circle holds another point, beginning with the doubtful ones; return corners."""
    places = points.tolist()
    off = dict(zip(zip(found.start.tolist(), found.end.tolist(), strict=True),
                   np.roll(found.end.reshape(-1, 3), -1, axis=1).ravel().tolist(), strict=True))  # fmt: skip
    open_ = list(zip(found.start[doubtful].tolist(), found.end[doubtful].tolist(), strict=True))
    while open_:
        a, b = open_.pop()
        c, d = off.get((a, b)), off.get((b, a))
        if c is None or d is None or not _in_circle(places, a, b, c, d):
            continue
        del off[a, b], off[b, a]
        off[a, d], off[d, c], off[c, a] = c, a, d
        off[d, b], off[b, c], off[c, d] = c, d, b
        open_ += [(a, d), (d, b), (b, c), (c, a)]
    # Each triangle once, by its lowest corner.
    return np.array(sorted((a, b, c) for (a, b), c in off.items() if a < b and a < c), dtype=np.int64)


def _index_of(points: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return which of the points, no two alike, lies at each place; `at` has shape (..., 2)."""
    by_x = np.argsort(points[:, 0])
    x = points[by_x, 0]
    if (x[1:] > x[:-1]).all():
        found: NDArray[np.int64] = by_x[np.searchsorted(x, at[..., 0])]
        return found
    # Complex numbers are in the order of x, and of y where x is the same; they take several times as long.
    both, wanted = (np.ascontiguousarray(places).view(np.complex128)[..., 0] for places in (points, at))
    order = np.argsort(both)
    return order[np.searchsorted(both[order], wanted)]


def triangulate(points: NDArray[np.float64]) -> Triangles:
    """Return the Delaunay triangles of points.

    GEOS, which makes them, holds the outline convex while it adds points from west to east, and leaves some triangles behind
    whose circles hold other points. Those are mended here.

    Parameters
    ----------
    points : ndarray of float64, shape (p, 2)
        No two alike. Three or more, not on one line.
    """
    import shapely

    made = shapely.delaunay_triangles(shapely.linestrings(points))
    at = shapely.get_coordinates(made).reshape(-1, 4, 2)[:, :3]
    corners = _index_of(points, at)
    b, c = at[:, 1] - at[:, 0], at[:, 2] - at[:, 0]
    if (b[:, 0] * c[:, 1] - b[:, 1] * c[:, 0]).sum() < 0.0:
        corners = corners[:, ::-1]
    found = Triangles.of_corners(points, corners)
    doubtful = found.doubtful(points)
    return found if not len(doubtful) else Triangles.of_corners(points, _flipped(points, found, doubtful))

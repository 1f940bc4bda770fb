# SPDX-License-Identifier: BSD-3-Clause
"""Delaunay triangles of points by number, and the sides between them.

Source: C. L. Lawson, Software for C1 surface interpolation, in: J. R. Rice (ed.), Mathematical Software III, Academic Press
(1977), on flips; J. R. Shewchuk, Adaptive precision floating-point arithmetic and fast robust geometric predicates, Discrete
& Computational Geometry 18 (1997), doi:10.1007/PL00009321, on the error of the test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Sides", "sides_of_triangles", "triangulate"]

#: The determinant that tells whether a point lies in a circle is off by less than this share of the sum of its terms.
_ROUNDING = 2e-15


class Sides(NamedTuple):
    """Sides between two triangles: arrays of the same length, int64.

    `start` and `end` are points, `left` and `right` triangles, `ahead` and `behind` their corners off the side.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    ahead: NDArray[np.int64]
    behind: NDArray[np.int64]


def sides_of_triangles(corners: NDArray[np.int64]) -> Sides:
    """Return the sides that two triangles share; `corners` counter-clockwise, shape (t, 3)."""
    start, end = corners.ravel(), corners[:, [1, 2, 0]].ravel()
    off = corners[:, [2, 0, 1]].ravel()
    key = np.minimum(start, end) * (int(corners.max()) + 1) + np.maximum(start, end)
    order = np.argsort(key)
    twice = np.flatnonzero(key[order[1:]] == key[order[:-1]])
    one, two = order[twice], order[twice + 1]
    return Sides(start[one], end[one], one // 3, two // 3, off[one], off[two])


def _in_circle(points: NDArray[np.float64], sides: Sides) -> NDArray[np.bool_]:
    """Tell the sides where the corner on the right lies in the circle of the triangle on the left, beyond rounding."""
    a, b, c = (points[corner] - points[sides.behind] for corner in (sides.start, sides.end, sides.ahead))
    total, terms = np.zeros(len(a)), np.zeros(len(a))
    for one, two, three in ((a, b, c), (b, c, a), (c, a, b)):
        plus, minus = two[:, 0] * three[:, 1], two[:, 1] * three[:, 0]
        square = (one * one).sum(axis=1)
        total += square * (plus - minus)
        terms += square * (np.abs(plus) + np.abs(minus))
    return total > _ROUNDING * terms


def _flipped(points: NDArray[np.float64], corners: NDArray[np.int64], sides: Sides) -> NDArray[np.int64]:
    """Turn sides round until no circle of a triangle holds another point, beginning with `sides`."""
    off = {}
    for a, b, c in corners.tolist():
        off[a, b], off[b, c], off[c, a] = c, a, b
    open_ = list(zip(sides.start.tolist(), sides.end.tolist(), strict=True))
    while open_:
        a, b = open_.pop()
        c, d = off.get((a, b)), off.get((b, a))
        if c is None or d is None:
            continue
        one = [np.array([k]) for k in (a, b, 0, 0, c, d)]
        if not _in_circle(points, Sides(*one))[0]:
            continue
        del off[a, b], off[b, a]
        off[a, d], off[d, c], off[c, a] = c, a, d
        off[d, b], off[b, c], off[c, d] = c, d, b
        open_ += [(a, d), (d, b), (b, c), (c, a)]
    # Each triangle once, by its lowest corner.
    return np.array(sorted((a, b, c) for (a, b), c in off.items() if a < b and a < c), dtype=np.int64)


def triangulate(points: NDArray[np.float64]) -> tuple[NDArray[np.int64], Sides]:
    """Return the corners of the Delaunay triangles of points, counter-clockwise, shape (t, 3), and the sides between them.

    GEOS, which makes them, holds the outline convex while it adds points from west to east, and leaves some triangles behind
    whose circles hold other points. Those are mended here.

    Parameters
    ----------
    points : ndarray of float64, shape (p, 2)
        No two with the same x. Three or more, not on one line.
    """
    import shapely

    found = shapely.delaunay_triangles(shapely.linestrings(points))
    at = shapely.get_coordinates(found).reshape(-1, 4, 2)[:, :3]
    by_x = np.argsort(points[:, 0])
    corners: NDArray[np.int64] = by_x[np.searchsorted(points[by_x, 0], at[:, :, 0])]
    b, c = at[:, 1] - at[:, 0], at[:, 2] - at[:, 0]
    if (b[:, 0] * c[:, 1] - b[:, 1] * c[:, 0]).sum() < 0.0:
        corners = corners[:, ::-1]
    sides = sides_of_triangles(corners)
    wrong = _in_circle(points, sides)
    if not wrong.any():
        return corners, sides
    corners = _flipped(points, corners, Sides(*(values[wrong] for values in sides)))
    return corners, sides_of_triangles(corners)

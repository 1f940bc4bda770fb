# SPDX-License-Identifier: BSD-3-Clause
"""The smallest circle around points, exact."""

from __future__ import annotations

from fractions import Fraction
from random import Random

__all__ = ["squared_radius"]

Point = tuple[int, int]
Circle = tuple[Fraction, Fraction, Fraction]  # centre and squared radius


def _holds(circle: Circle, point: Point) -> bool:
    x, y, squared = circle
    return (point[0] - x) ** 2 + (point[1] - y) ** 2 <= squared


def _between(a: Point, b: Point) -> Circle:
    return (
        Fraction(a[0] + b[0], 2),
        Fraction(a[1] + b[1], 2),
        Fraction((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2, 4),
    )


def _through(a: Point, b: Point, c: Point) -> Circle | None:
    """Return the circle through three points; None where they lie on one line."""
    bx, by, cx, cy = b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]
    twice = 2 * (bx * cy - by * cx)
    if twice == 0:
        return None
    x = Fraction(cy * (bx**2 + by**2) - by * (cx**2 + cy**2), twice)
    y = Fraction(bx * (cx**2 + cy**2) - cx * (bx**2 + by**2), twice)
    return a[0] + x, a[1] + y, x**2 + y**2


def squared_radius(points: list[Point]) -> Fraction:
    """Return the squared radius of the smallest circle around points, 0 where they are one.

    Points are taken in turn; one outside of the circle so far lies on the rim of the next.

    References
    ----------
    E. Welzl, "Smallest Enclosing Disks (Balls and Ellipsoids)", New Results and New Trends in Computer Science, 1991,
    doi:10.1007/BFb0038202.
    """
    order = sorted(set(points))
    Random(0).shuffle(order)  # only the time depends on the order
    circle: Circle = (Fraction(order[0][0]), Fraction(order[0][1]), Fraction(0))
    for i, first in enumerate(order):
        if _holds(circle, first):
            continue
        circle = (Fraction(first[0]), Fraction(first[1]), Fraction(0))
        for j, second in enumerate(order[:i]):
            if _holds(circle, second):
                continue
            circle = _between(first, second)
            for third in order[:j]:
                if _holds(circle, third):
                    continue
                through = _through(first, second, third)
                assert through is not None  # `third` would lie between the others, inside of the circle
                circle = through
    return circle[2]

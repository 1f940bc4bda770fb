# SPDX-License-Identifier: BSD-3-Clause
"""How notices look, in HTML and in PDF alike: sizes on paper, colours, room for lists."""

from __future__ import annotations

import math
from typing import NamedTuple

__all__ = ["HIGH_MM", "SHAPES", "WIDE_MM", "ShapeStyle", "columns_of", "map_frame", "scale_of"]

#: Width of the text of an A4 page with margins of 14 mm, and height of the map, millimetres.
WIDE_MM, HIGH_MM = 182.0, 130.0
#: Height left for the list of buildings, millimetres.
_LIST_MM = 88.0


class ShapeStyle(NamedTuple):
    """Fill and line of a kind of shape; empty: none. Lines in millimetres on paper."""

    fill: str
    line: str
    width_mm: float
    closed: bool = False


SHAPES = {
    "other": ShapeStyle("#f1efe8", "#c9c4b6", 0.2),
    "grid": ShapeStyle("#d9e6f2", "", 0.0),
    "water": ShapeStyle("#b5d3e7", "", 0.0),
    "street": ShapeStyle("", "#ffffff", 0.7),
    "road": ShapeStyle("", "#ffffff", 1.4),
    "house": ShapeStyle("#d6d2c6", "", 0.0),
    "own": ShapeStyle("#4477aa", "#ffffff", 0.1),
    "edge": ShapeStyle("", "#1f4e79", 0.8, closed=True),
}


def map_frame(frame: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Widen a frame of ground to the shape of the map on paper."""
    west, south, east, north = frame
    wide = max(east - west, (north - south) * WIDE_MM / HIGH_MM)
    high = wide * HIGH_MM / WIDE_MM
    x, y = 0.5 * (west + east), 0.5 * (south + north)
    return x - 0.5 * wide, y - 0.5 * high, x + 0.5 * wide, y + 0.5 * high


def scale_of(wide_m: float) -> int:
    """Return the metres of a scale bar: 1, 2 or 5 and zeros, at most a fifth of the width of the map."""
    power = 10 ** math.floor(math.log10(max(wide_m / 5.0, 1.0)))
    return int(max(step * power for step in (1, 2, 5) if step * power <= max(wide_m / 5.0, 1.0)))


def columns_of(count: int) -> tuple[int, int, float, float]:
    """Return columns, lines of each, points and millimetres a line, of a list that fills what the map leaves of a page."""
    found = (3, 0, 10.0, 5.2)
    for columns, size_pt, line_mm in ((3, 10.0, 5.2), (4, 9.0, 4.6), (5, 8.0, 4.0), (6, 7.0, 3.4)):
        found = (columns, int(_LIST_MM / line_mm), size_pt, line_mm)
        if count <= found[0] * found[1]:
            break
    return found

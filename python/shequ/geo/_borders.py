# SPDX-License-Identifier: BSD-3-Clause
"""Borders of polygons that fill the ground: side by side, without building a geometry for each pair.

`shequ.geo.find_contiguity` takes any polygons; here the sides are known to agree, or to lie on one line, but for rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shequ.geo._blocks import sums_by_pair
from shequ.geo._order import place_bits, stable_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["shared_borders"]

#: Corners within the same square of this side, metres, are one.
_SAME_M = 0.001
#: Borders in common shorter than this, metres, are corners.
_SHORTEST_M = 0.05
#: An odd number without a pattern, 2^64 over the golden ratio: what it multiplies is spread over all numbers.
_MIX = np.int64(-7046029254386353131)


def _numbered(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return each corner in one number, whole millimetres from the south-west: the town may be 2,000 km wide."""
    x, y = (np.rint(points[:, axis] / _SAME_M).astype(np.int64) for axis in (0, 1))
    numbers: NDArray[np.int64] = ((x - x.min()) << 32) + (y - y.min())
    return numbers


def _eastward(points: NDArray[np.float64], side: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of sides, the one farther west first."""
    a, b = points[side], points[side + 1]
    swap = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    return np.where(swap[:, None], b, a), np.where(swap[:, None], a, b)


def _overlaps(
    start: NDArray[np.float64], end: NDArray[np.float64], owner: NDArray[np.int64], tolerance_m: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return pairs of owners whose sides, from `start` to `end`, run along each other, and for how many metres."""
    import shapely

    lines = shapely.linestrings(np.stack([start, end], axis=1))
    left, right = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=tolerance_m)
    chosen = (left < right) & (owner[left] != owner[right])
    left, right = left[chosen], right[chosen]
    step = end[left] - start[left]
    long = np.hypot(step[:, 0], step[:, 1])
    along = step / long[:, None]
    a, b = start[right] - start[left], end[right] - start[left]
    s_a, s_b = (a * along).sum(axis=1), (b * along).sum(axis=1)
    h_a = a[:, 1] * along[:, 0] - a[:, 0] * along[:, 1]
    h_b = b[:, 1] * along[:, 0] - b[:, 0] * along[:, 1]
    low, high = np.maximum(np.minimum(s_a, s_b), 0.0), np.minimum(np.maximum(s_a, s_b), long)
    run = s_b - s_a
    slope = np.divide(h_b - h_a, run, out=np.zeros_like(run), where=run != 0.0)
    near = (np.abs(h_a + (low - s_a) * slope) <= tolerance_m) & (np.abs(h_a + (high - s_a) * slope) <= tolerance_m)
    near &= (high > low) & (run != 0.0)
    return np.sort(np.stack([owner[left[near]], owner[right[near]]], axis=1), axis=1), (high - low)[near]


def shared_borders(shapes: NDArray[np.object_], tolerance_m: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Find which polygons share a border, and along how many metres.

    Parameters
    ----------
    shapes : ndarray of polygons, shape (n,)
        Disjoint, metres.
    tolerance_m : float
        Borders that run within this distance of each other are one.

    Returns
    -------
    (ndarray of int64, shape (m, 2), ndarray of float64, shape (m,))
        Pairs, the lower first, sorted; lengths above 5 cm. Complexity: O(s log s) for s sides.
    """
    import shapely

    rings, of_shape = shapely.get_rings(shapes, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    side = np.flatnonzero(of_ring[1:] == of_ring[:-1])
    if not len(side):
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0)
    corner = _numbered(points)
    low, high = np.minimum(corner[side], corner[side + 1]), np.maximum(corner[side], corner[side + 1])
    # Both ends in one number, to sort once: where two sides share it by chance, at worst both are taken as lying alone.
    mixed = (low * _MIX + high).view(np.uint64)
    mixed >>= np.uint64(1 + place_bits(len(low)))
    order = stable_order(mixed.view(np.int64))
    del corner, mixed  # a large town has millions of sides
    order = order[low[order] != high[order]]
    side, low, high = side[order], low[order], high[order]
    owner = of_shape[of_ring[side]]
    same = np.flatnonzero((low[1:] == low[:-1]) & (high[1:] == high[:-1]) & (owner[1:] != owner[:-1]))
    alone = np.ones(len(owner), dtype=np.bool_)
    alone[same] = alone[same + 1] = False
    pairs = np.stack([owner[same], owner[same + 1]], axis=1)
    length = np.hypot(*(points[side[same] + 1] - points[side[same]]).T)
    # In an order of places, so that what was given where decides nothing.
    lone = np.flatnonzero(alone)
    lone = lone[np.lexsort((owner[lone], high[lone], low[lone]))]
    more, longer = _overlaps(*_eastward(points, side[lone]), owner[lone], max(tolerance_m, _SAME_M))
    edges, total = sums_by_pair(np.concatenate([pairs, more]), np.concatenate([length, longer]))
    kept = total > _SHORTEST_M
    return edges[kept], total[kept]

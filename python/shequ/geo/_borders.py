# SPDX-License-Identifier: BSD-3-Clause
"""Borders of polygons that fill the ground: side by side, without building a geometry for each pair.

`shequ.geo.find_contiguity` takes any polygons; here the sides are known to agree, or to lie on one line, but for rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shequ.geo._blocks import sides_of, sums_by_pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["shared_borders"]

#: Corners within the same square of this side, metres, are one.
_SAME_M = 0.001
#: Borders in common shorter than this, metres, are corners.
_SHORTEST_M = 0.05


def _overlaps(
    sides: NDArray[np.float64], owner: NDArray[np.int64], tolerance_m: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return pairs of owners whose sides run along each other within a tolerance, and for how many metres."""
    import shapely

    lines = shapely.linestrings(sides.reshape(-1, 2, 2))
    left, right = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=tolerance_m)
    chosen = (left < right) & (owner[left] != owner[right])
    left, right = left[chosen], right[chosen]
    start, step = sides[left, :2], sides[left, 2:] - sides[left, :2]
    long = np.hypot(step[:, 0], step[:, 1])
    along = step / long[:, None]
    a, b = sides[right, :2] - start, sides[right, 2:] - start
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
    sides, owner = sides_of(shapes)
    if not len(sides):
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0)
    # Each end in one number, whole millimetres from the south-west: the town may be 2,000 km wide.
    places = np.rint(sides / _SAME_M).astype(np.int64).reshape(-1, 2, 2)
    ends = places - places.reshape(-1, 2).min(axis=0)
    keys = np.sort((ends[:, :, 0] << 32) + ends[:, :, 1], axis=1)
    real = keys[:, 0] != keys[:, 1]
    sides, owner, keys = sides[real], owner[real], keys[real]
    order = np.lexsort((owner, keys[:, 1], keys[:, 0]))
    sides, owner, keys = sides[order], owner[order], keys[order]
    same = np.flatnonzero((keys[1:] == keys[:-1]).all(axis=1) & (owner[1:] != owner[:-1]))
    alone = np.ones(len(owner), dtype=np.bool_)
    alone[same] = alone[same + 1] = False
    pairs = np.stack([owner[same], owner[same + 1]], axis=1)
    length = np.hypot(*(sides[same, 2:] - sides[same, :2]).T)
    more, longer = _overlaps(sides[alone], owner[alone], max(tolerance_m, _SAME_M))
    edges, total = sums_by_pair(np.concatenate([pairs, more]), np.concatenate([length, longer]))
    kept = total > _SHORTEST_M
    return edges[kept], total[kept]

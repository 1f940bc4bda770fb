# SPDX-License-Identifier: BSD-3-Clause
"""The ground that lies nearer to the points of one owner than to those of any other: a Voronoi diagram of groups of points.

Only borders between owners are built, from the Delaunay triangles that cross them: most borders of the diagram lie between
points of one owner, and making polygons of them only to unite them again takes most of the time.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from shequ.geo._blocks import areas_of
from shequ.geo._triangles import following, preceding, triangulate

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["regions_of_owners"]

#: Four points stand this many times as far out as the ground reaches, so that all regions on it are closed by others: from
#: three times on, no place on the ground is nearer to them than to a point on it.
_FRAME = 10.0


def _cycles(follower: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the elements of a permutation cycle by cycle, and how many each cycle has."""
    after = follower.tolist()
    run: list[int] = []
    starts: list[int] = []
    add = run.append
    for first in range(len(after)):
        at = first
        if after[first] >= 0:
            starts.append(len(run))
        while (onward := after[at]) >= 0:
            add(at)
            after[at] = -1
            at = onward
    return np.array(run), np.diff(starts, append=len(run))


def regions_of_owners(
    points: NDArray[np.float64], owner: NDArray[np.int64], count: int, reach_m: float
) -> NDArray[np.object_]:
    """Return the region of each owner.

    Parameters
    ----------
    points : ndarray of float64, shape (p, 2)
        No two alike; metres, around the origin.
    owner : ndarray of int64, shape (p,)
        Whose each is, 0 to count - 1; each owner has one or more.
    count : int
        Number of owners.
    reach_m : float
        Points, and all ground that matters, lie within this distance of the origin.

    Returns
    -------
    ndarray of polygons and multipolygons, shape (count,)
        They part the ground within `reach_m`, and reach some way beyond. Complexity: O(p log p).
    """
    import shapely

    # Uneven, so that they lie on no one circle.
    frame = _FRAME * reach_m * np.array([[-1.0, -1.0], [1.0, -1.01], [1.02, 1.0], [-1.03, 1.01]])
    points = np.concatenate([points, frame])
    owner = np.concatenate([owner, np.full(len(frame), count)])
    found = triangulate(points)
    # Clockwise around the owner of the start of a side, his border runs from the middle on its left to the one on its right:
    # over a side to another owner, and on over the next such side of the triangle beyond.
    whose = owner[found.start]
    over = np.flatnonzero((whose < count) & (whose != owner[found.end]))
    beyond = found.twin[over]
    near, far = following(beyond), preceding(beyond)
    place = np.empty(len(whose), dtype=np.int64)
    place[over] = np.arange(len(over))
    run, sizes = _cycles(place[np.where(owner[found.end[near]] != whose[over], near, far)])
    rings = shapely.linearrings(found.middles[over[run] // 3], indices=np.repeat(np.arange(len(sizes)), sizes))
    ring_owner = whose[over[run[np.cumsum(sizes) - sizes]]]
    filled = shapely.polygons(rings)
    # Middles that are one but for rounding may lie in the wrong order.
    crossed = ~shapely.is_valid(filled)
    filled[crossed] = [areas_of(shape) for shape in shapely.make_valid(filled[crossed])]
    regions = np.empty(count, dtype=object)
    regions[ring_owner] = filled
    for several in np.flatnonzero(np.bincount(ring_owner, minlength=count) > 1).tolist():
        regions[several] = reduce(shapely.symmetric_difference, filled[ring_owner == several])
    return regions

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

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["regions_of_owners"]

#: Four points stand this many times as far out as the ground reaches, so that all regions on it are closed by others: from
#: three times on, no place on the ground is nearer to them than to a point on it.
_FRAME = 10.0


def _triangles(points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the corners of the Delaunay triangles, counter-clockwise, shape (t, 3), and the middles of their circles.

    Doubles suffice: no circle is much wider than the frame, so no triangle is so flat that its middle is lost.
    """
    import shapely

    found = shapely.delaunay_triangles(shapely.linestrings(points))
    corners = shapely.get_coordinates(found).reshape(-1, 4, 2)[:, :3]
    by_x = np.argsort(points[:, 0])
    index = by_x[np.searchsorted(points[by_x, 0], corners[:, :, 0])]
    b, c = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = b[:, 0] * c[:, 1] - b[:, 1] * c[:, 0]
    b_b, c_c = (b * b).sum(axis=1), (c * c).sum(axis=1)
    to = np.stack([c[:, 1] * b_b - b[:, 1] * c_c, b[:, 0] * c_c - c[:, 0] * b_b], axis=1) / (2.0 * area[:, None])
    return index if area.sum() > 0.0 else index[:, ::-1], corners[:, 0] + to


def _cycles(follower: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the elements of a permutation cycle by cycle, and how many each cycle has."""
    after = follower.tolist()
    run: list[int] = []
    starts: list[int] = []
    for first in range(len(after)):
        if after[first] < 0:
            continue
        starts.append(len(run))
        at = first
        while after[at] >= 0:
            run.append(at)
            after[at], at = -1, after[at]
    return np.array(run), np.diff(starts, append=len(run))


def regions_of_owners(
    points: NDArray[np.float64], owner: NDArray[np.int64], count: int, reach_m: float
) -> NDArray[np.object_]:
    """Return the region of each owner.

    Parameters
    ----------
    points : ndarray of float64, shape (p, 2)
        No two with the same x; metres, around the origin.
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

    far = _FRAME * reach_m
    # Uneven, for no two points may have the same x.
    frame = far * np.array([[-1.0, -1.0], [1.0, -1.01], [1.02, 1.0], [-1.03, 1.01]])
    n = len(points) + len(frame)
    owner = np.concatenate([owner, np.full(len(frame), count)])
    corners, middles = _triangles(np.concatenate([points, frame]))
    # Sides of triangles between two owners; each is a side of two triangles, once in each direction.
    one, two = corners.ravel(), corners[:, [1, 2, 0]].ravel()
    between = np.flatnonzero(owner[one] != owner[two])
    one, two, left = one[between], two[between], between // 3
    key = one * n + two
    order = np.argsort(key)
    right = left[order[np.searchsorted(key[order], two * n + one)]]
    # Clockwise around the owner of `one` its border runs from the middle on the left to the middle on the right.
    ours = owner[one] < count
    whose, left, right = owner[one[ours]], left[ours], right[ours]
    key = whose * len(middles) + left
    order = np.argsort(key)
    follower = order[np.searchsorted(key[order], whose * len(middles) + right)]
    run, sizes = _cycles(follower)
    rings = shapely.linearrings(middles[left[run]], indices=np.repeat(np.arange(len(sizes)), sizes))
    ring_owner = whose[run[np.cumsum(sizes) - sizes]]
    filled = shapely.polygons(rings)
    # Middles that are one but for rounding may lie in the wrong order.
    crossed = ~shapely.is_valid(filled)
    filled[crossed] = [areas_of(shape) for shape in shapely.make_valid(filled[crossed])]
    regions = np.empty(count, dtype=object)
    regions[ring_owner] = filled
    for several in np.flatnonzero(np.bincount(ring_owner, minlength=count) > 1).tolist():
        regions[several] = reduce(shapely.symmetric_difference, filled[ring_owner == several])
    return regions

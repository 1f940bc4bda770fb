# SPDX-License-Identifier: BSD-3-Clause
"""A cell for each building: the part of its block that lies nearer to it than to any other (enclosed tessellation).

Source: M. Fleischmann, A. Feliciotti, O. Romice, S. Porta: Morphological tessellation as a way of partitioning space,
Computers, Environment and Urban Systems 80 (2020), doi:10.1016/j.compenvurbsys.2019.101441.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from shequ.geo._blocks import areas_of
from shequ.geo._diagram import regions_of_owners
from shequ.geo._unite import unite

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["cut_cells"]

#: Outlines are drawn in by this many metres, so that buildings wall to wall have a line between them.
_INSET_M = 0.3
#: Parts of cells within this distance touch, metres: borders agree but for rounding.
_GAP_M = 0.01
#: Points are moved by up to half of this, metres, so that no two are alike, and few corners of regions fall together: rows of
#: equal houses have many points on one circle.
_OFF_CIRCLE_M = 1e-4


def _seeds(
    owners: NDArray[np.object_], block: object, spacing_m: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return points along the outlines, shape (p, 2), no two alike, and whose each is."""
    import shapely

    inset = shapely.buffer(owners, -_INSET_M, join_style="mitre", quad_segs=1)
    inset = np.where(shapely.is_empty(inset), owners, inset)
    shapely.prepare(block)
    outside = ~shapely.covers(block, inset)
    if outside.any():
        here = shapely.intersection(inset[outside], block)
        inset[outside] = np.where(shapely.area(here) > 0.0, here, shapely.intersection(owners[outside], block))
    points, index = shapely.get_coordinates(shapely.segmentize(inset, spacing_m), return_index=True)
    points = np.round(points, 2)
    # Whole centimetres in one number: unique rows of floats are slow.
    x, y = np.rint(100.0 * (points - points.min(axis=0))).astype(np.int64).T
    _, first = np.unique((x << 32) + y, return_index=True)
    first.sort()
    points, index = points[first], index[first]
    # A building drawn over another one with the same outline still needs a place of its own.
    without = np.flatnonzero(np.bincount(index, minlength=len(owners)) == 0)
    middles = np.round(shapely.get_coordinates(shapely.point_on_surface(inset[without])), 2)
    return np.concatenate([points, middles]), np.concatenate([index, without])


def _unevenness(count: int) -> NDArray[np.float64]:
    """Return small steps that follow no pattern, and are the same every time, shape (count, 2), metres.

    They are the sequence R2 of M. Roberts, multiples of 1/p and 1/p^2 with p the real root of p^3 = p + 1.
    """
    steps = np.arange(count)[:, None] * np.array([0.7548776662466927, 0.5698402909980532])
    uneven: NDArray[np.float64] = _OFF_CIRCLE_M * (steps % 1.0 - 0.5)
    return uneven


def _cells_of_block(block: object, owners: NDArray[np.object_], spacing_m: float) -> NDArray[np.object_]:
    """Share a block out among the buildings in it."""
    import shapely

    points, index = _seeds(owners, block, spacing_m)
    # Near the origin digits are worth more: seven places before the point cost the diagram its precision.
    origin = np.round(points.mean(axis=0))
    block = shapely.transform(block, lambda corners: corners - origin)
    owners = shapely.transform(owners, lambda corners: corners - origin)
    points = points - origin + _unevenness(len(points))
    merged = regions_of_owners(points, index, len(owners), float(np.abs(shapely.bounds(block)).max()) * 2.0**0.5)
    shapely.prepare(block)
    clipped = merged.copy()
    reaching = ~shapely.contains_properly(block, merged)
    clipped[reaching] = shapely.intersection(merged[reaching], block)
    flat = np.array([shape if shape.geom_type == "Polygon" else areas_of(shape) for shape in clipped], dtype=object)
    back: NDArray[np.object_] = shapely.transform(_without_scraps(flat, owners), lambda corners: corners + origin)
    return back


def _without_scraps(cells: NDArray[np.object_], owners: NDArray[np.object_]) -> NDArray[np.object_]:
    """Give parts of a cell that lie apart from its building to the neighbour with the longest common border.

    Barriers that end in a block, and buildings drawn over each other, leave such parts. They join from the cells outwards,
    for what lies behind a barrier may touch nothing but other such parts.
    """
    import shapely

    scraps: list[object] = []
    for i in np.flatnonzero(shapely.get_num_geometries(cells) > 1).tolist():
        parts, wings = shapely.get_parts(cells[i]), shapely.get_parts(owners[i])
        share = shapely.area(shapely.intersection(parts[:, None], wings[None, :]))
        kept = np.zeros(len(parts), dtype=np.bool_)
        kept[np.unique(share.argmax(axis=0)[share.max(axis=0) > 0.0])] = True
        if not kept.any():
            kept[int(np.argmax(shapely.area(parts)))] = True
        cells[i] = areas_of(shapely.union_all(parts[kept]))
        scraps += list(parts[~kept])
    if not scraps:
        return cells
    n, pieces = len(cells), np.array(scraps, dtype=object)
    every = np.concatenate([cells, pieces])
    source, target = shapely.STRtree(every).query(pieces, predicate="dwithin", distance=_GAP_M)
    source, target = source[target != source + n], target[target != source + n]
    wide = shapely.buffer(every[target], _GAP_M)
    length = shapely.length(shapely.intersection(shapely.boundary(pieces[source]), wide))
    touching = length > 5.0 * _GAP_M
    source, target, length = source[touching], target[touching], length[touching]
    owner = np.concatenate([np.arange(n), np.full(len(pieces), -1)])
    while True:
        ready = np.flatnonzero((owner[source + n] < 0) & (owner[target] >= 0))
        if not len(ready):
            break
        ready = ready[np.lexsort((target[ready], -length[ready], source[ready]))]
        leads = ready[np.concatenate([[True], source[ready][1:] != source[ready][:-1]])]
        owner[source[leads] + n] = owner[target[leads]]
    for i in np.unique(owner[n:][owner[n:] >= 0]).tolist():
        cells[i] = areas_of(unite(np.concatenate([cells[i : i + 1], pieces[owner[n:] == i]])))
    return cells


def cut_cells(
    buildings: NDArray[np.object_],
    blocks: NDArray[np.object_],
    building_block: NDArray[np.int64],
    *,
    spacing_m: float,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> NDArray[np.object_]:
    """Return a cell for each building.

    Parameters
    ----------
    buildings : ndarray of polygons, shape (n,)
        Valid, metres.
    blocks : ndarray of polygons, shape (b,)
        Disjoint.
    building_block : ndarray of int64, shape (n,)
        Block of each; -1: none.
    spacing_m : float
        Distance of the points along outlines, from which cells are made.
    threads : int, default 1
        Blocks that are cut at once; the result is the same.
    progress : callable, optional
        Called with the number of blocks done and their total.

    Returns
    -------
    ndarray of polygons, shape (n,)
        Cells of a block are disjoint and fill it; a building in no block has its own outline.

    Notes
    -----
    Complexity: O(p log p) for the p points of all outlines.
    """
    cells: NDArray[np.object_] = buildings.copy()
    order = np.argsort(building_block, kind="stable")
    starts = np.searchsorted(building_block[order], np.arange(len(blocks) + 1))

    def cut(block: int) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        members = order[starts[block] : starts[block + 1]]
        if len(members) < 2:
            return members, np.full(len(members), blocks[block], dtype=object)
        return members, _cells_of_block(blocks[block], buildings[members], spacing_m)

    with ThreadPoolExecutor(threads) as pool:
        done = map(cut, range(len(blocks))) if threads == 1 else pool.map(cut, range(len(blocks)))
        for count, (members, found) in enumerate(done, 1):
            cells[members] = found
            if progress is not None:
                progress(count, len(blocks))
    return cells

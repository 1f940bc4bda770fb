# SPDX-License-Identifier: BSD-3-Clause
"""Land cut into street blocks: by barriers, which part it for good, by road centre lines and by borders of communities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ.geo._layers import ROAD, STREET

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Blocks", "areas_of", "barrier_area", "cut_blocks", "sides_of", "sums_by_pair"]

#: Coordinates of cut lines are rounded to this many metres, so that lines which meet do so at one point.
GRID_M = 0.01
#: Roads on either side of a border at most this far from it, metres, are what it runs along.
_ALONG_M = 0.05
#: Lines of barriers that end this close to the edge of the land, metres, reach it.
_CUT_OFF_M = 10.0
#: Land narrower than this beside a barrier, metres, is no passage.
_NARROW_M = 1.0


@dataclass(frozen=True, eq=False)
class Blocks:
    """Street blocks, and what lies between them.

    Parameters
    ----------
    shapes : ndarray of polygons, shape (b,)
        Disjoint; together the land that can be reached from a building without leaving its side of the barriers.
    zone : ndarray of int64, shape (b,)
        Connected part of the land, between barriers, that each lies in.
    owner : ndarray of int64, shape (b,)
        Row of the boundary that each lies in.
    building_block : ndarray of int64, shape (n,)
        Block of each building, by the largest share of its area; -1 where it covers no land.
    edges : ndarray of int64, shape (m, 2)
        Blocks that share a border, the lower first; sorted.
    length : ndarray of float64, shape (m,)
        Metres of it.
    classes : ndarray of int8, shape (m,)
        What most of it runs along: 0, `STREET` or `ROAD`.
    unused_m2 : float
        Land that belongs to no block: cut off from every building.
    """

    shapes: NDArray[np.object_]
    zone: NDArray[np.int64]
    owner: NDArray[np.int64]
    building_block: NDArray[np.int64]
    edges: NDArray[np.int64]
    length: NDArray[np.float64]
    classes: NDArray[np.int8]
    unused_m2: float


def areas_of(shape: Any) -> Any:
    """Return the polygons of a geometry as one, without its lines and points."""
    import shapely

    parts = shapely.get_parts(shapely.get_parts(shape))  # a collection holds multipolygons
    polygons = parts[shapely.get_dimensions(parts) == 2]
    return polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)


def barrier_area(shapes: NDArray[np.object_], width_m: float, land: NDArray[np.object_]) -> Any:
    """Return the ground that barriers cover: areas as they are, lines as strips of a width in metres.

    A line that ends within 10 m of the edge of the land goes on to the edge: data are cut off there, the railway is not.
    """
    import shapely

    parts = shapely.get_parts(shapely.get_parts(shapes[~shapely.is_missing(shapes)]))
    parts = parts[~shapely.is_empty(parts)]
    dimensions = shapely.get_dimensions(parts)
    areas, lines = shapely.make_valid(parts[dimensions == 2]), parts[dimensions == 1]
    edge = shapely.boundary(shapely.union_all(land))
    ends = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    ends = ends[shapely.dwithin(ends, edge, _CUT_OFF_M)]
    strips = shapely.buffer(lines, 0.5 * width_m, cap_style="flat", join_style="mitre")
    bits = shapely.buffer(shapely.shortest_line(ends, edge), 0.5 * width_m, cap_style="square")
    return areas_of(shapely.union_all(np.concatenate([areas, strips, bits]), grid_size=GRID_M))


def sides_of(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the sides of polygons, shape (s, 4), each from its lower to its higher end, and whose they are."""
    import shapely

    rings, of_shape = shapely.get_rings(shapes, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    inner = of_ring[1:] == of_ring[:-1]
    a, b = points[:-1][inner], points[1:][inner]
    swap = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    a[swap], b[swap] = b[swap], a[swap]
    return np.hstack([a, b]), of_shape[of_ring[:-1][inner]]


def _shared(shapes: NDArray[np.object_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return pairs of faces with a side in common, one row a side, lower face first, and the sides."""
    sides, face = sides_of(shapes)
    order = np.lexsort((face, sides[:, 3], sides[:, 2], sides[:, 1], sides[:, 0]))
    sides, face = sides[order], face[order]
    same = np.flatnonzero((sides[1:] == sides[:-1]).all(axis=1) & (face[1:] != face[:-1]))
    return np.stack([face[same], face[same + 1]], axis=1), sides[same]


def sums_by_pair(
    pairs: NDArray[np.int64], length: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Add up lengths by pair; pairs sorted."""
    if not len(pairs):
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0)
    # A pair in one number: unique rows are slow.
    width = int(pairs.max()) + 1
    unique, index = np.unique(pairs[:, 0] * width + pairs[:, 1], return_inverse=True)
    sums = np.bincount(index.ravel(), weights=length, minlength=len(unique))
    return np.stack(np.divmod(unique, width), axis=1), sums.astype(np.float64)


def _owners_of_empty(
    first: NDArray[np.int64], group: NDArray[np.int64], edges: NDArray[np.int64], length: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Give faces without a building to the face with the longest common border, from the buildings outwards.

    `first` is the face itself where it has a building, else -1; only faces of one `group` join. A round takes all empty
    faces that touch taken ones, so that the order of the faces decides ties only. Complexity: O(rounds * m log m).
    """
    owner: NDArray[np.int64] = first.copy()
    inside = group[edges[:, 0]] == group[edges[:, 1]]
    both = np.concatenate([edges[inside], edges[inside][:, ::-1]])
    metres = np.concatenate([length[inside], length[inside]])
    while True:
        open_ = (owner[both[:, 0]] < 0) & (owner[both[:, 1]] >= 0)
        if not open_.any():
            return owner
        claims, total = sums_by_pair(np.stack([both[open_, 0], owner[both[open_, 1]]], axis=1), metres[open_])
        order = np.lexsort((claims[:, 1], -total, claims[:, 0]))
        claims = claims[order]
        winners = np.concatenate([[True], claims[1:, 0] != claims[:-1, 0]])
        owner[claims[winners, 0]] = claims[winners, 1]
        both, metres = both[owner[both[:, 0]] < 0], metres[owner[both[:, 0]] < 0]


def _largest_share(buildings: NDArray[np.object_], faces: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the face that holds the largest share of each building, the first of equal ones; -1 where none does."""
    import shapely

    source, target = shapely.STRtree(faces).query(buildings, predicate="intersects")
    counts = np.bincount(source, minlength=len(buildings))
    many = counts[source] > 1
    area = np.ones(len(source))
    area[many] = shapely.area(shapely.intersection(buildings[source[many]], faces[target[many]]))
    order = np.lexsort((target, -area, source))
    source, target, area = source[order], target[order], area[order]
    best = np.full(len(buildings), -1, dtype=np.int64)
    leads = np.concatenate([[True], source[1:] != source[:-1]]) if len(source) else np.zeros(0, dtype=np.bool_)
    leads &= area > 0.0
    best[source[leads]] = target[leads]
    return best


def _classes(sides: NDArray[np.float64], roads: NDArray[np.object_], classes: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return what each side runs along: the highest class of road within a hand of its middle."""
    import shapely

    found = np.zeros(len(sides), dtype=np.int8)
    middles = shapely.points(0.5 * (sides[:, :2] + sides[:, 2:]))
    tree = shapely.STRtree(roads)
    side, road = tree.query(middles, predicate="dwithin", distance=_ALONG_M)
    np.maximum.at(found, side, classes[road])
    return found


def cut_blocks(
    buildings: NDArray[np.object_],
    boundary: NDArray[np.object_],
    barrier: Any,
    roads: NDArray[np.object_],
    classes: NDArray[np.int8],
) -> Blocks:
    """Cut land into street blocks that hold at least one building each.

    Parameters
    ----------
    buildings : ndarray of polygons, shape (n,)
        Valid, metres.
    boundary : ndarray of polygons, shape (c,)
        The land: one polygon a community, disjoint.
    barrier : polygon or multipolygon
        What nobody walks across; may be empty.
    roads, classes : ndarrays, shape (r,)
        Lines; `STREET` and `ROAD` cut, others are not given.

    Returns
    -------
    Blocks
        A piece without a building (a park, the strip between two carriageways) belongs to the block with which it shares
        the longest border, never across a barrier or out of its community.
    """
    import shapely

    land = areas_of(shapely.union_all(boundary, grid_size=GRID_M))
    if not shapely.is_empty(barrier):
        land = areas_of(shapely.difference(land, barrier, grid_size=GRID_M))
        core = shapely.buffer(land, -0.5 * _NARROW_M, join_style="mitre")
        wide = shapely.buffer(core, 0.51 * _NARROW_M, join_style="mitre")
        land = areas_of(shapely.intersection(land, wide, grid_size=GRID_M))
    parts = shapely.get_parts(land)
    lines = [shapely.boundary(parts), shapely.boundary(boundary), shapely.intersection(roads, land)]
    noded = shapely.union_all(np.concatenate(lines), grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inner = shapely.point_on_surface(faces)
    zone = _first_hit(inner, parts)
    owner = _first_hit(inner, boundary)
    kept = (zone >= 0) & (owner >= 0)
    faces, zone, owner = faces[kept], zone[kept], owner[kept]
    home = _largest_share(buildings, faces)
    pairs, sides = _shared(faces)
    length = np.hypot(sides[:, 2] - sides[:, 0], sides[:, 3] - sides[:, 1])
    edges, metres = sums_by_pair(pairs, length)
    first = np.full(len(faces), -1, dtype=np.int64)
    used = np.unique(home[home >= 0])
    first[used] = used
    face_owner = _owners_of_empty(first, zone * (len(boundary) + 1) + owner, edges, metres)
    unused = face_owner < 0
    block_of_face = np.full(len(faces), -1, dtype=np.int64)
    block_of_face[~unused] = np.searchsorted(used, face_owner[~unused])
    order = np.argsort(block_of_face, kind="stable")
    starts = np.searchsorted(block_of_face[order], np.arange(len(used) + 1))
    shapes = np.empty(len(used), dtype=object)
    for block in range(len(used)):
        members = order[starts[block] : starts[block + 1]]
        shapes[block] = faces[members[0]] if len(members) == 1 else shapely.coverage_union_all(faces[members])
    between = block_of_face[pairs]
    outer = (between[:, 0] != between[:, 1]) & (between >= 0).all(axis=1)
    between, length, sides = np.sort(between[outer], axis=1), length[outer], sides[outer]
    block_edges, total = sums_by_pair(between, length)
    kinds = _classes(sides, roads, classes)
    by_class = np.zeros((len(block_edges), 3))
    for kind in (0, STREET, ROAD):
        chosen = kinds == kind
        part, metres = sums_by_pair(between[chosen], length[chosen])
        if len(part):
            width = len(used)
            at = np.searchsorted(block_edges @ [width, 1], part @ [width, 1])
            by_class[at, kind] = metres
    return Blocks(
        shapes=shapes,
        zone=zone[used],
        owner=owner[used],
        building_block=np.where(home >= 0, block_of_face[home], -1),
        edges=block_edges,
        length=total,
        classes=by_class.argmax(axis=1).astype(np.int8),
        unused_m2=float(shapely.area(faces[unused]).sum()),
    )


def _first_hit(points: NDArray[np.object_], shapes: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the first of the polygons that each point lies in; -1 where none."""
    import shapely

    found = np.full(len(points), len(shapes), dtype=np.int64)
    source, target = shapely.STRtree(shapes).query(points, predicate="intersects")
    np.minimum.at(found, source, target)
    return np.where(found < len(shapes), found, -1)

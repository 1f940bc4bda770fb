# SPDX-License-Identifier: BSD-3-Clause
"""Who touches whom among polygons, and along how many metres."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._errors import InvalidInputError, optional_import
from shequ.geo._checks import check_crs, check_polygons
from shequ.geo._labels import atom_labels
from shequ.geo._problems import (
    MAX_TOLERANCE_M,
    GeoWarning,
    Link,
    Overlap,
    island_problems,
    overlap_problems,
    place_problem,
)

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from shequ.graph import Graph

__all__ = [
    "TOUCH_M",
    "Contiguity",
    "find_contiguity",
    "find_overlaps",
    "graph_from_geodataframe",
    "propose_links",
]

#: How far apart, in metres, two borders may run and still be one. GeoJSON with 7 decimals of a degree moves a corner by up
#: to 0.8 cm, so that two borders part by up to 1.6 cm; survey data in millimetres are far below.
TOUCH_M = 0.05


@dataclass(frozen=True, eq=False)
class Contiguity:
    """Neighbours among n polygons.

    Parameters
    ----------
    edges : ndarray of int32, shape (m, 2)
        Rows that touch, by position, the lower first; sorted.
    shared_border_m : ndarray of float64, shape (m,)
        Length of the common border, metres; 0 where only corners touch (queen).
    islands : tuple
        Labels of the rows that touch no other. They are never linked to anything.
    links : tuple of Link
        For each island the nearest polygon and how far it is: a proposal.
    overlaps : tuple of Overlap
        Pairs that cover the same ground, the largest first.
    """

    edges: NDArray[np.int32]
    shared_border_m: NDArray[np.float64]
    islands: tuple[Any, ...]
    links: tuple[Link, ...] = ()
    overlaps: tuple[Overlap, ...] = ()

    def __repr__(self) -> str:
        """Return one line: the class and key numbers."""
        islands, overlaps = len(self.islands), len(self.overlaps)
        return f"<Contiguity: {len(self.edges)} edges, {islands} islands, {overlaps} overlaps>"


def find_overlaps(
    shapes: NDArray[np.object_], labels: Sequence[Any], left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[Overlap, ...]:
    """Return which of some pairs of polygons cover the same ground in a strip wider than `TOUCH_M`, the largest first."""
    import shapely

    common = shapely.intersection(shapes[left], shapes[right])
    area = shapely.area(common)
    # Half the outline of a strip is about its length, so this compares its mean width.
    found = np.flatnonzero(area > 0.5 * TOUCH_M * shapely.length(common))
    order = found[np.argsort(-area[found], kind="stable")]
    rows = zip(left[order].tolist(), right[order].tolist(), area[order].tolist(), strict=True)
    return tuple(Overlap(labels[i], labels[j], common_m2) for i, j, common_m2 in rows)


def propose_links(
    shapes: NDArray[np.object_], labels: Sequence[Any], islands: NDArray[np.int64], owner: Sequence[Any] | None = None
) -> tuple[Link, ...]:
    """Return the nearest other polygon of each island, of its own community where `owner` gives one; n log n."""
    import shapely

    groups: dict[Any, list[int]] = {}
    for i in range(len(shapes)):
        groups.setdefault(None if owner is None else owner[i], []).append(i)
    alone = set(islands.tolist())
    links: dict[int, Link] = {}
    for members in groups.values():
        lonely = [i for i in members if i in alone]
        if not lonely or len(members) < 2:
            continue
        (source, target), far = shapely.STRtree(shapes[members]).query_nearest(
            shapes[lonely], exclusive=True, return_distance=True, all_matches=False
        )
        for k, near, distance in zip(source.tolist(), target.tolist(), far.tolist(), strict=True):
            links[lonely[k]] = Link(labels[lonely[k]], labels[members[near]], distance)
    return tuple(links[i] for i in sorted(links))


def find_contiguity(
    frame: gpd.GeoDataFrame,
    kind: Literal["rook", "queen"] = "rook",
    *,
    tolerance_m: float = TOUCH_M,
    ids: str | None = None,
) -> Contiguity:
    """Find which polygons of a frame touch.

    Parameters
    ----------
    frame : GeoDataFrame
        n polygons in a projected coordinate system in metres.
    kind : "rook" or "queen", default "rook"
        Neighbours share a border of some length, or a corner suffices.
    tolerance_m : float, default 0.05
        Polygons whose borders run within this distance of each other touch, 0 to 100 metres. The default closes what
        rounding tears open, such as 7 decimals of a degree; more is for data with gaps, 0 for borders that agree exactly.
    ids : str, optional
        Column with the ids, for labels. Default: the index; where that only counts the rows, a column "id", "编号" or
        "楼栋编号", if its values differ.

    Returns
    -------
    Contiguity
        Edges, lengths, islands with a proposed link each, overlaps.

    Raises
    ------
    InvalidInputError
        The coordinate system is missing, geographic or not in metres; a geometry is missing, no polygon, invalid or
        given twice; an argument is out of range.
    MissingDependencyError
        geopandas is not installed.

    Notes
    -----
    With a tolerance the length is that of the border which lies within it of the other polygon, the mean of both
    sides, unless the two borders agree exactly; under "rook" those of the latter count at any length, others only where
    longer than four times the tolerance, so that a mere corner does not. A larger tolerance loses no neighbours of 0. Polygons overlap where they share a strip wider than 5 cm. Complexity: O(n log n) for polygons of bounded size.
    """
    with optional_import("find_contiguity()", "geopandas", "'shequ[geo]'"):
        import shapely
    if kind not in ("rook", "queen"):
        raise InvalidInputError(
            f'contiguity="{kind}" must be "rook" or "queen"', f'contiguity="{kind}" 必须是 "rook" 或 "queen"'
        )
    if not 0.0 <= tolerance_m <= MAX_TOLERANCE_M:
        most = f"{MAX_TOLERANCE_M:g}"
        raise InvalidInputError(
            f"tolerance_m={tolerance_m} must be in [0, {most}]", f"tolerance_m={tolerance_m} 必须在 [0, {most}] 之间"
        )
    check_crs(frame)
    labels, _ = atom_labels(frame, ids)
    shapes = check_polygons(frame, labels)
    tree = shapely.STRtree(shapes)
    if tolerance_m > 0.0:
        left, right = tree.query(shapes, predicate="dwithin", distance=tolerance_m)
    else:
        left, right = tree.query(shapes, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    overlaps = find_overlaps(shapes, labels, left, right)
    borders = shapely.boundary(shapes)
    length = shapely.length(shapely.intersection(borders[left], borders[right]))
    kept = length > 0.0
    if tolerance_m > 0.0:
        wide = shapely.buffer(shapes, tolerance_m)
        one = shapely.length(shapely.intersection(borders[left], wide[right]))
        two = shapely.length(shapely.intersection(borders[right], wide[left]))
        near = 0.5 * (one + two)
        kept |= near > 4.0 * tolerance_m
        # Near borders reach past common ones by the tolerance at each end: that much more is no other border.
        length = np.where(length >= near - 4.0 * tolerance_m, length, near)
    kept |= kind == "queen"
    left, right, length = left[kept], right[kept], length[kept]
    order = np.lexsort((right, left))
    edges = np.stack([left, right], axis=1)[order].astype(np.int32)
    alone = np.ones(len(shapes), dtype=np.bool_)
    alone[edges.ravel()] = False
    isolated = np.flatnonzero(alone)
    islands = tuple(labels[i] for i in isolated.tolist())
    return Contiguity(edges, length[order], islands, propose_links(shapes, labels, isolated), overlaps)


def graph_from_geodataframe(
    frame: gpd.GeoDataFrame,
    contiguity: Literal["rook", "queen"] = "rook",
    *,
    tolerance_m: float = TOUCH_M,
    ids: str | None = None,
) -> Graph:
    """Build the graph of polygons that touch; `shequ.Graph.from_geodataframe` calls it.

    Parameters
    ----------
    frame, contiguity, tolerance_m, ids
        See `find_contiguity`.

    Returns
    -------
    Graph
        Its ids are the labels, its columns those of the frame, masked where values are missing; the edge column
        `shared_border_m` holds lengths. Polygons that touch no other have no edge.

    Warns
    -----
    GeoWarning
        Polygons overlap, touch no other, or do not lie in China; once for each of the three.
    """
    from shequ.graph import Graph

    found = find_contiguity(frame, contiguity, tolerance_m=tolerance_m, ids=ids)
    labels, problems = atom_labels(frame, ids)
    islands = island_problems(found.islands, found.links, tolerance_m)
    problems = [*overlap_problems(found.overlaps), *islands, *problems]
    place = place_problem(frame, labels)
    for _, alike in groupby([*problems, *([] if place is None else [place])], key=lambda problem: problem.kind):
        warnings.warn(GeoWarning(list(alike)), stacklevel=3)
    columns = {}
    for name in frame.columns:
        if name == frame.geometry.name:
            continue
        series = frame[name]
        gaps = series.isna().to_numpy(dtype=np.bool_)
        if gaps.any() and series.dtype.kind != "f":
            known = series[~gaps].to_numpy()
            values = np.zeros(len(frame), dtype=known.dtype)
            values[~gaps] = known
            columns[str(name)] = np.ma.MaskedArray(values, mask=gaps)
        else:
            columns[str(name)] = series.to_numpy()
    return Graph.from_edges(
        len(frame),
        found.edges,
        ids=labels,
        columns=columns,
        edge_columns={"shared_border_m": found.shared_border_m},
    )

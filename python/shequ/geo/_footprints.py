# SPDX-License-Identifier: BSD-3-Clause
"""What is wrong with footprints of buildings, and their repair where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ.geo._checks import repair_polygons
from shequ.geo._labels import atom_labels
from shequ.geo._problems import GeoProblem, Overlap, listed
from shequ.geo.contiguity import find_overlaps

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["footprint_problems", "repair_footprints"]

#: Smaller than this many square metres, or narrower than this many metres, a footprint is a sliver.
SLIVER_M2, SLIVER_M = 2.0, 0.5


def repair_footprints(frame: gpd.GeoDataFrame, ids: str | None) -> tuple[gpd.GeoDataFrame, list[GeoProblem]]:
    """Repair invalid footprints; leave out those without an area, and all but the first of those that agree.

    Parameters
    ----------
    frame : GeoDataFrame
        n footprints in metres.
    ids : str or None
        Column with the ids, for the messages.

    Returns
    -------
    (GeoDataFrame, list of GeoProblem)
        The rest, and a warning for each row that was changed or left out.
    """
    import shapely

    frame, problems = repair_polygons(frame, ids)
    labels, _ = atom_labels(frame, ids)
    shapes = np.asarray(frame.geometry.values, dtype=object)
    nothing = shapely.is_missing(shapes) | (shapely.get_dimensions(shapes) != 2) | ~(shapely.area(shapes) > 0.0)
    nothing |= ~shapely.is_valid(shapes)
    kept = ~nothing
    first: dict[bytes, int] = {}
    good = np.flatnonzero(kept)
    for i, text in zip(good.tolist(), shapely.to_wkb(shapely.normalize(shapes[good])), strict=True):
        if first.setdefault(text, i) != i:
            kept[i] = False
            one, other = labels[first[text]], labels[i]
            problems.append(GeoProblem(
                "warning", "left_out", (other,), f"{other} has the outline of {one} and is left out",
                f"{other} 与 {one} 轮廓相同，不采用",
            ))  # fmt: skip
    problems += [
        GeoProblem(
            "warning", "left_out", (labels[i],), f"{labels[i]} has no outline with an area and is left out",
            f"{labels[i]} 没有面，不采用",
        )
        for i in np.flatnonzero(nothing).tolist()
    ]  # fmt: skip
    return frame[kept], problems


def footprint_problems(
    shapes: NDArray[np.object_], labels: Sequence[Any]
) -> tuple[list[GeoProblem], tuple[Overlap, ...]]:
    """Return what a planner should know of valid footprints: slivers, several parts, overlaps; nothing is changed.

    An overlap is a warning, not an error: cells share the ground out, so that each place has one.
    """
    import shapely

    problems = []
    area = shapely.area(shapes)
    thin = (area < SLIVER_M2) | (2.0 * area < SLIVER_M * shapely.length(shapes))
    if thin.any():
        names = tuple(labels[i] for i in np.flatnonzero(thin).tolist())
        problems.append(GeoProblem(
            "warning", "sliver", names,
            f"less than {SLIVER_M2:g} m² or {SLIVER_M:g} m wide: {listed(names)}; taken as buildings all the same",
            f"面积小于 {SLIVER_M2:g} 平方米或宽度小于 {SLIVER_M:g} 米：{listed(names)}；仍作为楼栋",
        ))  # fmt: skip
    several = np.flatnonzero(shapely.get_num_geometries(shapes) > 1).tolist()
    if several:
        names = tuple(labels[i] for i in several)
        problems.append(GeoProblem(
            "note", "multipart", names, f"of several parts, each one building: {listed(names)}",
            f"由多个部分组成，各按一栋处理：{listed(names)}",
        ))  # fmt: skip
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = left < right
    overlaps = find_overlaps(shapes, labels, left[once], right[once])
    problems += [
        GeoProblem(
            "warning", "footprints", (pair.first, pair.second),
            f"{pair.first} and {pair.second} overlap by {pair.area_m2:,.1f} m²: the ground is shared out between them",
            f"{pair.first} 与 {pair.second} 重叠 {pair.area_m2:,.1f} 平方米：重叠部分在两者之间分配",
        )
        for pair in overlaps
    ]  # fmt: skip
    return problems, overlaps

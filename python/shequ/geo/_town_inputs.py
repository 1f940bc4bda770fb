# SPDX-License-Identifier: BSD-3-Clause
"""Layers of a town, brought into one coordinate system in metres, and what each building belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._columns import count_column
from shequ._errors import InvalidInputError
from shequ.geo._checks import check_crs, check_polygons
from shequ.geo._labels import atom_labels, check_column
from shequ.geo._layers import PATH, barrier_shapes, classify_roads, road_barriers
from shequ.geo._problems import GeoProblem, listed, overlap_problems
from shequ.geo.contiguity import find_overlaps
from shequ.geo.households import HouseholdEstimate, estimate_households

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["check_layer", "compounds_of", "default_land", "households_of", "in_metres", "land_of", "lines_of"]

#: A layer farther than this from the buildings, metres, is likely in another coordinate system.
_FAR_M = 2000.0


def in_metres(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[GeoProblem]]:
    """Return a frame in metres: as it is, or converted from degrees to its UTM zone, which a note says."""
    if frame.crs is None or not frame.crs.is_geographic:
        check_crs(frame)
        return frame, []
    try:
        crs = frame.estimate_utm_crs()
    except (RuntimeError, ValueError):
        check_crs(frame)  # says that degrees are not metres
        raise
    name = crs.to_string()
    return frame.to_crs(crs), [
        GeoProblem(
            "note", "crs", (), f"converted from {frame.crs.to_string()} to {name} (metres)",
            f"已从 {frame.crs.to_string()} 转换到 {name}（米）",
        )
    ]  # fmt: skip


def check_layer(
    argument: str, layer: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, list[GeoProblem]]:
    """Return a layer in the coordinate system of the buildings; warn where it lies far from them."""
    if layer.crs is None:
        raise InvalidInputError(
            f"{argument}: crs=None must be stated: use set_crs()", f"{argument}：crs=None 必须声明：请用 set_crs()"
        )
    there = layer.to_crs(buildings.crs)
    shapes = there.geometry[~(there.geometry.isna() | there.geometry.is_empty)]
    if not len(shapes):
        return there, []
    low_x, low_y, high_x, high_y = buildings.total_bounds
    x0, y0, x1, y1 = shapes.total_bounds
    away = float(np.hypot(max(x0 - high_x, low_x - x1, 0.0), max(y0 - high_y, low_y - y1, 0.0)))
    if away <= _FAR_M:
        return there, []
    return there, [
        GeoProblem(
            "warning", "place", (),
            f"{argument} lies {away:,.0f} m away from the buildings: check the coordinate systems",
            f"{argument} 图层离楼栋 {away:,.0f} 米：请核对坐标系",
        )
    ]  # fmt: skip


def lines_of(
    roads: gpd.GeoDataFrame | None,
    barriers: Sequence[gpd.GeoDataFrame],
    buildings: gpd.GeoDataFrame,
    barrier_roads: Sequence[str],
) -> tuple[NDArray[np.object_], NDArray[np.int8], NDArray[np.object_], list[GeoProblem]]:
    """Return the lines of roads that part blocks, their classes, the geometries of barriers, and notes."""
    import shapely

    problems: list[GeoProblem] = []
    shapes: list[NDArray[np.object_]] = [np.zeros(0, dtype=object)]
    for k, layer in enumerate(barriers):
        there, found = check_layer(f"barriers[{k}]", layer, buildings)
        chosen, left_out = barrier_shapes(there)
        shapes.append(chosen)
        problems += [*found, *left_out]
    if roads is None:
        return np.zeros(0, dtype=object), np.zeros(0, dtype=np.int8), np.concatenate(shapes), problems
    there, found = check_layer("roads", roads, buildings)
    classes, notes = classify_roads(there)
    closed = road_barriers(there, barrier_roads)
    lines = np.asarray(there.geometry.values, dtype=object)
    problems += [*found, *notes]
    if closed.any():
        shapes.append(lines[closed])
        problems.append(GeoProblem(
            "note", "barriers", (),
            f"{int(closed.sum()):,} roads are barriers by their class: {listed(list(barrier_roads))}",
            f"{int(closed.sum()):,} 条道路按类别是障碍物：{listed(list(barrier_roads))}",
        ))  # fmt: skip
    used = ~shapely.is_missing(lines) & (shapely.get_dimensions(lines) == 1) & (classes != PATH) & ~closed
    return lines[used], classes[used], np.concatenate(shapes), problems


def _outermost(shapes: NDArray[np.object_], reach_m: float) -> NDArray[np.bool_]:
    """Tell the buildings that decide how far land within three times `reach_m` goes: one a square, and all near its edge.

    Squares have a side of `reach_m`. A circle of three sides around a place in a square covers that and the eight around it:
    their farthest corners are 2.83 sides away, and of 16 corners it still reaches 2.94. So the ground around most buildings
    of a large town is covered by what is kept of others.
    """
    import shapely

    corner = shapely.get_point(shapely.get_exterior_ring(shapely.get_geometry(shapes, 0)), 0)
    square = np.floor(np.stack([shapely.get_x(corner), shapely.get_y(corner)], axis=1) / reach_m)
    outline = np.floor(shapely.bounds(shapes) / reach_m)
    small = (outline[:, :2] >= square - 1.0).all(axis=1) & (outline[:, 2:] <= square + 1.0).all(axis=1)
    # A square in one number; room around them for steps to the west and south.
    x, y = (square - square.min(axis=0) + 8.0).astype(np.int64).T
    taken, first, index = np.unique((x << 32) + y, return_index=True, return_inverse=True)

    step = np.arange(-4, 5)
    nine, all_near = (taken[:, None] + ((by[:, None] << 32) + by).ravel() for by in (step[3:6], step))
    inner = np.asarray(np.isin(all_near, np.unique(nine)).all(axis=1))
    kept = np.ones(len(shapes), dtype=np.bool_)
    kept[small & inner[index.ravel()]] = False
    kept[first] = True
    return kept


def default_land(shapes: NDArray[np.object_], others: NDArray[np.object_], reach_m: float) -> NDArray[np.object_]:
    """Return the land within a distance of buildings, its gaps and bays up to four times as wide filled.

    It does not reach beyond the convex hull of buildings and `others`: data often end at a frame, where a river seems to end.
    """
    import shapely

    wide = shapely.union_all(shapely.buffer(shapes[_outermost(shapes, reach_m)], 3.0 * reach_m, quad_segs=4))
    near = shapely.get_parts(shapely.buffer(wide, -2.0 * reach_m, quad_segs=4))
    parts = [shapely.polygons(shapely.get_exterior_ring(part)) for part in near]
    frame = shapely.convex_hull(shapely.geometrycollections([*shapes, *others[~shapely.is_missing(others)]]))
    return np.array([shapely.intersection(shapely.union_all(parts), frame)], dtype=object)


def land_of(
    boundary: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame, within: str | None
) -> tuple[gpd.GeoDataFrame, NDArray[np.object_], list[GeoProblem]]:
    """Return the boundary in metres and its polygons, checked: one a community, which do not overlap."""
    import shapely

    check_column(boundary, "within", within)
    there, problems = check_layer("boundary", boundary, buildings)
    labels, _ = atom_labels(there) if within is None else ([str(name) for name in there[within]], [])
    shapes = check_polygons(there, labels)
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = left < right
    return there, shapes, [*problems, *overlap_problems(find_overlaps(shapes, labels, left[once], right[once]))]


def households_of(
    buildings: gpd.GeoDataFrame, households: str | HouseholdEstimate | None
) -> tuple[NDArray[np.int64], HouseholdEstimate | None, list[GeoProblem]]:
    """Return the households of each building: from a column, or estimated, which a warning says."""
    estimate: HouseholdEstimate | None = None
    if isinstance(households, HouseholdEstimate):
        estimate = households
    else:
        column = households or next((name for name in ("households", "户数") if name in buildings.columns), None)
        check_column(buildings, "households", column)
        if column is not None:
            counts = count_column(buildings[column], "households", len(buildings))
            wrong = dict.fromkeys(np.flatnonzero(counts.missing).tolist(), "missing") | counts.invalid
            if wrong:
                labels, _ = atom_labels(buildings)
                shown = ", ".join(f"[{labels[i]}] {wrong[i]}" for i in sorted(wrong)[:5])
                raise InvalidInputError(
                    f'households="{column}" must be whole numbers of 0 or more; {len(wrong)} are not: {shown}',
                    f'households="{column}" 必须都是大于等于 0 的整数；有 {len(wrong)} 个不是：{shown}',
                )
            return np.asarray(counts.values.data, dtype=np.int64), None, []
        estimate = estimate_households(buildings)
    if len(estimate.households) != len(buildings):
        raise InvalidInputError(
            f"households has {len(estimate.households)} buildings and must have {len(buildings)}: estimate them after repair",
            f"households 有 {len(estimate.households)} 栋，必须与楼栋的 {len(buildings)} 行一致：请在修复之后估算",
        )
    warning = GeoProblem("warning", "estimate", (), estimate.caption("en"), estimate.caption("zh"))
    return estimate.households, estimate, [warning]


def compounds_of(
    buildings: gpd.GeoDataFrame, shapes: NDArray[np.object_], compounds: gpd.GeoDataFrame | str | None
) -> tuple[list[Any], list[GeoProblem]]:
    """Return the compound (小区) of each building: a value of a column, or the polygon that holds most of it; else None."""
    import shapely

    if compounds is None:
        return [None] * len(buildings), []
    if isinstance(compounds, str):
        check_column(buildings, "compounds", compounds)
        gaps = buildings[compounds].isna().tolist()
        return [None if gap else value for value, gap in zip(buildings[compounds].tolist(), gaps, strict=True)], []
    there, problems = check_layer("compounds", compounds, buildings)
    names = [str(i) for i in there.index]
    if "name" in there.columns:
        given = zip(names, there["name"].tolist(), strict=True)
        names = [name.strip() if isinstance(name, str) and name.strip() else f"[{index}]" for index, name in given]
    areas = check_polygons(there, names)
    source, target = shapely.STRtree(areas).query(shapes, predicate="intersects")
    share = shapely.area(shapely.intersection(shapes[source], areas[target])) / shapely.area(shapes[source])
    found: list[Any] = [None] * len(buildings)
    for i, k in zip(source[share > 0.5].tolist(), target[share > 0.5].tolist(), strict=True):
        if found[i] is None:
            found[i] = (k, names[k])
    return found, problems

# SPDX-License-Identifier: BSD-3-Clause
"""Checks of coordinate system and geometries, and the repair of geometries where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ.geo._labels import atom_labels
from shequ.geo._problems import GeoProblem, listed

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["check_crs", "check_polygons", "repair_polygons"]

#: Why a polygon is invalid, as GEOS says it.
_REASONS_ZH = {
    "Self-intersection": "自相交",
    "Ring Self-intersection": "环自相交",
    "Too few points in geometry component": "点数不足",
    "Hole lies outside shell": "洞在外环之外",
    "Holes are nested": "洞相互嵌套",
    "Interior is disconnected": "内部不连通",
    "Nested shells": "面相互嵌套",
    "Duplicate Rings": "环重复",
    "Invalid Coordinate": "坐标无效",
}


def _reason(shape: Any) -> tuple[str, str]:
    """Return why a polygon is invalid, and where, in English and Chinese."""
    import shapely

    word, _, where = str(shapely.is_valid_reason(shape)).partition("[")
    at = " ".join(f"{float(number):.1f}" for number in where.rstrip("]").split()[:2])
    return f"{word} at {at}" if at else word, f"{_REASONS_ZH.get(word, word)}，位于 {at}" if at else word


def check_crs(frame: gpd.GeoDataFrame) -> None:
    """Raise InvalidInputError unless the frame states a projected coordinate system in metres; the message names it."""
    crs = frame.crs
    if crs is None:
        raise InvalidInputError(
            "crs=None must be a projected coordinate system in metres: state it with set_crs()",
            "crs=None 必须是以米为单位的投影坐标系：请用 set_crs() 声明",
        )
    name = f"{crs.name} ({':'.join(crs.to_authority() or ('no authority',))})"
    if crs.is_geographic:
        raise InvalidInputError(
            f"crs={name} must be projected, in metres: its units are degrees; convert it with to_crs()",
            f"crs={name} 必须是以米为单位的投影坐标系：它的单位是度，请用 to_crs() 转换",
        )
    units = {axis.unit_name for axis in crs.axis_info}
    if not units <= {"metre", "meter", "m"}:
        unit = ", ".join(sorted(units))
        raise InvalidInputError(
            f"crs={name} must be in metres: its unit is {unit}; convert it with to_crs()",
            f"crs={name} 必须以米为单位：它的单位是 {unit}，请用 to_crs() 转换",
        )


def check_polygons(frame: gpd.GeoDataFrame, labels: Sequence[Any]) -> NDArray[np.object_]:
    """Return the geometries of a frame; raise InvalidInputError listing the rows that are no valid polygon of their own.

    Faults are listed by label: missing or empty geometries, points and lines, invalid polygons with the reason,
    and polygons that are given twice.
    """
    import shapely

    shapes: NDArray[np.object_] = np.asarray(frame.geometry.values, dtype=object)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    kinds = shapely.get_type_id(shapes)
    other = ~empty & (kinds != 3) & (kinds != 6)  # polygon, multipolygon
    invalid = ~empty & ~other & ~shapely.is_valid(shapes)
    english, chinese = [], []
    for wrong, words in ((empty, ("missing or empty", "缺失或为空")), (other, ("not a polygon", "不是面"))):
        rows = [labels[i] for i in np.flatnonzero(wrong).tolist()]
        if rows:
            english.append(f"{words[0]}: {listed(rows)}")
            chinese.append(f"{words[1]}：{listed(rows)}")
    reasons = [(labels[i], _reason(shapes[i])) for i in np.flatnonzero(invalid).tolist()]
    if reasons:
        english.append(f"invalid: {listed([f'{label} ({why[0]})' for label, why in reasons])}")
        chinese.append(f"几何无效：{listed([f'{label}（{why[1]}）' for label, why in reasons])}")
    good = np.flatnonzero(~(empty | other | invalid))
    first: dict[bytes, int] = {}
    twice = []
    for i, text in zip(good.tolist(), shapely.to_wkb(shapely.normalize(shapes[good])), strict=True):
        if first.setdefault(text, i) != i:
            twice.append(f"{labels[i]} (= {labels[first[text]]})")
    if twice:
        english.append(f"given twice: {listed(twice)}")
        chinese.append(f"重复：{listed(twice)}")
    if reasons:
        english.append("repair those that have an area (repair=True, --repair), drop those that have none")
        chinese.append("有面积的可修复（repair=True、--repair），没有面积的请删除")
    if twice:
        english.append("keep one of each (repair=True, --repair does so with buildings)")
        chinese.append("重复的只留一行（建筑物可用 repair=True、--repair）")
    if english:
        raise InvalidInputError(
            "geometry must be one valid polygon a row; rows " + "; ".join(english),
            "geometry 每行必须是一个有效的面；" + "；".join(chinese),
        )
    return shapes


def repair_polygons(frame: gpd.GeoDataFrame, ids: str | None = None) -> tuple[gpd.GeoDataFrame, list[GeoProblem]]:
    """Repair invalid polygons, and say which: nothing else is touched.

    Parameters
    ----------
    frame : GeoDataFrame
        n polygons in metres.
    ids : str, optional
        Column with the ids, for the messages; see `shequ.geo.find_contiguity`.

    Returns
    -------
    (GeoDataFrame, list of GeoProblem)
        A copy in which the invalid polygons are the areas that their outlines enclose, without lines and points; a warning
        for each with its area before and after. What has no area stays as it is.
    """
    import shapely

    shapes = np.asarray(frame.geometry.values, dtype=object).copy()
    labels, _ = atom_labels(frame, ids)
    problems = []
    for i in np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)).tolist():
        parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shapes[i])))  # a collection holds multipolygons
        whole = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
        if shapely.area(whole) <= 0.0:
            continue
        english, chinese = _reason(shapes[i])
        before, after = shapely.area(shapes[i]), shapely.area(whole)
        shapes[i] = whole
        problems.append(
            GeoProblem(
                "warning",
                "repaired",
                (labels[i],),
                f"{labels[i]} was invalid ({english}) and is repaired: {before:,.1f} m² before, {after:,.1f} m² after",
                f"{labels[i]} 几何无效（{chinese}），已修复：修复前 {before:,.1f} 平方米，修复后 {after:,.1f} 平方米",
            )
        )
    return frame.set_geometry(list(shapes), crs=frame.crs), problems

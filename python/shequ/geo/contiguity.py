# SPDX-License-Identifier: BSD-3-Clause
"""Who touches whom among polygons, and along how many metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._errors import InvalidInputError, optional_import

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from shequ.graph import Graph

__all__ = ["Contiguity", "check_crs", "check_polygons", "find_contiguity", "graph_from_geodataframe"]


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
        Index labels of the rows that touch no other. They are never linked to anything.
    """

    edges: NDArray[np.int32]
    shared_border_m: NDArray[np.float64]
    islands: tuple[Any, ...]

    def __repr__(self) -> str:
        """Return one line: the class and key numbers."""
        return f"<Contiguity: {len(self.edges)} edges, {len(self.islands)} islands>"


def _listed(labels: list[Any]) -> str:
    shown = ", ".join(map(str, labels[:10]))
    return f"{shown}, … ({len(labels)})" if len(labels) > 10 else shown


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


def check_polygons(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Return the geometries of a frame; raise InvalidInputError listing the rows that are no valid polygon of their own.

    Faults are listed by index label: missing or empty geometries, points and lines, invalid polygons with the reason,
    and polygons that are given twice.
    """
    import shapely

    shapes: NDArray[np.object_] = np.asarray(frame.geometry.values, dtype=object)
    labels = list(frame.index)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    kinds = shapely.get_type_id(shapes)
    other = ~empty & (kinds != 3) & (kinds != 6)  # polygon, multipolygon
    invalid = ~empty & ~other & ~shapely.is_valid(shapes)
    english, chinese = [], []
    for wrong, words in ((empty, ("missing or empty", "缺失或为空")), (other, ("not a polygon", "不是面"))):
        rows = [labels[i] for i in np.flatnonzero(wrong)]
        if rows:
            english.append(f"{words[0]}: {_listed(rows)}")
            chinese.append(f"{words[1]}：{_listed(rows)}")
    rows = [f"{labels[i]} ({shapely.is_valid_reason(shapes[i])})" for i in np.flatnonzero(invalid)]
    if rows:
        english.append(f"invalid: {_listed(rows)}")
        chinese.append(f"几何无效：{_listed(rows)}")
    good = np.flatnonzero(~(empty | other | invalid))
    first: dict[bytes, int] = {}
    twice = []
    for i, text in zip(good.tolist(), shapely.to_wkb(shapely.normalize(shapes[good])), strict=True):
        if first.setdefault(text, i) != i:
            twice.append(f"{labels[i]} (= {labels[first[text]]})")
    if twice:
        english.append(f"given twice: {_listed(twice)}")
        chinese.append(f"重复：{_listed(twice)}")
    if english:
        raise InvalidInputError(
            "geometry must be one valid polygon a row; rows " + "; ".join(english),
            "geometry 每行必须是一个有效的面；行 " + "；".join(chinese),
        )
    return shapes


def find_contiguity(
    frame: gpd.GeoDataFrame, kind: Literal["rook", "queen"] = "rook", *, tolerance_m: float = 0.0
) -> Contiguity:
    """Find which polygons of a frame touch.

    Parameters
    ----------
    frame : GeoDataFrame
        n polygons in a projected coordinate system in metres.
    kind : "rook" or "queen", default "rook"
        Neighbours share a border of some length, or a corner suffices.
    tolerance_m : float, default 0.0
        Polygons whose borders run within this distance of each other touch too, 0 to 100 metres. For data with gaps
        and slivers.

    Returns
    -------
    Contiguity
        Edges, lengths, islands.

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
    sides; under "rook" it must be longer than four times the tolerance, so that a mere corner does not count. An area
    in which two polygons overlap makes no border. Complexity: O(n log n) for polygons of bounded size.
    """
    with optional_import("find_contiguity()", "geopandas", "'shequ[geo]'"):
        import shapely
    if kind not in ("rook", "queen"):
        raise InvalidInputError(
            f'contiguity="{kind}" must be "rook" or "queen"', f'contiguity="{kind}" 必须是 "rook" 或 "queen"'
        )
    if not 0.0 <= tolerance_m <= 100.0:
        raise InvalidInputError(
            f"tolerance_m={tolerance_m} must be in [0, 100]", f"tolerance_m={tolerance_m} 必须在 [0, 100] 之间"
        )
    check_crs(frame)
    shapes = check_polygons(frame)
    tree = shapely.STRtree(shapes)
    if tolerance_m > 0.0:
        left, right = tree.query(shapes, predicate="dwithin", distance=tolerance_m)
    else:
        left, right = tree.query(shapes, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    borders = shapely.boundary(shapes)
    if tolerance_m > 0.0:
        wide = shapely.buffer(shapes, tolerance_m)
        one = shapely.length(shapely.intersection(borders[left], wide[right]))
        two = shapely.length(shapely.intersection(borders[right], wide[left]))
        length = 0.5 * (one + two)
    else:
        length = shapely.length(shapely.intersection(borders[left], borders[right]))
    kept = length > 4.0 * tolerance_m if kind == "rook" else np.ones(len(left), dtype=np.bool_)
    left, right, length = left[kept], right[kept], length[kept]
    order = np.lexsort((right, left))
    edges = np.stack([left, right], axis=1)[order].astype(np.int32)
    alone = np.ones(len(shapes), dtype=np.bool_)
    alone[edges.ravel()] = False
    labels = list(frame.index)
    return Contiguity(edges, length[order], tuple(labels[i] for i in np.flatnonzero(alone)))


def graph_from_geodataframe(
    frame: gpd.GeoDataFrame, contiguity: Literal["rook", "queen"] = "rook", *, tolerance_m: float = 0.0
) -> Graph:
    """Build the graph of polygons that touch; `shequ.Graph.from_geodataframe` calls it.

    Parameters
    ----------
    frame, contiguity, tolerance_m
        See `find_contiguity`.

    Returns
    -------
    Graph
        The index of the frame gives the ids, its other columns become columns, masked where values are missing; the
        edge column `shared_border_m` holds lengths. Polygons that touch no other have no edge.
    """
    from shequ.graph import Graph

    found = find_contiguity(frame, contiguity, tolerance_m=tolerance_m)
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
        ids=list(frame.index),
        columns=columns,
        edge_columns={"shared_border_m": found.shared_border_m},
    )

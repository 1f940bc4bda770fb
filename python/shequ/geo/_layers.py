# SPDX-License-Identifier: BSD-3-Clause
"""What the features of a layer of roads or barriers are: main roads, streets and paths; water, railways and the rest."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ.geo._problems import GeoProblem, listed

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["PATH", "ROAD", "STREET", "barrier_shapes", "class_column", "classify_roads", "road_barriers"]

#: Classes of roads. A path parts no block.
PATH, STREET, ROAD = 0, 1, 2

#: Columns that say what a feature is, the first that is there; OpenStreetMap's keys, and what its extracts call them.
_CLASS_COLUMNS = (
    "highway", "kind", "fclass", "class", "value", "type", "waterway", "railway", "natural", "道路等级", "等级", "类型",
)  # fmt: skip

#: Values of OpenStreetMap's key "highway" (its wiki, "Key:highway") and Chinese words for the classes of urban roads
#: (城市综合交通体系规划标准 GB/T 51328-2018: 快速路, 主干路, 次干路, 支路).
_ROADS = {
    "motorway", "trunk", "primary", "secondary", "motorway_link", "trunk_link", "primary_link", "secondary_link",
    "高速公路", "快速路", "主干路", "主干道", "次干路", "次干道",
}  # fmt: skip
_STREETS = {
    "tertiary", "tertiary_link", "unclassified", "residential", "living_street", "road", "busway", "支路", "街坊路",
    "巷", "弄", "城市道路",
}  # fmt: skip
_PATHS = {
    "service", "footway", "path", "steps", "pedestrian", "cycleway", "track", "bridleway", "corridor", "trail",
    "platform", "pier", "subway", "rail", "railway", "light_rail", "tram", "monorail", "ferry", "construction", "proposed",
    "crossing", "elevator", "escape", "raceway", "driveway", "alley", "parking_aisle", "aerialway", "runway", "taxiway",
    "人行道", "步行街", "自行车道", "内部路", "小区路", "地铁",
}  # fmt: skip
#: What nobody walks across. Streams, drains and trams are none: they are stepped over at any place.
_BARRIERS = {
    "water", "river", "riverbank", "canal", "lake", "reservoir", "basin", "dock", "bay", "strait", "sea", "ocean",
    "coastline", "rail", "railway", "light_rail", "narrow_gauge", "motorway", "wall", "city_wall", "水域", "水系", "河流",
    "河道", "河", "湖泊", "湖", "运河", "水库", "海", "铁路", "高速公路", "围墙", "城墙",
}  # fmt: skip
_BELOW_GROUND = ("隧道", "地道", "tunnel")


def class_column(frame: gpd.GeoDataFrame) -> str | None:
    """Return the first column that says what the features are."""
    names = {str(column).lower(): str(column) for column in frame.columns}
    return next((names[name] for name in _CLASS_COLUMNS if name in names), None)


def _word(value: Any) -> str:
    return unicodedata.normalize("NFKC", value).strip().lower() if isinstance(value, str) else ""


def _words(frame: gpd.GeoDataFrame, column: str | None) -> list[str]:
    return [""] * len(frame) if column is None else [_word(value) for value in frame[column].tolist()]


def _below_ground(frame: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Tell tunnels, by OpenStreetMap's key "tunnel" or by name: blocks lie above them."""
    below = np.zeros(len(frame), dtype=np.bool_)
    if "tunnel" in frame.columns:
        below |= np.array(
            [_word(value) not in ("", "no", "0") for value in frame["tunnel"].astype(object)], dtype=np.bool_
        )
    if "name" in frame.columns:
        names = [_word(value) for value in frame["name"].tolist()]
        below |= np.array([name.endswith(_BELOW_GROUND) for name in names], dtype=np.bool_)
    return below


def classify_roads(roads: gpd.GeoDataFrame) -> tuple[NDArray[np.int8], list[GeoProblem]]:
    """Return `PATH`, `STREET` or `ROAD` for each of n roads, and what should be known about that.

    Parameters
    ----------
    roads : GeoDataFrame
        A column as `highway` or `kind` says what each is; without one all are streets.

    Returns
    -------
    (ndarray of int8, list of GeoProblem)
        Tunnels are paths: they part no block. A note names the classes that are not known, and counts tunnels.
    """
    words = _words(roads, class_column(roads))
    classes = np.full(len(roads), STREET, dtype=np.int8)
    unknown = []
    for i, word in enumerate(words):
        if word in _ROADS:
            classes[i] = ROAD
        elif word in _PATHS:
            classes[i] = PATH
        elif word and word not in _STREETS and word not in unknown:
            unknown.append(word)
    below = _below_ground(roads) & (classes != PATH)
    classes[below] = PATH
    problems = []
    if unknown:
        problems.append(
            GeoProblem(
                "note", "roads", (),
                f"classes of roads that are not known are taken as streets: {listed(unknown)}",
                f"未知的道路类别按支路处理：{listed(unknown)}",
            )
        )  # fmt: skip
    if below.any():
        problems.append(
            GeoProblem(
                "note", "roads", (),
                f"{int(below.sum()):,} roads are tunnels by their tag or name and part no block",
                f"{int(below.sum()):,} 条道路按属性或名称是隧道，不分割街区",
            )
        )  # fmt: skip
    return classes, problems


def road_barriers(roads: gpd.GeoDataFrame, kinds: Collection[str]) -> NDArray[np.bool_]:
    """Tell the roads, tunnels aside, whose class is one of `kinds`: barriers that nobody may walk across."""
    wanted = {_word(kind) for kind in kinds}
    found = np.array([bool(word) and word in wanted for word in _words(roads, class_column(roads))], dtype=np.bool_)
    return found & ~_below_ground(roads)


def barrier_shapes(frame: gpd.GeoDataFrame) -> tuple[NDArray[np.object_], list[GeoProblem]]:
    """Return the geometries of a layer that are barriers, and what was left out.

    Parameters
    ----------
    frame : GeoDataFrame
        Where a column as `kind` or `value` says what the features are, and some are known to be barriers (water, rail),
        only those are taken: grass and parks are none. Else all are.

    Returns
    -------
    (ndarray of geometries, list of GeoProblem)
        A note says how many were left out, and of which kinds.
    """
    shapes: NDArray[np.object_] = np.asarray(frame.geometry.values, dtype=object)
    words = _words(frame, class_column(frame))
    known = np.array([word in _BARRIERS for word in words], dtype=np.bool_)
    if not known.any() or known.all():
        return shapes, []
    left_out = sorted({word or "—" for word, is_one in zip(words, known.tolist(), strict=True) if not is_one})
    note = GeoProblem(
        "note", "barriers", (),
        f"{int((~known).sum()):,} of {len(frame):,} features of the barriers are none by their class and left out: "
        f"{listed(left_out)}",
        f"障碍物图层 {len(frame):,} 个要素中有 {int((~known).sum()):,} 个按类别不是障碍物，不采用：{listed(left_out)}",
    )  # fmt: skip
    return shapes[known], [note]

# SPDX-License-Identifier: BSD-3-Clause
"""Where grids end, in words on four sides (四至): a named street or river, the grid next to it, or the edge of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from shequ._errors import optional_import

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from shequ._errors import Lang
    from shequ._grid_plan import GridPlan
    from shequ.district import District
    from shequ.geo.grids import Grids

__all__ = ["Bounds", "bounds_in_words", "landmarks_of"]

_REACH_M = 60.0  # how far beyond a side a street may run and still bound it: half of the widest plus its building line
_INSIDE = 0.2  # part of the grid's depth that counts as its side: sides are seldom straight
_LEAST = 0.3  # of the length of a side that what bounds it must run along
_LINES = ("road", "river", "railway")


class Bounds(NamedTuple):
    """What lies on the four sides of a grid, in words."""

    east: str
    south: str
    west: str
    north: str


def landmarks_of(source: District | gpd.GeoDataFrame, lang: Lang = "zh", *, crs: Any = None) -> list[tuple[str, Any]]:
    """Return name and shape of what has a name and may bound a grid.

    Parameters
    ----------
    source : District or GeoDataFrame
        Streets, rivers and railways of a district, in its metres; or roads with a column `name`, of which tunnels, paths and
        the metro, as a column like `highway` or `kind` tells them, bound nothing.
    lang : "zh" or "en", default "zh"
        Language of the names of a district.
    crs : any that geopandas takes, optional
        Coordinate system of the grids, which roads are converted to. Default: theirs.

    Returns
    -------
    list of (name, shape)
        For `bounds_in_words`.
    """
    with optional_import("landmarks_of()", "shapely", "'shequ[geo]'"):
        import shapely
    from shequ.district import District

    if not isinstance(source, District):
        return _named_roads(source, crs)
    found = []
    for feature in source.landscape:
        name = feature.name if lang == "zh" else feature.name_en
        if name and feature.kind in _LINES and len(feature.points) > 1:
            line = feature.kind == "road" or feature.width_m > 0
            found.append((name, shapely.LineString(feature.points) if line else shapely.LinearRing(feature.points)))
    return found


def _named_roads(roads: gpd.GeoDataFrame, crs: Any) -> list[tuple[str, Any]]:
    from shequ.geo._layers import PATH, classify_roads

    if "name" not in roads.columns:
        return []
    called = roads["name"].map(lambda name: isinstance(name, str) and bool(name.strip())).astype(bool)
    named = roads[called & (classify_roads(roads)[0] != PATH) & roads.geometry.notna()]
    lines = named.geometry if crs is None else named.geometry.to_crs(crs)
    return [(name.strip(), line) for name, line in zip(named["name"], lines, strict=True)]


def bounds_in_words(
    grids: Grids, landmarks: Sequence[tuple[str, Any]] = (), *, lang: Lang = "zh", reach_m: float = _REACH_M
) -> list[Bounds]:
    """Say what bounds each grid to the east, south, west and north.

    Parameters
    ----------
    grids : Grids
        In a coordinate system of metres; others are projected to the UTM zone of their middle, and so are the landmarks.
    landmarks : sequence of (name, shape)
        Streets, rivers, railways: shapely lines in the coordinate system of the grids.
    lang : "zh" or "en", default "zh"
        Language.
    reach_m : float, default 60
        How far from a side a landmark may run, metres.

    Returns
    -------
    list of Bounds
        One a grid: the landmark along most of the side, at least 30 percent of it; else the grid that covers most of the
        ground beyond it; else that the community ends there.

    Notes
    -----
    The sides are those of the rectangle around the grid. Linear in the pairs of grids and landmarks that are near.
    """
    with optional_import("bounds_in_words()", "geopandas", "'shequ[geo]'"):
        import geopandas as gpd
        import shapely
    frame = grids.to_geodataframe(lang)
    lines = gpd.GeoSeries([shape for _, shape in landmarks], crs=frame.crs)
    if frame.crs is not None and frame.crs.is_geographic and len(frame):
        metric = frame.estimate_utm_crs()
        frame, lines = frame.to_crs(metric), lines.to_crs(metric)
    shapes = np.asarray(frame.geometry.values, dtype=object)
    line_tree = shapely.STRtree(np.asarray(lines.values, dtype=object))
    grid_tree = shapely.STRtree(shapes)
    found = []
    for k, shape in enumerate(shapes):
        words = []
        for side, (strip, length) in enumerate(_strips(shape, reach_m)):
            word = _landmark(strip, length, side in {0, 2}, line_tree, landmarks)
            if not word:
                word = _neighbour(strip, k, shapes, grid_tree, grids.plan, lang)
            words.append(word or ("社区边界" if lang == "zh" else "edge of the community"))
        found.append(Bounds(*words))
    return found


def _strips(shape: Any, reach_m: float) -> list[tuple[Any, float]]:
    """Return the ground along each side, east, south, west, north, and the length of the side."""
    import shapely

    west, south, east, north = shapely.bounds(shape).tolist()
    wide, deep = east - west, north - south
    x, y = _INSIDE * wide, _INSIDE * deep
    return [
        (shapely.box(east - x, south, east + reach_m, north), deep),
        (shapely.box(west, south - reach_m, east, south + y), wide),
        (shapely.box(west - reach_m, south, west + x, north), deep),
        (shapely.box(west, north - y, east, north + reach_m), wide),
    ]


def _landmark(strip: Any, length: float, upright: bool, tree: Any, landmarks: Sequence[tuple[str, Any]]) -> str:
    """Return the name of the landmark that runs along most of a side, "" where none runs along enough of it."""
    import shapely

    along: dict[str, float] = {}
    for i in tree.query(strip, predicate="intersects").tolist():
        name, line = landmarks[i]
        inside = shapely.bounds(shapely.intersection(line, strip)).tolist()
        extent = inside[3] - inside[1] if upright else inside[2] - inside[0]
        # A street that crosses the strip bounds nothing: what counts is how far it runs along it.
        along[name] = max(along.get(name, 0.0), extent)
    best = max(along, key=lambda name: (along[name], name), default="")
    return best if best and along[best] >= _LEAST * length else ""


def _neighbour(strip: Any, k: int, shapes: Any, tree: Any, plan: GridPlan, lang: Lang) -> str:
    """Return the grid that covers most of the ground beyond a side; "" where nothing does."""
    import shapely

    near = [i for i in tree.query(strip, predicate="intersects").tolist() if i != k]
    if not near:
        return ""
    areas = shapely.area(shapely.intersection(shapes[near], strip))
    best = near[int(np.argmax(areas))]
    if float(areas.max()) <= 0:
        return ""
    # Within its community a grid is called by its number, as on the notice.
    mine, other = plan.grids[k], plan.grids[best]
    if lang == "zh":
        return f"第{other.number}网格" if mine.community == other.community else f"{other.code}网格"
    return f"grid {other.number if mine.community == other.community else other.code}"

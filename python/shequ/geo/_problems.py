# SPDX-License-Identifier: BSD-3-Clause
"""What is wrong with a layer of polygons, in words: overlaps, islands, and places outside of China."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from shequ._errors import Lang

__all__ = [
    "MAX_TOLERANCE_M",
    "GeoProblem",
    "GeoWarning",
    "Link",
    "Overlap",
    "island_problems",
    "listed",
    "overlap_problems",
    "place_problem",
]

#: Bounding box of China with its islands, degrees: least and most longitude, least and most latitude. The extremes are
#: 73°29′E and 135°05′E (中国自然地理, and the 2008 handover of 黑瞎子岛), 3°31′N (曾母暗沙) and 53°34′N (漠河).
CHINA = (73.4, 135.2, 3.4, 53.6)

#: Largest tolerance that `shequ.geo.find_contiguity` takes, metres.
MAX_TOLERANCE_M = 100.0


@dataclass(frozen=True)
class Overlap:
    """Two polygons that cover the same ground: their labels, and the area in square metres."""

    first: Any
    second: Any
    area_m2: float


@dataclass(frozen=True)
class Link:
    """A polygon that touches no other, the nearest one, and how far that is, in metres. Proposed, never made."""

    island: Any
    nearest: Any
    distance_m: float


@dataclass(frozen=True)
class GeoProblem:
    """Something about the polygons that a planner should know.

    Parameters
    ----------
    severity : "error", "warning" or "note"
        An error makes any result doubtful: two grids in charge of one place.
    kind : str
        "overlap", "island", "place", "repaired", "ids", "codes", "same_name" or "one_community"; of a town also "crs",
        "left_out", "sliver", "multipart", "footprints", "roads", "barriers", "barrier", "compound", "crossing", "estimate".
    atoms : tuple
        Labels of the polygons it is about; may be empty.
    english, chinese : str
        What is wrong, and what to do.
    """

    severity: Literal["error", "warning", "note"]
    kind: str
    atoms: tuple[Any, ...]
    english: str
    chinese: str

    def message(self, lang: Lang = "en") -> str:
        """Return what is wrong in English ("en") or Chinese ("zh")."""
        return self.chinese if lang == "zh" else self.english


class GeoWarning(UserWarning):
    """Issued where a layer of polygons has problems and the result has no room for them; `problems` lists them.

    Parameters
    ----------
    problems : sequence of GeoProblem
        All of one kind; the text names the first three.
    """

    def __init__(self, problems: Sequence[GeoProblem]) -> None:
        rest = f"; and {len(problems) - 3:,} more of this kind" if len(problems) > 3 else ""
        super().__init__("; ".join(problem.english for problem in problems[:3]) + rest)
        self.problems = tuple(problems)


def listed(labels: Sequence[Any]) -> str:
    """Return the first ten labels as a text, and how many there are."""
    shown = ", ".join(map(str, labels[:10]))
    return f"{shown}, … ({len(labels)})" if len(labels) > 10 else shown


def overlap_problems(overlaps: Sequence[Overlap]) -> list[GeoProblem]:
    """Put overlaps into words: an error each, since two grids would be in charge of the same ground."""
    return [
        GeoProblem(
            "error",
            "overlap",
            (overlap.first, overlap.second),
            f"{overlap.first} and {overlap.second} overlap by {overlap.area_m2:,.1f} m²: correct the outlines, or drop "
            "the one that is drawn twice",
            f"{overlap.first} 与 {overlap.second} 重叠 {overlap.area_m2:,.1f} 平方米：请修正边界，或删去重复绘制的一个",
        )
        for overlap in overlaps
    ]


def island_problems(islands: Sequence[Any], links: Sequence[Link], tolerance_m: float) -> list[GeoProblem]:
    """Put islands into words, with the link that is proposed for each; a warning each. `tolerance_m` found none."""
    found = []
    proposed = {link.island: link for link in links}
    for island in islands:
        link = proposed.get(island)
        english, chinese = f"{island} touches no other", f"{island} 不与其他楼栋相邻"
        if link is not None and link.distance_m <= tolerance_m:
            english += f" along a border, and {link.nearest} only at a corner: link them where people can get across"
            chinese += f"，只与 {link.nearest} 在角上相接，没有公共边：如两者相通，请按距离判断相邻"
        elif link is not None:
            # Rounded up, so that a tolerance of this much reaches.
            metres = f"{math.ceil(link.distance_m * 100.0 - 1e-6) / 100.0:,.2f}"
            english += f"; the nearest is {link.nearest}, {metres} m away"
            chinese += f"；最近的是 {link.nearest}，相距 {metres} 米"
            if link.distance_m <= MAX_TOLERANCE_M:
                english += f": a tolerance of {metres} m would link them, where people can get from one to the other"
                chinese += f"：如两者相通，可把相邻距离（容差）放宽到 {metres} 米"
        found.append(GeoProblem("warning", "island", (island,), english, chinese))
    return found


def _in_china(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    west, east, south, north = CHINA
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def place_problem(frame: gpd.GeoDataFrame, labels: Sequence[Any]) -> GeoProblem | None:
    """Warn where polygons do not lie in China, and where they would if x and y were exchanged.

    Parameters
    ----------
    frame : GeoDataFrame
        Polygons in any coordinate system.
    labels : sequence
        What each is called.

    Returns
    -------
    GeoProblem or None
        None where all lie in China, or no coordinate system is stated.
    """
    import geopandas as gpd
    import shapely

    crs = frame.crs
    shapes = np.asarray(frame.geometry.values, dtype=object)
    centres = shapely.centroid(shapes)
    given = ~(shapely.is_missing(centres) | shapely.is_empty(centres))
    if crs is None or not given.any():
        return None
    at = np.flatnonzero(given)
    x, y = shapely.get_x(centres[at]), shapely.get_y(centres[at])

    def degrees(east: NDArray[np.float64], north: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        if crs.is_geographic:
            return east, north
        there = gpd.GeoSeries(shapely.points(east, north), crs=crs).to_crs(4326)
        return there.x.to_numpy(), there.y.to_numpy()

    longitude, latitude = degrees(x, y)
    outside = np.flatnonzero(~_in_china(longitude, latitude))
    if not len(outside):
        return None
    first = int(outside[0])
    swapped = bool(_in_china(*degrees(y[outside], x[outside])).all())
    label, name = labels[int(at[first])], ":".join(crs.to_authority() or (crs.name,))
    west, east, south, north = CHINA
    english = (
        f"{label} lies at longitude {longitude[first]:.4f}, latitude {latitude[first]:.4f} by crs={name}, outside of "
        f"China (longitude {west} to {east}, latitude {south} to {north})"
    )
    chinese = (
        f"按坐标系 {name}，{label} 位于经度 {longitude[first]:.4f}、纬度 {latitude[first]:.4f}，不在中国范围内"
        f"（经度 {west} 至 {east}，纬度 {south} 至 {north}）"
    )
    if len(outside) > 1:
        english += f", as do {len(outside):,} of {len(at):,} polygons"
        chinese += f"；{len(at):,} 个中有 {len(outside):,} 个如此"
    if swapped:
        what = ("latitude and longitude", "经纬度") if crs.is_geographic else ("x and y", "横纵坐标（x、y）")
        english += f": {what[0]} seem to be exchanged, for the other way round they lie in China"
        chinese += f"：疑似{what[1]}颠倒，对调后在中国范围内"
    else:
        english += ": check the coordinate system, unless they are meant to lie there"
        chinese += "：如不是境外数据，请核对坐标系"
    return GeoProblem("warning", "place", tuple(labels[int(at[i])] for i in outside.tolist()), english, chinese)

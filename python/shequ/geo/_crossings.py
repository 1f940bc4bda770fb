# SPDX-License-Identifier: BSD-3-Clause
"""Where people get across a barrier: bridges, gates and underpasses, as links between atoms on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from shequ.district import CROSSES
from shequ.geo._problems import GeoProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["find_crossings"]

_KINDS = {"underpass": "underpass", "tunnel": "underpass", "地道": "underpass", "地下通道": "underpass", "涵洞": "underpass",
          "gate": "gate", "大门": "gate", "门": "gate", "出入口": "gate"}  # fmt: skip


def _kind(row: Any) -> str:
    words = [str(row[column]).strip().lower() for column in ("crossing", "kind", "type", "类型") if column in row]
    return next((_KINDS[word] for word in words if word in _KINDS), "bridge")


def _name(row: Any, index: object) -> str:
    for column in ("name", "名称"):
        if column in row and isinstance(row[column], str) and row[column].strip():
            return str(row[column]).strip()
    return f"[{index}]"


def _ends(line: Any, barrier: Any) -> list[tuple[Any, Any]]:
    """Return where a line goes into the barrier and comes out of it, once for each time."""
    import shapely

    inside = shapely.get_parts(shapely.line_merge(_lines_on(line, barrier)))
    return [(shapely.get_point(part, 0), shapely.get_point(part, -1)) for part in inside]


def _lines_on(line: Any, barrier: Any) -> Any:
    """Return the parts of a line on a barrier, without mere points."""
    import shapely

    parts = shapely.get_parts(shapely.get_parts(shapely.intersection(line, barrier)))
    return shapely.multilinestrings(parts[shapely.get_dimensions(parts) == 1])


def find_crossings(
    frame: gpd.GeoDataFrame,
    barrier: Any,
    atoms: NDArray[np.object_],
    zone: NDArray[np.int64],
    owner: NDArray[np.int64],
    labels: Sequence[Any],
    reach_m: float,
) -> tuple[dict[tuple[int, int], tuple[int, float]], list[GeoProblem]]:
    """Find the pairs of atoms that crossings link.

    Parameters
    ----------
    frame : GeoDataFrame
        Crossings: lines across the barrier, or points beside or on it. Lines of one name that meet are one.
    barrier : polygon or multipolygon
        The barriers.
    atoms, zone, owner, labels : length n
        Outlines, side of the barriers, community, and what each is called.
    reach_m : float
        How far an end may be from the nearest atom.

    Returns
    -------
    (dict, list of GeoProblem)
        (lower, higher) atom to (index into `CROSSES`, metres between them); a note for each crossing that links, a warning
        for each that links nothing.
    """
    import shapely

    tree = shapely.STRtree(atoms)
    links: dict[tuple[int, int], tuple[int, float]] = {}
    problems: list[GeoProblem] = []

    def nearest(point: Any, banned: int = -1, same: int = -1) -> int:
        """Return the atom nearest to a point within reach, not on side `banned`, of community `same` where given."""
        near = tree.query(point, predicate="dwithin", distance=reach_m)
        near = near[(zone[near] >= 0) & (zone[near] != banned)]
        if same >= 0:
            near = near[owner[near] == same]
        if not len(near):
            return -1
        return int(near[np.lexsort((near, shapely.distance(atoms[near], point)))[0]])

    for name, kind, shape in _merged(frame):
        pairs = []
        for part in shapely.get_parts(shape):
            if part.geom_type == "LineString":
                pairs += [(nearest(a), nearest(b)) for a, b in _ends(part, barrier)]
            else:
                place = part if part.geom_type == "Point" else shapely.point_on_surface(part)
                one = nearest(place)
                pairs.append((one, -1 if one < 0 else nearest(place, int(zone[one]), int(owner[one]))))
        made = []
        for one, two in pairs:
            if min(one, two) < 0 or one == two:
                continue
            pair = (min(one, two), max(one, two))
            links.setdefault(pair, (CROSSES.index(kind), float(shapely.distance(atoms[one], atoms[two]))))
            made.append((labels[pair[0]], labels[pair[1]]))
        if made:
            text = ", ".join(f"{a}–{b}" for a, b in made)
            problems.append(GeoProblem(
                "note", "crossing", tuple(made[0]), f"crossing {name} links {text}", f"通道“{name}”连接 {text}",
            ))  # fmt: skip
        else:
            problems.append(GeoProblem(
                "warning", "crossing", (),
                f"crossing {name} links no two atoms: none within {reach_m:g} m of both of its ends on either side of a "
                "barrier",
                f"通道“{name}”没有连接任何楼栋：它的两端 {reach_m:g} 米内没有分处障碍物两侧的楼栋",
            ))  # fmt: skip
    return links, problems


def _merged(frame: gpd.GeoDataFrame) -> list[tuple[str, str, Any]]:
    """Return (name, kind, geometry) of each crossing, lines of one name and kind joined."""
    import shapely

    found: dict[tuple[str, str], list[Any]] = {}
    for index, row in zip(frame.index, frame.to_dict("records"), strict=True):
        shape = row[frame.geometry.name]
        if shape is None or shape.is_empty:
            continue
        found.setdefault((_name(row, index), _kind(row)), []).extend(shapely.get_parts(shapely.get_parts(shape)))
    merged = []
    for (name, kind), parts in found.items():
        lines = [part for part in parts if part.geom_type == "LineString"]
        rest = [part for part in parts if part.geom_type != "LineString"]
        joined = list(shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))) if lines else []
        merged.append((name, kind, shapely.geometrycollections([*joined, *rest])))
    return merged

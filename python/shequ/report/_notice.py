# SPDX-License-Identifier: BSD-3-Clause
"""Notices of grids (网格公示): one printable page a grid, from the folder that `shequ grids --out FOLDER` wrote."""

from __future__ import annotations

import csv
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from shequ._errors import InvalidInputError
from shequ._files import replacing
from shequ._messages import check_lang, text
from shequ.grids import ALL_BUILDINGS
from shequ.report._notice_style import map_frame

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from shequ._errors import Lang

__all__ = ["Notice", "Shape", "mask_phone", "write_notices"]

#: Headers of a list of staff: field to the words that name it.
_STAFF = {
    "grid": ("网格编号", "grid", "code"),
    "chief": ("网格长", "chief"),
    "worker": ("网格员", "专职网格员", "worker"),
    "phone": ("联系电话", "电话", "手机", "phone"),
}
_ROLES = ("chief", "worker", "phone")
_SIDES = ("east", "south", "west", "north")
#: Metres of a degree of latitude, on the sphere of the earth's mean radius.
_DEGREE_M = 111_195.0
#: Ground shown around a grid: part of its longer side, and least metres.
_MARGIN, _LEAST_MARGIN_M = 0.08, 10.0


class Shape(NamedTuple):
    """What a map draws: kind ("other", "water", "street", "road", "grid", "house", "own") and rings or lines, metres."""

    kind: str
    rings: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True)
class Notice:
    """What stands on the page of one grid.

    Parameters
    ----------
    head, summary, count : str
        Heading, sentence with the sums, header of the column of households.
    bounds : str
        What lies on its four sides; empty where the folder does not tell.
    people : tuple of (role, person)
        Chief, worker, telephone; empty persons are filled in by hand.
    buildings : tuple of (name, households)
        In the order of names.
    shapes : tuple of Shape
        The map, back to front.
    frame : (west, south, east, north)
        Part of the ground that the map shows, metres, of the shape that the map has on paper.
    """

    head: str
    summary: str
    count: str
    bounds: str
    people: tuple[tuple[str, str], ...]
    buildings: tuple[tuple[str, int], ...]
    shapes: tuple[Shape, ...]
    frame: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class _Feature:
    properties: dict[str, Any]
    rings: tuple[NDArray[np.float64], ...]
    extent: NDArray[np.float64]


def mask_phone(number: str) -> str:
    """Return a telephone number with its middle digits hidden, as 138****0000; of a short one only two are shown."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < 11:
        return "*" * (len(digits) - 2) + digits[-2:]
    return f"{digits[:3]}****{digits[-4:]}"


def _rings(geometry: Mapping[str, Any]) -> list[NDArray[np.float64]]:
    """Return the rings of polygons and the points of lines."""
    kind, found = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        found = [found]
    elif kind == "MultiPolygon":
        found = [ring for polygon in found for ring in polygon]
    return [np.asarray(ring, dtype=np.float64)[:, :2] for ring in found if len(ring)]


def _features(path: Path) -> list[_Feature]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))["features"]
        found = []
        for feature in content:
            rings = _rings(feature["geometry"])
            points = np.concatenate(rings)
            extent = np.concatenate([points.min(axis=0), points.max(axis=0)])
            found.append(_Feature(feature["properties"], tuple(rings), extent))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise InvalidInputError(
            text("cli.notice.no_folder", "en", path=path), text("cli.notice.no_folder", "zh", path=path)
        ) from error
    return found


def _staff(path: Path) -> dict[str, dict[str, str]]:
    """Read who is in charge of each grid; a code that is given twice is an error."""
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInputError(
            text("cli.unreadable", "en", path=path, why=error), text("cli.unreadable", "zh", path=path, why=error)
        ) from error
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    at = {name: next((header.index(w) for w in words if w in header), None) for name, words in _STAFF.items()}
    if at["grid"] is None:
        raise InvalidInputError(
            text("cli.notice.no_grid_column", "en", path=path), text("cli.notice.no_grid_column", "zh", path=path)
        )
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = {name: row[i].strip().lstrip("'") if i is not None and i < len(row) else "" for name, i in at.items()}
        if cells["grid"] in found:
            values = {"path": path, "row": number, "grid": cells["grid"]}
            raise InvalidInputError(text("cli.notice.twice", "en", **values), text("cli.notice.twice", "zh", **values))
        if cells["grid"]:
            found[cells["grid"]] = cells
    return found


class _Ground:
    """All that maps show, in degrees, and what of it lies near a grid, in metres."""

    def __init__(self, grids: Sequence[_Feature], buildings: Sequence[_Feature], ground: Sequence[_Feature]) -> None:
        streets = [f for f in ground if f.properties.get("kind") != "water"]
        water = [f for f in ground if f.properties.get("kind") == "water"]
        self.layers = [
            ("other", list(grids)), ("water", water), ("street", streets), ("house", list(buildings)),
        ]  # fmt: skip
        self.extents = [np.array([f.extent for f in layer]).reshape(-1, 4) for _, layer in self.layers]

    def around(self, grid: _Feature) -> tuple[tuple[Shape, ...], tuple[float, float, float, float]]:
        """Return the shapes around a grid, back to front, and the frame of its map."""
        west, south, _, north = grid.extent.tolist()
        scale = np.array([_DEGREE_M * math.cos(math.radians(0.5 * (south + north))), _DEGREE_M])
        origin = np.array([west, south])
        wide, high = ((grid.extent[2:] - origin) * scale).tolist()
        margin = max(_MARGIN * max(wide, high), _LEAST_MARGIN_M)
        frame = map_frame((-margin, -margin, wide + margin, high + margin))
        least, most = origin + frame[:2] / scale, origin + frame[2:] / scale
        code = grid.properties["grid"]
        own: list[Shape] = []
        shapes: list[Shape] = []
        for (kind, layer), extents in zip(self.layers, self.extents, strict=True):
            if kind == "water":  # the grid itself covers no water, and no street that runs through it is hidden
                shapes.append(Shape("grid", tuple((ring - origin) * scale for ring in grid.rings)))
            near = (extents[:, :2] <= most).all(axis=1) & (extents[:, 2:] >= least).all(axis=1)
            for i in np.flatnonzero(near).tolist():
                feature = layer[i]
                rings = tuple((ring - origin) * scale for ring in feature.rings)
                if kind == "other" and feature is grid:
                    continue
                if kind == "house" and feature.properties["grid"] == code:
                    own.append(Shape("own", rings))
                else:
                    shapes.append(Shape("road" if feature.properties.get("kind") == "road" else kind, rings))
        return (*shapes, *own, Shape("edge", tuple((ring - origin) * scale for ring in grid.rings))), frame


def _notice(
    grid: _Feature, ground: _Ground, buildings: Sequence[_Feature], person: Mapping[str, str], lang: Lang
) -> Notice:
    facts = grid.properties
    count = text("col.households", lang)
    if any(b.properties.get("estimated") for b in buildings):
        count = text("cli.grids.estimated", lang, what=count)
    lines = sorted(
        (str(b.properties.get("name") or b.properties["id"]), int(b.properties["households"])) for b in buildings
    )
    community = str(facts.get("community", ""))
    key = "cli.notice.head" if community and community not in ALL_BUILDINGS else "cli.notice.head_alone"
    sides = [str(facts.get(side) or "") for side in _SIDES]
    values = {f"{side}_side": word for side, word in zip(_SIDES, sides, strict=True)}
    shapes, frame = ground.around(grid)
    return Notice(
        head=text(key, lang, community=community, grid=facts["grid"]),
        summary=text(
            "cli.notice.sum", lang, what=count, households=sum(homes for _, homes in lines), buildings=len(lines)
        ),
        count=count,
        bounds=text("cli.notice.bounds", lang, **values) if all(sides) else "",
        people=tuple((text("cli.notice." + role, lang), person.get(role, "")) for role in _ROLES),
        buildings=tuple(lines),
        shapes=shapes,
        frame=frame,
    )


def write_notices(
    folder: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    staff: str | os.PathLike[str] | None = None,
    show_phones: bool = False,
    lang: Lang = "zh",
) -> int:
    """Write notices, an A4 page a grid: map, four sides, households by building, chief and worker.

    Parameters
    ----------
    folder : path-like
        Written by `shequ grids --out FOLDER`: its grids.geojson and buildings.geojson, and ground.geojson (water, streets)
        where it is there.
    target : path-like
        The file, .html or .pdf; replaced only once all is written. It needs no other file and no network.
    staff : path-like, optional
        CSV in UTF-8 with the columns 网格编号 (grid), 网格长 (chief), 网格员 (worker), 联系电话 (phone). Default: lines to fill in.
    show_phones : bool, default False
        Print telephone numbers whole; otherwise as 138****0000.
    lang : "zh" or "en", default "zh"
        Language.

    Returns
    -------
    int
        Number of grids. A grid of very many buildings goes on on another page.

    Raises
    ------
    InvalidInputError
        A file is missing or no such file, the target has another ending, the list of staff names a grid twice or one that does
        not exist, or, of a PDF, no installed font has the characters of a text.
    MissingDependencyError
        For a PDF: matplotlib is not installed.
    """
    lang = check_lang(lang)
    root, path = Path(folder), Path(target)
    if path.suffix.lower() not in (".html", ".pdf"):
        raise InvalidInputError(f"target={path} must end in .html or .pdf", f"target={path} 必须以 .html 或 .pdf 结尾")
    grids, buildings = _features(root / "grids.geojson"), _features(root / "buildings.geojson")
    context = _features(root / "ground.geojson") if (root / "ground.geojson").exists() else []
    people = {} if staff is None else _staff(Path(staff))
    codes = [str(grid.properties["grid"]) for grid in grids]
    unknown = [code for code in people if code not in codes]
    if unknown:
        values = {"path": staff, "grid": unknown[0], "n": len(unknown)}
        raise InvalidInputError(text("cli.notice.unknown", "en", **values), text("cli.notice.unknown", "zh", **values))
    inside: dict[str, list[_Feature]] = {code: [] for code in codes}
    for building in buildings:
        inside.setdefault(str(building.properties["grid"]), []).append(building)
    ground = _Ground(grids, buildings, context)
    notices = []
    for code, grid in zip(codes, grids, strict=True):
        person = dict(people.get(code, {}))
        if not show_phones:
            person["phone"] = mask_phone(person.get("phone", ""))
        notices.append(_notice(grid, ground, inside[code], person, lang))
    title = text("cli.notice.title", lang)
    if path.suffix.lower() == ".pdf":
        from shequ.report._notice_pdf import write_pdf

        write_pdf(notices, path, title, lang)
    else:
        from shequ.report._notice_html import notices_html

        content = notices_html(notices, title, lang).encode()
        with replacing(path) as file:
            file.write(content)
    return len(notices)

# SPDX-License-Identifier: BSD-3-Clause
"""Notices of grids (网格公示): one printable page a grid, from the folder that `shequ grids --out FOLDER` wrote."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError
from shequ._files import replacing
from shequ._messages import check_lang, text

if TYPE_CHECKING:
    import os

    from shequ._errors import Lang

__all__ = ["mask_phone", "write_notices"]

_STYLE = """
@page { size: A4; margin: 14mm }
body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #22303c; margin: 0 }
section { page-break-after: always; max-width: 182mm; margin: 0 auto }
h1 { font-size: 20pt; margin: 4mm 0 1mm } p { margin: 1mm 0; font-size: 11pt }
svg { width: 100%; height: 130mm; background: #f7f4ec; border: 0.3mm solid #b9b4a6; margin: 3mm 0 }
table { border-collapse: collapse; width: 100%; font-size: 10pt } td, th { border: 0.2mm solid #b9b4a6; padding: 1mm 2mm }
th { background: #eceae4; text-align: left } td.n, th.n { text-align: right }
.columns { columns: 3; column-gap: 5mm } .note { color: #5d6770; font-size: 9pt }
"""
#: Headers of a list of staff: field to the words that name it.
_STAFF = {
    "grid": ("网格编号", "grid", "code"),
    "chief": ("网格长", "chief"),
    "worker": ("网格员", "专职网格员", "worker"),
    "phone": ("联系电话", "电话", "手机", "phone"),
}


def mask_phone(number: str) -> str:
    """Return a telephone number with its middle digits hidden, as 138****0000; of a short one only two are shown."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < 11:
        return "*" * (len(digits) - 2) + digits[-2:]
    return f"{digits[:3]}****{digits[-4:]}"


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
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


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon


def _meets(geometry: Mapping[str, Any], west: float, south: float, east: float, north: float, reach: float) -> bool:
    """Tell whether the frame of a geometry comes within reach of a frame, degrees: only such grids are drawn."""
    points = [point for ring in _rings(geometry) for point in ring]
    columns, rows = [p[0] for p in points], [p[1] for p in points]
    beside = min(columns) > east + reach or max(columns) < west - reach
    return not beside and min(rows) <= north + reach and max(rows) >= south - reach


def _map(grid: Mapping[str, Any], others: Sequence[Mapping[str, Any]], buildings: Sequence[Mapping[str, Any]]) -> str:
    """Draw a grid among its neighbours as SVG, north up, metres to scale at its middle."""
    points = [point for ring in _rings(grid["geometry"]) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians(0.5 * (south + north)))
    scale = 1000.0 / max((east - west) * squeeze, north - south, 1e-6)
    margin = 60.0

    def path(geometry: Mapping[str, Any], style: str) -> str:
        rings = (
            "M" + "L".join(f"{(x - west) * squeeze * scale:.1f} {(north - y) * scale:.1f}" for x, y, *_ in ring) + "Z"
            for ring in _rings(geometry)
        )
        return f'<path d="{"".join(rings)}" fill-rule="evenodd" {style}/>'

    wide, high = (east - west) * squeeze * scale + 2 * margin, (north - south) * scale + 2 * margin
    style = 'fill="#eceae4" stroke="#b9b4a6" stroke-width="2"'
    reach = margin / scale / squeeze
    shapes = [
        path(other["geometry"], style) for other in others if _meets(other["geometry"], west, south, east, north, reach)
    ]
    shapes.append(path(grid["geometry"], 'fill="#d9e6f2" stroke="#4477aa" stroke-width="5"'))
    shapes += [path(b["geometry"], 'fill="#4477aa" stroke="none"') for b in buildings]
    return f'<svg viewBox="{-margin:.0f} {-margin:.0f} {wide:.0f} {high:.0f}" role="img">{"".join(shapes)}</svg>'


def write_notices(
    folder: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    staff: str | os.PathLike[str] | None = None,
    show_phones: bool = False,
    lang: Lang = "zh",
) -> int:
    """Write notices as one HTML file that prints a page a grid: map, households by building, chief and worker.

    Parameters
    ----------
    folder : path-like
        Written by `shequ grids --out FOLDER`: its grids.geojson and buildings.geojson.
    target : path-like
        The file; replaced only once all is written. It needs no other file and no network.
    staff : path-like, optional
        CSV in UTF-8 with the columns 网格编号 (grid), 网格长 (chief), 网格员 (worker), 联系电话 (phone). Default: lines to fill in.
    show_phones : bool, default False
        Print telephone numbers whole; otherwise as 138****0000.
    lang : "zh" or "en", default "zh"
        Language.

    Returns
    -------
    int
        Number of pages.

    Raises
    ------
    InvalidInputError
        A file is missing or no such file, or the list of staff names a grid twice or one that does not exist.
    """
    lang = check_lang(lang)
    root = Path(folder)
    grids, buildings = _features(root / "grids.geojson"), _features(root / "buildings.geojson")
    people = {} if staff is None else _staff(Path(staff))
    codes = [str(grid["properties"]["grid"]) for grid in grids]
    unknown = [code for code in people if code not in codes]
    if unknown:
        values = {"path": staff, "grid": unknown[0], "n": len(unknown)}
        raise InvalidInputError(text("cli.notice.unknown", "en", **values), text("cli.notice.unknown", "zh", **values))
    pages = []
    for code, grid in zip(codes, grids, strict=True):
        inside = [b for b in buildings if str(b["properties"]["grid"]) == code]
        person = people.get(code, {})
        phone = person.get("phone", "")
        shown = {**person, "phone": phone if show_phones else mask_phone(phone)}
        others = [other for other in grids if other is not grid]
        pages.append(_page(code, grid, others, inside, shown, lang))
    title = escape(text("cli.notice.title", lang))
    page = (
        f'<!DOCTYPE html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(pages)}</body></html>\n"
    )
    with replacing(target) as file:
        file.write(page.encode())
    return len(pages)


def _page(
    code: str, grid: Mapping[str, Any], others: Sequence[Mapping[str, Any]], buildings: Sequence[Mapping[str, Any]],
    person: Mapping[str, str], lang: Lang,
) -> str:  # fmt: skip
    facts = grid["properties"]
    estimated = any(b["properties"].get("estimated") for b in buildings)
    count = text("col.households", lang)
    count = text("cli.grids.estimated", lang, what=count) if estimated else count
    head = escape(text("cli.notice.head", lang, community=facts.get("community", ""), grid=code))
    roles = "".join(
        f"<tr><th>{escape(text('cli.notice.' + role, lang))}</th><td>{escape(person.get(role, '')) or '&nbsp;'}</td></tr>"
        for role in ("chief", "worker", "phone")
    )
    lines = sorted((str(b["properties"]["id"]), int(b["properties"]["households"])) for b in buildings)
    rows = "".join(f'<tr><td>{escape(name)}</td><td class="n">{homes:,}</td></tr>' for name, homes in lines)
    total = sum(homes for _, homes in lines)
    return (
        f"<section><h1>{head}</h1>"
        f"<p>{escape(text('cli.notice.sum', lang, what=count, households=total, buildings=len(lines)))}</p>"
        f"{_map(grid, others, buildings)}<table>{roles}</table>"
        f'<div class="columns"><table><tr><th>{escape(text("col.building", lang))}</th><th class="n">{escape(count)}</th></tr>'
        f"{rows}</table></div></section>"
    )

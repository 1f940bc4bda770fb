# SPDX-License-Identifier: BSD-3-Clause
"""Interactive map of grids: one HTML file with its drawing, style and script inside; it asks no server for anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from shequ._errors import InvalidInputError
from shequ._files import replacing
from shequ._messages import check_lang, text
from shequ._messages._map import MAP
from shequ.io._privacy import mask
from shequ.plot._figures import _caption, _summary
from shequ.plot._html_scene import Scene, district_scene, town_scene

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from shequ._core import StaffingRule
    from shequ._errors import Lang
    from shequ._grid_plan import GridPlan
    from shequ.district import District
    from shequ.geo import Grids, TownAtoms
    from shequ.report._grid_register import Team

__all__ = ["HtmlMap", "html_map"]

_LAYERS = ("fields", "parks", "water", "roads", "grids", "buildings", "borders", "numbers")
#: A decimetre is the unit of the drawing, in whole numbers.
_PER_METRE = 10.0
#: Height of the map in a notebook, pixels.
_HIGH_PX = 560


@dataclass(frozen=True)
class HtmlMap:
    """An interactive map.

    Parameters
    ----------
    html : str
        The whole page; it needs no other file and no network.
    """

    html: str

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page; the file is replaced only once all is written."""
        with replacing(path) as file:
            file.write(self.html.encode())

    def __repr__(self) -> str:
        """Return one line: the class and the size of the page."""
        return f"<HtmlMap: {len(self.html.encode()):,} bytes>"

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.html, quote=True)}" sandbox="allow-scripts" '
            f'style="width:100%;height:{_HIGH_PX}px;border:1px solid #dcd8cd"></iframe>'
        )


def html_map(
    ground: TownAtoms | District,
    grids: Grids | GridPlan,
    target: str | os.PathLike[str] | None = None,
    *,
    lang: Lang = "zh",
    title: str | None = None,
    team: Mapping[str, Team] | None = None,
    rule: StaffingRule | None = None,
) -> HtmlMap:
    """Draw an interactive map of grids: pan, zoom, layers, search; what the pointer is on tells its figures.

    Parameters
    ----------
    ground : TownAtoms or District
        From `shequ.geo.make_atoms`, or a district with atoms.
    grids : Grids or GridPlan
        From `town.make_grids()` or `shequ.grids.divide_district`.
    target : path-like, optional
        A file to write too (.html), replaced only once all is drawn.
    lang : "zh" or "en", default "zh"
        Language at first; a button changes it.
    title : str, optional
        Default: what the map shows.
    team : mapping of str to (chief, worker, telephone), optional
        By code of grid; telephones are shown as 138****0000.
    rule : StaffingRule, optional
        Tells the posts that the community of each grid is to have, by its households.

    Returns
    -------
    HtmlMap
        Shown by notebooks. About 150 bytes a building and 1 kilobyte a grid.

    Raises
    ------
    InvalidInputError
        The grids are of another number of atoms, the district has none, a team names a grid that is not there, or the
        path has another ending.
    MissingDependencyError
        shapely is not installed.

    Notes
    -----
    Without its script the page still shows the drawing. Texts of the data are escaped, and a policy in the page keeps it from
    loading anything. Neighbouring grids differ in colour, by a scheme for all kinds of colour vision; those out of bounds
    have a dashed red border and a red number. The caption states size, norm, seed, version and coordinate system.
    """
    from shequ._grid_plan import GridPlan
    from shequ.district import District

    lang = check_lang(lang)
    plan = grids if isinstance(grids, GridPlan) else grids.plan
    if target is not None and not str(target).lower().endswith(".html"):
        raise InvalidInputError(f"path={target} must end in .html", f"path={target} 必须以 .html 结尾")
    if isinstance(ground, District) and ground.atoms is None:
        raise InvalidInputError("district.atoms=None must be given", "district.atoms=None 必须给出")
    count = len(cast("Any", ground.atoms)) if isinstance(ground, District) else len(ground.frame)
    if count != len(plan.labels):
        raise InvalidInputError(
            f"grids has {len(plan.labels)} atoms and must have {count}, as the ground",
            f"grids 有 {len(plan.labels)} 个单元，必须与底图的 {count} 个一致",
        )
    unknown = sorted(set(team or {}) - {grid.code for grid in plan.grids})
    if unknown:
        listed = ", ".join(unknown[:10])
        raise InvalidInputError(f"team names grids that are not there: {listed}", f"team 中的网格不存在：{listed}")
    if isinstance(ground, District):
        scene = district_scene(ground, plan)
    else:
        from shequ.geo import Grids as GridsWithShapes

        scene = town_scene(ground, grids if isinstance(grids, GridsWithShapes) else GridsWithShapes(plan, ground.frame))
    made = HtmlMap(_page(scene, plan, lang, title, team or {}, rule))
    if target is not None:
        made.save(target)
    return made


def _page(
    scene: Scene, plan: GridPlan, lang: Lang, title: str | None, team: Mapping[str, Team], rule: StaffingRule | None
) -> str:
    here = files("shequ.plot")
    style, script = ((here / f"html_map.{ending}").read_text(encoding="utf-8") for ending in ("css", "js"))
    texts = {code: _texts(scene, plan, code, title, rule) for code in ("zh", "en")}
    data = {"lang": lang, "texts": texts, "grids": _facts(plan, team, rule), "buildings": _buildings(scene)}
    # "<" never stands in the text of an element of script, so that nothing in the data ends it.
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    drawn, layers = _drawing(scene, plan)
    said = texts[lang]

    def spoken(tag: str, key: str, more: str = "") -> str:
        return f'<{tag} data-text="{key}"{more}>{escape(said[key])}</{tag}>'

    buttons = "".join(
        f'<button id="{name}" data-title="{name}">{sign}</button>'
        for name, sign in (("in", "+"), ("out", "−"), ("home", "⌂"))
    )
    boxes = "".join(
        f'<label><input type="checkbox" checked data-for="{name}">{spoken("span", f"layer.{name}")}</label>'
        for name in layers
    )
    keys = "".join(
        f'<div class="key"><i style="{look}"></i>{spoken("span", key)}</div>'
        for key, look in (
            ("key.colours", "background:linear-gradient(90deg,#4477aa 33%,#ee6677 33% 66%,#228833 66%)"),
            ("key.bad", "border:2px dashed #c1121f"),
            ("key.nobody", "background:#9aa3aa"),
            ("key.water", "background:#b5d6ea"),
        )
        if key != "key.water" or "water" in layers
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    small = ' class="small"'
    head = [
        f'<!DOCTYPE html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(said['title'])}</title><style>{style}</style></head>",
    ]
    side = [
        spoken("button", "lang", ' id="lang"'), spoken("h1", "title"), spoken("p", "summary"),
        f'<p><input type="search" id="find" placeholder="{escape(said["find"])}"></p>', spoken("h2", "chosen"),
        spoken("p", "hint", small), '<dl id="facts"></dl>', spoken("h2", "layers"), boxes, spoken("h2", "legend"), keys,
        spoken("p", "caption", small + ' style="margin-top:16px"'),
    ]  # fmt: skip
    body = [
        f'<body><div id="map">{drawn}<div id="buttons">{buttons}</div>',
        f'<div id="scale"></div><div id="tip" class="off"></div></div><aside>{"".join(side)}</aside>',
        f'<script type="application/json" id="data">{packed}</script><script>{script}</script></body></html>\n',
    ]
    return "".join([*head, *body])


def _texts(scene: Scene, plan: GridPlan, lang: Lang, title: str | None, rule: StaffingRule | None) -> dict[str, str]:
    found = {key.removeprefix("map."): text(key, lang) for key in MAP if key not in ("map.rule", "map.estimate")}
    if scene.estimated:
        found["households"], found["homes"] = found["households_estimated"], found["homes_estimated"]
    del found["households_estimated"], found["homes_estimated"]
    more = [scene.crs, text("map.estimate", lang) if scene.estimated else ""]
    more.append("" if rule is None else text("map.rule", lang, rule=rule.id or rule.describe(lang)))
    found["caption"] = _caption(plan, lang, " · ".join(part for part in more if part))
    found["summary"] = _summary(plan, lang)
    if title:
        found["title"] = title
    return found


def _facts(plan: GridPlan, team: Mapping[str, Team], rule: StaffingRule | None) -> list[dict[str, Any]]:
    posts = [None if rule is None else rule.posts(entry.households) for entry in plan.communities]
    rows = []
    for grid, zh, en in zip(plan.grids, plan.table("zh"), plan.table("en"), strict=True):
        both = {name: {"zh": zh[name], "en": en[name]} for name in ("community", "kind", "state", "remark")}
        chief, worker, phone = (value or "" for value in team.get(grid.code, ("", "", "")))
        rows.append({
            "code": grid.code, **both, "households": grid.households, "buildings": grid.atoms, "chief": chief,
            "worker": worker, "phone": mask(phone) if phone else "", "posts": posts[grid.community],
        })  # fmt: skip
    return rows


def _buildings(scene: Scene) -> list[tuple[int, str, int]]:
    return list(zip(scene.building_grid, scene.building_name, scene.building_households, strict=True))


def _path(shape: Any, origin: NDArray[np.float64], classes: str, more: str = "") -> str:
    """Return a shape as a path in whole decimetres, y down, each corner as the way from the one before."""
    import shapely

    data = []
    closed = shapely.get_dimensions(shape) == 2
    parts: Iterable[Any] = shapely.get_rings(shapely.get_parts(shape)) if closed else shapely.get_parts(shape)
    for part in parts:
        points = np.rint((shapely.get_coordinates(part) - origin) * [_PER_METRE, -_PER_METRE]).astype(np.int64)
        steps = np.diff(points, axis=0)
        steps = steps[steps.any(axis=1)]
        steps = steps[:-1] if closed else steps
        if len(steps):
            x, y = points[0].tolist()
            data.append(f"M{x} {y}l{' '.join(map(str, steps.ravel().tolist()))}{'z' if closed else ''}")
    look = f' class="{classes}"' if classes else ""
    return f'<path d="{"".join(data)}"{look}{more}/>'


def _drawing(scene: Scene, plan: GridPlan) -> tuple[str, list[str]]:
    """Return the drawing and the names of the layers that have something in them."""
    west, south, east, north = scene.extent().tolist()
    origin = np.array([west, north])
    inside: dict[str, list[str]] = {
        name: [_path(shape, origin, "") for shape in shapes] for name, shapes in scene.areas.items()
    }
    inside["roads"] = [
        _path(line, origin, kind, f' style="stroke-width:{width * _PER_METRE:g}px"' if kind == "wide" else "")
        for line, kind, width in scene.lines
    ]
    shades = [
        "none" if grid.dedicated else f"c{shade}"
        for grid, shade in zip(plan.grids, scene.colours.tolist(), strict=True)
    ]
    inside["grids"] = [
        _path(shape, origin, shade, ' fill-rule="evenodd"') for shape, shade in zip(scene.grids, shades, strict=True)
    ]
    inside["buildings"] = [
        _path(shape, origin, shades[grid] if homes else "none", ' fill-rule="evenodd"')
        for shape, grid, homes in zip(scene.buildings, scene.building_grid, scene.building_households, strict=True)
    ]
    bad = ["bad" if grid.fault else "" for grid in plan.grids]
    inside["borders"] = [_path(shape, origin, kind) for shape, kind in zip(scene.grids, bad, strict=True)]
    inside["numbers"] = [
        f'<text x="{(x - west) * _PER_METRE:.0f}" y="{(north - y) * _PER_METRE:.0f}" data-r="{room * _PER_METRE:.0f}" '
        f'font-size="{min(room * _PER_METRE, 0.012 * (east - west) * _PER_METRE):.0f}"'
        f'class="{kind}">{grid.number}</text>'
        for (x, y, room), grid, kind in zip(scene.rooms().tolist(), plan.grids, bad, strict=True)
    ]
    names = [name for name in _LAYERS if inside.get(name)]
    groups = "".join(f'<g data-layer="{name}">{"".join(inside.get(name, []))}</g>' for name in ("land", *_LAYERS))
    box = f"0 0 {(east - west) * _PER_METRE:.0f} {(north - south) * _PER_METRE:.0f}"
    return f'<svg viewBox="{box}" tabindex="0" role="img">{groups}</svg>', names

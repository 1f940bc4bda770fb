# SPDX-License-Identifier: BSD-3-Clause
"""Map of the grids of a real town: buildings, roads and water as they are, and whose grid each place is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ._messages import check_lang
from shequ.plot._colour import PALETTE, colour_grids, tint
from shequ.plot._figures import _caption, _summary, checked_path, plain_settings, save
from shequ.plot._map import ALARM, DEDICATED, INK, SHORE, WATER

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

    from shequ._errors import Lang
    from shequ.geo import Grids, TownAtoms

__all__ = ["town_map"]

#: Longer side of the map and height of the lines above and below it, inches.
_SIDE, _MARGIN = 12.0, 0.42


def _paths(shapes: Iterable[Any]) -> list[Any]:
    """Return polygons as paths with holes: these run the other way round, or they would be filled."""
    import shapely
    from matplotlib.path import Path

    made = []
    for shape in shapely.normalize(np.array(list(shapes), dtype=object)):
        rings = _rings(shape)
        if rings:
            made.append(Path.make_compound_path(*(Path(ring, closed=True) for ring in rings)))
    return made


def town_map(
    town: TownAtoms, grids: Grids, target: str | os.PathLike[str], *, lang: Lang = "zh", title: str | None = None
) -> None:
    """Draw the grids of a town over its buildings, roads and water.

    Parameters
    ----------
    town : TownAtoms
        From `shequ.geo.make_atoms`.
    grids : Grids
        From `town.make_grids()`.
    target : path-like
        A file (.png, .pdf, .svg), replaced only once all is drawn; 1,800 pixels on its longer side.
    lang : "zh" or "en", default "zh"
        Language. English is used where no font with Chinese characters is installed.
    title : str, optional
        Default: what the map shows. Also where the font lacks one of its characters.

    Raises
    ------
    InvalidInputError
        The grids are of another number of atoms, or the path has another ending.
    MissingDependencyError
        matplotlib is not installed.

    Notes
    -----
    Neighbouring grids have different colours of a scheme for all kinds of colour vision; grids out of bounds have a red
    number and outline, those where nobody lives are grey. The caption states size, norm, seed, version, coordinate
    system, and that households are an estimate where they are one.
    """
    lang = check_lang(lang)
    plan = grids.plan
    if len(plan.labels) != len(town.frame):
        raise InvalidInputError(
            f"grids has {len(plan.labels)} atoms and must have {len(town.frame)}, as the town",
            f"grids 有 {len(plan.labels)} 个单元，必须与 town 的 {len(town.frame)} 个一致",
        )
    path = checked_path(target)
    with plain_settings():
        from matplotlib.collections import LineCollection, PathCollection
        from matplotlib.figure import Figure

        from shequ.plot._fonts import choose_font, drawable

        font, lang = choose_font(lang)
        x0, y0, x1, y1 = (float(value) for value in town.frame.total_bounds)
        scale = _SIDE / max(x1 - x0, y1 - y0)
        wide, high = max((x1 - x0) * scale, 6.0), (y1 - y0) * scale
        figure = Figure(figsize=(wide, high + 2.0 * _MARGIN), dpi=150, facecolor="#fbfaf6")
        ax: Axes = figure.add_axes((0.0, _MARGIN / (high + 2.0 * _MARGIN), 1.0, high / (high + 2.0 * _MARGIN)))
        ax.set(xlim=(x0, x1), ylim=(y0, y1), aspect="equal")
        ax.set_axis_off()
        shades = colour_grids(plan.labels, town.graph.edges, len(plan))
        areas = list(grids.to_geodataframe(lang).geometry.values)
        fills = [DEDICATED if g.dedicated else tint(PALETTE[c], 0.3) for g, c in zip(plan.grids, shades, strict=True)]
        ax.add_collection(PathCollection(_paths(areas), facecolors=fills, edgecolors="none", zorder=1))
        water = _paths([town.barrier])
        ax.add_collection(PathCollection(water, facecolors=WATER, edgecolors=SHORE, linewidths=0.5, zorder=2))
        _roads(ax, town)
        strong = [tint(colour, 0.85) for colour in PALETTE]
        colours = [
            "#9aa3aa" if not homes else strong[shades[grid]]
            for homes, grid in zip(
                town.buildings["atom_households"], town.grid_of_buildings(grids).tolist(), strict=True
            )
        ]
        buildings = PathCollection(
            _paths(town.buildings.geometry.values), facecolors=colours, edgecolors="none", zorder=4
        )
        ax.add_collection(buildings)
        good = [not grid.fault for grid in plan.grids]
        for state, colour, width in ((True, INK, 0.9), (False, ALARM, 1.6)):
            chosen = [area for area, is_good in zip(areas, good, strict=True) if is_good == state]
            lines = LineCollection(
                [ring for shape in chosen for ring in _rings(shape)], colors=colour, linewidths=width, zorder=5
            )
            ax.add_collection(lines)
        _numbers(ax, grids, areas, font)
        default = "网格划分图" if lang == "zh" else "Grids"
        words = drawable(font, title or "", default)
        line = 0.5 * _MARGIN / (high + 2.0 * _MARGIN)
        figure.text(0.01, 1.0 - line, f"{words}　{_summary(plan, lang)}" if lang == "zh" else f"{words} · {_summary(plan, lang)}",
                    fontproperties=font, color=INK, va="center").set_fontsize(11)  # fmt: skip
        said = "" if town.estimate is None else ("户数为估算值" if lang == "zh" else "households are an estimate")
        more = " · ".join(part for part in (town.parameters["crs"], said) if part)
        figure.text(0.01, line, _caption(plan, lang, more), fontproperties=font, color="#77808a",
                    va="center").set_fontsize(7.5)  # fmt: skip
        save(figure, path)


def _rings(shape: Any) -> list[Any]:
    import shapely

    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(shape))]


def _roads(ax: Axes, town: TownAtoms) -> None:
    import shapely
    from matplotlib.collections import LineCollection

    lines, index = shapely.get_parts(np.asarray(town.roads.geometry.values, dtype=object), return_index=True)
    main = (town.roads["road_class"].to_numpy() == 2)[index] if len(lines) else np.zeros(0, dtype=np.bool_)
    for chosen, width in ((~main, 0.9), (main, 1.8)):
        points = [shapely.get_coordinates(line) for line in lines[chosen]]
        ax.add_collection(LineCollection(points, colors="#ffffff", linewidths=width, zorder=3, capstyle="round"))


def _numbers(ax: Axes, grids: Grids, areas: list[Any], font: FontProperties) -> None:
    """Write the number of each grid where it has most room; grids too small for it have none."""
    import shapely
    from matplotlib.patheffects import withStroke

    x0, x1 = ax.get_xlim()
    for grid, area in zip(grids.plan.grids, areas, strict=True):
        circle = shapely.maximum_inscribed_circle(area, tolerance=1.0)
        x, y = shapely.get_coordinates(circle)[0].tolist()
        if shapely.length(circle) < 0.004 * (x1 - x0):
            continue
        ax.text(x, y, str(grid.number), fontproperties=font, fontsize=7.5, ha="center", va="center", zorder=6,
                color=ALARM if grid.fault else INK, path_effects=[withStroke(linewidth=1.8, foreground="#ffffff")])  # fmt: skip

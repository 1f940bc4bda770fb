# SPDX-License-Identifier: BSD-3-Clause
"""What stands beside the map: legend, list of communities, scale bar, north arrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from shequ._repr_text import text_width
from shequ.plot._colour import PALETTE, tint
from shequ.plot._fonts import drawable, patched
from shequ.plot._map import ALARM, DEDICATED, INK, PARK, PARK_EDGE, SHORE, WATER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from shequ._grid_plan import GridPlan
    from shequ.district import District
    from shequ.plot._labels import Labels
    from shequ.plot._map import MapStyle

__all__ = ["draw_panel", "draw_scale"]

_WORDS = {
    "legend": ("图例", "Legend"),
    "community": ("社区（村）界", "Community border"),
    "grid": ("网格界与网格号", "Grid border and number"),
    "homes": ("住宅（按网格着色）", "Homes, by grid"),
    "other": ("无住户建筑", "Buildings without homes"),
    "fault": ("户数超出范围的网格", "Grid out of bounds"),
    "railway": ("铁路", "Railway"),
    "bridge": ("河流与桥梁", "River and bridge"),
    "park": ("公园", "Park"),
    "list": ("社区一览", "Communities"),
    "name": ("社区（村）", "Community"),
    "households": ("户数", "Households"),
    "grids": ("网格", "Grids"),
    "spread": ("每格户数", "Size"),
    "more": ("其余 {n} 个社区未列出", "{n} more communities not listed"),
    "remarks": ("说明", "Remarks"),
    "dedicated": ("专属网格（无住户）", "Dedicated grid: no homes"),
}
GREY = "#77808a"


def _word(key: str, style: MapStyle, **values: object) -> str:
    return _WORDS[key][0 if style.lang == "zh" else 1].format(**values)


def _legend(ax: Axes, style: MapStyle, top: float) -> float:
    """Draw the legend from `top` downwards; return where it ends."""
    from matplotlib.patches import FancyBboxPatch, Rectangle

    scale, step, wide = style.scale, 31.0, 46.0
    for row, key in enumerate(
        ("community", "grid", "homes", "other", "dedicated", "fault", "bridge", "railway", "park")
    ):
        y = top - 22.0 - row * step
        low = y - 9.0
        light, strong = tint(PALETTE[0], 0.24), tint(PALETTE[0], 0.86)
        if key == "community":
            ax.plot([0, wide], [y, y], color=INK, linewidth=2.6 * scale, solid_capstyle="round")
        elif key == "grid":
            ax.plot([0, wide], [y, y], color="#70777d", linewidth=1.4 * scale)
            ax.add_patch(
                FancyBboxPatch(
                    (13, y - 7.5), 20, 15, boxstyle="round,pad=1.5,rounding_size=5", facecolor="#ffffff",
                    edgecolor="#8b9096", linewidth=0.7 * scale, zorder=3,
                )
            )  # fmt: skip
            ax.text(
                23, y - 0.5, "01", color=INK, fontsize=7.0 * scale, ha="center", va="center", zorder=4,
                fontproperties=style.font,
            ).set_fontsize(7.0 * scale)  # fmt: skip
        elif key in ("homes", "other"):
            ax.add_patch(Rectangle((0, low), wide, 18, facecolor=light, edgecolor="none"))
            for k in range(2):
                colour = strong if key == "homes" else "#9aa3aa"
                ax.add_patch(Rectangle((4 + 21 * k, low + 6), 17, 6.5, facecolor=colour, edgecolor="none"))
        elif key == "dedicated":
            ax.add_patch(Rectangle((0, low), wide, 18, facecolor=DEDICATED, edgecolor="#8b9096", linewidth=0.7 * scale))
        elif key == "fault":
            edge = (0.76, 0.07, 0.12, 0.5)
            ax.add_patch(Rectangle((0, low), wide, 18, facecolor=light, edgecolor=edge, hatch="////", linewidth=0.0))
        elif key == "bridge":
            ax.add_patch(Rectangle((0, low), wide, 18, facecolor=WATER, edgecolor=SHORE, linewidth=0.9 * scale))
            ax.plot([23, 23], [low - 1, low + 19], color="#7d868d", linewidth=6.5 * scale, solid_capstyle="butt")
            ax.plot([23, 23], [low - 1, low + 19], color="#ffffff", linewidth=4.6 * scale, solid_capstyle="butt")
        elif key == "railway":
            ax.plot([0, wide], [y, y], color="#59636b", linewidth=3.6 * scale, solid_capstyle="butt")
            ax.plot([6, wide], [y, y], color="#ffffff", linewidth=2.2 * scale, dashes=(4, 4), dash_capstyle="butt")
        else:
            ax.add_patch(Rectangle((0, low), wide, 18, facecolor=PARK, edgecolor=PARK_EDGE, linewidth=0.7 * scale))
        _write(ax, wide + 16, y, _word(key, style), style, 9.4)
    return top - 22.0 - 9 * step


def _write(
    ax: Axes, x: float, y: float, words: str, style: MapStyle, size: float, colour: str = INK, ha: str = "left"
) -> None:
    text = ax.text(x, y, words, color=colour, ha=ha, va="center", fontproperties=style.font)
    text.set_fontsize(size * style.scale)


def _headline(ax: Axes, words: str, style: MapStyle, y: float) -> None:
    _write(ax, 0, y, words, style, 12.5)
    ax.plot([0, ax.get_xlim()[1]], [y - 19, y - 19], color="#c9c4b8", linewidth=0.9 * style.scale)


def draw_panel(ax: Axes, district: District, plan: GridPlan, style: MapStyle) -> None:
    """Draw legend and list of communities.

    Parameters
    ----------
    ax : Axes
        With limits of one unit a pixel of a figure of 2,000 pixels width.
    district : District
        For towns.
    plan : GridPlan
        Of its atoms.
    style : MapStyle
        Font, language, scale.
    """
    ax.axis("off")
    width, top = ax.get_xlim()[1], ax.get_ylim()[1]
    _headline(ax, _word("legend", style), style, top - 14)
    below = _legend(ax, style, top - 40)
    _headline(ax, _word("list", style), style, below - 22)
    columns = (width - 185.0, width - 115.0, width)
    y = below - 60
    _write(ax, 0, y, _word("name", style), style, 8.2, GREY)
    for x, key in zip(columns, ("households", "grids", "spread"), strict=True):
        _write(ax, x, y, _word(key, style), style, 8.2, GREY, "right")
    h = district.hierarchy
    step = 25.5
    town: int | None = None
    for index, entry in enumerate(plan.communities):
        unit = entry.key if isinstance(entry.key, int) else -1
        parent = h.parent(unit) if unit >= 0 else None
        room = (2 if parent != town else 1) * step
        if y - room < 2 * step and index + 1 < len(plan.communities):
            _write(ax, 0, y - step, _word("more", style, n=len(plan.communities) - index), style, 8.2, GREY)
            return
        if parent != town:
            town = parent
            if town is not None:
                y -= step + 3
                name = drawable(style.font, h.name(town, lang=style.lang), h.code(town))
                _write(ax, 0, y, name, style, 8.6, GREY)
        y -= step
        grids = plan.grids_of(index)
        sizes = [grid.households for grid in grids]
        spread = f"{min(sizes):,}–{max(sizes):,}" if len(set(sizes)) > 1 else f"{sizes[0]:,}" if sizes else "—"
        _write(ax, 8, y, style.short(entry), style, 9.2)
        _write(ax, columns[0], y, f"{entry.households:,}", style, 9.0, ALARM if entry.uncovered else INK, "right")
        _write(ax, columns[1], y, f"{entry.count}", style, 9.0, INK, "right")
        _write(ax, columns[2], y, spread, style, 9.0, ALARM if any(grid.fault for grid in grids) else INK, "right")
    _remarks(ax, plan, style, y - 2.2 * step)


def _remarks(ax: Axes, plan: GridPlan, style: MapStyle, y: float) -> None:
    """List the communities with grids out of bounds and why, as far as there is room below `y`."""
    troubled = [entry for entry in plan.communities if entry.message(style.lang)]
    step, letters = 19.5, int(ax.get_xlim()[1] / 9.0)
    if not troubled or y < 4 * step:
        return
    _headline(ax, _word("remarks", style), style, y)
    y -= 24.0
    for position, entry in enumerate(troubled):
        lines = _wrapped(
            f"{style.short(entry)}{'：' if style.lang == 'zh' else ': '}{entry.message(style.lang)}", letters
        )
        last = position + 1 == len(troubled)
        if y - (len(lines) + (0 if last else 1)) * step < 0.0:
            _write(ax, 0, y - step, _word("more", style, n=len(troubled) - position), style, 8.2, GREY)
            return
        for line in lines:
            y -= step
            _write(ax, 0, y, patched(style.font, line), style, 7.8, "#4a545d")
        y -= 5.0


def _wrapped(words: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns, a Chinese character being two, English at spaces."""
    pieces = words.split(" ") if words.isascii() else re.findall(r"[0-9A-Za-z.,%]+|.", words)
    joint = " " if words.isascii() else ""
    lines = [""]
    for piece in pieces:
        longer = lines[-1] + joint + piece if lines[-1] else piece
        if text_width(longer) <= width or piece in "，。；：、）":
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _covered(points: NDArray[np.float64], box: tuple[float, float, float, float]) -> int:
    inside = (points >= box[:2]).all(axis=1) & (points <= box[2:]).all(axis=1)
    return int(np.count_nonzero(inside))


def draw_scale(ax: Axes, style: MapStyle, labels: Labels, points: NDArray[np.float64]) -> None:
    """Draw scale bar and north arrow in the corners of a map; keep labels off them.

    Parameters
    ----------
    ax : Axes
        Of the map, metres.
    style : MapStyle
        Font, scale.
    labels : Labels
        Of the map.
    points : ndarray of float64, shape (p, 2)
        What the map shows, metres: the corners with the fewest are taken.
    """
    from matplotlib.patches import Polygon, Rectangle

    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    wide = x1 - x0
    length = next(step for step in (50, 100, 200, 250, 500, 1000, 2000, 5000, 10**6) if step >= wide / 8)
    thick = 0.0042 * wide
    low = y0 + 0.028 * wide
    corners = (x0 + 0.025 * wide, x1 - 0.04 * wide - length)
    left = min(corners, key=lambda x: _covered(points, (x, y0, x + length, low + 10 * thick)))
    for k in range(4):
        ax.add_patch(
            Rectangle(
                (left + k * length / 4, low), length / 4, thick, facecolor=INK if k % 2 == 0 else "#ffffff",
                edgecolor=INK, linewidth=0.8 * style.scale, zorder=11,
            )
        )  # fmt: skip
    for share, words in ((0.0, "0"), (0.5, f"{length // 2}"), (1.0, f"{length} m")):
        text = ax.text(left + share * length, low + 2.2 * thick, words, color=INK, ha="center", va="bottom",
                       fontproperties=style.font, zorder=11)  # fmt: skip
        text.set_fontsize(8.0 * style.scale)
    size, y = 0.02 * wide, y1 - 0.075 * wide
    corners = (x0 + 0.035 * wide, x1 - 0.035 * wide)
    x = min(corners, key=lambda x: _covered(points, (x - size, y - 2 * size, x + size, y1)))
    for side, colour in ((-1.0, INK), (1.0, "#ffffff")):
        arrow = np.array([(x, y + 1.5 * size), (x + side * 0.55 * size, y - 0.5 * size), (x, y)])
        ax.add_patch(
            Polygon(arrow, closed=True, facecolor=colour, edgecolor=INK, linewidth=0.9 * style.scale, zorder=11)
        )
    text = ax.text(x, y + 1.75 * size, "北" if style.lang == "zh" else "N", color=INK, ha="center", va="bottom",
                   fontproperties=style.font, zorder=11)  # fmt: skip
    text.set_fontsize(10.0 * style.scale)
    bar = (left - 0.02 * wide, low, left + length + 0.03 * wide, low + 9 * thick)
    for a, b, c, d in (bar, (x - size, y - size, x + size, y + 3.2 * size)):
        (px, py), (qx, qy) = ax.transData.transform([(a, b), (c, d)])
        labels.reserve((px, py, qx, qy))

# SPDX-License-Identifier: BSD-3-Clause
"""Notices of grids as PDF: drawn with matplotlib, which is imported on use; no browser is needed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ._files import replacing
from shequ._messages import text
from shequ.report._notice_style import HIGH_MM, SHAPES, WIDE_MM, columns_of, scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    from shequ._errors import Lang
    from shequ.report._notice import Notice, Shape

__all__ = ["write_pdf"]

_PAGE_MM = (210.0, 297.0)
_EDGE_MM = 14.0
_POINT_MM = 25.4 / 72.0
_INK, _GREY, _LINE = "#22303c", "#5d6770", "#b9b4a6"
#: Lists longer than what the map leaves go on on pages of their own, of so many millimetres.
_FULL_MM = 250.0


class _Sheet:
    """A page, measured in millimetres from its upper left corner."""

    def __init__(self, font: FontProperties) -> None:
        from matplotlib.figure import Figure

        self.font = font
        self.figure: Figure = Figure(figsize=(_PAGE_MM[0] / 25.4, _PAGE_MM[1] / 25.4), dpi=72)

    def write(self, x: float, y: float, words: str, size_pt: float, **style: Any) -> Any:
        """Write a text whose baseline begins at a place; one that the font cannot show is an error."""
        from shequ.plot._fonts import drawable

        if not words:
            return None
        if not drawable(self.font, words):
            raise InvalidInputError(
                text("cli.notice.no_font", "en", what=words), text("cli.notice.no_font", "zh", what=words)
            )
        at = (x / _PAGE_MM[0], 1.0 - y / _PAGE_MM[1])
        item = self.figure.text(*at, words, fontproperties=self.font, parse_math=False, **{"color": _INK, **style})
        item.set_fontsize(size_pt)
        return item

    def rule(self, x: float, y: float, wide: float, colour: str, width_mm: float = 0.2) -> None:
        """Draw a line to the right."""
        from matplotlib.lines import Line2D

        ends = ([x / _PAGE_MM[0], (x + wide) / _PAGE_MM[0]], [1.0 - y / _PAGE_MM[1]] * 2)
        self.figure.add_artist(Line2D(*ends, color=colour, linewidth=width_mm / _POINT_MM))


def _draw_map(sheet: _Sheet, notice: Notice, top_mm: float, lang: Lang) -> None:
    from matplotlib.patheffects import withStroke

    wide, high = _PAGE_MM
    box = (_EDGE_MM / wide, 1.0 - (top_mm + HIGH_MM) / high, WIDE_MM / wide, HIGH_MM / high)
    ax: Axes = sheet.figure.add_axes(box)
    west, south, east, north = notice.frame
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set(color=_LINE, linewidth=0.3 / _POINT_MM)
    for depth, (kind, alike) in enumerate(groupby(notice.shapes, key=lambda shape: shape.kind)):
        _draw_shapes(ax, kind, list(alike), depth)
    metres, unit = scale_of(east - west), (east - west) / WIDE_MM
    x, y = east - 6.0 * unit - metres, south + 6.0 * unit
    top = len(notice.shapes)
    ax.plot(
        [x, x, x + metres, x + metres], [y + 1.4 * unit, y, y, y + 1.4 * unit], color=_INK, linewidth=1.1, zorder=top
    )
    words = text("cli.notice.metres", lang, n=metres)
    label = ax.text(x + 0.5 * metres, y + 1.6 * unit, words, ha="center", va="bottom", color=_INK, zorder=top,
                    fontproperties=sheet.font, path_effects=[withStroke(linewidth=1.6, foreground="#ffffff")])  # fmt: skip
    label.set_fontsize(9.0)


def _draw_shapes(ax: Axes, kind: str, shapes: Sequence[Shape], depth: int) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    style = SHAPES[kind]
    closed = bool(style.fill) or style.closed
    paths = []
    for _, rings in shapes:
        if closed:
            paths.append(Path.make_compound_path(*(Path(np.vstack([r, r[:1]]), closed=True) for r in rings)))
        else:
            paths += [Path(ring) for ring in rings]
    drawn = PathCollection(
        paths, facecolors=style.fill or "none", edgecolors=style.line or "none", linewidths=style.width_mm / _POINT_MM,
        zorder=depth, joinstyle="round", capstyle="round",
    )  # fmt: skip
    ax.add_collection(drawn, autolim=False)


def _list(
    sheet: _Sheet,
    rows: Sequence[tuple[str, int]],
    top_mm: float,
    columns: int,
    lines: int,
    size_pt: float,
    line_mm: float,
) -> None:
    """Write buildings and their households in columns, filled evenly from the left."""
    per_column = min(lines, -(-len(rows) // columns))
    gap = 5.0
    wide = (WIDE_MM - gap * (columns - 1)) / columns
    room = wide - 3.2 * size_pt * _POINT_MM
    for k, (name, homes) in enumerate(rows):
        column, line = divmod(k, max(per_column, 1))
        x, y = _EDGE_MM + column * (wide + gap), top_mm + (line + 0.75) * line_mm
        sheet.write(x, y, _shortened(name, room, size_pt), size_pt)
        sheet.write(x + wide, y, f"{homes:,}", size_pt, ha="right")
        sheet.rule(x, top_mm + (line + 1) * line_mm, wide, "#dcd8cd", 0.1)


def _shortened(words: str, room_mm: float, size_pt: float) -> str:
    """Cut a name that is too long for its column, with an ellipsis: Chinese characters are as wide as high, others half."""
    room = room_mm / (size_pt * _POINT_MM)
    if _ems(words) <= room:
        return words
    used = np.cumsum([_ems(letter) for letter in words])
    return words[: int(np.searchsorted(used, room - 1.0))] + "…"


def _ems(words: str) -> float:
    return sum(1.0 if ord(letter) > 0x2E80 else 0.58 for letter in words)


def _fitting(words: str, size_pt: float) -> float:
    """Return the size in points, at most `size_pt`, at which a line fits the width of the page."""
    return min(size_pt, WIDE_MM / (_POINT_MM * max(_ems(words), 1.0)))


def _sheets(notice: Notice, font: FontProperties, lang: Lang) -> list[Figure]:
    """Draw the pages of a notice: one, and more where the list of buildings does not fit."""
    sheet = _Sheet(font)
    y = _EDGE_MM + 8.0
    sheet.write(_EDGE_MM, y, notice.head, _fitting(notice.head, 20.0))
    sheet.write(_EDGE_MM, y + 8.0, notice.summary, 11.0)
    y += 8.0
    if notice.bounds:
        y += 6.0
        sheet.write(_EDGE_MM, y, notice.bounds, _fitting(notice.bounds, 11.0))
    _draw_map(sheet, notice, y + 4.0, lang)
    y += 4.0 + HIGH_MM + 9.0
    gap = 6.0
    wide = (WIDE_MM - gap * (len(notice.people) - 1)) / len(notice.people)
    for k, (role, person) in enumerate(notice.people):
        x = _EDGE_MM + k * (wide + gap)
        sheet.write(x, y, role, 11.0, color=_GREY)
        room = 3.0 + 11.0 * _POINT_MM * _ems(role)
        sheet.write(x + room, y, _shortened(person, wide - room, 11.0), 11.0)
        sheet.rule(x, y + 1.8, wide, _GREY, 0.3)
    y += 8.5
    sheet.write(_EDGE_MM, y, text("cli.notice.list", lang, what=notice.count), 9.0, color=_GREY)
    columns, lines, size_pt, line_mm = columns_of(len(notice.buildings))
    rows = list(notice.buildings)
    _list(sheet, rows[: columns * lines], y + 2.0, columns, lines, size_pt, line_mm)
    pages = [sheet.figure]
    more = int(_FULL_MM / line_mm)
    for start in range(columns * lines, len(rows), columns * more):
        sheet = _Sheet(font)
        sheet.write(_EDGE_MM, _EDGE_MM + 6.0, notice.head, 12.0)
        part = rows[start : start + columns * more]
        _list(sheet, part, _EDGE_MM + 10.0, columns, more, size_pt, line_mm)
        pages.append(sheet.figure)
    return pages


def write_pdf(notices: Sequence[Notice], path: Path, title: str, lang: Lang) -> None:
    """Write the pages of all notices; the same notices give the same bytes.

    Parameters
    ----------
    notices : sequence of Notice
        One or more.
    path : Path
        Replaced only once all is drawn.
    title : str
        Title of the document.
    lang : "zh" or "en"
        Language of the scale bar and of headers.

    Raises
    ------
    InvalidInputError
        No installed font has all characters of a text.
    MissingDependencyError
        matplotlib is not installed.
    """
    from shequ._core import __version__
    from shequ.plot._figures import plain_settings

    with plain_settings():
        import matplotlib as mpl
        from matplotlib.backends.backend_pdf import PdfPages
        from matplotlib.font_manager import FontProperties

        from shequ.plot._fonts import find_cjk_font

        # Whole outlines of letters (42), so that texts can be searched and copied.
        mpl.rcParams["pdf.fonttype"] = 42
        chinese = find_cjk_font()
        font = FontProperties(family="DejaVu Sans") if chinese is None else FontProperties(fname=chinese)
        known = {"Title": title, "Creator": f"shequ {__version__}", "Producer": None, "CreationDate": None}
        with replacing(path) as file, PdfPages(file, metadata=known) as pdf:
            for notice in notices:
                for figure in _sheets(notice, font, lang):
                    pdf.savefig(figure)

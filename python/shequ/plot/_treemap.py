# SPDX-License-Identifier: BSD-3-Clause
"""Treemap of a hierarchy: areas by households or another count, units grouped by the unit above (树状图)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ._messages import check_lang
from shequ.plot._chart import INK, Words, draw_chart
from shequ.plot._colour import PALETTE, tint

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from numpy.typing import ArrayLike, NDArray

    from shequ._errors import Lang
    from shequ._levels import LevelLike
    from shequ.hierarchy import Hierarchy

__all__ = ["squarify", "treemap"]

Rect = tuple[float, float, float, float]
_WIDE, _HIGH = 1340.0, 780.0
_HEAD = 30.0  # room for the name of a group, pixels
_MOST = 20_000


def squarify(values: Sequence[float], rect: Rect) -> list[Rect]:
    """Cut a rectangle into ones of given areas, as square as can be.

    Parameters
    ----------
    values : sequence of float
        Positive, the largest first; their sum stands for the whole area.
    rect : (left, low, width, height)
        To be cut.

    Returns
    -------
    list of (left, low, width, height)
        One a value.

    References
    ----------
    M. Bruls, K. Huizing, J. J. van Wijk: Squarified treemaps, VisSym 2000, doi:10.1007/978-3-7091-6783-0_4.
    """
    x, y, wide, high = rect
    total = float(sum(values))
    found: list[Rect] = []
    k = 0
    while k < len(values):
        scale = wide * high / total if total > 0 else 0.0
        side = min(wide, high)
        end, best = k, np.inf
        row = 0.0
        while end < len(values):
            grown = row + values[end] * scale
            # The sides of a row of area `grown` are side and grown / side; its worst part is the first or the last.
            worst = max(
                side * side * values[k] * scale / (grown * grown), grown * grown / (side * side * values[end] * scale)
            )
            if worst > best:
                break
            row, best, end = grown, worst, end + 1
        depth = row / side if side > 0 else 0.0
        at = 0.0
        for value in values[k:end]:
            length = value * scale / depth if depth > 0 else 0.0
            found.append(
                (x, y + high - at - length, depth, length)
                if wide >= high
                else (x + at, y + high - depth, length, depth)
            )
            at += length
        total -= float(sum(values[k:end]))
        if wide >= high:
            x, wide = x + depth, wide - depth
        else:
            high -= depth
        k = end
    return found


@dataclass(frozen=True)
class _Group:
    name: tuple[str, str]
    total: int
    units: list[tuple[tuple[str, str], int]]


def treemap(
    hierarchy: Hierarchy,
    values: ArrayLike,
    target: str | os.PathLike[str] | Axes,
    *,
    outer: LevelLike = "town",
    inner: LevelLike = "community",
    unit: tuple[str, str] = ("户", "households"),
    lang: Lang = "zh",
    title: str | None = None,
) -> None:
    """Draw units as areas within the area of the unit above them.

    Parameters
    ----------
    hierarchy : Hierarchy
        n units.
    values : array_like of whole numbers, shape (n,)
        Counts, 0 or more, such as households; those at the level `inner` count. Masked: missing.
    target : path-like or Axes
        A file (.png, .pdf, .svg), replaced only once all is drawn, or axes.
    outer, inner : str or Level, default "town" and "community"
        Levels of groups and of what they hold.
    unit : (str, str), default ("户", "households")
        What is counted, Chinese and English.
    lang : "zh" or "en", default "zh"
        Language. English is used where no font with Chinese characters is installed.
    title : str, optional
        Default, also where the font lacks one of its characters: what the chart shows.

    Raises
    ------
    InvalidInputError
        Lengths disagree, a value is negative or no whole number, no unit has a value, more than 20,000 have one, or the path has
        another ending.
    MissingDependencyError
        matplotlib is not installed.

    Notes
    -----
    Names stand where they fit. Units without a value, or of value 0, have no area: the chart says how many they are.
    """
    from shequ._core import __version__

    lang = check_lang(lang)
    groups, none = _groups(hierarchy, values, outer, inner)
    total, count = sum(group.total for group in groups), sum(len(group.units) for group in groups)
    if not count:
        raise InvalidInputError(
            f"values must be more than 0 somewhere at level {inner}", f"values 在层级 {inner} 中至少要有一个大于 0"
        )
    if count > _MOST:
        raise InvalidInputError(
            f"{count} units are too many to be seen: at most {_MOST}; choose higher levels",
            f"{count} 个单位太多，无法看清：最多 {_MOST} 个，请选更高的层级",
        )
    left = (f"，{none} 个无数据或为 0，未画出", f"; {none} without a value or of 0 have no area") if none else ("", "")
    words = Words(
        title=(f"{hierarchy.name(0)}：{unit[0]}数构成", f"{hierarchy.name(0, lang='en')} by {unit[1]}"),
        summary=(
            f"{len(groups):,} 组，{count:,} 个单位，{total:,} {unit[0]}{left[0]}",
            f"{len(groups):,} groups, {count:,} units, {total:,} {unit[1]}{left[1]}",
        ),
        caption=(f"面积与{unit[0]}数成正比 · shequ {__version__}", f"areas by {unit[1]} · shequ {__version__}"),
    )
    draw_chart(target, lang, words, lambda ax, font, code: _draw(ax, groups, font, code),
               title=title, tall=960, left=30, below=60)  # fmt: skip


def _groups(hierarchy: Hierarchy, values: ArrayLike, outer: LevelLike, inner: LevelLike) -> tuple[list[_Group], int]:
    """Return groups and their units, the largest first, and the number of units without an area."""
    column: np.ma.MaskedArray[Any, Any] = np.ma.asarray(values)
    if column.shape != (len(hierarchy),) or column.dtype.kind not in "iu":
        raise InvalidInputError(
            f"values must be whole numbers of shape ({len(hierarchy)},), not {column.dtype} of {column.shape}",
            f"values 必须是形状为 ({len(hierarchy)},) 的整数，不能是 {column.shape} 的 {column.dtype}",
        )
    counts: NDArray[np.int64] = np.ma.filled(column, 0).astype(np.int64)
    if (counts < 0).any():
        bad = int(np.flatnonzero(counts < 0)[0])
        raise InvalidInputError(
            f"values[{bad}]={counts[bad]} must be 0 or more", f"values[{bad}]={counts[bad]} 必须大于等于 0"
        )
    units = hierarchy.at_level(inner)
    heads = hierarchy.at_level(outer)
    ends = hierarchy.subtree_ends[heads]
    found, placed = [], 0
    for head, end in zip(heads.tolist(), ends.tolist(), strict=True):
        below = units[np.searchsorted(units, head + 1) : np.searchsorted(units, end)].tolist()
        rows = [((hierarchy.name(i), hierarchy.name(i, lang="en")), int(counts[i])) for i in below if counts[i]]
        placed += len(rows)
        if rows:
            rows.sort(key=lambda row: -row[1])
            names = (hierarchy.name(head), hierarchy.name(head, lang="en"))
            found.append(_Group(names, sum(row[1] for row in rows), rows))
    found.sort(key=lambda group: -group.total)
    return found, len(units) - placed


def _draw(ax: Axes, groups: list[_Group], font: FontProperties, lang: Lang) -> None:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.collections import PolyCollection

    from shequ.plot._fonts import drawable, patched

    ax.set(xlim=(0, _WIDE), ylim=(0, _HIGH))
    ax.set_axis_off()
    frame = ax.get_window_extent()
    make: Any = RendererAgg  # has no types
    renderer = make(max(frame.width, 1.0), max(frame.height, 1.0), ax.figure.dpi)
    per_pixel = _WIDE / max(frame.width, 1.0)

    def corners(rect: Rect, inset: float) -> list[tuple[float, float]]:
        x, y, wide, high = rect
        inset = min(inset, 0.2 * wide, 0.2 * high)
        return [
            (x + inset, y + inset),
            (x + wide - inset, y + inset),
            (x + wide - inset, y + high - inset),
            (x + inset, y + high - inset),
        ]

    def write(rect: Rect, choices: list[str], largest: float, colour: str, middle: bool) -> bool:
        """Write the first text that fits into a rectangle, as large as it can."""
        x, y, wide, high = rect
        for words in choices:
            item = ax.text(0.0, 0.0, words, fontproperties=font, color=colour, va="center" if middle else "top",
                           ha="center" if middle else "left", linespacing=1.25)  # fmt: skip
            item.set_fontsize(largest)
            box = item.get_window_extent(renderer)
            room = min((wide - 10.0) / max(box.width * per_pixel, 1.0), (high - 4.0) / max(box.height * per_pixel, 1.0))
            if room * largest >= 6.0:
                item.set_fontsize(min(largest, room * largest))
                item.set_position((x + 0.5 * wide, y + 0.5 * high) if middle else (x + 5.0, y + high - 3.0))
                return True
            item.remove()
        return False

    index = 0 if lang == "zh" else 1
    cells: list[list[tuple[float, float]]] = []
    fills: list[Any] = []
    for k, (group, rect) in enumerate(
        zip(groups, squarify([group.total for group in groups], (0.0, 0.0, _WIDE, _HIGH)), strict=True)
    ):
        colour = PALETTE[k % len(PALETTE)]
        x, y, wide, high = rect
        cells.append(corners(rect, 2.0))
        fills.append(tint(colour, 0.62))
        head = min(_HEAD, 0.18 * high)
        name = group.name[index]
        shown = drawable(font, name) or patched(font, name)
        inner: Rect = (x + 4.0, y + 4.0, max(wide - 8.0, 0.5), max(high - 8.0, 0.5))
        if write(
            (x + 2.0, y + high - head - 3.0, wide - 4.0, head), [f"{shown}  {group.total:,}", shown], 11.0, INK, False
        ):
            inner = (x + 4.0, y + 4.0, max(wide - 8.0, 0.5), max(high - head - 6.0, 0.5))
        for (names, count), part in zip(group.units, squarify([row[1] for row in group.units], inner), strict=True):
            cells.append(corners(part, 1.0))
            fills.append(tint(colour, 0.28))
            called = drawable(font, names[index]) or patched(font, names[index])
            write(part, [f"{called}\n{count:,}", called], 9.5, INK, True)
    ax.add_collection(PolyCollection(cells, facecolors=fills, edgecolors="none", zorder=0))

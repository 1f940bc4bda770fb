# SPDX-License-Identifier: BSD-3-Clause
"""What the charts share: heading, sentence with the sums, caption, room for the axes; colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ.plot._figures import checked_path, plain_settings, save

if TYPE_CHECKING:
    import os

    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

    from shequ._errors import Lang

__all__ = ["GREY", "HAVE", "INK", "LACK", "OVER", "RULE", "Words", "draw_chart", "hatched", "plain_axes", "spoken"]

INK, GREY, RULE = "#22303c", "#77808a", "#dcd8cd"
HAVE, LACK, OVER = "#4477aa", "#ee6677", "#ccbb44"  # Paul Tol's "bright" scheme, safe for all kinds of colour vision
_WIDE = 1400
_DPI = 150


@dataclass(frozen=True)
class Words:
    """Texts around a chart, each in Chinese and English.

    Parameters
    ----------
    title : (str, str)
        Default heading.
    summary : (str, str)
        Sentence below it.
    caption : (str, str)
        Below the chart: norm, seed and version as far as there are such.
    """

    title: tuple[str, str]
    summary: tuple[str, str]
    caption: tuple[str, str]


def spoken(pair: tuple[str, str], lang: Lang) -> str:
    """Return the Chinese or the English text."""
    return pair[0] if lang == "zh" else pair[1]


def hatched() -> dict[str, Any]:
    """Return the look of bars for what is missing or out of bounds: told by the pattern too, not by colour alone."""
    return {"facecolor": "none", "edgecolor": LACK, "hatch": "////", "linewidth": 1.2}


def plain_axes(ax: Axes) -> None:
    """Take the frame away and put the grid behind what is drawn."""
    ax.set_facecolor("none")
    ax.set_axisbelow(True)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0, colors=GREY, labelsize=8)


def draw_chart(
    target: str | os.PathLike[str] | Axes,
    lang: Lang,
    words: Words,
    draw: Callable[[Axes, FontProperties, Lang], None],
    *,
    title: str | None,
    tall: int,
    left: int = 80,
    below: int = 110,
) -> None:
    """Draw a chart into a file, with the words around it, or into axes, alone.

    Parameters
    ----------
    target : path-like or Axes
        A file (.png of 1,400 pixels width, .pdf, .svg), replaced only once all is drawn, or axes.
    lang : "zh" or "en"
        English is used where no font with Chinese characters is installed.
    words : Words
        Around the chart.
    draw : callable
        Called with axes, font and language.
    title : str or None
        Instead of the default, unless the font lacks one of its characters.
    tall, left, below : int
        Height of the figure, and room to the left of the axes and below, pixels.
    """
    with plain_settings():
        from matplotlib.figure import Figure

        from shequ.plot._fonts import choose_font, drawable

        font, lang = choose_font(lang)
        if not isinstance(target, (str, Path)) and not hasattr(target, "__fspath__"):
            draw(target, font, lang)
            return
        path = checked_path(target)
        figure = Figure(figsize=(_WIDE / _DPI, tall / _DPI), dpi=_DPI, facecolor="#fbfaf6")
        ax: Axes = figure.add_axes(
            (left / _WIDE, below / tall, (_WIDE - 40 - left) / _WIDE, (tall - 120 - below) / tall)
        )
        draw(ax, font, lang)
        lines = (
            (drawable(font, title or "", spoken(words.title, lang)), 40.0, 17.0, INK),
            (spoken(words.summary, lang), 84.0, 9.5, GREY),
            (spoken(words.caption, lang), tall - 24.0, 8.0, GREY),
        )
        for text, down, size, colour in lines:
            item = figure.text(30 / _WIDE, 1 - down / tall, text, color=colour, va="center", fontproperties=font)
            item.set_fontsize(size)
        save(figure, path)

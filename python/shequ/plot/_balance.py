# SPDX-License-Identifier: BSD-3-Clause
"""Chart of the households of grids before and after a new plan (调整前后对比)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ._grid_inputs import check_size
from shequ._grid_plan import GridPlan
from shequ._messages import check_lang
from shequ.plot._chart import GREY, HAVE, INK, Words, draw_chart, hatched, plain_axes
from shequ.plot._figures import _caption

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from numpy.typing import ArrayLike, NDArray

    from shequ._errors import Lang

__all__ = ["balance"]

_BINS_INSIDE = 8
_MOST_BINS = 60


@dataclass(frozen=True)
class _State:
    """Households of the grids of one plan, and what is said of them."""

    sizes: NDArray[np.int64]
    size: tuple[int, int]

    def words(self, lang: Lang) -> str:
        sizes = self.sizes
        if not len(sizes):
            return "无网格" if lang == "zh" else "no grids"
        mean, bad = float(sizes.mean()), int(((sizes < self.size[0]) | (sizes > self.size[1])).sum())
        away = 100.0 * float(np.abs(sizes - mean).max()) / mean if mean else 0.0
        if lang == "zh":
            return (
                f"{len(sizes):,} 个网格，{sizes.min():,} 至 {sizes.max():,} 户，平均 {mean:,.0f} 户，"
                f"最大偏差 {away:.0f}%，{bad:,} 个超出范围"
            )
        return (
            f"{len(sizes):,} grids of {sizes.min():,} to {sizes.max():,} households, mean {mean:,.0f}, largest deviation "
            f"{away:.0f}%, {bad:,} out of bounds"
        )


def balance(
    before: GridPlan | ArrayLike,
    after: GridPlan | ArrayLike,
    target: str | os.PathLike[str] | Axes,
    *,
    size: tuple[int, int] | None = None,
    lang: Lang = "zh",
    title: str | None = None,
) -> None:
    """Draw how many grids there are of each size, before and after.

    Parameters
    ----------
    before : GridPlan or array_like of whole numbers, shape (g,)
        Last year's plan, or the households of its grids.
    after : GridPlan or array_like of whole numbers, shape (g,)
        The new plan, or the households of its grids, such as ``plan.part_weights``.
    target : path-like or Axes
        A file (.png, .pdf, .svg), replaced only once all is drawn, or axes, which get the chart of both.
    size : (int, int), optional
        Least and most households of a grid, both included: bounds that are drawn, and that colours go by. Default: those of
        `after`, which must be given where it is no `GridPlan`.
    lang : "zh" or "en", default "zh"
        Language. English is used where no font with Chinese characters is installed.
    title : str, optional
        Default, also where the font lacks one of its characters: what the chart shows.

    Raises
    ------
    InvalidInputError
        Households are no whole numbers or negative, the size is missing or no such, or the path has another ending.
    MissingDependencyError
        matplotlib is not installed.

    Notes
    -----
    Grids where nobody lives are left out. No bar reaches across a bound.
    """
    lang = check_lang(lang)
    if size is None and not isinstance(after, GridPlan):
        raise InvalidInputError("size=None must be given, as (300, 500)", "size=None 必须给出，如 (300, 500)")
    within = check_size(after.size if size is None and isinstance(after, GridPlan) else size or (0, 0))
    states = [_State(_sizes(plan, name), within) for name, plan in (("before", before), ("after", after))]
    words = Words(
        title=("调整前后各网格户数", "Households of grids before and after"),
        summary=(f"调整后：{states[1].words('zh')}", f"After: {states[1].words('en')}"),
        caption=(_said(after, within, "zh"), _said(after, within, "en")),
    )
    draw_chart(target, lang, words, lambda ax, font, code: _draw(ax, states, font, code),
               title=title, tall=900, left=110, below=130)  # fmt: skip


def _said(after: GridPlan | ArrayLike, size: tuple[int, int], lang: Lang) -> str:
    from shequ._core import __version__

    if isinstance(after, GridPlan) and after.size == size:
        return _caption(after, lang, "")
    bounds = f"每个网格 {size[0]:,} 至 {size[1]:,} 户（含本数）"
    english = f"{size[0]:,} to {size[1]:,} households a grid, both included"
    return f"{bounds if lang == 'zh' else english} · shequ {__version__}"


def _sizes(plan: GridPlan | ArrayLike, name: str) -> NDArray[np.int64]:
    if isinstance(plan, GridPlan):
        return np.array([grid.households for grid in plan.grids if not grid.dedicated], dtype=np.int64)
    found = np.asarray(plan)
    if found.ndim != 1 or (found.dtype.kind not in "iu" and len(found)) or (found < 0).any():
        raise InvalidInputError(
            f"{name} must be whole numbers of 0 or more, one a grid, not {found.dtype} of shape {found.shape}",
            f"{name} 必须是大于等于 0 的整数，每个网格一个，不能是形状 {found.shape} 的 {found.dtype}",
        )
    return found[found > 0].astype(np.int64)


def _edges(sizes: NDArray[np.int64], size: tuple[int, int]) -> NDArray[np.float64]:
    """Return edges of bars of equal width, two of which are the bounds; as many as needed for all sizes."""
    low, high = size[0] - 0.5, size[1] + 0.5
    inside = max(1, min(_BINS_INSIDE, size[1] - size[0] + 1))
    width = (high - low) / inside
    least, most = (float(sizes.min()), float(sizes.max())) if len(sizes) else (low, high)
    below, above = max(1, int(np.ceil((low - least) / width))), max(1, int(np.ceil((most - high) / width)))
    # A few grids far away, such as a village of one grid, must not make all bars thin: the outer ones take them all.
    below, above = min(below, _MOST_BINS // 2), min(above, _MOST_BINS // 2)
    return np.array([low + width * k for k in range(-below, inside + above + 1)])


def _draw(ax: Axes, states: list[_State], font: FontProperties, lang: Lang) -> None:
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    plain_axes(ax)
    every = np.concatenate([state.sizes for state in states])
    size = states[1].size
    edges = _edges(every, size)
    counts = [np.histogram(np.clip(state.sizes, edges[0], edges[-1]), edges)[0] for state in states]
    tallest = max(1, *(int(count.max()) for count in counts))
    gap = 1.45 * tallest  # from one base line to the next
    middles, width = 0.5 * (edges[:-1] + edges[1:]), float(edges[1] - edges[0])
    out = (middles < size[0]) | (middles > size[1])
    ax.axvspan(size[0] - 0.5, size[1] + 0.5, color="#e4edf5", zorder=0)
    for k, (state, count, label) in enumerate(
        zip(states, counts, (("调整前", "Before"), ("调整后", "After")), strict=True)
    ):
        base = (1 - k) * gap
        for chosen, look in ((~out, {"color": HAVE}), (out, hatched())):
            held = chosen & (count > 0)
            options: dict[str, Any] = dict(look)
            ax.bar(middles[held], count[held], 0.9 * width, bottom=base, zorder=2, **options)
        for x, n in zip(middles[count > 0].tolist(), count[count > 0].tolist(), strict=True):
            _write(ax, x, base + n + 0.03 * tallest, f"{n:,}", font, 8.0, GREY, ha="center", va="bottom")
        ax.axhline(base, color=GREY, linewidth=0.8, zorder=3)
        words = f"{label[0]}：{state.words(lang)}" if lang == "zh" else f"{label[1]}: {state.words(lang)}"
        _write(ax, float(edges[0]), base + 1.25 * tallest, words, font, 9.5, INK, ha="left", va="center")
    ax.set(xlim=(float(edges[0]) - 0.2 * width, float(edges[-1]) + 0.2 * width), ylim=(0.0, gap + 1.4 * tallest))
    bounds = [edge for edge in (size[0], size[1]) if edges[0] <= edge <= edges[-1]]
    ticks = [tick for tick in MaxNLocator(9, integer=True).tick_values(float(edges[0]), float(edges[-1])) if tick >= 0]
    apart = 0.055 * float(edges[-1] - edges[0])
    ax.set_xticks([*bounds, *(tick for tick in ticks if all(abs(tick - bound) > apart for bound in bounds))])
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.set_yticks([])
    item = ax.set_xlabel("每个网格户数（数字为网格个数，浅色区为规定范围）" if lang == "zh"
                         else "households a grid; figures: number of grids; shaded: bounds",
                         fontproperties=font, color=GREY)  # fmt: skip
    item.set_fontsize(9)


def _write(
    ax: Axes, x: float, y: float, words: str, font: FontProperties, points: float, colour: str, **style: Any
) -> None:
    write: Callable[..., Any] = ax.text
    write(x, y, words, fontproperties=font, color=colour, zorder=4, **style).set_fontsize(points)

# SPDX-License-Identifier: BSD-3-Clause
"""Chart of the posts that rules give by households, with communities marked (配备标准阶梯图)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import StaffingRule
from shequ._errors import InvalidInputError
from shequ._messages import check_lang
from shequ.plot._chart import GREY, INK, RULE, Words, draw_chart, plain_axes
from shequ.plot._colour import PALETTE

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

    from shequ._errors import Lang

__all__ = ["rule_steps"]

_LOOKS = (("-", 2.4), ("--", 1.9), (":", 2.1), ("-.", 1.7))
_MOST_MARKS = 12


def rule_steps(
    rules: StaffingRule | Sequence[StaffingRule],
    target: str | os.PathLike[str] | Axes,
    *,
    marked: Mapping[str, int] | None = None,
    most: int | None = None,
    lang: Lang = "zh",
    title: str | None = None,
) -> None:
    """Draw the posts that one or several rules give for each number of households.

    Parameters
    ----------
    rules : StaffingRule or sequence of 1 to 4 of these
        For example one norm under several roundings.
    target : path-like or Axes
        A file (.png, .pdf, .svg), replaced only once all is drawn, or axes.
    marked : mapping of str to int, optional
        Name and households of up to 12 communities: numbers on the line of the first rule, and a list with their posts and
        how many households are left until one more post is due.
    most : int, optional
        Households at the right end, 1 to 1,000,000. Default: enough for all that are marked, at least 3,000.
    lang : "zh" or "en", default "zh"
        Language. English is used where no font with Chinese characters is installed.
    title : str, optional
        Default, also where the font lacks one of its characters: what the chart shows.

    Raises
    ------
    InvalidInputError
        There is no rule or more than 4, a number is out of range, or the path has another ending.
    MissingDependencyError
        matplotlib is not installed.
    """
    from shequ._core import __version__

    lang = check_lang(lang)
    every = [rules] if isinstance(rules, StaffingRule) else list(rules)
    places = dict(marked or {})
    if not 1 <= len(every) <= len(_LOOKS):
        raise InvalidInputError(
            f"rules has {len(every)} entries and must have 1 to {len(_LOOKS)}",
            f"rules 有 {len(every)} 项，必须为 1 至 {len(_LOOKS)} 项",
        )
    if len(places) > _MOST_MARKS:
        raise InvalidInputError(
            f"marked has {len(places)} entries and must have at most {_MOST_MARKS}",
            f"marked 有 {len(places)} 项，最多 {_MOST_MARKS} 项",
        )
    end = max([3000, *(round(1.15 * homes) for homes in places.values())]) if most is None else most
    if not 1 <= end <= 1_000_000:
        raise InvalidInputError(f"most={end} must be in [1, 1000000]", f"most={end} 必须在 [1, 1000000] 之间")
    beyond = [name for name, homes in places.items() if homes > end]
    if beyond:
        raise InvalidInputError(
            f"marked: {beyond[0]} has {places[beyond[0]]} households, more than most={end}",
            f"marked：{beyond[0]}有 {places[beyond[0]]} 户，超过 most={end}",
        )
    first = every[0]
    version = f"shequ {__version__}"
    words = Words(
        title=("配备标准：户数与应配人数", "Posts by households"),
        summary=(first.describe("zh"), first.describe("en")),
        caption=tuple(" · ".join([*(_called(rule, code) for rule in every), version]) for code in ("zh", "en")),  # type: ignore[arg-type]
    )
    draw_chart(target, lang, words, lambda ax, font, code: _draw(ax, every, places, end, font, code),
               title=title, tall=900, left=110, below=130)  # fmt: skip


def _called(rule: StaffingRule, lang: Lang) -> str:
    rounding = {"floor": ("只计满级", "full steps"), "ceil": ("不足一级按一级", "started steps"),
                "round": ("四舍五入", "rounded half up")}[rule.rounding.name.lower()]  # fmt: skip
    words = rounding[0 if lang == "zh" else 1]
    return f"{rule.id}（{words}）" if lang == "zh" else f"{rule.id} ({words})"


def _draw(
    ax: Axes, rules: list[StaffingRule], places: dict[str, int], end: int, font: FontProperties, lang: Lang
) -> None:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    from shequ.plot._fonts import drawable, patched
    from shequ.plot._labels import Labels

    plain_axes(ax)
    homes = np.arange(end + 1, dtype=np.int64)
    tallest = 0
    for k, rule in enumerate(rules):
        posts = rule.posts(homes)
        tallest = max(tallest, int(posts.max()))
        starts = np.concatenate([[0], 1 + np.flatnonzero(np.diff(posts))])
        style, width = _LOOKS[k]
        ax.stairs(posts[starts], np.append(starts, end), baseline=None, color=PALETTE[k], linewidth=width, linestyle=style,
                  label=_called(rule, lang), zorder=3 - 0.1 * k)  # fmt: skip
    ax.set(xlim=(0, end), ylim=(0, tallest * 1.12 + 1))
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.yaxis.set_major_locator(MaxNLocator(10, integer=True))
    ax.grid(color=RULE, linewidth=0.8)
    for axis, label in ((ax.xaxis, ("户数", "Households")), (ax.yaxis, ("应配人数", "Posts"))):
        item = axis.set_label_text(label[0 if lang == "zh" else 1], fontproperties=font, color=GREY)
        item.set_fontsize(9)
    if len(rules) > 1:
        small = font.copy()
        small.set_size(9)
        ax.legend(loc="upper left", frameon=True, framealpha=0.9, edgecolor=RULE, prop=small)
    make: Any = RendererAgg  # has no types
    box = ax.get_window_extent()
    renderer = make(max(box.width, 1.0), max(box.height, 1.0), ax.figure.dpi)
    labels = Labels(ax, renderer, font)
    high = float(ax.get_ylim()[1]) / box.height
    wide = end / box.width
    order = sorted(places.items(), key=lambda item: item[1])
    for _, count in order:
        x, y = ax.transData.transform((count, rules[0].posts(count)))
        labels.reserve((x - 6, y - 6, x + 6, y + 6))
    lines = []
    for k, (name, count) in enumerate(order, 1):
        due, more = rules[0].posts(count), rules[0].households_to_next_post(count)
        ax.plot([count], [due], "o", color=INK, markersize=6, zorder=5)
        ways = [(0, 22), (0, -22), (-20, 18), (20, -18), (0, 44), (0, -44), (0, 66), (0, -66), (0, 88), (0, -88)]
        spots = [(np.array([count + dx * wide, due + dy * high]), 0.0) for dx, dy in ways]
        badge = {"boxstyle": "circle,pad=0.18", "facecolor": "#ffffff", "edgecolor": INK, "linewidth": 0.7}
        at = labels.place(str(k), spots, must=True, pad=4.0, fontsize=8.0, color=INK, zorder=6, bbox=badge)
        if at is not None and abs(at[1] - due) > 30 * high:
            ax.plot([float(count), at[0]], [float(due), at[1]], color=GREY, linewidth=0.7, zorder=4)
        shown = drawable(font, name) or patched(font, name)
        lines.append(
            f"{k}  {shown}：{count:,} 户，应配 {due} 人，再增 {more:,} 户加 1 人"
            if lang == "zh"
            else f"{k}  {shown}: {count:,} households, {due} posts, one more after {more:,} more"
        )
    if lines:  # below the line on the right there is room: it only rises
        item = ax.text(0.985, 0.03, "\n".join(lines), transform=ax.transAxes, ha="left", va="bottom", fontproperties=font,
                       color=INK, linespacing=1.5, zorder=7,
                       bbox={"facecolor": "#fbfaf6", "edgecolor": RULE, "boxstyle": "round,pad=0.5"})  # fmt: skip
        item.set_fontsize(8.0)
        item.set_x(0.985 - item.get_window_extent(renderer).width / box.width)

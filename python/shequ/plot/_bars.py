# SPDX-License-Identifier: BSD-3-Clause
"""Chart of the posts that communities need against the workers they have (应配与在岗)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shequ._staff_table import describe_rule
from shequ.plot._chart import GREY, HAVE, INK, LACK, OVER, RULE, Words, draw_chart, hatched, plain_axes

if TYPE_CHECKING:
    import os

    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

    from shequ._errors import Lang
    from shequ._staff_table import StaffTable

__all__ = ["posts_against_need"]

_WORDS = {
    "have": ("在岗", "Workers"),
    "lack": ("缺员", "Short"),
    "over": ("超员", "Surplus"),
    "title": ("社区工作者应配与在岗", "Posts needed and workers in place"),
    "total": (
        "应配 {posts:,} 人，在岗 {workers:,} 人，缺员 {shortage:,} 人，超员 {surplus:,} 人",
        "{posts:,} posts, {workers:,} workers, short of {shortage:,}, surplus of {surplus:,}",
    ),
    "row": ("{workers}/{posts}", "{workers}/{posts}"),
    "short": ("缺 {n}", "{n} short"),
    "more": ("超 {n}", "{n} over"),
    "even": ("齐", "even"),
    "rest": ("其余 {n} 个未列出", "{n} more not shown"),
    "none": ("没有可比较的社区", "no community to compare"),
}


def _word(key: str, lang: Lang, **values: object) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**values)


def posts_against_need(
    table: StaffTable, target: str | os.PathLike[str] | Axes, *, title: str | None = None, limit: int = 40
) -> None:
    """Draw a bar for each community: its workers, and the posts that are missing or too many.

    Parameters
    ----------
    table : StaffTable
        From `shequ.staff.staff_table`, in the language of the chart; English is used where no font with Chinese
        characters is installed.
    target : path-like or Axes
        A file (.png, .pdf, .svg), replaced only once all is drawn, or axes.
    title : str, optional
        Default, also where the font lacks one of its characters: what the chart shows.
    limit : int, default 40
        Most communities shown, the shortest of staff first; the chart says how many are left out.

    Raises
    ------
    InvalidInputError
        The path has another ending.
    MissingDependencyError
        matplotlib is not installed.

    Notes
    -----
    Communities without a number of posts or of workers are not shown, but counted below the chart, where the rule stands too.
    """
    from shequ._core import __version__

    known = np.flatnonzero(~np.ma.getmaskarray(table.gap))
    gaps = np.ma.filled(table.gap, 0)[known]
    shown = known[np.lexsort((known, -np.ma.filled(table.posts, 0)[known], -gaps))][:limit]
    total = table.total
    figures = {name: getattr(total, name) for name in ("posts", "workers", "shortage", "surplus")}
    left_out = len(table) - len(shown)
    captions = []
    for lang in ("zh", "en"):
        parts = [describe_rule(table.rule, lang), f"shequ {__version__}"]
        parts += [_word("rest", lang, n=left_out)] if left_out else []
        captions.append(" · ".join(parts))
    words = Words(
        title=_WORDS["title"],
        summary=(_word("total", "zh", **figures), _word("total", "en", **figures)),
        caption=(captions[0], captions[1]),
    )
    draw_chart(
        target, table.lang, words, lambda ax, font, lang: _draw(ax, table, shown, font, lang), title=title,
        tall=270 + 34 * max(1, len(shown)), left=270, below=80,
    )  # fmt: skip


def _draw(
    ax: Axes, table: StaffTable, shown: np.ndarray[tuple[int], np.dtype[np.int64]], font: FontProperties, lang: Lang
) -> None:
    from matplotlib.patches import Patch

    from shequ.plot._fonts import drawable, patched

    plain_axes(ax)
    if not len(shown):
        ax.axis("off")
        ax.text(0.5, 0.5, _word("none", lang), ha="center", transform=ax.transAxes, fontproperties=font)
        return
    posts = np.ma.filled(table.posts, 0)[shown]
    workers = np.ma.filled(table.workers, 0)[shown]
    rows = np.arange(len(shown))
    both = np.minimum(posts, workers)
    ax.barh(rows, both, height=0.62, color=HAVE)
    short, over = np.flatnonzero(posts > workers), np.flatnonzero(workers > posts)
    ax.barh(short, (posts - workers)[short], left=both[short], height=0.62, **hatched())
    ax.barh(over, (workers - posts)[over], left=both[over], height=0.62, color=OVER)
    most = int(max(posts.max(), workers.max(), 1))
    for row, i in enumerate(shown.tolist()):
        need, have = int(posts[row]), int(workers[row])
        name = drawable(font, table.name[i], table.code[i]) or patched(font, table.name[i])
        ax.text(-0.015 * most, row, name, ha="right", va="center", color=INK, fontproperties=font).set_fontsize(9)
        gap = need - have
        words = (
            _word("short", lang, n=gap) if gap > 0 else _word("more", lang, n=-gap) if gap < 0 else _word("even", lang)
        )
        colour = "#c1121f" if gap > 0 else GREY
        words = f"{_word('row', lang, workers=have, posts=need)}  {words}"
        ax.text(
            max(need, have) + 0.015 * most, row, words, va="center", color=colour, fontproperties=font
        ).set_fontsize(8.5)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlim(0, most * 1.16)
    ax.set_yticks([])
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if most / step <= 10)
    ax.set_xticks(np.arange(0, most + 1, step))
    ax.grid(axis="x", color=RULE, linewidth=0.8)
    patches = [
        Patch(facecolor=HAVE, label=_word("have", lang)),
        Patch(facecolor="none", edgecolor=LACK, hatch="////", label=_word("lack", lang)),
        Patch(facecolor=OVER, label=_word("over", lang)),
    ]
    small = font.copy()
    small.set_size(9)
    # Above the bars, which are longest where nobody could tell beforehand.
    ax.legend(handles=patches, loc="lower right", bbox_to_anchor=(1.0, 1.0), frameon=False, prop=small, ncols=3)

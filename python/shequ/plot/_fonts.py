# SPDX-License-Identifier: BSD-3-Clause
"""Finds a font with Chinese characters, and texts that a font can show, so that no label shows empty boxes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

    from shequ._errors import Lang

__all__ = ["choose_font", "drawable", "find_cjk_font", "patched"]

# Families that cover simplified Chinese, those made for screens first.
_FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Microsoft YaHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Hiragino Sans GB", "Heiti SC", "STHeiti", "SimHei", "Noto Sans CJK JP",
    "Noto Serif CJK SC", "Droid Sans Fallback", "Arial Unicode MS", "SimSun", "AR PL UMing CN",
)  # fmt: skip
_FILES = re.compile(
    r"cjk|wqy|sourcehan|pingfang|msyh|hiragino|heiti|simhei|simsun|droidsansfallback|uming|ukai", re.IGNORECASE
)
_NEEDED = "区街镇网格户社桥铁路澜楼栋"


def _covers(path: str) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        glyphs = FT2Font(path).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(letter) in glyphs for letter in _NEEDED)


@lru_cache(maxsize=2)
def _letters(path: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(path).get_charmap())


@lru_cache(maxsize=1)
def find_cjk_font() -> str | None:
    """Return the file of an installed font that has the Chinese characters of a map; None where there is none."""
    from matplotlib import font_manager

    def plain(entry: font_manager.FontEntry) -> tuple[bool, int]:
        """Sort upright fonts of normal weight, 400, before all others."""
        weight = entry.weight if isinstance(entry.weight, int) else font_manager.weight_dict.get(entry.weight, 400)
        return entry.style != "normal", abs(weight - 400)

    # The last of a name stays, so the plainest of a family.
    known = {entry.name: entry.fname for entry in sorted(font_manager.fontManager.ttflist, key=plain, reverse=True)}
    candidates = [known[family] for family in _FAMILIES if family in known]
    # The font manager keeps a list from its first use: a font installed since then is only found on disk.
    found = (path for path in font_manager.findSystemFonts() if _FILES.search(path))
    candidates += sorted(found, key=lambda path: ("bold" in path.lower(), path))
    return next((path for path in candidates if _covers(path)), None)


def choose_font(lang: Lang) -> tuple[FontProperties, Lang]:
    """Return the font to draw with and the language it can show: English where Chinese has no font."""
    from matplotlib.font_manager import FontProperties

    path = find_cjk_font() if lang == "zh" else None
    if path is None:
        return FontProperties(family="DejaVu Sans"), "en"
    return FontProperties(fname=path), "zh"


def drawable(font: FontProperties, *choices: str) -> str:
    """Return the first of several texts, best first, whose every character the font has; empty where there is none."""
    from matplotlib.font_manager import findfont

    letters = _letters(findfont(font))
    return next((words for words in choices if words and all(ord(letter) in letters for letter in words)), "")


def patched(font: FontProperties, words: str) -> str:
    """Return a text with "?" for each run of characters that the font lacks."""
    from matplotlib.font_manager import findfont

    letters = _letters(findfont(font))
    return re.sub("\0+", "?", "".join(letter if ord(letter) in letters else "\0" for letter in words))

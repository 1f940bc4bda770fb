# SPDX-License-Identifier: BSD-3-Clause
"""How a file is to be read: the options of every reader, and their names in messages to whoever set them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

__all__ = ["ReadOptions", "how_to", "settle"]


class ReadOptions(TypedDict, total=False):
    """Options of `read_hierarchy`, `read_district` and `read_ledger`; each may be left out.

    Parameters
    ----------
    sheet : str, optional
        Sheet of a workbook; needed where several hold a table.
    encoding : str, optional
        Encoding of a CSV; otherwise UTF-8, with or without byte-order mark, or GB18030.
    columns : mapping of field to header, optional
        Which header to read a field from where several could be meant: ``{"households": "常住户数"}``.
    fill_down : bool, default False
        Take the town of a row where it is empty from the row above, as merged cells need.
    derive_parents : bool, default False
        Take parents from 12-digit codes where there is no parent column.
    approximate : bool, default False
        Use the numbers that inexact forms state (约1200, 700多户), each with a warning; otherwise they are missing.
    far_km : float, optional
        Warn of points (lon, lat) farther than this many kilometres from the middle of those of their town.
    same_level : {"keep", "lift"}, default "keep"
        As of `Hierarchy.from_columns`.
    """

    sheet: str | None
    encoding: str | None
    columns: Mapping[str, str] | None
    fill_down: bool
    derive_parents: bool
    approximate: bool
    far_km: float | None
    same_level: Literal["keep", "lift"]


_DEFAULTS: ReadOptions = {
    "sheet": None,
    "encoding": None,
    "columns": None,
    "fill_down": False,
    "derive_parents": False,
    "approximate": False,
    "far_km": None,
    "same_level": "keep",
}

#: Option of the command line and keyword of Python: a message may reach users of either.
_SPELLINGS = {
    "sheet": ("--sheet NAME", "sheet=..."),
    "encoding": ("--encoding NAME", "encoding=..."),
    "columns": ("--column {field}=HEADER", "columns={{{field!r}: HEADER}}"),
    "fill_down": ("--fill-down", "fill_down=True"),
    "derive_parents": ("--derive-parents", "derive_parents=True"),
    "approximate": ("--approximate", "approximate=True"),
}


def how_to(option: str, **values: str) -> tuple[str, str]:
    """Return how an option is set, on the command line and in Python, for an English and a Chinese sentence."""
    command, keyword = (spelling.format(**values) for spelling in _SPELLINGS[option])
    chinese = f"{command}（Python 中为 {keyword}）".replace("HEADER", "表头").replace("NAME", "名称")
    return f"{command} (in Python {keyword})", chinese


def settle(caller: str, options: ReadOptions) -> ReadOptions:
    """Return the options with the defaults of those left out.

    Raises
    ------
    TypeError
        There is no such option; the message names the function and those that there are.
    """
    for name in options:
        if name not in _DEFAULTS:
            known = ", ".join(_DEFAULTS)
            raise TypeError(f"{caller}() got an unexpected keyword argument {name!r}; known are path, {known}")
    return {**_DEFAULTS, **options}

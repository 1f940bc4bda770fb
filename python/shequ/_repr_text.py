# SPDX-License-Identifier: BSD-3-Clause
"""Plain text for `__str__`: field lists and tables, aligned also where Chinese characters are two columns wide.

The HTML of `_repr_html_` is made from the same fields and rows by `shequ._repr_html`, so that both say the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

__all__ = [
    "AtLeast",
    "AtLeastReal",
    "Field",
    "fields_text",
    "first_rows",
    "format_value",
    "is_number",
    "pad",
    "table_text",
    "text_width",
]

#: A label, its value, and optionally a state ("good", "warn", "bad") that HTML also shows as a colour. The value says
#: the state in words, since colour alone is not enough.
Field = tuple[str, object] | tuple[str, object, str]

MISSING = "–"


class AtLeast(int):
    """A sum in which some parts are not known: shown as "≥ 98"."""


class AtLeastReal(float):
    """The same of yuan or square metres: shown as "≥ 98.50"."""


_LINE_BREAKING = {"Cc", "Zl", "Zp"}  # Unicode categories: control characters, line and paragraph separators


def format_value(value: object) -> str:
    """Write a value as people read it.

    Parameters
    ----------
    value : object
        Whole numbers get thousands separators, floats six significant digits; None, NaN and masked values are a dash;
        sequences are listed, cut after six items; anything else is `str(value)`.

    Returns
    -------
    str
        One line: control characters and line breaks become spaces.
    """
    if value is None or value is np.ma.masked:
        return MISSING
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (int, np.integer)):
        return f"≥ {int(value):,}" if isinstance(value, AtLeast) else f"{int(value):,}"
    if isinstance(value, (float, np.floating)):
        number = float(value)
        if isinstance(value, AtLeastReal):
            return f"≥ {format_value(number)}"
        if np.isnan(number):
            return MISSING
        return f"{number:,.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:,.6g}"
    if isinstance(value, (tuple, list, np.ndarray)):
        shown = ", ".join(format_value(item) for item in islice(value, 6))
        return f"{shown}, … ({len(value):,})" if len(value) > 6 else shown
    return "".join(" " if unicodedata.category(letter) in _LINE_BREAKING else letter for letter in str(value))


def is_number(value: object) -> bool:
    """Tell whether a value stands right-aligned in a table: a number or a missing one, but not a truth value."""
    if value is None or value is np.ma.masked:
        return True
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)


def text_width(text: str) -> int:
    """Count the terminal columns of a text: two for a wide East Asian character, none for a combining mark."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text with spaces up to `width` terminal columns, on its left where `right` (right-aligned)."""
    space = " " * max(0, width - text_width(text))
    return space + text if right else text + space


def fields_text(title: str, fields: Iterable[Field]) -> str:
    """Render a title and its fields, one a line.

    Parameters
    ----------
    title : str
        First line.
    fields : iterable of (label, value) or (label, value, state)
        The same list that `fields_html` takes.

    Returns
    -------
    str
        Lines without a final line break.
    """
    rows = [(field[0], format_value(field[1])) for field in fields]
    width = max((text_width(label) for label, _ in rows), default=0)
    return "\n".join([format_value(title), *(f"  {pad(label, width)}  {value}".rstrip() for label, value in rows)])


def first_rows(rows: Iterable[Sequence[object]], limit: int, count: int | None) -> tuple[list[Sequence[object]], int]:
    """Return the first `limit` rows and how many there are; `count` where it is given, so that no others are made."""
    if count is not None:
        return list(islice(rows, limit)), count
    every = list(rows)
    return every[:limit], len(every)


def table_text(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, limit: int = 20, count: int | None = None
) -> str:
    """Render rows below their headers, numbers right-aligned, cut after `limit` rows with the number left out.

    Parameters
    ----------
    headers : sequence of str
        One a column.
    rows : iterable of sequences
        Each of the length of `headers`.
    limit : int, default 20
        Most rows shown.
    count : int, optional
        Number of all rows, for `rows` that are made one by one: no more than `limit` are taken then.

    Returns
    -------
    str
        Lines without a final line break.
    """
    shown, total = first_rows(rows, limit, count)
    cells = [[format_value(value) for value in row] for row in shown]
    numeric = [bool(shown) and all(is_number(row[c]) for row in shown) for c in range(len(headers))]
    widths = [max([text_width(header), *(text_width(row[c]) for row in cells)]) for c, header in enumerate(headers)]

    def line(texts: Sequence[str]) -> str:
        return "  ".join(pad(text, widths[c], right=numeric[c]) for c, text in enumerate(texts)).rstrip()

    lines = [line(headers), "  ".join("-" * width for width in widths), *(line(row) for row in cells)]
    if total > len(shown):
        lines.append(f"… {total - len(shown):,} more of {total:,}")
    return "\n".join(lines)

# SPDX-License-Identifier: BSD-3-Clause
"""HTML for `_repr_html_` from the same fields and rows as `shequ._repr_text`; every text of the user is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from shequ._repr_text import Field, first_rows, format_value, is_number

__all__ = ["fields_html", "table_html"]

# Half transparent, so that text stays readable on light and dark notebook themes.
_COLOURS = {"good": "#2e7d3233", "warn": "#f9a82544", "bad": "#c6282844"}

#: Letters of a text from which its column is given room.
_LONG = 60


def _cell(tag: str, value: object, style: str = "") -> str:
    text = html.escape(format_value(value), quote=True)
    return f'<{tag} style="{style}">{text}</{tag}>' if style else f"<{tag}>{text}</{tag}>"


def fields_html(title: str, fields: Iterable[Field]) -> str:
    """Render a title and its fields as a table of two columns.

    Parameters
    ----------
    title : str
        Caption.
    fields : iterable of (label, value) or (label, value, state)
        The same list that `fields_text` takes. State "good", "warn" or "bad" colours the value, which must say it in
        words too.

    Returns
    -------
    str
        One `<table>` element.
    """
    lines = ['<table class="shequ">', "<caption>" + html.escape(format_value(title)) + "</caption>"]
    for field in fields:
        colour = _COLOURS[field[2]] if len(field) == 3 and field[2] else ""
        style = "text-align:left" + (f";background:{colour}" if colour else "")
        lines.append("<tr>" + _cell("th", field[0], "text-align:left") + _cell("td", field[1], style) + "</tr>")
    return "\n".join([*lines, "</table>"])


def table_html(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    limit: int = 20,
    count: int | None = None,
    title: str | None = None,
) -> str:
    """Render rows as a table, numbers right-aligned, cut after `limit` rows with the number left out.

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
    title : str, optional
        Caption.

    Returns
    -------
    str
        One `<table>` element.
    """
    shown, total = first_rows(rows, limit, count)
    sides = [
        "text-align:right" if shown and all(is_number(row[c]) for row in shown) else "text-align:left"
        for c in range(len(headers))
    ]
    # Long sentences beside many columns would be squeezed to a word a line.
    wide = [any(len(format_value(row[c])) > _LONG for row in shown) for c in range(len(headers))]
    sides = [side + (";min-width:24em" if is_wide else "") for side, is_wide in zip(sides, wide, strict=True)]
    lines = ['<table class="shequ">']
    if title is not None:
        lines.append("<caption>" + html.escape(format_value(title)) + "</caption>")
    lines.append("<thead><tr>" + "".join(map(_cell, ["th"] * len(headers), headers, sides)) + "</tr></thead>")
    lines.append("<tbody>")
    lines.extend("<tr>" + "".join(map(_cell, ["td"] * len(headers), row, sides)) + "</tr>" for row in shown)
    if total > len(shown):
        more = f"… {total - len(shown):,} more of {total:,}"
        lines.append(f'<tr><td colspan="{len(headers)}">{more}</td></tr>')
    return "\n".join([*lines, "</tbody>", "</table>"])

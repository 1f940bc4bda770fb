# SPDX-License-Identifier: BSD-3-Clause
"""A comparison of scenarios as a workbook, a page, a text, or its detail as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ._core import __version__
from shequ._errors import InvalidInputError, optional_import
from shequ._files import replacing
from shequ._messages import text
from shequ._repr_text import table_text
from shequ._save_table import html_page, html_table, write_csv
from shequ._scenario_words import rule_words
from shequ.report._content import parameters_sheet
from shequ.report._workbook import Column, Sheet, write_workbook

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from shequ._comparison import Comparison

__all__ = ["save_comparison"]


def save_comparison(path: str | os.PathLike[str], compared: Comparison, extra: Sequence[Sheet] = ()) -> Path:
    """Write a comparison; see `Comparison.save`."""
    target, lang = Path(path), compared.lang
    title = text("compare.title", lang, name=compared.place)
    ending = target.suffix.lower()
    if ending == ".csv":
        write_csv(target, compared.headers, [compared.cells(row) for row in compared.rows])
        return target
    if ending not in {".xlsx", ".html", ".txt"}:
        raise InvalidInputError(
            f"path={target.name!r} must end in .xlsx, .html, .txt or .csv",
            f"文件名“{target.name}”必须以 .xlsx、.html、.txt 或 .csv 结尾",
        )
    if ending == ".xlsx":
        with optional_import("writing Excel", "openpyxl", "'shequ[excel]'", caller_zh="写 Excel"):
            import openpyxl  # noqa: F401
    sheets = [_summary(compared), _detail(compared), _edits(compared), *extra, _parameters(compared)]
    with replacing(target) as file:
        if ending == ".xlsx":
            write_workbook(sheets, file, lang=lang, title=title)
        elif ending == ".html":
            file.write(html_page("\n".join(_page(sheet) for sheet in sheets), title, lang))
        else:
            file.write("\n\n".join(_text(sheet) for sheet in sheets).encode() + b"\n")
    return target


def _every_row(sheet: Sheet) -> list[list[object]]:
    return [*sheet.rows, *([] if sheet.total is None else [sheet.total])]


def _page(sheet: Sheet) -> str:
    heads = [column.header for column in sheet.columns]
    return html_table(heads, _every_row(sheet), title=sheet.title, lines=sheet.lines)


def _text(sheet: Sheet) -> str:
    rows = _every_row(sheet)
    table = table_text([column.header for column in sheet.columns], rows, limit=len(rows))
    return "\n".join([sheet.title, *sheet.lines, "", table])


def _summary(compared: Comparison) -> Sheet:
    lang = compared.lang
    rows = compared.summary()
    kinds: list[Any] = ["text", "text", "count", "count", "change"]
    whole = len(rows) - len(compared.measures)
    # the district stands below the towns, a row for each measure
    states: dict[tuple[int, int], Any] = {(r, c): "total" for r in range(whole, len(rows)) for c in range(5)}
    lines = [compared.sentence(), text("compare.line.sums", lang)]
    columns = [Column(head, kind) for head, kind in zip(compared.summary_headers, kinds, strict=True)]
    title = text("compare.title.summary", lang, name=compared.place)
    return Sheet(text("compare.tab.summary", lang), title, columns, rows, lines, None, states, frozen=1)


def _detail(compared: Comparison) -> Sheet:
    lang = compared.lang
    kinds: list[Any] = ["text", "text", "text", "word", "word", "count", "count", "change", "words"]
    columns = [
        Column(head, kind, 60 if kind == "words" else 24) for head, kind in zip(compared.headers, kinds, strict=True)
    ]
    rows = [compared.cells(row) for row in compared.rows]
    title = text("compare.title.detail", lang, name=compared.place)
    return Sheet(text("compare.tab.detail", lang), title, columns, rows, [compared.sentence()], frozen=3)


def _edits(compared: Comparison) -> Sheet:
    lang = compared.lang
    rows: list[list[object]] = [[str(number), words] for number, words in enumerate(compared.edits, start=1)]
    rows += [
        [text("compare.edit_before", lang, n=number), words]
        for number, words in enumerate(compared.edits_before, start=1)
    ]
    columns = [
        Column(text("col.edit_number", lang), "word", 16),
        Column(text("col.edit_words", lang), "words", 80),
    ]
    title = text("compare.title.edits", lang, name=compared.place)
    return Sheet(text("compare.tab.edits", lang), title, columns, rows)


def _parameters(compared: Comparison) -> Sheet:
    lang = compared.lang
    items: list[tuple[str, object]] = []
    for setting, kind, rule in compared.rules:
        words = rule_words(rule, lang)
        if hasattr(rule, "describe"):
            words = f"{words}: {rule.describe(lang)}"
        if setting is not None:
            name = text(str(getattr(setting, "name", setting)).lower(), lang)
            words = text("sheet.line.rule", lang, name=name, words=words)
        items.append((text("compare.param.rule", lang, rule=text("rule." + kind, lang)), words))
    prints = text("comma", lang).join(f"{part} {value:016x}" for part, value in compared.fingerprints)
    items.append((text("compare.param.base", lang), prints))
    items.append((text("report.param.version", lang), f"shequ {__version__}"))
    made = parameters_sheet(items, compared.place, lang)
    made.title = text("compare.title.parameters", lang, name=compared.place)
    return made

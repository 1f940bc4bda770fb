# SPDX-License-Identifier: BSD-3-Clause
"""The district sheet as a file: a workbook with every reason, a page, or the communities as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shequ._core import Level, __version__
from shequ._errors import InvalidInputError, optional_import
from shequ._files import replacing
from shequ._messages import text
from shequ._save_table import html_page, html_table, write_csv
from shequ._sheet_table import communities_table, reasons_table, shown_measures, towns_table, unknown_rows
from shequ.report._content import Problem, parameters_sheet, problems_sheet, read_problems, rows_sentence, tree_problems
from shequ.report._rule_sheets import rule_parameters
from shequ.report._workbook import Column, Sheet, write_workbook

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from shequ._sheet_table import SheetTable
    from shequ.io import ReadReport
    from shequ.sheet import DistrictSheet

__all__ = ["save_sheet"]

_MOST_REASONS = 100_000  # rows of a sheet that people still open


def save_sheet(
    path: str | os.PathLike[str],
    sheet: DistrictSheet,
    *,
    read: ReadReport | None = None,
    lines: Sequence[str] = (),
) -> Path:
    """Write a district sheet; see `DistrictSheet.save`."""
    target = Path(path)
    ending = target.suffix.lower()
    lang = sheet.lang
    place = sheet.hierarchy.name(0, lang) if len(sheet.hierarchy) else ""
    if ending == ".csv":
        table = communities_table(sheet)
        write_csv(target, table.headers, table.rows)
    elif ending == ".html":
        parts = [
            _page(towns_table(sheet), text("sheet.title.towns", lang, name=place), [*_lines(sheet), *lines]),
            _page(communities_table(sheet), text("sheet.title.communities", lang, name=place), []),
        ]
        with replacing(target) as file:
            file.write(html_page("\n".join(parts), text("sheet.title", lang, name=place), lang))
    elif ending == ".xlsx":
        with optional_import("writing Excel", "openpyxl", "'shequ[excel]'", caller_zh="写 Excel"):
            import openpyxl  # noqa: F401
        sheets = _sheets(sheet, read, lines, place)
        with replacing(target) as file:
            write_workbook(sheets, file, lang=lang, title=text("sheet.title", lang, name=place))
    else:
        raise InvalidInputError(
            f"path={target.name!r} must end in .csv, .xlsx or .html",
            f"文件名“{target.name}”必须以 .csv、.xlsx 或 .html 结尾",
        )
    return target


def _lines(sheet: DistrictSheet) -> list[str]:
    return [text("sheet.line.sums", sheet.lang), text("sheet.line.empty", sheet.lang)]


def _page(table: SheetTable, title: str, lines: Sequence[str]) -> str:
    rows = [*table.rows, *([] if table.total is None else [table.total])]
    return html_table(table.headers, rows, title=title, lines=lines)


def _sheets(sheet: DistrictSheet, read: ReadReport | None, lines: Sequence[str], place: str) -> list[Sheet]:
    lang, tree = sheet.lang, sheet.hierarchy
    towns, communities = towns_table(sheet), communities_table(sheet)
    listed = tree.at_level(Level.COMMUNITY)
    few = len(listed) * len(shown_measures(sheet)) <= _MOST_REASONS
    reasons = reasons_table(sheet) if few else reasons_table(sheet, [])
    left_out = [] if few else [text("sheet.line.too_many", lang, n=_MOST_REASONS)]
    told = [text("report.at_least", lang)] if any(state == "warn" for state in towns.states.values()) else []
    problems = [] if read is None else read_problems(read, tree, lang)
    problems += tree_problems(tree, [None] * len(tree) if read is None else read.rows_of(tree), lang)
    problems += _problems(sheet, read)
    parameters = rule_parameters(sheet, lang)
    parameters += [(text("report.param.note", lang), line) for line in lines]
    if read is not None:
        parameters.append((text("report.param.file", lang), read.path.name))
        parameters.append((text("report.param.rows", lang), rows_sentence(read, lang)))
        parameters.append((text("report.param.columns", lang), text("comma", lang).join(read.headers.values())))
        if read.unread:
            parameters.append((text("report.param.unread", lang), text("comma", lang).join(read.unread)))
    parameters.append((text("report.param.version", lang), f"shequ {__version__}"))
    return [
        _tab(towns, "towns", place, sheet, [*_lines(sheet), *told, *lines], frozen=1),
        _tab(communities, "communities", place, sheet, [text("sheet.line.empty", lang)], frozen=3),
        _tab(reasons, "reasons", place, sheet, left_out, frozen=3),
        problems_sheet(problems, place, lang, read),
        parameters_sheet(parameters, place, lang),
    ]


def _problems(sheet: DistrictSheet, read: ReadReport | None) -> list[Problem]:
    """List the numbers that should be there and are not."""
    lang, tree = sheet.lang, sheet.hierarchy
    rows = [None] * len(tree) if read is None else read.rows_of(tree)
    found = []
    for _town, code, name, measures, why in unknown_rows(sheet):
        what = text("sheet.problem", lang, measures=measures, why=why)
        row = rows[tree.index(str(code))]
        found.append(
            Problem("warning", text("sheet.kind", lang), f"{name} {code}", row, what, text("sheet.todo", lang))
        )
    return found


def _tab(table: SheetTable, name: str, place: str, sheet: DistrictSheet, lines: list[str], frozen: int) -> Sheet:
    lang = sheet.lang
    columns = [
        Column(head, kind, 72 if kind == "words" else 24) for head, kind in zip(table.headers, table.kinds, strict=True)
    ]
    title = text(f"sheet.title.{name}", lang, name=place)
    return Sheet(text(f"sheet.tab.{name}", lang), title, columns, table.rows, lines, table.total, table.states, frozen)

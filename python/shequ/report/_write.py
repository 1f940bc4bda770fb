# SPDX-License-Identifier: BSD-3-Clause
"""Put the planner's workbook together and write it."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ import norms
from shequ._core import StaffingTable, __version__
from shequ._errors import MissingDependencyError
from shequ._files import replacing
from shequ._messages import check_lang, text
from shequ._staff_table import describe_rule
from shequ.report._content import (
    communities_sheet,
    grid_problems,
    grid_rows,
    grids_sheet,
    parameters_sheet,
    problems_sheet,
    read_problems,
    rows_sentence,
    staff_problems,
    summary_sheet,
    tree_problems,
)
from shequ.report._grid_register import register_sheet
from shequ.report._rule_sheets import check_tree, rule_parameters, rule_sheets
from shequ.report._workbook import write_workbook
from shequ.staff import community_columns, staff_table

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from shequ._errors import Lang
    from shequ._grid_plan import GridPlan
    from shequ._staff_table import StaffingNorm, StaffTable
    from shequ.district import District
    from shequ.geo.bounds import Bounds
    from shequ.io import ReadReport
    from shequ.report._grid_register import Team
    from shequ.sheet import DistrictSheet

__all__ = ["write_report"]


def write_report(
    path: str | os.PathLike[str],
    source: District | Mapping[str, Any],
    *,
    rule: StaffingNorm | str | None = None,
    every_setting: bool = False,
    grids: GridPlan | None = None,
    read: ReadReport | None = None,
    sheet: DistrictSheet | None = None,
    bounds: Sequence[Bounds] | None = None,
    team: Mapping[str, Team] | None = None,
    lang: Lang = "zh",
    name: str | None = None,
) -> Path:
    """Write the planner's workbook: by town, by community with reasons, grids, problems, parameters.

    Parameters
    ----------
    path : path-like
        The .xlsx file. The old one stays whole until the new one is complete.
    source : District or mapping of columns
        As for `shequ.staff.staff_table`.
    rule : StaffingRule, StaffingRatio, StaffingTable or str, optional
        The rule or the id of its norm; staff.wujin2012, floor, by default.
    every_setting : bool, default False
        Apply the rule also to the communities that it is not meant for.
    grids : GridPlan, optional
        Grids of these communities; their codes say which is which.
    read : ReadReport, optional
        What reading the source's file said (`Ledger.report`): listed among the problems, with rows of the sheet.
    sheet : DistrictSheet, optional
        Money, premises, certificates and visits of the same units (`shequ.district_sheet`): a sheet for each that a rule
        was given for.
    bounds : sequence of Bounds, optional
        What bounds each grid (`shequ.geo.bounds_in_words`). By default worked out where the source knows shapes of its
        buildings and geopandas is installed.
    team : mapping of grid code to (chief, worker, telephone), optional
        Who is responsible; telephones are masked.
    lang : "zh" or "en", default "zh"
        Language of the workbook.
    name : str, optional
        What the titles call the district; by default the name of its root.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InvalidInputError
        The columns are not usable, a grid is of a community that is not here, or the file cannot be written.
    MissingDependencyError
        openpyxl is not installed.

    Notes
    -----
    Every total is the sum of the rows above it. The same input gives the same bytes.
    """
    lang = check_lang(lang)
    target = Path(path)
    if importlib.util.find_spec("openpyxl") is None:
        raise MissingDependencyError(
            "write_report() needs openpyxl: pip install 'shequ[excel]'",
            "write_report() 需要 openpyxl：pip install 'shequ[excel]'",
        )
    columns = dict(source) if isinstance(source, Mapping) else community_columns(source, lang, read)
    table = staff_table(columns, rule=rule, every_setting=every_setting, lang=lang)
    place = _root_name(source, lang) if name is None else name
    tree = None if isinstance(source, Mapping) else source.hierarchy
    problems = [] if read is None else read_problems(read, tree, lang)
    rows_of: list[int | None] = [None] * len(table)
    if tree is not None:
        of_unit = [None] * len(tree) if read is None else read.rows_of(tree)
        problems += tree_problems(tree, of_unit, lang)
        rows_of = [of_unit[unit] for unit in columns["unit"].tolist()]
    problems += staff_problems(table, rows_of)
    rows = None if grids is None else grid_rows(grids, table)
    sheets = [summary_sheet(table, rows, place, read), communities_sheet(table, rows, place)]
    if sheet is not None:
        check_tree(sheet, tree)
        sheets += rule_sheets(sheet, {} if isinstance(source, Mapping) else dict(source.columns), place, lang)
    if grids is not None and rows is not None:
        sheets.append(grids_sheet(table, rows, grids.size, place))
        sides = _bounds(source, grids, lang) if bounds is None else bounds
        sheets.append(register_sheet(table, rows, sides, team, place))
        problems += grid_problems(grids, lang)
    parameters = _parameters(table, grids, read)
    parameters[-1:-1] = [] if sheet is None else rule_parameters(sheet, lang)
    sheets += [problems_sheet(problems, place, lang, read), parameters_sheet(parameters, place, lang)]
    with replacing(target) as file:
        write_workbook(sheets, file, lang=lang, title=text("report.title", lang, name=place))
    return target


def _bounds(source: District | Mapping[str, Any], grids: GridPlan, lang: Lang) -> list[Bounds] | None:
    """Return what bounds the grids, None where their shapes are not known or cannot be worked with."""
    if isinstance(source, Mapping) or source.atoms is None:
        return None
    from shequ.geo.bounds import bounds_in_words, landmarks_of
    from shequ.geo.grids import Grids

    try:
        return bounds_in_words(Grids.from_district(source, grids), landmarks_of(source, lang), lang=lang)
    except ImportError:  # the columns are left out, as for a district without shapes
        return None


def _root_name(source: District | Mapping[str, Any], lang: Lang) -> str:
    return "" if isinstance(source, Mapping) or not len(source.hierarchy) else source.hierarchy.name(0, lang)


def _parameters(table: StaffTable, grids: GridPlan | None, read: ReadReport | None) -> list[tuple[str, object]]:
    lang, rule = table.lang, table.rule
    known = {norm.id: norm for norm in norms.every()}
    source = known[rule.id].source if rule.id in known else text("report.param.own_rule", lang)
    scope = text("staff.every_setting", lang) if table.every_setting else text(rule.applies_to.name.lower(), lang)
    items: list[tuple[str, object]] = [
        (text("report.param.rule", lang), describe_rule(rule, lang)),
        (text("report.param.rule_id", lang), rule.id),
        (text("report.param.source", lang), source),
        (text("report.param.scope", lang), scope),
    ]
    if not isinstance(rule, StaffingTable):  # a table has no steps to round
        rounding = text("rounding." + rule.rounding.name.lower(), lang)
        items.insert(3, (text("report.param.rounding", lang), rounding))
    if grids is not None:
        size = text("report.size", lang, lower=grids.size[0], upper=grids.size[1])
        items += [(text("report.param.grid_size", lang), size), (text("report.param.seed", lang), grids.seed)]
    items += [(text("report.param.note", lang), note) for note in table.notes]
    if read is not None:
        comma = text("comma", lang)
        items += [(text("report.param.file", lang), read.path.name)]
        items += [(text("report.param.sheet", lang), read.sheet)] if read.sheet else []
        items += [(text("report.param.rows", lang), rows_sentence(read, lang))]
        items += [(text("report.param.columns", lang), comma.join(read.headers.values()))]
        items += [(text("report.param.unread", lang), comma.join(read.unread))] if read.unread else []
    return [*items, (text("report.param.version", lang), f"shequ {__version__}")]

# SPDX-License-Identifier: BSD-3-Clause
"""What stands on each sheet of the planner's workbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError
from shequ._messages import text
from shequ._staff_table import Answer, describe_rule
from shequ.report._workbook import Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ._errors import Lang
    from shequ._grid_plan import GridPlan
    from shequ._staff_table import StaffTable
    from shequ.hierarchy import Hierarchy
    from shequ.io import ReadReport

__all__ = [
    "GridRow",
    "Problem",
    "communities_sheet",
    "grid_problems",
    "grid_rows",
    "grids_sheet",
    "needs_attention",
    "parameters_sheet",
    "problems_sheet",
    "read_problems",
    "rows_sentence",
    "staff_problems",
    "summary_sheet",
    "tree_problems",
]


_SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class GridRow:
    """One grid.

    Parameters
    ----------
    index : int
        Its community, as an index into the staffing table.
    code : str
        Community code and number of the grid.
    buildings, households : int
        What it holds.
    fault : str
        "below", "above", "broken", or "" for none.
    remark : str
        What else is to be said, in the language of the workbook.
    """

    index: int
    code: str
    buildings: int
    households: int
    fault: str
    remark: str


@dataclass(frozen=True)
class Problem:
    """One line of the list of problems; `severity` is "error", "warning" or "note"."""

    severity: str
    kind: str
    where: str
    row: int | None
    what: str
    todo: str


def _columns(lang: Lang, *names: str, wide: dict[str, int] | None = None, **kinds: Any) -> list[Column]:
    widths = wide or {}
    return [Column(text("col." + name, lang), kinds.get(name, "count"), widths.get(name, 24)) for name in names]


def summary_sheet(
    table: StaffTable, grids: Sequence[GridRow] | None, place: str, read: ReadReport | None = None
) -> Sheet:
    """One row a town, and the district as their sum; what is missing is counted beside the sums."""
    lang, towns, whole = table.lang, table.totals(), table.total
    names = ["town", "communities", "answered", "unanswered", "households", "workers_all", "workers", "posts"]
    names += [*(["posts_most"] if table.ranged else []), "shortage", "surplus"]
    if table.counted != "households" and not table.households.count():
        names.remove("households")
    if whole.workers_all_missing:
        names.insert(names.index("workers_all"), "workers_all_missing")
    rows: list[list[object]] = []
    states: dict[tuple[int, int], Any] = {}
    for r, town in enumerate(towns):
        row: list[object] = [town.name, *(town.cell(name, lang) for name in names[1:])]
        if grids is not None:
            own = [grid for grid in grids if table.town_index[grid.index] == r]
            row += [len(own), sum(not grid.fault for grid in own)]
            if row[-1] != row[-2]:
                states[r, len(names) + 1] = "warn"
        for c, name in enumerate(names):
            doubtful = name in {"surplus", "unanswered", "workers_all_missing"} and row[c]
            if c and (doubtful or town.missing(name)):
                states[r, c] = "warn"
        if town.shortage:
            states[r, names.index("shortage")] = "bad"
        rows.append(row)
    total: list[object] = [text("total", lang), *(whole.cell(name, lang) for name in names[1:])]
    if grids is not None:
        total += [len(grids), sum(not grid.fault for grid in grids)]
    words = {"workers": "workers_answered", "workers_all_missing": "workers_missing"}
    headers = [*(words.get(name, name) for name in names), *(["grids", "grids_ok"] if grids is not None else [])]
    lines = [
        _basis(table),
        table.summary(),
        *table.notes,
        text("report.sums", lang),
        *([] if read is None else [rows_sentence(read, lang)]),
    ]
    if any(whole.missing(name) for name in names[1:]):
        lines.append(text("report.at_least", lang))
    title = text("report.title.summary", lang, name=place)
    kinds = dict.fromkeys(("shortage", "surplus", "unanswered", "workers_missing"), "gap")
    columns = _columns(lang, *headers, wide=None, town="text", **kinds)
    return Sheet(text("report.sheet.summary", lang), title, columns, rows, lines, total, states, frozen=1)


def communities_sheet(table: StaffTable, grids: Sequence[GridRow] | None, name: str) -> Sheet:
    """One row a community: what was given, what the rule makes of it, and why."""
    lang = table.lang
    counts = [name for name in table.names if name in {"households", table.counted}]
    names = ["town", "code", "community", "setting", *counts, "workers", "posts"]
    names += [
        *(["posts_most"] if table.ranged else []),
        "shortage",
        "surplus",
        "status",
        "to_next",
        *(["grids"] if grids is not None else []),
        "reason",
    ]
    number_of = Counter(grid.index for grid in grids or ())
    rows: list[list[object]] = []
    states: dict[tuple[int, int], Any] = {}
    for i in range(len(table)):
        cells = table.cells(i)
        gap = cells["gap"]
        known = isinstance(gap, int)
        over = gap if isinstance(gap, int) else 0
        cells |= {
            "setting": cells["setting"] or None,
            "shortage": max(0, over) if known else None,
            "surplus": max(0, -over) if known else None,
            "status": table.status(i),
            "grids": number_of[i],
        }
        rows.append([cells[name] for name in names])
        answer = Answer(int(table.answer[i]))
        at = {column: names.index(column) for column in (table.counted, "shortage", "surplus", "status", "reason")}
        if over > 0:
            states[i, at["shortage"]] = states[i, at["status"]] = "bad"
        elif over < 0:
            states[i, at["surplus"]] = states[i, at["status"]] = "warn"
        elif known:
            states[i, at["status"]] = "good"
        if answer.severity:
            states[i, at[table.counted]] = states[i, at["reason"]] = "bad" if answer.severity == "error" else "warn"
    total: list[object] = [None] * len(names)
    total[0] = text("total", lang)
    for column in {"households", "workers", "posts", "posts_most", "shortage", "surplus"} & {*names}:
        total[names.index(column)] = table.total.cell("workers_all" if column == "workers" else column, lang)
    if grids is not None:
        total[names.index("grids")] = len(grids)
    columns = _columns(
        lang,
        *(
            "to_next_" + table.counted if name == "to_next" and table.counted != "households" else name
            for name in names
        ),
        wide={"reason": 64, "status": 10},
        **dict.fromkeys(("town", "code", "community"), "text"),
        **dict.fromkeys(("setting", "status"), "word"),
        **dict.fromkeys(("shortage", "surplus"), "gap"),
        reason="words",
    )
    title = text("report.title.communities", lang, name=name)
    lines = [_basis(table), *table.notes]
    return Sheet(text("report.sheet.communities", lang), title, columns, rows, lines, total, states, frozen=3)


def grids_sheet(table: StaffTable, grids: Sequence[GridRow], size: tuple[int, int], name: str) -> Sheet:
    """One row a grid."""
    lang = table.lang
    rows: list[list[object]] = []
    states: dict[tuple[int, int], Any] = {}
    for r, grid in enumerate(grids):
        word = text("report." + (grid.fault or "in_bounds"), lang)
        town = table.towns[int(table.town_index[grid.index])][1]
        rows.append([town, table.name[grid.index], grid.code, grid.buildings, grid.households, word, grid.remark])
        states[r, 5] = "warn" if grid.fault else "good"
        if grid.fault:
            states[r, 4] = "warn"
    columns = _columns(
        lang,
        *("town", "community", "grid", "buildings", "households", "in_bounds", "remark"),
        wide={"remark": 60, "in_bounds": 14},
        **dict.fromkeys(("town", "community", "grid"), "text"),
        in_bounds="word",
        remark="words",
    )
    total: list[object] = [
        text("total", lang),
        "",
        "",
        sum(g.buildings for g in grids),
        sum(g.households for g in grids),
        "",
        "",
    ]
    good = sum(not grid.fault for grid in grids)
    line = text(
        "report.grids_line", lang, lower=size[0], upper=size[1], grids=len(grids), ok=good, bad=len(grids) - good
    )
    title = text("report.title.grids", lang, name=name)
    return Sheet(text("report.sheet.grids", lang), title, columns, rows, [line], total, states, frozen=3)


def staff_problems(table: StaffTable, source_row: Sequence[int | None]) -> list[Problem]:
    """List the communities that got no number through a fault of the input, or a doubtful one."""
    lang, kind = table.lang, text("report.kind.staff", table.lang)
    todo = {
        Answer.UNOCCUPIED: "todo.unoccupied",
        Answer.MISSING: "todo.households" if table.counted == "households" else "todo.count",
        Answer.NOT_COVERED: "todo.not_covered",
        Answer.INVALID: "todo.invalid",
        Answer.NO_SETTING: "todo.setting",
    }
    problems = []
    workers_missing = np.ma.getmaskarray(table.workers)
    for i in range(len(table)):
        answer = Answer(int(table.answer[i]))
        where = f"{table.name[i]} {table.code[i]}".strip()
        if answer.severity:
            what = table.reason(i)
            problems.append(Problem(answer.severity, kind, where, source_row[i], what, text(todo[answer], lang)))
        if answer.has_posts and workers_missing[i]:
            what = text("staff.no_workers", lang)
            problems.append(Problem("warning", kind, where, source_row[i], what, text("todo.workers", lang)))
    return problems


def grid_rows(plan: GridPlan, table: StaffTable) -> list[GridRow]:
    """Return the grids of a plan with the place of their communities in the staffing table."""
    place = {code: i for i, code in enumerate(table.code)}
    rows = []
    for grid in plan.grids:
        code = plan.communities[grid.community].code
        if code not in place:
            raise InvalidInputError(
                f"grids: community {code} must be one of the source", f"grids：社区 {code} 必须在数据中"
            )
        remark = text("report.dedicated", table.lang) if grid.dedicated else grid.message(table.lang)
        rows.append(GridRow(place[code], grid.code, grid.atoms, grid.households, grid.fault, remark))
    return rows


def needs_attention(plan: GridPlan, community: int) -> bool:
    """Tell whether some grid of a community breaks a bound, or some of its households are in none."""
    return plan.communities[community].uncovered > 0 or any(grid.fault for grid in plan.grids_of(community))


def grid_problems(plan: GridPlan, lang: Lang) -> list[Problem]:
    """List the communities whose grids break a bound or leave households out, with the smallest change."""
    kind, todo = text("report.kind.grids", lang), text("todo.grids", lang)
    problems = []
    for k, entry in enumerate(plan.communities):
        if needs_attention(plan, k):
            where = f"{entry.name if lang == 'zh' else entry.name_en} {entry.code}".strip()
            problems.append(Problem("error", kind, where, None, entry.message(lang), todo))
    return problems


def read_problems(read: ReadReport, tree: Hierarchy | None, lang: Lang) -> list[Problem]:
    """List what reading the file said: also the rows that were left out on purpose, such as subtotals.

    Where there is a tree, the unit of the row is named beside the column.
    """
    unit_of = (
        {}
        if tree is None or not read.issues
        else {row: unit for unit, row in enumerate(read.rows_of(tree)) if row is not None}
    )
    problems = []
    for issue in read.issues:
        unit = None if issue.row is None else unit_of.get(issue.row)
        where = issue.column if unit is None or tree is None else f"{tree.name(unit, lang)} {issue.column}".strip()
        problems.append(Problem(issue.severity, issue.code, where, issue.row, issue.what(lang), issue.todo(lang)))
    return problems


def rows_sentence(read: ReadReport, lang: Lang) -> str:
    """Say how many rows of the file were used, used with a warning, and rejected."""
    return read.sentence(lang)


def tree_problems(tree: Hierarchy, rows: Sequence[int | None], lang: Lang, *, notes: bool = False) -> list[Problem]:
    """List what the audit of the tree found wrong or doubtful, and where asked its notes."""
    todo = text("todo.audit", lang)
    return [
        Problem(
            finding.severity,
            finding.kind_name(lang),
            f"{tree.name(finding.unit, lang)} {tree.code(finding.unit)}",
            rows[finding.unit],
            finding.message(lang),
            todo,
        )
        for finding in tree.audit()
        if notes or finding.severity != "note"
    ]


def problems_sheet(problems: Sequence[Problem], name: str, lang: Lang, read: ReadReport | None = None) -> Sheet:
    """Every error and warning, with what to do about it; errors first."""
    ordered = sorted(problems, key=lambda problem: _SEVERITIES.index(problem.severity))
    rows: list[list[object]] = [[text(p.severity, lang), p.kind, p.where, p.row, p.what, p.todo] for p in ordered]
    states: dict[tuple[int, int], Any] = {
        (r, 0): "bad" if problem.severity == "error" else "warn"
        for r, problem in enumerate(ordered)
        if problem.severity != "note"
    }
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = sum(problem.severity == "warning" for problem in problems)
    lines = [text("report.problems_line", lang, errors=errors, warnings=warnings)]
    if read is not None:
        lines += [rows_sentence(read, lang), text("report.rows_why", lang)]
    columns = _columns(
        lang,
        *("severity", "kind", "where", "row", "what", "todo"),
        wide={"where": 30, "what": 60, "todo": 44},
        **dict.fromkeys(("severity", "kind"), "word"),
        where="text",
        what="words",
        todo="words",
    )
    title = text("report.title.problems", lang, name=name)
    return Sheet(text("report.sheet.problems", lang), title, columns, rows, lines, None, states)


def parameters_sheet(items: Sequence[tuple[str, object]], name: str, lang: Lang) -> Sheet:
    """List what the numbers depend on."""
    columns = _columns(lang, "item", "value", wide={"item": 30, "value": 90}, item="text", value="words")
    title = text("report.title.parameters", lang, name=name)
    rows: list[list[object]] = [[item, str(value)] for item, value in items]
    return Sheet(text("report.sheet.parameters", lang), title, columns, rows)


def _basis(table: StaffTable) -> str:
    return text("report.basis", table.lang, rule=describe_rule(table.rule, table.lang), id=table.rule.id)

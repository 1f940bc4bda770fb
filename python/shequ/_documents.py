# SPDX-License-Identifier: BSD-3-Clause
"""Plans of grids and lists of problems as JSON, in the forms of ``plan.schema.json`` and ``problems.schema.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shequ import _core
from shequ._errors import InvalidInputError
from shequ._files import replacing
from shequ._messages import text

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from shequ._grid_plan import GridPlan
    from shequ.audit import AuditReport
    from shequ.geo import GeoProblem
    from shequ.io import Issue, ReadReport

__all__ = ["geo_problems_document", "plan_document", "read_plan_labels", "report_document", "write_document"]

_VERSION = 1


def _document(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"format": f"shequ {kind}", "version": _VERSION, "written_by": f"shequ {_core.__version__}", **content}


def plan_document(plan: GridPlan) -> dict[str, Any]:
    """Return a plan of grids: its communities, grids, and the grid of each atom."""
    communities = [
        {
            "code": entry.code, "name": entry.name, "name_en": entry.name_en, "households": entry.households,
            "uncovered": entry.uncovered, "status": entry.status, "objective": entry.objective, "bound": entry.bound,
            "english": entry.english, "chinese": entry.chinese,
        }
        for entry in plan.communities
    ]  # fmt: skip
    grids = [
        {
            "code": grid.code, "community": grid.community, "number": grid.number, "atoms": grid.atoms,
            "households": grid.households, "dedicated": grid.dedicated, "fault": grid.fault, "english": grid.english,
            "chinese": grid.chinese,
        }
        for grid in plan.grids
    ]  # fmt: skip
    atoms = [
        {"id": name, "name": zh, "name_en": en, "households": homes, "grid": grid}
        for name, zh, en, homes, grid in zip(
            plan.atom_ids,
            plan.atom_names,
            plan.atom_names_en,
            plan.households.tolist(),
            plan.labels.tolist(),
            strict=True,
        )
    ]
    return _document("plan", {
        "size": {"lower": plan.size[0], "upper": plan.size[1]}, "seed": plan.seed, "communities": communities,
        "grids": grids, "atoms": atoms,
    })  # fmt: skip


def report_document(report: ReadReport, audit: AuditReport | None = None, more: Sequence[Issue] = ()) -> dict[str, Any]:
    """Return what became of the rows of a table, and all that is to be said of them.

    Parameters
    ----------
    report : ReadReport
        What reading the table said.
    audit : AuditReport, optional
        What the audit of its units found; each finding begins with the unit's name and code.
    more : sequence of Issue
        What else was found.
    """
    used = set(report.source_rows)
    problems: list[dict[str, Any]] = [
        {
            "severity": issue.severity, "code": issue.code, "kind": issue.kind("en"), "row": issue.row,
            "column": issue.column, "value": issue.value,
            "outcome": None if issue.row is None else "used" if issue.row in used else "rejected", "atoms": [],
            "english": issue.message("en"), "chinese": issue.message("zh"), "todo_english": issue.todo("en"),
            "todo_chinese": issue.todo("zh"),
        }
        for issue in (*report.issues, *more)
    ]  # fmt: skip
    if audit is not None:
        tree = audit.hierarchy
        rows_of = report.rows_of(tree)
        for finding in audit.findings:
            code, row = tree.code(finding.unit), rows_of[finding.unit]
            noted = finding.severity == "note"
            problems.append({
                "severity": finding.severity, "code": "", "kind": finding.kind_name("en"), "row": row, "column": "",
                "value": code, "outcome": None if row is None else "used", "atoms": [],
                "english": f"{tree.name(finding.unit, 'en')} {code}: {finding.message('en')}",
                "chinese": f"{tree.name(finding.unit, 'zh')} {code}：{finding.message('zh')}",
                "todo_english": "" if noted else text("todo.audit", "en"),
                "todo_chinese": "" if noted else text("todo.audit", "zh"),
            })  # fmt: skip
    rows = {"rows": report.rows, "used": report.used, "rejected": report.rejected}
    source = {"file": report.path.name, "sheet": report.sheet, "encoding": report.encoding}
    return _document("problems", {"source": source, "rows": rows, "problems": problems})


def geo_problems_document(problems: Sequence[GeoProblem]) -> dict[str, Any]:
    """Return what is wrong with the layers of a town."""
    listed = [
        {
            "severity": problem.severity, "code": "", "kind": problem.kind, "row": None, "column": "", "value": "",
            "outcome": None, "atoms": [str(atom) for atom in problem.atoms], "english": problem.english,
            "chinese": problem.chinese, "todo_english": "", "todo_chinese": "",
        }
        for problem in problems
    ]  # fmt: skip
    return _document("problems", {"source": None, "rows": None, "problems": listed})


def write_document(path: str | os.PathLike[str], document: dict[str, Any]) -> None:
    """Write a document as JSON in UTF-8, an entry of its lists a line; the file is replaced only once all is written."""
    lines = []
    for name, value in document.items():
        packed = json.dumps(name)
        if isinstance(value, list) and value:
            rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f"{packed}: [\n{rows}\n]")
        else:
            lines.append(f"{packed}: {json.dumps(value, ensure_ascii=False)}")
    with replacing(path) as file:
        file.write(("{\n" + ",\n".join(lines) + "\n}\n").encode())


def read_plan_labels(path: str | os.PathLike[str]) -> dict[str, int]:
    """Return the grid of each atom of a plan that `GridPlan.write_json` wrote.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    dict of str to int
        Id of each atom to its grid, a position in the list of grids: what `shequ.Problem` takes as `start`, and
        `shequ.objectives.Disturbance` as last year's plan, where the ids are texts.

    Raises
    ------
    InvalidInputError
        The file is missing, no such JSON, or of another version.
    """
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        kind, version = document["format"], document["version"]
        labels = {str(atom["id"]): int(atom["grid"]) for atom in document["atoms"]} if kind == "shequ plan" else {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInputError(
            f"{path} is no plan that write_json wrote: {error}", f"{path} 不是 write_json 写出的方案：{error}"
        ) from error
    if kind != "shequ plan" or version != _VERSION:
        raise InvalidInputError(
            f'{path} has format "{kind}", version {version}, and must have "shequ plan", {_VERSION}',
            f"{path} 的格式是 “{kind}” 版本 {version}，必须是 “shequ plan” 版本 {_VERSION}",
        )
    return labels

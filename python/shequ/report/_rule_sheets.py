# SPDX-License-Identifier: BSD-3-Clause
"""Money, premises, certificates and visits of every community, from the district sheet (`shequ.sheet`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import norms
from shequ._core import CellState, Measure, measure_name
from shequ._errors import InvalidInputError
from shequ._messages import text
from shequ._sheet_table import AREAS, MONEY
from shequ.report._workbook import Column, Sheet

if TYPE_CHECKING:
    from shequ._errors import Lang
    from shequ.hierarchy import Hierarchy
    from shequ.sheet import DistrictSheet

__all__ = ["check_tree", "rule_parameters", "rule_sheets"]

#: Sheets, and for each what the community gives and what the rules make of it.
_SHEETS: dict[str, tuple[tuple[str, ...], tuple[Measure, ...]]] = {
    "money": (("households",), (Measure.GRANT, Measure.GRANT_TOWN, Measure.GRANT_DISTRICT, Measure.UNPAID)),
    "facilities": (("households", "office_m2", "outdoor_m2"), (Measure.PREMISES_GAP, Measure.OUTDOOR_GAP)),
    "certificates": (("workers", "certified"), (Measure.CERTIFICATES,)),
    "visits": (("households", "workers"), (Measure.VISIT_WEEKS,)),
}


def check_tree(sheet: DistrictSheet, tree: Hierarchy | None) -> None:
    """Refuse a sheet of other units."""
    if tree is None or sheet.hierarchy != tree:
        raise InvalidInputError(
            "sheet must be of the same units as source, a District",
            "sheet 必须与 source（District）的单位一致",
        )


def rule_sheets(sheet: DistrictSheet, columns: dict[str, Any], place: str, lang: Lang) -> list[Sheet]:
    """Return a sheet for each kind of measure that a rule was given for, a row a community.

    Parameters
    ----------
    sheet : DistrictSheet
        Its measures.
    columns : dict
        Columns of the district, one entry a unit.
    place : str
        Name of the district.
    lang : "zh" or "en"
        Language.

    Notes
    -----
    The last row is the sum of the rows above it, and equal to what the district sheet has for its root; a measure that
    does not add up, such as weeks, has none.
    """
    found = []
    for name, (given, measures) in _SHEETS.items():
        ruled = [measure for measure in measures if measure in sheet.measures]
        there = [measure for measure in ruled if _answered(sheet, measure)]
        if there:
            inputs = [column for column in given if column in columns]
            made = _sheet(sheet, name, inputs, there, columns, place, lang)
            left = [measure_name(m, lang) for m in ruled if m not in there]
            if left:
                made.lines.append(text("report.rules_none", lang, measures=text("comma", lang).join(left)))
            found.append(made)
    return found


def _sheet(
    sheet: DistrictSheet, name: str, given: list[str], measures: list[Measure], columns: dict[str, Any], place: str,
    lang: Lang,
) -> Sheet:  # fmt: skip
    tree = sheet.hierarchy
    heads = [Column(text("col." + head, lang)) for head in ("town", "code", "community")]
    heads += [Column(text("col." + column, lang), "area" if column.endswith("_m2") else "count") for column in given]
    heads += [Column(measure_name(m, lang), _kind(m), 18) for m in measures]
    heads.append(Column(text("col.reason", lang), "words", 64))
    rows: list[list[object]] = []
    states: dict[tuple[int, int], Any] = {}
    units = tree.at_level("community").tolist()
    for r, unit in enumerate(units):
        above = tree.parent(unit)
        row: list[object] = ["" if above is None else tree.name(above, lang), tree.code(unit), tree.name(unit, lang)]
        row += [_given(columns[column], unit) for column in given]
        start = len(row)
        row += [sheet.number(unit, m) for m in measures]
        reasons = dict.fromkeys(sheet.explain(unit, m, lang) for m in measures)
        rows.append([*row, text("separator", lang).join(filter(None, reasons))])
        for c, m in enumerate(measures, start):
            if row[c] is None and sheet.states(m)[unit] > CellState.NOT_ADDITIVE:
                states[r, c] = "warn"
    total: list[object] = [text("total", lang), "", ""]
    total += [_sum([row[3 + k] for row in rows]) for k in range(len(given))]
    total += [sheet.number(0, m) if len(tree) else None for m in measures]
    total.append("")
    unknown = [int(sheet.unknown(m)[0]) if len(tree) else 0 for m in measures]
    lines = [text("report.rules_line", lang)]
    lines += [
        text("report.rules_unknown", lang, measure=measure_name(m, lang), n=n)
        for m, n in zip(measures, unknown, strict=True)
        if n
    ]
    title = text(f"report.title.{name}", lang, name=place)
    return Sheet(text(f"report.sheet.{name}", lang), title, heads, rows, lines, total, states, frozen=3)


def _answered(sheet: DistrictSheet, measure: Measure) -> bool:
    """Tell whether any community has a number."""
    states = sheet.states(measure)[sheet.hierarchy.at_level("community")]
    return bool((states == CellState.COMPUTED).any())


def _kind(measure: Measure) -> Any:
    return "money" if measure in MONEY else "area" if measure in AREAS else "count"


def _given(column: Any, unit: int) -> object:
    value = np.ma.asarray(column)[unit]
    if value is np.ma.masked:
        return None
    plain = value.item()
    return int(plain) if float(plain).is_integer() else float(plain)


def _sum(values: list[Any]) -> object:
    known = [value for value in values if value is not None]
    return round(sum(known), 2) if known else None


def rule_parameters(sheet: DistrictSheet, lang: Lang) -> list[tuple[str, object]]:
    """Return the rules of the district sheet as lines of the parameters."""
    return [
        (
            text("report.param." + name, lang),
            _basis_words(rule, lang) if name == "household_basis" else _in_words(rule, lang),
        )
        for name, rule in sheet.rules.items()
        if rule is not None
    ]


def _basis_words(basis: object, lang: Lang) -> str:
    return text("basis." + str(getattr(basis, "name", basis)).lower(), lang)


def _in_words(rule: object, lang: Lang) -> str:
    """Return a rule as people read it: the norm it is of and what that says, else what it holds."""
    if isinstance(rule, bool):
        return text("yes" if rule else "no", lang)
    if isinstance(rule, tuple):
        return text("report.size", lang, lower=rule[0], upper=rule[1])
    known = {norm.id: norm for norm in norms.every()}
    norm = known.get(getattr(rule, "id", ""))
    return str(rule) if norm is None else f"{norm.id}: {norm.parameters(lang)} ({norm.source})"

# SPDX-License-Identifier: BSD-3-Clause
"""The district sheet as tables that people read: by town with totals, by community, and the reason of every number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import CellState, Level, Measure
from shequ._messages import text
from shequ._repr_text import AtLeast, AtLeastReal, format_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from shequ._errors import Lang
    from shequ.hierarchy import Hierarchy
    from shequ.sheet import DistrictSheet

__all__ = [
    "AREAS",
    "MONEY",
    "SheetTable",
    "communities_table",
    "group_level_of",
    "header",
    "reasons_table",
    "shown_measures",
    "towns_table",
    "unknown_rows",
]

MONEY = frozenset({Measure.GRANT, Measure.GRANT_TOWN, Measure.GRANT_DISTRICT, Measure.UNPAID})
AREAS = frozenset({Measure.PREMISES_GAP, Measure.OUTDOOR_GAP})

#: What is given, in the order in which people look for it.
_GIVEN = ("households", "dwellings", "persons", "workers", "certified", "office_m2", "outdoor_m2")

#: Columns without which a measure is left out altogether, instead of being unknown everywhere.
_NEEDED = {Measure.SHORTAGE: "workers", Measure.SURPLUS: "workers", Measure.UNPAID: "paid_fen"}

#: States of cells that should have a number and have none.
_UNKNOWN = CellState.NO_SETTING


@dataclass(frozen=True)
class SheetTable:
    """Headers, kinds of columns ("text", "count", "gap", "money", "area", "words"), rows, and a row of totals.

    `states` are the cells to colour: "bad" for a shortage, "warn" for a number that should be there and is not.
    """

    headers: list[str]
    kinds: list[Any]
    rows: list[list[object]]
    total: list[object] | None = None
    states: dict[tuple[int, int], Any] = field(default_factory=dict)


def header(measure: Measure, lang: Lang) -> str:
    """Return the name of a measure with its unit."""
    return text("measure." + measure.name.lower(), lang)


def shown_measures(sheet: DistrictSheet) -> tuple[Measure, ...]:
    """Return the measures worth a column: an upper end only where some community has a range, a gap where it can be."""
    found = []
    for measure in sheet.measures:
        if _NEEDED.get(measure, "") not in {"", *sheet.columns}:
            continue
        least = {Measure.POSTS_MOST: Measure.POSTS, Measure.GRIDS_MOST: Measure.GRIDS}.get(measure)
        if least is None or np.ma.any(sheet.values(measure) != sheet.values(least)):
            found.append(measure)
    return tuple(found)


def group_level_of(tree: Hierarchy) -> Level:
    """Return the level that sums are shown by: towns where there are some, else the district."""
    return Level.TOWN if len(tree.at_level(Level.TOWN)) else Level.DISTRICT


def _kind(measure: Measure) -> str:
    if measure in MONEY:
        return "money"
    return "area" if measure in AREAS else "gap" if measure in {Measure.SHORTAGE, Measure.SURPLUS} else "count"


def _sum(sheet: DistrictSheet, unit: int, measure: Measure) -> object:
    """Return a sum as people read it: `AtLeast` where communities are missing in it, a word where all of them are."""
    value, missing = sheet.number(unit, measure), int(sheet.unknown(measure)[unit])
    inside = sheet.hierarchy.subtree(unit)
    if value is None or not (sheet.states(measure)[inside] == CellState.COMPUTED).any():
        return text("staff.unknown", sheet.lang) if missing else None
    if not missing:
        return value
    return AtLeast(value) if isinstance(value, int) else AtLeastReal(value)


def _in_order(tree: Hierarchy, units: NDArray[np.int32]) -> list[int]:
    """Return units as the ledger lists them where towns have no codes (their names stand for them), else by code."""
    if not any("/" in tree.code(unit) for unit in tree.at_level(group_level_of(tree)).tolist()):
        return [int(unit) for unit in units]
    rows = tree.rows.astype(np.int64)
    first = np.where(rows < 0, len(rows), rows)
    for unit in range(len(tree) - 1, 0, -1):
        parent = tree.parent(unit)
        if parent is not None:
            first[parent] = min(first[parent], first[unit])
    return sorted((int(unit) for unit in units), key=lambda unit: int(first[unit]))


def towns_table(sheet: DistrictSheet, given: Sequence[str] = _GIVEN) -> SheetTable:
    """Return a row a town with the sums of its communities, of `given` columns too, and the district as the total."""
    tree, lang = sheet.hierarchy, sheet.lang
    measures = [m for m in shown_measures(sheet) if not (sheet.states(m) == CellState.NOT_ADDITIVE).any()]
    given = [name for name in given if name in sheet.columns]
    communities = tree.at_level(Level.COMMUNITY)
    rows: list[list[object]] = []
    states: dict[tuple[int, int], Any] = {}
    for r, unit in enumerate(_in_order(tree, tree.at_level(group_level_of(sheet.hierarchy)))):
        inside = communities[(communities >= unit) & (communities < tree.subtree(unit).stop)]
        row: list[object] = [tree.name(unit, lang), len(inside)]
        row += [_given_sum(sheet, name, inside, lang) for name in given]
        first = len(row)
        rows.append([*row, *(_sum(sheet, unit, m) for m in measures)])
        for c, m in enumerate(measures, first):
            if sheet.unknown(m)[unit]:
                states[r, c] = "warn"
            elif m is Measure.SHORTAGE and rows[r][c]:
                states[r, c] = "bad"
    total: list[object] = [text("total", lang), len(communities)]
    total += [_given_sum(sheet, name, communities, lang) for name in given]
    total += [_sum(sheet, 0, m) if len(tree) else None for m in measures]
    heads = [text("col." + name, lang) for name in ("town", "communities", *given)]
    kinds = ["text", "count", *("area" if name.endswith("_m2") else "count" for name in given), *map(_kind, measures)]
    return SheetTable([*heads, *(header(m, lang) for m in measures)], kinds, rows, total, states)


def _given_sum(sheet: DistrictSheet, name: str, units: Any, lang: Lang) -> object:
    values = np.ma.masked_invalid(np.ma.asarray(sheet.columns[name])[units])
    if not len(units):
        return 0
    if not values.count():
        return text("staff.unknown", lang)
    whole = values.dtype.kind in "iu"
    value: Any = int(values.sum()) if whole else round(float(values.sum()), 2)
    if values.count() == len(units):
        return value
    return AtLeast(value) if whole else AtLeastReal(value)


def communities_table(sheet: DistrictSheet) -> SheetTable:
    """Return a row a community: what is given, then every measure; a cell without a number says why in a word."""
    tree, lang, measures = sheet.hierarchy, sheet.lang, shown_measures(sheet)
    given = [name for name in _GIVEN if name in sheet.columns]
    values = [np.ma.masked_invalid(np.ma.asarray(sheet.columns[name])) for name in given]
    all_states = [sheet.states(m) for m in measures]
    rows: list[list[object]] = []
    states: dict[tuple[int, int], Any] = {}
    for r, unit in enumerate(_in_order(tree, tree.at_level(Level.COMMUNITY))):
        above = tree.ancestor(unit, Level.TOWN)
        row: list[object] = ["" if above is None else tree.name(above, lang), tree.code(unit), tree.name(unit, lang)]
        row += [None if np.ma.getmaskarray(v)[unit] else _plain(v[unit].item()) for v in values]
        for m, state in zip(measures, all_states, strict=True):
            number = sheet.number(unit, m)
            if number is None:
                states[r, len(row)] = "warn" if state[unit] >= _UNKNOWN else None
                row.append(text("cell." + CellState(int(state[unit])).name.lower(), lang))
            else:
                if m is Measure.SHORTAGE and number:
                    states[r, len(row)] = "bad"
                row.append(number)
        rows.append(row)
    towns = towns_table(sheet)
    sums = dict(zip(towns.headers, towns.total or (), strict=False))
    heads = [text("col." + name, lang) for name in ("town", "code", "community", *given)]
    heads += [header(m, lang) for m in measures]
    total: list[object] = [text("total", lang), "", "", *(sums.get(head) for head in heads[3:])]
    kinds = [*["text"] * 3, *("area" if name.endswith("_m2") else "count" for name in given), *map(_kind, measures)]
    return SheetTable(heads, kinds, rows, total, {cell: state for cell, state in states.items() if state})


def _plain(value: float) -> object:
    return int(value) if float(value).is_integer() else value


def reasons_table(sheet: DistrictSheet, units: list[int] | None = None) -> SheetTable:
    """Return a row a unit and measure: the number and how it comes about, or why there is none."""
    tree, lang = sheet.hierarchy, sheet.lang
    listed = _in_order(tree, tree.at_level(Level.COMMUNITY)) if units is None else units
    rows: list[list[object]] = []
    states: dict[tuple[int, int], Any] = {}
    for unit in listed:
        for measure in shown_measures(sheet):
            number = sheet.number(unit, measure)
            state = int(sheet.states(measure)[unit])
            if number is None and state >= _UNKNOWN:
                states[len(rows), 4] = "warn"
            shown = text("cell." + CellState(state).name.lower(), lang) if number is None else number
            # a column of yuan, areas and counts: as text, so that each is written in its own way
            words = f"{shown:,.2f}" if measure in MONEY and number is not None else format_value(shown)
            above = tree.ancestor(unit, Level.TOWN)
            town = "" if above is None or above == unit else tree.name(above, lang)
            where = [town, tree.code(unit), tree.name(unit, lang)]
            rows.append([*where, header(measure, lang), words, sheet.explain(unit, measure, lang)])
    heads = [text("col." + name, lang) for name in ("town", "code", "community", "measure", "number_of", "why")]
    return SheetTable(heads, [*["text"] * 3, "text", "word", "words"], rows, None, states)


def unknown_rows(sheet: DistrictSheet) -> list[list[object]]:
    """Return a row for every community and reason why some numbers of it are missing: town, code, name, measures, why."""
    tree, lang, measures = sheet.hierarchy, sheet.lang, shown_measures(sheet)
    communities = tree.at_level(Level.COMMUNITY)
    states = [sheet.states(m)[communities] for m in measures]
    rows: list[list[object]] = []
    lacking = np.zeros(len(communities), dtype=np.bool_)
    for state in states:
        lacking |= state >= _UNKNOWN
    for unit in _in_order(tree, communities[lacking]):
        i = int(np.searchsorted(communities, unit))
        why: dict[str, list[str]] = {}
        for measure, state in zip(measures, states, strict=True):
            if state[i] >= _UNKNOWN:
                why.setdefault(sheet.explain(unit, measure, lang), []).append(header(measure, lang))
        above = tree.ancestor(unit, Level.TOWN)
        where = ["" if above is None else tree.name(above, lang), tree.code(unit), tree.name(unit, lang)]
        rows += [[*where, text("comma", lang).join(names), reason] for reason, names in why.items()]
    return rows

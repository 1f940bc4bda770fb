# SPDX-License-Identifier: BSD-3-Clause
"""Two scenarios side by side: every number that differs, and the sums of towns and the district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import Level
from shequ._errors import optional_import
from shequ._levels import to_level
from shequ._messages import text
from shequ._repr_html import table_html
from shequ._repr_text import table_text
from shequ._scenario_words import edits_in_words, measure_words, shown_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from pathlib import Path

    import pandas as pd

    from shequ._errors import Lang
    from shequ._scenario_rules import AssignedRule
    from shequ.hierarchy import Hierarchy
    from shequ.scenario import Scenario

__all__ = ["Comparison", "Difference", "compare_scenarios"]


@dataclass(frozen=True)
class Difference:
    """One number that differs; before and after are None where it is not known, or there is no such unit.

    Parameters
    ----------
    unit : int
    town, code, name : str
        `town` is empty for units above towns.
    level : str
        "district", "town", "community", ...
    measure : str
        A column, or one of `Scenario.measures`; money in fen, areas in square decimetres.
    before, after : int or None
    edit : int
        Number of the last edit that changed it; one of the other scenario where `edit_of_before`.
    edit_of_before : bool
    """

    unit: int
    town: str
    code: str
    name: str
    level: str
    measure: str
    before: int | None
    after: int | None
    edit: int
    edit_of_before: bool

    @property
    def difference(self) -> int | None:
        """After less before, None where one of them is."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """Every number in which two scenarios on one base differ; made by `Scenario.differences`.

    Parameters
    ----------
    rows : tuple of Difference
        In the order of the units.
    edits : tuple of str
        Edits of the scenario in words, by their numbers from 1; `edits_before` those of the other one.
    sums : tuple of (name, tuple of (before, after))
        One entry a town that exists in one of the two, and last the whole; a pair for each of `measures`.
    measures : tuple of str
        What differs anywhere.
    place : str
        Name of the root.
    rules : tuple of (setting or None, kind, rule)
        Rules before the edits.
    fingerprints : tuple of (part, hash)
        Of the base.
    lang : "zh" or "en"
    made : str
        Code of the root where a ledger without codes is called after its file: this code and those that begin with it are
        nobody's and are not shown; empty otherwise.
    """

    rows: tuple[Difference, ...]
    edits: tuple[str, ...]
    edits_before: tuple[str, ...]
    sums: tuple[tuple[str, tuple[tuple[int | None, int | None], ...]], ...]
    measures: tuple[str, ...]
    place: str
    rules: tuple[AssignedRule, ...]
    fingerprints: tuple[tuple[str, int], ...]
    lang: Lang
    made: str = ""

    def __len__(self) -> int:
        """Return how many numbers differ."""
        return len(self.rows)

    @property
    def headers(self) -> list[str]:
        """Headers of `cells`."""
        names = ("town", "code", "unit", "level", "measure", "before", "after", "difference", "edit")
        return [text("col." + name, self.lang) for name in names]

    def cells(self, row: Difference) -> list[object]:
        """Return a difference as a row of a table, the edit with its words."""
        lang = self.lang
        edit: object = ""
        if row.edit:
            words = (self.edits_before if row.edit_of_before else self.edits)[row.edit - 1]
            number = text("compare.edit_before", lang, n=row.edit) if row.edit_of_before else str(row.edit)
            edit = f"{number} {words}"
        level = text("level." + row.level, lang)
        is_made = bool(self.made) and (row.code == self.made or row.code.startswith(self.made + "/"))
        where = [row.town, "" if is_made else row.code, row.name, level, measure_words(row.measure, lang)]
        numbers = (shown_number(row.measure, number) for number in (row.before, row.after, row.difference))
        return [*where, *numbers, edit]

    @property
    def summary_headers(self) -> list[str]:
        """Headers of `summary`."""
        return [text("col." + name, self.lang) for name in ("town", "measure", "before", "after", "difference")]

    def summary(self) -> list[list[object]]:
        """Return a row a town and measure that differs, and last those of the district, changed or not."""
        whole = len(self.sums) - 1
        return [
            [
                name,
                measure_words(measure, self.lang),
                shown_number(measure, was),
                shown_number(measure, now),
                None if was is None or now is None else shown_number(measure, now - was),
            ]
            for i, (name, pairs) in enumerate(self.sums)
            for measure, (was, now) in zip(self.measures, pairs, strict=True)
            if was != now or i == whole
        ]

    def sentence(self) -> str:
        """Say how much differs."""
        if not self.rows:
            return text("compare.same", self.lang)
        units = len({(row.unit, row.code) for row in self.rows})
        return text("compare.one", self.lang, edits=len(self.edits), units=units, numbers=len(self.rows))

    def to_dataframe(self) -> pd.DataFrame:
        """Return the rows as a frame: before, after, difference as Int64; needs pandas."""
        with optional_import("compare()", "pandas", "pandas"):
            import pandas as pd
        rows = self.rows
        frame: pd.DataFrame = pd.DataFrame(
            {
                "unit": np.array([row.unit for row in rows], dtype=np.int32),
                **{
                    name: pd.array([getattr(row, name) for row in rows], dtype=object)
                    for name in ("code", "name", "level", "measure")
                },
                **{
                    name: pd.array([getattr(row, name) for row in rows], dtype="Int64")
                    for name in ("before", "after", "difference")
                },
                "edit": np.array([row.edit for row in rows], dtype=np.int64),
                "edit_of_before": np.array([row.edit_of_before for row in rows], dtype=np.bool_),
            }
        )
        return frame

    def save(self, path: str | PathLike[str], *, extra: Sequence[Any] = ()) -> Path:
        """Write the comparison: summary by town and district, detail, edits, parameters.

        Parameters
        ----------
        path : path-like
            .xlsx (needs openpyxl), .html, .txt, or .csv with the detail alone. The old file stays whole until the new one
            is complete; the same comparison gives the same bytes.
        extra : sequence of sheets, optional
            More sheets of a workbook: what `Sweep.sheet` returns.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        InvalidInputError
            Another ending, or the file cannot be written.
        MissingDependencyError
            A workbook without openpyxl.
        """
        from shequ.report._comparison import save_comparison

        return save_comparison(path, self, extra)

    def __repr__(self) -> str:
        """Return one line."""
        return f"<Comparison: {len(self.edits)} edits, {len(self)} numbers differ>"

    def __str__(self) -> str:
        """Return the summary and the first rows as text."""
        if not self.rows:
            return self.sentence()
        summary = table_text(self.summary_headers, self.summary(), limit=100)
        detail = table_text(self.headers, (self.cells(row) for row in self.rows), count=len(self))
        return f"{self.sentence()}\n\n{summary}\n\n{detail}"

    def _repr_html_(self) -> str:
        summary = table_html(self.summary_headers, self.summary(), limit=100, title=self.sentence())
        return summary + table_html(self.headers, (self.cells(row) for row in self.rows), count=len(self))


def compare_scenarios(before: Scenario, after: Scenario, lang: Lang) -> Comparison:
    """Compare; see `Scenario.differences`."""
    rows = []
    found = after._core.compare(before._core)
    for unit, code, level, measure, was, now, edit, of_before in zip(*found, strict=True):
        owner = after if unit < len(after) and after.code(unit) == code else before
        alive = after if owner is after and after.exists(unit) else before
        town = _town_of(alive, unit)
        name = owner.name(unit, lang)
        town_name = "" if town is None else alive.name(town, lang)
        rows.append(Difference(unit, town_name, code, name, level, measure, was, now, edit, of_before))
    differing = {row.measure for row in rows}
    measures = tuple(name for name in (*after.columns, *after.measures) if name in differing)
    sums = []
    for unit, code in _towns(before, after):
        owner = after if _has(after, unit, code) else before
        sums.append((owner.name(unit, lang), _pairs(before, after, unit, code, measures)))
    if len(after):
        sums.append((text("total", lang), _pairs(before, after, 0, after.code(0), measures)))
    return Comparison(
        rows=tuple(rows),
        edits=tuple(edits_in_words(after, lang)),
        edits_before=tuple(edits_in_words(before, lang)),
        sums=tuple(sums),
        measures=measures,
        place=after.name(0, lang) if len(after) else "",
        rules=tuple(after.rules),
        fingerprints=tuple(after._base.fingerprints()),
        lang=lang,
        made=_made_root(after.hierarchy),
    )


def _made_root(tree: Hierarchy) -> str:
    """Return the code of the root where the codes of towns are made of it and their names."""
    return tree.code(0) if len(tree) > 1 and tree.code(1) == f"{tree.code(0)}/{tree.name(1)}" else ""


def _town_of(scenario: Scenario, unit: int) -> int | None:
    """Return the town of a unit, itself where it is one."""
    above: int | None = unit
    while above is not None and scenario.level(above) != Level.TOWN:
        above = scenario.parent(above)
    return above


def _towns(before: Scenario, after: Scenario) -> list[tuple[int, str]]:
    """Return number and code of the towns that one of the two has: those of the base in its order, then new ones."""
    tree = after.hierarchy
    towns = {(int(unit), tree.code(unit)): None for unit in tree.at_level(to_level("town")).tolist()}
    for scenario in (before, after):
        for unit in range(len(tree), len(scenario)):
            if scenario.level(unit) == Level.TOWN:
                towns[unit, scenario.code(unit)] = None
    return [town for town in towns if _has(before, *town) or _has(after, *town)]


def _has(scenario: Scenario, unit: int, code: str) -> bool:
    """Tell whether a scenario has a unit; new units of two branches may have the same number."""
    return unit < len(scenario) and scenario.exists(unit) and scenario.code(unit) == code


def _pairs(
    before: Scenario, after: Scenario, unit: int, code: str, measures: tuple[str, ...]
) -> tuple[tuple[int | None, int | None], ...]:
    was, now = (scenario if _has(scenario, unit, code) else None for scenario in (before, after))
    return tuple(
        (None if was is None else was._core.total(unit, name), None if now is None else now._core.total(unit, name))
        for name in measures
    )

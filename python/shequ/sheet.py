# SPDX-License-Identifier: BSD-3-Clause
"""The district sheet (区级测算表): posts, money, certificates, premises, grids and visits of every community in one call.

Each figure is traceable to its rule, each total is the exact sum of its parts, and each empty cell says why it is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import _core
from shequ._columns import UNKNOWN
from shequ._core import CellState, Measure
from shequ._errors import InvalidInputError, optional_import
from shequ._levels import to_level
from shequ._messages import check_lang
from shequ._norm_rules import rule_of_norm
from shequ._repr_html import table_html
from shequ._repr_text import table_text
from shequ._sheet_table import AREAS, MONEY

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from shequ._columns import IntColumn
    from shequ._core import (
        Basis,
        CertificationRule,
        FacilityRule,
        FundingRule,
        FundingShares,
        StaffingRatio,
        StaffingRule,
        StaffingTable,
        VisitRule,
    )
    from shequ._errors import Lang
    from shequ._levels import LevelLike
    from shequ.district import District
    from shequ.io import ReadReport

__all__ = ["CellState", "DistrictSheet", "Measure", "district_sheet"]

#: Areas that people give in square metres, and the columns in which they are kept.
AREA_COLUMNS = {"office_m2": "office_dm2", "outdoor_m2": "outdoor_dm2"}
_COUNTS = {
    "households": "households", "dwellings": "dwellings", "persons": "residents", "residents": "residents",
    "workers": "workers", "certified": "certified", "funding_class": "funding_class", "paid_fen": "paid_fen",
}  # fmt: skip


class DistrictSheet:
    """Numbers of every unit and measure; made by `district_sheet`.

    Communities have their own numbers, units above them the sums of theirs.
    """

    def __init__(self, district: District, core: _core.DistrictSheet, rules: Mapping[str, Any], lang: Lang) -> None:
        self.hierarchy = district.hierarchy
        #: The columns of the district, one entry a unit.
        self.columns = dict(district.columns)
        #: The rules and policies of every number, by the names of the arguments.
        self.rules = dict(rules)
        self.lang = lang
        self._core = core
        self._unknown: dict[Measure | str, NDArray[np.int32]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle what the numbers are made of; they are computed anew, which is as fast as reading them."""
        from shequ.district import District

        return _sheet_of, (District(self.hierarchy, self.columns), self.rules, self.lang)

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self._core)

    def values(self, measure: Measure | str) -> IntColumn:
        """Return the numbers of all units, masked where there is none.

        Parameters
        ----------
        measure : Measure or its name in lower case
            Money is in fen, areas are in square decimetres.

        Returns
        -------
        masked array of int64, shape (len(hierarchy),)
            Read-only, without a copy of the numbers. A sum over communities is masked where none of them has a number that
            should have one, and leaves those out that lack it (`unknown`) otherwise.
        """
        return np.ma.MaskedArray(self._core.values(measure), mask=self._core.states(measure) > CellState.TOTAL)

    def states(self, measure: Measure | str) -> NDArray[np.uint8]:
        """Return the `CellState` of all units, shape (len(hierarchy),)."""
        return self._core.states(measure)

    def unknown(self, measure: Measure | str) -> NDArray[np.int32]:
        """Return how many communities of each unit should have a number and have none, shape (len(hierarchy),)."""
        if measure not in self._unknown:
            counts = self._core.unknown(measure)
            counts.flags.writeable = False
            self._unknown[measure] = counts
        return self._unknown[measure]

    def explain(self, unit: int, measure: Measure | str, lang: Lang | None = None) -> str:
        """Say in words why a unit has its number, or none; in the language of the sheet by default."""
        return self._core.explain(unit, measure, self.lang if lang is None else check_lang(lang))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that a rule was given for."""
        return tuple(m for m in Measure if not (self._core.states(m) == CellState.NO_RULE).all())

    def number(self, unit: int, measure: Measure) -> int | float | None:
        """Return a number as people read it: money in yuan, areas in square metres, None where there is none."""
        if self._core.states(measure)[unit] > CellState.TOTAL:
            return None
        value = int(self._core.values(measure)[unit])
        return value / 100 if measure in AREAS | MONEY else value

    def rows(self, level: LevelLike = "community") -> list[list[object]]:
        """Return one row a unit of `level`: code, name, then every measure as `number` gives it."""
        tree, chosen = self.hierarchy, self.measures
        return [
            [tree.code(unit), tree.name(unit, self.lang), *(self.number(unit, measure) for measure in chosen)]
            for unit in tree.at_level(to_level(level)).tolist()
        ]

    @property
    def headers(self) -> list[str]:
        """Headers of `rows`, in the language of the sheet."""
        names = [_core.measure_name(measure, self.lang) for measure in self.measures]
        return ["代码", "名称", *names] if self.lang == "zh" else ["code", "name", *names]

    def to_dataframe(self, level: LevelLike = "community") -> pd.DataFrame:
        """Return the units of a level as a frame: counts as Int64, money in fen, areas in square decimetres.

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        """
        with optional_import("to_dataframe()", "pandas", "pandas"):
            import pandas as pd
        tree = self.hierarchy
        units = tree.at_level(to_level(level))
        columns: dict[str, Any] = {
            "code": [tree.code(unit) for unit in units.tolist()],
            "name": [tree.name(unit, self.lang) for unit in units.tolist()],
        }
        for measure in self.measures:
            values = self.values(measure)[units]
            name = measure.name.lower()
            suffix = "_fen" if measure in MONEY else "_dm2" if measure in AREAS else ""
            columns[name + suffix] = pd.arrays.IntegerArray(values.data.copy(), np.ma.getmaskarray(values))
            if level != "community":
                columns[name + "_unknown"] = self.unknown(measure)[units]
        frame: pd.DataFrame = pd.DataFrame(columns, index=pd.Index(units, name="unit"))
        return frame

    def save(self, path: str | PathLike[str], *, read: ReadReport | None = None, lines: Sequence[str] = ()) -> Path:
        """Write the sheet: by town, by community, and the reason of every number.

        Parameters
        ----------
        path : path-like
            .xlsx (needs openpyxl) with all of it, .html with towns and communities, .csv with the communities. The old
            file stays whole until the new one is complete; the same sheet gives the same bytes.
        read : ReadReport, optional
            What reading the district's file said: listed among the problems of a workbook.
        lines : sequence of str, optional
            Sentences to stand above the sums, and among the parameters.

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
        from shequ.report._district_sheet import save_sheet

        return save_sheet(path, self, read=read, lines=lines)

    def __repr__(self) -> str:
        """Return one line: the class, the number of communities and the totals of the root."""
        totals = [
            f"{measure.name.lower()} {self.number(0, measure):,}"
            for measure in self.measures
            if len(self) and self.number(0, measure) is not None
        ]
        count = len(self.hierarchy.at_level("community"))
        return f"<DistrictSheet: {', '.join([f'{count} communities', *totals])}>"

    def __str__(self) -> str:
        """Return the communities and their numbers."""
        rows = self.rows()
        return table_text(self.headers, rows, count=len(rows))

    def _repr_html_(self) -> str:
        rows = self.rows()
        return table_html(self.headers, rows, count=len(rows), title=repr(self)[1:-1])


def district_sheet(
    district: District,
    *,
    household_basis: Basis | str | None = None,
    staffing: StaffingRule | StaffingRatio | StaffingTable | str | None = None,
    funding: FundingRule | str | None = None,
    shares: FundingShares | None = None,
    urban_certification: CertificationRule | None = None,
    rural_certification: CertificationRule | None = None,
    premises: FacilityRule | str | None = None,
    outdoor: FacilityRule | str | None = None,
    grid_size: tuple[int, int] | str | None = None,
    visits: VisitRule | None = None,
    every_setting: bool = False,
    lang: Lang = "zh",
    threads: int = 1,
) -> DistrictSheet:
    """Compute everything that the columns of a district allow, and say per cell why the rest is unknown.

    Parameters
    ----------
    district : District
        Columns that are read: households, dwellings, persons, workers, certified, office_m2, outdoor_m2, setting,
        funding_class, paid_fen. Missing values stay missing.
    household_basis : {"households", "registered_households", "resident_households"} or Basis
        What the column of households counts; must be given with it, as the sources leave it open.
    staffing : StaffingRule, StaffingRatio, StaffingTable, or the id of a norm, optional
    funding : FundingRule or the id of a norm, optional
    shares : FundingShares, optional
        Who pays.
    urban_certification, rural_certification : CertificationRule, optional
    premises, outdoor : FacilityRule or the id of a norm, optional
    grid_size : (least, most) households, or the id of a norm, optional
    visits : VisitRule, optional
        What is not given is not computed.
    every_setting : bool, default False
        Apply rules also to the communities that they are not meant for.
    lang : "zh" or "en", default "zh"
        Language of names and explanations.
    threads : int, default 1
        1 to 1024: changes the time and nothing else. Worth it from some 100,000 units on.

    Returns
    -------
    DistrictSheet
        One entry a unit: communities, and the sums of towns and the district.

    Raises
    ------
    InvalidInputError
        A value is out of range (the community and the value are named), certified persons exceed workers, the basis of
        households is not stated, or a norm is not of the kind that is asked for.

    Notes
    -----
    Linear in the units. A rule is applied to communities and never to sums.

    Examples
    --------
    >>> import shequ
    >>> district = shequ.sample_district()
    >>> sheet = district_sheet(district, household_basis="resident_households", staffing="staff.wujin2012", lang="en")
    >>> int(sheet.values("posts")[0]) == int(sheet.values("posts")[district.hierarchy.at_level("town")].sum())
    True
    """
    rules = {
        "household_basis": household_basis,
        "staffing": rule_of_norm(staffing, "staffing"),
        "funding": rule_of_norm(funding, "funding"),
        "shares": shares,
        "urban_certification": urban_certification,
        "rural_certification": rural_certification,
        "premises": rule_of_norm(premises, "premises"),
        "outdoor": rule_of_norm(outdoor, "outdoor"),
        "grid_size": rule_of_norm(grid_size, "grid_size"),
        "visits": visits,
    }
    core = _core.district_sheet(district.hierarchy._core, _columns(district), rules, every_setting, threads)
    return DistrictSheet(district, core, {**rules, "every_setting": every_setting}, check_lang(lang))


def _sheet_of(district: District, rules: Mapping[str, Any], lang: Lang) -> DistrictSheet:
    """Compute the sheet of a pickle."""
    return district_sheet(district, **rules, lang=lang)


def areas_of_district(district: District) -> dict[str, IntColumn]:
    """Return the areas of a district as whole square decimetres: office_dm2, outdoor_dm2, as far as they are there."""
    columns = district.columns
    return {made: _square_decimetres(columns[name], name) for name, made in AREA_COLUMNS.items() if name in columns}


def _columns(district: District) -> dict[str, Any]:
    columns: dict[str, Any] = dict(areas_of_district(district))
    for name, column in district.columns.items():
        if name in _COUNTS:
            columns[_COUNTS[name]] = column
    setting = setting_of_units(district)
    if setting is not None:
        columns["setting"] = setting
    return columns


def _square_decimetres(column: NDArray[Any], name: str) -> IntColumn:
    """Return square metres as whole square decimetres, rounded down where a conversion of units left more digits."""
    missing = np.ma.getmaskarray(column) | np.isnan(np.ma.getdata(column))
    values = np.where(missing, 0.0, np.ma.getdata(column))
    if not np.isfinite(values).all() or (np.abs(values) > 1e10).any():
        bad = int(np.flatnonzero(~np.isfinite(values) | (np.abs(values) > 1e10))[0])
        raise InvalidInputError(
            f"{name}[{bad}]={values[bad]} must be at most 1e10 m2",
            f"{name}[{bad}]={values[bad]} 必须不超过 1e10 平方米",
        )
    # 399.5 m2 is 39950 dm2 and a float beside it; a millionth of a dm2 makes up for that.
    return np.ma.MaskedArray(np.floor(values * 100 + 1e-6).astype(np.int64), mask=missing)


def setting_of_units(district: District) -> IntColumn | None:
    """Return 0 urban and 1 rural for every unit: as given, else by what the community is; masked where nothing tells."""
    from shequ.staff import settings_of

    tree, columns = district.hierarchy, district.columns
    units = tree.at_level("community")
    here: dict[str, Any] = {name: columns[name][units] for name in ("setting", "kind") if name in columns}
    given = here.get("setting")
    if (
        given is not None
        and given.dtype.kind in "iu"
        and not np.ma.getmaskarray(given).any()
        and np.isin(given, (0, 1)).all()
    ):
        told = np.ma.getdata(given)  # every community says so: nothing to guess
    else:
        codes = [tree.code(unit) for unit in units.tolist()]
        names = [tree.name(unit) for unit in units.tolist()]
        told, _notes = settings_of({**here, "code": codes, "name": names}, codes, names, len(units), "en")
    setting = np.full(len(tree), UNKNOWN, dtype=np.int64)
    setting[units] = told
    return np.ma.MaskedArray(np.maximum(setting, 0), mask=setting == UNKNOWN)

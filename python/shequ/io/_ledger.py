# SPDX-License-Identifier: BSD-3-Clause
"""Hierarchies and districts from files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shequ._errors import InvalidInputError
from shequ.io._attributes import read_attributes
from shequ.io._coded import coded_units
from shequ.io._flat import flat_units
from shequ.io._report import LedgerError, ReadReport
from shequ.io._sheet import Sheet, find_sheet
from shequ.io._tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shequ._core import RowProblem
    from shequ.district import District
    from shequ.hierarchy import Hierarchy
    from shequ.io._units import Units

__all__ = ["Ledger", "read_district", "read_hierarchy", "read_ledger"]

_SameLevel = Literal["keep", "lift"]


@dataclass(frozen=True, eq=False)
class Ledger:
    """What a file holds, and what became of its rows.

    Parameters
    ----------
    district : District
        Hierarchy and columns of the rows that are sound.
    report : ReadReport
        Every row accounted for: ``report.rows == report.used + report.rejected``.
    problems : tuple of RowProblem
        Faults of the tree, whose rows were rejected.
    """

    district: District
    report: ReadReport
    problems: tuple[RowProblem, ...] = ()

    @property
    def hierarchy(self) -> Hierarchy:
        """The tree of the units."""
        return self.district.hierarchy


def read_hierarchy(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    fill_down: bool = False,
    derive_parents: bool = False,
    same_level: _SameLevel = "keep",
) -> Hierarchy:
    """Read the tree of units of a file; parameters and errors as of `read_district`.

    Returns
    -------
    Hierarchy
        The tree. Columns other than those that make it are not looked at.
    """
    options = {"sheet": sheet, "encoding": encoding}
    source = find_sheet(read_tables(path, **options), columns)
    units = _units(source, fill_down, derive_parents, same_level)
    _raise_errors(source.report(units.used), units.problems)
    return units.hierarchy


def read_district(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    fill_down: bool = False,
    derive_parents: bool = False,
    same_level: _SameLevel = "keep",
) -> District:
    """Read a district: its tree and what the file says of each unit.

    Parameters
    ----------
    path : str or Path
        .csv, .csv.gz, .xlsx (needs openpyxl) or .parquet (needs pyarrow). Either a row a unit, with columns for code and
        parent, or a row a community, with columns for town and community. Headers in Chinese or English.
    sheet : str, optional
        Sheet of a workbook; the first with a header otherwise.
    encoding : str, optional
        Encoding of a CSV; otherwise UTF-8, with or without byte-order mark, or GB18030.
    columns : mapping of field to header, optional
        Which header to read a field from where several could be meant: ``{"households": "常住户数"}``.
    fill_down : bool, default False
        Take the town of a row where it is empty from the row above, as merged cells need.
    derive_parents : bool, default False
        Take parents from 12-digit codes where there is no parent column.
    same_level : {"keep", "lift"}, default "keep"
        As of `Hierarchy.from_columns`.

    Returns
    -------
    District
        Hierarchy, and the columns households, persons, workers, certified (int64), office_m2, outdoor_m2 (float64, m²),
        setting, kind (int8), lon, lat (float64), as far as the file has them. Masked where missing, which is never 0.

    Raises
    ------
    LedgerError
        Rows or cells with errors, all of them listed with sheet, row, column and value. `read_ledger` returns the sound
        rows instead.
    InvalidInputError
        No such file, no header, headers in conflict.
    MissingDependencyError
        The format needs a package that is not installed.
    """
    ledger = read_ledger(
        path,
        sheet=sheet,
        encoding=encoding,
        columns=columns,
        fill_down=fill_down,
        derive_parents=derive_parents,
        same_level=same_level,
    )
    _raise_errors(ledger.report, ledger.problems)
    return ledger.district


def read_ledger(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    fill_down: bool = False,
    derive_parents: bool = False,
    same_level: _SameLevel = "keep",
) -> Ledger:
    """Read the sound rows of a file and account for all others; parameters as of `read_district`.

    Returns
    -------
    Ledger
        District and report. Rows with errors are left out, and rows below them; cells with errors are missing.
    """
    from shequ.district import District

    source = find_sheet(read_tables(path, sheet=sheet, encoding=encoding), columns)
    units = _units(source, fill_down, derive_parents, same_level)
    values = read_attributes(source, units)
    return Ledger(District(units.hierarchy, values), source.report(units.used), units.problems)


def _units(source: Sheet, fill_down: bool, derive_parents: bool, same_level: _SameLevel) -> Units:
    source.check_cells()
    fields = source.columns.keys()
    if "code" in fields and "parent" in fields:
        return coded_units(source, same_level, derive_parents=False)
    if "community" in fields and "town" in fields:
        return flat_units(source, fill_down)
    if "code" in fields and derive_parents:
        return coded_units(source, same_level, derive_parents=True)
    found = ", ".join(column.header for column in source.columns.values())
    hint = " or derive_parents=True" if "code" in fields else ""
    hint_zh = "，或指定 derive_parents=True" if "code" in fields else ""
    raise InvalidInputError(
        f"{source.table.path.name} needs columns for code and parent, or for town and community{hint} (found: {found})",
        f"{source.table.path.name} 需要“代码”和“上级代码”列，或“街道（乡镇）”和“社区”列{hint_zh}（已识别：{found}）",
    )


def _raise_errors(report: ReadReport, problems: tuple[RowProblem, ...]) -> None:
    if report.errors:
        raise LedgerError.of(report, problems)

# SPDX-License-Identifier: BSD-3-Clause
"""Hierarchies and districts from files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError
from shequ.io._attributes import read_attributes
from shequ.io._coded import coded_units
from shequ.io._dates import sheet_date
from shequ.io._flat import flat_units
from shequ.io._headers import chosen_fields
from shequ.io._options import how_to, settle
from shequ.io._report import LedgerError, ReadReport
from shequ.io._sheet import find_sheet
from shequ.io._tables import read_tables

if TYPE_CHECKING:
    from pathlib import Path

    from typing_extensions import Unpack  # typing has it from Python 3.11 on

    from shequ._core import RowProblem
    from shequ.district import District
    from shequ.hierarchy import Hierarchy
    from shequ.io._options import ReadOptions
    from shequ.io._sheet import Sheet
    from shequ.io._units import Units

__all__ = ["Ledger", "open_sheet", "read_district", "read_hierarchy", "read_ledger"]


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


def read_hierarchy(path: str | Path, **options: Unpack[ReadOptions]) -> Hierarchy:
    """Read the tree of units of a file; parameters and errors as of `read_district`.

    Returns
    -------
    Hierarchy
        The tree. Columns other than those that make it are not looked at.
    """
    source, units = _open(path, settle("read_hierarchy", options))
    _raise_errors(source.report(units.used), units.problems)
    return units.hierarchy


def read_district(path: str | Path, **options: Unpack[ReadOptions]) -> District:
    """Read a district: its tree and what the file says of each unit.

    Parameters
    ----------
    path : str or Path
        .csv, .csv.gz, .xlsx (needs openpyxl) or .parquet (needs pyarrow). Either a row a unit, with columns for code and
        parent, or a row a community, with columns for town and community. Headers in Chinese or English.
    **options
        Those of `shequ.io.ReadOptions`: `sheet`, `encoding`, `columns`, `fill_down`, `derive_parents`, `approximate`,
        `far_km`, `same_level`.

    Returns
    -------
    District
        Hierarchy, and the columns households, persons, workers, certified, funding_class, paid_fen (int64; money in fen),
        office_m2, outdoor_m2 (float64, m²), setting, kind (int8), lon, lat (float64), as far as the file has them. Masked
        where missing, which is never 0.

    Raises
    ------
    LedgerError
        Rows or cells with errors, all of them listed with sheet, row, column and value, or no row at all. `read_ledger`
        returns the sound rows instead.
    InvalidInputError
        No such file, no header, headers in conflict.
    MissingDependencyError
        The format needs a package that is not installed.
    TypeError
        There is no such option.
    """
    ledger = _read("read_district", path, options)
    _raise_errors(ledger.report, ledger.problems)
    return ledger.district


def read_ledger(path: str | Path, **options: Unpack[ReadOptions]) -> Ledger:
    """Read the sound rows of a file and account for all others; parameters as of `read_district`.

    Returns
    -------
    Ledger
        District and report. Rows with errors are left out, and rows below them; cells with errors are missing.
    """
    return _read("read_ledger", path, options)


def _read(caller: str, path: str | Path, options: ReadOptions) -> Ledger:
    from shequ.district import District

    settled = settle(caller, options)
    source, units = _open(path, settled)
    values = read_attributes(source, units, approximate=settled["approximate"], far_km=settled["far_km"])
    return Ledger(District(units.hierarchy, values), source.report(units.used), units.problems)


def _open(path: str | Path, options: ReadOptions) -> tuple[Sheet, Units]:
    """Return the table of a file and the units that its rows make."""
    source = open_sheet(path, options)
    source.check_cells()
    units = _units(source, options)
    source.as_of = sheet_date(source, units.used)
    if not len(source):
        header = source.header_rows[-1]
        source.say(
            "E14", "error", None, "", None, f"there are no rows below the header (row {header}): fill in the ledger",
            f"表头（第 {header} 行）下面没有任何数据行，请填写台账",
        )  # fmt: skip
    elif not len(units.used):
        source.say(
            "E14", "error", None, "", None, f"none of the {len(source)} rows could be used, see what is said of each",
            f"{len(source)} 行数据全部未能使用，原因见各行说明",
        )  # fmt: skip
    return source, units


def open_sheet(path: str | Path, options: ReadOptions) -> Sheet:
    """Return the table of a file with its header found and nothing judged yet."""
    tables = read_tables(path, sheet=options["sheet"], encoding=options["encoding"])
    return find_sheet(tables, chosen_fields(options["columns"]))


def _units(source: Sheet, options: ReadOptions) -> Units:
    fields = source.columns.keys()
    if "code" in fields and "parent" in fields:
        return coded_units(source, options["same_level"], derive_parents=False)
    if "community" in fields and "town" in fields:
        return flat_units(source, options["fill_down"])
    if "code" in fields and options["derive_parents"]:
        return coded_units(source, options["same_level"], derive_parents=True)
    found = ", ".join(column.header for column in source.columns.values())
    english, chinese = how_to("derive_parents")
    hint, hint_zh = (f", or {english}", f"，或用 {chinese}") if "code" in fields else ("", "")
    raise InvalidInputError(
        f"{source.table.path.name} needs columns for code and parent, or for town and community{hint} (found: {found})",
        f"{source.table.path.name} 需要“代码”和“上级代码”列，或“街道（乡镇）”和“社区”列{hint_zh}（已识别：{found}）",
    )


def _raise_errors(report: ReadReport, problems: tuple[RowProblem, ...]) -> None:
    if report.errors:
        raise LedgerError.of(report, problems)

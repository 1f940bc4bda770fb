# SPDX-License-Identifier: BSD-3-Clause
"""What a sheet says of each unit: counts, areas, settings, places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._columns import MAX_COUNT
from shequ._core import Cells
from shequ.io._cells import distinct, filled
from shequ.io._headers import AREAS, COUNTS, MONEY
from shequ.io._plausible import check_plausible
from shequ.io._values import (
    MAX_FEN,
    Reading,
    read_count,
    read_kind,
    read_money,
    read_number,
    read_setting,
    read_ten_thousands,
    tells_setting,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from shequ.io._sheet import Sheet
    from shequ.io._units import Units

__all__ = ["read_attributes"]


@dataclass(frozen=True)
class _Reader:
    """How the cells of a field are read: texts that are plainly numbers all at once, others one by one."""

    read: Callable[[object], Reading]
    dtype: type[Any]
    plain_limit: int = 0  #: largest whole number that counts as it stands; 0: none does
    factor: int = 1  #: of whole numbers

    def plain(self, cells: Sequence[Any]) -> tuple[NDArray[Any], NDArray[np.bool_], NDArray[np.int64]]:
        """Return values, where they are missing, and rows that are for `read`."""
        if isinstance(cells, Cells) and self.dtype is np.float64:
            return cells.decimals()
        if isinstance(cells, Cells) and self.plain_limit:
            values, missing, others = cells.whole_numbers(self.plain_limit)
            return values * self.factor, missing, others
        n = len(cells)
        return np.zeros(n, dtype=self.dtype), np.ones(n, dtype=np.bool_), np.array(filled(cells), dtype=np.int64)


def _reader(field: str, factor: float) -> _Reader:
    if field in COUNTS and factor != 1.0:
        return _Reader(read_ten_thousands, np.int64)
    if field in COUNTS or field == "funding_class":
        return _Reader(read_count, np.int64, MAX_COUNT)
    if field in MONEY:
        fen = int(factor)
        return _Reader(partial(read_money, fen=fen), np.int64, MAX_FEN // fen, fen)
    if field in AREAS:
        return _Reader(partial(read_number, low=0.0), np.float64)
    if field in _WORDS:
        return _Reader(_WORDS[field], np.int8)
    return _Reader(read_number, np.float64)


_WORDS = {"setting": read_setting, "kind": read_kind}
_FIELDS = (*COUNTS, *AREAS, *MONEY, "funding_class", *_WORDS, "lon", "lat")


def read_attributes(
    sheet: Sheet, units: Units, *, approximate: bool = False, far_km: float | None = None
) -> dict[str, NDArray[Any]]:
    """Return the columns of the units; cells that cannot be read are missing and are reported.

    Inexact numbers are missing as well, or used with a warning where `approximate`.
    """
    if "kind" in sheet.columns and "setting" not in sheet.columns and tells_setting(distinct(sheet.cells("kind"))[0]):
        sheet.columns["setting"] = replace(sheet.columns.pop("kind"), field="setting")
        sheet.say("E12", "note", None, "setting", None, "is read as urban or rural", "按城乡属性读取")
    columns: dict[str, NDArray[Any]] = {}
    made = units.source < 0
    row = np.maximum(units.source, 0)
    for name in _FIELDS:
        if name not in sheet.columns:
            continue
        factor = sheet.columns[name].factor
        reader = _reader(name, factor)
        values, missing = _read_column(sheet, name, units.used, reader, approximate)
        if factor != 1.0 and name in AREAS:
            values = values * factor
        if len(units.source) and len(values):
            gaps = missing[row] | made
            values = values[row]
        else:
            gaps, values = np.ones(len(units.source), dtype=np.bool_), np.zeros(len(units.source), dtype=reader.dtype)
        values[made] = 0  # as it is wherever a cell is missing
        columns[name] = np.ma.MaskedArray(values, mask=gaps) if gaps.any() else values
    _check_certified(sheet, units, columns)
    check_plausible(sheet, units, columns, far_km)
    return columns


def _read_column(
    sheet: Sheet, name: str, used: NDArray[np.int64], reader: _Reader, approximate: bool
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return the numbers of the used rows and where they are missing; what other rows have means nothing."""
    cells = sheet.cells(name)
    values, missing, others = reader.plain(cells)
    if len(used) < len(cells):
        others = np.intersect1d(others, used, assume_unique=True)
    masked = 0
    known: dict[Any, Reading] = {}
    for i in others.tolist():
        cell = cells[i]
        key = (type(cell), cell)
        reading = known.get(key)
        if reading is None:
            reading = known[key] = _used_roughly(reader.read(cell)) if approximate else reader.read(cell)
        if reading.code:
            sheet.say(reading.code, reading.severity, i, name, cell, reading.english, reading.chinese)
        if reading.value is not None:
            values[i] = reading.value
            missing[i] = False
        elif not reading.code:
            masked += 1
    if masked:
        sheet.marks[name] = masked
    return values, missing


def _used_roughly(reading: Reading) -> Reading:
    """Return a reading whose inexact number is used."""
    if reading.rough is None:
        return reading
    number = reading.rough
    return reading._replace(
        value=number, english=f"is not an exact number and is used as {number}", chinese=f"不是准确数，按 {number} 使用"
    )


def _check_certified(sheet: Sheet, units: Units, columns: dict[str, NDArray[Any]]) -> None:
    """Report communities with more certified persons than workers: one of the two is wrong."""
    if "certified" not in columns or "workers" not in columns:
        return
    certified, workers = columns["certified"], columns["workers"]
    known = ~np.ma.getmaskarray(certified) & ~np.ma.getmaskarray(workers)
    for unit in np.flatnonzero(known & (np.ma.getdata(certified) > np.ma.getdata(workers))).tolist():
        sheet.say(
            "E15", "error", int(units.source[unit]), "certified", int(certified[unit]),
            f"must not be above the number of workers, {int(workers[unit])}",
            f"不能超过工作人员数 {int(workers[unit])}",
        )  # fmt: skip

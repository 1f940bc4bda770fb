# SPDX-License-Identifier: BSD-3-Clause
"""What a sheet says of each unit: counts, areas, settings, places."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ.io._headers import AREAS, COUNTS, MONEY
from shequ.io._plausible import check_plausible
from shequ.io._values import (
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

_EMPTY = ("", None)
_PLAIN_NUMBERS = re.compile(r"(?:\d{1,15}(?:\.\d+)?\n)*\d{1,15}(?:\.\d+)?", re.ASCII)
_PLAIN_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")


def _read_area(cell: object) -> Reading:
    return read_number(cell, 0.0)


_READERS: dict[str, tuple[Callable[[object], Reading], type[Any]]] = {
    **dict.fromkeys(COUNTS, (read_count, np.int64)),
    **dict.fromkeys(AREAS, (_read_area, np.float64)),
    **dict.fromkeys(MONEY, (read_money, np.int64)),
    "funding_class": (read_count, np.int64),
    "setting": (read_setting, np.int8),
    "kind": (read_kind, np.int8),
    "lon": (read_number, np.float64),
    "lat": (read_number, np.float64),
}


def read_attributes(
    sheet: Sheet, units: Units, *, approximate: bool = False, far_km: float | None = None
) -> dict[str, NDArray[Any]]:
    """Return the columns of the units; cells that cannot be read are missing and are reported.

    Inexact numbers are missing as well, or used with a warning where `approximate`.
    """
    if "kind" in sheet.columns and "setting" not in sheet.columns and tells_setting(sheet.cells("kind")):
        sheet.columns["setting"] = replace(sheet.columns.pop("kind"), field="setting")
        sheet.say("E12", "note", None, "setting", None, "is read as urban or rural", "按城乡属性读取")
    columns: dict[str, NDArray[Any]] = {}
    made = units.source < 0
    row = np.maximum(units.source, 0)
    for name, (reader, dtype) in _READERS.items():
        if name not in sheet.columns:
            continue
        factor = sheet.columns[name].factor
        read = read_ten_thousands if factor != 1.0 and name in COUNTS else reader
        if name in MONEY:
            read = partial(read_money, fen=int(factor))
        values, missing = _read_column(sheet, name, units.used, read, dtype, approximate)
        if factor != 1.0 and name in AREAS:
            values = values * factor
        if len(units.source) and len(values):
            gaps = missing[row] | made
            values = values[row]
        else:
            gaps, values = np.ones(len(units.source), dtype=np.bool_), np.zeros(len(units.source), dtype=dtype)
        values[gaps] = 0
        columns[name] = np.ma.MaskedArray(values, mask=gaps) if gaps.any() else values
    _check_certified(sheet, units, columns)
    check_plausible(sheet, units, columns, far_km)
    return columns


def _read_column(
    sheet: Sheet,
    name: str,
    used: Sequence[int],
    read: Callable[[object], Reading],
    dtype: type[Any],
    approximate: bool,
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    cells = sheet.cells(name)
    values = np.zeros(len(cells), dtype=dtype)
    missing = np.ones(len(cells), dtype=np.bool_)
    masked = 0
    known: dict[Any, Reading] = {}
    plain = dtype is np.float64
    filled = [i for i in used if cells[i] not in _EMPTY]
    stated = [cells[i] for i in filled] if plain else []
    if stated and _all_plain(stated):
        values[filled] = np.array(list(map(float, stated)))
        missing[filled] = False
        return values, missing
    for i in filled:
        cell = cells[i]
        if plain and type(cell) is str and _PLAIN_NUMBER.fullmatch(cell) and cell[0] != "-":
            values[i] = float(cell)
            missing[i] = False
            continue
        key = (type(cell), cell)
        reading = known.get(key)
        if reading is None:
            reading = known[key] = _used_roughly(read(cell)) if approximate else read(cell)
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


def _all_plain(cells: Sequence[Any]) -> bool:
    """Tell whether all cells are texts of plain numbers: one look at all of them spares one at each."""
    if set(map(type, cells)) != {str}:
        return False
    joined = "\n".join(cells)
    return joined.count("\n") == len(cells) - 1 and _PLAIN_NUMBERS.fullmatch(joined) is not None


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

# SPDX-License-Identifier: BSD-3-Clause
"""Units of a sheet with a row a unit: code and parent."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import numpy as np

from shequ._core import Cells
from shequ._errors import HierarchyError, InvalidInputError
from shequ._levels import to_level
from shequ.io._cells import as_cells, blank_rows, distinct, no_digits, repeated
from shequ.io._totals import check_totals
from shequ.io._units import Draft, Units, build, build_sound
from shequ.io._values import clean, read_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from shequ.io._sheet import Sheet

__all__ = ["coded_units", "copied_rows", "read_codes", "say_copy", "texts"]

#: Lowest digits of a 12-digit code that are zero at each level below the province.
_PARTS = (3, 6, 8, 10)
_NO_LEVEL = -1


def read_codes(sheet: Sheet, name: str, skip: set[int]) -> tuple[Sequence[str], set[int]]:
    """Return the codes of a column as texts ("" where missing) and the rows whose code cannot be read."""
    cells = sheet.cells(name)
    doubtful = no_digits(cells)
    if not doubtful:
        return cells, set()
    codes, faulty = list(cells), set()
    for i in skip:
        codes[i] = ""
    for i in doubtful:
        if i in skip:
            continue
        cell = cells[i]
        reading = read_code(cell)
        if reading.code:
            sheet.say(reading.code, reading.severity, i, name, cell, reading.english, reading.chinese)
            if reading.severity == "error":
                faulty.add(i)
        codes[i] = "" if reading.value is None else str(reading.value)
    return as_cells(codes), faulty


def _read_levels(sheet: Sheet, skip: set[int]) -> tuple[NDArray[np.int8], set[int]]:
    cells = sheet.cells("level")
    words, which = distinct(cells)
    known = np.full(len(words), _NO_LEVEL, dtype=np.int8)
    for k, word in enumerate(words):
        text = clean(word)
        with suppress(InvalidInputError):
            known[k] = int(to_level(int(text.removesuffix(".0")) if text.removesuffix(".0").isdigit() else text))
    levels = known[which]
    faulty: set[int] = set()
    if (known == _NO_LEVEL).any():
        faulty = set(np.flatnonzero(levels == _NO_LEVEL).tolist()) - skip
        levels[levels == _NO_LEVEL] = 0
    for i in sorted(faulty):
        sheet.say(
            "E06", "error", i, "level", cells[i], "must be a level: a word such as town, or a number from 0 to 8",
            "必须是层级：如 街道、社区，或 0 至 8 的数字",
        )  # fmt: skip
    return levels, faulty


def texts(sheet: Sheet, name: str) -> Sequence[str]:
    """Return a column of texts without spaces around them."""
    cells = sheet.cells(name)
    if isinstance(cells, Cells):
        return cells.stripped()
    return [cell.strip() if type(cell) is str else clean(cell) for cell in cells]


def _derived_parent(code: str) -> str:
    """Return the 12-digit code one level up: "" for a province and for what is no such code."""
    if len(code) != 12 or not code.isdigit():
        return ""
    for zeros in _PARTS:
        parent = code[: 12 - zeros] + "0" * zeros
        if parent != code:
            return parent
    return ""


def coded_units(sheet: Sheet, same_level: Literal["keep", "lift"], *, derive_parents: bool) -> Units:
    """Return the units of a sheet with code and parent columns, or with parents taken from the codes."""
    blank_codes = set(blank_rows(sheet.cells("code")))
    named = [name for name in ("name", "community", "town") if name in sheet.columns]
    # A unit with a code is no subtotal, whatever it is called.
    left_out = {i: what for i, what in sheet.summary_rows(named).items() if i in blank_codes}
    skip = set(left_out)
    codes, faulty = read_codes(sheet, "code", skip)
    if derive_parents:
        given = set(codes)
        derived = [_derived_parent(code) for code in codes]
        shortest = [i for i, parent in enumerate(derived) if parent not in given]
        # The one unit whose parent is not in the file is the root.
        if len(shortest) == 1:
            derived[shortest[0]] = ""
        parents: Sequence[str] = derived
        bad_parents: set[int] = set()
    else:
        parents, bad_parents = read_codes(sheet, "parent", skip)
    levels, bad_levels = _read_levels(sheet, skip) if "level" in sheet.columns else (None, set())
    name = named[0] if named else None
    draft = Draft(
        code=codes,
        parent=parents,
        name=texts(sheet, name) if name else None,
        level=levels,
        name_en=texts(sheet, "name_en") if "name_en" in sheet.columns else None,
        source=np.arange(len(sheet), dtype=np.int64),
    )
    rejected = skip | faulty | bad_parents | bad_levels
    if not rejected:
        with suppress(HierarchyError):  # a tree holds each code once, so that there are no copies to look for
            return build_sound(draft, same_level)
    rejected |= copied_rows(sheet, codes, skip)
    check_totals(sheet, left_out)
    return build(sheet, draft.without(rejected) if rejected else draft, same_level)


def copied_rows(sheet: Sheet, keys: Sequence[str], skip: set[int]) -> set[int]:
    """Return the rows that repeat an earlier row cell by cell; one of them is kept, with a warning."""
    first: dict[str, int] = {}
    copies = set()
    for i in repeated(keys):
        key = keys[i]
        if not key or i in skip:
            continue
        other = first.setdefault(key, i)
        if other != i and list(map(clean, sheet.row(other))) == list(map(clean, sheet.row(i))):
            copies.add(i)
            say_copy(sheet, i, other)
    return copies


def say_copy(sheet: Sheet, copy: int, first: int) -> None:
    """Say that a row repeats an earlier one and is not counted again."""
    number = sheet.number(first)
    sheet.say(
        "E01", "warning", copy, "", None, f"repeats row {number} and is left out", f"与第 {number} 行完全相同，只计一次"
    )

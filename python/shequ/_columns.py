# SPDX-License-Identifier: BSD-3-Clause
"""Columns as they come from users: counts, with missing ones and some that are no counts, and urban or rural."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    IntColumn = np.ma.MaskedArray[Any, np.dtype[np.int64]]

__all__ = ["MAX_COUNT", "RURAL", "UNKNOWN", "URBAN", "CountColumn", "count_column", "guess_setting", "setting_column"]

#: Most households or persons of one unit, as in the compiled core.
MAX_COUNT = 2_147_483_647

#: Values of a setting column, those of `Setting` in the compiled core; UNKNOWN where nothing tells.
URBAN, RURAL, UNKNOWN = 0, 1, -1

_SETTING_WORDS = {"urban": URBAN, "城镇": URBAN, "城市": URBAN, "rural": RURAL, "农村": RURAL}


@dataclass(frozen=True)
class CountColumn:
    """Counts of one column.

    Parameters
    ----------
    values : masked array of int64, shape (n,)
        Masked where missing or invalid.
    invalid : dict of int to str
        Entries that are given but are no count in [0, 2147483647], and their text.
    """

    values: IntColumn
    invalid: dict[int, str]

    @property
    def missing(self) -> NDArray[np.bool_]:
        """True where nothing is given, shape (n,)."""
        mask: NDArray[np.bool_] = np.ma.getmaskarray(self.values).copy()
        mask[list(self.invalid)] = False
        return mask


def count_column(values: object, name: str, length: int | None = None) -> CountColumn:
    """Sort the entries of a column into counts, missing ones and invalid ones.

    Parameters
    ----------
    values : array_like, masked array or pandas Series, shape (n,)
        None, NaN, NA and masked entries are missing. Floats count where they are whole, as 1200.0 is.
    name : str
        Name of the column, for messages.
    length : int, optional
        Required length.

    Returns
    -------
    CountColumn
        The three kinds apart.

    Raises
    ------
    InvalidInputError
        The column is not one-dimensional or has another length.
    """
    masked = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
    array = np.asarray(values.data if isinstance(values, np.ma.MaskedArray) else values)
    if array.ndim != 1:
        raise InvalidInputError(
            f"{name} has {array.ndim} dimensions and must have 1", f"{name} 有 {array.ndim} 维，必须是一维"
        )
    if length is not None and len(array) != length:
        raise InvalidInputError(
            f"{name} has length {len(array)} and must have length {length}",
            f"{name} 的长度是 {len(array)}，必须是 {length}",
        )
    missing = np.zeros(len(array), dtype=np.bool_) if masked is None else masked.copy()
    if array.dtype.kind in "iu":
        numbers = array
    elif array.dtype.kind == "f":
        numbers = np.where(np.isfinite(array) & (array % 1 == 0), array, -1) if len(array) else array
        missing |= np.isnan(array)
    else:
        missing |= np.array([_is_missing(value) for value in array], dtype=np.bool_)
        numbers = np.array([_whole(value) for value in array], dtype=np.int64)
    good = ~missing & (numbers >= 0) & (numbers <= MAX_COUNT)
    counts = np.where(good, numbers, 0).astype(np.int64)
    invalid = {int(i): str(array[i]) for i in np.flatnonzero(~good & ~missing)}
    return CountColumn(np.ma.MaskedArray(counts, mask=~good), invalid)


def _is_missing(value: object) -> bool:
    # pandas.NA and NaT belong to pandas, which need not be installed: told by their module.
    return (
        value is None or (isinstance(value, float) and np.isnan(value)) or type(value).__module__.startswith("pandas")
    )


def _whole(value: object) -> int:
    """Return a count within bounds as it is, -1 for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        return -1
    return int(value) if 0 <= value <= MAX_COUNT and value % 1 == 0 else -1


def setting_column(values: object, length: int) -> NDArray[np.int8]:
    """Read a column of settings.

    Parameters
    ----------
    values : array_like or masked array, shape (n,)
        0 or 1, members of `Setting`, or the words urban, rural, 城镇, 农村; None, NaN and masked entries are unknown.
    length : int
        Required length.

    Returns
    -------
    ndarray of int8, shape (n,)
        URBAN, RURAL or UNKNOWN.

    Raises
    ------
    InvalidInputError
        An entry is something else, or the length differs.
    """
    masked = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
    array = np.asarray(values.data if isinstance(values, np.ma.MaskedArray) else values)
    if array.shape != (length,):
        raise InvalidInputError(
            f"setting has shape {array.shape} and must have shape ({length},)",
            f"setting 的形状是 {array.shape}，必须是 ({length},)",
        )
    result = np.full(length, UNKNOWN, dtype=np.int8)
    for i, value in enumerate(array.tolist()):
        if (masked is not None and masked[i]) or _is_missing(value):
            continue
        name = str(getattr(value, "name", value)).strip().lower()
        if name in _SETTING_WORDS:
            result[i] = _SETTING_WORDS[name]
        elif value in (URBAN, RURAL):
            result[i] = int(value)
        else:
            raise InvalidInputError(
                f"setting[{i}]={value!r} must be urban or rural", f"setting[{i}]={value!r} 必须是城镇或农村"
            )
    return result


def guess_setting(codes: Sequence[str], names: Sequence[str]) -> NDArray[np.int8]:
    """Take the setting from what a community is: by the range of its code, else by the end of its name.

    The last three digits of a 12-digit code are 001-199 for residents' committees, 200-399 for villagers' committees, 400-499
    and 500-599 for units like them (国统字〔2009〕91号).

    Parameters
    ----------
    codes, names : sequence of str, length n
        Empty where there is none.

    Returns
    -------
    ndarray of int8, shape (n,)
        URBAN, RURAL or UNKNOWN.
    """
    result = np.full(len(codes), UNKNOWN, dtype=np.int8)
    for i, (code, name) in enumerate(zip(codes, names, strict=True)):
        digits = int(code[9:]) if len(code) == 12 and code.isascii() and code.isdigit() else 0
        if 1 <= digits <= 199 or 400 <= digits <= 499:
            result[i] = URBAN
        elif 200 <= digits <= 399 or 500 <= digits <= 599:
            result[i] = RURAL
        elif name.endswith(("社区", "居委会", "居民委员会")):
            result[i] = URBAN
        elif name.endswith(("村", "村委会", "村民委员会")):
            result[i] = RURAL
    return result

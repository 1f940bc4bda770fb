# SPDX-License-Identifier: BSD-3-Clause
"""Columns as users give them, made into what the compiled core reads: codes, texts, levels, values with gaps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import Cells
from shequ._errors import InvalidInputError
from shequ._levels import to_level

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["check_shape", "code_column", "is_missing", "level_column", "split_missing", "text_column"]

#: Whole floats are exact up to here.
_MAX_FLOAT_CODE = 2**53


def is_missing(value: object) -> bool:
    """Tell whether a cell holds nothing: None, NaN, a masked entry, pandas.NA or NaT."""
    # pandas need not be installed: its missing values are told by their module.
    return (
        value is None
        or value is np.ma.masked
        or (isinstance(value, (float, np.floating)) and bool(np.isnan(value)))
        or type(value).__module__.startswith("pandas._libs")
    )


def _refuse(name: str, english: str, chinese: str) -> InvalidInputError:
    return InvalidInputError(f"{name} {english}", f"{name} {chinese}")


def _array(values: object, name: str) -> NDArray[Any]:
    """Return a one-dimensional array; of objects where a table's column has a type of its own."""
    if hasattr(values, "to_pylist"):  # pyarrow
        values = values.to_pylist()
    if isinstance(values, np.ndarray):
        array = values
    elif hasattr(values, "to_numpy"):  # pandas, polars
        array = values.to_numpy()
    elif not isinstance(values, Iterable):
        raise _refuse(f"{name}={values!r}", "must be a column: an array or a list", "必须是一列：数组或列表")
    else:
        listed = list(values)
        try:
            array = np.asarray(listed) if listed else np.zeros(0, dtype=np.int64)
        except ValueError:
            raise _refuse(name, "must have one dimension", "必须是一维") from None
        if array.dtype.kind not in "iub" and array.ndim == 1:
            array = np.empty(len(listed), dtype=object)  # keeps whole numbers and texts apart
            array[:] = listed
    if array.ndim != 1:
        raise _refuse(name, f"has {array.ndim} dimensions and must have 1", f"有 {array.ndim} 维，必须是一维")
    return array


def check_shape(column: NDArray[Any], name: str, expected: int) -> None:
    """Raise InvalidInputError where a column has not one dimension of the expected length."""
    if column.ndim != 1 or len(column) != expected:
        raise InvalidInputError(
            f"{name} has shape {column.shape} and must have shape ({expected},)",
            f"{name} 的形状是 {column.shape}，必须是 ({expected},)",
        )


def code_column(values: object, name: str) -> NDArray[np.int64] | list[str] | Cells:
    """Return codes as int64 where all are whole numbers or missing (-1), else as texts ("" where missing).

    Raises
    ------
    InvalidInputError
        An entry is neither; names it.
    """
    if isinstance(values, Cells) or (type(values) is list and values and set(map(type, values)) == {str}):
        return values
    mask = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
    array = _array(values, name)
    if mask is None and array.dtype.kind in "iu":
        return _int64(array, name)
    if mask is None and array.dtype.kind == "U":
        return [str(value) for value in array.tolist()]
    cells = array.tolist()
    if mask is not None:
        cells = [None if gap else cell for cell, gap in zip(cells, mask.tolist(), strict=True)]
    codes: list[int | str] = []
    only_numbers = True
    for i, cell in enumerate(cells):
        if isinstance(cell, str):
            only_numbers = only_numbers and not cell
            codes.append(cell)
        elif is_missing(cell):
            codes.append("")
        elif _is_code_number(cell):
            codes.append(int(cell))
        else:
            raise _refuse(f"{name}[{i}]={cell!r}", "must be a whole number or text", "必须是整数或文本")
    if (only_numbers and any(code != "" for code in codes)) or not codes:
        return _int64(np.array([-1 if code == "" else code for code in codes], dtype=object), name)
    return ["" if code == -1 else str(code) for code in codes]


def _is_code_number(cell: Any) -> bool:
    """Tell whether a cell is a whole number that was kept exactly."""
    if isinstance(cell, (float, np.floating)):
        return float(cell).is_integer() and abs(cell) < _MAX_FLOAT_CODE
    return isinstance(cell, (int, np.integer)) and not isinstance(cell, bool)


def _int64(array: NDArray[Any], name: str) -> NDArray[np.int64]:
    if array.dtype.kind == "O" or array.dtype == np.uint64:
        limit = np.iinfo(np.int64).max
        for i in np.flatnonzero(array > limit).tolist() if len(array) else ():
            raise _refuse(
                f"{name}[{i}]={array[i]}", f"must be at most {limit}, or text", f"不能超过 {limit}，或改用文本"
            )
    return np.ascontiguousarray(array, dtype=np.int64)


def text_column(values: object, name: str) -> list[str] | Cells:
    """Return texts as a list, "" where one is missing; `Cells` as they are.

    Raises
    ------
    InvalidInputError
        An entry is no text; names it.
    """
    if isinstance(values, Cells) or (type(values) is list and set(map(type, values)) <= {str}):
        return values
    mask = np.ma.getmaskarray(values).tolist() if isinstance(values, np.ma.MaskedArray) else None
    cells = values if type(values) is list else _array(values, name).tolist()
    texts: list[str] = []
    for i, cell in enumerate(cells):
        if type(cell) is str and (mask is None or not mask[i]):
            texts.append(cell)
        elif is_missing(cell) or (mask is not None and mask[i]):
            texts.append("")
        elif isinstance(cell, str):
            texts.append(str(cell))
        else:
            raise _refuse(f"{name}[{i}]={cell!r}", "must be text", "必须是文本")
    return texts


def level_column(values: object) -> NDArray[Any]:
    """Return the numbers of levels, int8 where they came so, else int64.

    Raises
    ------
    InvalidInputError
        An entry is no level; names it.
    """
    array = _array(values, "level")
    if array.dtype.kind in "iu":
        return np.ascontiguousarray(array, dtype=np.int8 if array.dtype == np.int8 else np.int64)
    known: dict[object, int] = {}
    numbers = np.empty(len(array), dtype=np.int64)
    for i, cell in enumerate(array.tolist()):
        number = known.get(cell)
        if number is None:
            whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
            number = known[cell] = int(to_level(whole, f"level[{i}]"))
        numbers[i] = number
    return numbers


def split_missing(column: Any, name: str, *, keep: bool = False) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Return the values of a column and where they are missing (None: nowhere can they be; NaN is not marked).

    Parameters
    ----------
    column : array_like, masked array or pandas Series, shape (n,)
        Numbers, truth values, or objects that are such or missing.
    name : str
        For messages.
    keep : bool
        Leave columns of anything else as they are, instead of refusing them.

    Raises
    ------
    InvalidInputError
        The column is of another type; names the argument and the first entry.
    """
    if isinstance(column, np.ma.MaskedArray):
        array = np.asarray(column.data)
        mask: NDArray[np.bool_] | None = np.ascontiguousarray(np.ma.getmaskarray(column))
        return (array if array.dtype.kind in "iufb" else _numbers(array, mask, name)[0] if not keep else array), mask
    if hasattr(column, "isna") and hasattr(column, "array") and hasattr(column.dtype, "na_value"):
        gaps = np.asarray(column.isna(), dtype=np.bool_)
        kind = getattr(column.dtype, "kind", "O")
        if kind in "iub":
            zero = False if kind == "b" else 0
            return column.to_numpy(dtype=np.dtype(f"{kind}8") if kind != "b" else np.bool_, na_value=zero), gaps
        if kind == "f":
            return column.to_numpy(dtype=np.float64, na_value=np.nan), None
    array = _array(column, name)
    if array.dtype.kind in "iufb" or keep:
        return array, None
    return _numbers(array, None, name)


def _numbers(
    array: NDArray[Any], mask: NDArray[np.bool_] | None, name: str
) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Return objects as int64, bool or float64, whichever holds all of them, and the missing ones."""
    cells = array.tolist()
    gaps = np.array([is_missing(cell) for cell in cells], dtype=np.bool_)
    if mask is not None:
        gaps |= mask
    known = [cell for cell, gap in zip(cells, gaps.tolist(), strict=True) if not gap]
    if all(isinstance(cell, (bool, np.bool_)) for cell in known) and known:
        dtype: Any = np.bool_
    elif all(isinstance(cell, (int, np.integer)) and not isinstance(cell, bool) for cell in known):
        dtype = np.int64
    elif all(isinstance(cell, (int, float, np.number)) and not isinstance(cell, bool) for cell in known):
        dtype = np.float64
    else:
        wrong = next(
            i
            for i, cell in enumerate(cells)
            if not gaps[i] and (isinstance(cell, bool) or not isinstance(cell, (int, float, np.number)))
        )
        raise _refuse(f"{name}[{wrong}]={cells[wrong]!r}", "must be a number", "必须是数字")
    values = np.zeros(len(cells), dtype=dtype)
    try:
        values[~gaps] = known
    except OverflowError:
        raise _refuse(name, "must fit into int64", "必须在 int64 范围内") from None
    return values, (gaps if gaps.any() else None)

# SPDX-License-Identifier: BSD-3-Clause
"""Attributes of nodes and edges as columns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = [
    "Column",
    "check_ids",
    "checked_columns",
    "column_of",
    "columns_of_records",
    "int_array",
    "records",
    "same_columns",
    "take",
]

Column = np.ndarray[Any, Any]  # masked where values are missing

_INT64 = np.iinfo(np.int64)
_MAX_EXACT_FLOAT = 2**53  # largest float up to which every whole number has one


def int_array(values: object, argument: str) -> NDArray[np.int64]:
    """Return whole numbers as int64 of any shape; throw InvalidInputError naming `argument` for any other type."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu" and not (array.size == 0 and not isinstance(values, np.ndarray)):
        raise InvalidInputError(
            f"{argument} has dtype {array.dtype} and must be of whole numbers, such as int64",
            f"{argument} 的数据类型是 {array.dtype}，必须是整数，如 int64",
        )
    if array.dtype.kind == "u" and array.size and int(array.max()) > _INT64.max:
        raise InvalidInputError(
            f"{argument} holds {int(array.max())} and must be at most {_INT64.max}",
            f"{argument} 含有 {int(array.max())}，不得超过 {_INT64.max}",
        )
    return array.astype(np.int64)


def _is_whole(value: object) -> bool:
    if isinstance(value, (int, np.integer)):
        return bool(_INT64.min <= value <= _INT64.max)
    return isinstance(value, (float, np.floating)) and float(value).is_integer() and abs(value) <= _MAX_EXACT_FLOAT


def column_of(values: Sequence[Any]) -> Column:
    """Make one column of values as they come from JSON or networkx; None is missing.

    Parameters
    ----------
    values : sequence
        Shape (n,).

    Returns
    -------
    ndarray or masked array, shape (n,)
        bool, int64 (whole numbers, also those written as 5.0), float64, str or object; masked where None.
    """
    missing = np.array([value is None for value in values], dtype=bool)
    given = [value for value in values if value is not None]
    fill: Any
    dtype: Any
    if all(isinstance(value, (bool, np.bool_)) for value in given):
        dtype, fill = (bool, False) if given else (object, None)
    elif any(isinstance(value, (bool, np.bool_)) for value in given):
        dtype, fill = object, None
    elif all(_is_whole(value) for value in given):
        dtype, fill = np.int64, 0
    elif all(isinstance(value, (int, float, np.integer, np.floating)) for value in given):
        exact = all(isinstance(value, (float, np.floating)) or abs(value) <= _MAX_EXACT_FLOAT for value in given)
        dtype, fill = (np.float64, np.nan) if exact else (object, None)
    elif all(isinstance(value, str) for value in given):
        dtype, fill = str, ""
    else:
        dtype, fill = object, None
    if dtype is object:
        data: Column = np.empty(len(values), dtype=object)
        data[:] = values
    else:
        data = np.array([fill if value is None else value for value in values], dtype=dtype)
    return np.ma.MaskedArray(data, mask=missing) if missing.any() else data


def columns_of_records(records: Sequence[Mapping[str, Any]], skip: frozenset[str] = frozenset()) -> dict[str, Column]:
    """Turn attributes of nodes or edges into columns; an attribute that some lack is masked there.

    Parameters
    ----------
    records : sequence of mapping
        One a node or edge.
    skip : frozenset of str
        Keys that are no attributes.

    Returns
    -------
    dict of str to array
        In the order in which names first appear.
    """
    names = dict.fromkeys(str(name) for record in records for name in record if name not in skip)
    return {name: column_of([record.get(name) for record in records]) for name in names}


def take(column: Column, positions: NDArray[np.int64]) -> Column:
    """Return the entries at `positions`, still masked where they were."""
    taken: Column = column[positions]
    return taken


def check_ids(ids: list[Hashable], num_nodes: int) -> None:
    """Throw InvalidInputError where ids repeat or are not one a node."""
    if len(ids) != num_nodes:
        raise InvalidInputError(
            f"ids has length {len(ids)} and must have length {num_nodes}",
            f"ids 的长度是 {len(ids)}，必须是 {num_nodes}",
        )
    counts = Counter(ids)
    repeated = [name for name, count in counts.items() if count > 1]
    if repeated:
        shown = ", ".join(repr(name) for name in repeated[:10]) + (", ..." if len(repeated) > 10 else "")
        raise InvalidInputError(
            f"ids must differ; {len(repeated)} repeated: {shown}", f"ids 不能重复；重复 {len(repeated)} 个：{shown}"
        )


def checked_columns(columns: Mapping[str, Column] | None, argument: str, length: int) -> dict[str, Column]:
    """Return read-only copies of columns; throw InvalidInputError where one has another length."""
    checked: dict[str, Column] = {}
    for name, values in (columns or {}).items():
        column = np.ma.array(values, copy=True) if isinstance(values, np.ma.MaskedArray) else np.array(values)
        if column.shape[:1] != (length,):
            raise InvalidInputError(
                f'{argument}["{name}"] has shape {column.shape} and must have length {length}',
                f'{argument}["{name}"] 的形状是 {column.shape}，长度必须是 {length}',
            )
        column.setflags(write=False)
        checked[name] = column
    return checked


def records(columns: Mapping[str, Column], length: int) -> list[dict[str, Any]]:
    """Return the attributes of each node or edge as a dict, without missing ones."""
    rows: list[dict[str, Any]] = [{} for _ in range(length)]
    for name, column in columns.items():
        missing = np.ma.getmaskarray(column)
        for row, value, absent in zip(rows, np.ma.getdata(column).tolist(), missing.tolist(), strict=True):
            if not absent:
                row[name] = value
    return rows


def same_columns(a: Mapping[str, Column], b: Mapping[str, Column]) -> bool:
    """Compare names, types, masks and values; NaN equals NaN."""

    def same(x: Column, y: Column) -> bool:
        mask = np.ma.getmaskarray(x)
        if x.dtype != y.dtype or not np.array_equal(mask, np.ma.getmaskarray(y)):
            return False
        return bool(np.array_equal(np.ma.getdata(x)[~mask], np.ma.getdata(y)[~mask], equal_nan=x.dtype.kind == "f"))

    return list(a) == list(b) and all(same(a[name], b[name]) for name in a)

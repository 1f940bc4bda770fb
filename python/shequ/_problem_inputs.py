# SPDX-License-Identifier: BSD-3-Clause
"""Arguments of a problem: what the user calls things, turned into positions and whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._core import Plan, bounds_within
from shequ._errors import InvalidInputError
from shequ._graph_columns import int_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from shequ.graph import Graph

__all__ = [
    "MAX_INT32",
    "MAX_INT64",
    "bounds",
    "check_type",
    "codes",
    "in_units",
    "lookup",
    "node_labels",
    "pairs",
    "parts_range",
    "whole",
    "whole_column",
]

MAX_INT64 = 2**63 - 1
MAX_INT32 = 2**31 - 1


def check_type(value: object, argument: str, wanted: type) -> None:
    """Throw InvalidInputError where a value is no `wanted`."""
    if isinstance(value, wanted):
        return
    given = type(value).__name__
    raise InvalidInputError(
        f"{argument} is of type {given} and must be a shequ.{wanted.__name__}",
        f"{argument} 的类型是 {given}，必须是 shequ.{wanted.__name__}",
    )


def whole(value: object, argument: str, most: int) -> int:
    """Return a whole number in [-most, most]."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise InvalidInputError(f"{argument}={value!r} must be a whole number", f"{argument}={value!r} 必须是整数")
    if not -most <= value <= most:
        raise InvalidInputError(
            f"{argument}={value} must be in [-{most}, {most}]", f"{argument}={value} 必须在 [-{most}, {most}] 之间"
        )
    return int(value)


def parts_range(parts: object) -> tuple[int, int] | None:
    """Return the least and most number of parts, None where it is free."""
    if parts is None:
        return None
    if isinstance(parts, (tuple, list)):
        if len(parts) != 2:
            raise InvalidInputError(
                f"parts={parts!r} must be a whole number, a pair (least, most) or None",
                f"parts={parts!r} 必须是整数、(最少, 最多) 或 None",
            )
        return whole(parts[0], "parts[0]", MAX_INT32), whole(parts[1], "parts[1]", MAX_INT32)
    number = whole(parts, "parts", MAX_INT32)
    if number < 1:
        raise InvalidInputError(f"parts={number} must be 1 or more", f"parts={number} 必须大于或等于 1")
    return number, number


def lookup(columns: Mapping[str, Any], given: object, argument: str, place: str) -> Any:
    """Return the column of a name; anything else is returned as it is."""
    if not isinstance(given, str):
        return given
    if given not in columns:
        names = ", ".join(columns) or "(none)"
        raise InvalidInputError(
            f'{argument}="{given}" must be one of {place}: {names}',
            f'{argument}="{given}" 必须是 {place} 之一：{names}',
        )
    return columns[given]


def in_units(values: Any, argument: str, unit: Any, bounds: tuple[int, int], name: str = "unit") -> Any:
    """Round numbers to whole multiples of `unit`; without one they are returned as they are.

    Parameters
    ----------
    values : array_like or None
    argument : str
        What messages call the values.
    unit : float or None
        Above 0.
    bounds : tuple of int
        Least and most number of units.
    name : str, default "unit"
        What messages call the unit.
    """
    if values is None or unit is None:
        return values
    if isinstance(unit, bool) or not isinstance(unit, (int, float, np.integer, np.floating)) or not 0 < unit < np.inf:
        raise InvalidInputError(f"{name}={unit!r} must be above 0", f"{name}={unit!r} 必须大于 0")
    try:
        array = np.ma.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidInputError(f"{argument} must be of numbers", f"{argument} 必须是数字") from None
    counted = np.ma.filled(array, np.nan) / unit
    least, most = bounds
    wrong = ~((counted >= least) & (counted <= most))
    if wrong.any():
        first = int(wrong.argmax())
        shown = f"{argument}[{first}]={array[first]}"
        raise InvalidInputError(
            f"{shown} must be in [{least}, {most}] units of {name}={unit}",
            f"{shown} 必须在 [{least}, {most}] 个 {name}={unit} 之间",
        )
    return np.rint(counted).astype(np.int64)


def codes(graph: Graph, given: object, argument: str) -> NDArray[np.int64]:
    """Return the values of a column as numbers in the order of their first appearance; -1 where it is missing, None, NaN or -1.

    Parameters
    ----------
    graph : Graph
    given : str or array_like, shape (n_nodes,)
        A name in ``graph.columns``, or the values.
    argument : str
        What messages call it.
    """
    values = lookup(graph.columns, given, argument, "graph.columns")
    array = values if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
    if array.shape != (graph.num_nodes,):
        raise InvalidInputError(
            f"{argument} has shape {array.shape} and must have shape ({graph.num_nodes},)",
            f"{argument} 的形状是 {array.shape}，必须是 ({graph.num_nodes},)",
        )
    missing = np.ma.getmaskarray(array).tolist()
    numbers: dict[object, int] = {}
    result = np.full(graph.num_nodes, -1, dtype=np.int64)
    for i, value in enumerate(np.ma.getdata(array).tolist()):
        if missing[i] or value is None or value == -1 or (isinstance(value, float) and np.isnan(value)):
            continue
        result[i] = numbers.setdefault(value, len(numbers))
    return result


def whole_column(values: Any, argument: str, length: int) -> NDArray[np.int64]:
    """Return a column of whole numbers; throw InvalidInputError where a value is missing or no whole number."""
    missing = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else np.zeros(0, dtype=bool)
    if missing.any():
        first = f"{argument}[{int(missing.argmax())}]"
        raise InvalidInputError(f"{first} is missing and must have a value", f"{first} 缺失，必须有值")
    column = int_array(values, argument)
    if column.shape != (length,):
        raise InvalidInputError(
            f"{argument} has shape {column.shape} and must have shape ({length},)",
            f"{argument} 的形状是 {column.shape}，必须是 ({length},)",
        )
    return column


def bounds(
    given: Mapping[str, Any], parts: tuple[int, int] | None, total: Callable[[], int], prefix: str = ""
) -> tuple[int, int]:
    """Return the least and most weight of a part.

    Parameters
    ----------
    given : mapping
        `lower`, `upper`, `target` and `tolerance`, each None where it is not given.
    parts : tuple of int or None
        Least and most number of parts.
    total : callable
        Returns the weight of all nodes.
    prefix : str
        What messages put before the names.
    """
    lower, upper, target, tolerance = (given[name] for name in ("lower", "upper", "target", "tolerance"))
    if tolerance is None:
        if target is not None:
            raise InvalidInputError(
                f"{prefix}target={target} must come with a tolerance", f"{prefix}target={target} 必须同时给出 tolerance"
            )
        if lower is None and upper is None:
            raise InvalidInputError(
                f"{prefix}lower and {prefix}upper are missing and must be given, or else {prefix}tolerance",
                f"缺少 {prefix}lower 和 {prefix}upper，必须给出，或改为给出 {prefix}tolerance",
            )
        return (
            0 if lower is None else whole(lower, f"{prefix}lower", MAX_INT64),
            total() if upper is None else whole(upper, f"{prefix}upper", MAX_INT64),
        )
    if lower is not None or upper is not None:
        raise InvalidInputError(
            f"{prefix}tolerance={tolerance} must not come with lower or upper",
            f"{prefix}tolerance={tolerance} 必须单独给出，不能与 lower、upper 并用",
        )
    number = isinstance(tolerance, (int, float, np.integer, np.floating)) and not isinstance(tolerance, bool)
    if not number or not 0 <= tolerance <= 1:
        raise InvalidInputError(
            f"{prefix}tolerance={tolerance!r} must be a fraction in [0, 1]",
            f"{prefix}tolerance={tolerance!r} 必须是 [0, 1] 之间的小数",
        )
    if target is not None:
        return bounds_within(whole(target, f"{prefix}target", MAX_INT64), 1, float(tolerance))
    if parts is None or parts[0] != parts[1]:
        raise InvalidInputError(
            f"{prefix}tolerance={tolerance} must come with one number of parts, or with a target",
            f"{prefix}tolerance={tolerance} 必须同时给出一个确定的网格数或 target",
        )
    return bounds_within(total(), parts[0], float(tolerance))


def pairs(graph: Graph, given: Iterable[tuple[Hashable, Hashable]] | None, argument: str) -> list[tuple[int, int]]:
    """Return pairs of ids as pairs of positions."""
    result = []
    for number, pair in enumerate(given or ()):
        ends = tuple(pair)
        if len(ends) != 2:
            raise InvalidInputError(
                f"{argument}[{number}]={pair!r} must be a pair of ids",
                f"{argument}[{number}]={pair!r} 必须是两个节点编号",
            )
        result.append((graph.index(ends[0]), graph.index(ends[1])))
    return result


def node_labels(graph: Graph, given: Any, argument: str) -> Any:
    """Return a number for each node: of a plan, a mapping of ids (-1 where absent) or an array."""
    if isinstance(given, Plan):
        return given.labels
    if isinstance(given, Mapping):
        numbers = np.full(graph.num_nodes, -1, dtype=np.int64)
        for node, label in given.items():
            numbers[graph.index(node)] = whole(label, f"{argument}[{node!r}]", MAX_INT32)
        return numbers
    if given is None or isinstance(given, np.ndarray):
        return given
    return int_array(given, argument)

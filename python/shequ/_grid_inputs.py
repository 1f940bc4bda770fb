# SPDX-License-Identifier: BSD-3-Clause
"""Checks what `shequ.grids.divide` is given and lists the communities to divide."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._columns import count_column
from shequ._errors import InvalidInputError
from shequ.district import CROSSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from shequ.graph import Graph

__all__ = ["Task", "border_weights", "check_households", "check_lengths", "check_size", "list_tasks"]

#: How much a metre of border between two grids costs, by what lies between, `CROSSES`: a street is a better border than
#: the middle of a block, a main road a better one still, and nothing is lost where river or railway part two grids.
_COST_PER_METRE = {"none": 10, "street": 6, "road": 3, "bridge": 0, "underpass": 0, "gate": 0}


@dataclass(frozen=True)
class Task:
    """One community to divide."""

    key: Hashable
    code: str
    name: str
    name_en: str
    known: int  # households of the community, by the ledger where it says so
    members: NDArray[np.int64]  # its atoms, ascending
    edges: NDArray[np.int64]  # the edges between them, ascending
    stream: int


def check_size(size: tuple[int, int]) -> tuple[int, int]:
    """Return least and most households as whole numbers; raise InvalidInputError where they are not or cross."""
    try:
        lower, upper = (int(bound) for bound in size)
        whole = (lower, upper) == tuple(size)
    except (TypeError, ValueError):
        whole, lower, upper = False, 0, 0
    if not whole or not 1 <= lower <= upper:
        raise InvalidInputError(
            f"size={size!r} must be two whole numbers, 1 <= least <= most",
            f"size={size!r} 必须是两个整数，且 1 <= 下限 <= 上限",
        )
    return lower, upper


def check_lengths(length: int, **columns: Sized | None) -> None:
    """Raise InvalidInputError naming the first column that is given and has another length."""
    for name, column in columns.items():
        if column is not None and len(column) != length:
            raise InvalidInputError(
                f"{name} has length {len(column)} and must have length {length}",
                f"{name} 的长度是 {len(column)}，必须是 {length}",
            )


def check_households(graph: Graph, households: object) -> NDArray[np.int64]:
    """Return the households of each atom, from a column of the graph where `households` is its name.

    Raises
    ------
    InvalidInputError
        There is no such column, its length differs, or entries are missing or no whole numbers of 0 or more: lists them.
    """
    if isinstance(households, str):
        if households not in graph.columns:
            given = ", ".join(graph.columns)
            raise InvalidInputError(
                f'households="{households}" must be a column of the graph: {given}',
                f'households="{households}" 必须是图的列：{given}',
            )
        households = graph.columns[households]
    counts = count_column(households, "households", graph.num_nodes)
    wrong = dict.fromkeys(np.flatnonzero(counts.missing).tolist(), "missing") | counts.invalid
    if wrong:
        shown = ", ".join(f"[{graph.ids[i]}] {wrong[i]}" for i in sorted(wrong)[:5])
        raise InvalidInputError(
            f"households must be a whole number of 0 or more for every atom; {len(wrong)} are not: {shown}",
            f"households 每个楼栋都必须是大于等于 0 的整数；有 {len(wrong)} 个不是：{shown.replace('missing', '缺失')}",
        )
    return counts.values.data


def list_tasks(
    graph: Graph, owners: list[Any], weights: NDArray[np.int64], known: Mapping[Any, int | None] | None,
    codes: Mapping[Any, str] | None, names: Mapping[Any, tuple[str, str]] | None,
) -> list[Task]:  # fmt: skip
    """List every community: in the order of `known`, else in that of their keys. Complexity: O(m log m + n)."""
    members: dict[Any, list[int]] = {key: [] for key in known or ()}
    for atom, key in enumerate(owners):
        if key is None or key != key:  # noqa: PLR0124 - NaN differs from itself
            raise InvalidInputError(
                f"community[{graph.ids[atom]}]={key} must be given for every atom",
                f"community[{graph.ids[atom]}]={key} 每个楼栋都必须给出社区",
            )
        members.setdefault(key, []).append(atom)
    keys = list(members) if known else sorted(members, key=lambda key: (type(key).__name__, key))
    for name, given in (("codes", codes), ("names", names)):
        missing = [key for key in keys if given is not None and key not in given]
        if missing:
            raise InvalidInputError(
                f"{name} must have an entry for every community; {missing[0]} has none",
                f"{name} 必须包含每个社区；{missing[0]} 没有",
            )
    owner = np.empty(graph.num_nodes, dtype=np.int64)
    for stream, key in enumerate(keys):
        owner[members[key]] = stream
    inside = np.flatnonzero(owner[graph.edges[:, 0]] == owner[graph.edges[:, 1]])
    inside = inside[np.argsort(owner[graph.edges[inside, 0]], kind="stable")]
    starts = np.searchsorted(owner[graph.edges[inside, 0]], np.arange(len(keys) + 1))
    tasks = []
    for stream, key in enumerate(keys):
        atoms = np.array(members[key], dtype=np.int64)
        code = str(key) if codes is None else codes[key]
        name, name_en = (code, code) if names is None else names[key]
        ledger = (known or {}).get(key)
        households = int(weights[atoms].sum()) if ledger is None else ledger
        edges = inside[starts[stream] : starts[stream + 1]]
        tasks.append(Task(key, code, name, name_en, households, atoms, edges, stream))
    return tasks


def border_weights(columns: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
    """Return what it costs that a border between two atoms becomes one between grids.

    Parameters
    ----------
    columns : mapping
        `shared_border_m` and `crosses` of each of m edges, as in `Atoms` and the edge columns of its graph.

    Returns
    -------
    ndarray of int64, shape (m,)
        Tenths of a metre of border inside of a block; a metre of street counts 0.6, of main road 0.3, a bridge,
        underpass or gate nothing, so that grids end at streets and do not cross the river.
    """
    cost = np.array([_COST_PER_METRE[kind] for kind in CROSSES], dtype=np.int64)
    lengths: NDArray[np.int64] = np.rint(columns["shared_border_m"]).astype(np.int64)
    weights: NDArray[np.int64] = lengths * cost[columns["crosses"]]
    return weights

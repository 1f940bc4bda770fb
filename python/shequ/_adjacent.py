# SPDX-License-Identifier: BSD-3-Clause
"""Which communities touch: told by pairs or a graph of their codes, or found where atoms of theirs do."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from shequ._errors import InvalidInputError
from shequ.graph import Graph

if TYPE_CHECKING:
    from shequ._counted import Counted, Source

__all__ = ["Adjacency", "adjacent_pairs", "connected_groups", "kept_entries"]

Adjacency: TypeAlias = "Graph | Iterable[tuple[Hashable, Hashable]]"


def adjacent_pairs(source: Source, communities: Counted, adjacency: Adjacency | None) -> list[tuple[int, int]]:
    """Return pairs of entries that touch, ascending, each once.

    Parameters
    ----------
    source : District, Scenario or mapping of columns
    communities : Counted
        Its communities.
    adjacency : Graph, iterable of pairs, or None
        Of codes as texts, or of numbers of units (of columns: of rows). None: communities of a district with atoms that touch.
    """
    from shequ.district import District

    if adjacency is None:
        atoms = source.atoms if isinstance(source, District) else None
        if atoms is None:
            raise InvalidInputError(
                "adjacency=None must be pairs of communities or a Graph: the source has no atoms that tell who touches",
                "adjacency=None 必须是社区对或 Graph：数据中没有可判断相邻关系的楼栋",
            )
        ends = np.sort(atoms.community[atoms.edges], axis=1)
        pairs: Iterable[tuple[Hashable, Hashable]] = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0).tolist()
    elif isinstance(adjacency, Graph):
        pairs = [(adjacency.ids[a], adjacency.ids[b]) for a, b in adjacency.edges.tolist()]
    else:
        pairs = adjacency
    entry_of = _Entries(communities)
    found = set()
    for number, pair in enumerate(pairs):
        ends_of = tuple(pair)
        if len(ends_of) != 2:
            raise InvalidInputError(
                f"adjacency[{number}]={pair!r} must be a pair of communities",
                f"adjacency[{number}]={pair!r} 必须是两个社区",
            )
        a, b = (entry_of(unit, f"adjacency[{number}]") for unit in ends_of)
        if a != b:
            found.add((min(a, b), max(a, b)))
    return sorted(found)


class _Entries:
    """Entries of communities by code or number."""

    def __init__(self, communities: Counted) -> None:
        numbers = range(len(communities)) if communities.units is None else communities.units
        self._by_number = {unit: i for i, unit in enumerate(numbers)}
        self._by_code: dict[str, list[int]] = {}
        for i in range(len(communities)):
            self._by_code.setdefault(communities.label(i)[0], []).append(i)

    def __call__(self, unit: Hashable, argument: str) -> int:
        if isinstance(unit, str):
            entries = self._by_code.get(unit, []) if unit else []
            if len(entries) == 1:
                return entries[0]
        elif isinstance(unit, (int, np.integer)) and not isinstance(unit, bool) and int(unit) in self._by_number:
            return self._by_number[int(unit)]
        raise InvalidInputError(
            f"{argument}={unit!r} must be the code or number of one community",
            f"{argument}={unit!r} 必须是一个社区的代码或编号",
        )


def kept_entries(communities: Counted, kept: Iterable[int | str]) -> list[int]:
    """Return the entries of communities given by number or code."""
    entry_of = _Entries(communities)
    return [entry_of(unit, f"kept[{number}]") for number, unit in enumerate(kept)]


def connected_groups(size: int, pairs: list[tuple[int, int]]) -> list[list[int]]:
    """Return the entries of each connected component, ascending, in the order of their first entries."""
    graph = Graph.from_edges(size, pairs)
    groups: dict[int, list[int]] = {}
    for i, component in enumerate(graph.components().tolist()):
        groups.setdefault(component, []).append(i)
    return list(groups.values())

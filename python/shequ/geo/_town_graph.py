# SPDX-License-Identifier: BSD-3-Clause
"""From pieces of ground to atoms: which buildings stay together, and who touches whom across what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ.geo._blocks import Blocks, areas_of
from shequ.geo._borders import shared_borders
from shequ.geo._problems import GeoProblem, listed
from shequ.geo._unite import unite

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from shequ.graph import Graph

__all__ = ["AtomParts", "Groups", "group_buildings", "join_parts", "touching_cells"]


@dataclass(frozen=True, eq=False)
class AtomParts:
    """Pieces of ground, and pairs of them that touch.

    Parameters
    ----------
    shapes, zone, owner : ndarrays, shape (n,)
        Polygons, side of the barriers (-1: on one), and row of the boundary.
    edges, length, crosses : ndarrays, shapes (m, 2), (m,), (m,)
        Pieces that touch, metres of border, and what lies between: 0 nothing, 1 a street, 2 a main road.
    """

    shapes: NDArray[np.object_]
    zone: NDArray[np.int64]
    owner: NDArray[np.int64]
    edges: NDArray[np.int64]
    length: NDArray[np.float64]
    crosses: NDArray[np.int8]

    @classmethod
    def of_blocks(cls, blocks: Blocks, footprints: NDArray[np.object_]) -> AtomParts:
        """Take blocks as they are, and behind them the outlines of buildings that stand in none."""
        afloat = footprints[blocks.building_block < 0]
        none = np.full(len(afloat), -1, dtype=np.int64)
        return cls(
            np.concatenate([blocks.shapes, afloat]),
            np.concatenate([blocks.zone, none]),
            np.concatenate([blocks.owner, np.zeros(len(afloat), dtype=np.int64)]),
            blocks.edges,
            blocks.length,
            blocks.classes,
        )

    def graph(
        self, ids: Sequence[Any], columns: Mapping[str, Any], extra: Mapping[tuple[int, int], tuple[int, float]]
    ) -> Graph:
        """Return the graph of the pieces, with the links of crossings where no border joins two already."""
        from shequ.graph import Graph

        known = set(map(tuple, self.edges.tolist()))
        links = [pair for pair in sorted(extra) if pair not in known]
        edges = np.concatenate([self.edges, np.array(links, dtype=np.int64).reshape(-1, 2)])
        # A passage is as wide as it is: it is no border, and counts nothing in the compactness of grids.
        length = np.concatenate([self.length, np.zeros(len(links))])
        crosses = np.concatenate([self.crosses, np.array([extra[pair][0] for pair in links], dtype=np.int8)])
        order = np.lexsort((edges[:, 1], edges[:, 0]))
        return Graph.from_edges(
            len(ids),
            edges[order].astype(np.int32),
            ids=list(ids),
            columns=dict(columns),
            edge_columns={"shared_border_m": length[order], "crosses": crosses[order]},
        )


@dataclass(frozen=True, eq=False)
class Groups:
    """Which pieces and buildings make an atom.

    Parameters
    ----------
    of_part, of_building : ndarrays of int64
        Atom of each piece of ground and of each building.
    first : ndarray of int64, shape (count,)
        The first building of each atom.
    names : list, length count
        Name of the compound that an atom is; None for others.
    count : int
        Number of atoms.
    """

    of_part: NDArray[np.int64]
    of_building: NDArray[np.int64]
    first: NDArray[np.int64]
    names: list[Any]
    count: int


def group_buildings(
    blocks: Blocks, compounds: Sequence[Any], labels: Sequence[Any], by: Literal["block", "cell"]
) -> tuple[Groups, list[GeoProblem]]:
    """Put the buildings of a compound, or of a block, into one atom.

    Parameters
    ----------
    blocks : Blocks
        The blocks of n buildings.
    compounds, labels : length n
        Compound of each building, None where it is in none; and what it is called.
    by : "block" or "cell"
        Pieces are blocks, or a cell each.

    Returns
    -------
    (Groups, list of GeoProblem)
        Atoms in the order of their first building. A warning names each compound that a barrier or a border between
        communities parts: its sides are atoms of their own.
    """
    n = len(labels)
    block = blocks.building_block
    afloat = np.flatnonzero(block < 0)
    piece = np.arange(n) if by == "cell" else block.copy()
    if by == "block":
        piece[afloat] = len(blocks.shapes) + np.arange(len(afloat))
    side = [(-1 - i, 0) if b < 0 else (int(blocks.zone[b]), int(blocks.owner[b])) for i, b in enumerate(block.tolist())]
    parent = np.arange(n if by == "cell" else len(blocks.shapes) + len(afloat))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    homes: dict[tuple[Any, tuple[int, int]], int] = {}
    sides: dict[Any, set[tuple[int, int]]] = {}
    for i, compound in enumerate(compounds):
        if compound is None:
            continue
        sides.setdefault(compound, set()).add(side[i])
        one, two = root(homes.setdefault((compound, side[i]), int(piece[i]))), root(int(piece[i]))
        parent[max(one, two)] = min(one, two)
    roots = np.array([root(i) for i in piece.tolist()], dtype=np.int64)
    _, first, index = np.unique(roots, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    of_building = rank[index.ravel()]
    of_part = np.full(len(parent), -1, dtype=np.int64)
    of_part[piece] = of_building
    names: list[Any] = [None] * len(order)
    parted = [compound for compound, places in sides.items() if len(places) > 1]
    taken: dict[str, int] = {}
    for i, compound in enumerate(compounds):
        atom = int(of_building[i])
        if compound is not None and names[atom] is None and (by == "cell"):
            name = str(compound[1] if isinstance(compound, tuple) else compound)
            taken[name] = taken.get(name, 0) + 1
            names[atom] = name if taken[name] == 1 else f"{name} ({taken[name]})"
    problems = []
    if parted:
        called = [compound[1] if isinstance(compound, tuple) else compound for compound in parted]
        problems.append(GeoProblem(
            "warning", "compound", tuple(called),
            f"parted by a barrier or a border between communities, so that each side is an atom: {listed(called)}",
            f"被障碍物或社区边界分开，各侧分别处理：{listed(called)}",
        ))  # fmt: skip
    return Groups(of_part, of_building, first[order], names, len(order)), problems


def touching_cells(cells: NDArray[np.object_], blocks: Blocks, tolerance_m: float) -> AtomParts:
    """Find which cells touch, never across barriers, and what lies between those of two blocks."""
    edges, length = shared_borders(cells, tolerance_m)
    block = blocks.building_block
    zone = np.where(block >= 0, blocks.zone[block], -1)
    owner = np.where(block >= 0, blocks.owner[block], 0)
    same = (zone[edges[:, 0]] == zone[edges[:, 1]]) & (zone[edges[:, 0]] >= 0)
    edges, length = edges[same], length[same]
    width = len(blocks.shapes)
    keys = np.sort(block[edges], axis=1) @ np.array([width, 1])
    known = blocks.edges @ np.array([width, 1])
    at = np.searchsorted(known, keys)
    hit = np.zeros(len(keys), dtype=np.bool_)
    hit[at < len(known)] = known[at[at < len(known)]] == keys[at < len(known)]
    crosses = np.zeros(len(keys), dtype=np.int8)
    crosses[hit] = blocks.classes[at[hit]]
    return AtomParts(cells, zone, owner, edges, length, crosses)


def join_parts(parts: AtomParts, groups: Groups) -> AtomParts:
    """Unite the pieces of each atom; borders add up, and what lies between is what most of the border runs along."""
    of_part, count = groups.of_part, groups.count
    order = np.argsort(of_part, kind="stable")
    starts = np.searchsorted(of_part[order], np.arange(count + 1))
    shapes = np.empty(count, dtype=object)
    for atom in range(count):
        members = order[starts[atom] : starts[atom + 1]]
        shapes[atom] = parts.shapes[members[0]]
        if len(members) > 1:
            shapes[atom] = areas_of(unite(parts.shapes[members]))
    first = order[starts[:-1]]
    edges = np.sort(of_part[parts.edges], axis=1)
    outer = edges[:, 0] != edges[:, 1]
    edges, length, crosses = edges[outer], parts.length[outer], parts.crosses[outer]
    if not len(edges):
        return AtomParts(shapes, parts.zone[first], parts.owner[first], edges, length, crosses)
    unique, index = np.unique(edges, axis=0, return_inverse=True)
    by_class = np.zeros((len(unique), 3))
    np.add.at(by_class, (index.ravel(), crosses), length)
    kinds = by_class.argmax(axis=1).astype(np.int8)
    return AtomParts(shapes, parts.zone[first], parts.owner[first], unique, by_class.sum(axis=1), kinds)

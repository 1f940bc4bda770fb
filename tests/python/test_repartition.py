# SPDX-License-Identifier: BSD-3-Clause
"""Least disturbance against every partition of small graphs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pytest

import shequ
from shequ.repartition import Repartition, repartition


def partitions(n: int) -> Iterator[list[int]]:
    """Yield every partition of n nodes, as numbers of parts in the order of their first nodes."""

    def grow(labels: list[int], parts: int) -> Iterator[list[int]]:
        if len(labels) == n:
            yield labels
            return
        for part in range(parts + 1):
            yield from grow([*labels, part], max(parts, part + 1))

    return grow([], 0)


def connected(nodes: list[int], edges: list[tuple[int, int]]) -> bool:
    inside, seen, queue = set(nodes), {nodes[0]}, [nodes[0]]
    while queue:
        node = queue.pop()
        for a, b in edges:
            for here, there in ((a, b), (b, a)):
                if here == node and there in inside and there not in seen:
                    seen.add(there)
                    queue.append(there)
    return len(seen) == len(inside)


def least_moved(
    edges: list[tuple[int, int]], weights: list[int], before: list[int], size: tuple[int, int], locked: int | None
) -> int | None:
    """Return the fewest households that must move, by trying everything."""
    best = None
    n = len(weights)
    for labels in partitions(n):
        groups = [[v for v in range(n) if labels[v] == part] for part in range(max(labels) + 1)]
        if not all(size[0] <= sum(weights[v] for v in group) <= size[1] for group in groups):
            continue
        if not all(connected(group, edges) for group in groups):
            continue
        own = {v for v in range(n) if before[v] == locked}
        if locked is not None and own not in [set(group) for group in groups]:
            continue
        numbers = range(max(max(before) + 1, len(groups)))
        for chosen in permutations(numbers, len(groups)):
            if locked is not None and chosen[[set(group) for group in groups].index(own)] != locked:
                continue
            moved = sum(
                weights[v]
                for group, number in zip(groups, chosen, strict=True)
                for v in group
                if before[v] >= 0 and before[v] != number
            )
            best = moved if best is None else min(best, moved)
    return best


def check(found: Repartition, graph: shequ.Graph, weights: list[int], before: list[int], size: tuple[int, int]) -> None:
    labels = found.labels.tolist()
    edges = [(int(a), int(b)) for a, b in graph.edges]
    for part in set(labels):
        group = [v for v, label in enumerate(labels) if label == part]
        assert size[0] <= sum(weights[v] for v in group) <= size[1]
        assert connected(group, edges)
    moved = sum(w for w, old, new in zip(weights, before, labels, strict=True) if old >= 0 and old != new)
    assert moved == found.households_moved
    assert moved == sum(move.households for move in found.moves if move.before is not None)
    assert {move.atom for move in found.moves} == {graph.ids[v] for v in range(len(labels)) if labels[v] != before[v]}
    assert sum(now for _, _, now in found.grids if now is not None) == sum(weights)


@pytest.mark.parametrize("seed", range(12))
def test_locked_atoms_stay_and_no_partition_moves_fewer(seed: int) -> None:
    pytest.importorskip("highspy")
    random = np.random.default_rng(100 + seed)
    n = 6
    edges = [(v, int(random.integers(0, v))) for v in range(1, n)]
    weights, before = random.integers(0, 7, n).tolist(), random.integers(0, 2, n).tolist()
    graph = shequ.Graph.from_edges(n, edges)
    held = int(random.integers(0, n))
    best = None
    for labels in partitions(n):
        groups = [[v for v in range(n) if labels[v] == part] for part in range(max(labels) + 1)]
        if not all(4 <= sum(weights[v] for v in group) <= 12 and connected(group, edges) for group in groups):
            continue
        for chosen in permutations(range(max(max(before) + 1, len(groups))), len(groups)):
            if chosen[labels[held]] == before[held]:
                moved = sum(weights[v] for v in range(n) if chosen[labels[v]] != before[v])
                best = moved if best is None else min(best, moved)
    found = repartition(graph, weights, before, size=(4, 12), locked_atoms=[held], time_limit_s=20)
    assert (found.status, found.households_moved if found.kept_rules else None) == (
        "infeasible" if best is None else "minimal",
        best,
    )
    if found.kept_rules:
        assert found.labels[held] == before[held]


@pytest.mark.parametrize("seed", range(12))
def test_no_partition_moves_fewer(seed: int) -> None:
    pytest.importorskip("highspy")
    random = np.random.default_rng(seed)
    n = 7
    edges = [(v, int(random.integers(0, v))) for v in range(1, n)]
    edges += [(0, n - 1)] if seed % 2 and (n - 1, 0) not in edges else []
    weights = random.integers(0, 7, n).tolist()
    before = random.integers(-1, 3, n).tolist()
    before[0] = 0
    size = (4, 10)
    graph = shequ.Graph.from_edges(n, edges)
    locked = 0 if seed % 3 == 2 else None
    expected = least_moved(edges, weights, before, size, locked)
    found = repartition(
        graph, weights, before, size=size, locked_grids=() if locked is None else (locked,), time_limit_s=20, lang="en"
    )
    if expected is None:
        assert found.status == "infeasible"
        assert not found.kept_rules
        assert found.sentence() == "no division keeps the rules"
        return
    assert found.status == "minimal"
    assert found.households_moved == found.bound == expected
    check(found, graph, weights, before, size)


def community(seed: int) -> tuple[shequ.Graph, list[int], list[int]]:
    """Return a community of the sample, this year's households, and last year's grids."""
    district = shequ.sample_district(seed=seed)
    atoms = district.atoms
    assert atoms is not None
    unit = int(district.hierarchy.at_level("community")[8])
    own = np.flatnonzero(atoms.community == unit)
    graph, households = atoms.graph().subgraph(own), atoms.households[own]
    plan = shequ.solve(shequ.Problem(graph, households, lower=300, upper=500), steps=2000)
    grown = households.copy()
    grown[np.flatnonzero(plan.labels == 0)[:4]] += 60
    return graph, grown.tolist(), plan.labels.tolist()


def test_grids_of_a_community_keep_bounds_and_locks_and_the_bound_holds() -> None:
    graph, weights, before = community(0)
    found = repartition(graph, weights, before, size=(300, 500), time_limit_s=2, lang="en")
    assert found.kept_rules
    check(found, graph, weights, before, (300, 500))
    assert found.bound <= found.households_moved
    atom = next(move.atom for move in found.moves if move.before is not None and move.households)
    held = repartition(graph, weights, before, size=(300, 500), locked_atoms=[atom], time_limit_s=2)
    assert held.kept_rules
    assert held.labels[graph.index(atom)] == before[graph.index(atom)]
    assert held.households_moved >= found.bound
    table = found.table()
    assert len(table) == len(found.moves)
    assert str(found.households_moved) in table.notes[0]


def test_nothing_moves_where_nothing_is_wrong() -> None:
    graph = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)])
    found = repartition(graph, [150, 200, 180, 170], [5, 5, 2, 2], size=(300, 500))
    assert (found.households_moved, found.status, found.moves) == (0, "minimal", ())
    assert found.labels.tolist() == [5, 5, 2, 2]
    assert found.grids == ((2, 350, 350), (5, 350, 350))


def test_a_cap_that_cannot_be_kept_is_said() -> None:
    pytest.importorskip("highspy")
    graph = shequ.Graph.from_edges(6, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])
    weights, before = [150, 150, 250, 50, 50, 100], [0, 0, 0, 1, 1, 1]
    found = repartition(graph, weights, before, size=(300, 500), cap=249, lang="en")
    assert found.status == "above_cap"
    assert not found.kept_rules
    assert "at least 250 households must move" in found.sentence()
    assert repartition(graph, weights, before, size=(300, 500), cap=250).status == "minimal"


def test_new_atoms_do_not_count_as_moved() -> None:
    graph = shequ.Graph.from_edges(3, [(0, 1), (1, 2)])
    found = repartition(graph, [300, 100, 300], {0: 0, 2: 1}, size=(300, 500))
    assert found.households_moved == 0
    assert [(move.atom, move.before) for move in found.moves] == [(1, None)]


def test_bad_input_is_refused() -> None:
    graph = shequ.Graph.from_edges(2, [(0, 1)])
    with pytest.raises(shequ.InvalidInputError, match="locked_grids=3"):
        repartition(graph, [300, 300], [0, 1], size=(300, 500), locked_grids=[3])
    with pytest.raises(shequ.InvalidInputError, match="locked_atoms=0"):
        repartition(graph, [300, 300], [-1, 1], size=(300, 500), locked_atoms=[0])


def test_a_community_of_a_district_starts_from_its_grids_of_last_year() -> None:
    district = shequ.sample_district(seed=0)
    atoms = district.atoms
    assert atoms is not None
    unit = int(district.hierarchy.at_level("community")[8])
    code = district.hierarchy.code(unit)
    plan = shequ.grids.divide_district(district, size=(300, 500), seed=0)
    still = shequ.resolve(district, code, plan, lang="en")
    assert (still.households_moved, still.moves) == (0, ())
    households = atoms.households.copy()
    first = plan.communities[[entry.code for entry in plan.communities].index(code)].first
    grown = [i for i, id in enumerate(atoms.ids) if plan.labels[plan.atom_ids.index(id)] == first][:5]
    households[grown] += 60
    changed = dataclasses.replace(district, atoms=dataclasses.replace(atoms, households=households))
    found = shequ.resolve(changed, unit, plan, time_limit_s=2, lang="en")
    assert found.kept_rules
    assert found.households_moved > 0
    assert all(str(name).startswith(code) for name in found.table().column("grid_after"))
    assert len(set(found.names)) == len(found.names)
    with pytest.raises(shequ.InvalidInputError, match="must have atoms"):
        shequ.resolve(district, 0, plan)

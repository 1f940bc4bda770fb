# SPDX-License-Identifier: BSD-3-Clause
"""Moves of borders that free a post, against every move there is and the checks of plans."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_problems import random_problem

import shequ
from shequ import questions

NORM = shequ.StaffingRule(base=2, base_households=150, step_households=60)

Key = tuple[int, int, frozenset[object]]


def every_move(
    problem: shequ.Problem, labels: np.ndarray, town: list[int] | None, most: int
) -> dict[Key, tuple[int, int]]:
    """Moves of connected atoms to a part that they touch after which a checked plan is right and needs fewer posts."""
    graph, weights = problem.graph, problem.weights
    network = nx.Graph()
    network.add_nodes_from(range(graph.num_nodes))
    network.add_edges_from([*graph.edges.tolist(), *problem.arguments["links"]])
    locked = problem.arguments["locked"]
    found = {}
    for count in range(1, most + 1):
        for atoms in combinations(range(graph.num_nodes), count):
            giver = int(labels[atoms[0]])
            if any(labels[i] != giver for i in atoms) or not nx.is_connected(network.subgraph(atoms)):
                continue
            if (labels == giver).sum() == count or (locked is not None and any(locked[i] >= 0 for i in atoms)):
                continue
            takers = {
                int(labels[j])
                for i in atoms
                for j in network[i]
                if labels[j] != giver and (not town or town[i] == town[j])
            }
            for taker in takers:
                moved = labels.copy()
                moved[list(atoms)] = taker
                was, now = (
                    sum(NORM.posts(int(weights[plan == part].sum())) for part in (giver, taker))
                    for plan in (labels, moved)
                )
                if now < was and shequ.certify(problem, moved).ok:
                    ids = frozenset(graph.ids[i] for i in atoms)
                    found[giver, taker, ids] = (int(weights[list(atoms)].sum()), was - now)
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3), st.booleans())
def test_the_moves_are_those_that_a_search_finds(seed: int, most: int, by_town: bool) -> None:
    problem, labels = random_problem(seed, [])
    town = (np.arange(problem.graph.num_nodes) % 2).tolist() if by_town else None
    expected = every_move(problem, labels, town, most)
    found = questions.free_posts(problem, NORM, labels, town=town, most_atoms=most, lang="en")
    own = {(move.giver, move.taker, frozenset(move.atoms)): (move.households, move.freed) for move in found.moves}
    assert len(own) == len(found)
    assert own.items() <= expected.items()
    for (giver, taker, atoms), (households, freed) in expected.items():
        within = [
            entry
            for (a, b, less), entry in own.items()
            if (a, b) == (giver, taker) and less <= atoms and entry[0] <= households and entry[1] >= freed
        ]
        assert within  # itself, or what it contains and frees as many
    assert [move.households for move in found.moves] == sorted(move.households for move in found.moves)
    for move in found.moves:
        for before, after, sign in (
            (move.giver_before, move.giver_after, -1),
            (move.taker_before, move.taker_after, 1),
        ):
            assert after[0] - before[0] == sign * move.households
            assert (before[1], after[1]) == (NORM.posts(before[0]), NORM.posts(after[0]))


def test_a_bound_that_is_broken_does_not_get_worse() -> None:
    lane = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)], columns={"town": ["a", "a", "a", "b"]})
    weights = [1200, 60, 500, 400]

    def ask(lower: int, upper: int, labels: list[int], **options: object) -> int:
        problem = shequ.Problem(lane, weights, lower=lower, upper=upper)
        return len(questions.free_posts(problem, "staff.wujin2012", labels, **options))  # type: ignore[arg-type]

    assert ask(1100, 1210, [0, 0, 1, 1]) == 1  # one above and one below, both come nearer
    assert ask(0, 950, [0, 0, 1, 1]) == 0  # the neighbour would be too large
    assert ask(1201, 3000, [0, 0, 1, 1]) == 0
    assert ask(0, 3000, [0, 0, 1, 1], most_households=59) == 0
    assert ask(0, 3000, [0, 0, 1, 1], town="town") == 1
    assert ask(0, 3000, [0, 0, 1, 1], town=["a", "a", "b", "b"]) == 0
    assert ask(0, 3000, [0, 0, -1, 1]) == 0


def test_communities_of_a_district(tmp_path: Path) -> None:
    district = shequ.sample_district(seed=1)
    atoms = district.atoms
    assert atoms is not None
    tree, rule = district.hierarchy, shequ.StaffingRule()
    found = questions.free_posts(district, rule, size=(500, 3000), lang="zh")
    assert found.moves
    town = {int(u): tree.parent(int(u)) for u in tree.at_level("community")}
    place = {id: i for i, id in enumerate(atoms.ids)}
    for move in found.moves[:20]:
        assert town[move.giver] == town[move.taker]
        assert move.giver_after[0] >= 500
        assert move.taker_after[0] <= 3000
        parts = atoms.community.copy()
        parts[[place[str(atom)] for atom in move.atoms]] = move.taker
        for unit, (households, posts) in ((move.giver, move.giver_after), (move.taker, move.taker_after)):
            here = np.flatnonzero(parts == unit)
            assert int(atoms.households[here].sum()) == households
            assert rule.posts(households) == posts
            assert atoms.graph().subgraph(here).components().max() == 0
    assert "划出,划入,楼栋,户数" in found.table().save(tmp_path / "moves.csv").read_text(encoding="utf-8-sig")
    assert str(len(found)) in str(found)
    # grids of a community are parts of a problem as well
    own = np.flatnonzero(atoms.community == found.moves[0].giver)
    problem = shequ.Problem(atoms.graph().subgraph(own), atoms.households[own], lower=250, upper=550)
    plan = shequ.solve(problem, time_limit_s=1.0)
    per_grid = shequ.StaffingTable([(400, 1), (600, 2)], basis="households")
    for grid_move in questions.free_posts(problem, per_grid, plan).moves:
        moved = plan.labels.copy()
        moved[[problem.graph.index(atom) for atom in grid_move.atoms]] = grid_move.taker
        assert shequ.certify(problem, moved).ok


def test_bad_questions_are_refused() -> None:
    lane = shequ.Graph.from_edges(2, [(0, 1)])
    problem = shequ.Problem(lane, [1, 2], lower=0)
    with pytest.raises(shequ.InvalidInputError, match="labels=None"):
        questions.free_posts(problem, NORM)
    with pytest.raises(shequ.InvalidInputError, match="labels has shape"):
        questions.free_posts(problem, NORM, [0, 1, 1])
    with pytest.raises(shequ.InvalidInputError, match="most_atoms=5") as caught:
        questions.free_posts(problem, NORM, [0, 1], most_atoms=5)
    assert "必须" in caught.value.message("zh")
    with pytest.raises(shequ.InvalidInputError, match="size must be that of the problem"):
        questions.free_posts(problem, NORM, [0, 1], size=(1, 2))
    with pytest.raises(shequ.InvalidInputError, match="most_households=-1"):
        questions.free_posts(problem, NORM, [0, 1], most_households=-1)
    tree = shequ.sample_district(seed=1).hierarchy
    with pytest.raises(shequ.InvalidInputError, match="atoms that have households"):
        questions.free_posts(shequ.District(tree, {}), NORM)
    with pytest.raises(shequ.InvalidInputError, match="atoms that have persons"):
        questions.free_posts(shequ.sample_district(seed=1), "staff.cn2025")

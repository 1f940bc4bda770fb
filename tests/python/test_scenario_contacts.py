# SPDX-License-Identifier: BSD-3-Clause
"""Contacts and locks of a scenario: atoms move between grids as networkx says they may."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

import shequ
from shequ import InvalidInputError

ROWS, COLUMNS = 4, 6


def blocks(locked: tuple[str, ...] = ()) -> tuple[shequ.Scenario, nx.Graph]:
    """Return a community of 4 x 6 buildings in three grids of two columns each, and who touches whom by code."""
    touching = nx.relabel_nodes(nx.grid_2d_graph(ROWS, COLUMNS), lambda place: f"b{place[0]}{place[1]}")
    atoms = sorted(touching)
    codes = ["d", "t", "c", "g0", "g1", "g2", *atoms]
    parents = ["", "d", "t", "c", "c", "c", *(f"g{int(atom[2]) // 2}" for atom in atoms)]
    tree = shequ.Hierarchy.from_columns(code=codes, parent=parents, level=[3, 4, 5, 6, 6, 6, *[8] * len(atoms)])
    households = np.ma.MaskedArray(
        np.full(len(tree), 40), mask=[not tree.code(u).startswith("b") for u in range(len(tree))]
    )
    graph = shequ.Graph.from_edges(len(atoms), [(atoms.index(a), atoms.index(b)) for a, b in touching.edges], ids=atoms)
    return shequ.Scenario(tree, {"households": households}, contacts=graph, locked=locked), touching


def test_an_atom_moves_to_a_grid_that_it_touches_and_leaves_no_gap() -> None:
    scenario, _ = blocks()
    scenario.move("b01", "g1")
    assert scenario.total("households", "g1") == 9 * 40
    with pytest.raises(InvalidInputError, match="g2 .*would fall into 2 pieces") as refused:
        scenario.move("b00", "g2")
    assert "将分成互不相连的 2 片" in refused.value.message("zh")
    assert scenario.num_edits == 1
    scenario.move("b11", "g1")
    assert scenario.num_edits == 2


def test_random_moves_are_refused_where_networkx_finds_a_gap() -> None:
    scenario, touching = blocks()
    rng = np.random.default_rng(3)
    atoms = sorted(touching)
    grids = ["g0", "g1", "g2"]
    made = refused = 0
    for _ in range(400):
        atom, to = atoms[rng.integers(len(atoms))], grids[rng.integers(3)]
        of = {a: scenario.code(scenario.parent(a) or 0) for a in atoms}
        if of[atom] == to:
            continue
        after = {**of, atom: to}
        inside = [[a for a in atoms if after[a] == grid] for grid in grids]
        whole = all(not part or nx.is_connected(touching.subgraph(part)) for part in inside)
        if whole:
            scenario.move(atom, to)
            made += 1
        else:
            with pytest.raises(InvalidInputError, match="would fall into"):
                scenario.move(atom, to)
            refused += 1
    assert made > 30
    assert refused > 30
    assert scenario.num_edits == made


def test_a_locked_grid_keeps_its_atoms() -> None:
    scenario, _ = blocks(locked=("g1",))
    for atom, to, what in (("b02", "g0", "leave it"), ("b01", "g1", "come to it")):
        with pytest.raises(InvalidInputError, match=f"g1 .* is locked: .*may not {what}"):
            scenario.move(atom, to)
    assert scenario.num_edits == 0


def test_contacts_go_with_branches_pickles_and_files(tmp_path: Path) -> None:
    scenario, _ = blocks(locked=("g1",))
    scenario.add("households", "b00", 5)
    scenario.save(tmp_path / "plan.json")
    for copy in (scenario.branch(), scenario.start(), pickle.loads(pickle.dumps(scenario))):
        with pytest.raises(InvalidInputError, match="locked"):
            copy.move("b02", "g0")
    again = blocks(locked=("g1",))[0].load(tmp_path / "plan.json")
    assert again.value("households", "b00") == 45
    with pytest.raises(InvalidInputError, match="contacts"):
        blocks()[0].load(tmp_path / "plan.json")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"locked": ["g9"]}, "locked: 'g9' must be the code or number of a unit"),
        ({"locked": [0]}, r"locked\[0\]=0 must be in"),
        ({"contacts": shequ.Graph.from_edges(2, [(0, 1)], ids=["b00", "x"])}, "contacts: 'x' must be the code"),
        ({"contacts": shequ.Graph.from_edges(2, [(0, 1)], ids=["b00", "g0"])}, "must be of one level"),
    ],
)
def test_contacts_of_units_that_are_not_there_are_refused(options: dict[str, Any], message: str) -> None:
    tree = blocks()[0].hierarchy
    with pytest.raises(InvalidInputError, match=message):
        shequ.Scenario(tree, {}, **options)

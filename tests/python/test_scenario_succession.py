# SPDX-License-Identifier: BSD-3-Clause
"""Changes of a scenario as a succession: figures carried through it are those of the scenario."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import shequ


def district() -> shequ.Scenario:
    """Return two towns of four communities each with 100, 200, ... households."""
    codes = ["1", "11", "12", *(f"{town}{k}" for town in (11, 12) for k in range(4))]
    parents = ["", "1", "1", *("11",) * 4, *("12",) * 4]
    tree = shequ.Hierarchy.from_columns(code=codes, parent=parents, level=[3, 4, 4, *[5] * 8])
    values = np.zeros(len(tree), dtype=np.int64)
    communities = tree.at_level("community")
    values[communities] = 100 * np.arange(1, 9)
    return shequ.Scenario(tree, {"households": np.ma.MaskedArray(values, mask=values == 0)})


def links(scenario: shequ.Scenario) -> list[tuple[str, str, str, Fraction | None]]:
    return [(c.kind, c.old, c.new, c.share) for c in scenario.succession("2027-01-01").changes]


def test_each_unit_leads_to_what_it_lives_on_in() -> None:
    scenario = district()
    assert links(scenario) == []
    merged = scenario.merge(["110", "111"], name="A", code="A")
    scenario.split(
        merged, [{"name": "B", "code": "B", "households": 90}, {"name": "C", "code": "C", "households": 210}]
    )
    scenario.move("112", "12")
    scenario.create("11", name="N", code="N")
    scenario.split("120", [{"name": "P", "code": "P", "households": 500}, {"name": "Q", "code": "Q", "households": 0}])
    scenario.set("households", "123", 0)
    scenario.abolish("123")
    assert links(scenario) == [
        ("create", "", "N", None),
        ("merge", "110", "B", Fraction(3, 10)),
        ("merge", "110", "C", Fraction(7, 10)),
        ("merge", "111", "B", Fraction(3, 10)),
        ("merge", "111", "C", Fraction(7, 10)),
        ("move", "112", "112", None),
        ("split", "120", "P", Fraction(1)),
        ("abolish", "123", "", None),
    ]
    scenario.undo()
    scenario.undo()
    assert ("abolish", "123", "", None) not in links(scenario)


def test_a_split_without_values_leaves_the_shares_open() -> None:
    scenario = district()
    grids = shequ.Hierarchy.from_columns(
        code=["1", "11", "111", "a", "b"], parent=["", "1", "11", "111", "111"], level=[3, 4, 5, 6, 6]
    )
    values = np.ma.MaskedArray([0, 0, 0, 40, 60], mask=[True, True, True, False, False])
    scenario = shequ.Scenario(grids, {"households": values})
    scenario.split(
        "111", [{"name": "x", "code": "x", "children": ["a"]}, {"name": "y", "code": "y", "children": ["b"]}]
    )
    assert links(scenario) == [("split", "111", "x", None), ("split", "111", "y", None)]


@pytest.mark.parametrize("seed", range(20))
def test_figures_carried_through_are_those_of_the_scenario(seed: int) -> None:
    scenario, rng = district(), np.random.default_rng(seed)
    units = scenario.hierarchy.at_level("community").tolist()
    codes = [scenario.code(unit) for unit in units]
    before = [int(scenario.value("households", unit) or 0) for unit in units]
    for step in range(8):
        town = ("11", "12")[rng.integers(2)]
        below = [unit for unit in scenario.children(town) if scenario.value("households", unit)]
        if rng.random() < 0.5 and len(below) > 1:
            chosen = rng.choice(below, 2, replace=False).tolist()
            scenario.merge(chosen, name="m", code=f"m{step}")
        elif below:
            unit = below[rng.integers(len(below))]
            whole = int(scenario.value("households", unit) or 0)
            part = int(rng.integers(1, whole)) if whole > 1 else 0
            parts = [
                {"name": name, "code": f"{name}{step}", "households": value}
                for name, value in (("s", part), ("t", whole - part))
            ]
            scenario.split(unit, parts)
    succession = scenario.succession("2027-01-01")
    after, carried = succession.carry(codes, np.array(before), "2026-12-31", "2027-12-31")
    assert sum(carried.tolist()) == sum(before)
    # Parts of a merged unit take from each of those that went into it, whole households each: off by less than one each.
    for code, value in zip(after, carried.tolist(), strict=True):
        found = scenario.value("households", code)
        assert found is not None
        assert abs(value - found) < len(units)
    assert set(after) == {
        scenario.code(unit)
        for unit in range(len(scenario))
        if scenario.exists(unit) and scenario.value("households", unit)
    }

# SPDX-License-Identifier: BSD-3-Clause
"""Splitting a community by a districting plan of its buildings."""

from __future__ import annotations

import numpy as np
import pytest

import shequ
from shequ import InvalidInputError, Problem, Scenario, parts_of_plan, solve

DISTRICT = shequ.sample_district(seed=0)
UNIT = int(DISTRICT.hierarchy.index("990101001001"))


def _buildings() -> np.ndarray:
    assert DISTRICT.atoms is not None
    return np.flatnonzero(DISTRICT.atoms.community == UNIT)


def test_a_community_is_split_by_a_plan_and_totals_stay() -> None:
    assert DISTRICT.atoms is not None
    buildings = _buildings()
    graph = DISTRICT.atoms.graph().subgraph(buildings)
    plan = solve(Problem(graph, weights="households", parts=2, tolerance=0.1), seed=0)
    scenario = Scenario(DISTRICT, {"households": DISTRICT.columns["households"]}, shequ.StaffingRule())
    before = scenario.total("households")
    made = scenario.split(UNIT, parts_of_plan(DISTRICT, UNIT, plan, ["一社区", "二社区"]))
    assert [scenario.value("households", unit) for unit in made] == list(plan.part_weights)
    assert scenario.total("households") == before
    assert scenario.total("communities") == len(DISTRICT.hierarchy.at_level("community")) + 1
    by_code = parts_of_plan(DISTRICT, "990101001001", plan.labels, ["a", "b"], workers=[3, 5])
    assert [part["workers"] for part in by_code] == [3, 5]


def test_lengths_that_do_not_fit_are_named() -> None:
    size = len(_buildings())
    with pytest.raises(InvalidInputError, match=f"plan has length 2 and must have length {size}"):
        parts_of_plan(DISTRICT, UNIT, [0, 1], ["a", "b"])
    labels = np.arange(size) % 2
    with pytest.raises(InvalidInputError, match="names has length 1 and must have length 2"):
        parts_of_plan(DISTRICT, UNIT, labels, ["a"])
    with pytest.raises(InvalidInputError, match="workers has length 3 and must have length 2"):
        parts_of_plan(DISTRICT, UNIT, labels, ["a", "b"], workers=[1, 2, 3])
    with pytest.raises(InvalidInputError, match="plan=-1"):
        parts_of_plan(DISTRICT, UNIT, labels - 1, ["a", "b"])
    with pytest.raises(InvalidInputError, match="atoms"):
        parts_of_plan(shequ.District(DISTRICT.hierarchy, DISTRICT.columns), UNIT, labels, ["a", "b"])

# SPDX-License-Identifier: BSD-3-Clause
from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path

import numpy as np
import pytest

import shequ

pd = pytest.importorskip("pandas")


def tree() -> shequ.Hierarchy:
    return shequ.Hierarchy.from_columns(
        code=["1", "11", "111", "112", "12", "121", "1211"],
        parent=[None, "1", "11", "11", "1", "12", "121"],
        level=["district", "town", "community", "community", "town", "community", "grid"],
        name=["区", "甲街道", "东", "西", "乙镇", "南", "一格"],
    )


def columns() -> dict[str, object]:
    none = np.ma.masked
    households = np.ma.array([0, 0, 900, 900, 0, 0, 1600], mask=[1, 1, 0, 0, 1, 1, 0])
    workers = np.ma.array([0, 0, 8, 3, 0, 5, 0], mask=[1, 1, 0, 0, 1, 0, 1])
    assert households[0] is none
    return {"households": households, "workers": workers, "setting": np.array([0, 0, 0, 0, 0, 1, 0])}


@pytest.fixture
def scenario() -> shequ.Scenario:
    return shequ.Scenario(tree(), columns(), shequ.StaffingRule())


def test_totals_follow_edits_and_undo_is_exact(scenario: shequ.Scenario) -> None:
    assert [scenario.total(m) for m in ("posts", "shortage", "surplus", "communities")] == [14, 2, 4, 3]
    scenario.set("households", "111", 1800)
    assert scenario.total("posts") == 17
    assert scenario.total("households", "11") == 2700
    scenario.undo()
    assert scenario.total("posts") == 14
    scenario.redo()
    assert scenario.total("posts", "111") == 7


def test_structural_edits_keep_successions(scenario: shequ.Scenario) -> None:
    merged = scenario.merge(["111", "112"], name="东西", code="119")
    assert scenario.name("119") == "东西"
    assert scenario.value("households", merged) == 1800
    parts = scenario.split(
        merged,
        [{"name": "一", "households": 1000, "workers": 6}, {"name": "二", "households": 800, "workers": 5}],
    )
    assert scenario.successors("111") == parts
    scenario.move(parts[0], "12")
    assert scenario.children("12") == [5, parts[0]]
    made = scenario.create("12", name="新区", setting="rural")
    scenario.move("1211", made)
    assert scenario.total("households", made) == 1600
    assert [kind for kind, *_ in scenario.successions()] == ["merge", "split", "move", "create", "move"]
    assert scenario.total("households") == 3400


def test_rules_by_setting() -> None:
    rural = shequ.StaffingRule(base=2)
    scenario = shequ.Scenario(tree(), columns(), {"urban": shequ.StaffingRule(), "rural": rural})
    assert scenario.total("posts", "12") == 4
    scenario.set_rule(None, setting="rural")
    assert scenario.total("posts", "12") is None


def test_refusals_speak_both_languages_and_change_nothing(scenario: shequ.Scenario) -> None:
    with pytest.raises(shequ.InvalidInputError, match="merge within one") as caught:
        scenario.merge(["111", "121"], name="x")
    assert "同一上级" in caught.value.message("zh")
    with pytest.raises(shequ.InvalidInputError, match="nothing to undo"):
        scenario.undo()
    with pytest.raises(shequ.InvalidInputError, match="unit='9'"):
        scenario.set("households", "9", 1)
    with pytest.raises(shequ.InvalidInputError, match="value"):
        scenario.set("households", "111", 1.5)  # type: ignore[arg-type]
    assert scenario.num_edits == 0
    assert scenario.compare().empty


def test_comparison_is_a_frame_with_causes(scenario: shequ.Scenario) -> None:
    branch = scenario.branch()
    branch.add("households", "111", 350)
    branch.add("workers", "112", 1)
    frame = branch.compare(scenario)
    assert list(frame.columns) == [
        "unit", "code", "name", "level", "measure", "before", "after", "difference", "edit", "edit_of_before",
    ]  # fmt: skip
    root = frame[frame.unit == 0].set_index("measure")
    assert root.loc["households", "difference"] == 350
    assert root.loc["posts", "edit"] == 1
    assert root.loc["shortage", "edit"] == 2
    assert scenario.num_edits == 0


def test_a_file_gives_the_same_scenario_on_the_same_base(scenario: shequ.Scenario, tmp_path: Path) -> None:
    scenario.set("workers", "112", None)
    scenario.set_rule(shequ.StaffingRatio(per=200, basis="households"), "12")
    scenario.set_rule(shequ.StaffingTable([(700, 5, 9), (5000, 10)], basis="households"), "11", setting="urban")
    made = scenario.create("12", name="新区", setting="rural")
    scenario.move("1211", made)
    scenario.split(made, [{"name": "a", "children": ["1211"]}, {"name": "b"}])
    scenario.abolish("new-3")
    path = tmp_path / "plan.json"
    scenario.save(path)
    loaded = scenario.load(path)
    assert loaded.compare(scenario).empty
    assert loaded.edits() == scenario.edits()
    assert "新区" in path.read_text(encoding="utf-8")

    changed = columns()
    changed["workers"] = np.ma.array([0, 0, 9, 3, 0, 5, 0], mask=[1, 1, 0, 0, 1, 0, 1])
    other = shequ.Scenario(tree(), changed, shequ.StaffingRule())
    with pytest.raises(shequ.InvalidInputError, match="column workers differ"):
        other.load(path)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["edits"].append({"kind": "abolish", "units": ["111"]})
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(shequ.InvalidInputError, match="edit 8.*would be lost"):
        scenario.load(path)


def test_a_district_is_a_base() -> None:
    district = shequ.sample_district(seed=1)
    scenario = shequ.Scenario(district, rules=shequ.StaffingRule())
    sheet = shequ.StaffingRule().posts(
        district.columns["households"][district.hierarchy.at_level("community")].filled(0)
    )
    assert scenario.total("communities") == len(district.hierarchy.at_level("community"))
    assert scenario.total("posts") is not None
    assert scenario.total("posts") <= int(sheet.sum())


def test_a_scenario_pickles_with_its_edits(scenario: shequ.Scenario) -> None:
    scenario.set_rule(shequ.StaffingRatio(per=200, basis="households"), "12")
    scenario.merge(["111", "112"], name="东西")
    scenario.add("workers", "new-1", 2)
    scenario.set("workers", "new-1", None)
    scenario.undo()
    again = pickle.loads(pickle.dumps(scenario))
    assert again.edits() == scenario.edits()
    assert again._base.fingerprints() == scenario._base.fingerprints()
    for unit in range(len(scenario)):
        assert again.exists(unit) == scenario.exists(unit)
        if scenario.exists(unit):
            for measure in (*scenario.columns, "posts", "shortage", "surplus", "communities"):
                assert again.total(measure, unit) == scenario.total(measure, unit)
    assert copy.deepcopy(scenario).edits() == scenario.edits()

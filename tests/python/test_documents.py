# SPDX-License-Identifier: BSD-3-Clause
"""Plans and problem reports as JSON: valid by their schemas, and the same as what they tell of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import shequ
from shequ._documents import geo_problems_document, write_document
from shequ._grid_plan import GridPlan
from shequ.geo import GeoProblem
from shequ.grids import divide_district, read_plan_labels

SCHEMAS = Path(shequ.__file__).parent / "schemas"


def check(document: Any, name: str) -> None:
    jsonschema = pytest.importorskip(
        "jsonschema", reason="checks documents against the schema; a package for tests only"
    )
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)


@pytest.fixture(scope="module")
def plan() -> GridPlan:
    return divide_district(shequ.sample_district(0), steps=500)


def test_a_plan_is_valid_by_its_schema_and_tells_every_atom(plan: GridPlan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    plan.write_json(path)
    document = json.loads(path.read_text(encoding="utf-8"))
    check(document, "plan")
    assert [grid["code"] for grid in document["grids"]] == [grid.code for grid in plan.grids]
    assert sum(atom["households"] for atom in document["atoms"]) == int(plan.households.sum())
    for k, grid in enumerate(document["grids"]):
        assert sum(atom["households"] for atom in document["atoms"] if atom["grid"] == k) == grid["households"]
    assert read_plan_labels(path) == dict(zip(plan.atom_ids, plan.labels.tolist(), strict=True))


def test_a_plan_that_was_read_is_last_years_plan_of_a_problem(plan: GridPlan, tmp_path: Path) -> None:
    district = shequ.sample_district(0)
    assert district.atoms is not None
    plan.write_json(tmp_path / "plan.json")
    last = shequ.objectives.Disturbance(read_plan_labels(tmp_path / "plan.json"))
    problem = shequ.Problem(district.atoms.graph(), weights="households", lower=1, upper=5000, objective=last)
    assert shequ.certify(problem, plan.labels).objective == 0


def test_the_report_of_a_table_is_valid_by_its_schema(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(
        "街道,社区,代码,户数\n甲街道,一社区,320412001001,1200户\n甲街道,二社区,3204120010,约900\n", encoding="utf-8"
    )
    report = shequ.io.read_ledger(table).report
    saved = report.save(tmp_path / "report.json")
    document = json.loads(saved.read_text(encoding="utf-8"))
    check(document, "problems")
    assert document["rows"]["rows"] == document["rows"]["used"] + document["rows"]["rejected"] == 2
    assert [problem["code"] for problem in document["problems"]] == [issue.code for issue in report.issues]
    assert document["problems"][0]["chinese"] == report.issues[0].message("zh")


def test_the_problems_of_a_town_are_valid_by_the_same_schema(tmp_path: Path) -> None:
    problem = GeoProblem("warning", "island", ("a", 7), "a touches no other", "a 不与其他楼栋相邻")
    document = geo_problems_document([problem])
    check(document, "problems")
    check(geo_problems_document([]), "problems")
    write_document(tmp_path / "problems.json", document)
    assert json.loads((tmp_path / "problems.json").read_text(encoding="utf-8")) == document
    assert document["problems"][0]["atoms"] == ["a", "7"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is no plan that write_json wrote"),
        ("[]", "is no plan that write_json wrote"),
        (
            '{"format": "shequ plan", "version": 2, "atoms": []}',
            'format "shequ plan", version 2, and must have "shequ plan", 1',
        ),
        ('{"format": "shequ problems", "version": 1}', 'format "shequ problems"'),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(shequ.InvalidInputError, match=message):
        read_plan_labels(path)

# SPDX-License-Identifier: BSD-3-Clause
"""Certificates as files: written, read back, described by the schema, checked by the command."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from random_problems import OBJECTIVES, random_labels, random_problem

import shequ
from shequ import checker, objectives
from shequ.certificate import Certificate, read_certificate
from shequ.checker._document import KINDS
from shequ.districting import ViolationKind

SCHEMA = Path(shequ.__file__).parent / "schemas" / "certificate.schema.json"

BLOCKS = shequ.Graph.from_edges(
    4, [(0, 1), (1, 2), (2, 3)], ids=["甲", ("乙", 2), 3, 4.5],
    edge_columns={"border_m": np.ma.array([1.5, 2.0, 3.0], mask=[0, 1, 0]), "barrier": np.array(["无", "路", "河"])},
)  # fmt: skip


def blocks_problem(**options: Any) -> shequ.Problem:
    return shequ.Problem(BLOCKS, **{"weights": [150, 200, 180, 170], "lower": 300, "upper": 500, **options})


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema = pytest.importorskip(
        "jsonschema", reason="checks documents against the schema; a package for tests only"
    )
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("seed", range(18))
def test_documents_are_valid_by_the_schema_and_read_back_as_the_same_problem(
    seed: int, validator: Any, tmp_path: Path
) -> None:
    problem, labels = random_problem(seed, OBJECTIVES[seed % 6 :: 6] if seed < 12 else None)
    for plan in (labels, random_labels(labels, seed)):
        first = shequ.certify(problem, plan)
        assert [error.message for error in validator.iter_errors(first.document())] == []
        first.write(tmp_path / "plan.json")
        again = read_certificate(tmp_path / "plan.json")
        assert again.to_json() == first.to_json()
        assert again.ok == first.ok
        np.testing.assert_array_equal(again.labels, plan)
        assert again.problem.graph.ids == problem.graph.ids


@pytest.mark.parametrize("seed", range(3))
def test_the_schema_and_the_checker_refuse_the_same_documents(seed: int, validator: Any) -> None:
    problem, labels = random_problem(seed)
    document = shequ.certify(problem, labels).document()

    def places(value: Any) -> list[tuple[Any, Any]]:
        keys = list(value) if isinstance(value, dict) else range(min(1, len(value))) if isinstance(value, list) else ()
        return [place for key in keys for place in [(value, key), *places(value[key])]]

    for table, key in places(document):
        kept = table[key]
        for wrong in ("?", 0.5, {}, True, [None]):
            table[key] = wrong
            if not validator.is_valid(document):
                with pytest.raises(checker.Unreadable):
                    checker.read(document)
        table[key] = kept
    assert checker.check(checker.read(document)).ok


def test_a_certificate_holds_problem_plan_and_claims() -> None:
    problem = blocks_problem(parts=2)
    plan = shequ.solve(problem, seed=5)
    certificate = shequ.certify(problem, plan)
    assert certificate.problem is problem
    assert certificate.labels.tolist() == [0, 0, 1, 1]
    assert not certificate.labels.flags.writeable
    assert (certificate.status, certificate.bound) == (plan.status.name.lower(), plan.bound)
    document = json.loads(certificate.to_json())
    assert document["problem"]["ids"] == ["甲", ["乙", 2], 3, 4.5]
    assert document["problem"]["edge_columns"] == {"border_m": [1.5, None, 3.0], "barrier": ["无", "路", "河"]}
    assert document["claims"] == {
        "ok": True, "objective": 1, "terms": [1], "part_count": 2, "part_weights": [350, 350], "violations": [],
        "status": plan.status.name.lower(), "bound": plan.bound, "seed": 5, "steps": plan.steps,
    }  # fmt: skip
    bare = shequ.certify(problem, [0, 0, 1, 1])
    assert (bare.status, bare.bound) == (None, None)


def test_violations_stand_in_the_file_in_both_languages() -> None:
    [violation] = shequ.certify(blocks_problem(), {"甲": 0, ("乙", 2): 0, 3: 0}).document()["claims"]["violations"][:1]
    assert violation == {
        "kind": "unassigned", "part": -1, "nodes": [3], "amount": 1, "english": "1 node in no part: 4.5",
        "chinese": "1 个节点未划入任何网格：4.5",
    }  # fmt: skip


def test_a_certificate_is_copied_pickled_and_shown_like_what_was_found() -> None:
    certificate = shequ.certify(blocks_problem(objective=objectives.Staff()), [0, 0, 1, 1])
    copy = pickle.loads(pickle.dumps(certificate))
    assert isinstance(copy, Certificate)
    assert copy.to_json() == certificate.to_json()
    assert repr(certificate) == "Certificate(ok=True, violations=0, objective=8)"
    assert "keeps every rule" in str(certificate)
    assert "<table" in certificate._repr_html_()


def test_ids_that_no_file_can_hold_are_named() -> None:
    graph = shequ.Graph.from_edges(2, [(0, 1)], ids=["a", frozenset({1})])
    certificate = shequ.certify(shequ.Problem(graph, [1, 1], lower=0, upper=2), [0, 0])
    with pytest.raises(shequ.InvalidInputError, match=r"graph\.ids\[1\]=frozenset\(\{1\}\) must be a text"):
        certificate.to_json()


def test_a_file_is_replaced_only_when_all_is_written(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    shequ.certify(blocks_problem(), [0, 0, 1, 1]).write(file)
    before = file.read_bytes()
    graph = shequ.Graph.from_edges(1, [], ids=[float("nan")])
    with pytest.raises(shequ.InvalidInputError):
        shequ.certify(shequ.Problem(graph, [1], lower=0, upper=2), [0]).write(file)
    assert file.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.json"]


@pytest.mark.parametrize("content", ["{}", "[1", '{"format": "shequ certificate", "version": 9}'])
def test_files_that_are_no_certificates_are_named(content: str, tmp_path: Path) -> None:
    file = tmp_path / "方案.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(shequ.InvalidInputError, match=r"方案\.json: ") as caught:
        shequ.read_certificate(file)
    assert "方案.json：" in caught.value.message("zh")
    with pytest.raises(shequ.InvalidInputError, match="cannot be read"):
        shequ.read_certificate(tmp_path / "none.json")


def test_a_problem_in_a_file_that_none_can_be_is_refused(tmp_path: Path) -> None:
    document = shequ.certify(blocks_problem(), [0, 0, 1, 1]).document()
    document["problem"].update(lower=501)
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(shequ.InvalidInputError, match="upper=500"):
        shequ.read_certificate(file)


def test_certify_stays_callable_when_the_module_of_that_name_is_imported() -> None:
    code = (
        "import shequ\n"
        "g = shequ.Graph.from_edges(2, [(0, 1)])\n"
        "p = shequ.Problem(g, [1, 1], lower=1, upper=1)\n"
        "assert shequ.certify(p, [0, 1]).ok\n"
        "import shequ.certify\n"
        "assert shequ.certify(p, [0, 1]).ok and not shequ.certify(problem=p, labels=[0, 0]).ok\n"
        "from shequ import certify\n"
        "assert certify(p, shequ.solve(p)).ok\n"
        "from shequ.certify import main\n"
        "assert callable(main)\n"
        "import importlib; importlib.reload(sys.modules['shequ.certify'])\n"
        "assert shequ.certify(p, [0, 1]).ok\n"
    )
    done = subprocess.run([sys.executable, "-c", "import sys\n" + code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_module_is_a_command(tmp_path: Path) -> None:
    shequ.certify(blocks_problem(), [0, 0, 1, 1]).write(tmp_path / "plan.json")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    for arguments, code in ((["plan.json"], 0), (["none.json"], 2), ([], 2)):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "shequ.certify", *arguments], capture_output=True, text=True,
            check=False, cwd=tmp_path, encoding="utf-8", env=environment,
        )  # fmt: skip
        assert done.returncode == code, done


def test_the_file_leaves_out_no_rule_no_objective_and_no_kind_of_violation() -> None:
    problem, labels = random_problem(0)
    stated = set(shequ.certify(problem, labels).document()["problem"])
    assert set(problem.arguments) <= stated
    assert {kind.name.lower() for kind in ViolationKind} == set(KINDS)
    named = {getattr(objectives, name).name for name in objectives.__all__ if name != "Objective"}
    assert named == set(OBJECTIVES)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    violation = schema["claims"]["properties"]["violations"]["items"]["properties"]["kind"]["enum"]
    assert violation == list(KINDS)

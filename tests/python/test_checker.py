# SPDX-License-Identifier: BSD-3-Clause
"""The checker of certificates agrees with the core on plans of every kind, and finds every kind of tampering."""

from __future__ import annotations

import copy
import json
import math
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_problems import OBJECTIVES, random_labels, random_problem

import shequ
from shequ import checker, objectives
from shequ.checker.__main__ import main
from shequ.checker._circle import squared_radius

SEEDS = st.integers(0, 2**32)
QUICK = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def document_of(problem: shequ.Problem, labels: object) -> dict[str, Any]:
    """Return the document as a reader of the file gets it."""
    return json.loads(shequ.certify(problem, labels).to_json())  # type: ignore[no-any-return]


def findings(document: dict[str, Any]) -> list[str]:
    return checker.check(checker.read(document)).lines("en")


@QUICK
@given(SEEDS)
def test_a_hidden_plan_that_keeps_rules_of_every_kind_is_right(seed: int) -> None:
    problem, labels = random_problem(seed)
    certificate = shequ.certify(problem, labels)
    assert [violation.message() for violation in certificate.violations] == []
    assert findings(document_of(problem, labels)) == []


@QUICK
@given(SEEDS)
def test_solve_certify_and_the_checker_agree(seed: int) -> None:
    problem, _ = random_problem(seed)
    plan = shequ.solve(problem, seed=seed, steps=2000, time_limit_s=60.0)
    certificate = shequ.certify(problem, plan)
    report = checker.check(checker.read(json.loads(certificate.to_json())))
    kept = plan.status in (shequ.PlanStatus.OPTIMAL, shequ.PlanStatus.FEASIBLE)
    assert certificate.ok == kept
    assert report.ok == kept
    assert certificate.objective == plan.objective
    # Of a plan that breaks rules the file says so: the rules are all there is to find.
    assert [line for line in report.lines() if not line.startswith("the plan breaks a rule")] == []
    assert len(report.findings) == len(certificate.violations)


@QUICK
@given(SEEDS)
def test_core_and_checker_list_the_same_violations_of_faulty_plans(seed: int) -> None:
    problem, labels = random_problem(seed)
    changed = random_labels(labels, seed)
    certificate = shequ.certify(problem, changed)
    lines = findings(document_of(problem, changed))
    assert all(line.startswith("the plan breaks a rule: ") for line in lines), lines
    assert len(lines) == len(certificate.violations)


@pytest.mark.parametrize("name", OBJECTIVES)
@settings(QUICK, max_examples=25)
@given(seed=SEEDS)
def test_each_objective_has_the_same_value_from_its_definition(name: str, seed: int) -> None:
    problem, labels = random_problem(seed, [name])
    for plan in (labels, random_labels(labels, seed)):
        document = document_of(problem, plan)
        assert [line for line in findings(document) if line.startswith("claims.")] == []
        document["claims"]["terms"][0] += 1
        assert any(line.startswith(f"claims.terms[0] ({name}) is") for line in findings(document))


def street(num_nodes: int = 6, **options: Any) -> shequ.Problem:
    graph = shequ.Graph.from_edges(num_nodes, [(i, i + 1) for i in range(num_nodes - 1)])
    given = {"weights": [100] * num_nodes, "lower": 300, "upper": 300, **options}
    return shequ.Problem(graph, **given)


TAMPERED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a label": (lambda d: d["labels"].__setitem__(0, 1), "the plan breaks a rule: part 0 weighs 200, below 300"),
    "a part torn": (lambda d: d.update(labels=[0, 0, 1, 0, 1, 1]), "part 0 is in 2 pieces"),
    "a node in no part": (lambda d: d["labels"].__setitem__(5, -1), "nodes in no part: 5"),
    "an unknown part": (lambda d: d["labels"].__setitem__(5, 9), "nodes whose label is no number of a part: 5"),
    "a part left out": (lambda d: d.update(labels=[0, 0, 0, 2, 2, 2]), "part 1 has no node"),
    "a weight": (lambda d: d["problem"]["weights"].__setitem__(0, 101), "part 0 weighs 301, above 300"),
    "an edge taken": (lambda d: d["problem"]["edges"].pop(0), "part 0 is in 2 pieces"),
    "an edge added": (lambda d: d["problem"]["edges"].append([0, 5]), "claims.terms[0] (cut_edges) is 1 and must be 2"),
    "a bound": (lambda d: d["problem"].update(lower=301), "part 1 weighs 300, below 301"),
    "a number of parts": (lambda d: d["problem"].update(parts=[3, 4]), "2 parts where 3 to 4 are asked for"),
    "a balance": (
        lambda d: d["problem"]["balances"].append({"name": "面积", "weights": [1] * 6, "lower": 0, "upper": 2}),
        "面积 of part 0 is 3, above 2",
    ),
    "a group": (lambda d: d["problem"]["together"].append([0, 5]), "together[0] lies in several parts: 0, 5"),
    "a pair apart": (lambda d: d["problem"]["apart"].append([0, 1]), "nodes that must be apart lie in part 0: 0, 1"),
    "a lock": (lambda d: d["problem"].update(locked=[7, -1, -1, -1, -1, 7]), "nodes locked to 7 lie in several parts"),
    "two locks": (
        lambda d: d["problem"].update(locked=[7, 8, -1, -1, -1, -1]),
        "part 0 holds nodes locked to 7 and to 8",
    ),
    "a closed part": (lambda d: d["problem"].update(locked=[7, -1, -1, -1, -1, -1], closed=[7]), "part 0 is closed"),
    "the verdict": (lambda d: d["claims"].update(ok=False), "claims.ok is false and must be true"),
    "the objective": (lambda d: d["claims"].update(objective=0), "claims.objective is 0 and must be 1"),
    "a term": (lambda d: d["claims"].update(terms=[0], objective=0), "claims.terms[0] (cut_edges) is 0 and must be 1"),
    "a term more": (lambda d: d["claims"]["terms"].append(0), "claims.terms.length is 2 and must be 1"),
    "the price of a term": (
        lambda d: d["problem"]["objective"][0].update(weight=3),
        "claims.objective is 1 and must be 3",
    ),
    "the count": (lambda d: d["claims"].update(part_count=3), "claims.part_count is 3 and must be 2"),
    "a part's weight": (lambda d: d["claims"]["part_weights"].__setitem__(1, 299), "claims.part_weights[1] is 299"),
    "a weight left out": (lambda d: d["claims"]["part_weights"].pop(), "claims.part_weights.length is 1 and must be 2"),
    "an invented violation": (
        lambda d: d["claims"]["violations"].append({"kind": "apart", "part": 0, "nodes": [0, 1], "amount": 2}),
        "claims.violations lists apart of part 0 by 2",
    ),
    "optimal without a bound": (
        lambda d: d["claims"].update(status="optimal", bound=None),
        "is not claims.objective=1",
    ),
    "a bound above": (lambda d: d["claims"].update(status="feasible", bound=2), "claims.bound=2 must be at most"),
    "infeasible": (
        lambda d: d["claims"].update(status="infeasible"),
        'claims.status is "infeasible" and the plan keeps',
    ),
    "unknown": (
        lambda d: d["claims"].update(status="unknown"),
        'claims.status is "unknown" and the plan keeps every rule',
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_found(what: str) -> None:
    problem = street()
    document = json.loads(shequ.certify(problem, shequ.solve(problem)).to_json())
    assert findings(document) == []
    change, words = TAMPERED[what]
    change(document)
    report = checker.check(checker.read(document))
    assert not report.ok
    assert any(words in line for line in report.lines("en")), report.lines("en")
    assert len(report.lines("zh")) == len(report.lines("en"))
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in line) for line in report.lines("zh"))


def test_violations_that_a_certificate_conceals_or_plays_down_are_found() -> None:
    document = document_of(street(), [0, 0, 0, 0, 1, 1])
    assert [line for line in findings(document) if line.startswith("claims.")] == []
    softened = copy.deepcopy(document)
    softened["claims"]["violations"][0]["amount"] = 1
    assert any("leaves out: part 0 weighs 400" in line for line in findings(softened))
    document["claims"].update(violations=[], ok=True, status="feasible")
    lines = findings(document)
    assert any("claims.ok is true and must be false" in line for line in lines)
    assert any("claims.violations leaves out: part 1 weighs 200, below 300" in line for line in lines)
    assert any('claims.status is "feasible" and the plan breaks rules' in line for line in lines)


def test_any_changed_number_of_a_random_certificate_is_found_or_changes_no_claim() -> None:
    """Each claimed number of many certificates is changed by one: no such change may pass."""
    passed = []
    for seed in range(30):
        problem, labels = random_problem(seed)
        document = document_of(problem, labels)
        claims = document["claims"]
        places = [(claims, key) for key in ("objective", "part_count")]
        places += [(claims[key], i) for key in ("terms", "part_weights") for i in range(len(claims[key]))]
        for table, key in places:
            table[key] += 1
            passed += [] if findings(document) else [(seed, key)]
            table[key] -= 1
        assert findings(document) == []
    assert passed == []


def test_numbers_beyond_the_floats_stay_exact() -> None:
    heavy = [10**12 - i for i in range(6)]
    graph = shequ.Graph.from_edges(6, [(i, i + 1) for i in range(5)])
    far = np.array([[10**12 - 1]] * 6)
    problem = shequ.Problem(
        graph,
        heavy,
        lower=0,
        upper=4 * 10**18,
        objective=[(objectives.Travel(far), 10**5), (objectives.Deviation(), 1)],
    )
    document = document_of(problem, [0, 0, 0, 1, 1, 1])
    assert document["claims"]["objective"] == 10**5 * 6 * (10**12 - 1) + 9 > 2**53
    assert document["claims"]["objective"] % 2 == 1
    assert findings(document) == []
    document["claims"]["objective"] += 1
    assert findings(document) == [
        f"claims.objective is {document['claims']['objective']} and must be {document['claims']['objective'] - 1}"
    ]


def test_the_moment_of_inertia_of_enormous_weights_passes() -> None:
    graph = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)])
    weights = [10**12, 10**12 - 1, 7, 10**12 - 11]
    problem = shequ.Problem(
        graph, weights, lower=0, upper=4 * 10**18, objective=objectives.Inertia([0, 1, 5, 700], [0, 3, 1, 11])
    )
    document = document_of(problem, [0, 0, 0, 0])
    assert findings(document) == []
    document["claims"]["terms"][0] += 1000
    document["claims"]["objective"] += 1000
    assert len(findings(document)) == 1


@pytest.mark.parametrize("seed", range(20))
def test_the_smallest_circle_holds_all_points_and_none_is_smaller(seed: int) -> None:
    rng = random.Random(seed)
    points = [(rng.randint(-9, 9), rng.randint(-9, 9)) for _ in range(rng.randint(1, 12))]
    radius = math.sqrt(squared_radius(points))

    # The farthest distance from a centre is convex in the centre: a search by halves finds its least value.
    def farthest(x: float, y: float) -> float:
        return max(math.hypot(x - a, y - b) for a, b in points)

    def least(value: Callable[[float], float]) -> tuple[float, float]:
        low, high = -10.0, 10.0
        for _ in range(90):
            one, two = low + (high - low) / 3, high - (high - low) / 3
            low, high = (low, two) if value(one) < value(two) else (one, high)
        return low, value(low)

    assert radius == pytest.approx(least(lambda x: least(lambda y: farthest(x, y))[1])[1], abs=1e-6)


BAD: list[tuple[Callable[[dict[str, Any]], object], str, str]] = [
    (lambda d: d.pop("labels"), "document lacks labels", "document 缺少 labels"),
    (lambda d: d.update(extra=1), "document has the unknown field extra", "未知的字段 extra"),
    (lambda d: d.update(format="plan"), 'format="plan" must be one of shequ certificate', "以下之一"),
    (lambda d: d.update(version=2), "version=2 must be in [1, 1]", "之间的整数"),
    (lambda d: d["labels"].pop(), "labels of 5 entries must be of 6", "6 项的列表"),
    (lambda d: d["labels"].__setitem__(0, 0.0), "labels[0] must be a whole number", "必须是整数"),
    (lambda d: d["labels"].__setitem__(0, True), "labels[0] must be a whole number", "必须是整数"),
    (lambda d: d["problem"]["weights"].__setitem__(2, -1), "problem.weights[2]=-1 must be 0 or more", "不小于 0"),
    (lambda d: d["problem"]["ids"].__setitem__(1, 0), "problem.ids[1]=0 repeats problem.ids[0]", "重复"),
    (lambda d: d["problem"]["ids"].__setitem__(1, None), "problem.ids[1] must be a text, a number", "文字、数字"),
    (lambda d: d["problem"]["edges"].append([1, 0]), "problem.edges[5] repeats problem.edges[0]", "重复"),
    (lambda d: d["problem"]["edges"].append([1, 1]), "problem.edges[5] must be two different nodes", "两个不同"),
    (lambda d: d["problem"]["edges"].append([1, 6]), "problem.edges[5]=6 must be in [0, 5]", "之间的整数"),
    (lambda d: d["problem"]["edges"].append(3), "problem.edges[5] must be a list", "列表"),
    (lambda d: d["problem"].update(edge_columns=[]), "problem.edge_columns must be an object", "对象"),
    (lambda d: d["problem"].update(edge_columns={"m": [1]}), "problem.edge_columns.m of 1 entries must be of 5", "5 项"),
    (lambda d: d["problem"].update(parts=[0, 1]), "problem.parts[0]=0 must be 1 or more", "不小于 1"),
    (lambda d: d["problem"].update(closed=[3]), "problem.closed[0]=3 must be a number in problem.locked", "编号"),
    (lambda d: d["problem"].update(objective=[{"name": "beauty", "weight": 1}]), '.name="beauty" must be one of', "之一"),
    (lambda d: d["problem"].update(objective=[7]), "problem.objective[0].name must be a text", "文字"),
    (lambda d: d["problem"].update(objective=[{"name": "travel", "weight": 1}]), "[0] lacks distances", "缺少 distances"),
    (
        lambda d: d["problem"].update(objective=[{"name": "travel", "weight": 1, "distances": [[]] * 6}]),
        "distances[0] must be a list of 1 or more", "至少 1 项",
    ),
    (lambda d: d["claims"].update(ok=1), "claims.ok must be true or false", "true 或 false"),
    (lambda d: d["claims"].update(status="fine"), 'claims.status="fine" must be one of optimal', "之一"),
    (lambda d: d["claims"].update(bound=0.5), "claims.bound must be a whole number", "整数"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "english", "chinese"), BAD)
def test_what_has_not_the_form_is_refused(
    change: Callable[[dict[str, Any]], object], english: str, chinese: str
) -> None:
    document = document_of(street(), [0, 0, 0, 1, 1, 1])
    change(document)
    with pytest.raises(checker.Unreadable) as caught:
        checker.read(document)
    assert english in str(caught.value)
    assert chinese in caught.value.chinese


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "the file must be JSON in UTF-8"),
        (b"\xff\xfe", "the file must be JSON in UTF-8"),
        (b"[" * 100_000, "the file must be JSON in UTF-8"),
        (b'{"format": NaN}', "NaN is no number of JSON"),
        (b'{"format": 1, "format": 2}', "the field format stands twice"),
        (b"[]", "document must be an object"),
        (b"", "the file must be JSON in UTF-8"),
    ],
)
def test_files_that_are_none_are_refused(content: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(content)
    with pytest.raises(checker.Unreadable, match=words):
        checker.load(file)


def test_the_command_says_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = street()
    right, wrong = tmp_path / "right.json", tmp_path / "wrong.json"
    shequ.certify(problem, shequ.solve(problem)).write(right)
    shequ.certify(problem, [0, 0, 0, 0, 1, 1]).write(wrong)
    assert main([str(right)]) == 0
    said = capsys.readouterr().out
    assert "right.json: right: 2 parts of 300, objective 1 (cut_edges), 6 nodes" in said
    assert "(not checked: that no plan has an objective below" in said
    assert main([str(right), str(wrong)]) == 1
    said = capsys.readouterr().out
    assert "right.json: right" in said
    assert "wrong.json: WRONG" in said
    assert "  - the plan breaks a rule: part 0 weighs 400, above 300" in said
    assert main([str(wrong), str(tmp_path / "none.json"), "--lang", "zh"]) == 2
    said = capsys.readouterr().out
    assert "wrong.json：有误：2 个网格，各 200 至 400，目标值 1 (cut_edges)，6 个节点" in said
    assert "方案违反规则：网格 0 的户数为 400，高于上限 300" in said
    assert "none.json：无法读取：无法读取文件：" in said


def _run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=cwd, encoding="utf-8"
    )


def test_the_folder_of_the_checker_works_alone(tmp_path: Path) -> None:
    problem = street()
    shequ.certify(problem, shequ.solve(problem)).write(tmp_path / "plan.json")
    source = Path(checker.__file__).parent
    alone = tmp_path / "elsewhere" / "checker"
    shutil.copytree(source, alone, ignore=shutil.ignore_patterns("__pycache__"))
    done = _run("-I", str(alone), "plan.json", cwd=tmp_path)  # -I: neither the folder nor the environment count
    assert (done.returncode, done.stderr) == (0, "")
    assert "plan.json: right" in done.stdout
    code = (
        "import runpy, sys; sys.argv = ['checker', 'plan.json']\n"
        "try:\n    runpy.run_path(sys.path.pop(), run_name='__main__')\n"
        "except SystemExit as end:\n    assert end.code == 0, end.code\n"
        "loaded = sorted(name for name in sys.modules if name.split('.')[0] in ('shequ', 'numpy'))\n"
        "assert not [name for name in loaded if name.startswith('shequ')], loaded\n"
    )
    done = _run("-c", f"import sys; sys.path.append({str(alone)!r})\n{code}", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_checker_imports_nothing_but_itself_networkx_and_the_standard_library() -> None:
    import ast

    for file in Path(checker.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [str(node.module)]
            for name in names:
                assert name.split(".")[0] in {"networkx", *sys.stdlib_module_names}, (file.name, name)

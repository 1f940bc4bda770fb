# SPDX-License-Identifier: BSD-3-Clause
"""Problems, diagnoses, plans and certificates; networkx is the independent judge of contiguity."""

import copy
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shequ
from shequ import InvalidInputError
from shequ.districting import (
    Plan,
    PlanStatus,
    Problem,
    ReasonKind,
    SolveProgress,
    StopReason,
    ViolationKind,
    certify,
    diagnose,
    part_count_range,
    solve,
    solve_many,
)
from shequ.graph import Graph

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "districting"
GOOD = {PlanStatus.FEASIBLE, PlanStatus.OPTIMAL}


def blocks(rows: int, columns: int) -> Graph:
    return Graph.from_networkx(nx.convert_node_labels_to_integers(nx.grid_2d_graph(rows, columns)))


def judge(problem: Problem, plan: Plan) -> bool:
    """Say whether a plan keeps bounds and contiguity, by networkx alone."""
    graph = nx.Graph()
    graph.add_nodes_from(range(problem.graph.num_nodes))
    graph.add_edges_from(problem.graph.edges.tolist())
    for part in range(plan.part_count):
        nodes = np.flatnonzero(plan.labels == part).tolist()
        weight = int(problem.weights[nodes].sum())
        if not nodes or not problem.lower <= weight <= problem.upper or not nx.is_connected(graph.subgraph(nodes)):
            return False
    return problem.parts is None or problem.parts[0] <= plan.part_count <= problem.parts[1]


def problem_of_real_data(name: str, parts: int, lower: int, upper: int) -> Problem:
    path = DATA / f"{name}.json"
    if not path.exists():
        pytest.skip(f"no real data at {path}")
    return Problem(Graph.from_json(path), weights="TOTPOP", parts=parts, lower=lower, upper=upper)


def test_new_mexico_is_divided_within_half_a_percent_with_a_good_cut() -> None:
    problem = problem_of_real_data("NM_tract", 3, 682_962, 689_824)
    plan = solve(problem)
    assert plan.status is PlanStatus.FEASIBLE
    assert judge(problem, plan)
    assert certify(problem, plan).ok
    assert plan.objective <= 46  # best known 43; 10,000 steps of tree recombination reach 46


def test_ohio_is_diagnosed_its_island_named_and_the_rest_answered() -> None:
    problem = problem_of_real_data("OH_tract", 16, 684_980, 757_083)
    diagnosis = diagnose(problem)
    assert diagnosis.feasible is False
    assert diagnosis.component_count == 2
    assert [reason.kind for reason in diagnosis.reasons] == [ReasonKind.COMPONENT_BELOW_LOWER]
    assert [problem.graph.ids[i] for i in diagnosis.reasons[0].nodes] == [1335]
    assert "1335" in diagnosis.reasons[0].message("zh")
    plan = solve(problem, steps=300_000)
    assert plan.status is PlanStatus.INFEASIBLE
    certificate = certify(problem, plan)
    broken = {(violation.kind, tuple(violation.nodes)) for violation in certificate.violations if violation.part >= 0}
    assert broken == {(ViolationKind.BELOW_LOWER, (1335,))}  # all others keep the bounds


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(1, 7),
    columns=st.integers(1, 7),
    seed=st.integers(0, 2**64 - 1),
    lower=st.integers(0, 60),
    width=st.integers(0, 80),
    parts=st.one_of(st.none(), st.integers(1, 6), st.tuples(st.integers(1, 3), st.integers(3, 6))),
)
def test_plans_are_what_they_say(
    rows: int, columns: int, seed: int, lower: int, width: int, parts: int | tuple[int, int] | None
) -> None:
    graph = blocks(rows, columns)
    weights = np.random.default_rng(seed).integers(0, 20, graph.num_nodes)
    problem = Problem(graph, weights=weights, parts=parts, lower=lower, upper=lower + width)
    plan = solve(problem, seed=seed, steps=20_000)
    certificate = certify(problem, plan)
    assert certificate.ok == judge(problem, plan) == (plan.status in GOOD)
    assert (
        certificate.objective
        == plan.objective
        == int((plan.labels[graph.edges[:, 0]] != plan.labels[graph.edges[:, 1]]).sum())
    )
    assert plan.part_weights.sum() == weights.sum()
    assert plan.part_weights.tolist() == certificate.part_weights.tolist()
    diagnosis = diagnose(problem)
    if plan.status in GOOD:
        assert diagnosis.feasible is not False
    assert (plan.status is PlanStatus.INFEASIBLE) == (diagnosis.feasible is False)
    if plan.bound is not None and plan.status in GOOD:
        assert plan.bound <= plan.objective


def test_the_same_seed_gives_the_same_labels_on_any_number_of_threads() -> None:
    problem = Problem(blocks(12, 12), weights=np.arange(144) % 7 + 1, parts=5, lower=100, upper=130)
    labels = [solve(problem, seed=3, steps=40_000, threads=threads).labels.tolist() for threads in (1, 2, 4)]
    assert labels[0] == labels[1] == labels[2]


def test_threads_may_share_a_problem() -> None:
    problem = Problem(blocks(10, 10), weights=np.ones(100, dtype=np.int64), parts=4, lower=24, upper=26)
    plans: list[Plan] = []
    workers = [threading.Thread(target=lambda: plans.append(solve(problem, steps=40_000))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({plan.labels.tobytes() for plan in plans}) == 1


def test_rules_are_given_by_the_users_ids() -> None:
    graph = Graph.from_edges(6, [(i, i + 1) for i in range(5)], ids=list("abcdef"))
    problem = Problem(
        graph,
        weights=[1] * 6,
        parts=2,
        lower=2,
        upper=4,
        together=[("a", "c")],
        apart=[("c", "d")],
        locked={"f": 7, "d": 7},
        start={"a": 0, "f": 1},
    )
    assert solve(problem).labels.tolist() == [0, 0, 0, 1, 1, 1]
    violations = certify(problem, {"a": 0, "b": 0, "c": 1, "d": 1, "e": 1, "f": 1}).violations
    assert {violation.kind for violation in violations} == {ViolationKind.TOGETHER, ViolationKind.APART}
    assert violations[0].message("zh").endswith("a、c")
    assert certify(problem, {"a": 0}).violations[0].kind is ViolationKind.UNASSIGNED


def test_the_shared_perimeter_is_made_small_in_units_of_the_user() -> None:
    graph = Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)], edge_columns={"metres": np.array([20.04, 35.0, 7.5])})
    problem = Problem(
        graph,
        weights=[1] * 4,
        parts=2,
        lower=1,
        upper=3,
        objective="shared_perimeter",
        edge_weights="metres",
        edge_unit=0.1,
    )
    assert solve(problem).objective == 75
    with pytest.raises(shequ.InvalidInputError, match="edge_weights has dtype float64"):
        Problem(graph, weights=[1] * 4, lower=1, upper=3, objective="shared_perimeter", edge_weights="metres")


def test_parts_possible_and_relaxations() -> None:
    assert part_count_range(1200, 300, 500) == (3, 4)
    assert part_count_range(550, 300, 500) is None
    path = Graph.from_edges(55, [(i, i + 1) for i in range(54)])
    diagnosis = diagnose(Problem(path, weights=[10] * 55, lower=300, upper=500))
    assert diagnosis.feasible is False
    assert [(r.lower, r.upper) for r in diagnosis.relaxations] == [(270, None), (None, 550)]
    assert diagnosis.relaxations[0].message("zh") == "将下限改为 270"


GRAPH = Graph.from_edges(3, [(0, 1), (1, 2)], ids=["甲", "乙", "丙"], columns={"h": np.array([1, 2, 3])})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"graph": 5}, "graph is of type int and must be a shequ.Graph"),
        ({"weights": "persons"}, 'weights="persons" must be one of graph.columns: h'),
        ({"weights": [1, 2]}, r"weights.*2.*3"),
        ({"weights": [1.5, 2, 3]}, "weights has dtype float64"),
        ({"weights": [1, np.nan, 3]}, r"weights\[1\] is NaN"),
        ({"weights": np.ma.array([1, 2, 3], mask=[0, 0, 1])}, r"weights\[2\] is missing"),
        ({"weights": [1, -2, 3]}, r"weights\[乙\]=-2 must be in \[0, 1000000000000\]"),
        ({"weights": np.array([1, 2**63, 3], dtype=np.uint64)}, "9223372036854775808"),
        ({"weights": [1, 10**12 + 1, 3]}, r"weights\[乙\]=1000000000001"),
        ({"weights": [[1, 2, 3]]}, "2 dimensions"),
        ({"weights": ["a", "b", "c"]}, "weights has dtype"),
        ({"lower": 5, "upper": 4}, r"upper=4 must be in \[5,"),
        ({"lower": -1}, "lower=-1 must be 0 or more"),
        ({"lower": 1.5}, "lower=1.5 must be a whole number"),
        ({"upper": 2**70}, f"upper={2**70} must be in"),
        ({"parts": 0}, "parts=0 must be 1 or more"),
        ({"parts": (2, 1)}, "parts.max=1 must be 2 or more"),
        ({"parts": (1, 2, 3)}, "pair"),
        ({"parts": 2**31}, "parts=2147483648"),
        ({"objective": "beauty"}, 'objective=\'beauty\' must be one of "cut_edges", "shared_perimeter"'),
        ({"objective": "shared_perimeter"}, "edge_weights"),
        ({"edge_weights": [1]}, "edge_weights"),
        ({"edge_weights": [1.0, np.inf], "edge_unit": 0.5}, r"edge_weights\[1\]=inf"),
        ({"edge_weights": [1.0, 2.0], "edge_unit": 0}, "edge_unit=0 must be above 0"),
        ({"together": [["甲", "丁"]]}, "node='丁' must be one of the 3 ids"),
        ({"apart": [("甲", "甲")]}, "two different nodes"),
        ({"apart": [("甲",)]}, r"apart\[0\]=\('甲',\) must be a pair"),
        ({"locked": [0]}, "locked"),
        ({"locked": {"甲": 1.5}}, r"locked\['甲'\]=1.5"),
        ({"start": [0, -2, 0]}, r"start\[乙\]=-2 must be -1 or more"),
        ({"start": [0.0, 1.0, 1.0]}, "start has dtype float64"),
    ],
)
def test_bad_arguments_are_named_with_value_and_what_is_allowed(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(shequ.InvalidInputError, match=message) as caught:
        Problem(**{"graph": GRAPH, "weights": "h", "lower": 0, "upper": 6, **arguments})  # type: ignore[arg-type]
    assert "必须" in caught.value.message("zh")


@pytest.mark.parametrize("options", [{"seed": -1}, {"seed": 2**64}, {"seed": 1.5}, {"steps": 0}, {"threads": 0}, {"time_limit_s": -1}, {"time_limit_s": float("nan")}])  # fmt: skip
def test_bad_options_are_named(options: dict[str, object]) -> None:
    with pytest.raises(shequ.InvalidInputError, match=next(iter(options))):
        solve(Problem(GRAPH, weights="h", lower=0, upper=6), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", ["<i4", ">i4", ">i8", "<u1", "<u8"])
def test_weights_of_any_integer_type_and_layout_are_read(dtype: str) -> None:
    values = np.array([1, 9, 2, 9, 3, 9], dtype=dtype)[::2]
    assert Problem(GRAPH, weights=values, lower=0, upper=6).weights.tolist() == [1, 2, 3]


def test_certify_refuses_labels_of_another_length_or_type() -> None:
    problem = Problem(GRAPH, weights="h", lower=0, upper=6)
    for labels in ([0, 0], [0.0, 0.0, 0.0], [[0, 0, 0]], [0, 0, 2**31]):
        with pytest.raises(shequ.InvalidInputError, match="labels"):
            certify(problem, labels)
    with pytest.raises(shequ.InvalidInputError, match=r"shequ\.Problem"):
        certify(GRAPH, [0, 0, 0])  # type: ignore[arg-type]


def test_everything_survives_pickle_and_copy() -> None:
    path = Graph.from_edges(55, [(i, i + 1) for i in range(54)])
    problem = Problem(path, weights=[10] * 55, lower=300, upper=500, together=[(1, 2)], start=[0] * 55)
    plan, diagnosis = solve(problem, steps=1000), diagnose(problem)
    certificate = certify(problem, plan)
    for clone in (copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))):
        assert solve(clone(problem), steps=1000).labels.tolist() == plan.labels.tolist()
        again = clone(plan)
        assert (again.labels.tolist(), again.status, again.objective) == (
            plan.labels.tolist(),
            plan.status,
            plan.objective,
        )
        assert str(clone(diagnosis)) == str(diagnosis)
        assert str(clone(certificate)) == str(certificate)
        assert clone(certificate.violations[0]).message("zh") == certificate.violations[0].message("zh")
        assert clone(diagnosis.relaxations[0]).lower == 270


def test_arrays_outlive_the_plan_they_come_from() -> None:
    labels = solve(Problem(GRAPH, weights="h", lower=0, upper=6)).labels
    gc.collect()
    assert labels.dtype == np.int32
    assert len(labels) == 3
    assert not labels.flags.writeable


def test_display_says_the_same_in_text_and_html() -> None:
    problem = Problem(GRAPH, weights="h", parts=(1, 2), lower=0, upper=6)
    plan = solve(problem)
    assert repr(plan) == "Plan(optimal, part_count=1, objective=0)"
    assert repr(diagnose(problem)).startswith("Diagnosis(feasible=True")
    assert repr(certify(problem, plan)) == "Certificate(ok=True, violations=0, objective=0)"
    assert repr(problem) == "Problem(Graph(num_nodes=3, num_edges=2), parts=1 to 2, lower=0, upper=6)"
    for shown, word in ((plan, "optimal"), (diagnose(problem), "yes, proven"), (certify(problem, plan), "yes")):
        assert word in str(shown)
        assert word in shown._repr_html_()
    assert "1 to 2" in problem._repr_html_()


def test_progress_is_told_and_may_stop_or_fail() -> None:
    problem = Problem(blocks(30, 30), weights=np.ones(900, dtype=np.int64), parts=10, lower=88, upper=92)
    told: list[SolveProgress] = []

    def interrupt(progress: SolveProgress) -> None:
        told.append(progress)
        raise KeyboardInterrupt

    plan = solve(problem, steps=10**9, progress=interrupt)
    assert plan.stop_reason is StopReason.INTERRUPTED
    assert len(plan.labels) == 900
    assert 0 <= told[0].fraction <= 1
    with pytest.raises(ZeroDivisionError):
        solve(problem, steps=10**9, progress=lambda _: 1 / 0)


def test_many_problems_get_the_plans_that_they_get_one_by_one() -> None:
    problems = [Problem(blocks(n, 12), weights=np.full(12 * n, 12), lower=300, upper=500) for n in range(6, 14)]
    alone = [solve(problem, seed=4).labels.tolist() for problem in problems]
    told: list[SolveProgress] = []
    for threads in (1, 2, 4):
        plans = solve_many(problems, seed=4, threads=threads, progress=told.append)
        assert [plan.labels.tolist() for plan in plans] == alone
    assert all(0 <= progress.fraction <= 1 for progress in told)
    assert solve_many([]) == []


def test_one_of_many_problems_is_named_by_its_place() -> None:
    problem = Problem(GRAPH, weights="h", parts=(1, 2), lower=0, upper=6)
    with pytest.raises(InvalidInputError, match=r"problems\[1\]"):
        solve_many([problem, "no problem"])  # type: ignore[list-item]
    with pytest.raises(InvalidInputError, match="threads=0 must be in"):
        solve_many([problem], threads=0)
    with pytest.raises(InvalidInputError, match="seed=-1 must be 0 or more"):
        solve_many([problem], seed=-1)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent the POSIX way")
def test_ctrl_c_returns_the_best_plan_so_far() -> None:
    script = """
import signal
import numpy as np, shequ
from shequ.graph import Graph
from shequ.districting import Problem, solve
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background inherits it ignored
graph = Graph.from_edges(900, [(i, i + 1) for i in range(899)] + [(i, i + 30) for i in range(870)])
print("ready", flush=True)
plan = solve(Problem(graph, weights=np.ones(900, int), parts=10, lower=88, upper=92), steps=10**10, time_limit_s=60)
print(plan.stop_reason.name, len(plan.labels))
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        threading.Timer(0.5, process.send_signal, [signal.SIGINT]).start()
        assert process.stdout.read() == "INTERRUPTED 900\n"


def test_small_and_odd_problems_are_answered() -> None:
    empty = Problem(Graph.from_edges(0, []), weights=[], lower=0, upper=0)
    assert solve(empty).status is PlanStatus.OPTIMAL
    assert solve(empty).labels.tolist() == []
    assert solve(Problem(Graph.from_edges(1, []), weights=[5], lower=5, upper=5)).status is PlanStatus.OPTIMAL
    hurried = solve(Problem(blocks(9, 9), weights=[1] * 81, parts=3, lower=27, upper=27), time_limit_s=0)
    assert hurried.stop_reason is StopReason.TIME_LIMIT
    assert hurried.part_count == 3
    assert solve(Problem(GRAPH, weights="h", parts=4, lower=0, upper=6)).status is PlanStatus.INFEASIBLE


def test_a_function_is_a_term_of_the_objective() -> None:
    graph = shequ.Graph.from_networkx(nx.grid_2d_graph(4, 4))
    problem = shequ.Problem(graph, weights=np.ones(16, dtype=np.int64), lower=4, upper=4, parts=4)
    calls = []

    def uneven(labels: np.ndarray) -> int:
        """Parts whose nodes do not all lie in one row."""
        calls.append(labels.dtype)
        return sum(len({node // 4 for node in np.flatnonzero(labels == part)}) > 1 for part in range(4))

    plan = shequ.solve(problem, term=uneven, steps=4000)
    assert plan.terms == [plan.objective - plan.terms[1], uneven(plan.labels)]
    assert plan.objective <= 12  # four rows: 12 cut edges and no part that lies in two
    assert set(calls) == {np.dtype(np.int32)}
    assert shequ.certify(problem, plan).ok


@pytest.mark.parametrize("answer", [-1, 0.5, None, 2**70])
def test_a_term_that_is_no_whole_number_of_0_or_more_is_refused(answer: object) -> None:
    graph = shequ.Graph.from_edges(3, [(0, 1), (1, 2)])
    problem = shequ.Problem(graph, weights=[1, 1, 1], lower=1, upper=2)
    with pytest.raises(shequ.InvalidInputError, match="must return a whole number of 0 or more"):
        shequ.solve(problem, term=lambda _: answer)  # type: ignore[arg-type,return-value]


def test_an_error_in_a_term_reaches_the_caller() -> None:
    graph = shequ.Graph.from_edges(3, [(0, 1), (1, 2)])
    problem = shequ.Problem(graph, weights=[1, 1, 1], lower=1, upper=2)

    def broken(_: np.ndarray) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shequ.solve(problem, term=broken, threads=2)

# SPDX-License-Identifier: BSD-3-Clause
"""Exact solutions against the listing of all plans of tiny problems; highspy is optional."""

import itertools
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest

import shequ
from shequ import PlanStatus, Problem, exact
from shequ.districting import StopReason, certify, diagnose
from shequ.graph import Graph
from shequ.objectives import Inertia, Staff, StaffLoad

pytest.importorskip("highspy", reason="highspy is not installed: exact solutions are not tested")


def divisions(size: int) -> itertools.chain[list[int]]:
    """Return every division of nodes into parts numbered by first node."""

    def place(labels: list[int], used: int) -> itertools.chain[list[int]]:
        if len(labels) == size:
            return itertools.chain([labels])
        return itertools.chain.from_iterable(place([*labels, part], max(used, part + 1)) for part in range(used + 1))

    return place([], 0)


def least(problem: Problem) -> int | None:
    """Return the least objective of all plans, None where there is none, by certify() alone."""
    checked = (certify(problem, labels) for labels in divisions(problem.graph.num_nodes))
    return min((found.objective for found in checked if found.ok), default=None)


def random_problem(seed: int) -> Problem:
    """Return a tiny problem with rules and an objective of random kinds: often with plans, often without."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 8))
    network = nx.gnp_random_graph(size, 0.45, seed=seed)
    graph = Graph.from_edges(size, np.array(network.edges, dtype=np.int32).reshape(-1, 2))
    weights = rng.integers(0 if rng.random() < 0.3 else 1, 6, size)
    mean = int(weights.sum()) // int(rng.integers(1, 4))
    lower = 0 if rng.random() < 0.3 else mean // 2

    def chance(share: float) -> bool:
        return bool(rng.random() < share)

    def pair() -> tuple[int, int]:
        a, b = rng.choice(size, 2, replace=False)
        return int(a), int(b)

    least_parts = int(rng.integers(1, 4))
    locked = {int(node): int(rng.integers(0, 2)) for node in rng.choice(size, min(size, 3), replace=False)}
    has_locks = chance(0.3)
    lengths = rng.integers(0, 9, graph.num_edges)
    rule = shequ.StaffingRule(
        base=2, base_households=3, step_households=2, rounding=("floor", "ceil", "round")[seed % 3]
    )
    objective = [
        "cut_edges",
        "shared_perimeter",
        {Staff(rule): 1},
        {Staff(rule): 3, "cut_edges": 2, "part_count": 5},
        {"part_count": 1},
        (),
    ][seed % 6]
    return Problem(
        graph,
        weights=weights,
        lower=lower,
        upper=max(lower, mean + int(rng.integers(0, 4))),
        parts=(least_parts, least_parts + int(rng.integers(0, 3))) if chance(0.5) else None,
        balances=[
            shequ.Balance(rng.integers(0, 5, size), lower=int(rng.integers(0, 3)), upper=int(rng.integers(4, 14)))
        ]
        if chance(0.3)
        else (),
        objective=objective,
        edge_weights=lengths,
        together=[pair()] if chance(0.3) else None,
        apart=[pair()] if chance(0.3) else None,
        locked=locked if has_locks else None,
        closed=[next(iter(locked.values()))] if has_locks and chance(0.4) else None,
        links=[pair()] if chance(0.3) else None,
    )


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_tiny_problems_of_all_kinds_get_the_best_of_all_plans_or_a_proof_that_there_is_none(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that the model proves it all by itself.
    monkeypatch.setattr(exact, "lower_bound", lambda *_, **__: SimpleNamespace(value=0))
    for seed in range(first, first + 20):
        problem = random_problem(seed)
        best = least(problem)
        plan = exact.solve(problem, start=[0] * problem.graph.num_nodes, time_limit_s=60)
        if best is None:
            assert plan.status is PlanStatus.INFEASIBLE, seed
            assert plan.gap is None
        else:
            assert plan.status is PlanStatus.OPTIMAL, seed
            assert (plan.objective, plan.bound, plan.gap) == (best, best, 0.0), seed
            assert certify(problem, plan).ok
            assert plan.stop_reason is StopReason.PROVEN
            assert diagnose(problem).feasible is not False


def test_a_start_plan_is_kept_and_proven_or_improved() -> None:
    graph = Graph.from_networkx(nx.convert_node_labels_to_integers(nx.grid_2d_graph(4, 4)))
    problem = Problem(graph, weights=[1] * 16, parts=2, lower=8, upper=8)
    best = exact.solve(problem)
    assert (best.status, best.objective) == (PlanStatus.OPTIMAL, 4)
    again = exact.solve(problem, start=best)
    assert again.labels.tolist() == best.labels.tolist()
    comb = [int(node in {0, 4, 8, 12, 1, 2, 9, 10}) for node in range(16)]
    assert certify(problem, comb).ok
    assert exact.solve(problem, start=comb).objective == 4


def test_parts_that_do_not_hang_together_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "lower_bound", lambda *_, **__: SimpleNamespace(value=0))
    # The two light ends would like to be one part: without contiguity 2 cut edges would do.
    graph = Graph.from_edges(5, [(0, 1), (1, 2), (2, 3), (3, 4)])
    problem = Problem(graph, weights=[1, 2, 2, 2, 1], parts=3, lower=2, upper=4)
    plan = exact.solve(problem)
    assert plan.status is PlanStatus.OPTIMAL
    assert certify(problem, plan).ok


def test_a_limit_of_time_leaves_a_plan_a_bound_and_a_gap() -> None:
    graph = Graph.from_networkx(nx.convert_node_labels_to_integers(nx.grid_2d_graph(12, 12)))
    problem = Problem(graph, weights=np.arange(144) % 7 + 1, parts=5, lower=105, upper=125)
    plan = exact.solve(problem, time_limit_s=1.0)
    assert plan.status is PlanStatus.FEASIBLE
    assert plan.stop_reason is StopReason.TIME_LIMIT
    assert plan.bound is not None
    assert plan.gap == pytest.approx((plan.objective - plan.bound) / plan.objective)
    assert "gap" in str(plan)
    assert exact.solve(problem, start=plan, time_limit_s=0).objective == plan.objective


def test_what_is_not_supported_or_out_of_range_is_named() -> None:
    graph = Graph.from_edges(3, [(0, 1), (1, 2)])
    for objective, name in ((Inertia([0, 1, 2], [0, 0, 0]), "inertia"), (StaffLoad(), "staff_load")):
        with pytest.raises(shequ.InvalidInputError, match=f'objective="{name}"') as caught:
            exact.solve(Problem(graph, weights=[1, 1, 1], lower=1, upper=2, objective=objective))
        assert "精确求解" in caught.value.message("zh")
    problem = Problem(graph, weights=[1, 1, 1], lower=1, upper=2)
    for options in ({"time_limit_s": -1}, {"time_limit_s": float("nan")}, {"threads": 0}, {"start": [0, 0]}):
        with pytest.raises(shequ.InvalidInputError, match=next(iter(options)).split("_")[0]):
            exact.solve(problem, **options)  # type: ignore[arg-type]


def test_without_highspy_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    problem = Problem(Graph.from_edges(1, []), weights=[1], lower=1, upper=1)
    with pytest.raises(shequ.MissingDependencyError, match=r"pip install 'shequ\[exact\]'"):
        exact.solve(problem)


def test_small_and_odd_problems_are_answered() -> None:
    empty = exact.solve(Problem(Graph.from_edges(0, []), weights=[], lower=0, upper=0))
    assert empty.labels.tolist() == []
    assert empty.status is PlanStatus.OPTIMAL
    alone = exact.solve(Problem(Graph.from_edges(1, []), weights=[5], lower=5, upper=5))
    assert alone.status is PlanStatus.OPTIMAL
    islands = exact.solve(Problem(Graph.from_edges(4, []), weights=[10**12] * 4, parts=4, lower=1, upper=10**12))
    assert (islands.status, islands.part_count) == (PlanStatus.OPTIMAL, 4)
    none = exact.solve(Problem(Graph.from_edges(4, []), weights=[1] * 4, parts=3, lower=1, upper=2))
    assert none.status is PlanStatus.INFEASIBLE


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent the POSIX way")
def test_ctrl_c_returns_the_best_plan_so_far_and_nothing_is_printed() -> None:
    script = """
import signal
import shequ
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background inherits it ignored
edges = [(i, i + 1) for i in range(399) if i % 20 < 19] + [(i, i + 20) for i in range(380)]
problem = shequ.Problem(shequ.Graph.from_edges(400, edges), weights=[1] * 400, parts=7, lower=55, upper=60)
start = shequ.solve(problem, steps=1000)
print("ready", flush=True)
plan = shequ.exact.solve(problem, start=start, time_limit_s=100)
print(plan.stop_reason.name, len(plan.labels))
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        threading.Timer(1.5, process.send_signal, [signal.SIGINT]).start()
        assert process.stdout.read() == "INTERRUPTED 400\n"

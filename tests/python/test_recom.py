# SPDX-License-Identifier: BSD-3-Clause
"""Recombination chains: columns, storing, interrupts and threads; networkx is the independent judge of contiguity."""

from __future__ import annotations

import copy
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

import shequ
from shequ.recom import RecomChain, RecomVariant, recom

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "districting"
VARIANTS = ["cut_edge_minimum", "cut_edge_uniform", "pair_minimum", "pair_uniform", "reversible"]


@pytest.fixture(name="problem", scope="module")
def make_problem() -> shequ.Problem:
    blocks = nx.convert_node_labels_to_integers(nx.grid_2d_graph(10, 10))
    weights = np.random.default_rng(3).integers(1, 10, 100)
    mean = int(weights.sum()) // 5
    return shequ.Problem(
        shequ.Graph.from_networkx(blocks), weights=weights, parts=5, lower=mean * 8 // 10, upper=mean * 12 // 10
    )


@pytest.fixture(name="start", scope="module")
def make_start(problem: shequ.Problem) -> shequ.Plan:
    return shequ.solve(problem, steps=20_000)


def judge(problem: shequ.Problem, labels: np.ndarray, parts: int) -> bool:
    graph = nx.Graph()
    graph.add_nodes_from(range(problem.graph.num_nodes))
    graph.add_edges_from(problem.graph.edges.tolist())
    for part in range(parts):
        nodes = np.flatnonzero(labels == part).tolist()
        if not nodes or not nx.is_connected(graph.subgraph(nodes)):
            return False
        if not problem.lower <= problem.weights[nodes].sum() <= problem.upper:
            return False
    return bool(labels.max() == parts - 1)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_plan_of_a_chain_keeps_the_rules_and_the_columns_say_what_happened(
    problem: shequ.Problem, start: shequ.Plan, variant: str
) -> None:
    chain = recom(problem, start, steps=200, seed=4, variant=variant)
    assert chain.variant is RecomVariant[variant.upper()]
    assert len(chain) == 200
    sources, targets = problem.graph.edges.T
    plans = [start.labels, *chain]
    assert len(plans) == 201
    columns = chain.columns
    by_step = chain.part_weights_by_step()
    assert by_step.shape == (200, 5)
    for i, labels in enumerate(plans[1:]):
        assert judge(problem, labels, 5)
        assert columns["cut_edges"][i] == (labels[sources] != labels[targets]).sum()
        assert by_step[i].tolist() == np.bincount(labels, problem.weights).tolist()
        if not columns["accepted"][i]:
            assert (labels == plans[i]).all()
        moved = labels != plans[i]
        assert set(labels[moved].tolist()) <= {columns["first"][i], columns["second"][i]}
    assert columns["accepted"].dtype == bool
    assert chain.accepted == columns["accepted"].sum()
    assert chain.cut_edges == columns["cut_edges"][-1]
    assert (chain.labels == plans[-1]).all()
    assert next(chain, None) is None


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_stored_chain_goes_on_bit_for_bit(
    problem: shequ.Problem, start: shequ.Plan, variant: str, tmp_path: Path
) -> None:
    whole = recom(problem, start, steps=400, seed=9, variant=variant).run()
    first = recom(problem, start, steps=400, seed=9, variant=variant).run(150)
    first.save(tmp_path / "chain.npz")
    for again in (
        RecomChain.load(tmp_path / "chain.npz", problem),
        pickle.loads(pickle.dumps(first)),
        copy.deepcopy(first),
    ):
        assert again.steps == 150
        assert len(again) == 400
        again.run()
        assert (again.labels == whole.labels).all()
        assert (again.part_weights_by_step() == whole.part_weights_by_step()).all()
        for name, values in whole.columns.items():
            assert again.columns[name].dtype == values.dtype
            assert (again.columns[name] == values).all()
    assert first.steps == 150


def test_seeds_and_variants_give_other_chains_and_the_same_ones_the_same(
    problem: shequ.Problem, start: shequ.Plan
) -> None:
    def labels(seed: int, variant: str) -> bytes:
        return recom(problem, start, steps=50, seed=seed, variant=variant).run().labels.tobytes()

    assert labels(1, "pair_uniform") == labels(1, "pair_uniform")
    made = {labels(seed, variant) for seed in (1, 2**64 - 1) for variant in VARIANTS[:4]}
    assert len(made) == 8


def test_files_of_others_and_chains_of_other_problems_are_refused(
    problem: shequ.Problem, start: shequ.Plan, tmp_path: Path
) -> None:
    chain = recom(problem, start, steps=10).run()
    path = tmp_path / "chain"
    chain.save(path)
    other = shequ.Problem(problem.graph, weights=problem.weights, parts=5, lower=problem.lower, upper=problem.upper + 1)
    with pytest.raises(shequ.InvalidInputError, match="the state is of another problem") as caught:
        RecomChain.load(path, other)
    assert "另一个问题" in caught.value.message("zh")
    content = path.read_bytes()
    for broken in (b"", b"no chain", content[: len(content) // 2]):
        path.write_bytes(broken)
        with pytest.raises(shequ.InvalidInputError, match="no chain that RecomChain.save wrote"):
            RecomChain.load(path, problem)
    np.savez(tmp_path / "lacks.npz", file_format=1)
    with pytest.raises(shequ.InvalidInputError, match="it lacks"):
        RecomChain.load(tmp_path / "lacks.npz", problem)
    np.savez(tmp_path / "later.npz", file_format=2)
    with pytest.raises(shequ.InvalidInputError, match="has format 2 and must have format 1"):
        RecomChain.load(tmp_path / "later.npz", problem)
    with pytest.raises(FileNotFoundError):
        RecomChain.load(tmp_path / "absent.npz", problem)


def test_bad_arguments_are_named(problem: shequ.Problem, start: shequ.Plan) -> None:
    broken = start.labels.copy()
    broken[0] = broken[99]
    broken[99] = start.labels[0]
    found = shequ.certify(problem, broken)
    assert not found.ok
    with pytest.raises(shequ.InvalidInputError, match="start must be a plan that keeps every rule") as caught:
        recom(problem, broken)
    for violation in found.violations[:10]:
        assert violation.message() in str(caught.value)
        assert violation.message("zh") in caught.value.message("zh")
    with pytest.raises(shequ.InvalidInputError, match="variant='fast' must be one of \"cut_edge_minimum\", "):
        recom(problem, start, variant="fast")  # type: ignore[arg-type]
    with pytest.raises(shequ.InvalidInputError, match="steps=-1 must be 0 or more"):
        recom(problem, start, steps=-1)
    with pytest.raises(shequ.InvalidInputError, match="max_tree_tries=0 must be 1 or more"):
        recom(problem, start, max_tree_tries=0)
    with pytest.raises(shequ.InvalidInputError, match=r"problem is of type Graph and must be a shequ\.Problem"):
        recom(problem.graph, start)  # type: ignore[arg-type]
    with pytest.raises(shequ.InvalidInputError, match="steps=-5 must be 0 or more"):
        recom(problem, start).run(-5)


def test_a_chain_runs_further_than_planned_and_in_pieces(problem: shequ.Problem, start: shequ.Plan) -> None:
    chain = recom(problem, start, steps=10)
    assert chain.run(0).steps == 0
    assert chain.part_weights_by_step().shape == (0, 5)
    assert chain.run().run().steps == 10
    assert len(chain.run(5)) == 15
    assert (chain.labels == recom(problem, start, steps=15).run().labels).all()


def test_arrays_outlive_the_chain_and_are_not_changed_by_it(problem: shequ.Problem, start: shequ.Plan) -> None:
    chain = recom(problem, start, steps=100)
    labels, columns = chain.labels, chain.run(50).columns
    kept = columns["cut_edges"].copy()
    chain.run()
    assert (labels == start.labels).all()
    assert (columns["cut_edges"] == kept).all()
    del chain
    assert (columns["cut_edges"] == kept).all()


def test_progress_may_read_the_chain_and_not_advance_it(problem: shequ.Problem, start: shequ.Plan) -> None:
    seen: list[tuple[int, int]] = []
    chain = recom(problem, start, steps=0)
    while len(seen) < 2:
        chain.run(100_000, progress=lambda running: seen.append((running.steps, len(running.labels))))
    assert seen == sorted(seen)
    assert {length for _, length in seen} == {100}

    def advance(running: RecomChain) -> None:
        running.run(1)

    with pytest.raises(shequ.InvalidInputError, match="a progress callback must not advance it"):
        chain.run(10**9, progress=advance)
    made = chain.steps
    assert len(chain.columns["cut_edges"]) == made
    chain.run(10)
    assert chain.steps == made + 10
    assert (chain.labels == recom(problem, start, steps=made + 10).run().labels).all()


def test_threads_run_chains_at_once_and_take_turns_on_one(problem: shequ.Problem, start: shequ.Plan) -> None:
    chains = [recom(problem, start, steps=3000, seed=seed) for seed in (0, 1, 0, 1)]
    shared = recom(problem, start, steps=0, seed=0)
    threads = [threading.Thread(target=chain.run) for chain in chains]
    threads += [threading.Thread(target=shared.run, args=(1000,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (chains[0].labels == chains[2].labels).all()
    assert (chains[1].labels == chains[3].labels).all()
    assert shared.steps == 3000
    assert (shared.labels == chains[0].labels).all()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_stops_a_chain_after_a_whole_step() -> None:
    code = """
import signal, sys, shequ
signal.signal(signal.SIGINT, signal.default_int_handler)
graph = shequ.Graph.from_edges(900, [(i, i + 1) for i in range(900) if i % 30 < 29] + [(i, i + 30) for i in range(870)])
problem = shequ.Problem(graph, weights=[1] * 900, parts=6, lower=130, upper=170)
start = shequ.solve(problem, steps=100_000)
chain = shequ.recom(problem, start, steps=10**12)
print("running", flush=True)
try:
    chain.run()
except KeyboardInterrupt:
    made = chain.steps
    same = (chain.labels == shequ.recom(problem, start, steps=made).run().labels).all()
    print(len(chain.columns["cut_edges"]) == made, same, len(chain) == 10**12, flush=True)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    threading.Event().wait(0.2)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert output == "True True True\n"
    assert process.returncode == 0


def test_chains_show_themselves(problem: shequ.Problem, start: shequ.Plan) -> None:
    chain = recom(problem, start, steps=20, seed=2**64 - 1).run(5)
    assert repr(chain) == (
        f"RecomChain(cut_edge_minimum, steps=5 of 20, accepted={chain.accepted}, cut_edges={chain.cut_edges})"
    )
    for shown in ("cut_edge_minimum", "5 of 20", "18446744073709551615"):
        assert shown in str(chain)
        assert shown in chain._repr_html_()


def test_a_chain_on_real_tracts_keeps_the_rules() -> None:
    path = DATA / "PA_tract.json"
    if not path.exists():
        pytest.skip(f"no real data at {path}")
    graph = shequ.Graph.from_json(path)
    bounds = shequ.bounds_within(int(np.asarray(graph.columns["TOTPOP"]).sum()), 17, 0.05)
    problem = shequ.Problem(graph, weights="TOTPOP", parts=17, lower=bounds[0], upper=bounds[1])
    chain = recom(problem, shequ.solve(problem, seed=1), steps=2000).run()
    assert judge(problem, chain.labels, 17)
    assert shequ.certify(problem, chain.labels).ok
    assert chain.accepted == 2000

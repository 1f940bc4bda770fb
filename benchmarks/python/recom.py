# SPDX-License-Identifier: BSD-3-Clause
"""Accepted steps per second of recombination chains on one core, GerryChain beside them in the same run.

All start from the same plan of the census tracts of Pennsylvania (largest component), 17 parts within 5% of the mean
population, and run as users run them: GerryChain with its proposal `recom` (minimum spanning trees of random weights)
and both of its ways to choose two parts, every proposal accepted, cut edges and populations updated; ours from Python,
with columns recorded. An accepted step is one that divided two parts anew: GerryChain draws trees until it has a cut
(node_repeats=0, its fastest setting), so that each of its steps is one; of our steps, those whose column says so. The
chains take turns in slices, so that a machine whose speed drifts treats all alike; time is that of the process (CPU
seconds). The mean cut edges of chains that do the same must agree, up to the noise of the peer's few steps.

Run: python -m benchmarks.python.recom [--seconds 30] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np

from shequ.districting import Problem, bounds_within, certify, solve
from shequ.graph import Graph
from shequ.recom import recom

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "districting"
PARTS = 17
TOLERANCE = 0.05
SLICES = 5
PEERS = {"cut_edge_minimum": "cut_edges", "pair_minimum": "district_pairs"}
VARIANTS = ("cut_edge_minimum", "cut_edge_uniform", "pair_minimum", "pair_uniform", "reversible")


def pennsylvania() -> Problem:
    """Return the problem."""
    graph = Graph.from_json(DATA / "PA_tract.json")
    lower, upper = bounds_within(int(np.asarray(graph.columns["TOTPOP"]).sum()), PARTS, TOLERANCE)
    return Problem(graph, weights="TOTPOP", parts=PARTS, lower=lower, upper=upper)


def late_mean(values: np.ndarray | list[int]) -> float:
    """Return the mean without the first tenth, in which a chain still remembers its start."""
    return float(np.mean(values[len(values) // 10 :]))


class Peer:
    """GerryChain's chain from the same plan."""

    def __init__(self, problem: Problem, labels: np.ndarray, pair_selection: str) -> None:
        import random
        from functools import partial

        import gerrychain
        import networkx as nx
        from gerrychain.accept import always_accept
        from gerrychain.constraints import within_percent_of_ideal_population
        from gerrychain.proposals import recom as proposal
        from gerrychain.updaters import Tally, cut_edges

        random.seed(1)
        graph = nx.Graph()
        for node, weight in enumerate(problem.weights.tolist()):
            graph.add_node(node, TOTPOP=weight)
        graph.add_edges_from(problem.graph.edges.tolist())
        start = gerrychain.Partition(
            gerrychain.Graph.from_networkx(graph),
            dict(enumerate(labels.tolist())),
            {"population": Tally("TOTPOP", alias="population"), "cut_edges": cut_edges},
        )
        ideal = sum(start["population"].values()) / PARTS
        self.version = version("gerrychain")
        self.cuts: list[int] = []
        self._plans = iter(
            gerrychain.MarkovChain(
                partial(
                    proposal,
                    pop_col="TOTPOP",
                    pop_target=ideal,
                    epsilon=TOLERANCE,
                    node_repeats=0,
                    pair_selection=pair_selection,
                ),
                [within_percent_of_ideal_population(start, TOLERANCE)],
                always_accept,
                start,
                10**9,
            )
        )
        self.plan = next(self._plans)

    def run(self, seconds: float) -> float:
        """Make steps for about `seconds`; return steps per CPU second."""
        begin = time.process_time()
        before = len(self.cuts)
        while (elapsed := time.process_time() - begin) < seconds:
            self.plan = next(self._plans)
            self.cuts.append(len(self.plan["cut_edges"]))
        return (len(self.cuts) - before) / elapsed

    def labels(self) -> np.ndarray:
        """Return the present plan, with parts from 0."""
        assignment = self.plan.assignment
        return np.unique([assignment[node] for node in range(len(self.plan.graph.nodes))], return_inverse=True)[1]


def main() -> None:
    """Print one row a chain."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0, help="for each of the two chains of GerryChain")
    parser.add_argument("--json", type=Path, help="also write the rates to this file")
    options = parser.parse_args()
    if not (DATA / "PA_tract.json").exists():
        print(f"no real instance: {DATA / 'PA_tract.json'} does not exist")
        return
    problem = pennsylvania()
    start = solve(problem, seed=1)
    peers = {variant: Peer(problem, start.labels, selection) for variant, selection in PEERS.items()}
    chains = {variant: recom(problem, start, steps=0, seed=1, variant=variant) for variant in VARIANTS}
    rates: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
    peer_rates: dict[str, list[float]] = {variant: [] for variant in PEERS}
    for _ in range(SLICES):
        for variant, chain in chains.items():
            if variant in peers:
                peer_rates[variant].append(peers[variant].run(options.seconds / SLICES))
            begin, before = time.process_time(), chain.accepted
            while (elapsed := time.process_time() - begin) < options.seconds / SLICES / len(VARIANTS):
                chain.run(1000)
            rates[variant].append((chain.accepted - before) / elapsed)
    print(f"PA_tract: {problem.graph.num_nodes} nodes, {problem.graph.num_edges} edges, {PARTS} parts within 5%")
    print(f"{'chain':<30}{'accepted steps/s':>18}{'x GerryChain':>14}{'trees a step':>14}{'mean cut edges':>16}")
    for variant, chain in chains.items():
        ratio = ""
        if variant in peers:
            pairs = zip(rates[variant], peer_rates[variant], strict=True)
            ratio = f"{statistics.median(ours / theirs for ours, theirs in pairs):,.0f}"
        print(
            f"{variant:<30}{statistics.median(rates[variant]):>18,.0f}{ratio:>14}"
            f"{chain.trees / chain.steps:>14.2f}{late_mean(chain.columns['cut_edges']):>16.1f}"
        )
        if not certify(problem, chain.labels).ok:
            raise SystemExit(f"{variant} has left the rules")
    for variant, peer in peers.items():
        name = f"GerryChain {peer.version}, {PEERS[variant]}"
        print(f"{name:<30}{statistics.median(peer_rates[variant]):>18,.1f}{'':>28}{late_mean(peer.cuts):>16.1f}")
        if not certify(problem, peer.labels()).ok:
            raise SystemExit("GerryChain has left the rules")
    if options.json is not None:
        options.json.write_text(json.dumps({"ours": rates, "GerryChain": peer_rates}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: BSD-3-Clause
"""Accepted steps per second of recombination chains on one core, GerryChain beside them in the same run.

Both start from the same plan of the census tracts of Pennsylvania (largest component), 17 parts within 5% of the mean
population, and both run as users run them: GerryChain with its proposal `recom` (minimum spanning trees of random
weights, the two parts of a random cut edge), every proposal accepted, and its cut edges and populations updated; ours
from Python, with its columns recorded. An accepted step is one that divided two parts anew: GerryChain draws trees until
it has a cut, so that each of its steps is one; of our steps, those whose column says so. The chains take turns in slices,
so that a machine whose speed drifts treats both alike; the time is that of the process (CPU seconds), since other work
on the machine would slow down whichever runs beside it.

Run: python -m benchmarks.python.recom [--seconds 30] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from pathlib import Path

import numpy as np

from shequ.districting import Problem, bounds_within, certify, solve
from shequ.graph import Graph
from shequ.recom import recom

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "districting"
PARTS = 17
TOLERANCE = 0.05
SLICES = 5
VARIANTS = ("cut_edge_minimum", "cut_edge_uniform", "pair_minimum", "pair_uniform", "reversible")


def pennsylvania() -> Problem:
    """Return the problem."""
    graph = Graph.from_json(DATA / "PA_tract.json")
    lower, upper = bounds_within(int(np.asarray(graph.columns["TOTPOP"]).sum()), PARTS, TOLERANCE)
    return Problem(graph, weights="TOTPOP", parts=PARTS, lower=lower, upper=upper)


class Peer:
    """GerryChain's chain from the same plan."""

    def __init__(self, problem: Problem, labels: np.ndarray) -> None:
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
        self.version = gerrychain.__version__
        self.steps = 0
        self._plans = iter(
            gerrychain.MarkovChain(
                partial(proposal, pop_col="TOTPOP", pop_target=ideal, epsilon=TOLERANCE, node_repeats=1),
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
        before = self.steps
        while (elapsed := time.process_time() - begin) < seconds:
            self.plan = next(self._plans)
            len(self.plan["cut_edges"])
            self.steps += 1
        return (self.steps - before) / elapsed

    def labels(self) -> np.ndarray:
        """Return the present plan, with parts from 0."""
        assignment = self.plan.assignment
        return np.unique([assignment[node] for node in range(len(self.plan.graph.nodes))], return_inverse=True)[1]


def main() -> None:
    """Print one row a chain."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0, help="of GerryChain; ours together take as long")
    parser.add_argument("--json", type=Path, help="also write the rates to this file")
    options = parser.parse_args()
    if not (DATA / "PA_tract.json").exists():
        print(f"no real instance: {DATA / 'PA_tract.json'} does not exist")
        return
    problem = pennsylvania()
    start = solve(problem, seed=1)
    peer = Peer(problem, start.labels)
    chains = {variant: recom(problem, start, steps=0, seed=1, variant=variant) for variant in VARIANTS}
    rates: dict[str, list[float]] = {"GerryChain": [], **{variant: [] for variant in VARIANTS}}
    for _ in range(SLICES):
        rates["GerryChain"].append(peer.run(options.seconds / SLICES))
        for variant, chain in chains.items():
            begin, before = time.process_time(), chain.accepted
            while (elapsed := time.process_time() - begin) < options.seconds / SLICES / len(VARIANTS):
                chain.run(1000)
            rates[variant].append((chain.accepted - before) / elapsed)
    print(f"PA_tract: {problem.graph.num_nodes} nodes, {problem.graph.num_edges} edges, {PARTS} parts within 5%")
    base = statistics.median(rates["GerryChain"])
    print(f"{'chain':<20}{'accepted steps/s':>18}{'x GerryChain':>14}{'trees a step':>14}{'mean cut edges':>16}")
    print(f"GerryChain {peer.version:<9}{base:>18,.1f}{1:>14}")
    for variant, chain in chains.items():
        rate = statistics.median(rates[variant])
        ratio = statistics.median(
            ours / theirs for ours, theirs in zip(rates[variant], rates["GerryChain"], strict=True)
        )
        cut = chain.columns["cut_edges"][chain.steps // 10 :].mean()
        print(f"{variant:<20}{rate:>18,.0f}{ratio:>14,.0f}{chain.trees / chain.steps:>14.2f}{cut:>16.1f}")
        if not certify(problem, chain.labels).ok:
            raise SystemExit(f"{variant} has left the rules")
    if not certify(problem, peer.labels()).ok:
        raise SystemExit("GerryChain has left the rules")
    if options.json is not None:
        options.json.write_text(json.dumps(rates, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

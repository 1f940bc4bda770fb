# SPDX-License-Identifier: BSD-3-Clause
"""Cut edges and seconds on real districting instances against the best known plans, and on made-up communities.

Best known values and bounds: Validi, Buchanan, "Political districting to minimize cut edges", Mathematical Programming
Computation 14, 2022. The instances lie outside of the project; see SHEQU_TEST_DATA.

Run: python -m benchmarks.python.districting [--seeds 3] [--json FILE]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import time
from pathlib import Path

import numpy as np

from shequ.districting import PlanStatus, Problem, certify, solve
from shequ.graph import Graph

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "districting"
COMMUNITIES = 40


def real_instances(seeds: int) -> list[dict[str, object]]:
    """Solve every instance of best_known.csv with its own bounds, one thread and default steps."""
    table = DATA / "best_known.csv"
    if not table.exists():
        print(f"no real instances: {table} does not exist")
        return []
    print(f"{'instance':<12}{'nodes':>6}{'k':>4}{'best known':>12}{'cuts of the seeds':>24}{'bound':>7}{'seconds':>9}")
    results: list[dict[str, object]] = []
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        graph = Graph.from_json(DATA / f"{row['instance']}.json")
        parts, lower, upper = (int(row[key]) for key in ("k", "L", "U"))
        problem = Problem(graph, weights="TOTPOP", parts=parts, lower=lower, upper=upper)
        plans = [solve(problem, seed=seed) for seed in range(seeds)]
        kept = [certify(problem, plan).ok for plan in plans]
        cuts = [str(plan.objective) if ok else f"{plan.objective}!" for plan, ok in zip(plans, kept, strict=True)]
        seconds = statistics.median(plan.elapsed_s for plan in plans)
        print(
            f"{row['instance']:<12}{graph.num_nodes:>6}{parts:>4}{row['best_known_cut_edges']:>12}"
            f"{' '.join(cuts):>24}{plans[0].bound!s:>7}{seconds:>9.2f}"
        )
        results.append({"instance": row["instance"], "cuts": cuts, "seconds": [plan.elapsed_s for plan in plans]})
    print("! = breaks a bound or is not connected; bound = proven by us")
    return results


def community(side: int, seed: int) -> Problem:
    """Make a square community of side * side buildings with 0 to 24 households each, in grids of 300 to 500."""
    place = np.arange(side * side, dtype=np.int32).reshape(side, side)
    across = np.column_stack([place[:, :-1].ravel(), place[:, 1:].ravel()])
    down = np.column_stack([place[:-1].ravel(), place[1:].ravel()])
    graph = Graph.from_edges(side * side, np.vstack([across, down]))
    households = np.random.default_rng(seed).integers(0, 25, side * side)
    return Problem(graph, weights=households, lower=300, upper=500)


def communities() -> list[dict[str, object]]:
    """Time default solves of communities of the sizes that districts have."""
    print(f"\n{'atoms':>6}{'grids (mean)':>14}{'in bounds':>12}{'ms (median)':>13}")
    results: list[dict[str, object]] = []
    for side in (14, 17, 20):
        problems = [community(side, seed) for seed in range(COMMUNITIES)]
        seconds, plans = [], []
        for problem in problems:
            begin = time.perf_counter()
            plans.append(solve(problem))
            seconds.append(time.perf_counter() - begin)
        good = sum(plan.status in (PlanStatus.FEASIBLE, PlanStatus.OPTIMAL) for plan in plans)
        grids = statistics.mean(plan.part_count for plan in plans)
        print(f"{side * side:>6}{grids:>14.1f}{good:>6} of {COMMUNITIES:<2}{statistics.median(seconds) * 1e3:>13.1f}")
        results.append({"atoms": side * side, "in_bounds": good, "seconds": seconds})
    return results


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3, help="plans for each instance")
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    options = parser.parse_args()
    results = {"instances": real_instances(options.seeds), "communities": communities()}
    if options.json is not None:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

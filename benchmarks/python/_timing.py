# SPDX-License-Identifier: BSD-3-Clause
"""Times competitors in turn, so that a machine whose speed drifts treats all of them alike."""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

__all__ = ["arguments", "in_turn", "report"]


def arguments(description: str, repeats: int) -> argparse.Namespace:
    """Read the options that all benchmarks share: --repeats and --json FILE."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--repeats", type=int, default=repeats, help="rounds; the median counts")
    parser.add_argument("--json", type=Path, help="also write the seconds of every round to this file")
    return parser.parse_args()


def in_turn(calls: Mapping[str, Callable[[], object]], repeats: int, *, warm_up: bool = True) -> dict[str, list[float]]:
    """Time every call once a round for `repeats` rounds, after one that does not count if `warm_up`; seconds by name."""
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for round_number in range(0 if warm_up else 1, repeats + 1):
        for name, call in calls.items():
            begin = time.perf_counter()
            call()
            elapsed = time.perf_counter() - begin
            if round_number > 0:
                seconds[name].append(elapsed)
    return seconds


def report(
    title: str, seconds: Mapping[str, list[float]], reference: str, path: Path | None = None
) -> dict[str, float]:
    """Print the median of each competitor and its time over that of `reference`; return those ratios.

    The ratio is the median of the ratios of single rounds: it holds when the machine's speed drifts between rounds.
    """
    print(f"\n{title}")
    ratios = {}
    for name, values in seconds.items():
        pairs = [value / base for value, base in zip(values, seconds[reference], strict=True)]
        ratios[name] = statistics.median(pairs)
        print(f"  {name:<44} {statistics.median(values) * 1e3:10.2f} ms   {ratios[name]:8.2f} x {reference}")
    if path is not None:
        results = json.loads(path.read_text()) if path.exists() else {"machine": platform.processor(), "results": {}}
        results["results"][title] = dict(seconds)
        path.write_text(json.dumps(results, indent=1))
    return ratios

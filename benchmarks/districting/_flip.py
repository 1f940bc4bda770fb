# SPDX-License-Identifier: BSD-3-Clause
"""g: nanoseconds of one flip with all objectives updated, by the C++ program `bench_flip`."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from benchmarks.districting._report import Options, Row

__all__ = ["flip"]

REACH_NS = 200.0
ROOT = Path(__file__).parents[2]


def _program() -> Path | None:
    given = os.environ.get("SHEQU_BENCH_FLIP")
    places = [Path(given)] if given else sorted(ROOT.glob("build/*/benchmarks/cpp/bench_flip"))
    return next((place for place in places if place.is_file()), None)


def flip(options: Options) -> list[Row]:
    """Run the program where it is built; every line that ends in a figure `... <number> ns` is a row."""
    what = "one flip, all objectives"
    if not options.ours:
        return []
    program = _program()
    if program is None:
        return [
            Row(
                what,
                f"<= {REACH_NS:g} ns",
                note="bench_flip is not built: cmake -DSHEQU_BUILD_BENCHMARKS=ON; not measured",
            )
        ]
    done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return [
            Row(
                what,
                f"<= {REACH_NS:g} ns",
                met=False,
                note=f"bench_flip ended with {done.returncode}: {done.stderr[-200:]}",
            )
        ]
    rows = []
    for line in done.stdout.splitlines():
        found = re.search(r"^(.*?)[\s:]+([\d.]+) ns\b", line)
        if found:
            figure = float(found.group(2))
            all_of_them = found.group(1).endswith("all objectives")
            rows.append(
                Row(found.group(1).strip(), f"<= {REACH_NS:g} ns" if all_of_them else "", figure, unit="ns",
                    met=figure <= REACH_NS if all_of_them else None)
            )  # fmt: skip
    return rows or [Row(what, f"<= {REACH_NS:g} ns", note=f"bench_flip printed no figure in ns: {done.stdout[:200]}")]

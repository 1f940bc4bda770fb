# SPDX-License-Identifier: BSD-3-Clause
"""d: accepted steps of `recom` a second, by the benchmark of that name, which runs GerryChain beside us."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.districting._peers import missing
from benchmarks.districting._report import Options, Row

__all__ = ["chain"]

MODULE = "benchmarks.python.recom"
REACH, REACH_RATIO = 20_000, 400
SECONDS, SECONDS_QUICK = 30.0, 5.0


def chain(options: Options) -> list[Row]:
    """Run the benchmark as a program, show what it prints, and return a row for each chain that the peer has too."""
    what, reach = "recom on PA k=17 +-5%", f">= {REACH_RATIO} x GerryChain and {REACH:,}"
    if not (options.ours and options.peers):
        return [Row(what, reach, note="ours and the peer take turns: not measured alone")]
    if missing("gerrychain"):
        return [Row(what, reach, note="gerrychain is not installed: not measured")]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "recom.json"
        seconds = SECONDS_QUICK if options.quick else SECONDS
        done = subprocess.run(
            [sys.executable, "-m", MODULE, "--seconds", str(seconds), "--json", str(file)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        print(done.stdout.rstrip())
        if done.returncode != 0:
            return [
                Row(what, reach, met=False, note=f"{MODULE} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
            ]
        if not file.exists():
            return [Row(what, reach, note="the data are absent: left out")]
        found = json.loads(file.read_text(encoding="utf-8"))
    rows = []
    for variant, theirs in found["GerryChain"].items():
        ours = found["ours"][variant]
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))  # of the slices that took turns
        rate = statistics.median(ours)
        rows.append(
            Row(f"{what}, {variant}", reach, rate, "GerryChain", statistics.median(theirs), "accepted steps/s",
                ratio >= REACH_RATIO and rate >= REACH, "plans at the end certified",
                {"ours": ours, "GerryChain": theirs})
        )  # fmt: skip
    return rows

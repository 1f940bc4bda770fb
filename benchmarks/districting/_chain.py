# SPDX-License-Identifier: BSD-3-Clause
"""d: accepted steps of `recom` a second, by the benchmark of that name, which runs GerryChain beside us."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.districting._report import Options, Row

__all__ = ["chain"]

MODULE = "benchmarks.python.recom"


def chain(_options: Options) -> list[Row]:
    """Run the benchmark as a program and show what it prints."""
    if importlib.util.find_spec(MODULE) is None:
        return [
            Row("recom, accepted steps a second", ">= 400 x GerryChain", note=f"{MODULE} does not exist: not measured")
        ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "recom.json"
        done = subprocess.run(
            [sys.executable, "-m", MODULE, "--json", str(file)], capture_output=True, text=True, check=False
        )
        print(done.stdout.rstrip())
        if done.returncode != 0:
            return [Row("recom", "", note=f"{MODULE} ended with {done.returncode}: {done.stderr.strip()[-300:]}")]
        found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    ours, peer = found.get("steps_per_s"), found.get("gerrychain_steps_per_s")
    met = None if ours is None or not peer else ours >= 400 * peer
    return [
        Row(
            "recom on PA k=17 +-5%",
            ">= 400 x GerryChain",
            ours,
            "GerryChain",
            peer,
            "accepted steps/s",
            met,
            details=found,
        )
    ]

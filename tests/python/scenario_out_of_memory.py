# SPDX-License-Identifier: BSD-3-Clause
"""Run by a test in a process of its own: edits while the memory runs out at every amount that is left.

Prints how often each kind of edit failed and was done; ends with an error where one that failed left a trace.
"""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

import shequ

TOWNS, EACH = 8, 60
STEP, MOST = 64 * 1024, 160  # bytes left: 0 to 10 MB
SECOND_TOWN, EMPTY = EACH + 2, 41  # units are numbered from the root downwards
LONG = "长" * 300_000


def base() -> shequ.Scenario:
    towns = [f"1{t:03d}" for t in range(TOWNS)]
    communities = [f"{town}{c:03d}" for town in towns for c in range(EACH)]
    tree = shequ.Hierarchy.from_columns(
        code=["1", *towns, *communities],
        parent=[None, *["1"] * TOWNS, *[code[:4] for code in communities]],
        level=["district", *["town"] * TOWNS, *["community"] * len(communities)],
        name=["区", *towns, *communities],
    )
    values, mask = np.arange(len(tree)) % 3000, np.ones(len(tree), dtype=bool)
    values[EMPTY] = 0
    mask[tree.at_level("community")] = False
    columns = {
        name: np.ma.MaskedArray(values // part, mask=mask) for name, part in (("households", 1), ("workers", 300))
    }
    return shequ.Scenario(tree, columns, shequ.StaffingRule())


def seen(s: shequ.Scenario) -> tuple[object, ...]:
    units = [unit for unit in range(len(s)) if s.exists(unit)]
    numbers = [
        [s.total(name, unit) for unit in units] for name in ("households", "workers", "posts", "shortage", "surplus")
    ]
    places = [(s.parent(unit), s.code(unit), s.name(unit)) for unit in units]
    return len(s), s.num_edits, s._core.num_undone, s.successions(), str(s.edits()), numbers, places


def used() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


EDITS: dict[str, Callable[[shequ.Scenario], object]] = {
    "set": lambda s: s.set("households", 20, 5000),
    "merge": lambda s: s.merge([30, 31], name=LONG),
    "split": lambda s: s.split(
        200,
        [
            {"name": LONG, "households": 0, "workers": 0},
            {
                "name": LONG,
                "households": s.value("households", 200) or 0,
                "workers": s.value("workers", 200) or 0,
            },
        ],
    ),
    "create": lambda s: s.create(SECOND_TOWN, name=LONG),
    "move": lambda s: s.move(50, SECOND_TOWN),
    "abolish": lambda s: s.abolish(EMPTY),
    "set_rule": lambda s: s.set_rule(shequ.StaffingRule(base=5), 0),
    "undo": lambda s: s.undo(),
    "redo": lambda s: s.redo(),
}


def main() -> None:
    """Let every edit fail."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    start = base()
    start.add("workers", 55, 3)
    start.create(SECOND_TOWN, name=LONG)
    start.merge([45, 46], name=LONG)
    start.undo()
    want = seen(start)
    for kind, edit in EDITS.items():
        done: Counter[str] = Counter()
        for left in range(0, STEP * MOST, STEP):
            s = start.branch()
            resource.setrlimit(resource.RLIMIT_AS, (used() + left, hard))
            try:
                edit(s)
                outcome = "done"
            except MemoryError:
                outcome = "failed"
            finally:
                resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
            done[outcome] += 1
            if outcome == "failed" and seen(s) != want:
                raise SystemExit(f"{kind} with {left} bytes left failed and left a trace")
            if outcome == "done" and done["done"] >= 3:
                break
        if seen(start) != want:
            raise SystemExit(f"{kind} on a branch changed what it branched from")
        print(kind, done["failed"], done["done"])


if __name__ == "__main__":
    main()

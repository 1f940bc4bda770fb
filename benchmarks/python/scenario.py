# SPDX-License-Identifier: BSD-3-Clause
"""Edits of a scenario from Python on 713,035 units with ten measures, against computing all of them anew.

Six columns and posts, shortage, surplus and communities of every unit. Uses the tree of 2016 where the data folder is there
(SHEQU_TEST_DATA, else ../shared/data), else a made-up one of the same shape; the values are made for the run.

Run: python -m benchmarks.python.scenario
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

import shequ
from benchmarks.python._timing import arguments, in_turn, report
from benchmarks.python.tree import made_up, read_table

EDITS, BRANCHES = 1000, 100
COLUMNS = {
    "households": 4000,
    "workers": 12,
    "certified": 12,
    "residents": 9000,
    "office_dm2": 90_000,
    "paid_fen": 10**7,
}
MEASURES = (*COLUMNS, "posts", "shortage", "surplus", "communities")


def values(tree: shequ.Hierarchy) -> dict[str, Any]:
    """Make columns with values at the communities that have none below (one of the table has)."""
    random, units = np.random.default_rng(7), np.arange(len(tree))
    mask = (tree.subtree_ends != units + 1) | (tree.levels != int(shequ.Level.COMMUNITY))
    return {name: np.ma.MaskedArray(random.integers(0, most, len(tree)), mask=mask) for name, most in COLUMNS.items()}


def check(edited: shequ.Scenario, columns: dict[str, Any], added: np.ndarray) -> None:
    """Fail where a number of a unit on a path that was edited differs from the district computed anew."""
    tree = edited.hierarchy
    anew = dict(columns)
    anew["households"] = columns["households"].copy()
    np.add.at(anew["households"].data, added, 300)
    fresh = shequ.Scenario(tree, anew, shequ.StaffingRule())
    paths = {int(unit) for community in added.tolist() for unit in tree.path(community)}
    for unit in [*paths, *range(0, len(tree), 499)]:
        for measure in MEASURES:
            assert edited.total(measure, unit) == fresh.total(measure, unit), (unit, measure)


def each(call: Callable[[], None], times: int) -> float:
    """Return the microseconds of each of so many calls that one call makes."""
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) / times * 1e6


def allocated() -> int:
    """Return the bytes that the C library has handed out, which counts no page twice; 0 where it does not say."""
    names = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")

    class Info(ctypes.Structure):
        _fields_: ClassVar = [(name, ctypes.c_size_t) for name in names]

    try:
        ask = ctypes.CDLL(None).mallinfo2
    except (AttributeError, OSError, TypeError):
        return 0
    ask.restype = Info
    info = ask()
    return int(info.hblkhd + info.uordblks)


def main() -> None:
    """Print the table; fail where a number differs."""
    options = arguments(__doc__, repeats=5)
    code, parent, level = read_table() or made_up()
    tree = shequ.Hierarchy.from_columns(code, parent, level=level)
    columns, rule = values(tree), shequ.StaffingRule()
    s = shequ.Scenario(tree, columns, rule)
    with_value = np.flatnonzero(~columns["households"].mask)
    units = np.random.default_rng(1).choice(with_value, EDITS).astype(np.int64)
    numbers = units.tolist()
    codes = [str(tree.code(unit)) for unit in numbers]

    def add() -> None:
        for unit in numbers:
            s.add("households", unit, 300)

    def add_by_code() -> None:
        for unit in codes:
            s.add("households", unit, 300)

    def put() -> None:
        for unit in numbers:
            s.set("workers", unit, 7)

    def undo() -> None:
        for _ in numbers:
            s.undo()

    def redo() -> None:
        for _ in numbers:
            s.redo()

    def read() -> None:
        for unit in numbers:
            s.total("posts", unit)

    add()
    check(s, columns, units)
    undo()
    # in turn, each from where the one before left the scenario; "undo" after each kind of edit
    calls: dict[str, Callable[[], object]] = {"computing all anew": lambda: shequ.Scenario(tree, columns, rule)}
    steps = {
        "add, unit by number": add, "undo": undo, "redo": redo, "undo again": undo, "add, unit by code": add_by_code,
        "undo after it": undo, "set": put, "undo after set": undo, "read a total": read,
    }  # fmt: skip
    calls |= steps
    seconds = in_turn(calls, options.repeats)
    report(
        f"{len(tree):,} units, {len(MEASURES)} measures, {EDITS:,} edits a line",
        seconds,
        "computing all anew",
        options.json,
    )
    anew = float(np.median(seconds["computing all anew"])) * 1e6
    print(f"\n  {'of one':<28} {'measured':>10} {'to reach':>10} {'computing all anew takes':>26}")
    for name in steps:
        own = float(np.median(seconds[name])) / EDITS * 1e6
        goal = "" if name == "read a total" else "20 us"
        print(f"  {name:<28} {own:>7.2f} us {goal:>10} {anew / own:>20,.0f} x as long")

    branches: list[shequ.Scenario] = []
    before = allocated()

    def branch() -> None:
        branches.extend(s.branch() for _ in range(BRANCHES))

    took = each(branch, BRANCHES)

    def edit_each() -> None:
        for made in branches:
            made.add("households", numbers[0], 1)

    first = each(edit_each, BRANCHES)
    size = (allocated() - before) / BRANCHES / 1e6
    print(f"  {'a branch':<28} {took:>7.1f} us {'1 ms':>10} {anew / took:>20,.0f} x as long")
    print(f"  {'its first edit':<28} {first:>7.1f} us {'':>10} {anew / first:>20,.0f} x as long")
    if before:
        print(f"  {'memory of an edited branch':<28} {size:>7.2f} MB {'1 MB':>10}")


if __name__ == "__main__":
    main()

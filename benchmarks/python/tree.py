# SPDX-License-Identifier: BSD-3-Clause
"""The tree of 713,035 units: building it with a roll-up, and roll-ups alone, against pandas, polars and NumPy's copy.

Uses the table of 2016 where the data folder is there (SHEQU_TEST_DATA, else ../shared/data), else a made-up tree of the
same shape. Households are made for the run.

Run: python -m benchmarks.python.tree
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.python._timing import arguments, in_turn, report
from shequ import Hierarchy

Columns = tuple[np.ndarray, np.ndarray, np.ndarray]


def read_table() -> Columns | None:
    """Return code, parent (-1: none) and level of the table of 2016; None where it is absent."""
    default = Path(__file__).parents[2] / "../shared/data"
    path = Path(os.environ.get("SHEQU_TEST_DATA", default)) / "china" / "divisions_2016.csv.gz"
    if not path.exists():
        print(f"{path} is absent: the tree is made up")
        return None
    table = np.loadtxt(
        path, dtype=np.str_, delimiter=",", skiprows=1, usecols=(0, 1, 3), comments=None, encoding="utf-8"
    )
    parent = np.where(table[:, 1] == "", "-1", table[:, 1])
    return table[:, 0].astype(np.int64), parent.astype(np.int64), table[:, 2].astype(np.int8)


def made_up() -> Columns:
    """Return a tree of 713,000 units or so: children of a unit one after the other, level by level below a district."""
    rng = np.random.default_rng(2016)
    code, parent, level = [100000000000], [-1], [0]

    def add(own: int, upper: int, at: int) -> int:
        code.append(own)
        parent.append(upper)
        level.append(at)
        return own

    for province in range(11, 45):
        above = add(province * 10**10, code[0], 1)
        for city in range(1, 11):
            of_city = add(above + city * 10**8, above, 2)
            for county in range(1, 10):
                of_county = add(of_city + county * 10**6, of_city, 3)
                towns = [add(of_county + town * 10**3, of_county, 4) for town in range(1, 15)]
                for town in towns:
                    for community in range(1, 2 + int(rng.poisson(14.5))):
                        add(town + community, town, 5)
    return np.array(code), np.array(parent), np.array(level, dtype=np.int8)


def pandas_totals(columns: Columns, households: np.ndarray) -> np.ndarray:
    """Add up level by level as one writes it: a group-by on the parent, mapped onto the codes."""
    import pandas as pd

    code, parent, level = columns
    frame = pd.DataFrame({"code": code, "parent": parent, "level": level, "total": households})
    for below in range(int(level.max()), 0, -1):
        sums = frame[frame["level"] == below].groupby("parent")["total"].sum()
        frame["total"] += frame["code"].map(sums).fillna(0).astype(np.int64)
    return frame["total"].to_numpy()


def tuned_pandas_totals(columns: Columns, households: np.ndarray) -> np.ndarray:
    """Add up level by level with a group-by on the parent that touches the parents only."""
    import pandas as pd

    code, parent, level = columns
    totals = pd.Series(households, index=code)
    for below in range(int(level.max()), 0, -1):
        rows = level == below
        sums = totals[rows].groupby(parent[rows]).sum()
        totals.loc[sums.index] += sums
    return totals.to_numpy()


def polars_totals(columns: Columns, households: np.ndarray) -> np.ndarray:
    """Add up level by level with a group-by on the parent and a join."""
    import polars as pl

    code, parent, level = columns
    frame = pl.DataFrame(
        {"row": np.arange(len(code)), "code": code, "parent": parent, "level": level, "total": households}
    )
    parts = []
    sums: Any = None
    for at in range(int(level.max()), -1, -1):
        part = frame.filter(pl.col("level") == at)
        if sums is not None:
            part = part.join(sums, left_on="code", right_on="parent", how="left").with_columns(
                pl.col("total") + pl.col("below").fill_null(0)
            )
        parts.append(part.select("row", "total"))
        sums = part.group_by("parent").agg(pl.col("total").sum().alias("below"))
    return pl.concat(parts).sort("row")["total"].to_numpy()


def main() -> None:
    """Print the tables; fail where an answer differs."""
    options = arguments(__doc__, repeats=11)
    columns = read_table() or made_up()
    code, parent, level = columns
    households = np.random.default_rng(1).integers(0, 3000, len(code))
    tree = Hierarchy.from_columns(code, parent, level=level)
    aligned = tree.align(households)
    out = np.empty_like(aligned)

    def shequ_totals() -> np.ndarray:
        h = Hierarchy.from_columns(code, parent, level=level)
        return h.rollup_sum(h.align(households))

    calls: dict[str, Callable[[], object]] = {"shequ: build the tree and roll up": shequ_totals}
    expected = np.empty_like(households)
    expected[tree.rows] = shequ_totals()
    peers = {"pandas": pandas_totals, "pandas, tuned": tuned_pandas_totals, "polars": polars_totals}
    for name, peer in peers.items():
        try:
            answer = peer(columns, households)
        except ImportError:
            print(f"{name} is not installed: left out")
            continue
        np.testing.assert_array_equal(answer, expected)
        calls[f"{name}: a group-by for each level"] = lambda peer=peer: peer(columns, households)
    title = f"Totals of {len(code):,} units from code, parent and level"
    report(title, in_turn(calls, options.repeats), "shequ: build the tree and roll up", options.json)

    floats = aligned.astype(np.float64)
    gappy = np.where(level[tree.rows] == level.max(), floats, np.nan)
    masked = np.ma.MaskedArray(aligned, mask=level[tree.rows] != level.max())
    copy = "copy (ndarray.copy, int64)"
    calls = {
        copy: aligned.copy,
        "copy (np.copyto, int64)": lambda: np.copyto(out, aligned),
        "rollup_sum, int64": lambda: tree.rollup_sum(aligned),
        "rollup_sum, float64": lambda: tree.rollup_sum(floats),
        "rollup_sum, float64 with NaN": lambda: tree.rollup_sum(gappy),
        "rollup_sum, masked int64": lambda: tree.rollup_sum(masked),
        "rollup_max, int64": lambda: tree.rollup_max(aligned),
        "rollup_mean, int64": lambda: tree.rollup_mean(aligned),
    }
    ratios = report("A roll-up on the tree", in_turn(calls, max(51, options.repeats)), copy, options.json)
    print(f"\nrollup_sum of int64 takes {ratios['rollup_sum, int64']:.2f} x a copy of the column (to reach: 3)")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: BSD-3-Clause
"""Posts for 10 million communities against copying the same bytes, NumPy, pandas and polars where they are installed.

Run: python -m benchmarks.python.staffing
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import shequ
from benchmarks.python._timing import arguments, in_turn, report

COMMUNITIES = 10_000_000


def main() -> None:
    """Print the table; fail where an answer differs."""
    options = arguments(__doc__, repeats=9)
    rule = shequ.StaffingRule()
    households = np.random.default_rng(1).integers(0, 6000, COMMUNITIES)
    narrow = households.astype(np.int32)
    out = np.empty_like(households)
    expected = np.maximum(4, households // 250)

    def numpy_posts() -> np.ndarray:
        return 4 + np.maximum(households - 1000, 0) // 250

    calls: dict[str, Callable[[], object]] = {
        "copy (np.copyto, int64 to int64)": lambda: np.copyto(out, households),
        "shequ posts, int64, out=": lambda: rule.posts(households, out=out),
        "shequ posts, int32, out=": lambda: rule.posts(narrow, out=out),
        "shequ posts, int64, new array": lambda: rule.posts(households),
        "copy into a new array (ndarray.copy)": households.copy,
        "shequ total_posts (posts + sum)": lambda: rule.total_posts(households),
        "read only (ndarray.max)": households.max,
        "NumPy": numpy_posts,
    }
    answers = [rule.posts(households), rule.posts(narrow), numpy_posts()]
    try:
        import pandas as pd

        series = pd.Series(households)
        calls["pandas"] = lambda: 4 + (series - 1000).clip(lower=0) // 250
        answers.append(calls["pandas"]().to_numpy())  # type: ignore[attr-defined]
    except ImportError:
        print("pandas is not installed: left out")
    try:
        import polars as pl

        frame = pl.DataFrame({"h": households})
        expression = 4 + (pl.col("h") - 1000).clip(lower_bound=0) // 250
        calls["polars"] = lambda: frame.select(expression)
        answers.append(frame.select(expression).to_series().to_numpy())
    except ImportError:
        print("polars is not installed: left out")
    for answer in answers:
        np.testing.assert_array_equal(answer, expected)
    assert rule.total_posts(households) == int(expected.sum())

    seconds = in_turn(calls, options.repeats)
    ratios = report(f"Posts for {COMMUNITIES:,} communities", seconds, "copy (np.copyto, int64 to int64)", options.json)
    speed = 1 / ratios["shequ posts, int64, out="]
    print(f"\nposts run at {speed:.0%} of the speed of copying the same bytes (to reach: 70%)")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: BSD-3-Clause
"""A sweep of 10 norms and growth rates over 666,655 communities, against NumPy, pandas and reading the columns as often.

One sum for 100 rates; sums by town for 10, as the time is proportional. Run: python -m benchmarks.python.sweep
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

import shequ
from benchmarks.python._timing import arguments, in_turn, report

COMMUNITIES, TOWNS = 666_655, 42_868


def main() -> None:
    """Print the table; fail where an answer differs."""
    options = arguments(__doc__, repeats=3)
    random = np.random.default_rng(1)
    columns: dict[str, Any] = {
        "households": random.integers(0, 5000, COMMUNITIES),
        "workers": random.integers(0, 20, COMMUNITIES),
    }
    town = np.sort(random.integers(0, TOWNS, COMMUNITIES))
    columns["town"] = np.char.mod("%05d", town)
    rules = [shequ.StaffingRule(base_households=1000 + 50 * k) for k in range(10)]
    rates = [Fraction(k, 100) for k in range(10)]
    households, workers = columns["households"], columns["workers"]
    first = np.flatnonzero(np.r_[True, town[1:] != town[:-1]])

    def plain() -> tuple[np.ndarray, np.ndarray]:
        posts, shortage = (np.zeros((10, 10, len(first)), dtype=np.int64) for _ in range(2))
        for j in range(10):
            grown = (households * (2 * (100 + j)) + 100) // 200
            for i, rule in enumerate(rules):
                own = 4 + np.maximum(grown - rule.base_households, 0) // 250
                posts[i, j] = np.add.reduceat(own, first)
                shortage[i, j] = np.add.reduceat(np.maximum(own - workers, 0), first)
        return posts, shortage

    def read(times: int) -> int:
        return sum(int(households.max() + workers.max()) for _ in range(times))

    many = [Fraction(k, 1000) for k in range(100)]
    whole_calls: dict[str, Any] = {
        "read both columns a thousand times": lambda: read(1000),
        "shequ sweep, one sum": lambda: shequ.sweep(columns, rules, many, by_town=False),
    }
    calls: dict[str, Any] = {
        "read both columns a hundred times": lambda: read(100),
        "shequ sweep": lambda: shequ.sweep(columns, rules, rates),
        "shequ sweep, 2 threads": lambda: shequ.sweep(columns, rules, rates, threads=2),
        "NumPy": plain,
    }
    found = shequ.sweep(columns, rules, rates)
    posts, shortage = plain()
    np.testing.assert_array_equal(found.posts, posts)
    np.testing.assert_array_equal(found.shortage, shortage)
    whole = shequ.sweep(columns, rules, rates, by_town=False)
    np.testing.assert_array_equal(whole.total("posts"), posts.sum(axis=2))
    np.testing.assert_array_equal(whole.total("shortage"), shortage.sum(axis=2))
    try:
        import pandas as pd

        frame = pd.DataFrame({"town": columns["town"], "households": households, "workers": workers})

        def with_pandas() -> None:
            for j in range(10):
                grown = (frame.households * (2 * (100 + j)) + 100) // 200
                for rule in rules:
                    own = 4 + (grown - rule.base_households).clip(lower=0) // 250
                    both = frame.assign(posts=own, shortage=(own - frame.workers).clip(lower=0))
                    both.groupby("town", sort=False)[["posts", "shortage"]].sum()

        calls["pandas"] = with_pandas
    except ImportError:
        print("pandas is not installed: left out")
    for title, group in (("100 rates, one sum", whole_calls), ("10 rates, sums by town", calls)):
        seconds = in_turn(group, options.repeats)
        report(f"10 norms x {title}, {COMMUNITIES:,} communities", seconds, next(iter(group)), options.json)


if __name__ == "__main__":
    main()

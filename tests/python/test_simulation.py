# SPDX-License-Identifier: BSD-3-Clause
"""Random growth: the same lots everywhere, sums and quantiles against a plain recomputation."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import shequ
from shequ._chance import keys_of, lots
from shequ.simulation import simulate_growth

COLUMNS = {
    "code": ["320412001001", "320412001002", "320412002001"],
    "town": ["A", "A", "B"],
    "households": [900, 1001, 2600],
    "workers": [4, 4, None],
}


def mixed(value: int) -> int:
    mask = 2**64 - 1
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & mask
    value = (value ^ value >> 27) * 0x94D049BB133111EB & mask
    return value ^ value >> 31


def test_lots_are_those_of_plain_whole_numbers() -> None:
    keys = keys_of(["", "a", "320412001001"])
    assert keys.tolist()[:2] == [0xCBF29CE484222325, 0xAF63DC4C8601EC8C]  # FNV-1a
    for seed, draw, span in ((0, 0, 1), (7, 3, 401), (2**40, 999, 2**31)):
        state = (seed * 0x9E3779B97F4A7C15 + draw * 0xD1342543DE82EF95) % 2**64
        expected = []
        for key in keys.tolist():
            hashed = mixed((mixed((key + state) % 2**64) + 0x9E3779B97F4A7C15) % 2**64)
            expected.append((hashed >> 32) * span >> 32)
        assert lots(seed, draw, keys, span).tolist() == expected
    assert lots(1, 1, keys, 1).tolist() == [0, 0, 0]


def test_lots_are_spread_evenly() -> None:
    keys = keys_of([str(i) for i in range(20_000)])
    counts = np.bincount(lots(5, 2, keys, 10), minlength=10)
    assert counts.min() > 1800  # 2,000 expected, standard deviation 42
    assert counts.max() < 2200


def test_draws_equal_a_plain_recomputation() -> None:
    found = simulate_growth(COLUMNS, "staff.wujin2012", ("-1%", "5%"), own=("-2%", "2%"), draws=40, seed=9)
    rule = shequ.StaffingRule()
    keys, whole = keys_of(COLUMNS["code"]), keys_of(["*"])
    for draw in range(40):
        together = int(lots(9, draw, whole, 601)[0]) - 100
        alone = lots(9, draw, keys, 401) - 200
        posts = []
        for households, own in zip(COLUMNS["households"], alone.tolist(), strict=True):
            exact = Fraction(int(households) * (10_000 + together + own), 10_000)
            posts.append(rule.posts(math.floor(exact + Fraction(1, 2))))
        assert found.posts[draw].tolist() == [posts[0] + posts[1], posts[2]]
        assert found.shortage[draw].tolist() == [max(0, posts[0] - 4) + max(0, posts[1] - 4), 0]
    assert found.now_posts.tolist() == [8, 10]


def test_quantiles_are_values_that_were_drawn() -> None:
    found = simulate_growth(COLUMNS, "staff.wujin2012", (0, "20%"), draws=101, seed=3, lang="en")
    values = sorted(found.posts.sum(axis=1).tolist())
    assert found.quantile("posts", "50%") == values[50]
    assert found.quantile("posts", "5%") == values[math.ceil(0.05 * 101) - 1]
    assert found.quantile("posts", 1) == values[-1]
    table = found.table()
    assert table.names == ("town", "measure", "now", "5%", "50%", "95%")
    assert table.rows[-1][0] == "Total"
    with pytest.raises(shequ.InvalidInputError, match="q=0"):
        found.quantile("posts", 0)


def test_the_same_seed_gives_the_same_numbers_in_any_order_of_rows() -> None:
    found = simulate_growth(COLUMNS, "staff.wujin2012", (0, "20%"), own=(0, "5%"), draws=30, seed=1)
    again = simulate_growth(COLUMNS, "staff.wujin2012", (0, "20%"), own=(0, "5%"), draws=30, seed=1)
    assert found.posts.tobytes() == again.posts.tobytes()
    turned = {name: list(reversed(column)) for name, column in COLUMNS.items()}
    other = simulate_growth(turned, "staff.wujin2012", (0, "20%"), own=(0, "5%"), draws=30, seed=1)
    assert other.posts[:, ::-1].tolist() == found.posts.tolist()
    assert (
        simulate_growth(COLUMNS, "staff.wujin2012", (0, "20%"), draws=30, seed=2).posts.tolist() != found.posts.tolist()
    )


def test_no_spread_is_the_sweep() -> None:
    district = shequ.sample_district(seed=2)
    found = simulate_growth(district, "staff.wujin2012", ("3%", "3%"), draws=2)
    grid = shequ.sweep(district, "staff.wujin2012", ["3%"])
    assert found.posts[0].tolist() == grid.posts[0, 0].tolist()
    assert found.shortage[1].tolist() == grid.shortage[0, 0].tolist()


def test_bad_growth_is_refused() -> None:
    for growth, own in (
        ((0.1, 0.2), (0, 0)),
        (("5%", "1%"), (0, 0)),
        (("0.001%", "1%"), (0, 0)),
        (("-60%", 0), ("-60%", 0)),
    ):
        with pytest.raises(shequ.InvalidInputError):
            simulate_growth(COLUMNS, "staff.wujin2012", growth, own=own)
    with pytest.raises(shequ.InvalidInputError, match="draws=0"):
        simulate_growth(COLUMNS, "staff.wujin2012", (0, 0), draws=0)

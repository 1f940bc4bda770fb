# SPDX-License-Identifier: BSD-3-Clause
"""Growth sweeps against a plain recomputation in whole numbers and fractions."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ
from shequ.growth import grow, sweep

NORMS = ["staff.wujin2012", "staff.beijing2020", "station.shenzhen", "staff.gansu2023"]


def plainly(count: int, rate: Fraction, rounding: str) -> int:
    exact = count * (1 + rate)
    return {"floor": math.floor(exact), "ceil": math.ceil(exact), "round": math.floor(exact + Fraction(1, 2))}[rounding]


@given(
    st.lists(st.integers(0, 2_000_000), max_size=20),
    st.fractions(-1, 3, max_denominator=1000),
    st.sampled_from(["floor", "ceil", "round"]),
)
def test_growth_is_exact(counts: list[int], rate: Fraction, rounding: Any) -> None:
    assert grow(np.array(counts, dtype=np.int64), rate, rounding).tolist() == [
        plainly(count, rate, rounding) for count in counts
    ]


def test_growth_takes_the_ends_of_the_range_and_refuses_more() -> None:
    assert grow(2_147_483_647, 0) == 2_147_483_647
    assert grow(2_147_483_647, "-1/1000000", "ceil") == plainly(2_147_483_647, Fraction(-1, 10**6), "ceil")
    with pytest.raises(shequ.InvalidInputError, match="at most 2147483647"):
        grow(2_147_483_647, "1%")
    for wrong in (0.05, "5 percent", "-101%", "1/1000001"):
        with pytest.raises(shequ.InvalidInputError, match="rate="):
            grow(10, wrong)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 12_000)), st.one_of(st.none(), st.integers(0, 40)), st.integers(0, 3)
        ),
        min_size=1,
        max_size=25,
    ),
    st.lists(st.fractions(-1, 1, max_denominator=50), min_size=1, max_size=3),
    st.sampled_from([1, 2]),
)
def test_a_sweep_equals_the_sum_of_communities_one_by_one(
    entries: list[tuple[int | None, int | None, int]], rates: list[Fraction], threads: int
) -> None:
    columns = {
        "households": [entry[0] for entry in entries],
        "persons": [None if entry[0] is None else 2 * entry[0] for entry in entries],
        "workers": [entry[1] for entry in entries],
        "town": [f"T{entry[2]}" for entry in entries],
    }
    found = sweep(columns, NORMS, rates, threads=threads)
    whole = sweep(columns, NORMS, rates, by_town=False, threads=threads)
    for name in ("posts", "posts_most", "shortage", "surplus", "answered"):
        assert whole.total(name).tolist() == found.total(name).tolist()
    assert found.towns == tuple(dict.fromkeys(columns["town"]))
    for i, id in enumerate(NORMS):
        rule = shequ.norms.get(id).staffing
        assert rule is not None
        for j, rate in enumerate(rates):
            for t, town in enumerate(found.towns):
                sums = dict.fromkeys(("posts", "posts_most", "shortage", "surplus", "answered"), 0)
                for households, workers, place in entries:
                    if f"T{place}" != town or households is None:
                        continue
                    count = 2 * households if id == "staff.gansu2023" else households
                    posts = rule.posts_range(plainly(count, rate, "round"))
                    if posts is None:
                        continue
                    sums["answered"] += 1
                    sums["posts"] += posts[0]
                    sums["posts_most"] += posts[1]
                    if workers is not None:
                        sums["shortage"] += max(0, posts[0] - workers)
                        sums["surplus"] += max(0, workers - posts[1])
                assert {name: int(getattr(found, name)[i, j, t]) for name in sums} == sums
            least, most = found.communities(i, j)
            assert int(np.ma.filled(least, 0).sum()) == int(found.total("posts")[i, j])
            assert int(np.ma.filled(most, 0).sum()) == int(found.total("posts_most")[i, j])


def test_one_sum_is_the_same_where_counts_and_workers_are_too_many_for_a_table() -> None:
    random = np.random.default_rng(5)
    columns = {
        "households": random.integers(0, 2_000_000, 3000),
        "workers": np.r_[random.integers(0, 9000, 2999), 5_000_000],
        "town": random.integers(0, 3, 3000).astype(str),
    }
    rates = ["-10%", "0%", "7%"]
    whole = sweep(columns, "staff.wujin2012", rates, by_town=False)
    found = sweep(columns, "staff.wujin2012", rates)
    for name in ("posts", "shortage", "surplus", "answered"):
        assert whole.total(name).tolist() == found.total(name).tolist()


def test_a_sweep_without_growth_is_the_staff_table() -> None:
    district = shequ.sample_district(seed=4)
    table = shequ.staff_table(district)
    found = sweep(district, shequ.StaffingRule(), ["0%", "10%"], lang="en")
    assert found.total("posts")[0, 0] == table.total.posts
    assert found.total("shortage")[0, 0] == table.total.shortage
    assert found.total("surplus")[0, 0] == table.total.surplus
    assert [int(n) for n in found.posts[0, 0]] == [town.posts for town in table.totals()]
    grown = found.table(by_town=True)
    assert len(grown) == 2 * len(found.towns)
    assert set(grown.column("rate")) == {"0%", "10%"}
    assert "half up" in str(found)
    assert "<table" in found._repr_html_()


def test_a_scenario_is_swept_as_it_stands() -> None:
    district = shequ.sample_district(seed=4)
    s = shequ.Scenario(district, rules=shequ.StaffingRule())
    units = [int(u) for u in district.hierarchy.at_level("community")[:2]]
    s.merge(units, name="merged")
    s.add("households", int(district.hierarchy.at_level("community")[2]), 1000)
    found = sweep(s, "staff.wujin2012", [0], every_setting=True)
    assert int(found.total("posts")[0, 0]) == s.total("posts")
    assert int(found.total("shortage")[0, 0]) == s.total("shortage")
    assert found.answered.sum() == s.total("communities")


def test_rules_for_the_other_setting_are_left_out() -> None:
    columns = {"households": [900, 900], "setting": ["urban", "rural"]}
    assert sweep(columns, "staff.wujin2012", [0]).total("answered").tolist() == [[1]]
    assert sweep(columns, "staff.wujin2012", [0], every_setting=True).total("answered").tolist() == [[2]]


def test_bad_sweeps_are_refused() -> None:
    with pytest.raises(shequ.InvalidInputError, match="must contain persons"):
        sweep({"households": [900]}, "staff.cn2025", [0])
    with pytest.raises(shequ.InvalidInputError, match=r"households\[0\]=-1"):
        sweep({"households": [-1]}, "staff.wujin2012", [0])
    with pytest.raises(shequ.InvalidInputError, match="norm of staffing"):
        sweep({"households": [1]}, "grid.haikou2020", [0])
    with pytest.raises(shequ.InvalidInputError, match="threads=0"):
        sweep({"households": [1]}, "staff.wujin2012", [0], threads=0)


def test_the_norms_of_a_scenario_are_a_row_of_their_own() -> None:
    district = shequ.sample_district(seed=4)
    s = shequ.Scenario(district, rules={"urban": shequ.StaffingRule()})
    s.set_rule(shequ.StaffingRule(rounding="ceil"), int(district.hierarchy.at_level("town")[0]), setting="urban")
    found = sweep(s, [None, "staff.wujin2012"], [0, "10%"], threads=2, lang="en")
    assert found.rules[0] == "norms of the scenario"
    assert int(found.total("posts")[0, 0]) == s.total("posts")
    assert int(found.total("shortage")[0, 0]) == s.total("shortage")
    least, _most = found.communities(0, 1)
    assert int(np.ma.filled(least, 0).sum()) == int(found.total("posts")[0, 1])
    with pytest.raises(shequ.InvalidInputError, match="rules=None"):
        sweep(district, None, [0])

# SPDX-License-Identifier: BSD-3-Clause
"""The binding of ratios and tables of posts; the rules themselves are tested in C++."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ

BEIJING = shequ.StaffingRatio(per=150, most_per=110, minimum=9, basis="households", id="staff.beijing2020")
GANSU = shequ.StaffingRatio(posts=18, per=10_000, minimum=9, basis="residents")
LAW = shequ.StaffingTable([(700, 5, 9)], from_count=100, basis="households")
NORMS = [shequ.StaffingRule(), BEIJING, GANSU, LAW]


def test_the_figures_of_the_sources_come_out() -> None:
    assert BEIJING.posts_range(2000) == (14, 19)
    assert BEIJING.posts_range(3000) == (20, 28)
    assert GANSU.posts_range(5000) == (9, 9)
    assert GANSU.posts_range(5001) == (10, 10)
    assert LAW.posts_range(700) == (5, 9)
    assert LAW.posts_range(701) is None
    assert shequ.StaffingRule().posts_range(1250) == (5, 5)


@pytest.mark.parametrize("norm", NORMS)
@given(counts=st.lists(st.one_of(st.none(), st.integers(0, 2**31 - 1))))
def test_columns_equal_single_values_and_missing_stays_missing(
    norm: shequ.StaffingRatio, counts: list[int | None]
) -> None:
    column = np.ma.MaskedArray([count or 0 for count in counts], mask=[count is None for count in counts], dtype=int)
    least, most = norm.posts_range(column)
    expected = [None if count is None else norm.posts_range(count) for count in counts]
    assert least.tolist() == [None if posts is None else posts[0] for posts in expected]
    assert most.tolist() == [None if posts is None else posts[1] for posts in expected]


@pytest.mark.parametrize("norm", NORMS)
@given(a=st.integers(0, 12_000), b=st.integers(0, 12_000))
def test_more_never_mean_fewer_posts(norm: shequ.StaffingRatio, a: int, b: int) -> None:
    low, high = norm.posts_range(min(a, b)), norm.posts_range(max(a, b))
    if low is not None and high is not None:
        assert low[0] <= high[0]
        assert low[1] <= high[1]
        assert low[0] <= low[1]


def test_a_norm_says_what_it_does() -> None:
    assert BEIJING.explain(800) == (
        "9 posts: 800 households, 1 per 110 to 150, but at least 9; norm staff.beijing2020, ceil"
    )
    assert "常住人口" in GANSU.describe("zh")
    assert BEIJING.basis is shequ.Basis.HOUSEHOLDS
    assert GANSU.basis is shequ.Basis.RESIDENTS
    assert BEIJING.next_post_at(0) == 1351
    assert LAW.next_post_at(700) is None


@pytest.mark.parametrize("norm", [BEIJING, GANSU, LAW])
def test_a_norm_is_a_value(norm: shequ.StaffingRatio) -> None:
    for other in (copy.copy(norm), copy.deepcopy(norm), pickle.loads(pickle.dumps(norm))):
        assert other == norm
        assert hash(other) == hash(norm)
    names = {"StaffingRatio": shequ.StaffingRatio, "StaffingTable": shequ.StaffingTable}
    assert eval(repr(norm), names) == norm


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: shequ.StaffingRatio(per=0, basis="residents"), "per=0 must be in [1, 2147483647]"),
        (lambda: shequ.StaffingRatio(per=10, most_per=20, basis="residents"), "most_per=20 must be in [1, per]"),
        (lambda: shequ.StaffingRatio(per=10, basis="people"), "basis='people' must be one of \"households\""),
        (lambda: shequ.StaffingTable([], basis="households"), "bands.size()=0 must be in [1, 12]"),
        (lambda: shequ.StaffingTable([(9, 1), (9, 2)], basis="households"), "bands[1].up_to=9 must be above"),
        (lambda: shequ.StaffingTable([(9,)], basis="households"), "bands=(9,) must be (up_to, posts)"),
        (lambda: GANSU.posts_range(-1), "count=-1 must be in [0, 2147483647]"),
        (lambda: GANSU.posts_range([1, -2]), "counts[1]=-2 must be in [0, 2147483647]"),
        (lambda: GANSU.posts_range([1.5]), "counts[0]=1.5 must be a whole number"),
    ],
)
def test_what_is_no_norm_or_count_is_named(make: object, message: str) -> None:
    with pytest.raises(shequ.InvalidInputError) as caught:
        make()  # type: ignore[operator]
    assert message in str(caught.value)
    assert any("一" <= character <= "鿿" for character in caught.value.message("zh"))


def test_a_ratio_states_its_basis() -> None:
    with pytest.raises(TypeError):
        shequ.StaffingRatio(per=150)  # type: ignore[call-arg]

# SPDX-License-Identifier: BSD-3-Clause
"""The binding of divisions of posts and money; that they are the best ones is tested in C++."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ

WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any)
METHODS = ("largest_remainder", "webster", "huntington_hill")


@given(st.integers(30, 10**6), WEIGHTS, st.sampled_from(METHODS))
def test_parts_add_up_and_nobody_without_a_weight_gets_any(total: int, weights: list[int], method: str) -> None:
    given_out = shequ.apportion(total, weights, method=method)  # type: ignore[arg-type]
    assert given_out.sum() == total
    assert (given_out[np.array(weights) == 0] == 0).all()
    assert (given_out >= 0).all()


@given(st.integers(0, 10**12), WEIGHTS)
def test_largest_remainders_stay_beside_the_share(total: int, weights: list[int]) -> None:
    for part, weight in zip(shequ.apportion(total, weights).tolist(), weights, strict=True):
        assert total * weight // sum(weights) <= part <= -(-total * weight // sum(weights))


@given(st.integers(0, 10**6), WEIGHTS, st.sampled_from(METHODS), st.integers(2, 9))
def test_weights_count_in_proportion_only(total: int, weights: list[int], method: str, factor: int) -> None:
    total += len(weights)
    scaled = [weight * factor for weight in weights]
    first = shequ.apportion(total, weights, method=method)  # type: ignore[arg-type]
    assert first.tolist() == shequ.apportion(total, scaled, method=method).tolist()  # type: ignore[arg-type]


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), max_size=30))
def test_no_gap_gets_more_than_it_lacks(total: int, gaps: list[int]) -> None:
    given_out, left_over = shequ.cover_shortage(total, np.array(gaps, dtype=np.int64))
    assert given_out.sum() + left_over == total
    assert (given_out <= np.array(gaps, dtype=np.int64)).all()
    assert left_over == max(0, total - sum(gaps))


def test_100_yuan_over_three() -> None:
    assert shequ.apportion(10_000, [1, 1, 1]).tolist() == [3334, 3333, 3333]


def test_relative_shortages_need_the_needs() -> None:
    given_out, _ = shequ.cover_shortage(3, [4, 2, 1], cost="relative", needs=[16, 2, 1])
    assert given_out.tolist() == [0, 2, 1]
    with pytest.raises(shequ.InvalidInputError, match='needs=None must be given for cost="relative"'):
        shequ.cover_shortage(3, [4], cost="relative")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: shequ.apportion(-1, [1]), "total=-1 must be 0 or more"),
        (lambda: shequ.apportion(1, [1, -2]), "weights[1]=-2 must be 0 or more"),
        (lambda: shequ.apportion(1, [0]), "sum(weights)=0 must be above 0"),
        (lambda: shequ.apportion(1, [1], method="hamilton"), "method='hamilton' must be one of"),  # type: ignore[arg-type]
        (lambda: shequ.divide_by_shares(1, ["1/2", "1/3"]), "sum(shares)=5/6 must be 1"),
        (lambda: shequ.cover_shortage(1, [-1]), "gaps[0]=-1 must be 0 or more"),
    ],
)
def test_what_cannot_be_divided_is_named(make: object, message: str) -> None:
    with pytest.raises(shequ.InvalidInputError) as caught:
        make()  # type: ignore[operator]
    assert message in str(caught.value)


def test_too_few_posts_for_huntington_hill_are_infeasible() -> None:
    with pytest.raises(shequ.InfeasibleError, match="needs at least 3"):
        shequ.apportion(2, [1, 1, 1], method="huntington_hill")

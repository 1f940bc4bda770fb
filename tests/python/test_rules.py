# SPDX-License-Identifier: BSD-3-Clause
"""The binding of the staffing rule and of the catalogue of norms; the rule itself is tested in C++."""

from __future__ import annotations

import copy
import pickle
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ

HOUSEHOLDS = st.integers(0, 2**31 - 1)


def test_one_number_gives_an_int() -> None:
    rule = shequ.StaffingRule()
    assert rule.posts(1250) == 5
    assert type(rule.posts(np.int32(1250))) is int
    assert rule.max_households(5) == 1499
    assert rule.households_to_next_post(1249) == 1


def test_the_table_of_the_small_district_comes_out() -> None:
    urban = np.array([900, 1001, 2600, 1250])
    workers = np.array([4, 4, 8, 5])
    floor = shequ.StaffingRule().posts(urban)
    ceil = shequ.StaffingRule(rounding="ceil").posts(urban)
    assert floor.tolist() == [4, 4, 10, 5]
    assert ceil.tolist() == [4, 5, 11, 5]
    assert shequ.staffing_balance(floor, workers).shortage == 2
    assert shequ.staffing_balance(ceil, workers).shortage == 4
    assert shequ.staffing_balance(ceil, workers).surplus == 0


@given(st.lists(HOUSEHOLDS), st.sampled_from(["floor", "ceil", "round"]))
def test_an_array_equals_the_numbers_one_by_one(households: list[int], rounding: str) -> None:
    rule = shequ.StaffingRule(rounding=rounding)  # type: ignore[arg-type]
    expected = [rule.posts(h) for h in households]
    assert rule.posts(households).tolist() == expected
    assert rule.posts(np.array(households, dtype=np.int32)).tolist() == expected
    assert rule.total_posts(households) == sum(expected)


@given(HOUSEHOLDS, HOUSEHOLDS)
def test_more_households_never_mean_fewer_posts(a: int, b: int) -> None:
    rule = shequ.StaffingRule()
    low, high = sorted((a, b))
    assert rule.posts(low) <= rule.posts(high)


def test_posts_keep_the_shape_and_are_int64() -> None:
    posts = shequ.StaffingRule().posts(np.full((2, 3), 1500, dtype=np.int32))
    assert posts.shape == (2, 3)
    assert posts.dtype == np.int64
    assert (posts == 6).all()


def test_out_receives_the_posts_without_a_new_array() -> None:
    households = np.array([1000, 1250, 2600])
    out = np.empty(3, dtype=np.int64)
    assert shequ.StaffingRule().posts(households, out=out) is out
    assert out.tolist() == [4, 5, 10]
    shequ.StaffingRule().posts(households, out=households)
    assert households.tolist() == [4, 5, 10]


@pytest.mark.parametrize(
    ("out", "allowed"),
    [
        (np.empty(3, dtype=np.int32), "a C-contiguous array of int64"),
        (np.empty(6, dtype=np.int64)[::2], "a C-contiguous array of int64"),
        ([0, 0, 0], "a C-contiguous array of int64"),
        (np.empty(2, dtype=np.int64), "of the shape of households"),
        (np.broadcast_to(np.int64(0), 3), "a C-contiguous array of int64"),
    ],
)
def test_an_out_that_cannot_hold_the_posts_is_refused(out: object, allowed: str) -> None:
    with pytest.raises(shequ.InvalidInputError, match=f"out must be {allowed}"):
        shequ.StaffingRule().posts(np.array([1, 2, 3]), out=out)  # type: ignore[call-overload]


def test_an_out_that_half_overlaps_is_refused() -> None:
    memory = np.full(5, 1250)
    with pytest.raises(shequ.InvalidInputError, match="the memory of households or apart from it"):
        shequ.StaffingRule().posts(memory[:4], out=memory[1:])
    assert (memory == 1250).all()


def test_a_read_only_out_is_refused() -> None:
    out = np.empty(3, dtype=np.int64)
    out.setflags(write=False)
    with pytest.raises(shequ.InvalidInputError, match="out must be writeable"):
        shequ.StaffingRule().posts(np.array([1, 2, 3]), out=out)


@pytest.mark.parametrize(
    "households",
    [
        np.array([1000, 2600, 1250], dtype=">i8"),
        np.array([1000, 2600, 1250], dtype=">i4"),
        np.array([1000, 0, 2600, 0, 1250, 0])[::2],
        np.array([1000, 2600, 1250], dtype=np.uint16),
        np.array([1000, 2600, 1250], dtype=np.uint64),
        (1000, 2600, 1250),
    ],
)
def test_any_layout_of_whole_numbers_is_read(households: object) -> None:
    assert shequ.StaffingRule().posts(households).tolist() == [4, 10, 5]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("households", "message"),
    [
        (-1, "households=-1 must be in [0, 2147483647]"),
        (2**31, "households=2147483648 must be in [0, 2147483647]"),
        (2**70, "households=1180591620717411303424 must be in [0, 2147483647]"),
        (1.5, "households=1.5 must be of whole numbers"),
        (None, "households=None must be of whole numbers"),
        (True, "households=True must be of whole numbers"),
        ("1250", "households='1250' must be of whole numbers"),
        ([1, -1], "households[1]=-1 must be in [0, 2147483647]"),
        ([1, 2**31], "households[1]=2147483648 must be in [0, 2147483647]"),
        (np.array([2**63], dtype=np.uint64), "households holds 9223372036854775808 and must be in"),
        ([1.0, float("nan")], "households[1] is NaN and must be a whole number"),
        ([1.0, 2.0], "households has dtype float64 and must be of whole numbers"),
        ([1, None], "households has dtype object and must be of whole numbers"),
        (np.array([True]), "households has dtype bool and must be of whole numbers"),
        (np.ma.array([1, 2], mask=[False, True]), "households[1] is missing and must have a value"),
    ],
)
def test_what_is_no_number_of_households_is_named(households: object, message: str) -> None:
    with pytest.raises(shequ.InvalidInputError) as caught:
        shequ.StaffingRule().posts(households)  # type: ignore[call-overload]
    assert message in str(caught.value)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, shequ.Error)
    assert any("一" <= character <= "鿿" for character in caught.value.message("zh"))


def test_an_empty_column_has_no_posts() -> None:
    assert shequ.StaffingRule().posts([]).tolist() == []
    assert shequ.StaffingRule().total_posts(np.array([], dtype=np.int64)) == 0


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"step_households": 0}, "step_households=0 must be in [1, 2147483647]"),
        ({"base": -1}, "base=-1 must be in [0, 1000000]"),
        ({"base_households": -5}, "base_households=-5 must be in [0, 2147483647]"),
        ({"rounding": "up"}, 'rounding=\'up\' must be one of "floor", "ceil", "round"'),
        ({"applies_to": "town"}, 'applies_to=\'town\' must be one of "urban", "rural"'),
        ({"id": "x" * 48}, "must be at most 47 bytes long"),
    ],
)
def test_a_rule_that_is_none_is_refused(parameters: dict[str, object], message: str) -> None:
    with pytest.raises(shequ.InvalidInputError) as caught:
        shequ.StaffingRule(**parameters)  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_a_rule_carries_the_id_of_the_norm_only_with_the_numbers_of_the_norm() -> None:
    rule = shequ.StaffingRule()
    assert rule.id == "staff.wujin2012"
    assert rule.replace(rounding="ceil").id == "staff.wujin2012"
    assert rule.replace(base=5).id == "custom"
    assert rule.replace(base=5, id="staff.mine").replace(rounding="ceil").id == "staff.mine"


def test_a_rule_is_a_value() -> None:
    rule = shequ.StaffingRule(base=5, rounding="round", applies_to="rural", id="staff.mine")
    for other in (copy.copy(rule), copy.deepcopy(rule), pickle.loads(pickle.dumps(rule))):
        assert other == rule
        assert hash(other) == hash(rule)
    assert rule != shequ.StaffingRule()
    assert eval(repr(rule), {"StaffingRule": shequ.StaffingRule}) == rule


def test_threads_share_a_rule() -> None:
    rule = shequ.StaffingRule()
    households = np.arange(200_000, dtype=np.int64) % 6000
    expected = rule.posts(households)
    results: list[np.ndarray] = []
    threads = [threading.Thread(target=lambda: results.append(rule.posts(households))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    for result in results:
        np.testing.assert_array_equal(result, expected)


def test_balance_refuses_columns_that_do_not_fit() -> None:
    with pytest.raises(shequ.InvalidInputError, match="workers has length 1 and must have length 2"):
        shequ.staffing_balance([4, 4], [1])
    with pytest.raises(shequ.InvalidInputError, match=r"workers\[1\]=-1 must be 0 or more"):
        shequ.staffing_balance([4, 4], [1, -1])


def test_random_numbers_are_the_same_everywhere() -> None:
    # First outputs of xoshiro256** seeded with SplitMix64(0), as published with the generator.
    random = shequ.Random(0)
    assert [random.bits() for _ in range(2)] == [11091344671253066420, 13793997310169335082]
    assert all(0 <= shequ.Random(3, stream=i).below(7) < 7 for i in range(50))
    assert shequ.Random(1, stream=1).bits() != shequ.Random(1, stream=2).bits()
    with pytest.raises(shequ.InvalidInputError, match="bound=0 must be in"):
        random.below(0)

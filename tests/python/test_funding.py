# SPDX-License-Identifier: BSD-3-Clause
"""The binding of funding rules and shares; the rules themselves are tested in C++."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ
from shequ import norms

RULE = shequ.FundingRule(base_fen=8_000_000, base_households=1000, step_fen=3_000, id="fund.example")
SHARES = shequ.FundingShares(town="60%", district="40%")


def test_the_worked_example_comes_out() -> None:
    assert [RULE.grant(h) for h in (0, 1000, 1001, 2600)] == [8_000_000, 8_000_000, 8_003_000, 12_800_000]
    assert SHARES.split(12_800_000) == (7_680_000, 5_120_000)
    column = np.ma.MaskedArray([900, 1001, 550, 2600, 1250, 0], mask=[0, 0, 0, 0, 0, 1])
    grants = RULE.grant(column)
    assert grants.tolist() == [8_000_000, 8_003_000, 8_000_000, 12_800_000, 8_750_000, None]
    assert grants.sum() == 45_553_000
    town, district = SHARES.split(grants)
    assert (town.sum(), district.sum()) == (27_331_800, 18_221_200)
    assert town.tolist()[-1] is None


def test_the_norm_of_yunxiao_pays_by_class() -> None:
    rule = norms.get("fund.yunxiao2017").funding
    assert rule is not None
    assert rule.grant(0, 1) == 5_000_000
    assert rule.effective == dt.date(2017, 1, 5)
    classes = np.ma.MaskedArray([0, 1, 1], mask=[0, 0, 1])
    assert rule.grant(np.zeros(3, dtype=int), classes).tolist() == [4_000_000, 5_000_000, None]


@given(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
def test_more_households_never_mean_less_money(a: int, b: int) -> None:
    assert RULE.grant(min(a, b)) <= RULE.grant(max(a, b))


@given(st.integers(0, 10**15), st.fractions(Fraction(1, 2), 1, max_denominator=10_000))
def test_parts_add_up_to_the_fen(fen: int, town: Fraction) -> None:
    if town == Fraction(1, 2):
        return
    shares = shequ.FundingShares(town=town, district=1 - town)
    parts = shares.split(fen)
    assert sum(parts) == fen
    assert abs(parts[0] - town * fen) <= Fraction(1, 2)
    assert shequ.divide_by_shares(fen, [town, 1 - town]).tolist() == list(parts)


def test_a_rule_is_a_value() -> None:
    rule = shequ.FundingRule(
        base_fen=4_000_000, class_fen=[0, 1], applies_to="rural", source="notice", effective=dt.date(2017, 1, 5)
    )
    for other in (copy.copy(rule), copy.deepcopy(rule), pickle.loads(pickle.dumps(rule))):
        assert other == rule
        assert hash(other) == hash(rule)
    assert rule != RULE
    assert eval(repr(rule), {"FundingRule": shequ.FundingRule, "datetime": dt}) == rule
    assert pickle.loads(pickle.dumps(SHARES)) == SHARES


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: shequ.FundingRule(base_fen=-1), "base_fen=-1 must be in [0, 1000000000000000]"),
        (lambda: shequ.FundingRule(base_fen=1, effective="2017"), "effective='2017' must be a datetime.date"),
        (lambda: shequ.FundingShares(town="60%", district="30%"), "town + district=9/10 must be 1"),
        (lambda: shequ.FundingShares(town="40%", district="60%"), "town=2/5 must be above 1/2"),
        (lambda: shequ.FundingShares(town=0.6, district=0.4), "town=0.6 must be exact"),
        (lambda: RULE.grant(-1), "households=-1 must be in [0, 2147483647]"),
        (lambda: RULE.grant([3, -1]), "households[1]=-1 must be in [0, 2147483647]"),
        (lambda: RULE.grant(1, 1), "community_class=1 must be in [0, -1]"),
        (lambda: SHARES.split([5, -1]), "fen[1]=-1 must be 0 or more"),
    ],
)
def test_what_is_no_funding_is_named(make: object, message: str) -> None:
    with pytest.raises(shequ.InvalidInputError) as caught:
        make()  # type: ignore[operator]
    assert message in str(caught.value)
    assert any("一" <= character <= "鿿" for character in caught.value.message("zh"))


def test_the_base_is_never_assumed() -> None:
    with pytest.raises(TypeError):
        shequ.FundingRule()  # type: ignore[call-arg]

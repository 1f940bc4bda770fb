# SPDX-License-Identifier: BSD-3-Clause
"""The catalogue of norms as Python shows it."""

from __future__ import annotations

import sys

import pytest

import shequ
from shequ import norms


def test_the_default_rule_is_the_norm_of_its_id() -> None:
    assert norms.get("staff.wujin2012").staffing == shequ.StaffingRule()


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(shequ.InvalidInputError, match="nearest: staff.wujin2012") as caught:
        norms.get("staff.wujin2021")
    assert "最接近的是：staff.wujin2012" in caught.value.message("zh")


def test_every_norm_has_words_in_both_languages_and_a_source() -> None:
    ids = [norm.id for norm in norms.every()]
    assert ids == sorted(set(ids))
    for norm in norms.every():
        assert norm.title("en")
        assert norm.title("zh")
        assert norm.parameters("en")
        assert norm.parameters("zh")
        assert norm.source
        assert norm.title("zh") != norm.title("en")


def test_the_catalogue_is_a_table_of_all_norms() -> None:
    table = norms.catalogue("zh")
    assert list(table.index) == [norm.id for norm in norms.every()]
    assert list(table.columns) == ["title", "parameters", "source", "effective", "status"]
    assert table.loc["staff.wujin2012", "parameters"] == norms.get("staff.wujin2012").parameters("zh")
    assert set(table["status"]) == {"seen", "unverified"}


def test_without_pandas_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(shequ.MissingDependencyError, match="pip install pandas, or use norms.every"):
        norms.catalogue()

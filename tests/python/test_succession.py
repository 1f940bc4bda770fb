# SPDX-License-Identifier: BSD-3-Clause
"""Changes of units between years: crosswalks read, figures carried with their totals, what is ambiguous refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shequ import Change, InvalidInputError, Succession
from shequ._succession_steps import split_whole

CROSSWALK = """某区撤并情况表,,,,,,
生效日期,变更类型,原代码,原名称,新代码,新名称,份额
2014-03-01,合并,A1,甲社区,A2,乙社区,
2014-03-01,合并,A2,乙社区,A2,乙社区,
2015年6月1日,拆分,B1,丙社区,B1,丙社区,60%
2015年6月1日,拆分,B1,丙社区,B9,丁社区,2/5
2015,更名,C1,韩洪村委会,C1,韩洪村村委会,
2016-01-01,变更代码,D1,,D7,,
2016-05-01,村改居,E201,戊村,E001,戊社区,
2016-07-01,新设,,,F1,己社区,
2016-08-01,撤销,G1,庚社区,C1,韩洪村村委会,
"""
CODES = ["A1", "A2", "B1", "C1", "D1", "E201", "G1", "Z1"]
VALUES = np.array([900, 1000, 1001, 50, 60, 70, 80, 5])


@pytest.fixture
def crosswalk(tmp_path: Path) -> Succession:
    path = tmp_path / "撤并.csv"
    path.write_bytes(CROSSWALK.encode("gb18030"))
    return Succession.read(path)


def links(*rows: tuple[str, str, str, str, str | None]) -> list[Change]:
    return [
        Change(date, kind, old, new, None if share is None else Fraction(share))  # type: ignore[arg-type]
        for date, kind, old, new, share in rows
    ]


def test_a_crosswalk_is_read_with_its_kinds_dates_and_shares(crosswalk: Succession) -> None:
    assert repr(crosswalk) == (
        "<Succession: 9 links: 1 abolish, 1 create, 2 merge, 1 recode, 1 rename, 2 split, 1 village_to_residents>"
    )
    split = [row for row in crosswalk.table() if row["kind"] == "split"]
    assert [(row["date"], row["new"], row["share"]) for row in split] == [
        ("2015-06-01", "B1", "3/5"),
        ("2015-06-01", "B9", "2/5"),
    ]


def test_figures_are_carried_and_the_total_stays(crosswalk: Succession) -> None:
    codes, values = crosswalk.carry(CODES, VALUES, "2013", "2016")
    assert dict(zip(codes, values.tolist(), strict=True)) == {
        "A2": 1900, "B1": 601, "B9": 400, "C1": 130, "D7": 60, "E001": 70, "Z1": 5,
    }  # fmt: skip
    assert values.sum() == VALUES.sum()
    assert crosswalk.successors("B1", "2013", "2016") == (("B1", Fraction(3, 5)), ("B9", Fraction(2, 5)))
    assert crosswalk.successors("Z1", "2013", "2016") == (("Z1", Fraction(1)),)


def test_what_is_missing_stays_missing_wherever_it_goes(crosswalk: Succession) -> None:
    values = np.ma.MaskedArray(VALUES, mask=[code == "A1" for code in CODES])
    codes, carried = crosswalk.carry(CODES, values, "2013", "2016")
    assert carried[codes.index("A2")] is np.ma.masked
    assert int(carried.sum()) == VALUES[2:].sum()


def test_a_panel_on_the_units_of_the_last_day_keeps_both_totals(crosswalk: Succession) -> None:
    later = {"A2": 2000, "B1": 700, "B9": 350, "C1": 140, "D7": 61, "E001": 75, "Z1": 6, "F1": 300}
    panel = crosswalk.panel({"2016": (list(later), np.array(list(later.values()))), "2013": (CODES, VALUES)})
    assert panel.codes == list(later)
    assert list(panel.columns) == ["2013", "2016"]
    assert panel.totals() == {"2013": int(VALUES.sum()), "2016": sum(later.values())}
    frame = panel.to_dataframe().set_index("code")
    assert frame.loc["A2", "change"] == 100
    assert frame["2013"].isna().to_dict()["F1"]
    assert panel.members[0]["A2"] == ("A1", "A2")


def test_stable_groups_need_no_shares() -> None:
    changes = Succession(links(("2015", "split", "A", "A", None), ("2015", "split", "A", "B", None)))
    with pytest.raises(InvalidInputError, match=r"A becomes 2 units, but the share of A is not given"):
        changes.carry(["A"], np.array([10]), "2014", "2016")
    panel = changes.panel(
        {"2014": (["A", "C"], np.array([10, 1])), "2016": (["A", "B", "C"], np.array([6, 5, 2]))}, basis="stable"
    )
    assert panel.table() == [
        {"code": "A+B", "2014": 10, "2016": 11, "change": 1},
        {"code": "C", "2014": 1, "2016": 2, "change": 1},
    ]


def test_codes_that_come_or_go_without_a_change_are_refused_or_kept() -> None:
    years = {"2014": (["A", "B"], np.array([1, 2])), "2015": (["A", "C"], np.array([3, 4]))}
    with pytest.raises(
        InvalidInputError, match=r"1 codes of 2014 are no units of 2015: B; 1 codes of 2015 have no pred"
    ) as e:
        Succession().panel(years)
    assert "请补充变更记录" in e.value.message("zh")
    panel = Succession().panel(years, unmatched="keep")
    assert panel.totals() == {"2014": 3, "2015": 7}
    assert [row["change"] for row in panel.table()] == [2, None, None]
    with pytest.raises(InvalidInputError, match="basis='first' must be one of latest, stable"):
        Succession().panel(years, basis="first")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([("2014", "split", "A", "B", "1/2"), ("2014", "split", "A", "C", "1/3")], "add up to 1, not 5/6"),
        ([("2014", "split", "A", "B", "1/2"), ("2014", "split", "A", "C", None)], "must all be given"),
        ([("2014", "abolish", "A", "", None), ("2014", "merge", "A", "B", None)], "abolished and lives on"),
        ([("2014", "create", "A", "B", None)], "has no predecessor"),
        ([("2014", "merge", "", "B", None)], "the old code is missing"),
        ([("2014", "merge", "A", "", None)], "the new code is missing"),
        ([("2014", "merge", "A", "B", "2")], "must be above 0 and at most 1"),
        ([("2014", "recode", "A", "A", None)], "old and new code are both A"),
        ([("2014", "recode", "A", "B", None), ("2014", "recode", "A", "C", None)], "only a split"),
        ([("2014", "split", "A", "B", "1/2"), ("2014", "split", "A", "B", "1/2")], "given twice"),
        ([("2014", "recode", "A", "B", None), ("2014-05-01", "merge", "A", "C", None)], "changes twice about then"),
        ([("2014-02-30", "merge", "A", "B", None)], "must be a day, month or year"),
        ([("2014", "fusion", "A", "B", None)], "kind='fusion' must be one of"),
    ],
)
def test_changes_in_contradiction_are_refused(rows: list[tuple[str, str, str, str, str | None]], why: str) -> None:
    with pytest.raises(InvalidInputError, match=why) as caught:
        Succession(links(*rows))
    assert caught.value.message("zh") != str(caught.value)


def test_a_change_that_may_be_on_either_side_of_a_day_is_refused() -> None:
    changes = Succession(links(("2014", "recode", "A", "B", None)))
    with pytest.raises(InvalidInputError, match="may be before or after 2014-06-30"):
        changes.carry(["A"], np.array([1]), "2014-06-30", "2015")
    assert changes.carry(["A"], np.array([1]), "2013", "2014")[0] == ["B"]
    with pytest.raises(InvalidInputError, match="must not be before"):
        changes.carry(["A"], np.array([1]), "2015", "2014")


def test_an_abolished_unit_with_figures_needs_a_successor() -> None:
    changes = Succession(links(("2014", "abolish", "A", "", None)))
    with pytest.raises(InvalidInputError, match="A is abolished without a successor"):
        changes.carry(["A", "B"], np.array([1, 2]), "2013", "2015")
    codes, values = changes.carry(["A", "B"], np.array([0, 2]), "2013", "2015")
    assert (codes, values.tolist()) == (["B"], [2])


def test_units_that_are_no_more_are_refused_before_they_are_counted(crosswalk: Succession) -> None:
    with pytest.raises(InvalidInputError, match="E07 'A1' has not been a unit since 2014-03-01, but is now A2 乙社区"):
        crosswalk.carry(["A1", "A2"], np.array([1, 2]), "2015", "2016")
    with pytest.raises(InvalidInputError, match="given once each: A1"):
        crosswalk.carry(["A1", "A1"], np.array([1, 2]), "2013", "2016")
    with pytest.raises(InvalidInputError, match="must be 1 integers"):
        crosswalk.carry(["A1"], np.array([1.5]), "2013", "2016")


def test_cells_of_a_crosswalk_that_cannot_be_read_are_all_listed(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("date,kind,old,new,share\n2014-13-01,merge,A,B,\n2014,fuse,3.2E+11,B,x\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        Succession.read(path)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "c.csv",
        "row 2, date",
        "row 3, kind",
        "row 3, old",
        "row 3, share",
    ]
    path.write_text("date,kind,old\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="columns for date, kind, old, new, but has 0"):
        Succession.read(path)


@given(st.integers(0, 10**12), st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_parts_are_whole_near_their_shares_and_add_up(value: int, weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = split_whole(value, shares)
    assert sum(parts) == value
    assert all(abs(part - value * share) < 1 for part, share in zip(parts, shares, strict=True))

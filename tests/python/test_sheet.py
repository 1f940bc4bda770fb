# SPDX-License-Identifier: BSD-3-Clause
"""The district sheet in Python: columns of a district, totals, words, the real tree of Wujin."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ
import shequ.rules
from shequ.sheet import CellState, Measure, district_sheet

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[2] / "../shared/data")) / "china"

FUNDING = shequ.FundingRule(base_fen=8_000_000, base_households=1000, step_fen=3_000, id="fund.example")
RULES: dict[str, Any] = {
    "household_basis": "resident_households",
    "staffing": "staff.wujin2012",
    "funding": FUNDING,
    "shares": shequ.FundingShares(town="60%", district="40%"),
    "urban_certification": shequ.rules.CertificationRule(required="80%", min_level="assistant"),
    "rural_certification": shequ.rules.CertificationRule(required="50%", min_level="assistant"),
    "premises": shequ.rules.FacilityRule(least_m2=400, id="area.wujin2012"),
    "outdoor": shequ.rules.FacilityRule(least_m2=500, id="area.wujin2012"),
    "grid_size": "grid.haikou2020",
    "visits": shequ.rules.VisitRule(per="week", working_weeks=48, id="visit.shizhong2009"),
}


def small() -> shequ.District:
    """The small district: 0 district, 1 town A, 2 甲, 3 乙, 4 丙村, 5 town B, 6 丁, 7 戊, 8 己村."""
    tree = shequ.Hierarchy.from_columns(
        code=[1, 10, 1001, 1002, 1003, 20, 2001, 2002, 2003],
        parent=[-1, 1, 10, 10, 10, 1, 20, 20, 20],
        level=[3, 4, 5, 5, 5, 4, 5, 5, 5],
        name=["区", "A", "甲", "乙", "丙村", "B", "丁", "戊", "己村"],
    )

    def column(values: list[float], dtype: type) -> np.ma.MaskedArray[Any, Any]:
        full = [0, 0, *values[:3], 0, *values[3:]]
        return np.ma.MaskedArray([max(v, 0) for v in full], mask=[v < 0 for v in full], dtype=dtype)

    return shequ.District(
        tree,
        {
            "setting": column([0, 0, 1, 0, 0, 1], np.int8),
            "households": column([900, 1001, 550, 2600, 1250, -1], np.int64),
            "workers": column([4, 4, 3, 8, 5, 2], np.int64),
            "certified": column([1, 2, 0, 3, 1, 0], np.int64),
            "office_m2": column([380, 400, 250, 650, 399.5, -1], np.float64),
            "outdoor_m2": column([520, 500, 800, 0, 600, -1], np.float64),
        },
    )


def test_the_small_district_comes_out_end_to_end() -> None:
    sheet = district_sheet(small(), **RULES, lang="en")
    at = [2, 3, 4, 6, 7, 8]
    assert sheet.values("posts")[at].tolist() == [4, 4, None, 10, 5, None]
    assert sheet.values("grant")[at].tolist() == [8_000_000, 8_003_000, 8_000_000, 12_800_000, 8_750_000, None]
    assert sheet.values("premises_gap")[at].tolist() == [2000, 0, 15_000, 0, 50, None]
    assert sheet.values("outdoor_gap")[at].tolist() == [0, 0, 0, 50_000, 0, None]
    assert sheet.values("grids")[at].tolist() == [2, 3, None, 6, 3, None]
    assert sheet.values("grids_most")[at].tolist() == [3, 3, None, 8, 4, None]
    assert sheet.values("visit_weeks")[at].tolist() == [23, 26, 19, 33, 25, None]
    root = {measure.name.lower(): sheet.number(0, measure) for measure in sheet.measures}
    assert root["posts"] == 23
    assert root["shortage"] == 2
    assert (root["grant"], root["grant_town"], root["grant_district"]) == (455_530, 273_318, 182_212)
    assert (root["premises_gap"], root["outdoor_gap"]) == (170.5, 500)
    assert root["visit_weeks"] is None
    assert sheet.unknown("grant")[0] == 1
    assert sheet.explain(6, "posts") == "10 posts: 4 + 6 full steps of 250 over 1,000; norm staff.wujin2012, floor"
    assert sheet.explain(8, "grant") == "unknown: households missing"
    assert sheet.explain(8, "grant", "zh") == "未知：缺户数"
    assert "posts 23" in repr(sheet)


def test_a_sheet_is_a_frame() -> None:
    pd = pytest.importorskip("pandas")
    sheet = district_sheet(small(), **RULES)
    towns = sheet.to_dataframe("town")
    assert towns["posts"].tolist() == [8, 15]
    assert towns["grant_unknown"].tolist() == [0, 1]
    communities = sheet.to_dataframe()
    assert communities["grant_fen"].isna().tolist() == [False] * 5 + [True]
    assert isinstance(communities, pd.DataFrame)
    assert sheet.rows("town")[0][:3] == ["10", "A", 8]
    assert "应配人数" in sheet.headers
    assert "应配人数" in str(sheet)
    assert "应配人数" in sheet._repr_html_()


def test_numbers_outlive_their_sheet_and_cannot_be_changed() -> None:
    values = district_sheet(small(), household_basis="households", staffing="staff.wujin2012").values("posts")
    gc.collect()
    assert values[0] == 23
    with pytest.raises(ValueError, match="read-only"):
        values.data[0] = 1


def test_what_is_not_given_is_not_computed() -> None:
    sheet = district_sheet(small(), household_basis="households", staffing="staff.beijing2020")
    assert sheet.measures == (Measure.POSTS, Measure.POSTS_MOST, Measure.SHORTAGE, Measure.SURPLUS)
    assert sheet.values("posts_most")[6] == 24
    assert (sheet.states("grant") == CellState.NO_RULE).all()
    by_persons = district_sheet(small(), household_basis="households", staffing="staff.cn2025")
    assert by_persons.states("posts")[2] == CellState.NO_RESIDENTS


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"household_basis": None}, "household_basis must be given with households"),
        ({"household_basis": "people"}, "household_basis='people' must be one of"),
        ({"staffing": "area.wujin2012"}, "staffing=area.wujin2012 must be a norm that gives one"),
        ({"staffing": "staff.wujin2021"}, "nearest: staff.wujin2012"),
        ({"funding": 3}, "funding=3 must be a FundingRule"),
        ({"grid_size": (500, 300)}, "must be"),
    ],
)
def test_a_wrong_rule_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(shequ.InvalidInputError) as caught:
        district_sheet(small(), **{**RULES, **changes})
    assert message in str(caught.value)


def test_more_certified_than_workers_names_the_community() -> None:
    district = small()
    district.columns["certified"][6] = 9
    with pytest.raises(shequ.InvalidInputError, match="certified of code=2001=9 must be at most the workers, 8"):
        district_sheet(district, **RULES)


def test_towns_of_wujin_add_up_to_the_unit() -> None:
    path = DATA / "divisions_2016.csv.gz"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    whole = shequ.read_hierarchy(path)
    root = whole.index("320412000000")
    inside = np.arange(len(whole))[whole.subtree(root)]
    tree = shequ.Hierarchy.from_columns(
        code=[whole.code(i) for i in inside.tolist()],
        parent=[None if i == root else whole.code(whole.parent(i)) for i in inside.tolist()],
        level=[whole.level(i) for i in inside.tolist()],
    )
    assert len(tree.at_level("town")) == 18
    assert len(tree.at_level("community")) == 120 + 168 + 2
    rng = np.random.default_rng(2012)
    n = len(tree)
    workers = rng.integers(0, 20, n)
    columns = {
        "households": np.ma.MaskedArray(rng.integers(0, 6000, n), mask=rng.random(n) < 0.03),
        "workers": workers,
        "certified": rng.integers(0, workers + 1),
        "office_m2": np.round(rng.uniform(0, 900, n), 2),
        "outdoor_m2": np.round(rng.uniform(0, 900, n), 2),
        "paid_fen": rng.integers(0, 15_000_000, n),
    }
    sheet = district_sheet(shequ.District(tree, columns), **RULES)
    towns, communities = tree.at_level("town"), tree.at_level("community")
    assert len(sheet.measures) == len(Measure)
    for measure in Measure:
        if measure is Measure.VISIT_WEEKS:
            continue
        values, states = sheet.values(measure), sheet.states(measure)
        assert values[0] == int(values[towns].sum()) == int(values[communities].sum())
        assert sheet.unknown(measure)[0] == int((states[communities] >= CellState.NO_SETTING).sum())
        for town in towns.tolist():
            below = tree.children(town)
            known = (states[below] == CellState.COMPUTED).any()
            assert np.ma.is_masked(values[town]) == bool(not known and sheet.unknown(measure)[town])
            assert np.ma.filled(values, 0)[town] == int(np.ma.filled(values[below], 0).sum())
            assert sheet.unknown(measure)[town] == sheet.unknown(measure)[below].sum()
    urban = sheet.states("posts")[communities] != CellState.NOT_APPLICABLE
    assert urban.sum() == 120 + 2  # the 2 quasi units are like residents' committees; none of the 168 villages


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    codes, parents = [1001, 1002, 1003, 2001, 2002, 2003], [10, 10, 10, 20, 20, 20]
    households, settings = [900, 1001, 550, 2600, 1250, 0], [0, 0, 1, 0, 0, 1]
    tree = shequ.Hierarchy.from_columns(
        code=[codes[i] for i in order] + [20, 1, 10],
        parent=[parents[i] for i in order] + [1, -1, 1],
        level=[5] * 6 + [4, 3, 4],
    )
    rows = {"households": households, "setting": settings}
    columns = {name: tree.align(np.array([values[i] for i in order] + [0, 0, 0])) for name, values in rows.items()}
    rules = {name: RULES[name] for name in ("household_basis", "staffing", "funding", "shares", "grid_size")}
    sheet = district_sheet(shequ.District(tree, columns), **rules)
    by_code = {tree.code(i): sheet.values("grant_town")[i] for i in range(len(tree))}
    assert by_code["1002"] == 4_801_800
    assert by_code["10"] == 3 * 4_800_000 + 1_800
    assert sheet.values("posts")[tree.index(20)] == 15


def test_threads_change_nothing_and_must_be_some() -> None:
    one, two = (district_sheet(small(), **RULES, threads=threads) for threads in (1, 2))
    for measure in Measure:
        np.testing.assert_array_equal(one.values(measure), two.values(measure))
        np.testing.assert_array_equal(one.unknown(measure), two.unknown(measure))
    with pytest.raises(shequ.InvalidInputError, match=r"threads=0 must be in \[1, 1024\]"):
        district_sheet(small(), **RULES, threads=0)


def test_a_sum_of_nothing_known_is_unknown_and_not_zero() -> None:
    district = small()
    workers = np.ma.MaskedArray(district.columns["workers"], mask=np.arange(9) < 6)  # none of town A
    sheet = district_sheet(shequ.District(district.hierarchy, {**district.columns, "workers": workers}), **RULES)
    shortage = sheet.values("shortage")
    assert shortage[1] is np.ma.masked
    assert sheet.states("shortage")[1] == CellState.NONE_KNOWN
    assert sheet.explain(1, "shortage", "en") == "unknown: none of 2 communities has its number"
    assert shortage[0] == shortage[5] > 0
    assert sheet.unknown("shortage")[:2].tolist() == [2, 2]
    assert sheet.to_dataframe("town").shortage.isna().tolist() == [True, False]

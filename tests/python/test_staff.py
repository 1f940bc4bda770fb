# SPDX-License-Identifier: BSD-3-Clause
"""Posts and gaps of communities, their reasons, and the sums by town."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ
from shequ._repr_text import AtLeast, format_value
from shequ.staff import Answer, StaffTable, describe_rule, reason, staff_table

# The small district of the worked example: two towns, four urban communities and two villages.
COLUMNS = {
    "town": ["A", "A", "A", "B", "B", "B"],
    "name": ["甲", "乙", "丙村", "丁", "戊", "己村"],
    "setting": ["urban", "urban", "rural", "urban", "urban", "rural"],
    "households": [900, 1001, 550, 2600, 1250, None],
    "workers": [4, 4, 3, 8, 5, 2],
}


def table(rounding: str = "floor", **options: object) -> StaffTable:
    rule = shequ.StaffingRule(rounding=rounding)
    return staff_table(COLUMNS, rule=rule, **{"lang": "en", **options})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rounding", "posts", "total", "shortage"),
    [("floor", [4, 4, None, 10, 5, None], 23, 2), ("ceil", [4, 5, None, 11, 5, None], 25, 4)],
)
def test_the_small_district_gets_the_posts_of_the_worked_example(
    rounding: str, posts: list[int | None], total: int, shortage: int
) -> None:
    result = table(rounding)
    assert result.posts.tolist() == posts
    assert (result.total.posts, result.total.workers) == (total, 21)
    assert (result.total.shortage, result.total.surplus) == (shortage, 0)
    assert (result.total.answered, result.total.unanswered) == (4, 2)


def test_the_gaps_stand_with_the_communities_that_have_them() -> None:
    assert table("floor").gap.tolist() == [0, 0, None, 2, 0, None]
    assert table("ceil").gap.tolist() == [0, 1, None, 3, 0, None]
    assert [COLUMNS["name"][i] for i in table("ceil").shortest()] == ["丁", "乙"]
    assert [COLUMNS["name"][i] for i in table("ceil").shortest(1)] == ["丁"]


def test_villages_are_computed_on_request() -> None:
    result = table(every_setting=True)
    assert result.posts.tolist() == [4, 4, 4, 10, 5, None]
    assert result.answer[5] == Answer.MISSING
    assert "applied to urban and rural alike" in result.notes


def test_a_village_says_why_it_got_no_number() -> None:
    result = table()
    assert result.answer[2] == Answer.NOT_APPLICABLE
    assert result.reason(2) == "n/a: staff.wujin2012 is for urban communities; computed on request (every setting)"
    assert result.status(2) == "n/a"


def test_missing_households_are_an_error_row_where_the_rule_applies() -> None:
    result = staff_table({"households": [None, 900.0, float("nan")]}, lang="en")
    assert result.answer.tolist() == [Answer.MISSING, Answer.COMPUTED, Answer.MISSING]
    assert result.reason(0) == "no answer: households are missing; ask for them"
    assert Answer.MISSING.severity == "error"


def test_zero_households_get_the_base_with_a_warning() -> None:
    result = staff_table({"households": [0], "workers": [3]}, lang="en")
    assert result.posts.tolist() == [4]
    assert result.answer[0] == Answer.UNOCCUPIED
    assert Answer(result.answer[0]).severity == "warning"
    assert "0 households" in result.reason(0)


@pytest.mark.parametrize("value", [-1, 2**31, 0.5, float("inf"), "1200户", True])
def test_a_number_that_is_no_count_is_an_error_row(value: object) -> None:
    result = staff_table({"households": np.array([900, value], dtype=object)}, lang="en")
    assert result.posts.tolist() == [4, None]
    assert result.answer.tolist() == [Answer.COMPUTED, Answer.INVALID]
    assert f"households={value} must be a whole number" in result.reason(1)
    assert result.total.unanswered == 1


def test_the_reason_shows_the_sum_behind_the_number() -> None:
    rule = shequ.StaffingRule()
    assert reason(rule, 1800, "en") == ("7 posts: 4 + 3 full steps of 250 over 1,000; norm staff.wujin2012, floor")
    assert reason(rule, 1800, "zh") == (
        "应配7人：基数4人＋超出1,000户部分满250户的3档；依据staff.wujin2012，不满一档不计"
    )
    assert reason(rule.replace(rounding="ceil"), 1800, "en").startswith("8 posts: 4 + 4 started steps of 250")
    assert reason(rule, 1000, "en").startswith("4 posts: 1,000 households, 4 for up to 1,000")
    assert reason(rule, 1001, "en").startswith("4 posts: 4 + 0 full steps")


def test_a_rule_is_described_in_both_languages() -> None:
    rule = shequ.StaffingRule()
    assert describe_rule(rule, "zh") == "1,000户及以下配4人，每增加250户增配1人（不满一档不计），适用于城镇社区"
    assert describe_rule(rule, "en").startswith("4 posts up to 1,000 households, +1 per 250 more")


def test_the_setting_comes_from_the_column_then_the_code_then_the_name() -> None:
    columns = {
        "households": [900] * 5,
        "setting": [None, "rural", None, None, None],
        "code": ["320412001001", "320412001001", "320412001201", "", ""],
        "name": ["甲村", "乙", "丙社区", "丁村", "戊"],
    }
    result = staff_table(columns, lang="en")
    assert result.setting.tolist() == [0, 1, 1, 1, -1]
    assert result.answer[4] == Answer.NO_SETTING
    assert result.notes == ("Setting: taken from code or name for 3 communities that give none",)


def test_the_kind_of_a_community_tells_more_than_its_code() -> None:
    columns = {"households": [900] * 3, "kind": [1, 2, None], "code": ["320412001001"] * 3}
    assert staff_table(columns).setting.tolist() == [1, 0, 0]


def test_a_district_without_codes_keeps_the_order_of_its_rows() -> None:
    tree = shequ.Hierarchy.from_columns(
        code=["区", "区/镇", "区/镇/乙", "区/镇/甲"],
        parent=["", "区", "区/镇", "区/镇"],
        name=["区", "镇", "乙", "甲"],
        level=["district", "town", "community", "community"],
    )
    households = tree.align(np.array([0, 0, 1001, 900]))
    result = staff_table(shequ.District(tree, {"households": households}), rule="staff.wujin2012", every_setting=True)
    assert (result.name, result.code, result.households.tolist()) == (["乙", "甲"], ["", ""], [1001, 900])
    assert result.towns == [("区/镇", "镇")]


def test_a_column_of_households_alone_is_computed_and_says_so() -> None:
    result = staff_table({"households": [1250]}, lang="zh")
    assert result.posts.tolist() == [5]
    assert result.gap.tolist() == [None]
    assert "在岗人数缺失" in result.reason(0)
    assert result.notes == ("城乡属性：没有相关列，全部视为适用",)


@pytest.mark.parametrize(
    "households",
    [
        np.array([900, 2600, 0], dtype=">i4"),
        np.arange(6)[::2] * 0 + np.array([900, 2600, 0]),
        np.ma.MaskedArray([900, 2600, 7], mask=[False, False, True]).filled(0),
        pd.Series([900, 2600, 0], dtype="Int64"),
        pd.Series([900.0, 2600.0, 0.0]),
    ],
)
def test_columns_of_every_kind_are_read(households: object) -> None:
    assert staff_table({"households": households}).posts.tolist() == [4, 10, 4]


def test_missing_values_of_pandas_stay_missing() -> None:
    result = staff_table({"households": pd.Series([900, None], dtype="Int64")})
    assert result.posts.tolist() == [4, None]
    assert list(result.to_dataframe().iloc[1, 4:7].isna()) == [True, True, True]


def test_wrong_columns_are_named() -> None:
    with pytest.raises(shequ.InvalidInputError, match=r"columns=\[workers\] must contain households"):
        staff_table({"workers": [1]})
    with pytest.raises(shequ.InvalidInputError, match="workers has length 1 and must have length 2"):
        staff_table({"households": [1, 2], "workers": [1]})
    with pytest.raises(shequ.InvalidInputError, match=r"setting\[0\]='suburb' must be urban or rural"):
        staff_table({"households": [1], "setting": ["suburb"]})
    with pytest.raises(shequ.InvalidInputError, match="must be a norm of staffing"):
        staff_table({"households": [1]}, rule="grid.haikou2020")
    with pytest.raises(shequ.InvalidInputError, match="nearest: staff.wujin2012"):
        staff_table({"households": [1]}, rule="staff.wujin2021")
    with pytest.raises(shequ.InvalidInputError, match="lang"):
        staff_table({"households": [1]}, lang="fr")  # type: ignore[arg-type]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 6000), st.integers(0, 30), st.sampled_from("ABC"), st.sampled_from(["urban", "rural"])
        ),
        min_size=1,
        max_size=30,
    )
)
def test_towns_and_district_are_the_sums_of_their_communities(rows: list[tuple[int, int, str, str]]) -> None:
    households, workers, town, setting = zip(*rows, strict=True)
    columns = {"households": households, "workers": workers, "town": town, "setting": setting}
    result = staff_table(columns, lang="en")
    answered = [row for row in rows if row[3] == "urban"]
    posts = [max(4, row[0] // 250) for row in answered]
    assert result.total.posts == sum(posts)
    assert result.total.shortage == sum(max(0, p - row[1]) for p, row in zip(posts, answered, strict=True))
    assert result.total.surplus == sum(max(0, row[1] - p) for p, row in zip(posts, answered, strict=True))
    assert result.total.communities == len(rows) == result.total.answered + result.total.unanswered
    for name in ("communities", "answered", "households", "posts", "workers", "shortage", "surplus"):
        assert sum(getattr(t, name) for t in result.totals()) == getattr(result.total, name)
    if answered:
        balance = shequ._core.staffing_balance(np.array(posts), np.array([row[1] for row in answered]))
        assert (balance.shortage, balance.surplus) == (result.total.shortage, result.total.surplus)


def test_the_order_of_the_rows_changes_no_sum() -> None:
    turned = {name: values[::-1] for name, values in COLUMNS.items()}
    assert staff_table(turned, lang="en").total == table().total
    assert sorted(staff_table(turned, lang="en").totals(), key=lambda t: t.name) == table().totals()


def test_text_and_html_show_the_sums() -> None:
    result = table()
    assert result.summary() in str(result)
    assert "23 posts, 21 workers" in repr(result)
    assert "23 posts, 21 workers; short of 2" in result._repr_html_()


MISSING = {
    "town": ["A", "A", "B", "B", "C"],
    "name": ["甲", "乙", "丙", "丁", "戊"],
    "setting": ["urban"] * 5,
    "households": [900, 2600, 1300, 1250, None],
    "workers": [3, None, None, None, 6],
}


def test_missing_workers_are_counted_and_never_taken_as_zero() -> None:
    result = staff_table(MISSING, lang="en")
    a, b, c = result.totals()
    assert (a.workers, a.workers_missing, a.shortage, a.surplus) == (3, 1, 1, 0)
    assert (b.workers, b.workers_all, b.shortage, b.surplus, b.workers_missing) == (None, None, None, None, 2)
    assert (c.posts, c.posts_missing, c.households, c.workers_all, c.shortage) == (None, 1, None, 6, None)
    total = result.total
    assert (total.workers, total.workers_missing, total.workers_all, total.workers_all_missing) == (3, 3, 9, 3)
    assert (total.posts, total.posts_missing, total.not_applicable, total.unanswered) == (24, 1, 0, 1)
    assert str(result.summary()) == (
        "4 communities: at least 24 posts, at least 3 workers; short of at least 1, surplus unknown (not netted); "
        "1 without an answer through errors in the data, not counted; workers of 3 of them unknown, not counted"
    )


def test_sums_say_in_tables_whether_they_are_whole_partial_or_unknown() -> None:
    a, b, _ = staff_table(MISSING, lang="zh").totals()
    assert isinstance(a.cell("workers", "zh"), AtLeast)
    assert format_value(a.cell("workers", "zh")) == "≥ 3"
    assert b.cell("workers", "zh") == "未知"
    assert b.cell("posts", "zh") == 10
    assert not isinstance(b.cell("posts", "zh"), AtLeast)
    assert (a.words("workers", "zh"), b.words("workers", "zh")) == ("在岗至少3人", "在岗人数未知")


def test_without_any_workers_nobody_is_said_to_be_short_or_not() -> None:
    result = staff_table({"households": [1250, 900]}, lang="zh")
    assert result.summary() == "2个社区应配9人，在岗人数未知；缺员未知，超员未知（不相抵）"
    assert "0 workers" not in repr(result)
    assert "workers unknown" in repr(result)


def test_households_that_could_not_be_read_are_quoted_and_not_called_missing(tmp_path: Path) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text("街道,社区,户数\n甲街道,乙社区,约1200\n甲街道,丙社区,**\n甲街道,丁社区,900\n", encoding="utf-8")
    ledger = shequ.io.read_ledger(path)
    result = staff_table(ledger.district, read=ledger.report, lang="zh")
    assert result.answer.tolist() == [Answer.INVALID, Answer.MISSING, Answer.COMPUTED]
    assert "“约1200”" in result.reason(0)
    assert staff_table(ledger.district).answer.tolist() == [Answer.MISSING, Answer.MISSING, Answer.COMPUTED]


# Norms of other families: per residents, ranges, tables


def test_a_norm_per_residents_counts_persons() -> None:
    columns = {"households": [900, 2600, 100], "persons": [2400, 7000, None], "workers": [4, 15, 3]}
    result = staff_table(columns, rule="staff.gansu2023", lang="en")
    assert result.posts.tolist() == [max(9, -(-18 * 2400 // 10_000)), -(-18 * 7000 // 10_000), None]
    assert result.gap.tolist() == [5, -2, None]
    assert result.reason(2) == "no answer: persons are missing; ask for them"
    assert result.names == [
        "town", "code", "community", "setting", "households", "persons", "posts", "workers", "gap", "to_next", "reason",
    ]  # fmt: skip
    assert "Persons to next post" in result.headers
    rule = shequ.norms.get("staff.gansu2023").staffing
    assert rule is not None
    for count, more in zip((2400, 7000), result.to_next.tolist()[:2], strict=True):
        here, there = rule.posts_range(count), rule.posts_range(count + more)
        assert here is not None
        assert there is not None
        assert (there[0], rule.posts_range(count + more - 1)) == (here[0] + 1, here)
    with pytest.raises(shequ.InvalidInputError, match=r"must contain persons, which staff\.gansu2023 counts"):
        staff_table({"households": [900]}, rule="staff.gansu2023")


@given(
    st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 60)), min_size=1, max_size=20),
    st.sampled_from(["staff.beijing2020", "committee.law", "station.shenzhen", "staff.wujin2012"]),
)
def test_ranges_and_tables_equal_the_norm_one_by_one(entries: list[tuple[int, int]], norm: str) -> None:
    rule = shequ.norms.get(norm).staffing
    assert rule is not None
    columns = {"households": [h for h, _ in entries], "workers": [w for _, w in entries]}
    result = staff_table(columns, rule=norm, lang="zh")
    shortage = surplus = missing = 0
    for i, (households, workers) in enumerate(entries):
        found = rule.posts_range(households)
        if found is None:
            assert result.answer[i] == Answer.NOT_COVERED
            assert result.row(i)[result.names.index("posts")] is None
            missing += 1
            continue
        assert (result.posts[i], result.most[i]) == found
        shortage += max(0, found[0] - workers)
        surplus += max(0, workers - found[1])
    total = result.total
    assert (total.posts_missing, total.not_covered) == (missing, missing)
    if missing < len(entries):
        assert (total.shortage, total.surplus) == (shortage, surplus)


def test_a_range_shows_its_upper_end_and_agrees_with_the_district_sheet() -> None:
    district = shequ.sample_district(seed=2)
    result = staff_table(district, rule="staff.beijing2020", lang="en")
    sheet = shequ.district_sheet(district, household_basis="households", staffing="staff.beijing2020")
    assert result.ranged
    assert "Posts, most" in result.headers
    total = result.total
    for name in ("posts", "posts_most", "shortage", "surplus"):
        assert getattr(total, name) == int(sheet.values(name)[0])
    assert f"{total.posts:,} to {total.posts_most:,} posts" in result.summary()
    assert sum(town.posts_most or 0 for town in result.totals()) == total.posts_most


def test_a_report_takes_every_family(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    district = shequ.sample_district(seed=2)
    for norm in ("staff.beijing2020", "station.shenzhen"):
        path = shequ.write_report(tmp_path / "a.xlsx", district, rule=norm, lang="en")
        page = openpyxl.load_workbook(path)["Summary"]
        headers = next(row for row in page.iter_rows(values_only=True) if row[0] == "Town")
        assert ("Posts, most" in headers) == (norm == "staff.beijing2020")

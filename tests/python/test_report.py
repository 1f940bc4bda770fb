# SPDX-License-Identifier: BSD-3-Clause
"""The planner's workbook, read back with openpyxl."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

import shequ
from shequ._files import replacing
from shequ._grid_plan import CommunityGrids, Grid, GridPlan
from shequ.report import _write, write_report
from shequ.report._workbook import Column, Sheet, write_workbook

COLUMNS: dict[str, Any] = {
    "town": ["东街道", "东街道", "东街道", "西镇", "西镇", "西镇"],
    "code": [f"990101{t}" for t in ("001001", "001002", "001201", "101001", "101002", "101202")],
    "name": ["甲社区", '=HYPERLINK("http://x","乙")', "丙村", "+丁", "@戊", "-己村"],
    "setting": ["urban", "urban", "rural", "urban", "urban", "urban"],
    "households": [900, 1001, 550, 2600, 0, None],
    "workers": [4, 3, 3, 8, 6, 2],
}


# Two grids of 甲 in bounds, one too large of 丁, and a dedicated one of 戊 where nobody lives.
PLAN = GridPlan(
    labels=np.array([0, 0, 1, 2, 3], dtype=np.int32),
    grids=(
        Grid("99010100100101", 0, 1, 2, 450),
        Grid("99010100100102", 0, 2, 1, 450),
        Grid("99010110100101", 1, 1, 1, 2600, "above", english="too large", chinese="超过上限"),
        Grid("99010110100201", 2, 1, 1, 0, dedicated=True),
    ),
    communities=(
        CommunityGrids(1, "990101001001", "甲", "Jia", 900, 0, 3, 0, 2, "optimal"),
        CommunityGrids(
            4, "990101101001", "丁", "Ding", 2600, 0, 1, 2, 1, "infeasible", english="one tower", chinese="只有一栋楼"
        ),
        CommunityGrids(5, "990101101002", "戊", "Wu", 0, 0, 1, 3, 1, "no_households"),
    ),
    size=(300, 500),
    seed=7,
    atom_ids=("a", "b", "c", "d", "e"),
    atom_names=("",) * 5,
    atom_names_en=("",) * 5,
    households=np.array([200, 250, 450, 2600, 0]),
)


def rows(page: Any) -> list[dict[str, Any]]:
    """Return the rows of a sheet below its header as dicts, and the total among them."""
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    top = int(page.print_title_rows.strip("$").split(":")[0]) - 1
    return [dict(zip(cells[top], row, strict=True)) for row in cells[top + 1 :]]


@pytest.fixture
def book(tmp_path: Path) -> Any:
    return openpyxl.load_workbook(write_report(tmp_path / "表.xlsx", COLUMNS, name="清河区"))


def test_the_sheets_have_the_names_planners_know(book: Any) -> None:
    assert book.sheetnames == ["汇总表", "社区明细表", "问题清单", "参数页"]
    assert book["汇总表"]["A1"].value == "清河区 社区工作者配备汇总表"


def test_the_english_workbook_has_english_sheets(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_report(tmp_path / "t.xlsx", COLUMNS, lang="en"))
    assert book.sheetnames == ["Summary", "Communities", "Problems", "Parameters"]
    assert "4 + 6 full steps of 250 over 1,000" in str(rows(book["Communities"])[3]["Reason"])


@pytest.mark.parametrize("sheet", ["汇总表", "社区明细表"])
def test_every_total_is_the_sum_of_its_column(book: Any, sheet: str) -> None:
    *parts, total = rows(book[sheet])
    checked = 0
    for header, value in total.items():
        if isinstance(value, int):
            assert value == sum(row[header] for row in parts if isinstance(row[header], int)), header
            checked += 1
    assert checked >= 5


def test_both_sheets_have_the_same_totals(book: Any) -> None:
    towns, communities = rows(book["汇总表"])[-1], rows(book["社区明细表"])[-1]
    for header in ("户数", "应配人数", "缺员", "超员"):
        assert towns[header] == communities[header]
    assert towns["在岗总人数"] == communities["在岗人数"]
    assert towns["社区（村）数"] == len(COLUMNS["name"])
    assert towns["应配人数"] - towns["其中：已核定社区"] == towns["缺员"] - towns["超员"]


def test_grids_are_listed_summed_and_judged(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_report(tmp_path / "t.xlsx", COLUMNS, grids=PLAN))
    assert book.sheetnames == ["汇总表", "社区明细表", "网格一览表", "网格台账", "问题清单", "参数页"]
    *grids, total = rows(book["网格一览表"])
    assert [grid["是否达标"] for grid in grids] == ["达标", "达标", "偏大", "达标"]
    assert grids[2]["说明"] == "超过上限"
    assert "专属网格" in grids[3]["说明"]
    assert (total["户数"], total["楼栋（单元）数"]) == (3500, 5)
    towns = rows(book["汇总表"])
    assert [(row["网格数"], row["达标网格"]) for row in towns] == [(2, 2), (2, 1), (4, 3)]
    assert [row["网格数"] for row in rows(book["社区明细表"])] == [2, 0, 0, 1, 1, 0, 4]
    assert ("丁 990101101001", "只有一栋楼") in [(row["位置"], row["问题"]) for row in rows(book["问题清单"])]
    values = {row["项目"]: row["取值"] for row in rows(book["参数页"])}
    assert (values["网格规模（户）"], values["随机种子"]) == ("300至500户（均含本数）", "7")


def test_grids_of_another_district_are_refused(tmp_path: Path) -> None:
    columns = {name: values[1:] for name, values in COLUMNS.items()}
    with pytest.raises(shequ.InvalidInputError, match="community 990101001001 must be one of the source"):
        write_report(tmp_path / "t.xlsx", columns, grids=PLAN)


def test_no_text_becomes_a_formula(book: Any) -> None:
    for page in book:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    names = [row["社区（村）"] for row in rows(book["社区明细表"])[:-1]]
    assert names == COLUMNS["name"]
    cell = next(cell for row in book["社区明细表"].iter_rows() for cell in row if str(cell.value).startswith("=HYP"))
    assert cell.quotePrefix


def test_gaps_are_told_by_word_and_colour(book: Any) -> None:
    page = book["社区明细表"]
    found = {cell.value: cell.fill.start_color.rgb for row in page.iter_rows() for cell in row}
    assert found["缺1人"] == found["缺2人"] == "00FADBD8"
    assert found["超2人"] == "00FFF2CC"
    assert found["已配齐"] == "00E2F0D9"


def test_every_error_and_warning_is_listed_with_what_to_do(book: Any) -> None:
    problems = rows(book["问题清单"])
    assert [(row["级别"], row["位置"]) for row in problems] == [
        ("错误", "-己村 990101101202"),
        ("提醒", "@戊 990101101002"),
    ]
    assert all(row["处理建议"] for row in problems)


def test_the_parameters_name_rule_source_and_version(book: Any) -> None:
    values = {row["项目"]: row["取值"] for row in rows(book["参数页"])}
    assert values["标准编号"] == "staff.wujin2012"
    assert values["软件版本"] == f"shequ {shequ.__version__}"
    assert "Wujin" in values["标准来源"]


def test_every_sheet_is_ready_to_print(book: Any) -> None:
    for page in book:
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.paperSize == int(page.PAPERSIZE_A4)
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows
        assert page.freeze_panes
        assert all(dimension.width <= 100 for dimension in page.column_dimensions.values())


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (first, second):
        write_report(path, COLUMNS)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_write_that_fails_midway_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.xlsx"
    write_report(path, COLUMNS)
    before = path.read_bytes()

    def killed(sheets: Any, file: Any, **options: Any) -> None:
        file.write(b"half a workbook")
        raise KeyboardInterrupt

    monkeypatch.setattr(_write, "write_workbook", killed)
    with pytest.raises(KeyboardInterrupt):
        write_report(path, {**COLUMNS, "workers": [0] * 6})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(shequ.InvalidInputError, match="must be writable") as caught:
        write_report(tmp_path / "no" / "t.xlsx", COLUMNS)
    assert str(tmp_path / "no") in str(caught.value)
    assert "必须可写" in caught.value.message("zh")


def test_a_file_replaces_another_only_when_complete(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_characters_that_no_workbook_can_hold_are_shown_as_replaced(tmp_path: Path) -> None:
    sheet = Sheet("a", "a&b", [Column("x")], [["bell\x07"], ["字" * 40_000]])
    with (tmp_path / "t.xlsx").open("wb") as file:
        write_workbook([sheet], file, lang="en", title="t")
    page = openpyxl.load_workbook(tmp_path / "t.xlsx")["a"]
    assert page["A3"].value == "bell\ufffd"
    assert len(page["A4"].value) == 32_767
    assert page.oddFooter.left.text == "a&&b"


def test_an_empty_table_still_makes_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_report(tmp_path / "t.xlsx", {"households": []}))
    assert rows(book["社区明细表"])[-1]["户数"] == 0
    assert rows(book["问题清单"]) == []


def test_without_openpyxl_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "openpyxl" else find(name, *a))
    with pytest.raises(shequ.MissingDependencyError, match=r"pip install 'shequ\[excel\]'"):
        write_report(tmp_path / "t.xlsx", COLUMNS)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def gaps(tmp_path: Path) -> Any:
    """Write the report of a ledger in which one town gives no workers, one some, and a row is rejected."""
    path = tmp_path / "清河区.csv"
    path.write_text(
        "街道,社区,户数,在岗人数\n东街道,甲社区,900,4\n东街道,乙社区,1300,\n西镇,丙社区,2600,—\n,丁社区,800,3\n小计,,4800,\n",
        encoding="utf-8",
    )
    ledger = shequ.io.read_ledger(path)
    return openpyxl.load_workbook(write_report(tmp_path / "t.xlsx", ledger.district, read=ledger.report))


def test_sums_with_missing_workers_are_at_least_or_unknown_and_counted(gaps: Any) -> None:
    east, west, total = rows(gaps["汇总表"])
    assert (east["在岗总人数"], west["在岗总人数"], total["在岗总人数"]) == (4, "未知", 4)
    assert (east["缺员"], west["缺员"], total["缺员"]) == (0, "未知", 0)
    assert [row["未填在岗人数"] for row in (east, west, total)] == [1, 1, 2]
    formats = {cell.value: cell.number_format for row in gaps["汇总表"].iter_rows() for cell in row}
    assert formats[4].startswith('"≥ "')
    lines = [row[0] for row in gaps["汇总表"].iter_rows(values_only=True)]
    assert any("在岗至少4人" in str(line) and "其中2个社区在岗人数未知" in str(line) for line in lines)
    assert rows(gaps["社区明细表"])[-1]["在岗人数"] == 4


def test_the_workbook_accounts_for_every_row_and_claims_no_more(gaps: Any) -> None:
    account = "清河区.csv：共5行＝使用3行（其中0行有提醒或错误）＋未使用2行（有错误1行；小计、说明、重复行1行）"
    for name in ("汇总表", "问题清单", "参数页"):
        assert account in [cell for row in gaps[name].iter_rows(values_only=True) for cell in row], name
    listed = [(row["级别"], row["行号"]) for row in rows(gaps["问题清单"])]
    assert ("错误", 5) in listed
    assert ("说明", 6) in listed
    assert not any("没有任何一行被删除" in str(row) for row in gaps["问题清单"].iter_rows(values_only=True))


def test_a_problem_of_a_cell_names_the_community_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "清河区.csv"
    path.write_text("街道,社区,户数\n东街道,甲社区,约900\n", encoding="utf-8")
    ledger = shequ.io.read_ledger(path)
    book = openpyxl.load_workbook(write_report(tmp_path / "t.xlsx", ledger.district, read=ledger.report))
    assert ("甲社区 户数", "“约900”不是准确数，按缺失处理") in [
        (row["位置"], row["问题"]) for row in rows(book["问题清单"])
    ]

# SPDX-License-Identifier: BSD-3-Clause
"""Codes in ledgers of towns and communities: which are used, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shequ import InvalidInputError
from shequ.io import Issue, Ledger, LedgerError, read_district, read_hierarchy, read_ledger

HEAD = "街道,代码,社区,户数\n"
ROWS = "".join(
    f"{town},32041200{t}00{k},{town[0]}{k}社区,{1000 + k}\n"
    for t, town in ((1, "东街道"), (2, "西镇"))
    for k in (1, 2, 3)
)


def ledger_of(folder: Path, *rows: str, body: str = ROWS) -> Ledger:
    path = folder / "武进区.csv"
    path.write_text(HEAD + body + "".join(row + "\n" for row in rows), encoding="utf-8")
    return read_ledger(path)


def said(ledger: Ledger) -> list[tuple[str, str, int | None]]:
    return [(issue.code, issue.severity, issue.row) for issue in ledger.report.issues]


def communities(ledger: Ledger) -> dict[str, str]:
    """Return the code of each community by its name."""
    tree = ledger.hierarchy
    return {tree.name(unit): tree.code(unit) for unit in tree.at_level("community").tolist()}


def test_sound_codes_are_used_and_nothing_is_said(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    assert said(ledger) == []
    assert communities(ledger)["东1社区"] == "320412001001"


@pytest.mark.parametrize(
    ("code", "kind", "english", "chinese"),
    [
        ("32041200100", "E11", "has 11 digits, but the code of a community has 12", "有11位，社区代码应为12位"),
        ("320412001", "E11", "has 9 digits", "有9位"),
        ("32O412001004", "E11", "holds 'O': correct it", "却含有“O”：请更正"),
        ("320412001000", "E11", "is the code of a town", "是街道（乡镇）或更上级的代码"),
        ("110101001004", "E05", "is of another district: most codes of this ledger begin with 320412", "属于其他区县"),
        ("3.20412E+11", "E09", "is in scientific notation", "是科学计数法"),
        ("12345678901234567890", "E11", "has 20 digits", "有20位"),
        ("", "E11", "is empty: fill in the code of 12 digits", "为空：请填写12位代码"),
    ],
)
def test_a_wrong_code_is_an_error_with_row_value_and_what_to_do(
    tmp_path: Path, code: str, kind: str, english: str, chinese: str
) -> None:
    ledger = ledger_of(tmp_path, f"东街道,{code},丁社区,900")
    (issue,) = ledger.report.issues
    assert (issue.code, issue.severity, issue.row, issue.column, issue.value) == (kind, "error", 8, "代码", code)
    assert english in issue.message("en")
    assert chinese in issue.message("zh")
    # No community is lost by its code: it stands under its town and name.
    assert communities(ledger)["丁社区"] == "武进区/东街道/丁社区"
    report = ledger.report
    assert (report.rows, report.used, report.doubtful, report.rejected) == (7, 7, 1, 0)
    with pytest.raises(LedgerError, match=kind):
        read_district(report.path)


def test_a_long_code_that_a_spreadsheet_kept_as_a_number_is_an_error(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["街道", "代码", "社区"],
        ["东街道", 320412001001.0, "甲社区"],
        ["东街道", 3.2041200100101e19, "乙社区"],
    ):
        book.active.append(row)
    book.save(tmp_path / "武进区.xlsx")
    ledger = read_ledger(tmp_path / "武进区.xlsx")
    assert said(ledger) == [("E10", "error", 3)]
    assert communities(ledger) == {"甲社区": "320412001001", "乙社区": "武进区/东街道/乙社区"}


def test_a_code_of_another_town_is_a_warning_and_the_town_of_the_row_counts(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, "西镇,320412001009,丁社区,900", "南镇,320412002009,戊社区,900")
    assert said(ledger) == [("E05", "warning", 8), ("E05", "warning", 9)]
    first, second = ledger.report.issues
    assert "begins as the codes of 东街道 (320412001), but the row stands in 西镇" in first.message("en")
    assert "是西镇的代码段（320412002），但本行填在南镇" in second.message("zh")
    tree = ledger.hierarchy
    assert tree.name(tree.parent(tree.index("320412001009")) or 0) == "西镇"


def test_two_districts_of_equal_size_are_told_apart_by_nobody(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, "东街道,320412001001,甲社区,1", "西镇,110101002001,乙社区,1", body="")
    assert said(ledger) == [("E05", "warning", 2), ("E05", "warning", 3)]
    assert sorted(communities(ledger).values()) == ["110101002001", "320412001001"]


def test_one_code_for_two_names_names_the_other_row_and_loses_no_community(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, "东街道,320412001003,丁社区,900")
    assert said(ledger) == [("E02", "error", 4), ("E02", "error", 8)]
    assert "is also the code of row 8 (丁社区)" in ledger.report.issues[0].message("en")
    assert "也是第 4 行（东3社区）的代码" in ledger.report.issues[1].message("zh")
    assert {"东3社区", "丁社区"} <= communities(ledger).keys()


def test_a_copy_is_left_out_and_other_figures_reject_both(tmp_path: Path) -> None:
    assert said(ledger_of(tmp_path, "东街道,320412001003,东3社区,1003")) == [("E01", "warning", 8)]
    ledger = ledger_of(tmp_path, "东街道,320412001003,东3社区,7")
    assert said(ledger) == [("E01", "error", 4), ("E01", "error", 8)]
    assert ledger.report.used == 5


def test_a_namesake_without_a_usable_code_is_not_counted_twice(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, "东街道,3204120010,东3社区,1003")
    assert said(ledger) == [("E11", "error", 8), ("E01", "error", 8)]
    assert "also in row 4" in ledger.report.issues[1].message("en")
    assert ledger.report.used == 6


def test_a_column_of_codes_that_nobody_filled_in_is_said_once(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, "东街道,,甲社区,1", "东街道,,乙社区,2", body="")
    assert said(ledger) == [("E11", "warning", None)]
    assert ledger.report.used == 2


@pytest.mark.parametrize(
    "later", ["320412001002,320412001000,乙社区,社区,5", "320412001002,320412000000,乙社区,社区,5"]
)
def test_rows_that_share_a_code_name_each_other_and_never_themselves(tmp_path: Path, later: str) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text(
        "代码,上级代码,名称,层级,户数\n320412000000,,武进区,区县,\n320412001000,320412000000,东街道,街道,\n"
        f"320412001002,320412001000,乙社区,社区,1001\n{later}\n{later[:-1]}7\n",
        encoding="utf-8",
    )
    found = [issue for issue in read_ledger(path).report.issues if "is also the code" in issue.english]
    assert [(issue.row, issue.value) for issue in found] == [(row, "320412001002") for row in (4, 5, 6)]
    for issue, others in zip(found, ("5, 6", "4, 6", "4, 5"), strict=True):
        assert f"is also the code of row {others}" in issue.english
        assert f"与第 {others} 行的代码相同" in issue.chinese


@pytest.mark.parametrize("text", [HEAD, "代码,上级代码,名称\n"])
def test_a_file_of_headers_only_is_an_error_that_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text(text, encoding="utf-8")
    report = read_ledger(path).report
    (issue,) = report.errors
    assert issue.message("en") == "E14 there are no rows below the header (row 1): fill in the ledger"
    assert "没有任何数据行" in issue.message("zh")
    for read in (read_district, read_hierarchy):
        with pytest.raises(LedgerError, match="no rows below the header"):
            read(path)


def test_a_file_of_notes_only_is_an_error_that_says_so(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, "合计,,,", body="")
    assert said(ledger) == [("E14", "error", None), ("E17", "note", 2)]


def test_messages_name_the_option_of_the_command_line_beside_that_of_python(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, ",320412001009,丁社区,1")
    assert "with --fill-down (in Python fill_down=True)" in ledger.report.issues[0].message("en")
    path = tmp_path / "b.csv"
    path.write_text("街道,社区,户籍户数,常住户数\n甲,乙,1,2\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="--column households=HEADER") as caught:
        read_district(path)
    assert "--column 户数=表头" in caught.value.message("zh")
    assert read_district(path, columns={"户数": "常住户数"}).columns["households"].tolist() == [None, None, 2]
    with pytest.raises(InvalidInputError, match="each once"):
        read_district(path, columns={"户数": "常住户数", "households": "户籍户数"})


@pytest.mark.parametrize("read", [read_hierarchy, read_district, read_ledger])
def test_an_option_that_there_is_not_is_named_with_those_that_there_are(read: object, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"'fil_down'; known are path, sheet, encoding, columns, fill_down"):
        read(tmp_path / "a.csv", fil_down=True)  # type: ignore[operator]


CELLS = st.tuples(
    st.sampled_from(["东街道", "西镇", ""]),
    st.sampled_from(["320412001001", "320412001002", "320412002001", "110101001001", "3204120010", "3.2E+11", "", "—"]),
    st.sampled_from(["甲社区", "乙社区", "", "小计", "注：无"]),
    st.sampled_from(["900", "约1200", "-5", "", "**"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(CELLS, max_size=8))
@example(rows=[("", "", "", "**")])  # no second row of a header
def test_every_row_is_used_or_rejected_with_a_reason(tmp_path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    ledger = ledger_of(tmp_path, *(",".join(row) for row in rows), body="")
    report = ledger.report
    used = set(report.source_rows)
    assert report.rows == report.used + report.rejected
    assert len(used) == report.used == len(ledger.hierarchy.at_level("community"))
    assert 0 <= report.left_out <= report.rejected
    assert report.doubtful <= report.used
    told: dict[int | None, list[Issue]] = {}
    for issue in report.issues:
        told.setdefault(issue.row, []).append(issue)
    given_rows = {number for number, row in enumerate(rows, start=2) if any(row)}
    assert given_rows - used <= told.keys()
    assert report.used or report.errors


def test_in_a_ledger_by_town_a_column_called_name_holds_the_communities(tmp_path: Path) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text(HEAD.replace("社区", "名称") + ROWS, encoding="utf-8")
    assert communities(read_ledger(path)) == communities(ledger_of(tmp_path))

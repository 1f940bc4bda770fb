# SPDX-License-Identifier: BSD-3-Clause
"""The workbook to fill in, and repairs: proposed, listed, applied only to a new file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli_runner import run, squeezed

from shequ import InvalidInputError
from shequ.io import propose_repairs, read_ledger, write_template

openpyxl = pytest.importorskip("openpyxl")

MESSY = [
    ["某区社区台账", None, None, None, None],
    ["统计时间：2014年12月31日", None, None, None, None],
    ["街道", "代码", "社区", "户数", "负责人电话"],
    ["东街道", 320412001001.0, "甲 社区", "1,234户", "13800000000"],
    [None, "320412001002 ", "乙社区", "１００１", None],
    [None, "320412001003", "丙社区", "约1200", None],
    ["小计", None, None, 2235, None],
    ["西镇", "320412100201", "丁村", "**", None],
    ["西镇", "320412100201", "丁村", "**", None],
    ["西镇", "320412100202", "戊村", "-5", None],
    ["注：户数为常住户", None, None, None, None],
]


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "台账"
    for row in MESSY:
        page.append(row)
    page.merge_cells("A4:A6")
    page.merge_cells("A1:E1")
    path = tmp_path / "武进区.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_reads_back_without_any_problem(tmp_path: Path, lang: Any) -> None:
    path = write_template(tmp_path / "台账.xlsx", lang=lang)
    ledger = read_ledger(path)
    assert ledger.report.issues == ()
    assert ledger.report.as_of == ""
    assert (ledger.report.rows, ledger.report.used, ledger.report.unread) == (1, 1, ())
    unit = int(ledger.hierarchy.at_level("community")[0])
    assert {name: column[unit] for name, column in ledger.district.columns.items()} == {
        "households": 1250, "persons": 3275, "workers": 5, "certified": 2, "office_m2": 420.0, "outdoor_m2": 600.0,
        "setting": 0, "kind": 0, "paid_fen": 8_000_000,
    }  # fmt: skip
    assert path.read_bytes() == write_template(tmp_path / "again.xlsx", lang=lang).read_bytes()


def test_the_template_has_notes_and_lists_to_choose_from(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_template(tmp_path / "台账.xlsx"))
    assert book.sheetnames == ["社区台账", "填表说明"]
    rules = {str(rule.sqref): rule for rule in book["社区台账"].data_validations.dataValidation}
    assert rules["D5:D504"].formula1 == '"城镇,农村"'
    assert rules["F5:F504"].type == "whole"
    headers = [cell.value for cell in book["社区台账"][4]]
    assert [row[0].value for row in book["填表说明"].iter_rows(min_row=2)] == headers
    book["社区台账"]["B2"] = "2024-06-30"
    book.save(tmp_path / "filled.xlsx")
    assert read_ledger(tmp_path / "filled.xlsx").report.as_of == "2024-06-30"
    with pytest.raises(InvalidInputError, match=r"must end in \.xlsx"):
        write_template(tmp_path / "台账.csv")


def test_repairs_are_proposed_with_what_stands_and_what_would(messy: Path) -> None:
    before = messy.read_bytes()
    repairs = propose_repairs(messy)
    assert [(r.code, r.action, r.row, r.column, r.before, r.after) for r in repairs] == [
        ("E30", "column", None, "负责人电话", None, None),
        ("E10", "cell", 4, "代码", "320412001001", "320412001001"),
        ("E21", "cell", 4, "社区", "甲 社区", "甲社区"),
        ("E13", "cell", 4, "户数", "1,234户", 1234),
        ("E18", "cell", 5, "街道", None, "东街道"),
        ("E11", "cell", 5, "代码", "320412001002 ", "320412001002"),
        ("E13", "cell", 5, "户数", "１００１", 1001),
        ("E18", "cell", 6, "街道", None, "东街道"),
        ("E17", "row", 7, "", "小计 | 2235", None),
        ("E14", "cell", 8, "户数", "**", None),
        ("E01", "row", 9, "", "西镇 | 320412100201 | 丁村", None),
        ("E17", "row", 11, "", "注:户数为常住户", None),
    ]
    assert [(issue.code, issue.row) for issue in repairs.undecided] == [("E13", 6), ("E15", 10)]
    assert propose_repairs(messy, approximate=True).table("en")[8]["after"] == 1200
    assert messy.read_bytes() == before
    assert "12 proposed, 2 left to decide" in repr(repairs)
    assert len(repairs.to_dataframe()) == 12


def test_a_repaired_workbook_reads_with_what_a_person_must_decide_only(messy: Path, tmp_path: Path) -> None:
    target = propose_repairs(messy).apply(tmp_path / "改.xlsx")
    report = read_ledger(target, sheet="台账").report
    assert [(issue.code, issue.row) for issue in report.issues] == [
        ("E30", None), ("E13", 6), ("E15", 8)
    ]  # fmt: skip
    assert (report.rows, report.used, report.as_of) == (5, 5, "2014-12-31")
    book = openpyxl.load_workbook(target)
    assert book["台账"]["E4"].value is None
    changes = list(book["修改记录"].iter_rows(values_only=True))
    assert len(changes) == 13
    assert not any("13800000000" in str(cell) for row in changes for cell in row)
    assert len(propose_repairs(target, sheet="台账")) == 1  # the empty column of telephones keeps its header


def test_a_repaired_csv_has_the_same_content(messy: Path, tmp_path: Path) -> None:
    target = propose_repairs(messy).apply(tmp_path / "改.csv")
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    report = read_ledger(target).report
    assert [(issue.code, issue.row) for issue in report.issues] == [("E30", None), ("E13", 6), ("E15", 8)]
    with pytest.raises(InvalidInputError, match="is the file itself"):
        propose_repairs(messy).apply(messy)
    with pytest.raises(InvalidInputError, match="must end in"):
        propose_repairs(messy).apply(tmp_path / "改.parquet")


def test_the_command_lists_and_applies_only_when_asked(messy: Path, tmp_path: Path) -> None:
    listed = run("doctor", messy)
    assert listed.exit_code == 1
    assert "Proposals: 12" in listed.output
    assert "Nothing was changed" in listed.output
    assert not (tmp_path / "改.xlsx").exists()
    applied = run("doctor", messy, "--apply", tmp_path / "改.xlsx")
    assert applied.exit_code == 1  # -5 households are for a person to decide
    assert "12 proposals applied, the file itself is unchanged" in squeezed(applied)
    assert run("doctor", messy, "--apply", messy).exit_code == 2


def test_the_command_writes_a_template_that_the_audit_passes(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    written = run("template", path, lang="zh")
    assert written.exit_code == 0
    assert "填好后检查" in written.output
    assert run("audit", path).exit_code == 0
    assert run("doctor", path).exit_code == 0
    assert run("template", tmp_path / "台账.csv").exit_code == 2

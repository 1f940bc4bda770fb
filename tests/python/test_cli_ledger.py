# SPDX-License-Identifier: BSD-3-Clause
"""The commands `shequ staff` and `shequ audit` on ledgers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli_runner import run, squeezed

import shequ

LEDGER = """2025年社区台账,,,,,
街道（镇）,社区（村）,城乡,户数,在岗人数,用房面积
A,甲,城镇,900,4,380
A,乙,城镇,1001,4,400
A,丙村,农村,550,3,250
B,丁,城镇,"2,600",8,650
B,戊,城镇,1250,5,399.5
"""
BAD_ROWS = """B,己村,城镇,**,2,
B,庚,城镇,-3,2,
,小计,,,,
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="utf-8-sig")
    return path


def test_a_ledger_gets_posts_by_town_and_the_shortest_communities(ledger: Path) -> None:
    result = run("staff", ledger, lang="zh")
    assert result.exit_code == 0
    assert "4个社区应配23人，在岗21人；缺员合计2人" in result.output
    assert "缺员最多的1个社区（共1个缺员）" in result.output
    ceiling = run("staff", ledger, "--rounding", "ceil", "--top", "1")
    assert "25 posts, 21 workers; short of 4" in ceiling.output
    assert "The 1 shortest of 2 communities that are short" in ceiling.output
    assert "5 communities: 27 posts" in run("staff", ledger, "--rural").output


def test_a_ledger_is_written_as_workbook_or_csv_in_its_own_order(ledger: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    result = run("staff", ledger, "--out", tmp_path / "核定.xlsx", lang="zh")
    assert result.exit_code == 0
    page = openpyxl.load_workbook(tmp_path / "核定.xlsx")["社区明细表"]
    names = [row[2] for row in page.iter_rows(values_only=True)]
    assert names[-6:] == ["甲", "乙", "丙村", "丁", "戊", None]
    run("staff", ledger, "--out", tmp_path / "核定.csv", lang="zh")
    lines = (tmp_path / "核定.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("街道（镇）,代码,社区（村）")
    assert [line.split(",")[2] for line in lines[1:]] == ["甲", "乙", "丙村", "丁", "戊"]
    assert run("staff", ledger, "--out", tmp_path / "核定.html", lang="zh").exit_code == 0
    assert (tmp_path / "核定.html").read_text(encoding="utf-8").count("<tr>") == 6


def test_rows_without_an_answer_are_listed_with_their_row(ledger: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    ledger.write_text(LEDGER + BAD_ROWS, encoding="utf-8-sig")
    out = tmp_path / "核定.xlsx"
    result = run("staff", ledger, "--out", out, lang="zh")
    assert result.exit_code == 1
    assert "己村" in result.output
    assert (
        "台账.csv：共8行＝使用7行（其中1行有提醒或错误）＋未使用1行（有错误0行；小计、说明、重复行1行）"
        in result.output
    )
    listed = list(openpyxl.load_workbook(out)["问题清单"].iter_rows(values_only=True))
    assert ("错误", "己村", 8) in [(row[0], row[2], row[3]) for row in listed]
    assert any("小计" in str(row[4]) and row[3] == 10 for row in listed)


def test_an_audit_tells_clean_from_faulty_by_its_exit_code(ledger: Path, tmp_path: Path) -> None:
    clean = run("audit", ledger, lang="zh")
    assert clean.exit_code == 0
    assert "共8个单位：1个区（县）、2个街道（镇）、5个社区（村）" in clean.output
    assert "没有发现问题" in clean.output
    ledger.write_text(LEDGER + BAD_ROWS, encoding="utf-8-sig")
    out = tmp_path / "problems.csv"
    faulty = run("audit", ledger, "--out", out)
    assert faulty.exit_code == 1
    assert "error" in faulty.output
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Severity,Kind,Where,Row,Problem,What to do"
    assert lines[1].startswith("error,")


def test_an_audit_as_json_says_all_in_both_languages(ledger: Path, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip(
        "jsonschema", reason="checks documents against the schema; a package for tests only"
    )
    schema = json.loads((Path(shequ.__file__).parent / "schemas" / "problems.schema.json").read_text(encoding="utf-8"))
    changes = tmp_path / "撤并.csv"
    changes.write_text("生效日期,变更类型,原代码,新代码\n2023-01-01,合并,320412001001,320412001002\n", encoding="utf-8")
    # One row is faulty, one unit was merged before the day of the ledger, one name holds a character that is none.
    table = tmp_path / "东街道.csv"
    rows = "东街道,320412001001,甲社区,900\n东街道,320412001002,乙社区,1000户多\n东街道,320412001003,丙\ue170社区,50\n"
    table.write_text("街道,代码,社区,户数\n" + rows, encoding="utf-8")
    written = []
    for lang in ("zh", "en"):
        out = tmp_path / f"{lang}.json"
        result = run("audit", table, "--changes", changes, "--as-of", "2024", "--out", out, lang=lang)
        assert result.exit_code == 1
        assert out.name in result.output
        written.append(json.loads(out.read_text(encoding="utf-8")))
    assert written[0] == written[1]
    jsonschema.Draft202012Validator(schema).validate(written[0])
    assert written[0]["rows"] == {"rows": 3, "used": 3, "rejected": 0}
    by_row = {problem["row"]: problem for problem in written[0]["problems"]}
    assert by_row[2]["code"] == "E07"
    assert "900 households may count twice" in by_row[2]["english"]
    assert "900" in by_row[2]["chinese"]
    assert (by_row[3]["code"], by_row[3]["column"], by_row[3]["value"]) == ("E13", "户数", "1000户多")
    assert (by_row[4]["code"], by_row[4]["value"], by_row[4]["outcome"]) == ("", "320412001003", "used")
    assert by_row[4]["chinese"].startswith("丙\ue170社区 320412001003：")
    # As many as the table of the same findings has.
    run("audit", table, "--changes", changes, "--as-of", "2024", "--out", tmp_path / "all.csv")
    lines = (tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(written[0]["problems"]) == len(lines) - 1
    clean = run("audit", ledger, "--out", tmp_path / "clean.json")
    assert clean.exit_code == 0
    assert json.loads((tmp_path / "clean.json").read_text(encoding="utf-8"))["problems"] == []


def test_a_file_that_is_no_ledger_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for name in ("a.csv", "a.txt"):
        for command in ("audit", "staff"):
            result = run(command, tmp_path / name)
            assert result.exit_code == 2
            assert result.output.startswith("Error: ")


@pytest.mark.slow
def test_the_table_of_2016_has_one_error(tmp_path: Path) -> None:
    folder = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = folder / "china" / "divisions_2016.csv.gz"
    if not path.is_file():
        pytest.skip(f"no {path.name}: set SHEQU_TEST_DATA to the folder of the test data")
    result = run("audit", path, "--top", "1")
    assert result.exit_code == 1
    assert "713,035 rows = 713,035 used (0 of them with a warning or an error) + 0 rejected" in result.output
    assert "653130103498" in result.output
    assert "Errors: 1, warnings: 92" in result.output


def test_a_workbook_with_a_table_on_several_sheets_is_not_half_read(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for town, households in (("甲镇", 1300), ("乙镇", 2600)):
        page = book.create_sheet(town)
        page.append(["街道", "社区", "户数"])
        page.append([town, town + "社区", households])
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(shequ.InvalidInputError, match="several sheets with a table: 甲镇, 乙镇; choose one with"):
        shequ.io.read_ledger(tmp_path / "two.xlsx")
    result = run("staff", tmp_path / "two.xlsx", "--sheet", "乙镇")
    assert result.exit_code == 0
    assert "10 posts" in squeezed(result)


MESSY = """街道,代码,社区,户数,在岗人数
东街道,320412001001,甲社区,1300,4
东街道,32041200102,乙社区,约1200,5
东街道,320412001003,丙社区,1.2万,
西镇,320412002001,丁社区,2600,
,320412002002,戊社区,900,4
小计,,,3900,
"""


def findings_of(output: str) -> list[str]:
    """Return what follows the last heading of a table of findings, without the file that was written."""
    lines = output.splitlines()
    head = max(i for i, line in enumerate(lines) if line.split()[:2] == ["Severity", "Kind"])
    return [line.strip() for line in lines[head:] if line.strip()]


def test_staff_and_audit_show_the_same_report_of_reading(tmp_path: Path) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text(MESSY, encoding="utf-8")
    staff, audit = run("staff", path), run("audit", path)
    assert staff.exit_code == audit.exit_code == 1
    assert findings_of(staff.output) == findings_of(audit.output)
    assert staff.output.splitlines()[0] == audit.output.splitlines()[0]
    assert "6 rows = 4 used (2 of them with a warning or an error) + 2 rejected (1 with errors; 1 sub" in staff.output
    for cell in ("'32041200102'", "'约1200'", "'1.2万'"):
        assert cell in staff.output


def test_missing_workers_are_said_to_be_unknown_on_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text(MESSY, encoding="utf-8")
    result = run("staff", path, lang="zh")
    assert "2个社区应配至少15人，在岗至少4人；缺员合计至少1人，超员未知（不相抵）" in result.output
    assert "其中1个社区在岗人数未知" in result.output
    west = next(line for line in result.output.splitlines() if line.strip().startswith("西镇"))
    assert west.split() == ["西镇", "1", "2,600", "10", "未知", "1", "未知", "未知", "0"]
    path.write_text("街道,社区,户数\n东街道,甲社区,1300\n", encoding="utf-8")
    unknown = run("staff", path, lang="zh")
    assert unknown.exit_code == 0
    assert "数据有缺失，不能断定没有社区缺员。" in unknown.output.splitlines()
    assert "没有社区缺员。" not in unknown.output.splitlines()


@pytest.mark.parametrize("command", ["staff", "audit"])
def test_a_ledger_without_rows_needs_attention(command: str, tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_text("街道,社区,户数,在岗人数\n", encoding="utf-8")
    result = run(command, path, lang="zh")
    assert result.exit_code == 1
    assert "没有任何数据行" in result.output
    assert "没有发现问题" not in result.output


def test_headers_and_encodings_can_be_chosen_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text("街道,社区,户籍户数,常住户数\n甲街道,乙社区,1000,2600\n", encoding="gb18030")
    refused = run("staff", path)
    assert refused.exit_code == 2
    assert "choose one with --column households=HEADER" in squeezed(refused)
    for choice in ("households=常住户数", "户数=常住户数"):
        chosen = run("staff", path, "--column", choice, "--encoding", "gb18030")
        assert chosen.exit_code == 0
        assert "1 communities: 10 posts" in chosen.output
    for choice in ("households", "=常住户数", "households="):
        wrong = run("audit", path, "--column", choice)
        assert wrong.exit_code == 2
        assert "must be FIELD=HEADER" in squeezed(wrong)
    assert run("staff", path, "--encoding", "ascii").exit_code == 2


def test_a_ledger_without_households_names_the_columns_that_were_not_read(tmp_path: Path) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text("街道,社区,户 口 数\n甲街道,乙社区,1000\n", encoding="utf-8")
    result = run("staff", path)
    assert result.exit_code == 2
    assert "has no column of households (户数); columns not read: 户 口 数" in squeezed(result)
    assert "columns=" not in result.output
    assert run("staff", path, "--column", "households=户 口 数").exit_code == 0


def test_an_audit_finds_units_that_changed_before_the_day_of_the_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    rows = "东街道,320412001001,甲社区,900\n东街道,320412001002,乙社区,1000\n"
    ledger.write_text("统计时间：2024年12月31日,,,\n街道,代码,社区,户数\n" + rows, encoding="utf-8")
    changes = tmp_path / "撤并.csv"
    changes.write_text("生效日期,变更类型,原代码,新代码\n2023-01-01,合并,320412001001,320412001002\n", encoding="utf-8")
    found = run("audit", ledger, "--changes", changes, "--out", tmp_path / "问题.html")
    assert found.exit_code == 1
    assert "so its 900 households may count twice" in squeezed(found)
    assert "E07" in (tmp_path / "问题.html").read_text(encoding="utf-8")
    assert run("audit", ledger, "--changes", changes, "--as-of", "2022").exit_code == 0
    ledger.write_text("街道,代码,社区,户数\n" + rows, encoding="utf-8")
    refused = run("audit", ledger, "--changes", changes)
    assert refused.exit_code == 2
    assert "state it by --as-of" in squeezed(refused)

# SPDX-License-Identifier: BSD-3-Clause
"""Scenarios by hand in TOML, replayed on another base with conflicts, compared as text, page and workbook."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from cli_runner import run, squeezed

import shequ

LEDGER = """代码,街道代码,街道,社区,城乡,户数,常住人口,在岗人数
320412001001,320412001,甲街道,甲社区,城镇,900,2400,4
320412001002,320412001,甲街道,同名社区,城镇,1001,2600,4
320412002001,320412002,乙镇,丁社区,城镇,2600,7000,8
320412002002,320412002,乙镇,同名社区,城镇,1250,3300,5
"""

PLAN = """
norm = "staff.wujin2012"
[[edit]]
add = "户数"
unit = "甲社区"
value = 300
[[edit]]
merge = ["甲社区", "甲街道/同名社区"]
name = "合并社区"
[[edit]]
split = "丁社区"
parts = [{name = "丁一", households = 1400, persons = 3700, workers = 5},
         {name = "丁二", "户数" = 1200, "人口" = 3300, "在岗人数" = 3}]
[[edit]]
create = "新社区"
in = "乙镇"
setting = "urban"
[[edit]]
abolish = "新社区"
[[edit]]
move = "乙镇/同名社区"
to = "甲街道"
[[edit]]
norm = "staff.cn2025"
within = "甲街道"
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def base(ledger: Path) -> shequ.Scenario:
    return shequ.Scenario(shequ.read_district(ledger), rules={"urban": shequ.StaffingRule()})


def edited(start: shequ.Scenario) -> shequ.Scenario:
    """The edits of `PLAN` by hand."""
    s = start.branch()
    s.add("households", "320412001001", 300)
    s.merge(["320412001001", "320412001002"], name="合并社区")
    s.split(
        "320412002001",
        [
            {"name": "丁一", "households": 1400, "persons": 3700, "workers": 5},
            {"name": "丁二", "households": 1200, "residents": 3300, "workers": 3},
        ],
    )
    town = s.parent("320412002002")
    assert town is not None
    made = s.create(town, name="新社区", setting="urban")
    s.abolish(made)
    first = s.hierarchy.parent(s.hierarchy.index("320412001001"))
    assert first is not None
    s.move("320412002002", first)
    s.set_rule(shequ.norms.get("staff.cn2025").staffing, first)
    return s


def test_a_file_by_hand_does_the_same_as_calls(ledger: Path, plan: Path) -> None:
    start = base(ledger)
    loaded, by_hand = start.load(plan), edited(start)
    assert loaded.edits() == by_hand.edits()
    assert len(loaded.differences(by_hand)) == 0
    assert str(loaded.differences(by_hand, "en")) == "Nothing differs."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[edit]]\nmerges = ["a"]', "exactly one of set, add, transfer, norm"),
        ('[[edit]]\nadd = "户数"\nunit = "a"', "value must be given"),
        ('[[edit]]\nadd = "户数"\nunit = "a"\nvalue = 1.5', "value=1.5 must be a whole number"),
        ('[[edit]]\nmove = "a"\nto = "b"\ntoo = "c"', "did you mean to?"),
        ('[[edit]]\nnorm = "staff.none"', "staff.none"),
        ('[[edit]]\nabolish = "同名社区"', "is the name of 2 units: 320412001002, 320412002002"),
        ('[[edit]]\nabolish = "无此社区"', "must be the code or the name of a unit"),
        ('[[edit]]\nabolish = "丁"', "did you mean 丁社区?"),
        ('[[edits]]\nabolish = "a"', "did you mean edit?"),
        (
            '[[edit]]\nmerge = ["甲社区", "甲街道/同名社区"]\nname = "新"\n[[edit]]\nabolish = "甲社区"',
            "an earlier edit merged",
        ),
    ],
)
def test_a_slip_in_a_file_names_the_edit_and_what_is_allowed(
    ledger: Path, tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(shequ.InvalidInputError) as caught:
        base(ledger).load(path)
    assert message in str(caught.value)
    assert caught.value.message("zh")


def test_another_base_is_refused_or_replayed_with_conflicts(ledger: Path, tmp_path: Path) -> None:
    start = base(ledger)
    saved = tmp_path / "saved.json"
    s = start.branch()
    s.merge(["320412001001", "320412001002"], name="合并社区")  # new-1
    s.create(0, name="丙镇", level="town")  # new-2
    s.move("320412002002", "new-2")
    s.set("workers", "new-1", 11)
    s.save(saved)

    other_ledger = tmp_path / "other.csv"
    other_ledger.write_text(LEDGER.replace("320412001002,320412001,甲街道", "320412003002,320412003,丙街道"))
    other = base(other_ledger)
    with pytest.raises(shequ.InvalidInputError, match="another base"):
        other.load(saved)
    made, conflicts = other.replay(saved)
    assert [conflict.number for conflict in conflicts] == [1, 4]
    assert "320412001002" in conflicts[0].reason()
    assert '"new-1" is made by edit 1, which was not done' in str(conflicts[1])
    assert "第1项" in conflicts[1].reason("zh")
    assert made.name("new-2") == "丙镇"
    assert made.parent("320412002002") == made.unit("new-2")
    assert made.num_edits == 2


def test_words_of_a_file_keep_their_meaning_where_numbers_shift(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        '[[edit]]\nmerge = ["甲社区", "丁社区"]\nname = "跨街道"\n'
        '[[edit]]\ncreate = "丙村"\nin = "乙镇"\n[[edit]]\nabolish = "new-1"\n[[edit]]\nabolish = "new-2"\n',
        encoding="utf-8",
    )
    made, conflicts = base(ledger).replay(path)
    assert [conflict.number for conflict in conflicts] == [1, 3]  # new-1 is the merger, which was not done
    assert [edit["kind"] for edit in made.edits()] == ["create", "abolish"]


def test_norms_of_the_base_are_in_the_file(ledger: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    base(ledger).save(saved)
    document = json.loads(saved.read_text(encoding="utf-8"))
    assert document["rules"][0]["setting"] == "urban"
    assert document["rules"][0]["kind"] == "staffing"
    assert document["rules"][0]["rule"]["steps"]["id"] == "staff.wujin2012"


def test_sums_of_a_comparison_are_the_totals_of_the_scenarios(ledger: Path, plan: Path) -> None:
    start = base(ledger)
    compared = start.load(plan).differences(lang="en")
    after = start.load(plan)
    assert compared.sums[-1][0] == "Total"
    for measure, (was, now) in zip(compared.measures, compared.sums[-1][1], strict=True):
        assert (was, now) == (start.total(measure), after.total(measure))
    towns = compared.sums[:-1]
    for m, measure in enumerate(compared.measures):
        assert sum(pairs[m][1] or 0 for _, pairs in towns) == (after.total(measure) or 0)
    for row in compared.rows:
        assert row.before != row.after
        assert 1 <= row.edit <= len(compared.edits)
    assert {row.town for row in compared.rows} == {"", "甲街道", "乙镇"}
    assert "7 edits change" in compared.sentence()
    assert "<table" in compared._repr_html_()
    assert "甲社区, 同名社区 merged into 合并社区" in compared.edits[1]


def test_a_comparison_is_written_in_every_format(ledger: Path, plan: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    compared = base(ledger).load(plan).differences(lang="zh")
    first, again = compared.save(tmp_path / "a.xlsx"), compared.save(tmp_path / "b.xlsx")
    assert first.read_bytes() == again.read_bytes()
    book = openpyxl.load_workbook(first)
    assert book.sheetnames == ["汇总表", "明细表", "调整事项", "参数页"]
    detail = list(book["明细表"].iter_rows(min_row=4, values_only=True))
    assert len(detail) == len(compared)
    assert [row[7] for row in detail] == ["—" if row.difference is None else row.difference for row in compared.rows]
    # the district's rows are set apart without the colour of praise; codes that are made of names are not shown
    summary = book["汇总表"]
    last = summary.max_row
    assert summary.cell(last, 1).value == "合计"
    assert {summary.cell(last, c).fill.start_color.rgb[-6:] for c in range(1, 6)} == {"F2F2F2"}
    assert {row[1] for row in detail if row[3] in ("区（县）", "街道（镇）")} == {None}
    assert "320412001001" in {row[1] for row in detail}
    for ending in ("html", "txt", "csv"):
        text = compared.save(tmp_path / f"a.{ending}").read_text(encoding="utf-8-sig")
        assert "合并社区" in text
    with pytest.raises(shequ.InvalidInputError, match=r"must end in"):
        compared.save(tmp_path / "a.docx")


def test_a_comparison_is_called_after_the_district_in_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "常州市武进区2025年社区台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    s = base(path)
    s.add("households", "320412001001", 1)
    assert s.differences().place == "武进区"
    s.save(tmp_path / "saved.json")
    assert s.start().load(tmp_path / "saved.json").edits() == s.edits()


def test_the_command_replays_compares_and_reports(ledger: Path, plan: Path, tmp_path: Path) -> None:
    report = tmp_path / "out.html"
    result = run(
        "scenario", plan, "--on", ledger, "--report", report, "--sweep", "0%,10%", "--with", "staff.wujin2012:ceil"
    )
    shown = squeezed(result)
    assert result.exit_code == 0, result.output
    assert "7 edits change" in shown
    after = base(ledger).load(plan)
    total = next(line for line in result.output.splitlines() if line.split()[:2] == ["Total", "Posts"])
    assert total.split()[2:4] == [str(base(ledger).total("posts")), str(after.total("posts"))]
    assert "staff.wujin2012 ceil" in shown
    assert "合并社区" in report.read_text(encoding="utf-8")


def test_the_command_refuses_slips_by_the_name_of_the_option(ledger: Path, plan: Path, tmp_path: Path) -> None:
    shown = squeezed(run("scenario", plan, "--on", ledger, "--report", tmp_path / "a.docx"))
    assert "--report=" in shown
    assert "--sweep=5 must be a percentage" in squeezed(run("scenario", plan, "--on", ledger, "--sweep", "0,5"))
    assert "--on is missing" in squeezed(run("scenario", plan))


def test_the_command_lists_conflicts_and_refuses_another_base(ledger: Path, plan: Path, tmp_path: Path) -> None:
    plan.write_text(PLAN + '[[edit]]\nabolish = "丁一"\n', encoding="utf-8")
    result = run("scenario", plan, "--on", ledger, lang="zh")
    assert result.exit_code == 1
    assert "不能执行的调整（1项）" in squeezed(result)
    assert "会使其丢失" in squeezed(result)
    saved = tmp_path / "saved.json"
    s = base(ledger)
    s.set("workers", "320412001001", 5)
    s.save(saved)
    assert run("scenario", saved, "--on", ledger).exit_code == 0
    other = tmp_path / "other.csv"
    other.write_text(LEDGER.replace("900", "901"), encoding="utf-8")
    refused = run("scenario", saved, "--on", other)
    assert refused.exit_code == 2
    assert "column households differ" in squeezed(refused)
    assert run("scenario", saved, "--on", other, "--replay").exit_code == 0


def test_settings_are_taken_from_codes_where_none_are_given() -> None:
    tree = shequ.Hierarchy.from_columns(
        code=["320412", "320412001", "320412001001", "320412001201"],
        parent=[None, "320412", "320412001", "320412001"],
        level=["district", "town", "community", "community"],
        name=["区", "甲街道", "东社区", "西村"],
    )
    households = np.ma.array([0, 0, 1500, 1500], mask=[1, 1, 0, 0])
    s = shequ.Scenario(shequ.District(tree, {"households": households}), rules={"urban": shequ.StaffingRule()})
    assert s.total("posts") == 6
    assert s.total("posts", "320412001201") is None

# SPDX-License-Identifier: BSD-3-Clause
"""`shequ sheet`: the small district of the rules, end to end."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_runner import run, squeezed

LEDGER = """代码,街道,社区,城乡,常住户数,常住人口,在岗人数,持证人数,办公用房面积,户外活动场所面积
320412001001,甲街道,甲社区,城镇,900,2400,4,1,380,520
320412001002,甲街道,乙社区,城镇,1001,2600,4,2,400,500
320412001201,甲街道,丙村,农村,550,1500,3,0,250,800
320412002001,乙镇,丁社区,城镇,2600,7000,8,3,650,0
320412002002,乙镇,戊社区,城镇,1250,3300,5,1,399.5,600
320412002201,乙镇,己村,农村,,,2,0,,
"""

OWN = """
[[norm]]
id = "fund.mycity"
title = "grants"
source = "my city"
parameters = "80,000 and 30 a household over 1,000"
[norm.funding]
base_yuan = 80_000
base_households = 1_000
step_yuan = 30
step_households = 1
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


def test_all_that_the_columns_allow_is_computed(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    arguments = ["--norm", own, "--shares", "60%", "40%", "--certificate-level", "assistant", "--visits-per", "week"]
    result = run("sheet", ledger, *arguments)
    shown = squeezed(result)
    assert result.exit_code == 1, result.output  # 丙村 cannot be divided, 己村 has no households
    total = next(line for line in result.output.splitlines() if line.lstrip().startswith("Total"))
    # posts 23, shortage 2, grants 455,530 = 273,318 + 182,212, certificates 10 + 3 (己村 asks for 1 of 2)
    assert total.split()[:6] == ["Total", "6", "≥", "6,301", "26", "23"]
    assert "455,530" in total
    assert "273,318" in total
    assert "182,212" in total
    assert "170.5" in total
    assert "Not computed: unpaid grants (the ledger has no column of amount paid)" in shown
    assert "320412001201" in shown


def test_why_is_told_on_request(ledger: Path) -> None:
    result = run("sheet", ledger, "--explain", "丁社区", "--explain", "320412002201")
    shown = squeezed(result)
    assert "10 posts: 4 + 6 full steps of 250 over 1,000; norm staff.wujin2012, floor" in shown
    assert "n/a" in shown
    assert run("sheet", ledger, "--explain", "没有").exit_code == 2


def test_what_the_norms_leave_open_is_asked_for(ledger: Path) -> None:
    shown = squeezed(run("sheet", ledger))
    assert "certificates: say by --certificate-level" in shown
    assert "visits: say by --visits-per" in shown


def test_columns_that_are_not_there_are_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("town,community,households\nA,East community 社区,900\n", encoding="utf-8")
    result = run("sheet", path, "--visits-per", "week")
    assert "visits (the ledger has no column of Workers)" in squeezed(result)
    assert result.exit_code == 0, result.output
    path.write_text("town,community\nA,East\n", encoding="utf-8")
    assert "lacks the columns" in squeezed(run("sheet", path))


@pytest.mark.parametrize("ending", ["xlsx", "csv", "html"])
def test_files_are_written_whole(ledger: Path, tmp_path: Path, ending: str) -> None:
    if ending == "xlsx":
        pytest.importorskip("openpyxl")
    out = tmp_path / f"out.{ending}"
    result = run("sheet", ledger, "--out", out, lang="zh")
    assert f"已写出：{out}".replace(" ", "") in result.output.replace("\n", "").replace(" ", "")
    assert out.stat().st_size > 500
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []
    assert run("sheet", ledger, "--out", ledger).exit_code == 2


def test_two_norms_of_a_kind_are_refused(ledger: Path) -> None:
    result = run("sheet", ledger, "--norm", "staff.wujin2012", "--norm", "staff.cn2025")
    assert result.exit_code == 2
    assert "both staff.wujin2012 and staff.cn2025 give staffing" in squeezed(result)


def test_a_sum_of_nothing_known_is_not_zero(ledger: Path) -> None:
    result = run("sheet", ledger, "--norm", "fund.yunxiao2017")
    total = next(line for line in result.output.splitlines() if line.lstrip().startswith("Total"))
    assert "unknown" in total  # no community gives its class
    assert result.exit_code == 1

# SPDX-License-Identifier: BSD-3-Clause
"""`shequ norms`: norms of one's own, and two norms side by side on a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_runner import run, squeezed

LEDGER = """代码,街道,社区,户数,常住人口,在岗人数
320412001001,南夏墅街道,甲社区,900,2400,4
320412001002,南夏墅街道,乙社区,1001,2600,4
320412002001,湖塘镇,丁社区,2600,7000,8
320412002201,湖塘镇,己村,,,2
"""

OWN = """
[[norm]]
id = "staff.mycity2026"
title = { zh = "本市配备标准", en = "My city" }
source = "my city, 2026"
[norm.ratio]
posts = 20
per = 10_000
basis = "residents"
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_two_norms_are_compared_on_a_ledger(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "compared.csv"
    result = run("norms", "compare", "staff.wujin2012", "staff.beijing2020", "--on", ledger, "--out", out)
    shown = squeezed(result)
    assert result.exit_code == 0, result.output
    assert "staff.wujin2012: 18 posts (3 of 4 communities answered)" in shown
    assert "staff.beijing2020: 36-43 posts (3 of 4 communities answered)" in shown
    assert "The 3 largest of 3 differences" in shown
    written = out.read_text(encoding="utf-8-sig").splitlines()
    assert written[0].endswith("staff.wujin2012,staff.beijing2020,Difference")
    assert written[3].endswith("丁社区,10,18-24,8")


def test_norms_of_ones_own_are_listed_shown_and_compared(ledger: Path, own: Path) -> None:
    assert "staff.mycity2026" in run("norms", "--own", own).output
    shown = run("norms", "staff.mycity2026", "--own", own, lang="zh").output
    assert "本市配备标准" in shown
    assert "每10,000（常住人口）配20人" in shown
    result = run("norms", "compare", "staff.wujin2012", "staff.mycity2026", "--on", ledger, "--own", own)
    assert "staff.mycity2026: 25 posts" in squeezed(result)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare", "staff.wujin2012"], "use: shequ norms"),
        (["compare", "staff.wujin2012", "staff.cn2025"], "use: shequ norms"),
        (["staff.wujin2012", "staff.cn2025"], "use: shequ norms"),
    ],
)
def test_a_wrong_call_says_how_to_use_it(arguments: list[str], message: str) -> None:
    result = run("norms", *arguments)
    assert result.exit_code == 2
    assert message in squeezed(result)


def test_an_unknown_norm_names_the_nearest(ledger: Path) -> None:
    result = run("norms", "compare", "staff.wujin2021", "staff.cn2025", "--on", ledger)
    assert result.exit_code == 2
    assert "nearest: staff.wujin2012" in squeezed(result)

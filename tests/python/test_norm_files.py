# SPDX-License-Identifier: BSD-3-Clause
"""Norms of one's own from TOML, and two norms side by side."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import shequ
from shequ import norms

SOUND = """
[[norm]]
id = "staff.mycity2026"
title = { zh = "社区工作者配备", en = "Community workers" }
source = "my city, 2026, article 3"
effective = 2026-01-01
[norm.ratio]
posts = 20
per = 10_000
basis = "residents"
minimum = 9

[[norm]]
id = "fund.mycity2026"
title = "money"
source = "my city, 2026"
[norm.funding]
base_yuan = 80_000
base_households = 1000
step_yuan = "30.50"

[[norm]]
id = "staff.steps"
title = "steps"
source = "my city"
parameters = "as Wujin, ceil"
[norm.steps]
base = 4
base_households = 1000
step_households = 250
rounding = "ceil"
applies_to = "urban"
[norm.grid_size]
min_households = 200
max_households = 400
[norm.premises]
least_m2 = 300
step_m2 = "30.5"
"""


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_norms_of_ones_own_are_read(tmp_path: Path) -> None:
    ratio, money, steps = norms.read(write(tmp_path, SOUND))
    assert ratio.staffing == shequ.StaffingRatio(
        posts=20, per=10_000, basis="residents", minimum=9, id="staff.mycity2026"
    )
    assert ratio.title("zh") == "社区工作者配备"
    assert ratio.effective == "2026-01-01"
    assert ratio.parameters("en") == "20 per 10,000 residents, at least 9 (ceil), for urban communities"
    assert money.funding is not None
    assert money.funding.grant(1001) == 8_003_050
    assert steps.grid_size == (200, 400)
    assert steps.premises is not None
    assert steps.premises.need_dm2(1000) == 30_500
    assert norms.get("staff.steps", [ratio, steps]) == steps
    assert norms.get("staff.wujin2012", [ratio]).id == "staff.wujin2012"


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("norm = 3", "own.toml: norm=3 must be one or more tables [[norm]]"),
        ("[[norm]", "own.toml is no TOML:"),
        (changed('id = "staff.mycity2026"', ""), "own.toml, norm 1: id must be given"),
        (changed("per = 10_000", "pre = 10_000"), "norm 1 (staff.mycity2026), ratio: key pre must be one of"),
        (changed("per = 10_000", "pre = 10_000"), "did you mean per?"),
        (changed("per = 10_000", "per = 0"), "ratio: per=0 must be in [1, 2147483647]"),
        (changed("per = 10_000", 'per = "x"'), "ratio: per='x' must be a whole number"),
        (changed('basis = "residents"\n', ""), "ratio: basis must be given"),
        (changed('basis = "residents"', 'basis = "people"'), "ratio: basis='people' must be one of"),
        (changed('rounding = "ceil"\n', ""), "norm 3 (staff.steps), steps: rounding must be given"),
        (changed('"30.50"', '"30.505"'), "funding: step_yuan='30.505' must be whole yuan"),
        (changed('"30.50"', "30.5"), "funding: step_yuan=30.5 must be whole yuan"),
        (changed('"staff.steps"', '"staff.mycity2026"'), "must be an id that neither the file nor the catalogue has"),
        (changed('"staff.steps"', '"staff.cn2025"'), "must be an id that neither the file nor the catalogue has"),
        (changed('source = "my city, 2026"', 'source = ""'), 'source="" must be a text that is not empty'),
        (changed('"30.5"', "30.5"), "premises: step_m2=30.5 must be"),
        (changed("max_households = 400", "max_households = 100"), "grid_size=200 to 100 must be bounds"),
        (changed('title = "money"', 'title = "money"\nstatus = "unverified"'), 'status=unverified must be "seen"'),
    ],
)
def test_a_wrong_norm_is_named_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(shequ.InvalidInputError) as caught:
        norms.read(write(tmp_path, content))
    assert message in str(caught.value)
    assert "own.toml" in caught.value.message("zh")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(shequ.InvalidInputError, match="there is no file"):
        norms.read(tmp_path / "nothing.toml")


def test_two_norms_stand_side_by_side(tmp_path: Path) -> None:
    columns = {
        "name": ["甲社区", "乙社区", "丙村", "丁社区"],
        "town": ["A", "A", "A", "B"],
        "households": np.ma.MaskedArray([900, 1001, 550, 2600], mask=[0, 0, 0, 0]),
        "persons": np.ma.MaskedArray([2400, 2600, 1500, 7000], mask=[0, 1, 0, 0]),
    }
    own = norms.read(write(tmp_path, SOUND))
    table = norms.compare("staff.wujin2012", "staff.mycity2026", columns, own=own, lang="en")
    assert table.least_a.tolist() == [4, 4, None, 10]
    assert table.least_b.tolist() == [9, None, None, 14]
    assert table.difference.tolist() == [5, None, None, 4]
    totals = table.totals()
    assert [total.least_a for total in totals] == [8, 10]
    assert table.total.least_a == sum(total.least_a or 0 for total in totals)
    assert table.total.answered_b == 2
    assert "staff.mycity2026 counted the column persons" in table.notes
    assert list(table.to_dataframe()["difference"].fillna(-1)) == [5, -1, -1, 4]
    everywhere = norms.compare("staff.wujin2012", "staff.beijing2020", columns, every_setting=True, lang="en")
    assert everywhere.row(3)[3:] == [10, "18-24", 8]
    assert everywhere.row(2)[3] == 4


def test_a_comparison_refuses_what_it_cannot_compare() -> None:
    with pytest.raises(shequ.InvalidInputError, match="norm=area.wujin2012 must be a norm of staffing"):
        norms.compare("staff.wujin2012", "area.wujin2012", {"households": [1]})
    with pytest.raises(shequ.InvalidInputError, match="must contain persons, which staff.cn2025 counts"):
        norms.compare("staff.wujin2012", "staff.cn2025", {"households": [1]})

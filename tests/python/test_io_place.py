# SPDX-License-Identifier: BSD-3-Clause
"""The name of the district in titles and names of files."""

from __future__ import annotations

from pathlib import Path

import pytest

import shequ
from shequ.io._place import district_in


@pytest.mark.parametrize(
    ("title", "district"),
    [
        ("常州市武进区2025年社区台账", "武进区"),
        ("2025年武进区社区台账", "武进区"),
        ("江苏省常州市武进区社区", "武进区"),
        ("《赵县社区台账》", "赵县"),
        ("浦东新区台账", "浦东新区"),
        ("北京市东城区社区", "东城区"),
        ("北京市房山区社区", "房山区"),
        ("广西壮族自治区融水苗族自治县社区", "融水苗族自治县"),
        ("新疆维吾尔自治区昌吉回族自治州奇台县", "奇台县"),
        ("社区台账", ""),
        ("街道社区情况表", ""),
        ("全区社区台账", ""),
        ("各区县台账", ""),
        ("市辖区统计", ""),
        ("城区社区", ""),
        ("小区台账", ""),
        ("台账", ""),
        ("ledger", ""),
        ("", ""),
    ],
)
def test_a_district_is_found_at_the_beginning_only_where_there_is_one(title: str, district: str) -> None:
    assert district_in([title]) == district
    assert district_in(["单位：户", title]) == district


def test_the_column_goes_before_the_title_and_the_title_before_the_file(tmp_path: Path) -> None:
    rows = "{}街道,社区,户数\n{}甲街道,东社区,900\n"

    def named(file: str, above: str = "", column: str = "") -> tuple[str, str]:
        path = tmp_path / file
        header, cell = ("区县,", column + ",") if column else ("", "")
        path.write_text(above + rows.format(header, cell), encoding="utf-8")
        tree = shequ.read_district(path).hierarchy
        return tree.name(0), tree.code(0)

    assert named("台账.csv") == ("台账", "台账")
    assert named("武进区台账.csv") == ("武进区", "武进区台账")
    assert named("武进区台账.csv", above="天宁区社区情况表,,\n") == ("天宁区", "武进区台账")
    assert named("武进区台账.csv", column="钟楼区") == ("钟楼区", "钟楼区")

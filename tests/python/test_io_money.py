# SPDX-License-Identifier: BSD-3-Clause
"""Money in ledgers: units, decimals, and what the district sheet makes of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import shequ
from shequ import FundingRule
from shequ.io import read_ledger

HEAD = "街道,社区,城乡,户数,{}\n"


def _ledger(path: Path, header: str, *cells: str) -> shequ.io.Ledger:
    rows = "".join(f"甲街道,社区{i},城镇,{1000 + 100 * i},{cell}\n" for i, cell in enumerate(cells))
    path.write_text(HEAD.format(header) + rows, encoding="utf-8")
    return read_ledger(path)


@pytest.mark.parametrize(
    ("header", "cell", "fen"),
    [
        ("到位经费（元）", "80000.05", 8_000_005),
        ("到位经费", "80000", 8_000_000),
        ("已拨付经费（万元）", "8.0001", 8_000_100),
        ("已拨付经费（万元）", "8", 8_000_000),
        ("paid_fen", "123", 123),
        ("到位资金（分）", "7", 7),
        ("到位经费（元）", "8万", None),
        ("到位经费（元）", "8.0000万", 8_000_000),
        ("到位经费（元）", "0.005", None),
        ("到位经费（元）", "-1", None),
        ("到位经费（元）", "1e30", None),
        ("到位经费（元）", "", None),
    ],
)
def test_money_is_whole_fen_in_the_unit_of_its_header(tmp_path: Path, header: str, cell: str, fen: int | None) -> None:
    ledger = _ledger(tmp_path / "a.csv", header, cell, "1")
    column = ledger.district.columns["paid_fen"]
    assert column.dtype == np.int64
    unit = ledger.hierarchy.find_name("社区0")[0]
    assert (None if column[unit] is np.ma.masked else int(column[unit])) == fen
    assert bool(ledger.report.issues) == (fen is None and cell != "") or "万" in cell


def test_a_unit_that_is_no_money_is_refused(tmp_path: Path) -> None:
    with pytest.raises(shequ.InvalidInputError, match="美元"):
        _ledger(tmp_path / "a.csv", "到位经费（美元）", "1")


def test_unpaid_money_and_classes_reach_the_district_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "街道,社区,城乡,户数,经费类别,到位经费（元）\n"
        "甲街道,甲社区,城镇,900,0,350\n甲街道,乙社区,城镇,900,1,350\n甲街道,丙社区,城镇,900,1,\n甲街道,小计,,2700,,700\n",
        encoding="utf-8",
    )
    ledger = read_ledger(path)
    assert not [issue for issue in ledger.report.issues if issue.severity != "note"]
    sheet = shequ.district_sheet(
        ledger.district,
        household_basis="households",
        funding=FundingRule(base_fen=40_000, class_fen=[0, 10_000]),
    )
    tree = ledger.hierarchy
    unpaid = {tree.name(unit): sheet.values("unpaid")[unit] for unit in tree.at_level("community").tolist()}
    assert unpaid["甲社区"] == 5_000
    assert unpaid["乙社区"] == 15_000
    assert unpaid["丙社区"] is np.ma.masked
    assert sheet.unknown("unpaid")[0] == 1

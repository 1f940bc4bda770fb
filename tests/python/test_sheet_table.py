# SPDX-License-Identifier: BSD-3-Clause
"""The district sheet as tables and files: sums, words in empty cells, the same bytes."""

from __future__ import annotations

import csv
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import shequ
from shequ._sheet_table import communities_table, reasons_table, shown_measures, towns_table, unknown_rows
from shequ.sheet import Measure, district_sheet


@pytest.fixture(scope="module")
def sheet() -> shequ.DistrictSheet:
    return district_sheet(
        shequ.sample_district(seed=3),
        household_basis="resident_households",
        staffing="staff.beijing2020",
        premises="area.wujin2012",
        outdoor="area.wujin2012",
        grid_size="grid.haikou2020",
        visits=shequ.rules.VisitRule(per="week", working_weeks=48),
        urban_certification=shequ.rules.CertificationRule(required="80%", min_level="assistant"),
        lang="en",
    )


def test_sums_of_towns_are_those_of_their_communities(sheet: shequ.DistrictSheet) -> None:
    towns, communities = towns_table(sheet), communities_table(sheet)
    assert towns.total is not None
    for head in towns.headers[2:]:
        c, k = towns.headers.index(head), communities.headers.index(head)
        numbers = {}
        for row in communities.rows:
            value = row[k]
            if isinstance(value, (int, float)):
                numbers[row[0]] = numbers.get(row[0], 0) + value
        assert [row[c] for row in towns.rows] == pytest.approx([numbers.get(row[0], 0) for row in towns.rows])
        assert float(towns.total[c]) == pytest.approx(sum(numbers.values()))  # type: ignore[arg-type]
    assert sum(int(row[1]) for row in towns.rows) == len(communities.rows)  # type: ignore[call-overload]


def test_every_cell_of_a_community_has_a_number_or_says_why(sheet: shequ.DistrictSheet) -> None:
    table = communities_table(sheet)
    first = len(table.headers) - len(shown_measures(sheet))
    assert all(cell is not None and cell != "" for row in table.rows for cell in row[first:])
    words = {cell for row in table.rows for cell in row[first:] if isinstance(cell, str)}
    assert words <= {"n/a", "infeasible", "no outdoor area", "no office area", "no households", "no workers"}
    reasons = reasons_table(sheet)
    assert len(reasons.rows) == len(table.rows) * len(shown_measures(sheet))
    assert all(row[-1] for row in reasons.rows)


def test_unknown_numbers_are_listed_once_each(sheet: shequ.DistrictSheet) -> None:
    listed = sum(len(str(row[3]).split(", ")) for row in unknown_rows(sheet))
    # the upper end of posts and of grids have commas of their own
    expected = sum(int(sheet.unknown(m)[0]) * (2 if m.name.endswith("_MOST") else 1) for m in shown_measures(sheet))
    areas = sum(int(sheet.unknown(m)[0]) for m in (Measure.PREMISES_GAP, Measure.OUTDOOR_GAP))
    assert listed == expected + areas


def test_files_hold_the_same_numbers_and_the_same_bytes(sheet: shequ.DistrictSheet, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    import openpyxl

    table = communities_table(sheet)
    with sheet.save(tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == table.headers
    assert [row[1] for row in rows[1:]] == [row[1] for row in table.rows]
    first, again = sheet.save(tmp_path / "a.xlsx"), sheet.save(tmp_path / "b.xlsx")
    assert first.read_bytes() == again.read_bytes()
    book = openpyxl.load_workbook(first)
    assert book.sheetnames == ["By town", "Communities", "Reasons", "Problems", "Parameters"]
    page = book["Communities"]
    column = next(c for c in page[3] if c.value == "Posts").column
    posts = [page.cell(4 + r, column).value for r in range(len(table.rows))]
    assert posts == [row[table.headers.index("Posts")] for row in table.rows]
    html = sheet.save(tmp_path / "a.html").read_text(encoding="utf-8")
    assert html.count("<table") == 2
    with pytest.raises(shequ.InvalidInputError, match=r"must end in"):
        sheet.save(tmp_path / "a.txt")


def test_a_sheet_pickles(sheet: shequ.DistrictSheet) -> None:
    again: Any = pickle.loads(pickle.dumps(sheet))
    assert again.rules == sheet.rules
    assert again.lang == "en"
    for measure in Measure:
        np.testing.assert_array_equal(again.values(measure), sheet.values(measure))
        np.testing.assert_array_equal(again.states(measure), sheet.states(measure))
    assert again.explain(2, "posts") == sheet.explain(2, "posts")


def test_towns_without_codes_stand_as_in_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("街道,社区,户数\n甲街道,东社区,900\n乙镇,西社区,1300\n甲街道,南社区,600\n", encoding="utf-8")
    made = district_sheet(shequ.read_district(path), household_basis="households", staffing="staff.wujin2012")
    assert [row[0] for row in towns_table(made).rows] == ["甲街道", "乙镇"]
    assert [row[2] for row in communities_table(made).rows] == ["东社区", "西社区", "南社区"]

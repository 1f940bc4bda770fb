# SPDX-License-Identifier: BSD-3-Clause
"""Money, premises and the register of grids in the workbook; grids as files; what bounds them in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import shequ
from shequ import InvalidInputError
from shequ.grids import divide_district
from shequ.io import write_grids

openpyxl = pytest.importorskip("openpyxl")
gpd = pytest.importorskip("geopandas")
shapely = pytest.importorskip("shapely")

DISTRICT = shequ.sample_district(0)
COLUMNS = 9  # of the register, up to the sides


@pytest.fixture(scope="module")
def plan() -> Any:
    return divide_district(DISTRICT, size=(300, 500), time_limit_s=2.0)


@pytest.fixture(scope="module")
def sheet() -> Any:
    return shequ.district_sheet(
        DISTRICT,
        household_basis="resident_households",
        staffing="staff.wujin2012",
        funding=shequ.FundingRule(base_fen=8_000_000, base_households=1000, step_fen=3333),
        shares=shequ.FundingShares(town="3/5", district="2/5"),
        premises="area.cn2025",
        outdoor="area.taizhou2018",
    )


@pytest.fixture(scope="module")
def book(plan: Any, sheet: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("book") / "核定表.xlsx"
    team = {plan.grids[0].code: ("张三", "=李四", "13812345678")}
    shequ.write_report(path, DISTRICT, grids=plan, sheet=sheet, team=team)
    return openpyxl.load_workbook(path)


def rows_of(page: Any) -> tuple[list[Any], list[list[Any]]]:
    """Return headers and rows, the total last."""
    every = [list(row) for row in page.iter_rows(values_only=True)]
    top = next(i for i, row in enumerate(every) if row[0] == "街道（镇）")
    return every[top], every[top + 1 :]


def test_the_sheets_stand_in_their_order(book: Any) -> None:
    assert book.sheetnames == [
        "汇总表", "社区明细表", "经费测算表", "设施缺口表", "网格一览表", "网格台账", "问题清单", "参数页",
    ]  # fmt: skip


def test_on_every_sheet_the_total_is_the_sum_of_its_parts(book: Any) -> None:
    checked = 0
    for name in ("汇总表", "社区明细表", "经费测算表", "设施缺口表", "网格一览表", "网格台账"):
        headers, rows = rows_of(book[name])
        *parts, total = rows
        assert total[0] == "合计"
        for c, header in enumerate(headers):
            if isinstance(total[c], (int, float)) and header != "距下一岗位户数":
                cells = [row[c] for row in parts if isinstance(row[c], (int, float))]
                assert round(sum(cells), 2) == total[c], (name, header)
                checked += 1
    assert checked > 25


def test_money_is_exact_and_town_and_district_share_it(book: Any, sheet: Any) -> None:
    headers, rows = rows_of(book["经费测算表"])
    grant, town, district = (headers.index(header) for header in headers[4:7])
    for row in rows:
        assert round(row[grant] * 100) == round(row[town] * 100) + round(row[district] * 100)
    assert round(rows[-1][grant] * 100) == int(sheet.values("grant")[0])
    assert "没有测算" in str([cell.value for cell in book["经费测算表"]["A"]])
    assert book["经费测算表"].cell(8, grant + 1).number_format == "#,##0.00_)"


def test_premises_without_data_are_told_from_those_without_a_gap(book: Any) -> None:
    headers, rows = rows_of(book["设施缺口表"])
    cells = [row[headers.index("办公用房（平方米）")] for row in rows[:-1]]
    gaps = [row[6] for row in rows[:-1]]
    assert "—" in cells
    assert all((cell == "—") <= (gap == "—") for cell, gap in zip(cells, gaps, strict=True))


def test_the_register_names_four_sides_and_masks_telephones(book: Any, plan: Any) -> None:
    headers, rows = rows_of(book["网格台账"])
    assert headers[5:] == ["东至", "南至", "西至", "北至", "网格长", "网格员", "联系电话"]
    assert len(rows) == len(plan) + 1
    assert all(all(row[5:9]) for row in rows[:-1])
    assert rows[0][9:] == ["张三", "=李四", "138****5678"]
    assert rows[-1][4] == sum(grid.households for grid in plan.grids)
    assert f"其中{len(plan) - 1}个未填网格员" in book["网格台账"]["A2"].value
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_the_parameters_say_what_the_norms_say(book: Any) -> None:
    items = {row[0]: row[1] for row in book["参数页"].iter_rows(values_only=True)}
    assert items["用房标准"].startswith("area.cn2025: ")
    assert items["户数口径"] == "常住户"
    assert items["软件版本"] == f"shequ {shequ.__version__}"


def test_a_sheet_of_other_units_and_grids_that_are_not_there_are_refused(plan: Any, sheet: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="sheet must be of the same units"):
        shequ.write_report(tmp_path / "a.xlsx", shequ.sample_district(1), sheet=sheet)
    with pytest.raises(InvalidInputError, match="team names grids that are not there: X"):
        shequ.write_report(tmp_path / "a.xlsx", DISTRICT, grids=plan, team={"X": ("", "", "")})
    with pytest.raises(InvalidInputError, match="bounds must have"):
        shequ.write_report(tmp_path / "a.xlsx", DISTRICT, grids=plan, bounds=[])
    assert list(tmp_path.iterdir()) == []


def four_squares() -> Any:
    """Return four grids of one square each: two rows of two, 100 m wide, a street to the south of all."""
    squares = [shapely.box(x, y, x + 100, y + 100) for y in (100, 0) for x in (0, 100)]
    frame = gpd.GeoDataFrame({"households": [400] * 4}, geometry=squares, crs=32650)
    return shequ.make_grids(frame, households="households", within=None, size=(400, 400), seed=0)


def test_sides_are_streets_then_neighbours_then_the_edge() -> None:
    street = ("人民路", shapely.LineString([(-50, -15), (250, -15)]))
    crossing = ("中山路", shapely.LineString([(100, -200), (100, 5)]))
    words = shequ.geo.bounds_in_words(four_squares(), [street, crossing])
    assert [tuple(sides) for sides in words] == [
        ("第2网格", "第3网格", "社区边界", "社区边界"),
        ("社区边界", "第4网格", "第1网格", "社区边界"),
        ("第4网格", "人民路", "社区边界", "第1网格"),
        ("社区边界", "人民路", "第3网格", "第2网格"),
    ]
    assert shequ.geo.bounds_in_words(four_squares(), lang="en")[0].east == "grid 2"


def test_grids_are_written_for_maps_spreadsheets_and_word_processors(tmp_path: Path) -> None:
    grids = four_squares()
    bounds = shequ.geo.bounds_in_words(grids)
    for ending in ("geojson", "gpkg", "parquet"):
        if ending == "parquet":
            pytest.importorskip("pyarrow")
        path = write_grids(grids, tmp_path / f"a.{ending}", bounds=bounds)
        read = gpd.read_parquet(path) if ending == "parquet" else gpd.read_file(path)
        assert read["households"].tolist() == [400] * 4
        assert read["south"].tolist()[0] == "第3网格"
        assert read.to_crs(32650).area.to_numpy() == pytest.approx([10_000] * 4, rel=1e-4)
        assert path.read_bytes() == write_grids(grids, tmp_path / f"b.{ending}", bounds=bounds).read_bytes()
    lines = write_grids(grids, tmp_path / "a.csv", bounds=bounds).read_bytes()
    assert lines.startswith(b"\xef\xbb\xbf")
    assert "东至,南至,西至,北至" in lines.decode("utf-8-sig").splitlines()[0]
    page = write_grids(grids, tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 5
    with pytest.raises(InvalidInputError, match="must end in"):
        write_grids(grids, tmp_path / "a.shp")
    with pytest.raises(InvalidInputError, match="bounds must have 4 entries"):
        write_grids(grids, tmp_path / "a.csv", bounds=[])
    assert sorted(path.name[0] for path in tmp_path.iterdir()) == ["a"] * 5 + ["b"] * 3

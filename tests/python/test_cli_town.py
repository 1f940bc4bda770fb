# SPDX-License-Identifier: BSD-3-Clause
"""The command `shequ grids` with the files of a town: layers in, a folder out."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
from cli_runner import run, squeezed

gpd = pytest.importorskip("geopandas", reason="geometry is optional")
shapely = pytest.importorskip("shapely")


@pytest.fixture
def town(tmp_path: Path) -> dict[str, Path]:
    """Write a town of two banks with six houses each, a street and a bridge; buildings are compressed, no households."""
    east, north = 350_000.0, 3_450_000.0

    def box(x: float, y: float, width: float, height: float) -> object:
        return shapely.box(east + x, north + y, east + x + width, north + y + height)

    def line(*points: tuple[float, float]) -> object:
        return shapely.LineString([(east + x, north + y) for x, y in points])

    houses = [box(x0 + x, y, 10, 10) for x0 in (0, 100) for y in (5, 45) for x in (5, 30, 55)]
    layers = {
        "buildings": ({"id": [f"h{i}" for i in range(12)], "levels": [111.18] * 12}, houses),
        "roads": ({"highway": ["residential", "path"], "name": ["街", "桥"]}, [line((-20, 30), (200, 30)), line((60, 20), (110, 20))]),
        "water": ({"kind": ["river"]}, [box(75, -50, 20, 200)]),
        "boundary": ({"社区": ["甲"]}, [box(-5, -5, 180, 70)]),
    }  # fmt: skip
    paths = {}
    for name, (columns, shapes) in layers.items():
        paths[name] = tmp_path / f"{name}.geojson"
        gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:32651").to_crs(4326).to_file(paths[name], driver="GeoJSON")
    packed = tmp_path / "buildings.geojson.gz"
    packed.write_bytes(gzip.compress(paths["buildings"].read_bytes()))
    return {**paths, "buildings": packed}


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_town_is_read_cut_divided_and_written(town: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "result"
    result = run(
        "grids", town["buildings"], "--roads", town["roads"], "--barriers", town["water"], "--boundary", town["boundary"],
        "--within", "社区", "--size", "300", "300", "--m2-per-household", "111.18", "--out", out, lang="zh",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "户数为估算值" in result.output
    assert "4个网格，0个不达标" in result.output
    register, buildings = rows(out / "grids.csv"), rows(out / "buildings.csv")
    assert register[0] == [
        "网格编号",
        "社区（村）",
        "序号",
        "类别",
        "楼栋（单元）数",
        "户数",
        "情况",
        "说明",
        "东至",
        "南至",
        "西至",
        "北至",
    ]
    assert [row[5] for row in register[1:]] == ["300"] * 4
    assert buildings[0] == ["楼栋", "网格编号", "户数（估算）"]
    assert sorted(row[0] for row in buildings[1:]) == sorted(f"h{i}" for i in range(12))
    assert sum(int(row[2]) for row in buildings[1:]) == 1200
    assert {row[1] for row in buildings[1:]} == {row[0] for row in register[1:]}
    assert any(row[1] == "estimate" for row in rows(out / "problems.csv"))
    features = json.loads((out / "grids.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) == 4
    river = gpd.read_file(town["water"]).geometry.union_all().buffer(-1e-6)
    assert not any(shapely.geometry.shape(feature["geometry"]).intersects(river) for feature in features)
    certificate = json.loads((out / "certificate_1.json").read_text(encoding="utf-8"))
    assert certificate
    assert (out / "map.png").stat().st_size > 10_000
    assert "</html>" in (out / "map.html").read_text(encoding="utf-8")


def test_only_a_named_bridge_makes_one_grid_of_both_banks(town: dict[str, Path], tmp_path: Path) -> None:
    given = [
        "grids",
        town["buildings"],
        "--roads",
        town["roads"],
        "--barriers",
        town["water"],
        "--size",
        "1200",
        "1200",
    ]
    dry = run(*given)
    assert dry.exit_code == 1
    assert "component" in squeezed(dry)
    wet = run(*given, "--crossing", "桥")
    assert wet.exit_code == 0, wet.output
    assert "crossing 桥 links h2–h6" in squeezed(wet)
    blocks = run(*given, "--crossing", "桥", "--by", "block")
    assert blocks.exit_code == 0, blocks.output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--crossing", "彩虹桥"], '--crossing="彩虹桥" must be the name of a road'),
        (["--by", "house"], 'by="house" must be "block" or "cell"'),
        (["--out", "plan.csv"], "--out=plan.csv must be a folder"),
        (["--households", "hh"], 'households="hh" must be a column'),
        (["--boundary", "nowhere.gpkg"], "nowhere.gpkg"),
        (["--m2-per-household", "0"], "m2_per_household=0.0 must be more than 0"),
    ],
)
def test_mistakes_about_a_town_are_named(town: dict[str, Path], options: list[str], message: str) -> None:
    result = run("grids", town["buildings"], "--roads", town["roads"], *options)
    assert result.exit_code == 2
    assert message in squeezed(result)


def test_notices_have_a_page_a_grid_and_hide_telephones_and_markup(town: dict[str, Path], tmp_path: Path) -> None:
    out, page = tmp_path / "result", tmp_path / "notices.html"
    run(
        "grids",
        town["buildings"],
        "--roads",
        town["roads"],
        "--barriers",
        town["water"],
        "--size",
        "300",
        "300",
        "--out",
        out,
    )
    codes = [row[0] for row in rows(out / "grids.csv")[1:]]
    staff = tmp_path / "staff.csv"
    staff.write_text(
        f"网格编号,网格长,网格员,联系电话\n{codes[0]},<b>张三</b>,李四,13812340000\n", encoding="utf-8-sig"
    )
    result = run("notice", out, "--staff", staff, "--out", page, lang="zh")
    assert result.exit_code == 0, result.output
    assert "已写出 4 个网格的公示" in result.output
    html = page.read_text(encoding="utf-8")
    assert html.count("<section>") == html.count("<svg") == 4
    assert "138****0000" in html
    assert "13812340000" not in html
    assert "&lt;b&gt;张三&lt;/b&gt;" in html
    assert "户数（估算）" in html
    assert all(f"<span>h{i}</span>" in html for i in range(12))
    assert run("notice", out, "--staff", staff, "--show-phones", "--out", page).exit_code == 0
    assert "13812340000" in page.read_text(encoding="utf-8")
    pdf = run("notice", out, "--out", tmp_path / "notices.html", "--pdf", lang="en")
    assert pdf.exit_code == 0, pdf.output
    assert (tmp_path / "notices.pdf").read_bytes().startswith(b"%PDF")
    staff.write_text("grid,chief\n99,x\n", encoding="utf-8")
    unknown = run("notice", out, "--staff", staff, "--out", page)
    assert unknown.exit_code == 2
    assert "names grid 99, which does not exist" in squeezed(unknown)
    assert run("notice", tmp_path / "nothing", "--out", page).exit_code == 2

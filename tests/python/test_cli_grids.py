# SPDX-License-Identifier: BSD-3-Clause
"""The command `shequ grids`: graphs and buildings, and what cannot be divided."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest
from cli_runner import run, squeezed


@pytest.fixture
def graph_file(tmp_path: Path) -> Path:
    """Write a square of 4 x 4 nodes of 100 people each, as networkx does."""
    networkx = pytest.importorskip("networkx")
    graph = networkx.convert_node_labels_to_integers(networkx.grid_2d_graph(4, 4))
    networkx.set_node_attributes(graph, 100, "TOTPOP")
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(networkx.node_link_data(graph, edges="links")), encoding="utf-8")
    return path


def test_a_graph_is_divided_certified_and_written(graph_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.csv"
    result = run("grids", graph_file, "--parts", "4", "--lower", "400", "--upper", "400", "--out", out)
    assert result.exit_code == 0
    assert "4 parts, objective 8" in result.output
    assert "Independent check: passed" in result.output
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Node,Part"
    assert sorted(line.split(",")[1] for line in lines[1:]) == sorted("0123" * 4)


def test_a_graph_that_cannot_be_divided_is_diagnosed(graph_file: Path) -> None:
    result = run("grids", graph_file, "--lower", "850", "--upper", "1500", lang="zh")
    assert result.exit_code == 1
    assert "已证明无法划分" in result.output
    assert "最小的调整" in result.output
    assert "•" in result.output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--lower", "400"], "a graph needs --lower and --upper"),
        (["--lower", "1", "--upper", "2", "--parts", "few"], "--parts=few must be a whole number or a range"),
        (["--lower", "1", "--upper", "2", "--weights", "POP"], "TOTPOP"),
        (["--lower", "1", "--upper", "2", "--out", "a.gpkg"], "--out=a.gpkg must end in .csv"),
    ],
)
def test_mistakes_about_a_graph_are_named(graph_file: Path, options: list[str], message: str) -> None:
    result = run("grids", graph_file, *options)
    assert result.exit_code == 2
    assert message in squeezed(result)


@pytest.fixture
def buildings_file(tmp_path: Path) -> Path:
    """Write two communities of 6 and 5 lots of 100 households in a row, in metres: the second cannot be divided."""
    geopandas = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    east, north = 500_000, 3_500_000
    corners = [(east + 50 * i, north + 100 * row) for row, n in ((0, 6), (2, 5)) for i in range(n)]
    lots = [shapely.box(x, y, x + 50, y + 100) for x, y in corners]
    columns = {"户数": [100] * 6 + [110] * 5, "社区": ["甲"] * 6 + ["乙"] * 5}
    path = tmp_path / "楼栋.gpkg"
    geopandas.GeoDataFrame(columns, geometry=lots, crs="EPSG:32650").to_file(path, driver="GPKG")
    return path


def test_buildings_are_divided_and_what_cannot_be_is_explained(buildings_file: Path, tmp_path: Path) -> None:
    for suffix in (".csv", ".geojson", ".gpkg"):
        out = tmp_path / f"plan{suffix}"
        result = run("grids", buildings_file, "--households", "户数", "--within", "社区", "--out", out, lang="zh")
        assert result.exit_code == 1
        assert "不达标的社区" in result.output
        assert "• 乙：" in result.output
        assert "• 甲：" not in result.output
        assert out.stat().st_size > 0


def test_degrees_are_converted_and_said_to_be(buildings_file: Path, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    path = tmp_path / "lots.geojson"
    geopandas.read_file(buildings_file).iloc[:6].to_crs(4326).to_file(path, driver="GeoJSON")
    result = run("grids", path, "--households", "户数", "--within", "社区", "--tolerance", "0.01")
    assert "converted to EPSG:32650 (metres)" in result.output
    assert result.exit_code == 0


def test_problems_of_the_buildings_are_told_by_their_ids_and_errors_end_with_1(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    lots = [shapely.box(500_000 + x, 3_500_000, 500_050 + x, 3_500_100) for x in (0, 50, 100, 150, 190, 1000)]
    columns = {"楼栋编号": [f"A{i}" for i in range(1, 7)], "社区": ["甲"] * 6, "户数": [100] * 5 + [300]}
    path = tmp_path / "楼栋.geojson"
    geopandas.GeoDataFrame(columns, geometry=lots, crs="EPSG:32650").to_crs(4326).to_file(path, driver="GeoJSON")
    result = run("grids", path, "--households", "户数", lang="zh")
    assert result.exit_code == 1
    assert "错误：A4 与 A5 重叠 1,000.0 平方米" in result.output
    assert "A6 不与其他楼栋相邻；最近的是 A5，相距 760.00 米" in result.output
    assert "全部楼栋当作一个社区划分" in result.output
    assert 'within="社区"' in result.output
    english = run("grids", path, "--households", "户数", "--within", "社区")
    assert "error: A4 and A5 overlap by 1,000.0 m²" in english.output
    assert "communities are told apart by name only" in english.output
    assert "1 out of bounds" not in english.output  # all grids are in bounds: the overlap alone ends with 1
    assert english.exit_code == 1


def test_a_mirrored_layer_is_named_and_a_compressed_one_read(buildings_file: Path, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    lots = geopandas.read_file(buildings_file).iloc[:6].to_crs(4326)
    plain, packed = tmp_path / "lots.geojson", tmp_path / "lots.geojson.gz"
    lots.to_file(plain, driver="GeoJSON")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert run("grids", packed, "--households", "户数", "--within", "社区").exit_code == 0
    lots["geometry"] = shapely.transform(lots.geometry.values, lambda corners: corners[:, ::-1])
    lots.to_file(tmp_path / "mirrored.geojson", driver="GeoJSON")
    result = run("grids", tmp_path / "mirrored.geojson", "--households", "户数", lang="zh")
    assert result.exit_code == 2
    assert "疑似经纬度颠倒，对调后在中国范围内" in squeezed(result)


def test_buildings_with_streets_between_are_neighbours_within_the_tolerance(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    houses = [shapely.box(500_000 + x, 3_500_000, 500_012 + x, 3_500_010) for x in range(0, 240, 30)]
    path = tmp_path / "houses.gpkg"
    geopandas.GeoDataFrame({"households": [50] * 8}, geometry=houses, crs="EPSG:32650").to_file(path, driver="GPKG")
    apart = run("grids", path)
    assert apart.exit_code == 1
    assert "8 of 8 buildings touch no other; to the nearest it is 18.00 m at least" in apart.output
    assert run("grids", path, "--tolerance", "18").exit_code == 0


def test_mistakes_about_buildings_are_named(buildings_file: Path, tmp_path: Path) -> None:
    result = run("grids", buildings_file)
    assert result.exit_code == 2
    assert 'households="households" must be a column' in squeezed(result)
    (tmp_path / "broken.geojson").write_text("{", encoding="utf-8")
    result = run("grids", tmp_path / "broken.geojson")
    assert result.exit_code == 2
    assert "cannot be read" in squeezed(result)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    result = run("grids", tmp_path / "broken.json")
    assert result.exit_code == 2
    assert "is no JSON" in squeezed(result)


def test_coordinates_that_are_no_degrees_are_named(tmp_path: Path) -> None:
    pytest.importorskip("geopandas")
    square = [[[0, 0], [50, 0], [50, 50], [0, 50], [0, 0]]]
    shifted = [[[x + 500_000, y + 3_500_000] for x, y in square[0]]]
    feature = {
        "type": "Feature",
        "properties": {"households": 300},
        "geometry": {"type": "Polygon", "coordinates": shifted},
    }
    path = tmp_path / "metres.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    result = run("grids", path)
    assert result.exit_code == 2
    assert "coordinate system" in squeezed(result)


def test_without_geopandas_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lots.geojson").write_text("{}", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "geopandas", None)
    result = run("grids", tmp_path / "lots.geojson", lang="zh")
    assert result.exit_code == 2
    assert "读取楼栋文件 需要 geopandas：pip install 'shequ[geo]'" in squeezed(result)

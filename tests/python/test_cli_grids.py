# SPDX-License-Identifier: BSD-3-Clause
"""The command `shequ grids`: graphs and buildings, and what cannot be divided."""

from __future__ import annotations

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

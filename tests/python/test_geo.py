# SPDX-License-Identifier: BSD-3-Clause
"""Contiguity against libpysal, grids from polygons, GeoJSON read back."""

from __future__ import annotations

import json
import re
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

gpd = pytest.importorskip("geopandas")
shapely = pytest.importorskip("shapely")

import shequ
from shequ.datasets import sample_district
from shequ.geo import Grids, find_contiguity, graph_from_geodataframe, make_grids
from shequ.graph import Graph
from shequ.grids import divide_district

METRIC = "EPSG:32650"


def squares(columns: int, rows: int, side: float = 10.0, gap: float = 0.0) -> gpd.GeoDataFrame:
    boxes = [
        shapely.box(x * (side + gap), y * (side + gap), x * (side + gap) + side, y * (side + gap) + side)
        for y in range(rows)
        for x in range(columns)
    ]
    return gpd.GeoDataFrame({"households": [100] * len(boxes)}, geometry=boxes, crs=METRIC)


def test_rook_neighbours_share_a_border_and_queen_neighbours_a_corner() -> None:
    frame = squares(3, 3)
    rook = find_contiguity(frame)
    assert len(rook.edges) == 12
    assert np.all(rook.shared_border_m == 10.0)
    queen = find_contiguity(frame, "queen")
    assert len(queen.edges) == 20
    assert np.count_nonzero(queen.shared_border_m == 0.0) == 8
    assert rook.islands == queen.islands == ()
    assert np.all(rook.edges[:, 0] < rook.edges[:, 1])


def test_rook_and_queen_agree_with_libpysal() -> None:
    weights = pytest.importorskip("libpysal.weights")
    atoms = sample_district(2).atoms
    assert atoms is not None
    frame = atoms.to_geodataframe().iloc[:200]
    rng = np.random.default_rng(5)
    triangles = [
        shapely.Polygon(triangle)
        for x in range(9)
        for y in range(9)
        for corners in [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]]
        for triangle in ([corners[0], corners[1], corners[2]], [corners[0], corners[2], corners[3]])
        if rng.random() < 0.8
    ]
    for data in (frame, gpd.GeoDataFrame(geometry=triangles, crs=METRIC), squares(7, 5)):
        for kind, peer in (("rook", weights.Rook), ("queen", weights.Queen)):
            theirs = peer.from_dataframe(data.reset_index(drop=True), use_index=False, silence_warnings=True)
            pairs = {(i, j) for i, others in theirs.neighbors.items() for j in others if i < j}
            ours = find_contiguity(data, kind)
            assert {tuple(edge) for edge in ours.edges.tolist()} == pairs
            assert list(ours.islands) == [data.index[i] for i in theirs.islands]


def test_the_borders_of_the_sample_are_found_again_in_its_polygons() -> None:
    atoms = sample_district().atoms
    assert atoms is not None
    found = find_contiguity(atoms.to_geodataframe())
    touching = atoms.crosses == 0
    known = {tuple(e): m for e, m in zip(atoms.edges[touching].tolist(), atoms.shared_border_m[touching], strict=True)}
    ours = {tuple(e): m for e, m in zip(found.edges.tolist(), found.shared_border_m, strict=True)}
    assert set(known) <= set(ours)
    assert all(ours[edge] == pytest.approx(length, abs=0.05) for edge, length in known.items())
    assert all(ours[edge] < 0.6 for edge in set(ours) - set(known))


def test_a_tolerance_joins_what_a_gap_parts_and_corners_still_do_not_count() -> None:
    frame = squares(4, 3, gap=0.4)
    apart = find_contiguity(frame)
    assert len(apart.edges) == 0
    assert apart.islands == tuple(range(12))
    joined = find_contiguity(frame, tolerance_m=0.5)
    assert len(joined.edges) == 17
    assert np.allclose(joined.shared_border_m, 10.0, atol=1.5)
    assert len(find_contiguity(frame, "queen", tolerance_m=0.6).edges) == 29


def test_islands_are_named_by_their_label_and_never_linked() -> None:
    frame = squares(2, 1)
    far = gpd.GeoDataFrame({"households": [9]}, geometry=[shapely.box(500, 500, 510, 510)], crs=METRIC)
    frame = gpd.pd.concat([frame, far])
    frame.index = ["a", "b", "isle"]
    found = find_contiguity(frame)
    assert found.islands == ("isle",)
    assert found.edges.tolist() == [[0, 1]]
    assert "1 islands" in repr(found)


@pytest.mark.parametrize(
    ("crs", "message"),
    [
        (None, "crs=None must be a projected coordinate system in metres"),
        ("EPSG:4326", "crs=WGS 84 (EPSG:4326) must be projected"),
        ("EPSG:4490", "must be projected, in metres: its units are degrees"),
        ("EPSG:2263", "must be in metres: its unit is US survey foot"),
    ],
)
def test_a_wrong_coordinate_system_is_named(crs: str | None, message: str) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=crs)
    with pytest.raises(shequ.InvalidInputError, match=re.escape(message)):
        find_contiguity(frame)


def test_all_faulty_geometries_are_listed_with_their_rows() -> None:
    box = shapely.box(0, 0, 1, 1)
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    shapes = [box, None, shapely.Point(1, 1), bow, shapely.box(0, 0, 1, 1), shapely.Polygon()]
    frame = gpd.GeoDataFrame(index=list("abcdef"), geometry=shapes, crs=METRIC)
    with pytest.raises(shequ.InvalidInputError) as caught:
        find_contiguity(frame)
    message = str(caught.value)
    for part in ("missing or empty: b, f", "not a polygon: c", "invalid: d (Self-intersection", "given twice: e (= a)"):
        assert part in message
    assert "几何无效：d" in caught.value.message("zh")


@pytest.mark.parametrize(
    ("kind", "tolerance"), [("bishop", 0.0), ("rook", -1.0), ("rook", float("nan")), ("rook", 1e4)]
)
def test_bad_arguments_are_named(kind: str, tolerance: float) -> None:
    with pytest.raises(shequ.InvalidInputError, match="must be"):
        find_contiguity(squares(2, 2), kind, tolerance_m=tolerance)  # type: ignore[arg-type]


def test_an_empty_frame_and_multipart_polygons_are_fine() -> None:
    assert len(find_contiguity(squares(0, 0)).edges) == 0
    parts = shapely.multipolygons([shapely.box(0, 0, 1, 1), shapely.box(5, 0, 6, 1)])
    frame = gpd.GeoDataFrame(geometry=[parts, shapely.box(1, 0, 5, 1)], crs=METRIC)
    assert find_contiguity(frame).shared_border_m.tolist() == [2.0]


def test_a_graph_of_polygons_keeps_ids_and_columns_with_their_gaps() -> None:
    frame = squares(2, 2)
    frame.index = list("wxyz")
    frame["workers"] = gpd.pd.array([1, None, 3, 4], dtype="Int64")
    graph = graph_from_geodataframe(frame)
    assert isinstance(graph, Graph)
    assert list(graph.ids) == list("wxyz")
    assert graph.num_edges == 4
    assert graph.columns["households"].tolist() == [100] * 4
    assert graph.columns["workers"].tolist() == [1, None, 3, 4]
    assert graph.edge_columns["shared_border_m"].tolist() == [10.0] * 4
    assert Graph.from_geodataframe(frame, contiguity="queen").num_edges == 6


def test_grids_of_polygons_are_dissolved_certified_and_complete() -> None:
    frame = squares(8, 5)
    frame["community"] = ["320412001001"] * 20 + ["320412001002"] * 20
    frame["name"] = "楼"
    grids = make_grids(frame, steps=3000)
    assert grids.plan.ok
    assert all(certificate is not None and certificate.ok for certificate in grids.certificates.values())
    merged = grids.to_geodataframe()
    assert merged.crs == frame.crs
    assert merged.area.sum() == pytest.approx(frame.area.sum())
    assert merged["households"].sum() == 4000
    assert set(merged["community_code"]) == {"320412001001", "320412001002"}
    assert all(shape.geom_type == "Polygon" for shape in merged.geometry)
    assert merged["in_bounds"].all()
    assert len(grids.table) == len(merged)
    assert "<table" in grids._repr_html_()
    assert repr(grids).startswith("<Grids: ")


def test_grids_name_islands_and_missing_columns() -> None:
    frame = gpd.pd.concat(
        [squares(4, 1), gpd.GeoDataFrame({"households": [400]}, geometry=[shapely.box(99, 99, 109, 109)], crs=METRIC)],
        ignore_index=True,
    )
    grids = make_grids(frame, within=None)
    assert grids.islands == (4,)
    assert sorted(grid.households for grid in grids.plan.grids) == [400, 400]
    with pytest.raises(shequ.InvalidInputError, match='within="community" must be a column of atoms'):
        make_grids(frame)
    with pytest.raises(shequ.InvalidInputError, match='households="people" must be a column'):
        make_grids(frame, "people", within=None)
    with pytest.raises(shequ.InvalidInputError, match="graph has 3 nodes and must have 5"):
        make_grids(frame, within=None, graph=Graph.from_edges(3, [(0, 1)]))


def test_a_given_graph_tells_the_streets_apart_and_codes_come_from_the_district() -> None:
    district = sample_district()
    assert district.atoms is not None
    grids = make_grids(district.to_geodataframe(), graph=district.atoms.graph(), steps=2000)
    assert sum(grid.households for grid in grids.plan.grids) == district.atoms.households.sum()
    codes = {district.hierarchy.code(int(unit)) for unit in district.hierarchy.at_level("community")}
    assert {entry.code for entry in grids.plan.communities} == codes
    assert set(district.to_geodataframe("en")["town_name"]) >= {"Wenfeng Subdistrict"}
    with pytest.raises(shequ.InvalidInputError, match=r"district\.atoms=None"):
        shequ.District(district.hierarchy, {}).to_geodataframe()


def orientation(ring: list[list[float]]) -> float:
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring))


def test_the_geojson_reads_back_as_longitudes_and_latitudes_with_every_grid(tmp_path: Path) -> None:
    district = sample_district()
    grids = Grids.from_district(district, divide_district(district, steps=1000))
    path = tmp_path / "网格.geojson"
    path.write_text("old")
    grids.write_geojson(path)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    assert len(content["features"]) == len(grids.plan)
    assert [feature["id"] for feature in content["features"]] == [grid.code for grid in grids.plan.grids]
    assert (
        sum(feature["properties"]["households"] for feature in content["features"]) == district.atoms.households.sum()
    )  # type: ignore[union-attr]
    for feature in content["features"]:
        kind, coordinates = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        for polygon in coordinates if kind == "MultiPolygon" else [coordinates]:
            assert orientation(polygon[0]) < 0.0  # counter-clockwise, RFC 7946
            for longitude, latitude in polygon[0]:
                assert 124.4 < longitude < 124.6
                assert 29.4 < latitude < 29.6
    back = gpd.read_file(path)
    assert back.crs.to_epsg() == 4326
    assert back.geometry.is_valid.all()
    assert back.to_crs(grids.atoms.crs).area.sum() == pytest.approx(grids.atoms.area.sum(), rel=1e-4)
    again = tmp_path / "again.geojson"
    grids.write_geojson(again)
    assert again.read_bytes() == path.read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["again.geojson", "网格.geojson"]


def test_a_geojson_without_a_stated_coordinate_system_is_refused(tmp_path: Path) -> None:
    district = sample_district()
    assert district.atoms is not None
    plan = divide_district(district, steps=500)
    frame = district.atoms.to_geodataframe().set_crs(None, allow_override=True)
    with pytest.raises(shequ.InvalidInputError, match="crs=None must be stated"):
        Grids(plan, frame).write_geojson(tmp_path / "grids.geojson")
    with pytest.raises(shequ.InvalidInputError, match="atoms has 3 rows and must have"):
        Grids(plan, frame.iloc[:3])


def test_without_geopandas_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = squares(2, 2)
    atoms = sample_district().atoms
    assert atoms is not None
    monkeypatch.setitem(sys.modules, "shapely", None)
    monkeypatch.setitem(sys.modules, "geopandas", None)
    for call in (lambda: find_contiguity(frame), lambda: make_grids(frame, within=None), atoms.to_geodataframe):
        with pytest.raises(shequ.MissingDependencyError, match=r"pip install 'shequ\[geo\]'"):
            call()

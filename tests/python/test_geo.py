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

from hypothesis import given, settings
from hypothesis import strategies as st

import shequ
from shequ.datasets import sample_district
from shequ.geo import Grids, find_contiguity, graph_from_geodataframe, make_grids
from shequ.graph import Graph
from shequ.grids import divide_district

METRIC = "EPSG:32650"
EAST, NORTH = 500_000.0, 3_500_000.0  # a place in China


def squares(columns: int, rows: int, side: float = 10.0, gap: float = 0.0) -> gpd.GeoDataFrame:
    corners = [(EAST + x * (side + gap), NORTH + y * (side + gap)) for y in range(rows) for x in range(columns)]
    boxes = [shapely.box(x, y, x + side, y + side) for x, y in corners]
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
    for part in (
        "missing or empty: b, f",
        "not a polygon: c",
        "invalid: d (Self-intersection",
        "given twice: e (= a)",
        "keep one of each",
    ):
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


def lots(columns: dict[str, list[object]], *boxes: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    shapes = [shapely.box(EAST + x, NORTH + y, EAST + x + wide, NORTH + y + tall) for x, y, wide, tall in boxes]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=METRIC)


ROW = [(50.0 * i, 0.0, 50.0, 100.0) for i in range(6)]


def test_polygons_that_overlap_are_listed_by_id_with_the_area_and_make_the_grids_wrong() -> None:
    frame = lots({"编号": [f"A{i}" for i in range(7)], "households": [100] * 7}, *ROW, (260.0, 40.0, 20.0, 10.0))
    found = find_contiguity(frame)
    assert [(pair.first, pair.second) for pair in found.overlaps] == [("A5", "A6")]
    assert found.overlaps[0].area_m2 == pytest.approx(200.0)
    assert "1 overlaps" in repr(found)
    grids = make_grids(frame, within=None)
    assert grids.plan.ok
    assert not grids.ok
    errors = [problem for problem in grids.problems if problem.severity == "error"]
    assert [problem.atoms for problem in errors] == [("A5", "A6")]
    assert errors[0].message("zh").startswith("A5 与 A6 重叠 200.0 平方米")
    assert "A5 and A6 overlap by 200.0 m²" in grids._repr_html_()
    given = make_grids(frame, within=None, graph=Graph.from_edges(7, found.edges, ids=list("tuvwxyz")))
    assert [(pair.first, pair.second) for pair in given.overlaps] == [("y", "z")]
    assert not given.ok
    with pytest.warns(shequ.geo.GeoWarning, match="A5 and A6 overlap") as caught:
        Graph.from_geodataframe(frame)
    assert [warning.message.problems[0].kind for warning in caught] == ["overlap"]  # type: ignore[union-attr]


@given(st.integers(0, 2**32), st.floats(-0.4, 0.4))
@settings(max_examples=30, deadline=None)
def test_degrees_rounded_to_7_decimals_make_neither_islands_nor_overlaps(seed: int, shear: float) -> None:
    rng = np.random.default_rng(seed)
    cuts = np.cumsum(rng.uniform(20.0, 60.0, 7))
    rows = [(x, y, b - x, 50.0) for y in (0.0, 50.0) for x, b in pairwise(cuts + (10.0 if y else 0.0))]
    exact = lots({}, *rows)
    exact["geometry"] = exact.geometry.skew(xs=shear * 90.0, origin=(EAST, NORTH)).rotate(17.0, origin=(EAST, NORTH))
    degrees = exact.to_crs(4326)
    rounded = shapely.transform(degrees.geometry.values, lambda corners: corners.round(7))
    back = gpd.GeoDataFrame(geometry=rounded, crs=4326).to_crs(METRIC)
    found = find_contiguity(back)
    assert found.islands == ()
    assert found.overlaps == ()
    # Lots of the two rows face each other along more than four times the tolerance, or not at all.
    facing = {(i, j) for i in range(6) for j in range(6) if overlap(rows[i], rows[j + 6]) > 0.3}
    assert facing <= {(i, j - 6) for i, j in found.edges.tolist() if i < 6 <= j}


def overlap(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    return min(one[0] + one[2], two[0] + two[2]) - max(one[0], two[0])


def test_a_larger_tolerance_only_adds_neighbours_and_keeps_the_lengths_of_borders_that_agree() -> None:
    frame = squares(5, 4)
    none, some, more = (find_contiguity(frame, tolerance_m=metres) for metres in (0.0, 0.05, 3.0))
    assert {*map(tuple, none.edges.tolist())} == {*map(tuple, some.edges.tolist())}
    assert np.array_equal(none.shared_border_m, some.shared_border_m)
    assert {*map(tuple, none.edges.tolist())} <= {*map(tuple, more.edges.tolist())}


def test_an_island_is_named_with_its_nearest_and_the_distance_and_stays_an_island() -> None:
    frame = lots(
        {"id": list("abcd"), "households": [100] * 4}, *ROW[:2], (100.3, 0.0, 50.0, 100.0), (0.0, 300.0, 9.0, 9.0)
    )
    grids = make_grids(frame, within=None)
    assert grids.islands == ("c", "d")
    assert [(link.island, link.nearest) for link in grids.links] == [("c", "b"), ("d", "a")]
    assert [link.distance_m for link in grids.links] == pytest.approx([0.3, 200.0])
    told = [problem.english for problem in grids.problems if problem.kind == "island"]
    assert told[0].startswith(
        "c touches no other; the nearest is b, 0.30 m away: a tolerance of 0.30 m would link them"
    )
    assert told[1] == "d touches no other; the nearest is a, 200.00 m away"  # more than any tolerance allows
    assert find_contiguity(frame, tolerance_m=0.3).islands == ("d",)
    corner = lots({"id": ["a", "b"]}, (0, 0, 10, 10), (10, 10, 10, 10))
    with pytest.warns(shequ.geo.GeoWarning, match="a touches no other along a border, and b only at a corner"):
        assert Graph.from_geodataframe(corner).num_edges == 0


def test_the_nearest_of_an_island_lies_in_its_own_community() -> None:
    frame = lots({"id": list("abc"), "households": [300] * 3, "community": ["1", "2", "1"]},
                 (0, 0, 10, 10), (40, 0, 10, 10), (90, 0, 10, 10))  # fmt: skip
    links = make_grids(frame).links
    assert [(link.island, link.nearest) for link in links] == [("a", "c"), ("c", "a")]


def test_communities_of_one_name_in_two_towns_are_kept_apart_by_town_or_code() -> None:
    far = [(x + 5000.0, y, wide, tall) for x, y, wide, tall in ROW]
    columns: dict[str, list[object]] = {"households": [100] * 12, "社区": ["幸福社区"] * 12}
    towns: list[object] = ["东街道"] * 6 + ["西街道"] * 6
    by_town = make_grids(lots({**columns, "街道": towns}, *ROW, *far), within="社区")
    assert [entry.name for entry in by_town.plan.communities] == ["幸福社区（东街道）", "幸福社区（西街道）"]
    assert [entry.households for entry in by_town.plan.communities] == [600, 600]
    assert len({grid.code for grid in by_town.plan.grids}) == len(by_town.plan)
    assert any("按街道（镇）分开处理" in problem.chinese for problem in by_town.problems)
    codes: list[object] = [320412001001] * 6 + [320412002001] * 6
    by_code = make_grids(lots({**columns, "社区代码": codes}, *ROW, *far), within="社区")
    assert [entry.code for entry in by_code.plan.communities] == ["320412001001", "320412002001"]
    assert {entry.name for entry in by_code.plan.communities} == {"幸福社区"}
    other = make_grids(lots({**columns, "T": towns}, *ROW, *far), within="社区", towns="T")
    assert np.array_equal(other.plan.labels, by_town.plan.labels)
    neither = make_grids(lots(columns, *ROW, *far), within="社区")
    assert len(neither.plan.communities) == 1
    assert [p.severity for p in neither.problems if p.kind == "same_name"] == ["warning"]
    assert "幸福社区: parts lie more than 1,000 m apart" in neither.problems[0].english
    near = make_grids(lots(columns, *ROW, *((x + 300, y, w, h) for x, y, w, h in ROW)), within="社区")
    assert [p.severity for p in near.problems if p.kind == "same_name"] == ["note"]


def test_one_code_with_two_names_and_gaps_in_communities_are_told_by_id() -> None:
    columns: dict[str, list[object]] = {"id": list("abcdef"), "households": [100] * 6}
    frame = lots({**columns, "社区": ["甲"] * 5 + ["乙"], "代码": ["320412001001"] * 6}, *ROW)
    grids = make_grids(frame, within="社区", codes="代码")
    assert [problem.kind for problem in grids.problems] == ["codes"]
    assert "甲, 乙" in grids.problems[0].english
    frame.loc[[1, 4], "社区"] = None
    with pytest.raises(shequ.InvalidInputError, match='within="社区" must be given for every atom; missing for b, e'):
        make_grids(frame, within="社区")


def test_ids_that_repeat_are_said_and_refused_where_asked_for() -> None:
    frame = lots({"id": list("abcdee"), "households": [100] * 6}, *ROW)
    grids = make_grids(frame, within=None)
    assert [problem.kind for problem in grids.problems if problem.severity == "warning"] == ["ids"]
    assert grids.plan.atom_ids == tuple("012345")
    with pytest.raises(shequ.InvalidInputError, match='column "id" must have one id a row, repeated: e'):
        make_grids(frame, within=None, ids="id")
    assert make_grids(frame.set_index(frame.index + 100).rename_axis("lot"), within=None).plan.atom_ids[0] == "100"


def test_without_communities_all_is_one_without_a_code_and_a_column_is_proposed() -> None:
    grids = make_grids(lots({"households": [100] * 6, "社区名称": ["甲"] * 6}, *ROW), within=None)
    assert set(grids.to_geodataframe()["community_code"]) == {""}
    problem = grids.problems[0]
    assert (problem.kind, problem.severity) == ("one_community", "warning")
    assert 'within="社区名称"' in problem.english
    assert make_grids(lots({"households": [100] * 6}, *ROW), within=None).problems[0].severity == "note"


@pytest.mark.parametrize(("east", "north", "mirrored"), [(3.5e6, 5e5, True), (5e5, 9e6, False)])
def test_polygons_outside_of_china_are_a_warning_that_names_the_first_and_knows_mirrored_axes(
    east: float, north: float, mirrored: bool
) -> None:
    shapes = [shapely.box(east + 10 * i, north, east + 10 * i + 10, north + 10) for i in range(3)]
    frame = gpd.GeoDataFrame({"id": ["B7", "B8", "B9"], "households": [100] * 3}, geometry=shapes, crs=METRIC)
    grids = make_grids(frame, within=None)
    assert grids.ok == grids.plan.ok
    (problem,) = (problem for problem in grids.problems if problem.kind == "place")
    assert problem.severity == "warning"
    assert problem.atoms == ("B7", "B8", "B9")
    assert re.match(
        r"B7 lies at longitude [\d.]+, latitude [\d.]+ by crs=EPSG:32650, outside of China", problem.english
    )
    assert "(longitude 73.4 to 135.2, latitude 3.4 to 53.6), as do 3 of 3 polygons" in problem.english
    assert ("x and y seem to be exchanged" in problem.english) == mirrored
    assert ("疑似横纵坐标（x、y）颠倒" in problem.chinese) == mirrored
    with pytest.warns(shequ.geo.GeoWarning, match="outside of China"):
        Graph.from_geodataframe(frame)


def test_invalid_polygons_are_repaired_on_request_and_listed() -> None:
    frame = lots({"id": list("abcdef"), "households": [100] * 6}, *ROW)
    x, y = EAST, NORTH + 100.0
    crossing = shapely.Polygon([(x, y), (x + 50, y), (x, y + 40), (x + 50, y + 40)])
    frame.loc[len(frame)] = ["g", 100, crossing]
    with pytest.raises(shequ.InvalidInputError, match=r"invalid: g \(Self-intersection at .*repair=True") as caught:
        make_grids(frame, within=None)
    assert "g（自相交，位于 500025.0 3500120.0）" in caught.value.message("zh")
    before = frame.geometry.copy()
    grids = make_grids(frame, within=None, repair=True)
    (problem,) = (problem for problem in grids.problems if problem.kind == "repaired")
    assert problem.english.endswith("0.0 m² before, 1,000.0 m² after")
    assert grids.atoms.geometry.is_valid.all()
    assert grids.to_geodataframe().area.sum() == pytest.approx(6 * 5000.0 + 1000.0)
    assert frame.geometry.geom_equals_exact(before, 0.0).all()  # the caller's own polygons stay
    assert grids.atoms.geometry.iloc[:6].geom_equals_exact(before.iloc[:6], 0.0).all()


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
